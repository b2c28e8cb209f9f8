"""The processes that a browser consists of, and programs that pass for one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

SECRETS = {
    "UPSTOX_PIN_CODE": "908172",
    "UPSTOX_CLIENT_SECRET": "s3cr3t-of-the-app",
    "upstox_password": "lower-case-counts-too",
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")


def wait_until(true: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def gone(processes: list[psutil.Process], seconds: float = 60) -> bool:
    def all_gone() -> bool:
        return all(
            not each.is_running() or each.status() == psutil.STATUS_ZOMBIE for each in processes
        )

    def look() -> bool:
        try:
            return all_gone()
        except psutil.NoSuchProcess:
            return False

    return wait_until(look, seconds)


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def script(path: Path, body: str) -> Path:
    return executable(path, f"#!/bin/sh\n{body}\n")


def driver_of(processes: list[psutil.Process]) -> psutil.Process:
    return next(each for each in processes if "run-driver" in each.cmdline())


def chromium_of(processes: list[psutil.Process]) -> psutil.Process:
    """Chromium's main process: the last in the chain of wrappers that is no helper."""
    return [
        each
        for each in processes
        if any("--remote-debugging-pipe" in word for word in each.cmdline())
        and not any(word.startswith("--type=") for word in each.cmdline())
    ][-1]


def chromium_elsewhere(path: str, profile: Path) -> list[str]:
    """The command of a Chromium that somebody else starts; it prints where it can be reached."""
    return [
        path,
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "--no-sandbox",
        "--headless",
        "about:blank",
    ]
