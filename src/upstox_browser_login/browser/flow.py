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
from contextlib import suppress
from itertools import chain, compress, groupby
from urllib.parse import urlsplit

import stamina
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
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
from upstox_browser_login.settings import Settings
from upstox_browser_login.totp import CodeSource, choose_window

from . import page as known
from .hands import ACTION_MS, Hands
from .judge import Judge
from .origins import Origins
from .page import State
from .redirect import RedirectTrap
from .run import Attempts, Narrator, Sent, SessionLostError, address
from .watch import Watcher

log = logging.getLogger(__name__)
# Without it a program that has set up no logging would print stamina's bare event names.
logging.getLogger("stamina").addHandler(logging.NullHandler())

UNKNOWN_SECONDS = 15.0
"""An unknown page, or one that does not react, ends this long after the last known state."""

GLANCE_SECONDS = 1.0
"""For so long after it begins to wait for a state a glance will do, which sees nearly all."""

CLOSE_LOOK_SECONDS = 0.25
"""Looks that are close are at least so far apart, on a page that never rests."""

LOADED_SECONDS = 3.0
"""How long a page that was loading may take to show what it has got, beyond those 15 s."""

HEADED_PAUSE = 0.7
SKEW_SECONDS = 2.0
"""Less than this between Upstox's clock and ours is the resolution of the `Date` header."""


