"""`HttpxAuth`. httpx need not be installed."""

from __future__ import annotations

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings

from .flow import Flow

try:
    import httpx
except ModuleNotFoundError:

    class HttpxAuth(Flow):
        """Says that httpx is missing."""

        def __init__(self, settings: Settings | None = None) -> None:  # noqa: ARG002
            raise ConfigurationError(
                "HttpxAuth needs the package httpx, which is not installed.",
                hint="Run `pip install httpx`, or use httpx2, which is there, with Httpx2Auth.",
            )
else:

    class HttpxAuth(Flow, httpx.Auth):  # type: ignore[no-redef]
        """The token as the auth of httpx: `httpx.Client(auth=HttpxAuth())`, or `AsyncClient`.

        See `bearer.Bearer` for what it does and raises.
        """

        whole_body = httpx.ByteStream
