"""Lets no process that a test starts start a browser, where the test is not marked `browser`.

Python imports this module by its name at its start, where its folder is in PYTHONPATH. So it holds
in the program, and in all Python that the program starts, just as in the tests' own process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

RECORD = "TESTS_RECORD_OF_BROWSERS"
"""Names the file in which a refused start is noted. Without it any browser may be started."""

_NAMES = ("chrome", "chromium", "headless-shell", "headless_shell", "msedge")
_DRIVERS = ("playwright/driver/", "playwright\\driver\\")
"""Where Playwright has the program that starts its browsers."""


class BrowserStartedError(Exception):
    """A test that is not marked `browser` starts one."""


def browser_of(program: Any, words: Any) -> str | None:
    """Name the browser, or the driver of one, that a command starts.

    Windows has a command as one text, its first word in quotes where that holds a space.
    """
    command = words if isinstance(words, str) else " ".join(map(os.fsdecode, words))
    if any(driver in command for driver in _DRIVERS):
        return "Playwright's driver"
    if program is None and command.startswith('"'):
        program = command[1:].partition('"')[0]
    elif program is None:
        program = command.partition(" ")[0]
    name = os.fsdecode(program).replace("\\", "/").rpartition("/")[2]
    return name if any(each in name.lower() for each in _NAMES) else None


def refuse(event: str, details: tuple[Any, ...]) -> None:
    """Refuse a browser's start, and note it: who starts it may take the refusal as a failure."""
    if event != "subprocess.Popen" or not os.environ.get(RECORD):
        return
    browser = browser_of(*details[:2])
    if browser is not None:
        with Path(os.environ[RECORD]).open("a", encoding="utf-8") as record:
            record.write(f"{browser}\n")
        raise BrowserStartedError(browser)


sys.addaudithook(refuse)
