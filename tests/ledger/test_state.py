"""The document of an account, changed by hand."""

from __future__ import annotations

import pytest

from upstox_browser_login.ledger.parts import Entry, FailedRun, Locked, RateLimit, SentPin, What
from upstox_browser_login.ledger.state import DEAD_TOKEN, MAX_FAILED_RUNS, State


def run_named(number: int) -> str:
    return f"{number:016x}"


def sent_pin(stamp: int, *, refused: bool, run: int = 1) -> SentPin:
    return SentPin(
        stamp=stamp, run=run_named(run), at=5.0, fingerprint=None, refused=refused, times=1
    )


def failed_run(stamp: int, *, until: float = 900, run: int = 1) -> FailedRun:
    return FailedRun(stamp=stamp, run=run_named(run), until=until, seconds=600)


def entry(stamp: int, outcome: str | None, *, what: What = "login", run: int = 1) -> Entry:
    return Entry(
        stamp=stamp, run=run_named(run), at=5.0, what=what, outcome=outcome, upstox_code=None
    )


def full() -> State:
    """One of each kind, all with stamp 10."""
    state = State.new()
    state.put_pin(sent_pin(10, refused=True, run=1))
    state.put_pin(sent_pin(10, refused=False, run=2))
    state.put_failed_run(failed_run(10))
    state.rate_limit = RateLimit(stamp=10, until=900, seconds=60, upstox_code=None)
    state.locked = Locked(stamp=10, at=5)
    state.add_code(10, "482915", 7, 30)
    return state


def left(state: State) -> set[str]:
    """What still stands in the way of something."""
    return {
        *("a refused PIN" for each in state.pins if each.refused),
        *("an unknown PIN" for each in state.pins if not each.refused),
        *("a failed run" for _ in state.failed_runs),
        *("a limit" for _ in [state.rate_limit] if state.rate_limit),
        *("a lock" for _ in [state.locked] if state.locked),
    }


ALL = {"a refused PIN", "an unknown PIN", "a failed run", "a limit", "a lock"}


def test_what_is_forgiven_is_dropped_and_a_spent_code_stays_spent() -> None:
    state = full()
    assert left(state) == ALL
    state.forgive(9)
    assert left(state) == ALL, "it happened later"
    state.forgive(10)
    assert left(state) == set()
    assert state.was_sent("482915")


def test_an_accepted_pin_forgives_only_those_of_unknown_fate() -> None:
    state = full()
    state.accept_pin(10)
    assert left(state) == ALL - {"an unknown PIN"}


def test_an_accepted_code_forgives_only_failed_runs() -> None:
    state = full()
    state.accept_code(10)
    assert left(state) == ALL - {"a failed run"}


@pytest.mark.parametrize(("upstox_time", "stamp"), [(0.0, 11), (0.011, 11), (5.0, 5000)])
def test_a_stamp_is_later_than_all_others(upstox_time: float, stamp: int) -> None:
    assert full().next_stamp(upstox_time) == stamp


def test_a_stamp_is_later_than_what_is_forgiven() -> None:
    state = State.new()
    state.forgive(70)
    assert state.next_stamp(0.0) == 71


def test_a_run_has_one_pin_and_one_failure() -> None:
    state = State.new()
    state.put_pin(sent_pin(1, refused=False))
    state.put_pin(sent_pin(2, refused=True))
    state.put_failed_run(failed_run(1))
    state.put_failed_run(failed_run(2))
    assert [each.stamp for each in state.pins] == [2]
    assert [each.stamp for each in state.failed_runs] == [2]
    assert state.pin_of(run_named(1)) == sent_pin(2, refused=True)
    state.drop_pin(run_named(1))
    assert state.pin_of(run_named(1)) is None


def test_the_lists_do_not_grow_for_ever() -> None:
    state = State.new()
    for number in range(200):
        state.put_failed_run(failed_run(number, run=number))
        state.add_entry(entry(number, "failed", run=number))
        state.add_code(number, f"{number:06}", number, 30)
    assert len(state.failed_runs) == MAX_FAILED_RUNS
    assert state.entries[-1].run == run_named(199)
    assert len(state.entries) < 100
    assert len(state.codes) < 100
    assert state.was_sent("000199")
    assert not state.was_sent("000000")


def test_a_line_that_was_left_open_is_closed_by_the_next_of_its_kind() -> None:
    state = State.new()
    state.add_entry(entry(1, None, run=1))
    state.add_entry(entry(2, None, what="pin", run=1))
    state.add_entry(entry(3, None, run=2))
    assert [each.outcome for each in state.entries] == ["unknown", None, None]
    assert state.close_entry(run_named(1), "login", "succeeded"), "it was known after all"
    assert not state.close_entry(run_named(1), "login", "failed"), "it is closed"
    assert [each.outcome for each in state.entries] == ["succeeded", None, None]


@pytest.mark.parametrize(
    ("outcomes", "count"),
    [
        ([], 0),
        ([DEAD_TOKEN, DEAD_TOKEN], 2),
        ([DEAD_TOKEN, "succeeded"], 0),
        ([DEAD_TOKEN, "succeeded", DEAD_TOKEN], 1),
        ([DEAD_TOKEN, "failed", DEAD_TOKEN], 2),
    ],
)
def test_dead_tokens_in_a_row(outcomes: list[str], count: int) -> None:
    state = State.new()
    for number, outcome in enumerate(outcomes):
        state.add_entry(entry(number, outcome, run=number))
    assert state.dead_tokens == count


def test_an_unlock_begins_anew() -> None:
    state = State.new()
    state.add_entry(entry(1, DEAD_TOKEN))
    state.add_entry(entry(2, None, what="unlock", run=2))
    assert state.dead_tokens == 0
    assert state.brought_dead_token(run_named(1))


def test_a_clock_that_was_set_back_makes_no_wait_longer() -> None:
    state = State.new()
    state.put_failed_run(failed_run(1, until=10_000))
    state.rate_limit = RateLimit(stamp=70_000, until=130, seconds=60, upstox_code=None)
    assert state.settle(100)
    assert state.failed_runs[0].until == 700
    assert state.rate_limit.until == 130, "it is not longer than it was"
    assert not state.settle(100)


def test_a_clock_that_is_behind_makes_no_wait_shorter() -> None:
    """The wait began under a right clock, as its stamp tells."""
    state = State.new()
    state.put_failed_run(failed_run(9_400_000, until=10_000))
    state.rate_limit = RateLimit(stamp=9_900_000, until=9_960, seconds=60, upstox_code=None)
    assert not state.settle(100)
    assert state.failed_runs[0].until == 10_000
    assert state.rate_limit.until == 9_960
