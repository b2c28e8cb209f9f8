"""The command line: parsing and printing only. One file for each group of commands."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments of this process; returns its exit status."""
    try:
        from .run import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Between Python's start and the moment our own signal handlers are there.
        return 130
