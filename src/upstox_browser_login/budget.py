"""The time for closing down after a login's time limit: one budget, shared by all its steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

# Named tuples in place of msgspec's types: the driver is started before msgspec is read.


class Shares(NamedTuple):
    """How much of the budget each step has, in seconds; a test can shorten them."""

    whole: float = 4.2
    """The budget. A login must end within 5 s of its limit; 0.8 s are for what no step counts."""
    windows: float = 0.4
    """Kept back from the evidence, to close the windows in a browser that goes on without us."""
    closing: float = 0.6
    """Kept back from evidence and windows, to close the browser and its driver."""
    killing: float = 0.4
    """Kept back from all of these, to kill what does not close, and to remove its folder."""
    unhurried: float = 12.0
    """Evidence may take so long at the most, where that much of the login's limit is left."""


SHARES = Shares()


class Budget(NamedTuple):
    """A deadline. Each step may use the time that is left, less what the later steps need."""

    until: float
    """By the clock `now`."""
    now: Callable[[], float] = time.monotonic

    @classmethod
    def beyond(cls, limit: float, now: Callable[[], float] = time.monotonic) -> Budget:
        """The budget that begins at `limit`, a time of the clock `now`."""
        return cls(limit + SHARES.whole, now)

    @classmethod
    def from_now(cls) -> Budget:
        """The whole budget."""
        return cls.beyond(time.monotonic())

    @property
    def left(self) -> float:
        """Seconds that are left, never negative."""
        return max(0.0, self.until - self.now())

    @property
    def evidence(self) -> float:
        """Seconds that keeping evidence may take."""
        later = SHARES.windows + SHARES.closing + SHARES.killing
        return min(max(0.0, self.left - later), SHARES.unhurried)

    @property
    def windows(self) -> float:
        """Seconds that closing the windows may take."""
        return max(0.0, self.left - SHARES.closing - SHARES.killing)

    @property
    def closing(self) -> float:
        """Seconds after which a browser or driver that has not closed is killed."""
        return max(0.0, self.left - SHARES.killing)
