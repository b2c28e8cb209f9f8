"""The names that people move over from, as thin adapters over `session`.

`UpstoxTOTP` is that of the upstox-totp library, `UpstoxTokenManager` that of the guides to a
token-refresh service. docs/moving-over.md says what changes.
"""

from __future__ import annotations

from .answers import AccessTokenData, AccessTokenResponse
from .client import AppTokenAPI, UpstoxTOTP
from .manager import UpstoxTokenManager

__all__ = [
    "AccessTokenData",
    "AccessTokenResponse",
    "AppTokenAPI",
    "UpstoxTOTP",
    "UpstoxTokenManager",
]
