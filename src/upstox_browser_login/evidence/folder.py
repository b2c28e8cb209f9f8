"""The folder that evidence lies in: made unseen, named at the end, swept."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from upstox_browser_login.files.paths import in_full
from upstox_browser_login.files.private import refuse_foreign_path
from upstox_browser_login.files.refused import reason_of, unwritable, way_out_of
from upstox_browser_login.files.room import check_room
from upstox_browser_login.scratch import RANDOM, make_scratch, remove_leftovers, sweep_scratch

NAME = re.compile(r"(\d{8}T\d{6}Z)-([A-Z_]+)(?:-(\d+))?")
_PARTIAL, _ENDING = ".partial-", ".ubl-tmp"
_UNFINISHED = re.compile(re.escape(_PARTIAL) + RANDOM + re.escape(_ENDING))

ROOM = 10 * 1024 * 1024
"""Bytes that have to be free: evidence and recordings have from 0.3 to some megabytes."""


def check_folder(folder: Path, room: int = ROOM) -> None:
    """Try whether something can be kept below `folder`, and safely; no folder is made for it.

    Raises `StoreError`.
    """
    with blamed(folder):
        _refuse_foreign(folder)
        check_room(folder, f"{_PARTIAL}room", room)


@contextlib.contextmanager
def blamed(folder: Path) -> Iterator[None]:
    """Turn an `OSError` into the `StoreError` that names the trace folder, or one below it."""
    folder = in_full(folder)
    try:
        yield
    except OSError as error:
        hint = way_out_of(error, folder, "UPSTOX_TRACE_DIR")
        raise unwritable(folder, reason_of(error), hint) from None


def number_of(name: str) -> int:
    """The number of a name that others of the same second have as well."""
    found = NAME.fullmatch(name)
    return int(found[3] or 1) if found else 0


def make_partial(folder: Path) -> Path:
    """Make the folder that evidence is gathered in, for the owner's eyes only.

    The folder around `folder` may be anybody's: it is often that of a project, which a container
    runs as another user. Raises `OSError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_foreign(folder)
    # mkdtemp: 0700, says its documentation.
    return Path(tempfile.mkdtemp(_ENDING, _PARTIAL, folder))


def _refuse_foreign(folder: Path) -> None:
    """Raise `ForeignFolderError` where evidence would be kept in another user's folder.

    Root may: a container often runs as root on a folder of the host's user. A folder that is open
    to others may be one as well, since many volumes are, and what is kept in it is closed.
    """
    if sys.platform != "win32" and os.geteuid() != 0:
        refuse_foreign_path(folder)


def make_raw() -> Path:
    """Make a folder for an unscrubbed trace, outside the evidence's own. Raises `OSError`."""
    return make_scratch("raw")


def finish(partial: Path, at: datetime, code: str) -> Path:
    """Give gathered evidence its name. Raises `OSError`."""
    plain = re.sub(r"[^A-Z_]", "", code.upper()) or "UNEXPECTED"
    return named(partial, f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{plain}")


def named(partial: Path, name: str) -> Path:
    """Give a folder this name, with a number behind it where that is taken. Raises `OSError`."""
    for number in range(1, 1000):
        path = partial.with_name(name if number == 1 else f"{name}-{number}")
        if os.path.lexists(path):
            continue
        try:
            return partial.rename(path)
        except OSError:
            # Another process may have taken the name just now. A folder that is not empty is not
            # replaced, and each system refuses with an error of its own.
            if not os.path.lexists(path):
                raise
    raise FileExistsError(f"no free name like {name}")


def sweep(folder: Path) -> None:
    """Remove what killed processes have left: half-made evidence, unscrubbed traces."""
    remove_leftovers(folder, _UNFINISHED)
    sweep_scratch()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that nobody else can read, from its first byte. Raises `OSError`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
