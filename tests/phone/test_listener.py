"""Where the message comes in: the address, and callers that hold it up."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack

import pytest

from tests.phone.conftest import PATH, Hall
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
)
from upstox_browser_login.phone import listener
from upstox_browser_login.phone.listener import Address
from upstox_browser_login.replica import Replica


def test_slow_senders_are_cut_off(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers without an end, a body without an end: both have only so long."""
    monkeypatch.setattr(listener, "REQUEST_SECONDS", 0.4)
    waiting = hall.wait()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    for begun in ("", head, f"{head}Content-Length: 500\r\n\r\n{{", "no HTTP\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", hall.port), timeout=10) as caller:
            caller.sendall(begun.encode())
            received = _rest(caller)
        assert received == b"" or b" 400 " in received
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)


def _rest(caller: socket.socket) -> bytes:
    received = b""
    try:
        while data := caller.recv(4096):
            received += data
    except ConnectionError:
        pass
    return received


def test_many_idle_callers_do_not_keep_the_message_out(hall: Hall) -> None:
    """Where there are too many, the oldest that has not sent its request has to go."""
    waiting = hall.wait()
    with ExitStack() as stack:
        for _ in range(listener.CONNECTIONS + 20):
            caller = socket.create_connection(("127.0.0.1", hall.port), timeout=10)
            stack.enter_context(caller).sendall(b"POST ")
        assert hall.replica.approve_token_request() == 200
        waiting.result(60)


def test_large_headers_are_refused(hall: Hall) -> None:
    hall.wait()
    with socket.create_connection(("127.0.0.1", hall.port), timeout=10) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nX: " + b"x" * 40_000)
        assert b" 400 " in _rest(caller)


def test_a_request_that_upstox_refuses_leaves_no_socket(hall: Hall) -> None:
    hall.replica.set("bad-client")
    with pytest.raises(CredentialsRejectedError):
        hall.wait().result(60)
    with socket.create_server(("127.0.0.1", hall.port)):
        pass


def test_a_port_in_use_is_told_before_anything_is_asked(hall: Hall) -> None:
    with (
        socket.create_server(("127.0.0.1", hall.port)),
        pytest.raises(ConfigurationError, match="Cannot listen on") as caught,
    ):
        hall.wait().result(60)
    assert "Address already in use" in caught.value.message
    assert not hall.replica.log


def test_it_works_without_a_thread_to_spare_for_signals(hall: Hall) -> None:
    """Nothing of uvicorn's touches the program's signals."""
    import signal

    before = signal.getsignal(signal.SIGTERM)
    waiting = hall.wait()
    assert signal.getsignal(signal.SIGTERM) is before
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)
    assert not [each for each in threading.enumerate() if each.name == "upstox-browser-login"]


@pytest.mark.parametrize(
    ("text", "host", "port", "local"),
    [
        ("127.0.0.1:8787", "127.0.0.1", 8787, True),
        ("localhost:0", "localhost", 0, True),
        ("[::1]:80", "::1", 80, True),
        ("0.0.0.0:8787", "0.0.0.0", 8787, False),
        ("[::]:8787", "::", 8787, False),
        ("example.org:65535", "example.org", 65535, False),
    ],
)
def test_addresses(text: str, host: str, port: int, local: bool) -> None:
    address = Address.of(text)
    assert (address.host, address.port, address.is_local, str(address)) == (host, port, local, text)


@pytest.mark.parametrize("text", ["", "8787", ":8787", "a:b", "a:65536", "::1:80", "a:-1", "a:²"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigurationError, match="no address to listen on"):
        Address.of(text)


@pytest.mark.parametrize("host", ["localhost", "::1", "127.0.0.1"])
def test_it_listens_there(host: str) -> None:
    with Address(host, 0).bound() as sock:
        socket.create_connection(sock.getsockname()[:2], timeout=5).close()


def test_a_host_that_is_not_here(replica: Replica) -> None:
    with pytest.raises(ConfigurationError, match="Cannot listen on"):
        Address("192.0.2.1", 8787).bound()
