"""What a ledger consists of: things that happened, each of which can be merged with its copy.

Each has a `stamp`, its place in the order of events, and an `identity`, by which two copies of the
same thing are recognised. `joined` makes one of two copies; their order does not matter.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from .fingerprint import Digest, Fingerprint, Salt
from .strict import STRICT

LONGEST_COOL_DOWN = 86_400.0
"""Seconds. The doubling ends at a day, and no clock that jumps makes a cool-down longer."""

CLOCK_TOLERANCE = 60.0
"""Seconds. A clock that is ahead of Upstox's by less hardly makes a wait longer."""

MAX_TIMES = 100
"""Where it is no longer counted how often one PIN or code has left."""

What = Literal["code", "pin", "login", "unlock"]
Seconds = Annotated[float, Field(ge=0, lt=253_370_000_000)]  # of the epoch, as datetime can show
Word = Annotated[str, Field(max_length=40)]
Times = Annotated[int, Field(ge=1, le=MAX_TIMES)]

Run = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""The random name of one login; an `unlock` has one too."""

Stamp = Annotated[int, Field(ge=0)]
"""Upstox's time in milliseconds of the epoch, but always later than all that the ledger held."""


class Part(BaseModel):
    """One thing that happened."""

    model_config = STRICT

    stamp: Stamp

    @property
    def identity(self) -> Hashable:
        """Tell it from other things of its kind; there is only one unless a subclass says more."""
        return None

    def joined(self, other: Self) -> Self:
        """Make one of two copies, which knows what either knew."""
        return max(self, other, key=lambda each: (each.stamp, each.model_dump_json()))


class SentPin(Part):
    """The PIN that a run has sent. `refused` is False as long as no outcome has come.

    `times` is how often it may have left: when a connection breaks, Chromium may send the request
    once more by itself. Without a fingerprint it may be any PIN.
    """

    run: Run
    at: Seconds
    fingerprint: Fingerprint | None
    refused: bool
    times: Times

    @property
    def identity(self) -> Hashable:
        """A run sends one PIN."""
        return self.run

    def joined(self, other: Self) -> Self:
        """It was refused if either copy says so, and left as often as either has counted."""
        later = max(self, other, key=lambda each: (each.stamp, each.at, str(each.fingerprint)))
        refused, times = self.refused or other.refused, max(self.times, other.times)
        return later.model_copy(update={"refused": refused, "times": times})


class SentCode(Part):
    """A code that was sent, for the window that starts at `window * period`."""

    window: Annotated[int, Field(ge=0, lt=2**40)]
    period: Annotated[int, Field(ge=1, le=3600)]
    salt: Salt
    digest: Digest
    times: Times

    @property
    def identity(self) -> Hashable:
        """The salt is random: two sendings are two things."""
        return (self.window, self.period, self.salt, self.digest)

    def joined(self, other: Self) -> Self:
        """It left as often as either copy has counted."""
        stamp, times = max(self.stamp, other.stamp), max(self.times, other.times)
        return self.model_copy(update={"stamp": stamp, "times": times})


class Wait(Part):
    """A time without a login: its end, and how long it was when it began."""

    until: Seconds
    seconds: Annotated[float, Field(gt=0, le=LONGEST_COOL_DOWN)]

    @property
    def began_ahead(self) -> bool:
        """Whether this machine's clock was ahead when it began: the stamp is Upstox's time."""
        return self.until - self.seconds > self.stamp / 1000 + CLOCK_TOLERANCE

    def joined(self, other: Self) -> Self:
        """The longer wait stands, and is forgiven only by what is later than both."""
        longer = max(
            self, other, key=lambda each: (each.until, each.model_dump_json(exclude={"stamp"}))
        )
        return longer.model_copy(update={"stamp": max(self.stamp, other.stamp)})


class FailedRun(Wait):
    """A run whose code was refused, and the cool-down after it."""

    run: Run

    @property
    def identity(self) -> Hashable:
        """A run fails once, however many of its codes were refused."""
        return self.run


class RateLimit(Wait):
    """A wait that Upstox has asked for."""

    upstox_code: Word | None


class Locked(Part):
    """Upstox was seen to have locked the account."""

    at: Seconds


class Entry(Part):
    """A line of the history. `outcome` is None while the thing is under way."""

    run: Run
    at: Seconds
    what: What
    outcome: Word | None
    upstox_code: Word | None

    @property
    def identity(self) -> Hashable:
        """No two lines of a run have the same stamp."""
        return (self.run, self.stamp, self.what)

    def joined(self, other: Self) -> Self:
        """A copy that knows the outcome tells more than one that does not."""
        return max(
            self,
            other,
            key=lambda each: (each.outcome not in {None, "unknown"}, each.model_dump_json()),
        )
