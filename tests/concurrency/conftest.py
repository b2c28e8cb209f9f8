"""A crowd of processes that all want a token, and a replica that lets none through until told."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.store.conftest import redis_server, redis_url
from upstox_browser_login.replica import Replica, faults

__all__ = ["redis_server", "redis_url"]

WAITING = "waiting for the lock"


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.02)


@dataclass
class Member:
    """One process of the crowd."""

    process: subprocess.Popen[bytes]
    files: Path

    @property
    def out(self) -> str:
        return self.files.with_suffix(".out").read_text()

    @property
    def err(self) -> str:
        return self.files.with_suffix(".err").read_text()

    @property
    def waits(self) -> bool:
        return WAITING in self.err

    def browsers(self) -> list[psutil.Process]:
        """Its Playwright and its Chromium."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []


@dataclass
class Crowd:
    """Processes of one user on one machine; each is started as a person would start it."""

    replica: Replica
    folder: Path
    environment: dict[str, str]
    gate: threading.Event
    members: list[Member] = field(default_factory=list)

    def start(self, command: str, *, lease: float | None = None, **settings: Any) -> Member:
        program = ["-m", "upstox_browser_login.cli"]
        if lease is not None:
            program = ["-m", "tests.concurrency.short_lease", str(lease)]
        member_files = self.folder / str(len(self.members))
        with (
            member_files.with_suffix(".out").open("wb") as out,
            member_files.with_suffix(".err").open("wb") as err,
        ):
            process = subprocess.Popen(
                [sys.executable, *program, command, "--debug"],
                env=self.environment | {name: str(value) for name, value in settings.items()},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=Path(__file__).parents[2],
            )
        member = Member(process, member_files)
        self.members.append(member)
        return member

    def under_way(self) -> Member:
        """The one that logs in, once its request for an OTP is held at the gate."""
        until(lambda: self.replica.counts.otp_requests > 0)
        (holder,) = [each for each in self.members if each.browsers()]
        return holder

    def waiters(self, count: int) -> list[Member]:
        """Those that wait for the lock, once they are so many."""
        until(lambda: sum(each.waits for each in self.members) >= count)
        return [each for each in self.members if each.waits]

    def open_gate(self) -> None:
        self.gate.set()

    def outputs(self, members: list[Member], seconds: float = 60) -> set[str]:
        """What `members` print; every one of them must end well, and in time."""
        deadline = time.monotonic() + seconds
        for each in members:
            status = each.process.wait(max(0.1, deadline - time.monotonic()))
            assert status == 0, each.err
        return {each.out for each in members}


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crowd]:
    gate = threading.Event()

    async def held(*_: object) -> None:
        # A step that is "slow" until the test says otherwise.
        while not gate.is_set():  # noqa: ASYNC110  (the event is the test's, in another thread)
            await asyncio.sleep(0.02)

    monkeypatch.setitem(faults._HANDLERS, "slow", held)
    folder = tmp_path / "crowd"
    folder.mkdir()
    with Replica("slow=otp:1") as replica:
        places = {
            "UPSTOX_STATE_DIR": str(tmp_path / "state"),
            "UPSTOX_TRACE_DIR": str(tmp_path / "traces"),
            "UPSTOX_TRACE": "off",
            # So many at once are slow to start on a small machine.
            "UPSTOX_TIMEOUT": "150",
        }
        made = Crowd(replica, folder, {**os.environ, **replica.settings(), **places}, gate)
        try:
            yield made
        finally:
            gate.set()
            for each in made.members:
                _end(each)


def _end(member: Member) -> None:
    """End a process with the browser that it may have left behind."""
    family = member.browsers()
    if member.process.poll() is None:
        member.process.send_signal(signal.SIGTERM)
        try:
            member.process.wait(60)
        except subprocess.TimeoutExpired:
            member.process.kill()
            member.process.wait()
    for each in psutil.wait_procs(family, timeout=60)[1]:
        each.kill()
