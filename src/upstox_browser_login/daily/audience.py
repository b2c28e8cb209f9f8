"""Who is told what the daily login does, and makes its logins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.session import LoginResult
from upstox_browser_login.token import Token

from .plan import Stop, Wait


class Audience(Protocol):
    """Receives what happens, in the loop's own thread."""

    def planned(self, action: Wait | Stop) -> None:
        """What is waited for has changed."""

    def has_token(self, token: Token) -> None:
        """There is a valid token; told in every round."""

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        """Call `login` with a `progress`, and return what it returns."""

    def logged_in(self, result: LoginResult) -> str | None:
        """A login has brought a token; return what went wrong after it, None for nothing."""

    def failed(self, error: UpstoxError) -> None:
        """A login, or its preparation, has failed."""

    def warn(self, text: str) -> None:
        """Something a person should know."""
