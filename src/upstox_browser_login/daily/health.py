"""`--health`: is it alive, is there a token, and numbers for Prometheus. Extra `server`.

Nobody is asked who they are, so nothing secret is told, and by default only this machine can ask.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.phone.listener import Address, listening

from .vitals import Vitals

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def health_app(vitals: Vitals, clock: Clock) -> Starlette:
    """The three addresses."""

    async def livez(_request: Request) -> Response:
        return _told(vitals.is_alive(clock.monotonic()), "alive", "the loop stands still")

    async def readyz(_request: Request) -> Response:
        return _told(vitals.is_ready(clock.now()), "ready", "no valid token")

    async def metrics(_request: Request) -> Response:
        return Response(vitals.metrics(clock.now()), headers={"content-type": PROMETHEUS})

    return Starlette(
        routes=[
            Route("/livez", livez),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ]
    )


def _told(good: bool, yes: str, no: str) -> Response:
    return PlainTextResponse(f"{yes if good else no}\n", 200 if good else 503)


@contextmanager
def served(address: Address, vitals: Vitals, clock: Clock) -> Iterator[int]:
    """Within the block the health of `vitals` can be asked for; gives the port.

    On a loop in a thread of its own, so that a login does not keep it from answering. Raises
    `ConfigurationError` where the address cannot be had, or nobody can be answered there.
    """
    sock = address.bound()
    port: int = sock.getsockname()[1]
    loop = asyncio.new_event_loop()
    ready, end = threading.Event(), asyncio.Event()
    failures: list[Exception] = []

    async def serve() -> None:
        async with listening(health_app(vitals, clock), sock):
            ready.set()
            await end.wait()

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except Exception as error:  # noqa: BLE001  (told by the thread that waits, or goes on)
            failures.append(error)
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=run, name="health", daemon=True)
    thread.start()
    ready.wait()
    if failures:
        thread.join()
        sock.close()
        raise ConfigurationError(
            f"{address.option} cannot be answered on {address}: {failures[0]}.",
            hint=f"Choose another address for {address.option}.",
        )
    try:
        yield port
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(end.set)
        thread.join()
