"""Walks Upstox's page, state by state, to a redirect address or to a typed error.

After every submission the flow waits for *any* state of `page.STATES`, for a complaint, or for the
redirect, whichever comes first; so it does not matter in which order the page shows its forms.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import stamina
from playwright.async_api import ElementHandle, Locator, Page
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    BrowserError,
    ConfigurationError,
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import error_of
from upstox_browser_login.settings import Settings
from upstox_browser_login.totp import CodeSource, choose_window

from . import page as known
from .origins import Origins
from .page import Complaint, Mark, State
from .redirect import RedirectTrap
from .watch import Watcher

log = logging.getLogger(__name__)
# Without it a program that has set up no logging would print stamina's bare event names.
logging.getLogger("stamina").addHandler(logging.NullHandler())

UNKNOWN_SECONDS = 15.0
"""An unknown page, or one that does not react, ends this long after the last known state."""

SETTLE_SECONDS = 2.0
"""How long a page may take to say what its server answered."""

ACTION_MS = 8_000
HEADED_PAUSE = 0.7
SKEW_SECONDS = 2.0
"""Less than this between Upstox's clock and ours is the resolution of the `Date` header."""


class Attempts(Protocol):
    """The ledger's part that a flow needs. Everything is written before it is sent."""

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """The highest window of which a code was sent."""

    def was_sent(self, code: str) -> bool:
        """Whether this very code was sent before."""

    def sending_code(self, code: str, window: int, period: int) -> None:
        """A code is about to be sent."""

    def code_refused(self, *, final: bool) -> None:
        """Upstox refused it; `final` where no other will be tried."""

    def code_accepted(self) -> None:
        """Upstox took it."""

    def sending_pin(self, pin: str) -> None:
        """The PIN is about to be sent."""

    def pin_refused(self, pin: str) -> None:
        """Upstox refused it."""

    def pin_accepted(self) -> None:
        """Upstox took it."""

    def rate_limited(self, seconds: float | None, upstox_code: str | None) -> None:
        """Upstox says to wait."""

    def account_locked(self) -> None:
        """Upstox has locked the account."""


class Narrator(Protocol):
    """Who is told how the login gets on: the person before it, and the evidence."""

    async def step(self, step: Step) -> None:
        """A step begins; the one before it is done."""

    def seen(self, state: str, detail: str) -> None:
        """A state of the page was met."""

    def warn(self, text: str) -> None:
        """Something a person should know, which does not end the login."""


class SessionLostError(Exception):
    """The page fell back to its start, before a PIN was sent: a fresh start is safe."""

    def __init__(self, complaint: Complaint | None) -> None:
        super().__init__("session lost")
        self.complaint = complaint


class _PassingTroubleError(Exception):
    """The page did not load, in a way that may pass by itself."""

    def __init__(self, error: UpstoxError | None) -> None:
        super().__init__("the page did not load")
        self.error = error


@dataclass
class Sent:
    """What this run has submitted."""

    mobile: bool = False
    codes: int = 0
    pin: bool = False
    password: bool = False
    presses: int = 0


