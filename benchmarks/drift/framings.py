"""Answers that are no plain JSON: fragments, streams and messages of server-side frameworks.

The page finds what it needs as base64 between two `@` signs; nobody else is meant to read it.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Mapping
from typing import Any

Framed = tuple[bytes, int, str]
"""A body, its status, and its content type."""


def framed(way: str, reply: Mapping[str, Any] | None, error: Mapping[str, Any] | None) -> Framed:
    """Answer in this way: with `reply`, or with an `error` of a code and a message."""
    told = {"success": True, "data": reply} if error is None else {"success": False, "error": error}
    sealed = f"@{base64.b64encode(json.dumps(told).encode()).decode()}@"
    message = None if error is None else str(error["message"])
    return _WAYS[way](sealed, message)


def _fragment(sealed: str, message: str | None) -> Framed:
    said = '<input name="next" autofocus>'
    if message is not None:
        said = f'<p class="field-error">{html.escape(message)}</p>'
    text = f'<section id="step" hx-swap-oob="true" data-state="{sealed}">{said}</section>'
    return text.encode(), 200, "text/html; charset=utf-8"


def _turbo(sealed: str, message: str | None) -> Framed:
    said = "" if message is None else f"<p>{html.escape(message)}</p>"
    text = (
        f'<turbo-stream action="replace" target="step" data-state="{sealed}">'
        f"<template><form>{said}</form></template></turbo-stream>"
    )
    return text.encode(), 200 if message is None else 422, "text/vnd.turbo-stream.html"


def _flight(sealed: str, message: str | None) -> Framed:
    value = {"ok": message is None, "state": sealed, "error": message}
    text = f'0:{{"a":"$@1","f":"","b":"k7Qx"}}\n1:{json.dumps(value)}\n'
    return text.encode(), 200, "text/x-component"


def _faces(sealed: str, message: str | None) -> Framed:
    said = "" if message is None else html.escape(message)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><partial-response><changes>'
        f'<update id="loginForm"><![CDATA[<div data-state="{sealed}">{said}</div>]]></update>'
        "</changes></partial-response>"
    )
    return text.encode(), 200, "text/xml; charset=utf-8"


def _delta(sealed: str, message: str | None) -> Framed:
    said = f"<div>{html.escape(message or '')}{sealed}</div>"
    return f"1|#||4|{len(said)}|updatePanel|up1|{said}|".encode(), 200, "text/plain; charset=utf-8"


def _grpc(sealed: str, message: str | None) -> Framed:
    body = b"\x0a" + bytes([min(len(sealed), 127)]) + sealed.encode()
    status = "0" if message is None else f"16\r\ngrpc-message:{message}"
    trailer = f"grpc-status:{status}\r\n".encode()
    frames = b"\0" + len(body).to_bytes(4) + body + b"\x80" + len(trailer).to_bytes(4) + trailer
    return frames, 200, "application/grpc-web+proto"


def _guarded(sealed: str, message: str | None) -> Framed:
    told = {"ok": message is None, "state": sealed, "message": message}
    return f")]}}',\n{json.dumps(told)}".encode(), 200, "application/json"


def _lines(sealed: str, message: str | None) -> Framed:
    lines = [{"type": "start"}, {"type": "state", "value": sealed}]
    if message is not None:
        lines.append({"type": "message", "value": message})
    return "".join(f"{json.dumps(each)}\n" for each in lines).encode(), 200, "application/x-ndjson"


def _action(sealed: str, message: str | None) -> Framed:
    data = json.dumps([{"state": 1, "message": 2}, sealed, message])
    kind = (
        {"type": "success", "status": 200}
        if message is None
        else {"type": "failure", "status": 400}
    )
    return json.dumps({**kind, "data": data}).encode(), 200, "application/json"


def _wired(sealed: str, message: str | None) -> Framed:
    inner = f"<div wire:id=x data-state={sealed}>{html.escape(message or '')}</div>"
    told = {"components": [{"snapshot": "{}", "effects": {"html": inner, "returns": [None]}}]}
    return json.dumps({**told, "assets": []}).encode(), 200, "application/json"


def _inertia(sealed: str, message: str | None) -> Framed:
    errors = {} if message is None else {"value": message}
    page = {"component": "Login/Step", "props": {"errors": errors, "state": sealed}}
    return (
        json.dumps({**page, "url": "/login", "version": "6b16"}).encode(),
        200,
        "application/json",
    )


_WAYS: dict[str, Callable[[str, str | None], Framed]] = {
    "fragment": _fragment,
    "turbo": _turbo,
    "flight": _flight,
    "faces": _faces,
    "delta": _delta,
    "grpc": _grpc,
    "guarded": _guarded,
    "lines": _lines,
    "action": _action,
    "wired": _wired,
    "inertia": _inertia,
}
WAYS = frozenset(_WAYS)
