"""Values that are fetched when they are first needed: a command's output, a keyring's entry.

Each is fetched once a process, since a password manager may ask a person every time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from msgspec import Struct, field

from upstox_browser_login.blocking import run_apart
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
"""How long a keyring is given, which may ask a person to unlock it. It has no limit of its own."""


class _Limit(Struct):
    """Until when values may be fetched, and what has taken the time."""

    seconds: float
    left: Callable[[], float]
    taken: list[tuple[str, float]] = field(default_factory=list)

    def check(self) -> None:
        """Raise `UpstoxUnavailableError` (TIMEOUT) where no time is left."""
        if self.left() > 0:
            return
        names = " and ".join(f"{name} ({seconds:.0f} s)" for name, seconds in self.taken)
        raise UpstoxUnavailableError(
            f"The login was not done within {self.seconds:.0f} s, and did not get as far as a "
            f"browser: the time went into fetching {names or 'its settings'}.",
            code="TIMEOUT",
            hint="Raise UPSTOX_TIMEOUT, or see why what brings these settings is slow.",
        )


_limit: ContextVar[_Limit | None] = ContextVar("fetching_within", default=None)


@contextmanager
def fetching_within(seconds: float, left: Callable[[], float]) -> Iterator[None]:
    """Within the block nothing is fetched for longer than `left` says, of `seconds` in all.

    Raises `UpstoxUnavailableError` (TIMEOUT), which names what has taken the time.
    """
    reset = _limit.set(_Limit(seconds, left))
    try:
        yield
    finally:
        _limit.reset(reset)


_fetched: dict[Deferred, str] = {}
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

    def fetch(self) -> str:
        """The text that is kept there, as it is. Raises `ConfigurationError`.

        Within `fetching_within` it raises `UpstoxUnavailableError` as well.
        """
        with _fetching:
            text = _fetched.get(self)
            if text is None:
                text = self._fetched_within(_limit.get())
        return text

    def _fetched_within(self, limit: _Limit | None) -> str:
        """Fetch it and keep it, also where that came too late for this limit."""
        if limit is None:
            text = _fetched[self] = self._fetched_now(self.seconds)
            return text
        limit.check()
        began = time.monotonic()
        try:
            text = _fetched[self] = self._fetched_now(min(self.seconds, limit.left()))
            return text
        finally:
            limit.taken.append((self.name, time.monotonic() - began))
            # Also in place of the error of a command that was ended for it.
            limit.check()

    def _fetched_now(self, seconds: float) -> str:
        return self._printed(seconds) if self.kind == "command" else self._kept()

    def _printed(self, seconds: float) -> str:
        hint = "Run the command by hand; it must print the value and nothing else."
        printed = run_apart(printed_by(self.name, self.where, seconds, hint))
        try:
            text = decoded(printed)
        except ValueError as error:
            raise ConfigurationError(
                f"What {self.name} printed cannot be read: {error}.", hint=hint
            ) from None
        if not text.strip():
            raise ConfigurationError(f"{self.name} printed nothing.", hint=hint)
        return text

    def _kept(self) -> str:
        hint = f"Run `{APP} configure {self.setting}`."
        try:
            text = read_entry(self.where, self.setting)
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
