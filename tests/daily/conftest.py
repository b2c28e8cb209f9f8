"""The program as a service: started, watched, stopped; a replica with the machine's own clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path

import psutil
import pytest

from tests.daily.staged import Stage
from tests.harness import Desk, FakeClock, point_at
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import seams
from upstox_browser_login.token import IST

PROGRAM = [sys.executable, "-m", "upstox_browser_login.cli"]


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.02)


def this_minute() -> str:
    """A `--time` that is due, and stays so for the time of a test.

    With midnight another day begins, and with 03:30 the next day of logins.
    """
    while (left := min(map(_seconds_until, (clock_time(0), clock_time(3, 30))))) < _A_TEST:
        threading.Event().wait(left + 1)
    return f"{datetime.now(IST):%H:%M}"


_A_TEST = 90.0
"""Seconds in which a test that names this minute is over."""


def _seconds_until(time_of_day: clock_time) -> float:
    now = datetime.now(IST)
    then = datetime.combine(now.date(), time_of_day, IST)
    return (then - now).total_seconds() % 86_400


@dataclass
class Program:
    """One process of the program."""

    process: subprocess.Popen[bytes]
    files: Path
    family: list[psutil.Process] = field(default_factory=list)

    @property
    def out(self) -> str:
        return self.files.with_suffix(".out").read_text()

    @property
    def err(self) -> str:
        return self.files.with_suffix(".err").read_text()

    def says(self, text: str) -> None:
        """Wait until it does."""
        until(lambda: text in self.err or self.process.poll() is not None)
        assert text in self.err, self.err

    def ends(self, seconds: float = 60) -> int:
        return self.process.wait(seconds)

    def remember_family(self) -> None:
        """Its driver and its browser, which must not outlive it."""
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def kill(self) -> None:
        """As `kill -9` does. What it leaves behind is ended where it does not end by itself."""
        self.remember_family()
        self.process.kill()
        self.process.wait()
        for each in psutil.wait_procs(self.family, timeout=10)[1]:
            each.kill()


@pytest.fixture
def clock() -> FakeClock:
    """The machine's clock; a test may move it once no other process looks at its own."""
    return FakeClock()


@pytest.fixture
def upstox(clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """A replica with the machine's clock, and an environment that points at it."""
    with Replica(clock=clock.time) as replica:
        point_at(replica, tmp_path, monkeypatch)
        yield replica


@pytest.fixture
def stage(desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage(desk, replica)
    monkeypatch.setattr(seams, "log_in", stage.without_a_browser)
    stage.at("04:00", days=1)
    return stage


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start the program as a process of its own; it does not outlive the test."""
    started: list[Program] = []

    def run(*argv: object, **settings: str) -> Program:
        files = tmp_path / f"program-{len(started)}"
        with (
            files.with_suffix(".out").open("wb") as out,
            files.with_suffix(".err").open("wb") as err,
        ):
            process = subprocess.Popen(
                [*PROGRAM, *map(str, argv)],
                env={**os.environ, **settings},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        started.append(Program(process, files))
        return started[-1]

    yield run
    for each in started:
        if each.process.poll() is None:
            each.process.send_signal(signal.SIGTERM)
            try:
                each.process.wait(20)
            except subprocess.TimeoutExpired:
                each.kill()
