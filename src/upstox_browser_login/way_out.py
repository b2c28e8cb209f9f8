"""The way out of this machine as the environment describes it: proxies and certificates."""

from __future__ import annotations

import os
import re
import ssl
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from .errors import ConfigurationError
from .redaction import redactor
from .settings import is_loopback, socks_problem

OWN_PROXY = "UPSTOX_PROXY"
"""The setting beside which no proxy of the environment counts."""

PERCENT = "Special characters in them are percent-encoded: @ is %40, # is %23."

_HASHED = re.compile(r"[0-9a-fA-F]{8}\.\d+")
"""How OpenSSL finds a certificate in a folder: by the hash of its name."""


# -- proxies ---------------------------------------------------------------------------------------


def check_proxies() -> None:
    """Raise `ConfigurationError` for a proxy whose address cannot be used.

    It names the variable, never its value. Passwords in the addresses become known as secrets.
    """
    proxies = getproxies()
    for scheme in ("http", "https", "all"):
        address = proxies.get(scheme)
        if not address:
            continue
        if (problem := _problem_of(address)) is not None:
            raise ConfigurationError(
                f"{_name_of(scheme)}: {problem}.",
                hint=(
                    "Write http://HOST:PORT, https://, socks5:// or socks5h://, with "
                    f"USER:PASSWORD@ before the host if the proxy asks for them. {PERCENT}"
                ),
            )


def _problem_of(address: str) -> str | None:
    """Why this address of a proxy cannot be used, None where it can."""
    url = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(url)
        redactor.register(unquote(parts.password or ""), "password of a proxy")
        if (problem := socks_problem(url)) is not None:
            return f"the address of the proxy {problem}"
        proxy, port = httpx2.Proxy(url), parts.port
    except (ValueError, httpx2.InvalidURL):
        return "the address of the proxy cannot be read"
    if port == 0 or re.search(r"\s", url):
        return "the address of the proxy cannot be read"
    if not proxy.url.host:
        return "the address of the proxy names no host"
    if proxy.url.path not in {"", "/"} or proxy.url.query or proxy.url.fragment:
        # A password with a raw / # or ? ends the host before its time.
        return "the address of the proxy has something behind its host and port"
    return None


def proxy_of(scheme: str, host: str, *, own: bool) -> str | None:
    """The variable that names the proxy on the way to `host`, None where there is no proxy.

    `own`: `UPSTOX_PROXY` is set.
    """
    # A proxy has no way to this machine's own loopback, so that none is asked.
    if is_loopback(host) or (proxy_bypass(host) and not own):
        return None
    if own:
        return OWN_PROXY
    proxies = getproxies()
    return next((_name_of(each) for each in (scheme, "all") if proxies.get(each)), None)


def _name_of(scheme: str) -> str:
    """The variable that sets the proxy of a scheme, as it is spelt in the environment."""
    spelt = [name for name in os.environ if name.lower() == f"{scheme}_proxy"]
    # Where there are both, Python takes the one in lower case.
    return max(spelt, default="the system's proxy setting")


# -- certificates ----------------------------------------------------------------------------------


def trust_for(base_url: str) -> ssl.SSLContext:
    """Whose certificates are believed: those of SSL_CERT_FILE, SSL_CERT_DIR or the system.

    Raises `ConfigurationError`, which names the variable, where they cannot be had.
    SSLKEYLOGFILE is not honoured: whoever can set it could read the token.
    """
    checked = urlsplit(base_url).scheme == "https"
    for name, read in (("SSL_CERT_FILE", _of_file), ("SSL_CERT_DIR", _of_folders)):
        if path := os.environ.get(name):
            return _named_trust(name, path, read, checked=checked)
    if not checked:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = _of_system()
    if _is_empty(context):
        raise ConfigurationError(
            "This machine has no certificates to know Upstox by.",
            hint="Install the package ca-certificates, or set SSL_CERT_FILE to a file of them.",
        )
    return context


class _Read(Protocol):
    def __call__(self, path: str, *, checked: bool) -> ssl.SSLContext:
        """Raises `OSError` or `ValueError` where there are no certificates.

        Without TLS none is `checked`, so that they are only looked for: to read them takes long.
        """


def _named_trust(name: str, path: str, read: _Read, *, checked: bool) -> ssl.SSLContext:
    try:
        return read(path, checked=checked)
    except (OSError, ValueError) as error:
        # An SSLError is an OSError as well; its text is about the content.
        reason = "it holds no certificates that can be read"
        if not isinstance(error, ssl.SSLError):
            reason = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(
            f"What {name} names cannot be used: {reason}.",
            hint=f"Set {name} to certificates in PEM format, or leave it out for the system's.",
        ) from None


@cache
def _of_file(path: str, *, checked: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if checked:
        context.load_verify_locations(cafile=path)
    elif b"-----BEGIN " not in Path(path).read_bytes():
        raise ValueError("it holds nothing in PEM format")
    return context


@cache
def _of_folders(paths: str, *, checked: bool) -> ssl.SSLContext:
    # OpenSSL looks into a folder only when it meets a certificate, which is too late for us.
    if not any(_has_certificates(folder) for folder in paths.split(os.pathsep)):
        raise ValueError("it holds no certificates under their hashes (see `openssl rehash`)")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if checked:
        context.load_verify_locations(capath=paths)
    return context


@cache
def _of_system() -> ssl.SSLContext:
    # Reading them takes longer than a call.
    return httpx2.create_ssl_context(trust_env=False)


def _is_empty(context: ssl.SSLContext) -> bool:
    """Whether `context` believes nobody. On macOS and Windows the system decides itself."""
    if type(context) is not ssl.SSLContext or context.cert_store_stats()["x509_ca"]:
        return False
    return not _has_certificates(ssl.get_default_verify_paths().openssl_capath)


def _has_certificates(folder: str) -> bool:
    path = Path(folder)
    return path.is_dir() and any(_HASHED.fullmatch(each.name) for each in path.iterdir())
