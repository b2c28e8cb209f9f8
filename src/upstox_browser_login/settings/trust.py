"""What of an env file that nobody has named is not to be trusted.

A folder that was downloaded may hold a `.env`, which may lead to the user's own credentials by a
path or a command. It must not take them through its programs or to its hosts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from .names import (
    ACCOUNT,
    COMMAND,
    COMMANDS,
    CREDENTIALS,
    KEYRING,
    NEEDED_FOR_TOKEN_KEY,
    keeps,
    runs_or_routes,
)
from .places import Place


def untrusted(given: Mapping[str, Any], found: Mapping[str, Place], file: Place) -> list[str]:
    """The settings of `file` that are left out; `found` is the strongest place of each setting."""
    unnamed = _Unnamed(given, found, file)
    own = unnamed.own()
    return [
        field
        for field, place in found.items()
        if place is file and not unnamed.is_trusted(field, own)
    ]


class _Own(Struct, frozen=True):
    """What of the account in use the file itself holds."""

    credentials: bool
    """All of them, as values."""
    commands: bool
    """One of them as a value, and the others at least as commands."""
    owner: bool
    """Whose token it is: all credentials, or where none is in use the mobile number."""
    headers: bool
    """The headers for the browser, which open somebody's account there; or there are none."""


class _Unnamed(Struct, frozen=True):
    """An env file that nobody has named, among the other places."""

    given: Mapping[str, Any]
    found: Mapping[str, Place]
    file: Place

    def own(self) -> _Own:
        """Find out what of the account in use stands in the file."""
        credentials = self._in_use(CREDENTIALS)
        held = bool(credentials) and all(map(self._holds, credentials))
        number = self._in_use(NEEDED_FOR_TOKEN_KEY)
        headers = self.found.get("browser_headers")
        return _Own(
            credentials=held,
            commands=any(map(self._holds, credentials)) and all(map(self._sets, credentials)),
            owner=held or (not credentials and bool(number) and all(map(self._holds, number))),
            headers="browser_headers" not in self.given
            and (headers is None or headers is self.file),
        )

    def is_trusted(self, field: str, own: _Own) -> bool:
        """Whether a setting of the file may count."""
        if field == "secrets_dir":
            return False  # what is in that folder would count as if it stood in the file
        if self._runs(field) and not (own.commands if field in ACCOUNT else own.credentials):
            return False
        if runs_or_routes(field) and field not in CREDENTIALS and not own.credentials:
            return False
        if field == "browser_url" and not own.headers:
            return False
        return own.owner or not keeps(field)

    def _in_use(self, fields: Iterable[str]) -> list[str]:
        return [field for field in fields if field in self.given or field in self.found]

    def _sets(self, field: str) -> bool:
        """Whether the file sets it; an entry of the keyring is the user's own, whoever names it."""
        is_file = field not in self.given and self.found.get(field) is self.file
        return is_file and not self.file.is_by(field, KEYRING)

    def _holds(self, field: str) -> bool:
        """Whether the value itself stands in the file.

        What a command prints, and what is in another file, are the user's own as well.
        """
        return self._sets(field) and self.file.is_by(field, "") and field not in COMMANDS

    def _runs(self, field: str) -> bool:
        return field in COMMANDS or self.file.is_by(field, COMMAND)
