"""Trouble on the way: what a step answers when the network or a gateway misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .pages import gateway_page, page
from .refusals import api_refusal
from .scenarios import DOCUMENT_STEPS, SERVICE_STEPS
from .world import World

DRIP_PAUSE = 0.25
_HTML_STEPS = ("authorize", "hop")
_BROKEN = b'{"success":true,"data":{"message":"Enter the 6-di'
_Handler = Callable[[World, str, str, Request, Send], Awaitable[Response | None]]


class FaultGate:
    """ASGI middleware that lets the scenarios answer in the app's place."""

    def __init__(self, app: ASGIApp, world: World, faults: tuple[str, ...]) -> None:
        """Stand before *app* and act out those *faults* that are in force."""
        self._app = app
        self._world = world
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the first fault in force for this step, or else by the app."""
        step: str | None = scope.get("replica.step")
        if step is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        for name in self._faults:
            value = self._world.script.at(name, step)
            if value is None:
                continue
            response = await _HANDLERS[name](self._world, step, value, request, send)
            if response is not None:
                await response(scope, receive, send)
            if response is not None or name in _FINAL:
                return
        await self._app(scope, receive, send)


async def _gone(world: World, request: Request, seconds: float | None) -> bool:
    """Wait until the client or the replica leaves; False when *seconds* were over first."""
    waits = {
        asyncio.create_task(world.closing.wait()),
        asyncio.create_task(_disconnection(request.scope["replica.connection"])),
    }
    done, pending = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return bool(done)


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _slow(
    world: World, _step: str, value: str, request: Request, _send: Send
) -> Response | None:
    await _gone(world, request, float(value))
    return None


async def _hang(
    world: World, _step: str, _value: str, request: Request, _send: Send
) -> Response | None:
    await _gone(world, request, None)
    return None


async def _drip(
    world: World, step: str, _value: str, request: Request, send: Send
) -> Response | None:
    await _start(send, step)
    drops = iter(_body_start(step))
    while not await _gone(world, request, DRIP_PAUSE):
        drop = bytes([next(drops, ord("."))])
        await send({"type": "http.response.body", "body": drop, "more_body": True})
    return None


async def _truncated(
    world: World, step: str, _value: str, request: Request, send: Send
) -> Response | None:
    await _start(send, step, length=4096)
    await send({"type": "http.response.body", "body": _body_start(step), "more_body": True})
    request.scope["replica.transport"].close()
    await _gone(world, request, None)
    return None


async def _reset(
    world: World, _step: str, _value: str, request: Request, _send: Send
) -> Response | None:
    transport: asyncio.Transport = request.scope["replica.transport"]
    # A linger of zero makes the close a reset; Windows spells the struct with shorts.
    layout = "hh" if sys.platform == "win32" else "ii"
    with contextlib.suppress(OSError):
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0)
        )
    transport.abort()
    await _gone(world, request, None)
    return None


async def _http(
    _world: World, step: str, value: str, _request: Request, _send: Send
) -> Response | None:
    status = int(value)
    if step in _HTML_STEPS or step == "script":
        return gateway_page(status)
    if step in SERVICE_STEPS:
        error = {"code": status, "message": "Something went wrong"}
        return JSONResponse({"success": False, "error": error}, status)
    refusal = api_refusal("UDAPI10005" if status == 429 else "UDAPI100500")
    refusal.status = status
    return refusal.response()


async def _html(
    _world: World, _step: str, value: str, _request: Request, _send: Send
) -> Response | None:
    if value in ("", "403"):
        return HTMLResponse(page("cloudflare.html"), 403, {"Server": "cloudflare"})
    return gateway_page(int(value))


async def _garbage(
    _world: World, step: str, _value: str, _request: Request, _send: Send
) -> Response | None:
    return Response(_body_start(step), 200, media_type=_media_type(step))


async def _redirect_loop(
    _world: World, _step: str, _value: str, request: Request, _send: Send
) -> Response | None:
    again = int(request.query_params.get("again", "0")) + 1
    return RedirectResponse(str(request.url.include_query_params(again=again)), 302)


def _media_type(step: str) -> str:
    if step == "script":
        return "text/javascript"
    return "text/html" if step in DOCUMENT_STEPS else "application/json"


def _body_start(step: str) -> bytes:
    if step == "script":
        return b"(() => { const app = {"
    return b"<!doctype html><html><hea" if step in DOCUMENT_STEPS else _BROKEN


async def _start(send: Send, step: str, length: int | None = None) -> None:
    headers = [(b"content-type", _media_type(step).encode())]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})


_HANDLERS: dict[str, _Handler] = {
    "slow": _slow,
    "hang": _hang,
    "drip": _drip,
    "truncated": _truncated,
    "reset": _reset,
    "http": _http,
    "html": _html,
    "garbage": _garbage,
    "redirect-loop": _redirect_loop,
}
_FINAL = ("hang", "drip", "truncated", "reset")
# A gateway's HTML comes without the app's CORS headers; the rest comes from the app's side.
GATEWAY_FAULTS = ("html",)
APP_FAULTS = tuple(name for name in _HANDLERS if name not in GATEWAY_FAULTS)
