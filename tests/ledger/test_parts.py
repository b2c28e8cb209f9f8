"""Two copies of one thing that happened make one, whichever of them comes first."""

from __future__ import annotations

import pytest

from upstox_browser_login.ledger.fingerprint import Fingerprint
from upstox_browser_login.ledger.parts import (
    Entry,
    FailedRun,
    Locked,
    Part,
    RateLimit,
    SentCode,
    SentPin,
)

A_RUN, ANOTHER = "a" * 16, "b" * 16


def sent_pin(stamp: int, *, refused: bool = False, times: int = 1, run: str = A_RUN) -> SentPin:
    return SentPin(stamp=stamp, run=run, at=5.0, fingerprint=None, refused=refused, times=times)


def sent_code(stamp: int, *, times: int = 1, salt: str = "0" * 32) -> SentCode:
    digest = "1" * 64
    return SentCode(stamp=stamp, window=7, period=30, salt=salt, digest=digest, times=times)


def entry(stamp: int, outcome: str | None) -> Entry:
    return Entry(stamp=stamp, run=A_RUN, at=5.0, what="pin", outcome=outcome, upstox_code=None)


def limit(stamp: int, until: float, seconds: float = 60) -> RateLimit:
    return RateLimit(stamp=stamp, until=until, seconds=seconds, upstox_code=None)


def failed(stamp: int, until: float) -> FailedRun:
    return FailedRun(stamp=stamp, until=until, seconds=600, run=A_RUN)


PAIRS: list[tuple[Part, Part, Part]] = [
    (sent_pin(1, refused=True), sent_pin(2, times=3), sent_pin(2, refused=True, times=3)),
    (sent_code(1, times=2), sent_code(3), sent_code(3, times=2)),
    (limit(1, until=90), limit(5, until=70), limit(5, until=90)),
    (failed(1, until=900), failed(4, until=700), failed(4, until=900)),
    (Locked(stamp=1, at=9), Locked(stamp=2, at=8), Locked(stamp=2, at=8)),
    (entry(4, None), entry(4, "refused"), entry(4, "refused")),
    (entry(4, "unknown"), entry(4, "accepted"), entry(4, "accepted")),
]


@pytest.mark.parametrize(("one", "other", "both"), PAIRS)
def test_one_of_two_copies_knows_what_either_knew(one: Part, other: Part, both: Part) -> None:
    assert one.identity == other.identity
    assert one.joined(other) == both
    assert other.joined(one) == both
    assert one.joined(one) == one


def test_different_things_are_told_apart() -> None:
    assert sent_pin(1).identity != sent_pin(1, run=ANOTHER).identity
    assert sent_code(1).identity != sent_code(1, salt="2" * 32).identity
    assert entry(4, None).identity != entry(5, None).identity


def test_the_fingerprint_of_the_later_pin_stands() -> None:
    print_ = Fingerprint(salt="0" * 32, check="abcd", digest="1" * 64)
    early = sent_pin(1).model_copy(update={"fingerprint": print_})
    assert early.joined(sent_pin(2)).fingerprint is None
    assert sent_pin(0).joined(early).fingerprint == print_
