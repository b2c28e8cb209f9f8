"""login() and get_token(): the only place that joins the parts.

The browser's walk is asynchronous and runs on a loop in a thread of its own, so that the plain
functions also work in Jupyter and inside somebody else's event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .clock import Clock
from .edge import at_the_edge
from .errors import (
    BrowserError,
    LoginBlockedError,
    NotLoggedInError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from .redaction import install_log_redaction, redactor
from .settings import NEEDED_FOR_LOGIN, Settings, current_settings
from .store import (
    Documents,
    Held,
    LedgerDocuments,
    TokenStore,
    account_key,
    lock_timed_out,
    open_ledger_documents,
    open_store,
    token_key,
)
from .store.aside import set_damaged_aside
from .store.ephemeral import warning_of
from .token import MARGIN, Token, expiry_of

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

    from .browser.launch import OpenBrowser
    from .evidence.record import Recorder
    from .http import Client
    from .ledger import Ledger
    from .page.walk import Walk

log = logging.getLogger(__name__)

T = TypeVar("T")

WAIT_SLICE = 1.0
"""How long to wait for a lock before looking whether the caller still wants it, seconds."""

CLOSING_SECONDS = 15.0
"""How long an interrupted login may take to put its browser away."""

EVIDENCE_SECONDS = 4.0
"""How long evidence may take beyond a login's limit of time."""


@dataclass(frozen=True)
class StepTime:
    """How long a step took."""

    step: Step
    seconds: float


@dataclass(frozen=True)
class LoginResult:
    """What a login, or the wish for a token, came to."""

    token: Token
    source: str
    """`login`, or `store` where a token was there or another process had just got one."""
    store: str
    steps: tuple[StepTime, ...] = ()
    trace: str | None = None


class Progress:
    """Told of a login as it happens. Override what is of interest; warnings are logged here."""

    def step_started(self, step: Step) -> None:
        """A step begins."""

    def step_done(self, step: Step, seconds: float) -> None:
        """The step has ended well."""

    def warning(self, text: str) -> None:
        """Something a person should know, which does not end the login."""
        log.warning("%s", text)

    async def failed(self, page: Page | None, error: UpstoxError) -> None:
        """The login has failed and its evidence is kept; the browser is still open."""

    async def opened(self, page: Page) -> None:
        """The page is there, and nothing was loaded yet."""


@dataclass(frozen=True)
class Deadline:
    """One limit for a whole login."""

    at: float
    limit: float
    clock: Clock

    @classmethod
    def after(cls, seconds: float, clock: Clock) -> Deadline:
        """The deadline `seconds` from now."""
        return cls(clock.monotonic() + seconds, seconds, clock)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - self.clock.monotonic())


@dataclass
class Parts:
    """What a login works with, made from the settings once."""

    settings: Settings
    clock: Clock
    store: TokenStore
    key: str
    ledger: Ledger
    ledger_documents: LedgerDocuments

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Parts:
        """Open the store and the ledger; nothing is contacted yet."""
        from .ledger import Ledger

        documents = open_ledger_documents(settings)
        return cls(
            settings,
            clock,
            open_store(settings),
            token_key(settings),
            Ledger(documents, account_key(settings), settings.client_secret, now=clock.time),
            documents,
        )


