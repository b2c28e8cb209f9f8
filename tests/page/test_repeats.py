"""A code or PIN leaves once, and to the login's hosts alone."""

from __future__ import annotations

import base64
import json

import pytest

from upstox_browser_login.page.requests import MOST_SEARCHED

from .network import NUMBER, PIN, SERVICE, listen

BASE64 = base64.b64encode(PIN.encode()).decode()


async def test_the_same_bytes_from_before_a_credential_cannot_hold_it() -> None:
    """A heartbeat; but what is sent twice after the typing may hold it both times."""
    ears, network = await listen()
    ears.look_out_for("mobile", NUMBER)
    network.asks("1", f"{SERVICE}/graph", method="POST", postData="alive")
    ears.look_out_for("pin", PIN)
    for number, body in enumerate(("alive", "hidden", "hidden"), 2):
        network.asks(str(number), f"{SERVICE}/graph", method="POST", postData=body)
    network.asks("5", f"{SERVICE}/graph?x=1", method="POST", postData="alive")
    network.asks("6", f"{SERVICE}/graph", method="PUT", postData="alive")
    assert [each.same for each in ears.traffic.calls] == [False, True, False, False, False, False]


@pytest.mark.parametrize(("url", "leaks"), [("https://evil.example/", True), (SERVICE, False)])
async def test_a_leak_is_a_credential_for_another_host(url: str, leaks: bool) -> None:
    ears, _ = await listen()
    assert not ears.judge.leaks(url, PIN.encode())
    ears.look_out_for("pin", PIN)
    assert ears.judge.leaks(url, PIN.encode()) is leaks
    assert ears.judge.leaks(f"{url}/x?p={BASE64}", b"") is leaks
    assert not ears.judge.leaks(url, b"nothing")


async def test_a_code_of_before_is_not_sent_again() -> None:
    """By a page that keeps on sending the refused one, after the next one was typed."""
    ears, _ = await listen()

    def has_left(call_id: str, code: str) -> bool:
        request = {"url": f"{SERVICE}/login/a?v={code}", "method": "GET"}
        return ears.judge.is_repeat(call_id, request)

    ears.look_out_for("code", "111222")
    assert not has_left("1", "111222")
    ears.look_out_for("code", "333444")
    assert has_left("2", "111222")
    assert not has_left("3", "333444")
    assert has_left("4", "333444")
    assert not has_left("1", "111222"), "the very request that carried it"


async def test_a_page_that_asks_again_by_itself_may_do_so_once() -> None:
    """Upstox answers 4000001 to an old session: the page renews it and sends the PIN again.

    A server that always says so would get the PIN without end, and five refused ones lock.
    """
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    refused = json.dumps({"errors": [{"errorCode": "4000001", "message": "Expired."}]})
    left = []
    for number in ("1", "2", "3", "4"):
        request = {"url": f"{SERVICE}/login/pin", "method": "POST", "postData": PIN}
        left.append(ears.judge.is_repeat(number, request))
        network.asks(number, f"{SERVICE}/login/pin", "Fetch", method="POST", postData=PIN)
        ears.answered(number, 401, refused.encode())
    assert left == [False, False, True, True]


SEALED = '{"v":"6a6b"}'


SUCCESS = b'{"success":true,"data":{"message":"Done","isSecretPinSet":true}}'


@pytest.mark.parametrize(
    ("before", "between", "again"),
    [
        ("", "pending", True),
        ("", "503", True),
        ("", "broke", True),
        ("", "200", False),
        ("", "400", False),
        # It was sent before the PIN was typed, it follows what was accepted, or another holds it.
        ("the same", "503", False),
        ("accepted", "503", False),
        ("seen", "503", False),
    ],
)
async def test_what_may_hold_a_pin_is_not_sent_again_after_a_failure(
    before: str, between: str, again: bool
) -> None:
    """Layers that send a failed request again know nothing of what is in it."""
    ears, network = await listen()
    url = f"{SERVICE}/login/pin"

    def sends(call_id: str, body: str = SEALED) -> bool:
        request = {"url": url, "method": "POST", "postData": body}
        left = ears.judge.is_repeat(call_id, request)
        ears.asked(call_id, request, "Fetch", blocked=left)
        return left

    if before == "the same":
        sends("0")
    ears.look_out_for("pin", PIN)
    if before in {"accepted", "seen"}:
        sends("0", PIN if before == "seen" else "hidden")
        if before == "accepted":
            ears.answered("0", 200, SUCCESS)
    network.monotonic += 1
    assert not sends("1")
    if between == "broke":
        ears.broke_off("1", "ConnectionReset")
    elif between != "pending":
        ears.answered("1", int(between), b"{}")
    assert sends("2") is again
    assert sends("3") is again
    assert not sends("4", "another")


