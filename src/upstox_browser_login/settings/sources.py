"""Where each setting comes from: an option, the environment, a folder of secrets, the env file.

In the environment and in the env file a setting may also be `NAME_FILE`, the content of a file,
and a secret one `NAME_COMMAND`, what a command prints, or `NAME_KEYRING`, an entry of the keyring.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from upstox_browser_login.files.text import decoded

from .deferred import Deferred
from .env_file import EnvFile, Unread
from .names import (
    ACCOUNT,
    COMMAND,
    COMMANDS,
    CREDENTIALS,
    FILE,
    KEYRING,
    NEEDED_FOR_TOKEN_KEY,
    OF_THE_FILE_FIRST,
    PREFIX,
    keeps,
    runs_or_routes,
    variable,
)
from .values import DirtError, cleaned, prepared_path


class Gathered(Struct, frozen=True):
    """The value of every setting that is set anywhere, as it was given."""

    values: dict[str, Any]
    notices: tuple[str, ...]
    """What was left out, and why."""


class _Place(Struct, frozen=True):
    """One place in which variables are set."""

    name: str
    variables: Mapping[str, str | Unread]
    """By names in capitals, without those that are empty: shells export names without values."""
    deferrable: Collection[str] = ()
    """The settings that may be a command or an entry of the keyring here."""
    indirect: bool = True
    """Whether `NAME_FILE` and its like are heeded."""

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


class _Places(Struct, frozen=True):
    """Everything that a setting can come from."""

    environment: _Place
    file: _Place
    chosen: bool
    """Whether a person has named the file."""
    folder: _Place | None = None
    """The folder that UPSTOX_SECRETS_DIR names."""
    folder_is_of: _Place | None = None
    """Where that was set; None for an option."""

    def of(self, field: str) -> list[_Place]:
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


def gather(
    fields: Collection[str],
    deferrable: Collection[str],
    given: Mapping[str, Any],
    env_file: EnvFile,
) -> Gathered:
    """Every setting from the strongest place that sets it; `deferrable` ones may be commands.

    The order is: `given` (options and arguments), the environment, the env file, and behind the
    place that names it the folder of UPSTOX_SECRETS_DIR. Where a person has named the env file,
    the account's settings in the environment are left out: they may be those of another account.
    Settings of a `.env` that nobody has named, and which run programs, say where traffic goes, what
    a page is taken for or where secrets are kept, are left out unless the credentials in use stand
    in that file themselves: a folder that was downloaded may have such a file, which leads to the
    user's own credentials by a path or a command.
    """
    file = _Place(str(env_file.path), _in_capitals(env_file.variables), deferrable)
    environment = _Place("the environment", _in_capitals(os.environ), deferrable)
    places = _Places(environment, file, env_file.chosen)
    places, problem = _with_folder(places, given)
    twice = {
        field: Unread(conflict)
        for field in fields
        for place in places.of(field)
        if (conflict := place.conflict(field)) is not None
    }
    found = _found(fields, given, places)
    foreign = [] if env_file.chosen else _foreign(given, found, file)
    values = {
        field: place.value(field)
        for field, place in found.items()
        if field not in twice and field not in foreign
    }
    if problem is not None:
        values["secrets_dir"] = Unread(problem)
    ignored = [
        name
        for field in fields
        if environment not in places.of(field)
        for name in environment.has(field)
    ]
    return Gathered({**given, **values, **twice}, tuple(_notices(ignored, foreign, file)))


def _found(fields: Iterable[str], given: Mapping[str, Any], places: _Places) -> dict[str, _Place]:
    """The strongest place of every setting that was not `given`."""
    return {
        field: place
        for field in fields
        if field not in given
        for place in reversed(places.of(field))
        if place.has(field)
    }


def _with_folder(places: _Places, given: Mapping[str, Any]) -> tuple[_Places, str | None]:
    """The places with the folder of secrets among them, where one is named; or what is wrong.

    An env file that nobody has named may not name it: what is in the folder is the user's own, and
    would count as if it stood in that file.
    """
    origin: _Place | None = None
    named: Any = given.get("secrets_dir")
    if named is None:
        naming = [each for each in places.of("secrets_dir") if each.has("secrets_dir")]
        if not naming or (naming[0] is places.file and not places.chosen):
            return places, None
        origin = naming[0]
        if origin.conflict("secrets_dir") is not None:
            return places, None
        named = origin.value("secrets_dir")
    try:
        path = prepared_path(named) if isinstance(named, str | Path) else None
        variables = {} if path is None else dict(_kept_in(path))
    except DirtError:
        return places, None  # the rule of the setting says so
    except OSError as error:
        from upstox_browser_login.files.refused import reason_of

        return places, f"cannot be looked into: {reason_of(error)}"
    folder = _Place(f"the folder {path}", variables, indirect=False)
    return _Places(places.environment, places.file, places.chosen, folder, origin), None


def _kept_in(folder: Path) -> Iterator[tuple[str, str | Unread]]:
    """The files of a folder that are named like settings, and their content. Raises `OSError`."""
    names: dict[str, list[Path]] = {}
    for each in sorted(folder.iterdir()):
        name = each.name.upper()
        if name.startswith(PREFIX) and each.is_file():
            names.setdefault(name, []).append(each)
    for name, files in names.items():
        if len(files) > 1:
            listed = " and ".join(each.name for each in files)
            yield name, Unread(f"is given by {listed} of UPSTOX_SECRETS_DIR; keep one of them")
        else:
            yield name, _content_of(files[0], f"the file {files[0].name} of UPSTOX_SECRETS_DIR")


def _foreign(given: Mapping[str, Any], found: Mapping[str, _Place], file: _Place) -> list[str]:
    """The settings of an env file that nobody has named which are not to be trusted."""

    def in_use(fields: Iterable[str]) -> list[str]:
        return [field for field in fields if field in given or field in found]

    def is_set(field: str) -> bool:
        """Whether the file sets it; an entry of the keyring is the user's own, whoever names it."""
        return field not in given and found.get(field) is file and not file.is_by(field, KEYRING)

    def holds(field: str) -> bool:
        """Whether the value itself stands in the file.

        What a command prints, and what is in another file, are the user's own as well.
        """
        return is_set(field) and file.is_by(field, "") and field not in COMMANDS

    def runs(field: str) -> bool:
        return field in COMMANDS or (found.get(field) is file and file.is_by(field, COMMAND))

    credentials = in_use(CREDENTIALS)
    own = bool(credentials) and all(map(holds, credentials))
    # One credential must be in the file itself; the others may be set there as commands.
    own_commands = any(map(holds, credentials)) and all(map(is_set, credentials))
    # Programs that only read tokens have no credentials: then the mobile number must be in it.
    owner = in_use(NEEDED_FOR_TOKEN_KEY)
    # Headers are for the browser that they were set beside: they open somebody's account there.
    own_headers = "browser_headers" not in given and (
        "browser_headers" not in found or found["browser_headers"] is file
    )
    own_places = own or (not credentials and bool(owner) and all(map(holds, owner)))
    return [
        field
        for field, place in found.items()
        if place is file
        and (
            (runs_or_routes(field) and field not in CREDENTIALS and not own)
            or (runs(field) and not (own_commands if field in ACCOUNT else own))
            or (field == "browser_url" and not own_headers)
            or (keeps(field) and not own_places)
            or field == "secrets_dir"
        )
    ]


