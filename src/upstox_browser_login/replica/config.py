"""The config host: remote flags that the page waits for, and the pictures."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .world import Addresses, World

FLAGS = {
    "qrLayout": "qr-layout",
    "countrySelector": "country-selector",
    "pinGreeting": "pin-greeting",
    "captcha": "captcha",
    "overlay": "overlay",
    "foreignFrame": "foreign-frame",
}


def config_app(world: World) -> Starlette:
    """Return the application behind the page's remote config."""

    async def login_config(request: Request) -> Response:
        await world.pause(world.script.seconds("slow-config"))
        addresses = world.addresses
        service = addresses.service
        if "//localhost" in request.headers.get("origin", ""):
            service = Addresses.foreign(service)
        return JSONResponse(
            {
                "serviceUrl": service,
                "requestTimeout": 30_000,
                "toastMillis": 150 if world.script.has("toast-short") else 3000,
                "flags": {flag: world.script.has(name) for flag, name in FLAGS.items()},
            },
            headers={"Access-Control-Allow-Origin": "*"},
        )

    return Starlette(routes=[Route("/login-config.json", login_config)])
