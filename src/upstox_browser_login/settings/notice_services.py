"""Whom the addresses of `UPSTOX_NOTIFY_URLS` mean, as apprise reads them (extra `notify`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import needing


def services_of(addresses: str) -> list[str]:
    """The service of each address, for people.

    Raises `ConfigurationError` where apprise is not installed, or knows one of them for no address.
    """
    with _quiet():
        with needing("notify", "UPSTOX_NOTIFY_URLS", ", or unset it"):
            from apprise import Apprise
        everyone = Apprise()
        known = everyone.add(addresses)
        services = [str(each.service_name) for each in everyone]
    if not known or not services:
        raise ConfigurationError(
            "UPSTOX_NOTIFY_URLS has an address that apprise does not know.",
            hint="Addresses are separated by spaces; their forms are at "
            "https://github.com/caronc/apprise/wiki.",
        )
    return services


@contextmanager
def _quiet() -> Iterator[None]:
    """Within the block apprise writes no log: it quotes addresses, and its import has notes too."""
    talkative = logging.getLogger("apprise")
    before = talkative.disabled
    talkative.disabled = True
    try:
        yield
    finally:
        talkative.disabled = before
