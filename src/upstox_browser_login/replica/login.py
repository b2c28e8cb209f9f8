"""The login host: the single-page app and the documents that may stand in its place."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .pages import bundle, generated, page, static, wording
from .service import IDENTITY_COOKIE
from .third_party import ACCOUNT_OPENING_PATH
from .world import Addresses, World

_ID_NAMES = (
    "mobileForm",
    "mobile",
    "mobileSubmit",
    "otpForm",
    "otp",
    "otpSubmit",
    "pinForm",
    "pin",
    "pinSubmit",
)

FIRST_PAINT_MILLIS = (30, 150)
"""So long the first form is seen before the spinner takes its place."""

VERSIONS = {"otp": "v6", "verify": "v4", "pin": "v3"}
NEWER_VERSIONS = {"otp": "v6", "verify": "v5", "pin": "v4"}


def login_app(world: World) -> Starlette:
    """Return the application behind login.upstox.com."""
    documents = Documents(world)
    return Starlette(
        routes=[
            Route("/", documents.login),
            Route("/login/v2/oauth/authorize", documents.login),
            Route("/static/js/{name}", documents.script),
            Route("/static/css/{name}", documents.style),
        ]
    )


class Documents:
    """Every document and file of the login host."""

    def __init__(self, world: World) -> None:
        """Serve *world*'s login page."""
        self._world = world

    async def login(self, request: Request) -> Response:
        """Return the app's shell, or what a scenario puts in its place."""
        script = self._world.script
        if script.has("maintenance"):
            return HTMLResponse(self._styled("maintenance.html"), 503, {"Retry-After": "3600"})
        if script.has("challenge"):
            headers = {"Server": "cloudflare", "CF-Mitigated": "challenge"}
            return HTMLResponse(page("challenge.html"), 403, headers)
        if script.has("blank"):
            return HTMLResponse(page("blank.html"))
        identity = request.cookies.get(IDENTITY_COOKIE, "")
        known = identity in self._world.state.remembered
        boot = self._boot(request, remembered=known or script.has("remembered"))
        response = HTMLResponse(
            self._filled(
                "index.html",
                title=boot["texts"].get("title", "Login to Upstox"),
                boot=json.dumps(boot).replace("<", "\\u003c"),
                script=f"main.{_digest(self._script())}.js",
                style=f"main.{_digest(static('style.css'))}.css",
            )
        )
        if script.has("remembered") and not known:
            identity = self._world.state.identify()
            self._world.state.remembered.add(identity)
            response.set_cookie(IDENTITY_COOKIE, identity, httponly=True)
        return response

    def _boot(self, request: Request, *, remembered: bool) -> dict[str, Any]:
        world, script, addresses = self._world, self._world.script, self._world.addresses
        renamed = script.has("renamed-ids") or script.has("renamed-everything")
        texts: dict[str, str] = {}
        if script.has("changed-texts"):
            texts = wording("reworded")
        if script.has("renamed-everything"):
            texts = wording("hinglish")
        config, service = addresses.config, addresses.service
        if request.url.hostname == "localhost":
            config, service = Addresses.foreign(config), Addresses.foreign(service)
        profile = {"firstName": world.account.first_name, "mobile": world.account.mobile}
        return {
            "configUrl": f"{config}/login-config.json",
            "config": {
                "serviceUrl": service,
                "requestTimeout": 30_000,
                "toastMillis": 150 if script.has("toast-short") else 3000,
            },
            "firstPaintMillis": int(
                script.value("first-paint") or world.dice.number(*FIRST_PAINT_MILLIS)
            ),
            "versions": NEWER_VERSIONS if script.has("newer-calls") else VERSIONS,
            "sendsCountry": script.has("newer-calls"),
            # Drawn with the first form: no code can be asked for before the config has come.
            "captcha": script.has("captcha"),
            "accountOpening": addresses.third_party + ACCOUNT_OPENING_PATH,
            "thirdParty": addresses.third_party,
            "foreign": Addresses.foreign(addresses.third_party),
            "remembered": profile if remembered else None,
            "ids": {name: world.dice.identifier() for name in _ID_NAMES} if renamed else {},
            "texts": texts,
            "lateRerender": script.value("late-rerender") or "all"
            if script.has("late-rerender")
            else "",
            "plain": script.has("renamed-everything"),
        }

    def _script(self) -> str:
        return generated(bundle(), self._world.class_name)

    async def script(self, _request: Request) -> Response:
        """Return the app itself."""
        return Response(self._script(), media_type="text/javascript")

    async def style(self, _request: Request) -> Response:
        """Return the app's style sheet."""
        css = generated(static("style.css"), self._world.class_name)
        css = css.replace("{{third_party}}", self._world.addresses.third_party)
        return Response(css, media_type="text/css")

    def _filled(self, name: str, **values: str) -> str:
        return generated(page(name, **values), self._world.class_name)

    def _styled(self, name: str) -> str:
        return self._filled(name, style="main.css")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
