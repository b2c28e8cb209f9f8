"""What the page owes: the calls whose answers it waits for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .view import View
from .wire.answers import repeats_itself
from .wire.calls import CARRIED, Call, Traffic

POLLED = 3
"""A place that is asked more often than this is polled."""


def owed(view: View, *, loading: bool = False) -> list[Call]:
    """Calls whose answers the page waits for.

    While the page is `loading`, calls to any host count for as long as they take. A place that is
    polled and answers each time does not count.
    """
    polled = polled_places(view.traffic.calls)
    answered = polled_places(each for each in view.traffic.calls if not each.pending)
    found = []
    for each in view.traffic.calls:
        if not each.pending or each.kind not in {"document", "data", "part"}:
            continue
        age = view.now - each.at
        if each.status is not None and each.kind == "data" and age > view.timing.settle:
            continue  # its headers have come, and its body may never end
        if each.place in (answered if loading else polled) and not each.carries:
            continue
        if not loading:
            if not each.trusted and age > view.timing.foreign:
                continue
            if _is_repetition(each, view.traffic):
                continue
            if each.at < view.sent.typed_at and age > view.timing.polled:
                continue
        found.append(each)
    return found


def polled_places(calls: Iterable[Call]) -> frozenset[str]:
    """Places that the page polls, such as for a sign of life."""
    often = Counter(each.place for each in calls)
    return frozenset(place for place, times in often.items() if times > POLLED)


def _is_repetition(call: Call, traffic: Traffic) -> bool:
    """Whether a call holds a code or PIN that an earlier one held, so that it is being stopped.

    Otherwise a page that sends for ever would never be idle.
    """
    holds = call.carries - {CARRIED["mobile"]}
    return bool(holds) and any(
        each.at < call.at
        and not each.blocked
        and holds <= each.carries
        and not each.id.startswith(f"{call.id}#")  # the earlier hop of the same call
        and (each.answer is None or not repeats_itself(each.answer))
        for each in traffic.calls
    )
