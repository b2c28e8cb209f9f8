"""One change of the page, and which changes go together."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

TOKEN = "TOKEN"  # noqa: S105  (how a login ends)


@dataclass(frozen=True)
class Change:
    """A named change: what it sets in the page and the servers, and how the login must end.

    *options* are read by `site/` and `world.py`. Two changes do not go together where they set the
    same option (`text` and `text.pinLabel` are the same in this sense), or where one names the
    other's category, or an option that the other sets, in *apart*. *expect* is `TOKEN` or the code
    of the error that is right. *front* names the front end that is changed, where it is not the
    site: a page has one.
    """

    name: str
    category: str
    options: Mapping[str, Any]
    expect: str = TOKEN
    apart: frozenset[str] = field(default_factory=frozenset)
    front: str | None = None


def options_of(named: Mapping[str, Any]) -> dict[str, Any]:
    """The options that arguments of these names set: two underscores stand for a dot."""
    return {name.replace("__", "."): value for name, value in named.items()}


@dataclass(frozen=True)
class Case:
    """A page with one change or several."""

    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        """The changes' names."""
        return " + ".join(each.name for each in self.changes)

    @property
    def options(self) -> dict[str, Any]:
        """All that the changes set."""
        front = next((each.front for each in self.changes), None)
        found: dict[str, Any] = {"front": front} if front else {}
        for each in self.changes:
            found |= each.options
        return found

    @property
    def expect(self) -> str:
        """The one end that is no token, if there is one: only one change of a case has such."""
        return next((each.expect for each in self.changes if each.expect != TOKEN), TOKEN)


def compatible(one: Change, other: Change) -> bool:
    """Whether a page can have both."""
    if one.front != other.front or TOKEN not in {one.expect, other.expect}:
        return False
    for first, second in ((one, other), (other, one)):
        if first.apart & {second.category, second.name}:
            return False
        if any(_overlap(mine, theirs) for mine in first.apart for theirs in second.options):
            return False
    return not any(_overlap(mine, theirs) for mine in one.options for theirs in other.options)


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def singles(changes: Sequence[Change]) -> list[Case]:
    """Each change alone."""
    return [Case((each,)) for each in changes]


def combined(changes: Sequence[Change], size: int, count: int, seed: int) -> list[Case]:
    """Draw *count* different cases of *size* compatible changes of different categories."""
    dice = random.Random(f"{seed}/{size}")  # noqa: S311  (no secret)
    found: dict[frozenset[str], Case] = {}
    for _ in range(count * 200):
        if len(found) == count:
            break
        drawn = tuple(dice.sample(list(changes), size))
        apart = len({each.category for each in drawn}) == size
        if apart and all(compatible(one, other) for one, other in combinations(drawn, 2)):
            found.setdefault(frozenset(each.name for each in drawn), Case(drawn))
    return list(found.values())
