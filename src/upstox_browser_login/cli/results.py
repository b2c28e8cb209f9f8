"""What a command hands to the printer: data for programs, lines for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError

VERSION = 1
"""The version of the JSON object. Keys may be added to it, none is renamed."""


class Plain(str):
    """A text that is printed as it is: the token that was asked for, a time or a word of our own.

    All other text passes through the redactor on its way out.
    """

    __slots__ = ()


_LONG = 10
"""Digits of a mobile number."""


class Theirs(dict[str, Any]):
    """An object that Upstox has sent, whose keys are not ours: they are redacted as well."""


class Result(Struct, frozen=True):
    """`data` for `--format json`, `text` line by line for people.

    `error` is set if the command fails and has a result as well, as `status` without a valid token.
    """

    data: dict[str, Any]
    text: Sequence[str] = ()
    error: UpstoxError | None = None
    said: str = ""
    """What stderr says of the error where `text` has its message and hint already."""


def iso(moment: datetime) -> Plain:
    """A time as the JSON has it: ISO 8601, whole seconds, in India, where Upstox's day ends."""
    from upstox_browser_login.token import IST

    return Plain(moment.astimezone(IST).isoformat(timespec="seconds"))


def word(text: str | None) -> Plain | None:
    """A word of a vocabulary of ours, which stays although a password may be the same word."""
    return None if text is None else Plain(text)


def redacted(value: Any, *, theirs: bool = False) -> Any:
    """A JSON-like value with the known secrets taken out of its texts.

    Numbers are ours (durations, exit statuses) or money, and stay: a PIN is no number here. Keys
    are ours too, unless they are of `Theirs`: programs look for them. A number of theirs that has
    as many digits as a mobile number may be one.
    """
    from upstox_browser_login.redaction import redactor

    if isinstance(value, Plain):
        return str(value)
    if isinstance(value, str):
        return redactor.redact(value)
    if isinstance(value, dict):
        theirs = theirs or isinstance(value, Theirs)
        return {
            redactor.redact(str(key)) if theirs else str(key): redacted(each, theirs=theirs)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [redacted(each, theirs=theirs) for each in value]
    if theirs and type(value) is int and len(str(value)) >= _LONG:
        return redactor.redact(str(value)) if redactor.knows(str(value)) else value
    return value


def shown(line: str) -> str:
    """A line of a result as it goes to a terminal: redacted, and nothing in it is obeyed there.

    In JSON such characters are escaped, so that what Upstox said stays exact.
    """
    from upstox_browser_login.printable import printable

    return str(line) if isinstance(line, Plain) else str(redacted(printable(line)))


def envelope(
    command: str,
    *,
    exit_code: int,
    data: dict[str, Any] | None,
    error: UpstoxError | None,
    fitted: Callable[[str], str] = str,
) -> dict[str, Any]:
    """The one JSON object that a command prints, what it says to people `fitted` to the call."""
    return {
        "version": VERSION,
        "command": command,
        "ok": exit_code == 0,
        "exit_code": exit_code,
        "data": redacted(data),
        "error": None if error is None else redacted(_error(error, fitted)),
    }


def envelope_of_usage(command: str, exit_code: int, message: str, hint: str) -> dict[str, Any]:
    """The JSON object for a command line that could not be understood."""
    value = envelope(command, exit_code=exit_code, data=None, error=None)
    value["error"] = redacted(
        {
            "code": Plain("USAGE"),
            "message": message,
            "hint": hint,
            "step": None,
            "upstox_code": None,
            "trace": None,
        }
    )
    return value


def _error(error: UpstoxError, fitted: Callable[[str], str]) -> dict[str, Any]:
    return {
        "code": Plain(error.code),
        "message": fitted(error.message),
        "hint": fitted(error.hint),
        "step": word(error.step),
        "upstox_code": error.upstox_code,
        "trace": error.trace,
    }
