"""What a run tells its ledger, and what a later run is told of it."""

from __future__ import annotations

import json

import pytest

from upstox_browser_login.ledger.rules import MAX_PINS

from .world import DAY, NAME, OTHER_PIN, PIN, THIRD_PIN, World, caught


def break_off(world: World, pin: str) -> None:
    """One run that never heard of its PIN again."""
    run = world.run()
    run.sending_pin(pin)
    run.pin_carried(2)


def test_a_new_ledger_blocks_nothing_and_writes_nothing(world: World) -> None:
    """Looking is free."""
    world.run().require_allowed(PIN)
    assert world.block(None) is None
    assert world.run().last_window(30) is None
    assert not world.run().was_sent("123456")
    assert world.run().history() == ()
    assert world.memory.kept == {}


def test_a_refused_pin_blocks_until_it_changes(world: World) -> None:
    """The rule of the issue: never the same PIN again, at once another one."""
    world.refuse_pin()
    world.now += 365 * DAY
    error = caught(lambda: world.run().require_allowed(PIN))
    assert (error.code, error.until, error.upstox_code) == ("COOLING_DOWN", None, "1017106")
    assert "2025-11-21 10:10:00 IST" in error.message
    assert "UPSTOX_PIN_CODE" in error.hint
    assert "unlock" in error.hint
    assert world.block(OTHER_PIN) is None
    assert world.block(None) is not None, "an unknown PIN may be the refused one"


def test_a_refused_pin_stays_refused_behind_another(world: World) -> None:
    """Going back to the first of two wrong PINs would be its second try."""
    world.refuse_pin(PIN)
    world.refuse_pin(OTHER_PIN)
    world.stops(PIN)
    world.stops(OTHER_PIN)
    assert world.block(THIRD_PIN) is None


def test_a_pin_is_sent_once_a_run(world: World) -> None:
    """Whatever came of it, and also when it is another one."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_accepted()
    for pin in (PIN, OTHER_PIN):
        assert caught(lambda pin=pin: run.sending_pin(pin)).code == "COOLING_DOWN"  # type: ignore[misc]
    world.run().sending_pin(PIN)


def test_sending_a_pin_asks_again_whether_it_may(world: World) -> None:
    """Another process may have had it refused since `require_allowed`."""
    late = world.run()
    late.require_allowed(PIN)
    world.refuse_pin()
    caught(lambda: late.sending_pin(PIN))
    assert [each.outcome for each in late.history()] == ["refused"]


def test_two_unknown_outcomes_block(world: World) -> None:
    """A run that was killed after it sent the PIN may have had it refused."""
    world.run().sending_pin(PIN)
    assert world.block() is None
    world.run().sending_pin(PIN)
    block = world.stops()
    assert (block.code, block.until) == ("COOLING_DOWN", None)
    assert "was not seen to take it" in block.reason
    world.stops(None)
    assert world.block(OTHER_PIN) is None
    assert [each.outcome for each in world.run().history()] == ["unknown", None]


def test_two_unknown_outcomes_block_each_of_two_pins(world: World) -> None:
    """Two in a row are two, also when the PIN changed between them."""
    world.run().sending_pin(PIN)
    world.run().sending_pin(OTHER_PIN)
    world.stops(PIN)
    world.stops(OTHER_PIN)
    assert world.block(THIRD_PIN) is None


def test_an_accepted_pin_forgives_the_unknown(world: World) -> None:
    """The account's count of failures starts over."""
    for _ in range(5):
        world.run().sending_pin(PIN)
        run = world.run()
        run.sending_pin(PIN)
        run.pin_accepted()
    assert world.block() is None


def test_an_accepted_pin_does_not_forgive_a_refused_one(world: World) -> None:
    """Only a token does: the setting may yet be turned back."""
    world.refuse_pin(PIN)
    run = world.run()
    run.sending_pin(OTHER_PIN)
    run.pin_accepted()
    world.stops(PIN)
    run.succeeded()
    assert world.block(PIN) is None


def test_a_rate_limit_does_not_tell_what_became_of_the_pin(world: World) -> None:
    """It may have been about another request."""
    for _ in range(2):
        run = world.run()
        run.sending_pin(PIN)
        run.rate_limited(1, "1017125")
        world.now += 10
    assert "was not seen to take it" in world.stops().reason


def test_never_a_fifth_pin(world: World) -> None:
    """Upstox locks the account at the fifth failure, whichever PINs they were."""
    for number in range(MAX_PINS):
        world.refuse_pin(f"{number:06}")
    block = world.stops("999999")
    assert "fifth" in block.reason
    caught(lambda: world.run().sending_pin("999999"))
    world.run().unlock()
    assert world.block("999999") is None


