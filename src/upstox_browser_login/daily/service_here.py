"""The schedulers of this machine: what is there, and what is installed, removed and asked."""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from upstox_browser_login.browser.setuid_sandbox import needs_setuid_sandbox
from upstox_browser_login.errors import ConfigurationError, UpstoxError
from upstox_browser_login.files.atomic import write_atomically
from upstox_browser_login.files.paths import NOT_THERE, is_missing, why_unseen
from upstox_browser_login.files.private import make_folder
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.programs import environment_without_secrets
from upstox_browser_login.settings import Settings

from . import service_cron, service_systemd
from .service import Job, Kind
from .service_systemd import Machine, Namespaces, Scope

SECONDS = 60.0
"""How long systemctl or crontab may take."""

BOOTED = Path("/run/systemd/system")
"""There where systemd runs the machine; see sd_booted(3)."""

SYSTEM_UNITS = Path("/etc/systemd/system")

_DAYS = 366

_NOT_FOUND = 127
"""The status of a command that is not there, as shells have it."""

_NO_CRONTAB = re.compile(r"\bno crontab\b|can't open '[^'/]+': No such file|\bnot allowed\b")
"""What `crontab -l` says for a user who has none (most crons, then busybox), or may have none."""


class Finished(Struct, frozen=True):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


Run = Callable[[Sequence[str], str | None], Finished]


def run(command: Sequence[str], given: str | None = None) -> Finished:
    """Run `command` with `given` as its input.

    One that is not there ends with 127, and one that cannot be run otherwise with 126.

    Bytes of any encoding come back unchanged where they are given again: a crontab is put back as
    a whole, with the lines of others in it.
    """
    try:
        done = subprocess.run(
            command,
            input=os.fsencode(given or ""),
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={**environment_without_secrets(), "LC_ALL": "C"},
        )
    except FileNotFoundError:
        return Finished(_NOT_FOUND, "", f"{command[0]}: not found")
    except OSError as error:
        return Finished(126, "", f"it cannot be run: {reason_of(error)}")
    except subprocess.TimeoutExpired:
        return Finished(124, "", f"no answer within {SECONDS:g} s")
    return Finished(done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr))


def usual_kind(
    platform: str = sys.platform,
    *,
    booted: Path | None = None,
    which: Callable[[str], str | None] = shutil.which,
) -> Kind | None:
    """The scheduler that this machine comes with; None for one that has none we know of."""
    if platform == "darwin":
        return "launchd"
    if platform == "win32":
        return "task-scheduler"
    if (booted or BOOTED).is_dir():
        return "systemd"
    return "cron" if which("crontab") else None


def offsets_here() -> set[timedelta]:
    """The offsets from UTC that this machine's zone has in the coming year."""
    first = time.time()
    days = (datetime.fromtimestamp(first + day * 86_400).astimezone() for day in range(_DAYS))
    return {each.utcoffset() or timedelta() for each in days}


def offset_now() -> timedelta:
    """The offset from UTC that this machine's zone has now."""
    return datetime.now().astimezone().utcoffset() or timedelta()


_CRONS = {"cron", "crond", "fcron", "mcron", "cronie", "anacron"}
"""What the processes are called that start what stands in crontabs."""


def cron_runs(processes: Path = Path("/proc")) -> bool | None:
    """Whether a cron runs here; None where the processes of others cannot be seen."""
    if not _name_of(processes / "1"):
        return None
    return any(_name_of(each) in _CRONS for each in processes.glob("[0-9]*"))


def _name_of(process: Path) -> str:
    with suppress(OSError):
        return (process / "comm").read_text("utf-8", "replace").strip()
    return ""


_NOT_FOR_USERS = {
    # Debian's older kernels, and Ubuntu since 23.10.
    Path("/proc/sys/kernel/unprivileged_userns_clone"): "0",
    Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"): "1",
}
_NOT_FOR_ANYBODY = {Path("/proc/sys/user/max_user_namespaces"): "0"}


def namespaces_here(
    not_for_users: Mapping[Path, str] = _NOT_FOR_USERS,
    not_for_anybody: Mapping[Path, str] = _NOT_FOR_ANYBODY,
) -> Namespaces:
    """Who may make user namespaces here, as far as the kernel's switches tell."""
    if any(_reads(path, value) for path, value in not_for_anybody.items()):
        return "nobody"
    if any(_reads(path, value) for path, value in not_for_users.items()):
        return "root"
    return "everybody"


