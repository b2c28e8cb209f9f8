"""Where tokens, and the ledger's documents, live: one small protocol, one file a kind of store.

What a kind needs (sqlite3, keyring, redis, filelock) is imported when it is used.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from upstox_browser_login.extras import needing
from upstox_browser_login.settings import Settings

from .copied import CopiedDocuments
from .documents import Documents, Held, LedgerDocuments, WrittenDocuments, lock_timed_out
from .file import FileDocuments
from .keys import account_key, known_account_key, known_token_key, token_key
from .tokens import TokenStore

if TYPE_CHECKING:
    from .redis import RedisDocuments

__all__ = [
    "Documents",
    "Held",
    "LedgerDocuments",
    "TokenStore",
    "WrittenDocuments",
    "account_key",
    "known_account_key",
    "known_token_key",
    "lock_timed_out",
    "open_ledger_documents",
    "open_store",
    "token_key",
]


def open_store(settings: Settings) -> TokenStore:
    """The store that `UPSTOX_TOKEN_STORE` names. Nothing is read, written or connected to yet.

    Raises `ConfigurationError` where the extra package of the kind is missing, its address cannot
    be understood, or no state folder is known.
    """
    return TokenStore(_token_documents(settings))


def open_ledger_documents(settings: Settings) -> LedgerDocuments:
    """Where the attempt ledger is kept: files, and Redis as well where the tokens are there.

    Machines that share their tokens have to share the count of refused PINs as well. Each keeps a
    copy in its file, for the day when the Redis is another one or has forgotten, and for programs
    of this machine that use another store.
    Raises `ConfigurationError` as `open_store` does.
    """
    address = settings.token_store.get_secret_value()
    folder = settings.state_dir
    files = FileDocuments(folder / "ledger", folder / "locks")
    if _is_redis(address):
        return CopiedDocuments(_redis(address, "ledger"), files)
    return files


def _token_documents(settings: Settings) -> Documents:
    address = settings.token_store.get_secret_value()
    folder = settings.state_dir
    locks = folder / "locks"
    if address.startswith("sqlite:"):
        from .sqlite import SqliteDocuments, path_of

        return SqliteDocuments(path_of(address), locks)
    if address == "memory":
        from .memory import MemoryDocuments

        return MemoryDocuments()
    if address == "keyring":
        with _needing(address):
            from .keyring import KeyringDocuments
        return KeyringDocuments(locks)
    if _is_redis(address):
        return _redis(address, "tokens")
    return FileDocuments(folder / "tokens", locks)


def _is_redis(address: str) -> bool:
    return address.startswith(("redis:", "rediss:", "unix:"))


def _redis(address: str, room: str) -> RedisDocuments:
    with _needing("redis"):
        from .redis import RedisDocuments
    return RedisDocuments(address, room)


def _needing(name: str) -> AbstractContextManager[None]:
    return needing(name, f"UPSTOX_TOKEN_STORE={name}", ", or set UPSTOX_TOKEN_STORE=file")
