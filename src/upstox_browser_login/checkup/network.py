"""The way to Upstox: proxy, certificates, the dialog, the clock, and the address that it sees."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import NotLoggedInError, UpstoxError
from upstox_browser_login.extras import adding
from upstox_browser_login.http import Reply, call
from upstox_browser_login.oauth import dialog_url, new_state
from upstox_browser_login.refusals import STATIC_IP_CODES, means_dead_token
from upstox_browser_login.session.standing import in_place_of_login
from upstox_browser_login.settings import Settings
from upstox_browser_login.token import Token
from upstox_browser_login.way_out import check_proxies, proxy_of, trust_for

from .check import Check, failed, fine, noted, warned

Ask = Callable[[str], Awaitable[Reply]]
"""Makes one GET request."""

EXACT_SECONDS = 2.0
"""Less than this is the resolution of the `Date` header."""

CORRECTED_SECONDS = 300.0
"""A clock that is wrong by more than this breaks certificates and log files as well."""

EDGE = "/cdn-cgi/trace"
"""Cloudflare, which serves Upstox's hosts, tells there what it knows of a connection."""

_ANOTHER = "Correct the address behind --address-from, or name another service there."
_UNDERSTOOD = (
    "Its answer has to be the IP address alone, a line `ip=…`, or JSON with `ip` or `origin`."
)


def asking(settings: Settings) -> Ask:
    """What makes one GET request, and raises `UpstoxError` where no answer came."""

    async def ask(url: str) -> Reply:
        return await call("GET", url, proxy=settings.proxy)

    return ask


def check_proxy(settings: Settings) -> Check:
    """Whether the proxies that are named can be used, and which one is."""
    name, parts = "proxy", urlsplit(settings.api_base_url)
    own = settings.proxy is not None
    try:
        if not own:
            check_proxies()
    except UpstoxError as error:
        return failed(name, error)
    host = parts.hostname or ""
    used = proxy_of(parts.scheme, host, own=own)
    if used is None:
        return fine(name, f"None is used on the way to {host}.")
    message = f"{used} names the proxy on the way to {host}."
    return (
        fine(name, message) if settings.proxy is None else _own(settings.proxy, message, settings)
    )


def _own(proxy: SecretStr, message: str, settings: Settings) -> Check:
    """What else goes by `UPSTOX_PROXY`, and what does not."""
    store = "" if settings.deferred("token_store") else settings.token_store.get_secret_value()
    if store.startswith(("redis:", "rediss:")):
        message += " Redis is reached without it."
    if not settings.is_set("notify_urls"):
        return fine("proxy", message)
    message += " Notices that are sent over HTTP go by it as well, mail does not."
    if proxy.get_secret_value().startswith("socks") and find_spec("socks") is None:
        return warned(
            "proxy",
            f"{message} No notice can be sent by a SOCKS proxy, since a package is missing.",
            f"Run `{adding('requests[socks]')}`.",
        )
    return fine("proxy", message)


def check_certificates(settings: Settings) -> Check:
    """Whether there are certificates to know Upstox by."""
    name = "certificates"
    try:
        trust_for(settings.api_base_url)
    except UpstoxError as error:
        return failed(name, error)
    return fine(name, "The certificates that Upstox's is checked against can be read.")


class Met(Struct, frozen=True):
    """What came of a request for the dialog, and when; times are epoch seconds."""

    reply: Reply | None
    error: UpstoxError | None
    began: float
    ended: float


async def meet(settings: Settings, clock: Clock, ask: Ask | None = None) -> Met:
    """Ask for the dialog as a browser would, and follow nothing."""
    ask = ask or asking(settings)
    url = settings.api_base_url
    if settings.client_id is not None and settings.redirect_uri is not None:
        url = dialog_url(settings, new_state())
    began = clock.time()
    try:
        reply: Reply | None = await ask(url)
        error = None
    except UpstoxError as raised:
        reply, error = None, raised
    return Met(reply, error, began, clock.time())


_BY_BROWSER = "Run `upstox-browser-login doctor --page`, which asks with the browser."


