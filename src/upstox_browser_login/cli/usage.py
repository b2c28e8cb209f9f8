"""What is said of a command line that cannot be understood: its words may be secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import typer


class Misuse(typer.BadParameter):
    """A command line that we refuse ourselves, in words in which none of its values is."""

    def __init__(
        self, message: str, *, param_hint: str | None = None, hint: str | None = None
    ) -> None:
        # As Typer writes the names of its own.
        super().__init__(message, param_hint=None if param_hint is None else f"'{param_hint}'")
        self.hint = hint


class PlainError(Misuse):
    """A fault that is told as it stands, without "Invalid value"."""

    def format_message(self) -> str:
        """The message alone."""
        return self.message


class UnaskedError(PlainError):
    """A question that nobody is there to answer."""

    def __init__(self, hint: str) -> None:
        super().__init__("There is no terminal to ask on.", hint=hint)


def unknown_option(error: typer.TyperException) -> str | None:
    """The option that a command does not have, None where the error is another one."""
    # The class is in no public module of Typer.
    return error.option_name if type(error).__name__ == "NoSuchOption" else None  # type: ignore[attr-defined]


def no_such_option(error: Any) -> str:
    """What is said of an option that a command does not have, and of those like it.

    Its name is repeated only where every word in it is of our own options and settings: a PIN or a
    seed may have been typed to it (`--pin482913`).
    """
    if _is_of_our_words(error.option_name):
        return str(error.format_message())
    alike = ", ".join(sorted(error.possibilities or ()))
    return f"There is no such option.{f' Did you mean {alike}?' if alike else ''}"


def _is_of_our_words(option: str) -> bool:
    # Imported for an error alone, since both take a tenth of a second.
    from upstox_browser_login.settings import Settings

    from .app import whole

    ours = {word for name in Settings.model_fields for word in name.split("_")}
    commands = [whole()]
    for each in commands:
        commands += getattr(each, "commands", {}).values()
        ours |= {
            word
            for param in each.params
            for name in (*param.opts, *param.secondary_opts)
            for word in name.lstrip("-").split("-")
        }
    return option.startswith("--") and {*option.removeprefix("--").split("-")} <= ours


def refuse_empty(text: str, param_hint: str | None = None) -> None:
    """Raise `Misuse` for a value without anything in it, as an unset shell variable leaves it."""
    if not text.strip():
        raise Misuse(
            "it must not be empty",
            param_hint=param_hint,
            hint="Give it a value. A shell variable that is not set is empty.",
        )


_OPTION = re.compile(r"--?[A-Za-z]+(-[A-Za-z]+)*")
_WHOLE = (
    # Messages that end with what was typed, and all that is said in their place.
    (r".*unexpected extra argument.*", "There is an argument too many."),
    (r"No such command .*?(\.( Did you mean [^?]*\?)?)?", r"There is no such command.\2"),
)
_NAMED = re.compile(r"Invalid value for '[^']*': ")
"""How a message begins that is about an option or an argument."""

_SAID = (
    # Words that Typer repeats, and what is said in their place.
    (r"^Value error, ", ""),
    (r"^\S+ is not in the range", "it is not in the range"),
    (r"^Input should be", "it must be"),
    (r", unable to parse string as an? \w+", ""),
)
_CHOICES = " is not one of "
_SHORT = 4
"""Letters: fewer than these are looked for between quotes only, or they would be anywhere."""


def without_values(text: str, argv: Sequence[str], path: str) -> str:
    """Typer's `text` without the values of `argv`. Names of commands, options and choices stay."""
    for pattern, said in _WHOLE:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found is not None:
            return found.expand(said)
    named = _NAMED.match(text)
    begin = "" if named is None else named[0]
    text = text.removeprefix(begin)
    for pattern, said in _SAID:
        text = re.sub(pattern, said, text, flags=re.DOTALL)
    text, choices, names = text.rpartition(_CHOICES) if _CHOICES in text else (text, "", "")
    for value in sorted(_values(argv) - {*path.split()}, key=len, reverse=True):
        for quoted in (repr(value), f"'{value}'", f'"{value}"'):
            text = text.replace(quoted, "it")
        if len(value) >= _SHORT:
            text = re.sub(rf"(?<![\w-]){re.escape(value)}(?![\w-])", "[redacted]", text)
    return f"{begin}{text}{choices}{names}"


def _values(argv: Iterable[str]) -> set[str]:
    """Everything that may be a value: all words but options, and what stands behind a "="."""
    found = set()
    for word in argv:
        name, _, value = word.partition("=")
        found |= {value} if _OPTION.fullmatch(name) else {word, value}
    return found - {""}
