"""A program that forks 20 processes; each adds 1 to the document "name", under its lock, twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .making import make

assert sys.platform != "win32", "there is no fork"

PROCESSES = 20
ROUNDS = 2


def add(kind: str, root: Path, redis_url: str) -> None:
    """What one process does."""
    documents = make(kind, root, redis_url)
    for _ in range(ROUNDS):
        with documents.lock("name", 30):
            documents.write("name", str(int(documents.read("name") or b"0") + 1).encode())


if __name__ == "__main__":
    # Imported, and connected, before the forks.
    make(sys.argv[1], Path(sys.argv[2]), sys.argv[3]).read("name")
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if child == 0:
            try:
                add(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
            except BaseException:  # noqa: BLE001  (whatever it is, the parent is told)
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        children.append(child)
    failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
    sys.exit(1 if failed else 0)
