"""What is kept in a trace folder: evidence of logins, and recordings. Listed, found, pruned.

Evidence is thrown away by age and number, also by itself; a recording only by a person who names
the folder's recordings.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from upstox_browser_login.files.paths import is_file, is_folder

from .folder import NAME, number_of

log = logging.getLogger(__name__)

RECORDED = "recorded"
"""The folder of recordings, below that of the evidence."""

MOST_BUNDLES = 50
MOST_BYTES = 500 * 1024 * 1024
"""Beyond these the oldest evidence is thrown away by itself."""

LARGEST_REPORT = 4 * 1024 * 1024

_RECORDING = re.compile(r"(\d{8})-([a-z0-9-]+)")

_NAMED = 5
"""So many names are told of those that begin alike."""

Kind = Literal["evidence", "recording"]


class Bundle(Struct, frozen=True):
    """One folder of evidence, or one recording. `trace` is its trace.zip, None without one."""

    kind: Kind
    path: Path
    name: str
    at: datetime
    code: str
    step: str | None
    size: int
    trace: Path | None


def shelf(folder: Path) -> list[Bundle]:
    """All that is kept in `folder`, newest first. Empty where there is no such folder."""
    found = [*evidence_in(folder), *recordings_in(folder)]
    return sorted(found, key=lambda each: (each.at, number_of(each.name)), reverse=True)


def evidence_in(folder: Path) -> list[Bundle]:
    """The evidence in `folder`, newest first."""
    found = []
    for path in _folders(folder):
        match = NAME.fullmatch(path.name)
        at = None if match is None else _moment(match[1], "%Y%m%dT%H%M%SZ")
        if match is None or at is None:
            continue
        step = report_of(path).get("step")
        found.append(_bundle("evidence", path, at, match[2], step))
    return sorted(found, key=lambda each: (each.at, number_of(each.name)), reverse=True)


def recordings_in(folder: Path) -> list[Bundle]:
    """The recordings below `folder`, newest first."""
    found = []
    recorded = folder / RECORDED
    if recorded.is_symlink():  # as with every folder here: it leads to somebody else's
        return []
    for path in _folders(recorded):
        match = _RECORDING.fullmatch(path.name)
        at = None if match is None else _moment(match[1], "%Y%m%d")
        if at is None or not is_file(path / "recording.json"):
            continue
        ending = report_of(path).get("ending")
        ending = ending if isinstance(ending, dict) else {}
        code = "OK" if ending.get("ok") is True else str(ending.get("code") or "-")
        found.append(_bundle("recording", path, at, code, ending.get("step")))
    return sorted(found, key=lambda each: (each.at, each.name), reverse=True)


def find(folder: Path, name: str | None) -> Bundle:
    """What is called `name` or alone begins so; without a name the newest. Raises `LookupError`."""
    found = shelf(folder)
    if name is None:
        if not found:
            raise LookupError(f"There is no trace in {folder}.")
        return found[0]
    # As a shell completes it: "traces/2026…-PIN_REJECTED/".
    wanted = Path(name).name
    begin_so = [each for each in found if wanted and each.name.startswith(wanted)]
    for each in begin_so:
        if each.name == wanted or len(begin_so) == 1:
            return each
    if not begin_so:
        raise LookupError(f"There is no trace called {wanted or name} in {folder}.")
    names = ", ".join(each.name for each in begin_so[:_NAMED])
    more = ", …" if len(begin_so) > _NAMED else ""
    raise LookupError(f"{len(begin_so)} traces in {folder} begin with {wanted}: {names}{more}.")


def report_of(path: Path) -> dict[str, Any]:
    """The report of evidence, or the description of a recording; empty where it cannot be read."""
    for name in ("report.json", "recording.json"):
        file = path / name
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if file.stat().st_size > LARGEST_REPORT:
                continue
            data = json.loads(file.read_text("utf-8"))
            if isinstance(data, dict):
                return data
    return {}


def why_left_out(path: Path, what: str) -> str | None:
    """Why evidence lacks something, as its report has noted it; None where it notes nothing."""
    rows = report_of(path).get("missing", [])
    return next((str(each.get("why")) for each in rows if each.get("what") == what), None)


def _folders(folder: Path) -> Iterator[Path]:
    """The folders in `folder`, and no link: what that leads to is somebody else's."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if is_folder(path) and not path.is_symlink():
                yield path


def _moment(text: str, form: str) -> datetime | None:
    """The moment that a folder is named by; None for digits that are none."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    return None


def _size_of(folder: Path) -> int:
    """The bytes of all files in a folder, which another process may be removing."""
    size = 0
    for place, _, names in os.walk(folder):  # passes over what it cannot list
        for name in names:
            with contextlib.suppress(OSError):
                size += (Path(place) / name).stat().st_size
    return size


def _bundle(kind: Kind, path: Path, at: datetime, code: str, step: object) -> Bundle:
    size = _size_of(path)
    trace = path / "trace.zip"
    named = step if isinstance(step, str) else None
    return Bundle(kind, path, path.name, at, code, named, size, trace if is_file(trace) else None)


# -- pruning ---------------------------------------------------------------------------------------


def surplus(
    found: Iterable[Bundle],
    now: datetime,
    *,
    most: int | None = None,
    most_bytes: int | None = None,
    older_than: timedelta | None = None,
) -> list[Bundle]:
    """Those to throw away: what is too old, and the oldest of what is too many or too large.

    The newest is never thrown away for its size: it is what somebody is about to look at.
    """
    newest_first = sorted(found, key=lambda each: (each.at, number_of(each.name)), reverse=True)
    gone = []
    kept = size = 0
    for each in newest_first:
        too_old = older_than is not None and now - each.at > older_than
        too_many = most is not None and kept >= most
        too_large = most_bytes is not None and kept > 0 and size + each.size > most_bytes
        if too_old or too_many or too_large:
            gone.append(each)
        else:
            kept, size = kept + 1, size + each.size
    return gone


def remove(bundle: Bundle) -> bool:
    """Remove a bundle; whether it is gone. Another process may do the same."""
    shutil.rmtree(bundle.path, ignore_errors=True)
    return not bundle.path.exists()


def prune_by_itself(folder: Path, now: datetime, *, spare: Path | None = None) -> None:
    """Throw away the oldest evidence beyond the limits. A recording is never touched.

    Nor is `spare`, which was just made, and may have the oldest date where a clock was wrong.
    """
    gone = surplus(evidence_in(folder), now, most=MOST_BUNDLES, most_bytes=MOST_BYTES)
    removed = sum(remove(each) for each in gone if each.path != spare)
    if removed:
        log.info("%d old evidence folders were removed from %s.", removed, folder)
