"""What was heard is kept without what is personal in it, and nothing that cannot be searched."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from upstox_browser_login.recordings.bundle import MOST_LINE
from upstox_browser_login.recordings.capture import RawExchange, RawSocket
from upstox_browser_login.recordings.clean import ALWAYS_VOLATILE, Cleaned, Raw, RawPage, clean
from upstox_browser_login.recordings.times import EPOCH

NUMBER = "9876501234"
BEGAN = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def heard(n: int = 0, **more: Any) -> RawExchange:
    given: dict[str, Any] = {"url": "https://x.invalid/a", "status": 200, **more}
    return RawExchange(n, 0.12345, "browser", "fetch", "main", "POST", **given)


def cleaned(*exchanges: RawExchange, redirect_uri: str | None = None, **more: Any) -> Cleaned:
    return clean(
        Raw(list(exchanges), **more),
        {NUMBER: "mobile number"},
        began=BEGAN.timestamp(),
        redirect_uri=redirect_uri,
        rng=Random(1),
    )


def body_of(made: Cleaned, line: dict[str, Any], which: str = "response") -> bytes:
    return made.bodies[line[which]["body"]]


def test_a_secret_is_the_same_stand_in_everywhere() -> None:
    made = cleaned(
        heard(
            url=f"https://x.invalid/{NUMBER}?m={NUMBER}",
            request_headers=[("X-Number", NUMBER)],
            request_body=json.dumps({"mobile": NUMBER}).encode(),
            response_body=f"Sent to {NUMBER}.".encode(),
        ),
        sockets=[RawSocket(1, 0.2, f"wss://x.invalid/{NUMBER}", [(0.3, True, f"hi {NUMBER}")])],
        looks=[{"texts": [{"text": NUMBER}]}],
        pages={"pin": RawPage(f"https://x.invalid/{NUMBER}", f"<p>{NUMBER}</p>", f"- {NUMBER}")},
    )
    call, socket = made.exchanges
    stand_in = call["url"].rpartition("=")[2]
    assert stand_in.isdigit()
    assert stand_in != NUMBER
    assert call["url"] == f"https://x.invalid/{stand_in}?m={stand_in}"
    assert call["request"]["headers"] == [["X-Number", stand_in]]
    assert json.loads(body_of(made, call, "request")) == {"mobile": stand_in}
    assert body_of(made, call) == f"Sent to {stand_in}.".encode()
    assert socket["url"] == f"wss://x.invalid/{stand_in}"
    assert socket["frames"] == [{"at": 0.3, "sent": True, "text": f"hi {stand_in}"}]
    assert made.looks == [json.dumps({"texts": [{"text": stand_in}]})]
    assert made.pages["pin"] == RawPage(
        f"https://x.invalid/{stand_in}", f"<p>{stand_in}</p>", f"- {stand_in}"
    )


def test_a_word_of_a_script_or_a_setting_is_no_name() -> None:
    """Max is a person's name, and a word of every script."""
    script = b"let a = Math.max(1, Number.MAX_SAFE_INTEGER);"
    settings = b'{"displayName": "Log in with your number", "max": 3}'
    early = heard(0, url="https://x.invalid/a.js", response_body=script)
    config = heard(1, url="https://x.invalid/config.json", response_body=settings)
    profile = b'{"firstName": "Max", "hint": "your number, max. 3 times"}'
    late = heard(3, url="https://x.invalid/b.js", response_body=b'greet("Max")')
    early.type = late.type = "script"
    early.method = config.method = "GET"
    late.at = 5.0
    made = cleaned(early, config, heard(2, response_body=profile), late, typed_at=1.0)
    assert body_of(made, made.exchanges[0]) == script
    assert body_of(made, made.exchanges[1]) == settings
    told = json.loads(body_of(made, made.exchanges[2]))
    assert told["firstName"] != "Max"
    assert told["hint"] == f"your number, {told['firstName'].lower()}. 3 times"
    assert body_of(made, made.exchanges[3]) == f'greet("{told["firstName"]}")'.encode()


def test_the_lines_come_in_the_order_in_which_things_began() -> None:
    made = cleaned(heard(2), heard(0), sockets=[RawSocket(1, 0.5, "wss://x.invalid/", [])])
    assert [(line["n"], line["kind"]) for line in made.exchanges] == [
        (0, "http"),
        (1, "socket"),
        (2, "http"),
    ]
    assert made.exchanges[0]["at"] == 0.123


def test_a_call_without_an_answer_says_why() -> None:
    (line,) = cleaned(heard(status=None, failed="net::ERR_ABORTED")).exchanges
    assert (line["response"], line["failed"]) == (None, "net::ERR_ABORTED")


