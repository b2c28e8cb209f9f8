"""Where credentials may be typed, and which address must never be contacted."""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from upstox_browser_login.settings import Settings, is_loopback, is_upstox_host

LOGIN_HOSTS = frozenset(f"{name}.upstox.com" for name in ("login", "api", "api-v2", "service"))
"""Hosts of Upstox's login: the rest of upstox.com is its website, shop and forum."""

WEBSITE = frozenset({"upstox.com", "www.upstox.com"})
"""Hosts of its website, which has forms of its own that ask for a number."""

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def _host_port(parts: SplitResult) -> tuple[str, int]:
    try:
        port = parts.port
    except ValueError:
        port = None
    return _as_chromium(parts.hostname or ""), port or _PORTS.get(parts.scheme, 0)


def _as_chromium(host: str) -> str:
    """Spell a host as Chromium does in the addresses that it asks for.

    One host has many spellings: 127.1, 0x7f.1, [0:0::1], bücher.example, a dot at the end.
    """
    host = host.rstrip(".").lower()
    try:
        if ":" in host:
            return str(ip_address(host))
        if re.fullmatch(r"[0-9a-fx.]+", host) and re.match(r"\d", host.rpartition(".")[2]):
            return socket.inet_ntoa(socket.inet_aton(host))
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except (OSError, ValueError):
        return host


def _plain(path: str) -> str:
    """A path as it compares: `/` and nothing are the same, and so are `%2F` and `/`."""
    return unquote(path).rstrip("/")


class Origins(Struct, frozen=True):
    """The two promises about origins, made from the settings once."""

    api_host: str
    """Where the dialog is. One that is not Upstox's is trusted with any port and scheme."""
    redirect_host: str
    redirect_port: int
    redirect_path: str
    shares_api: bool = False
    """Whether the redirect URI lies on the very origin of the API."""

    @classmethod
    def of(cls, settings: Settings) -> Origins:
        """The origins of these settings, which need a redirect URI."""
        base = urlsplit(settings.api_base_url)
        # Settings let nothing through but Upstox's own and what the user has explicitly allowed.
        api = (base.hostname or "").lower()
        redirect = urlsplit(settings.redirect_uri or "")
        host, port = _host_port(redirect)
        shared = (host, port) == _host_port(base)
        return cls(api, host, port, redirect.path or "/", shared)

    def trusted(self, url: str) -> bool:
        """Whether credentials may be typed on the page of this address."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        host = (parts.hostname or "").lower()
        is_api = host == self.api_host
        if parts.scheme == "https":
            return is_api or host in LOGIN_HOSTS
        return parts.scheme == "http" and is_api and not is_upstox_host(host)

    def is_redirect(self, url: str) -> bool:
        """Whether this address is redirect_uri's, which no request may reach.

        The host decides, not the path: nothing there is anybody's business. On this machine,
        where many services share a host, the port decides as well; and where the redirect URI
        lies on an origin that the login itself needs, so does its path.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if parts.scheme not in _PORTS:
            return False
        host, port = _host_port(parts)
        if host != self.redirect_host:
            return False
        needed = is_upstox_host(host) or self.shares_api
        if (needed or is_loopback(host) or host == self.api_host) and port != self.redirect_port:
            return False
        return (parts.path or "/") == self.redirect_path if needed else True

    def is_answer(self, url: str) -> bool:
        """Whether this is the redirect URI itself, with whatever Upstox has appended."""
        return self.is_redirect(url) and _plain(urlsplit(url).path) == _plain(self.redirect_path)

    @property
    def blocked_hosts(self) -> tuple[str, ...]:
        """For the browser's resolver: hosts that do not exist for it.

        Empty where the login itself needs the host and port of the redirect URI.
        """
        host, port = self.redirect_host, self.redirect_port
        if is_upstox_host(host) or self.shares_api or not host:
            return ()
        named = f"[{host}]" if ":" in host else host
        if host == self.api_host or is_loopback(host):
            return (f"{named}:{port}",)
        return (named,)
