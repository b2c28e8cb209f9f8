"""How the tests, and the processes that they start, make a store of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from upstox_browser_login.store.documents import Documents, utc_now
from upstox_browser_login.store.file import FileDocuments

KINDS = ("file", "sqlite", "keyring", "redis")


def make(
    kind: str,
    root: Path,
    redis_url: str,
    *,
    now: Callable[[], datetime] = utc_now,
    lease: float = 10.0,
) -> Documents:
    """A store of `kind` below `root`, or in the Redis at `redis_url`."""
    locks = root / "locks"
    if kind == "file":
        return FileDocuments(root / "tokens", locks, now=now)
    if kind == "sqlite":
        from upstox_browser_login.store.sqlite import SqliteDocuments

        return SqliteDocuments(root / "tokens.db", locks)
    if kind == "keyring":
        from upstox_browser_login.store.keyring import KeyringDocuments

        return KeyringDocuments(locks)
    from upstox_browser_login.store.redis import RedisDocuments

    return RedisDocuments(redis_url, "tokens", now=now, lease=lease)
