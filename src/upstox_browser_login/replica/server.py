"""Five uvicorn servers on one event loop in one thread."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
_START_TIMEOUT = 10.0
_POLL = 0.005
_GRACE = 1.0


class TransportProtocol(H11Protocol):
    """uvicorn's protocol, with the connection's transport within the app's reach.

    A reset or a body that ends early cannot be said in ASGI.
    """

    # As H11Protocol has it, which is narrower than what asyncio says.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Hand the transport on in the scope of every request."""
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope["replica.transport"] = transport
            await app(scope, receive, send)

        self.app = with_transport


class PromptServer(uvicorn.Server):
    """uvicorn's server without its tenths of a second: tests start and stop hundreds of them."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        """Serve until *closing* is set."""
        super().__init__(config)
        self._closing = closing

    async def main_loop(self) -> None:
        """Wait for the end."""
        await self._closing.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and give the open ones a moment; the thread drops the rest."""
        await stop_accepting(sockets or ())
        for server in self.servers:
            server.close()
        for sock in sockets or ():
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            await asyncio.wait_for(self._emptied(), _GRACE)
        except TimeoutError:
            for task in list(self.server_state.tasks):
                task.cancel()
            await asyncio.gather(*self.server_state.tasks, return_exceptions=True)

    async def _emptied(self) -> None:
        # uvicorn keeps them in plain sets that tell nobody when they are empty.
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110  (no event to wait for)
            await asyncio.sleep(_POLL)


async def stop_accepting(sockets: Sequence[socket.socket]) -> None:
    """Take no more connections from *sockets*; then they may be closed.

    What the loop has just accepted has its transport some turns later, and asyncio loses what comes
    to a server that was closed meanwhile. A socket that is closed already takes none.
    """
    for sock in sockets:
        if sock.fileno() < 0:
            continue
        with contextlib.suppress(NotImplementedError):  # Windows has no readers
            asyncio.get_running_loop().remove_reader(sock.fileno())
    await _turns()


async def _abort_all() -> None:
    """End every connection, also those that no server knows yet: in the middle of TLS's handshake.

    asyncio keeps a list of them, which is not public; where it has none, the collector ends them.
    """
    for transport in list(getattr(asyncio.get_running_loop(), "_transports", {}).values()):
        transport.abort()
    await _turns()


async def _turns() -> None:
    """Let the loop do what is due, and what that brings about."""
    for _ in range(5):
        await asyncio.sleep(0)


@contextlib.contextmanager
def bound_sockets(ports: Sequence[int]) -> Iterator[list[socket.socket]]:
    """Sockets bound to *ports* on the loopback address; 0 lets the system choose.

    They are closed if anything fails; otherwise they belong to the caller.
    """
    sockets: list[socket.socket] = []
    try:
        for port in ports:
            # Without the protocol by its name asyncio leaves Nagle on: 40 ms a request.
            sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            sockets.append(sock)
            if sys.platform != "win32":  # there it would let two servers share a port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((HOST, port))
        yield sockets
    except BaseException:
        for sock in sockets:
            sock.close()
        raise


class ServerThread:
    """Runs one application on each socket until it is told to stop."""

    def __init__(
        self, apps: Sequence[ASGIApp], sockets: Sequence[socket.socket], closing: asyncio.Event
    ) -> None:
        """Prepare to serve ``apps[i]`` on ``sockets[i]``; *closing* is set when it ends."""
        self._servers = [PromptServer(_settings(app), closing) for app in apps]
        self._sockets = sockets
        self._closing = closing
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="upstox-replica", daemon=True)

    def start(self) -> None:
        """Start, and return when every server accepts connections."""
        self._thread.start()
        if not self._ready.wait(_START_TIMEOUT) or self._failure is not None:
            self._end()
            raise RuntimeError("the replica's servers did not start") from self._failure

    def stop(self) -> None:
        """Stop, and return when every server has ended.

        Raises `RuntimeError` if one had failed: what was asked of it may have had no answer.
        """
        self._end()
        if self._failure is not None:
            raise RuntimeError("the replica's servers failed") from self._failure

    def _end(self) -> None:
        if self._loop is not None and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop may have closed meanwhile
                self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - reported by start() or stop()
            self._failure = error
        finally:
            for sock in self._sockets:
                sock.close()
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        serving = [
            asyncio.create_task(server.serve(sockets=[sock]))
            for server, sock in zip(self._servers, self._sockets, strict=True)
        ]
        while not all(server.started for server in self._servers):
            if any(task.done() for task in serving):
                break
            await asyncio.sleep(_POLL)
        else:
            self._ready.set()
        try:
            await asyncio.gather(*serving)
        finally:
            await _abort_all()


def _settings(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=TransportProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
    )
