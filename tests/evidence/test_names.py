"""Names under which a secret stands, and the codes of errors that are none."""

from __future__ import annotations

from typing import Any

import pytest

from upstox_browser_login.evidence.names import is_secret_member, is_secret_name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "otp",
            "OTP",
            "secret-pin",
            "Input_Text",
            "validateOTPToken",
            "access token",
            "X-API-Key",
        ),
        *("Set-Cookie", "JSESSIONID", "mobileNumber", "firstName", "ETag", "x-body-sha256"),
    ],
)
def test_a_name_is_secret_however_it_is_written(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["", "message", "userType", "token_type", "isTotpEnabled", "pins"])
def test_other_names_are_nobodys_secret(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("pin", "024680", True),
        ("pin", 24680, True),
        # A yes or no, nothing at all, and what has members of its own.
        ("pin", True, False),
        ("pin", "", False),
        ("pin", None, False),
        ("pin", {"a": "b"}, False),
        # An authorization code, and the codes of errors.
        ("code", "aBcDeF", True),
        ("code", 1017106, False),
        ("code", "UDAPI100068", False),
        ("Code", "PIN_REJECTED", False),
        ("authCode", 1017106, True),
        ("__playwright_value_", "anything", True),
    ],
)
def test_a_member_is_secret_by_its_name_and_its_value(name: str, value: Any, secret: bool) -> None:
    assert is_secret_member(name, value) is secret
