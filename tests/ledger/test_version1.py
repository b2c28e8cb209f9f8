"""A ledger that an older version has written: it is read, and nothing of it is forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.errors import LoginBlockedError
from upstox_browser_login.ledger.fingerprint import code_digest
from upstox_browser_login.ledger.merge import merged
from upstox_browser_login.ledger.state import State
from upstox_browser_login.ledger.version1 import Version1

from .world import DAY, NAME, OTHER_PIN, PIN, START, THIRD_PIN, World

SALT = "00112233445566778899aabbccddeeff"
WINDOW = int(START // 30)


def document(**changes: Any) -> dict[str, Any]:
    empty = {
        "version": 1,
        "salt": SALT,
        "pins": [],
        "codes": [],
        "code_failures": 0,
        "cool_down": None,
        "rate_limit": None,
        "locked_at": None,
        "entries": [],
    }
    return empty | changes


def pin(at: float = START - 60, *, refused: bool = True, times: int = 1) -> dict[str, Any]:
    """One as version 1 kept it; the fingerprint is scrypt's."""
    return {"at": at, "fingerprint": "5c" * 32, "refused": refused, "times": times}


def entry(what: str, outcome: str, at: float) -> dict[str, Any]:
    return {"at": at, "what": what, "outcome": outcome, "upstox_code": None}


def world_with(**changes: Any) -> World:
    world = World()
    world.memory.kept[NAME] = json.dumps(document(**changes)).encode()
    return world


def test_a_refused_pin_counts_as_any_pin() -> None:
    """It was recognised by scrypt, which is given up: nobody can tell which one it was."""
    world = world_with(pins=[pin()])
    for each in (PIN, OTHER_PIN, None):
        assert world.stops(each).upstox_code == "1017106"
    assert "an older version" in world.stops(PIN).reason
    with pytest.raises(LoginBlockedError):
        world.run().sending_pin(PIN)
    world.run().unlock()
    assert world.block(PIN) is None


def test_pins_without_an_answer_are_counted() -> None:
    """Two block, one that may have left twice is two, and three of any kind are the last."""
    assert world_with(pins=[pin(refused=False)]).block(PIN) is None
    two = world_with(pins=[pin(refused=False), pin(refused=False)])
    assert "was not seen to take it" in two.stops(PIN).reason
    three = world_with(pins=[pin(times=2), pin(START - 30, refused=False)])
    assert "3 PINs" in three.stops(THIRD_PIN).reason


def test_codes_stay_spent() -> None:
    """By their window, and by themselves."""
    codes = [{"window": WINDOW, "period": 30, "digest": code_digest(SALT, "123456")}]
    world = world_with(codes=codes)
    assert world.run().last_window(30) == WINDOW
    assert world.run().was_sent("123456")
    with pytest.raises(LoginBlockedError):
        world.run().sending_code("654321", WINDOW, 30)
    world.run().unlock()
    assert world.run().was_sent("123456")
    assert json.loads(world.memory.kept[NAME])["version"] == 2


def test_waits_and_locks_stand() -> None:
    """As they stood, the doubling of cool-downs included."""
    wait = {"until": START + 100, "seconds": 2400.0, "upstox_code": None}
    world = world_with(code_failures=3, cool_down=wait)
    block = world.stops()
    assert block.until == world.after(100)
    assert "in 3 runs in a row" in block.reason
    world.now += 100
    world.fail_code()
    assert world.stops().until == world.after(4800)
    limit = world_with(rate_limit=wait | {"upstox_code": "1017069"}).stops()
    assert (limit.code, limit.upstox_code) == ("RATE_LIMITED", "1017069")
    assert world_with(locked_at=START - 5).stops().code == "ACCOUNT_LOCKED"


def test_failures_without_a_cool_down_are_counted_too() -> None:
    """Whatever such a document came from."""
    world = world_with(code_failures=2)
    world.fail_code()
    assert world.stops().until == world.after(2400)


def test_the_history_is_kept() -> None:
    """Line by line."""
    entries = [entry("pin", "refused", START - 9), entry("unlock", "lifted", START - 8)]
    told = world_with(entries=entries).run().history()
    assert [(each.what, each.outcome) for each in told] == [
        ("pin", "refused"),
        ("unlock", "lifted"),
    ]


@pytest.mark.parametrize(
    "forgiving",
    [entry("login", "succeeded", START - 10), entry("unlock", "nothing stood", START - 10)],
    ids=["success", "unlock"],
)
def test_a_newer_copy_forgives_what_an_older_one_holds(forgiving: dict[str, Any]) -> None:
    """Another machine has logged in since this one wrote its copy."""
    stale = Version1(**document(pins=[pin(START - 60)])).converted()
    newer = Version1(**document(entries=[forgiving])).converted()
    assert merged(stale, newer).pins == []
    later = Version1(**document(pins=[pin(START - 5)])).converted()
    assert len(merged(later, newer).pins) == 1


def test_what_a_document_holds_stands_whatever_the_clocks_said() -> None:
    """The success was dated a day ahead, and the PIN refused after it by a clock set right."""
    ahead = entry("login", "succeeded", START + DAY)
    world = world_with(entries=[ahead], pins=[pin()], locked_at=START - 1)
    assert world.stops().code == "ACCOUNT_LOCKED"
    state = Version1.model_validate_json(world.memory.kept[NAME]).converted()
    assert len(merged(state, State.new()).pins) == 1


SENT = st.builds(
    pin, st.sampled_from([START - 60, START - 30]), refused=st.booleans(), times=st.integers(1, 2)
)


@given(st.lists(SENT, max_size=4), st.integers(0, 4))
def test_copies_of_one_document_count_once(pins: list[dict[str, Any]], known: int) -> None:
    """A Redis and this machine's copy hold the same entries, or the copy the first of them."""
    shared = Version1(**document(pins=pins)).converted()
    copy = Version1(**document(pins=pins[:known])).converted()
    together = merged(shared, copy)
    assert sum(each.times for each in together.pins) == sum(each["times"] for each in pins)
    assert sum(each.refused for each in together.pins) == sum(each["refused"] for each in pins)
