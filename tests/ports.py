"""Ports that are still free when somebody comes to listen there, or to find nobody there."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))

# Below the ports that systems give out by themselves, for a connection or to who asks for any; and
# for each process of the tests others.
_PORTS = cycle(range(20_000 + _WORKER % 12 * 1_000, 21_000 + _WORKER % 12 * 1_000))


def free_port() -> int:
    """A port of this machine's loopback on which nobody listens, never the same twice in a row."""
    for port in _PORTS:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError


@contextmanager
def closed_port() -> Iterator[int]:
    """A port of this machine's loopback on which nobody can listen while the block lasts."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
