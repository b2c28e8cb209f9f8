"""One plain HTTP call to Upstox, and why none was answered. The only user of httpx2."""

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
    Step,
    UpstoxError,
    UpstoxUnavailableError,
)
from .redaction import Concealed
from .refusals import bad_answer, error_of, quotable
from .settings import is_loopback
from .way_out import OWN_PROXY, PERCENT, check_proxies, proxy_of, trust_for

MAX_BODY = 1_000_000
"""Bytes, packed and unpacked. Upstox's answers are a few kilobytes; more is somebody else's."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TOTAL_SECONDS = 45.0
"""A server that sends a byte now and then would keep the other two limits for ever."""

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


class Reply(Concealed, frozen=True):
    """What came back: status, lower-case headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Reply(status={self.status})"

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
    if not decoder.eof or decoder.unused_data:
        raise bad_answer(f"{host} sent an answer that cannot be unpacked.", step)
    return plain


def _too_large(host: str, step: Step | None) -> UpstoxError:
    return bad_answer(f"{host} sent an answer of over {MAX_BODY} bytes.", step)


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
    """Why no answer came: in the system's words where it has any."""
    if isinstance(error, httpx2.NetworkError):
        for cause in _causes(error):
            if isinstance(cause, ConnectionError) and cause.errno:
                return os.strerror(cause.errno)
    told = _NUMBER.sub("", quotable(str(error))).rstrip(".")
    if told:
        return told
    return next((words for kind, words in _UNTOLD if isinstance(error, kind)), "no answer came")


_UNTOLD: tuple[tuple[type[httpx2.HTTPError], str], ...] = (
    (httpx2.ConnectError, "it could not be made"),
    (httpx2.ReadError, "it broke off before the answer was there"),
    (httpx2.WriteError, "it broke off before the request was sent"),
    (httpx2.CloseError, "it broke off as it was closed"),
    (httpx2.RemoteProtocolError, "what came back is no HTTP"),
    (httpx2.LocalProtocolError, "the request cannot be sent by HTTP"),
    (httpx2.UnsupportedProtocol, "its address is neither http nor https"),
    (httpx2.ProxyError, "it gave no reason"),
)
"""What is said of errors that say nothing themselves."""


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
