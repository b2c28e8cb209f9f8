"""Walks Upstox's page to the redirect: look, recognise, act, wait for the next look.

What is here and what to do next are decided by pure functions (`recognise`, `decide`); this only
acts, tells the ledger, and waits.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, get_args
from urllib.parse import urlsplit

import stamina
from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    BrowserError,
    ConfigurationError,
    LoginBlockedError,
    PageChangedError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import error_of as api_error
from upstox_browser_login.oauth import Redirect, not_ours
from upstox_browser_login.redaction import redactor
from upstox_browser_login.totp import CodeSource, choose_window

from . import decide as deciding
from . import endings
from .complaints import Complaint, complaints_of, normal
from .decide import CARRIED, Again, End, Fill, Key, Next, Press, View, Wait
from .eyes import Eyes
from .gone import is_gone
from .hands import Hands
from .here import Form, Here, Nothing, Sent, Stop
from .look import Look
from .marks import NO_MARKS, Marks
from .offers import Offer, offers, summary
from .origins import Origins
from .recognise import recognise
from .redirect import Gate, Witness
from .sockets import refuse_foreign
from .states import SIGNED_IN_AS, STEPS, Purpose
from .timing import DEFAULT, Timing
from .wire import Traffic, Wire
from .words import CHALLENGE, ENDINGS, MAINTENANCE, Said, stated_wait

log = logging.getLogger(__name__)

T = TypeVar("T")
# Without it a program that has set up no logging would print stamina's bare event names.
logging.getLogger("stamina").addHandler(logging.NullHandler())

SKEW_SECONDS = 2.0
"""Less than this between Upstox's clock and ours is the resolution of the `Date` header."""

ORDER: tuple[Step, ...] = get_args(Step)

SHORTEST_PIN = 4
"""How long a PIN is at the least that nobody has told."""


class Attempts(Protocol):
    """The ledger's part that a walk needs. Everything is written before it is sent."""

    def last_window(self, period: int, *, now: float | None = None) -> int | None:
        """The highest window of which a code was sent."""

    def was_sent(self, code: str) -> bool:
        """Whether this very code was sent before."""

    def sending_code(self, code: str, window: int, period: int) -> None:
        """A code is about to be sent."""

    def code_refused(self, *, final: bool) -> None:
        """Upstox refused it; `final` where no other will be tried."""

    def code_broke_off(self) -> None:
        """The connection broke under it: the browser may have sent it twice."""

    def code_accepted(self) -> None:
        """Upstox took it."""

    def sending_pin(self, pin: str) -> None:
        """The PIN is about to be sent."""

    def pin_refused(self, pin: str) -> None:
        """Upstox refused it."""

    def pin_refused_by_hand(self, pin: str) -> None:
        """Upstox refused a PIN that a person has typed."""

    def pin_carried(self, times: int) -> None:
        """The PIN may have left so many times."""

    def pin_withdrawn(self) -> None:
        """The PIN that was announced has not left, for certain."""

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

    def waits(self, text: str) -> None:
        """The login waits for something that is sure to come."""

    def trouble(self) -> None:
        """Something looks wrong, though the login may still end well."""

    async def opened(self, page: Page) -> None:
        """A window is there, and nothing was loaded in it yet."""

    def decided(self, view: View, step: Next) -> None:
        """What was decided from all that `view` holds, and is done next."""

    async def before(self, view: View, step: Next) -> bool:
        """What was decided is about to be done. True: that took time, so look again first."""


@dataclass(frozen=True)
class Account:
    """What is typed. `repr` shows nothing of it."""

    mobile: str
    pin: str
    password: str | None = None

    def __repr__(self) -> str:
        return "Account(…)"


@dataclass(frozen=True)
class Job:
    """All that a walk is told."""

    account: Account
    dialog_url: str
    state: str
    origins: Origins
    codes: CodeSource
    attempts: Attempts
    narrator: Narrator
    clock: Clock
    new_context: Callable[[], Awaitable[BrowserContext]]
    ready: Callable[[], Awaitable[object]] | None = None
    """Ends, or raises, once it is known whether all that is needed after the page is there."""
    shared: bool = False
    """Whether others use the browser as well: their requests are not ours."""
    headed: bool = False
    pause: float | None = None
    """Seconds between the steps."""
    timing: Timing = DEFAULT
    witness: Witness | None = None
    """Who hears all requests and answers."""
    typed: Callable[[Purpose | None, str | None, str], None] | None = None
    """Who is told what a person types, so far, or where it could not be read; None where no person
    types."""
    marks: Marks = NO_MARKS
    """What a person's own page file adds to the tables."""


