"""The rule of each setting by itself: a `ValueError` says the rule, and never the value."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from upstox_browser_login.files.paths import in_full
from upstox_browser_login.programs import split_command
from upstox_browser_login.totp import SeedError, read_seed

from .addresses import (
    CDP,
    http_url,
    is_address,
    is_readable,
    proxy_problem,
    refuse_special_characters,
)
from .headers import read_headers

_VISIBLE = r"[\x21-\x7e]+"
_VISIBLE_RULE = "must be letters, digits and signs of a plain keyboard (ASCII), without spaces"


def username(value: SecretStr | None) -> SecretStr | None:
    """A mobile number of India, without what people write before it and between its digits."""
    if value is None:
        return None
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", value.get_secret_value())
    found = re.fullmatch(r"(?:(?:\+|00)?91|0)?([6-9]\d{9})", digits, re.ASCII)
    if found is None:
        raise ValueError("must be 10 digits, the first of them 6 to 9")
    return SecretStr(found[1])


def pin_code(value: SecretStr | None) -> SecretStr | None:
    """A PIN, whose leading zeros count."""
    return _matching(value, r"\d{4,6}", "must be 4 to 6 digits")


def digits_are_text(value: Any) -> Any:
    """A text. A PIN given as a number has lost its leading zeros: say so rather than guess."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise ValueError("must be a string, since leading zeros count")  # noqa: TRY004  (pydantic)
    return value


def number_is_text(value: Any) -> Any:
    """A mobile number as a text, also where it was given as a number: it begins with no zero."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def client_id(value: str | None) -> str | None:
    """An API key."""
    if value is not None and not re.fullmatch(_VISIBLE, value):
        raise ValueError(_VISIBLE_RULE)
    return value


def client_secret(value: SecretStr | None) -> SecretStr | None:
    """An app's secret."""
    return _matching(value, _VISIBLE, _VISIBLE_RULE)


def totp_secret(value: SecretStr | None) -> SecretStr | None:
    """A seed that codes can be made of."""
    if value is not None:
        try:
            read_seed(value.get_secret_value())
        except SeedError as error:
            raise ValueError(str(error)) from None
    return value


def command(value: SecretStr | None) -> SecretStr | None:
    """A command whose quotes are closed and that names a program."""
    if value is not None:
        try:
            words = split_command(value.get_secret_value())
        except ValueError:
            raise ValueError("has a quote that is not closed") from None
        if not words or not words[0]:
            raise ValueError("names no program")
    return value


def notify_urls(value: SecretStr | None) -> SecretStr | None:
    """Addresses as apprise writes them."""
    if value is not None and "://" not in value.get_secret_value():
        raise ValueError("must be addresses as apprise writes them, separated by spaces")
    return value


def state_dir(value: Path) -> Path:
    """A folder that is the same wherever a command is started."""
    if not value.is_absolute():
        # The record of refused PINs would be another one in every folder.
        raise ValueError("must be an absolute path")
    return in_full(value)


def redirect_uri(value: str | None) -> str | None:
    """An address that a code can be handed to."""
    if value is not None and "#" in http_url(value):
        # RFC 6749, 3.1.2; a code would be lost behind it.
        raise ValueError("must have no fragment (#)")
    return value


def api_base_url(value: str) -> str:
    """An address below which the API lies."""
    parts = urlsplit(http_url(value))
    # To a browser a backslash ends the host; nothing of the rest has a place before a path.
    if "\\" in value or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an address without user, query and fragment")
    return value.rstrip("/")


def browser_args(value: str | None) -> str | None:
    """Arguments whose quotes are closed, without a password of a proxy.

    Every user of the machine can read a command line.
    """
    if value is not None:
        try:
            arguments = shlex.split(value)
        except ValueError:
            raise ValueError("has a quote that is not closed") from None
        if any(re.match(r"--?proxy-(server|pac-url)=.*@", each, re.DOTALL) for each in arguments):
            raise ValueError(
                "has a user or password of a proxy, which others could read on Chromium's command "
                "line; set UPSTOX_PROXY to the proxy instead"
            )
    return value


def browser_url(value: SecretStr | None) -> SecretStr | None:
    """The address of a browser elsewhere."""
    if value is not None:
        refuse_special_characters(value.get_secret_value())
        schemes = {"ws", "wss", "http", "https", *CDP}
        if not is_address(value.get_secret_value(), schemes):
            raise ValueError(
                "must be a ws://, wss://, http://, https://, cdp+ws:// or cdp+wss:// address"
            )
    return value


def browser_headers(value: SecretStr | None) -> SecretStr | None:
    """Headers as `read_headers` takes them."""
    if value is not None:
        read_headers(value.get_secret_value())
    return value


def proxy(value: SecretStr | None) -> SecretStr | None:
    """The address of a proxy that can be used."""
    if value is not None and (problem := proxy_problem(value.get_secret_value())) is not None:
        raise ValueError(problem)
    return value


def token_store(value: SecretStr) -> SecretStr:
    """A kind of store, or the address of one."""
    text = value.get_secret_value()
    if text in {"file", "keyring", "memory"}:
        return value
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite" and rest.lstrip("/"):
        if not rest.startswith("/"):
            raise ValueError("must be sqlite:///relative.db or sqlite:////absolute.db")
        if "?" in rest:
            raise ValueError("has options, which sqlite:///PATH does not take")
        return value
    if scheme in {"redis", "rediss", "unix"}:
        refuse_special_characters(text)
    if scheme in {"redis", "rediss", "unix"} and rest and is_readable(text):
        return value
    raise ValueError("must be file, keyring, memory, sqlite:///PATH or redis://HOST")


def _matching(value: SecretStr | None, pattern: str, rule: str) -> SecretStr | None:
    # ASCII only: the page and Upstox know no other digits.
    if value is not None and not re.fullmatch(pattern, value.get_secret_value(), re.ASCII):
        raise ValueError(rule)
    return value
