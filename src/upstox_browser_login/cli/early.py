"""Starts Playwright's driver while the program still reads its own code: that takes as long."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

SPAWN_SECONDS = 1.0
"""The rest of the program waits no longer for the process to be there."""

_COMMANDS = {"login", "generate-token"}
"""What always logs in. Others do only where no valid token is stored."""

_TOLD_OF = ("PLAYWRIGHT_NODEJS_PATH", "DEBUG", "DEBUGP")
"""The user is warned of these, which has to wait until warnings are shown."""


def early_driver(argv: Sequence[str]) -> AbstractContextManager[None]:
    """Start a driver for the length of the block, where this command line will want one."""
    if not argv or argv[0] not in _COMMANDS or "--help" in argv:
        return nullcontext()
    if any(os.environ.get(each) for each in _TOLD_OF):
        return nullcontext()
    # Whether the driver is to see them depends on UPSTOX_PROXY, which nobody has read yet.
    if any(each.lower().endswith("_proxy") for each in os.environ):
        return nullcontext()
    from upstox_browser_login.blocking import begun_apart
    from upstox_browser_login.browser.compiled import compiled_folder
    from upstox_browser_login.browser.driver import early_driver as started

    state = _state_folder()
    # Not made: the settings, which nobody has read yet, may name another folder.
    compiled = None if state is None else compiled_folder(state, make=False)
    return begun_apart(started(compiled), SPAWN_SECONDS)


def _state_folder() -> Path | None:
    """Where the state folder is, as far as the environment tells."""
    from upstox_browser_login.files.environment import PREFIX, default_state_folder

    named = os.environ.get(f"{PREFIX}STATE_DIR")
    try:
        return Path(named).expanduser() if named else default_state_folder()
    except RuntimeError:  # no such user's home folder: the settings will say so
        return None
