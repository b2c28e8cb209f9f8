"""Whom the addresses of `UPSTOX_NOTIFY_URLS` mean, as apprise reads them (extra `notify`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import extra


def services_of(addresses: str) -> list[str]:
    """The service of each address, for people.

    Raises `ConfigurationError` where apprise is not installed, or knows one of them for no address.
    """
    with _quiet():
        try:
            from apprise import Apprise
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"UPSTOX_NOTIFY_URLS needs the package {error.name}, which is not installed.",
                hint=f"Run `{extra('notify')}`, or unset it.",
            ) from None
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
