"""Hosts and addresses, as the rules of the settings judge them."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from upstox_browser_login.redaction.spellings import TOO_SHORT


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very name: 127.0.0.0/8, ::1 or localhost."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_upstox_host(host: str) -> bool:
    """Whether `host` is upstox.com or one of its subdomains."""
    # In full: to a browser a backslash ends the host, to urlsplit it is one of its letters.
    return re.fullmatch(r"([a-z0-9_-]+\.)*upstox\.com", host) is not None


def http_url(value: str) -> str:
    """`value`, an http or https address. Raises `ValueError` for anything else."""
    valid = is_address(value, {"http", "https"})
    # Whatever cannot be printed is not what Upstox has: an invisible character, an odd space.
    if not valid or " " in value or not value.isprintable():
        raise ValueError("must be an absolute http or https address")
    host = urlsplit(value).hostname or ""
    if _READ_OTHERWISE.search(host):
        raise ValueError(
            "has a letter in its host that programs read in different ways; write the host as a "
            "browser shows it once the page is open, which begins with xn--"
        )
    if spelled_for_chromium(host) is None:
        raise ValueError("must have a host of letters, digits, dots and dashes")
    return value


_READ_OTHERWISE = re.compile("[\u00df\u03c2]")
"""Letters that Chromium keeps in the name of a host, and Python replaces: ß, a sigma at an end."""


def in_ascii(host: str) -> str:
    """The name of a host in punycode. Raises `UnicodeError` for one that has none."""
    if _READ_OTHERWISE.search(host):
        raise UnicodeError("Python's punycode is not that of Chromium")
    return host if host.isascii() else host.encode("idna").decode("ascii")


def spelled_for_chromium(host: str) -> str | None:
    """A host as Chromium compares it: lower case, punycode, IPv6 in brackets; None for no host."""
    bare = host.strip("[]")
    try:
        spelled = f"[{bare}]" if ip_address(bare).version == 6 else bare
    except ValueError:
        try:
            spelled = in_ascii(bare).lower()
        except UnicodeError:
            return None
    # A blank or a comma would end a rule of Chromium's command line and start another, and a star
    # would be every host.
    valid = re.fullmatch(r"[._-]*[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9a-f:.]+\]", spelled)
    return spelled if valid else None


CDP = ("cdp+ws", "cdp+wss")
"""Schemes of a browser that speaks Chromium's own protocol over a WebSocket.

