"""What systemd is told, at a socket like its own."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from upstox_browser_login.daily import supervisor
from upstox_browser_login.daily.supervisor import Supervisor

if sys.platform == "win32":
    pytest.skip("systemd is for Linux", allow_module_level=True)

NAMES = [
    "path",
    pytest.param(
        "abstract", marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux has them")
    ),
]


@pytest.fixture(params=NAMES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "abstract":
        return f"@upstox-test-{os.getpid()}"
    return str(tmp_path / "notify")


@pytest.fixture
def systemd(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind("\0" + address[1:] if address.startswith("@") else address)
        sock.settimeout(5)
        yield sock


def test_what_is_told(systemd: socket.socket, address: str) -> None:
    environment = {
        "NOTIFY_SOCKET": address,
        "WATCHDOG_USEC": "90000000",
        "WATCHDOG_PID": str(os.getpid()),
        "PATH": "x",
    }
    watched = Supervisor.of(environment)
    assert environment == {"PATH": "x"}, "what we start is not the service"
    watched.ready()
    watched.status("Waiting\nREADY=1 is no \x1b[2Jline of\ud800 mine")
    watched.alive()
    watched.busy(660.0)
    watched.idle()
    watched.stopping()
    assert [systemd.recv(1000).decode() for _ in range(6)] == [
        "READY=1",
        "STATUS=Waiting READY=1 is no line of mine",
        "WATCHDOG=1",
        "WATCHDOG_USEC=660000000\nWATCHDOG=1",
        "WATCHDOG_USEC=90000000\nWATCHDOG=1",
        "STOPPING=1",
    ]


def test_a_supervisor_that_does_not_read_is_not_waited_for(
    systemd: socket.socket, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_PATIENCE", 0.01)
    watched = Supervisor.of({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "90000000"})
    for _ in range(20):  # Linux lets ten wait for a reader, unless told otherwise
        watched.alive()
    assert systemd.recv(1000) == b"WATCHDOG=1"


def test_nobody_watches(systemd: socket.socket, address: str) -> None:
    """No watchdog, or that of another process."""
    other = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}
    for environment in ({"NOTIFY_SOCKET": address}, other):
        watched = Supervisor.of(environment)
        watched.alive()
        watched.busy(1.0)
        watched.ready()
        assert systemd.recv(1000) == b"READY=1"


def test_without_systemd_nothing_is_told() -> None:
    Supervisor.of({}).ready()
    Supervisor.of({"NOTIFY_SOCKET": "vsock:2:1234"}).ready()
    Supervisor.of({"NOTIFY_SOCKET": "/nowhere/at/all"}).ready()
