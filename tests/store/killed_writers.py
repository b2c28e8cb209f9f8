"""A program that kills writers of a token file at random moments, and looks what is left.

Each writer is a fork that replaces the old token by the new and the new by the old, until SIGKILL.
Takes the folder and the number of writers. Prints how many temporary files the killed left behind;
ends with status 1 at the first document that is neither token.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from upstox_browser_login.store.file import FileDocuments

assert sys.platform != "win32", "there is no fork"

# Larger than a page and a pipe: a write that is torn would show.
TOKENS = (b'{"old": "' + b"o" * 70_000 + b'"}', b'{"new": "' + b"n" * 90_000 + b'"}')


def write_forever(documents: FileDocuments, ready: int) -> None:
    """What a writer does."""
    documents.write("key", TOKENS[0])
    os.write(ready, b"!")
    while True:
        documents.write("key", TOKENS[1])
        documents.write("key", TOKENS[0])


def kill_one(documents: FileDocuments, pause: float) -> None:
    """Start a writer and kill it `pause` seconds into its work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_forever(documents, writing)
        finally:
            os._exit(1)
    os.close(writing)
    started = os.read(reading, 1)
    os.close(reading)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if not started or documents.read("key") not in TOKENS:
        sys.exit(1)


if __name__ == "__main__":
    root = Path(sys.argv[1])
    dice = random.Random(20260115)
    for _ in range(int(sys.argv[2])):
        kill_one(FileDocuments(root / "tokens", root / "locks"), dice.uniform(0, 0.01))
    sys.stdout.write(f"{len(list((root / 'tokens').iterdir())) - 1}\n")
