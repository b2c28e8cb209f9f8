"""The machine's clock, and one that a test has moved."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from upstox_browser_login.clock import Clock


class Ahead(Clock):
    """An hour ahead of the machine's."""

    def time(self) -> float:
        return super().time() + 3600


def test_it_tells_the_machines_time_in_utc() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_a_moved_clock_moves_the_date_as_well() -> None:
    ahead = Ahead().now() - datetime.now(UTC)
    assert timedelta(minutes=59) < ahead < timedelta(minutes=61)


def test_its_seconds_never_jump_back() -> None:
    clock = Clock()
    first = clock.monotonic()
    assert first <= clock.monotonic() <= time.monotonic()


async def test_it_lets_time_pass() -> None:
    clock = Clock()
    began = clock.monotonic()
    await clock.sleep(0.02)
    assert clock.monotonic() - began >= 0.019
