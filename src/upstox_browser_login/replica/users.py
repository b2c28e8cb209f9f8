"""The user's endpoints: profile, funds, logout, and the token request of API v3."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .account import Account
from .refusals import api_refusal
from .world import World

_EQUITY = {
    "used_margin": 1250.5,
    "payin_amount": 5000.0,
    "span_margin": 800.0,
    "adhoc_margin": 0.0,
    "notional_cash": 0.0,
    "available_margin": 48749.5,
    "exposure_margin": 450.5,
}
_COMMODITY = dict.fromkeys(_EQUITY, 0.0)


def user_fields(account: Account) -> dict[str, Any]:
    """Return the user as the token and profile endpoints describe him."""
    return {
        "email": account.email,
        "exchanges": ["NSE", "NFO", "BSE", "CDS", "BFO", "BCD"],
        "products": ["D", "CO", "I"],
        "broker": "UPSTOX",
        "user_id": account.user_id,
        "user_name": account.user_name,
        "order_types": ["MARKET", "LIMIT", "SL", "SL-M"],
        "user_type": "individual",
        "poa": False,
        "is_active": True,
    }


def _success(data: object) -> JSONResponse:
    return JSONResponse({"status": "success", "data": data})


class UserEndpoints:
    """What a bearer token opens, and the way to ask for one by phone."""

    def __init__(self, world: World) -> None:
        """Serve *world*'s one user."""
        self._world = world

    def routes(self) -> list[Route]:
        """Where the endpoints live."""
        return [
            Route("/v2/user/profile", self.profile),
            Route("/v2/user/get-funds-and-margin", self.funds_v2),
            Route("/v3/user/get-funds-and-margin", self.funds_v3),
            Route("/v2/logout", self.logout, methods=["DELETE"]),
            Route("/v3/login/auth/token/request/{client_id}", self.token_request, methods=["POST"]),
        ]

    def _token(self, request: Request) -> str:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._world.state.mint.is_good(token.strip()):
            raise api_refusal("UDAPI100050")
        return token.strip()

    def _open(self, request: Request, *, funds: bool = False) -> None:
        self._token(request)
        if self._world.script.has("static-ip"):
            raise api_refusal("UDAPI1154")
        if funds and self._world.script.has("funds-closed"):
            raise api_refusal("UDAPI100072")

    async def profile(self, request: Request) -> Response:
        """Describe the user."""
        self._open(request)
        return _success({**user_fields(self._world.account), "ddpi": False})

    async def funds_v2(self, request: Request) -> Response:
        """Equity and commodity funds; ``segment`` (SEC, COM) picks one."""
        self._open(request, funds=True)
        both = {"equity": _EQUITY, "commodity": _COMMODITY}
        segment = request.query_params.get("segment")
        if segment is None:
            return _success(both)
        if segment not in ("SEC", "COM"):
            raise api_refusal("UDAPI100036")
        name = "equity" if segment == "SEC" else "commodity"
        return _success({name: both[name]})

    async def funds_v3(self, request: Request) -> Response:
        """One pot for all segments, in the newer shape."""
        self._open(request, funds=True)
        available = {
            "total": 48749.5,
            "cash_available_to_trade": {"total": 45000.0, "opening_balance": 40000.0},
            "pledge_available_to_trade": {"total": 3749.5},
        }
        return _success(
            {
                "available_to_trade": available,
                "unavailable_to_trade": {"total": 1250.5, "unsettled_profit": {"total": 1250.5}},
            }
        )

    async def logout(self, request: Request) -> Response:
        """Revoke the token."""
        self._world.state.mint.revoke(self._token(request))
        return _success(data=True)

    async def token_request(self, request: Request) -> Response:
        """Ask the user to approve a token on the phone."""
        world = self._world
        try:
            body = json.loads(await request.body())
        except ValueError:
            raise api_refusal("UDAPI100036") from None
        secret = body.get("client_secret") if isinstance(body, dict) else None
        if not secret:
            raise api_refusal("UDAPI1024")
        if world.script.has("inactive-client"):
            raise api_refusal("UDAPI100073")
        wanted = (world.account.client_id, world.account.client_secret)
        if world.script.has("bad-client") or (request.path_params["client_id"], secret) != wanted:
            raise api_refusal("UDAPI100069")
        if not world.notifier_url:
            raise api_refusal("UDAPI1123")
        end = world.state.ask_for_token()
        return _success(
            {
                "authorization_expiry": str(int(end * 1000)),
                "notifier_url": world.notifier_url,
            }
        )
