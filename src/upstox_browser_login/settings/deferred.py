"""Values that are fetched when they are first needed: a command's output, a keyring's entry.

Each is fetched once a process, since a password manager may ask a person every time.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from upstox_browser_login.blocking import apart, run_apart
from upstox_browser_login.errors import ConfigurationError, UpstoxUnavailableError
from upstox_browser_login.files.text import decoded
from upstox_browser_login.forks import renewed_in_children
from upstox_browser_login.programs import command_problem, printed_by
from upstox_browser_login.redaction import Concealed

from .keyring_entries import KeyringTrouble, read_entry
from .names import APP

COMMAND_SECONDS = 60.0
"""How long a command may take: a person may have to unlock a password manager."""

KEYRING_SECONDS = 60.0
"""How long a keyring may take: it may ask a person to unlock it, and has no limit of its own."""


class _Limit(Struct):
    """Until when values may be fetched, who may call that off, and what has taken the time."""

    seconds: float
    left: Callable[[], float]
    cancelled: threading.Event | None = None
    taken: list[tuple[str, float]] = field(default_factory=list)

    def check(self) -> None:
        """Raise `UpstoxUnavailableError` (TIMEOUT) where no time is left."""
        if self.left() <= 0:
            raise self.over()

    @contextmanager
    def alone(self, share: float) -> Iterator[None]:
        """Be the only one who fetches; another thread may do that, with more time for it.

        `share`: of the time that is left, what may be waited for that.
        """
        lock = _fetching  # a child of a fork has another
        if not lock.acquire(timeout=min(self.left() * share, threading.TIMEOUT_MAX)):
            raise self.over()
        try:
            yield
        finally:
            lock.release()

    def over(self) -> UpstoxUnavailableError:
        """The error of a limit within which not everything could be fetched."""
        names = " and ".join(f"{name} ({seconds:.0f} s)" for name, seconds in self.taken)
        return UpstoxUnavailableError(
            f"The login was not done within {self.seconds:.0f} s, and did not get as far as a "
            f"browser: the time went into fetching {names or 'its settings'}.",
            code="TIMEOUT",
            hint="Raise UPSTOX_TIMEOUT, or see why what brings these settings is slow.",
        )


_limit: ContextVar[_Limit | None] = ContextVar("fetching_within", default=None)


@contextmanager
def fetching_within(
    seconds: float, left: Callable[[], float], cancelled: threading.Event | None = None
) -> Iterator[None]:
    """Within the block nothing is fetched for longer than `left` says, of `seconds` in all.

    Raises `UpstoxUnavailableError` (TIMEOUT), which names what has taken the time, and
    `UpstoxError` soon after `cancelled` is set.
    """
    reset = _limit.set(_Limit(seconds, left, cancelled))
    try:
        yield
    finally:
        _limit.reset(reset)


class _Fetched(Struct, frozen=True):
    """What was fetched, and when."""

    text: str
    at: float
    """When that began, seconds since the epoch."""
    ended: float
    """When that ended, of `time.monotonic`."""


_SHARE_OF_ANEW = 0.25
"""The part of a login's time in which a value that is known already may be fetched once more."""

_fetched: dict[Deferred, _Fetched] = {}
_doubted: set[Deferred] = set()
_fetching = threading.Lock()


def _renew() -> None:
    global _fetching  # noqa: PLW0603
    _fetching = threading.Lock()


renewed_in_children(_renew)


