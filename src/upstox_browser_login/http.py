"""One plain HTTP call to Upstox, and what its failures mean. The only user of httpx2."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Protocol

import httpx2
from msgspec import Struct
from pydantic import SecretStr

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
from .printable import one_line
from .redaction import redactor
from .settings import is_loopback
from .way_out import OWN_PROXY, PERCENT, check_proxies, proxy_of, trust_for

MAX_BODY = 1_000_000
"""Bytes, packed and unpacked. Upstox's answers are a few kilobytes; more is somebody else's."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TOTAL_SECONDS = 45.0
"""A server that sends a byte now and then would keep the other two limits for ever."""

MAX_WORDS = 200
"""Characters of somebody else's text in a message of ours."""

_MAX_QUOTED = 4_096
"""Characters of such a text that are looked at. More blanks than that are no message."""

Client = httpx2.AsyncClient

_TIMEOUT = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
_HEADERS = {
    "Accept": "application/json",
    # The only encoding that `_unpacked` knows.
    "Accept-Encoding": "gzip",
    "User-Agent": f"upstox-browser-login/{__version__}",
}

_CHARSETS = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-32", "iso-8859-1", "latin1"}
_CHARSETS |= {"windows-1252", "cp1252", "us-ascii", "ascii"}
"""Those that JSON is sent in. Python knows others that take seconds for a megabyte."""

# Codes of api.upstox.com, from its documents and its OpenAPI file.
_DIALOG_CODE = "UDAPI100068"
"""Of the dialog, to which the app's secret is not sent."""
_CLIENT_CODES = {_DIALOG_CODE, "UDAPI100069", "UDAPI100070", "UDAPI100016"}
_APP_CODES = {"UDAPI100073", "UDAPI1123", "UDAPI1124", "UDAPI1155", "UDAPI1157"}
STATIC_IP_CODES = {"UDAPI1221", "UDAPI1154"}
FUNDS_CLOSED_CODE = "UDAPI100072"
DEAD_TOKEN_CODE = "UDAPI100050"  # noqa: S105  (a code of an error)

# As Cloudflare writes it in plain text, in its pages and in JSON (its documents: "1xxx errors").
_CLOUDFLARE = re.compile(
    r"(?i)(?:error[ _]code|cf-error-code|error</span>)\W{0,9}(?:<[^>]{0,99}>\s{0,9}){0,2}(1\d{3})\b"
)
_CLOUDFLARE_REASONS = {
    "1005": "this machine's network is blocked",
    "1006": "this machine's address is blocked",
    "1007": "this machine's address is blocked",
    "1008": "this machine's address is blocked",
    "1009": "this machine's country is blocked",
    "1010": "this kind of program is blocked",
    "1020": "a rule of its firewall blocks this",
}


class Reply(Struct, frozen=True):
    """What came back: status, lower-case headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text. Charsets that JSON is not sent in are read as UTF-8."""
        content_type = self.headers.get("content-type", "")
        charset = content_type.partition("charset=")[2].split(";")[0].strip(" \"'").lower()
        try:
            return self.body.decode(charset if charset in _CHARSETS else "utf-8")
        except ValueError:
            return self.body.decode("utf-8", "replace")

    @property
    def data(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None

    def error(self, step: Step | None = None) -> UpstoxError:
        """The typed error for this answer, which must not be a success."""
        return error_of(self.status, self.data, step=step, text=self.text)


class Detour(Struct, frozen=True):
    """A server on this machine that answers the calls of a client in place of the real hosts.

    `ports` are by scheme. `trust` is the only certificate that is accepted, in PEM.
    """

    ports: Mapping[str, int]
    trust: str


class _Detoured(httpx2.AsyncHTTPTransport):
    """Sends each request to this machine. The server still hears which host is meant."""

    def __init__(self, detour: Detour) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=detour.trust)
        super().__init__(verify=context, trust_env=False)
        self._ports = detour.ports

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        request.extensions = {**request.extensions, "sni_hostname": url.host}
        request.url = url.copy_with(host="127.0.0.1", port=self._ports[url.scheme])
        return await super().handle_async_request(request)


def detoured(detour: Detour) -> Client:
    """A client like that of `prepare` whose calls all go to `detour`, whatever proxies are set."""
    return httpx2.AsyncClient(
        timeout=_TIMEOUT, headers=_HEADERS, transport=_Detoured(detour), trust_env=False
    )


