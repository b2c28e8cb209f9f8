"""What a socket has answered: which sent frame a received frame refuses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .wire.answers import Answer
from .wire.calls import Call
from .words import CODES

MOST_CHARACTERS = 65_536
"""A longer frame is no answer to a form and is not read."""

Names = frozenset[tuple[str, str]]
"""The members of a frame whose name ends in `id`, and their values."""


def refusal_in(payload: str) -> Answer | None:
    """The refusal in a frame, by a format and a code that are known.

    A socket carries much that is no answer, such as prices, so nothing else counts.
    """
    if len(payload) > MOST_CHARACTERS or not payload.lstrip().startswith("{"):
        return None
    answer = Answer.read(200, payload.encode("utf-8", "surrogatepass"))
    known = answer.said is not None and answer.said.code in CODES
    return answer if known else None


def names_of(payload: str) -> Names:
    """The id members of a frame, by which its answer can be found."""
    if len(payload) > MOST_CHARACTERS:
        return frozenset()
    try:
        data: Any = json.loads(payload)
    except (ValueError, RecursionError):
        return frozenset()
    if not isinstance(data, dict):
        return frozenset()
    return frozenset(
        (name, str(value))
        for name, value in data.items()
        if name.lower().endswith("id") and isinstance(value, str | int)
    )


def refused_by(
    came: Names, sent: Iterable[Call], names: Mapping[str, Names], since: float
) -> Call | None:
    """The sent frame of the same socket that a refusal is about; None if it is none of the form's.

    If some frames have the refusal's ids, it is one of these, since a page may put its user's id
    into every frame. Of several, it is the newest since the credential was typed that holds one, or
    else that may hold one.
    """
    frames = list(sent)
    named = [each for each in frames if came & names.get(each.id, frozenset())]
    open_frames = [each for each in named or frames if each.at >= since and each.answer is None]
    carriers = [each for each in open_frames if each.carries]
    possible = carriers or [each for each in open_frames if named or not each.same]
    return possible[-1] if possible else None
