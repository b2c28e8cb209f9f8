"""The systemd unit: `refresh` stays running, sandboxed as far as Chromium's own sandbox allows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from .service import APP, TITLE, Job, Text, UnfitError, refuse_unwritable

Scope = Literal["user", "system"]

TARGETS: dict[Scope, str] = {"user": "default.target", "system": "multi-user.target"}
"""What starts the unit."""

WATCHDOG_SECONDS = 120
"""`refresh` says that it is alive every 30 s at least, and asks for more time before a login."""

_COMMON = """\
# Restarting is safe: the record of logins lets no refused PIN be sent again. A wrong command line
# (2) stays wrong. Wrong settings (3) may not: at boot a command that brings a secret may fail since
# the network is not there yet, or the keyring is locked.
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=2
# Only the program gets SIGTERM; it ends its browser itself.
KillMode=mixed
TimeoutStopSec=15
UMask=0077
LimitCORE=0
"""

# What Chromium's sandbox needs stays allowed: namespaces of users, processes and the network,
# chroot, and memory that is first written and then run (V8 compiles JavaScript).
_FILTERS = """\
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=user pid net
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@resources @privileged
SystemCallFilter=@chown chroot capset
"""

# Each of these is a mount of its own.
_MOUNTS = """\
PrivateMounts=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectControlGroups=yes
ProtectProc=invisible
ProcSubset=pid
"""

# Each of these takes a right away as well, or filters system calls.
_MOUNTS_AND_FILTERS = """\
PrivateDevices=yes
DevicePolicy=closed
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectClock=yes
ProtectHostname=yes
CapabilityBoundingSet=
AmbientCapabilities=
"""

_OWN_USERS = "PrivateUsers=yes\n"

# A user's own systemd cannot hide /proc/kmsg in every container, and its users cannot read it.
_SYSTEM_ONLY = "RemoveIPC=yes\n"
_SYSTEM_ONLY_FILTERS = "ProtectKernelLogs=yes\n"

_NO_NAMESPACES = """\
# Users of this machine may make no user namespaces, and a user's systemd mounts nothing without:
# it shows the service the files as they are. `service install --system` hides them.
"""
_NO_PRIVATE_USERS = """\
# Nobody may make user namespaces on this machine: there is no PrivateUsers=.
"""
_NO_FILTERS = """\
# The sandbox of the browser is a program that becomes root, which NoNewPrivileges= forbids, and a
# filter of system calls implies that.
"""

Namespaces = Literal["everybody", "root", "nobody"]
"""Who may make user namespaces on a machine."""


class Machine(Struct, frozen=True):
    """What the machine that runs the unit allows."""

    namespaces: Namespaces = "everybody"
    setuid_sandbox: bool = False
    """Whether the sandbox of its browser is a program that becomes root."""

    def mounts(self, scope: Scope) -> bool:
        """Whether systemd can give the service mounts of its own."""
        return scope == "system" or self.namespaces == "everybody"


def unit(job: Job, scope: Scope, machine: Machine) -> str:
    """The unit file. Raises `UnfitError` for a path that it cannot hold."""
    refuse_unwritable(job)
    for path in (job.folder, *(each.path for each in job.secrets)):
        if path.endswith(("\\", " ")):
            raise UnfitError(
                "it cannot hold a path that ends with a blank or a backslash",
                "Give the folder, or the files of --secrets, a plain name.",
            )
    if set(job.program[0]) & set("\"'\\"):
        raise UnfitError(
            "it starts no program whose path has a quote or a backslash in it",
            "Install the program into a folder with a plain name.",
        )
    return "\n".join(
        [
            "[Unit]",
            f"Description={_no_specifiers(TITLE)} ({job.name})",
            *_after(scope),
            "# A restart every 30 s is no storm, however long a fault lasts.",
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            "Type=notify",
            "NotifyAccess=main",
            f"WatchdogSec={WATCHDOG_SECONDS}",
            *_who(job, scope),
            f"WorkingDirectory={_no_specifiers(job.folder)}",
            f"ExecStart={_words(job.staying())}{_secrets_dir(job)}",
            "ExecReload=/bin/kill -HUP $MAINPID",
            *_environment(job),
            _COMMON + _hardening(job, scope, machine).rstrip("\n"),
            "",
            "[Install]",
            f"WantedBy={TARGETS[scope]}",
            "",
        ]
    )


def unit_name(job: Job) -> str:
    """The name of the unit."""
    return f"{job.name}.service"


_MADE = "# Folders that were made for this unit, and are removed with it: "


def with_made(text: str, folders: Iterable[Path]) -> str:
    """The unit file with a note of the folders that had to be made for it."""
    listed = json.dumps([str(each) for each in folders])
    return f"{text}\n{_MADE}{listed}\n"


def made_for(text: str) -> list[Path]:
    """The folders that a unit file notes; none where it has no such note."""
    noted = [line.removeprefix(_MADE) for line in text.splitlines() if line.startswith(_MADE)]
    try:
        return [Path(each) for line in noted for each in json.loads(line)]
    except (ValueError, TypeError):
        return []  # somebody has changed it


def described(job: Job, scope: Scope, folder: str, machine: Machine) -> Text:
    """The unit with its place, and the commands that install and remove it."""
    sudo = "sudo " if scope == "system" else ""
    return Text(
        "systemd",
        f"{folder}/{unit_name(job)}",
        unit(job, scope, machine),
        f"{sudo}{APP} service install --for systemd{job.given}",
        f"{sudo}{APP} service uninstall{job.removal}{' --system' if scope == 'system' else ''}",
    )


def _after(scope: Scope) -> Iterator[str]:
    if scope == "system":  # a user's systemd knows nothing of the network
        yield "Wants=network-online.target"
        yield "After=network-online.target"


def _who(job: Job, scope: Scope) -> Iterator[str]:
    if scope == "system" and job.user is not None:
        yield f"User={_no_specifiers(job.user)}"


def _environment(job: Job) -> Iterator[str]:
    for name, value in sorted(job.environment.items()):
        yield f"Environment={_quoted(f'{name}={value}', dollar='$')}"
    for each in job.secrets:
        yield f"LoadCredential={each.name}:{_no_specifiers(each.path)}"


def _secrets_dir(job: Job) -> str:
    """The folder in which systemd puts the secrets, as an option: a profile heeds no variable."""
    return " --secrets-dir %d" if job.secrets else ""


def _hardening(job: Job, scope: Scope, machine: Machine) -> str:
    """Everything that takes something from the service which it does not need."""
    mounts, filters = machine.mounts(scope), not machine.setuid_sandbox
    system = scope == "system"
    parts = [
        (_FILTERS if filters else _NO_FILTERS),
        (_MOUNTS if mounts else _NO_NAMESPACES),
        (_MOUNTS_AND_FILTERS if mounts and filters else ""),
        (_own_users(machine) if mounts and filters else ""),
        (_SYSTEM_ONLY if system else ""),
        (_SYSTEM_ONLY_FILTERS if system and filters else ""),
        "KeyringMode=private\n",
        (_seen_and_written(job) if mounts else ""),
    ]
    return "".join(parts)


def _own_users(machine: Machine) -> str:
    return _NO_PRIVATE_USERS if machine.namespaces == "nobody" else _OWN_USERS


def _seen_and_written(job: Job) -> str:
    """Which folders the service may write, and whether it has a /tmp of its own.

    `-`: one that is not there, as where somebody has removed it, does not keep the unit from
    starting.
    """
    writable = dict.fromkeys((job.state_dir, *job.writable))
    private = "PrivateTmp=yes\n"
    used = (*job.program, job.folder, *writable, *(each.path for each in job.secrets))
    if any(each.startswith(_TEMPORARY) for each in used):
        # With a /tmp of its own the service would not find folders below /tmp.
        private, writable = "", {**writable, "/tmp": None, "/var/tmp": None}  # noqa: S108
    paths = " ".join(_quoted(f"-{each}", dollar="$") for each in writable)
    return f"{private}ReadWritePaths={paths}\n"


_TEMPORARY = ("/tmp/", "/var/tmp/")  # noqa: S108  (places that PrivateTmp= hides)


def _words(command: Iterable[str]) -> str:
    """A command line of `ExecStart=`, which looks for variables in the arguments only."""
    program, *arguments = command
    return " ".join(
        [_quoted(program, dollar="$"), *(_quoted(each, dollar="$$") for each in arguments)]
    )


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=:,@")


def _quoted(text: str, *, dollar: str) -> str:
    """One word, in quotes where it needs them; `dollar` is how a `$` is written there."""
    if text and set(text) <= _PLAIN:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{_no_specifiers(escaped).replace("$", dollar)}"'


def _no_specifiers(text: str) -> str:
    """`text` in which a `%` is only that."""
    return text.replace("%", "%%")
