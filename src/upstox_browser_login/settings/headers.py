"""Headers for a browser elsewhere, as one setting holds them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from .addresses import SECRET_LENGTH

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110, 5.6.2."""


def read_headers(text: str) -> dict[str, str]:
    """Headers by name: of `Name: value`, or of a JSON object of several.

    Raises `ValueError`, which quotes nothing.
    """
    if text.startswith("{"):
        try:
            found = json.loads(text)
        except ValueError:
            raise ValueError("is a JSON object that cannot be read") from None
    else:
        name, colon, value = text.partition(":")
        if not colon:
            raise ValueError('must be "Name: value", or a JSON object of names and values')
        found = {name.strip(): value.strip()}
    for name, value in found.items():
        if not _NAME.fullmatch(name):
            raise ValueError("has a header whose name is none")
        if not isinstance(value, str) or not value or not re.fullmatch(r"[\x20-\x7e]+", value):
            raise ValueError("has a header whose value is not visible ASCII text")
    return dict(found)


def secrets_of_headers(headers: Mapping[str, str]) -> Iterator[str]:
    """Every value, and what a log may show of it: the key behind `Bearer`, the password of `Basic`.

    Shorter parts than `SECRET_LENGTH` are words, and stay.
    """
    for value in headers.values():
        yield value
        scheme, _, key = value.partition(" ")
        parts = [key.strip()]
        if scheme.lower() == "basic":
            with suppress(ValueError):
                parts.append(base64.b64decode(key).decode().partition(":")[2])
        yield from (each for each in parts if len(each) >= SECRET_LENGTH)
