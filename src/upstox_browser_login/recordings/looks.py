"""Replays what a walk saw and heard, without a browser: recognition and decisions alone."""

from __future__ import annotations

import time

from upstox_browser_login.page.decide import End, decide

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
    for moment in bundle.moments:
        step, marks = decide(moment.view), marks_of(moment.view)
        met.append((moment.at, marks))
        recorded = moment.recognised
        if recorded is not None and recorded.state != marks.state:
            wrong.append(
                f"at {moment.at:.2f} s the page is taken for {marks.state or 'nothing known'}, "
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
