"""What the service needs of this machine: its program, environment and secrets, all checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login.browser.find import candidates
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import is_cache
from upstox_browser_login.files.paths import is_folder
from upstox_browser_login.files.private import make_folder
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.programs import split_command
from upstox_browser_login.settings import Settings, variable
from upstox_browser_login.settings.deferred import COMMAND_SECONDS
from upstox_browser_login.settings.names import COMMANDS

from .service import Job, Kind, Secret

_CARRIED = (
    "PATH",
    "PLAYWRIGHT_BROWSERS_PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


def environment() -> dict[str, str]:
    """What the service needs of the shell's environment. Raises `ConfigurationError`."""
    proxies = [name for each in _PROXIES for name in (each, each.lower())]
    found = {
        name: value for name in (*_CARRIED, *proxies) if (value := os.environ.get(name)) is not None
    }
    if "PATH" in found:
        found["PATH"] = os.pathsep.join(_folders_of_path())
    for name in proxies:
        if "@" in found.get(name, ""):
            raise ConfigurationError(
                f"{name} has a password in it, which a service's file would show to everybody.",
                hint="Put UPSTOX_PROXY into the env file in its place, and unset this one.",
            )
    return found


def _folders_of_path() -> list[str]:
    """The folders of PATH that are there, each once."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return [each for each in dict.fromkeys(folders) if is_folder(Path(each))]


_OF_THE_SYSTEM = ("/usr/bin", "/bin")


def path_in_need(settings: Settings) -> str:
    """The folders of PATH that have the browser or a program of a setting's command.

    Those of the system are kept as well, which such programs use themselves.
    """
    browser = next(candidates(settings), None)
    places = set(_OF_THE_SYSTEM)
    if browser is not None and browser.path is not None:
        places.add(str(browser.path.parent))
    programs = list(_programs_of(settings))

    def has_one(folder: str) -> bool:
        return any(shutil.which(each, path=folder) is not None for each in programs)

    return os.pathsep.join(each for each in _folders_of_path() if each in places or has_one(each))


def commands_of(settings: Settings) -> Iterator[tuple[str, str]]:
    """The variable of each command that these settings have run, and the command itself."""
    for origin in map(settings.origin, Settings.model_fields):
        if origin is not None and origin.kind == "command":
            yield origin.name, origin.where
    for name in COMMANDS:
        value: SecretStr | None = getattr(settings, name)
        if value is not None:
            yield variable(name), value.get_secret_value()


def _programs_of(settings: Settings) -> Iterator[str]:
    """The programs that commands of these settings name; nothing is run."""
    for _, each in commands_of(settings):
        with suppress(ValueError):  # a quote that is not closed is told of elsewhere
            yield from split_command(each)[:1]


def program() -> tuple[str, ...]:
    """How this program is started again. Raises `ConfigurationError` where it will be gone."""
    environment = Path(sys.prefix)
    if is_cache(environment):
        raise ConfigurationError(
            f"This program runs from a cache ({environment}), which may be emptied at any time.",
            hint="Install it first: `uv tool install upstox-browser-login` or `pipx install "
            "upstox-browser-login`.",
        )
    python = Path(sys.executable)
    if sys.platform == "win32" and python.with_name("pythonw.exe").is_file():
        python = python.with_name("pythonw.exe")  # opens no window
    # -P: the folder that it runs in is somebody's own, and may have a typer.py of theirs.
    return str(python), "-P", "-m", "upstox_browser_login"


def secrets(folder: Path | None) -> tuple[Secret, ...]:
    """The files of the folder that are settings.

    Raises `ConfigurationError` where there is none.
    """
    if folder is None:
        return ()
    known = {variable(name) for name in Settings.model_fields}
    try:
        paths = sorted(each for each in folder.absolute().iterdir() if each.is_file())
    except OSError as error:
        raise ConfigurationError(
            f"The folder of --secrets cannot be read: {reason_of(error)}.",
            hint="Name a folder that this user may read, with a file for each secret in it.",
        ) from None
    found = tuple(Secret(each.name, str(each)) for each in paths if each.name.upper() in known)
    if not found:
        raise ConfigurationError(
            f"No file in {folder} is called like a setting.",
            hint="One file for each, such as upstox_pin_code and upstox_totp_secret.",
        )
    return found


SECONDS = 60.0
"""How long `check-env` may take: a store may be on another machine."""


WHERE_TO_SET = (
    "A service does not see this shell's variables: put them into .env of this folder (mode 600), "
    "or name --env-file, --profile or --secrets."
)


def check(job: Job, options: Sequence[str]) -> str | None:
    """Let `check-env` look at the settings as the service will see them.

    `options` say whose settings they are. Returns what stands in the way of a login for a while.
    Raises `ConfigurationError` where none could start with these settings.
    """
    done = _check_env(job, options, SECONDS)
    error = done.object["error"]
    if error is None:
        return None
    if done.status == 6:  # the settings are in order, an earlier refusal stands in the way
        return f"{error['message']} {error['hint']}"
    of_settings = error["code"] in ConfigurationError.codes
    raise ConfigurationError(
        f"As the service will see it: {error['message']}",
        hint=WHERE_TO_SET if of_settings else error["hint"],
    )


def not_fetched(job: Job, options: Sequence[str], commands: Sequence[str], kind: Kind) -> list[str]:
    """What `commands`, those of settings, do not bring where they run as in the service."""
    if not commands:
        return []
    # A user's systemd knows these two, by which a keyring and the agents of gpg are found.
    session = _OF_A_SESSION if kind == "systemd" and job.user is None else ()
    seconds = SECONDS + len(commands) * COMMAND_SECONDS
    found = _check_env(job, [*options, "--fetch"], seconds, session).object["data"] or {}
    return [each["problem"] for each in found.get("settings", []) if each["state"] == "invalid"]


_OF_A_SESSION = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")


class _Checked(Struct, frozen=True):
    """What `check-env` says."""

    status: int
    object: Mapping[str, Any]


def _check_env(
    job: Job, options: Sequence[str], seconds: float, more: Sequence[str] = ()
) -> _Checked:
    names = ("HOME", "SYSTEMROOT", *more)
    env = {name: os.environ[name] for name in names if name in os.environ}
    env.update(job.environment)
    as_user = {} if job.user is None else _as_user(job.user)
    with handed_over(job) as given:
        try:
            done = subprocess.run(
                [*job.program, "check-env", "--format", "json", *options, *given.options],
                cwd=job.folder,
                env=env,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=seconds,
                pass_fds=given.descriptors,
                **as_user,
            )
        except subprocess.TimeoutExpired:
            raise ConfigurationError(
                f"As the service will see it: no answer of `check-env` within {seconds:g} s.",
                hint="See that the token store answers, or name another UPSTOX_TOKEN_STORE.",
            ) from None
    return _Checked(done.returncode, _object_in(done.stdout, done.stderr))


class Given(Struct, frozen=True):
    """How a process finds the secrets: an option, and open files that it inherits."""

    options: tuple[str, ...] = ()
    descriptors: tuple[int, ...] = ()


@contextmanager
def handed_over(job: Job) -> Iterator[Given]:
    """Within the block the secrets can be read as systemd will hand them to the service.

    They may be root's alone, and the service's user is to read them. So they are copied into files
    that are in memory only and have no name: nothing of them is left, however this process ends.
    """
    if not job.secrets:
        yield Given()
        return
    if sys.platform != "linux":
        raise ConfigurationError(
            "--secrets is for systemd, which only Linux has.",
            hint="Put the settings into .env of this folder (mode 600).",
        )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        descriptors = []
        for each in job.secrets:
            descriptor = os.memfd_create(each.name)
            stack.callback(os.close, descriptor)
            _write_all(descriptor, _read(each))
            (folder / each.name).symlink_to(f"/proc/self/fd/{descriptor}")
            descriptors.append(descriptor)
        if job.user is not None:
            shutil.chown(folder, job.user)
        yield Given(("--secrets-dir", str(folder)), tuple(descriptors))


def _read(secret: Secret) -> bytes:
    try:
        return Path(secret.path).read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{secret.path} cannot be read: {reason_of(error)}.",
            hint="Let this user read it, or run this with sudo and --system.",
        ) from None


def _write_all(descriptor: int, data: bytes) -> None:
    with open(descriptor, "wb", closefd=False) as file:
        file.write(data)


def _object_in(out: str, err: str) -> Mapping[str, Any]:
    try:
        found: dict[str, Any] = json.loads(out)
        found["error"], found["data"]
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError(
            f"The program does not start as the service would start it: {err.strip()}",
            hint="See that it starts in a new shell of the user who is to run it.",
        ) from None
    return found


def make_folders(job: Job) -> None:
    """Make the folders that the service may write, as the user who will use them.

    Within systemd's unit it cannot make them itself. Raises `ConfigurationError`.
    """
    for folder in dict.fromkeys((job.state_dir, *job.writable)):
        if (problem := _not_made(folder, job.user)) is not None:
            raise ConfigurationError(
                f"The folder {folder} cannot be made: {problem}.",
                hint="Make it, and let the user who runs the service write to it.",
            )


def _not_made(folder: str, user: str | None) -> str | None:
    """Make a folder as that user; why that failed, None where it is there."""
    if user is None:
        try:
            make_folder(Path(folder))
        except OSError as error:
            return reason_of(error)
        return None
    command = ["mkdir", "-p", "-m", "700", "--", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **_as_user(user))
    return (done.stderr.strip() or "mkdir failed") if done.returncode else None


@contextmanager
def acting_as(user: str | None) -> Iterator[None]:
    """Within the block files are read with that user's rights, where this is root.

    A user's own settings may name any file (`UPSTOX_TRACE_DIR_FILE`), and what root reads there
    would be written into the unit. Start no process within it: that could be root again.
    """
    if sys.platform == "win32" or user is None or os.geteuid() != 0:
        yield
        return
    import pwd

    found = pwd.getpwnam(user)
    group, groups = os.getegid(), os.getgroups()
    try:
        os.setgroups([])
        os.setegid(found.pw_gid)
        os.seteuid(found.pw_uid)
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


def check_readable(user: str | None) -> None:
    """Raises `ConfigurationError` where that user cannot read this program.

    It may be installed in the home folder of root, who calls it here. The service would not start,
    and what is imported while files are read with that user's rights would not be found.
    """
    for path in (Path(sys.executable), Path(os.__file__), Path(__file__)):
        with acting_as(user):
            readable = _can_be_read(path)
        if not readable:
            raise ConfigurationError(
                f"The user {user} cannot run this program: {path} is closed to others.",
                hint=f"Install it in a folder below /opt, or in the home of {user}, and call that "
                "one under sudo by its full path.",
            )


def _can_be_read(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False


def _as_user(user: str) -> dict[str, Any]:
    """What starts a process of that user."""
    if sys.platform == "win32":
        raise ConfigurationError(
            "Windows has no units that run as another user.", hint="Leave --run-as out."
        )
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
