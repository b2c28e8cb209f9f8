"""Reading a ledger of the first version, of which nothing is forgotten.

Its PINs were recognised by scrypt, which is given up: each of them now counts as any PIN. It had
no names of runs and no stamps; both are made of what it holds, in the same way for every copy.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from .fingerprint import Digest, Salt
from .parts import (
    LONGEST_COOL_DOWN,
    Entry,
    FailedRun,
    Locked,
    RateLimit,
    Seconds,
    SentCode,
    SentPin,
    What,
    Word,
)
from .state import MAX_FAILED_RUNS, State
from .strict import STRICT


class _OldPin(BaseModel):
    model_config = STRICT

    at: Seconds
    fingerprint: Digest
    refused: bool
    times: Annotated[int, Field(ge=1, le=2)]

    def converted(self, names: _Names, *, after: int) -> SentPin:
        return SentPin(
            run=names.make("pin", self.at, self.fingerprint),
            stamp=_stamp(self.at, after=after),
            at=self.at,
            fingerprint=None,
            refused=self.refused,
            times=self.times,
        )


class _OldCode(BaseModel):
    model_config = STRICT

    window: Annotated[int, Field(ge=0, lt=2**40)]
    period: Annotated[int, Field(ge=1, le=3600)]
    digest: Digest

    def converted(self, salt: str) -> SentCode:
        return SentCode(
            stamp=0,
            window=self.window,
            period=self.period,
            salt=salt,
            digest=self.digest,
            times=1,
        )


class _OldWait(BaseModel):
    model_config = STRICT

    until: Seconds
    seconds: Annotated[float, Field(gt=0, le=LONGEST_COOL_DOWN)]
    upstox_code: Word | None

    @property
    def began(self) -> float:
        return max(0.0, self.until - self.seconds)

    def converted(self, *, after: int) -> RateLimit:
        return RateLimit(
            stamp=_stamp(self.began, after=after),
            until=self.until,
            seconds=self.seconds,
            upstox_code=self.upstox_code,
        )


class _OldEntry(BaseModel):
    model_config = STRICT

    at: Seconds
    what: What
    outcome: Word | None
    upstox_code: Word | None

    def converted(self, names: _Names) -> Entry:
        return Entry(
            run=names.make("entry", self.at, self.what),
            stamp=_stamp(self.at),
            at=self.at,
            what=self.what,
            outcome=self.outcome,
            upstox_code=self.upstox_code,
        )


class Version1(BaseModel):
    """The document of version 1."""

    model_config = STRICT

    version: Literal[1]
    salt: Salt
    pins: list[_OldPin]
    codes: list[_OldCode]
    code_failures: Annotated[int, Field(ge=0, le=1000)]
    cool_down: _OldWait | None
    rate_limit: _OldWait | None
    locked_at: Seconds | None
    entries: list[_OldEntry]

    def converted(self) -> State:
        """Make the state of today that says the same."""
        forgiven = self._last({("login", "succeeded"), ("unlock", None)})
        pins_accepted = max(forgiven, self._last({("pin", "accepted")}))
        codes_accepted = max(forgiven, self._last({("code", "accepted")}))
        # What the document still held stood, even where a clock that was wrong dates it earlier.
        state = State.new()
        state.forgiven, state.pins_accepted = forgiven, pins_accepted
        state.codes_accepted = codes_accepted
        names = _Names(self.salt)
        state.pins = [
            each.converted(names, after=forgiven if each.refused else pins_accepted)
            for each in self.pins
        ]
        state.codes = [each.converted(self.salt) for each in self.codes]
        state.failed_runs = self._failed_runs(names, after=codes_accepted)
        if self.rate_limit is not None:
            state.rate_limit = self.rate_limit.converted(after=forgiven)
        if self.locked_at is not None:
            state.locked = Locked(stamp=_stamp(self.locked_at, after=forgiven), at=self.locked_at)
        state.entries = [each.converted(names) for each in self.entries]
        return state

    def _last(self, events: Iterable[tuple[str, str | None]]) -> int:
        """Return the stamp of the last of `events`, each a thing and its outcome (None: any)."""
        known = set(events)
        stamps = (
            _stamp(each.at)
            for each in self.entries
            if (each.what, each.outcome) in known or (each.what, None) in known
        )
        return max(stamps, default=0)

    def _failed_runs(self, names: _Names, *, after: int) -> list[FailedRun]:
        cool_down = self.cool_down
        if cool_down is None:
            if not self.code_failures:
                return []
            cool_down = _OldWait(until=0.0, seconds=LONGEST_COOL_DOWN, upstox_code=None)
        number = min(max(self.code_failures, 1), MAX_FAILED_RUNS)
        return [
            FailedRun(
                run=names.make("failed run"),
                stamp=_stamp(cool_down.began, after=after),
                until=cool_down.until,
                seconds=cool_down.seconds,
            )
            for _ in range(number)
        ]


class _Names:
    """Makes the same names of runs for every copy of the same document."""

    def __init__(self, salt: str) -> None:
        self._salt = salt
        self._seen: Counter[str] = Counter()

    def make(self, *parts: object) -> str:
        text = json.dumps([self._salt, *parts])
        self._seen[text] += 1
        return hashlib.sha256(f"{text} {self._seen[text]}".encode()).hexdigest()[:16]


def _stamp(at: float, *, after: int = -1) -> int:
    return max(int(at * 1000), after + 1)
