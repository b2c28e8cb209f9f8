"""One login from outside: two at once, what stops it before a browser, and what it leaves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import stat
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from msgspec.structs import replace
from playwright.async_api import Page
from pydantic import SecretStr

from tests.harness import Desk, FakeClock, Notes, tell_limits, time_is_up_after, variants
from tests.shared_browser import children
from upstox_browser_login import api
from upstox_browser_login.browser import launch
from upstox_browser_login.errors import (
    ConfigurationError,
    NotLoggedInError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import Client
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica, faults
from upstox_browser_login.session import (
    LoginResult,
    Progress,
    alogin,
    login_result,
    obtain,
    parts,
    token_result,
)
from upstox_browser_login.session.login import Watcher
from upstox_browser_login.session.parts import Deadline
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, variable
from upstox_browser_login.store import (
    Held,
    account_key,
    lock_timed_out,
    open_ledger_documents,
    open_store,
    token_key,
)
from upstox_browser_login.token import IST, Token


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that starts one."""

    def open_browser(*_: object, **__: object) -> None:
        raise AssertionError("a browser was started")

    monkeypatch.setattr(launch, "open_browser", open_browser)


def kept(settings: Settings, desk: Desk, ago: float = 3600, text: str = "an-old-token") -> Token:
    """Store a token as a login some time ago would have."""
    issued_at = desk.clock.now() - timedelta(seconds=ago)
    token = Token.from_reply({"access_token": text, "user_id": "7ABC12"}, issued_at=issued_at)
    open_store(settings).save(token_key(settings), token)
    return token


# -- two at once -----------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.variant  # of the one in tests/concurrency
@pytest.mark.parametrize("skew", [0, -120])
def test_a_login_that_began_while_another_was_under_way_uses_its_token(
    skew: int, desk: Desk
) -> None:
    """Whatever Upstox's clock says of the token's time of issue."""
    with Replica(f"skew={skew}", "slow=pin:2", clock=desk.clock.time) as replica:
        settings = desk.settings(replica)
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(login_result, settings, clock=desk.clock)
            until(lambda: replica.log.of("pin"))
            second = pool.submit(login_result, settings, clock=desk.clock)
            results: list[LoginResult] = [first.result(), second.result()]
        assert [each.source for each in results] == ["login", "store"]
        assert results[0].token == results[1].token
        # Measured on a machine that may be busy.
        assert abs(results[0].token.clock_skew - skew) < 30
        assert (replica.counts.pins, replica.counts.exchanges) == (1, 1)


@pytest.mark.usefixtures("sharing")
def test_a_login_alone_is_a_new_one(desk: Desk, replica: Replica) -> None:
    """A token of before is no reason not to log in: that is what `login` means."""
    settings = desk.settings(replica)
    old = kept(settings, desk)
    result = login_result(settings, clock=desk.clock)
    assert result.source == "login"
    assert result.token != old
    assert open_store(settings).load(token_key(settings)) == result.token


@pytest.mark.usefixtures("no_browser")
def test_a_login_that_waited_for_one_that_failed_does_not_take_an_old_token(
    desk: Desk, replica: Replica
) -> None:
    """The other one has brought nothing: this one goes on by itself."""
    settings = desk.settings(replica)
    kept(settings, desk)
    released = threading.Event()

    def hold() -> None:
        with open_store(settings).lock(token_key(settings), 1):
            held.set()
            released.wait(60)

    held = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        holder = pool.submit(hold)
        held.wait(60)
        waiter = pool.submit(login_result, settings, clock=desk.clock)
        until((desk.home / "state" / "locks").exists)
        with contextlib.suppress(TimeoutError):
            waiter.exception(0.3)
        assert not waiter.done()
        released.set()
        holder.result()
        # It got as far as the browser that this test does not let it have.
        assert isinstance(waiter.exception(), AssertionError)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("skew", [0, -300, 300])
def test_a_login_that_waited_takes_the_token_of_one_that_was_still_closing(
    skew: int, desk: Desk, replica: Replica
) -> None:
    """It was stored before this one looked; Upstox's clock says when."""
    settings = desk.settings(replica)
    issued_at = desk.clock.now() + timedelta(seconds=skew)
    token = Token.from_reply({"access_token": "a-new-token"}, issued_at=issued_at)
    token = token.model_copy(update={"clock_skew": float(skew)})
    open_store(settings).save(token_key(settings), token)
    with ThreadPoolExecutor(1) as pool:
        with open_store(settings).lock(token_key(settings), 1):
            waiter = pool.submit(login_result, settings, clock=desk.clock)
            with contextlib.suppress(TimeoutError):
                waiter.exception(0.5)
        result = waiter.result()
    assert (result.source, result.token) == ("store", token)


