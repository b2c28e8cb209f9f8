"""What the tests of the settings' model share."""

from __future__ import annotations

from typing import Any

import pytest

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings

from .conftest import SEED

WHOLE = {
    "username": "9876501234",
    "pin_code": "024680",
    "totp_secret": SEED,
    "client_id": "5d0e8e2c-7f0b",
    "client_secret": "r3pl1cas3cret",
    "redirect_uri": "https://callback.invalid/upstox?tenant=7",
}


def refusal(**values: Any) -> str:
    """What is told of settings that break a rule."""
    with pytest.raises(ConfigurationError) as caught:
        Settings(**values)
    error = caught.value
    assert error.exit_code == 3
    assert error.code == "CONFIGURATION"
    assert error.__cause__ is None
    return str(error)


COMMON = (
    "must be 4 to 6 digits, the first of them 6 to 9 10 base32: letters A to Z and 2 to 7 empty "
    "absolute http or https address neither on upstox.com nor loopback keep one of the two "
    "file keyring sqlite:///PATH redis://HOST sqlite:///relative.db "
    "must be true or false must be a whole number, 100 to 10000 off, on-failure or on "
    "letters, digits and signs of a plain keyboard (ASCII), without spaces"
)
