"""Under which names a user's documents are kept.

The names are hashes, so that a folder listing, a database or a Redis does not show number and API
key. Since a mobile number can be found from its hash by trying all, what protects it are the modes
of the folders, and a name is a secret in whatever this process tells.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from urllib.parse import urlsplit

from upstox_browser_login.errors import StoreError
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings, is_upstox_host

from .known import NEEDED, KnownName, What

_PORTS = {"http": 80, "https": 443}


def known_token_key(settings: Settings) -> str | None:
    """As `token_key`, but nothing is fetched; None where one is unset or would have to be."""
    if any(not settings.is_set(name) for name in NEEDED["token"]):
        return None
    return (
        _remembered(settings, "token") if _is_unfetched(settings, "token") else token_key(settings)
    )


def known_account_key(settings: Settings) -> str | None:
    """As `account_key`, but nothing is fetched; None where it is unset or would have to be.

    If the number would have to be fetched, the name that it gave the last time is used. That is
    enough to read the ledger, or to note in it that a token was thrown away.
    """
    if not settings.is_set("username"):
        return None
    if _is_unfetched(settings, "account"):
        return _remembered(settings, "account")
    return account_key(settings)


def _is_unfetched(settings: Settings, what: What) -> bool:
    return any(settings.deferred(name) is not None for name in NEEDED[what])


def _remembered(settings: Settings, what: What) -> str | None:
    known = KnownName.of(settings, what)
    name = None if known is None else known.get()
    return None if name is None else _secret(name)


def _remember(settings: Settings) -> None:
    """Remember the names that follow from the number that was just fetched.

    Both names must be of the same number, or `status` would show one account's token beside another
    account's ledger. If the number has changed and the API key is not fetched yet, the token's name
    is forgotten.
    """
    known, token = KnownName.of(settings, "account"), KnownName.of(settings, "token")
    is_another = known is not None and known.get() != _account_name(settings)
    if known is not None:
        known.put(_account_name(settings))
    if token is None or not settings.is_set("client_id"):
        return
    if settings.deferred("client_id") is None:
        token.put(_token_name(settings))
    elif is_another:
        with suppress(StoreError):  # it is fetched anew in any case
            token.forget()


def token_key(settings: Settings) -> str:
    """The name of the token of this profile, mobile number and API key: 32 hexadecimal digits.

    The address of the API counts as well if it is not Upstox's. If number or key would have to be
    fetched, for example by a command, the name that they gave the last time is used.
    Raises `ConfigurationError` where one of them is not set, or cannot be fetched.
    """
    if _is_unfetched(settings, "token") and (known := known_token_key(settings)) is not None:
        return known
    settings.require(*NEEDED["token"])
    _remember(settings)
    return _token_name(settings)


def account_key(settings: Settings) -> str:
    """The name of the account's ledger: 32 hexadecimal digits.

    The mobile number alone, since Upstox counts refused PINs per account, whichever app or
    profile they came from; a success at another address than Upstox's, as a replica's, lifts no
    block of the account. Raises `ConfigurationError` where it is not set, or cannot be fetched.
    """
    settings.require(*NEEDED["account"])
    _remember(settings)
    return _account_name(settings)


def _token_name(settings: Settings) -> str:
    parts = (settings.profile, settings.secret("username"), settings.client_id)
    return _hashed("token", *parts, *_elsewhere(settings))


def _account_name(settings: Settings) -> str:
    return _hashed("account", settings.secret("username"), *_elsewhere(settings))


def _elsewhere(settings: Settings) -> tuple[str, ...]:
    """The API's origin; nothing for Upstox's own, so that names of older versions stay valid."""
    parts = urlsplit(settings.api_base_url)
    host = parts.hostname or ""
    if is_upstox_host(host):
        return ()
    return (f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}",)


def _hashed(domain: str, *parts: str | None) -> str:
    # JSON keeps the parts apart: ("ab", "c") and ("a", "bc") are not the same text.
    text = json.dumps(["upstox-browser-login", domain, 1, *parts])
    return _secret(hashlib.sha256(text.encode()).hexdigest()[:32])


def _secret(name: str) -> str:
    """The name, taken out of messages and logs from now on: their readers may be strangers."""
    redactor.register_exactly({name}, "name of the account")
    return name
