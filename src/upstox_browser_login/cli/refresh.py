"""`refresh`: stays running and keeps a valid token."""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from msgspec import Struct

from .call import Call
from .command import command
from .options import LOGIN, path_of
from .panels import DAILY
from .results import Plain, Result, iso
from .signals import Interruption
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.daily.loop import Daily
    from upstox_browser_login.daily.notices import Sender
    from upstox_browser_login.daily.plan import Stop, Wait
    from upstox_browser_login.daily.record import Notice
    from upstox_browser_login.daily.trouble import Trouble
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.session import LoginResult
    from upstox_browser_login.settings import EnvFile, Settings
    from upstox_browser_login.token import Token

    from .journal import Journal, LogFormat

log = logging.getLogger(__name__)

_PANEL = "The daily login"

_SHORT_LIFE = timedelta(hours=3, minutes=30)
"""The longest life of a token that was got in a night, before 03:30."""


def _time(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise Misuse("write it as HH:MM, in India time")
    return text


@command("refresh", panel=DAILY, settings=LOGIN)
def refresh(
    call: Call,
    *,
    at: Annotated[
        str | None,
        typer.Option(
            "--time",
            metavar="HH:MM",
            help="When to log in, India time wherever this machine is; normally within ten "
            "minutes from 03:35, always the same for an account.",
            callback=_time,
            rich_help_panel=_PANEL,
        ),
    ] = None,
    trading_days: Annotated[
        bool,
        typer.Option(
            "--trading-days",
            help="Log in only on days on which the exchange is open, by Upstox's own list.",
            rich_help_panel=_PANEL,
        ),
    ] = False,
    exchange: Annotated[
        Literal["NSE", "BSE", "MCX"],
        typer.Option(
            "--exchange",
            help="Whose hours and holidays count.",
            rich_help_panel=_PANEL,
        ),
    ] = "NSE",
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help="Do what one scheduled run would do, and end; for cron.",
            rich_help_panel=_PANEL,
        ),
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="PATH",
            parser=path_of,
            help="Keep access_token=… in this env file up to date.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    log_file: Annotated[
        Path | None,
        typer.Option(
            "--log-file",
            metavar="PATH",
            parser=path_of,
            help="Write what is told to this file as well; five older ones are kept.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    log_format: Annotated[
        Literal["text", "json"],
        typer.Option(
            "--log-format",
            help="Of what is told on stderr and in the log file: lines of text, or of JSON.",
            rich_help_panel=_PANEL,
        ),
    ] = "text",
    health: Annotated[
        str | None,
        typer.Option(
            "--health",
            metavar="HOST:PORT",
            help="Answer /livez, /readyz and /metrics there; needs the extra server.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
) -> Result:
    """Stay running, and log in once a day so that the token is valid.

    A failure that may pass is tried again until the exchange closes, one that
    may not is not. Every hour Upstox is asked whether the token still lives.
    Ctrl-C or SIGTERM ends it (status 0), SIGHUP lets it read its settings
    again; Windows has no SIGHUP, so start it anew there.

    With --once, for cron: nothing happens where a valid token is stored.

    Example: upstox-browser-login refresh --trading-days --write .env
    """
    from upstox_browser_login.daily.plan import Wishes, too_early

    if once and health is not None:
        raise Misuse("it does not go with --once", param_hint="--health")
    wishes = Wishes(
        at=None if at is None else time.fromisoformat(at),
        trading_days=trading_days,
        exchange=exchange,
        once=once,
    )
    with ExitStack() as stack:
        with _told(call):
            # Before anything is fetched or sent: what only a person can mend ends the program.
            journal = stack.enter_context(_journal(call, log_format, log_file))
            settings = _settings(call)
            env_file = _env_file(write)
            _refuse_unusable(settings, once=once)
            runner = _Runner(call, journal, settings, wishes, env_file)
            if health is not None:
                stack.enter_context(_health(runner, health))
        if (warning := too_early(wishes)) is not None:
            journal.warning(warning)
        with _told(call, unexpected=True):
            return runner.once() if once else runner.run()


@contextmanager
def _told(call: Call, *, unexpected: bool = False) -> Iterator[None]:
    """Send a notice of an error that ends the program within the block, if notices are set up.

    `unexpected`: only of an error that is no `UpstoxError`, since the loop sends notices of those.
    """
    from upstox_browser_login.daily.trouble import CANNOT_BEGIN, HAS_ENDED
    from upstox_browser_login.errors import UpstoxError

    try:
        yield
    except UpstoxError as error:
        if not unexpected:
            _tell(call, error, CANNOT_BEGIN)
        raise
    except typer.TyperException:
        raise
    except Exception as error:
        kind = type(error).__name__
        _tell(
            call, UpstoxError(f"refresh has ended by an error in the program: {kind}."), HAS_ENDED
        )
        raise


def _tell(call: Call, error: UpstoxError, title: str) -> None:
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import EnvFile, as_far_as_valid

    try:
        env_file = call.env_source
    except ConfigurationError:
        # The addresses for notices may be set in the environment.
        env_file = EnvFile((call.env_file or Path(".env")).absolute(), chosen=False)
    settings = as_far_as_valid(env_file=env_file, profile=call.profile, **call.overrides)
    try:
        sender = _sender(call, settings)
    except ConfigurationError:
        return
    if sender is None:
        return  # without an address for notices nothing need be remembered
    trouble = _trouble(settings, call.profile, env_file)
    trouble.met(error, title)
    trouble.deliver(sender.send)


def _settings(call: Call) -> Settings:
    """The settings. Raises `ConfigurationError` also for those that a login alone would not use."""
    from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

    settings = call.settings()
    settings.refuse_unusable(*NOT_FOR_A_LOGIN)
    return settings


def _trouble(settings: Settings, profile: str | None, env_file: EnvFile) -> Trouble:
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.daily.record import Records
    from upstox_browser_login.daily.trouble import Trouble

    return Trouble(Records.of_source(settings.state_dir, profile, env_file.path), Clock().time)


def _refuse_unusable(settings: Settings, *, once: bool) -> None:
    """Raise `ConfigurationError` where only a person can correct a setting. Fetches nothing."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import NEEDED_FOR_LOGIN
    from upstox_browser_login.store import open_ledger_documents, open_store

    if settings.deferred("token_store") is None:
        open_store(settings)
        open_ledger_documents(settings)
    if once:
        return  # where a valid token is stored, a login's settings are not needed
    settings.refuse_missing(*NEEDED_FOR_LOGIN)
    for name in NEEDED_FOR_LOGIN:
        deferred = settings.deferred(name)
        if deferred is not None and (problem := deferred.problem()) is not None:
            raise ConfigurationError(f"{problem}.")


@contextmanager
def _journal(call: Call, form: LogFormat, file: Path | None) -> Iterator[Journal]:
    """Within the block everything that is told goes to stderr with its time, and to the file."""
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.files.refused import reason_of, unwritable

    from .env_write import place_of
    from .journal import Journal

    path = None if file is None else place_of(file, "--log-file")
    try:
        journal = Journal(form, path, now=Clock().now)
    except OSError as error:
        hint = "Name a file of --log-file in a folder that this user may write to."
        raise unwritable(path, reason_of(error), hint) from None
    call.program.tell_by(journal)
    # The program tells its last error when this block has ended.
    call.program.stack.callback(journal.close)
    yield journal


def _env_file(write: Path | None) -> Path | None:
    from .env_write import writable_env_file

    return None if write is None else writable_env_file(write)


def _sender(call: Call, settings: Settings) -> Sender | None:
    """What delivers notices, None without addresses. Raises `ConfigurationError` for wrong ones."""
    if not settings.is_set("notify_urls"):
        return None
    if any(settings.deferred(name) is not None for name in ("notify_urls", "proxy")):
        return _FittingSender(call, _FetchingSender(settings))
    return _FittingSender(call, _apprise(settings))


class _FittingSender(Struct, frozen=True):
    """Adds the profile to a notice, and this command's options to the commands quoted in it.

    A notice is read on a phone, where nothing else tells which of several accounts it is about.
    """

    call: Call
    sender: Sender

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""
        whose = "" if self.call.profile is None else f", profile {self.call.profile}"
        told = {
            "title": f"{notice.title}{whose}",
            "body": self.call.program.fitted(notice.body),
        }
        return self.sender.send(notice.model_copy(update=told))


def _apprise(settings: Settings) -> Sender:
    from upstox_browser_login.daily.notices import AppriseSender

    proxy = None if settings.proxy is None else settings.proxy.get_secret_value()
    return AppriseSender(settings.secret("notify_urls"), proxy)


class _FetchingSender(Struct, frozen=True):
    """Fetches the addresses for notices when there is a notice, and again after a failure."""

    settings: Settings

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""
        from upstox_browser_login.errors import ConfigurationError

        try:
            return _apprise(self.settings).send(notice)
        except ConfigurationError as error:
            log.warning("A notice is not sent: %s", error.message)
            return False


@contextmanager
def _health(runner: _Runner, listen: str) -> Iterator[None]:
    from upstox_browser_login.clock import Clock

    from .serving import needing_server

    with needing_server("--health"):
        from upstox_browser_login.daily import health
        from upstox_browser_login.phone.listener import Address
    address = Address.of(listen, "--health")
    if not address.is_local:
        runner.journal.warning(f"Other machines can reach {address}; nothing secret is told there.")
    with health.served(address, runner.daily.vitals, Clock()) as port:
        runner.journal.line(f"/livez, /readyz and /metrics are answered on port {port}.")
        yield


@dataclass
class _Runner:
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

        # Not a `threading.Event`: a signal handler that interrupts its owner would wait for its
        # lock for ever. A `SimpleQueue` may be put into at any moment.
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._reload = False
        self._written: str | None = None
        self.daily = Daily(
            self.settings,
            self.wishes,
            audience=self,
            wait=self._wait,
            trouble=_trouble(self.settings, self.call.profile, self.call.env_source),
            sender=_sender(self.call, self.settings),
            supervisor=Supervisor.of(os.environ),
        )

    def run(self) -> Result:
        """Until a signal; that is the ordinary end, so the exit status is 0."""
        try:
            with self._reloading_on_hangup():
                self.daily.run()
        except Interruption as stop:
            self.daily.supervisor.stopping()
            self.journal.line(f"Stopped by {stop.what}.")
            return Result({"action": Plain("stopped"), "reason": Plain(stop.what)})

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
        if isinstance(done, Wait) and done.why in {Why.VALID, Why.CLOSED}:
            until = self.daily.vitals.token_until
            data = {
                "action": Plain("none"),
                "reason": done.text,
                "expires_at": None if until is None else iso(until),
            }
            return Result(data, [done.text])
        raise _not_now(done)

    def _where(self) -> str:
        from upstox_browser_login.store import open_store, token_key

        return open_store(self.settings).where(token_key(self.settings))

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

        from .env_write import write_token

        plain = token.access_token.get_secret_value()
        if self.env_file is None or plain == self._written:
            return
        try:
            write_token(self.journal, self.env_file, plain)
        except StoreError as error:
            self.journal.warning(f"The token was not written to {self.env_file}: {error.message}")
        else:
            self._written = plain

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
        with suppress(Empty):
            self._woken.get(timeout=seconds)
        if self._reload:
            self._reload = False
            self._read_settings_again()

    def _read_settings_again(self) -> None:
        from upstox_browser_login.errors import UpstoxError
        from upstox_browser_login.settings.deferred import forget_fetched

        forget_fetched()
        # A new call, since this one has read its env file already.
        call = Call(self.call.program, self.call.env_file, self.call.profile, self.call.overrides)
        try:
            with self.daily.trying_settings():
                settings = _settings(call)
                self.daily.use(settings, _sender(call, settings))
        except UpstoxError as error:
            self.journal.warning(f"The settings stay as they were: {error.message}")
            return
        self.call, self.settings = call, settings
        self.journal.line("The settings were read again.")

    @contextmanager
    def _reloading_on_hangup(self) -> Iterator[None]:
        """Within the block SIGHUP means "read the settings again", as it does to services.

        In a terminal it still ends the program: there it says that the terminal is gone.
        """
        import sys

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
        code="COOLING_DOWN",
        hint="Run again then; `upstox-browser-login login` tries at once.",
        upstox_code=done.upstox_code,
    )
    error.until = done.until.timestamp()
    return error
