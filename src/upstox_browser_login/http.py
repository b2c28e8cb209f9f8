"""One plain HTTP call to Upstox, and what its failures mean. The only user of httpx2."""

from __future__ import annotations

import asyncio
import json
import os
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2

from ._version import __version__
from .errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    NotLoggedInError,
    Step,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from .settings import is_loopback

MAX_BODY = 1_000_000
"""Bytes. Upstox's answers are a few kilobytes; more is somebody else's."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TOTAL_SECONDS = 45.0
"""A server that sends a byte now and then would keep the other two limits for ever."""


# Codes of api.upstox.com, from its documents and its OpenAPI file.
_CLIENT_CODES = {"UDAPI100068", "UDAPI100069", "UDAPI100070", "UDAPI100016"}
_APP_CODES = {"UDAPI100073", "UDAPI1123", "UDAPI1124", "UDAPI1155", "UDAPI1157"}
STATIC_IP_CODES = {"UDAPI1221", "UDAPI1154"}
FUNDS_CLOSED_CODE = "UDAPI100072"
DEAD_TOKEN_CODE = "UDAPI100050"  # noqa: S105  (a code of an error)


@dataclass(frozen=True)
class Reply:
    """What came back: status, lower-case headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The body as JSON, None where it is none. Charsets other than UTF-8 are read as told."""
        content_type = self.headers.get("content-type", "")
        charset = content_type.partition("charset=")[2].split(";")[0].strip(" \"'") or "utf-8"
        try:
            text = self.body.decode(charset)
        except (ValueError, LookupError):  # also of charsets that are no charsets, as "idna"
            text = self.body.decode("utf-8", "replace")
        try:
            return json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed. To read them takes longer than a call: once a process."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not (file or folder):
        return httpx2.create_ssl_context()
    # Made here: for these two httpx2 would write the keys of all calls to the SSLKEYLOGFILE.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(file or None, None if file else folder)
    return context


@asynccontextmanager
async def client(*, direct: bool = False) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that follows nothing, retries nothing and never waits for long.

    A `direct` one makes no use of the environment's proxies.
    """
    timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Accept": "application/json", "User-Agent": f"upstox-browser-login/{__version__}"}
    async with httpx2.AsyncClient(
        timeout=timeout, headers=headers, verify=_trust(), trust_env=not direct
    ) as made:
        yield made


async def call(method: str, url: str, *, step: Step | None = None, **options: Any) -> Reply:
    """One request, sent once.

    Raises `UpstoxUnavailableError` (`NETWORK`, `TIMEOUT`) where no whole answer came.
    """
    host = httpx2.URL(url).host
    try:
        async with (
            asyncio.timeout(TOTAL_SECONDS),
            # A proxy elsewhere would be sent what is for a server on this machine.
            client(direct=is_loopback(host)) as http,
            http.stream(method, url, **options) as response,
        ):
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BODY:
                    raise TokenExchangeError(
                        f"{host} sent an answer of over {MAX_BODY} bytes.",
                        code="BAD_RESPONSE",
                        step=step,
                    )
            return Reply(response.status_code, dict(response.headers), body)
    except (httpx2.TimeoutException, TimeoutError):
        raise UpstoxUnavailableError(
            f"{host} did not answer in time.",
            code="TIMEOUT",
            step=step,
            hint=(
                "Run again in a minute. This limit is fixed; UPSTOX_TIMEOUT is that of a login "
                "in the browser."
            ),
        ) from None
    except httpx2.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise UpstoxUnavailableError(
            f"The connection to {host} failed: {reason}.", code="NETWORK", step=step
        ) from None


def envelope_error(data: Any) -> tuple[str | None, str | None]:
    """Code and message of an error envelope of api.upstox.com; (None, None) where it is none."""
    if not isinstance(data, dict):
        return None, None
    errors = data.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else data.get("error")
    if not isinstance(first, dict):
        return None, None
    code = first.get("errorCode") or first.get("error_code") or first.get("code")
    message = first.get("message")
    return (
        None if code is None else str(code)[:40],
        message[:300] if isinstance(message, str) else None,
    )


def is_error(data: Any) -> bool:
    """Whether a body is an error envelope, whatever the status it came with."""
    return isinstance(data, dict) and (
        data.get("status") == "error" or envelope_error(data) != (None, None)
    )


def means_dead_token(error: UpstoxError) -> bool:
    """Whether Upstox itself has said that the token is no longer good.

    A 401 without its code may be a gateway's, which knows nothing of the token.
    """
    return isinstance(error, NotLoggedInError) and error.upstox_code == DEAD_TOKEN_CODE


def error_of(status: int, data: Any, *, step: Step | None = None) -> UpstoxError:
    """The typed error for an answer of api.upstox.com that is not a success."""
    code, message = envelope_error(data)
    said = f"Upstox answered HTTP {status}" + (f": {message}" if message else "")
    if message is None and data is None:
        said += " with something that is not JSON (a gateway's page, most likely)"
    if not said.endswith("."):
        said += "."
    if code in _CLIENT_CODES:
        return CredentialsRejectedError(said, code="CLIENT_REJECTED", upstox_code=code, step=step)
    if code in _APP_CODES:
        return CredentialsRejectedError(
            said,
            code="CLIENT_REJECTED",
            upstox_code=code,
            step=step,
            hint="Look at the app in Upstox's developer console: it must be active and complete.",
        )
    if code == "UDAPI100058":
        return CredentialsRejectedError(said, code="ACCOUNT_INACTIVE", upstox_code=code, step=step)
    if code == "UDAPI100057":
        return TokenExchangeError(said, code="CODE_REJECTED", upstox_code=code, step=step)
    if code == DEAD_TOKEN_CODE or (status == 401 and code is None and step is None):
        return NotLoggedInError(said, code="TOKEN_REVOKED", upstox_code=code, step=step)
    if code == "UDAPI10005" or status == 429:
        return LoginBlockedError(said, code="RATE_LIMITED", upstox_code=code, step=step)
    if code in STATIC_IP_CODES:
        return UpstoxError(
            said,
            upstox_code=code,
            step=step,
            hint="The token is fine. Register this machine's address in the developer console.",
        )
    if code == FUNDS_CLOSED_CODE:
        return UpstoxUnavailableError(
            said,
            code="MAINTENANCE",
            upstox_code=code,
            step=step,
            hint="Upstox closes this service from 00:00 to 05:30 India time; the token is fine.",
        )
    if status >= 500 or code == "UDAPI100500":
        kind = "MAINTENANCE" if message and "maintenance" in message.lower() else "SERVER_ERROR"
        return UpstoxUnavailableError(said, code=kind, upstox_code=code, step=step)
    if code is not None and step is None:
        return UpstoxError(said, upstox_code=code)
    return TokenExchangeError(said, code="BAD_RESPONSE", upstox_code=code, step=step)
