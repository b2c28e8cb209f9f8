"""Questions to a person at a terminal. All are asked on stderr: stdout is for results."""

from __future__ import annotations

import sys
from getpass import getpass

from .screen import answer, is_terminal, text_of
from .usage import UnaskedError


def somebody_is_there() -> bool:
    """Whether questions can be asked, and read."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def require_somebody(hint: str) -> None:
    """Raise `UnaskedError` where no questions can be asked; `hint` says what to do instead."""
    if not somebody_is_there():
        raise UnaskedError(hint)


def hidden(question: str) -> str:
    """What a person types without its being shown. `EOFError` for no answer."""
    return text_of(lambda: getpass(f"{question} ", stream=sys.stderr)).strip()


def agreed(question: str, *, default: bool) -> bool:
    """Whether a person agrees; Enter alone is `default`. `EOFError` for no answer."""
    while True:
        said = answer(f"{question} [{'Y/n' if default else 'y/N'}]").lower()
        if said in {"", "y", "yes", "n", "no"}:
            return default if not said else said.startswith("y")
