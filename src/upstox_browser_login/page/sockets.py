"""Refuses WebSockets to hosts other than the login's.

Chromium's `Fetch` domain stops every other request, but does not see these. So Chromium is told to
be offline for their addresses, in the login's window, its frames and its workers. A browser that
does not know this command lets them pass.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.settings import is_upstox_host

from .cdp import Session
from .origins import LOGIN_HOSTS, Origins

log = logging.getLogger(__name__)

_UNCHANGED: dict[str, Any] = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


async def refuse_foreign(session: Session, origins: Origins) -> None:
    """Let no new socket of this window lead anywhere but to the login's own hosts."""
    rules = [{"urlPattern": each, **_UNCHANGED} for each in own(origins)]
    rules += [
        {"urlPattern": f"{scheme}://*:*/*", "offline": True, **_UNCHANGED}
        for scheme in ("ws", "wss")
    ]
    try:
        await session.send(
            "Network.emulateNetworkConditionsByRule", {"matchedNetworkConditions": rules}
        )
    except PlaywrightError as error:
        log.debug("sockets cannot be refused: %s", error.message.splitlines()[0])


def own(origins: Origins) -> Iterable[str]:
    """Patterns of the sockets that the login's page may open. The first match counts."""
    yield from (f"wss://{host}:*/*" for host in sorted(LOGIN_HOSTS))
    if origins.api_host in LOGIN_HOSTS:
        return
    host = f"[{origins.api_host}]" if ":" in origins.api_host else origins.api_host
    schemes = ("wss",) if is_upstox_host(host) else ("ws", "wss")
    yield from (f"{scheme}://{host}:*/*" for scheme in schemes)
