"""Where the rooms are joined: whether a login is needed and allowed, and one login itself."""

from __future__ import annotations

# `login` is the function. The module of that name was imported before it, so it stays that.
from .login import code_source
from .obtain import aget_token, alogin, get_token, login, login_result, token_result
from .progress import LoginResult, Progress, StepTime

__all__ = [
    "LoginResult",
    "Progress",
    "StepTime",
    "aget_token",
    "alogin",
    "code_source",
    "get_token",
    "login",
    "login_result",
    "token_result",
]
