"""What every server logs of a request, and how it dates its answer."""

from __future__ import annotations

from tests.replica.conftest import Visit
from tests.replica.visitor import Clock


def test_dates_follow_the_clock_and_its_skew(visit: Visit, clock: Clock) -> None:
    clock.now = 1_790_000_000.0
    visitor = visit("skew=90")
    assert visitor.dialog().headers["date"] == "Mon, 21 Sep 2026 14:14:50 GMT"
