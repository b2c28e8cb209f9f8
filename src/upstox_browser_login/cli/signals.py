"""Ctrl-C and its relatives: the first one ends the work in good order, a second changes nothing."""

from __future__ import annotations

import _thread
import atexit
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
        self.sent: Step | None = None
        """The step whose code or PIN that login may have sent last."""
        self.hint: str | None = None
        """What a person is told who stops here, beside what was sent."""

    @property
    def exit_code(self) -> int:
        """The exit status that shells give it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."""
        return 128 + self.number

    @property
    def what(self) -> str:
        """Its name, for people."""
        return "Ctrl-C" if self.number == signal.SIGINT else signal.Signals(self.number).name


class Listener:
    """Does what a signal asks for: it raises `Interruption` until the program's end is told."""

    def __init__(self) -> None:
        self._first: float | None = None
        """When the first signal came."""
        self._end_is_told = False
        self._held = False
        self._waiting: int | None = None

    def end_is_told(self) -> None:
        """From now on no signal changes how the program ends, so that it ends as it has told."""
        self._end_is_told = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within the block a signal waits; behind it `Interruption` is raised."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            if self._waiting is not None:
                self.hear(self._waiting, None)

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        now = time.monotonic()
        if self._first is not None and now - self._first < PATIENCE:
            if not self._end_is_told:
                # print() is not safe here: the interrupted code may be in the middle of one.
                with suppress(OSError):
                    os.write(2, b"stopping; the browser is being closed\n")
        elif self._held:
            self._waiting = number
        elif self._end_is_told and self._first is not None:
            # Something hangs: nobody reads the output, for example.
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        elif self._end_is_told:
            self._first = now
        elif _imports(frame):
            # By a thread, which gets its turn when this one has gone on for some milliseconds.
            _thread.start_new_thread(_thread.interrupt_main, (signal.Signals(number),))
        else:
            self._first = now
            raise Interruption(number)


@contextmanager
def listening(*, for_good: bool = False) -> Iterator[Listener]:
    """Within the block, signals that ask to stop raise `Interruption` in the main thread.

    One that comes during an import is raised right behind it: in the middle it may be lost, or
    leave a lock of Python's held for ever, for which the imports of other threads wait.
    One that is ignored stays ignored: that is what `nohup` and a shell's background jobs mean.
    `for_good`: the process ends after the block, and no signal changes its exit status any more.
    """
    listener = Listener()
    if threading.current_thread() is not threading.main_thread():
        yield listener
        return
    before = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, listener.hear)
    try:
        yield listener
    finally:
        for number, old in before.items():
            if for_good:
                # Python's last steps take our handlers away; what is ignored stays so.
                atexit.register(signal.signal, number, signal.SIG_IGN)
            else:
                signal.signal(number, old)


def _imports(frame: FrameType | None) -> bool:
    """Whether an import was going on."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(_IMPORTER):
            return True
        frame = frame.f_back
    return False
