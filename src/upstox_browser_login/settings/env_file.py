"""The env file: which one it is, and what stands in it. It is read once, as a pipe can be."""

from __future__ import annotations

import io
import os
import re
import shlex
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from dotenv.variables import Variable, parse_variables
from msgspec import Struct, field
from platformdirs import user_config_path

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.binding import name_in
from upstox_browser_login.files.paths import in_full, is_file, is_folder
from upstox_browser_login.files.text import LINE_END, decoded
from upstox_browser_login.redaction import Concealed

from .names import APP, CREDENTIALS, PREFIX, variable
from .values import DirtError, prepared_path

DEFAULT = ".env"

_BY_OTHERS = stat.S_IROTH | stat.S_IWOTH

_SINGLE_QUOTED = re.compile(r"\s*(?:export\s+)?(?:'[^']+'|[^=#\s]+)\s*=\s*'")


class Unread(Struct, frozen=True):
    """Stands for a value that cannot be had; it breaks every rule, with this problem."""

    problem: str


class EnvFile(Concealed, frozen=True):
    """An env file that has been read, or the one of the current folder that is not there."""

    path: Path
    chosen: bool
    """Whether a person has named it, or a profile: then the account's settings are in it alone."""
    variables: Mapping[str, str | Unread] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    """What its owner should know, without a value."""

    def __repr__(self) -> str:
        return f"EnvFile({str(self.path)!r})"


NO_FILE = EnvFile(Path(DEFAULT), chosen=False)
"""Stands where no env file is read."""


def check_profile(profile: str | None) -> None:
    """Raise `ConfigurationError` for a name that no profile may have."""
    if profile is not None and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", profile):
        raise ConfigurationError(
            "A profile's name is 1 to 64 letters, digits, dots, dashes and underscores.",
            hint="Give such a name to a profile; --env-file takes the path of a file.",
        )


def profile_file(profile: str) -> Path:
    """The env file of a profile. Raises `ConfigurationError` where there is no config folder."""
    try:
        folder = user_config_path(APP, appauthor=False)
    except RuntimeError:  # newer platformdirs; older ones answer with a path below "~"
        folder = Path()
    if not folder.is_absolute():
        raise ConfigurationError(
            "There is no folder for profiles, since this user has no home folder.",
            hint="Set XDG_CONFIG_HOME, or name the file with --env-file.",
        )
    return folder / "profiles" / f"{profile}.env"


def env_file_of(env_file: Path | str | None, profile: str | None) -> Path:
    """The full path of the env file that these two choose, whether or not it is there.

    Raises `ConfigurationError` for a path, or a profile, that cannot be.
    """
    check_profile(profile)
    if env_file is None and profile is not None:
        return profile_file(profile)
    try:
        path = prepared_path(DEFAULT if env_file is None else env_file)
    except DirtError as error:
        raise ConfigurationError(
            f"The path of the env file {error}.",
            hint="Give --env-file the path of a file, or leave it out to read ./.env.",
        ) from None
    return in_full(path)


def read_env_file(env_file: Path | str | EnvFile | None, profile: str | None) -> EnvFile:
    """Read the env file that these two choose.

    One that was asked for must be there. Raises `ConfigurationError`.
    """
    if isinstance(env_file, EnvFile):
        return env_file
    path, chosen = env_file_of(env_file, profile), not (env_file is None and profile is None)
    try:
        data = _bytes(path, chosen=chosen)
        text = None if data is None else decoded(data)
    except FileNotFoundError:
        named = None if env_file is None else path
        raise ConfigurationError(
            f"The env file {path} does not exist.",
            hint=f"Create it: `{_configure(named, profile)}` asks for all that it needs.",
        ) from None
    except (OSError, ValueError) as error:
        from upstox_browser_login.files.refused import reason_of

        reason = reason_of(error) if isinstance(error, OSError) else error
        raise ConfigurationError(
            f"The env file {path} cannot be read: {reason}.",
            hint="Make it a UTF-8 text file that this user may read.",
        ) from None
    if text is None:
        return EnvFile(path, chosen)
    variables, notices = _parsed(text, path)
    if any(variables.get(variable(name)) for name in CREDENTIALS) and _is_open(path):
        notices.append(
            f"{path} holds credentials, and other users of this machine may read it: "
            f"chmod 600 {shlex.quote(str(path))}"
        )
    return EnvFile(path, chosen, variables, tuple(notices))


