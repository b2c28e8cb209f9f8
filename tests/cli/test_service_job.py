"""The daily login as a job: what it needs, and the environment that it will have."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, as_root, everything_below, linux, no_cron
from upstox_browser_login.daily import service_needs
from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import profile_file


@linux
@pytest.mark.usefixtures("home")
def test_what_only_the_shell_knows_is_not_enough(upstox: Replica, ask: Call) -> None:
    """The service would find no settings, and that is said before anything is installed."""
    done = ask("service", "install", "--for", "systemd")
    assert done.code == "CONFIGURATION"
    message = done.object["error"]["message"]
    assert "UPSTOX_PIN_CODE (missing)" in message
    assert "As the service will see it" in message
    assert "will not see UPSTOX_" in done.err
    assert upstox.account.pin not in done.err
    assert os.environ["UPSTOX_PIN_CODE"]  # the shell's own are as they were


@linux
@pytest.mark.usefixtures("account")
def test_a_state_folder_that_cannot_be_written_has_its_own_hint(home: Path, ask: Call) -> None:
    """More settings in `.env` would not mend it."""
    state = home / ".local" / "state"
    state.mkdir(parents=True, exist_ok=True)
    (state / "upstox-browser-login").touch()
    done = ask("service", "install", "--for", "systemd")
    assert done.code == "CONFIGURATION"
    assert "upstox-browser-login cannot be written" in done.object["error"]["message"]
    assert ".env" not in done.object["error"]["hint"]
    assert "UPSTOX_STATE_DIR" in done.object["error"]["hint"]


@pytest.mark.usefixtures("account")
def test_runs_end_when_the_exchange_closes(ask: Call) -> None:
    done = ask("service", "show", "--for", "task-scheduler", "--", "--exchange", "MCX")
    assert "<Duration>PT20H</Duration>" in done.data["services"][0]["text"]


@linux
@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("option", ["--write", "--log-file"])
@pytest.mark.parametrize(("there", "status"), [(False, 3), (True, 11)])
def test_nothing_is_installed_that_could_not_write_its_file(
    home: Path, ask: Call, option: str, there: bool, status: int
) -> None:
    """No run of it would begin."""
    named = home / "here"
    if there:
        named.mkdir()
    before = everything_below(home)
    words = ("--for", "systemd", "--", option, named if there else named / "x")
    done = ask("service", "install", *words)
    assert (done.status, everything_below(home)) == (status, before)


@linux
@pytest.mark.usefixtures("account")
def test_a_file_below_home_is_that(home: Path, ask: Call) -> None:
    """The unit may write there, where no shell has expanded `--write=~/x.env`."""
    words = ("--for", "systemd", "--", "--write=~/x.env", "--log-file=~/x.log")
    text = ask("service", "show", *words).data["services"][0]["text"]
    (line,) = re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE)
    assert f"-{home}" in line.split(" ")
    assert "~" not in line


@linux
def test_a_folder_of_evidence_that_is_not_there_keeps_no_unit_from_starting(
    home: Path, account: Path, ask: Call
) -> None:
    """Within the unit the service could not make it, and systemd starts none without it."""
    traces = account.parent / "kept" / "traces"
    with account.open("a", encoding="utf-8") as file:
        file.write("UPSTOX_TRACE_DIR=kept/traces\n")
    assert ask("service", "install", "--for", "systemd").status == 0
    assert traces.is_dir()
    unit = home / ".config/systemd/user/upstox-browser-login.service"
    assert f' "-{traces}"' in unit.read_text()


@linux
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_installed(
    home: Path, account: Path, ask: Call
) -> None:
    (account.parent / "kept").write_text("")
    with account.open("a", encoding="utf-8") as file:
        file.write("UPSTOX_TRACE_DIR=kept/traces\n")
    done = ask("service", "install", "--for", "systemd")
    assert done.code == "CONFIGURATION"
    assert "kept/traces cannot be made" in done.object["error"]["message"]
    assert not (home / ".config").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is in use")
@pytest.mark.usefixtures("account")
def test_a_folder_that_was_removed_is_told_as_that(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = ask("service", "show")
    assert done.code == "CONFIGURATION"
    assert done.object["error"]["message"] == "The current folder is gone."


def test_show_runs_no_command_of_the_settings(account: Path, ask: Call, tmp_path: Path) -> None:
    """Under sudo it would be run as root."""
    ran = tmp_path / "ran"
    with account.open("a", encoding="utf-8") as file:
        file.write(f"UPSTOX_TOKEN_STORE_COMMAND='touch {ran}'\n")
    assert ask("service", "show").status == 0
    assert not ran.exists()


@linux
@as_root
def test_a_users_settings_are_read_with_the_users_rights(
    account: Path, ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installs a unit for somebody does not lend them root's eyes."""
    del account
    # The Python that runs the tests may be root's own.
    monkeypatch.setattr(service_needs, "check_readable", lambda _user: None)
    root_only = Path("/etc/shadow")
    with acting_as("nobody"), pytest.raises(PermissionError):
        root_only.read_bytes()
    assert root_only.read_bytes()
    Path("theirs.env").write_text(f"UPSTOX_TRACE_DIR_FILE={root_only}\n", encoding="utf-8")
    theirs = ("--env-file", "theirs.env", "--system", "--run-as", "nobody")
    done = ask("service", "show", *theirs)
    assert done.code == "CONFIGURATION"
    assert "cannot be read" in done.object["error"]["message"]