class Flow:
    """One login on one page."""

    def __init__(
        self,
        settings: Settings,
        *,
        page: Page,
        origins: Origins,
        trap: RedirectTrap,
        watcher: Watcher,
        codes: CodeSource,
        attempts: Attempts,
        narrator: Narrator,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._page = page
        self._origins = origins
        self._trap = trap
        self._watcher = watcher
        self._codes = codes
        self._attempts = attempts
        self._narrator = narrator
        self._clock = clock
        self._sent = Sent()
        self._skew_told = False
        self._step: Step = "open"
        self._refused = 0
        trap.on_change = watcher.changed.set

    @property
    def step(self) -> Step:
        """Where the login is."""
        return self._step

    async def run(self, dialog_url: str) -> str:
        """Log in from the dialog's address; answer the redirect's address.

        Raises every browser-side error of `errors`.
        """
        try:
            await self._start(dialog_url)
            try:
                return await self._walk()
            except SessionLostError as lost:
                # At most once, and never after a PIN.
                self._narrator.warn("Upstox dropped the login half-way; starting it once more.")
                log.debug("session lost: %s", lost.complaint)
                await self._page.context.clear_cookies()
                self._sent.mobile = False
                await self._start(dialog_url)
                try:
                    return await self._walk()
                except SessionLostError as again:
                    raise self._session_lost(again.complaint) from None
        except UpstoxError as error:
            error.step = error.step or self._step
            raise
        except PlaywrightError as error:
            raise self._browser_error(error) from error

    # -- opening -----------------------------------------------------------------------------------

    async def _start(self, dialog_url: str) -> None:
        """Load the page; the one thing that is safe to try again, since nothing was sent yet."""
        await self._enter("open")
        try:
            async for attempt in stamina.retry_context(
                on=_PassingTroubleError, attempts=3, timeout=20.0, wait_initial=0.5, wait_max=4.0
            ):
                if attempt.num > 1:
                    self._narrator.warn("The login page did not load; trying again.")
                with attempt:
                    await self._load(dialog_url)
        except _PassingTroubleError as trouble:
            # A gateway's error page stays for `_check_document`, which reads what it says.
            if trouble.error is not None:
                raise trouble.error from None

    async def _load(self, dialog_url: str) -> None:
        self._watcher.forget()
        self._watcher.document = self._watcher.broken = None
        try:
            response = await self._page.goto(dialog_url, wait_until="commit", timeout=0)
        except PlaywrightError as error:
            if self._trap.caught.done():
                return
            self._check_alive()
            raised = self._open_error(error)
            if raised.code == "NETWORK" and "net::ERR_CERT" not in error.message:
                raise _PassingTroubleError(raised) from None
            raise raised from None
        if response is not None and response.status in {502, 503, 504}:
            raise _PassingTroubleError(None)

    def _open_error(self, error: PlaywrightError) -> UpstoxError:
        if self._trap.strayed is not None:
            return self._trap.strayed
        host = urlsplit(self._settings.api_base_url).netloc
        match = re.search(r"net::(ERR_[A-Z0-9_]+)", error.message)
        if match is None:
            return self._browser_error(error)
        reason = match[1].removeprefix("ERR_").replace("_", " ").lower()
        if "CERT" in match[1] or "SSL" in match[1]:
            return UpstoxUnavailableError(
                f"The connection to {host} is not secure: {reason}.",
                code="NETWORK",
                hint="Nothing was typed. Check the machine's clock and who is on the line.",
            )
        if match[1] == "ERR_TOO_MANY_REDIRECTS":
            return UpstoxUnavailableError(
                f"{host} redirects in a circle.", code="SERVER_ERROR", step="open"
            )
        return UpstoxUnavailableError(f"{host} cannot be reached: {reason}.", code="NETWORK")

    def _browser_error(self, error: PlaywrightError) -> UpstoxError:
        first = error.message.strip().splitlines()[0] if error.message.strip() else "no reason"
        gone = "closed" in first.lower() or "crash" in first.lower()
        if gone or self._watcher.crashed:
            return BrowserError("The browser went away in the middle.", code="BROWSER_CRASHED")
        return UpstoxError(f"The browser refused an action: {first[:200]}.")

    def _check_alive(self) -> None:
        if self._watcher.crashed:
            raise BrowserError("The browser's page crashed.", code="BROWSER_CRASHED")

    async def _enter(self, step: Step) -> None:
        if step != self._step or step == "open":
            self._step = step
            await self._narrator.step(step)

    # -- walking -----------------------------------------------------------------------------------

    async def _walk(self) -> str:
        handlers: dict[str, Callable[[State], Awaitable[None]]] = {
            known.MOBILE.name: self._on_mobile,
            known.OTP.name: self._on_otp,
            known.PIN.name: self._on_pin,
            known.PASSWORD.name: self._on_password,
            known.CONSENT.name: self._on_press,
            known.QR_ONLY.name: self._on_press,
        }
        before: State | None = None
        while True:
            state = await self._next_state(before)
            if state is None:
                return self._trap.caught.result()
            self._passed(before, state)
            if state is not before:
                self._narrator.seen(state.name, _address(self._page.url))
            if state.stop is not None:
                raise self._stopped(state)
            await self._enter(state.step)
            await self._pause()
            self._watcher.forget()
            try:
                await handlers[state.name](state)
            except PlaywrightTimeoutError as error:
                # The form went away, or stayed covered, before anything was submitted.
                log.debug("%s: %s", state.name, error.message.splitlines()[0])
                raise PageChangedError(
                    f"The {state.name} form is there, but does not take input.",
                ) from None
            before = state

    def _passed(self, before: State | None, state: State) -> None:
        """Note what the page's moving on means for what was submitted."""
        if before is known.OTP and state in {known.PIN, known.CREATE_PIN, known.CONSENT}:
            self._attempts.code_accepted()
        if before is known.PIN and state is known.CONSENT:
            self._attempts.pin_accepted()
        back = state is known.MOBILE and self._sent.mobile
        if back or (state is known.OTP and self._sent.pin):
            lost = (each for each in self._watcher.complaints() if each.verdict == "session lost")
            self._lose(next(lost, None))

    async def _next_state(self, before: State | None) -> State | None:
        """The next state to handle, or None once the redirect is caught.

        `before` was handled already: it counts again only after a complaint that allows it.
        """
        known_at = time.monotonic()
        candidate, since = None, 0.0
        dismissed = False
        while True:
            self._watcher.changed.clear()
            if self._trap.caught.done():
                return None
            if self._trap.strayed is not None:
                raise self._trap.strayed
            self._check_alive()
            await self._check_document()
            state = await self._recognise()
            if self._trap.caught.done():
                return None
            now = time.monotonic()
            if state is not candidate:
                candidate, since = state, now
            if state is not None and state is not before and self._is_sure(state, now - since):
                await self._watcher.read_everything()
                return state
            if self._settled(stayed=state is not None):
                await self._watcher.read_everything()
                self._judge(state, before)
            if state is before and state is not None and self._may_repeat(state):
                return state
            if self._watcher.busy and state is before and state is not None:
                known_at = now
            left = known_at + UNKNOWN_SECONDS - now
            if state is None and not dismissed and left < UNKNOWN_SECONDS / 2:
                dismissed = True
                await self._dismiss_overlay()
            if left <= 0:
                if state is None and await self._is_loading():
                    known_at = now
                    continue
                raise self._unknown(state)
            try:
                # A look now and then, should the page have changed in a way that tells nobody.
                await asyncio.wait_for(self._watcher.changed.wait(), min(left, 0.5))
            except TimeoutError:
                continue

    def _is_sure(self, state: State, stood: float) -> bool:
        """Whether the state has stood long enough, on a page at rest, to be acted on."""
        if state.patience == 0.0:
            return True
        return stood >= state.patience and not self._watcher.busy

    async def _is_loading(self) -> bool:
        """Whether the page shows nothing yet, or a spinner, and waits for an answer."""
        if not self._watcher.busy:
            return False
        try:
            text = await self._page.locator("body").inner_text(timeout=1_000)
            return not text.strip() or await self._any_visible(known.SPINNERS)
        except PlaywrightError:
            return True

    async def _recognise(self) -> State | None:
        submitted = self._sent.mobile or self._sent.pin
        possible = [state for state in known.STATES if submitted or not state.after_mobile]
        try:
            path = urlsplit(self._page.url).path
            for prefix, state in known.PATHS:
                if path.startswith(prefix):
                    return state
            shown = await asyncio.gather(*(self._shows(state) for state in possible))
        except PlaywrightError as error:
            # In the middle of a navigation; whoever comes next will be looked at.
            log.debug("not readable now: %s", error.message.splitlines()[0])
            self._check_alive()
            return None
        return next((state for state, there in zip(possible, shown, strict=True) if there), None)

    async def _shows(self, state: State) -> bool:
        if not await self._any_visible(state.marks):
            return False
        return not state.needs or await self._any_visible(state.needs)

    async def _any_visible(self, marks: tuple[Mark, ...]) -> bool:
        locator = marks[0].on(self._page)
        for mark in marks[1:]:
            locator = locator.or_(mark.on(self._page))
        return await locator.filter(visible=True).count() > 0

    def _settled(self, *, stayed: bool) -> bool:
        """Whether the page has had the time to say what it has to say."""
        complaints = self._watcher.complaints()
        if any(each.code in known.CODES for each in complaints):
            return True
        quiet = time.monotonic() - self._watcher.quiet_since
        if self._watcher.busy or not complaints:
            return False
        plain = any(each.source == "toast" and each.verdict != "unknown" for each in complaints)
        # Words without a code count at once only where the form they came from still stands.
        return (plain and stayed) or quiet >= SETTLE_SECONDS

    # -- judging -----------------------------------------------------------------------------------

    async def _check_document(self) -> None:
        """End on an answer that is no page: a refusal in JSON, a gateway's error."""
        if self._watcher.document is None or self._watcher.document.status < 400:
            return
        await self._watcher.read_everything()
        answer = self._watcher.document
        import json

        try:
            data = json.loads(answer.body)
        except (ValueError, RecursionError):
            data = None
        if data is not None:
            raise error_of(answer.status, data, step=self._step)
        host = urlsplit(answer.url).netloc
        said = f"{host} answered with a web page of HTTP {answer.status}."
        text = answer.body[:200_000].decode("utf-8", "replace")
        if answer.status == 429:
            raise LoginBlockedError(said, code="RATE_LIMITED")
        if re.search(known.CHALLENGE_TEXT, text, re.IGNORECASE):
            # A check of the browser may pass by itself; the page's own state tells.
            return
        if re.search(known.MAINTENANCE_TEXT, text, re.IGNORECASE):
            raise UpstoxUnavailableError(said, code="MAINTENANCE")
        if answer.status >= 500:
            raise UpstoxUnavailableError(said, code="SERVER_ERROR")
        if answer.status in {401, 403}:
            raise PageChangedError(said, code="CHALLENGE")
        raise PageChangedError(said)

    def _judge(self, state: State | None, before: State | None) -> None:
        """Raise the error that the complaints mean. Returns where another code may be tried."""
        complaint = min(self._watcher.complaints(), key=lambda each: each.weight)
        verdict = complaint.verdict
        self._narrator.seen(f"complaint: {verdict}", f"{complaint.text} [{complaint.code or '-'}]")
        step = (before or state or known.MOBILE).step
        if verdict == "session lost":
            self._lose(complaint)
        if before is known.OTP and verdict in {"code refused", "not accepted", "unknown"}:
            if verdict == "code refused" and self._sent.codes < 2:
                if self._refused < self._sent.codes:  # told once, however often it is looked at
                    self._refused = self._sent.codes
                    self._attempts.code_refused(final=False)
                return
            self._record(lambda: self._attempts.code_refused(final=True))
            if verdict == "code refused":
                raise self._error(complaint, CredentialsRejectedError, "TOTP_REJECTED", step)
        raise self._verdict_error(complaint, step)

    def _verdict_error(self, complaint: Complaint, step: Step) -> UpstoxError:
        match complaint.verdict:
            case "mobile refused":
                return self._error(complaint, CredentialsRejectedError, "MOBILE_REJECTED", step)
            case "code refused" | "not accepted":
                return self._error(complaint, CredentialsRejectedError, "TOTP_REJECTED", step)
            case "pin refused":
                pin = self._settings.secret("pin_code")
                self._record(lambda: self._attempts.pin_refused(pin))
                return self._error(complaint, CredentialsRejectedError, "PIN_REJECTED", step)
            case "locked":
                self._record(self._attempts.account_locked)
                return self._error(complaint, LoginBlockedError, "ACCOUNT_LOCKED", step)
            case "rate limited":
                wait = known.stated_wait(complaint.text)
                self._record(lambda: self._attempts.rate_limited(wait, complaint.code))
                return self._error(complaint, LoginBlockedError, "RATE_LIMITED", step)
            case "several accounts":
                error = self._error(complaint, LoginBlockedError, "ACTION_REQUIRED", step)
                error.hint = str(known.CHOOSER.stop and known.CHOOSER.stop.hint)
                return error
            case "outdated":
                return self._error(complaint, PageChangedError, "PAGE_NOT_RECOGNISED", step)
            case "offline":
                return self._error(complaint, UpstoxUnavailableError, "NETWORK", step)
            case "trouble":
                if complaint.status in {401, 403}:
                    return self._error(complaint, PageChangedError, "CHALLENGE", step)
                return self._error(complaint, UpstoxUnavailableError, "SERVER_ERROR", step)
            case "session lost":
                return self._session_lost(complaint)
            case "unknown":
                return self._error(complaint, UpstoxError, "UNEXPECTED", step)

    def _record(self, tell: Callable[[], None]) -> None:
        """Tell the ledger what came of it; one that fails must not hide what Upstox has said.

        What was sent is in the ledger already, and counts as long as it has no outcome.
        """
        try:
            tell()
        except StoreError as error:
            self._narrator.warn(f"What Upstox answered is not recorded: {error.message}")

    def _error(
        self, complaint: Complaint, kind: type[UpstoxError], code: str, step: Step
    ) -> UpstoxError:
        text = complaint.text.rstrip(". ")
        said = text if complaint.source == "transport" else f"Upstox says: {text}"
        number = complaint.code or (str(complaint.status) if complaint.status else None)
        return kind(f"{said}.", code=code, upstox_code=number, step=step)

    def _session_lost(self, complaint: Complaint | None) -> UpstoxError:
        if complaint is None:
            return UpstoxUnavailableError(
                "The login page fell back to its start.", code="SESSION_LOST"
            )
        return self._error(complaint, UpstoxUnavailableError, "SESSION_LOST", self._step)

    def _lose(self, complaint: Complaint | None) -> None:
        if self._sent.pin:
            raise self._session_lost(complaint)
        if self._sent.codes >= 2:
            # A fresh start would want a third code.
            raise self._session_lost(complaint)
        raise SessionLostError(complaint)

    def _stopped(self, state: State) -> UpstoxError:
        stop = state.stop
        if stop is None:
            raise AssertionError(state.name)
        complaints = self._watcher.complaints()
        number = next((each.code for each in complaints if each.code), None)
        text = next((each.text for each in complaints if each.code), "")
        if state is known.LOCKED:
            self._record(self._attempts.account_locked)
        elif state is known.OTP_BLOCKED:
            waits = [known.stated_wait(each) for each in (text, *self._watcher.texts[-20:])]
            wait = next((each for each in waits if each is not None), None)
            self._record(lambda: self._attempts.rate_limited(wait, number))
        said = f"{stop.message} Upstox says: {text.rstrip('. ')}." if text else stop.message
        return stop.error(said, code=stop.code, hint=stop.hint, upstox_code=number, step=state.step)

    def _unknown(self, state: State | None) -> UpstoxError:
        complaints = self._watcher.complaints()
        if complaints:
            telling = min(complaints, key=lambda each: each.weight)
            return self._verdict_error(telling, self._step)
        for value in self._watcher.facts.values():
            by_fact = known.CUSTOMER_STATES.get(str(value))
            if by_fact is not None and state is None:
                return self._stopped(by_fact)
        if state is None and self._watcher.broken is not None:
            return self._verdict_error(self._watcher.broken, self._step)
        if state is None:
            what = "The page is none that this version knows"
        else:
            what = f"The page did not react to what was submitted in its {state.name} form"
        return PageChangedError(f"{what} ({_address(self._page.url)}).")

    # -- handlers, one a state ---------------------------------------------------------------------

    async def _on_mobile(self, state: State) -> None:
        mobile = self._settings.secret("username")
        button = await self._fill(state, mobile)
        self._sent.mobile = True
        await self._submit(button)

    async def _on_otp(self, state: State) -> None:
        offered = await self._any_visible(known.TOTP_OFFERED)
        if not offered and (
            await self._any_visible(known.TOTP_NOT_ENABLED)
            or self._watcher.facts.get("isTotpEnabled") is False
        ):
            raise CredentialsRejectedError(
                "TOTP is not enabled on this account: Upstox wants the code of an SMS.",
                code="TOTP_NOT_ENABLED",
            )
        window, code = await self._next_code()
        self._check_still(state)
        button = await self._fill(state, code)
        self._attempts.sending_code(code, window, self._codes.period)
        self._sent.codes += 1
        await self._submit(button)

    async def _next_code(self) -> tuple[int, str]:
        skew = self._skew()
        period = self._codes.period
        last = self._attempts.last_window(period, now=self._clock.time() + skew)
        while True:
            choice = choose_window(self._clock.time() + skew, last, period)
            if choice.wait > 0:
                self._narrator.warn(f"Waiting {choice.wait:.0f} s for a fresh TOTP window.")
                await self._clock.sleep(choice.wait)
            code = await self._codes.code(choice.window)
            if not self._attempts.was_sent(code):
                return choice.window, code
            # A command that still prints the code of before, or a rare repetition.
            last = choice.window

    def _skew(self) -> float:
        skew = self._watcher.skew or 0.0
        if abs(skew) < SKEW_SECONDS:
            return 0.0
        if not self._skew_told:
            self._skew_told = True
            self._narrator.warn(
                f"This machine's clock is {abs(skew):.0f} s {'behind' if skew > 0 else 'ahead of'} "
                "Upstox's; the TOTP code is corrected for it."
            )
        return skew

    def _check_still(self, state: State) -> None:
        self._check_alive()
        if self._trap.strayed is not None:
            raise self._trap.strayed
        log.debug("typing into the %s form", state.name)

    async def _on_pin(self, state: State) -> None:
        if self._sent.pin:
            raise PageChangedError(
                "The page asks for the PIN a second time; it is sent at most once a run.",
                hint="Log in by hand to see what Upstox wants. No second PIN was sent.",
            )
        await self._check_whose_pin()
        pin = self._settings.secret("pin_code")
        button = await self._fill(state, pin)
        self._attempts.sending_pin(pin)
        self._sent.pin = True
        await self._submit(button)

    async def _check_whose_pin(self) -> None:
        """Another customer's PIN page is not for our PIN: a refusal would count against them."""
        text = await self._page.locator("body").inner_text(timeout=ACTION_MS)
        match = known.SIGNED_IN_AS.search(text)
        if match and re.sub(r"\D", "", match[1]) != self._settings.secret("username"):
            raise LoginBlockedError(
                "The page asks for the PIN of another mobile number than UPSTOX_USERNAME.",
                code="ACTION_REQUIRED",
                hint="Use a browser that nobody is logged in with.",
            )

    async def _on_password(self, state: State) -> None:
        if self._settings.password is None:
            raise ConfigurationError(
                "Upstox's page asks for a password, and UPSTOX_PASSWORD is not set.",
                hint="Set UPSTOX_PASSWORD.",
            )
        if self._sent.password:
            raise CredentialsRejectedError(
                "The page asks for the password a second time; it is sent at most once a run.",
                code="PIN_REJECTED",
                hint="Check UPSTOX_PASSWORD.",
            )
        button = await self._fill(state, self._settings.secret("password"))
        self._sent.password = True
        await self._submit(button)

    async def _on_press(self, state: State) -> None:
        self._sent.presses += 1
        if self._sent.presses > 3:
            raise PageChangedError(f"The {state.name} page stays, whatever is pressed.")
        await self._click(await self._first(state.press))

    def _may_repeat(self, state: State) -> bool:
        """Whether a form that stayed is to be filled again: only after one refused code."""
        complaints = self._watcher.complaints()
        if state is not known.OTP or not complaints or self._sent.codes != 1:
            return False
        return min(complaints, key=lambda each: each.weight).verdict == "code refused"

    # -- hands -------------------------------------------------------------------------------------

    async def _first(self, marks: tuple[Mark, ...]) -> Locator:
        """The first of `marks` that is visible."""
        for mark in marks:
            locator = mark.on(self._page).filter(visible=True)
            if await locator.count() > 0:
                return locator.first
        raise PlaywrightTimeoutError("none of the marks is visible")

    async def _fill(self, state: State, text: str) -> Locator | None:
        """Type `text` where it belongs, on a trusted origin only; answer the enabled button.

        A page that draws its form anew may drop what was typed: then it is typed again, which
        is safe as long as nothing was submitted. None where the page has sent it by itself.
        """
        if state.entry is None:
            raise AssertionError(state.name)
        self._watcher.look_out_for(text)
        for attempt in range(4):
            if self._watcher.has_sent():
                return None
            field = await self._first(state.entry.field)
            handle = await field.element_handle(timeout=ACTION_MS)
            await self._require_trusted(handle)
            try:
                await self._type(handle, text, keys=attempt > 1)
                button = await self._first(state.entry.button)
                await self._wait_enabled(button)
                if await self._holds(field, text):
                    return None if self._watcher.has_sent() else button
            except PlaywrightError as error:
                log.debug("typing again: %s", error.message.splitlines()[0])
                self._check_alive()
                if self._trap.strayed is not None:
                    raise self._trap.strayed from None
        if self._watcher.has_sent():
            return None
        raise PlaywrightTimeoutError("the form does not keep what is typed")

    async def _submit(self, button: Locator | None) -> None:
        """Press the button, unless the page needed none."""
        if button is None:
            self._narrator.seen("submitted", "by the page itself, as soon as it was typed")
            return
        # What the page said of half a number is no answer to the whole.
        self._watcher.forget()
        await self._click(button)

    async def _type(self, handle: ElementHandle, text: str, *, keys: bool) -> None:
        slowly = self._settings.headed
        if keys or slowly:
            await handle.fill("", timeout=ACTION_MS)
            await handle.type(text, delay=60 if slowly else 10, timeout=ACTION_MS)
        else:
            await handle.fill(text, timeout=ACTION_MS)

    async def _require_trusted(self, handle: ElementHandle) -> None:
        """Raise unless the element's own document is on a trusted origin, and the main one."""
        frame = await handle.owner_frame()
        origin = await handle.evaluate("element => element.ownerDocument.defaultView.origin")
        if frame is None or frame.parent_frame is not None:
            raise PageChangedError("The form lies in a frame.", code="UNTRUSTED_ORIGIN")
        if not self._origins.trusted(str(origin)) or not self._origins.trusted(frame.url):
            raise PageChangedError(
                f"The form is on {_address(str(origin))}, which is not Upstox's.",
                code="UNTRUSTED_ORIGIN",
            )

    async def _holds(self, field: Locator, text: str) -> bool:
        value = await field.input_value(timeout=ACTION_MS)
        if value == text:
            return True
        # The OTP box shows 123-456.
        return text.isdigit() and re.sub(r"\D", "", value).endswith(text)

    async def _wait_enabled(self, button: Locator) -> None:
        handle = await button.element_handle(timeout=ACTION_MS)
        await handle.wait_for_element_state("enabled", timeout=1_500)

    async def _click(self, button: Locator) -> None:
        """Press once. What covers the button is dismissed first; a press is never repeated."""
        for left in reversed(range(5)):
            try:
                await button.click(trial=True, timeout=1_500)
                break
            except PlaywrightTimeoutError:
                # Covered, or the machine is just slow: trying it presses nothing.
                if not await self._dismiss_overlay() and not left:
                    raise
        await button.click(timeout=ACTION_MS, no_wait_after=True)

    async def _dismiss_overlay(self) -> bool:
        for mark in known.OVERLAY_CLOSERS:
            closer = mark.on(self._page).filter(visible=True)
            if await closer.count() > 0:
                await closer.first.click(timeout=1_500, no_wait_after=True)
                self._narrator.seen("overlay", "dismissed")
                return True
        return False

    async def _pause(self) -> None:
        if self._settings.sleep_time is not None:
            await asyncio.sleep(self._settings.sleep_time / 1000)
        elif self._settings.headed:
            # Fast enough to wait for, slow enough to watch.
            await asyncio.sleep(HEADED_PAUSE)


def _address(url: str) -> str:
    """An address without its query, which may hold a code."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
