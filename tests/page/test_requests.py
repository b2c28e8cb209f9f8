"""A credential is noticed in whatever a page sends."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import time
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from upstox_browser_login.page.requests import body_and_headers, body_of

from .network import NUMBER, PIN, SERVICE, listen, only

BASE64 = base64.b64encode(PIN.encode()).decode()


@pytest.mark.parametrize(
    ("body", "carries"),
    [
        (PIN, True),
        (f'{{"pin": "{PIN}"}}', True),
        (f"pin={BASE64}", True),
        (f"pin={quote(BASE64, safe='')}", True),
        (f"data={quote(json.dumps({'pin': PIN}))}", True),
        (hashlib.sha256(PIN.encode()).hexdigest(), True),
        (f"pin={hashlib.sha512(PIN.encode()).hexdigest().upper()}", True),
        (base64.b64encode(hashlib.sha384(PIN.encode()).digest()).decode(), True),
        (hashlib.sha256(b"135791").hexdigest(), False),
        ("135-790", True),
        ("135 790", True),
        (f"at={PIN}1700000", False),
        (f"at=17{PIN}", False),
        ("135791", False),
        ("", False),
    ],
)
async def test_a_pin_is_noticed_in_each_of_its_spellings(body: str, carries: bool) -> None:
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.asks("1", f"{SERVICE}/login/a", method="POST", postData=body)
    assert only(ears).carries == ({"pin"} if carries else set())
    assert ears.traffic.carriers("pin") == ears.traffic.calls * carries


async def test_what_an_address_ends_with_is_no_part_of_the_number_behind_it() -> None:
    """Bytes of two for each digit are read without their zeros, and without blanks."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.asks("1", f"{SERVICE}/login/2", method="POST", postData="\0".join(PIN))
    assert only(ears).carries == {"pin"}


def test_bytes_are_read_as_they_are() -> None:
    """Chromium tells them as Latin-1 as well, where they are no text."""
    digest = hashlib.sha256(PIN.encode()).digest()
    entries = [{"bytes": base64.b64encode(digest).decode()}]
    request = {"postData": digest.decode("latin-1"), "postDataEntries": entries}
    assert body_of(request) == digest
    assert body_of({"postData": "pin=\u00e9"}) == "pin=\u00e9".encode()
    # A newer Chromium leaves bytes that are no UTF-8 out of the text, which may then be ASCII.
    lossy = "".join(chr(each) for each in digest if each < 0x80)
    assert body_of({"postData": lossy, "postDataEntries": entries}) == digest


SAID = base64.urlsafe_b64encode(f'{{"pin":"{PIN}"}}'.encode()).decode().rstrip("=")


@pytest.mark.parametrize("before", ["", "e/", "v1/", "i/x/", "collect/", "a-", "v1_2/"])
@pytest.mark.parametrize("after", ["", "/", "/x", "/xy", "?z=1"])
async def test_a_pin_is_noticed_in_base64_in_an_address(before: str, after: str) -> None:
    """Signs that divide an address are signs of base64 as well."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    assert ears.judge.leaks(f"https://evil.example/{before}{SAID}{after}", b"")


async def test_a_pin_is_noticed_in_base64_behind_many_words() -> None:
    """As in the list of all that a page has told its analytics."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    words = [f"wordnumber{index}" for index in range(1000)]
    body = json.dumps({"words": words, "said": SAID}).encode()
    assert ears.judge.leaks("https://evil.example/", body)
    assert not ears.judge.cannot_be_searched(SERVICE, body, {})


@pytest.mark.parametrize("zero", "\u0966\uff10")
@pytest.mark.parametrize("write", [quote, json.dumps, "{}".format])
async def test_digits_of_other_scripts_are_noticed_however_they_are_quoted(
    zero: str, write: Callable[[str], str]
) -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    text = "".join(chr(ord(zero) + int(digit)) for digit in PIN)
    assert ears.judge.leaks("https://evil.example/", f"pin={write(text)}".encode())
    assert not ears.judge.leaks("https://evil.example/", f"pin={write(text[:-1])}".encode())


@pytest.mark.parametrize("write", [quote, json.dumps, "{}".format])
async def test_a_password_with_an_umlaut_is_noticed_however_it_is_quoted(
    write: Callable[[str], str],
) -> None:
    ears, _ = await listen()
    ears.look_out_for("password", "pässwörd1")
    assert ears.judge.leaks("https://evil.example/", f"p={write('pässwörd1')}".encode())


