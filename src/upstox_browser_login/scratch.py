"""Private folders in the system's temporary folder, and what killed processes leave of them.

Playwright's profiles and unscrubbed traces lie there, and a trace holds what was typed.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

from .forks import released_in_children

PREFIX = "upstox-browser-login-"

STALE_SECONDS = 24 * 3600
"""An unfinished folder of this age belongs to a process that was killed: a login lasts minutes."""

# What this process has made: another one of its number may have left more, as in a container,
# where the first process is number 1 every time.
_made: set[str] = set()
_making = released_in_children(threading.Lock())

Kind = Literal["tmp", "raw", "demo", "replay"]
"""What the folder is for: `raw` holds an unscrubbed trace."""

RANDOM = "[a-z0-9_]{8}"
"""What `mkdtemp` puts into a name."""

_NAME = re.compile(rf"{PREFIX}(?:tmp|raw|demo|replay)-(\d+)\.(\d+)-{RANDOM}")


def make_scratch(kind: Kind = "tmp") -> Path:
    """Make a folder for the owner's eyes only, named after this process. Raises `OSError`."""
    prefix = f"{PREFIX}{kind}-{os.getpid()}.{_pid_namespace()}-"
    # mkdtemp: 0700, says its documentation. A sweep must not see it before it is known to be ours.
    with _making:
        path = Path(tempfile.mkdtemp(prefix=prefix))
        _made.add(path.name)
    return path


def sweep_scratch() -> None:
    """Remove the private folders that killed processes have left in the temporary folder."""
    remove_leftovers(Path(tempfile.gettempdir()), _NAME)


def remove_leftovers(folder: Path, name: re.Pattern[str]) -> None:
    """Remove this user's folders in `folder` that no process works with.

    Only what bears a `name` that this project alone gives: a folder may be anybody's otherwise.
    At once where the process is known to have ended, otherwise after `STALE_SECONDS`.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if name.fullmatch(entry.name):
                _remove_leftover(Path(entry.path))


def _remove_leftover(path: Path) -> None:
    with suppress(OSError):
        about = path.lstat()
        ours = not hasattr(os, "getuid") or about.st_uid == os.getuid()
        stale = time.time() - about.st_mtime > STALE_SECONDS
        # Of a link only the target would be removed.
        if stat.S_ISDIR(about.st_mode) and ours and (stale or is_orphan(path)):
            shutil.rmtree(path, ignore_errors=True)


def is_orphan(path: Path) -> bool:
    """Whether the process that made this folder has surely ended.

    Never sure on Windows, where there is no signal 0, nor of another container's process. The
    number of a process may be given anew: if to another than this one, its folder waits to be old.
    """
    owner = _NAME.fullmatch(path.name)
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