class Taken:
    """A lock that two looks find taken, and the third one lost again."""

    def __init__(self) -> None:
        self.looks: list[float] = []

    @contextlib.contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        assert name == "name"
        self.looks.append(timeout)
        if len(self.looks) < 3:
            raise lock_timed_out(timeout)
        yield Held(waited=False, is_held=lambda: False)


def test_a_lock_is_waited_for_in_slices(desk: Desk) -> None:
    """Which are one wait to whoever asks."""
    taken: Any = Taken()
    told: list[int] = []

    def tell() -> None:
        told.append(len(taken.looks))

    with obtain._alone(taken, "name", Deadline.after(30, desk.clock), None, tell) as held:
        assert held.waited
        assert not held.is_held()
    assert taken.looks == [0.0, obtain.WAIT_SLICE, obtain.WAIT_SLICE]
    assert told == [2], "not before the first second is over"
    for seconds, cancelled, message in [(0, False, "within 0 s"), (30, True, "cancelled")]:
        event = threading.Event()
        if cancelled:
            event.set()
        with (
            pytest.raises(UpstoxError, match=message),
            obtain._alone(Taken(), "name", Deadline.after(seconds, desk.clock), event, tell),  # type: ignore[arg-type]
        ):
            pytest.fail("it is taken")


# -- clocks that differ ----------------------------------------------------------------------------


@pytest.fixture
def noon(desk: Desk) -> Desk:
    """At noon in India, so that a token lives for hours."""
    today = desk.clock.now().astimezone(IST)
    desk.clock.offset += (today.replace(hour=12, minute=0) - today).total_seconds()
    return desk


def minted(replica: Replica, desk: Desk, settings: Settings, *, skew: float) -> Token:
    """Store a token of the replica's as a machine would whose clock differs by so much."""
    text = replica._world.state.mint.access_token()
    token = Token.from_reply({"access_token": text}, issued_at=desk.clock.now())
    token = token.model_copy(update={"clock_skew": skew})
    open_store(settings).save(token_key(settings), token)
    return token


AHEAD = 20 * 3600.0


@pytest.mark.usefixtures("no_browser")
def test_a_machine_that_is_ahead_asks_upstox(noon: Desk, replica: Replica) -> None:
    """Its clock says that the token is dead, and would say so of the next one."""
    settings = noon.settings(replica)
    token = minted(replica, noon, settings, skew=-AHEAD)
    machine = FakeClock(noon.clock.offset + AHEAD)
    assert not token.is_valid(machine.now())
    for allow_login in (True, False):
        result = token_result(settings, clock=machine, allow_login=allow_login)
        assert (result.token, result.source) == (token, "store")
    assert len(replica.log.of("profile")) == len(replica.log) == 2


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("why", ["revoked", "not known", "dead there too", "the clock is right"])
def test_a_token_that_does_not_live_all_the_same(why: str, noon: Desk, replica: Replica) -> None:
    """It takes a login, which this test does not let begin."""
    settings = noon.settings(replica)
    token = minted(replica, noon, settings, skew=0 if why == "the clock is right" else -AHEAD)
    machine = FakeClock(noon.clock.offset + AHEAD)
    if why == "revoked":
        replica._world.state.mint.revoke(token.access_token.get_secret_value())
    elif why == "not known":
        replica.set("http=profile:500")
    elif why == "dead there too":
        machine.offset += AHEAD
    with pytest.raises(AssertionError, match="a browser was started"):
        token_result(settings, clock=machine)
    asked = why in {"revoked", "not known"}
    with pytest.raises(NotLoggedInError) as caught:
        token_result(settings, clock=machine, allow_login=False)
    assert ("clock, which is ahead of Upstox's" in caught.value.message) is asked
    assert bool(replica.log.of("profile")) is asked


