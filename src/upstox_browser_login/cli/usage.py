"""What is said of a command line that cannot be understood: its words may be secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_OPTION = re.compile(r"--?[A-Za-z]+(-[A-Za-z]+)*")
_SAID = (
    # Words that Typer repeats, and what is said in their place.
    (r"(unexpected extra argument)\S* .*", r"\1."),
    (r"No such command .*?(\.( Did you mean [^?]*\?)?)?$", r"There is no such command.\2"),
    (r"No such option: -[^-].*", "There is no such option."),
    (r"(: )Value error, ", r"\1"),
    (r"(: )\S+ is not in the range", r"\1it is not in the range"),
    (r"(: )Input should be", r"\1it must be"),
    (r", unable to parse string as an? \w+", ""),
)
_CHOICES = " is not one of "
_SHORT = 4
"""Letters: fewer than these are looked for between quotes only, or they would be anywhere."""


def without_values(text: str, argv: Sequence[str], path: str) -> str:
    """Typer's `text` without the values of `argv`. Names of commands, options and choices stay."""
    for pattern, said in _SAID:
        text = re.sub(pattern, said, text, flags=re.DOTALL)
    text, choices, names = text.rpartition(_CHOICES) if _CHOICES in text else (text, "", "")
    for value in sorted(_values(argv) - {*path.split()}, key=len, reverse=True):
        for quoted in (repr(value), f"'{value}'", f'"{value}"'):
            text = text.replace(quoted, "it")
        if len(value) >= _SHORT:
            text = re.sub(rf"(?<![\w-]){re.escape(value)}(?![\w-])", "[redacted]", text)
    return f"{text}{choices}{names}"


def _values(argv: Iterable[str]) -> set[str]:
    """Everything that may be a value: all words but options, and what stands behind a "="."""
    found = set()
    for word in argv:
        name, _, value = word.partition("=")
        found |= {value} if _OPTION.fullmatch(name) else {word, value}
    return found - {""}