class Deferred(Concealed, frozen=True):
    """Where the value of a setting is kept."""

    kind: Literal["command", "keyring"]
    name: str
    """The variable that says where, such as `UPSTOX_PIN_CODE_COMMAND`."""
    where: str
    """The command line, or the keyring's service."""
    setting: str
    """The variable of the setting itself."""

    def __repr__(self) -> str:
        """Name the variable only, since a command line may hold something private."""
        return f"Deferred({self.kind!r}, {self.name!r})"

    def problem(self) -> str | None:
        """Why it could not be fetched, as far as can be told without fetching; None otherwise."""
        if self.kind == "command" and (problem := command_problem(self.where)) is not None:
            return f"{self.name} {problem}"
        return None

    @property
    def seconds(self) -> float:
        """How long fetching it may take."""
        return COMMAND_SECONDS if self.kind == "command" else KEYRING_SECONDS

    @property
    def fetched_at(self) -> float | None:
        """When this process last fetched it, seconds since the epoch; None where it did not."""
        fetched = _fetched.get(self)
        return None if fetched is None else fetched.at

    def is_fetched_since(self, began: float) -> bool:
        """Whether this process has fetched it since that time of `time.monotonic`."""
        fetched = _fetched.get(self)
        return fetched is not None and fetched.ended >= began

    @property
    def is_doubted(self) -> bool:
        """Whether a login has failed by the value that was fetched."""
        return self in _doubted

    def doubt(self) -> None:
        """Note in this process that a login has failed by the value that was fetched."""
        _doubted.add(self)

    def trust(self) -> None:
        """Note that a login has succeeded with the value, which is as good as fetched just now."""
        _doubted.discard(self)
        if (fetched := _fetched.get(self)) is not None:
            _fetched[self] = replace(fetched, at=time.time())

    def forget(self) -> None:
        """Fetch it when it is next needed."""
        _fetched.pop(self, None)

    def fetch(self, *, since: float = -math.inf) -> str:
        """The text that is kept there, as it is. Raises `ConfigurationError`.

        With `since`, of `time.monotonic`, a text that was fetched before that is fetched anew, in
        a part of the time that is left; it stays known if that fails. Within `fetching_within` it
        raises what that says as well.
        """
        limit = _limit.get() or _Limit(math.inf, lambda: math.inf)
        share = 1.0 if since == -math.inf else _SHARE_OF_ANEW
        with limit.alone(share):
            # Another thread may have fetched it while this one waited.
            fetched = _fetched.get(self)
            if fetched is None or fetched.ended < since:
                return self._fetched_within(limit, share)
            return fetched.text

    def _fetched_within(self, limit: _Limit, share: float) -> str:
        """Fetch it and keep it, also where that came too late for this limit."""
        limit.check()
        at, began = time.time(), time.monotonic()
        try:
            seconds = min(self.seconds, limit.left() * share)
            fetch = self._printed if self.kind == "command" else self._kept
            text = fetch(seconds, limit.cancelled)
            _fetched[self] = _Fetched(text, at, time.monotonic())
            return text
        finally:
            limit.taken.append((self.name, time.monotonic() - began))
            # Also in place of the error of a command that was ended for it.
            limit.check()

    def _printed(self, seconds: float, cancelled: threading.Event | None) -> str:
        hint = "Run the command by hand; it must print the value and nothing else."
        printed = run_apart(printed_by(self.name, self.where, seconds, hint), cancelled)
        try:
            text = decoded(printed)
        except ValueError as error:
            raise ConfigurationError(
                f"What {self.name} printed cannot be read: {error}.", hint=hint
            ) from None
        if not text.strip():
            raise ConfigurationError(f"{self.name} printed nothing.", hint=hint)
        return text

    def _kept(self, seconds: float, cancelled: threading.Event | None) -> str:
        hint = f"Run `{APP} configure {self.setting}`."

        async def read() -> str | None:
            # In a thread, which is left behind where the keyring does not answer.
            async with asyncio.timeout(seconds):
                return await apart(read_entry, self.where, self.setting)

        try:
            text = run_apart(read(), cancelled)
        except TimeoutError:
            raise ConfigurationError(
                f"{self.name}: the keyring did not answer within {seconds:.0f} s.",
                hint="Unlock the keyring, or answer what it asks, then run again.",
            ) from None
        except KeyringTrouble as trouble:
            raise ConfigurationError(
                f"{self.name}: the keyring {trouble}.", hint=trouble.hint
            ) from None
        if not text:
            raise ConfigurationError(
                f"{self.name} names an entry that the keyring does not have.", hint=hint
            )
        return text


def forget_fetched() -> None:
    """Fetch everything anew when it is next needed: for a process that reads its settings again."""
    with _fetching:
        _fetched.clear()