async def test_a_pin_is_noticed_in_what_is_deflated() -> None:
    """Which has no mark of its own to begin with, as `CompressionStream("deflate-raw")` writes."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    for text, leaks in ((PIN, True), (f'{{"pin":"{PIN}"}}', True), ('{"pin":"135791"}', False)):
        deflate = zlib.compressobj(wbits=-15)
        body = deflate.compress(text.encode()) + deflate.flush()
        request = {"postDataEntries": [{"bytes": base64.b64encode(body).decode()}]}
        said = body_and_headers({**request, "headers": {"accept": "*/*"}})
        assert ears.judge.leaks("https://evil.example/", said) is leaks
    deflate = zlib.compressobj(wbits=-15)
    endless = deflate.compress(bytes(50_000_000)) + deflate.flush()
    assert ears.judge.cannot_be_searched(SERVICE, endless, {})


async def test_a_text_is_not_unpacked_though_it_looks_deflated() -> None:
    """These digits would unpack to 246135, as any number may to another."""
    ears, _ = await listen()
    ears.look_out_for("pin", "246135")
    said = body_and_headers({"postData": "3213465", "headers": {"accept": "*/*"}})
    assert not ears.judge.leaks("https://evil.example/", said)


def packed(text: str) -> list[bytes]:
    """The ways in which a page can compress a text, and what it may wrap that in."""
    zipped = gzip.compress(text.encode())
    deflated = zlib.compress(text.encode())
    return [
        zipped,
        deflated,
        b'{"type":"replay"}\n' + deflated,
        base64.b64encode(zipped),
        b"data=" + quote(base64.b64encode(zipped)).encode(),
    ]


@pytest.mark.parametrize("way", range(5))
@pytest.mark.parametrize(
    ("text", "carries"),
    [(f'{{"pin":"{PIN}"}}', True), (f"v={BASE64}", True), ('{"pin":"135791"}', False)],
)
async def test_a_pin_is_noticed_in_what_is_compressed(way: int, text: str, carries: bool) -> None:
    """As recorders of sessions send it, to their own hosts too."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    body = packed(text)[way]
    entries = [{"bytes": base64.b64encode(body).decode()}]
    request = {"url": f"{SERVICE}/login/a", "method": "POST", "postDataEntries": entries}
    ears.asked("1", request, "Fetch")
    assert only(ears).carries == ({"pin"} if carries else set())
    assert ears.judge.leaks("https://evil.example/", body) is carries


async def test_what_unpacks_without_end_is_told_in_a_moment() -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    began = time.process_time()
    body = gzip.compress(bytes(50_000_000)) * 4
    assert ears.judge.cannot_be_searched(SERVICE, body, {})
    assert not ears.judge.leaks("https://evil.example/", body)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(("each", "whole"), [(50_000, True), (60_000, False)])
async def test_what_is_unpacked_has_one_limit_for_a_request(each: int, whole: bool) -> None:
    """However many pieces it comes in, whose search would otherwise hold up the login."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    body = b"".join(gzip.compress(b"%d" % piece * each, mtime=0) for piece in range(1, 6))
    assert ears.judge.cannot_be_searched(SERVICE, body, {}) is not whole
    assert not ears.judge.cannot_be_searched(SERVICE, b"x" * len(body), {})


async def test_what_only_looks_compressed_hides_nothing_behind_it() -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    for zipped in packed(PIN)[:3]:
        assert ears.judge.leaks("https://evil.example/", b"x^2 + x^3 = " * 20 + zipped)
    torn = gzip.compress((PIN + "x" * 20_000).encode(), 0)[:9000] + b"no more of it"
    assert ears.judge.leaks("https://evil.example/", torn)
    assert ears.judge.cannot_be_searched(SERVICE, b"x^2 + x^3 = " * 2000, {})


@pytest.mark.parametrize(
    "number",
    [NUMBER, f"0{NUMBER}", f"91{NUMBER}", f"0091{NUMBER}", f"+91{NUMBER}", f"%2B91{NUMBER}"],
)
async def test_a_number_is_noticed_with_the_code_of_the_country(number: str) -> None:
    ears, network = await listen()
    ears.look_out_for("mobile", NUMBER)
    network.asks("1", f"{SERVICE}/login/a?m={number}")
    assert only(ears).carries == {"mobile"}


@pytest.mark.parametrize("dialled", ["", "0", "91", "+91", "0091"])
async def test_a_digest_of_a_number_is_noticed_however_it_is_dialled(dialled: str) -> None:
    """As pixels of advertisers send it."""
    ears, _ = await listen()
    ears.look_out_for("mobile", NUMBER)
    digest = hashlib.sha256(f"{dialled}{NUMBER}".encode())
    assert ears.judge.leaks(f"https://evil.example/pixel?ph={digest.hexdigest()}", b"")
    assert ears.judge.leaks("https://evil.example/", base64.b64encode(digest.digest()))
    other = hashlib.sha256(f"{dialled}9876501235".encode()).hexdigest()
    assert not ears.judge.leaks(f"https://evil.example/pixel?ph={other}", b"")


async def test_a_credential_is_noticed_wherever_it_goes() -> None:
    """In a beacon, a picture, a socket, a worker's request; at any host."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.asks("1", f"https://evil.example/x?{PIN}", "Image")
    network.asks("2", f"{SERVICE}/login/a", "Ping", method="POST", postData=PIN)
    network.tell("webSocketCreated", requestId="3", url="wss://evil.example/s")
    network.tell("webSocketFrameSent", requestId="3", response={"payloadData": f"pin {PIN}"})
    ears.asked("4", {"url": f"{SERVICE}/w", "method": "POST", "postData": PIN}, "Fetch")
    assert [each.kind for each in ears.traffic.carriers("pin")] == [
        "other",
        "beacon",
        "socket",
        "data",
    ]


