"""`traces list|show`: the evidence that failed logins leave behind."""

from __future__ import annotations

import os
import re
import sys
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

if TYPE_CHECKING:
    from pathlib import Path

    from upstox_browser_login.evidence.folder import TraceInfo

traces = typer.Typer(
    name="traces",
    no_args_is_help=True,
    help="Look at the evidence of past logins: list, show.",
    rich_markup_mode=None,
    cls=Group,
)
root.add_typer(traces, rich_help_panel=CHECK)


@command("list", app=traces, settings=TRACE_DIR)
def list_(call: Call) -> Result:
    """List the evidence of past logins, newest first.

    Example: upstox-browser-login traces list --trace-dir /var/log/upstox
    """
    from upstox_browser_login.evidence.folder import list_traces

    from .words import table

    folder = _folder(call)
    found = list_traces(folder)
    rows = [
        (f"{each.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}", each.code, step or "-", each.name)
        for each in found
        for step in [_report(each.path).get("Step")]
    ]
    text = table([("WHEN (UTC)", "CODE", "STEP", "NAME"), *rows]) if rows else []
    if not rows:
        call.screen.line(f"There is no evidence in {folder}.")
    return Result({"folder": str(folder), "traces": [_data(each) for each in found]}, text)


@command("show", app=traces, settings=TRACE_DIR)
def show(
    call: Call,
    *,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="As `traces list` shows it; else the newest."),
    ] = None,
) -> Result | None:
    """Tell what happened in a login, and open its trace in Playwright's viewer.

    The viewer opens where there is a display; elsewhere its command is printed.

    Example: upstox-browser-login traces show
    """
    import shlex

    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.evidence.folder import find_trace
    from upstox_browser_login.evidence.viewer import viewer_command

    try:
        info = find_trace(_folder(call), name)
    except LookupError as error:
        raise ConfigurationError(
            str(error.args[0]),
            hint="`upstox-browser-login traces list` shows what there is; --trace-dir looks "
            "elsewhere.",
        ) from None
    report = _report(info.path)
    viewer = None if info.trace is None else viewer_command(info.trace)
    lines = [f"{each}: {report[each]}" for each in _FACTS if report.get(each)]
    lines += ["", f"Report: {info.path / 'report.md'}"]
    if (info.path / "screenshot.png").is_file():
        lines.append(f"Screenshot: {info.path / 'screenshot.png'}")
    opens = viewer is not None and not call.program.json and _has_display()
    if viewer is None:
        lines.append("No trace was recorded, so there is nothing for the viewer.")
    elif not opens:
        lines.append(f"Viewer: {shlex.join(viewer)}")
    data = {**_data(info), "message": report.get("What happened"), "viewer": viewer}
    call.print(Result(data, lines))
    if viewer is not None and opens:
        _view(call, viewer)
    return None


def _folder(call: Call) -> Path:
    """Where evidence goes. Raises `ConfigurationError` where that is no folder."""
    from upstox_browser_login.errors import ConfigurationError

    folder = call.settings().trace_dir
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(
            f"{folder} is not a folder.",
            hint="Set UPSTOX_TRACE_DIR, or --trace-dir, to the folder that evidence goes to.",
        )
    return folder


_FACTS = ("When", "Code", "Step", "Upstox's code", "What happened", "What to do")


def _data(info: TraceInfo) -> dict[str, Any]:
    return {
        "name": Plain(info.name),
        "at": iso(info.at),
        "code": Plain(info.code),
        "step": word(_report(info.path).get("Step")),
        "path": str(info.path),
        "size": info.size,
        "trace": None if info.trace is None else str(info.trace),
    }


def _report(folder: Path) -> dict[str, str]:
    """The facts at the top of a report, as they were before they became Markdown."""
    try:
        text = (folder / "report.md").read_text("utf-8", "replace")
    except OSError:
        return {}
    pairs = re.findall(r"^\*\*(.+?):\*\* (.*)$", text, re.MULTILINE)
    return {
        name: re.sub(r"\\([^A-Za-z0-9\s])", r"\1", value.rstrip(" ").strip("`"))
        for name, value in pairs
    }


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
