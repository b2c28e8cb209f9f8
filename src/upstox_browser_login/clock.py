"""Time, so that a test can move it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """The machine's clock. A subclass may tell any other time."""

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of this clock pass."""
        await asyncio.sleep(seconds)

    def now(self) -> datetime:
        """The time as a `datetime`, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)
