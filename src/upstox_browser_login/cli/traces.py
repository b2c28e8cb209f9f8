"""`traces list|show|prune`: what logins leave behind, and recordings."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import signals
from .call import Call
from .command import command
from .help import Group
from .options import TRACE_DIR
from .panels import CHECK
from .results import Plain, Result, iso, word
from .root import root
from .screen import is_terminal
from .usage import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from upstox_browser_login.evidence.shelf import Bundle

traces = typer.Typer(
    name="traces",
    no_args_is_help=True,
    help="Look at the evidence of past logins: list, show, prune.",
    rich_markup_mode=None,
    cls=Group,
)
root.add_typer(traces, rich_help_panel=CHECK)


@command("list", app=traces, settings=TRACE_DIR)
def list_(call: Call) -> Result:
    """List the evidence of past logins and the recordings, newest first.

    Example: upstox-browser-login traces list --trace-dir /var/log/upstox
    """
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.evidence.shelf import RECORDED, shelf

    from .words import table

    folder, now = _folder(call), Clock().now()
    found = shelf(folder)
    rows = [
        (
            _when(each),
            _age(each, now),
            _size(each.size),
            each.code,
            each.step or "-",
            _called(each),
        )
        for each in found
    ]
    head = ("WHEN (UTC)", "AGE", "SIZE", "CODE", "STEP", "NAME")
    text = table([head, *rows]) if rows else []
    if not rows:
        missing = "" if folder.is_dir() else ", which is not there yet"
        call.screen.line(f"There is no evidence and no recording in {folder}{missing}.")
        if folder.name == RECORDED and shelf(folder.parent):
            call.screen.line(
                "It is a folder of recordings itself; these are listed with "
                f"--trace-dir {folder.parent}"
            )
    return Result({"folder": str(folder), "traces": [_data(each) for each in found]}, text)


@command("show", app=traces, settings=TRACE_DIR)
def show(
    call: Call,
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="As `traces list` shows it, or a beginning that no other has; else the newest.",
        ),
    ] = None,
    text: Annotated[
        bool,
        typer.Option("--text", help="Print steps, looks, calls and errors; open no viewer."),
    ] = False,
) -> Result | None:
    """Tell what happened in a login, and open its trace in Playwright's viewer.

    The viewer opens where there is a display; elsewhere its command is printed.

    Example: upstox-browser-login traces show --text
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.evidence.shelf import find, report_of, shelf
    from upstox_browser_login.evidence.viewer import viewer_command
    from upstox_browser_login.files.paths import is_file
    from upstox_browser_login.programs import join_command

    try:
        bundle = find(_folder(call), name)
    except LookupError as error:
        there_is = (
            "`upstox-browser-login traces list` shows what there is"
            if shelf(_folder(call))
            else "A login that fails leaves some there"
        )
        raise ConfigurationError(
            str(error.args[0]), hint=f"{there_is}; another UPSTOX_TRACE_DIR looks elsewhere."
        ) from None
    report = report_of(bundle.path)
    viewer = None if bundle.trace is None else viewer_command(bundle.trace)
    lines = list(_facts(bundle, report))
    if not report:
        lines.append("Its report is missing, or cannot be read.")
    if text:
        from .trace_text import told

        lines += told(bundle.path, report)
        return Result(_shown(bundle, report, viewer), lines)
    for file, label in (("report.md", "Report"), ("screenshot.png", "Screenshot")):
        if is_file(bundle.path / file):
            lines.append(f"{label}: {bundle.path / file}")
    opens = viewer is not None and not call.program.json and _has_display()
    if viewer is None:
        lines.append("No trace was recorded, so there is nothing for the viewer.")
    elif not opens:
        lines.append(f"Viewer: {join_command(viewer)}")
    call.print(Result(_shown(bundle, report, viewer), lines))
    if viewer is not None and opens:
        _view(call, viewer)
    return None


