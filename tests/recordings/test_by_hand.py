"""Logins that a person types, and their recordings."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyotp
import pytest
from playwright.async_api import Page

from tests.harness import Desk, leaks_below, secrets_of
from tests.recordings.person import Distracted, Elsewhere, Person, Stranger, by_hand
from tests.shared_browser import SharedBrowser
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
    LoginBlockedError,
)
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.page.by_hand import hear
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.looks import replay_looks
from upstox_browser_login.recordings.record import record
from upstox_browser_login.recordings.recording import NothingKeptError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.session.parts import Parts
from upstox_browser_login.settings import Settings


def person(
    replica: Replica, *pins: str, mobile: str | None = None, kind: type[Person] = Person
) -> Person:
    account = replica.account
    code = pyotp.TOTP(account.totp_secret).now
    return kind(mobile or account.mobile, code, *(pins or (account.pin,)))


@pytest.mark.usefixtures("sharing")
def test_a_login_by_hand_is_caught_and_stored(desk: Desk, replica: Replica) -> None:
    settings = by_hand(desk, replica)
    typing = person(replica)
    result = login_result(settings, progress=typing, by_hand=True)
    assert result.token.user_id == replica.account.user_id
    assert Parts.of(settings, desk.clock).store.load(Parts.of(settings, desk.clock).key) is not None
    assert typing.steps[:2] == ["open", "mobile"]
    assert replica.counts.pins == 1
    assert ledger(settings, desk).history()[-1].outcome == "succeeded"


def test_nothing_but_number_and_app_is_needed(desk: Desk, replica: Replica) -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_CLIENT_SECRET is not set"):
        login_result(by_hand(desk, replica, client_secret=None), by_hand=True)
    with pytest.raises(ConfigurationError, match="UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET are not set"):
        login_result(by_hand(desk, replica))


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["wrong-pin"]], indirect=True)
def test_a_refused_pin_counts_though_a_person_typed_it(desk: Desk, replica: Replica) -> None:
    """The person may try again; a later login of ours may not send that PIN."""
    settings = by_hand(desk, replica)
    with pytest.raises(CredentialsRejectedError, match="incorrect PIN"):
        login_result(settings, progress=person(replica, "135791", "135792"), by_hand=True)
    assert replica.counts.pins == 2
    refused = [each for each in ledger(settings, desk).history() if each.outcome == "refused"]
    assert [each.what for each in refused] == ["pin", "pin"]
    for pin in ("135791", "135792"):
        block = ledger(settings, desk).block(pin)
        assert block is not None, pin
        assert block.code == "COOLING_DOWN"
    assert ledger(settings, desk).block("864209") is None


@pytest.mark.usefixtures("sharing")
@pytest.mark.variant
def test_another_number_is_no_login_for_these_settings(desk: Desk, replica: Replica) -> None:
    typing = person(replica, mobile="9123456780")
    with pytest.raises(LoginBlockedError, match="Another mobile number"):
        login_result(by_hand(desk, replica), progress=typing, by_hand=True)


@pytest.mark.usefixtures("sharing")
def test_a_recorded_login_by_hand_holds_nothing_that_was_typed(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """A stray digit was typed and taken back: that is a secret as well."""
    settings = by_hand(desk, replica, trace="off")
    recorded = record(settings, tmp_path, "hand", progress=person(replica), by_hand=True)
    kept = recorded.keep("hand")
    account = replica.account
    typed = {account.pin[:length]: "typed" for length in (5, 6)}
    assert leaks_below(kept, secrets_of(replica) | typed) == {}
    about = json.loads((kept / "recording.json").read_text())
    assert about["how"] == "watch"
    assert [each["state"] for each in about["states"]] == ["mobile", "otp", "pin"]
    assert about["counts"]["pin"] == about["counts"]["exchange"] == 1
    assert len(about["account"]["pin_code"]) == len(account.pin)
    assert replay_looks(read_bundle(kept)).passed


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["renamed-everything"]], indirect=True)
def test_a_page_that_nobody_knows_is_recorded_by_hand(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """No form of it is recognised, and all that is typed into it is replaced."""
    settings, account = by_hand(desk, replica, trace="off"), replica.account
    typing = person(replica, kind=Stranger)
    recorded = record(settings, tmp_path, "hand", progress=typing, by_hand=True)
    assert recorded.error is None
    assert recorded.unreadable is None
    kept = recorded.keep("hand")
    typed = {account.pin[:length]: "typed" for length in (5, 6)}
    assert leaks_below(kept, secrets_of(replica) | typed) == {}
    bundle = read_bundle(kept)
    assert [each.state for each in bundle.about.states if each.state in {"otp", "pin"}] == []
    # Once the page is known, a replay types what the recording has.
    sent = b" ".join(bundle.bodies.values()).decode("utf-8", "replace")
    pin = bundle.about.account.pin_code
    assert pin != "000000"
    assert any(form in sent for form in (pin, base64.b64encode(pin.encode()).decode()))


def keeps_nothing(
    desk: Desk,
    replica: Replica,
    folder: Path,
    kind: type[Person] = Distracted,
    where: str = "a frame of localhost",
    **more: Any,
) -> None:
    typing = person(replica, kind=kind)
    settings = by_hand(desk, replica, trace="off", **more)
    with pytest.raises(NothingKeptError, match=f"typed into {where} could not be read"):
        record(settings, folder, "x", progress=typing, by_hand=True)
    assert typing.steps[-1] == "store"
    assert not folder.exists()


@pytest.mark.variant  # of test_nor_where_another_window_was_typed_into
@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["foreign-frame"]], indirect=True)
def test_of_a_login_in_which_a_foreign_frame_was_typed_into_nothing_is_kept(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded")


@pytest.mark.browser
@pytest.mark.variant
@pytest.mark.browser
@pytest.mark.parametrize("replica", [["foreign-frame"]], indirect=True)
def test_nor_where_that_frame_has_a_process_of_its_own(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded", browser_args="--site-per-process")


@pytest.mark.usefixtures("sharing")
def test_nor_where_another_window_was_typed_into(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded", Elsewhere, "a window of another site")


@pytest.mark.usefixtures("sharing")
def test_keys_that_no_field_takes_are_heard(shared_browser: SharedBrowser) -> None:
    """A page may draw a field of its own, and may take the keys of a real one."""
    page = """<div tabindex=0 id=drawn onkeydown="this.textContent += '*'"></div>
    <input id=taken onkeydown="event.preventDefault()"><input id=plain>"""

    async def type_there(tab: Page) -> None:
        for name in ("drawn", "taken", "plain"):
            await tab.locator(f"#{name}").focus()
            await tab.keyboard.type("24")
            # Each key is told by a timer, which the next field's events could overtake.
            await tab.evaluate("() => new Promise((done) => setTimeout(done, 20))")

    assert heard_on(page, type_there, shared_browser) == ["2", "24"] * 3


@pytest.mark.usefixtures("sharing")
def test_the_digits_of_a_keypad_on_the_screen_are_heard(shared_browser: SharedBrowser) -> None:
    """By their text, or by the label of a picture; what else is clicked is not."""
    page = """<button>1</button><div><span><b>9</b></span></div>
    <button aria-label="3"><svg width=20 height=20></svg></button>
    <button id=go>Continue</button><p id=text>Step 2 of 3</p>"""

    async def click_there(tab: Page) -> None:
        for name in ("text=1", "b", "[aria-label='3']", "#go", "text=1", "#text", "b"):
            await tab.locator(name).first.click()

    assert heard_on(page, click_there, shared_browser) == [
        "1",
        "19",
        "193",
        "1931",
        "9319",
        "19319",
    ]


KEYPAD = """<button>1</button><button>2<span>ABC</span></button>
<button aria-label="Digit 3">&#9679;</button><button><img alt=four width=20 height=20></button>
<button onpointerdown="this.outerHTML = '<button>7</button>'">5</button>
<button>&#9003;</button>"""
MASKED = """<input id=stars oninput="pin += event.data; value = '*'.repeat(value.length)">
<input id=taken onbeforeinput="event.preventDefault(); pin += event.data">
<input class=box><input class=box><input class=box><input class=box><input id=plain>
<script>let pin = "";
for (const box of document.querySelectorAll(".box"))
  box.oninput = () => box.nextElementSibling.focus();
</script>"""
POURED = """<input id=pasted onpaste="event.preventDefault()">
<div id=drawn tabindex=0>Paste it</div><input id=plain>
<span id=from draggable=true
  ondragstart="event.dataTransfer.setData('text', '864209')">PIN</span>
<p id=to ondragover="event.preventDefault()" ondrop="event.preventDefault()">here</p>"""


