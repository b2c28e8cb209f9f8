"""`replay`: a recorded login once more, against the recording alone; or two of them compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from upstox_browser_login.printable import one_line

from .call import Call
from .command import command
from .options import BROWSER, TRACE_DIR, path_of
from .panels import CHECK
from .results import Plain, Result, word
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.recordings.verdict import Step, Verdict

T = TypeVar("T")

_OPTIONS = {
    **{name: BROWSER[name] for name in ("headed", "browser_path", "browser_channel")},
    **TRACE_DIR,
}


@command("replay", panel=CHECK, settings=_OPTIONS)
def replay(
    call: Call,
    *,
    bundles: Annotated[
        list[Path],
        typer.Argument(
            metavar="BUNDLE",
            parser=path_of,
            help="Folders that `record` has made, or zip files of them.",
        ),
    ],
    fast: Annotated[
        bool, typer.Option("--fast", help="Answer at once, not at the pace of the recording.")
    ] = False,
    looks: Annotated[
        bool,
        typer.Option("--looks", help="Without a browser: judge each look at the page again."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Say what has changed from one BUNDLE to another.")
    ] = False,
) -> Result:
    """Replay recorded logins, each against its recording alone.

    The real login, in a real browser, offline; none of your settings is used, and
    nothing is stored. It passes where the states, the ending and the calls are
    those of the recording; status 7 where one does not pass. --looks judges only
    the steps that have a form, without a browser. --diff always ends with status
    0 and prints one change a line.

    For example:
      upstox-browser-login replay traces/recorded/20260105-plain
      upstox-browser-login replay --looks traces/recorded/*
      upstox-browser-login replay --diff OLD NEW
    """
    from upstox_browser_login.evidence.shelf import RECORDED
    from upstox_browser_login.recordings.bundle import read_bundle
    from upstox_browser_login.recordings.named import check_named
    from upstox_browser_login.recordings.stage import require_certificates

    _check_options(call, looks=looks, diff=diff, fast=fast)
    if diff and len(bundles) != 2:
        raise Misuse(
            f"compares two recordings, and {len(bundles)} "
            f"{'was' if len(bundles) == 1 else 'were'} named",
            param_hint="--diff",
        )
    usual = (call.overrides["trace_dir"] or Path("traces")) / RECORDED
    _each(bundles, lambda path: check_named(path, usual))
    if not (diff or looks):
        require_certificates()
    read = _each(bundles, read_bundle)
    if diff:
        return _compared(call, read[0], read[1])
    from upstox_browser_login.recordings.looks import replay_looks

    verdicts = []
    for bundle in read:
        if looks:
            told = replay_looks(bundle)
        else:
            call.screen.line(f"Replaying {bundle.about.name} …")
            told = _in_a_browser(call, bundle, fast=fast)
        verdicts.append(told)
    failed = [each for each in verdicts if not each.passed]
    text = [one_line(line) for each in verdicts for line in _text(each)]
    data = {"recordings": [_data(each) for each in verdicts]}
    return Result(data, text, failed[0].error() if failed else None)


def _each(paths: Sequence[Path], do: Callable[[Path], T]) -> list[T]:
    """What `do` makes of each path. Raises `ConfigurationError`, which tells of all that failed."""
    from upstox_browser_login.errors import ConfigurationError

    done, wrong = [], []
    for path in paths:
        try:
            done.append(do(path))
        except ConfigurationError as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise ConfigurationError(
            " ".join(dict.fromkeys(each.message for each in wrong)),
            hint=" ".join(dict.fromkeys(each.hint for each in wrong)),
        )
    return done


_OF_A_BROWSER = {
    "headed": "--headed and --headless",
    "browser_path": "--browser-path",
    "browser_channel": "--browser-channel",
    "trace_dir": "--trace-dir",
}


def _check_options(call: Call, *, looks: bool, diff: bool, fast: bool) -> None:
    """Refuse what would be without any effect. Raises `Misuse`."""
    if not (looks or diff):
        return
    name = "--diff" if diff else "--looks"
    given = ["--looks"] if diff and looks else []
    given += ["--fast"] if fast else []
    given += [said for option, said in _OF_A_BROWSER.items() if call.overrides[option] is not None]
    if given:
        does = "compares two recordings" if diff else "replays without a browser"
        raise Misuse(f"{does}: it does not go with {given[0]}", param_hint=name)


def _in_a_browser(call: Call, bundle: Any, *, fast: bool) -> Verdict:
    from upstox_browser_login.recordings.replay import replay

    given = call.overrides
    return replay(
        bundle,
        fast=fast,
        headed=bool(given["headed"]),
        browser_path=given["browser_path"],
        browser_channel=given["browser_channel"],
        evidence=given["trace_dir"] or Path("traces"),
    )


def _compared(call: Call, old: Any, new: Any) -> Result:
    from upstox_browser_login.recordings.diff import diff

    call.screen.line(f"From {old.about.name} to {new.about.name}:")
    changes = diff(old, new)
    text = [one_line(str(each)) for each in changes] or ["Nothing has changed."]
    return Result({"changes": [{"where": each.where, "what": each.what} for each in changes]}, text)


def _text(told: Verdict) -> list[str]:
    from .words import table

    outcome = "passed" if told.passed else "did not pass"
    took = f"{told.seconds:.2f} s" if told.how == "browser" else f"{told.seconds * 1000:.0f} ms"
    lines = [f"{told.name}: {outcome} ({took}, by {_HOW[told.how]})"]
    lines += table((_row(each) for each in told.steps), indent="  ")
    lines.append(f"  ending: {_ending(told)}")
    lines += [f"  wrong: {each}" for each in told.wrong]
    return lines


_HOW = {"browser": "a login in a browser", "looks": "its looks"}
_OUTCOMES = {True: "passed", False: "did not pass", None: "not judged without a browser"}


def _row(step: Step) -> tuple[str, ...]:
    now = "" if step.seconds is None else f"{step.seconds:.2f} s"
    marks = f"known by {', '.join(step.spoke)}" if step.spoke else ""
    if step.silent:
        marks += f"; not by {', '.join(step.silent)}"
    return step.step, _OUTCOMES[step.passed], now, f"recorded {step.recorded:.2f} s", marks


def _ending(told: Verdict) -> str:
    """How the login ended; by looks alone, in which state they end and what is decided there."""
    recorded, now = told.ending
    if told.how == "browser":
        return f"{now}, as recorded" if now == recorded else f"{now}; recorded: {recorded}"
    if told.last is None or told.decision is None:
        return f"no look tells it; recorded: {recorded}"
    state = f"the looks end in the state {told.last!r}"
    if now is None:
        return (
            f"{state}, where the decision is to {told.decision}; what came of it is not judged "
            f"without a browser (recorded: {recorded})"
        )
    same = "as recorded" if now == recorded else f"recorded: {recorded}"
    return f"{state}, where the login ends with {now}, {same}"


def _data(told: Verdict) -> dict[str, Any]:
    return {
        "name": Plain(told.name),
        "by": Plain(told.how),
        "passed": told.passed,
        "seconds": told.seconds,
        "ending": {
            "recorded": Plain(told.ending[0]),
            "now": word(told.ending[1]),
            "state": told.last,
            "decision": word(told.decision),
        },
        "states": {"recorded": list(told.states[0]), "now": list(told.states[1])},
        "steps": [
            {
                "step": Plain(each.step),
                "passed": each.passed,
                "seconds": each.seconds,
                "recorded_seconds": each.recorded,
                "spoke": [Plain(kind) for kind in each.spoke],
                "silent": [Plain(kind) for kind in each.silent],
            }
            for each in told.steps
        ],
        "wrong": list(told.wrong),
        "trace": told.trace,
    }
