"""The crontab of a user is never lost, and no child sees a setting."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.daily.jobs import job
from upstox_browser_login.daily import service_needs
from upstox_browser_login.daily.service_here import (
    Crontab,
    Finished,
    Systemd,
    cron_runs,
    namespaces_here,
    run,
    usual_kind,
)
from upstox_browser_login.daily.service_systemd import Scope, unit_name
from upstox_browser_login.errors import ConfigurationError, UpstoxError

OFFSETS = {timedelta(hours=5, minutes=30)}


@dataclass
class Cron:
    """Stands in for the program `crontab`, which lists as the test says."""

    listed: Finished
    written: list[str] = field(default_factory=list)

    def __call__(self, command: Sequence[str], given: str | None) -> Finished:
        if list(command) == ["crontab", "-l"]:
            return self.listed
        self.written.append(given or "")
        return Finished(0, "", "")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (124, "no answer within 60 s"),
        (1, "crontab: error while loading shared libraries: libx: No such file or directory"),
        (1, "/var/spool/cron/crontabs/: Permission denied"),
    ],
)
def test_a_crontab_that_cannot_be_read_is_not_replaced(status: int, said: str) -> None:
    """What it holds would be lost: `crontab -` replaces it as a whole."""
    cron = Cron(Finished(status, "", said))
    with pytest.raises(UpstoxError) as raised:
        Crontab(cron).install(job(), OFFSETS)
    assert said in raised.value.message
    assert cron.written == []


@pytest.mark.parametrize(
    "said",
    [
        "no crontab for asha",
        "crontab: no crontab for asha",
        "crontab: can't open 'asha': No such file or directory",
        "You (asha) are not allowed to use this program (crontab)",
    ],
)
def test_a_user_without_a_crontab_gets_one(said: str) -> None:
    cron = Cron(Finished(1, "", said))
    assert not Crontab(cron).has(job())
    assert not Crontab(cron).uninstall(job())
    Crontab(cron).install(job(), OFFSETS)
    assert len(cron.written) == 1
    assert "refresh --once" in cron.written[0]


def test_a_program_that_cannot_be_run_does_not_end_this_one(tmp_path: Path) -> None:
    """As a `crontab` that only others may run. Its crontab may hold lines and is not replaced."""
    program = tmp_path / "crontab"
    program.write_text("no program")
    done = run([str(program), "-l"])
    assert done.status == 126
    with pytest.raises(UpstoxError, match="cannot be run"):
        Crontab(Cron(done)).install(job(), OFFSETS)


def test_where_there_is_no_cron_nothing_is_in_it() -> None:
    assert Crontab(Cron(Finished(127, "", "crontab: not found"))).read() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there is no crontab")
def test_the_lines_of_others_are_put_back_byte_by_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crontab may have a comment in Latin-1, and lines with ends of Windows."""
    kept = tmp_path / "kept"
    kept.write_bytes(b"# f\xfcr mich\r\n5 4 * * * backup\n")
    program = tmp_path / "crontab"
    program.write_text(f'#!/bin/sh\n[ "$1" = -l ] && exec cat {kept}\nexec cat >{kept}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    Crontab().install(job(), OFFSETS)
    assert kept.read_bytes().startswith(b"# f\xfcr mich\r\n5 4 * * * backup\n# ")
    assert Crontab().uninstall(job())
    assert kept.read_bytes() == b"# f\xfcr mich\r\n5 4 * * * backup\n"


def test_a_unit_that_somebody_has_changed_is_put_back_where_systemd_refuses(
    tmp_path: Path,
) -> None:
    """Whatever its encoding is."""
    changed = b"[Service]\n# f\xfcr mich\n"
    path = tmp_path / unit_name(job())
    path.write_bytes(changed)

    def refuse(command: Sequence[str], given: str | None) -> Finished:
        del given
        return Finished(int("enable" in command), "", "no")

    with pytest.raises(UpstoxError, match="no"):
        Systemd("user", tmp_path, refuse).install(job(), "[Unit]\n")
    assert path.read_bytes() == changed


@pytest.mark.parametrize(("scope", "hint"), [("user", "XDG_RUNTIME_DIR"), ("system", "as root")])
def test_the_file_of_a_unit_that_could_not_be_stopped_stays(
    tmp_path: Path, scope: Scope, hint: str
) -> None:
    """As behind `su`, where there is no way to the user's systemd: the service runs on."""
    path = tmp_path / unit_name(job())
    path.write_text("[Service]\n")

    def refuse(command: Sequence[str], given: str | None) -> Finished:
        del given
        return Finished(int("disable" in command), "", "Failed to connect to bus")

    with pytest.raises(UpstoxError, match="Failed to connect to bus") as raised:
        Systemd(scope, tmp_path, refuse).uninstall(job())
    assert hint in raised.value.hint
    assert path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no service is installed there")
def test_settings_that_cannot_be_checked_in_time_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a store does not answer."""
    monkeypatch.setattr(service_needs, "SECONDS", 0.2)
    slow = (sys.executable, "-c", "import time; time.sleep(60)")
    with pytest.raises(ConfigurationError, match=r"no answer .* within 0\.2 s"):
        service_needs.check(job(program=slow, folder=str(tmp_path)), ())


def test_a_scheduler_sees_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_PIN_CODE", "024680")
    # Without `site`, which in the C locale reads no path that is not ASCII.
    done = run([sys.executable, "-S", "-c", "import os; print(*os.environ)"])
    assert done.status == 0
    assert "UPSTOX_PIN_CODE" not in done.out.split()
    assert "LC_ALL" in done.out.split()


def test_whether_a_cron_runs_is_seen_by_its_name(tmp_path: Path) -> None:
    """Nobody knows where the processes of others are hidden, as they may be in /proc."""
    for number, name in (("1", "init"), ("7", "cron-fan"), ("self", "cron")):
        (tmp_path / number).mkdir()
        (tmp_path / number / "comm").write_text(f"{name}\n")
    assert cron_runs(tmp_path) is False
    (tmp_path / "8").mkdir()  # one that has just ended
    (tmp_path / "9").mkdir()
    (tmp_path / "9" / "comm").write_text("crond\n")
    assert cron_runs(tmp_path) is True
    (tmp_path / "1" / "comm").unlink()
    assert cron_runs(tmp_path) is None


def test_the_scheduler_that_a_machine_comes_with(tmp_path: Path) -> None:
    def found(platform: str, *, booted: bool = False, cron: bool = False) -> str | None:
        return usual_kind(
            platform,
            booted=tmp_path if booted else tmp_path / "none",
            which=lambda _name: "/usr/bin/crontab" if cron else None,
        )

    assert found("darwin", cron=True) == "launchd"
    assert found("win32") == "task-scheduler"
    assert found("linux", booted=True, cron=True) == "systemd"
    assert found("linux", cron=True) == "cron"
    assert found("linux") is None


@pytest.mark.parametrize(
    ("users", "everybody", "found"),
    [
        (None, None, "everybody"),
        ("0\n", "96364\n", "everybody"),
        ("1\n", "96364\n", "root"),
        ("1\n", "0\n", "nobody"),
        (None, "0\n", "nobody"),
    ],
)
def test_who_may_make_user_namespaces(
    tmp_path: Path, users: str | None, everybody: str | None, found: str
) -> None:
    """Ubuntu's switch is for users, the kernel's limit for root too."""
    switches = {"users": users, "everybody": everybody}
    for name, content in switches.items():
        if content is not None:
            (tmp_path / name).write_text(content)
    assert namespaces_here({tmp_path / "users": "1"}, {tmp_path / "everybody": "0"}) == found