def test_a_pin_whose_connection_broke_counts_twice(world: World) -> None:
    """The browser may have sent it again by itself."""
    break_off(world, PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(2, False)]
    assert world.block() is None
    break_off(world, PIN)
    assert sum(each["times"] for each in world.pins) == 4
    for pin in (PIN, OTHER_PIN, None):
        block = world.stops(pin)
        assert (block.code, block.until) == ("COOLING_DOWN", None)
        assert "4 PINs" in block.reason
        assert "fifth" in block.reason
    caught(lambda: world.run().sending_pin(OTHER_PIN))
    world.run().unlock()
    assert world.pins == []
    assert world.block() is None


def test_what_left_twice_and_what_was_refused_add_up(world: World) -> None:
    """Whichever came first, and whichever PINs they were."""
    break_off(world, PIN)
    world.refuse_pin(OTHER_PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason
    world.run().unlock()
    world.refuse_pin(OTHER_PIN)
    break_off(world, PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason


def test_a_pin_that_broke_off_and_was_accepted_is_forgiven(world: World) -> None:
    """The second sending got through."""
    break_off(world, PIN)
    run = world.run()
    run.sending_pin(PIN)
    run.pin_carried(2)
    run.pin_accepted()
    assert world.pins == []


def test_a_pin_that_broke_off_and_was_refused_stays_two(world: World) -> None:
    """It may have been refused both times."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_carried(2)
    run.pin_refused(PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(2, True)]
    world.refuse_pin(OTHER_PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason


@pytest.mark.parametrize(
    ("told", "kept"), [([3], 3), ([3, 1], 3), ([1], 1), ([0], 1), ([999], 100)]
)
def test_a_pin_counts_as_often_as_the_wire_carried_it(
    world: World, told: list[int], kept: int
) -> None:
    """The login tells how often; the ledger holds the highest number."""
    run = world.run()
    run.sending_pin(PIN)
    for times in told:
        run.pin_carried(times)
    assert [each["times"] for each in world.pins] == [kept]
    assert (world.block(THIRD_PIN) is None) == (kept < MAX_PINS)
    run.pin_refused(PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(kept, True)]


def test_a_pin_that_was_accepted_however_often_it_left(world: World) -> None:
    """The wire may tell late; and of a run that sent none there is nothing to tell."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_accepted()
    run.pin_carried(2)
    run.pin_carried(2)
    world.run().pin_carried(2)
    assert world.pins == []


def test_a_code_whose_connection_broke_counts_twice(world: World) -> None:
    """Two codes are all that a run may send: it sends no other, whatever comes next."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_broke_off()
    (code,) = json.loads(world.memory.kept[NAME])["codes"]
    assert code["times"] == 2
    error = caught(lambda: run.sending_code("222222", world.window + 1, 30))
    assert "in this run" in error.message
    world.run().sending_code("222222", world.window + 1, 30)
    assert world.run().last_window(30) == world.window + 1


def test_a_code_that_broke_off_and_was_refused(world: World) -> None:
    """Neither refusal lets the same run go on, and the cool-down stands for it too."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_broke_off()
    run.code_refused(final=False)
    caught(lambda: run.sending_code("222222", world.window + 1, 30))
    block = run.block(PIN)
    assert block is not None
    assert block.until == world.after(600)


def test_a_run_without_a_code_has_none_that_broke_off(world: World) -> None:
    """Another run's code is not counted twice for it."""
    world.run().sending_code("111111", world.window, 30)
    world.run().code_broke_off()
    (code,) = json.loads(world.memory.kept[NAME])["codes"]
    assert code["times"] == 1


def test_only_the_pin_sent_last_broke_off(world: World) -> None:
    """And none, where all have their outcome."""
    world.run().sending_pin(PIN)
    break_off(world, OTHER_PIN)
    assert [each["times"] for each in world.pins] == [1, 2]
    world.run().unlock()
    world.refuse_pin()
    world.run().pin_carried(2)
    assert [each["times"] for each in world.pins] == [1]


def test_a_refusal_without_an_announcement_counts(world: World) -> None:
    """Should a caller have forgotten to announce it."""
    world.run().pin_refused(PIN)
    world.stops(PIN)


def test_success_clears_everything_but_spent_codes(world: World) -> None:
    """A token proves that PIN, seed and account are right."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017078")
    run.account_locked()
    run.pin_refused(PIN)
    run.succeeded()
    assert world.block(None) is None
    assert run.last_window(30) == world.window
    assert run.was_sent("123456")
    world.now += 30
    world.fail_code()
    assert world.stops().until == world.after(600)
