"""Leaves out of recorded traffic what has too many values to be looked through one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from upstox_browser_login.evidence.values import (
    LEFT_OUT,
    MOST_VALUES,
    count_values,
    form_pairs,
    parsed,
)
from upstox_browser_login.redaction.spellings import digests_of

from .capture import RawExchange, RawSocket

MOST_IN_ALL = 5 * MOST_VALUES
"""In all bodies and frames of one recording: some seconds of work."""


@dataclass
class Bounds:
    """What is left of the values that may be looked at."""

    left: int = MOST_IN_ALL
    left_out: int = field(default=0, init=False)
    """How many bodies and frames had too many."""
    digests: set[str] = field(default_factory=set, init=False)
    """Of those: none may be in what is kept, since it could be guessed from."""

    def exchanges(self, raw: Iterable[RawExchange]) -> list[RawExchange]:
        """The exchanges; a body of too many values has a few words in its place."""
        return [
            replace(
                each,
                request_body=self._body(each.request_body),
                response_body=self._body(each.response_body),
            )
            for each in raw
        ]

    def sockets(self, raw: Iterable[RawSocket]) -> list[RawSocket]:
        """The sockets, with a few words in place of such frames."""
        return [
            replace(
                each,
                frames=[
                    (at, sent, LEFT_OUT if self._is_too_much(text) else text)
                    for at, sent, text in each.frames
                ],
            )
            for each in raw
        ]

    def _body(self, body: bytes | None) -> bytes | None:
        if body is None or not self._is_too_much(body.decode("utf-8", "replace")):
            return body
        self.digests |= digests_of(body)
        return LEFT_OUT.encode()

    def _is_too_much(self, text: str) -> bool:
        data = parsed(text)
        if data is None:
            # A value of a form may be JSON, which is looked through as well.
            data = [value for _, value in form_pairs(text) or ()]
        if not data:
            return False
        most = min(self.left, MOST_VALUES)
        count = count_values(data, most)
        if count > most:
            self.left_out += 1
            self.digests |= digests_of(text.encode())
            return True
        self.left -= count
        return False
