"""Chromium's older sandbox: a program beside it that becomes root, where it is installed.

It is used where user namespaces are forbidden to Chromium, and works only in a process that may
still gain rights.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from upstox_browser_login.errors import BrowserError
from upstox_browser_login.settings import Settings

from .find import Chromium, find_chromium, small_text

NAME = "chrome-sandbox"

PROFILES = Path("/etc/apparmor.d")

_OF_CHANNELS = Path("/opt")
"""Where Google and Microsoft put the browsers that are found by a channel."""


def needs_setuid_sandbox(settings: Settings) -> bool:
    """Whether the browser of these settings has such a program, and no right of its own.

    On a machine on which only some programs may make user namespaces.
    """
    if settings.is_set("browser_url"):
        return False
    try:
        chromium = find_chromium(settings)
    except BrowserError:
        return False  # it is not installed yet
    return any(not may_make_namespaces(each.parent) for each in setuid_sandboxes(chromium))


def setuid_sandboxes(chromium: Chromium) -> list[Path]:
    """The programs beside a browser that become root to make a sandbox."""
    return [path for folder in _folders(chromium) if _becomes_root(path := folder / NAME)]


def may_make_namespaces(folder: Path, profiles: Path = PROFILES) -> bool:
    """Whether a profile of AppArmor allows user namespaces to the browser in this folder.

    Ubuntu has such profiles for Google Chrome and others.
    """
    return any(
        str(folder) in text and re.search(r"^\s*userns,", text, re.MULTILINE)
        for text in _texts(profiles)
    )


def _becomes_root(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return found.st_uid == 0 and bool(found.st_mode & stat.S_ISUID)


def _folders(chromium: Chromium) -> Iterator[Path]:
    """The folders in which the browser itself may be: what is on PATH is often a script."""
    if chromium.path is None:
        yield from _OF_CHANNELS.glob("*/*")
        return
    path = chromium.path.resolve()
    yield path.parent
    for named in re.findall(r"/[\w./+-]+", _script(path)):
        yield from (Path(named), Path(named).parent)


def _script(path: Path) -> str:
    """The text of a small script, nothing of a program."""
    text = small_text(path)
    return text if text.startswith("#!") else ""


def _texts(folder: Path) -> Iterator[str]:
    try:
        files = [each for each in folder.iterdir() if each.is_file()]
    except OSError:
        return
    for each in files:
        try:
            yield each.read_text("utf-8", "replace")
        except OSError:
            continue
