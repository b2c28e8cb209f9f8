"""A host that the login could do without: images, fonts, widgets, account opening, look-alikes."""

from __future__ import annotations

import base64

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .pages import page

ACCOUNT_OPENING_PATH = "/new-demat-account/profile"
"""As on https://upstox.com, whose part this host plays as well."""

_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def third_party_app() -> Starlette:
    """Return the application behind everything that the login could do without."""
    return Starlette(
        routes=[
            Route("/pixel.gif", _pixel),
            Route("/fonts/{name}", _font),
            Route("/recaptcha/api2/anchor", _captcha),
            Route(ACCOUNT_OPENING_PATH, _open_account),
            Route("/partner/login", _look_alike),
            Route("/partner/collect", _collect, methods=["GET", "POST"]),
        ]
    )


async def _pixel(_request: Request) -> Response:
    return Response(_PIXEL, media_type="image/gif")


async def _font(_request: Request) -> Response:
    # The page falls back to the system's fonts, as it does when fonts are blocked.
    return Response(status_code=404, headers={"Access-Control-Allow-Origin": "*"})


async def _captcha(_request: Request) -> Response:
    return HTMLResponse(page("captcha.html"))


async def _open_account(_request: Request) -> Response:
    return HTMLResponse(page("open_account.html"))


async def _look_alike(_request: Request) -> Response:
    return HTMLResponse(page("look_alike.html"))


async def _collect(_request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Thanks</title>")
