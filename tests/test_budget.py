"""What follows a login's limit: one budget, which no order of steps can exceed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.harness import FakeClock
from upstox_browser_login import budget
from upstox_browser_login.budget import SHARES, Budget
from upstox_browser_login.session.parts import Deadline

PROMISED = 5.0
"""Seconds beyond its limit within which a login is to end."""


class Watch(FakeClock):
    """A clock that stands still."""

    def __init__(self, now: float = 1000.0) -> None:
        super().__init__()
        self.at = now

    def monotonic(self) -> float:
        return self.at


STEPS = ("evidence", "windows", "closing", "left")
"""In their order; the last is the time to kill what has not closed."""


def test_all_of_it_is_less_than_what_is_promised() -> None:
    assert SHARES.whole < PROMISED
    assert SHARES.windows + SHARES.closing + SHARES.killing < SHARES.whole / 2


@given(wishes=st.tuples(*[st.floats(0, 100)] * len(STEPS)), late=st.floats(0, 100))
def test_steps_that_take_all_they_may_end_in_time(wishes: tuple[float, ...], late: float) -> None:
    """However long each would go on, and however late the first of them begins."""
    watch = Watch()
    spent = Budget.beyond(watch.at, watch.monotonic)
    watch.at += late
    for step, wish in zip(STEPS, wishes, strict=True):
        watch.at += min(wish, getattr(spent, step))
    assert watch.at <= max(spent.until + 1e-6, 1000.0 + late)


@given(used=st.lists(st.floats(0, 10), min_size=3, max_size=3))
def test_a_step_that_has_its_share_leaves_the_later_ones_theirs(used: list[float]) -> None:
    watch = Watch()
    spent = Budget.beyond(watch.at, watch.monotonic)
    reserves = [SHARES.windows, SHARES.closing, SHARES.killing]
    for (step, after), wish, reserve in zip(pairwise(STEPS), used, reserves, strict=True):
        watch.at += min(wish, getattr(spent, step))
        assert getattr(spent, after) >= reserve - 1e-6


def test_what_a_step_does_not_take_the_next_ones_have() -> None:
    watch = Watch()
    spent = Budget.beyond(watch.at, watch.monotonic)
    assert spent.closing == pytest.approx(SHARES.whole - SHARES.killing)
    watch.at += 1
    assert spent.closing == pytest.approx(SHARES.whole - SHARES.killing - 1)
    watch.at += 100
    assert (spent.evidence, spent.windows, spent.closing, spent.left) == (0, 0, 0, 0)


def test_evidence_may_take_what_is_left_of_the_limit() -> None:
    """But not for ever; and a person who has seen the window makes closing it no shorter."""
    watch = Watch()
    deadline = Deadline(watch.at, 60, watch)
    at_the_limit = deadline.evidence
    assert at_the_limit == pytest.approx(
        SHARES.whole - SHARES.windows - SHARES.closing - SHARES.killing
    )
    assert replace(deadline, at=watch.at + 3).evidence == pytest.approx(at_the_limit + 3)
    assert replace(deadline, at=watch.at + 50).evidence == SHARES.unhurried


def test_closing_takes_no_more_where_much_of_the_limit_is_left() -> None:
    watch = Watch()
    early, late = Deadline(watch.at + 50, 60, watch), Deadline(watch.at - 3, 60, watch)
    assert early.closing().left == pytest.approx(SHARES.whole)
    assert late.closing().left == pytest.approx(SHARES.whole - 3)
    assert late.closing(waited=2).left == pytest.approx(SHARES.whole - 1)
    assert late.closing(waited=float("inf")).left == pytest.approx(SHARES.whole)


def test_a_test_can_shorten_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SHARES", budget.Shares(whole=0.5))
    assert Budget.from_now().left <= 0.5
    assert Budget.from_now().closing <= 0.1
