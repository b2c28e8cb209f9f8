"""Where credentials may be typed, and which address must never be reached."""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from upstox_browser_login.oauth import parts_of, query_of
from upstox_browser_login.settings import Settings, is_loopback, is_upstox_host
from upstox_browser_login.settings.addresses import in_ascii

LOGIN_HOSTS = frozenset(f"{name}.upstox.com" for name in ("login", "api", "api-v2", "service"))
"""Hosts of Upstox's login: the rest of upstox.com is its website, shop and forum."""

WEBSITE = frozenset({"upstox.com", "www.upstox.com"})
"""Hosts of Upstox's website, whose own forms ask for a number too."""

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def _host_port(parts: SplitResult) -> tuple[str, int]:
    try:
        port = parts.port
    except ValueError:
        port = None
    return _as_chromium(parts.hostname or ""), port or _PORTS.get(parts.scheme, 0)


def _as_chromium(host: str) -> str:
    """The spelling of a host in addresses that Chromium asks for.

    One host has many spellings: 127.1, 0x7f.1, [0:0::1], bücher.example, a dot at the end.
    """
    host = host.rstrip(".").lower()
    try:
        if ":" in host:
            return str(ip_address(host))
        if re.fullmatch(r"[0-9a-fx.]+", host) and re.match(r"\d", host.rpartition(".")[2]):
            return socket.inet_ntoa(socket.inet_aton(host))
        return in_ascii(host)
    except (OSError, ValueError):
        return host


def _plain(path: str) -> str:
    """A path in a form to compare: `/` and nothing are the same, and so are `%2F` and `/`."""
    return unquote(path).rstrip("/")


class Origins(Struct, frozen=True):
    """Where this login may type and which address it must not reach, by the settings."""

    api_host: str
    """The dialog's host. If it is not Upstox's, any port and scheme of it is trusted."""
    redirect_host: str
    redirect_port: int
    redirect_path: str
    shares_api: bool = False
    """Whether the redirect URI is on the API's own origin."""
    redirect_parts: frozenset[str] = frozenset()
    """What the redirect URI has of its own that could otherwise be a code."""

    @classmethod
    def of(cls, settings: Settings) -> Origins:
        """The origins for these settings, which must have a redirect URI."""
        base = urlsplit(settings.api_base_url)
        # Settings accept only Upstox's own hosts, and those that the user has explicitly allowed.
        api = (base.hostname or "").lower()
        redirect = urlsplit(settings.redirect_uri or "")
        host, port = _host_port(redirect)
        shared = (host, port) == _host_port(base)
        parts = frozenset(parts_of(settings.redirect_uri or ""))
        return cls(api, host, port, redirect.path or "/", shared, parts)

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
        """Whether an address is that of redirect_uri, which no request may reach.

        Only the host counts, since every path there is somebody else's. On this machine, where many
        services share a host, the port counts too. If the login itself needs that origin, the path
        counts as well.
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
        """Whether an address is the redirect URI with what Upstox has added."""
        return self.is_redirect(url) and _plain(urlsplit(url).path) == _plain(self.redirect_path)

    def returns(self, url: str) -> bool:
        """Whether a link to this address hands an authorization code over to the redirect URI."""
        if not self.is_answer(url):
            return False
        names = query_of(url)
        # With an error the code is that of the refusal, as behind a button to decline.
        return "code" in names and not any(each.startswith("error") for each in names)

    @property
    def blocked_hosts(self) -> tuple[str, ...]:
        """Hosts that do not exist for the browser's resolver.

        Empty if the login needs the redirect URI's host and port itself.
        """
        host, port = self.redirect_host, self.redirect_port
        if is_upstox_host(host) or self.shares_api or not host:
            return ()
        named = f"[{host}]" if ":" in host else host
        if host == self.api_host or is_loopback(host):
            return (f"{named}:{port}",)
        return (named,)
