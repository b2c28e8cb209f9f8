"""The servers of a replay: on this machine, under the names of the hosts that were recorded.

One port speaks TLS, with a certificate that was made for this run, and one does not: recordings of
the replica are of plain http. The browser and our own client are led here by `arguments` and
`detour`; the host that they mean stands in each request.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import needing
from upstox_browser_login.http import Detour

from .tape import Asked

log = logging.getLogger(__name__)

HERE = "127.0.0.1"

MOST_SENT = 10_000_000
"""Bytes of a body that a page may send; a login's are a few hundred."""


@dataclass(frozen=True)
class Answer:
    """What a request is answered with, `after` so many seconds; `status` 0 breaks the connection.

    `on_end`: the answer never comes, and the connection stays until the replay ends.
    """

    status: int
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    after: float = 0.0
    on_end: bool = False


class Stage:
    """Two servers that answer everything with `answer`, which is called in several threads."""

    def __init__(self, origins: Sequence[str], answer: Callable[[Asked], Answer]) -> None:
        self._origins = origins
        self._answer = answer
        self._over = threading.Event()
        self._servers: dict[str, _Server] = {}
        self._threads: list[threading.Thread] = []
        hosts = sorted({urlsplit(each).hostname or "" for each in origins})
        self._certificate = _Certificate(hosts)

    def open(self) -> None:
        """Listen, on ports that the system chooses."""
        for scheme in ("http", "https"):
            context = self._certificate.context if scheme == "https" else None
            server = _Server(scheme, self._answer, self._over, context)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            self._servers[scheme] = server
            self._threads.append(thread)

    def close(self) -> None:
        """Answer nobody any more."""
        self._over.set()
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(5)

    @property
    def ports(self) -> dict[str, int]:
        """By scheme."""
        return {scheme: each.server_address[1] for scheme, each in self._servers.items()}

    @property
    def detour(self) -> Detour:
        """For our own client."""
        return Detour(self.ports, self._certificate.authority)

    @property
    def arguments(self) -> str:
        """For Chromium: every recorded host is here, and no other exists."""
        rules = []
        for origin in self._origins:
            parts = urlsplit(origin)
            port = parts.port or {"http": 80, "https": 443}[parts.scheme]
            host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
            rules.append(f"MAP {host}:{port} {HERE}:{self.ports[parts.scheme]}")
        rules.append("MAP * ~NOTFOUND")
        return (
            f"'--host-resolver-rules={','.join(rules)}' --no-proxy-server "
            # A call by WebRTC looks up no name, and could reach anybody by an address alone.
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp "
            f"--ignore-certificate-errors-spki-list={self._certificate.fingerprint}"
        )


@contextmanager
def stage(origins: Sequence[str], answer: Callable[[Asked], Answer]) -> Iterator[Stage]:
    """A stage for the length of the block."""
    made = Stage(origins, answer)
    made.open()
    try:
        yield made
    finally:
        made.close()


def require_certificates() -> None:
    """Raise `ConfigurationError` where what makes a certificate is not installed."""
    with needing("replay", "The certificate of a replay"):
        import trustme  # noqa: F401  (seen before a replay begins)


class _Certificate:
    """One certificate for all hosts, of an authority that lives as long as this object."""

    def __init__(self, hosts: Sequence[str]) -> None:
        require_certificates()
        import trustme
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        authority = trustme.CA()
        try:
            # A name with an underscore is a host to a browser, and no name for a certificate. The
            # browser knows the certificate by its key, so that it need not stand there.
            made = authority.issue_cert(*(each for each in hosts if "_" not in each))
        except ValueError:
            raise ConfigurationError(
                "The recording names a host that no certificate can be made for.",
                hint="Get it anew from where it was made, or record it again.",
            ) from None
        self.authority = authority.cert_pem.bytes().decode("ascii")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.configure_cert(self.context)
        key = x509.load_pem_x509_certificate(made.cert_chain_pems[0].bytes()).public_key()
        known_by = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.fingerprint = base64.b64encode(hashlib.sha256(known_by).digest()).decode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self,
        scheme: str,
        answer: Callable[[Asked], Answer],
        over: threading.Event,
        context: ssl.SSLContext | None,
    ) -> None:
        super().__init__((HERE, 0), _Handler)
        self.scheme, self.answer, self.over, self.context = scheme, answer, over, context

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shake hands here, in the connection's own thread, where it holds up no other."""
        request.settimeout(60)
        if self.context is not None:
            request = self.context.wrap_socket(request, server_side=True)
        try:
            super().finish_request(request, client_address)
        finally:
            if self.context is not None:
                self.shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is no error."""
        del request, client_address
        log.debug("a connection of the replay broke off")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_one_request(self) -> None:
        """Read one request, of whatever method, and answer it."""
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or len(self.raw_requestline) > 65_536:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        length = self.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_SENT:
            self.close_connection = True
            return
        host = self.headers.get("host", "")
        asked = Asked(
            self.command,
            f"{self.server.scheme}://{host}{self.path}",
            self.rfile.read(int(length)),
            {name.lower(): value for name, value in self.headers.items()},
        )
        self._send(self.server.answer(asked))

    def _send(self, answer: Answer) -> None:
        if answer.on_end:
            self.server.over.wait()
        elif answer.after > 0:
            self.server.over.wait(answer.after)
        if self.server.over.is_set() or answer.on_end or not answer.status:
            self._break()
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        bodiless = self.command == "HEAD" or answer.status in {204, 304} or answer.status < 200
        if not bodiless:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not bodiless:
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _break(self) -> None:
        """End the connection without an answer, so that the browser tells of a failed request."""
        self.close_connection = True
        with suppress(OSError):
            # Nothing is waited for and nothing more is sent: the other side sees a reset.
            lingers_not = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, lingers_not)
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (of the base class)
        """Say nothing on stderr."""