@pytest.mark.usefixtures("no_browser")
def test_asking_whether_a_token_lives_counts_for_the_limit(
    noon: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Upstox does not answer."""

    async def hangs(*_: object) -> bool:
        await asyncio.sleep(60)
        return True

    monkeypatch.setattr(api, "token_is_alive", hangs)
    settings = noon.settings(replica, timeout=5)
    minted(replica, noon, settings, skew=-AHEAD)
    began = time.monotonic()
    with pytest.raises(UpstoxUnavailableError, match="whether the stored token lives") as caught:
        token_result(settings, clock=FakeClock(noon.clock.offset + AHEAD))
    assert caught.value.code == "TIMEOUT"
    assert time.monotonic() - began < 20


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("waited", [False, True])
def test_login_asks_for_a_new_token_whatever_the_clock(
    noon: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch, *, waited: bool
) -> None:
    """Also after it has waited for another login, which failed."""
    monkeypatch.setattr(obtain, "_alone", lambda *_: contextlib.nullcontext(Held(waited)))
    settings = noon.settings(replica)
    minted(replica, noon, settings, skew=-AHEAD)
    with pytest.raises(AssertionError, match="a browser was started"):
        login_result(settings, clock=FakeClock(noon.clock.offset + AHEAD))
    assert len(replica.log) == 0


@pytest.mark.usefixtures("no_browser")
def test_a_machine_that_is_behind_serves_no_dead_token(noon: Desk, replica: Replica) -> None:
    """Its clock says 03:25, Upstox's 03:35."""
    settings = noon.settings(replica)
    token = minted(replica, noon, settings, skew=600)
    before_its_end = (token.expires_at - noon.clock.now()).total_seconds() - 300
    machine = FakeClock(noon.clock.offset + before_its_end)
    with pytest.raises(AssertionError, match="a browser was started"):
        token_result(settings, clock=machine)
    machine.offset -= 400
    assert token_result(settings, clock=machine).token == token


# -- what stops it before a browser ----------------------------------------------------------------


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", NEEDED_FOR_LOGIN)
def test_what_is_missing_is_noticed_first(name: str, desk: Desk, replica: Replica) -> None:
    with pytest.raises(ConfigurationError, match=f"{variable(name)} is not set"):
        login_result(desk.settings(replica, **{name: None}), clock=desk.clock)
    assert not (desk.home / "state").exists()


@pytest.mark.usefixtures("no_browser")
def test_a_store_that_cannot_be_written_is_noticed_first(desk: Desk, replica: Replica) -> None:
    """A file stands where the folder should be: not even root can write there."""
    desk.home.mkdir()
    (desk.home / "state").write_text("in the way")
    with pytest.raises(StoreError) as caught:
        login_result(desk.settings(replica), clock=desk.clock)
    assert (caught.value.code, caught.value.exit_code) == ("STORE_UNWRITABLE", 11)
    assert str(desk.home / "state") in caught.value.message
    assert len(replica.log) == 0


@pytest.mark.usefixtures("no_browser")
@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
@pytest.mark.parametrize("what", ["a file", "a link to nowhere"])
def test_a_ledger_that_cannot_be_written_is_noticed_first(
    what: str, desk: Desk, replica: Replica
) -> None:
    """Behind the link nothing can be made, and nothing is there to be read either."""
    folder = desk.home / "state" / "ledger"
    folder.parent.mkdir(parents=True)
    if what == "a file":
        folder.write_text("in the way")
    else:
        folder.symlink_to(desk.home / "nowhere")
    with pytest.raises(StoreError) as caught:
        login_result(desk.settings(replica), clock=desk.clock)
    assert caught.value.code == "STORE_UNWRITABLE"
    assert str(folder) in caught.value.message
    assert len(replica.log) == 0


@pytest.mark.usefixtures("no_browser")
def test_a_block_is_noticed_first(desk: Desk, replica: Replica) -> None:
    settings = desk.settings(replica)
    ledger = Ledger(
        open_ledger_documents(settings),
        account_key(settings),
        settings.client_secret,
        now=desk.clock.time,
    )
    ledger.sending_pin(replica.account.pin)
    ledger.pin_refused(replica.account.pin)
    with pytest.raises(UpstoxError, match="refused this PIN") as caught:
        login_result(settings, clock=desk.clock)
    assert caught.value.code == "COOLING_DOWN"


@pytest.mark.usefixtures("no_browser")
def test_a_valid_token_needs_no_login(desk: Desk, replica: Replica) -> None:
    settings = desk.settings(replica)
    token = kept(settings, desk, ago=0)
    result = token_result(settings, clock=desk.clock)
    assert (result.token, result.source, result.steps) == (token, "store", ())


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("ago", [None, 3 * 86400])
def test_no_login_where_none_is_allowed(ago: float | None, desk: Desk, replica: Replica) -> None:
    settings = desk.settings(replica)
    if ago is not None:
        kept(settings, desk, ago=ago)
    with pytest.raises(NotLoggedInError, match=r"No token|expired") as caught:
        token_result(settings, clock=desk.clock, allow_login=False)
    assert (caught.value.code, caught.value.exit_code) == ("NO_VALID_TOKEN", 4)


# -- a damaged token -------------------------------------------------------------------------------


@pytest.mark.usefixtures("sharing")
def test_a_damaged_token_is_set_aside_and_said(desk: Desk, replica: Replica) -> None:
    settings = desk.settings(replica)
    kept(settings, desk)
    (path,) = (desk.home / "state" / "tokens").iterdir()
    path.write_bytes(b'{"schema": 1, "tok')
    with pytest.raises(StoreError) as caught:
        token_result(settings, clock=desk.clock)
    assert caught.value.code == "STORE_UNREADABLE"

    notes = Notes()
    result = login_result(settings, progress=notes, clock=desk.clock)
    assert open_store(settings).load(token_key(settings)) == result.token
    (aside,) = (each for each in path.parent.iterdir() if each != path)
    assert aside.read_bytes() == b'{"schema": 1, "tok'
    assert any("damaged" in text and str(aside) in text for text in notes.warnings)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


# -- a success that cannot be recorded -------------------------------------------------------------


class LosesTheLedger(Notes):
    """A disk that goes bad at the last moment: a file is where the ledger's folder was."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def step_started(self, step: Step) -> None:
        if step == "store":
            shutil.rmtree(self._folder)
            self._folder.write_text("in the way")


@pytest.mark.usefixtures("sharing")
def test_a_token_is_worth_more_than_its_record(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stored first, and handed out with a warning: the ledger only stays too careful."""
    settings = desk.settings(replica)
    stored: list[Token | None] = []
    real = Ledger.succeeded

    def succeeded(ledger: Ledger) -> None:
        stored.append(open_store(settings).load(token_key(settings)))
        real(ledger)

    monkeypatch.setattr(Ledger, "succeeded", succeeded)
    notes = LosesTheLedger(desk.home / "state" / "ledger")
    result = login_result(settings, progress=notes, clock=desk.clock)
    assert stored == [result.token]
    (warning,) = [each for each in notes.warnings if "could not be recorded" in each]
    assert str(desk.home / "state" / "ledger") in warning


@pytest.mark.usefixtures("sharing")
def test_a_limit_that_comes_once_the_token_is_stored_fails_no_login(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a recorded step is told to the browser, and the limit may come meanwhile."""
    settings = desk.settings(replica, trace="on")
    limits: list[asyncio.Timeout] = []
    tell_limits(monkeypatch, limits.append)
    real = Ledger.succeeded

    def succeeded(ledger: Ledger) -> None:
        real(ledger)
        limits[-1].reschedule(asyncio.get_running_loop().time())

    monkeypatch.setattr(Ledger, "succeeded", succeeded)
    result = login_result(settings, clock=desk.clock)
    assert limits[-1].expired()
    assert result.token == open_store(settings).load(token_key(settings))


@pytest.mark.usefixtures("sharing")
def test_no_pin_is_sent_right_before_the_limit(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer would be cut off, as of a login that has waited for another one for long."""
    settings = desk.settings(replica)
    monkeypatch.setattr(parts, "AFTER_PIN_SECONDS", 100.0)
    deadline = Deadline.after(40.0, desk.clock)
    monkeypatch.setattr(Deadline, "after", lambda *_: replace(deadline, limit=400.0))
    with pytest.raises(UpstoxUnavailableError, match="the PIN was not sent") as caught:
        login_result(settings, clock=desk.clock)
    assert (caught.value.code, caught.value.step) == ("TIMEOUT", "pin")
    assert replica.counts.pins == 0
    assert all(
        each.what != "pin"
        for each in Ledger(open_ledger_documents(settings), account_key(settings)).history()
    )


@pytest.mark.usefixtures("sharing")
def test_a_limit_that_comes_once_the_code_is_exchanged_loses_no_token(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The beginning of a recorded step is told to the browser, too, and the code is spent."""
    settings = desk.settings(replica, trace="on")
    limits: list[asyncio.Timeout] = []
    tell_limits(monkeypatch, limits.append)

    class Late(Notes):
        def step_started(self, step: Step) -> None:
            if step == "store":
                limits[-1].reschedule(asyncio.get_running_loop().time())

    result = login_result(settings, progress=Late(), clock=desk.clock)
    assert limits[-1].expired()
    assert result.token == open_store(settings).load(token_key(settings))


# -- what it leaves --------------------------------------------------------------------------------


def clean(desk: Desk, before: list[psutil.Process]) -> None:
    """No process of ours, no token, no half-written evidence."""
    assert [each for each in children() if each not in before] == []
    tokens = desk.home / "state" / "tokens"
    assert not tokens.exists() or list(tokens.iterdir()) == []
    assert [path for path in desk.evidence if path.name.startswith(".")] == []


@pytest.mark.browser
async def test_a_cancelled_alogin_leaves_no_browser(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the await is over the browser is gone, and another login may begin.

    Nobody keeps its trace, for which a browser that is stuck would be waited for too long.
    """
    asked: list[object] = []
    stop = "playwright.async_api._generated.Tracing.stop"
    monkeypatch.setattr(stop, lambda *stopped, **_: asked.append(stopped))
    before = children()
    with Replica("hang=otp") as replica:
        settings = desk.settings(replica, trace="on")
        task = asyncio.create_task(alogin(settings))
        await asyncio.to_thread(until, lambda: replica.log.of("otp"))
        assert len(children()) > len(before)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asked == []
        clean(desk, before)
        with open_store(settings).lock(token_key(settings), 1) as held:
            assert not held.waited


@pytest.mark.browser
async def test_a_cancelled_alogin_knows_what_came_of_its_pin(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a program waits ten seconds for a token: two such PINs would block all logins."""
    # A browser on a busy machine answers late.
    monkeypatch.setattr(timing, "DEFAULT", replace(timing.DEFAULT, called_off=12.0))
    cancelled = threading.Event()

    async def answer_once_cancelled(*_: object) -> None:
        await asyncio.to_thread(cancelled.wait, 60)

    monkeypatch.setitem(faults._HANDLERS, "slow", answer_once_cancelled)
    with Replica("slow=pin:0.5") as replica:
        settings = desk.settings(replica)
        task = asyncio.create_task(alogin(settings))
        await asyncio.to_thread(until, lambda: replica.log.of("pin"))
        task.cancel()
        asyncio.get_running_loop().call_later(0.3, cancelled.set)
        with pytest.raises(asyncio.CancelledError):
            await task
        ledger = Ledger(open_ledger_documents(settings), account_key(settings))
        assert ("pin", "accepted") in [(each.what, each.outcome) for each in ledger.history()]
        assert replica.counts.exchanges == 0


class OutOfOrder(Watcher):
    """A caller's code with a bug in one of its callbacks."""

    def __init__(self, where: str) -> None:
        self._where = where

    def _at(self, where: str) -> None:
        if where == self._where:
            raise LookupError("the caller's own mistake")

    def step_started(self, step: Step) -> None:
        self._at(f"start of {step}")

    def step_done(self, step: Step, seconds: float) -> None:  # noqa: ARG002
        self._at(f"end of {step}")

    async def opened(self, page: Page) -> None:  # noqa: ARG002
        self._at("opened")


@pytest.mark.browser
@pytest.mark.parametrize("where", ["end of mobile", *variants("opened", "start of open")])
def test_a_callback_that_raises(where: str, desk: Desk, replica: Replica) -> None:
    """It ends the login, which cleans up and names the mistake."""
    before = children()
    with pytest.raises(UpstoxError, match="LookupError: the caller's own mistake") as caught:
        login_result(desk.settings(replica), progress=OutOfOrder(where), clock=desk.clock)
    assert isinstance(caught.value.__cause__, LookupError)
    clean(desk, before)
    assert replica.counts.pins == 0


class Interrupting(Progress):
    """A caller that stops it all from within."""

    def step_done(self, step: Step, seconds: float) -> None:  # noqa: ARG002
        raise KeyboardInterrupt


@pytest.mark.browser
def test_an_interrupt_from_within(desk: Desk, replica: Replica) -> None:
    settings = desk.settings(replica, trace="on")
    before = children()
    with pytest.raises(KeyboardInterrupt):
        login_result(settings, progress=Interrupting(), clock=desk.clock)
    clean(desk, before)


# -- pages that are not as they should be ----------------------------------------------------------


class Changed(Notes):
    """Lets a test change the page before it is loaded."""

    def __init__(self, change: Callable[[Page], Awaitable[object]]) -> None:
        super().__init__()
        self._change = change

    async def opened(self, page: Page) -> None:
        await self._change(page)


def log_in_with(desk: Desk, replica: Replica, script: str, **changes: Any) -> UpstoxError | None:
    """Log in on a page that runs `script` before its own."""

    async def change(page: Page) -> None:
        await page.add_init_script(f"if (window === top) {{ {script} }}")

    try:
        login_result(desk.settings(replica, **changes), progress=Changed(change), clock=desk.clock)
    except UpstoxError as error:
        return error
    return None


SUBMITS_BY_ITSELF = """addEventListener("input", (event) => {
  if (event.target.value.replace(/\\D/g, "").length === (event.target.id === "mobileNum" ? 10 : 6))
    setTimeout(() => event.target.form.requestSubmit());
})"""


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("scenario", ["wrong-pin", *variants("wrong-otp=once")])
def test_a_page_that_submits_by_itself(scenario: str, desk: Desk) -> None:
    """As soon as the last digit is typed. Nothing is sent twice, least of all the PIN."""
    with Replica(scenario, clock=desk.clock.time) as replica:
        error = log_in_with(desk, replica, SUBMITS_BY_ITSELF)
        assert replica.counts.otp_requests == 1
        assert len(set(replica.counts.codes)) == len(replica.counts.codes)
        assert replica.counts.pins == 1
    if scenario == "wrong-pin":
        assert error is not None
        assert (error.code, error.upstox_code) == ("PIN_REJECTED", "1017106")
    else:
        assert error is None


@pytest.mark.usefixtures("sharing")
def test_a_strangers_request_that_never_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It hides neither what Upstox says nor the end of a page that nobody knows."""
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(foreign=1.0))
    with Replica("unknown-error", "hang=funds", clock=desk.clock.time) as replica:
        foreign = replica.api_url.replace("127.0.0.1", "localhost")
        hanging = f"fetch('{foreign}/v2/user/get-funds-and-margin', {{mode: 'no-cors'}})"
        error = log_in_with(desk, replica, hanging)
        assert replica.log.of("funds")
    assert error is not None
    # Not the end of the login's own time, 40 s.
    assert error.upstox_code == "1017431"


STUCK = """new MutationObserver(() => {
  if (document.querySelector("#otpNum")) for (;;);
}).observe(document, {childList: true, subtree: true})"""


@pytest.mark.browser
def test_a_page_that_is_stuck(desk: Desk, replica: Replica) -> None:
    """A script that runs for ever answers nothing: the limit holds, and the browser goes."""
    before = children()
    began = time.monotonic()
    with time_is_up_after(replica, "otp"):
        error = log_in_with(desk, replica, STUCK, timeout=100, trace="on-failure")
    assert error is not None
    assert (error.code, error.exit_code) == ("TIMEOUT", 9)
    assert time.monotonic() - began < 90
    assert replica.counts.codes == []
    clean(desk, before)


class CountsClients(Notes):
    """Counts the windows of a login, and the clients that are made to fetch its token."""

    def __init__(self) -> None:
        super().__init__()
        self.windows = 0
        self.clients = 0

    async def opened(self, page: Page) -> None:  # noqa: ARG002
        self.windows += 1

    def client(self, base_url: str, proxy: SecretStr | None) -> Client:
        self.clients += 1
        return super().client(base_url, proxy)


@pytest.mark.usefixtures("sharing")
def test_a_login_that_starts_anew_makes_its_client_once(desk: Desk) -> None:
    """The one that is made while the first window loads fetches the token of the second as well."""
    notes = CountsClients()
    with Replica("error-once=verify:1017076", clock=desk.clock.time) as replica:
        login_result(desk.settings(replica), progress=notes, clock=desk.clock)
        assert replica.counts.exchanges == 1
    assert (notes.windows, notes.clients) == (2, 1)
