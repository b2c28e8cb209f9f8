"""Regular expressions that do not tell capitals from small letters.

A login searches the same few texts for a hundred of them at each look. Python takes longest to
compile them, and twice as long if the expression itself ignores case. So patterns and texts are
made small here, a pattern is compiled at its first use, and what was found in a text is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from unicodedata import normalize

from .kept import compiled

_CAPITALS = re.compile(r"(?<!\\)(?!P<)[A-Z]+")
"""Capitals, but for those that mean something to `re`: `\\W`, `(?P<name>)`."""

_REMEMBERED = 128
"""Texts that are remembered: a page has some fifty at a time."""
_LONG = 1000
"""Characters: longer texts are not remembered, since a whole page is seldom the same twice."""


_APOSTROPHES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u2032\uff07\ufffd`", "'")
)


def _composed(text: str) -> str:
    """The text with one spelling of each letter: some scripts have letters that are two signs."""
    return text if text.isascii() else normalize("NFC", text)


def _small(text: str) -> str:
    """The text in small letters, with one kind of apostrophe and one spelling of each letter."""
    return _composed(text).lower().translate(_APOSTROPHES)


class Pattern:
    """A regular expression that ignores case and the kind of apostrophe. `pattern` is its text."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._remembered = lru_cache(_REMEMBERED)(self._found)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return compiled(_CAPITALS.sub(lambda match: match[0].lower(), _composed(self.pattern)))

    def _found(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(_small(text))

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in `text` that it fits, in small letters."""
        return self._found(text) if len(text) > _LONG else self._remembered(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As `search`, at the beginning of `text` only."""
        return self._compiled.match(_small(text))

    def without(self, text: str) -> str:
        """The text in small letters, without the places that it fits."""
        return self._left(text) if len(text) > _LONG else self._without(text)

    @cached_property
    def _without(self) -> Callable[[str], str]:
        return lru_cache(_REMEMBERED)(self._left)  # few patterns leave anything out

    def _left(self, text: str) -> str:
        return self._compiled.sub(" ", _small(text))


def any_of(*patterns: str) -> Pattern:
    """A pattern that fits where one of these does."""
    return Pattern("|".join(patterns))


@lru_cache(maxsize=1024)
def with_spaces(name: str) -> str:
    """An id in words: `mobileNum` and `mobile-num` become `mobile num`."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name)).strip().lower()
