"""Where a sentence of a page ends."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=[.!?।])\s+|[|\n]")


def sentences_in(text: str) -> list[str]:
    """The sentences of a text. A dot without a space after it, as in "12.11", ends none."""
    return _BETWEEN.split(text)
