"""The command line: parsing and printing only. One file for each group of commands."""

from __future__ import annotations

import gc
import sys

_STAY = (["refresh"], ["replica"])
"""Commands that run for days."""


def main() -> int:
    """Run the program with the arguments of this process; returns its exit status."""
    if sys.argv[1:2] not in _STAY:
        # One command makes little that has to be cleared away before its end.
        gc.set_threshold(500_000)
    try:
        from .signals import Interruption, raised

        try:
            with raised():
                from .early import early_driver

                with early_driver(sys.argv[1:]):
                    from .run import main as run

                    return run(sys.argv[1:])
        except Interruption as stop:  # before there is a command that could tell of it
            return stop.exit_code
    except KeyboardInterrupt:
        # Between Python's start and the moment our own signal handlers are there.
        return 130
    finally:
        # At its end Python looks through all that was not frozen, which takes a tenth of a second.
        gc.freeze()
