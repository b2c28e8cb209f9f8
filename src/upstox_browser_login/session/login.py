"""One login, from the browser's start to the stored token."""

from __future__ import annotations

import asyncio
import logging
import math
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from upstox_browser_login.browser.compiled import compiled_folder
from upstox_browser_login.budget import Budget
from upstox_browser_login.errors import (
    ConfigurationError,
    LoginBlockedError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.redaction import beginning, redactor
from upstox_browser_login.settings import Settings
from upstox_browser_login.token import Token

from .nothing import NoCodes
from .parts import Deadline, Parts
from .progress import LoginResult, Progress, StepTime
from .standing import fit_hint

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page
    from pydantic import SecretStr

    from upstox_browser_login.browser.launch import OpenBrowser
    from upstox_browser_login.evidence.record import Recorder
    from upstox_browser_login.evidence.report import Outcome
    from upstox_browser_login.http import Client
    from upstox_browser_login.page.next import Next
    from upstox_browser_login.page.redirect import Witness
    from upstox_browser_login.page.states.fields import Purpose
    from upstox_browser_login.page.view import View
    from upstox_browser_login.page.walk import Walk

log = logging.getLogger(__name__)


class Watcher(Progress):
    """A progress that sees more of a login than a user's own may, for recordings and for tests."""

    def client(self, base_url: str, proxy: SecretStr | None) -> Client:
        """The client that will fetch the token. Called in a thread. Raises `ConfigurationError`."""
        from upstox_browser_login.http import prepare

        return prepare(base_url, proxy=proxy)

    def decided(self, view: View, step: Next) -> None:
        """The walk has decided on `step`, from all that `view` holds, and does it next."""

    async def before(self, view: View, step: Next) -> bool:  # noqa: ARG002  (for who overrides it)
        """`step` is about to be done. True: that took time, so the walk is to look again first."""
        return False

    @property
    def witness(self) -> Witness | None:
        """Who hears every request of the login's windows, and every answer."""
        return None

    def typed(self, purpose: Purpose | None, text: str | None, where: str = "") -> None:
        """A person has typed `text`, so far; None where it could not be read, and `where` that was.

        `purpose` is None where it is not certain what the field is for.
        """

    async def opened(self, page: Page) -> None:
        """A window is there, and nothing was loaded in it yet."""

    async def began(self, step: Step) -> None:
        """A step has begun, and the evidence has noted it."""

    def met(self, state: str) -> None:
        """A state of the page was met."""

    async def ending(self) -> None:
        """Evidence is kept or thrown away next."""

    @property
    def unhurried(self) -> float:
        """Seconds that evidence may take in any case, since a person waits for it."""
        return 0.0


async def log_in(parts: Parts, deadline: Deadline, progress: Progress) -> LoginResult:
    """Log in and store the token. Raises every error of `errors`, with evidence kept."""
    return await _Login(parts, deadline, progress).run()


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
        from upstox_browser_login.evidence.record import Recorder

        settings = self.parts.settings
        self.began = self.parts.clock.monotonic()
        self.seen: list[tuple[float, str, str]] = []
        self.recorder: Recorder = Recorder(
            settings.trace,
            settings.trace_dir,
            now=self.parts.clock.now,
            elapsed=lambda: self.parts.clock.monotonic() - self.began,
        )
        self.versions: dict[str, str] = {}
        self.context: BrowserContext | None = None
        self.page: Page | None = None
        self.walking: asyncio.Task[None] | None = None
        self.preparing: asyncio.Task[Client] | None = None
        self.walk: Walk | None = None
        self.stored: Token | None = None
        self.evidence_done = False
        self.unread = False
        """Whether a person has typed what could not be read, and so cannot be taken out."""
        self.waited = math.inf if self.watcher.unhurried else 0.0
        """Seconds that a person has taken after the login; they do not count for its time limit."""

    @property
    def watcher(self) -> Watcher:
        """Who sees more than a user's own progress; nobody, by default."""
        return self.progress if isinstance(self.progress, Watcher) else Watcher()

    # -- what the walk reports ---------------------------------------------------------------------

    async def begin(self, step: Step) -> None:
        """End the step before and begin `step`."""
        await self.finish_step()
        self.step, self.step_began = step, self.parts.clock.monotonic()
        self.progress.step_started(step)
        await self.recorder.group(f"step: {step}")
        await self.watcher.began(step)

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
        self.watcher.met(state)

    # -- the job -----------------------------------------------------------------------------------

    async def run(self) -> LoginResult:
        """Log in. Raises every error of `errors`; a failed login leaves its evidence."""
        from upstox_browser_login.browser.launch import open_browser
        from upstox_browser_login.page.origins import Origins

        settings = self.parts.settings
        origins = Origins.of(settings)
        error: UpstoxError | None = None
        try:
            async with open_browser(
                settings,
                blocked_hosts=origins.blocked_hosts,
                timeout=self.deadline.left,
                meanwhile=self._get_ready,
                closing=self._closing,
            ) as opened:
                sandbox = "" if opened.sandbox or opened.remote else ", without its sandbox"
                self.versions["browser"] = f"{opened.version}{sandbox}"
                try:
                    return await self._in_browser(opened, origins)
                finally:
                    with suppress(Exception):  # a page that is stuck does not close
                        async with asyncio.timeout(self._closing().windows):
                            # Only in a shared browser: our own closes its windows at its end.
                            if self.walk is not None and opened.shared:
                                await self.walk.close()
        except UpstoxError as raised:
            error = raised
        finally:
            if self.preparing is not None:
                await asyncio.gather(self.preparing, return_exceptions=True)
            if self.walk is not None:
                self.walk.count()
        if not self.evidence_done:
            # No evidence if a setting keeps the browser from starting: the error says everything.
            if isinstance(error, ConfigurationError) or error.code == "BROWSER_MISSING":
                await self.recorder.discard()
            else:
                await self._keep(error)
            self.progress.failed(error)
        raise error

    def _closing(self) -> Budget:
        return self.deadline.closing(self.waited)

    async def _in_browser(self, opened: OpenBrowser, origins: Any) -> LoginResult:
        try:
            token = await self._token_in_time(opened, origins)
        except UpstoxError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001  (a typed error, with evidence, for anything)
            error = await self._unexpected(raised, opened)
        else:
            trace = await self._keep(None)
            return LoginResult(token, "login", self.parts.store.kind, tuple(self.steps), trace)
        error.step = error.step or self.step
        await self._keep(error)
        self.progress.failed(error)
        await self._hold(error)
        raise error

    async def _token_in_time(self, opened: OpenBrowser, origins: Any) -> Token:
        """Get the token and store it, or raise an error (TIMEOUT) at the login's limit."""
        try:
            async with self.deadline.of_login():
                return await self._get_token(opened, origins)
        except TimeoutError:
            if self.stored is not None:  # the limit came while the last step was ended
                return self.stored
            late = f"The login was not done within {self.deadline.limit:.0f} s."
            waited = None if self.walk is None else self.walk.waits_for
            raise UpstoxUnavailableError(
                " ".join(filter(None, [late, waited])), code="TIMEOUT", step=self.step
            ) from None

    def _typed(self, purpose: Purpose | None, text: str | None, where: str) -> None:
        self.unread = self.unread or text is None
        self.watcher.typed(purpose, text, where)

    async def _hold(self, error: UpstoxError) -> None:
        """Let a person look at the window, until it is closed."""
        page = self.page
        if page is None or page.is_closed():
            return
        began = self.parts.clock.monotonic()
        closed = asyncio.Event()
        page.once("close", lambda _: closed.set())
        looking = asyncio.ensure_future(self.progress.hold(error))
        ends = [looking, asyncio.ensure_future(closed.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if looking.done():
                looking.result()
        finally:
            for each in ends:
                each.cancel()
            await asyncio.gather(*ends, return_exceptions=True)
            self.waited += self.parts.clock.monotonic() - began

    def _get_ready(self) -> None:
        """Do what can be done while a browser starts."""
        self._walk_read()
        self.client()

    def _walk_read(self) -> asyncio.Task[None]:
        """Read the code of the walk, in a thread."""
        if self.walking is None:
            self.walking = asyncio.create_task(asyncio.to_thread(_import_the_walk))
        return self.walking

    def client(self) -> asyncio.Task[Client]:
        """Make the client that will fetch the token, in a thread."""
        if self.preparing is None:
            self.preparing = asyncio.create_task(self._prepare())
        return self.preparing

    async def _prepare(self) -> Client:
        # One after the other: two importing threads would slow each other, and the walk is needed
        # first.
        await asyncio.shield(self._walk_read())
        return await asyncio.to_thread(_prepared, self.parts.settings, self.watcher)

    async def _unexpected(self, raised: Exception, opened: OpenBrowser) -> UpstoxError:
        from playwright.async_api import Error

        from upstox_browser_login.page.endings import browser_gone, browser_refused
        from upstox_browser_login.page.gone import is_gone

        redactor.error(raised)
        if not isinstance(raised, Error):
            error = UpstoxError(f"{type(raised).__name__}: {beginning(str(raised), 200)}")
        elif await is_gone(opened.browser, self.page):
            error = browser_gone()
        else:
            error = browser_refused(raised)
        error.__cause__ = raised
        return error

    async def _new_context(self, opened: OpenBrowser) -> BrowserContext:
        """A context of our own, with its record begun."""
        self.context = await new_context(opened, self.recorder)
        return self.context

    async def _get_token(self, opened: OpenBrowser, origins: Any) -> Token:
        await self._walk_read()
        from upstox_browser_login.oauth import code_from, new_state

        state = new_state()
        walk = self.walk = self._walk_of(opened, origins, state)
        self.parts.ledger.corrected_by(lambda: walk.skew)
        redirect = await walk.run()
        if self.step != "redirect":  # an approval screen has begun it
            await self.begin("redirect")
        code = code_from(redirect, state)
        await self.begin("exchange")
        token = await self._exchanged(code)
        try:
            await self.begin("store")
        finally:
            # Also where the limit comes just now, since the code is spent.
            self._store(token)
            self.stored = token
        await self.finish_step()
        return token

    def _walk_of(self, opened: OpenBrowser, origins: Any, state: str) -> Walk:
        """The walk through the page, by a person where the settings want one."""
        from upstox_browser_login.oauth import dialog_url
        from upstox_browser_login.page import timing
        from upstox_browser_login.page.job import Account, Job
        from upstox_browser_login.page.marks import NO_MARKS
        from upstox_browser_login.page.walk import Walk

        settings, by_hand = self.parts.settings, self.parts.by_hand
        pause = None if settings.sleep_time is None else settings.sleep_time / 1000
        password = None if settings.password is None else settings.secret("password")
        pin = "" if by_hand else settings.secret("pin_code")
        kind = Walk
        if by_hand:
            from upstox_browser_login.page.by_hand import ByHand

            kind = ByHand
        return kind(
            Job(
                account=Account(settings.secret("username"), pin, password),
                dialog_url=dialog_url(settings, state),
                state=state,
                origins=origins,
                codes=NoCodes() if by_hand else code_source(settings),
                attempts=self.parts.ledger,
                narrator=_Narrator(self),
                clock=self.parts.clock,
                new_context=lambda: self._new_context(opened),
                # Before anything is typed: without it the token could not be fetched.
                ready=lambda: asyncio.shield(self.client()),
                shared=opened.shared,
                headed=settings.headed,
                pause=pause,
                in_time=lambda: self.deadline.has_time_for_a_pin(pause or 0.0),
                timing=timing.DEFAULT,
                marks=self.parts.marks or NO_MARKS,
                witness=self.watcher.witness,
                typed=self._typed if by_hand else None,
            )
        )

    async def _exchanged(self, code: str) -> Token:
        """The token for an authorization code; the ledger is told what delays the next login."""
        from upstox_browser_login.oauth import DeadTokenError, exchange

        settings, clock, ledger = self.parts.settings, self.parts.clock, self.parts.ledger
        try:
            return await exchange(settings, code, clock=clock, client=await self.client())
        except LoginBlockedError as error:
            ledger.rate_limited(None, error.upstox_code)
            raise
        except DeadTokenError:
            ledger.token_was_dead()
            raise

    def _store(self, token: Token) -> None:
        self.parts.store.save(self.parts.key, token)
        try:
            self.parts.ledger.succeeded()
        except StoreError as error:
            # The token is worth more: what the ledger still holds only makes it more careful.
            text = f"It could not be recorded that the login succeeded: {error.message}"
            self.progress.warning(text)

    async def _keep(self, error: UpstoxError | None) -> str | None:
        """Keep the evidence that the settings ask for, and say in `error` where it is."""
        self.evidence_done = True
        await self.watcher.ending()
        keeps = self.recorder.wants("OK" if error is None else error.code)
        if keeps and self.unread:
            keeps = False
            self.progress.warning("No evidence is kept: not all that was typed could be read.")
        if not keeps:
            await self.recorder.discard()
            return None
        if error is not None:
            await self._fit_hint(error)
        from upstox_browser_login.evidence.picture import Told

        look = None if self.walk is None else self.walk.look
        folder = await self.recorder.keep(
            self.page,
            self._outcome(error),
            told=Told() if look is None else Told(look.words(), look.closed),
            seconds=max(self.watcher.unhurried, self.deadline.evidence),
        )
        kept = None if folder is None else str(folder)
        if error is not None:
            error.trace = kept
        return kept

    async def _fit_hint(self, error: UpstoxError) -> None:
        """Give the error the hint that it will be raised with, so that the report has it too."""
        if self.parts.by_hand:  # a person may try again whatever stands in the way
            return
        if self.walk is not None:
            self.walk.count()
        await asyncio.to_thread(fit_hint, error, self.parts.settings, self.deadline.left)

    def _outcome(self, error: UpstoxError | None) -> Outcome:
        """What this login tells of itself in its evidence."""
        from upstox_browser_login.evidence.report import Outcome, Request, Seen, There
        from upstox_browser_login.evidence.report import StepTime as TraceStep

        walk = self.walk
        steps = [TraceStep(each.step, each.seconds) for each in self.steps]
        if error is not None and self.step is not None:
            running = self.parts.clock.monotonic() - self.step_began
            steps.append(TraceStep(f"{self.step} (failed)", round(running, 3)))
        return Outcome(
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
                Request(line, at - self.began, ended - at)
                for line, (at, ended) in zip(walk.lines, walk.spans, strict=True)
            ),
            looks=()
            if walk is None
            else tuple(Seen(at - self.began, state, why) for at, state, why in walk.looks),
            page_file=() if self.parts.marks is None else self.parts.marks.told,
            there=tuple(There(each.what, each.entry) for each in walk.there)
            if walk is not None and error is not None and error.code == "PAGE_NOT_RECOGNISED"
            else (),
        )


class _Narrator(Struct, frozen=True):
    """Passes on to the login what its walk reports."""

    login: _Login

    async def step(self, step: Step) -> None:
        await self.login.begin(step)

    def seen(self, state: str, detail: str) -> None:
        self.login.note(state, detail)

    def warn(self, text: str) -> None:
        self.login.progress.warning(text)

    def sends(self, step: Step) -> None:
        self.login.progress.sending(step)

    def waits(self, text: str) -> None:
        self.login.progress.waiting(text)

    def trouble(self) -> None:
        self.login.recorder.trouble()

    async def opened(self, page: Page) -> None:
        self.login.page = page
        await self.login.watcher.opened(page)
        if await self.login.progress.pause():
            await page.pause()

    def decided(self, view: View, step: Next) -> None:
        self.login.watcher.decided(view, step)

    async def before(self, view: View, step: Next) -> bool:
        return await self.login.watcher.before(view, step)


async def new_context(opened: OpenBrowser, recorder: Recorder) -> BrowserContext:
    """A browser context for Upstox's page, which `recorder` has prepared."""
    context = await opened.browser.new_context(
        locale="en-IN",
        service_workers="block",
        accept_downloads=False,
        viewport={"width": 1280, "height": 800},
    )
    await recorder.prepare(context, elsewhere=opened.playwright_server)
    return context


def _import_the_walk() -> None:
    from upstox_browser_login import oauth  # noqa: F401  (later each would be waited for)
    from upstox_browser_login.page import walk  # noqa: F401


def _prepared(settings: Settings, watcher: Watcher) -> Client:
    """Make the client that will fetch the token. Raises `ConfigurationError`."""
    from upstox_browser_login.page.rehearsal import rehearse

    # Before the client, since the page is needed before the token.
    rehearse(compiled_folder(settings.state_dir))
    # Loaded now, since the client would otherwise load it during its first call.
    with suppress(ImportError):
        import_module("anyio._backends._asyncio")
    return watcher.client(settings.api_base_url, settings.proxy)


def code_source(settings: Settings) -> Any:
    """Where TOTP codes come from: the seed, or the command."""
    from upstox_browser_login.totp import CommandSource, SeedSource, read_seed

    if settings.totp_command is not None:
        return CommandSource(settings.totp_command.get_secret_value())
    return SeedSource(read_seed(settings.secret("totp_secret")))
