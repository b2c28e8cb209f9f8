"""How far this machine's clock is from Upstox's, by the dates of its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

BELIEVED_SECONDS = 43_200.0
"""The time of an answer that a cache may have kept is not believed further off than this."""


class Skew:
    """Upstox's clock minus this machine's. `now` is the machine's, seconds of the epoch."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._is_fresh = False
        self.seconds: float | None = None
        """None until an answer told."""

    def measure(self, method: str, response: Mapping[str, Any]) -> None:
        """Read the date of an answer to a request of this method."""
        headers = {str(name).lower(): value for name, value in response.get("headers", {}).items()}
        if "age" in headers or response.get("fromDiskCache"):
            return  # an answer out of somebody's cache tells an old time
        try:
            there = parsedate_to_datetime(str(headers["date"]).splitlines()[0]).timestamp()
        except (KeyError, ValueError, TypeError, IndexError):
            return
        # The header has whole seconds; half a second is the mean of what it leaves out.
        skew = there + 0.5 - self._now()
        # Caches do not answer a POST, so its time is believed however far off it is: a small
        # machine without a battery for its clock may be days behind.
        fresh = method == "POST"
        if fresh or (abs(skew) < BELIEVED_SECONDS and not self._is_fresh):
            self.seconds, self._is_fresh = skew, fresh
