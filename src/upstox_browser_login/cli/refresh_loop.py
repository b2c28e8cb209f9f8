"""The loop of `refresh`, with what a program puts round it: signals, lines, an env file."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn

from .call import Call
from .refresh_notices import sender_of, trouble_of
from .results import Plain, Result, iso
from .signals import Interruption

if TYPE_CHECKING:
    from upstox_browser_login.daily.loop import Daily
    from upstox_browser_login.daily.plan import Stop, Wait
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.session import LoginResult
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.token import Token

    from .journal import Journal

_SHORT_LIFE = timedelta(hours=3, minutes=30)
"""The longest life of a token that was got in a night, before 03:30."""


def settings_of(call: Call) -> Settings:
    """The settings. Raises `ConfigurationError` also for those that a login alone would not use."""
    from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

    settings = call.settings()
    settings.refuse_unusable(*NOT_FOR_A_LOGIN)
    return settings


@dataclass(frozen=True)
class _Misread:
    """How settings could not be used that were read again."""

    message: str
    at: datetime
    times: int
    """How often in a row."""


@dataclass
class Runner:
    """The loop with what this program puts round it."""

    call: Call
    journal: Journal
    settings: Settings
    wishes: Any
    env_file: Path | None
    daily: Daily = field(init=False)

    def __post_init__(self) -> None:
        from upstox_browser_login.daily.loop import Daily
        from upstox_browser_login.daily.supervisor import Supervisor
        from upstox_browser_login.settings.current import Files

        # Not a `threading.Event`: a signal handler that interrupts its owner would wait for its
        # lock for ever. A `SimpleQueue` may be put into at any moment.
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._reload = False
        self._files = Files.of(self.call.env_source, self.call.overrides)
        self._misread: _Misread | None = None
        self._unwritten: str | None = None
        self.daily = Daily(
            self.settings,
            self.wishes,
            audience=self,
            wait=self._wait,
            trouble=trouble_of(self.settings, self.call.profile, self.call.env_source),
            sender=sender_of(self.call, self.settings),
            supervisor=Supervisor.of(os.environ),
        )

    def run(self) -> NoReturn:
        """Until a signal. Raises `Interruption`."""
        try:
            with self._reloading_on_hangup():
                self.daily.run()
        except Interruption:
            self.daily.supervisor.stopping()
            raise

    def once(self) -> Result:
        """One run. Raises the error of the login, or of the one that is not tried again yet."""
        from upstox_browser_login.daily.plan import Stop, Wait, Why

        done = self.daily.once()
        if not isinstance(done, Wait | Stop):
            from .obtain import login_data, login_text

            where = self._where()
            data = login_data(done, show_token=False)
            action = "login" if done.source == "login" else "none"
            text = login_text(done, where=where, show_token=False)
            if action == "login":
                del text[0]  # the log has this line already
            return Result({"action": Plain(action), "reason": None, **data}, text)
        if isinstance(done, Wait) and done.why in {Why.VALID, Why.CLOSED, Why.NOT_DUE}:
            until = self.daily.vitals.token_until
            data = {
                "action": Plain("none"),
                "reason": done.text,
                "expires_at": None if until is None else iso(until),
            }
            return Result(data, [done.text])
        raise _not_now(done)

    def _where(self) -> str:
        from upstox_browser_login.store import open_store

        return open_store(self.settings).place

    # -- what the loop tells ----------------------------------------------------------------------

    def planned(self, action: Wait | Stop) -> None:
        """Say what is waited for."""
        from upstox_browser_login.daily.plan import Stop
        from upstox_browser_login.errors import with_upstox_code

        if self.wishes.once:
            return  # the error that ends the run says the same
        text = with_upstox_code(action.text, action.upstox_code)
        if isinstance(action, Stop):
            self.journal.line(text, label="error:")
            self.journal.line(action.hint, label="hint:")
        else:
            self.journal.line(text)

    def has_token(self, token: Token) -> None:
        """Keep the env file up to date."""
        from upstox_browser_login.errors import StoreError

        from .env_write import has_token, write_token

        if self.env_file is None:
            return
        plain = token.access_token.get_secret_value()
        try:
            # Looked at each time, since others may change the file or restore an older one.
            if not has_token(self.env_file, plain):
                write_token(self.journal, self.env_file, plain)
        except StoreError as error:
            if error.message != self._unwritten:
                self._unwritten = error.message
                self.journal.warning(
                    f"The token was not written to {self.env_file}: {error.message}"
                )
        else:
            self._unwritten = None

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        """Show the steps of the login as they are done."""
        from .progress import Plain as Steps

        self.journal.begin_anew()
        progress = Steps(self.journal)
        try:
            return login(progress=progress)
        except BaseException:
            progress.end(failed=True)
            raise

    def logged_in(self, result: LoginResult) -> str | None:
        """Say so, and run the user's own command."""
        from .after_login import after_login
        from .obtain import logged_in

        token = result.token
        if result.source == "login":
            self.journal.line(logged_in(token))
            if token.expires_at - token.issued_at < _SHORT_LIFE:
                self.journal.warning(
                    "This token dies at 03:30 IST, before the day's session. Log in after 03:30."
                )
        return after_login(self.call, self.settings, result)

    def failed(self, error: UpstoxError) -> None:
        """Say what went wrong, as every command says it."""
        self.call.program.complain(error)

    def warn(self, text: str) -> None:
        """Say it."""
        self.journal.warning(text)

    # -- what happens meanwhile --------------------------------------------------------------------

    def _wait(self, seconds: float) -> None:
        from upstox_browser_login.settings.deferred import forget_fetched

        if sys.platform == "win32":
            # On Windows Ctrl-C ends a sleep at once, but a wait for a queue only when that is over.
            time.sleep(seconds)
        else:
            with suppress(Empty):
                self._woken.get(timeout=seconds)
        # A PIN that a person has corrected counts at once: the old one must not be sent again.
        if self._reload:
            self._reload = False
            forget_fetched()
            self._read_settings_again()
        elif self._files.have_changed():
            self._read_settings_again(only_others=self._misread is None)
        elif self._misread is not None and self._is_to_try_again(self._misread):
            self._read_settings_again(last=self._misread)

    def _is_to_try_again(self, misread: _Misread) -> bool:
        """Whether it is time to read settings again that could not be used the last time.

        A pipe is not read again, which would wait for ever.
        """
        from upstox_browser_login.daily.plan import FIRST_PAUSE, LONGEST_PAUSE, growing

        waited = self.daily.clock.now() - misread.at
        pause = growing(FIRST_PAUSE, misread.times, LONGEST_PAUSE)
        return bool(self._files.paths) and not timedelta(0) <= waited < pause

    def _read_settings_again(
        self, *, only_others: bool = False, last: _Misread | None = None
    ) -> None:
        """Read the settings again; with `only_others`, say nothing where all are the same.

        `last`: how the last reading failed, where nothing has changed since.
        """
        from upstox_browser_login.errors import UpstoxError
        from upstox_browser_login.settings.current import Files

        # A new call, since this one has read its env file already.
        call = Call(self.call.program, self.call.env_file, self.call.profile, self.call.overrides)
        # Also where they cannot be read, so that each change is tried once.
        self._files = Files.of(self.call.env_source, self.call.overrides)
        try:
            with self.daily.trying_settings():
                self._files = Files.of(call.env_source, call.overrides)
                settings = settings_of(call)
                if only_others and settings.reads_as(self.settings):
                    return
                self.daily.use(settings, sender_of(call, settings))
        except UpstoxError as error:
            # Tried again later, since the store may answer then, or a command give its value.
            times = 1 if last is None else last.times + 1
            self._misread = _Misread(error.message, self.daily.clock.now(), times)
            if last is None or last.message != error.message:
                self.journal.warning(f"The settings stay as they were: {error.message}")
            return
        self._misread = None
        self.call, self.settings = call, settings
        self.journal.line("The settings were read again.")

    @contextmanager
    def _reloading_on_hangup(self) -> Iterator[None]:
        """Within the block SIGHUP means "read the settings again", as it does to services.

        In a terminal it still ends the program: there it says that the terminal is gone.
        """
        from .screen import is_terminal

        number = getattr(signal, "SIGHUP", None)
        main = threading.current_thread() is threading.main_thread()
        if number is None or not main or is_terminal(sys.stdin):
            yield
            return

        def handler(_number: int, _frame: object) -> None:
            self._reload = True
            self._woken.put(None)

        before = signal.signal(number, handler)
        try:
            yield
        finally:
            signal.signal(number, before)


def _not_now(done: Wait | Stop) -> UpstoxError:
    """The error of a run that did not log in although no token is valid."""
    from upstox_browser_login.daily.plan import Wait
    from upstox_browser_login.errors import LoginBlockedError, StoreError

    if not isinstance(done, Wait):
        if done.code in StoreError.codes:
            return StoreError(done.text, code=done.code, hint=done.hint)
        # A locked account is told as that; an error of another kind was told when it happened.
        code = done.code if done.code in LoginBlockedError.codes else "COOLING_DOWN"
        return LoginBlockedError(done.text, code=code, hint=done.hint, upstox_code=done.upstox_code)
    error = LoginBlockedError(
        done.text,
        code=done.code,
        hint=done.hint or "Run again then; `upstox-browser-login login` tries at once.",
        upstox_code=done.upstox_code,
    )
    error.until = done.until.timestamp()
    return error
