"""`refresh`: stays running and keeps a valid token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .call import Call
from .command import command
from .options import LOGIN, path_of
from .panels import DAILY
from .refresh_loop import Runner, settings_of
from .refresh_notices import told
from .results import Plain, Result
from .signals import Interruption
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.daily.plan import Wishes
    from upstox_browser_login.settings import Settings

    from .journal import Journal, LogFormat

_PANEL = "The daily login"


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
    Ctrl-C or SIGTERM ends it (status 0). It reads its settings again when
    the env file or another file of theirs has changed, and at SIGHUP, then
    also what a command or the keyring brings.

    With --once, for cron: nothing happens where a valid token is stored, nor
    before 03:30 India time or, where it is given, before --time.

    Example: upstox-browser-login refresh --trading-days --write .env
    """
    from upstox_browser_login.daily.plan import Wishes

    if once and health is not None:
        raise Misuse("it does not go with --once", param_hint="--health")
    wishes = Wishes(
        at=None if at is None else time.fromisoformat(at),
        trading_days=trading_days,
        exchange=exchange,
        once=once,
    )
    try:
        return _run(call, wishes, write, log_file, log_format, health=health)
    except Interruption as stop:
        if once:
            raise
        # The ordinary end of what stays running, also before it has got as far as its loop.
        call.screen.line(f"Stopped by {stop.what}.")
        return Result({"action": Plain("stopped"), "reason": Plain(stop.what)})


def _run(
    call: Call,
    wishes: Wishes,
    write: Path | None,
    log_file: Path | None,
    log_format: LogFormat,
    *,
    health: str | None,
) -> Result:
    """Do it: one run, or runs until a signal comes. Raises `Interruption`."""
    from upstox_browser_login.daily.plan import too_early

    with ExitStack() as stack:
        with told(call):
            # Before anything is fetched or sent: what only a person can mend ends the program.
            journal = stack.enter_context(_journal(call, log_format, log_file))
            settings = settings_of(call)
            env_file = _env_file(write)
            _refuse_unusable(settings, once=wishes.once)
            runner = Runner(call, journal, settings, wishes, env_file)
            if health is not None:
                stack.enter_context(_health(runner, health))
        if (warning := too_early(wishes)) is not None:
            journal.warning(warning)
        with told(call, unexpected=True):
            return runner.once() if wishes.once else runner.run()


def _refuse_unusable(settings: Settings, *, once: bool) -> None:
    """Raise `ConfigurationError` where only a person can correct a setting. Fetches nothing."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import NEEDED_FOR_LOGIN
    from upstox_browser_login.store import open_ledger_documents, open_store

    if settings.deferred("token_store") is None:
        store = open_store(settings)
        open_ledger_documents(settings)
        if once and store.kind == "memory":
            raise ConfigurationError(
                "Each run of --once would log in, since UPSTOX_TOKEN_STORE=memory keeps no token "
                "for the next one.",
                hint="Name another UPSTOX_TOKEN_STORE, or leave --once out.",
            )
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
    from .env_write import writable_file

    return None if write is None else writable_file(write, "--write")


@contextmanager
def _health(runner: Runner, listen: str) -> Iterator[None]:
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.extras import needing

    with needing("server", "--health"):
        from upstox_browser_login.daily import health
        from upstox_browser_login.phone.listener import Address
    address = Address.of(listen, "--health")
    if not address.is_local:
        runner.journal.warning(f"Other machines can reach {address}; nothing secret is told there.")
    with health.served(address, runner.daily.vitals, Clock()) as port:
        runner.journal.line(f"/livez, /readyz and /metrics are answered on port {port}.")
        yield
