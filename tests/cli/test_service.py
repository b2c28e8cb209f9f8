"""`service install|uninstall|show|status`, with a real cron and what stands in for systemctl."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.cli.conftest import Call, as_root, everything_below, linux, no_cron
from tests.harness import variants
from upstox_browser_login.daily import service_here, service_needs
from upstox_browser_login.daily.service_systemd import Machine
from upstox_browser_login.replica import Replica


def asked(home: Path) -> list[str]:
    path = home / "asked"
    return path.read_text().splitlines() if path.exists() else []


@linux
def test_a_unit_is_installed_shown_and_removed(home: Path, account: Path, ask: Call) -> None:
    """From nothing to nothing: what is left is the user's own."""
    unit = home / ".config/systemd/user/upstox-browser-login.service"
    done = ask("service", "install", "--for", "systemd", "--", "--write", ".env")
    assert done.data["path"] == str(unit)
    assert "refresh --write .env" in unit.read_text()
    assert unit.stat().st_mode & 0o777 == 0o644
    assert asked(home) == [
        "--user daemon-reload",
        "--user enable upstox-browser-login.service",
        "--user restart upstox-browser-login.service",
    ]
    secret = account.read_text(encoding="utf-8").split("'")
    assert not any(each in unit.read_text() for each in (secret[1], secret[3], secret[5]))
    found = ask("service", "status").data["services"]
    assert [(each["kind"], each["active"], each["restarts"]) for each in found] == [
        ("systemd", True, 2)
    ]
    removed = ask("service", "uninstall").data["removed"]
    assert [each["path"] for each in removed] == [str(unit)]
    assert not (home / ".config").exists()
    assert account.exists()
    assert ask("service", "uninstall").data["removed"] == []


@linux
@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("there", [".config", ".config/systemd", ".config/systemd/user"])
def test_folders_that_were_there_before_stay(home: Path, ask: Call, there: str) -> None:
    """Also empty ones: only what `install` made is removed, whatever was installed twice."""
    (home / there).mkdir(parents=True)
    for options in ((), ("--", "--time", "08:30")):
        assert ask("service", "install", "--for", "systemd", *options).status == 0
    assert len(ask("service", "uninstall").data["removed"]) == 1
    assert [*home.glob(".config/**")][-1] == home / there
    assert [*(home / there).iterdir()] == []


@linux
@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(("first", "second"), [("cron", "systemd"), ("systemd", "cron")])
def test_no_second_scheduler_gets_the_same_job(ask: Call, first: str, second: str) -> None:
    """Both would log in, and one of them would go on when the other is removed."""
    assert ask("service", "install", "--for", first).status == 0
    done = ask("service", "install", "--for", second)
    assert done.code == "CONFIGURATION"
    assert f"service uninstall --for {first}`" in done.object["error"]["hint"]
    assert ask("service", "install", "--for", first).status == 0, "the same may be installed anew"
    assert ask("service", "uninstall", "--for", first).status == 0
    assert ask("service", "install", "--for", second).status == 0


