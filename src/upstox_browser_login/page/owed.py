"""What the page owes: the calls whose answers it waits for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .view import View
from .wire.answers import repeats_itself
from .wire.calls import CARRIED, Call, Traffic

POLLED = 3
"""A place that was asked more often than this is asked for ever."""


def owed(view: View, *, loading: bool = False) -> list[Call]:
    """Calls whose answers the page waits for.

    While it is `loading`, what any host owes counts without a limit; but not what the page asks for
    again and again and is answered each time.
    """
    polled = polled_places(view.traffic.calls)
    answered = polled_places(each for each in view.traffic.calls if not each.pending)
    found = []
    for each in view.traffic.calls:
        if not each.pending or each.kind not in {"document", "data", "part"}:
            continue
        age = view.now - each.at
        if each.status is not None and each.kind == "data" and age > view.timing.settle:
            continue  # its headers have come; a body that nobody reads never ends
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
    """Places that the page asks again and again, as for a sign of life."""
    often = Counter(each.place for each in calls)
    return frozenset(place for place, times in often.items() if times > POLLED)


def _is_repetition(call: Call, traffic: Traffic) -> bool:
    """Whether a call holds a code or PIN that another one held before: it is being stopped.

    Otherwise a page that sends for ever would never be idle.
    """
    holds = call.carries - {CARRIED["mobile"]}
    return bool(holds) and any(
        each.at < call.at
        and not each.blocked
        and holds <= each.carries
        and not each.id.startswith(f"{call.id}#")  # the hop before of the same call
        and (each.answer is None or not repeats_itself(each.answer))
        for each in traffic.calls
    )
