"""The daily login as a job, with an environment as the service will have it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .call import Call
from .options import typed
from .service_wish import Wish, files_of, refresh_options

if TYPE_CHECKING:
    from upstox_browser_login.daily.service import Job
    from upstox_browser_login.daily.service_systemd import Machine
    from upstox_browser_login.settings import Settings


class Planned(Struct, frozen=True):
    """The job, and what else has to be known to install it."""

    job: Job
    machine: Machine
    account: Sequence[str]
    """The options that say whose settings the job uses."""
    files: Mapping[str, Path]
    """What the job writes, by the option that names it."""
    lacks: str | None
    """Which settings of a login the service will not have, as a sentence; None where it has all."""
    commands: Sequence[str]
    """The settings whose commands the service will run."""

    def check_files(self) -> None:
        """Raise `UpstoxError` where no run would begin, since a file could not be written."""
        from upstox_browser_login.daily.service_needs import acting_as

        from .env_write import writable_file

        with acting_as(self.job.user):
            for option, path in self.files.items():
                writable_file(path, option)


@contextmanager
def planned(call: Call, wish: Wish) -> Iterator[Planned]:
    """Plan the job, within an environment as the service will have it.

    Raises `UpstoxError` where it could not begin, and a usage error for wrong options of `refresh`.
    """
    from upstox_browser_login.settings import PREFIX

    user, home = _runner(wish)
    before = dict(os.environ)
    unseen = sorted(name for name in before if name.upper().startswith(PREFIX) and before[name])
    for name in unseen:
        del os.environ[name]
    if home is not None:
        os.environ["HOME"] = home
        for name in [each for each in os.environ if each.startswith("XDG_")]:
            del os.environ[name]
    try:
        plan = _planned(call, wish, user)
        if unseen:
            call.screen.warning(
                f"The service will not see {', '.join(unseen)} of this shell: put what it needs "
                "into an env file, a profile or --secrets."
            )
        yield plan
    finally:
        os.environ.clear()
        os.environ.update(before)


def _runner(wish: Wish) -> tuple[str | None, str | None]:
    """Who runs a unit of the machine, and that user's home. Raises `ConfigurationError`."""
    from upstox_browser_login.errors import ConfigurationError

    if not wish.system:
        return None, None
    user = wish.run_as or os.environ.get("SUDO_USER")
    if user is None or user == "root":
        raise ConfigurationError(
            "A unit of the machine needs an ordinary user to run as: Chromium has no sandbox for "
            "root.",
            hint="Name one with --run-as.",
        )
    if sys.platform == "win32":
        raise ConfigurationError(
            "--system is for systemd, which Windows does not have.", hint="Leave --system out."
        )
    import pwd

    try:
        return user, pwd.getpwnam(user).pw_dir
    except KeyError:
        raise ConfigurationError(
            f"There is no user {user}.", hint="Name a user of this machine with --run-as."
        ) from None


def _planned(call: Call, wish: Wish, user: str | None) -> Planned:
    from upstox_browser_login.daily import service_here, service_needs
    from upstox_browser_login.daily.calendar import HOURS
    from upstox_browser_login.daily.service import Job
    from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

    given = refresh_options(wish.options)
    # What is told of these names the options, as of those in front of `--`.
    call.program.typed = {**call.program.typed, **typed(_settings_in(given))}
    service_needs.check_readable(user)
    with service_needs.acting_as(user):
        settings = call.settings(**_settings_in(given))
        settings.refuse_unusable(*NOT_FOR_A_LOGIN)  # `refresh` would not begin
        machine = service_here.machine_here(settings)
    folder = _current_folder()
    account = _account(call, folder)
    options = [*account, *wish.options]
    files = files_of(given)
    folders = [str(each.parent) for each in files.values()]
    if "trace_dir" in settings.model_fields_set:
        folders.append(str((folder / settings.trace_dir).absolute()))
    else:
        options += ["--trace-dir", str(settings.state_dir / "traces")]
    closes = HOURS[given["exchange"]][1]
    # No command is run for it: `show` changes nothing, and here may be root, whose it is not.
    deferred = settings.deferred("token_store") is not None
    store = "" if deferred else settings.token_store.get_secret_value()
    if store.startswith("sqlite:///"):
        folders.append(str((folder / store.removeprefix("sqlite:///")).parent))
    job = Job(
        program=service_needs.program(),
        options=tuple(options),
        folder=str(folder),
        state_dir=str(settings.state_dir),
        writable=tuple(folders),
        environment=service_needs.environment(),
        path_in_need=service_needs.path_in_need(settings),
        profile=call.profile,
        user=user,
        secrets=service_needs.secrets(wish.secrets),
        first=_first(given.get("at")),
        last=closes.hour * 60 + closes.minute,
        log_file=None if given.get("log_file") else str(settings.state_dir / _log_name(call)),
        answers_health=given.get("health") is not None,
        token_in_memory=store == "memory",
        given=_given(call, wish),
    )
    return Planned(
        job,
        machine,
        account,
        files,
        _lacks(settings, job),
        [name for name, _ in service_needs.commands_of(settings)],
    )


def _current_folder() -> Path:
    """The folder that the job runs in. Raises `ConfigurationError` where it was removed."""
    from upstox_browser_login.errors import ConfigurationError

    try:
        return Path.cwd()
    except FileNotFoundError:
        raise ConfigurationError(
            "The current folder is gone.", hint="Change to a folder that is there, and run again."
        ) from None


def _lacks(settings: Settings, job: Job) -> str | None:
    """Which settings of a login are neither among these nor handed over; nothing is fetched."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import NEEDED_FOR_LOGIN, variable

    handed = {each.name.upper() for each in job.secrets}
    if variable("totp_command") in handed:
        handed.add(variable("totp_secret"))
    try:
        settings.refuse_missing(
            *(each for each in NEEDED_FOR_LOGIN if variable(each) not in handed)
        )
    except ConfigurationError as error:
        return error.message
    return None


def _log_name(call: Call) -> str:
    """Each profile's log is a file of its own: two programs must not rotate the same."""
    return "refresh.log" if call.profile is None else f"refresh-{call.profile}.log"


def _first(at: str | None) -> int:
    """The minute of the day in India from which cron logs in: that of --time, if it makes sense."""
    from upstox_browser_login.daily.service import FIRST

    if at is None:
        return FIRST
    hours, _, minutes = at.partition(":")
    # A token of a time before 03:30 would die at once; `refresh` warns of it.
    return max(FIRST, int(hours) * 60 + int(minutes))


def _account(call: Call, folder: Path) -> list[str]:
    if call.env_file is not None:
        from upstox_browser_login.settings.env_file import env_file_of

        return ["--env-file", str(folder / env_file_of(call.env_file, None))]
    return [] if call.profile is None else ["--profile", call.profile]


def _given(call: Call, wish: Wish) -> str:
    from upstox_browser_login.programs import join_command

    from .quoted import account_options

    words = account_options(call.program.given)
    words += ["--system"] if wish.system else []
    words += [] if wish.run_as is None else ["--run-as", wish.run_as]
    words += [] if wish.secrets is None else ["--secrets", str(wish.secrets)]
    words += ["--", *wish.options] if wish.options else []
    return f" {join_command(words)}" if words else ""


def _settings_in(params: dict[str, Any]) -> dict[str, Any]:
    from upstox_browser_login.settings import Settings

    known = Settings.model_fields.keys() - {"profile"}
    return {name: params[name] for name in known if params.get(name) is not None}
