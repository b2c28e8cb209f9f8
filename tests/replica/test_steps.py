"""Which request is which step of a login."""

from __future__ import annotations

import pytest

from upstox_browser_login.replica.steps import step_of


@pytest.mark.parametrize(
    ("origin", "method", "path", "step"),
    [
        ("api", "GET", "/v2/login/authorization/dialog", "dialog"),
        ("login", "GET", "/", "authorize"),
        ("service", "POST", "/login/open/v6/auth/1fa/otp/generate", "otp"),
        ("service", "POST", "/login/open/v12/auth/2fa", "pin"),
        ("service", "POST", "/login/open/v3/auth/2fa/secret-pin/set", "create-pin"),
        ("service", "POST", "/login/v2/oauth/authorize", "approve"),
        ("api", "GET", "/v2/market/holidays/2026-01-26", "holidays"),
        # The same path at another host, by another method, or with more behind it is none.
        ("login", "POST", "/login/v2/oauth/authorize", None),
        ("api", "GET", "/login/v2/oauth/authorize", None),
        ("service", "GET", "/login/open/v3/auth/2fa", None),
        ("service", "POST", "/login/open/v3/auth/2fa/more", None),
        ("login", "GET", "/static/css/main.css", None),
    ],
)
def test_a_request_is_a_step_by_its_host_method_and_whole_path(
    origin: str, method: str, path: str, step: str | None
) -> None:
    assert step_of(origin, method, path) == step
