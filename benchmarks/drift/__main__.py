"""`python -m benchmarks.drift`: how many changed pages a login survives, and whether any is unsafe.

Without a choice it runs every change alone, then pairs and triples drawn by the seed. `--oracle`
lets a person who knows the changes complete the same pages instead, and proves that this can be
done. Ends with 1 where a run was unsafe or a page cannot be completed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from .catalogue import CHANGES
from .change import Case, combined, singles
from .report import print_oracle, print_runs, summary

PAIRS, TRIPLES = 60, 60


def cases_of(args: argparse.Namespace) -> dict[str, list[Case]]:
    """The wanted cases, by how many changes they have."""
    changes = [
        each
        for each in CHANGES
        if not args.only or any(part in f"{each.category}: {each.name}" for part in args.only)
    ]
    everything = not (args.single or args.pairs or args.triples)
    pairs = PAIRS if everything and not args.only else args.pairs
    triples = TRIPLES if everything and not args.only else args.triples
    found = {
        "single": singles(changes) if args.single or everything else [],
        "pairs": combined(changes, 2, pairs, args.seed) if pairs else [],
        "triples": combined(changes, 3, triples, args.seed) if triples else [],
    }
    return {kind: cases for kind, cases in found.items() if cases}


def parsed(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift", description=__doc__)
    parser.add_argument("--single", action="store_true", help="every change alone")
    parser.add_argument("--pairs", type=int, default=0, metavar="N")
    parser.add_argument("--triples", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", action="append", metavar="TEXT", help="changes whose name or category has TEXT"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one case in N")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="leave out the first N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=20, help="seconds for a login")
    parser.add_argument("--fresh", action="store_true", help="a browser for each login")
    parser.add_argument("--oracle", action="store_true", help="let a person do it")
    parser.add_argument("--list", action="store_true", help="print the names and end")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run, report, and say by the exit status whether all was well."""
    args = parsed(argv)
    chosen = {kind: cases[args.offset :: args.every] for kind, cases in cases_of(args).items()}
    kinds = {kind: cases for kind, cases in chosen.items() if cases}
    if args.list:
        for kind, cases in kinds.items():
            for case in cases:
                print(f"{kind}: {case.name} -> {case.expect}")
        return 0
    began = time.monotonic()
    if args.oracle:
        failed = print_oracle([case for cases in kinds.values() for case in cases])
        print(f"{time.monotonic() - began:.0f} s")
        return 1 if failed else 0
    from .runs import Crew

    crew = Crew(args.jobs, args.seed, args.limit, args.fresh)
    done = {kind: print_runs(kind, crew, cases) for kind, cases in kinds.items()}
    told = summary(done)
    print(f"{time.monotonic() - began:.0f} s")
    if args.json:
        runs = {kind: [run.as_dict() for run in runs] for kind, runs in done.items()}
        args.json.write_text(
            json.dumps({"seed": args.seed, "totals": told, "runs": runs}, indent=1)
        )
    return 1 if any(kind["unsafe"] for kind in told.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
