"""Two copies of a ledger that have gone apart: what becomes of them together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from upstox_browser_login.errors import LoginBlockedError, StoreError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.ledger.merge import all_merged, merged
from upstox_browser_login.ledger.state import State
from upstox_browser_login.store.documents import Copy

from .strategies import STATES
from .world import NAME, OTHER_PIN, PIN, START, THIRD_PIN, Memory

SECRET = SecretStr("s3cr3tk3y0")
HOUR = 3600.0


@given(STATES, STATES)
def test_the_order_of_two_copies_does_not_matter(one: State, other: State) -> None:
    """Two machines that merge the same copies come to the same."""
    before = one.model_dump(), other.model_dump()
    assert merged(one, other) == merged(other, one)
    assert (one.model_dump(), other.model_dump()) == before, "neither is changed"


@given(STATES, STATES)
def test_merging_again_changes_nothing(one: State, other: State) -> None:
    """Each of many reads merges anew."""
    together = merged(one, other)
    assert merged(together, together) == together
    assert merged(together, one) == together
    assert merged(other, together) == together
    assert State.model_validate_json(together.model_dump_json()) == together


@given(STATES, STATES)
def test_no_spent_code_is_forgotten(one: State, other: State) -> None:
    """Whatever was forgiven meanwhile."""
    kept = {each.identity: each.times for each in merged(one, other).codes}
    for code in [*one.codes, *other.codes]:
        assert kept[code.identity] >= code.times


@given(STATES, STATES)
def test_no_pin_is_counted_less_than_either_copy_counts_it(one: State, other: State) -> None:
    """Unless a success, an unlock or an accepted PIN of either came later."""
    forgiven = max(one.forgiven, other.forgiven)
    accepted = max(forgiven, one.pins_accepted, other.pins_accepted)
    kept = {each.run: each for each in merged(one, other).pins}
    for pin in [*one.pins, *other.pins]:
        if pin.stamp > (forgiven if pin.refused else accepted):
            assert kept[pin.run].times >= pin.times
            assert kept[pin.run].refused >= pin.refused
    assert all(each.stamp > forgiven for each in kept.values())


@given(STATES, STATES)
def test_no_wait_is_shortened(one: State, other: State) -> None:
    """Nor is a lock forgotten that is later than what was forgiven."""
    forgiven = max(one.forgiven, other.forgiven)
    together = merged(one, other)
    for state in (one, other):
        if state.rate_limit is not None and state.rate_limit.stamp > forgiven:
            assert together.rate_limit is not None
            assert together.rate_limit.until >= state.rate_limit.until
        if state.locked is not None and state.locked.stamp > forgiven:
            assert together.locked is not None


@given(st.permutations(range(3)), st.tuples(STATES, STATES, STATES))
def test_what_is_known_does_not_depend_on_the_order_of_three(
    order: list[int], states: tuple[State, State, State]
) -> None:
    """A server and two machines: spent codes and marks are the same for all."""
    one, other = all_merged(states), all_merged(states[number] for number in order)
    assert [each.identity for each in one.codes] == [each.identity for each in other.codes]
    assert (one.forgiven, one.pins_accepted) == (other.forgiven, other.pins_accepted)


# The same through the ledger: a server that goes back in time, and copies that go apart.


class TwoCopies(Memory):
    """A shared document and this machine's copy, either of which may fall behind."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, bytes] = {}

    def copies(self, name: str) -> tuple[Copy, ...]:
        return (*super().copies(name), Copy(f"own/{name}", lambda: self.own.get(name)))

    def write(self, name: str, data: bytes) -> None:
        super().write(name, data)
        self.own[name] = data

    def set_aside(self, name: str) -> str | None:
        self.own.pop(name, None)
        return super().set_aside(name)


class World:
    """One account on two machines, or two programs, that share a clock."""

    def __init__(self) -> None:
        self.documents = TwoCopies()
        self.now = START

    def run(self, documents: Memory | None = None) -> Ledger:
        return Ledger(documents or self.documents, "k", SECRET, now=lambda: self.now)

    def refuse(self, pin: str, documents: Memory | None = None) -> None:
        run = self.run(documents)
        run.sending_pin(pin)
        run.pin_refused(pin)
        self.now += HOUR


@pytest.fixture
def world() -> World:
    return World()