`ws://` alone is a server of Playwright's.
"""

CLEAR_TEXT = ("ws", "http", "cdp+ws")
"""Schemes of a remote browser that anybody on the way can read."""

_OF_A_PROXY = ("http", "https", "socks5", "socks5h")

_ADVICE = "percent-encode it there (# is %23, ? is %3F, @ is %40, / is %2F, % is %25)"


def refuse_special_characters(address: str) -> None:
    """Raise `ValueError` for an address whose user or password would be read as something else.

    `redis://:a#b@host` means the host "" to one reader, and `redis://a?b@host` the host "a".
    """
    rest = address.partition("://")[2]
    login, at, place = rest.rpartition("@")
    odd = re.search(r"[#?@/\\\[\]\s]|%(?![0-9A-Fa-f]{2})", login) if at else None
    if odd or "#" in place:
        raise ValueError(f"has a special character in its user, password or options; {_ADVICE}")


def is_address(text: str, schemes: set[str]) -> bool:
    """Whether `text` is an absolute address of one of these schemes."""
    return is_readable(text) and urlsplit(text).scheme in schemes and bool(urlsplit(text).hostname)


def is_readable(text: str) -> bool:
    """Whether `text` can be taken apart as an address. The reasons against it would quote it."""
    try:
        _ = urlsplit(text).port
    except ValueError:
        return False
    return True


SECRET_LENGTH = 8
"""Characters from which on a part of an address or a header is a secret: shorter ones are words."""


PASSWORD_LENGTH = TOO_SHORT
"""Characters from which on it is one where a password stands, or what is called a key."""


_OF_A_SECRET = re.compile(r"key|token|secret|pass|auth", re.IGNORECASE)
_A_SECRET = re.compile(r"(\w*[_-])?(api)?(key|token|secret|pass|password)", re.IGNORECASE)


_NO_KEYS = frozenset({"true", "false", "none", "null", "auto"})


def secrets_of_query(query: str) -> set[str]:
    """The values of a query that may be keys, as they stand and decoded; other words stay."""
    found = set()
    for name, _, value in (each.partition("=") for each in query.split("&")):
        shortest = PASSWORD_LENGTH if _A_SECRET.fullmatch(name) else SECRET_LENGTH
        is_key = _OF_A_SECRET.search(name) or re.search(r"\d", value)
        if is_key and len(value) >= shortest and value.lower() not in _NO_KEYS:
            found |= {value, unquote(value)}
    return found


def _names_host(netloc: str) -> bool:
    """Whether this is a host, with its port perhaps: some services have a token in its place."""
    host = re.sub(r":\d+\Z", "", netloc)
    if is_loopback(host.strip("[]")) or re.fullmatch(r"\[[0-9a-fA-F:.]+\]", host):
        return True
    # Its last name is one of letters, or a number of an address.
    return re.fullmatch(r"(?:[\w-]+\.)+(?:[A-Za-z]{2,24}|xn--[\w-]+|\d{1,3})\.?", host) is not None


def secrets_of_notices(addresses: str) -> set[str]:
    """What the redactor has to know of addresses as apprise writes them.

    Each as a whole, and its parts: with many services a password stands in the path, the query or
    the place of the host.
    """
    found = set()
    for address in re.split(r"[\s,]+(?=\w+://)", addresses.strip()):
        found.add(address)
        netloc, *rest = re.split(r"[/?&]", address.partition("://")[2])
        user, _, host = netloc.rpartition("@")
        # Where it names no host, a token stands there, or several of them.
        token = "" if _names_host(host) else host
        for password in user.split(":")[1:]:
            if len(password) >= PASSWORD_LENGTH:
                found |= {password, unquote(password)}
        found |= secrets_of_query(address.partition("?")[2])
        for part in (*user.split(":"), token, *re.split("[:.]", token), *rest):
            for piece in (part, part.partition("=")[2]):
                if len(piece) >= SECRET_LENGTH:
                    found |= {piece, unquote(piece)}
    return found


def socks_problem(address: str) -> str | None:
    """Why a SOCKS proxy of this scheme cannot be used, None where it can or is none."""
    scheme = address.partition("://")[0].strip().lower()
    if scheme in {"socks4", "socks4a"}:
        return (
            "is that of a SOCKS 4 proxy, which cannot be used; SOCKS 5 can, as socks5://HOST:PORT"
        )
    if scheme == "socks":
        # As GNOME sets it; curl takes it for SOCKS 4, others for SOCKS 5.
        return "says socks://, which may be version 4 or 5; write socks5:// if it is SOCKS 5"
    return None


def proxy_problem(address: str) -> str | None:
    """Why browser and calls cannot both use this proxy, None where they can.

    Chromium reads credentials of no SOCKS proxy: it has no way to log in to one.
    """
    try:
        refuse_special_characters(address)
    except ValueError as error:
        return str(error)
    if (problem := socks_problem(address)) is not None:
        return problem
    if re.search(r"\s", address) or not is_address(address, {*_OF_A_PROXY}):
        return "must be an http://, https:// or socks5:// address with a host"
    parts = urlsplit(address)
    if spelled_for_chromium(parts.hostname or "") is None or parts.port == 0:
        return "must have a host of letters, digits, dots and dashes, and a port that exists"
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        return "has something behind its host and port"
    if parts.scheme.startswith("socks") and (parts.username or parts.password):
        return (
            "has a user or password for a SOCKS proxy, and Chromium cannot log in to one; use an "
            "http:// proxy, or let the proxy know this machine by its address"
        )
    return None
