"""`HttpxAuth`. httpx need not be installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings

from .flow import Flow

if TYPE_CHECKING or find_spec("httpx") is not None:
    import httpx

    class HttpxAuth(Flow, httpx.Auth):
        """The token as the auth of httpx: `httpx.Client(auth=HttpxAuth())`, or `AsyncClient`.

        See `bearer.Bearer` for what it does and raises.
        """

        whole_body = httpx.ByteStream
else:

    class HttpxAuth(Flow):
        """Says that httpx is missing."""

        # Called as the real one would be.
        def __init__(self, settings: Settings | None = None) -> None:  # noqa: ARG002
            raise ConfigurationError(
                "HttpxAuth needs the package httpx, which is not installed.",
                hint="Run `pip install httpx`, or use httpx2, which is there, with Httpx2Auth.",
            )
