"""Playwright's own viewer of traces."""

from __future__ import annotations

import sys
from pathlib import Path


def viewer_command(trace: Path) -> list[str]:
    """Build the command that serves `trace`, a trace.zip, in Playwright's own viewer.

    It works offline on any free port, prints "Listening on URL", opens the default browser if there
    is one, and runs until it is stopped.
    """
    return [
        *_playwright_command(),
        *("show-trace", "--host", "127.0.0.1", "--port", "0", str(trace.resolve())),
    ]


def _playwright_command() -> list[str]:
    """Name the Node.js program that `python -m playwright` runs.

    Killing `python -m playwright` itself would leave that program running.
    """
    try:
        from playwright._impl._driver import compute_driver_executable

        return list(compute_driver_executable())
    except Exception:  # noqa: BLE001  (private, and may move)
        return [sys.executable, "-m", "playwright"]
