"""A replica whose wires break at a chosen request, and a disk that is full or read-only."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import errno
import hashlib
import os
import socket
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec.structs import replace
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn import Config

from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import server as replica_server
from upstox_browser_login.replica.scenarios import Script
from upstox_browser_login.replica.server import HOST
from upstox_browser_login.replica.steps import step_of

ORIGINS = ("api", "login", "service", "config", "third-party")

REQUESTS = {
    "dialog": "api",
    "authorize": "login",
    "script": "login",
    "config": "config",
    "otp": "service",
    "password": "service",
    "verify": "service",
    "pin": "service",
    "approve": "service",
    "hop": "api",
    "token": "api",
}
"""In the order of a login: the server that each is asked of."""


@dataclass(frozen=True)
class Tweak:
    """What the replica has no scenario for: another status for a step, more text at its end."""

    step: str
    status: int | None = None
    tail: bytes = b""


class FaultyReplica(Replica):
    """A replica that does `fault` to `request`, by its own scenarios or by ours.

    Ours: `refused` (the server's port is closed by the time of the request), `tls` (the whole
    replica speaks TLS, and shows a certificate nobody trusts from that request on), and a
    `redirect-loop` of any request.
    """

    def __init__(
        self,
        *scenarios: str,
        clock: Callable[[], float],
        fault: str | None = None,
        request: str | None = None,
        tweak: Tweak | None = None,
        met: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(*scenarios, clock=clock)
        self._met = met
        self._tweak = tweak
        self._fault = fault
        self._target = request or ""
        self._tls = fault == "tls"
        self._distrusted: set[str] = set()
        self._held: list[socket.socket] = []
        self._turns = 0
        self.asked: list[str] = []
        left_out = set() if "password" in scenarios else {"password"}
        if "remembered" in scenarios:
            left_out |= {"otp", "verify"}
        self._path = [step for step in REQUESTS if step not in left_out]
        if fault is not None and fault not in {"refused", "tls"}:
            # Unparsed: the replica's own grammar leaves some steps out.
            name, _, rest = fault.partition(":")
            line = (name, f"{request}:{rest}" if rest else request)
            self._world.script = Script((*self._world.script.lines, line))

    def start(self) -> FaultyReplica:
        """Start the servers; what is to fail from the first request on fails now."""
        super().start()
        if self._fault in {"refused", "tls"} and self._before(self._target) is None:
            self._in_loop(self._cut(None))
        return self

    def stop(self) -> None:
        """Stop. TLS connections are dropped: they would wait for the browser's good-bye."""
        if self._tls:
            self._in_loop(self._drop_all())
        super().stop()
        for held in self._held:
            held.close()

    def _in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._thread is not None
        assert self._thread._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._thread._loop).result(60)

    async def _drop_all(self) -> None:
        assert self._thread is not None
        for server in self._thread._servers:
            for connection in list(server.server_state.connections):
                connection.transport.abort()

    def _before(self, step: str) -> str | None:
        """The request whose answer is the last thing before `step`."""
        place = self._path.index(step)
        return self._path[place - 1] if place else None

    def _applications(self) -> list[ASGIApp]:
        if self._tls:
            world = self._world
            addresses = world.addresses
            names = ("api", "login", "service", "config", "third_party")
            world.addresses = replace(
                addresses,
                **{name: getattr(addresses, name).replace("http:", "https:") for name in names},
            )
        apps = super()._applications()
        return [self._wrapped(app, origin) for app, origin in zip(apps, ORIGINS, strict=True)]

    def _wrapped(self, app: ASGIApp, origin: str) -> ASGIApp:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            step = step_of(origin, scope["method"], scope["path"])
            if step is not None:
                self.asked.append(step)
            if step == self._target:
                self._met()
            if self._fault == "redirect-loop" and b"again=" in scope["query_string"]:
                # The replica's own gate knows a request by its method, which a redirect changes.
                self._turns += 1
                again = RedirectResponse(f"{scope['path']}?again={self._turns}", 302)
                await again(scope, receive, send)
                return
            cuts = (
                self._fault in {"refused", "tls"}
                and step is not None
                and step == self._before(self._target)
            )
            await app(scope, receive, self._sender(send, step, scope if cuts else None))

        wrapped.tls = self._context_of(origin)  # type: ignore[attr-defined]  # ours
        return wrapped

    def _sender(self, send: Send, step: str | None, cutting: Scope | None) -> Send:
        tweak = self._tweak if self._tweak is not None and self._tweak.step == step else None

        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if cutting is not None:
                    await self._cut(cutting["replica.transport"])
                    headers.append((b"connection", b"close"))
                if tweak is not None:
                    headers = [pair for pair in headers if pair[0].lower() != b"content-length"]
                    message = {**message, "status": tweak.status or message["status"]}
                message = {**message, "headers": headers}
            elif tweak is not None and not message.get("more_body"):
                message = {**message, "body": message.get("body", b"") + tweak.tail}
            await send(message)

        return sender

    async def _cut(self, spared: object) -> None:
        """Let no further connection to the target's server come about, or be trusted."""
        origin = REQUESTS[self._target]
        assert self._thread is not None
        server = self._thread._servers[ORIGINS.index(origin)]
        if self._fault == "tls":
            self._distrusted.add(origin)
        else:
            for listener in server.servers:
                await replica_server.stop_accepting(listener.sockets)
                ports = [each.getsockname()[1] for each in listener.sockets]
                listener.close()
                for port in ports:
                    # Nobody else may get the port while the login tries it.
                    held = socket.socket()
                    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    held.bind((HOST, port))
                    self._held.append(held)
        for connection in list(server.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None and transport is not spared:
                transport.abort()

    def _context_of(self, origin: str) -> ssl.SSLContext | None:
        """What the server called `origin` shows, which may change from connection to connection."""
        if not self._tls:
            return None
        context = _context(certificates().good)

        def choose(chosen: ssl.SSLSocket, _name: str | None, _context: ssl.SSLContext) -> None:
            if origin in self._distrusted:
                chosen.context = _bad()

        context.sni_callback = choose  # type: ignore[assignment]  # stubs want SSLObject
        return context


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.num_tickets = 0
    context.options |= ssl.OP_NO_TICKET
    certificate.configure_cert(context)
    return context


@cache
def _bad() -> ssl.SSLContext:
    return _context(certificates().bad)


@dataclass(frozen=True)
class Certificates:
    """Two certificates of an authority that nobody trusts; the browser is told of the good one."""

    good: trustme.LeafCert
    bad: trustme.LeafCert

    @property
    def argument(self) -> str:
        """For Chromium: the good one's key is fine."""
        certificate = x509.load_pem_x509_certificate(self.good.cert_chain_pems[0].bytes())
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = base64.b64encode(hashlib.sha256(key).digest()).decode()
        return f"--ignore-certificate-errors-spki-list={digest}"


@cache
def certificates() -> Certificates:
    """Those of this process."""
    authority = trustme.CA()
    return Certificates(authority.issue_cert(HOST), authority.issue_cert(HOST))


def let_servers_speak_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the servers of a `FaultyReplica` the context that their application carries."""
    plain = replica_server._settings

    def settings(app: ASGIApp) -> Config:
        config = plain(app)
        context = getattr(app, "tls", None)
        if context is not None:
            config.load()
            config.ssl = context
        return config

    monkeypatch.setattr(replica_server, "_settings", settings)


class FaultyDisk:
    """The system calls that write, failing below the folders that were named.

    The tests may run as root, whom no mode keeps out, and mounting needs rights of its own.
    """

    def __init__(self) -> None:
        self._errors: dict[str, int] = {}
        self._files: dict[int, int] = {}

    def fill(self, *folders: Path) -> None:
        """Leave no room: files come to exist, and take half of the first write."""
        self._errors.update({str(folder): errno.ENOSPC for folder in folders})

    def lock(self, *folders: Path) -> None:
        """Make it read-only."""
        self._errors.update({str(folder): errno.EROFS for folder in folders})

    def mend(self, *folders: Path) -> None:
        """As it was."""
        for folder in folders:
            self._errors.pop(str(folder), None)

    def _error(self, path: Any) -> int | None:
        if not self._errors or isinstance(path, int):
            return None
        text = os.fspath(path)
        text = os.fsdecode(text)
        return next(
            (
                error
                for folder, error in list(self._errors.items())
                if text == folder or text.startswith(folder + os.sep)
            ),
            None,
        )

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand between this process and its disk."""
        really = {name: getattr(os, name) for name in ("open", "write", "close")}

        def opened(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
            error = self._error(path)
            if error == errno.EROFS and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                raise OSError(error, os.strerror(error), path)
            descriptor: int = really["open"](path, flags, *args, **kwargs)
            if error == errno.ENOSPC:
                self._files[descriptor] = error
            return descriptor

        def write(descriptor: int, data: Any) -> int:
            error = self._files.get(descriptor)
            if error is not None:
                with contextlib.suppress(OSError):
                    really["write"](descriptor, bytes(data)[: len(data) // 2])
                raise OSError(error, os.strerror(error))
            written: int = really["write"](descriptor, data)
            return written

        def close(descriptor: int) -> None:
            self._files.pop(descriptor, None)
            really["close"](descriptor)

        for name, function in (("open", opened), ("write", write), ("close", close)):
            monkeypatch.setattr(os, name, function)
        for name in ("mkdir", "replace", "rename", "unlink"):
            monkeypatch.setattr(os, name, self._guarded(getattr(os, name), name))

    def _guarded(self, really: Callable[..., Any], name: str) -> Callable[..., Any]:
        refused = {errno.EROFS, errno.ENOSPC} if name == "mkdir" else {errno.EROFS}

        def guarded(path: Any, *args: Any, **kwargs: Any) -> Any:
            error = self._error(path)
            if error in refused:
                raise OSError(error, os.strerror(error), path)
            return really(path, *args, **kwargs)

        return guarded
