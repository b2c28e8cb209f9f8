"""Calls with a token: profile, funds, logout. And the request for a token by phone (v3)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

from msgspec import Struct

from .edge import at_the_edge
from .errors import NotLoggedInError, Step, UpstoxError, UpstoxUnavailableError
from .http import Reply, call
from .redaction import redactor
from .refusals import FUNDS_CLOSED_CODE, STATIC_IP_CODES, bad_answer, is_error, means_dead_token
from .settings import Settings
from .token import Token

PROFILE = "/v2/user/profile"
FUNDS = "/v2/user/get-funds-and-margin"
FUNDS_V3 = "/v3/user/get-funds-and-margin"
LOGOUT = "/v2/logout"
HOLIDAYS = "/v2/market/holidays"
TOKEN_REQUEST = "/v3/login/auth/token/request/"  # noqa: S105  (a path)

Segment = Literal["SEC", "COM"]


@at_the_edge
async def _with_token(
    settings: Settings, token: Token, method: str, path: str, **options: Any
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token.access_token.get_secret_value()}"}
    url = settings.api_base_url + path
    reply = await call(method, url, proxy=settings.proxy, headers=headers, **options)
    return _success(reply)


def _success(reply: Reply, step: Step | None = None) -> dict[str, Any]:
    data = reply.data
    if reply.status != 200 or is_error(data):
        raise reply.error(step)
    if not isinstance(data, dict):
        raise bad_answer("Upstox answered with something this version does not know.", step)
    return data


def _object(data: Any, step: Step | None = None) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise bad_answer("Upstox's answer has no data.", step)
    return data


async def profile(settings: Settings, token: Token) -> dict[str, Any]:
    """The user's profile; the right way to check a token.

    Raises `NotLoggedInError` (`TOKEN_REVOKED`) where Upstox no longer accepts the token.
    """
    return _object((await _with_token(settings, token, "GET", PROFILE)).get("data"))


async def funds(
    settings: Settings, token: Token, *, segment: Segment | None = None, v3: bool = False
) -> dict[str, Any]:
    """Funds and margin, of the version 2 or 3 endpoint.

    Between 00:00 and 05:30 India time Upstox closes this: `UpstoxUnavailableError` (`MAINTENANCE`).
    """
    params = {"segment": segment} if segment and not v3 else {}
    path = FUNDS_V3 if v3 else FUNDS
    return _object((await _with_token(settings, token, "GET", path, params=params)).get("data"))


async def logout(settings: Settings, token: Token) -> bool:
    """Revoke the token at Upstox. False: Upstox did not accept it any more, which is no error."""
    try:
        await _with_token(settings, token, "DELETE", LOGOUT)
    except NotLoggedInError as error:
        if not means_dead_token(error):
            raise _uncertain(error) from None
        return False
    return True


def _uncertain(error: NotLoggedInError) -> UpstoxError:
    """The error of a 401 without Upstox's code for a dead token: it may come from a gateway."""
    return UpstoxUnavailableError(
        error.message,
        code="SERVER_ERROR",
        hint="The answer does not say whether the token is still valid. Try again later.",
    )


async def token_is_alive(settings: Settings, token: Token) -> bool:
    """Ask Upstox whether it accepts the token.

    Only Upstox's own code means that it is not. A refusal that is about something else (a static
    IP rule, a closed service) does not mean that the token is dead.
    Raises `UpstoxError` where Upstox could not be asked.
    """
    try:
        await profile(settings, token)
    except NotLoggedInError as error:
        if not means_dead_token(error):
            raise _uncertain(error) from None
        return False
    except UpstoxError as error:
        if error.upstox_code in {*STATIC_IP_CODES, FUNDS_CLOSED_CODE}:
            return True
        raise
    return True


@at_the_edge
async def holidays(settings: Settings) -> list[Any]:
    """The days of this year on which exchanges are closed, or open at odd hours; needs no token.

    As Upstox sends them. Raises `UpstoxError` where it could not be asked, or sent no list.
    """
    url = settings.api_base_url + HOLIDAYS
    answer = _success(await call("GET", url, proxy=settings.proxy)).get("data")
    if not isinstance(answer, list):
        raise bad_answer("Upstox's answer has no list of holidays.", None)
    return answer


class TokenRequest(Struct, frozen=True):
    """An approval that waits for the user's phone."""

    expires_at: datetime
    notifier_url: str


@at_the_edge
async def request_token(settings: Settings) -> TokenRequest:
    """Ask Upstox to ask the user, on the phone, to approve a token for this app (v3).

    Raises `ConfigurationError` without client id and secret, `CredentialsRejectedError` where
    Upstox knows no such app, or the app has no notifier address.
    """
    settings.require("client_id", "client_secret")
    path = TOKEN_REQUEST + quote(settings.client_id or "", safe="")
    reply = await call(
        "POST",
        settings.api_base_url + path,
        proxy=settings.proxy,
        step="exchange",
        json={"client_secret": settings.secret("client_secret")},
    )
    answer = _object(_success(reply, "exchange").get("data"), "exchange")
    try:
        expiry = datetime.fromtimestamp(int(answer["authorization_expiry"]) / 1000, UTC)
        return TokenRequest(expiry, redactor.redact(str(answer["notifier_url"])))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise bad_answer(
            "Upstox's answer to the token request is incomplete.", "exchange"
        ) from None
