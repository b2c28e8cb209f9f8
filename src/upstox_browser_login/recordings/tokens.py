"""Finds JSON web tokens in a text of anybody's, in a time that grows with its length alone."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_SIGN = "[A-Za-z0-9_-]"
_PARTS = re.compile(
    # A run of signs is read once: from its beginning, and without trying shorter ones. What is
    # behind it is looked at only, since it may be the beginning of a token itself.
    rf"(?<!{_SIGN})({_SIGN}{{11,}}+)(?=\.(eyJ{_SIGN}{{2,}}+)\.({_SIGN}*+))"
)
_WHOLE = re.compile(rf"eyJ{_SIGN}{{8,}}\.eyJ{_SIGN}{{2,}}\.{_SIGN}*")
_SHORTEST_HEAD = 11
_LONGEST_PART = 65_536
"""No header carries a longer one, and JSON takes much more memory once it is read."""


@dataclass(frozen=True)
class WebToken:
    """A JSON web token and where it stands in its text. `repr` shows nothing of it."""

    start: int
    head: str
    claims: str
    signature: str

    def __repr__(self) -> str:
        return "WebToken(…)"

    def __str__(self) -> str:
        return f"{self.head}.{self.claims}.{self.signature}"

    @property
    def end(self) -> int:
        """Where the text goes on behind it."""
        return self.start + len(str(self))


def is_web_token(value: str) -> bool:
    """Whether a value is a JSON web token and nothing else."""
    return _WHOLE.fullmatch(value) is not None


def web_tokens(text: str) -> Iterator[WebToken]:
    """The tokens in `text`, none of which overlap, also those that other letters stand before."""
    end = 0
    for found in _PARTS.finditer(text):
        begins = found[1].find("eyJ")
        if begins < 0 or len(found[1]) - begins < _SHORTEST_HEAD or found.start() < end:
            continue
        token = WebToken(found.start() + begins, found[1][begins:], found[2], found[3])
        end = token.end
        yield token


def claims(part: str) -> Any:
    """What a part of a token says; None where it says nothing that can be read, or is very long."""
    if len(part) > _LONGEST_PART:
        return None
    with suppress(ValueError, RecursionError):
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return None


def with_tokens_replaced(text: str, by: Callable[[WebToken], str]) -> str:
    """`text` with what `by` answers in place of each token."""
    pieces: list[str] = []
    done = 0
    for token in web_tokens(text):
        pieces += [text[done : token.start], by(token)]
        done = token.end
    return "".join([*pieces, text[done:]])
