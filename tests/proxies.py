"""Proxies to drive: each takes every host for one address here, and tells what it was asked for."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Asked:
    """Where a proxy listens, and which hosts it was asked for."""

    port: int
    hosts: list[str] = field(default_factory=list)


@contextmanager
def socks_proxy(target: str) -> Iterator[Asked]:
    """A SOCKS5 proxy (RFC 1928) without a password; `target` is the address that all lead to."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _, methods = self.rfile.read(2)
            self.rfile.read(methods)
            self.wfile.write(b"\x05\x00")
            kind = self.rfile.read(4)[3]
            length = {1: 4, 4: 16}.get(kind) or self.rfile.read(1)[0]
            name = self.rfile.read(length)
            self.rfile.read(2)
            asked.hosts.append(name.decode() if kind == 3 else name.hex())
            self.wfile.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            address = urlsplit(target)
            with socket.create_connection((address.hostname, address.port), timeout=10) as there:
                back = threading.Thread(target=_copy, args=(there, self.connection))
                back.start()
                _copy(self.connection, there)
                back.join()

    with _served(Handler) as port:
        asked = Asked(port)
        yield asked


@contextmanager
def refusing_proxy(answer: str) -> Iterator[Asked]:
    """An HTTP proxy that answers every request with this status line."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.hosts.append(self.rfile.readline().decode().split()[1])
            while self.rfile.readline().strip():
                pass
            self.wfile.write(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode())

    with _served(Handler) as port:
        asked = Asked(port)
        yield asked


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # one of the two has hung up
        return


@contextmanager
def _served(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            serving.join()
