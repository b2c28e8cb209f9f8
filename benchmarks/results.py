"""What the runs came to: the table on the screen, RESULTS.md and its picture."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from .contest import Runs
from .figures import Figure, excess, ratio
from .plot import Group, svg
from .startup import Row

NAMES = {"ours": "ours", "naive": "plain Playwright script", "floor": "bare DevTools client"}


@dataclass(frozen=True)
class Measured:
    """All that was measured in one run."""

    rounds: int
    chromium: str
    plain: Runs
    late: Runs
    memory: Runs
    failed: Runs
    cold_cache: float
    sent: dict[str, dict[str, int]]
    steps: list[tuple[str, float]]
    warm: list[Row]


@dataclass(frozen=True)
class Goal:
    """A demand on the login, what it came to, and where it should be."""

    what: str
    came: Figure
    must: float
    aim: float
    digits: int = 2

    def cells(self) -> list[str]:
        """The row of a table."""
        verdict = "aim reached" if self.came.median <= self.aim else "fine"
        if self.came.median > self.must:
            verdict = "MISSED"
        numbers = [f"{each:.{self.digits}f}" for each in (self.must, self.aim)]
        return [self.what, self.came.text(self.digits), *numbers, verdict]


def goals(measured: Measured) -> list[Goal]:
    """What a cold login must show."""
    plain, late, memory = measured.plain, measured.late, measured.memory
    walls, cpus = plain.walls, plain.cpus
    sent = Figure.of([sum(measured.sent["ours"].values())])
    beyond = excess(late.walls("ours"), late.walls("floor"))
    held = ratio(memory.memories("ours"), memory.memories("naive"))
    return [
        Goal("wall time to the plain script's", ratio(walls("ours"), walls("naive")), 0.85, 0.65),
        Goal("processor time to its", ratio(cpus("ours"), cpus("naive")), 1.0, 0.8),
        Goal("wall time to the bare client's", ratio(walls("ours"), walls("floor")), 2.5, 1.9),
        Goal("with latency: seconds beyond the bare client", beyond, 0.45, 0.3),
        Goal("peak anonymous memory to the plain script's", held, 1.06, 1.0),
        Goal("messages to Playwright's driver", sent, 60, 40, 0),
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown that can be read as it stands."""
    widths = [max(len(row[each]) for row in [head, *rows]) for each in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = f"|{'|'.join('-' * (width + 2) for width in widths)}|"
    return "\n".join([line(head), rule, *map(line, rows)])


def goals_table(measured: Measured) -> str:
    """The demands, as a table."""
    head = ("a cold `login`", "median (quartiles)", "must", "aim", "")
    return table(head, [goal.cells() for goal in goals(measured)])


def competitors_table(measured: Measured) -> str:
    """What each competitor took."""
    head = (
        *("", "wall s", "CPU s", "wall s, with latency"),
        *("CPU s, with latency", "peak memory MiB"),
    )
    rows = []
    for name, shown in NAMES.items():
        columns = (
            (measured.plain.walls(name), 2),
            (measured.plain.cpus(name), 2),
            (measured.late.walls(name), 2),
            (measured.late.cpus(name), 2),
            (measured.memory.memories(name), 0),
        )
        rows.append([shown, *(Figure.of(values).text(digits) for values, digits in columns)])
    return table(head, rows)


def other_table(measured: Measured) -> str:
    """What is compared with nobody else."""
    failed = measured.failed
    evidence, bare = failed.walls("ours"), failed.walls("ours --trace off")
    cold = measured.cold_cache / Figure.of(measured.plain.walls("ours")).median
    rows = [
        ["driver's compile cache cold, once, to warm: wall time", f"{cold:.2f}"],
        ["refused PIN, with evidence to without: wall time", ratio(evidence, bare).text()],
        [
            "refused PIN, with evidence to without: CPU",
            ratio(failed.cpus("ours"), failed.cpus("ours --trace off")).text(),
        ],
        ["messages of the plain script", str(sum(measured.sent["naive"].values()))],
        *([row.what, f"{row.value:.2f}"] for row in measured.warm),
    ]
    return table(("", "came to"), rows)


def markdown(measured: Measured) -> str:
    """RESULTS.md."""
    steps = [[name, f"{seconds:.2f}"] for name, seconds in measured.steps]
    sent = measured.sent["ours"]
    most = sorted(sent.items(), key=lambda each: (-each[1], each[0]))
    methods = ", ".join(f"{name} {number}" for name, number in most)
    return f"""# Results

Written by `make bench`. Every login is a process of its own in a fresh state folder, at the
replica of this package on the same machine; ours, the plain script (`naive.py`) and the bare
client (`floor.py`) run in turn, one round to warm up and {measured.rounds} that count. Ratios are
taken round by round. Only ratios mean anything: the machine had other work.

{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, Python \
{platform.python_version()}, Playwright {version("playwright")}, headless shell \
{measured.chromium}.

{goals_table(measured)}

![Bars of the figures below](results.svg)

{competitors_table(measured)}

Latency: dialog 300 ms, config 800, OTP 1200, verify 1500, PIN 800, authorize and hop 300 each.
CPU is the processor time of all processes of a login. Memory is anonymous PSS of all of them at its
highest, looked at every 20 ms in runs of their own.

{other_table(measured)}

{lost(measured)}

## One login, step by step

{table(("step", "seconds"), steps)}

## What is sent to the driver in one login

{methods}.
"""


def lost(measured: Measured) -> str:
    """Say which rounds were lost: a figure of good logins alone would hide the others."""
    told = [
        " ".join(line.split()[:12])
        for runs in (measured.plain, measured.late, measured.memory, measured.failed)
        for line in (next(iter(each.splitlines())) for each in runs.lost)
    ]
    if not told:
        return "No login ended otherwise than it should."
    return f"Rounds lost to a login that ended otherwise: {len(told)} ({'; '.join(told)})."


def picture(measured: Measured) -> str:
    """The bars of RESULTS.md."""

    def group(title: str, unit: str, values: dict[str, list[float]]) -> Group:
        return Group(title, unit, [(NAMES[name], Figure.of(values[name])) for name in NAMES])

    def of(runs: Runs, what: str) -> dict[str, list[float]]:
        return {name: getattr(runs, what)(name) for name in NAMES}

    return svg(
        [
            group("Wall time", "s", of(measured.plain, "walls")),
            group("Processor time", "s", of(measured.plain, "cpus")),
            group("Wall time with latency", "s", of(measured.late, "walls")),
            group("Peak anonymous memory", "MiB", of(measured.memory, "memories")),
        ]
    )
