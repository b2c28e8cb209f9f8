"""What stands in the way of a login, from a state that is made by hand."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from upstox_browser_login.errors import LoginBlockedError
from upstox_browser_login.ledger.fingerprint import PinKey
from upstox_browser_login.ledger.parts import Entry, FailedRun, Locked, RateLimit, SentPin
from upstox_browser_login.ledger.rules import (
    FUTURE_WINDOWS,
    Block,
    account_block,
    code_block,
    cool_down_after,
    moment,
    pin_block,
    run_block,
    stop_at,
    time_block,
)
from upstox_browser_login.ledger.state import DEAD_TOKEN, State

KEY = PinKey(SecretStr("the-secret-of-an-app"))
OTHER_KEY = PinKey(SecretStr("the-secret-of-another-app"))
NOW = 1_800_000_000.0


def run_named(number: int) -> str:
    return f"{number:016x}"


def with_pins(*pins: tuple[str, bool], times: int = 1, key: PinKey = KEY) -> State:
    """A state with these PINs, each of them refused or of unknown fate."""
    state = State.new()
    for number, (pin, refused) in enumerate(pins):
        state.put_pin(
            SentPin(
                stamp=number,
                run=run_named(number),
                at=NOW,
                fingerprint=key.fingerprint(pin),
                refused=refused,
                times=times,
            )
        )
    return state


def with_failed_runs(*untils: float) -> State:
    state = State.new()
    for number, until in enumerate(untils):
        state.put_failed_run(
            FailedRun(stamp=number, run=run_named(number), until=until, seconds=600)
        )
    return state


def with_limit(until: float, state: State | None = None) -> State:
    state = state or State.new()
    state.rate_limit = RateLimit(stamp=9, until=until, seconds=60, upstox_code="1017069")
    return state


def test_nothing_stands_in_the_way_at_first() -> None:
    state = State.new()
    assert account_block(state) is None
    assert pin_block(state, "135790", KEY) is None
    assert time_block(state, NOW) is None
    assert code_block(state, "482915", 7, 30) is None
    stop_at(None)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 600), (2, 1200), (3, 2400), (8, 76_800), (9, 86_400), (999, 86_400)],
)
def test_a_cool_down_doubles_up_to_a_day(failures: int, seconds: float) -> None:
    assert cool_down_after(failures) == seconds


def test_a_locked_account_waits_for_a_person() -> None:
    state = State.new()
    state.locked = Locked(stamp=1, at=NOW)
    block = account_block(state)
    assert block is not None
    assert (block.code, block.until) == ("ACCOUNT_LOCKED", None)


@pytest.mark.parametrize(("count", "times", "blocked"), [(2, 1, False), (3, 1, True), (2, 2, True)])
def test_three_pins_that_left_end_it(count: int, times: int, *, blocked: bool) -> None:
    state = with_pins(*((f"13579{n}", True) for n in range(count)), times=times)
    assert (account_block(state) is not None) == blocked


def test_a_refused_pin_stays_refused_and_another_may_be_sent() -> None:
    state = with_pins(("135790", True), ("246802", False))
    block = pin_block(state, "135790", KEY)
    assert block is not None
    assert block.of_pin
    assert "it is not sent a second time" in block.reason
    assert pin_block(state, "999111", KEY) is None
    assert pin_block(state, None, KEY) is not None, "nobody says which PIN it would be"


def test_a_pin_under_another_key_may_be_this_one() -> None:
    block = pin_block(with_pins(("246802", True), key=OTHER_KEY), "135790", KEY)
    assert block is not None
    assert "may have been this one" in block.reason


@pytest.mark.parametrize(("sent", "blocked"), [(1, False), (2, True)])
def test_a_pin_of_unknown_fate_may_be_sent_once_more(sent: int, *, blocked: bool) -> None:
    state = with_pins(*[("135790", False)] * sent)
    assert (pin_block(state, "135790", KEY) is not None) == blocked
    assert pin_block(state, "246802", KEY) is None


def test_the_longest_cool_down_is_waited_for() -> None:
    block = time_block(with_failed_runs(NOW + 900, NOW + 300, NOW - 1), NOW)
    assert block is not None
    assert (block.code, block.until) == ("COOLING_DOWN", moment(NOW + 900))
    assert "in 3 runs in a row" in block.reason


def test_a_cool_down_ends_and_is_not_that_of_the_run_itself() -> None:
    state = with_failed_runs(NOW + 900)
    assert time_block(state, NOW + 900) is None
    assert time_block(state, NOW, past=run_named(0)) is None
    assert time_block(state, NOW, past=run_named(1)) is not None


@pytest.mark.parametrize(("until", "code"), [(901, "RATE_LIMITED"), (900, "COOLING_DOWN")])
def test_of_two_waits_the_longer_is_told(until: float, code: str) -> None:
    block = time_block(with_limit(NOW + until, with_failed_runs(NOW + 900)), NOW)
    assert block is not None
    assert block.code == code


def test_a_wait_that_upstox_asked_for_ends() -> None:
    block = time_block(with_limit(NOW + 60), NOW)
    assert block is not None
    assert block.upstox_code == "1017069"
    assert time_block(with_limit(NOW + 60), NOW + 60) is None


def test_a_dead_token_is_told_as_such() -> None:
    state = with_failed_runs(NOW + 900)
    state.add_entry(
        Entry(stamp=3, run=run_named(0), at=NOW, what="login", outcome=DEAD_TOKEN, upstox_code=None)
    )
    block = time_block(state, NOW)
    assert block is not None
    assert "a token that was dead already;" in block.reason


@pytest.mark.parametrize(
    ("code", "window", "period", "blocked"),
    [
        ("482915", 20, 30, True),
        ("111222", 7, 30, True),
        ("111222", 6, 30, True),
        ("111222", 8, 30, False),
        ("111222", 7, 60, False),
        ("111222", 7 - FUTURE_WINDOWS, 30, True),
        ("111222", 6 - FUTURE_WINDOWS, 30, False),
    ],
)
def test_a_code_is_sent_once_and_no_earlier_one_after_it(
    code: str, window: int, period: int, *, blocked: bool
) -> None:
    state = State.new()
    state.add_code(1, "482915", 7, 30)
    assert (code_block(state, code, window, period) is not None) == blocked


def test_a_spent_code_is_waited_out() -> None:
    state = State.new()
    state.add_code(1, "482915", 7, 30)
    block = code_block(state, "482915", 7, 30)
    assert block is not None
    assert block.until == moment(8 * 30)


def test_a_block_is_raised_with_its_end() -> None:
    until = moment(NOW)
    with pytest.raises(LoginBlockedError) as caught:
        stop_at(Block("RATE_LIMITED", "It was too often.", until, "Wait.", "1017069"))
    assert caught.value.until == NOW
    assert (caught.value.code, caught.value.upstox_code) == ("RATE_LIMITED", "1017069")
    with pytest.raises(LoginBlockedError) as caught:
        stop_at(run_block("A code was refused"))
    assert caught.value.until is None
