"""Values that are fetched when they are first needed: a command's output, a keyring's entry.

Each is fetched once a process, since a password manager may ask a person every time.
"""

from __future__ import annotations

import threading
from typing import Literal

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.text import decoded
from upstox_browser_login.programs import command_problem, printed_by
from upstox_browser_login.redaction import Concealed

from .keyring_entries import KeyringTrouble, read_entry
from .names import APP

COMMAND_SECONDS = 60.0
"""How long a command may take: a person may have to unlock a password manager."""

KEYRING_SECONDS = 60.0
"""How long a keyring is given, which may ask a person to unlock it. It has no limit of its own."""

_fetched: dict[Deferred, str] = {}
_fetching = threading.Lock()


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
        """The text that is kept there, as it is. Raises `ConfigurationError`."""
        with _fetching:
            text = _fetched.get(self)
            if text is None:
                text = self._printed() if self.kind == "command" else self._kept()
                _fetched[self] = text
        return text

    def _printed(self) -> str:
        hint = "Run the command by hand; it must print the value and nothing else."
        printed = run_apart(printed_by(self.name, self.where, COMMAND_SECONDS, hint))
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
