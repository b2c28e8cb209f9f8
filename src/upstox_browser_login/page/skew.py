"""How far this machine's clock is from Upstox's, by the dates of its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

BELIEVED_SECONDS = 43_200.0
"""A cache may have kept an answer, so a larger difference is not believed of it."""


class Skew:
    """Upstox's clock minus this machine's. `now` is the machine's, in epoch seconds.

    An answer was dated after it was asked for, and a busy machine may read it late. So each answer
    tells a span that the difference lies in. If two spans overlap, both are true and the narrower
    one is kept. If they do not, this machine's clock was set anew.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._is_fresh = False
        self._span: tuple[float, float] | None = None

    @property
    def seconds(self) -> float | None:
        """The difference; None before the first answer."""
        if self._span is None:
            return None
        low, high = self._span
        # Most answers are read at once. The header has whole seconds, so half a second is added.
        return min(low + 0.5, high)

    def measure(self, method: str, response: Mapping[str, Any], waited: float) -> None:
        """Read the date of an answer to a request of this method, begun `waited` seconds ago."""
        headers = {str(name).lower(): value for name, value in response.get("headers", {}).items()}
        if "age" in headers or response.get("fromDiskCache"):
            return  # a cached answer tells an old time
        try:
            told = parsedate_to_datetime(str(headers["date"]).splitlines()[0])
            # All dates of HTTP are in GMT, also without a zone.
            there = (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
        except (KeyError, ValueError, TypeError, IndexError, OverflowError):
            return
        low = there - self._now()
        high = low + 1.0 + max(0.0, waited)
        # Caches do not answer a POST, so its time is always believed. A machine without a battery
        # for its clock may be days behind.
        fresh = method == "POST"
        if not fresh and (abs(low) >= BELIEVED_SECONDS or self._is_fresh):
            return
        if self._span is not None and fresh == self._is_fresh:
            least, most = max(low, self._span[0]), min(high, self._span[1])
            if least <= most:
                low, high = least, most
        self._span, self._is_fresh = (low, high), fresh
