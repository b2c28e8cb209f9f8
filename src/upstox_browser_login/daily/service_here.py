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
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from upstox_browser_login.errors import ConfigurationError, UpstoxError
from upstox_browser_login.files.atomic import write_atomically
from upstox_browser_login.files.private import make_folder
from upstox_browser_login.programs import environment_without_secrets

from . import service_cron, service_systemd
from .service import Job, Kind
from .service_systemd import Scope

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


@dataclass(frozen=True)
class Finished:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


Run = Callable[[Sequence[str], str | None], Finished]


def run(command: Sequence[str], given: str | None = None) -> Finished:
    """Run `command` with `given` as its input. One that is not there ends with 127."""
    try:
        done = subprocess.run(
            command,
            input="" if given is None else given,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            env={**environment_without_secrets(), "LC_ALL": "C"},
        )
    except FileNotFoundError:
        return Finished(_NOT_FOUND, "", f"{command[0]}: not found")
    except subprocess.TimeoutExpired:
        return Finished(124, "", f"no answer within {SECONDS:g} s")
    return Finished(done.returncode, done.stdout, done.stderr)


def usual_kind(
    platform: str = sys.platform,
    *,
    booted: Path = BOOTED,
    which: Callable[[str], str | None] = shutil.which,
) -> Kind | None:
    """The scheduler that this machine comes with; None for one that has none we know of."""
    if platform == "darwin":
        return "launchd"
    if platform == "win32":
        return "task-scheduler"
    if booted.is_dir():
        return "systemd"
    return "cron" if which("crontab") else None


def offsets_here(now: float | None = None) -> set[timedelta]:
    """The offsets from UTC that this machine's zone has in the coming year."""
    first = time.time() if now is None else now
    days = (datetime.fromtimestamp(first + day * 86_400).astimezone() for day in range(_DAYS))
    return {each.utcoffset() or timedelta() for each in days}


_SWITCHES = {
    # Debian's older kernels, a limit that any machine may have set, and Ubuntu since 23.10.
    Path("/proc/sys/kernel/unprivileged_userns_clone"): "0",
    Path("/proc/sys/user/max_user_namespaces"): "0",
    Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"): "1",
}


def namespaces_here(switches: Mapping[Path, str] = _SWITCHES) -> bool:
    """Whether ordinary users may make user namespaces, as far as the kernel's switches tell."""
    for path, forbids in switches.items():
        with suppress(OSError):
            if path.read_text("ascii", "replace").strip() == forbids:
                return False
    return True


def unit_folder(scope: Scope, environment: Mapping[str, str] | None = None) -> Path:
    """The folder of unit files. Raises `ConfigurationError` for a user without a home folder."""
    if scope == "system":
        return SYSTEM_UNITS
    env = os.environ if environment is None else environment
    config = env.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111  (Path's raises)
    if not Path(config).is_absolute():
        raise ConfigurationError(
            "There is no folder for a user's units, since this user has no home folder.",
            hint="Use `sudo upstox-browser-login service install --system --run-as NAME`, or set "
            "XDG_CONFIG_HOME.",
        )
    return Path(config) / "systemd" / "user"


@dataclass(frozen=True)
class Systemd:
    """The systemd of the machine, or of this user."""

    scope: Scope
    folder: Path
    run: Run = run

    def install(self, job: Job, text: str) -> Path:
        """Write the unit, have it started now and at every boot; nothing is left of a failure.

        Raises `UpstoxError` with what systemctl said.
        """
        path = self.folder / service_systemd.unit_name(job)
        before = path.read_text("utf-8") if path.is_file() else None
        try:
            make_folder(self.folder)
            write_atomically(path, text.encode(), 0o644)
        except OSError as error:
            raise _unwritten(path, error) from None
        try:
            self._must("daemon-reload")
            self._must("enable", path.name)
            # Also where an older one runs already.
            self._must("restart", path.name)
        except UpstoxError:
            if before is None:
                self.uninstall(job)
            else:
                write_atomically(path, before.encode(), 0o644)
                self._ask("daemon-reload")
            raise
        return path

    def uninstall(self, job: Job) -> Path | None:
        """Stop and remove the unit, and folders that are empty then. None where there is none."""
        path = self.folder / service_systemd.unit_name(job)
        if not path.exists():
            return None
        self._ask("disable", "--now", path.name)
        try:
            path.unlink()
        except OSError as error:
            raise _unwritten(path, error) from None
        self._ask("daemon-reload")
        self._ask("reset-failed", path.name)
        if self.scope == "user":
            for folder in (
                self.folder / "default.target.wants",
                self.folder,
                self.folder.parent,
                self.folder.parent.parent,
            ):
                with suppress(OSError):  # something else is in it
                    folder.rmdir()
        return path

    def state(self, job: Job) -> dict[str, str] | None:
        """What systemd says of the unit, None where there is none."""
        path = self.folder / service_systemd.unit_name(job)
        if not path.exists():
            return None
        names = ("ActiveState", "SubState", "UnitFileState", "StatusText", "NRestarts")
        shown = self._ask("show", path.name, f"--property={','.join(names)}")
        pairs = (line.partition("=") for line in shown.out.splitlines())
        return {name: value for name, _, value in pairs if name in names}

    def _ask(self, *words: str) -> Finished:
        return self.run([*self._command, *words], None)

    def _must(self, *words: str) -> None:
        done = self._ask(*words)
        if done.status:
            said = (done.err or done.out).strip() or f"exit status {done.status}"
            raise UpstoxError(
                f"`{shlex.join([*self._command, *words])}` failed: {said}",
                hint="See that systemd runs here (`systemctl is-system-running`). Without it use "
                "`upstox-browser-login service install --for cron`.",
            )

    @property
    def _command(self) -> tuple[str, ...]:
        return ("systemctl", "--user") if self.scope == "user" else ("systemctl",)


def lingers(run_command: Run = run) -> bool | None:
    """Whether this user's services run while nobody is logged in; None where nobody knows."""
    shown = run_command(["loginctl", "show-user", str(os.getuid()), "--property=Linger"], None)
    answer = shown.out.strip().partition("=")[2]
    # A user who is not logged in and does not linger is not known to loginctl.
    return {"yes": True, "no": False}.get(answer, None if shown.status == _NOT_FOUND else False)


@dataclass(frozen=True)
class Crontab:
    """The crontab of this user."""

    run: Run = run

    def install(self, job: Job, offsets: set[timedelta]) -> None:
        """Put the line into the crontab. Raises `UpstoxError` where cron refuses it."""
        before = self.read()
        after = service_cron.with_block(before or "", job, offsets)
        if after != before:
            self._write(after)

    def uninstall(self, job: Job) -> bool:
        """Take the line out; a crontab that is empty then is removed. Whether there was one."""
        before = self.read() or ""
        if not service_cron.has_block(before, job):
            return False
        after = service_cron.without_block(before, job)
        if after.strip():
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


def _unwritten(path: Path, error: OSError) -> UpstoxError:
    denied = error.errno in {errno.EACCES, errno.EPERM}
    reason = error.strerror or type(error).__name__
    hint = "Run it as root, or leave --system out." if denied else None
    return ConfigurationError(f"{path} cannot be written: {reason}.", hint=hint)
