"""One run of the program, and one call of a command in it."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from .results import Result, envelope, envelope_of_usage, shown
from .screen import Screen, is_terminal

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.settings import EnvFile, Settings

    from .logs import Handler
    from .signals import Listener

BROKEN_PIPE = 141
"""The exit status when nobody reads stdout any more: 128 + SIGPIPE, as other programs have it."""


_GET_TOKENS = {
    "configure",
    "exchange",
    "generate-token",
    "login",
    "record",
    "refresh",
    "request-token",
    "token",
}
"""Commands that may have stored a token where what they print cannot be written."""

_NEED_NO_READER = {"refresh", "replica"}
"""Commands that run for what they do: pythonw, with which a task of Windows runs, has no stdout."""

_SETTING = re.compile(r"\bUPSTOX_([A-Z_]+)")
_QUOTED = re.compile(r"`(upstox-browser-login [^`]+)`")


class BrokenOutput(Exception):  # noqa: N818  (no error: the reader has had enough)
    """The reader of stdout has gone away."""


class Program(Struct):
    """What is known of this run: who is called, how it is to answer, what was answered."""

    screen: Screen
    stack: ExitStack
    """What is undone when the program ends."""

    listener: Listener
    command: str = ""
    json: bool = False
    debug: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
    """Options that were given, by the names of their settings: commands in hints need some."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Settings that were given as options, and what was typed for each."""

    printed: bool = False
    exit_code: int = 0
    _handler: Handler | None = None

    def __post_init__(self) -> None:
        """Let the screen adapt its messages to this command line."""
        self.screen.fitted = self.fitted

    def begin(self) -> None:
        """Make ready for a command. Not done for `--help`, which has nothing to hide."""
        from upstox_browser_login.redaction import install_log_redaction, redacted_excepthook

        from .limits import no_core_dumps
        from .logs import log_on

        install_log_redaction()
        self.stack.enter_context(redacted_excepthook())
        self.stack.enter_context(no_core_dumps())
        self._handler = self.stack.enter_context(log_on(self.screen))

    def tell_by(self, screen: Screen) -> None:
        """From now on, use `screen` for all that would go to stderr, log records included."""
        self.screen = screen
        screen.fitted = self.fitted
        if self._handler is not None:
            self._handler.screen = screen

    def show_debug(self) -> None:
        """From now on, show debug records."""
        self.debug = True
        if self._handler is not None:
            self._handler.show_debug()

    def end(self, result: Result) -> None:
        """Print the result of a command that has ended."""
        self.listener.end_is_told()
        self.print_result(result)

    def print_result(self, result: Result) -> None:
        """Put the one result on stdout, and remember the exit status that goes with it."""
        error = result.error
        self.exit_code = 0 if error is None else error.exit_code
        if self.json:
            self.print_object(self.exit_code, result.data, error)
        else:
            self.printed = True
            write("".join(f"{shown(line)}\n" for line in result.text))
        if error is not None and result.said and not self.json:
            self.screen.line(result.said, label="error:", colour="red")
        elif error is not None:
            self.complain(error)

    def print_object(
        self, exit_code: int, data: dict[str, Any] | None, error: UpstoxError | None
    ) -> None:
        """Print the JSON object; there is never a second one."""
        if not self.printed:
            self.print_value(
                envelope(
                    self.command, exit_code=exit_code, data=data, error=error, fitted=self.fitted
                )
            )

    def print_value(self, value: dict[str, Any]) -> None:
        """Print `value` as the JSON object of this run."""
        import json

        self.printed = True
        write(json.dumps(value, indent=2 if is_terminal(sys.stdout) else None) + "\n")

    def fail(self, error: UpstoxError, exit_code: int) -> None:
        """Tell of a failure without a result."""
        self.listener.end_is_told()
        self.exit_code = exit_code
        self.complain(error)
        if self.json:
            self.print_object(exit_code, None, error)

    def misused(self, exit_code: int, text: str, hint: str) -> None:
        """Tell of a command line that is at fault."""
        self.listener.end_is_told()
        self.exit_code = exit_code
        self.screen.line(text, label="error:", colour="red")
        self.screen.line(hint, label="hint:", colour="cyan")
        if self.json and not self.printed:
            hint = self.fitted(hint)
            self.print_value(envelope_of_usage(self.command, exit_code, text, hint))

    def fitted(self, text: str) -> str:
        """Adapt a message to this command line.

        Commands quoted in it get the options that chose account and places, as `--profile` does. A
        setting that was given as an option is called by that option's name.
        """
        parts = _QUOTED.split(text)
        parts[::2] = [
            _SETTING.sub(lambda found: self.typed.get(found[1].lower(), found[0]), each)
            for each in parts[::2]
        ]
        if any(each is not None for each in self.given.values()):
            from .quoted import with_options

            parts[1::2] = [with_options(each, self.given) for each in parts[1::2]]
        return "".join(each if place % 2 == 0 else f"`{each}`" for place, each in enumerate(parts))

    def complain(self, error: UpstoxError) -> None:
        """An error on stderr, in two or three lines."""
        from upstox_browser_login.errors import with_upstox_code

        text = with_upstox_code(error.message, error.upstox_code)
        self.screen.line(text, label="error:", colour="red")
        if error.hint:
            self.screen.line(error.hint, label="hint:", colour="cyan")
        if error.trace:
            self.screen.line(error.trace, label="evidence:", colour="cyan")


