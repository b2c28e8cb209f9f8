"""Replays what a walk saw and heard, without a browser: recognition and decisions alone."""

from __future__ import annotations

import time
from collections.abc import Iterator

from msgspec.structs import replace

from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.here import Here
from upstox_browser_login.page.next import End, Next
from upstox_browser_login.page.outcome import outcome
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.states.fields import STEPS
from upstox_browser_login.page.view import View

from .bundle import Bundle
from .moments import Marks, Moment, code_of, marks_of, states, told
from .verdict import Run, Verdict, verdict

MOST_WRONG = 20
"""So many differences are told; the first is what counts."""


def replay_looks(bundle: Bundle) -> Verdict:
    """Recognise and decide anew from what was recorded, and compare. Reads nothing, waits never."""
    began = time.perf_counter()
    met: list[tuple[float, Marks]] = []
    wrong: list[str] = []
    failed: set[str] = set()
    state = ""
    step: Next | None = None
    taken: frozenset[str] = frozenset()
    for moment, here in _recognised(bundle):
        view = moment.view
        untold = [
            f"at {moment.at:.2f} s no answer says any longer that the {each} was taken"
            for each in sorted(_untold(view, taken))
        ]
        taken = view.sent.accepted
        step, marks = decide(view, here), marks_of(view, here)
        met.append((moment.at, marks))
        state = state if moment.recognised is None else moment.recognised.state
        differs = [*untold, *_differs(moment, step, marks)]
        if differs and state in STEPS:
            failed.add(STEPS[state])
        wrong += differs
    if step is None:
        wrong.append("nothing of what the walk saw was recorded")
    run = Run(
        code_of(step) if isinstance(step, End) else None,
        tuple(states(met)),
        wrong=tuple(wrong[:MOST_WRONG]),
        failed=frozenset(failed),
        decision=None if step is None else told(step),
    )
    return verdict(bundle.about, run, how="looks", seconds=time.perf_counter() - began)


def _recognised(bundle: Bundle) -> Iterator[tuple[Moment, Here]]:
    """Each moment with what is here; asked once where nothing differs from the moment before."""
    before: View | None = None
    here: Here | None = None
    for moment in bundle.moments:
        view = moment.view
        same = before is not None and (
            view.look is before.look
            and view.traffic.calls is before.traffic.calls
            and view.sent is before.sent
        )
        if here is None or not same:
            here = recognise(view.look, view.traffic, view.sent, view.marks)
        before = view
        yield moment, here


def _differs(moment: Moment, step: Next, marks: Marks) -> list[str]:
    """What is recognised or decided otherwise than when it was recorded."""
    recorded = moment.recognised
    # the walk waits while a page is unknown for a moment: no difference
    if recorded is not None and marks.state and recorded.state != marks.state:
        before = recorded.state or "nothing known"
        return [f"at {moment.at:.2f} s the page is taken for {marks.state}, recorded {before}"]
    if told(step) != moment.decided:
        return [f"at {moment.at:.2f} s the decision is {told(step)!r}, recorded {moment.decided!r}"]
    return []


def _untold(view: View, before: frozenset[str]) -> set[str]:
    """The credentials that the walk took for accepted although no recorded answer says so."""
    new = view.sent.accepted - before
    if not new:
        return set()
    as_it_was = replace(view, sent=replace(view.sent, accepted=before))
    return set() if outcome(as_it_was).state == "taken" else set(new)