def _notices(ignored: list[str], foreign: list[str], file: _Place) -> Iterator[str]:
    """What was left out, and why."""
    if ignored:
        yield (
            f"{', '.join(ignored)} of the environment {_are(ignored)} ignored: the account's "
            f"settings are those of {file.name}."
        )
    if foreign:
        names = [name for field in foreign for name in file.has(field)]
        yield (
            f"{', '.join(names)} of {file.name} {_are(names)} ignored, since the credentials in "
            "use do not stand in that file themselves: set that where they are, or name the file "
            "with --env-file."
        )


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _in_capitals(variables: Mapping[str, str | Unread]) -> dict[str, str | Unread]:
    """The variables of ours that have a value. Names are read in any case of letters."""
    return {
        name.upper(): value
        for name, value in variables.items()
        if value and name.upper().startswith(PREFIX)
    }


def _content(name: str, path: str) -> str | Unread:
    """The content of the file that the variable `name` names."""
    try:
        return _content_of(prepared_path(path), f"the file that {name} names")
    except DirtError as error:
        return Unread(f"{name} {error}")


def _content_of(path: Path, called: str) -> str | Unread:
    try:
        text = decoded(path.read_bytes())
    except (OSError, ValueError) as error:
        from upstox_browser_login.files.refused import reason_of

        reason = reason_of(error) if isinstance(error, OSError) else error
        return Unread(f"{called} cannot be read: {reason}")
    return text or Unread(f"{called} is empty")


def files_named(env_file: EnvFile) -> Iterator[Path]:
    """The files that variables name, in the environment or in the env file.

    Those of `UPSTOX_…_FILE`; the folder of UPSTOX_SECRETS_DIR, and what is in it.
    """
    for variables in (env_file.variables, os.environ):
        for name, value in variables.items():
            if not value or not isinstance(value, str):
                continue
            try:
                if re.fullmatch(r"(?i)UPSTOX_\w+_FILE", name):
                    yield prepared_path(value)
                elif name.upper() == variable("secrets_dir"):
                    folder = prepared_path(value)
                    yield from (folder, *sorted(folder.iterdir()))
            except (DirtError, OSError):
                continue
