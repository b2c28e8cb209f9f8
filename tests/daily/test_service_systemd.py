"""The systemd unit, looked at by systemd itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import pytest

from tests.daily.jobs import ODD, PYTHON, job
from upstox_browser_login.daily.service import Secret
from upstox_browser_login.daily.service_systemd import (
    Machine,
    made_for,
    unit,
    unit_name,
    with_made,
)

Scope = Literal["user", "system"]

OPEN = Machine()
UBUNTU = Machine("root")
"""Users may make no namespaces, as on Ubuntu since 23.10."""
CLOSED = Machine("nobody")
SETUID = Machine("root", setuid_sandbox=True)

analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="there is no systemd here"
)


def asked(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask systemd-analyze, which wants a runtime folder for units of users."""
    return subprocess.run(
        ["systemd-analyze", "--man=no", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
    )


def written(folder: Path, text: str) -> Path:
    path = folder / unit_name(job())
    path.write_text(text)
    return path


@analyze
@pytest.mark.parametrize("scope", ["user", "system"])
@pytest.mark.parametrize("machine", [OPEN, UBUNTU, SETUID], ids=str)
@pytest.mark.parametrize("name", ["plain", "al go 50% $off {so}; x"])
def test_systemd_finds_nothing_wrong(
    tmp_path: Path, scope: Scope, machine: Machine, name: str
) -> None:
    """`verify` looks for the program and the folder, so that wrong quotes would show."""
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "py thon"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = unit(
        job(
            program=(str(program), "-P", "-m", "upstox_browser_login"),
            folder=str(folder),
            state_dir=str(folder / "state"),
            environment={"PATH": "/a b:/50%:/$x", "XDG_STATE_HOME": 'q"q'},
            secrets=(Secret("upstox_pin_code", str(folder / "upstox_pin_code")),),
            user="root" if scope == "system" else None,
        ),
        scope,
        machine,
    )
    option = ["--user"] if scope == "user" else []
    done = asked(tmp_path, *option, "verify", written(tmp_path, text))
    own = [line for line in done.stderr.splitlines() if "upstox" in line]
    assert (done.returncode, own) == (0, []), done.stderr


NEEDED = {
    "MemoryDenyWriteExecute=", "RestrictNamespaces=~user", "RestrictNamespaces=~pid",
    "RestrictNamespaces=~net", "PrivateNetwork=", "RestrictAddressFamilies=~AF_UNIX",
    "RestrictAddressFamilies=~AF_(INET|INET6)", "RestrictAddressFamilies=~AF_NETLINK",
    "RootDirectory=/RootImage=", "IPAddressDeny=", "ProtectHome=", "DeviceAllow=",
    "SystemCallFilter=~@privileged", "SystemCallFilter=~@mount",
}  # fmt: skip
"""What stays open for Chromium's sake."""

OF_USERS = {"User=/DynamicUser=", "ProtectKernelLogs=", "RemoveIPC="}
MOUNTED = {
    "PrivateDevices=", "PrivateMounts=", "PrivateTmp=", "PrivateUsers=", "ProtectClock=",
    "ProtectControlGroups=",
    "ProtectHostname=", "ProtectKernelModules=", "ProtectKernelTunables=", "ProtectProc=",
    "ProtectSystem=", "ProcSubset=",
}  # fmt: skip
"""What a user's systemd can do in a namespace of users alone, besides CapabilityBoundingSet=."""


@analyze
@pytest.mark.parametrize(
    ("scope", "machine", "most", "more"),
    [
        ("user", OPEN, 2.5, OF_USERS),
        ("user", UBUNTU, 6.9, OF_USERS | MOUNTED),
        ("system", OPEN, 2.0, set()),
        ("system", UBUNTU, 2.0, set()),
        ("system", CLOSED, 2.2, {"PrivateUsers="}),
    ],
)
def test_it_is_exposed_no_more_than_chromium_needs(
    tmp_path: Path, scope: Scope, machine: Machine, most: float, more: set[str]
) -> None:
    """The figure of `systemd-analyze security`, and that what is left open is what must be."""
    wanted = job(user="asha" if scope == "system" else None)
    path = written(tmp_path, unit(wanted, scope, machine))
    option = ["--user"] if scope == "user" else []
    done = asked(tmp_path, *option, "security", "--offline=true", path)
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert level is not None, done.stderr
    assert float(level[1]) <= most
    open_ = set(re.findall(r"^✗ (\S+)", done.stdout, re.MULTILINE))
    rights = {each for each in open_ if each.startswith("CapabilityBoundingSet=")}
    assert not rights or more >= MOUNTED
    assert open_ - rights <= NEEDED | more


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("scope", ["user", "system"])
@pytest.mark.parametrize("machine", [OPEN, UBUNTU], ids=str)
def test_chromium_keeps_its_sandbox(scope: Scope, machine: Machine) -> None:
    """Nothing forbids the namespaces, the chroot and the compiled code that Chromium makes."""
    lines = lines_of(unit(job(), scope, machine))
    assert "RestrictNamespaces=user pid net" in lines
    assert not any(line.startswith("MemoryDenyWriteExecute") for line in lines)
    filters = [line.partition("=")[2] for line in lines if line.startswith("SystemCallFilter=")]
    # The last one wins: what it adds is not taken away again.
    assert filters[-1].split() == ["@chown", "chroot", "capset"]


NEEDS_A_NAMESPACE = (
    "Private", "Protect", "ProcSubset", "ReadWritePaths", "DevicePolicy", "CapabilityBoundingSet",
    "AmbientCapabilities",
)  # fmt: skip
FILTERS = ("NoNewPrivileges", "SystemCall", "RestrictN", "RestrictA", "RestrictR", "Lock")


def starting(lines: list[str], names: tuple[str, ...]) -> list[str]:
    return [line for line in lines if line.startswith(names)]


def test_a_users_unit_without_namespaces_keeps_what_needs_none() -> None:
    """Of the rest systemd would do nothing, or not start the unit: status 218/CAPABILITIES."""
    lines = lines_of(unit(job(), "user", UBUNTU))
    assert starting(lines, NEEDS_A_NAMESPACE) == []
    assert "NoNewPrivileges=yes" in lines
    assert "UMask=0077" in lines
    assert starting(lines_of(unit(job(), "user", OPEN)), FILTERS) == starting(lines, FILTERS)


def test_a_unit_of_the_machine_has_namespaces_from_root() -> None:
    """Whatever its users may do; only where nobody may make one, there are no private users."""
    assert unit(job(), "system", UBUNTU) == unit(job(), "system", OPEN)
    fewer = lines_of(unit(job(), "system", CLOSED))
    assert {*lines_of(unit(job(), "system", OPEN))} - {*fewer} == {"PrivateUsers=yes"}


@pytest.mark.parametrize("scope", ["user", "system"])
def test_a_setuid_sandbox_may_become_root(scope: Scope) -> None:
    """`NoNewPrivileges=`, all that implies it, and a bounding set without rights would end it."""
    lines = lines_of(unit(job(), scope, SETUID))
    implied = ("PrivateDevices", "PrivateUsers", "ProtectKernel", "ProtectClock", "ProtectHostname")
    assert starting(lines, (*FILTERS, *implied, "CapabilityBoundingSet")) == []
    assert "UMask=0077" in lines
    assert ("ProtectSystem=strict" in lines) is (scope == "system")


def test_a_unit_notes_the_folders_that_were_made_for_it() -> None:
    made = [Path(ODD) / "systemd\n/user", Path(ODD)]
    text = with_made(unit(job(), "user", OPEN), made)
    assert made_for(text) == made
    assert lines_of(text) == lines_of(unit(job(), "user", OPEN))
    assert made_for(unit(job(), "user", OPEN)) == []
    assert made_for(text.replace("[", "{")) == []


def test_secrets_are_handed_over_by_file() -> None:
    """Neither their values nor a folder that the service could list is in the unit."""
    secret = Secret("upstox_pin_code", "/etc/up stox/100%/upstox_pin_code")
    lines = lines_of(unit(job(secrets=(secret,)), "system", OPEN))
    assert "LoadCredential=upstox_pin_code:/etc/up stox/100%%/upstox_pin_code" in lines
    assert f"ExecStart={PYTHON} -P -m upstox_browser_login refresh --env-file " in "\n".join(lines)
    (start,) = starting(lines, ("ExecStart=",))
    assert start.endswith(" --secrets-dir %d")


def test_it_is_watched_and_started_again() -> None:
    lines = lines_of(unit(job(options=("-x",)), "user", OPEN))
    assert {"Type=notify", "WatchdogSec=120", "Restart=on-failure"} <= {*lines}
    # Not after 3: a secret that could not be fetched at boot is there a minute later.
    assert "RestartPreventExitStatus=2" in lines
    assert f"ExecStart={PYTHON} -P -m upstox_browser_login refresh -x" in lines


def test_special_characters_are_only_that() -> None:
    text = unit(job(folder=ODD + "/x", options=("--env-file", ODD)), "user", OPEN)
    assert (
        "ExecStart=" + PYTHON + " -P -m upstox_browser_login refresh --env-file "
        '"/home/asha/al go/50%% $$off/it\'s \\"so\\"; a\\\\b"'
    ) in text
    assert 'WorkingDirectory=/home/asha/al go/50%% $off/it\'s "so"; a\\b/x\n' in text


@pytest.mark.parametrize("folder", ["/home/a\nExecStartPre=/bin/x", "/home/a\\", "/home/a "])
def test_a_folder_that_would_become_something_else_is_refused(folder: str) -> None:
    with pytest.raises(ValueError, match=r"line break|backslash"):
        unit(job(folder=folder), "user", OPEN)


def test_what_lies_in_tmp_is_still_seen() -> None:
    lines = lines_of(unit(job(folder="/tmp/x"), "user", OPEN))  # noqa: S108
    assert "PrivateTmp=yes" not in lines
    assert any(line.endswith(" -/tmp -/var/tmp") for line in lines)


def test_a_program_that_systemd_would_not_start_is_refused() -> None:
    with pytest.raises(ValueError, match="quote"):
        unit(job(program=("/home/it's/python",)), "user", OPEN)
