"""Which requests are analytics, which a login does without."""

from __future__ import annotations

from urllib.parse import urlsplit

from .requests import holds, spellings
from .wire.calls import BLOCKED_HOSTS, BLOCKED_PATHS, ENVELOPE, EVENTS_PATH, LOGIN_PATH


def is_analytics(
    url: str, kind: str, method: str, body: bytes, *, trusted: bool, number: bytes | None
) -> bool:
    """Whether a request is analytics, by its host, its path, or the `number` in its body.

    A call of the login, a page, or a script of Upstox's own is none.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if BLOCKED_HOSTS.search(f"{host}."):
        return True
    if kind not in {"XHR", "Fetch", "Ping", "Other", "Image", "EventSource"}:
        return False
    if trusted and LOGIN_PATH.search(parts.path):
        return False
    if BLOCKED_PATHS.search(parts.path):
        return True
    if method != "POST" or number is None:
        return False
    texts = spellings(body).texts
    if not any(holds(number, text) for text in texts):
        return False
    to_events = EVENTS_PATH.search(parts.path) is not None
    return any(
        ENVELOPE.search(text.decode("utf-8", "replace")) or (to_events and b"{" in text)
        for text in texts
    )
