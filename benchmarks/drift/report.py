"""What a person reads of the runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .change import Case

if TYPE_CHECKING:
    from .person import Passage
    from .runs import Crew, Run


def print_oracle(cases: Sequence[Case]) -> int:
    """Let the person try all; how many pages cannot be completed."""
    from .person import oracle

    failed = 0

    def told(passage: Passage) -> None:
        nonlocal failed
        failed += bool(passage.why)
        verdict = f"NO WAY THROUGH: {passage.why}" if passage.why else "ok"
        print(f"{passage.seconds:6.2f} s  {passage.case.name}: {verdict}", flush=True)

    oracle(cases, told)
    print(f"{len(cases) - failed} of {len(cases)} pages can be completed")
    return failed


def print_runs(kind: str, crew: Crew, cases: Sequence[Case]) -> list[Run]:
    """Run all, one line each."""

    def told(run: Run) -> None:
        end = run.code if run.code == run.expected else f"{run.code}, not {run.expected}"
        more = "".join(f"\n        {each}" for each in run.unsafe)
        print(f"{run.verdict:>8} {run.seconds:6.2f} s  {kind}: {run.name}: {end}{more}", flush=True)

    return crew.run(list(cases), told)


def summary(done: Mapping[str, Sequence[Run]]) -> dict[str, dict[str, Any]]:
    """Print the categories, what was not survived, and the totals, which are returned."""
    from .runs import SURVIVED, UNSAFE

    runs = [run for each in done.values() for run in each]
    by_category: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        for category in run.categories:
            by_category[category].append(run)
    print(f"\n{'category':<24} {'runs':>5} {'survived':>9} {'unsafe':>7}")
    for category, some in sorted(by_category.items()):
        survived = sum(run.verdict == SURVIVED for run in some)
        unsafe = sum(run.verdict == UNSAFE for run in some)
        print(f"{category:<24} {len(some):>5} {survived:>9} {unsafe:>7}")
    lost = [run for run in runs if run.verdict != SURVIVED]
    if lost:
        print("\nNot survived:")
    for run in lost:
        at = f" at {run.step}" if run.step else ""
        print(f"  {run.verdict}: {run.name}\n    {run.code}{at}, not {run.expected}: {run.message}")
        for each in run.unsafe:
            print(f"    UNSAFE: {each}")
    totals = {}
    print(f"\n{'':<10} {'runs':>5} {'survived':>9} {'%':>6} {'unsafe':>7} {'median s':>9}")
    for kind, told in done.items():
        some = list(told)
        survived = sum(run.verdict == SURVIVED for run in some)
        unsafe = sum(run.verdict == UNSAFE for run in some)
        share = 100 * survived / len(some)
        seconds = sorted(run.seconds for run in some)[len(some) // 2]
        totals[kind] = {
            "runs": len(some),
            "survived": survived,
            "percent": round(share, 1),
            "unsafe": unsafe,
            "median_seconds": seconds,
        }
        print(f"{kind:<10} {len(some):>5} {survived:>9} {share:>6.1f} {unsafe:>7} {seconds:>9.2f}")
    return totals
