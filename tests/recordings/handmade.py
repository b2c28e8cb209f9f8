"""Recordings written by hand: what was asked and answered, and what a walk saw."""

from __future__ import annotations

import hashlib
import io
import json
import random
from typing import Any

from PIL import Image

from tests.page.views import view
from upstox_browser_login.page.look import Look
from upstox_browser_login.recordings.bundle import (
    About,
    Account,
    Bundle,
    Ending,
    Exchange,
    Request,
    Response,
)
from upstox_browser_login.recordings.clean import Cleaned, Raw, clean
from upstox_browser_login.recordings.moments import Marks, Moment

SERVICE = "https://service.upstox.com"


def about(**changes: Any) -> About:
    """What a recording of a good login says of itself."""
    values: dict[str, Any] = {
        "format": 1,
        "name": "it",
        "api_base_url": "https://api.upstox.com",
        "redirect_uri": "https://callback.invalid/",
        "client_id": "app",
        "account": Account(username="9876501234", pin_code="024680"),
        "ending": Ending(ok=True),
    }
    return About(**(values | changes))


def call(path: str, asked: Any = None, answered: Any = None, **changes: Any) -> dict[str, Any]:
    """A call of the page with its bodies as JSON; of an answer `None`, there was none."""
    return {"path": path, "asked": asked, "answered": answered, **changes}


def bundle(
    *calls: dict[str, Any], seen: tuple[tuple[str, Look], ...] = (), **changes: Any
) -> Bundle:
    """A recording of these calls, and of these states, each with the look that it was seen in."""
    bodies: dict[str, bytes] = {}

    def kept(body: Any) -> str | None:
        if body is None:
            return None
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        name = hashlib.sha256(data).hexdigest()
        bodies[name] = data
        return name

    exchanges = []
    for number, each in enumerate(calls):
        response = None
        if each["answered"] is not None:
            response = Response(
                status=each.get("status", 200),
                headers=each.get("headers", ()),
                body=kept(each["answered"]),
            )
        exchanges.append(
            Exchange(
                n=number,
                method=each.get("method", "POST"),
                url=f"{SERVICE}{each['path']}",
                request=Request(headers=each.get("sent", ()), body=kept(each["asked"])),
                response=response,
                failed=each.get("failed"),
            )
        )
    moments = tuple(
        Moment(float(at), view(look), Marks(state), "wait") for at, (state, look) in enumerate(seen)
    )
    return Bundle(about(**changes), tuple(exchanges), moments, bodies)


def picture(data: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(data))
    made.load()
    return made


def kept(*exchanges: Any, **more: Any) -> tuple[Cleaned, list[bytes]]:
    """The recording, and the answers that are in it."""
    raw = Raw(list(exchanges), typed_at=5.0, **more)
    cleaned = clean(raw, {}, began=0.0, redirect_uri=None, rng=random.Random(1))
    names = [line["response"]["body"] for line in cleaned.exchanges]
    return cleaned, [cleaned.bodies[name] for name in names]
