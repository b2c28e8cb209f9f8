"""Replays what a walk saw and heard, without a browser: recognition and decisions alone."""

from __future__ import annotations

import time
from dataclasses import replace

from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.next import End
from upstox_browser_login.page.outcome import outcome
from upstox_browser_login.page.view import View

from .bundle import Bundle
from .moments import Marks, code_of, marks_of, states, told
from .verdict import Run, Verdict, verdict

MOST_WRONG = 20
"""So many differences are told; the first is what counts."""


def replay_looks(bundle: Bundle) -> Verdict:
    """Recognise and decide anew from what was recorded, and compare. Reads nothing, waits never."""
    began = time.perf_counter()
    met: list[tuple[float, Marks]] = []
    wrong: list[str] = []
    step = None
    taken: frozenset[str] = frozenset()
    for moment in bundle.moments:
        wrong += [
            f"at {moment.at:.2f} s no answer says any more that the {each} was taken"
            for each in sorted(_untold(moment.view, taken))
        ]
        taken = moment.view.sent.accepted
        step, marks = decide(moment.view), marks_of(moment.view)
        met.append((moment.at, marks))
        recorded = moment.recognised
        # What is unknown for a moment, while nothing was to be done, is borne by the walk.
        if recorded is not None and marks.state and recorded.state != marks.state:
            wrong.append(
                f"at {moment.at:.2f} s the page is taken for {marks.state}, "
                f"recorded {recorded.state or 'nothing known'}"
            )
        elif told(step) != moment.decided:
            wrong.append(
                f"at {moment.at:.2f} s the decision is {told(step)!r}, recorded {moment.decided!r}"
            )
    if step is None:
        wrong.append("nothing of what the walk saw was recorded")
    ending = code_of(step) if isinstance(step, End) else None
    run = Run(ending, tuple(states(met)), wrong=tuple(wrong[:MOST_WRONG]))
    return verdict(bundle.about, run, how="looks", seconds=time.perf_counter() - began)


def _untold(view: View, before: frozenset[str]) -> set[str]:
    """What the walk took for accepted here, and what no answer that it heard says."""
    new = view.sent.accepted - before
    as_it_was = replace(view, sent=replace(view.sent, accepted=before))
    return set() if not new or outcome(as_it_was).state == "taken" else set(new)
