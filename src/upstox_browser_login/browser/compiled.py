"""Where what was compiled is kept, so that the next login starts faster.

Node.js keeps the driver's code there, and `page.kept` the patterns. Whoever can write there decides
what the driver runs and what is recognised, so the folder is the user's alone.
"""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

from upstox_browser_login.files.private import make_own_folder, refuse_untrusted

logger = logging.getLogger(__name__)

FOLDER = "driver-cache"


def compiled_folder(state: Path, *, make: bool = True) -> Path | None:
    """Find or `make` the folder below the state folder; None where it is not private."""
    # Where a relative path leads depends on the current folder, so the settings refuse it.
    if not state.is_absolute():
        return None
    path = state / FOLDER
    try:
        if make:
            make_own_folder(path)
        refuse_untrusted(path)
        # Of a link only the target would be looked at.
        about = path.lstat()
    except OSError as error:
        logger.debug("The driver is compiled anew each time: %s", error)
        return None
    written_by_others = os.name == "posix" and bool(about.st_mode & 0o022)
    if not stat.S_ISDIR(about.st_mode) or written_by_others:
        logger.debug("The driver is compiled anew each time: others may write into %s", path)
        return None
    return path
