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

LEFT_OUT = "[left out: it has too many values to be looked through]"
"""What stands in the place of such a body."""


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
