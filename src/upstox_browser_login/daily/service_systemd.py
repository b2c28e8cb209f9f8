"""The systemd unit: `refresh` stays running, sandboxed as far as Chromium's own sandbox allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from .service import APP, TITLE, Job, Text, refuse_unwritable

Scope = Literal["user", "system"]

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
_SANDBOX = """\
NoNewPrivileges=yes
PrivateUsers=yes
PrivateMounts=yes
PrivateDevices=yes
DevicePolicy=closed
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
CapabilityBoundingSet=
AmbientCapabilities=
KeyringMode=private
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

# A user's own systemd cannot hide /proc/kmsg in every container, and its users cannot read it.
_SYSTEM_ONLY = """\
ProtectKernelLogs=yes
RemoveIPC=yes
"""

_NO_NAMESPACES = """\
# Users of this machine may make no user namespaces, which the sandbox of systemd for a user's
# service is made of. Chromium's setuid sandbox, if there is one, forbids NoNewPrivileges=.
"""


def unit(job: Job, scope: Scope, *, namespaces: bool) -> str:
    """The unit file. `namespaces`: whether ordinary users may make user namespaces here.

    Raises `ValueError` for a path that it cannot hold.
    """
    refuse_unwritable(job)
    for path in (job.folder, *(each.path for each in job.secrets)):
        if path.endswith(("\\", " ")):
            raise ValueError("systemd cannot hold a path that ends with a blank or a backslash")
    if set(job.program[0]) & set("\"'\\"):
        raise ValueError("systemd starts no program whose path has a quote or a backslash in it")
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
            f"ExecStart={_words(job.staying())}",
            "ExecReload=/bin/kill -HUP $MAINPID",
            *_environment(job),
            _COMMON + _hardening(job, scope, namespaces=namespaces).rstrip("\n"),
            "",
            "[Install]",
            f"WantedBy={'default' if scope == 'user' else 'multi-user'}.target",
            "",
        ]
    )


def unit_name(job: Job) -> str:
    """The name of the unit."""
    return f"{job.name}.service"


def described(job: Job, scope: Scope, folder: str, *, namespaces: bool) -> Text:
    """The unit with its place, and the commands that install and remove it."""
    sudo = "sudo " if scope == "system" else ""
    return Text(
        "systemd",
        f"{folder}/{unit_name(job)}",
        unit(job, scope, namespaces=namespaces),
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
    if job.secrets:
        yield "Environment=UPSTOX_SECRETS_DIR=%d"
        for each in job.secrets:
            yield f"LoadCredential={each.name}:{_no_specifiers(each.path)}"


def _hardening(job: Job, scope: Scope, *, namespaces: bool) -> str:
    if not namespaces:
        return _NO_NAMESPACES
    own = _SYSTEM_ONLY if scope == "system" else ""
    writable = dict.fromkeys((job.state_dir, *job.writable))
    private = "PrivateTmp=yes\n"
    used = (*job.program, job.folder, *writable, *(each.path for each in job.secrets))
    if any(each.startswith(_TEMPORARY) for each in used):
        # With a /tmp of its own it would not find them.
        private, writable = "", {**writable, "/tmp": None, "/var/tmp": None}  # noqa: S108
    paths = " ".join(_quoted(each, dollar="$") for each in writable)
    return f"{_SANDBOX}{private}{own}ReadWritePaths={paths}\n"


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