class Hears(Protocol):
    """Hears what a client sends and what it is answered. Headers are pairs, bodies as they came."""

    def sends(self, method: str, url: str, headers: Pairs, body: bytes) -> None:
        """A request leaves."""

    def hears(self, status: int, headers: Pairs, body: bytes) -> None:
        """Its answer has come, whole or as far as it was read."""


Pairs = list[tuple[str, str]]


class _Overheard(httpx2.AsyncByteStream):
    """The bytes of an answer, which are handed to a `Hears` as well when the answer is closed."""

    def __init__(self, response: httpx2.Response, hears: Hears) -> None:
        self._response, self._hears = response, hears
        self._stream = response.stream
        self._read = bytearray()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx2.AsyncByteStream)  # noqa: S101  (of an async client)
        async for chunk in self._stream:
            self._read += chunk
            yield chunk

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx2.AsyncByteStream)  # noqa: S101  (of an async client)
        await self._stream.aclose()
        response = self._response
        headers = list(response.headers.multi_items())
        self._hears.hears(response.status_code, headers, bytes(self._read))


def prepare(base_url: str, *, proxy: SecretStr | None, hears: Hears | None = None) -> Client:
    """A client for calls to `base_url` that follows nothing and retries nothing, not opened yet.

    `proxy` is `UPSTOX_PROXY`, beside which no proxy of the environment counts. Otherwise all is
    read that the environment says of proxies; and of certificates in any case. `hears` is told of
    what the client sends and receives. Raises `ConfigurationError`, which names the variable and
    never its value.
    """
    if proxy is None:
        check_proxies()
    trust = trust_for(base_url)
    # A proxy has no way to this machine's own loopback, however that is spelt.
    near = is_loopback(httpx2.URL(base_url).host)
    client = httpx2.AsyncClient(
        timeout=_TIMEOUT,
        headers=_HEADERS,
        verify=trust,
        proxy=None if proxy is None or near else _own_proxy(proxy),
        trust_env=proxy is None and not near,
    )
    if hears is not None:
        client.event_hooks = _hooks(hears)
    return client


def _hooks(hears: Hears) -> dict[str, list[Any]]:
    async def sends(request: httpx2.Request) -> None:
        headers = list(request.headers.multi_items())
        hears.sends(request.method, str(request.url), headers, await request.aread())

    async def answered(response: httpx2.Response) -> None:
        response.stream = _Overheard(response, hears)

    return {"request": [sends], "response": [answered]}


def _own_proxy(proxy: SecretStr) -> httpx2.Proxy:
    url = proxy.get_secret_value()
    secure = url.startswith("https:")
    return httpx2.Proxy(url, ssl_context=trust_for(url) if secure else None)


async def call(
    method: str,
    url: str,
    *,
    proxy: SecretStr | None,
    step: Step | None = None,
    client: Client | None = None,
    **options: Any,
) -> Reply:
    """One request, sent once, by `client` or by a new one. It is closed afterwards.

    `proxy` is `UPSTOX_PROXY`, for `prepare`.

    Raises `UpstoxUnavailableError` (`NETWORK`, `TIMEOUT`) where no whole answer came, and what
    `prepare` raises before anything is sent.
    """
    target = httpx2.URL(url)
    try:
        async with (
            client or prepare(url, proxy=proxy) as http,
            asyncio.timeout(TOTAL_SECONDS),
            http.stream(method, url, **options) as response,
        ):
            headers = dict(response.headers)
            body = _unpacked(await _packed(response, step), headers, target.host, step)
            return Reply(response.status_code, headers, body)
    except (httpx2.TimeoutException, TimeoutError):
        raise UpstoxUnavailableError(
            f"{target.host} did not answer in time.",
            code="TIMEOUT",
            step=step,
            hint=(
                "Run again in a minute. This limit is fixed; UPSTOX_TIMEOUT is that of a login "
                "in the browser."
            ),
        ) from None
    except httpx2.HTTPError as error:
        named = proxy_of(target.scheme, target.host, own=proxy is not None)
        raise _no_answer(target, error, step, named) from None


