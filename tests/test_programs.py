"""How programs that were started are ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from upstox_browser_login.programs import killed, printed_by


class Transport(asyncio.SubprocessTransport):
    """What `killed` may ask of a transport. asyncio's own reads exit statuses in two methods."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__()
        self.process = process
        self.closed = False

    def get_pid(self) -> int:
        return self.process.pid

    def get_returncode(self) -> int | None:
        return self.process.poll()

    def kill(self) -> None:
        raise AssertionError("it would read the exit status")

    def close(self) -> None:
        assert self.process.returncode is not None, "it would read the exit status"
        self.closed = True


def sleeping() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps an exit status for all who ask")
async def test_the_exit_status_of_a_killed_program_is_left_to_asyncio() -> None:
    """Otherwise asyncio logs "Unknown child process", as after a Ctrl-C that all programs get."""
    with sleeping() as process:
        transport = Transport(process)
        await killed(transport, seconds=30)
        assert process.returncode == -signal.SIGKILL
        assert transport.closed


@pytest.mark.skipif(os.name == "posix", reason="a script of Windows")
async def test_a_script_of_windows_is_run_by_its_bare_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many password managers are a .cmd there."""
    (tmp_path / "brings.cmd").write_text("@echo 135790\n", "ascii")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert (await printed_by("NAME", "brings", 30, "Mend it.")).split() == [b"135790"]
