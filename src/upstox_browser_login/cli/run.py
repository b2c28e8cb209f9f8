"""The one place where errors become exit statuses, lines on stderr, and JSON."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .call import (
    BROKEN_PIPE,
    BrokenOutput,
    Program,
    current,
    forget_stdout,
    unwritten,
    write,
)
from .screen import Screen
from .signals import Interruption, Listener
from .usage import Misuse, no_such_option, unknown_option, without_values

if TYPE_CHECKING:
    from upstox_browser_login.errors import Step, UpstoxError

NAME = "upstox-browser-login"
UNEXPECTED_CHARACTERS = 500


def main(argv: Sequence[str], listener: Listener | None = None) -> int:
    """Run one command line; returns the exit status.

    Nothing is raised but `Interruption`, as long as nothing was told of it.
    """
    with ExitStack() as stack:
        program = Program(Screen(), stack, listener or Listener(), json=_wants_json(argv))
        token = current.set(program)
        stack.callback(current.reset, token)
        return _told(program, argv)


def _told(program: Program, argv: Sequence[str]) -> int:
    """Run and print, also where that goes wrong in the middle of it."""
    _forgiving_stdout()
    try:
        return _stoppable(program, argv)
    except BrokenOutput:
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  (as below)
        program.printed = True
        told, failed = program.exit_code, _fail(program, error)
        return told or failed


def stopped(argv: Sequence[str], number: int) -> int:
    """Tell of a signal that came before the command line was read; returns the exit status."""
    with ExitStack() as stack:
        program = Program(Screen(), stack, Listener(), json=_wants_json(argv))
        try:
            return _stopped(program, argv, Interruption(number))
        except BrokenOutput:
            return BROKEN_PIPE


def _stoppable(program: Program, argv: Sequence[str]) -> int:
    """Run, and tell of a signal that came before the end was told."""
    try:
        return _printed(program, argv)
    except Interruption as stop:
        return _stopped(program, argv, stop)


def _stopped(program: Program, argv: Sequence[str], stop: Interruption) -> int:
    if program.printed:
        # The command went on after its result, so the exit status of that result stands.
        program.screen.line(f"Stopped by {stop.what}.")
        return program.exit_code
    program.command = program.command or _named(argv)
    told = f"Stopped by {stop.what}."
    hint = " ".join(filter(None, (_SENT.get(stop.sent), stop.hint)))
    return _interrupted(program, told, stop.exit_code, step=stop.step, hint=hint)


def _printed(program: Program, argv: Sequence[str]) -> int:
    """Run, and print whatever goes wrong."""
    try:
        return _run(program, argv)
    except typer.TyperException as error:
        return _usage(program, error, argv)
    except typer.Abort:
        # The end of input where an answer was asked for.
        return _interrupted(program, "No answer was given.", 130)
    except BrokenOutput:
        raise
    except Exception as error:  # noqa: BLE001  (everything ends as one line and a status)
        return _fail(program, error)


def _named(argv: Sequence[str]) -> str:
    """The command that a command line names, where nobody has read it yet.

    Only what looks like a command's name: anything else may have been meant for another place.
    """
    return argv[0] if argv and re.fullmatch(r"[a-z]+(-[a-z]+)*", argv[0]) else ""


def _without_plugins() -> None:
    """Let pydantic load no plugin: one would see the PIN as it is checked, and the search is slow.

    Its own switch is a variable of the environment, which the programs that we run would inherit.
    """
    with suppress(ImportError):
        loader: Any = import_module("pydantic.plugin._loader")
        if hasattr(loader, "_plugins"):
            loader._plugins = {}  # noqa: SLF001


def _run(program: Program, argv: Sequence[str]) -> int:
    if argv and not argv[0].startswith("-"):
        _without_plugins()
    try:
        status = _application(argv).main(args=list(argv), prog_name=NAME, standalone_mode=False)
    except SystemExit as end:
        if end.code:
            # Typer's own, where nobody reads its help any more.
            raise BrokenOutput from None
        status = 0  # Typer ends so after completion was shown or installed
    program.listener.end_is_told()
    with suppress(AttributeError):  # no stdout at all
        sys.stdout.flush()
    return program.exit_code or (status if isinstance(status, int) else 0)


_BY_ITSELF = {"login": "login", "generate-token": "login", "token": "token", "exec": "exec_"}
"""Commands that are run often, and their files."""


def _application(argv: Sequence[str]) -> Any:
    """The program, or as much of it as this command line needs: all takes a tenth of a second."""
    file = _BY_ITSELF.get(argv[0]) if argv else None
    if file is None or f"{__package__}.app" in sys.modules:
        from .app import whole

        return whole()
    from .root import root

    import_module(f".{file}", __package__)
    return typer.main.get_command(root)


_SENT: dict[Step | None, str] = {
    "totp": "A TOTP code may have been sent. It is not used again: the next login waits for a new "
    "one.",
    "pin": "The PIN may have been sent, and that is on record. Run `upstox-browser-login status`: "
    "it says whether a login may be tried.",
}
"""What to do after a login that was stopped when it may have sent this."""


def _interrupted(
    program: Program,
    message: str,
    exit_code: int,
    *,
    step: Step | None = None,
    hint: str = "",
) -> int:
    from upstox_browser_login.errors import InterruptedLoginError

    error = InterruptedLoginError(message, step=step, hint=hint or None)
    program.fail(error, exit_code)
    return exit_code


def _fail(program: Program, raised: Exception) -> int:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.redaction import redacted_traceback, redactor

    if isinstance(raised, UpstoxError):
        error = raised
    elif isinstance(raised, OSError) and not program.command:
        # No command has begun: it was Typer who could not print its help.
        forget_stdout()
        error = unwritten(raised)
    else:
        error = _unexpected(raised)
        error.__cause__ = raised
    if program.debug and (error.code == "UNEXPECTED" or error.__cause__ is not None):
        program.screen.line(redacted_traceback(type(error), error, error.__traceback__))
    elif error.__cause__ is not None:
        redactor.error(error.__cause__)
    program.fail(error, error.exit_code)
    return error.exit_code


def _unexpected(raised: Exception) -> UpstoxError:
    """The error of what nobody has made an error of: the system's own words where it refused."""
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.files.paths import in_full
    from upstox_browser_login.redaction import beginning

    if isinstance(raised, OSError) and raised.strerror and isinstance(raised.filename, str):
        return UpstoxError(
            f"{in_full(Path(raised.filename))}: {raised.strerror}.",
            hint="See that this user may read and write it, and that its disk has room.",
        )
    return UpstoxError(beginning(f"{type(raised).__name__}: {raised}", UNEXPECTED_CHARACTERS))


def _usage(program: Program, error: typer.TyperException, argv: Sequence[str]) -> int:
    """A command line that cannot be understood."""
    program.listener.end_is_told()
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", NAME)
    text = error.format_message()
    if not text or type(error).__name__ == "NoArgsIsHelpError":
        # A command that was called without anything: its help has been printed.
        if text:
            write(f"{text}\n")
        return error.exit_code
    program.command = program.command or path.removeprefix(NAME).strip()
    hint = None
    if isinstance(error, Misuse):
        hint = error.hint
    elif unknown_option(error):
        text = no_such_option(error)
    else:
        text = without_values(text, argv, path)
    hint = hint or f"Run `{path} --help`."
    if unknown_option(error) and hasattr(getattr(context, "command", None), "commands"):
        hint = f"Options stand behind the command's name. {hint}"
    program.misused(error.exit_code, text, hint)
    return error.exit_code


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether JSON was asked for, as far as one can tell without understanding the rest."""
    words = [*argv]
    if "--" in words:
        del words[words.index("--") :]
    return "--format=json" in words or ("--format", "json") in pairwise(words)


def _forgiving_stdout() -> None:
    """Escape letters that stdout's encoding does not have, in place of an error."""
    with suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # caught
