"""How many values a JSON text may have, since scrubbing takes time for each of them.

A body of a few megabytes may have a million values, which would take half a minute.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

MOST_VALUES = 20_000
"""In one body; no answer of a login has a tenth of that. All of them take a second at the most."""

_LONGEST_FORM = 65_536
_BEGINS_A_FORM = re.compile(r"[\w.$-]+=")

MOST_TEXT = 1_000_000
"""Characters of one text. No page of a login has a tenth of that, and nothing stops the search of a
text: where it is all digits, two million take seconds."""

LEFT_OUT = "[left out: it has too many values to be looked through]"
"""What stands in the place of such a body."""

TOO_LONG = "[left out: it is too long to be looked through]"
"""What stands in the place of such a text."""


def without_long_texts(data: Any) -> Any:
    """These values, with a few words in place of each text that is too long."""
    if isinstance(data, str):
        return data if len(data) <= MOST_TEXT else TOO_LONG
    if isinstance(data, dict):
        # Two names may become one, but what has such names is no trace.
        return {without_long_texts(name): without_long_texts(each) for name, each in data.items()}
    if isinstance(data, list):
        return [without_long_texts(each) for each in data]
    return data


def count_values(data: Any, most: int = MOST_VALUES) -> int:
    """How many values are in `data`, also in texts that are JSON themselves.

    Nothing is counted any further once it is more than `most`.
    """
    count, queue = 1, [data]
    while queue and count <= most:
        each = queue.pop()
        if isinstance(each, str):
            # The inner text is always shorter than the outer one, so that this ends.
            each = parsed(each)
        if not isinstance(each, dict | list):
            continue
        count += len(each)
        queue += each.values() if isinstance(each, dict) else each
    return count


def form_pairs(text: str) -> list[tuple[str, str]] | None:
    """Names and values of a form that a text is, None for every other text."""
    if len(text) < _LONGEST_FORM and _BEGINS_A_FORM.match(text) and "\n" not in text.strip():
        return parse_qsl(text)
    return None


def parsed(text: str) -> Any:
    """The object or the list that a text is in JSON; None for every other text."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            return json.loads(start)
    return None
