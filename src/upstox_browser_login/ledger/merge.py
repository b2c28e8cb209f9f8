"""One state made of copies of a ledger that have gone apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import reduce
from typing import TypeVar

from .parts import Part
from .state import State

P = TypeVar("P", bound=Part)


def merged(one: State, other: State) -> State:
    """Put two copies together: neither is changed, and their order does not matter.

    What only one of them knows counts. A success or an unlock in either forgives what is older in
    both. Codes stay spent, all of them. The result shares the parts of both.
    """
    state = State(
        version=2,
        pins=_joined(one.pins, other.pins),
        codes=_joined(one.codes, other.codes),
        failed_runs=_joined(one.failed_runs, other.failed_runs),
        rate_limit=_one_of(one.rate_limit, other.rate_limit),
        locked=_one_of(one.locked, other.locked),
        entries=_joined(one.entries, other.entries),
        forgiven=max(one.forgiven, other.forgiven),
        pins_accepted=max(one.pins_accepted, other.pins_accepted),
        codes_accepted=max(one.codes_accepted, other.codes_accepted),
    )
    state.drop_forgiven()
    state.drop_oldest()
    return state


def all_merged(states: Iterable[State]) -> State:
    """Put any number of copies together; a new ledger where there is none."""
    found = list(states)
    return reduce(merged, found) if found else State.new()


def _joined(one: list[P], other: list[P]) -> list[P]:
    """Join what is the same thing, and put all in the order of their stamps."""
    found: dict[Hashable, P] = {}
    for each in [*one, *other]:
        known = found.get(each.identity)
        found[each.identity] = each if known is None else known.joined(each)
    return sorted(found.values(), key=lambda each: (each.stamp, str(each.identity)))


def _one_of(one: P | None, other: P | None) -> P | None:
    if one is None or other is None:
        return other if one is None else one
    return one.joined(other)
