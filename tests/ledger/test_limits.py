"""Rate limits, locked accounts, what `unlock` lifts, and the history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from upstox_browser_login.errors import UpstoxUnavailableError
from upstox_browser_login.ledger import Ledger, login_lock

from .world import DAY, NAME, OTHER_PIN, PIN, World, caught


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        (None, 600),
        (120, 120),
        (0, 600),
        (-5, 600),
        (float("nan"), 600),
        (float("inf"), DAY),
        (9e9, DAY),
    ],
)
def test_rate_limits(world: World, stated: float | None, seconds: float) -> None:
    """The time that the server states, 10 minutes where it states none, a day at most."""
    world.run().rate_limited(stated, "1017069")
    block = world.stops()
    assert (block.code, block.upstox_code) == ("RATE_LIMITED", "1017069")
    assert block.until == world.after(seconds)
    caught(lambda: world.run().sending_code("123456", world.window, 30))
    world.now += seconds
    assert world.block() is None


def test_a_shorter_limit_does_not_shorten_a_longer_one(world: World) -> None:
    """Of two waits the longer one stands, whoever asked for it."""
    world.run().rate_limited(5000, "1017069")
    world.run().rate_limited(None, None)
    assert world.stops().until == world.after(5000)
    world.run().code_refused(final=True)
    assert world.stops().code == "RATE_LIMITED"


def test_a_long_code_of_a_server_does_not_damage_the_ledger(world: World) -> None:
    """What is written can be read."""
    world.run().rate_limited(None, "x" * 1000)
    assert world.stops().upstox_code == "x" * 32


def test_half_a_character_in_a_code_of_a_server_keeps_no_limit_from_being_kept(
    world: World,
) -> None:
    world.run().rate_limited(None, "LIMIT\ud83d")
    assert world.stops().upstox_code == "LIMIT?"


def test_a_locked_account_waits_for_a_person(world: World) -> None:
    """Neither time nor another PIN lifts it."""
    world.run().account_locked()
    world.now += 365 * DAY
    for pin in (PIN, OTHER_PIN, None):
        block = world.stops(pin)
        assert (block.code, block.until, block.upstox_code) == ("ACCOUNT_LOCKED", None, "1017090")
    caught(lambda: world.run().sending_code("123456", world.window, 30))
    caught(lambda: world.run().sending_pin(PIN))


def test_another_account_has_another_ledger(world: World) -> None:
    """A mobile that was changed on purpose is not held to its predecessor's failures."""
    world.run().account_locked()
    assert Ledger(world.documents, "another", now=lambda: world.now).block(None) is None


# People


def test_unlock_lifts_everything_but_spent_codes(world: World) -> None:
    """And says what stood."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017078")
    run.pin_refused(PIN)
    run.account_locked()
    lifted = world.run().unlock()
    assert lifted is not None
    assert lifted.code == "ACCOUNT_LOCKED"
    assert world.block(PIN) is None
    assert world.run().last_window(30) == world.window
    assert world.run().unlock() is None
    assert [each.outcome for each in run.history()[-2:]] == ["lifted", "nothing stood"]


def test_unlock_waits_for_no_login_and_forgets_nothing_of_one(world: World) -> None:
    """Its PIN is on the way: should the login be killed now, it must still count."""
    with world.memory.lock(login_lock("k"), 0):
        run = world.run()
        run.sending_pin(PIN)
        run.pin_carried(2)
        before = dict(world.memory.kept)
        with pytest.raises(UpstoxUnavailableError, match="under way") as raised:
            world.run().unlock()
        assert raised.value.code == "TIMEOUT"
        assert "when that login has ended" in raised.value.hint
    assert world.memory.kept == before
    world.run().unlock()
    assert world.pins == []


@pytest.mark.parametrize("outcome", ["refused", "carried", "broke off"])
def test_what_comes_of_a_pin_after_an_unlock_counts(world: World, outcome: str) -> None:
    """Should the lock have been lost: what is told afterwards was not forgiven."""
    run = world.run()
    run.sending_pin(PIN)
    world.run().unlock()
    assert world.pins == []
    if outcome == "refused":
        run.pin_refused(PIN)
        world.stops(PIN)
    else:
        run.pin_carried(3) if outcome == "carried" else run.pin_carried(2)
    assert [each["times"] for each in world.pins] == [
        {"refused": 1, "carried": 3, "broke off": 2}[outcome]
    ]


def test_unlock_forgets_a_single_unknown_pin(world: World) -> None:
    """It did not block yet, but it would have counted."""
    world.run().sending_pin(PIN)
    assert world.run().unlock() is None
    world.run().sending_pin(PIN)
    assert world.block() is None


def test_history(world: World) -> None:
    """What was tried, in order, with the outcome beside it."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    world.now += 1
    run.code_accepted()
    run.sending_pin(PIN)
    world.now += 1
    run.pin_refused(PIN)
    assert [(e.what, e.outcome, e.upstox_code) for e in run.history()] == [
        ("code", "accepted", None),
        ("pin", "refused", "1017106"),
    ]
    assert run.history()[1].at - run.history()[0].at == timedelta(seconds=1)


def test_an_outcome_is_never_given_to_another_runs_submission(world: World) -> None:
    """A rate limit at the mobile step says nothing of the PIN of a run that was killed."""
    world.run().sending_pin(PIN)
    world.run().rate_limited(None, "1017069")
    assert [(e.what, e.outcome) for e in world.run().history()] == [
        ("pin", None),
        ("login", "rate limited"),
    ]


def test_history_is_capped(world: World) -> None:
    """The document does not grow for ever."""
    for _ in range(200):
        run = world.run()
        run.sending_code(f"{world.window % 10**6:06}", world.window, 30)
        run.code_accepted()
        run.succeeded()
        world.now += DAY
    assert len(world.run().history()) == 50
    assert len(world.memory.kept[NAME]) < 20_000
