"""Patterns of words, upper and lower case alike.

A login seeks a hundred of them in the same few texts, look after look, and for Python it is the
compiling that takes time: twice as much where the pattern itself is to ignore case. So patterns
and texts are made small here, a pattern is compiled when it is first sought, and what was found in
a text is remembered.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

_CAPITALS = re.compile(r"(?<!\\)(?!P<)[A-Z]+")
"""Not the capitals that mean something to `re`: `\\W`, `(?P<name>)`."""

_REMEMBERED = 128
"""Texts: a page has some fifty at a time."""
_LONG = 1000
"""Characters of a text that is not remembered: all of a page is seldom the same twice."""


class Pattern:
    """A regular expression, upper and lower case alike. `pattern` is its text."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._remembered = lru_cache(_REMEMBERED)(self._found)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_CAPITALS.sub(lambda match: match[0].lower(), self.pattern))

    def _found(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text.lower())

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in `text` that it fits, in small letters."""
        return self._found(text) if len(text) > _LONG else self._remembered(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As `search`, at the beginning of `text` only."""
        return self._compiled.match(text.lower())

    def without(self, text: str) -> str:
        """The text in small letters, without the places that it fits."""
        return self._compiled.sub(" ", text.lower())


def any_of(*patterns: str) -> Pattern:
    """A pattern that fits where one of these does."""
    return Pattern("|".join(patterns))
