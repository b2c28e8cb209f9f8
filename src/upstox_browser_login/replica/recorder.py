"""The outermost layer of every server: logs the request, dates the answer."""

from __future__ import annotations

import json
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .log import Entry
from .steps import step_of
from .world import World

CONTROL_PREFIX = "/__replica__/"


class Recorder:
    """ASGI middleware: one log entry a request, one Date header an answer."""

    def __init__(self, app: ASGIApp, world: World, origin: str) -> None:
        """Record what reaches *app*, the server called *origin*."""
        self._app = app
        self._world = world
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log the request with its body, then hand both on."""
        if scope["type"] != "http" or scope["path"].startswith(CONTROL_PREFIX):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        step = step_of(self._origin, request.method, request.url.path)
        scope["replica.step"] = step
        scope["replica.connection"] = receive  # past the body: tells when the client leaves
        self._world.log.add(
            Entry(
                time=self._world.now(),
                origin=self._origin,
                method=request.method,
                path=request.url.path,
                query=dict(request.query_params),
                headers=dict(request.headers),
                body=_parsed(body, request.headers),
                step=step,
            )
        )
        await self._app(scope, _replay(body, receive), self._dated(send))

    def _dated(self, send: Send) -> Send:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Date"] = formatdate(self._world.now(), usegmt=True)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return dated


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a receive that gives the body once more, then whatever the connection brings."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def _parsed(body: bytes, headers: Headers) -> Any:
    text = body.decode("utf-8", "replace")
    if "x-www-form-urlencoded" in headers.get("content-type", ""):
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        return json.loads(text) if text else text
    except ValueError:
        return text
