"""A loop and a clock whose time is that of the next event."""

from __future__ import annotations

import asyncio
import heapq
from typing import Any, cast

from tests.page.stand_ins import NOON
from upstox_browser_login.clock import Clock


class Jumping(asyncio.SelectorEventLoop):
    """A loop whose time is that of the next event."""

    at = 100.0

    def time(self) -> float:
        return self.at

    def _run_once(self) -> None:
        own = cast("Any", self)
        while own._scheduled and own._scheduled[0]._cancelled:
            own._timer_cancelled_count -= 1
            heapq.heappop(own._scheduled)._scheduled = False
        if own._scheduled and not own._ready:
            self.at = max(self.at, own._scheduled[0]._when)
        cast("Any", super())._run_once()


class JumpingClock(Clock):
    """The clock of such a loop."""

    def __init__(self, loop: Jumping) -> None:
        self._loop = loop

    def time(self) -> float:
        return NOON - 100 + self._loop.at

    def monotonic(self) -> float:
        return self._loop.at
