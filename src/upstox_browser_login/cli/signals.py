"""Ctrl-C and its relatives: the first one ends the work in good order, a second changes nothing."""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upstox_browser_login.errors import Step

PATIENCE = 20.0
"""Seconds after the first signal for which more of them are ignored: a browser is being closed."""

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP

_IMPORTER = "<frozen importlib."
"""Python's own import code has such a file name."""


class Interruption(BaseException):
    """A signal asked the program to stop.

    Not a `KeyboardInterrupt`, which Typer would turn into a bare exit status.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.step: Step | None = None
        """The step of a login that it came in."""

    @property
    def exit_code(self) -> int:
        """The exit status that shells give it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."""
        return 128 + self.number

    @property
    def what(self) -> str:
        """Its name, for people."""
        return "Ctrl-C" if self.number == signal.SIGINT else signal.Signals(self.number).name


@contextmanager
def raised() -> Iterator[None]:
    """Within the block, signals that ask to stop raise `Interruption` in the main thread.

    One that comes during an import is raised right behind it: in the middle it may be lost, or
    leave a lock of Python's held for ever, for which the imports of other threads wait.
    One that is ignored stays ignored: that is what `nohup` and a shell's background jobs mean.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    first: list[float] = []

    def handler(number: int, frame: FrameType | None) -> None:
        if first and time.monotonic() - first[0] < PATIENCE:
            # print() is not safe here: the interrupted code may be in the middle of one.
            with suppress(OSError):
                os.write(2, b"stopping; the browser is being closed\n")
            return
        if _imports(frame):
            # By a thread, which gets its turn when this one has gone on for some milliseconds.
            _thread.start_new_thread(_thread.interrupt_main, (signal.Signals(number),))
            return
        first[:] = [time.monotonic()]
        raise Interruption(number)

    before = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _imports(frame: FrameType | None) -> bool:
    """Whether an import was going on."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(_IMPORTER):
            return True
        frame = frame.f_back
    return False