def test_a_body_is_kept_once_under_the_name_of_what_is_kept() -> None:
    personal = f"Sent to {NUMBER}.".encode()
    made = cleaned(*(heard(n, response_body=personal) for n in range(2)), heard(2))
    first, second, empty = (line["response"]["body"] for line in made.exchanges)
    assert first == second == hashlib.sha256(made.bodies[first]).hexdigest()
    assert empty is None
    # The digest of what was changed would give it away, so that is known and looked for.
    assert hashlib.sha256(personal).hexdigest() in made.digests
    assert first not in made.digests


@pytest.mark.parametrize("body", [b"\xff\xfe not a text", b"a text\0 with a zero"])
def test_what_cannot_be_searched_is_not_kept(body: bytes) -> None:
    made = cleaned(heard(response_body=body))
    assert made.exchanges[0]["response"]["body"] is None
    assert made.bodies == {}


def test_a_font_is_kept_as_it_is() -> None:
    font = b"wOF2\xff\xfe\0"
    made = cleaned(heard(response_body=font))
    assert body_of(made, made.exchanges[0]) == font


def test_what_stands_in_a_field_of_a_page_is_not_kept() -> None:
    page = RawPage("https://x.invalid/", "<input value='024680'><p>Enter PIN</p>")
    made = cleaned(pages={"pin": page}).pages["pin"]
    assert "024680" not in made.html
    assert "Enter PIN" in made.html
    assert made.aria is None


def test_times_are_moved_to_the_time_of_all_recordings() -> None:
    later = BEGAN + timedelta(hours=1)
    moved = int((EPOCH + timedelta(hours=1)).timestamp())
    made = cleaned(
        heard(
            response_headers=[
                ("Date", later.strftime("%a, %d %b %Y %H:%M:%S GMT")),
                ("Set-Cookie", f"until={int(later.timestamp())}; Path=/"),
            ],
            request_headers=[("Cookie", f"until={int(later.timestamp())}; a=b")],
            response_body=f'{{"exp":{int(later.timestamp())}}}'.encode(),
        )
    )
    (line,) = made.exchanges
    date = (EPOCH + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert line["response"]["headers"] == [
        ["Date", date],
        ["Set-Cookie", f"until={moved}; Path=/"],
    ]
    assert line["request"]["headers"] == [["Cookie", f"until={moved}; a=b"]]
    assert body_of(made, line) == f'{{"exp":{moved}}}'.encode()  # written as tightly as before
    assert "exp" in made.time_fields


def test_headers_that_say_how_a_body_was_carried_are_left_out() -> None:
    (line,) = cleaned(
        heard(response_headers=[("Content-Encoding", "gzip"), ("X-Kept", "1")])
    ).exchanges
    assert line["response"]["headers"] == [["X-Kept", "1"]]


@pytest.mark.parametrize(
    ("redirect_uri", "personal"),
    [
        ("https://asha-rao.example/callback", True),
        ("https://127.0.0.1:5000/callback", False),
        ("https://callback.invalid/", False),
        # The page itself talks to it, so it tells nothing of a person.
        ("https://x.example/callback", False),
        (None, False),
    ],
)
def test_the_host_of_the_redirect_is_personal_if_nobody_else_has_it(
    redirect_uri: str | None, personal: bool
) -> None:
    made = cleaned(
        heard(url="https://x.example/"),
        heard(1, url=redirect_uri or "", status=None),
        redirect_uri=redirect_uri,
    )
    assert ("redirect address" in made.stand_ins.replaced) is personal
    assert ("asha-rao" in json.dumps(made.exchanges)) is False


def test_fields_that_differ_in_every_run_are_named() -> None:
    assert set(ALWAYS_VOLATILE) <= set(cleaned().volatile)


def test_of_a_socket_no_more_is_kept_than_a_line_may_have() -> None:
    """`replay` reads no longer line, so that the recording would be of no use."""
    frames = [(float(n), n % 2 == 0, f'{n} of {NUMBER} "' + 'ä"' * 100_000) for n in range(8)]
    made = cleaned(sockets=[RawSocket(0, 1.0, "wss://x.invalid/", frames)])
    (line,) = made.exchanges
    assert len(json.dumps(line, ensure_ascii=False).encode()) < MOST_LINE
    texts = [each["text"] for each in line["frames"]]
    assert [each[:4] for each in texts] == ["0 of", "1 of", "2 of", "3 of", "[lef"]
    assert made.stand_ins.replaced["frame of a socket that carries too much"] == 4
    assert NUMBER not in json.dumps(line)
