"""Documents as keys of a Redis, shared by every machine that uses it."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.exceptions import LockError
from redis.lock import Lock
from redis.retry import Retry

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.refused import unreadable, unwritable
from upstox_browser_login.redaction import redactor

from .documents import PROBE, Blame, Copy, Held, damaged_name, lock_timed_out, only_copy, utc_now

PREFIX = "upstox-browser-login"
"""Every key starts with this and a colon."""

SOCKET_SECONDS = 3.0
"""How long to wait for a connection, and for an answer. A login that waits in vain has to end
within 5 s of its limit, its browser closed and its locks given back."""

LEASE_SECONDS = 10.0
"""How long a lock outlives its holder. The living renew theirs every third of that."""

RELEASE_SECONDS = 0.5
"""How long to wait until a lock is given back. One that is not runs out by itself."""

_POLL_SECONDS = 0.05

# As many as a process has threads; redis-py 8 would stop at 100.
_MAX_CONNECTIONS = 10_000

# Errors of addresses come as ValueError, and options that redis-py does not know as TypeError.
_FAILURES = (redis.RedisError, OSError, ValueError, TypeError)

_log = logging.getLogger(__name__)


class RedisDocuments:
    """Keys `upstox-browser-login:ROOM:NAME`; a document leaves by itself at its `expires_at`."""

    kind = "redis"

    def __init__(
        self,
        address: str,
        room: str,
        *,
        now: Callable[[], datetime] = utc_now,
        lease: float = LEASE_SECONDS,
    ) -> None:
        """Prepare for the Redis at `address`, without connecting yet.

        `room` keeps documents of different sorts apart. Raises `ConfigurationError` where
        `address` cannot be understood.
        """
        self._room = room
        self._now = now
        self._lease = lease
        try:
            self._where = f"Redis at {_place(address)}"
            self._client = _client(address, SOCKET_SECONDS)
            # Made and not connected: only now redis-py looks at the names of the options.
            pool = self._client.connection_pool
            pool.connection_class(**pool.connection_kwargs)
        except (redis.RedisError, ValueError, TypeError) as error:
            # The error may quote the address, and with it the password.
            option = _option_in(error, address)
            what = (
                "is an address that redis-py does not understand"
                if option is None
                else f"has the option `{option}`, which redis-py does not know or has refused"
            )
            raise ConfigurationError(
                f"UPSTOX_TOKEN_STORE {what}.",
                hint="Write redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE][?OPTION=VALUE].",
            ) from None

    def _key(self, name: str) -> str:
        return f"{PREFIX}:{self._room}:{name}"

    @property
    def place(self) -> str:
        """See `Documents.place`."""
        return self._where

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        return f"key {self._key(name)} of {self._where}"

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        with self._told(unreadable):
            data = self._client.get(self._key(name))
            if data is None:
                return None
            # `?decode_responses=1` in the address makes it text.
            return data if isinstance(data, bytes) else str(data).encode()

    def copies(self, name: str) -> tuple[Copy, ...]:
        """See `LedgerDocuments.copies`."""
        return only_copy(self, name)

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:
        """See `Documents.write`."""
        milliseconds = None
        if expires_at is not None:
            # Counted from now (PX), which every Redis knows; PXAT needs 6.2.
            milliseconds = max(1, int((expires_at - self._now()).total_seconds() * 1000))
        with self._told(unwritable):
            self._client.set(self._key(name), data, px=milliseconds)

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        with self._told(unwritable):
            self._client.delete(damaged_name(self._key(name)))
            return bool(self._client.delete(self._key(name)))

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`; the renamed key leaves when the document would have."""
        aside = damaged_name(self._key(name))
        with self._told(unwritable):
            if not self._client.exists(self._key(name)):
                return None
            self._client.rename(self._key(name), aside)
        return f"key {aside} of {self._where}"

    def check_writable(self) -> None:
        """See `Documents.check_writable`."""
        name = f"probe-{os.urandom(8).hex()}"
        with self._told(unwritable):
            # With an expiry, in case this process is killed before the probe is deleted.
            self._client.set(self._key(name), PROBE, px=10_000)
            # A user may have the right to write, and none to read what a login has stored.
            self._client.get(self._key(name))
            self._client.delete(self._key(name))
            lock = self._lock(name)
            if lock.acquire(blocking=False):
                try:
                    # Each runs a script, which a server may refuse though it takes commands.
                    lock.reacquire()
                finally:
                    lock.release()

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        """See `Documents.lock`. It is free again `lease` seconds after its holder died."""
        lock = self._lock(name)
        token = os.urandom(16).hex()
        with self._told(unwritable):
            waited = not lock.acquire(blocking=False, token=token)
            if waited and not lock.acquire(blocking_timeout=timeout, token=token):
                raise lock_timed_out(timeout)

        def is_held() -> bool:
            with self._told(unwritable):
                return bool(lock.owned())

        released = threading.Event()
        keeper = threading.Thread(
            target=self._keep, args=(lock, released), name="upstox-redis-lock", daemon=True
        )
        keeper.start()
        try:
            yield Held(waited, is_held)
        finally:
            released.set()
            keeper.join(RELEASE_SECONDS)

    def _lock(self, name: str) -> Lock:
        return Lock(
            self._client,
            f"{PREFIX}:locks:{name}",
            timeout=self._lease,
            sleep=_POLL_SECONDS,
            # An event loop takes it in one thread, renews in another, gives it back in a third.
            thread_local=False,
        )

    def _keep(self, lock: Lock, released: threading.Event) -> None:
        """Renew the lock until it is to be given back, and give it back."""
        self._renew(lock, released)
        released.wait()
        self._release(lock)

    def _renew(self, lock: Lock, released: threading.Event) -> None:
        while not released.wait(self._lease / 3):
            try:
                lock.reacquire()
            except LockError:
                _log.warning("The lock in %s was lost: another login may start.", self._where)
                return
            except _FAILURES as error:
                _log.warning("%s did not renew a lock: %s.", self._where, _reason(error))

    def _release(self, lock: Lock) -> None:
        """Give the lock back. Should that fail, it ends by itself, and the work is done anyway."""
        try:
            lock.release()
        except LockError:
            _log.warning("The lock in %s ended before the work under it did.", self._where)
        except _FAILURES as error:
            _log.warning("%s did not take a lock back: %s.", self._where, _reason(error))

    @contextmanager
    def _told(self, blame: Blame) -> Iterator[None]:
        """Turn redis-py's errors into a `StoreError` made by `blame`."""
        try:
            yield
        except _FAILURES as error:
            # A key of another type stays one until a login moves it away, as a damaged document;
            # whatever else fails may work in a moment.
            damaged = str(error).startswith("WRONGTYPE")
            told = blame(self._where, _reason(error), None if damaged else _way_out(error))
            told.unanswered = not damaged
            raise told from None


