"""Everything that goes to stderr: progress, warnings, errors. Always redacted."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from .signals import Interruption

_ANSI = {"red": "1;31", "yellow": "33", "green": "32", "cyan": "36", "dim": "2"}


NO_TEXT = "That cannot be read as text; type it again."
"""Said to bytes that the terminal's encoding does not have: from a stray key, or a wrong locale."""


def coloured(stream: object) -> bool:
    """Whether colours are welcome there: a terminal, and nobody has set NO_COLOR."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def is_terminal(stream: object) -> bool:
    """Whether `stream` is there, open, and a terminal."""
    with suppress(AttributeError, ValueError):
        return bool(stream.isatty())  # type: ignore[attr-defined]  # caught
    return False


def answer(question: str) -> str:
    """What a person types. Asked on stderr: stdout is for results. `EOFError` for no answer."""

    def read() -> str:
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        return sys.stdin.readline()

    line = text_of(read)
    if not line:
        sys.stderr.write("\n")
        raise EOFError
    return line.strip()


def text_of(read: Callable[[], str]) -> str:
    """What `read` asks for, which is asked again where it cannot be read as text.

    Ctrl-C in place of an answer ends the question's line, so that no error joins it. A terminal
    that is closed can neither be read nor be set back, and counts as the hang-up that it sends.
    """
    while True:
        try:
            return read()
        except UnicodeDecodeError:
            sys.stderr.write(f"{NO_TEXT}\n")
        except OSError as error:
            if error.errno != errno.EIO or os.name == "nt":
                raise
            raise Interruption(signal.SIGHUP) from None
        except Interruption:
            with suppress(OSError):
                sys.stderr.write("\n")
            raise


def paint(text: str, colour: str, *, on: bool) -> str:
    """`text` in a colour, or as it is."""
    return f"\x1b[{_ANSI[colour]}m{text}\x1b[0m" if on else text


class Screen:
    """stderr. A closed stderr is ignored, since no login should fail for that."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self.live: Callable[[str], None] | None = None
        """Where lines go instead while a live display has the terminal."""
        self.fitted: Callable[[str], str] = str
        """Puts a text into the words of the command line that was typed."""

    @property
    def colour(self) -> bool:
        """Whether lines may be coloured."""
        return coloured(sys.stderr)

    def line(self, text: str, *, label: str = "", colour: str = "dim", tail: str = "") -> None:
        """One line, `label` before it in a colour, `tail` after it. `text` may be anybody's."""
        from upstox_browser_login.printable import printable
        from upstox_browser_login.redaction import redactor

        text = redactor.redact(printable(self.fitted(text)))
        if label:
            text = f"{paint(label, colour, on=self.colour)} {text}"
        if tail:
            text = f"{text} {paint(tail, 'dim', on=self.colour)}"
        if self.live is not None:
            self.live(text)
            return
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(text + "\n")
            sys.stderr.flush()

    def warning(self, text: str) -> None:
        """A warning. The same one is not said twice: it may come by the log as well."""
        from upstox_browser_login.printable import one_line

        text = one_line(text)
        if text not in self._said:
            self.heard(text)
            self.line(text, label="warning:", colour="yellow")

    def heard(self, text: str) -> None:
        """Count a warning as said."""
        self._said.add(text)
