"""The Node.js that Playwright runs, where the environment names another than its own.

NixOS and Alpine need one of their own. The driver types the PIN, so such a program is told of
before every login, and refused where another user of the machine could have replaced it.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import sys
from pathlib import Path

VARIABLE = "PLAYWRIGHT_NODEJS_PATH"

logger = logging.getLogger(__name__)


def check_nodejs() -> None:
    """Warn of a Node.js that the environment names. Raises `ConfigurationError` to refuse it."""
    named = os.environ.get(VARIABLE)
    if not named:
        return
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.printable import one_line

    found = shutil.which(named)
    shown = one_line(named)[:200]
    if found is None:
        raise ConfigurationError(
            f"{VARIABLE} names {shown}, which is not a program that may be run.",
            hint="Correct it, or leave it out for the Node.js that comes with Playwright.",
        )
    problem = _problem_of(Path(found))
    if problem is not None:
        raise ConfigurationError(
            f"{VARIABLE} names {shown}, which would type the PIN: {problem}.",
            hint="Use one that only you or the administrator can write, or leave the variable out.",
        )
    logger.warning(
        "%s is set: %s runs in place of Playwright's own Node.js, and YOUR CREDENTIALS PASS "
        "THROUGH IT.",
        VARIABLE,
        shown,
    )


def _problem_of(program: Path) -> str | None:
    """Why others could decide what this program does, None where they could not."""
    if sys.platform == "win32":
        return None
    behind_links = program.resolve()
    for each in dict.fromkeys((behind_links, behind_links.parent, program.absolute().parent)):
        found = each.stat()
        if found.st_uid not in {0, os.geteuid()}:
            return f"{each} belongs to another user (uid {found.st_uid})"
        # In a folder with the sticky bit others may make files, but not replace this one.
        sticky = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
        if found.st_mode & stat.S_IWOTH and not sticky:
            return f"{each} can be written by every user (mode {stat.S_IMODE(found.st_mode):o})"
    return None