@pytest.mark.usefixtures("sharing")
def test_the_digits_of_another_screen_are_told_by_themselves(shared_browser: SharedBrowser) -> None:
    """So that a PIN is not taken for the longer one that it is with digits of the code before."""
    page = """<h1>Enter the code sent to you</h1><b>1</b><b>2</b><i>Please wait</i>
    <script>let count = 0; addEventListener("click", () => {
      count += 1;
      document.querySelector("i").textContent = `Resend in ${9 - count} s`;
      if (count === 6) document.querySelector("h1").textContent = "Welcome! Choose your secret PIN";
      if (count === 6) document.querySelector("i").remove();
    });</script>"""

    async def click_there(tab: Page) -> None:
        for place in (0, 1, 0, 1, 0, 1, 0, 0, 1, 1):
            await tab.locator("b").nth(place).click()

    heard = heard_on(page, click_there, shared_browser)
    assert {"121212", "121122"} <= set(heard), "it may be one screen all the same"
    assert heard[-1] == "1122"


@pytest.mark.usefixtures("sharing")
def test_a_keypad_is_heard_however_its_keys_are_labelled(shared_browser: SharedBrowser) -> None:
    """With letters below, by a label or a picture, drawn anew when pressed, and corrected."""

    async def click_there(tab: Page) -> None:
        keys = tab.locator("button")
        for place in (0, 1, 2, 3, 4, 5, 0, 0):
            await keys.nth(place).click(force=True)

    heard = heard_on(KEYPAD, click_there, shared_browser)
    assert {"12345", "123411"} <= set(heard)


