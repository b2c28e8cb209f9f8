"""What the tests of the settings' model share."""

from __future__ import annotations

from typing import Any

from upstox_browser_login.settings import NEEDED_FOR_LOGIN

from .conftest import VALUES, refused

WHOLE = {name: VALUES[name] for name in NEEDED_FOR_LOGIN}


def refusal(**values: Any) -> str:
    """What is told of settings that break a rule, and the hint."""
    return str(refused(**values))


COMMON = (
    "must be 4 to 6 digits, the first of them 6 to 9 10 base32: letters A to Z and 2 to 7 empty "
    "absolute http or https address neither on upstox.com nor loopback keep one of the two "
    "file keyring sqlite:///PATH redis://HOST sqlite:///relative.db "
    "must be true or false must be a whole number, 100 to 10000 off, on-failure or on "
    "letters, digits and signs of a plain keyboard (ASCII), without spaces"
)
