"""`service install|uninstall|show|status`: hands the daily login to the system's scheduler."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from msgspec import Struct
from msgspec.structs import asdict

from .call import Call
from .command import command
from .help import Group
from .options import path_of
from .panels import DAILY
from .results import Plain, Result
from .root import root
from .service_job import Planned, planned
from .service_wish import HandingOn, Wish, check_scope, wish_of

if TYPE_CHECKING:
    from upstox_browser_login.daily.service import Job, Kind, Text
    from upstox_browser_login.daily.service_here import Crontab, Systemd
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
Of = Annotated[
    Literal["systemd", "cron", "launchd", "task-scheduler"] | None,
    typer.Option("--for", help="This scheduler alone; normally all that may have it."),
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


@command("install", app=service, cls=HandingOn)
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

    wish = wish_of(kind, system, run_as, secrets, refresh_options)
    chosen = wish.kind or _usual_kind()
    if chosen in {"launchd", "task-scheduler"}:
        with planned(call, wish) as plan:
            text = _text(chosen, plan, wish)
        raise ConfigurationError(
            f"{_TITLES[chosen]} is not set up by this command.", hint=f"Run `{text.install}`."
        )
    if chosen != "systemd" and secrets is not None:
        raise ConfigurationError(
            f"{_TITLES[chosen]} cannot hand secrets over, which --secrets asks for.",
            hint="Put the settings into .env of this folder (mode 600), or name --env-file or "
            "--profile.",
        )
    with planned(call, wish) as plan:
        text = _text(chosen, plan, wish)
        _refuse_second(chosen, plan.job, wish)
        plan.check_files()
        block = service_needs.check(plan.job, plan.account)
        failing = service_needs.not_fetched(plan.job, plan.account, plan.commands, chosen)
        service_needs.make_folders(plan.job)
    job, log = plan.job, _log(chosen, plan, wish)
    if block is not None:
        call.screen.warning(block)
    for problem in failing:
        call.screen.warning(
            f"As the service will run it, {problem}; no login begins until that works."
        )
    place = _install(call, chosen, job, wish, text)
    lines = [f"Installed: {place}."]
    if chosen == "systemd":
        _warn_of(call, plan.machine, wish.scope)
        lines += _confined(plan, wish)
    else:
        lines.append(_when(job))
        _warn_without_cron(call)
    lines += [f"Its log: {log}", f"To remove it: {text.uninstall}"]
    data = {"kind": Plain(chosen), "name": Plain(job.name), "path": place, "log": log}
    return Result({**data, "uninstall": text.uninstall}, lines)


@command("uninstall", app=service)
def uninstall(call: Call, *, kind: Of = None, system: System = False) -> Result:
    """Stop the daily login and remove what `service install` has written.

    Tokens, the record of logins and your settings stay.

    Example: upstox-browser-login service uninstall
    """
    job, systemd, crontab = _searched(call, kind, system=system, to="uninstall")
    removed: list[tuple[Kind, str]] = []
    if systemd is not None and (path := systemd.uninstall(job)) is not None:
        removed.append(("systemd", str(path)))
    if crontab is not None and crontab.uninstall(job):
        removed.append(("cron", "crontab"))
    data = [{"kind": Plain(kind), "path": path} for kind, path in removed]
    text = [f"Removed: {_place(kind, path)}." for kind, path in removed]
    return Result({"name": Plain(job.name), "removed": data}, text or ["Nothing was installed."])


@command("show", app=service, cls=HandingOn)
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
    from upstox_browser_login.daily import service_needs
    from upstox_browser_login.daily.service import KINDS
    from upstox_browser_login.errors import ConfigurationError

    wish = wish_of(kind, system, run_as, secrets, refresh_options)
    texts = []
    with planned(call, wish) as plan:
        for each in (wish.kind,) if wish.kind else KINDS:
            if each != "systemd" and secrets is not None:
                continue  # only systemd can hand secrets over
            try:
                texts.append(_text(each, plan, wish))
            except ConfigurationError as error:
                if wish.kind is not None:
                    raise
                call.screen.warning(error.message)
    if plan.lacks is not None:
        call.screen.warning(
            f"As the service will see it, {plan.lacks} No login could start, so that `service "
            f"install` refuses it. {service_needs.WHERE_TO_SET}"
        )
    data = {
        "name": Plain(plan.job.name),
        "services": [
            {
                "kind": Plain(each.kind),
                "path": each.path,
                "text": Plain(each.text),
                "install": Plain(each.install),
                "uninstall": Plain(each.uninstall),
            }
            for each in texts
        ],
    }
    if wish.kind is not None:
        call.screen.line(f"To install it: {texts[0].install}")
        return Result(data, _as_it_is(texts[0].text))
    lines = [line for each in texts for line in _shown(each)]
    return Result(data, lines[:-1])


@command("status", app=service)
def status(call: Call, *, kind: Of = None, system: System = False) -> Result:
    """Show whether the daily login is installed, and whether it runs.

    Whether a token is there is told by `upstox-browser-login status`.

    Example: upstox-browser-login service status
    """
    from upstox_browser_login.daily.service_here import cron_runs

    job, systemd, crontab = _searched(call, kind, system=system, to="status")
    found: list[_Found] = []
    state = None if systemd is None else systemd.state(job)
    if systemd is not None and state is not None:
        found.append(
            _Found(
                "systemd",
                str(systemd.path(job)),
                active=state.get("ActiveState") == "active",
                state=state.get("ActiveState"),
                says=state.get("StatusText") or None,
                restarts=int(state.get("NRestarts") or 0),
            )
        )
    if crontab is not None and crontab.has(job):
        _warn_without_cron(call)
        found.append(_Found("cron", "crontab", active=cron_runs() is not False))
    services = [{**asdict(each), "kind": Plain(each.kind)} for each in found]
    lines = [str(each) for each in found] or ["Nothing is installed."]
    return Result({"name": Plain(job.name), "services": services}, lines)


class _Found(Struct, frozen=True):
    """A service that is installed, and what its scheduler tells of it."""

    kind: Kind
    path: str
    active: bool
    state: str | None = None
    says: str | None = None
    restarts: int = 0

    def __str__(self) -> str:
        if self.kind == "cron":
            return f"{_IN_CRONTAB.capitalize()} is set up."
        says = f": {self.says}" if self.says else ""
        return f"{self.path} is {self.state or 'set up'}{says}"


def _confined(plan: Planned, wish: Wish) -> list[str]:
    """What the commands of settings may not do in the unit; nothing where there is none."""
    if not plan.commands or not plan.machine.mounts(wish.scope):
        return []
    folders = ", ".join(dict.fromkeys((plan.job.state_dir, *plan.job.writable)))
    edit = f"systemctl {'' if wish.system else '--user '}edit {plan.job.name}"
    told = (
        f"Within the unit {', '.join(plan.commands)} can write only below {folders}, and become no "
        f"other user. Where one needs more, add a drop-in (`{edit}`) with ReadWritePaths=."
    )
    return [told]


def _place(kind: str, path: str) -> str:
    """Where the service is installed, for people: a file, or a line of the crontab."""
    return _IN_CRONTAB if kind == "cron" else path


_IN_CRONTAB = "a line in the crontab"

_TITLES = {
    "systemd": "systemd",
    "cron": "cron",
    "launchd": "launchd (macOS)",
    "task-scheduler": "Task Scheduler (Windows)",
}


def _shown(text: Text) -> list[str]:
    head = f"# {_TITLES[text.kind]}: {text.path}\n# install: {text.install}\n\n"
    return [*_as_it_is(f"{head}{text.text}"), ""]


def _as_it_is(text: str) -> list[str]:
    """The lines of a service's file, which are not redacted.

    A PIN that is a part of a time or of a path would be taken out of it, and the file be none.
    It holds no secret: no option takes one, and `service_needs.environment` carries no password.
    """
    return [Plain(line) for line in text.removesuffix("\n").split("\n")]


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


def _searched(
    call: Call, kind: Kind | None, *, system: bool, to: Literal["status", "uninstall"]
) -> tuple[Job, Systemd | None, Crontab | None]:
    """The job of this profile, and the schedulers of this machine that may have it.

    Raises `ConfigurationError` where a scheduler is named that this program does not set up.
    """
    from upstox_browser_login.daily.service import Job
    from upstox_browser_login.daily.service_here import Crontab
    from upstox_browser_login.settings.env_file import check_profile

    check_scope(kind, system=system)
    check_profile(call.profile)
    job = Job((), (), "", "", profile=call.profile)  # the profile is enough to find it
    _tell_own_command(call, kind, job, to=to)
    systemd = _systemd_if_any("system" if system else "user") if kind != "cron" else None
    return job, systemd, Crontab() if not system and kind != "systemd" else None


def _tell_own_command(
    call: Call, kind: Kind | None, job: Job, *, to: Literal["status", "uninstall"]
) -> None:
    """Name the system's own command where the scheduler is launchd or Task Scheduler.

    This program does not set those up. Raises `ConfigurationError` where one was named by --for.
    """
    from upstox_browser_login.daily import service_launchd, service_windows
    from upstox_browser_login.daily.service_here import usual_kind
    from upstox_browser_login.errors import ConfigurationError

    scheduler = kind or usual_kind()
    if scheduler not in {"launchd", "task-scheduler"}:
        return
    module = service_launchd if scheduler == "launchd" else service_windows
    own = module.removal(job) if to == "uninstall" else module.inquiry(job)
    not_ours = f"{_TITLES[scheduler]} is not set up by this command."
    if kind is not None:
        raise ConfigurationError(not_ours, hint=f"Run `{own}`.")
    does = "removes what it runs" if to == "uninstall" else "tells what it runs"
    call.screen.line(f"{not_ours} This {does}: {own}")


def _systemd_if_any(scope: Scope) -> Systemd | None:
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


def _text(kind: Kind, plan: Planned, wish: Wish) -> Text:
    """The service written down. Raises `ConfigurationError` where the kind cannot hold it."""
    from upstox_browser_login.daily import (
        service_cron,
        service_here,
        service_launchd,
        service_systemd,
        service_windows,
    )
    from upstox_browser_login.daily.service import UnfitError
    from upstox_browser_login.errors import ConfigurationError

    try:
        if kind == "systemd":
            # A Mac or Windows has no such folder; the text is for another machine then.
            linux = sys.platform.startswith("linux")
            folder = (
                str(service_here.unit_folder(wish.scope)) if linux else "~/.config/systemd/user"
            )
            return service_systemd.described(plan.job, wish.scope, folder, plan.machine)
        if kind == "cron":
            return service_cron.described(plan.job, service_here.offsets_here())
        if kind == "launchd":
            return service_launchd.described(plan.job)
        return service_windows.described(plan.job)
    except UnfitError as error:
        raise ConfigurationError(
            f"{_TITLES[kind]} cannot run this: {error}.", hint=error.hint
        ) from None


def _refuse_second(kind: Kind, job: Job, wish: Wish) -> None:
    """Raise `ConfigurationError` where another scheduler has this job: both would log in."""
    from upstox_browser_login.daily.service import APP
    from upstox_browser_login.errors import ConfigurationError

    own = "--for cron" if kind == "cron" else _OPTION_OF[wish.scope]
    for options, place in installed(job).items():
        if options != own:
            raise ConfigurationError(
                f"The daily login is installed already: {place}. Two would both log in.",
                hint=f"Remove that one first: `{APP} service uninstall {options}{job.removal}`.",
            )


_OPTION_OF: dict[Scope, str] = {"user": "--for systemd", "system": "--system"}


def installed(job: Job) -> dict[str, str]:
    """Where schedulers of this machine have the job, by the options that find it there."""
    from upstox_browser_login.daily.service_here import Crontab
    from upstox_browser_login.errors import UpstoxError

    found: dict[str, str] = {}
    for scope, option in _OPTION_OF.items():
        systemd = _systemd_if_any(scope)
        if systemd is not None and systemd.has(job):
            found[option] = str(systemd.path(job))
    with suppress(UpstoxError):  # a crontab that cannot be read is no reason against systemd
        if Crontab().has(job):
            found["--for cron"] = _IN_CRONTAB
    return found


def _install(call: Call, kind: Kind, job: Job, wish: Wish, text: Text) -> str:
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


def _log(kind: Kind, plan: Planned, wish: Wish) -> str:
    """Where what the service tells is found: a file, or the command that shows it."""
    if (log_file := plan.files.get("--log-file")) is not None:
        return str(log_file)
    if kind == "cron":
        return str(plan.job.log_file)
    return f"journalctl {'' if wish.system else '--user '}-u {plan.job.name}"


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
