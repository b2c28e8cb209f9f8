"""Ports that are still free when somebody comes to listen there, or to find nobody there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle

_BLOCK = 100
"""Ports of one process of the tests: another one, of another run as well, has others.

All are below those that systems give out by themselves, for a connection or to who asks for any.
"""

_held: list[socket.socket] = []
"""The first port of the block, which is held so that no other process takes the block."""

_ports: Iterator[int] = iter(())


def _block() -> Iterator[int]:
    for first in range(20_000, 32_000, _BLOCK):
        held = socket.socket()  # without SO_REUSEADDR, which would share the port on Windows
        try:
            held.bind(("127.0.0.1", first))
        except OSError:
            held.close()
            continue
        _held.append(held)
        return cycle(range(first + 1, first + _BLOCK))
    raise AssertionError


def free_port() -> int:
    """A port of this machine's loopback on which nobody listens, never the same twice in a row."""
    global _ports  # noqa: PLW0603
    if not _held:
        _ports = _block()
    for port in _ports:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError


@contextmanager
def closed_port() -> Iterator[int]:
    """A port of this machine's loopback on which nobody can listen while the block lasts."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