@at_the_edge
def login(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Token:
    """Log in through the browser now, store the token and return it.

    Where another login for the same token was under way when this one began, its token is
    returned instead of logging in again. Raises the errors of `upstox_browser_login.errors`.
    """
    return login_result(settings, progress=progress, clock=clock).token


def login_result(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
    cancelled: threading.Event | None = None,
    lasting: bool = True,
) -> LoginResult:
    """As `login`, with the steps' times and where the token is kept.

    `lasting`: the state folder is meant to stay, so one that looks temporary is warned of.
    """
    return _obtain(
        settings or Settings(), progress, clock or Clock(), cancelled, fresh=True, lasting=lasting
    )


def token_result(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
    margin: float = MARGIN,
    allow_login: bool = True,
    cancelled: threading.Event | None = None,
) -> LoginResult:
    """A valid token: the stored one, or a new one where none is valid.

    Raises `NotLoggedInError` where a login would be needed and `allow_login` is false, and
    otherwise what `login` raises. A damaged stored token is an error, not a reason to log in.
    """
    looked_up = settings or current_settings()
    clock = clock or Clock()
    install_log_redaction()
    store = open_store(looked_up)
    token = store.load(token_key(looked_up))
    if token is not None and _serves(token, clock.now(), margin):
        return LoginResult(token, "store", store.kind)
    if not allow_login:
        raise NotLoggedInError(
            "No token is stored." if token is None else "The stored token has expired."
        )
    # Not read again: an env file may be a pipe, which has nothing more to say.
    return _obtain(looked_up, progress, clock, cancelled, fresh=False, margin=margin)


@at_the_edge
def get_token(settings: Settings | None = None, *, margin: float = MARGIN) -> Token:
    """A valid token; logs in where none is stored. Safe in threads, processes and Jupyter.

    `margin` is how many seconds the token must still live; one with less is handed out only where
    a new one would die at the same 03:30. Raises what `login` raises, and `StoreError`
    (`STORE_UNREADABLE`) where the stored token is damaged.
    """
    return token_result(settings, margin=margin).token


@at_the_edge
async def alogin(settings: Settings | None = None, *, progress: Progress | None = None) -> Token:
    """As `login`, inside an event loop. Cancelling it ends the browser."""
    return (await _in_thread(login_result, settings, progress=progress)).token


@at_the_edge
async def aget_token(settings: Settings | None = None, *, margin: float = MARGIN) -> Token:
    """As `get_token`, inside an event loop."""
    return (await _in_thread(token_result, settings, margin=margin)).token


async def _in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    cancelled = threading.Event()
    work = asyncio.ensure_future(apart(function, *args, cancelled=cancelled, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        cancelled.set()
        # Whoever cancels a login may count on its browser being gone.
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait({work}, timeout=CLOSING_SECONDS)
        raise


async def apart(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run `function`, which may wait for a minute, in a thread of its own.

    Not in the event loop's executor: its few workers are the caller's, who also looks up names of
    hosts there, and the loop would not end before they do.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def tell(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return  # nobody waits any more
        if error is None:
            answer.set_result(cast("T", result))
        else:
            answer.set_exception(error)

    def work() -> None:
        result, failed = None, None
        try:
            result = context.run(function, *args, **kwargs)
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's loop)
            failed = error
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell, result, failed)

    threading.Thread(target=work, name="upstox-browser-login-wait", daemon=True).start()
    return await answer


def _obtain(
    settings: Settings,
    progress: Progress | None,
    clock: Clock,
    cancelled: threading.Event | None,
    *,
    fresh: bool,
    margin: float = MARGIN,
    lasting: bool = True,
) -> LoginResult:
    """Log in, unless somebody else just did: one login at a time for each token."""
    from .ledger import login_lock

    install_log_redaction()
    deadline = Deadline.after(settings.timeout, clock)
    settings.require(*NEEDED_FOR_LOGIN)
    progress = progress or Progress()
    for shouted in settings.loud_warnings():
        progress.warning(shouted)
    parts = Parts.of(settings, clock)
    parts.store.check_writable()
    parts.ledger_documents.check_writable()
    if lasting and (warning := warning_of(settings.state_dir)) is not None:
        progress.warning(warning)
    # Not by its time of issue, which is of Upstox's clock: another token is a newer one.
    before = _stored(parts) if fresh else None
    # Or one of a moment ago, whose login still puts its browser away.
    recent = clock.now() - timedelta(seconds=settings.timeout)
    with _alone(parts.store.documents, parts.key, deadline, cancelled) as held:
        if held.waited or not fresh:
            found = _stored(parts)
            newer = found is not None and (found != before or found.issued_at > recent)
            if found is not None and newer and _serves(found, clock.now(), margin):
                return LoginResult(found, "store", parts.store.kind)
            if found is not None and not fresh and _lives_all_the_same(found, settings, clock):
                return LoginResult(found, "store", parts.store.kind)
        # Another profile or app of the same account has its own token, but the same PIN and codes.
        account = login_lock(account_key(settings))
        with _alone(parts.ledger_documents, account, deadline, cancelled) as alone:
            parts.ledger.guarded_by(alone.is_held)
            # Here: the open entries of a login under way look like those of a killed one.
            parts.ledger.require_allowed(settings.secret("pin_code"))
            if (warning := set_damaged_aside(parts.store, parts.key)) is not None:
                progress.warning(warning)
            if cancelled is not None and cancelled.is_set():
                raise UpstoxError("The login was cancelled before it began.")
            return run_apart(_Login(parts, deadline, progress).run(), cancelled)


def _serves(token: Token, now: datetime, margin: float) -> bool:
    """Whether to hand out `token`: it lives for long enough, or a new one would live no longer."""
    if token.is_valid(now, margin=margin):
        return True
    return token.seconds_left(now) > 0 and token.expires_at >= expiry_of(now)


def _lives_all_the_same(token: Token, settings: Settings, clock: Clock) -> bool:
    """Whether Upstox accepts a token that only this machine's clock, being ahead, holds for dead.

    Every login would bring one that is as dead; and a clock that has been set right since the login
    is right. So Upstox is asked.
    """
    by_upstox = clock.now() + timedelta(seconds=token.clock_skew)
    if token.clock_skew >= 0 or not token.is_valid(by_upstox):
        return False
    from .api import token_is_alive

    with suppress(UpstoxError):  # nobody knows
        return run_apart(token_is_alive(settings, token))
    return False


@contextmanager
def _alone(
    documents: Documents, name: str, deadline: Deadline, cancelled: threading.Event | None
) -> Iterator[Held]:
    """Hold the lock `name`. Whoever is cancelled does not wait for it any longer."""
    waited = False
    with ExitStack() as stack:
        while True:
            slice_ = min(deadline.left, WAIT_SLICE) if waited else 0.0
            try:
                held = stack.enter_context(documents.lock(name, slice_))
            except UpstoxUnavailableError:
                if deadline.left <= 0:
                    raise lock_timed_out(deadline.limit) from None
                if not waited:
                    log.debug("waiting for the lock %s, which another process has", name)
                waited = True
            else:
                break
            if cancelled is not None and cancelled.is_set():
                raise UpstoxError("The login was cancelled before it began.")
        yield replace(held, waited=held.waited or waited)


def _stored(parts: Parts) -> Token | None:
    with suppress(StoreError):
        return parts.store.load(parts.key)
    return None


def run_apart(work: Coroutine[Any, Any, T], cancelled: threading.Event | None = None) -> T:
    """Run `work` on a loop in a thread of its own, and end it with whoever waits for it."""
    done: list[T] = []
    failed: list[BaseException] = []
    finished = threading.Event()
    ready = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[T]]] = []

    async def main() -> T:
        task = asyncio.ensure_future(work)
        running.append((asyncio.get_running_loop(), task))
        ready.set()
        return await task

    def target() -> None:
        try:
            done.append(asyncio.run(main()))
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's thread)
            failed.append(error)
        finally:
            ready.set()
            finished.set()

    def cancel() -> None:
        ready.wait()
        if running:
            loop, task = running[0]
            with suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(task.cancel)
        finished.wait(CLOSING_SECONDS)

    thread = threading.Thread(target=target, name="upstox-browser-login", daemon=True)
    thread.start()
    try:
        # In slices: a wait without end cannot be interrupted on Windows.
        while not finished.wait(0.2):
            if cancelled is not None and cancelled.is_set():
                cancel()
                break
    except BaseException:
        cancel()
        raise
    if failed:
        if isinstance(failed[0], asyncio.CancelledError):
            raise UpstoxError("The login was cancelled.")
        redactor.error(failed[0])
        raise failed[0]
    if not done:
        raise UpstoxError("The login was cancelled.")
    thread.join()
    return done[0]


@dataclass
class _Login:
    """One login, from the browser's start to the stored token."""

    parts: Parts
    deadline: Deadline
    progress: Progress
    steps: list[StepTime] = field(default_factory=list)
    step: Step | None = None
    step_began: float = 0.0
    began: float = 0.0

    def __post_init__(self) -> None:
        from .evidence.record import Recorder

        settings = self.parts.settings
        self.began = self.parts.clock.monotonic()
        self.seen: list[tuple[float, str, str]] = []
        self.recorder: Recorder = Recorder(
            settings.trace, settings.trace_dir, now=self.parts.clock.now
        )
        self.versions: dict[str, str] = {}
        self.context: BrowserContext | None = None
        self.page: Page | None = None
        self.preparing: asyncio.Task[Client] | None = None
        self.walk: Walk | None = None
        self.evidence_done = False

    # -- the narrator that the flow talks to -------------------------------------------------------

    async def begin(self, step: Step) -> None:
        """End the step before and begin `step`."""
        await self.finish_step()
        self.step, self.step_began = step, self.parts.clock.monotonic()
        self.progress.step_started(step)
        await self.recorder.group(f"step: {step}")

    async def finish_step(self) -> None:
        """The present step has ended well."""
        if self.step is None:
            return
        seconds = self.parts.clock.monotonic() - self.step_began
        self.steps.append(StepTime(self.step, round(seconds, 3)))
        step, self.step = self.step, None
        await self.recorder.group_end()
        self.progress.step_done(step, seconds)

    def note(self, state: str, detail: str) -> None:
        """Keep what was seen for the evidence."""
        log.debug("state: %s (%s)", state, detail)
        self.seen.append((self.parts.clock.monotonic() - self.began, state, detail))

    # -- the job -----------------------------------------------------------------------------------

    async def run(self) -> LoginResult:
        """Log in. Raises every error of `errors`; a failed login leaves its evidence."""
        from .browser.launch import open_browser
        from .page.origins import Origins

        settings = self.parts.settings
        origins = Origins.of(settings)
        error: UpstoxError | None = None
        try:
            async with open_browser(
                settings,
                blocked_hosts=origins.blocked_hosts,
                timeout=self.deadline.left,
                meanwhile=self._prepare,
            ) as opened:
                sandbox = "" if opened.sandbox or opened.remote else ", without its sandbox"
                self.versions["browser"] = f"{opened.version}{sandbox}"
                try:
                    return await self._in_browser(opened, origins)
                finally:
                    with suppress(Exception):  # a page that is stuck does not close
                        async with asyncio.timeout(CLOSING_SECONDS / 3):
                            # With a browser of our own its windows go.
                            if self.walk is not None and opened.shared:
                                await self.walk.close()
        except UpstoxError as raised:
            error = raised
        finally:
            if self.preparing is not None:
                await asyncio.gather(self.preparing, return_exceptions=True)
        if not self.evidence_done:
            await self._keep(error)
        raise error

    async def _in_browser(self, opened: OpenBrowser, origins: Any) -> LoginResult:
        try:
            async with asyncio.timeout(self.deadline.left):
                token = await self._get_token(opened, origins)
        except TimeoutError:
            owes = None if self.walk is None else self.walk.owes
            waited = f" The page still waits for {owes}." if owes else ""
            error: UpstoxError = UpstoxUnavailableError(
                f"The login was not done within {self.deadline.limit:.0f} s.{waited}",
                code="TIMEOUT",
                step=self.step,
            )
        except UpstoxError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001  (a typed error, with evidence, for anything)
            error = self._unexpected(raised)
        else:
            trace = await self._keep(None)
            return LoginResult(token, "login", self.parts.store.kind, tuple(self.steps), trace)
        error.step = error.step or self.step
        await self._keep(error)
        await self.progress.failed(self.page, error)
        raise error

    def _prepare(self) -> asyncio.Task[Client]:
        """Make ready, in a thread, what is needed later: while a driver starts, if one does."""
        if self.preparing is None:
            work = asyncio.to_thread(_prepared, self.parts.settings)
            self.preparing = asyncio.create_task(work)
        return self.preparing

    def _unexpected(self, raised: Exception) -> UpstoxError:
        redactor.error(raised)
        kind = type(raised)
        if kind.__module__.startswith("playwright."):
            text = str(raised).splitlines()[0] if str(raised) else kind.__name__
            if "closed" in text.lower() or "crash" in text.lower():
                error: UpstoxError = BrowserError(
                    "The browser went away in the middle.", code="BROWSER_CRASHED"
                )
            else:
                error = UpstoxError(f"The browser refused an action: {text[:200]}")
        else:
            error = UpstoxError(f"{kind.__name__}: {str(raised)[:200]}")
        error.__cause__ = raised
        return error

    async def _new_context(self, opened: OpenBrowser) -> BrowserContext:
        """A context of our own, with its record begun."""
        self.context = await opened.browser.new_context(
            locale="en-IN",
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 800},
        )
        await self.recorder.prepare(self.context, elsewhere=opened.playwright_server)
        return self.context

    async def _get_token(self, opened: OpenBrowser, origins: Any) -> Token:
        from .oauth import DeadTokenError, code_from, dialog_url, exchange, new_state
        from .page import timing
        from .page.walk import Account, Job, Walk

        settings, clock, ledger = self.parts.settings, self.parts.clock, self.parts.ledger
        # Before anything is typed: without it the token could not be fetched.
        client = await self._prepare()
        state = new_state()
        password = None if settings.password is None else settings.secret("password")
        walk = self.walk = Walk(
            Job(
                account=Account(settings.secret("username"), settings.secret("pin_code"), password),
                dialog_url=dialog_url(settings, state),
                state=state,
                origins=origins,
                codes=code_source(settings),
                attempts=ledger,
                narrator=_Narrator(self),
                clock=clock,
                new_context=lambda: self._new_context(opened),
                shared=opened.shared,
                headed=settings.headed,
                pause=None if settings.sleep_time is None else settings.sleep_time / 1000,
                timing=timing.DEFAULT,
            )
        )
        ledger.corrected_by(lambda: walk.skew)
        redirect = await walk.run()
        if self.step != "redirect":  # an approval screen has begun it
            await self.begin("redirect")
        code = code_from(redirect, state)
        await self.begin("exchange")
        try:
            token = await exchange(settings, code, clock=clock, client=client)
        except LoginBlockedError as error:
            ledger.rate_limited(None, error.upstox_code)
            raise
        except DeadTokenError:
            ledger.token_was_dead()
            raise
        await self.begin("store")
        self.parts.store.save(self.parts.key, token)
        try:
            ledger.succeeded()
        except StoreError as error:
            # The token is worth more: what the ledger still holds only makes it more careful.
            self.progress.warning(f"That the login succeeded is not recorded: {error.message}")
        await self.finish_step()
        return token

    async def _keep(self, error: UpstoxError | None) -> str | None:
        """Keep the evidence that the settings ask for, and say in `error` where it is."""
        from .evidence.picture import Told
        from .evidence.report import Outcome, Request, Seen
        from .evidence.report import StepTime as TraceStep

        self.evidence_done = True
        walk = self.walk
        steps = [TraceStep(each.step, each.seconds) for each in self.steps]
        if error is not None and self.step is not None:
            running = self.parts.clock.monotonic() - self.step_began
            steps.append(TraceStep(f"{self.step} (failed)", round(running, 3)))
        outcome = Outcome(
            code="OK" if error is None else error.code,
            message="The login succeeded." if error is None else error.message,
            hint="" if error is None else error.hint,
            step=None if error is None else error.step,
            upstox_code=None if error is None else error.upstox_code,
            steps=tuple(steps),
            seen=tuple(Seen(*each) for each in self.seen),
            versions=self.versions,
            requests=()
            if walk is None
            else tuple(
                Request(line, round(at - self.began, 3), round(ended - at, 3))
                for line, (at, ended) in zip(walk.lines, walk.spans, strict=True)
            ),
            looks=()
            if walk is None
            else tuple(Seen(at - self.began, state, why) for at, state, why in walk.looks),
        )
        wanted = self.parts.settings.trace
        if wanted == "off" or (error is None and wanted != "on"):
            await self.recorder.discard()
            return None
        look = None if walk is None else walk.look
        folder = await self.recorder.keep(
            self.page,
            outcome,
            told=Told() if look is None else Told(look.words(), look.closed),
            seconds=min(EVIDENCE_SECONDS + self.deadline.left, 3 * EVIDENCE_SECONDS),
        )
        kept = None if folder is None else str(folder)
        if error is not None:
            error.trace = kept
        return kept


@dataclass(frozen=True)
class _Narrator:
    """What the flow may tell."""

    login: _Login

    async def step(self, step: Step) -> None:
        await self.login.begin(step)

    def seen(self, state: str, detail: str) -> None:
        self.login.note(state, detail)

    def warn(self, text: str) -> None:
        self.login.progress.warning(text)

    def trouble(self) -> None:
        self.login.recorder.trouble()

    async def opened(self, page: Page) -> None:
        self.login.page = page
        await self.login.progress.opened(page)


def _prepared(settings: Settings) -> Client:
    """Make the client that will fetch the token, and import all that a login needs.

    Raises `ConfigurationError`.
    """
    import jwt  # noqa: F401  (later each of these would be waited for)

    from . import oauth  # noqa: F401
    from .http import prepare
    from .page import walk  # noqa: F401

    return prepare(settings.api_base_url)


def code_source(settings: Settings) -> Any:
    """Where TOTP codes come from: the seed, or the command."""
    from .totp import CommandSource, SeedSource, read_seed

    if settings.totp_command is not None:
        return CommandSource(settings.totp_command.get_secret_value())
    return SeedSource(read_seed(settings.secret("totp_secret")))