def test_a_server_that_goes_back_in_time_forgets_no_refused_pin(world: World) -> None:
    """A snapshot of an hour ago is loaded: this machine's copy knows better."""
    world.refuse(PIN)
    snapshot = world.documents.kept[NAME]
    world.refuse(OTHER_PIN)
    window = int(world.now // 30)
    world.run().sending_code("123456", window, 30)
    world.documents.kept[NAME] = snapshot
    assert world.run().block(OTHER_PIN) is not None
    assert world.run().was_sent("123456")
    assert world.run().last_window(30) == window
    with pytest.raises(LoginBlockedError):
        world.run().sending_pin(OTHER_PIN)
    world.refuse(THIRD_PIN)
    assert world.documents.kept[NAME] == world.documents.own[NAME] != snapshot
    block = world.run().block("404404")
    assert block is not None
    assert "3 PINs" in block.reason, "each counted once"


@pytest.mark.parametrize("by", ["success", "unlock"])
@pytest.mark.parametrize("place", ["shared", "own"])
def test_what_forgives_in_one_copy_forgives_what_is_older_in_the_other(
    world: World, by: str, place: str
) -> None:
    """Another machine logged in; or this one did, and the server went back."""
    world.refuse(PIN)
    before = world.documents.kept[NAME]
    run = world.run()
    run.succeeded() if by == "success" else run.unlock()
    assert world.run().block(PIN) is None
    stale = world.documents.own if place == "shared" else world.documents.kept
    stale[NAME] = before
    assert world.run().block(PIN) is None


def test_what_forgives_in_one_copy_does_not_forgive_what_is_newer_in_the_other(
    world: World,
) -> None:
    """Another machine's login at eight says nothing of a PIN that was refused here at nine."""
    world.run().succeeded()
    at_eight = world.documents.kept[NAME]
    world.now += HOUR
    world.refuse(PIN)
    world.documents.kept[NAME] = at_eight
    assert world.run().block(PIN) is not None


def test_two_ledgers_that_never_met_count_together(world: World) -> None:
    """`file` in the shell, a Redis in the service: three PINs of one account are three."""
    alone = Memory()
    world.refuse(PIN, alone)
    world.documents.own = alone.kept
    world.refuse(OTHER_PIN, shared := Memory())
    world.documents.kept |= shared.kept
    for pin in (PIN, OTHER_PIN):
        assert world.run().block(pin) is not None
    assert world.run().block(THIRD_PIN) is None
    world.refuse(THIRD_PIN)
    block = world.run().block("404404")
    assert block is not None
    assert "3 PINs" in block.reason


def test_what_was_seen_is_forgiven_whatever_the_clocks_say(world: World) -> None:
    """A machine whose clock is an hour behind logs in after the refusal that it has seen."""
    world.refuse(PIN)
    world.now -= 24 * HOUR
    world.run().succeeded()
    world.now += 24 * HOUR
    assert world.run().block(PIN) is None
    world.now -= 48 * HOUR
    world.refuse(OTHER_PIN)
    assert world.run().block(OTHER_PIN) is not None, "and what came after it is not"


def test_what_happened_apart_is_ordered_by_upstox_s_time(world: World) -> None:
    """Here the clock is a day behind: by it, the refusal would be older than the success."""
    world.run().succeeded()
    at_eight = dict(world.documents.kept)
    behind = World()
    behind.now = world.now + HOUR - 24 * HOUR
    run = behind.run()
    run.corrected_by(lambda: 24 * HOUR)
    run.sending_pin(PIN)
    run.pin_refused(PIN)
    world.documents.kept, world.documents.own = at_eight, behind.documents.own
    assert world.run().block(PIN) is not None


@pytest.mark.parametrize("place", ["shared", "own"])
def test_a_damaged_copy_stops_and_unlock_keeps_what_the_other_knows(
    world: World, place: str
) -> None:
    """The codes that were spent stay spent, though one of the copies is lost."""
    window = int(world.now // 30)
    world.run().sending_code("123456", window, 30)
    damaged = world.documents.kept if place == "shared" else world.documents.own
    damaged[NAME] = b"nonsense"
    with pytest.raises(StoreError, match="damaged") as raised:
        world.run().block(PIN)
    assert ("memory/" if place == "shared" else "own/") in raised.value.message
    lifted = world.run().unlock()
    assert lifted is not None
    assert world.run().was_sent("123456")
    assert world.run().last_window(30) == window
    assert world.run().block(None) is None


def test_unlock_of_a_newer_copy_beside_an_old_one_changes_neither(world: World) -> None:
    """The other machine was updated first."""
    world.run().sending_code("123456", int(world.now // 30), 30)
    newer = world.documents.kept[NAME].replace(b'"version":2', b'"version":3')
    world.documents.kept[NAME] = newer
    before = dict(world.documents.own)
    with pytest.raises(StoreError, match="another version"):
        world.run().unlock()
    assert world.documents.kept == {NAME: newer}
    assert world.documents.own == before
