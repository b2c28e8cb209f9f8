"""`python -m benchmarks.tree [--memory] COMMAND …`: what a command and all its processes take.

Prints one JSON object. It is a process of its own, which adopts the orphans of the command (those
of a killed Chromium among them), so that the processor time of each is counted. Linux only.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""

EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Taken:
    """What a command took. `memory` is its highest anonymous PSS in MiB, 0 where not looked at."""

    wall: float
    cpu: float
    memory: float
    status: int
    output: str


def anonymous(pid: int) -> int:
    """Bytes of memory that only this process has, and its part of what it shares; files aside."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1]) * 1024
    return 0


def highest(done: threading.Event) -> int:
    """Look at our children again and again until `done`; the highest sum, in bytes."""
    most = 0
    while not done.wait(EVERY):
        children = psutil.Process().children(recursive=True)
        most = max(most, sum(anonymous(each.pid) for each in children))
    return most


def measured(command: Sequence[str], *, memory: bool) -> Taken:
    """Run `command` to its end and that of all that it started, as a child of this process."""
    if sys.platform != "linux":
        raise NotImplementedError("it reads /proc and adopts orphans")
    import resource

    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    done = threading.Event()
    peak: list[int] = []
    looking = threading.Thread(target=lambda: peak.append(highest(done)))
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        if memory:
            looking.start()
        status = process.wait()
        wall = time.perf_counter() - began
        done.set()
        if memory:
            looking.join()
        with suppress(ChildProcessError):
            while True:
                os.wait()
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, used.ru_utime + used.ru_stime, sum(peak) / 2**20, status, said)


def measure(
    command: Sequence[str], environment: Mapping[str, str], *, memory: bool = False
) -> Taken:
    """Measure `command` in a process of its own. Raises `RuntimeError` where that one fails."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.tree", *(["--memory"] if memory else []), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parent.parent,
    )
    if done.returncode:
        raise RuntimeError(f"the measurement failed: {done.stderr[-2000:]}")
    return Taken(**json.loads(done.stdout))


def main() -> None:
    """Measure one command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    print(json.dumps(asdict(measured(options.command, memory=options.memory))))


if __name__ == "__main__":
    main()