class _PassingTroubleError(Exception):
    """The page did not load, in a way that may pass by itself."""

    def __init__(self, error: UpstoxError | None) -> None:
        super().__init__("the page did not load")
        self.error = error


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
        self._trap = trap
        self._watcher = watcher
        self._codes = codes
        self._attempts = attempts
        self._narrator = narrator
        self._clock = clock
        self._sent = Sent()
        self._skew_told = False
        self._code: tuple[int, str] | None = None
        """Window and code that were announced and have not left."""
        self._pin_announced = False
        self._stuck: tuple[State, float] | None = None
        """A form that took no input, and since when."""
        self._step: Step = "open"
        self._hands = Hands(
            page,
            origins=origins,
            trap=trap,
            watcher=watcher,
            narrator=narrator,
            slowly=settings.headed,
        )
        self._judge = Judge(
            watcher=watcher,
            attempts=attempts,
            narrator=narrator,
            sent=self._sent,
            pin=settings.secret("pin_code"),
        )
        trap.on_change = watcher.changed.set
        trap.keep_back(settings.secret("username"))
        watcher.statuses = trap.statuses

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
                    raise self._judge.session_lost(again.complaint) from None
        except UpstoxError as error:
            self._withdraw_pin()
            error.step = error.step or self._step
            raise
        except PlaywrightError as error:
            self._withdraw_pin()
            raise self._browser_error(error) from error
        finally:
            # An answer that came as the login was stopped counts as well.
            self._book_accepted()

    def _withdraw_pin(self) -> None:
        """Tell the ledger of a PIN that was announced and, for certain, has not left."""
        if self._pin_announced and not self._sent.pin:
            try:
                self._attempts.pin_withdrawn()
            except StoreError as error:
                self._narrator.warn(f"That no PIN was sent is not recorded: {error.message}")

    def redirect_is_ours(self) -> None:
        """Call once the redirect's state is known for ours: all that was sent was accepted."""
        if self._sent.codes:
            self._book(known.OTP)
        if self._sent.pin:
            self._book(known.PIN)

    def _book_accepted(self) -> None:
        """Tell the ledger what was accepted by the call that carried it."""
        for form in self._watcher.accepted:
            self._book(form)

    def _book(self, form: State) -> None:
        if form in self._sent.accepted or form not in {known.OTP, known.PASSWORD, known.PIN}:
            return
        self._sent.accepted.add(form)
        pin = form is known.PIN
        try:
            (self._attempts.pin_accepted if pin else self._attempts.code_accepted)()
        except StoreError as error:
            # It counts as unanswered, which only makes the next login more careful.
            self._narrator.warn(f"That Upstox accepted it is not recorded: {error.message}")

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
        self._watcher.begin_anew()
        try:
            response = await self._page.goto(dialog_url, wait_until="commit", timeout=0)
        except PlaywrightError as error:
            if self._trap.caught.done():
                return
            self._watcher.check_alive()
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
        if re.search("PROXY|PROXIES|TUNNEL|SOCKS", match[1]):
            return UpstoxUnavailableError(
                f"The browser's proxy gives no way to {host}: {reason}.",
                code="NETWORK",
                hint=(
                    "Check the proxy's address, user name and password in HTTPS_PROXY, HTTP_PROXY "
                    "or ALL_PROXY, or the --proxy-server of UPSTOX_BROWSER_ARGS."
                ),
            )
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

    async def _enter(self, step: Step) -> None:
        if step == "pin" and known.PIN in self._sent.accepted:
            step = "redirect"
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
                self._narrator.seen(state.name, address(self._page.url))
            if state.stop is not None:
                raise self._judge.stopped(state)
            await self._enter(state.step)
            await self._pause()
            self._watcher.forget()
            try:
                await handlers[state.name](state)
            except PlaywrightTimeoutError as error:
                # The form went away, or stayed covered, before anything was submitted.
                log.debug("%s: %s", state.name, error.message.splitlines()[0])
                await self._stuck_at(state)
                before = None
            else:
                before, self._stuck = state, None

    async def _stuck_at(self, state: State) -> None:
        """Let a form that took no input be looked at again; raise what it means once it is late."""
        now = time.monotonic()
        if self._stuck is None or self._stuck[0] is not state:
            self._stuck = state, now
        instead = await self._recognise(closely=True)
        if instead is not None and instead.stop is not None:
            # It came up while the form was being filled: a captcha, most likely.
            self._narrator.seen(instead.name, address(self._page.url))
            raise self._judge.stopped(instead) from None
        may_have_left = self._hands.has_pressed or self._watcher.may_have_sent()
        if may_have_left or now - self._stuck[1] > UNKNOWN_SECONDS / 2:
            raise PageChangedError(
                f"The {state.name} form is there, but does not take input."
            ) from None

    def _passed(self, before: State | None, state: State) -> None:
        """Note what the page's moving on means for what was submitted."""
        moved_on = before is known.OTP and state in {known.PIN, known.CREATE_PIN, known.CONSENT}
        left = before is known.PASSWORD and state is not before and state.stop is None
        if before is not None and (moved_on or left) and not self._watcher.has_sent():
            # In a form that only the page can read: that it goes on is all there is to see.
            self._book(before)
        # A remembered browser begins at the PIN; there too the number's form is a way back.
        back = state is known.MOBILE and (self._sent.mobile or self._sent.pin)
        if back or (state is known.OTP and self._sent.pin and self._sent.codes):
            self._judge.fell_back(before)

    async def _next_state(self, before: State | None) -> State | None:
        """The next state to handle, or None once the redirect is caught.

        `before` was handled already: it counts again only after a complaint that allows it.
        """
        began = known_at = loading_at = time.monotonic()
        candidate, since = None, 0.0
        dismissed = False
        while True:
            self._watcher.changed.clear()
            await self._look_for_acceptance()
            if self._trap.caught.done():
                return None
            self._hands.check()
            # After a while what a glance has missed is looked for, however restless the page is.
            closely = time.monotonic() - began > GLANCE_SECONDS
            state = await self._recognise(before, closely=closely)
            if state is None or state.entry is None:
                await self._judge.check_document(self._step)
            if self._trap.caught.done():
                return None
            now = time.monotonic()
            if state is not candidate:
                candidate, since = state, now
            if state is not None and state is not before and self._is_sure(state, now - since):
                await self._read_answers()
                return state
            # Before anything was sent, a complaint is about the page's own business.
            if before is not None and self._judge.has_settled(stayed=state is not None):
                await self._read_answers()
                # What was read may say that all is well.
                if self._judge.has_settled(stayed=state is not None):
                    self._judge.judge(state, before)
            if state is before and state is not None and self._judge.may_repeat(state):
                return state
            if self._watcher.busy and state is before and state is not None:
                known_at = now
            if state is None and await self._is_loading():
                loading_at = now
            left = max(known_at + UNKNOWN_SECONDS, loading_at + LOADED_SECONDS) - now
            if state is None and not dismissed and left < UNKNOWN_SECONDS / 2:
                dismissed = True
                await self._hands.dismiss_overlay(known.DIALOG_CLOSERS)
            if left <= 0:
                if state is not None and state is not before:
                    return state  # never at rest, but it has stood for as long as there was
                raise self._judge.unknown(state, step=self._step, url=self._page.url)
            # A look now and then, should the page have changed in a way that tells nobody.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._watcher.changed.wait(), min(left, 0.5))
            # A page that never rests would be searched without a pause.
            if closely and not self._trap.caught.done():
                await asyncio.sleep(max(0.0, now + CLOSE_LOOK_SECONDS - time.monotonic()))

    async def _read_answers(self) -> None:
        """Wait for the answers that have come, and book what they accept."""
        await self._watcher.read_everything()
        await self._look_for_acceptance()

    async def _look_for_acceptance(self) -> None:
        """Book what was accepted. What comes after an accepted PIN is the way back."""
        if self._trap.caught.done() and self._sent.pin:
            await self._watcher.read_everything()
        self._book_accepted()
        if known.PIN in self._sent.accepted:
            await self._enter("redirect")

    def _is_sure(self, state: State, stood: float) -> bool:
        """Whether the state has stood long enough, on a page at rest, to be acted on."""
        if state.patience == 0.0:
            return True
        return stood >= state.patience and not self._watcher.busy

    async def _is_loading(self) -> bool:
        """Whether the page shows nothing yet, or a spinner, and waits for an answer."""
        if not self._watcher.busy:
            return False
        if not (self._sent.codes or self._sent.pin):
            # The form may have been painted once before the spinner, which nothing marks, with
            # logo and footer beside it.
            return True
        try:
            text = await self._page.locator("body").inner_text(timeout=1_000)
            return not text.strip() or await self._hands.any_visible(known.SPINNERS)
        except PlaywrightError:
            return True

    async def _recognise(self, before: State | None = None, *, closely: bool) -> State | None:
        submitted = self._sent.mobile or self._sent.pin
        possible = [state for state in known.STATES if submitted or not state.after_mobile]
        try:
            path = urlsplit(self._page.url).path
            for prefix, state in known.PATHS:
                if path.startswith(prefix):
                    return state
            if closely:
                return await self._first_shown(possible)
            return await self._seems(possible, before)
        except PlaywrightError as error:
            # In the middle of a navigation; whoever comes next will be looked at.
            log.debug("not readable now: %s", error.message.splitlines()[0])
            self._watcher.check_alive()
            return None

    async def _seems(self, states: list[State], before: State | None) -> State | None:
        """What the page shows, by a glance where it shows nothing, or `before` as it was.

        That is nearly every look of a login; one for each of `states` would be most of what a
        login costs. Whatever else is there is looked at closely: it will be acted on.
        """
        marks = known.at_a_glance(tuple(states))
        if before not in known.FORMS:
            return await self._first_shown(states) if await self._hands.any_visible(marks) else None
        # In this order: what takes the form's place in between is not missed.
        old, new = await asyncio.gather(
            self._hands.any_visible(known.ids_of(before)),
            self._hands.any_visible(marks, but=known.selector_of(before)),
        )
        if new:
            return await self._first_shown(states)
        return before if old else None

    async def _first_shown(self, states: list[State]) -> State | None:
        """The first of `states` that the page shows.

        Neighbours without a form are looked for together first, since as a rule none is there.
        """
        runs = [list(run) for _, run in groupby(states, key=lambda state: state.entry)]
        there = await asyncio.gather(
            *(self._hands.any_visible(sum((each.marks for each in run), ())) for run in runs)
        )
        shown = list(chain(*compress(runs, there)))
        form = await self._one_of([state for state in shown if state.entry is not None])
        for state in shown:
            if state is form or (state.entry is None and await self._shows(state)):
                return state
        return None

    async def _one_of(self, forms: list[State]) -> State | None:
        """The form that is meant, where the page seems to show several.

        Ids tell more than words, which may stand in another form's hint; what can be seen more
        than what waits beside the screen; and a login goes from the number to the PIN.
        """
        for tells in (
            lambda form: self._hands.any_visible(known.ids_of(form)),
            lambda form: self._hands.in_view(form.marks),
        ):
            if len(forms) > 1:
                told = await asyncio.gather(*map(tells, forms))
                forms = list(compress(forms, told)) or forms
        in_order = [form for form in known.FORMS if form in forms]
        unsent = [form for form in in_order if not self._sent.form(form)]
        return next(iter(unsent or in_order[-1:]), None)

    async def _shows(self, state: State) -> bool:
        if not await self._hands.any_visible(state.marks):
            return False
        if state.needs and not await self._hands.any_visible(state.needs):
            return False
        return not (state.unless and await self._hands.any_visible(state.unless))

    # -- handlers, one a state ---------------------------------------------------------------------

    async def _on_mobile(self, state: State) -> None:
        mobile = self._settings.secret("username")
        try:
            await self._hands.submit(await self._hands.fill(state, mobile))
        except PlaywrightError:
            self._sent.mobile = self._hands.has_pressed
            raise
        self._sent.mobile = True

    async def _on_otp(self, state: State) -> None:
        if self._judge.customer_state() is known.NO_CUSTOMER:
            # The page asks for a code all the same, and only then leaves for account opening.
            raise self._judge.stopped(known.NO_CUSTOMER)
        enabled = self._watcher.facts.get("isTotpEnabled")  # by Upstox's own word
        offered = enabled is True or await self._hands.any_visible(known.TOTP_OFFERED)
        if not offered and (
            enabled is False or await self._hands.any_visible(known.TOTP_NOT_ENABLED)
        ):
            raise CredentialsRejectedError(
                "TOTP is not enabled on this account: Upstox wants the code of an SMS.",
                code="TOTP_NOT_ENABLED",
            )
        if self._code is None or choose_window(self._there(), None).window != self._code[0]:
            window, code = await self._next_code()
            self._hands.check()
            # Before it is typed: a page may submit by itself.
            self._attempts.sending_code(code, window, self._codes.period)
            self._code = window, code
            self._sent.codes += 1
            self._sent.accepted.discard(known.OTP)
        button = await self._hands.fill(state, self._code[1], once=True)
        await self._hands.submit(button)
        self._code = None

    async def _next_code(self) -> tuple[int, str]:
        period = self._codes.period
        last = self._attempts.last_window(period, now=self._there())
        while True:
            choice = choose_window(self._there(), last, period)
            if choice.wait > 0:
                self._narrator.warn(f"Waiting {choice.wait:.0f} s for a fresh TOTP window.")
                await self._clock.sleep(choice.wait)
            code = await self._codes.code(choice.window)
            if not self._attempts.was_sent(code):
                return choice.window, code
            # A command that still prints the code of before, or a rare repetition.
            last = choice.window

    def _there(self) -> float:
        """Upstox's time, which decides the TOTP window; seconds of the epoch."""
        return self._clock.time() + self._skew()

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

    async def _on_pin(self, state: State) -> None:
        if self._sent.pin:
            raise PageChangedError(
                "The page asks for the PIN a second time; it is sent at most once a run.",
                hint="Log in by hand to see what Upstox wants. No second PIN was sent.",
            )
        await self._check_whose_pin()
        pin = self._settings.secret("pin_code")
        if not self._pin_announced:
            # Before it is typed: a page may submit by itself.
            self._attempts.sending_pin(pin)
            self._pin_announced = True
        self._sent.pin = True
        try:
            await self._hands.submit(await self._hands.fill(state, pin, once=True))
        except (UpstoxError, PlaywrightError):
            self._sent.pin = self._hands.has_pressed or self._watcher.may_have_sent()
            raise

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
        # Refused until the page moves on, so that a restart loop does not send it again and again.
        self._attempts.code_refused(final=True)
        self._sent.password = True
        password = self._settings.secret("password")
        try:
            await self._hands.submit(await self._hands.fill(state, password, once=True))
        except PlaywrightError:
            self._sent.password = self._hands.has_pressed or self._watcher.may_have_sent()
            raise

    async def _on_press(self, state: State) -> None:
        self._sent.presses += 1
        if self._sent.presses > 3:
            raise PageChangedError(f"The {state.name} page stays, whatever is pressed.")
        await self._hands.click(await self._hands.first(state.press))

    async def _pause(self) -> None:
        if self._settings.sleep_time is not None:
            # UPSTOX_SLEEP_TIME: as long as the user asks for.
            await asyncio.sleep(self._settings.sleep_time / 1000)
        elif self._settings.headed:
            # Fast enough to wait for, slow enough to watch.
            await asyncio.sleep(HEADED_PAUSE)