def _configure(named: Path | None, profile: str | None) -> str:
    """The command that writes the env file which is `named`, or else the profile's."""
    command = f"{APP} configure"
    if named is not None:
        command += f" --env-file {shlex.quote(str(named))}"
    return command if profile is None else f"{command} --profile {profile}"


def _is_open(path: Path) -> bool:
    """Whether this user has left a file open to others, and can close it.

    A pipe is nobody's file; what the administrator has mounted, as secrets are in containers, is
    not this user's to change.
    """
    if sys.platform == "win32":
        return False
    try:
        found = path.stat()
        read_only = os.statvfs(path).f_flag & os.ST_RDONLY
    except OSError:
        return False
    mine = found.st_uid == os.geteuid() and not read_only
    return stat.S_ISREG(found.st_mode) and mine and bool(found.st_mode & _BY_OTHERS)


def _bytes(path: Path, *, chosen: bool) -> bytes | None:
    """What is in the file, which may be a pipe; None where nobody asked for one and none is there.

    Raises `OSError`, and `ConfigurationError` for a folder.
    """
    if is_folder(path):
        if not chosen and is_file(path / "pyvenv.cfg"):
            return None  # somebody's virtual environment
        raise ConfigurationError(
            f"The env file {path} is a folder.",
            hint="Put a file in its place. Docker makes a folder where a file to mount is missing.",
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if chosen:
            raise
        return None


def _parsed(text: str, path: Path) -> tuple[dict[str, str | Unread], list[str]]:
    """The variables of an env file, as python-dotenv reads them, and what is odd about it."""
    variables: dict[str, str | Unread] = {}
    lines: dict[str, int] = {}
    notices = []
    for binding, line in _bindings(text):
        name = name_in(binding) or ""
        name = name.upper() if name.upper().startswith(PREFIX) else name
        if binding.error and not name.startswith(PREFIX):
            notices.append(f"Line {line} of {path} cannot be understood, and is left out.")
            continue
        if not name or (binding.value is None and not binding.error):
            continue
        if variables.get(name):
            notices.append(
                f"{name} is set twice in {path}, in lines {lines[name]} and {line}; "
                "the last one counts."
            )
        # Left out, it would give way to an older value: a PIN that was changed would be refused.
        broken = f"cannot be read; a quote may be left open in line {line} of {path}"
        value = Unread(broken) if binding.error else _value(binding, name, variables)
        variables[name], lines[name] = value, line
    return variables, notices


def _bindings(text: str) -> Iterator[tuple[Binding, int]]:
    """Each assignment with the number of its line. The parser counts from the blanks before it."""
    for binding in parse_stream(io.StringIO(LINE_END.sub("\n", text))):
        whole = binding.original.string
        blank = whole[: len(whole) - len(whole.lstrip())]
        yield binding, binding.original.line + blank.count("\n")


def _value(binding: Binding, name: str, earlier: Mapping[str, str | Unread]) -> str | Unread:
    """The value of an assignment, its `${…}` filled in as python-dotenv does.

    Single quotes keep it as it is, as they do in a shell.
    """
    text = binding.value or ""
    if _SINGLE_QUOTED.match(binding.original.string):
        return text
    known = {**os.environ, **{key: each for key, each in earlier.items() if isinstance(each, str)}}
    atoms = list(parse_variables(text))
    for each in atoms:
        unset = isinstance(each, Variable) and each.default is None and each.name not in known
        if unset and name.startswith(PREFIX):
            # Its name is not told: it may be a piece of a password that has ${…} in it.
            return Unread(
                "has a ${…} of a variable that is not set; put the value in single quotes if that "
                "is its text"
            )
    return "".join(each.resolve(known) for each in atoms)
