"""Where each setting comes from: an option, the environment, `NAME_FILE`, or the env file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upstox_browser_login.files.text import decoded

from .env_file import EnvFile, Unread
from .names import (
    ACCOUNT,
    COMMANDS,
    CREDENTIALS,
    NEEDED_FOR_TOKEN_KEY,
    PREFIX,
    keeps,
    runs_or_routes,
    variable,
)
from .values import DirtError, prepared_path


@dataclass(frozen=True)
class Gathered:
    """The value of every setting that is set anywhere, as it was given."""

    values: dict[str, Any]
    notices: tuple[str, ...]
    """What was left out, and why."""


@dataclass(frozen=True)
class _Place:
    """One place in which variables are set."""

    name: str
    variables: Mapping[str, str | Unread]
    """By names in capitals, without those that are empty: shells export names without values."""

    def has(self, field: str) -> list[str]:
        """The variables here that set a setting: `NAME`, `NAME_FILE`, or both."""
        name = variable(field)
        return [each for each in (name, f"{name}_FILE") if each in self.variables]

    def conflict(self, field: str) -> str | None:
        """What is wrong where both set it."""
        if len(self.has(field)) < 2:
            return None
        name = variable(field)
        return f"{name} and {name}_FILE are both set in {self.name}; keep one of the two"

    def value(self, field: str) -> str | Unread:
        """The value that one of them gives."""
        (name,) = self.has(field)
        value = self.variables[name]
        if isinstance(value, Unread) or name == variable(field):
            return value
        return _content(name, value)


def gather(fields: Iterable[str], given: Mapping[str, Any], env_file: EnvFile) -> Gathered:
    """Every setting from the strongest place that sets it.

    The order is: `given` (options and arguments), the environment, the env file. Where a person
    has named the env file, the account's settings in the environment are left out: they may be
    those of another account. Settings of a `.env` that nobody has named, and which run programs,
    say where traffic goes, what a page is taken for or where secrets are kept, are left out unless
    the credentials in use are in that file too: a folder that was downloaded may have such a file.
    """
    file = _Place(str(env_file.path), _in_capitals(env_file.variables))
    environment = _Place("the environment", _in_capitals(os.environ))
    asked = {
        field: (file,) if env_file.chosen and field in ACCOUNT else (environment, file)
        for field in fields
    }
    twice = {
        field: Unread(problem)
        for field, places in asked.items()
        for place in places
        if (problem := place.conflict(field)) is not None
    }
    found = {
        field: place
        for field, places in asked.items()
        if field not in given
        for place in reversed(places)
        if place.has(field)
    }
    foreign = [] if env_file.chosen else _foreign(given, found, file)
    values = {
        field: place.value(field)
        for field, place in found.items()
        if field not in twice and field not in foreign
    }
    ignored = [
        name
        for field in asked
        if environment not in asked[field]
        for name in environment.has(field)
    ]
    return Gathered({**given, **values, **twice}, tuple(_notices(ignored, foreign, file)))


def _foreign(given: Mapping[str, Any], found: Mapping[str, _Place], file: _Place) -> list[str]:
    """The settings of an env file that nobody has named which are not to be trusted."""

    def all_in_file(fields: Iterable[str]) -> bool:
        return all(field not in given and found.get(field) is file for field in fields)

    in_use = [field for field in CREDENTIALS if field in given or field in found]
    # A command that produces codes is a program, and does not vouch for itself.
    vouching = [field for field in in_use if field not in COMMANDS]
    own_programs = bool(vouching) and all_in_file(in_use)
    # Programs that only read tokens have no credentials: there the token's owner decides.
    owner = [field for field in NEEDED_FOR_TOKEN_KEY if field in given or field in found]
    own_places = own_programs or (not in_use and bool(owner) and all_in_file(owner))
    return [
        field
        for field, place in found.items()
        if place is file
        and ((runs_or_routes(field) and not own_programs) or (keeps(field) and not own_places))
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
            "use are not in that file: set that where they are, or name the file with --env-file."
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
        text = decoded(prepared_path(path).read_bytes())
    except DirtError as error:
        return Unread(f"{name} {error}")
    except (OSError, ValueError) as error:
        reason = (error.strerror or type(error).__name__) if isinstance(error, OSError) else error
        return Unread(f"the file that {name} names cannot be read: {reason}")
    return text or Unread(f"the file that {name} names is empty")


def files_named(env_file: EnvFile) -> Iterator[Path]:
    """The files that `UPSTOX_…_FILE` variables name, in the environment or in the env file."""
    for variables in (env_file.variables, os.environ):
        for name, value in variables.items():
            if value and re.fullmatch(r"(?i)UPSTOX_\w+_FILE", name) and isinstance(value, str):
                try:
                    yield prepared_path(value)
                except DirtError:
                    continue
