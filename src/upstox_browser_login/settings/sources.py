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

from upstox_browser_login.files.paths import NOT_THERE, is_file, why_unseen

from .env_file import EnvFile, Unread
from .names import INSTEAD, PREFIX, variable
from .places import Place, Places, content_of
from .trust import untrusted
from .values import DirtError, prepared_path


class Gathered(Struct, frozen=True):
    """The value of every setting that is set anywhere, as it was given."""

    values: dict[str, Any]
    notices: tuple[str, ...]
    """What was left out, and why."""


def gather(
    fields: Collection[str],
    deferrable: Collection[str],
    given: Mapping[str, Any],
    env_file: EnvFile,
) -> Gathered:
    """Every setting from the strongest place that sets it; `deferrable` ones may be commands.

    The order is: `given` (options and arguments), the environment, the env file, and behind the
    place that names it the folder of UPSTOX_SECRETS_DIR. Of two settings that stand in place of one
    another the one of the weaker place is left out. Where a person has named the env file,
    the account's settings in the environment are left out: they may be those of another account.
    Settings of a `.env` that nobody has named, and which run programs, say where traffic goes, what
    a page is taken for or where secrets are kept, are left out unless the credentials in use stand
    in that file themselves (`trust.py`).
    """
    file = Place(str(env_file.path), _in_capitals(env_file.variables), deferrable)
    environment = Place("the environment", _in_capitals(os.environ), deferrable)
    places = Places(environment, file, env_file.chosen)
    places, problem = _with_folder(places, given)
    twice = {
        field: Unread(conflict)
        for field in fields
        for place in places.of(field)
        if (conflict := place.conflict(field)) is not None
    }
    found = _found(fields, given, places)
    for field in _replaced(given, found, places):
        del found[field]
    foreign = [] if env_file.chosen else untrusted(given, found, file)
    values = {
        field: place.value(field)
        for field, place in found.items()
        if field not in twice and field not in foreign
    }
    if problem is not None:
        values["secrets_dir"] = Unread(problem)
    ignored = {
        place.name: [
            name for field in fields if place not in places.of(field) for name in place.has(field)
        ]
        for place in (environment, places.folder)
        if place is not None
    }
    return Gathered({**given, **values, **twice}, tuple(_notices(ignored, foreign, file)))


def _found(fields: Iterable[str], given: Mapping[str, Any], places: Places) -> dict[str, Place]:
    """The strongest place of every setting that was not `given`."""
    return {
        field: place
        for field in fields
        if field not in given
        for place in reversed(places.of(field))
        if place.has(field)
    }


def _replaced(
    given: Mapping[str, Any], found: Mapping[str, Place], places: Places
) -> Iterator[str]:
    """The settings in whose place a stronger place sets another, such as a seed for a command."""

    def rank(field: str) -> int:
        return -1 if field in given else places.of(field).index(found[field])

    for pair in INSTEAD:
        if all(field in given or field in found for field in pair):
            stronger, weaker = sorted(pair, key=rank)
            if rank(stronger) < rank(weaker):
                yield weaker


def _with_folder(places: Places, given: Mapping[str, Any]) -> tuple[Places, str | None]:
    """The places with the folder of secrets among them, where one is named; or what is wrong.

    An env file that nobody has named may not name it: what is in the folder is the user's own, and
    would count as if it stood in that file.
    """
    origin: Place | None = None
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
    folder = Place(f"the folder {path}", variables, indirect=False)
    return Places(places.environment, places.file, places.chosen, folder, origin), None


def _kept_in(folder: Path) -> Iterator[tuple[str, str | Unread]]:
    """The files of a folder that are named like settings, and their content. Raises `OSError`."""
    names: dict[str, list[Path]] = {}
    for each in sorted(folder.iterdir()):
        name = each.name.upper()
        # One that a closed folder hides is read all the same, which tells why it cannot be.
        if name.startswith(PREFIX) and (is_file(each) or why_unseen(each) not in {None, NOT_THERE}):
            names.setdefault(name, []).append(each)
    for name, files in names.items():
        if len(files) > 1:
            listed = " and ".join(each.name for each in files)
            yield name, Unread(f"is given by {listed} of UPSTOX_SECRETS_DIR; keep one of them")
        else:
            yield name, content_of(files[0], f"the file {files[0].name} of UPSTOX_SECRETS_DIR")


def _notices(ignored: Mapping[str, list[str]], foreign: list[str], file: Place) -> Iterator[str]:
    """What was left out, and why; `ignored` are the variables by the place that they are in."""
    for place, names in ignored.items():
        if names:
            yield (
                f"{', '.join(names)} of {place} {_are(names)} ignored: the account's settings "
                f"are those of {file.name}."
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
    found: dict[str, str | Unread] = {}
    for name, value in variables.items():
        capitals = name.upper()
        if value and capitals.startswith(PREFIX):
            same = found.setdefault(capitals, value) == value
            found[capitals] = value if same else Unread(_IN_TWO_CASES)
    return found


_IN_TWO_CASES = "is set twice, in capitals and in small letters, to different values; keep one"


def files_named(env_file: EnvFile, given: Mapping[str, Any] | None = None) -> Iterator[Path]:
    """The files that variables name, in the environment, in the env file or as an option.

    Those of `UPSTOX_…_FILE`; the folder of UPSTOX_SECRETS_DIR, and what is in it.
    """
    options = {variable(name): str(value) for name, value in (given or {}).items() if value}
    for variables in (env_file.variables, os.environ, options):
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