current: ContextVar[Program] = ContextVar("current")


class Call(Struct, frozen=True, dict=True):
    """What a command is told beside its own options."""

    program: Program
    env_file: Path | None
    profile: str | None
    overrides: dict[str, Any] = field(default_factory=dict)
    """Settings that were given as options."""

    @property
    def screen(self) -> Screen:
        """Where everything but the result goes."""
        return self.program.screen

    @cached_property
    def env_source(self) -> EnvFile:
        """The env file of this call, read once: it may be a pipe. Raises `ConfigurationError`."""
        from upstox_browser_login.settings import read_env_file

        return read_env_file(self.env_file, self.profile)

    def settings(self, **more: Any) -> Settings:
        """The settings, with the options on top. Raises `ConfigurationError`."""
        from upstox_browser_login.settings import Settings

        values = {**self.overrides, **more}
        settings = Settings(env_file=self.env_source, profile=self.profile, **values)
        self.heed_debug(settings)
        for warning in settings.loud_warnings():
            self.screen.warning(warning)
        return settings

    def heed_debug(self, settings: Settings) -> None:
        """Show debug records from now on if the settings ask for that."""
        if settings.debug and not self.program.debug:
            self.program.show_debug()

    def print(self, result: Result) -> None:
        """Print the result now; for commands that go on afterwards."""
        with self.program.listener.held():
            self.program.print_result(result)


def write(text: str) -> None:
    """Write to stdout and see that it has left. Raises `BrokenOutput`, or `UpstoxError`."""
    if sys.stdout is None:
        program = current.get(None)
        if not text or (program is not None and program.command in _NEED_NO_READER):
            return
        raise unwritten(OSError(errno.EBADF, os.strerror(errno.EBADF)))
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        forget_stdout()
        raise BrokenOutput from None
    except OSError as error:
        forget_stdout()
        raise unwritten(error) from None


def unwritten(error: OSError) -> UpstoxError:
    """The error of a result that could not be printed."""
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.files.refused import reason_of

    hint = "See that there is room where it goes."
    if error.errno == errno.EBADF:
        hint = "Let its stdout go somewhere, to /dev/null at least."
    program = current.get(None)
    if program is not None and program.command in _GET_TOKENS:
        hint += " If a token was got, it is stored, and `upstox-browser-login token` prints it."
    return UpstoxError(f"The output cannot be written: {reason_of(error)}.", hint=hint)


def forget_stdout() -> None:
    """Let Python's own last flush go nowhere, in place of a complaint at exit."""
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  (a device)
        os.dup2(nowhere.fileno(), number)
