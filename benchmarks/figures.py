"""Medians, their spread, and ratios."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """The median of several runs, and the quartiles that half of them lie between."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """Sum up `values`, of which there must be one at least."""
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high)

    def text(self, digits: int = 2) -> str:
        """`1.23 (1.20 to 1.31)`."""
        return f"{self.median:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """Ours to theirs, round by round: what slows one round slows both sides of it."""
    return Figure.of([one / other for one, other in zip(ours, theirs, strict=True)])


def excess(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """How much more ours took, round by round."""
    return Figure.of([one - other for one, other in zip(ours, theirs, strict=True)])
