"""What every kind of auth does: whose requests get the token, and when it is dead."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.session import get_token
from upstox_browser_login.session.tokens import forget
from upstox_browser_login.settings import Settings
from upstox_browser_login.token import Token

UNAUTHORIZED = 401

YOUNG = 120.0
"""Seconds after its issue in which a token is not replaced, whatever an answer says: what refuses a
new token would refuse the next one too, and every one costs a login."""

_UPSTOX = "https://api.upstox.com"
_UPSTOX_TOO = ("https://api-v2.upstox.com", "https://api-hft.upstox.com")
"""The API's twin, and where orders go (the official SDK's `order_host`)."""

_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str | None, int | None]


class Bearer:
    """Adds `Authorization: Bearer …` to requests for Upstox's API, and to no others.

    The API is the origin of `UPSTOX_API_BASE_URL`; where that is `https://api.upstox.com`, also
    `api-hft` (orders) and `api-v2`. A request for any other origin, or one that a redirect leads
    there, goes without the token.

    The token is read from the store for every request, so that a login or a logout elsewhere is
    noticed; where none is valid, the first request logs in. An answer 401 with Upstox's code for a
    dead token (UDAPI100050) fetches a new one, once a request, and the request is repeated if its
    body can be sent again; after any other 401 Upstox is asked first whether the token is dead.
    Other refusals, such as a static-IP rule, are the caller's, and so is every refusal of a token
    that is less than two minutes old.

    `settings` are read now if not given. Requests may raise what `get_token` raises. One instance
    serves many clients and threads.
    """

    @at_the_edge
    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        base = self.settings.api_base_url
        hosts = (base, *_UPSTOX_TOO) if origin_of(base) == origin_of(_UPSTOX) else (base,)
        self._origins = {origin_of(each) for each in hosts}

    def is_for_api(self, url: object) -> bool:
        """Whether a request for `url` may carry the token."""
        return origin_of(str(url)) in self._origins

    @at_the_edge
    def is_dead(self, token: Token, status: int, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether an answer to `token` is reason to replace it. May ask Upstox."""
        if status != UNAUTHORIZED or self.is_young(token):
            return False
        if means_dead_token(status, headers, body):
            return True
        from upstox_browser_login.api import token_is_alive

        try:
            return not run_apart(token_is_alive(self.settings, token))
        except UpstoxError:
            return False  # nobody knows, so the 401 is the caller's

    def is_young(self, token: Token) -> bool:
        """Whether the token is too new to be replaced."""
        return abs((Clock().now() - token.issued_here).total_seconds()) < YOUNG

    @at_the_edge
    def renewed(self, dead: Token) -> Token:
        """A token in place of one that Upstox refused."""
        self.forget(dead)
        return get_token(self.settings)

    @at_the_edge
    def forget(self, dead: Token) -> None:
        """Remove the stored token, unless somebody has put another in its place."""
        forget(self.settings, dead)


def header_of(token: Token) -> str:
    """The value of the `Authorization` header."""
    return f"Bearer {token.access_token.get_secret_value()}"


def means_dead_token(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer of the API says by itself that the token is no longer good."""
    from upstox_browser_login import http, refusals

    if status != UNAUTHORIZED:
        return False
    lowered = {name.lower(): value for name, value in headers.items()}
    data = http.Reply(status, lowered, body).data
    return refusals.means_dead_token(refusals.error_of(status, data))


def origin_of(url: str) -> Origin:
    """Scheme, host and port of an address, comparable."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None
