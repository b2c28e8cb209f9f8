"""No window and no code twice, and cool-downs after refused codes and dead tokens."""

from __future__ import annotations

import pytest

from upstox_browser_login.ledger import Ledger
from upstox_browser_login.ledger.rules import cool_down_after

from .world import DAY, PIN, START, World, caught


def test_no_window_and_no_code_twice(world: World) -> None:
    """Neither in a second run of the same half minute, nor after a success."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_accepted()
    run.succeeded()
    error = caught(lambda: world.run().sending_code("654321", world.window, 30))
    assert error.until == (world.window + 1) * 30
    caught(lambda: world.run().sending_code("654321", world.window - 3, 30))
    caught(lambda: world.run().sending_code("123456", world.window + 1, 30))
    world.run().sending_code("654321", world.window + 1, 30)
    assert world.run().last_window(30) == world.window + 1


def test_windows_of_another_period_are_another_seed(world: World) -> None:
    """Only windows of one length can be compared."""
    world.run().sending_code("123456", world.window, 30)
    assert world.run().last_window(60) is None
    world.run().sending_code("654321", int(world.now // 60), 60)


def test_one_more_code_in_the_same_run(world: World) -> None:
    """After a refused code one more, from another window, and no third."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    assert run.block(PIN) is None
    run.sending_code("222222", world.window + 1, 30)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    run.code_refused(final=True)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    assert world.stops().until == world.after(600), "two codes, but one failed run"


def test_a_second_refusal_is_final_whatever_the_caller_says(world: World) -> None:
    """The cap is kept here."""
    run = world.run()
    for number in range(2):
        run.sending_code(f"00000{number}", world.window + number, 30)
        run.code_refused(final=False)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    assert run.block(PIN) is not None


def test_a_password_counts_as_a_refused_code_until_it_is_taken(world: World) -> None:
    """What is told of it names no code, since none was sent."""
    run = world.run()
    run.sending_password()
    stop = world.stops()
    assert (stop.code, stop.until) == ("COOLING_DOWN", world.after(600))
    assert "the password" in stop.reason
    assert "UPSTOX_PASSWORD" in stop.hint
    assert "TOTP" not in stop.reason + stop.hint
    run.code_accepted()
    assert world.block() is None
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=True)
    assert "TOTP code" in world.stops().reason


def test_a_run_that_dies_between_two_codes_cools_down(world: World) -> None:
    """Otherwise a service that restarts it would send a refused code every half minute."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    assert world.stops().code == "COOLING_DOWN"
    caught(lambda: world.run().sending_code("222222", world.window + 1, 30))


def test_a_second_code_that_is_accepted_ends_the_cool_down(world: World) -> None:
    """The first one had bad luck with its window."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    run.sending_code("222222", world.window + 1, 30)
    run.code_accepted()
    assert world.block() is None
    run.sending_code("333333", world.window + 2, 30)  # the session was lost: a fresh start
    run.code_accepted()
    run.sending_pin(PIN)


def test_a_fresh_start_may_use_another_code(world: World) -> None:
    """The page lost its session after the code was accepted."""
    run = world.run()
    for number in range(2):
        run.sending_code(f"00000{number}", world.window + number, 30)
        run.code_accepted()


def test_cool_downs_double_to_a_day(world: World) -> None:
    """10 minutes, 20, 40 … 24 hours."""
    lengths = []
    for _ in range(10):
        world.fail_code()
        until = world.stops().until
        assert until is not None
        lengths.append(until.timestamp() - world.now)
        world.now += lengths[-1]
        assert world.block() is None
    assert lengths[:4] == [600, 1200, 2400, 4800]
    assert lengths[-2:] == [DAY, DAY]
    assert cool_down_after(1000) == DAY


def dead_token(world: World) -> Ledger:
    """A login whose credentials are right, and whose token is dead when it comes."""
    run = world.run()
    run.sending_code(str(world.window), world.window, 30)
    run.code_accepted()
    run.sending_pin(PIN)
    run.pin_accepted()
    run.token_was_dead()
    return run


def test_a_dead_token_cools_down_and_doubles_to_a_day(world: World) -> None:
    """10 minutes, 20, 40 … 24 hours: each of these logins would spend a code and the PIN."""
    lengths = []
    for _ in range(10):
        dead_token(world)
        stop = world.stops()
        assert (stop.code, stop.until is not None) == ("COOLING_DOWN", True)
        assert stop.reason.startswith("Upstox gave out a token that was dead already")
        assert "clock" in stop.hint
        assert stop.until is not None
        lengths.append(stop.until.timestamp() - world.now)
        world.now += lengths[-1]
        assert world.block() is None
    assert lengths[:4] == [600, 1200, 2400, 4800]
    assert lengths[-2:] == [DAY, DAY]


@pytest.mark.parametrize("end", ["succeeded", "unlock"])
def test_a_good_token_or_a_person_ends_the_doubling(end: str, world: World) -> None:
    dead_token(world)
    world.now += 600
    run = dead_token(world)
    world.now += 1200
    getattr(run, end)()
    assert world.block() is None
    dead_token(world)
    stop = world.stops()
    assert stop.until is not None
    assert stop.until.timestamp() - world.now == 600


def test_a_refused_code_after_a_dead_token_is_told_as_what_it_is(world: World) -> None:
    dead_token(world)
    world.now += 600
    world.fail_code()
    assert "refused the TOTP code" in world.stops().reason


def test_the_error_tells_until_when(world: World) -> None:
    """With the reason, and what lifts it."""
    world.fail_code()
    error = caught(lambda: world.run().require_allowed(PIN))
    assert error.code == "COOLING_DOWN"
    assert error.until == START + 600
    assert "2025-11-21 10:20:00 IST" in error.message
    assert "unlock" in error.hint
    world.now += 600
    world.fail_code()
    assert "in 2 runs in a row" in world.stops().reason
