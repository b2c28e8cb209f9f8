"""A terminal to drive the program in, as a person would: it waits for a question, and types."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

SECONDS = 60.0


@dataclass
class Terminal:
    """The far end of a pseudo-terminal, and the program at it."""

    process: subprocess.Popen[bytes]
    far: int
    shown: str = ""
    """All that was on the screen so far, what was typed without being hidden included."""
    read: int = 0

    def expect(self, text: str) -> None:
        """Wait until `text` is shown, behind what was expected before."""
        deadline = time.monotonic() + SECONDS
        while (at := self.shown.find(text, self.read)) < 0:
            assert time.monotonic() < deadline, f"{text!r} was not shown:\n{self.shown}"
            assert self._more(), f"ended before {text!r}:\n{self.shown}"
        self.read = at + len(text)

    def type(self, text: str) -> None:
        """Type a line. A surrogate stands for a byte that is no UTF-8."""
        os.write(self.far, f"{text}\n".encode(errors="surrogateescape"))

    def answer(self, question: str, text: str) -> None:
        """Type `text` as soon as `question` is asked."""
        self.expect(question)
        self.type(text)

    def press_ctrl_c(self) -> None:
        """Press it once the program waits for an answer, as no hand is quicker than that.

        Python does not see a signal that comes between its last look for one and the reading.
        """
        program = psutil.Process(self.process.pid)
        deadline = time.monotonic() + 2  # macOS calls a process that waits a running one as well
        while program.status() == psutil.STATUS_RUNNING and time.monotonic() < deadline:
            time.sleep(0.01)
        os.write(self.far, b"\x03")

    def end(self) -> int:
        """Wait for the program's end; its status."""
        while self._more():
            pass
        return self.process.wait(SECONDS)

    def _more(self) -> bool:
        """Read what there is; false where nothing will come any more."""
        if select.select([self.far], [], [], 0.2)[0]:
            try:
                data = os.read(self.far, 65_536)
            except OSError:  # Linux: nobody has the near end open
                return False
            self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
            return bool(data)
        return True


@contextmanager
def terminal(command: Sequence[str], env: dict[str, str]) -> Iterator[Terminal]:
    """Run `command` at a terminal of its own, of which it does not outlive the block."""
    if sys.platform == "win32":
        raise NotImplementedError("there is no pseudo-terminal")
    far, near = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=near,
        stdout=near,
        stderr=near,
        env=env,
        # In a session of its own, whose terminal this is: then Ctrl-C reaches it, and only it.
        start_new_session=True,
        preexec_fn=lambda: _own(near),  # noqa: PLW1509  (no thread is in the way of this call)
    )
    os.close(near)
    try:
        yield Terminal(process, far)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(SECONDS)
        os.close(far)


def _own(near: int) -> None:
    if sys.platform == "win32":
        raise NotImplementedError("there is no pseudo-terminal")
    import fcntl
    import termios

    fcntl.ioctl(near, termios.TIOCSCTTY, 0)
