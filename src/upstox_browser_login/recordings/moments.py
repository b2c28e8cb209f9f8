"""What a walk saw and what it decided, as lines of a file, and read back.

A moment is one decision of the walk together with all that it was made from. The lines hold only
what has changed since the moment before: the look, the calls, what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

from upstox_browser_login.page import endings
from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.distance import EVERY
from upstox_browser_login.page.fields.candidate import Candidate
from upstox_browser_login.page.fields.choice import candidates
from upstox_browser_login.page.here import Evidence, Form, Here, Sent, Stop, Way
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.next import Again, End, Fill, Key, Next, Press
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.timing import DEFAULT, Timing
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call, Traffic

_Kind = TypeVar("_Kind", bound=Struct)

MOST_CALLS = 3_000
"""Every moment knows all calls before it: with many more, a small file would fill the memory."""

_DIGITS = 6
"""Times are kept to the microsecond, so that no limit of time falls on the other side."""

_TIMES_OF_CALL = ("at", "ended", "answered_at")
_TIMES_OF_SENT = ("typed_at", "pressed_at", "passed_at", "acted_at")


class Marks(Struct, frozen=True, omit_defaults=True):
    """What was recognised, and which kinds of evidence spoke for it, were silent, or forbade it."""

    state: str
    """The name of the form or screen; empty where nothing is known."""
    why: str = ""
    spoke: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Moment(Struct, frozen=True):
    """One decision as it was recorded, and all that it was made from."""

    at: float
    view: View
    recognised: Marks | None
    """None where it is the same as in the moment before."""
    decided: str


@dataclass(frozen=True)
class State:
    """A form or screen that a login met, and what spoke for it when it was first seen."""

    state: str
    at: float = 0.0
    spoke: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def marks_of(view: View, here: Here | None = None) -> Marks:
    """What `view` shows, and which marks speak for it.

    `here` is what `recognise` says of this view, where that was asked before.
    """
    if here is None:
        here = recognise(view.look, view.traffic, view.sent, view.marks)
    match here:
        case Form():
            return _marks(here.purpose, here.why)
        case Way() | Stop():
            return replace(_marks(here.name, here.why), silent=())
    best = _likeliest(view)
    return Marks("") if best is None else _marks("", best.evidence)


def _likeliest(view: View) -> Candidate | None:
    """The likeliest form on a page where none is recognised."""
    return next(iter(candidates(view.look, view.sent, view.traffic, view.marks)), None)


def _marks(state: str, evidence: Iterable[Evidence]) -> Marks:
    told = tuple(evidence)
    spoke = {each.kind for each in told if each.weight > 0}
    return Marks(
        state,
        "; ".join(map(str, told)),
        tuple(kind for kind in EVERY if kind in spoke),
        tuple(kind for kind in EVERY if kind not in spoke),
        tuple(each.what for each in told if each.weight < 0),
    )


def told(step: Next) -> str:
    """A decision in words, without times and reasons."""
    match step:
        case Fill():
            return f"fill {step.form.purpose}" + (" key by key" if step.keys else "")
        case Press():
            return f"press {step.purpose}" if step.way is None else f"pass {step.way.name}"
        case Key():
            return f"{'leave' if step.blur else 'press Enter in'} {step.purpose}"
        case Again():
            return "try the next code"
        case End():
            return f"end {code_of(step)}"
    return "wait"


def code_of(end: End) -> str:
    """The code of the error that an end means."""
    return endings.error_of(end, end.step or "open", "").code


def states(met: Iterable[tuple[float, Marks]]) -> list[State]:
    """The states in the order in which they were met, each with the marks of its first sight.

    What is unknown between two sights of the same state is no state: pages are drawn in pieces.
    """
    found: list[State] = []
    for at, marks in met:
        if marks.state and (not found or found[-1].state != marks.state):
            found.append(State(marks.state, at, marks.spoke, marks.silent, marks.against))
    return found


# -- writing ---------------------------------------------------------------------------------------


class Moments:
    """Makes the lines of one login. `began` is the walk's monotonic time that counts as 0."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._look: Look | None = None
        self._calls: dict[str, Call] = {}
        self._sent: Sent | None = None
        self._marks: Marks | None = None
        self._decided = ""

    def lines(self, view: View, step: Next, marks: Marks) -> list[dict[str, Any]]:
        """The lines of one decision; none where nothing is new since the one before.

        `marks` are what `marks_of` says of `view`.
        """
        at = self._time(view.now)
        lines: list[dict[str, Any]] = []
        if view.look != self._look:
            self._look = view.look
            lines.append({"at": at, "look": to_builtins(view.look)})
        for call in view.traffic.calls:
            if self._calls.get(call.id) != call:
                self._calls[call.id] = call
                lines.append({"at": at, "wire": self._timed(call, _TIMES_OF_CALL)})
        if view.sent != self._sent:
            self._sent = view.sent
            lines.append({"at": at, "sent": self._timed(view.sent, _TIMES_OF_SENT)})
        if marks != self._marks:
            self._marks = marks
            lines.append({"at": at, "recognised": to_builtins(marks)})
        words = told(step)
        if not lines and words == self._decided:
            return []
        self._decided = words
        decided: dict[str, Any] = {
            "at": at,
            "decided": words,
            "stood": round(view.stood, _DIGITS),
            "idle_since": self._time(view.idle_since),
        }
        if view.complaints:
            decided["complaints"] = [to_builtins(each) for each in view.complaints]
            decided["complained_at"] = self._time(view.complained_at)
        return [*lines, decided]

    def _time(self, at: float | None) -> float | None:
        # 0 stands for "never" in what was sent.
        return at if not at else round(at - self._began, _DIGITS)

    def _timed(self, value: Struct, times: Iterable[str]) -> Any:
        return to_builtins(
            replace(value, **{name: self._time(getattr(value, name)) for name in times})
        )


