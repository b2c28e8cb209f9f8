"""Settings that are kept for a person: in an env file, its secrets in the keyring if wanted.

The file is what counts. It is written last and whole, so that whoever stops in between has the
settings as they were.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.dotenv import change_privately, check_writable, line
from upstox_browser_login.files.paths import is_missing, nearest
from upstox_browser_login.files.refused import reason_of, unwritable
from upstox_browser_login.programs import command_problem

from .deferred import forget_fetched
from .env_file import EnvFile, read_env_file
from .keyring_entries import KeyringTrouble, remove_entry, write_entry
from .model import SETTABLE, is_secret, read_what_is_valid
from .names import APP, COMMAND, COMMANDS, FILE, KEYRING, variable

_ENDINGS = ("", FILE, COMMAND, KEYRING)
_IN_PLACE_OF = {"totp_secret": "totp_command", "totp_command": "totp_secret"}
"""Of these two only one may be set."""


def problem_with(name: str, text: str) -> str | None:
    """Why the setting could not be `text`, None where it could. The text is not told."""
    valid = read_what_is_valid({name: text})
    problem = next(iter([*valid.problems.values(), *valid.together]), None)
    if problem is None and name in COMMANDS:
        problem = command_problem(text)
    if problem is not None:
        return problem
    try:
        line(variable(name), text)
    except ValueError:
        return f"{variable(name)} has a character that cannot be printed, which no env file keeps"
    return None


def keyring_problem() -> KeyringTrouble | None:
    """Why the keyring cannot be used here, None where it keeps what it is given."""
    service = f"{APP}:probe-{secrets.token_hex(4)}"
    try:
        write_entry(service, "probe", "probe")
        remove_entry(service, "probe")
    except KeyringTrouble as trouble:
        return trouble
    return None


class Kept(Struct, frozen=True):
    """The settings of one env file, which need not be there yet."""

    path: Path
    chosen: bool
    """Whether a person has named it, as `EnvFile` has it."""

    def read(self) -> EnvFile:
        """What stands in it. Raises `ConfigurationError` where it is there and cannot be read."""
        if is_missing(self.path):
            return EnvFile(self.path, self.chosen)
        return replace(read_env_file(self.path, None), chosen=self.chosen)

    def fields(self) -> set[str]:
        """The settings that are set here, in whatever way."""
        present = self.read().variables
        return {
            field
            for field in SETTABLE
            if any(present.get(f"{variable(field)}{ending}") for ending in _ENDINGS)
        }

    def uses_keyring(self) -> bool:
        """Whether a secret of these is in the keyring."""
        return bool(self._entries(SETTABLE))

    def _entries(self, fields: Iterable[str]) -> list[tuple[str, str]]:
        """Service and name of the entries that these settings have in the keyring."""
        present = self.read().variables
        found = {variable(field): present.get(f"{variable(field)}{KEYRING}") for field in fields}
        return [(service, name) for name, service in found.items() if isinstance(service, str)]

    def check_writable(self) -> None:
        """Try whether the file could be written, before a person is asked. Raises `StoreError`."""
        folder = nearest(self.path.parent)
        check_writable(folder / self.path.name)

    def keep(self, values: Mapping[str, str], *, keyring: bool) -> None:
        """Set these settings, whole or not at all; their secrets in the keyring if wanted.

        Raises `StoreError` where the file, and `ConfigurationError` where the keyring cannot be
        written; what was kept before stays then.
        """
        values = {field: _spelled(field, text) for field, text in values.items()}
        replaced = [*values, *(_IN_PLACE_OF[each] for each in values if each in _IN_PLACE_OF)]
        old = self._entries(replaced)
        hidden = {field: text for field, text in values.items() if keyring and is_secret(field)}
        # Under a new name: the file leads to the old entries until it is replaced as a whole.
        service = f"{APP}:settings-{secrets.token_hex(4)}"
        changes: dict[str, str | None] = dict.fromkeys(
            f"{variable(field)}{ending}" for field in replaced for ending in _ENDINGS
        )
        for field, text in values.items():
            if field in hidden:
                changes[f"{variable(field)}{KEYRING}"] = service
            else:
                changes[variable(field)] = text
        new = [(service, variable(field)) for field in hidden]
        try:
            for field, text in hidden.items():
                write_entry(service, variable(field), text)
            change_privately(self.path, changes)
        except KeyringTrouble as trouble:
            _remove(new)
            raise ConfigurationError(f"The keyring {trouble}.", hint=trouble.hint) from None
        except BaseException:
            _remove(new)
            raise
        finally:
            forget_fetched()
        _remove(old)

    def remove(self, fields: Iterable[str] = SETTABLE) -> None:
        """Remove these settings, and their entries in the keyring. Raises `StoreError`."""
        fields = list(fields)
        old = self._entries(fields)
        if not is_missing(self.path):
            names = [f"{variable(field)}{ending}" for field in fields for ending in _ENDINGS]
            change_privately(self.path, dict.fromkeys(names))
        forget_fetched()
        _remove(old)

    def remove_whole(self) -> None:
        """Remove the file, whatever else stands in it, and the entries that it leads to.

        Raises `StoreError` where it cannot be removed.
        """
        old = self._entries(SETTABLE)
        try:
            self.path.unlink()
        except OSError as error:
            raise unwritable(self.path, reason_of(error), f"Remove {self.path}.") from None
        forget_fetched()
        _remove(old)


def _spelled(field: str, text: str) -> str:
    """A mobile number as its ten digits, which other programs can read too; the rest as it is."""
    if field != "username":
        return text
    number = read_what_is_valid({field: text}).settings.username
    return text if number is None else number.get_secret_value()


def _remove(entries: Iterable[tuple[str, str]]) -> None:
    """Remove entries of ours; one that stays behind is led to by nothing."""
    for service, name in entries:
        if service.startswith(f"{APP}:"):
            with suppress(KeyringTrouble):
                remove_entry(service, name)
