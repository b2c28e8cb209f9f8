"""The command line: parsing and printing only. One file for each group of commands."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # importing it takes longer than all else here
if TYPE_CHECKING:
    from collections.abc import Sequence

_STAY = (["refresh"], ["replica"])
"""Commands that run for days."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, by default the arguments of this process; returns the exit status.

    The one place that listens to signals which ask to stop.
    """
    whole_process = argv is None
    argv = sys.argv[1:] if argv is None else argv
    if [*argv[:1]] not in _STAY:
        # One command makes little that has to be cleared away before its end.
        gc.set_threshold(500_000)
    try:
        return _unless_stopped(argv, whole_process=whole_process)
    except KeyboardInterrupt:
        # Between Python's start and the moment our own signal handlers are there.
        import signal

        from .run import stopped

        return stopped(argv, signal.SIGINT)
    finally:
        # At its end Python looks through all that was not frozen, which takes a tenth of a second.
        gc.freeze()


def _unless_stopped(argv: Sequence[str], *, whole_process: bool) -> int:
    """Run a command line; a signal that comes before there is a command is told of as well."""
    from .signals import Interruption, listening

    with listening(for_good=whole_process) as listener:
        try:
            from .early import early_driver

            with early_driver(argv):
                from .run import main as run

                return run(argv, listener)
        except Interruption as stop:
            from .run import stopped

            return stopped(argv, stop.number)
