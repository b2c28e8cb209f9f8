"""Proxies to drive: each takes every host for one address here, and tells what it was asked for."""

from __future__ import annotations

import base64
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
    refused: int = 0
    """How often it was asked by somebody who did not log in."""


@contextmanager
def socks_proxy(target: str | None) -> Iterator[Asked]:
    """A SOCKS5 proxy (RFC 1928) without a password; `target` is the address that all lead to.

    Without one every host is this machine, on the port that was asked for.
    """

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _, methods = self.rfile.read(2)
            self.rfile.read(methods)
            self.wfile.write(b"\x05\x00")
            kind = self.rfile.read(4)[3]
            length = {1: 4, 4: 16}.get(kind) or self.rfile.read(1)[0]
            name = self.rfile.read(length)
            port = int.from_bytes(self.rfile.read(2))
            asked.hosts.append(name.decode() if kind == 3 else name.hex())
            self.wfile.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            address = urlsplit(target or f"http://127.0.0.1:{port}")
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


@contextmanager
def forwarding_proxy(login: str = "") -> Iterator[Asked]:
    """An HTTP proxy by which every host is this machine; it wants `login` ("user:password")."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline():
                method, target, _ = line.decode().split()
                headers = list(iter(self.rfile.readline, b"\r\n"))
                wanted = f"Basic {base64.b64encode(login.encode()).decode()}"
                given = [each for each in headers if each.lower().startswith(b"proxy-auth")]
                if login and not any(each.strip().endswith(wanted.encode()) for each in given):
                    asked.refused += 1
                    self.wfile.write(_CHALLENGE)
                    return
                asked.hosts.append(urlsplit(target).netloc)
                self._forward(method, target, [each for each in headers if each not in given])
                return

        def _forward(self, method: str, target: str, headers: list[bytes]) -> None:
            parts = urlsplit(target)
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            dropped = (b"connection:", b"proxy-connection:")
            kept = [each for each in headers if not each.lower().startswith(dropped)]
            head = f"{method} {path} HTTP/1.1\r\n".encode() + b"".join(kept)
            with socket.create_connection(("127.0.0.1", parts.port or 80), timeout=20) as there:
                there.sendall(head + b"Connection: close\r\n\r\n")
                back = threading.Thread(target=_copy, args=(there, self.connection))
                back.start()
                length = [each for each in headers if each.lower().startswith(b"content-length:")]
                if length:
                    there.sendall(self.rfile.read(int(length[0].partition(b":")[2])))
                back.join()

    with _served(Handler) as port:
        asked = Asked(port)
        yield asked


_CHALLENGE = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="proxy"\r\n'
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


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