@command("prune", app=traces, settings=TRACE_DIR)
def prune(
    call: Call,
    *,
    older_than: Annotated[
        int | None,
        typer.Option(
            "--older-than", metavar="DAYS", min=0, max=36_500, help="Remove what is older."
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", metavar="NUMBER", min=0, help="Keep so many, the newest."),
    ] = None,
    recordings: Annotated[
        bool, typer.Option("--recordings", help="Prune the recordings, not the evidence.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would go.")] = False,
) -> Result:
    """Remove old evidence, by age and by number.

    Without --older-than and --keep, what is beyond 50 folders or 500 MB: so
    much every failed login removes by itself. Recordings go only with
    --recordings and one of the two.

    Example: upstox-browser-login traces prune --older-than 30 --keep 20
    """
    from datetime import timedelta

    from upstox_browser_login.clock import Clock
    from upstox_browser_login.evidence import shelf

    if recordings and older_than is None and keep is None:
        raise Misuse("needs --older-than or --keep", param_hint="--recordings")
    folder = _folder(call)
    of_both = {"recording": shelf.recordings_in(folder), "evidence": shelf.evidence_in(folder)}
    found = of_both["recording" if recordings else "evidence"]
    others = of_both["evidence" if recordings else "recording"]
    limits = older_than is None and keep is None
    gone = shelf.surplus(
        found,
        Clock().now(),
        most=shelf.MOST_BUNDLES if limits else keep,
        most_bytes=shelf.MOST_BYTES if limits else None,
        older_than=None if older_than is None else timedelta(days=older_than),
    )
    removed = [each for each in gone if dry_run or shelf.remove(each)]
    stayed = [each for each in gone if each not in removed]
    for each in stayed:
        call.screen.warning(f"{each.path} could not be removed.")
    freed = sum(each.size for each in removed)
    lines = [*(_called(each) for each in removed)]
    left = len(found) - len(removed)
    lines.append(_sum(len(removed), freed, left, of=_FOLDERS[recordings], dry_run=dry_run))
    if others:
        lines.append(f"{_many(len(others), _FOLDERS[not recordings])} {_STAY[not recordings]}")
    data = {
        "folder": str(folder),
        "removed": [_data(each) for each in removed],
        "bytes": freed,
        "dry_run": dry_run,
        "kept": left,
        "others": len(others),
    }
    return Result(data, lines)


_FOLDERS = {False: "folder", True: "recording"}
"""What is counted: evidence, or (True) recordings."""

_STAY = {
    False: "of evidence left as well, which --recordings does not remove.",
    True: "left as well; recordings go only with --recordings and one of --older-than and --keep.",
}


def _folder(call: Call) -> Path:
    """Where evidence goes. Raises `ConfigurationError` where that is no folder, or none to read."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.paths import check_looked_into
    from upstox_browser_login.files.refused import reason_of

    folder = call.settings().trace_dir
    hint = "Set UPSTOX_TRACE_DIR to the folder that evidence goes to."
    try:
        with suppress(FileNotFoundError):
            check_looked_into(folder)
    except NotADirectoryError:
        raise ConfigurationError(f"{folder} is not a folder.", hint=hint) from None
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be read: {reason_of(error)}.",
            hint=f"Let this user read it. {hint}",
        ) from None
    return folder


def _facts(bundle: Bundle, report: dict[str, Any]) -> Iterator[str]:
    """What is known of a bundle in a few lines."""
    from upstox_browser_login.printable import one_line

    told = {
        "When": f"{_when(bundle)} UTC",
        "Code": bundle.code,
        "Step": bundle.step,
        "Upstox's code": report.get("upstox_code"),
        "What happened": report.get("message"),
        "What to do": report.get("hint"),
    }
    yield from (f"{name}: {one_line(str(value))}" for name, value in told.items() if value)
    yield ""


def _data(bundle: Bundle) -> dict[str, Any]:
    return {
        "kind": Plain(bundle.kind),
        "name": Plain(bundle.name),
        # A recording does not tell at what hour it was made.
        "at": None if bundle.kind == "recording" else iso(bundle.at),
        "day": Plain(f"{bundle.at.astimezone(UTC):%Y-%m-%d}"),
        "code": Plain(bundle.code),
        "step": word(bundle.step),
        "path": str(bundle.path),
        "size": bundle.size,
        "trace": None if bundle.trace is None else str(bundle.trace),
    }


def _shown(bundle: Bundle, report: dict[str, Any], viewer: list[str] | None) -> dict[str, Any]:
    return {**_data(bundle), "message": report.get("message"), "viewer": viewer, "report": report}


def _when(bundle: Bundle) -> str:
    """When it was made; the name of a recording tells no more than the day."""
    exact = "%Y-%m-%d" if bundle.kind == "recording" else "%Y-%m-%d %H:%M:%S"
    return f"{bundle.at.astimezone(UTC):{exact}}"


def _age(bundle: Bundle, now: datetime) -> str:
    """How old it is; of a recording, in days."""
    from .words import span

    if bundle.kind == "evidence":
        return span((now - bundle.at).total_seconds())
    days = (now.astimezone(UTC).date() - bundle.at.astimezone(UTC).date()).days
    return "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"


def _called(bundle: Bundle) -> str:
    """Its name, as `traces show` takes it."""
    from upstox_browser_login.evidence.shelf import RECORDED

    return bundle.name if bundle.kind == "evidence" else f"{RECORDED}/{bundle.name}"


def _sum(removed: int, freed: int, kept: int, *, of: str, dry_run: bool) -> str:
    """What a pruning of folders or of recordings came to, in a sentence."""
    if not removed:
        return f"Nothing {'would be' if dry_run else 'was'} removed; {_many(kept, of)} left."
    verb = "would be" if dry_run else "was" if removed == 1 else "were"
    return f"{_many(removed, of)} {verb} removed ({_size(freed)}); {_many(kept, of)} left."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} kB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def _has_display() -> bool:
    if not is_terminal(sys.stdout):
        return False
    elsewhere = sys.platform not in {"darwin", "win32"}
    return not elsewhere or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _view(call: Call, command: list[str]) -> None:
    """Run the viewer until it is stopped."""
    import subprocess

    from upstox_browser_login.programs import environment_without_secrets

    call.screen.line("The viewer is opening; Ctrl-C ends it.")
    with subprocess.Popen(command, env=environment_without_secrets()) as viewer:
        try:
            viewer.wait()
        except signals.Interruption:
            viewer.terminate()
