"""`python -m benchmarks.soak [N]`: N logins in a row, in one process, and what they leave behind.

Every login starts a browser of its own, walks the replica's page and stores a token. Whatever
grows from the first logins to the last would, in a process that stays, grow for ever.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login
from upstox_browser_login.settings import Settings

RUNS = 500
SHARE = 10
"""The first and the last tenth of the runs are compared, and at most fifty each."""

MOST = 50
SLOWER = 1.5
"""So many times as much of this process's time may the last logins take, by their median.

The clock would count whatever else the machine has to do; driver and browser are new each time.
"""

HEAVIER = 24 * 2**20
"""Bytes of memory that Python's allocator may have spread out by."""


class PatientClock(Clock):
    """Waits for a fresh TOTP window by moving on. The replica is told the same time."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def time(self) -> float:
        """Now, and what was waited for."""
        return time.time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Be there at once."""
        self._ahead += seconds


@dataclass(frozen=True)
class Sample:
    """What this process holds after a login, and how much of its time the login took."""

    seconds: float
    files: int
    threads: int
    processes: int
    temporary: int
    memory: int

    @classmethod
    def take(cls, seconds: float, temporary: Path) -> Sample:
        """Look at this process."""
        gc.collect()
        process = psutil.Process()
        if sys.platform == "win32":
            files = process.num_handles()
        else:
            files = process.num_fds()
        return cls(
            seconds,
            files,
            threading.active_count(),
            len(process.children(recursive=True)),
            sum(1 for _ in temporary.rglob("*")),
            process.memory_info().rss,
        )


def soak(runs: int, home: Path) -> tuple[list[Sample], list[str]]:
    """Log in `runs` times; what each left, and the failures."""
    temporary = home / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    samples: list[Sample] = []
    failures: list[str] = []
    clock = PatientClock()
    with Replica("no-otp-limit", clock=clock.time) as replica:
        values = {
            name.removeprefix("UPSTOX_").lower(): value
            for name, value in replica.settings().items()
        }
        for number in range(1, runs + 1):
            began = time.process_time()
            try:
                login(
                    Settings(**values, state_dir=home / "state", trace_dir=home / "traces"),
                    clock=clock,
                )
            except UpstoxError as error:
                failures.append(f"login {number}: {error.code}: {error.message}")
            seconds = time.process_time() - began
            # Its log and its sessions are the replica's own growth.
            replica.reset()
            samples.append(Sample.take(seconds, temporary))
            if number % 25 == 0:
                latest = statistics.median(each.seconds for each in samples[-25:])
                print(
                    f"{number:5} logins, {len(failures)} failures, {latest:.2f} s of its own each",
                    flush=True,
                )
    return samples, failures


def compared(
    what: str,
    values: Sequence[float],
    limit: Callable[[float], float],
    unit: str = "",
    scale: float = 1.0,
) -> bool:
    """Print the first runs' median beside the last runs'; whether it has grown by too much."""
    share = max(1, min(MOST, len(values) // SHARE))
    first, last = statistics.median(values[:share]), statistics.median(values[-share:])
    grown = last > limit(first)
    print(
        f"{what:<28} {first / scale:9.2f} {last / scale:9.2f} {unit:<4}{' GROWN' if grown else ''}"
    )
    return grown


def main() -> int:
    """Run, report, and end with 1 where anything failed or grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="?", type=int, default=RUNS)
    runs: int = parser.parse_args().runs
    # It would say at every login that it waits for a TOTP window.
    logging.getLogger("upstox_browser_login").setLevel(logging.ERROR)
    for name in [name for name in os.environ if name.startswith("UPSTOX_")]:
        del os.environ[name]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-") as home:
        samples, failures = soak(runs, Path(home))
    share = max(1, min(MOST, runs // SHARE))
    print(f"\n{runs} logins in {time.monotonic() - began:.0f} s, {len(failures)} failures")
    for failure in failures[:20]:
        print(f"  {failure}")
    print(f"{'':<28} {f'first {share}':>9} {f'last {share}':>9}")
    grown = [
        compared("open files", [each.files for each in samples], lambda first: first),
        compared("threads", [each.threads for each in samples], lambda first: first),
        compared("child processes", [each.processes for each in samples], lambda _: 0),
        compared("temporary files", [each.temporary for each in samples], lambda _: 0),
        compared(
            "memory",
            [each.memory for each in samples],
            lambda first: first + HEAVIER,
            "MiB",
            2**20,
        ),
        compared(
            "its time for a login",
            [each.seconds for each in samples],
            lambda first: first * SLOWER,
            "s",
        ),
    ]
    return 1 if failures or any(grown) else 0


if __name__ == "__main__":
    raise SystemExit(main())