async def _packed(response: httpx2.Response, step: Step | None) -> bytes:
    """The body as it came, which may be compressed."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_BODY:
            raise _too_large(response.url.host, step)
    return bytes(body)


def _unpacked(body: bytes, headers: Mapping[str, str], host: str, step: Step | None) -> bytes:
    """The body without its encoding, never more than `MAX_BODY` of it in memory.

    An answer that is packed twice is refused: it could hold a million times its own size.
    """
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"} or not body:
        return body
    if encoding not in {"gzip", "x-gzip"}:
        raise bad_answer(f"{host} sent an answer in an encoding that was not asked for.", step)
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = decoder.decompress(body, MAX_BODY + 1)
    except zlib.error:
        raise bad_answer(f"{host} sent an answer that cannot be unpacked.", step) from None
    if len(plain) > MAX_BODY:
        raise _too_large(host, step)
    if not decoder.eof:
        raise bad_answer(f"{host} sent an answer that cannot be unpacked.", step)
    return plain


def _too_large(host: str, step: Step | None) -> UpstoxError:
    return bad_answer(f"{host} sent an answer of over {MAX_BODY} bytes.", step)


def bad_answer(message: str, step: Step | None) -> UpstoxError:
    """The error of an answer that makes no sense: of the exchange only where it was one."""
    if step == "exchange":
        return TokenExchangeError(message, code="BAD_RESPONSE", step=step)
    return UpstoxUnavailableError(message, code="SERVER_ERROR", step=step)


_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
"""The system's number of a failure, which its words follow."""


def _no_answer(
    url: httpx2.URL, error: httpx2.HTTPError, step: Step | None, proxy: str | None
) -> UpstoxError:
    """The error of a request that no answer came to; a proxy's fault is told as the proxy's.

    `proxy` is the variable that names it, None where there is none.
    """
    reason = _reason(error)
    if isinstance(error, httpx2.ProxyError):
        who = proxy or "the proxy"
        hint = "Ask whoever runs that proxy"
        hint += "." if proxy == OWN_PROXY else f", or except {url.host} from it with NO_PROXY."
        if reason.startswith("407") or "auth" in reason.lower() or "password" in reason.lower():
            hint = f"Correct user name and password in {who}. {PERCENT}"
        message = f"The proxy that {who} names refused to connect to {url.host}: {reason}."
        return UpstoxUnavailableError(message, code="NETWORK", step=step, hint=hint)
    if proxy and isinstance(error, httpx2.ConnectError) and not _is_about_tls(error):
        return UpstoxUnavailableError(
            f"The proxy that {proxy} names cannot be reached: {reason}.",
            code="NETWORK",
            step=step,
            hint=f"Check the address in {proxy}, and that the proxy there is running.",
        )
    return UpstoxUnavailableError(
        f"The connection to {url.host} failed: {reason}.", code="NETWORK", step=step
    )


def _reason(error: httpx2.HTTPError) -> str:
    """Why no answer came: in the system's words where a connection could not be made."""
    if isinstance(error, httpx2.ConnectError):
        for cause in _causes(error):
            if isinstance(cause, ConnectionError) and cause.errno:
                return os.strerror(cause.errno)
    return _NUMBER.sub("", quotable(str(error))).rstrip(".") or type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came of; of several addresses that were tried, the first."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        else:
            error = error.__cause__ or error.__context__


def _is_about_tls(error: BaseException | None) -> bool:
    """Whether an error or its cause is about TLS, which begins once the proxy has connected."""
    return any(isinstance(each, ssl.SSLError) for each in _causes(error))


def quotable(text: str) -> str:
    """The beginning of somebody else's text, for a message: on one line and without secrets."""
    # It is made printable first, since an invisible character within a secret would hide it from
    # the redactor.
    clean = redactor.redact(one_line(text[:_MAX_QUOTED]))
    words = " ".join(clean.split())
    if len(words) > MAX_WORDS:
        return f"{words[:MAX_WORDS]}…"
    # Where the text was cut, the last word may be the beginning of a secret.
    return words if len(text) <= _MAX_QUOTED else f"{words.rpartition(' ')[0]}…"


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
        None if code is None else quotable(str(code))[:40],
        quotable(message) if isinstance(message, str) else None,
    )