def check_dialog(settings: Settings, met: Met) -> Check:
    """Whether Upstox's dialog answers, and whether it knows the app."""
    name = "Upstox"
    host = urlsplit(settings.api_base_url).hostname or ""
    reply = met.reply
    if reply is None:
        assert met.error is not None  # noqa: S101  (one of the two is there)
        return failed(name, met.error)
    took = f"{met.ended - met.began:.2f} s"
    if settings.client_id is None or settings.redirect_uri is None:
        return fine(
            name,
            f"{host} answers within {took}, with HTTP {reply.status}. The login's dialog was not "
            "asked for: that takes UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI.",
        )
    if reply.status < 400:
        to = urlsplit(reply.headers.get("location", "")).hostname
        if to:
            found = f"The dialog on {host} knows the app and leads to {to}, within {took}."
            return fine(name, f"{found} The page there was not opened by this check.")
        return warned(
            name,
            f"{host} answers within {took}, but not as Upstox's dialog does, which leads on to the "
            "login page: whether it knows the app was not seen.",
            f"See that UPSTOX_API_BASE_URL is right. {_BY_BROWSER}",
        )
    if reply.status in {401, 403} and reply.data is None:
        return warned(
            name,
            f"{host} refuses this program with HTTP {reply.status}, as its gateway does with "
            "programs that are no browser.",
            _BY_BROWSER,
        )
    return failed(name, reply.error("open"))


def check_clock(met: Met) -> Check:
    """How far this machine's clock is from Upstox's."""
    name = "clock"
    skew = None if met.reply is None else skew_of(met.reply, (met.began + met.ended) / 2)
    if skew is None:
        return warned(name, "It could not be compared with Upstox's: no answer told the time.")
    if abs(skew) < EXACT_SECONDS:
        return fine(name, "It agrees with Upstox's to within 2 s.")
    side = "behind" if skew > 0 else "ahead of"
    message = f"It is {abs(skew):.0f} s {side} Upstox's; a login corrects its codes for that."
    if abs(skew) >= CORRECTED_SECONDS:
        message += " Certificates and stored times are still checked by the wrong clock."
    return warned(name, message, "Let the machine set its clock over the network (NTP).")


def skew_of(reply: Reply, now: float) -> float | None:
    """Upstox's clock minus ours at `now`, seconds; None where the answer has no time."""
    try:
        there = parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, TypeError, IndexError):
        return None
    there = there if there.tzinfo is not None else there.replace(tzinfo=UTC)
    # A second is cut off, so that the middle of it is meant.
    return there.timestamp() + 0.5 - now


async def check_address(settings: Settings, asked: str | None, ask: Ask | None = None) -> Check:
    """The address that Upstox sees, to which an app may be bound.

    Upstox's own hosts are asked, and nobody else unless a person names the address (`asked`).
    """
    ask = ask or asking(settings)
    name = "address"
    url = asked or f"{settings.api_base_url}{EDGE}"
    host = urlsplit(url).hostname or ""
    try:
        reply = await ask(url)
    except UpstoxError as error:
        if asked is None:
            return noted(name, error)
        return warned(name, f"It is not known: {host} gave no answer. {error.message}", _ANOTHER)
    found = address_in(reply) if reply.status == 200 else None
    remote = ""
    if settings.browser_url is not None:
        remote = " The browser is on another machine, and may have another address."
    if found is not None:
        return fine(
            name,
            f"{host} sees this machine as {found}.{remote}",
            "An app that is bound to a static IP must have this one in the developer console.",
        )
    message = f"It is not known: {host} does not tell which one it sees.{remote}"
    if asked is not None:
        return warned(name, message, f"{_ANOTHER} {_UNDERSTOOD}")
    hint = "To ask another service, name it: `upstox-browser-login doctor --address-from URL`."
    return Check(name, "skipped", message, hint)


def address_in(reply: Reply) -> str | None:
    """The address in an answer: a line `ip=…`, a JSON object's `ip` or `origin`, or it alone."""
    data: Any = reply.data
    told = [data.get("ip"), data.get("origin")] if isinstance(data, dict) else []
    text = reply.text[:4096]
    told += [*re.findall(r"^ip=(\S+)\s*$", text, re.MULTILINE), text.strip()]
    for each in told:
        try:
            return str(ip_address(str(each)))
        except ValueError:
            continue
    return None


async def check_accepted(settings: Settings, token: Token) -> Check:
    """Whether Upstox accepts the stored token, from this machine's address."""
    from upstox_browser_login.api import profile

    name = "API"
    try:
        await profile(settings, token)
    except UpstoxError as error:
        if isinstance(error, NotLoggedInError) and means_dead_token(error):
            hint = in_place_of_login(settings) or "Run `upstox-browser-login login` for a new one."
            return warned(name, "Upstox no longer accepts the stored token.", hint)
        if error.upstox_code in STATIC_IP_CODES:
            return warned(name, f"The app is bound to another address: {error.message}", error.hint)
        return noted(name, error)
    return fine(name, "Upstox accepts the stored token from this address.")
