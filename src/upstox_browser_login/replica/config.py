"""The config host: the remote flags that the page waits for."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .world import World

LATE_SECONDS = 25.0
"""So late the page was seen to work all the same."""

FLAGS = {
    "qrLayout": "qr-layout",
    "countrySelector": "country-selector",
    "pinGreeting": "pin-greeting",
    "overlay": "overlay",
    "foreignFrame": "foreign-frame",
}


def config_app(world: World) -> Starlette:
    """Return the application behind the page's remote config."""

    async def login_config(_request: Request) -> Response:
        if world.script.has("slow-config"):
            await world.pause(float(world.script.value("slow-config") or LATE_SECONDS))
        flags = {flag: world.script.has(name) for flag, name in FLAGS.items()}
        return JSONResponse({"flags": flags}, headers={"Access-Control-Allow-Origin": "*"})

    return Starlette(routes=[Route("/login-config.json", login_config)])
