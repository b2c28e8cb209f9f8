"""A small HTTP server for strangers: few connections, little time, small headers."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_address
from typing import Any

import uvicorn
from msgspec import Struct
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import is_loopback

CONNECTIONS = 64
"""Where one more comes, the oldest whose request is not complete has to go."""

REQUEST_SECONDS = 10.0
"""How long a request may take to arrive, from its connection to its last byte."""

HEADER_BYTES = 16_384

_GRACE = 1
_POLL = 0.005

log = logging.getLogger(__name__)


class Address(Struct, frozen=True):
    """Where to listen."""

    host: str
    port: int
    option: str = "--listen"
    """The option that gave it, for hints."""

    @classmethod
    def of(cls, text: str, option: str = "--listen") -> Address:
        """Read HOST:PORT, [IPV6]:PORT. Raises `ConfigurationError`."""
        host, _, port = text.rpartition(":")
        if host.startswith("[") and host.endswith("]"):
            host = host[1:-1]
        elif ":" in host:
            host = ""
        if not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
            raise ConfigurationError(
                f"The value of {option} is no address to listen on.",
                hint=f"Write {option} HOST:PORT, as in 127.0.0.1:8787.",
            )
        return cls(host, int(port), option)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def bound(self) -> socket.socket:
        """A socket that listens there. Raises `ConfigurationError`."""
        try:
            return socket.create_server((self._host, self.port), family=self._family())
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            # Python adds the address, which stands in the sentence already.
            reason = reason.partition(" (while")[0]
            raise ConfigurationError(
                f"Cannot listen on {self}: {reason}.", hint=self._way_out(error)
            ) from None

    def _way_out(self, error: Exception) -> str:
        """What to do where the system does not let us listen there."""
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            return f"Choose another {self.option}, or end the program that listens there."
        if number in {errno.EACCES, errno.EPERM}:
            return f"Choose another {self.option}: ports below 1024 are for the administrator."
        return f"Choose another {self.option}: an address of this machine, as 127.0.0.1."

    @property
    def _host(self) -> str:
        # By name it may be two addresses; the one that the default has is the one meant.
        return "127.0.0.1" if self.host == "localhost" else self.host

    def _family(self) -> socket.AddressFamily:
        try:
            return socket.AF_INET6 if ip_address(self._host).version == 6 else socket.AF_INET
        except ValueError:
            found = socket.getaddrinfo(self._host, self.port, type=socket.SOCK_STREAM)
            return found[0][0]


class _Hurried(H11Protocol):
    """uvicorn's protocol, which by itself would wait for the rest of a request for ever."""

    # As H11Protocol has it, which is narrower than what asyncio says.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.began = self.loop.time()
        self.hurry = self.loop.call_later(REQUEST_SECONDS, transport.abort)
        if len(self.connections) > CONNECTIONS:
            others = [each for each in self.connections if isinstance(each, _Hurried)]
            unfinished = [each for each in others if not each.hurry.cancelled()]
            oldest = min(unfinished, key=lambda each: each.began, default=self)
            oldest.transport.abort()

    def handle_events(self) -> None:
        super().handle_events()
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.more_body:
            # It is all there; what happens now takes our time, not theirs.
            self.hurry.cancel()

    def send_400_response(self, msg: str) -> None:
        log.warning("Refused a message: that is no HTTP request.")
        super().send_400_response(msg)

    def connection_lost(self, exc: Exception | None) -> None:
        self.hurry.cancel()
        super().connection_lost(exc)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no signal handlers: they belong to the program, not to this server."""
        yield


@asynccontextmanager
async def listening(app: Any, sock: socket.socket) -> AsyncIterator[None]:
    """Within the block, `app` answers on `sock`, which is closed at the end."""
    server = _Server(
        uvicorn.Config(
            app,
            http=_Hurried,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            # `_Hurried` hurries the first request of a connection only, so there is no second one.
            headers=[("Connection", "close")],
            h11_max_incomplete_event_size=HEADER_BYTES,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        while not server.started:
            if serving.done():
                await serving
            await asyncio.sleep(_POLL)
        yield
    finally:
        server.should_exit = True
        await serving
        for each in [*server.server_state.connections]:
            each.transport.abort()
        sock.close()
