"""Private folders in the system's temporary folder, and what killed processes leave of them.

Playwright's profiles and unscrubbed traces lie there, and a trace holds what was typed.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

PREFIX = "upstox-browser-login-"

STALE_SECONDS = 24 * 3600
"""An unfinished folder of this age belongs to a process that was killed: a login lasts minutes."""

# What this process has made: another one of its number may have left more, as in a container,
# where the first process is number 1 every time.
_made: set[str] = set()
_making = threading.Lock()

_OWNER = re.compile(rf"{PREFIX}(?:raw-)?(\d+)\.(\d+)-.*")


def make_scratch(kind: str = "") -> Path:
    """Make a folder for the owner's eyes only, named after this process. Raises `OSError`."""
    # mkdtemp: 0700, says its documentation. A sweep must not see it before it is known to be ours.
    with _making:
        path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}{os.getpid()}.{_pid_namespace()}-"))
        _made.add(path.name)
    return path


def sweep_scratch() -> None:
    """Remove the private folders that killed processes have left.

    At once where the process is known to have ended, otherwise after `STALE_SECONDS`.
    """
    with suppress(OSError):
        folders = list(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
        remove_leftovers(path for path in folders if path.is_dir() and not path.is_symlink())


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove those of `folders` that are the user's own and that no process works with."""
    for path in folders:
        with suppress(OSError):
            about = path.lstat()
            ours = not hasattr(os, "getuid") or about.st_uid == os.getuid()
            if ours and (time.time() - about.st_mtime > STALE_SECONDS or is_orphan(path)):
                shutil.rmtree(path, ignore_errors=True)


def is_orphan(path: Path) -> bool:
    """Whether the process that made this folder has surely ended.

    Never sure on Windows, where there is no signal 0, nor of another container's process. The
    number of a process may be given anew: if to another than this one, its folder waits to be old.
    """
    owner = _OWNER.fullmatch(path.name)
    if owner is None or sys.platform == "win32" or int(owner[2]) != _pid_namespace():
        return False
    if int(owner[1]) == os.getpid():
        with _making:
            return path.name not in _made
    try:
        os.kill(int(owner[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False


@cache
def _pid_namespace() -> int:
    """Tell whose numbers of processes these are: containers may share a temporary folder."""
    try:
        return Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        return 0
