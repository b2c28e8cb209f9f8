"""Connections that are open at the end are closed, and what fails there is told."""

from __future__ import annotations

import gc
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.matrix.broken import FaultyReplica
from upstox_browser_login.replica import Replica, server


def test_connections_that_come_at_the_end_are_closed() -> None:
    for _ in range(5):
        with Replica() as replica:
            address = urlsplit(replica.api_url)
            asking = [
                socket.create_connection((str(address.hostname), address.port or 0))
                for _ in range(6)
            ]
        for sock in asking:
            sock.close()
    gc.collect()  # which tells of what was left open


def test_connections_are_closed_where_a_server_was_closed_before_the_end() -> None:
    replica = FaultyReplica(clock=time.time, fault="refused", request="dialog").start()
    address = urlsplit(replica.login_url)
    with socket.create_connection((str(address.hostname), address.port or 0)):
        replica.stop()
        gc.collect()  # which tells of what was left open


def test_a_server_that_fails_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_: server.PromptServer, sockets: object = None) -> None:
        raise OSError("no more memory")

    monkeypatch.setattr(server.PromptServer, "shutdown", fail)
    replica = Replica().start()
    with pytest.raises(RuntimeError, match="servers failed") as caught:
        replica.stop()
    assert str(caught.value.__cause__) == "no more memory"