@no_cron
@pytest.mark.usefixtures("home")
def test_each_profile_has_a_log_of_its_own(ask: Call) -> None:
    """Two programs that rotate the same file would lose what the other has written."""
    texts = []
    for name in ("papa", "mama"):
        path = profile_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("UPSTOX_TIMEOUT=90\n")
        done = ask("service", "show", "--for", "cron", "--profile", name)
        texts.append(done.data["services"][0]["text"])
    assert ["/refresh-papa.log" in each for each in texts] == [True, False]
    assert ["/refresh-mama.log" in each for each in texts] == [False, True]


@linux
def test_settings_may_come_from_secrets_alone(served: Replica, ask: Call, secrets: Path) -> None:
    """They are checked as the service will get them."""
    done = ask("service", "install", "--for", "systemd", "--secrets", secrets)
    assert done.status == 0, done.err
    text = Path(done.data["path"]).read_text("utf-8")
    assert text.count("LoadCredential=") == len(served.settings())
    (secrets / "upstox_pin_code").write_text("1")
    wrong = ask("service", "install", "--for", "systemd", "--secrets", secrets)
    assert "UPSTOX_PIN_CODE (invalid)" in wrong.object["error"]["message"]


@linux
def test_secrets_go_with_a_profile(served: Replica, ask: Call, secrets: Path) -> None:
    """Its file need hold no secret, and each profile has a unit and credentials of its own."""
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.write_text("UPSTOX_TIMEOUT=90\n")
    done = ask("service", "install", "--profile", "papa", "--for", "systemd", "--secrets", secrets)
    assert done.status == 0, done.err
    assert Path(done.data["path"]).name == "upstox-browser-login-papa.service"
    text = Path(done.data["path"]).read_text("utf-8")
    assert text.count("LoadCredential=") == len(served.settings())
    assert re.search(r"^ExecStart=.* --profile papa .*--secrets-dir %d$", text, re.MULTILINE)


@linux
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--for", "systemd", "--secrets", "nowhere"), "Name a folder that this user may read"),
        (("--system", "--run-as", "nobody-of-here"), "Name a user of this machine with --run-as."),
    ],
)
@pytest.mark.usefixtures("account")
def test_the_hint_is_about_the_option(ask: Call, words: tuple[str, ...], hint: str) -> None:
    done = ask("service", "install", *words)
    assert done.code == "CONFIGURATION"
    assert done.object["error"]["hint"].startswith(hint)


@linux
def test_a_unit_of_the_machine_runs_as_no_root(ask: Call) -> None:
    done = ask("service", "show", "--system", "--run-as", "root")
    assert done.code == "CONFIGURATION"
    assert "--run-as" in done.object["error"]["hint"]
