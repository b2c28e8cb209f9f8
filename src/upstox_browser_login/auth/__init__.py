"""The token as the auth of an HTTP client: `Httpx2Auth`, `HttpxAuth`, `RequestsAuth`.

    httpx2.Client(auth=Httpx2Auth()).get("https://api.upstox.com/v2/user/profile")
    requests.get("https://api.upstox.com/v2/user/profile", auth=RequestsAuth())

None of the three clients is imported before its class is asked for. What they do is told in
`bearer.Bearer`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .with_httpx import HttpxAuth
    from .with_httpx2 import Httpx2Auth
    from .with_requests import RequestsAuth

__all__ = ["Httpx2Auth", "HttpxAuth", "RequestsAuth"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        client = name.removesuffix("Auth").lower()
        return getattr(import_module(f".with_{client}", __name__), name)
