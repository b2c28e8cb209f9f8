"""The places in which settings are set: the environment, an env file, a folder of secrets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from upstox_browser_login.files.text import decoded
from upstox_browser_login.redaction import Concealed

from .deferred import Deferred
from .env_file import Unread
from .names import ACCOUNT, COMMAND, FILE, KEYRING, OF_THE_FILE_FIRST, variable
from .values import DirtError, cleaned, prepared_path


class Place(Concealed, frozen=True):
    """One place in which variables are set."""

    name: str
    variables: Mapping[str, str | Unread]
    """By names in capitals, without those that are empty: shells export names without values."""
    deferrable: Collection[str] = ()
    """The settings that may be a command or an entry of the keyring here."""
    indirect: bool = True
    """Whether `NAME_FILE` and its like are heeded."""

    def __repr__(self) -> str:
        return f"Place({self.name!r})"

    def has(self, field: str) -> list[str]:
        """The variables here that set a setting: `NAME`, `NAME_FILE`, …; one, unless in error."""
        endings = ["", FILE] if self.indirect else [""]
        endings += [COMMAND, KEYRING] if field in self.deferrable else []
        names = [f"{variable(field)}{ending}" for ending in endings]
        return [each for each in names if each in self.variables]

    def conflict(self, field: str) -> str | None:
        """What is wrong where several set it."""
        names = self.has(field)
        if len(names) < 2:
            return None
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        which = "both" if len(names) == 2 else "all"
        return f"{listed} are {which} set in {self.name}; keep one of them"

    def is_by(self, field: str, ending: str) -> bool:
        """Whether a setting is set here by a variable with this ending."""
        return self.has(field) == [f"{variable(field)}{ending}"]

    def value(self, field: str) -> str | Unread | Deferred:
        """The value that one of them gives, or where it is to be fetched."""
        (name,) = self.has(field)
        value = self.variables[name]
        if isinstance(value, Unread) or name == variable(field):
            return value
        if name.endswith(FILE):
            return _content(name, value)
        kind = "command" if name.endswith(COMMAND) else "keyring"
        where = cleaned(value)
        if not where:
            return Unread(f"{name} must not be empty")
        return Deferred(kind, name, where, variable(field))  # type: ignore[arg-type]  # one of two


class Places(Struct, frozen=True):
    """Everything that a setting can come from."""

    environment: Place
    file: Place
    chosen: bool
    """Whether a person has named the file."""
    folder: Place | None = None
    """The folder that UPSTOX_SECRETS_DIR names."""
    folder_is_of: Place | None = None
    """Where that was set; None for an option."""

    def of(self, field: str) -> list[Place]:
        """The places that count for a setting, the strongest first."""
        if self.chosen and field in ACCOUNT:
            found = [self.file]
        elif self.chosen and field in OF_THE_FILE_FIRST:
            found = [self.file, self.environment]
        else:
            found = [self.environment, self.file]
        if self.folder is None:
            return found
        if self.folder_is_of is None:
            return [self.folder, *found]
        # Behind the place that names it: what is said there itself is nearer.
        if self.folder_is_of in found:
            found.insert(found.index(self.folder_is_of) + 1, self.folder)
        return found


def _content(name: str, path: str) -> str | Unread:
    """The content of the file that the variable `name` names."""
    try:
        return content_of(prepared_path(path), f"the file that {name} names")
    except DirtError as error:
        return Unread(f"{name} {error}")


def content_of(path: Path, called: str) -> str | Unread:
    """The text of a file, which messages name as `called`; or why there is none."""
    try:
        text = decoded(path.read_bytes())
    except (OSError, ValueError) as error:
        from upstox_browser_login.files.refused import reason_of

        reason = reason_of(error) if isinstance(error, OSError) else error
        return Unread(f"{called} cannot be read: {reason}")
    return text or Unread(f"{called} is empty")