async def test_the_app_may_be_let_in_again_after_a_failure() -> None:
    """Its call holds no secret, though nobody could read the answer to the PIN."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    for call_id in ("1", "2"):
        request = {
            "url": f"{SERVICE}/login/v2/oauth/authorize?x=1",
            "method": "POST",
            "postData": '{"data":{"userOAuthApproval":true}}',
        }
        assert not ears.judge.is_repeat(call_id, request)
        ears.asked(call_id, request, "Fetch")
        ears.answered(call_id, 502, b"")
    # Another body for the same path may hold the PIN.
    request["postData"] = SEALED
    assert not ears.judge.is_repeat("3", request)
    ears.asked("3", request, "Fetch")
    ears.answered("3", 502, b"")
    assert ears.judge.is_repeat("4", request)


async def test_a_number_may_be_sent_again_after_a_failure() -> None:
    ears, _ = await listen()
    ears.look_out_for("mobile", NUMBER)
    for call_id in ("1", "2"):
        request = {"url": f"{SERVICE}/login/a", "method": "POST", "postData": SEALED}
        assert not ears.judge.is_repeat(call_id, request)
        ears.asked(call_id, request, "Fetch")


async def test_a_pin_goes_round_no_circle() -> None:
    """A redirect that keeps the body sends it again, and each time counts."""
    ears, network = await listen()
    ears.look_out_for("pin", PIN)
    left = []
    for turn in range(5):
        url = f"{SERVICE}/login/pin?n={turn}"
        request = {"url": url, "method": "POST", "postData": PIN}
        left.append(ears.judge.is_repeat("1", request, turn))
        # The gate and the window both tell of each hop, in either order.
        ears.asked("1", request, "Fetch", turn=turn, blocked=left[-1])
        hop = {"hop": {"status": 307, "headers": {}}} if turn else {}
        network.asks("1", url, "Fetch", method="POST", postData=PIN, **hop)
        if left[-1]:
            break
    assert left == [False, False, False, True]
    assert len(ears.traffic.carriers("pin")) == 3
    assert [each.pending for each in ears.traffic.calls] == [False] * 4


SPELT = [
    PIN,
    BASE64,
    BASE64.rstrip("="),
    BASE64[:4] + "\\n" + BASE64[4:],
    "".join(f"\\u{ord(each):04x}" for each in BASE64),
    '["1","3","5","7","9","0"]',
    "1 3 5-7.9,0",
    base64.b64encode(f'{{"pin":"{PIN}"}}'.encode()).decode(),
    PIN.encode().hex(),
    PIN.encode("utf-16").decode("latin-1"),
    BASE64.encode("utf-16-be").decode("latin-1"),
    f'{{"pin":"{PIN}"}}'.encode("utf-16-le").decode("latin-1"),
    base64.b64encode(f'{{"pin":"{PIN}"}}'.encode("utf-16")).decode(),
    base64.b64encode(PIN.encode("utf-16-le")).decode(),
    # A digit for each box of a row, as a form sends it and as a script does.
    "&".join(f"pin={each}" for each in PIN),
    "&".join(f"d{index}={each}" for index, each in enumerate(PIN)),
    "step=2&" + "&".join(f"pin%5B{index}%5D={each}" for index, each in enumerate(PIN)),
    json.dumps({"step": 2} | {f"d{index}": each for index, each in enumerate(PIN)}),
    json.dumps([{"v": int(each)} for each in PIN]),
    "".join(f'--x\r\nContent-Disposition: form-data; name="p"\r\n\r\n{e}\r\n' for e in PIN),
    # With the place of each digit, or as a script has the bytes of a text.
    json.dumps([{"index": index, "value": each} for index, each in enumerate(PIN)]),
    json.dumps([{"v": each, "i": index} for index, each in enumerate(PIN)]),
    json.dumps({"pin": [[index, each] for index, each in enumerate(PIN)], "nonce": "x1"}),
    json.dumps({"pin": [*PIN.encode()], "nonce": "x1"}),
    json.dumps(dict(enumerate(PIN.encode()))),
    json.dumps([{"type": "keydown", "keyCode": each} for each in PIN.encode()]),
    "".join(f"&#{each};" for each in PIN.encode()),
    PIN.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
]


@pytest.mark.parametrize("text", SPELT)
async def test_a_pin_leaves_once_however_it_is_written(text: str) -> None:
    """Five refused PINs lock the account, and a page may write it in many ways."""
    ears, _ = await listen()
    ears.look_out_for("pin", PIN)
    for number, body in enumerate((PIN, text)):
        request = {"url": f"{SERVICE}/login/pin", "method": "POST", "postData": body}
        ears.asked(str(number), request, "Fetch")
        assert ears.judge.is_repeat(str(number), request) == (number > 0)
    header = {"url": f"{SERVICE}/login/pin", "method": "GET", "headers": {"x-p": text}}
    assert ears.judge.is_repeat("header", header)


@pytest.mark.parametrize("padded", ["url", "body"])
async def test_what_is_too_long_to_be_searched_is_told(padded: str) -> None:
    """Once something was typed: before that nothing is looked for."""
    ears, _ = await listen()
    url = f"{SERVICE}/{'x' * MOST_SEARCHED if padded == 'url' else ''}"
    body = b"x" * MOST_SEARCHED if padded == "body" else b""
    assert not ears.judge.cannot_be_searched(url, body, {})
    ears.look_out_for("pin", PIN)
    assert ears.judge.cannot_be_searched(url, body, {})
    assert not ears.judge.cannot_be_searched(url[:1000], body[:1000], {})
