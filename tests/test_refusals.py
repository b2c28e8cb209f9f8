"""What a refusal of the API means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    NotLoggedInError,
    Step,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.refusals import envelope_error, error_of, means_dead_token


def envelope(code: str, message: str = "Something is wrong") -> dict[str, Any]:
    """The error of section 1 of upstox.md."""
    return {"status": "error", "errors": [{"errorCode": code, "message": message}]}


# Section 4 of upstox.md.
CODES = [
    (400, "UDAPI100057", TokenExchangeError, "CODE_REJECTED"),
    (401, "UDAPI100069", CredentialsRejectedError, "CLIENT_REJECTED"),
    (400, "UDAPI100070", CredentialsRejectedError, "CLIENT_REJECTED"),
    (400, "UDAPI100068", CredentialsRejectedError, "CLIENT_REJECTED"),
    (401, "UDAPI100016", CredentialsRejectedError, "CLIENT_REJECTED"),
    (400, "UDAPI100073", CredentialsRejectedError, "CLIENT_REJECTED"),
    (400, "UDAPI100058", CredentialsRejectedError, "ACCOUNT_INACTIVE"),
    (429, "UDAPI10005", LoginBlockedError, "RATE_LIMITED"),
    (401, "UDAPI100050", NotLoggedInError, "TOKEN_REVOKED"),
    (403, "UDAPI1221", UpstoxError, "UNEXPECTED"),
    (403, "UDAPI1154", UpstoxError, "UNEXPECTED"),
    (423, "UDAPI100072", UpstoxUnavailableError, "MAINTENANCE"),
    (500, "UDAPI100500", UpstoxUnavailableError, "SERVER_ERROR"),
    (400, "UDAPI1017", TokenExchangeError, "BAD_RESPONSE"),
]
TELLING = [("UDAPI1154", UpstoxError, "UNEXPECTED"), ("UDAPI1221", UpstoxError, "UNEXPECTED"),
    ("UDAPI100072", UpstoxUnavailableError, "MAINTENANCE"),
    ("UDAPI100500", UpstoxUnavailableError, "SERVER_ERROR"),
    ("UDAPI100050", NotLoggedInError, "TOKEN_REVOKED"), ("X", UpstoxError, "UNEXPECTED"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "code", "kind", "ours"), CODES)
def test_codes(status: int, code: str, kind: type[UpstoxError], ours: str) -> None:
    error = error_of(status, envelope(code), step="exchange")
    assert type(error) is kind
    assert (error.code, error.upstox_code, error.step) == (ours, code, "exchange")
    assert "Something is wrong" in error.message


@pytest.mark.parametrize(
    ("data", "step", "named"),
    [
        (envelope("UDAPI100068"), "open", False),
        (envelope("UDAPI100068"), None, False),
        ({"error": "invalid_client"}, "open", False),
        ({"title": "unauthorized_client", "detail": "No such app"}, "open", False),
        (envelope("UDAPI100069"), "exchange", True),
    ],
)
def test_the_secret_is_named_only_where_it_was_sent(
    data: dict[str, Any], step: Step | None, *, named: bool
) -> None:
    """The dialog is told the client id and the redirect URI alone."""
    error = error_of(400, data, step=step)
    assert error.code == "CLIENT_REJECTED"
    assert ("UPSTOX_CLIENT_SECRET" in error.hint) is named
    assert "UPSTOX_CLIENT_ID" in error.hint
    assert "UPSTOX_REDIRECT_URI" in error.hint


@pytest.mark.parametrize("code", ["UDAPI1221", "UDAPI1154"])
def test_a_static_ip_rule_is_not_blamed_on_the_token(code: str) -> None:
    assert "token is fine" in error_of(403, envelope(code)).hint


@pytest.mark.parametrize(
    ("status", "data", "code"),
    [
        (401, None, "TOKEN_REVOKED"),
        (403, None, "SERVER_ERROR"),
        (404, {}, "SERVER_ERROR"),
        (404, {"title": ["Not found"]}, "SERVER_ERROR"),
        (429, None, "RATE_LIMITED"),
        (500, None, "SERVER_ERROR"),
        (503, envelope("X", "Scheduled maintenance"), "MAINTENANCE"),
        (302, None, "SERVER_ERROR"),
    ],
)
def test_answers_without_a_code(status: int, data: Any, code: str) -> None:
    error = error_of(status, data)
    assert error.code == code
    assert str(status) in error.message


@pytest.mark.parametrize(("code", "kind", "ours"), TELLING)
def test_a_code_says_more_than_a_401(code: str, kind: type[UpstoxError], ours: str) -> None:
    error = error_of(401, envelope(code))
    assert (type(error), error.code, error.upstox_code) == (kind, ours, code)
    assert means_dead_token(error) is (code == "UDAPI100050")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
MEMBERS = st.sampled_from(["errors", "error", "errorCode", "error_code", "code", "message"])


@given(JSON | st.dictionaries(MEMBERS, JSON | st.lists(st.dictionaries(MEMBERS, JSON))))
def test_any_data_is_an_envelope_or_none(data: Any) -> None:
    code, message = envelope_error(data)
    assert code is None or len(code) <= 40
    assert message is None or len(message) <= 300
    assert isinstance(error_of(400, data), UpstoxError)
