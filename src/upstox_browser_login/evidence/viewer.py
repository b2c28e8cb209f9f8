"""Playwright's own viewer of traces."""

from __future__ import annotations

import sys
from pathlib import Path


def viewer_command(trace: Path, host: str = "127.0.0.1", port: int = 0) -> list[str]:
    """Build the command that serves `trace`, a trace.zip, in Playwright's own viewer.

    It works offline, prints "Listening on URL", opens the default browser if there is one, and
    runs until it is stopped. Port 0: any that is free.
    """
    return [
        *_playwright_command(),
        *("show-trace", "--host", host, "--port", str(port), str(trace.resolve())),
    ]


def _playwright_command() -> list[str]:
    """Name Playwright's own program: what `python -m playwright` runs, without the Python.

    Ended, that one would leave its Node.js behind, which serves on.
    """
    try:
        from playwright._impl._driver import compute_driver_executable

        return list(compute_driver_executable())
    except Exception:  # noqa: BLE001  (private, and may move)
        return [sys.executable, "-m", "playwright"]