@pytest.mark.usefixtures("sharing")
def test_what_a_page_hides_as_it_is_typed_is_heard(shared_browser: SharedBrowser) -> None:
    """Stars in the place of each character, characters that no field gets, a box for each."""

    async def type_there(tab: Page) -> None:
        for name, text in (("#stars", "135791"), ("#taken", "864209"), (".box", "2468")):
            await tab.locator(name).first.focus()
            await tab.keyboard.type(text)

    assert {"135791", "864209", "2468"} <= set(heard_on(MASKED, type_there, shared_browser))


@pytest.mark.usefixtures("sharing")
def test_what_is_typed_before_a_busy_page_runs_its_timers_is_heard(
    shared_browser: SharedBrowser,
) -> None:
    """A page that is busy gets the keys of two fields at once, and runs its timers after them."""
    page = """<input id=taken onbeforeinput="event.preventDefault(); rest()"><input id=plain>
    <div id=drawn tabindex=0 onkeydown="rest()"></div>
    <script>let rest = () => { const until = performance.now() + 300;
      while (performance.now() < until); rest = () => {}; };</script>"""

    async def type_there(tab: Page) -> None:
        session = await tab.context.new_cdp_session(tab)
        for name, text in (("#taken", "864209"), ("#drawn", "135791")):
            await tab.locator(name).focus()
            keys = [*text, "Tab", "2"]
            await asyncio.gather(
                *(
                    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key_of(key)})
                    for key in keys
                )
            )

    assert {"135791", "864209"} <= set(heard_on(page, type_there, shared_browser))


def key_of(key: str) -> dict[str, Any]:
    """What a key is in the protocol."""
    if key == "Tab":
        return {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    return {"key": key, "text": key, "windowsVirtualKeyCode": ord(key)}


@pytest.mark.usefixtures("sharing")
def test_what_is_pasted_or_dropped_where_no_field_takes_it_is_heard(
    shared_browser: SharedBrowser,
) -> None:
    async def pour(tab: Page) -> None:
        await tab.locator("#plain").fill("135791")
        for name in ("#pasted", "#drawn"):
            await tab.locator("#plain").press("ControlOrMeta+a")
            await tab.locator("#plain").press("ControlOrMeta+c")
            await tab.locator(name).focus()
            await tab.keyboard.press("ControlOrMeta+v")
        await tab.locator("#from").drag_to(tab.locator("#to"))

    heard = heard_on(POURED, pour, shared_browser)
    assert heard.count("135791") == 4
    assert "864209" in heard


@pytest.mark.usefixtures("sharing")
def test_a_page_that_writes_itself_anew_is_heard_as_before(shared_browser: SharedBrowser) -> None:
    async def type_there(tab: Page) -> None:
        await tab.evaluate("document.open(); document.write('<input id=new>'); document.close()")
        await tab.locator("#new").press_sequentially("135791", delay=50)

    heard = heard_on("<input id=old>", type_there, shared_browser)
    assert heard[-1] == "135791"


def heard_on(
    page: str, act: Callable[[Page], Awaitable[None]], shared_browser: SharedBrowser
) -> list[str]:
    """What is heard while somebody acts on a page."""
    told: list[dict[str, Any]] = []

    async def go() -> None:
        assert shared_browser.opened is not None
        context = await shared_browser.opened.browser.new_context()
        try:
            tab = await context.new_page()
            session = await context.new_cdp_session(tab)
            session.on(
                "Runtime.bindingCalled", lambda event: told.append(json.loads(event["payload"]))
            )
            await session.send("Page.enable")
            await session.send("Runtime.enable")
            await hear(session)
            await tab.goto("data:text/html," + quote(page))
            await act(tab)
            # What is heard is told by a timer, so that the page's own listeners run before.
            await tab.evaluate("new Promise((done) => setTimeout(done))")
        finally:
            await context.close()

    asyncio.run_coroutine_threadsafe(go(), shared_browser._loop).result()
    return [each["text"] for each in told]


def ledger(settings: Settings, desk: Desk) -> Ledger:
    return Parts.of(settings, desk.clock).ledger


@pytest.mark.usefixtures("sharing")
def test_evidence_of_what_could_not_be_read_is_not_kept(desk: Desk, replica: Replica) -> None:
    """What nobody knows cannot be taken out of a trace either."""
    settings = by_hand(desk, replica, trace="on")
    typing = person(replica, kind=Elsewhere)
    assert login_result(settings, progress=typing, by_hand=True).trace is None
    assert not settings.trace_dir.exists() or not list(settings.trace_dir.iterdir())