def oauth_error(data: Any) -> str | None:
    """The `error` of a refusal as OAuth writes it (RFC 6749, 5.2), None where there is none."""
    error = data.get("error") if isinstance(data, dict) else None
    return error if isinstance(error, str) and error.strip() else None


def is_error(data: Any) -> bool:
    """Whether a body is an error envelope, whatever the status it came with."""
    return isinstance(data, dict) and (
        data.get("status") == "error"
        or envelope_error(data) != (None, None)
        or oauth_error(data) is not None
    )


def means_dead_token(error: UpstoxError) -> bool:
    """Whether Upstox itself has said that the token is no longer good.

    A 401 without its code may be a gateway's, which knows nothing of the token.
    """
    return isinstance(error, NotLoggedInError) and error.upstox_code == DEAD_TOKEN_CODE


_COMPARE_AT_DIALOG = (
    "Compare UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI with the app in Upstox's developer console, "
    "character by character."
)


def error_of(status: int, data: Any, *, step: Step | None = None, text: str = "") -> UpstoxError:
    """The typed error for an answer of api.upstox.com that is not a success.

    `data` is the body as JSON, `text` as it came. What it says is quoted, without secrets.
    """
    code, message = envelope_error(data)
    blocked = None if code else _cloudflare_number(text)
    if blocked is not None:
        return _cloudflare_error(blocked, step)
    if status == 407:
        return UpstoxUnavailableError(
            "A proxy on the way to Upstox wants a user name and a password (HTTP 407).",
            code="NETWORK",
            step=step,
            hint=(
                f"Put them into {OWN_PROXY}, or where that is not set into HTTPS_PROXY, HTTP_PROXY "
                f"or ALL_PROXY. {PERCENT}"
            ),
        )
    words = message or _other_words(data, text)
    said = f"Upstox answered HTTP {status}" + (f": {words}" if words else "")
    if not words and data is None:
        said += " with something that is not JSON (a gateway's page, most likely)"
    if not said.endswith((".", "…")):
        said += "."
    oauth = None if code else oauth_error(data)
    at_dialog = step == "open" or code == _DIALOG_CODE
    compare = _COMPARE_AT_DIALOG if at_dialog else None
    if oauth in {"invalid_client", "unauthorized_client"}:
        return CredentialsRejectedError(said, code="CLIENT_REJECTED", step=step, hint=compare)
    if oauth == "invalid_grant":
        return TokenExchangeError(said, code="CODE_REJECTED", step=step)
    if code in _CLIENT_CODES:
        return CredentialsRejectedError(
            said, code="CLIENT_REJECTED", upstox_code=code, step=step, hint=compare
        )
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
    if step is None:
        return bad_answer(said, step)
    return TokenExchangeError(said, code="BAD_RESPONSE", upstox_code=code, step=step)


def _other_words(data: Any, text: str) -> str:
    """What a refusal says that is no envelope: OAuth's two members, a message, or plain text."""
    if isinstance(data, dict):
        found = [data.get(name) for name in ("error", "error_description", "message")]
        return quotable(": ".join(each for each in found if isinstance(each, str) and each))
    if isinstance(data, str):
        return quotable(data)
    return "" if data is not None or "<" in text else quotable(text)


def _cloudflare_number(text: str) -> str | None:
    """The number of Cloudflare's refusal, None where the answer is not Cloudflare's."""
    found = _CLOUDFLARE.search(text)
    # In plain text that line is all there is; pages and JSON name Cloudflare.
    if found is None or not (found[0] == text.strip() or "cloudflare" in text.lower()):
        return None
    return found[1]


def _cloudflare_error(number: str, step: Step | None) -> UpstoxError:
    """The error of a block by Cloudflare: Upstox itself has not seen the request."""
    said = f"Cloudflare, which stands in front of Upstox, refused the request (error {number})"
    if number == "1015":
        return LoginBlockedError(f"{said}: too many requests.", code="RATE_LIMITED", step=step)
    return UpstoxUnavailableError(
        f"{said}: {_CLOUDFLARE_REASONS.get(number, 'it does not say why')}.",
        code="NETWORK",
        step=step,
        hint=(
            "Upstox itself has refused nothing. Run it from another connection, best a home or "
            "office in India, without a proxy or VPN; if it stays, ask Upstox to allow the address."
        ),
    )