class _PassingTroubleError(Exception):
    """The page did not load, in a way that may pass by itself."""

    def __init__(self, error: UpstoxError | None) -> None:
        super().__init__("the page did not load")
        self.error = error


class _LostError(Exception):
    """The page fell back to its start before a PIN was sent: a fresh start is safe."""

    def __init__(self, error: UpstoxError) -> None:
        super().__init__("session lost")
        self.error = error


@dataclass(frozen=True)
class Glance:
    """The page as a login meets it, and what the login would do there first."""

    view: View
    step: Next | None
    """None where the redirect came at once."""
    error: UpstoxError | None
    """Why a login would end there."""
    place: str
    """The page's address without its query."""


def _deaf(_: Look) -> None:
    """Hear nothing of a look."""


@dataclass
class Window:
    """One context with one page, and what watches it."""

    context: BrowserContext
    page: Page
    session: CDPSession
    eyes: Eyes
    wire: Wire
    gate: Gate
    hands: Hands
    outer: CDPSession


class Walk:
    """One login in the browser. `page` and `lines` are for the evidence."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._now = job.clock.monotonic
        self._changed = asyncio.Event()
        self._sent = Sent(pin_length=len(job.account.pin) or SHORTEST_PIN)
        self._window: Window | None = None
        self._step: Step = "open"
        self._skew_told = False
        self._pin_announced = self._pin_typed = self._pin_booked = False
        self._code: tuple[int, str] | None = None
        self._complaints: list[Complaint] = []
        self._complained_at: float | None = None
        self._before: frozenset[str] = frozenset()
        self._idle_since = 0.0
        self._recognised: tuple[tuple[Look, Traffic, Sent], Here] | None = None
        self._known = ""
        self._crashed = asyncio.Event()
        self._misses = 0
        self._dialogs: list[str] = []
        self.lines: list[str] = []
        """Requests, one a line."""
        self.spans: list[tuple[float, float]] = []
        """When each of them began, and when it was answered."""
        self.looks: list[tuple[float, str, str]] = []
        """When a state was recognised, its name, and what spoke for it."""

    # -- for the session ---------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page, once there is one."""
        return None if self._window is None else self._window.page

    @property
    def look(self) -> Look | None:
        """The newest look at the page, once there is one."""
        return None if self._window is None else self._window.eyes.look

    @property
    def there(self) -> tuple[Offer, ...]:
        """What is on the page, each with the entry of a page file that would name it."""
        look = self.look
        return () if look is None else offers(look, self._sent)

    @property
    def skew(self) -> float | None:
        """Upstox's clock minus ours, seconds; None where no answer told."""
        return None if self._window is None else self._window.wire.traffic.skew

    @property
    def owes(self) -> str | None:
        """The address of a request that the page waits for, for people; None without one."""
        if self._window is None:
            return None
        waited = deciding.owed(self._view(self._window), loading=True)
        return waited[0].place if waited else None

    # -- the walk ----------------------------------------------------------------------------------

    async def run(self) -> str:
        """Log in; answer the address of the redirect that carries our state.

        Raises every browser-side error of `errors`.
        """
        try:
            try:
                return await self._once()
            except _LostError as lost:
                # At most once, and never after a PIN.
                self._job.narrator.trouble()
                self._job.narrator.warn("Upstox dropped the login half-way; starting it once more.")
                log.debug("session lost: %s", lost.error.message)
                self._begin_again()
                try:
                    return await self._once()
                except _LostError as again:
                    raise again.error from None
        except UpstoxError as error:
            self._withdraw_pin()
            error.step = error.step or self._step
            raise
        except PlaywrightError as error:
            self._withdraw_pin()
            if self._window is None:
                raise  # whoever has made the browser knows whether it is there
            raise await self._browser_error(error) from error
        finally:
            # What came as the login was stopped counts as well.
            if self._window is not None:
                # What the page still shows is told to nobody: the evidence is being put together.
                self._window.eyes.heard = _deaf
                self._book_accepted(self._window)
                self._count_carried(self._window)

    async def glance(self) -> Glance:
        """Open the page as a login does, up to the first thing that it would do; that is not done.

        Nothing is typed or pressed. Raises what ends a login before the page is there.
        """
        try:
            window = await self._open_window()
            await self._unless_gone(self._load(window))
            self._idle_since = self._now()
            while True:
                self._changed.clear()
                self._check(window)
                if window.gate.caught is not None:
                    return Glance(self._view(window), None, None, self._place())
                view, here = self._attend(window)
                step = deciding.decide(view, here)
                if not isinstance(step, Wait):
                    error = self._error_of(window, step) if isinstance(step, End) else None
                    return Glance(view, step, error, self._place())
                await self._unless_gone(self._wait(step.seconds))
        except UpstoxError as error:
            error.step = error.step or self._step
            raise
        except PlaywrightError as error:
            raise await self._browser_error(error) from error

    def count(self) -> None:
        """Tell the ledger what the page has sent up to now: it may go on until it is closed."""
        if self._window is not None:
            self._count_carried(self._window)

    async def close(self) -> None:
        """Close the window. Its requests are held back for as long as it is there."""
        if self._window is not None:
            await self._close(self._window)

    def _begin_again(self) -> None:
        self._code = None
        self._sent = replace(
            self._sent,
            mobile=False,
            accepted=frozenset(),
            last=None,
            pressed_at=None,
            fills=0,
            pressed=(),
        )

    async def _once(self) -> str:
        window = await self._open_window()
        try:
            await self._unless_gone(self._load(window))
            return await self._go_on(window)
        except BrowserError:
            # What Upstox has answered counts, though the page has not lived to show it.
            view = self._view(window)
            last = deciding.by_wire(replace(view, now=view.now + 2 * view.timing.settle))
            if isinstance(last, End):
                await self._end(window, last)
            raise

    async def _go_on(self, window: Window) -> str:
        self._idle_since = self._now()
        while True:
            self._changed.clear()
            self._check(window)
            if window.gate.caught is not None:
                return self._redirected(window.gate.caught)
            self._book_accepted(window)
            if "pin" in self._sent.accepted:
                await self._enter("redirect")
            view, here = self._attend(window)
            await self._unless_gone(self._act(window, view, here))

    async def _act(self, window: Window, view: View, here: Here) -> None:
        """Decide, and do it."""
        step = deciding.decide(view, here)
        self._job.narrator.decided(view, step)
        if not await self._job.narrator.before(view, step):
            await self._do(window, view, step)

    def _attend(self, window: Window) -> tuple[View, Here]:
        """See and hear all that is new. Raises what ends a login by itself."""
        self._hear_dialogs()
        view = self._view(window)
        self._check_document(view)
        here = self._here(view)
        self._rest(view, here)
        view = self._view(window)
        self._check_other_redirect(window, view)
        return view, here

    async def _open_window(self) -> Window:
        if self._window is not None:
            await self._close(self._window)
        job = self._job
        context = await job.new_context()
        page = await context.new_page()
        await job.narrator.opened(page)
        browser = context.browser
        if browser is None:
            raise endings.browser_gone()
        session, outer = await asyncio.gather(
            context.new_cdp_session(page), browser.new_browser_cdp_session()
        )
        info = (await session.send("Target.getTargetInfo"))["targetInfo"]
        main = str(info["targetId"])  # of a window, its frame has the same name
        changed = self._changed.set
        gate: Gate
        wire = Wire(
            trusted=lambda url: gate.trusted(url),  # noqa: PLW0108  (the gate is made below)
            now=job.clock.time,
            monotonic=self._now,
            changed=changed,
        )
        gate = Gate(
            job.origins,
            wire,
            state=job.state,
            changed=changed,
            monotonic=self._now,
            show_all=job.headed,
            by_hand=job.typed is not None,
            witness=job.witness,
        )
        eyes = Eyes(trusted=gate.trusted, monotonic=self._now, changed=changed)
        eyes.on_frames, eyes.heard = gate.frames, self._hear
        window = Window(
            context, page, session, eyes, wire, gate, Hands(session, eyes, slowly=job.headed), outer
        )
        self._window, self.lines, self.spans = window, wire.lines, wire.spans
        page.on("crash", lambda _: self._gone(window))
        page.on("close", lambda _: self._gone(window))
        session.on("Page.javascriptDialogOpening", self._on_dialog)
        # Together, since each waits for the browser; the commands keep their order.
        await asyncio.gather(
            eyes.open(session, main),
            wire.listen(session, main),
            refuse_foreign(session, job.origins),
            gate.open(outer, main, str(info.get("browserContextId", "")), shared=job.shared),
        )
        return window

    async def _close(self, window: Window) -> None:
        window.wire.close()
        self._window = None
        with suppress(PlaywrightError):
            await window.context.close()
        self._count_carried(window)
        with suppress(PlaywrightError):
            await window.outer.detach()

    def _gone(self, window: Window) -> None:
        if window is self._window:
            self._crashed.set()
            self._changed.set()

    async def _unless_gone(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work`, or raise where the page goes meanwhile: one that crashed answers nothing."""
        task = asyncio.ensure_future(work)
        gone = asyncio.ensure_future(self._crashed.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return await task
        finally:
            gone.cancel()
            task.cancel()
        raise endings.browser_gone()

    def _on_dialog(self, event: Mapping[str, Any]) -> None:
        # Playwright dismisses it: one that stays would hold up the whole page.
        self._dialogs.append(str(event.get("message", ""))[:300])
        self._changed.set()

    # -- opening -----------------------------------------------------------------------------------

    async def _load(self, window: Window) -> None:
        """Load the page; the one thing that is safe to try again, since nothing was sent yet."""
        self._step = "open"
        await self._job.narrator.step("open")
        try:
            async for attempt in stamina.retry_context(
                on=_PassingTroubleError, attempts=3, timeout=20.0, wait_initial=0.5, wait_max=4.0
            ):
                if attempt.num > 1:
                    self._job.narrator.trouble()
                    self._job.narrator.warn("The login page did not load; trying again.")
                with attempt:
                    await self._load_once(window)
        except _PassingTroubleError as trouble:
            # A gateway's error page stays for `_check_document`, which reads what it says.
            if trouble.error is not None:
                raise trouble.error from None

    async def _load_once(self, window: Window) -> None:
        try:
            response = await window.page.goto(self._job.dialog_url, wait_until="commit", timeout=0)
        except PlaywrightError as error:
            if (
                window.gate.caught is not None
                or window.gate.strayed is not None
                or window.gate.other is not None
            ):
                return
            self._check(window)
            raised = await self._open_error(error)
            if raised.code == "NETWORK" and "net::ERR_CERT" not in error.message:
                raise _PassingTroubleError(raised) from None
            raise raised from None
        if response is not None and response.status in {502, 503, 504}:
            raise _PassingTroubleError(None)

    async def _open_error(self, error: PlaywrightError) -> UpstoxError:
        host = urlsplit(self._job.dialog_url).netloc
        match = re.search(r"net::(ERR_[A-Z0-9_]+)", error.message)
        if match is None:
            return await self._browser_error(error)
        reason = match[1].removeprefix("ERR_").replace("_", " ").lower()
        if re.search("PROXY|PROXIES|TUNNEL|SOCKS", match[1]):
            return UpstoxUnavailableError(
                f"The browser's proxy gives no way to {host}: {reason}.",
                code="NETWORK",
                hint=(
                    "Check the proxy's address, user name and password in UPSTOX_PROXY, or where "
                    "that is not set in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or the "
                    "--proxy-server of UPSTOX_BROWSER_ARGS."
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

    async def _browser_error(self, error: PlaywrightError) -> UpstoxError:
        window = self._window
        if self._crashed.is_set() or (
            window is not None and await is_gone(window.context.browser, window.page)
        ):
            return endings.browser_gone()
        return endings.browser_refused(error)

    # -- watching ----------------------------------------------------------------------------------

    def _view(self, window: Window) -> View:
        now = self._now()
        return View(
            now=now,
            look=window.eyes.look,
            stood=now - window.eyes.since,
            traffic=window.wire.traffic,
            sent=self._sent,
            complaints=tuple(self._complaints),
            complained_at=self._complained_at,
            idle_since=self._idle_since,
            timing=self._job.timing,
            marks=self._job.marks,
        )

    def _check(self, window: Window) -> None:
        """Raise where the page is gone, or has led to a foreign place."""
        if self._crashed.is_set():
            raise endings.browser_gone()
        where = window.gate.strayed
        if where is not None and window.gate.caught is None:
            facts = window.wire.traffic.facts
            host = urlsplit(where).hostname or ""
            no_customer = "otp" in self._sent.accepted and (
                facts.get("userType") == "LEAD"
                or host == "upstox.com"
                or host.endswith(".upstox.com")
            )
            raise endings.strayed(where, no_customer=no_customer, step=self._step)

    def _check_other_redirect(self, window: Window, view: View) -> None:
        """End on a redirect without our state, once the page owes no answer."""
        other = window.gate.other
        if other is None:
            return
        age = view.now - window.gate.other_at
        waits = [each for each in deciding.owed(view) if each.posts]
        if age < self._job.timing.settle / 4 or (waits and age < self._job.timing.redirect):
            return
        raise not_ours(Redirect.of(other))

    def _hear(self, look: Look) -> None:
        """Keep what a look complains of: a toast may be gone before the next."""
        if self._sent.last is None:
            return
        for complaint in complaints_of(look, self._before, self._sent.field, self._job.marks):
            self._complain(complaint)

    def _hear_dialogs(self) -> None:
        for text in self._dialogs:
            self._job.narrator.trouble()
            self._job.narrator.seen("browser dialog", text)
            if self._sent.last is not None:
                self._complain(Complaint(Said.of(text), "dialog"))
        self._dialogs.clear()

    def _complain(self, complaint: Complaint) -> None:
        if complaint not in self._complaints:
            said = complaint.said
            self._job.narrator.trouble()
            self._job.narrator.seen(
                f"complaint: {complaint.meaning}",
                f"{said.text} [{said.code or said.status or '-'}]",
            )
            self._complaints.append(complaint)
            self._complained_at = self._complained_at or self._now()

    def _drop_past_complaints(self, look: Look) -> None:
        """Forget what the page said of half a number and takes back: it is no answer to the whole.

        A dialog of the browser is no part of any look.
        """
        standing = complaints_of(look, self._before, self._sent.field, self._job.marks)
        self._complaints = [
            each for each in self._complaints if each in standing or each.where == "dialog"
        ]
        if not self._complaints:
            self._complained_at = None

    def _error_of(self, window: Window, end: End) -> UpstoxError:
        there = redactor.redact(summary(window.eyes.look))
        return endings.error_of(end, end.step or self._step, self._place(), there)

    def _here(self, view: View) -> Here:
        """Tell what is here, from the last answer where nothing has changed since that."""
        asked = (view.look, view.traffic, view.sent)
        if self._recognised is None or self._recognised[0] != asked:
            self._recognised = (asked, recognise(*asked, view.marks))
        return self._recognised[1]

    def _rest(self, view: View, here: Here) -> None:
        """Remember when the page last owed something, or showed something else that is known."""
        loading = isinstance(here, Nothing) and (here.loading or view.look.is_empty)
        name = self._name(here)
        if name != self._known:
            self._known = name
            why = "; ".join(str(each) for each in getattr(here, "why", ()))
            self.looks.append((view.now, name, why))
            # A screen on which a login ends counts once it is sure: see `_end`.
            if name and not isinstance(here, Stop):
                self._job.narrator.seen(name, self._place())
            if not isinstance(here, Nothing):
                self._idle_since = view.now
        if deciding.owed(view, loading=loading) or deciding.outcome(view).state == "pending":
            self._idle_since = view.now

    @staticmethod
    def _name(here: Any) -> str:
        if isinstance(here, Form):
            return here.purpose
        return getattr(here, "name", "")

    def _place(self) -> str:
        """The page's address without its query, which may hold a code."""
        page = self.page
        parts = urlsplit("" if page is None else page.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def _check_document(self, view: View) -> None:
        """End on an answer that is no page: a refusal in JSON, a gateway's error."""
        document = view.traffic.document
        if document is None or (document.status or 0) < 400:
            return
        ended = document.ended if document.ended is not None else view.now
        if document.answer is None and view.now - ended < self._job.timing.settle:
            return
        status = document.status or 0
        if status == 407:  # a proxy's, which Chromium shows as if it were the page
            raise api_error(status, None, step=self._step)
        text = document.answer.text if document.answer is not None else ""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        if data is not None:
            refusal = api_error(status, data, step=self._step)
            if refusal.code == "RATE_LIMITED":
                self._record(lambda: self._job.attempts.rate_limited(None, refusal.upstox_code))
            if refusal.code == "BAD_RESPONSE":
                # No code is spent yet, so this is none of the exchange's errors.
                raise UpstoxError(refusal.message, upstox_code=refusal.upstox_code)
            raise refusal
        said = f"{document.host} answered with a web page of HTTP {status}."
        if status == 429:
            self._record(lambda: self._job.attempts.rate_limited(None, None))
            raise LoginBlockedError(said, code="RATE_LIMITED")
        if re.search(CHALLENGE, text, re.IGNORECASE):
            return  # a check of the browser may pass by itself; the page's own state tells
        if re.search(MAINTENANCE, text, re.IGNORECASE):
            raise UpstoxUnavailableError(said, code="MAINTENANCE")
        if status >= 500:
            raise UpstoxUnavailableError(said, code="SERVER_ERROR")
        if deciding.owed(view) or view.look.fields or view.stood < self._job.timing.settle:
            return  # a page that is drawn by scripts may come with any status
        if status in {401, 403}:
            raise PageChangedError(said, code="CHALLENGE")
        raise PageChangedError(said)

    # -- the ledger --------------------------------------------------------------------------------

    def _record(self, tell: Callable[[], None]) -> None:
        """Tell the ledger what came of it; one that fails must not hide what Upstox has said.

        What was sent is in the ledger already, and counts as long as it has no outcome.
        """
        try:
            tell()
        except StoreError as error:
            self._job.narrator.warn(f"What Upstox answered is not recorded: {error.message}")

    def _book_accepted(self, window: Window) -> None:
        """Note what was taken: by the answer to the call that carried it."""
        sent = self._sent
        if sent.last is None or sent.last in sent.accepted:
            return
        view = self._view(window)
        came = deciding.outcome(view)
        if came.state != "taken":
            return
        if sent.pressed_at is None and not deciding.left_by_itself(view):
            return
        self._accept(sent.last)

    def _accept(self, purpose: Purpose) -> None:
        self._sent = replace(self._sent, accepted=self._sent.accepted | {purpose})
        self._complaints.clear()
        self._complained_at = None
        self._idle_since = self._now()
        if purpose in {"otp", "password"}:
            self._record(self._job.attempts.code_accepted)
        elif purpose == "pin":
            self._pin_booked = True
            self._record(self._job.attempts.pin_accepted)

    def _redirected(self, address: str) -> str:
        """Note what a redirect with our state says of what this run has sent."""
        if Redirect.of(address).code is not None:
            if self._sent.codes and "otp" not in self._sent.accepted:
                self._record(self._job.attempts.code_accepted)
            if self._sent.pin and not self._pin_booked:
                self._record(self._job.attempts.pin_accepted)
        return address

    def _count_carried(self, window: Window) -> None:
        """Tell the ledger how often the PIN may have left: twice where its connection broke."""
        if not self._sent.pin or self._pin_booked:
            return
        carriers = window.wire.traffic.carriers(CARRIED["pin"])
        times = sum(2 if each.broke else 1 for each in carriers)
        if times > 1:
            self._record(lambda: self._job.attempts.pin_carried(times))

    def _withdraw_pin(self) -> None:
        """Tell the ledger of a PIN that was announced and of which no character was typed."""
        if self._pin_announced and not self._pin_typed:
            try:
                self._job.attempts.pin_withdrawn()
            except StoreError as error:
                self._job.narrator.warn(f"That no PIN was sent is not recorded: {error.message}")

    # -- acting ------------------------------------------------------------------------------------

    async def _do(self, window: Window, view: View, step: Next) -> None:
        match step:
            case Wait():
                await self._wait(step.seconds)
            case Fill():
                await self._enter(STEPS[step.form.purpose])
                await self._fill(window, view, step)
            case Press():
                await self._press(window, step)
            case Key():
                await self._key(window, step)
            case Again():
                self._refused_once(step.said)
            case End():
                await self._end(window, step)

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), max(seconds, 0.005))

    async def _enter(self, step: Step) -> None:
        if step != self._step:
            self._step = step
            await self._job.narrator.step(step)

    async def _fill(self, window: Window, view: View, step: Fill) -> None:
        form = step.form
        if self._job.ready is not None:
            await self._job.ready()
        text = await self._credential(window, form, view)
        window.gate.typing()
        window.wire.look_out_for(CARRIED[form.purpose], text)
        again = self._sent.last == form.purpose and self._sent.fills > 0
        now = self._now()
        if not again:
            self._complaints.clear()
            self._complained_at = None
            self._before = frozenset(normal(each.text) for each in view.look.texts) | frozenset(
                normal(text) for each in view.look.fields for text in each.below
            )
        self._sent = replace(
            self._sent,
            last=form.purpose,
            typed_at=self._sent.typed_at if again else now,
            field=form.field.n,
            fills=self._sent.fills + 1 if again else 1,
            pressed_at=None,
            acted_at=now,
            blurred=False,
        )
        log.debug("filling the %s form: %s", form.purpose, "; ".join(map(str, form.why)))
        if form.purpose == "pin":
            self._pin_typed = True
        told = await window.hands.fill(form.field, text, keys=step.keys)
        if told != "typed":
            self._not_typed(form.purpose, told)
            return
        # From now on the page has its time to submit by itself: a slow one has taken long so far.
        self._sent = replace(self._sent, acted_at=self._now())
        # What the page said of the first characters is no word about them all.
        self._drop_past_complaints(window.eyes.look)
        self._mark_sent(form.purpose)

    def _not_typed(self, purpose: Purpose, why: str) -> None:
        """Nothing was typed: the field was gone, closed or out of reach."""
        log.debug("nothing was typed into the %s form: %s", purpose, why)
        if purpose == "pin" and self._sent.fills <= 1:
            self._pin_typed = False
        self._sent = replace(self._sent, last=None, fills=0)
        self._misses += 1
        if self._misses > 20:
            raise PageChangedError(f"The {purpose} form is there, but does not take input.")

    def _mark_sent(self, purpose: Purpose) -> None:
        sent = self._sent
        match purpose:
            case "mobile":
                self._sent = replace(sent, mobile=True)
            case "otp":
                self._sent = replace(sent, codes=max(sent.codes, sent.refused_codes + 1))
            case "pin":
                self._sent = replace(sent, pin=True)
            case "password":
                self._sent = replace(sent, password=True)

    async def _credential(self, window: Window, form: Form, view: View) -> str:
        """What is to be typed; the ledger is told first."""
        account, attempts = self._job.account, self._job.attempts
        match form.purpose:
            case "mobile":
                return account.mobile
            case "otp":
                return await self._totp(window)
            case "pin":
                self._check_whose_pin(view.look)
                if not self._pin_announced:
                    attempts.sending_pin(account.pin)
                    self._pin_announced = True
                return account.pin
        if account.password is None:
            raise ConfigurationError(
                "Upstox's page asks for a password, and UPSTOX_PASSWORD is not set.",
                hint="Set UPSTOX_PASSWORD.",
            )
        if not self._sent.password:
            # Refused until the page moves on, so that a restart loop does not send it again.
            attempts.code_refused(final=True)
        return account.password

    def _check_whose_pin(self, look: Look) -> None:
        """Another customer's PIN page is not for our PIN: a refusal would count against them."""
        match = SIGNED_IN_AS.search(look.says())
        if match and re.sub(r"\D", "", match[1]) != self._job.account.mobile:
            raise endings.another_number()

    async def _totp(self, window: Window) -> str:
        there = self._there()
        period = self._job.codes.period
        if self._code is None or choose_window(there, None, period).window != self._code[0]:
            window_number, code = await self._next_code(period)
            self._check(window)
            # Before it is typed: a page may submit by itself.
            self._job.attempts.sending_code(code, window_number, period)
            self._code = window_number, code
        return self._code[1]

    async def _next_code(self, period: int) -> tuple[int, str]:
        attempts = self._job.attempts
        last = attempts.last_window(period, now=self._there())
        while True:
            choice = choose_window(self._there(), last, period)
            if choice.wait > 0:
                self._job.narrator.waits(f"Waiting {choice.wait:.0f} s for a fresh TOTP window.")
                await self._job.clock.sleep(choice.wait)
            code = await self._job.codes.code(choice.window)
            if not attempts.was_sent(code):
                return choice.window, code
            # A command that still prints the code of before, or a rare repetition.
            last = choice.window

    def _there(self) -> float:
        """Upstox's time, which decides the TOTP window; seconds of the epoch."""
        skew = self.skew or 0.0
        if abs(skew) < SKEW_SECONDS:
            # Where Upstox is a little behind, its window begins later than ours, and a code that is
            # sent at once would be refused.
            return self._job.clock.time() + min(skew, 0.0)
        if not self._skew_told:
            self._skew_told = True
            self._job.narrator.warn(
                f"This machine's clock is {abs(skew):.0f} s {'behind' if skew > 0 else 'ahead of'} "
                "Upstox's; the TOTP code is corrected for it."
            )
        return self._job.clock.time() + skew

    async def _press(self, window: Window, step: Press) -> None:
        if self._job.headed or self._job.pause is not None:
            # As long as the user asks for, or long enough to watch.
            await asyncio.sleep(
                self._job.pause if self._job.pause is not None else self._job.timing.watched
            )
            if step.purpose is not None and self._has_left(window, self._sent):
                return
        if step.way is not None:
            if step.way.name == "approval":
                await self._enter("redirect")
            self._job.narrator.seen(step.way.name, f"pressed {step.control.words[:60]!r}")
        now = self._now()
        before = self._sent
        if step.purpose is not None:
            self._drop_past_complaints(window.eyes.look)
            self._sent = replace(self._sent, pressed_at=now, acted_at=now)
            self._idle_since = now
        why = await window.hands.press(
            step.control,
            wanted=lambda: step.purpose is None or not self._has_left(window, before),
        )
        if why:
            log.debug("%r was not pressed: %s", step.control.words[:40], why)
            self._sent = before
            await self._wait(0.1)
            return
        if step.way is not None:
            self._sent = replace(
                self._sent, pressed=(*self._sent.pressed, step.way.name), acted_at=self._now()
            )

    async def _key(self, window: Window, step: Key) -> None:
        now, before = self._now(), self._sent
        if step.blur:
            self._sent = replace(self._sent, blurred=True, acted_at=now)
            await window.hands.blur(step.field)
            return
        self._drop_past_complaints(window.eyes.look)
        self._sent = replace(self._sent, pressed_at=now, acted_at=now)
        self._idle_since = now
        text = {"mobile": self._job.account.mobile, "pin": self._job.account.pin}.get(
            step.purpose, self._code[1] if self._code else self._job.account.password or ""
        )
        self._job.narrator.seen("submitted", "by Enter: the form has no button that is known")
        if not await window.hands.enter(
            step.field, text, wanted=lambda: not self._has_left(window, before)
        ):
            self._sent = replace(self._sent, pressed_at=None)

    def _has_left(self, window: Window, sent: Sent) -> bool:
        """Whether the page has submitted by itself, as far as is known of it before the press."""
        return deciding.left_by_itself(replace(self._view(window), sent=sent))

    def _refused_once(self, said: Said) -> None:
        """Upstox refused the first code: one more may be tried, from the next window."""
        self._job.narrator.trouble()
        self._job.narrator.seen("complaint: code refused", f"{said.text} [{said.code or '-'}]")
        self._record(lambda: self._job.attempts.code_refused(final=False))
        self._job.narrator.warn("Upstox refused the code; one more try with the next one.")
        self._code = None
        self._sent = replace(
            self._sent, refused_codes=self._sent.codes, last=None, pressed_at=None, fills=0
        )

    async def _end(self, window: Window, end: End) -> None:
        """Book what the end means, and raise its error."""
        attempts, pin = self._job.attempts, self._job.account.pin
        number = endings.upstox_code(end)
        said = end.said.text if end.said is not None else ""
        purpose = end.purpose
        if end.broke and purpose == "otp":
            self._record(attempts.code_broke_off)
        self._count_carried(window)
        match end.meaning:
            case "locked":
                self._record(attempts.account_locked)
            case "rate limited":
                texts = [
                    said,
                    end.message,
                    *(each.said.text for each in self._complaints),
                    window.eyes.look.says(),
                ]
                wait = next(
                    (each for each in map(stated_wait, texts[:-1]) if each is not None), None
                )
                self._record(lambda: attempts.rate_limited(wait, number))
            case "pin refused" if purpose == "pin" and self._sent.pin:
                self._record(lambda: attempts.pin_refused(pin))
            case "unknown" if (
                purpose == "pin"
                and not end.accepted
                and end.said
                and end.said.code
                and end.kind == ""
            ):
                # Nobody knows what it means, so it may mean a refusal.
                self._record(lambda: attempts.pin_refused(pin))
            case "code refused" | "code too short" | "unknown" if (
                purpose == "otp" and not end.accepted and end.kind == "" and self._sent.codes
            ):
                self._record(lambda: attempts.code_refused(final=True))
        step: Step = end.step or self._step
        if ORDER.index(step) > ORDER.index(self._step):
            await self._enter(step)
        error = self._error_of(window, end)
        if end.name:
            self._job.narrator.seen(end.name, self._place())
        self._job.narrator.seen(
            f"end: {ENDINGS[end.meaning].code}", "; ".join(map(str, end.why)) or said or end.message
        )
        if end.fresh_start and end.meaning == "session lost":
            raise _LostError(error)
        raise error