@lru_cache(maxsize=8)
def _client(address: str, seconds: float) -> redis.Redis:
    """The process's client of `address`: a connection takes longer to make than to use.

    Its connections are shared by threads, one at a time each, and left alone by forks.
    """
    return redis.Redis.from_url(
        address,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        # Once more, for a connection that the server closed while it was idle. A server that did
        # not answer in time gets no second wait: a login has a limit of time.
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
        max_connections=_MAX_CONNECTIONS,
    )


def _place(address: str) -> str:
    """Where an address points, without user, password and options."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return parts.path
    host = parts.hostname or "localhost"
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port or 6379}{parts.path.rstrip('/')}"


def _option_in(error: Exception, address: str) -> str | None:
    """The option of the address that an error of redis-py is about, None where it is about none."""
    named = set(re.findall(r"\w+", str(error)))
    return next((name for name, _ in parse_qsl(address.partition("?")[2]) if name in named), None)


def _way_out(error: Exception) -> str:
    if isinstance(error, redis.AuthenticationError):
        return "Check the user and password in UPSTOX_TOKEN_STORE."
    return (
        "Check that Redis runs there, may be reached from here and may be written, or set another "
        "UPSTOX_TOKEN_STORE."
    )


def _reason(error: Exception) -> str:
    if isinstance(error, redis.AuthenticationError):
        return "it refused the user or password"
    if isinstance(error, redis.TimeoutError):
        return f"no answer within {SOCKET_SECONDS:g} s"
    if isinstance(error, redis.ConnectionError):
        # The package's own words repeat the address, and begin with a number.
        cause = error.__cause__ or error.__context__
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        return redactor.redact(str(error)).rstrip(".")
    if isinstance(error, redis.RedisError):
        # An old server quotes the command that it does not know, and HELLO holds the password.
        return redactor.redact(str(error).split(", with args")[0])
    return type(error).__name__
