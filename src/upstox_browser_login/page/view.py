"""All that a decision is made from."""

from __future__ import annotations

from msgspec import Struct

from .complaints import Complaint
from .here import Sent
from .look import Look
from .marks import NO_MARKS, Marks
from .timing import DEFAULT, Timing
from .wire.calls import Traffic


class View(Struct, frozen=True):
    """All that a decision is made from. Times are of the walk's monotonic clock, seconds."""

    now: float
    look: Look
    stood: float
    """For how long the look has stood."""
    traffic: Traffic
    sent: Sent
    complaints: tuple[Complaint, ...] = ()
    """What the page has complained of since the last submission."""
    complained_at: float | None = None
    idle_since: float = 0.0
    """Since when the page has owed nothing and shown nothing new that is known."""
    refused: frozenset[str] = frozenset()
    """Texts by which the page refused an earlier code, in the form that `normal` gives."""
    timing: Timing = DEFAULT
    marks: Marks = NO_MARKS
    """What a person's own page file adds to the tables."""

    @property
    def idle(self) -> float:
        """For how many seconds nothing was done, and nothing came that counts."""
        return self.now - max(self.idle_since, self.sent.acted_at)