@linux
@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("at", ["enable", "restart"])
def test_nothing_is_left_of_a_failure(
    home: Path, ask: Call, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setenv("FAILS_AT", at)
    done = ask("service", "install", "--for", "systemd")
    assert done.code == "UNEXPECTED"
    assert "Failed to do it" in done.object["error"]["message"]
    assert "--for cron" in done.object["error"]["hint"]
    assert not (home / ".config").exists()


@linux
@pytest.mark.parametrize("namespaces", ["everybody", "root"])
def test_what_the_unit_takes_from_commands_of_settings_is_told(
    account: Path, call: Call, monkeypatch: pytest.MonkeyPatch, namespaces: str
) -> None:
    """Without mounts a user's unit takes nothing of that from them."""
    machine = Machine(namespaces=namespaces)  # type: ignore[arg-type]
    monkeypatch.setattr(service_here, "machine_here", lambda _: machine)
    assert "Within the unit" not in call("service", "install", "--for", "systemd").out
    with account.open("a", encoding="utf-8") as file:
        file.write("UPSTOX_AFTER_LOGIN=true\n")
    done = call("service", "install", "--for", "systemd")
    assert done.status == 0
    assert ("Within the unit UPSTOX_AFTER_LOGIN can write only below" in done.out) is (
        namespaces == "everybody"
    )
    assert ("systemctl --user edit upstox-browser-login" in done.out) is (namespaces == "everybody")


@linux
def test_show_touches_nothing(home: Path, account: Path, ask: Call, call: Call) -> None:
    before = everything_below(home)
    done = ask("service", "show")
    assert [each["kind"] for each in done.data["services"]] == [
        "systemd", "cron", "launchd", "task-scheduler",
    ]  # fmt: skip
    assert call("service", "show").out.count(str(account.parent)) == 4
    assert everything_below(home) == before
    assert asked(home) == []


def test_a_pin_that_is_a_part_of_a_file_is_not_taken_out_of_it(
    account: Path, ask: Call, call: Call
) -> None:
    """Such as the year in the start of a task: what is printed is put into its place."""
    words = ("service", "show", "--for", "task-scheduler")
    text = ask(*words).data["services"][0]["text"]
    year = text.partition("<StartBoundary>")[2][:4]
    settings = re.sub("UPSTOX_PIN_CODE=.*", f"UPSTOX_PIN_CODE={year}", account.read_text("utf-8"))
    account.write_text(settings, "utf-8")
    assert ask(*words).data["services"][0]["text"] == text
    for done in (call(*words), call("service", "show")):
        assert f"<StartBoundary>{year}-" in done.out


@pytest.mark.usefixtures("account")
def test_an_option_behind_the_dashes_is_called_by_its_name(ask: Call) -> None:
    done = ask("service", "show", "--", "--secrets-dir", "/no/where")
    assert "--secrets-dir: cannot be looked into" in done.object["error"]["message"]
    assert done.object["error"]["hint"] == "Correct --secrets-dir."


@linux
def test_show_says_which_settings_the_service_lacks(
    served: Replica, account: Path, ask: Call, call: Call
) -> None:
    """`install` would refuse it, and whoever installs the file by hand has to know."""
    assert "warning:" not in call("service", "show", "--for", "systemd").err
    text = account.read_text("utf-8").replace("UPSTOX_PIN_CODE", "UPSTOX_OTHER")
    account.write_text(text, "utf-8")
    done = call("service", "show", "--for", "systemd")
    assert done.status == 0
    assert "As the service will see it, UPSTOX_PIN_CODE is not set." in " ".join(done.err.split())
    secrets = account.parent / "secrets"
    secrets.mkdir()
    (secrets / "upstox_pin_code").write_text(served.account.pin)
    handed = call("service", "show", "--for", "systemd", "--secrets", secrets)
    assert "is not set" not in handed.err


@pytest.mark.usefixtures("account")
def test_one_kind_alone_can_be_put_into_a_file(call: Call) -> None:
    done = call("service", "show", "--for", "launchd", "--", "--time", "08:30")
    value = plistlib.loads(done.out.encode())
    assert value["ProgramArguments"][4:7] == ["refresh", "--time", "08:30"]
    assert "launchctl bootstrap" in done.err


@no_cron
@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("option", [("--health", "127.0.0.1:0"), ("--token-store", "memory")])
def test_a_cron_run_ends_too_soon_for_some(ask: Call, option: tuple[str, str]) -> None:
    """It answers no questions, and keeps no token that is only in its memory."""
    done = ask("service", "install", "--for", "cron", "--", *option)
    assert done.code == "CONFIGURATION"
    assert "cron cannot run this" in done.object["error"]["message"]
    assert ask("service", "show", "--for", "systemd", "--", *option).status == 0


@no_cron
def test_a_command_that_works_in_this_shell_alone_is_warned_of(
    account: Path, ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds its vault by a variable that no service has, and every login would fail."""
    monkeypatch.setenv("MY_VAULT", "/vault")
    text = account.read_text()
    command = 'UPSTOX_PIN_CODE_COMMAND=\'sh -c "test -n \\"$MY_VAULT\\" && echo 024680"\''
    account.write_text(re.sub("UPSTOX_PIN_CODE=.*", lambda _: command, text))
    assert ask("check-env", "--fetch").status == 0
    done = ask("service", "install", "--for", "cron")
    assert done.status == 0
    assert "As the service will run it, UPSTOX_PIN_CODE_COMMAND ended with exit" in done.err


@linux
@as_root
@pytest.mark.usefixtures("account")
def test_a_unit_of_the_machine_is_no_second_one_beside_a_line_of_roots_crontab(
    ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_needs, "check_readable", lambda _: None)
    monkeypatch.setattr(service_needs, "acting_as", lambda _: nullcontext())
    monkeypatch.setattr(service_here.Crontab, "has", lambda *_: True)
    done = ask("service", "install", "--system", "--run-as", "nobody")
    assert "installed already: a line in the crontab" in done.object["error"]["message"]


@pytest.mark.usefixtures("account")
def test_a_proxy_with_a_password_is_written_nowhere(
    ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://asha:s3cretpass@proxy.invalid:3128")
    done = ask("service", "show")
    assert done.code == "CONFIGURATION"
    assert "s3cretpass" not in done.out + done.err


@linux
@as_root
@pytest.mark.usefixtures("account")
def test_a_program_that_the_user_cannot_read_is_named(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is root's own, as after `sudo pipx install`, and the service would never start."""
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    python = closed / "python"
    python.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(python))
    done = ask("service", "show", "--system", "--run-as", "nobody")
    assert done.code == "CONFIGURATION"
    message = done.object["error"]["message"]
    assert message.startswith("The user nobody cannot run this program: ")
    assert str(python) in message


@linux
@pytest.mark.usefixtures("account")
def test_without_a_home_folder_it_is_said(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No entry in the list of users either: there is no place for a user's units."""
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.delenv("HOME")
    done = ask("service", "show", "--for", "systemd", "--", "--state-dir", str(tmp_path / "state"))
    assert done.code == "CONFIGURATION"
    assert "no home folder" in done.object["error"]["message"]


@linux
def test_secrets_are_named_and_not_read(home: Path, ask: Call, tmp_path: Path) -> None:
    secrets = tmp_path / "se crets"
    secrets.mkdir()
    (secrets / "upstox_pin_code").write_text("024680")
    (secrets / "notes.txt").write_text("mine")
    done = ask("service", "show", "--for", "systemd", "--secrets", secrets)
    text = done.data["services"][0]["text"]
    assert f"LoadCredential=upstox_pin_code:{secrets}/upstox_pin_code" in text
    assert "024680" not in text
    assert "notes" not in text
    del home


@linux
@pytest.mark.usefixtures("account")
def test_cron_can_hand_no_secrets_over(
    ask: Call, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is what the machine comes with, that is said and nothing is installed."""
    monkeypatch.setattr("upstox_browser_login.daily.service_here.BOOTED", Path("/nonexistent"))
    crontab = Path(os.environ["PATH"].partition(":")[0], "crontab")
    crontab.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    crontab.chmod(0o755)
    done = ask("service", "install", "--secrets", secrets)
    assert done.code == "CONFIGURATION"
    assert "cron cannot hand secrets over" in done.object["error"]["message"]
    shown = ask("service", "show", "--secrets", secrets).data["services"]
    assert [each["kind"] for each in shown] == ["systemd"]


@no_cron
def test_a_program_in_a_cache_is_no_service(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As with `uvx`, whose environment may be gone tomorrow."""
    (tmp_path / "CACHEDIR.TAG").write_text("")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "archive" / "x"))
    done = ask("service", "show", "--for", "cron")
    assert done.code == "CONFIGURATION"
    assert "pipx install" in done.object["error"]["hint"]


IN_A_SPOOL_OF_ITS_OWN = ["unshare", "--mount", "sh", "-c"]


@linux
@pytest.mark.skipif(shutil.which("crontab") is None, reason="there is no cron here")
@pytest.mark.parametrize("before", ["MAILTO=a@b.in\n5 4 * * * backup\n", *variants("")])
def test_cron_is_given_its_line_and_loses_it(
    account: Path, home: Path, tmp_path: Path, before: str
) -> None:
    """A real crontab, in a mount namespace of its own: this machine's is not touched."""
    Path(os.environ["PATH"].partition(os.pathsep)[0], "crontab").unlink()
    spool = tmp_path / "spool"
    spool.mkdir(mode=0o1730)
    program = f"{shlex.quote(sys.executable)} -m upstox_browser_login.cli service"
    script = f"""
        mount --bind {spool} /var/spool/cron/crontabs || exit 77
        cd '{account.parent}'
        [ ! -s {tmp_path}/before ] || crontab - < {tmp_path}/before || exit 1
        {program} install --for cron && crontab -l > {tmp_path}/with
        {program} status --format json > {tmp_path}/status
        {program} install --for cron -- --time 08:30 && crontab -l > {tmp_path}/again
        {program} uninstall
        crontab -l > {tmp_path}/after
        exit 0
    """
    (tmp_path / "before").write_text(before)
    env = {**os.environ, "TZ": "Europe/London"}
    done = subprocess.run(
        [*IN_A_SPOOL_OF_ITS_OWN, script], capture_output=True, text=True, check=False, env=env
    )
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("only root may make a mount namespace here")
    assert (tmp_path / "with").read_text().startswith(before), done.stderr
    assert re.search(r"from 0[34]:40 to 1[34]:40 India time \(`10 0-9,23 ", done.stdout)
    assert re.search(r"^Its log: /.*/refresh\.log$", done.stdout, re.MULTILINE)
    line = next(each for each in (tmp_path / "with").read_text().splitlines() if "--once" in each)
    assert line.startswith("10 0-9,23 * * * cd ")
    again = (tmp_path / "again").read_text()
    assert again.count("--once") == 1
    assert "\n0 3-" in again
    assert json.loads((tmp_path / "status").read_text())["data"]["services"][0]["kind"] == "cron"
    assert "Removed: a line in the crontab.\n" in done.stdout
    assert (tmp_path / "after").read_text() == before
    assert bool(before) is any(each.is_file() for each in spool.iterdir())
    del home


@linux
@pytest.mark.usefixtures("account")
def test_on_a_mac_the_command_of_its_own_is_named_and_the_rest_is_done(
    home: Path, ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --for what this program can look for is looked for all the same."""
    del home
    assert ask("service", "install", "--for", "systemd").status == 0
    monkeypatch.setattr(service_here, "usual_kind", lambda: "launchd")
    for command, says in (
        ("status", "This tells what it runs: launchctl print gui/"),
        ("uninstall", "This removes what it runs: launchctl bootout gui/"),
    ):
        done = ask("service", command)
        assert f"launchd (macOS) is not set up by this command. {says}" in done.err
        assert [each["kind"] for each in done.data[{"status": "services"}.get(command, "removed")]]
