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
from upstox_browser_login.daily.service_systemd import unit, unit_name

Scope = Literal["user", "system"]

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
@pytest.mark.parametrize("namespaces", [True, False])
@pytest.mark.parametrize("name", ["plain", "al go 50% $off {so}; x"])
def test_systemd_finds_nothing_wrong(
    tmp_path: Path, scope: Scope, namespaces: bool, name: str
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
        namespaces=namespaces,
    )
    option = ["--user"] if scope == "user" else []
    done = asked(tmp_path, *option, "verify", written(tmp_path, text))
    own = [line for line in done.stderr.splitlines() if "upstox" in line]
    assert (done.returncode, own) == (0, []), done.stderr


@analyze
@pytest.mark.parametrize(("scope", "most"), [("system", 2.0), ("user", 2.5)])
def test_it_is_exposed_no_more_than_chromium_needs(
    tmp_path: Path, scope: Scope, most: float
) -> None:
    """The figure of `systemd-analyze security`, and that what is left open is what must be."""
    wanted = job(user="asha" if scope == "system" else None)
    path = written(tmp_path, unit(wanted, scope, namespaces=True))
    option = ["--user"] if scope == "user" else []
    done = asked(tmp_path, *option, "security", "--offline=true", path)
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert level is not None, done.stderr
    assert float(level[1]) <= most
    open_ = set(re.findall(r"^✗ (\S+)", done.stdout, re.MULTILINE))
    needed = {
        "MemoryDenyWriteExecute=", "RestrictNamespaces=~user", "RestrictNamespaces=~pid",
        "RestrictNamespaces=~net", "PrivateNetwork=", "RestrictAddressFamilies=~AF_UNIX",
        "RestrictAddressFamilies=~AF_(INET|INET6)", "RestrictAddressFamilies=~AF_NETLINK",
        "RootDirectory=/RootImage=", "IPAddressDeny=", "ProtectHome=", "DeviceAllow=",
        "SystemCallFilter=~@privileged", "SystemCallFilter=~@mount",
    }  # fmt: skip
    of_users = {"User=/DynamicUser=", "ProtectKernelLogs=", "RemoveIPC="}
    assert open_ <= needed | (of_users if scope == "user" else set())


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("scope", ["user", "system"])
def test_chromium_keeps_its_sandbox(scope: Scope) -> None:
    """Nothing forbids the namespaces, the chroot and the compiled code that Chromium makes."""
    lines = lines_of(unit(job(), scope, namespaces=True))
    assert "RestrictNamespaces=user pid net" in lines
    assert not any(line.startswith("MemoryDenyWriteExecute") for line in lines)
    filters = [line.partition("=")[2] for line in lines if line.startswith("SystemCallFilter=")]
    # The last one wins: what it adds is not taken away again.
    assert filters[-1].split() == ["@chown", "chroot", "capset"]


def test_without_user_namespaces_the_setuid_sandbox_stays_possible() -> None:
    """`NoNewPrivileges=`, and all that implies it, would end it."""
    text = unit(job(), "user", namespaces=False)
    for name in ("NoNewPrivileges", "SystemCallFilter", "Restrict", "PrivateUsers", "Lock"):
        assert not [line for line in lines_of(text) if line.startswith(f"{name}")
                    and not line.startswith("RestartPrevent")]  # fmt: skip
    assert "UMask=0077" in lines_of(text)


def test_secrets_are_handed_over_by_file() -> None:
    """Neither their values nor a folder that the service could list is in the unit."""
    secret = Secret("upstox_pin_code", "/etc/up stox/100%/upstox_pin_code")
    lines = lines_of(unit(job(secrets=(secret,)), "system", namespaces=True))
    assert "LoadCredential=upstox_pin_code:/etc/up stox/100%%/upstox_pin_code" in lines
    assert "Environment=UPSTOX_SECRETS_DIR=%d" in lines


def test_it_is_watched_and_started_again() -> None:
    lines = lines_of(unit(job(options=("-x",)), "user", namespaces=True))
    assert {"Type=notify", "WatchdogSec=120", "Restart=on-failure"} <= {*lines}
    # Not after 3: a secret that could not be fetched at boot is there a minute later.
    assert "RestartPreventExitStatus=2" in lines
    assert f"ExecStart={PYTHON} -P -m upstox_browser_login refresh -x" in lines


def test_special_characters_are_only_that() -> None:
    text = unit(job(folder=ODD + "/x", options=("--env-file", ODD)), "user", namespaces=True)
    assert (
        "ExecStart=" + PYTHON + " -P -m upstox_browser_login refresh --env-file "
        '"/home/asha/al go/50%% $$off/it\'s \\"so\\"; a\\\\b"'
    ) in text
    assert 'WorkingDirectory=/home/asha/al go/50%% $off/it\'s "so"; a\\b/x\n' in text


@pytest.mark.parametrize("folder", ["/home/a\nExecStartPre=/bin/x", "/home/a\\", "/home/a "])
def test_a_folder_that_would_become_something_else_is_refused(folder: str) -> None:
    with pytest.raises(ValueError, match=r"line break|backslash"):
        unit(job(folder=folder), "user", namespaces=True)


def test_what_lies_in_tmp_is_still_seen() -> None:
    lines = lines_of(unit(job(folder="/tmp/x"), "user", namespaces=True))  # noqa: S108
    assert "PrivateTmp=yes" not in lines
    assert any(line.endswith(" /tmp /var/tmp") for line in lines)


def test_a_program_that_systemd_would_not_start_is_refused() -> None:
    with pytest.raises(ValueError, match="quote"):
        unit(job(program=("/home/it's/python",)), "user", namespaces=True)
