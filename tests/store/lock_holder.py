"""A program that takes the lock "name", says so, and keeps it until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from .making import make

if __name__ == "__main__":
    kind, root, redis_url = sys.argv[1:]
    with make(kind, Path(root), redis_url, lease=1.0).lock("name", 5):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.read()