async def test_each_frame_of_a_socket_is_a_call_that_owes_nothing() -> None:
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.tell("webSocketCreated", requestId="1", url="wss://evil.example/s?x=1")
    for _ in range(2):
        network.tell("webSocketFrameSent", requestId="1", response={"payloadData": "hidden"})
    for call in ears.traffic.calls:
        assert (call.kind, call.place, call.posts) == ("socket", "evil.example/s", True)
        assert not call.pending
        assert not call.same
    assert len(ears.traffic.calls) == 2


async def test_a_web_transport_counts_as_sent() -> None:
    """What is sent over it is told to nobody."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    network.tell("webTransportCreated", transportId="1", url=f"https://evil.example/t?{PIN}")
    call = only(ears)
    assert (call.kind, call.place, call.posts) == ("socket", "evil.example/t", True)
    assert call.carries == {"pin"}
    assert not call.pending


def test_the_body_of_a_request() -> None:
    parts = [{"bytes": base64.b64encode(each).decode()} for each in (b"one ", b"two")]
    assert body_of({"postData": "ü"}) == "ü".encode()
    assert body_of({"postDataEntries": [*parts, {"bytes": "x"}, {}]}) == b"one two"
    assert body_of({}) == body_of({"postDataEntries": None}) == b""


@pytest.mark.parametrize(
    ("text", "carries"),
    [
        ('{"pin":24680}', True),
        ('{"pin": 24680}', True),
        ("pin=24680&x=1", True),
        ("pin%3D24680", True),
        (base64.b64encode(b'{"pin":24680}').decode(), True),
        ('{"at":246801}', False),
        ('{"at":24680.5}', False),
        ('{"at":124680}', False),
        ("in 24680 places", False),
    ],
)
async def test_a_pin_is_noticed_as_a_number(text: str, carries: bool) -> None:
    """Which has no leading zeros; where that leaves few digits, they are too common."""
    for pin in ("024680", "000246"):
        ears, _ = await listen()
        ears.look_out_for("pin", pin)
        said = text.replace("24680", "246") if pin == "000246" else text
        assert ears.judge.leaks("https://evil.example/", said.encode()) is (
            carries and pin == "024680"
        )


async def test_the_search_of_a_long_request_takes_no_longer() -> None:
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    body = f"{'1 2 ' * 5_000_000}{PIN}"
    began = time.process_time()
    network.asks("1", f"{SERVICE}/login/a", method="POST", postData=body)
    assert time.process_time() - began < 1.0
    assert only(ears).posts


@pytest.mark.parametrize(
    "text",
    [
        *("9135790", "1764135790", "13579", "[1,3,5,79,1]", "x" * 90),
        '{"a":1,"b":3,"c":5,"d":7,"e":9,"f":0}',
        "d0=9&d1=1&d2=3&d3=5&d4=7&d5=9&d6=0",
        json.dumps([*b"135791"]),
        json.dumps([[index, each] for index, each in enumerate("9135790")]),
    ],
)
async def test_other_digits_are_no_pin(text: str) -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    assert not ears.judge.leaks("https://evil.example/", text.encode())


@pytest.mark.parametrize("zeros", [0, 3, 5000])
async def test_a_digit_is_noticed_by_a_reference_with_many_zeros(zeros: int) -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    text = "".join(f"&#{'0' * zeros}{ord(digit)};" for digit in PIN)
    assert ears.judge.leaks("https://evil.example/", text.encode())


async def test_a_reference_that_is_too_long_for_a_number_hides_nothing() -> None:
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    assert not ears.judge.leaks("https://evil.example/", f"&#{'9' * 5000};".encode())
    assert ears.judge.leaks("https://evil.example/", f"&#{'9' * 5000};{PIN}".encode())
