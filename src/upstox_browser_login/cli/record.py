"""`record`: a login that keeps a clean, replayable copy of all that the browser saw."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated

import typer

from .ask import require_somebody
from .call import Call
from .command import command
from .login import Watch
from .options import LOGIN
from .panels import CHECK
from .results import Plain, Result, word
from .screen import answer

if TYPE_CHECKING:
    from pathlib import Path

    from upstox_browser_login.recordings.record import Recorded


@command("record", panel=CHECK, settings=LOGIN)
def record(
    call: Call,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What to call it; the date is put before it.")
    ] = "login",
    watch: Watch = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Keep it without asking; for machines.")
    ] = False,
) -> Result:
    """Log in, and keep a recording in which nothing is personal.

    Every request, answer and look at the page is kept in traces/recorded, so
    that the login can be replayed without Upstox. Secrets and personal values
    are replaced by made-up ones before anything is written; you are shown
    what was replaced and asked whether to keep it. The token is stored, too.
    A login that fails is recorded as well, and the status is that failure's.
    It is read back first; with --yes one that `replay` cannot read is deleted.

    For example:
      upstox-browser-login record first-try
      upstox-browser-login record by-hand --watch
    """
    from upstox_browser_login.recordings.keep import check_name

    check_name(name)
    if not yes:
        # Before a login is spent on it.
        require_somebody(
            "Run it in a terminal, where somebody says whether to keep the recording, or add "
            "--yes. Nothing was recorded."
        )
    recorded = _record(call, name, watch=watch)
    try:
        wanted = yes or _wanted(call, recorded)
        kept = _kept(call, recorded, name, unasked=yes) if wanted else None
    finally:
        recorded.draft.drop()
    if recorded.error is not None:
        recorded.error.trace = None if kept is None else str(kept)
    return _result(recorded, kept, shown=not yes)


def _record(call: Call, name: str, *, watch: bool) -> Recorded:
    from upstox_browser_login.evidence.folder import check_folder
    from upstox_browser_login.evidence.shelf import RECORDED
    from upstox_browser_login.recordings.record import record as record_login

    from .obtain import for_a_person, invite
    from .progress import shown

    settings = call.settings()
    folder = settings.trace_dir / RECORDED
    check_folder(folder)
    if watch:
        settings = for_a_person(call, settings)
        invite(call)
    # Evidence is made somewhere else: all that is taken of it is its trace.
    scratch = _scratch()
    try:
        trace = "off" if settings.trace == "off" else "on"
        settings = settings.model_copy(update={"trace": trace, "trace_dir": scratch})
        with shown(call.screen, json=call.program.json) as progress:
            progress.begin()
            return record_login(settings, folder, name, progress=progress, by_hand=watch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _scratch() -> Path:
    """The folder of the login's own evidence. Raises `StoreError`."""
    from upstox_browser_login.files.refused import reason_of, unwritable
    from upstox_browser_login.scratch import make_scratch

    try:
        return make_scratch("raw")
    except OSError as error:
        raise unwritable(
            "The system's temporary folder",
            reason_of(error),
            "Make room there, or set TMPDIR to a folder that can be written.",
        ) from None


def _wanted(call: Call, recorded: Recorded) -> bool:
    """Show a person what was replaced and whether it can be replayed, and ask."""
    for line in (*_replaced(recorded), *_unfit(recorded)):
        call.screen.line(line)
    call.screen.line(f"You can read all of it before you answer: {recorded.draft.path}")
    try:
        return answer("Keep this recording? [y/N]").lower() in {"y", "yes"}
    except EOFError:
        return False


def _replaced(recorded: Recorded) -> list[str]:
    from .words import table

    rows = [(kind, str(number)) for kind, number in recorded.replaced.items()]
    return ["Replaced by made-up values, by kind and number of places:", *table(rows, indent="  ")]


def _unfit(recorded: Recorded) -> list[str]:
    """What it cannot be used for."""
    if recorded.unreadable is not None:
        return [f"`replay` cannot read it: {recorded.unreadable}"]
    if recorded.unlike is not None:
        return [f"`replay --looks` does not pass: {recorded.unlike}"]
    return []


def _kept(call: Call, recorded: Recorded, name: str, *, unasked: bool) -> Path | None:
    """Where the recording is kept. Of a login that has failed, that failure is what is told."""
    from upstox_browser_login.errors import UpstoxError

    try:
        return recorded.keep(name, unasked=unasked)
    except UpstoxError as error:
        if recorded.error is None:
            raise
        call.screen.warning(f"{error.message} {error.hint}")
        return None


def _result(recorded: Recorded, kept: Path | None, *, shown: bool) -> Result:
    """What came of it. `shown`: a person who was asked has just read what was replaced."""
    error = recorded.error
    data = {
        "recording": None if kept is None else str(kept),
        "ending": Plain("OK") if error is None else word(error.code),
        "replaced": {Plain(kind): number for kind, number in recorded.replaced.items()},
        "trace": recorded.without_trace is None,
        "without_trace": recorded.without_trace,
        "replays": not (recorded.unreadable or recorded.unlike),
        "not_replayed": recorded.unreadable or recorded.unlike,
    }
    lines = ["Logged in; the token is stored." if error is None else "The login failed."]
    if kept is None:
        lines.append("Nothing was kept of it.")
    else:
        lines.append(f"Recorded in {kept}")
        lines += [] if shown else [*_replaced(recorded), *_unfit(recorded)]
        if recorded.without_trace is not None:
            lines.append(f"It has no trace.zip: {recorded.without_trace}.")
    return Result(data, lines, error=error)
