"""The folder that evidence lies in: made unseen, named at the end, listed, found, swept."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from upstox_browser_login.scratch import make_scratch, remove_leftovers, sweep_scratch

_NAME = re.compile(r"(\d{8}T\d{6}Z)-([A-Z_]+)(?:-(\d+))?")
_PARTIAL = ".partial-"


@dataclass(frozen=True)
class TraceInfo:
    """An evidence folder. `trace` is its trace.zip, None where a browser left none."""

    path: Path
    name: str
    at: datetime
    code: str
    size: int
    trace: Path | None


def list_traces(folder: Path) -> list[TraceInfo]:
    """List the evidence in `folder`, newest first. Empty where there is no such folder."""
    try:
        entries = [entry for entry in folder.iterdir() if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    found = [_info(entry) for entry in entries if entry.is_dir()]
    return sorted(found, key=lambda each: (each.at, _number(each.name)), reverse=True)


def find_trace(folder: Path, name: str | None) -> TraceInfo:
    """Find the evidence called `name`, or the newest. Raises `LookupError`."""
    found = list_traces(folder)
    if name is None:
        if not found:
            raise LookupError(f"There is no trace in {folder}.")
        return found[0]
    # As a shell completes it: "traces/2026…-PIN_REJECTED/".
    wanted = Path(name).name
    for each in found:
        if each.name == wanted:
            return each
    raise LookupError(f"There is no trace called {wanted} in {folder}.")


def _number(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found[3] or 1) if found else 0


def _info(path: Path) -> TraceInfo:
    found = _NAME.fullmatch(path.name)
    assert found is not None  # noqa: S101  (both callers looked)
    size = 0
    for file in path.rglob("*"):
        with contextlib.suppress(OSError):
            size += file.stat().st_size if file.is_file() else 0
    at = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    trace = path / "trace.zip"
    return TraceInfo(path, path.name, at, found[2], size, trace if trace.is_file() else None)


def make_partial(folder: Path) -> Path:
    """Make the folder that evidence is gathered in, for the owner's eyes only. Raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))  # 0700, says its documentation


def make_raw() -> Path:
    """Make a folder for an unscrubbed trace, outside the evidence's own. Raises `OSError`."""
    return make_scratch("raw-")


def finish(partial: Path, at: datetime, code: str) -> Path:
    """Give gathered evidence its name. Raises `OSError`."""
    plain = re.sub(r"[^A-Z_]", "", code.upper()) or "UNEXPECTED"
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{plain}"
    for number in range(1, 1000):
        path = partial.with_name(name if number == 1 else f"{name}-{number}")
        if not path.exists():
            # Another process may have taken the name just now; its folder is not empty then, and
            # the system refuses.
            with contextlib.suppress(FileExistsError):
                return partial.rename(path)
    raise FileExistsError(f"no free name like {name}")


def sweep(folder: Path) -> None:
    """Remove what killed processes have left: half-made evidence, unscrubbed traces."""
    with contextlib.suppress(OSError):
        remove_leftovers(list(folder.glob(f"{_PARTIAL}*")))
    sweep_scratch()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that nobody else can read, from its first byte. Raises `OSError`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
