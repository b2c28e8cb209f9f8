"""Private folders in the system's temporary folder, and what killed processes leave of them.

Playwright's profiles and unscrubbed traces lie there, and a trace holds what was typed.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PREFIX = "upstox-browser-login-"

_OWNER = re.compile(rf"{PREFIX}(?:raw-)?(\d+)\.(\d+)-.*")


def make_scratch(kind: str = "") -> Path:
    """Make a folder for the owner's eyes only, named after this process. Raises `OSError`."""
    # mkdtemp: 0700, says its documentation.
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}{os.getpid()}.{_pid_namespace()}-"))


def scratch_folders() -> Iterator[Path]:
    """Find all of them. Raises `OSError`."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if path.is_dir() and not path.is_symlink():
            yield path


def is_orphan(path: Path) -> bool:
    """Whether the process that made this folder has surely ended.

    Never sure on Windows, where there is no signal 0, nor of another container's process. The
    number of a process may be given anew: then its folder waits to be old.
    """
    owner = _OWNER.fullmatch(path.name)
    if owner is None or sys.platform == "win32" or int(owner[2]) != _pid_namespace():
        return False
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
