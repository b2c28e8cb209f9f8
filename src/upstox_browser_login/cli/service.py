"""`service install|uninstall|show|status`: hands the daily login to the system's scheduler."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from msgspec import Struct, field

from .call import Call
from .command import command
from .help import Group
from .options import path_of
from .panels import DAILY
from .results import Plain, Result
from .root import root
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.daily.service import Job, Kind, Text
    from upstox_browser_login.daily.service_systemd import Machine, Scope

service = typer.Typer(
    name="service",
    no_args_is_help=True,
    help="Hand the daily login to systemd, cron, launchd or Task Scheduler.",
    rich_markup_mode=None,
    cls=Group,
)
root.add_typer(service, rich_help_panel=DAILY)

For = Annotated[
    Literal["systemd", "cron", "launchd", "task-scheduler"] | None,
    typer.Option("--for", help="The scheduler; normally the one that this machine comes with."),
]
System = Annotated[
    bool,
    typer.Option("--system", help="A systemd unit of the machine, in place of one of this user."),
]
RunAs = Annotated[
    str | None,
    typer.Option(
        "--run-as",
        metavar="USER",
        help="With --system: who runs it; normally the user who called sudo.",
    ),
]
Secrets = Annotated[
    Path | None,
    typer.Option(
        "--secrets",
        metavar="FOLDER",
        parser=path_of,
        help="A folder with a file for each secret (upstox_pin_code, …), which systemd hands to "
        "the service.",
    ),
]
RefreshOptions = Annotated[
    list[str] | None,
    typer.Argument(metavar="REFRESH_OPTIONS", help="Options of `refresh`, behind `--`."),
]


class _Wish(Struct, frozen=True):
    """What the options of `service install` and `service show` ask for."""

    kind: Kind | None = None
    system: bool = False
    run_as: str | None = None
    secrets: Path | None = None
    options: Sequence[str] = field(default_factory=tuple)

    @property
    def scope(self) -> Scope:
        return "system" if self.system else "user"


@command("install", app=service)
def install(
    call: Call,
    *,
    kind: For = None,
    system: System = False,
    run_as: RunAs = None,
    secrets: Secrets = None,
    refresh_options: RefreshOptions = None,
) -> Result:
    """Install the daily login, and start it.

    A service does not see the UPSTOX_* variables of your shell: put the
    settings into .env of this folder, a --profile, an --env-file or --secrets.
    They are checked first, as the service will see them.

    For example:
      upstox-browser-login service install
      upstox-browser-login service install -- --trading-days --write .env
      sudo upstox-browser-login service install --system --secrets /etc/upstox
    """
    from upstox_browser_login.daily import service_needs
    from upstox_browser_login.errors import ConfigurationError

    wish = _wish(kind, system, run_as, secrets, refresh_options)
    chosen = wish.kind or _usual_kind()
    if chosen in {"launchd", "task-scheduler"}:
        with _as_service(call, wish) as (job, machine):
            text = _text(chosen, job, wish, machine)
        raise ConfigurationError(
            f"{_TITLES[chosen]} is not set up by this command.", hint=f"Run `{text.install}`."
        )
    if chosen != "systemd" and secrets is not None:
        raise ConfigurationError(
            f"{_TITLES[chosen]} cannot hand secrets over, which --secrets asks for.",
            hint="Put the settings into .env of this folder (mode 600), or name --env-file or "
            "--profile.",
        )
    with _as_service(call, wish) as (job, machine):
        text = _text(chosen, job, wish, machine)
        _check_files(job, wish)
        block = service_needs.check(job, _common(call, Path(job.folder)))
        service_needs.make_state_dir(job)
        log = _log(chosen, job, wish)
    if block is not None:
        call.screen.warning(block)
    place = _install(call, chosen, job, wish, text)
    lines = [f"Installed: {place}."]
    if chosen == "systemd":
        _warn_of(call, machine, wish.scope)
    else:
        lines.append(_when(job))
        _warn_without_cron(call)
    lines += [f"Its log: {log}", f"To remove it: {text.uninstall}"]
    data = {"kind": Plain(chosen), "name": Plain(job.name), "path": place, "log": log}
    return Result({**data, "uninstall": text.uninstall}, lines)


@command("uninstall", app=service)
def uninstall(call: Call, *, system: System = False) -> Result:
    """Stop the daily login and remove what `service install` has written.

    Tokens, the record of logins and your settings stay.

    Example: upstox-browser-login service uninstall
    """
    from upstox_browser_login.daily.service_here import Crontab

    job = _named(call)
    removed = []
    systemd = _systemd_if_any("system" if system else "user")
    if systemd is not None and (path := systemd.uninstall(job)) is not None:
        removed.append({"kind": Plain("systemd"), "path": str(path)})
    if not system and Crontab().uninstall(job):
        removed.append({"kind": Plain("cron"), "path": "crontab"})
    text = [f"Removed: {_place(each)}." for each in removed]
    return Result({"name": Plain(job.name), "removed": removed}, text or ["Nothing was installed."])


@command("show", app=service)
def show(
    call: Call,
    *,
    kind: For = None,
    system: System = False,
    run_as: RunAs = None,
    secrets: Secrets = None,
    refresh_options: RefreshOptions = None,
) -> Result:
    """Print what `service install` would write; changes nothing.

    With --for the file alone goes to stdout, so that it can be put into its
    place; without, all four kinds are shown with the command for each.

    Example: upstox-browser-login service show --for launchd
    """
    from upstox_browser_login.daily.service import KINDS
    from upstox_browser_login.errors import ConfigurationError

    wish = _wish(kind, system, run_as, secrets, refresh_options)
    texts = []
    with _as_service(call, wish) as (job, machine):
        for each in (wish.kind,) if wish.kind else KINDS:
            if each != "systemd" and secrets is not None:
                continue  # only systemd can hand secrets over
            try:
                texts.append(_text(each, job, wish, machine))
            except ConfigurationError as error:
                if wish.kind is not None:
                    raise
                call.screen.warning(error.message)
    data = {
        "name": Plain(job.name),
        "services": [
            {
                "kind": Plain(each.kind),
                "path": each.path,
                "text": each.text,
                "install": each.install,
                "uninstall": each.uninstall,
            }
            for each in texts
        ],
    }
    if wish.kind is not None:
        call.screen.line(f"To install it: {texts[0].install}")
        return Result(data, texts[0].text.splitlines())
    lines = [line for each in texts for line in _shown(each)]
    return Result(data, lines[:-1])


@command("status", app=service)
def status(call: Call, *, system: System = False) -> Result:
    """Show whether the daily login is installed, and whether it runs.

    Whether a token is there is told by `upstox-browser-login status`.

    Example: upstox-browser-login service status
    """
    from upstox_browser_login.daily.service_here import Crontab, cron_runs

    job = _named(call)
    found: list[dict[str, Any]] = []
    systemd = _systemd_if_any("system" if system else "user")
    state = None if systemd is None else systemd.state(job)
    if systemd is not None and state is not None:
        found.append(
            {
                "kind": Plain("systemd"),
                "path": str(systemd.folder / f"{job.name}.service"),
                "active": state.get("ActiveState") == "active",
                "state": state.get("ActiveState"),
                "says": state.get("StatusText") or None,
                "restarts": int(state.get("NRestarts") or 0),
            }
        )
    if not system and Crontab().has(job):
        _warn_without_cron(call)
        found.append(
            {
                "kind": Plain("cron"),
                "path": "crontab",
                "active": cron_runs() is not False,
                "state": None,
                "says": None,
                "restarts": 0,
            }
        )
    lines = [_state_line(each) for each in found] or ["Nothing is installed."]
    return Result({"name": Plain(job.name), "services": found}, lines)


def _state_line(found: dict[str, Any]) -> str:
    says = f": {found['says']}" if found["says"] else ""
    state = f" is {found['state']}{says}" if found["state"] else " is set up"
    return f"{_place(found)}{state}"


def _place(found: dict[str, Any]) -> str:
    """Where the service is installed, for people: a file, or a line of the crontab."""
    return _IN_CRONTAB if found["kind"] == "cron" else str(found["path"])


_IN_CRONTAB = "a line in the crontab"

_TITLES = {
    "systemd": "systemd",
    "cron": "cron",
    "launchd": "launchd (macOS)",
    "task-scheduler": "Task Scheduler (Windows)",
}


def _shown(text: Text) -> list[str]:
    head = f"# {_TITLES[text.kind]}: {text.path}"
    return [head, f"# install: {text.install}", "", *text.text.splitlines(), ""]


def _wish(
    kind: Kind | None,
    system: bool,
    run_as: str | None,
    secrets: Path | None,
    options: Sequence[str] | None,
) -> _Wish:
    if system and kind not in {None, "systemd"}:
        raise Misuse("it goes with systemd", param_hint="--system")
    if run_as is not None and not system:
        raise Misuse("it goes with --system", param_hint="--run-as")
    if secrets is not None and kind not in {None, "systemd"}:
        raise Misuse("only systemd can hand secrets over", param_hint="--secrets")
    if system:
        kind = "systemd"
    return _Wish(kind, system, run_as, secrets, tuple(options or ()))


def _usual_kind() -> Kind:
    from upstox_browser_login.daily.service_here import usual_kind
    from upstox_browser_login.errors import ConfigurationError

    found = usual_kind()
    if found is None:
        raise ConfigurationError(
            "Neither systemd nor cron was found on this machine.",
            hint="Install the package cron, or keep `upstox-browser-login refresh` running "
            "yourself.",
        )
    return found


def _named(call: Call) -> Job:
    """A job with the profile alone, which is enough to find an installed service."""
    from upstox_browser_login.daily.service import Job
    from upstox_browser_login.settings.env_file import check_profile

    check_profile(call.profile)
    return Job((), (), "", "", profile=call.profile)


def _systemd_if_any(scope: Scope) -> Any:
    """Find systemd for this scope; None where the system or the user can have no units."""
    from upstox_browser_login.daily.service_here import Systemd, unit_folder
    from upstox_browser_login.errors import ConfigurationError

    if not sys.platform.startswith("linux"):
        return None
    try:
        return Systemd(scope, unit_folder(scope))
    except ConfigurationError:
        if scope == "system":
            raise
        return None  # no home folder, so no units in it


def _text(kind: Kind, job: Job, wish: _Wish, machine: Machine) -> Text:
    """The service written down. Raises `ConfigurationError` where the kind cannot hold it."""
    from upstox_browser_login.daily import (
        service_cron,
        service_here,
        service_launchd,
        service_systemd,
        service_windows,
    )
    from upstox_browser_login.errors import ConfigurationError

    try:
        if kind == "systemd":
            # A Mac or Windows has no such folder; the text is for another machine then.
            linux = sys.platform.startswith("linux")
            folder = (
                str(service_here.unit_folder(wish.scope)) if linux else "~/.config/systemd/user"
            )
            return service_systemd.described(job, wish.scope, folder, machine)
        if kind == "cron":
            return service_cron.described(job, service_here.offsets_here())
        if kind == "launchd":
            return service_launchd.described(job)
        return service_windows.described(job)
    except ValueError as error:
        raise ConfigurationError(
            f"{_TITLES[kind]} cannot run this: {error}.",
            hint="Move it to a folder with a plain name, or put options into the env file.",
        ) from None


@contextmanager
def _as_service(call: Call, wish: _Wish) -> Iterator[tuple[Job, Machine]]:
    """The job and what the machine allows, within an environment as the service will have it."""
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
        job, machine = _job(call, wish, user)
        if unseen:
            call.screen.warning(
                f"The service will not see {', '.join(unseen)} of this shell: put what it needs "
                "into an env file, a profile or --secrets."
            )
        yield job, machine
    finally:
        os.environ.clear()
        os.environ.update(before)


def _runner(wish: _Wish) -> tuple[str | None, str | None]:
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


def _job(call: Call, wish: _Wish, user: str | None) -> tuple[Job, Machine]:
    from upstox_browser_login.daily import service_here, service_needs
    from upstox_browser_login.daily.calendar import HOURS
    from upstox_browser_login.daily.service import Job
    from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

    given = _refresh_options(wish.options)
    service_needs.check_readable(user)
    with service_needs.acting_as(user):
        settings = call.settings(**_settings_in(given))
        settings.refuse_unusable(*NOT_FOR_A_LOGIN)  # `refresh` would not begin
        machine = service_here.machine_here(settings)
    folder = Path.cwd()
    options = [*_common(call, folder), *wish.options]
    folders = [str(each.parent) for each in _files(given).values()]
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
        profile=call.profile,
        user=user,
        secrets=service_needs.secrets(wish.secrets),
        first=_first(given.get("at")),
        last=closes.hour * 60 + closes.minute,
        log_file=None if given.get("log_file") else str(settings.state_dir / _log_name(call)),
        answers_health=given.get("health") is not None,
        given=_given(call, wish),
    )
    return job, machine


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


def _common(call: Call, folder: Path) -> list[str]:
    if call.env_file is not None:
        from upstox_browser_login.settings.env_file import env_file_of

        return ["--env-file", str(folder / env_file_of(call.env_file, None))]
    return [] if call.profile is None else ["--profile", call.profile]


def _given(call: Call, wish: _Wish) -> str:
    from upstox_browser_login.programs import join_command

    from .quoted import account_options

    words = account_options(call.program.given)
    words += ["--system"] if wish.system else []
    words += [] if wish.run_as is None else ["--run-as", wish.run_as]
    words += [] if wish.secrets is None else ["--secrets", str(wish.secrets)]
    words += ["--", *wish.options] if wish.options else []
    return f" {join_command(words)}" if words else ""


def _refresh_options(words: Sequence[str]) -> dict[str, Any]:
    """What `refresh` makes of these options. Raises its usage error for wrong ones."""
    from .app import whole

    group = whole()
    above = group.make_context("upstox-browser-login", [], resilient_parsing=True)
    refresh = group.get_command(above, "refresh")
    params: dict[str, Any] = refresh.make_context("refresh", [*words], parent=above).params
    for name in ("env_file", "profile"):
        if params.get(name) is not None:
            option = f"--{name.replace('_', '-')}"
            raise Misuse("it goes before `--`", param_hint=option)
    if params.get("once"):
        raise Misuse("the scheduler decides on that", param_hint="--once")
    return params


def _files(given: Mapping[str, Any]) -> dict[str, Path]:
    """The files that options of `refresh` name, in full. Raises `ConfigurationError`."""
    from .env_write import named_path

    named = {"--write": given.get("write"), "--log-file": given.get("log_file")}
    return {option: named_path(path, option) for option, path in named.items() if path is not None}


def _check_files(job: Job, wish: _Wish) -> None:
    """Raise `UpstoxError` where no run would begin, since a file could not be written."""
    from upstox_browser_login.daily.service_needs import acting_as

    from .env_write import writable_file

    with acting_as(job.user):
        for option, path in _files(_refresh_options(wish.options)).items():
            writable_file(path, option)


def _settings_in(params: dict[str, Any]) -> dict[str, Any]:
    from upstox_browser_login.settings import Settings

    known = Settings.model_fields.keys() - {"profile"}
    return {name: params[name] for name in known if params.get(name) is not None}


def _install(call: Call, kind: Kind, job: Job, wish: _Wish, text: Text) -> str:
    from upstox_browser_login.daily import service_here as here

    if kind == "cron":
        here.Crontab().install(job, here.offsets_here())
        return _IN_CRONTAB
    folder = here.unit_folder(wish.scope)
    path = here.Systemd(wish.scope, folder).install(job, text.text)
    if wish.scope == "user" and here.lingers() is False:
        call.screen.warning(
            "The service stops when you log out. Run `loginctl enable-linger` once, and it goes on."
        )
    return str(path)


def _log(kind: Kind, job: Job, wish: _Wish) -> str:
    """Where what the service tells is found: a file, or the command that shows it."""
    log_file = _files(_refresh_options(wish.options)).get("--log-file")
    if log_file is not None:
        return str(log_file)
    if kind == "cron":
        return str(job.log_file)
    return f"journalctl {'' if wish.system else '--user '}-u {job.name}"


def _when(job: Job) -> str:
    """When cron runs it, by India's clock and by this machine's."""
    from upstox_browser_login.daily import service_cron, service_here

    offsets = service_here.offsets_here()
    here = service_here.offset_now()
    first, last = service_cron.runs_in_india(offsets, here, job.first, job.last)
    schedule = service_cron.schedule(offsets, job.first, job.last)
    return (
        f"It runs once an hour from {_clock(first)} to {_clock(last)} India time (`{schedule}` by "
        "this machine's clock), and logs in where no valid token is stored."
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _warn_without_cron(call: Call) -> None:
    """Warn where nothing runs that would start the line in the crontab."""
    from upstox_browser_login.daily.service_here import cron_runs

    if cron_runs() is not False:
        return
    call.screen.warning(
        "No cron runs on this machine, so nothing starts the line in the crontab. Start one, say "
        "by `service cron start` as root, or keep `upstox-browser-login refresh` running yourself."
    )


def _warn_of(call: Call, machine: Machine, scope: Scope) -> None:
    """Say what the service cannot be protected by on this machine."""
    if not machine.mounts(scope):
        call.screen.warning(
            "Users of this machine may make no user namespaces, so that the service sees all files "
            "of this user. A unit of --system would not."
        )
    if machine.setuid_sandbox:
        call.screen.warning(
            "Chromium's sandbox on this machine is a program that becomes root, so that systemd "
            "neither filters the service's system calls nor keeps it from gaining rights."
        )
