"""Which request is which step of a login."""

from __future__ import annotations

import re

_TABLE: tuple[tuple[str, str, str, re.Pattern[str]], ...] = tuple(
    (step, origin, method, re.compile(path))
    for step, origin, method, path in (
        ("dialog", "api", "GET", r"/v2/login/authorization/dialog"),
        ("authorize", "login", "GET", r"/login/v2/oauth/authorize|/"),
        ("script", "login", "GET", r"/static/js/main\.[0-9a-f]+\.js"),
        ("config", "config", "GET", r"/login-config\.json"),
        ("otp", "service", "POST", r"/login/open/v\d+/auth/1fa/otp/generate"),
        ("verify", "service", "POST", r"/login/open/v\d+/auth/1fa/otp-totp/verify"),
        ("password", "service", "POST", r"/login/open/v\d+/auth/1fa/password/verify"),
        ("lead", "service", "POST", r"/login/open/v\d+/leads/2fa"),
        ("create-pin", "service", "POST", r"/login/open/v\d+/auth/2fa/secret-pin/set"),
        ("pin", "service", "POST", r"/login/open/v\d+/auth/2fa"),
        ("refresh", "service", "POST", r"/login/open/v\d+/auth/token/refresh"),
        ("approve", "service", "POST", r"/login/v2/oauth/authorize"),
        ("hop", "api", "GET", r"/login/authorization/redirect"),
        ("token", "api", "POST", r"/v2/login/authorization/token"),
        ("token-request", "api", "POST", r"/v3/login/auth/token/request/[^/]+"),
        ("profile", "api", "GET", r"/v2/user/profile"),
        ("funds", "api", "GET", r"/v[23]/user/get-funds-and-margin"),
        ("holidays", "api", "GET", r"/v2/market/holidays(?:/[^/]+)?"),
        ("timings", "api", "GET", r"/v2/market/timings/[^/]+"),
        ("logout", "api", "DELETE", r"/v2/logout"),
    )
)


def step_of(origin: str, method: str, path: str) -> str | None:
    """Return the step that a request to *origin* is, or ``None`` for by-play such as images."""
    for step, step_origin, step_method, pattern in _TABLE:
        if origin == step_origin and method == step_method and pattern.fullmatch(path):
            return step
    return None
