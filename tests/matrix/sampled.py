"""What the operating system shows to others of a login's processes."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

SECONDS = 0.4
"""Between two looks: a browser lives for several times as long, and each look costs time."""

LOOKS_BEFORE_EXEC = 20
"""In which a child may still be a copy of its parent: between fork and exec it shows all of it."""


@dataclass
class Sampled:
    """What `/proc` showed of the children."""

    commands: set[str] = field(default_factory=set)
    environments: set[str] = field(default_factory=set)
    copies: Counter[int] = field(default_factory=Counter)
    """How often a process was seen that runs no program of its own yet, by its id."""

    def look_at(self, parent: psutil.Process, *, runs_commands: bool = False) -> None:
        """Look at all below `parent`.

        `runs_commands`: its Python processes are commands under test. What is in their environment
        is what they were given there.
        """
        try:
            of_the_parent = parent.cmdline()
        except psutil.Error:  # It has ended meanwhile.
            return
        for process in parent.children(recursive=True):
            try:
                command = process.cmdline()
                if command == of_the_parent and self.copies[process.pid] < LOOKS_BEFORE_EXEC:
                    self.copies[process.pid] += 1
                    continue
                self.commands.add("\0".join(command))
                if not (runs_commands and command[:1] == [sys.executable]):
                    self.environments.add(
                        "\0".join(f"{name}={value}" for name, value in process.environ().items())
                    )
            except psutil.Error:
                continue

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join([*self.commands, *self.environments])


@contextmanager
def sampling() -> Iterator[Sampled]:
    """Look at the children of this process again and again, for the length of the block."""
    sampled, over, me = Sampled(), threading.Event(), psutil.Process()

    def look() -> None:
        while True:
            sampled.look_at(me, runs_commands=True)
            if over.wait(SECONDS):
                return

    looking = threading.Thread(target=look, name="looks at processes")
    looking.start()
    try:
        yield sampled
    finally:
        over.set()
        looking.join()