# -- reading ---------------------------------------------------------------------------------------


def moments(lines: Iterable[Mapping[str, Any]], timing: Timing = DEFAULT) -> Iterator[Moment]:
    """The moments that these lines tell of, of a walk that waited as `timing` says.

    Raises `ValueError` for lines that are none.
    """
    look, sent = Look(), Sent()
    calls: dict[str, Call] = {}
    in_order: tuple[Call, ...] | None = ()
    marks: Marks | None = None
    for line in lines:
        if "look" in line:
            look = _read(line["look"], Look)
        elif "wire" in line:
            call = _read(line["wire"], Call)
            calls[call.id], in_order = call, None
            if len(calls) > MOST_CALLS:
                raise ValueError(f"there are more than {MOST_CALLS} calls in it")
        elif "sent" in line:
            sent = _read(line["sent"], Sent)
        elif "recognised" in line:
            marks = _read(line["recognised"], Marks)
        elif "decided" in line:
            made = _read(line, _Decided)
            if in_order is None:
                in_order = tuple(sorted(calls.values(), key=lambda each: each.at))
            view = View(
                now=made.at,
                look=look,
                stood=made.stood,
                traffic=Traffic(in_order),
                sent=sent,
                complaints=made.complaints,
                complained_at=made.complained_at,
                idle_since=made.idle_since,
                timing=timing,
            )
            yield Moment(made.at, view, marks, made.decided)
            marks = None


class _Decided(Struct, frozen=True):
    at: float
    decided: str
    stood: float = 0.0
    idle_since: float = 0.0
    complaints: tuple[Complaint, ...] = ()
    complained_at: float | None = None


def _read(told: Any, kind: type[_Kind]) -> _Kind:
    try:
        return convert(told, kind)
    except ValidationError as error:
        problem, at, where = str(error).rpartition(" - at ")
        # Of one that is none of a few words msgspec quotes what was found, which may be anything.
        if problem.startswith("Invalid enum value"):
            problem = "Not one of the values that it can have"
        raise ValueError(f"{problem}{at}{where}") from None
