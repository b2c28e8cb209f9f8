"""Cold logins side by side: ours, a plain Playwright script, and a bare DevTools client.

All walk the same replica's page with the same Chromium, in turn, each in a process of its own.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from upstox_browser_login.browser.compiled import compiled_folder
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.browser.install import launched
from upstox_browser_login.page.rehearsal import rehearse
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

from .startup import PROGRAM, clean_environment
from .tree import Taken, measure

PLAIN = ("no-otp-limit", "first-paint=0")
"""The page's first form is gone at once: a plain script would type into it and wait for ever."""

LATENCY = (
    *PLAIN,
    "slow=dialog:0.3",
    "slow=config:0.8",
    "slow=otp:1.2",
    "slow=verify:1.5",
    "slow=pin:0.8",
    "slow=authorize:0.3",
    "slow=hop:0.3",
)

LOST = 3
"""So many rounds may be lost to a login that ends otherwise; the results tell of each."""

TOTP_PERIOD = 30
ROOM = 12
"""Seconds that the present TOTP code is to be valid for: ours would wait for a fresh one."""


@dataclass
class Bench:
    """A replica, a browser for all, and what a first run of ours has left for the next."""

    replica: Replica
    browser: str
    version: str
    template: Path
    """A state folder in which a browser has been started once, as `install-browser` does."""

    def environment(self, state: Path) -> dict[str, str]:
        """Settings for one run."""
        return {
            **clean_environment(),
            **self.replica.settings(),
            "UPSTOX_STATE_DIR": str(state),
            "UPSTOX_TRACE_DIR": str(state / "traces"),
        }

    def command(self, name: str) -> list[str]:
        """The command line of a competitor; of ours, options may follow the name."""
        if name in {"naive", "floor"}:
            return [sys.executable, "-m", f"benchmarks.{name}", "--browser", self.browser]
        return [PROGRAM, "login", *name.split()[1:]]

    def run(
        self,
        name: str,
        *,
        memory: bool = False,
        fails: bool = False,
        warm: bool = True,
        command: Sequence[str] = (),
    ) -> Taken:
        """One login in a fresh state folder. Raises `RuntimeError` where it ends otherwise."""
        self.replica.reset()
        wait_for_room()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            state = Path(folder) / "state"
            if warm:
                shutil.copytree(self.template, state)
            environment = self.environment(state)
            taken = measure(command or self.command(name), environment, memory=memory)
        if (taken.status != 0) != fails:
            said = [line for line in taken.output.splitlines() if "rror:" in line] or [taken.output]
            raise RuntimeError(f"{name} ended with {taken.status}: {said[-1][-300:]}")
        return taken


def wait_for_room() -> None:
    """Begin where no login has to wait for a fresh TOTP code."""
    left = TOTP_PERIOD - time.time() % TOTP_PERIOD
    if left < ROOM:
        time.sleep(left)


@contextmanager
def bench() -> Iterator[Bench]:
    """Serve the replica, and start the browser once, so that its files are in memory."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        template = Path(folder) / "state"
        template.mkdir(mode=0o700)
        settings = Settings(state_dir=template)
        chromium = launched(settings, find_chromium(settings, headed=False))
        rehearse(compiled_folder(template))
        if chromium.path is None:
            raise RuntimeError("Take UPSTOX_BROWSER_CHANNEL away: all need the same Chromium.")
        with Replica(*PLAIN) as replica:
            yield Bench(replica, str(chromium.path), str(chromium.version), template)


@dataclass
class Runs:
    """What each competitor took, round by round."""

    taken: dict[str, list[Taken]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    """Of each round that does not count: which login ended otherwise than it should, and how."""

    def walls(self, name: str) -> list[float]:
        """Seconds by the clock."""
        return [each.wall for each in self.taken[name]]

    def cpus(self, name: str) -> list[float]:
        """Seconds of processor time of all processes."""
        return [each.cpu for each in self.taken[name]]

    def memories(self, name: str) -> list[float]:
        """MiB."""
        return [each.memory for each in self.taken[name]]


def interleaved(
    served: Bench,
    names: Sequence[str],
    rounds: int,
    scenarios: Sequence[str] = PLAIN,
    *,
    memory: bool = False,
    fails: bool = False,
) -> Runs:
    """Let each run in turn, `rounds` times; a first round, which is not counted, warms up.

    A round in which a login ends otherwise than it should is lost for all, and told of.
    """
    served.replica.set(*scenarios)
    runs = Runs({name: [] for name in names})
    counted = -1
    while counted < rounds:
        try:
            taken = {name: served.run(name, memory=memory, fails=fails) for name in names}
        except RuntimeError as error:
            runs.lost.append(str(error))
            if len(runs.lost) > LOST:
                raise
            continue
        counted += 1
        for name in names if counted else ():
            runs.taken[name].append(taken[name])
    served.replica.set(*PLAIN)
    return runs


def messages(served: Bench, which: str) -> dict[str, int]:
    """How often each method is sent to the driver in one login."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "sent.json"
        rest = ["--browser", served.browser] if which == "naive" else ["login"]
        command = [sys.executable, "-m", "benchmarks.messages", str(file), which, *rest]
        served.run(which, command=command)
        sent: dict[str, int] = json.loads(file.read_text("utf-8"))
        return sent


def timeline(served: Bench) -> list[tuple[str, float]]:
    """The steps of one login, with what comes before and after them, in seconds."""
    taken = served.run("ours --format json")
    data = json.loads(taken.output[taken.output.index("{") :].partition("\n")[0])
    steps = [(str(each["step"]), float(each["seconds"])) for each in data["data"]["steps"]]
    rest = taken.wall - sum(seconds for _, seconds in steps)
    return [("start and end of all processes", rest), *steps]
