"""What of the commands needs the extra `server`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needing_server(what: str) -> Iterator[None]:
    """Within the block parts are imported that need the extra; `what` needs them.

    Raises `ConfigurationError` where one of its packages is not installed.
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.extras import extra

    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("upstox_browser_login"):
            raise
        raise ConfigurationError(
            f"{what} needs the package {error.name}, which is not installed.",
            hint=f"Run `{extra('server')}`.",
        ) from None
