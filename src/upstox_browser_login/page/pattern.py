"""Patterns of words that are compiled when they are first sought.

To compile all of the tables takes Python longer than a step of the login, and a login that goes
well seeks only half of them.
"""

from __future__ import annotations

import re
from functools import cached_property


class Pattern:
    """A regular expression, upper and lower case alike. `pattern` is its text."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in `text` that it fits."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As `search`, at the beginning of `text` only."""
        return self._compiled.match(text)

    def without(self, text: str) -> str:
        """The text without the places that it fits."""
        return self._compiled.sub(" ", text)
