"""`python -m benchmarks [ROUNDS]`: how long a login takes, beside what others would take.

Prints the tables, writes RESULTS.md and its picture, and ends with 1 where a demand is missed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .contest import LATENCY, PLAIN, bench, interleaved, messages, timeline
from .results import (
    NAMES,
    Measured,
    competitors_table,
    goals,
    goals_table,
    markdown,
    other_table,
    picture,
)
from .startup import warm

ROUNDS = 9
HERE = Path(__file__).parent


def measured(rounds: int) -> Measured:
    """Run everything."""
    names = tuple(NAMES)
    with bench() as served:
        plain = interleaved(served, names, rounds)
        cold_cache = served.run("ours", warm=False).wall
        print("no latency: done", flush=True)
        late = interleaved(served, names, rounds, LATENCY)
        print("realistic latency: done", flush=True)
        memory = interleaved(served, names, rounds, memory=True)
        print("memory: done", flush=True)
        failing = ("ours", "ours --trace off")
        failed = interleaved(served, failing, rounds, (*PLAIN, "wrong-pin"), fails=True)
        print("refused PINs: done\n", flush=True)
        sent = {name: messages(served, name) for name in ("ours", "naive")}
        steps = timeline(served)
        chromium = served.version
    return Measured(
        rounds=rounds,
        chromium=chromium,
        plain=plain,
        late=late,
        memory=memory,
        failed=failed,
        cold_cache=cold_cache,
        sent=sent,
        steps=steps,
        warm=warm(),
    )


def main() -> int:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    done = measured(parser.parse_args().rounds)
    for text in (goals_table(done), competitors_table(done), other_table(done)):
        print(text, end="\n\n")
    (HERE / "RESULTS.md").write_text(markdown(done), "utf-8")
    (HERE / "results.svg").write_text(picture(done), "utf-8")
    missed = any(goal.came.median > goal.must for goal in goals(done))
    return 1 if missed or not all(row.fine for row in done.warm) else 0


if __name__ == "__main__":
    raise SystemExit(main())