def _reads(path: Path, value: str) -> bool:
    with suppress(OSError):
        return path.read_text("ascii", "replace").strip() == value
    return False


def machine_here(settings: Settings) -> Machine:
    """What this machine allows a unit that runs a browser with these settings."""
    namespaces = namespaces_here()
    needed = namespaces != "everybody" and needs_setuid_sandbox(settings)
    return Machine(namespaces, setuid_sandbox=needed)


def unit_folder(scope: Scope) -> Path:
    """The folder of unit files. Raises `ConfigurationError` for a user without a home folder."""
    if scope == "system":
        return SYSTEM_UNITS
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111  (Path's raises)
    if not Path(config).is_absolute():
        raise ConfigurationError(
            "There is no folder for a user's units, since this user has no home folder.",
            hint="Use `sudo upstox-browser-login service install --system --run-as NAME`, or set "
            "XDG_CONFIG_HOME.",
        )
    return Path(config) / "systemd" / "user"


_NO_SYSTEMD = (
    "See that systemd runs here (`systemctl is-system-running`). Without it use "
    "`upstox-browser-login service install --for cron`."
)

_NO_BUS = (
    "Log in as the user whose unit it is, not by `su` or `sudo`, and run it again; or set "
    "XDG_RUNTIME_DIR to /run/user/ and the number of that user (`id -u`)."
)
"""What to do where systemctl finds no way to a user's systemd."""


class Systemd(Struct, frozen=True):
    """The systemd of the machine, or of this user."""

    scope: Scope
    folder: Path
    run: Run = run

    def path(self, job: Job) -> Path:
        """Where the unit's file is, if there is one."""
        return self.folder / service_systemd.unit_name(job)

    def has(self, job: Job) -> bool:
        """Whether there is such a unit. Raises `ConfigurationError` where that cannot be seen."""
        return _is_there(self.path(job))

    def install(self, job: Job, text: str) -> Path:
        """Write the unit, have it started now and at every boot; nothing is left of a failure.

        Raises `UpstoxError` with what systemctl said.
        """
        path = self.path(job)
        made: list[Path] = []
        try:
            before = None if is_missing(path) else path.read_bytes()
            made = self._missing() if before is None else _made_for(before)
            make_folder(self.folder)
            write_atomically(path, service_systemd.with_made(text, made).encode(), 0o644)
        except OSError as error:
            _remove_empty(made)
            raise self._unwritten(path, error) from None
        try:
            self._must("daemon-reload", hint=_NO_SYSTEMD)
            self._must("enable", path.name, hint=_NO_SYSTEMD)
            # Also where an older one runs already.
            self._must("restart", path.name, hint=_NO_SYSTEMD)
        except UpstoxError:
            if before is None:
                self._ask("disable", "--now", path.name)
                self._remove(path)
            else:
                write_atomically(path, before, 0o644)
                self._ask("daemon-reload")
            raise
        return path

    def _missing(self) -> list[Path]:
        """The folders that an installation makes, the innermost first.

        systemctl makes the one for what is started with the machine, or with the user.
        """
        wants = self.folder / f"{service_systemd.TARGETS[self.scope]}.wants"
        return [each for each in (wants, self.folder, *self.folder.parents) if not each.exists()]

    def uninstall(self, job: Job) -> Path | None:
        """Stop and remove the unit, and the folders that were made for it if they are empty.

        None where there is no unit. Raises `UpstoxError` with what systemctl said, and removes
        nothing, where the unit could not be stopped: without its file it would run on unseen.
        """
        path = self.path(job)
        if not self.has(job):
            return None
        hint = "Run it as root." if self.scope == "system" else _NO_BUS
        self._must("disable", "--now", path.name, hint=hint)
        self._remove(path)
        return path

    def _remove(self, path: Path) -> None:
        """Remove the unit's file, and the folders that were made for it if they are empty."""
        try:
            made = _made_for(path.read_bytes())
            path.unlink()
        except OSError as error:
            raise self._unwritten(path, error) from None
        self._ask("daemon-reload")
        self._ask("reset-failed", path.name)
        _remove_empty(made)

    def state(self, job: Job) -> dict[str, str] | None:
        """What systemd says of the unit, None where there is none."""
        path = self.path(job)
        if not self.has(job):
            return None
        names = ("ActiveState", "SubState", "UnitFileState", "StatusText", "NRestarts")
        shown = self._ask("show", path.name, f"--property={','.join(names)}")
        pairs = (line.partition("=") for line in shown.out.splitlines())
        return {name: value for name, _, value in pairs if name in names}

    def _ask(self, *words: str) -> Finished:
        return self.run([*self._command, *words], None)

    def _must(self, *words: str, hint: str) -> None:
        done = self._ask(*words)
        if done.status:
            said = (done.err or done.out).strip() or f"exit status {done.status}"
            raise UpstoxError(f"`{shlex.join([*self._command, *words])}` failed: {said}", hint=hint)

    def _unwritten(self, path: Path, error: OSError) -> UpstoxError:
        hint = "Let this user read and write it."
        if self.scope == "system" and error.errno in {errno.EACCES, errno.EPERM}:
            hint = "Run it as root, or leave --system out."
        return ConfigurationError(f"{path} cannot be written: {reason_of(error)}.", hint=hint)

    @property
    def _command(self) -> tuple[str, ...]:
        return ("systemctl", "--user") if self.scope == "user" else ("systemctl",)


def _is_there(path: Path) -> bool:
    """Whether a unit file is there. Raises `ConfigurationError` where this user cannot see that."""
    unseen = why_unseen(path)
    if unseen in {None, NOT_THERE}:
        return unseen is None
    raise ConfigurationError(f"{path} {unseen}.", hint="Let this user look into its folder.")


def lingers() -> bool | None:
    """Whether this user's services run while nobody is logged in; None where nobody knows."""
    if sys.platform == "win32":
        return None
    shown = run(["loginctl", "show-user", str(os.getuid()), "--property=Linger"], None)
    answer = shown.out.strip().partition("=")[2]
    # A user who is not logged in and does not linger is not known to loginctl.
    return {"yes": True, "no": False}.get(answer, None if shown.status == _NOT_FOUND else False)


class Crontab(Struct, frozen=True):
    """The crontab of this user."""

    run: Run = run

    def install(self, job: Job, offsets: set[timedelta]) -> None:
        """Put the line into the crontab. Raises `UpstoxError` where cron refuses it."""
        before = self.read()
        after = service_cron.with_block(before or "", job, offsets)
        if after != before:
            self._write(after)

    def uninstall(self, job: Job) -> bool:
        """Take the line out; a crontab without a line is removed. Whether ours was in it."""
        before = self.read() or ""
        if not service_cron.has_block(before, job):
            return False
        after = service_cron.without_block(before, job)
        if after:
            self._write(after)
        else:
            self._must(["crontab", "-r"], None)
        return True

    def has(self, job: Job) -> bool:
        """Whether the line is in the crontab."""
        return service_cron.has_block(self.read() or "", job)

    def read(self) -> str | None:
        """The crontab, None where there is none, or no cron.

        Raises `UpstoxError` where it cannot be read: a new one would take the place of its lines.
        """
        done = self.run(["crontab", "-l"], None)
        if done.status == 0:
            return done.out
        if done.status == _NOT_FOUND or _NO_CRONTAB.search(done.err):
            return None
        raise self._failed(["crontab", "-l"], done)

    def _write(self, text: str) -> None:
        self._must(["crontab", "-"], text)

    def _must(self, command: list[str], given: str | None) -> None:
        done = self.run(command, given)
        if done.status:
            raise self._failed(command, done)

    def _failed(self, command: list[str], done: Finished) -> UpstoxError:
        said = (done.err or done.out).strip() or f"exit status {done.status}"
        return UpstoxError(
            f"`{shlex.join(command)}` failed: {said}",
            hint="Install the package cron, or see whether this user may use it.",
        )


def _made_for(unit: bytes) -> list[Path]:
    return service_systemd.made_for(unit.decode("utf-8", "replace"))


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # something else is in it, or systemctl has removed it
            folder.rmdir()
