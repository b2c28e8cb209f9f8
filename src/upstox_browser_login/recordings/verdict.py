"""Whether a replay went as its recording did, and where it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from upstox_browser_login.errors import PageChangedError, UpstoxError
from upstox_browser_login.page.states.fields import STEPS

from .bundle import About
from .moments import State

How = Literal["browser", "looks"]
"""Whether a login was made, or what it saw was looked at anew."""


@dataclass(frozen=True)
class Step:
    """One step of the login, in the recording and now."""

    step: str
    passed: bool | None
    """None where it was not judged: looks alone say nothing of a step without a form."""
    seconds: float | None
    """None where it was not done now, or where nothing was run."""
    recorded: float
    spoke: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    """The kinds of evidence for the form of this step, as it is seen now."""


@dataclass(frozen=True)
class Run:
    """What a replay came to, as far as it can be compared."""

    ending: str | None
    """`OK` or the code of an error; None where the looks alone do not tell, as of a redirect."""
    states: tuple[State, ...]
    steps: dict[str, float] = field(default_factory=dict)
    """Seconds of each step that was done; several tries are added up."""
    step: str | None = None
    """The step in which it failed."""
    wrong: tuple[str, ...] = ()
    """What else differs, in words."""
    failed: frozenset[str] = frozenset()
    """Steps in whose forms the looks are taken for something else, or lead to something else."""
    decision: str | None = None
    """What is decided of the last look, in words; None where a login was made."""
    trace: str | None = None


@dataclass(frozen=True)
class Verdict:
    """How a replay compares with its recording. It has passed where nothing differs."""

    name: str
    how: How
    seconds: float
    ending: tuple[str, str | None]
    """In the recording, and now."""
    states: tuple[tuple[str, ...], tuple[str, ...]]
    steps: tuple[Step, ...]
    wrong: tuple[str, ...]
    decision: str | None = None
    """What is decided of the last look, in words; None where a login was made."""
    trace: str | None = None

    @property
    def last(self) -> str | None:
        """The state that the page was in at the end."""
        return self.states[1][-1] if self.states[1] else None

    @property
    def passed(self) -> bool:
        """Whether nothing differs."""
        return not self.wrong

    def error(self) -> UpstoxError:
        """The error of a replay that has not passed."""
        more = f" (and {len(self.wrong) - 1} more)" if len(self.wrong) > 1 else ""
        return PageChangedError(
            f"The replay of {self.name} did not pass: {self.wrong[0]}{more}.",
            hint="The recording or this version has changed: compare two recordings with "
            "`upstox-browser-login replay --diff A B`.",
            trace=self.trace,
        )


def verdict(about: About, run: Run, *, how: How, seconds: float) -> Verdict:
    """Compare a run with what was recorded."""
    recorded = tuple(each.state for each in about.states)
    met = tuple(each.state for each in run.states)
    wrong = list(run.wrong)
    if run.ending is not None and run.ending != about.ending.name:
        wrong.append(f"it ended with {run.ending}, recorded {about.ending.name}")
    elif how == "browser" and run.step != about.ending.step:
        recorded_step = about.ending.step or "none"
        wrong.append(f"it ended in the step {run.step or 'none'}, recorded {recorded_step}")
    if not _are_the_same(recorded, met, failed=run.ending not in {None, "OK"}):
        wrong.append(f"it met the states {_listed(met)}, recorded {_listed(recorded)}")
    return Verdict(
        about.name,
        how,
        round(seconds, 3),
        (about.ending.name, run.ending),
        (recorded, met),
        tuple(_steps(about, run, how)),
        tuple(wrong),
        run.decision,
        run.trace,
    )


def _steps(about: About, run: Run, how: How) -> list[Step]:
    recorded: dict[str, float] = {}
    for each in about.steps:
        recorded[each.step] = recorded.get(each.step, 0.0) + each.seconds
    if about.ending.step and about.ending.step not in recorded:
        recorded[about.ending.step] = 0.0
    marks = {STEPS[each.state]: each for each in reversed(run.states) if each.state in STEPS}
    told = []
    for step, seconds in recorded.items():
        own = run.steps.get(step)
        seen = marks.get(step)  # type: ignore[call-overload]  # steps of a file are any texts
        told.append(
            Step(
                step,
                _done(about, run, step) if how == "browser" else _known(about, run, step),
                None if own is None else round(own, 3),
                round(seconds, 3),
                () if seen is None else seen.spoke,
                () if seen is None else seen.silent,
            )
        )
    return told


def _done(about: About, run: Run, step: str) -> bool:
    """Whether a login did this step, or failed in it as the recorded one did."""
    if not about.ending.ok and step == about.ending.step:
        return run.step == step
    return step in run.steps


def _known(about: About, run: Run, step: str) -> bool | None:
    """Whether the looks at this step's forms are known and lead on; None where no look tells.

    Whether a page opens, what a redirect carries, what an exchange answers: no look shows that. Nor
    does one show the end of a login that ended by a limit of time.
    """
    forms = {each.state for each in about.states if STEPS.get(each.state) == step}
    if not forms:
        return None
    if step in run.failed or not forms <= {each.state for each in run.states}:
        return False
    if not about.ending.ok and step == about.ending.step:
        return None if run.ending is None else run.ending == about.ending.name
    return True


def _are_the_same(recorded: Sequence[str], met: Sequence[str], *, failed: bool) -> bool:
    """Whether the states are the same.

    Of a login that failed, the screen that says so may be missing in one of the two: it ends by
    what the server answers, or by what the page shows, whichever is heard first.
    """
    if met == recorded:
        return True
    return failed and (met[:-1] == recorded or recorded[:-1] == met)


def _listed(states: Sequence[str]) -> str:
    return ", ".join(states) or "none"
