"""The day's Upstox access token, through the real login page.

    from upstox_browser_login import get_token

    token = get_token()  # the stored one while it is valid; logs in otherwise
    token.access_token.get_secret_value(), token.expires_at

Names are imported when they are first used, so that `import upstox_browser_login` costs next to
nothing. Everything that goes wrong is an `UpstoxError`; the tree is drawn in `errors`.
"""

from __future__ import annotations

from importlib import import_module

from ._version import __version__

TYPE_CHECKING = False  # importing it takes longer than all else here
if TYPE_CHECKING:
    from .auth import Httpx2Auth, HttpxAuth, RequestsAuth
    from .compat import AccessTokenData, AccessTokenResponse, UpstoxTokenManager, UpstoxTOTP
    from .errors import (
        BrowserError,
        ConfigurationError,
        CredentialsRejectedError,
        InterruptedLoginError,
        LoginBlockedError,
        NotLoggedInError,
        PageChangedError,
        StoreError,
        TokenExchangeError,
        UpstoxError,
        UpstoxUnavailableError,
    )
    from .session.obtain import aget_token, alogin, get_token, login
    from .session.progress import Progress
    from .settings import Settings
    from .token import Token

__all__ = [
    "AccessTokenData",
    "AccessTokenResponse",
    "BrowserError",
    "ConfigurationError",
    "CredentialsRejectedError",
    "Httpx2Auth",
    "HttpxAuth",
    "InterruptedLoginError",
    "LoginBlockedError",
    "NotLoggedInError",
    "PageChangedError",
    "Progress",
    "RequestsAuth",
    "Settings",
    "StoreError",
    "Token",
    "TokenExchangeError",
    "UpstoxError",
    "UpstoxTOTP",
    "UpstoxTokenManager",
    "UpstoxUnavailableError",
    "__version__",
    "aget_token",
    "alogin",
    "get_token",
    "login",
]

_ROOMS = {
    **dict.fromkeys(["aget_token", "alogin", "get_token", "login"], "session.obtain"),
    "Progress": "session.progress",
    "Settings": "settings",
    "Token": "token",
    **dict.fromkeys(["Httpx2Auth", "HttpxAuth", "RequestsAuth"], "auth"),
    **dict.fromkeys(
        ["AccessTokenData", "AccessTokenResponse", "UpstoxTOTP", "UpstoxTokenManager"], "compat"
    ),
}

if not TYPE_CHECKING:  # so that a type checker knows these names and no others

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room = import_module(f".{_ROOMS.get(name, 'errors')}", __name__)
        globals()[name] = found = getattr(room, name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
