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
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.daily.jobs import job
from tests.harness import variants
from upstox_browser_login.daily import service_needs
from upstox_browser_login.daily.service_here import cron_runs, namespaces_here, usual_kind
from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import profile_file

no_cron = pytest.mark.skipif(sys.platform == "win32", reason="cron is not of Windows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can"
)

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/asked"
case "$*" in
  *"$FAILS_AT"*) [ -z "$FAILS_AT" ] || { echo "Failed to do it" >&2; exit 1; } ;;
esac
case "$*" in
  *" show "*) printf 'ActiveState=active\\nStatusText=The token is valid.\\nNRestarts=2\\n' ;;
esac
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user whose systemctl writes down what it is asked, in a folder with blanks in its name."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "systemctl").write_text(SYSTEMCTL)
    (programs / "systemctl").chmod(0o755)
    (programs / "loginctl").write_text("#!/bin/sh\necho Linger=yes\n")
    (programs / "loginctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAILS_AT", "")
    folder = Path(os.environ["HOME"], "al go")
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Path(os.environ["HOME"])


@pytest.fixture
def account(served: Replica, home: Path) -> Path:
    """A `.env` that a login could start with."""
    path = home / "al go" / ".env"
    path.write_text("".join(f"{name}='{each}'\n" for name, each in served.settings().items()))
    path.chmod(0o600)
    return path


def asked(home: Path) -> list[str]:
    path = home / "asked"
    return path.read_text().splitlines() if path.exists() else []


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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


@pytest.mark.usefixtures("account")
def test_one_kind_alone_can_be_put_into_a_file(call: Call) -> None:
    done = call("service", "show", "--for", "launchd", "--", "--time", "08:30")
    value = plistlib.loads(done.out.encode())
    assert value["ProgramArguments"][4:7] == ["refresh", "--time", "08:30"]
    assert "launchctl bootstrap" in done.err


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--", "--tme", "08:30"), "No such option: --tme"),
        (("--", "--time", "8 o'clock"), "HH:MM"),
        (("--", "--profile", "x"), "before"),
        (("--", "--once"), "--once"),
        (("--for", "cron", "--system"), "systemd"),
        (("--run-as", "asha"), "--system"),
        (("--for", "cron", "--secrets", "."), "systemd"),
    ],
)
def test_options_that_do_not_go_together(ask: Call, words: tuple[str, ...], said: str) -> None:
    done = ask("service", "show", *words)
    assert done.status == 2
    assert said in done.err


@pytest.mark.usefixtures("account")
def test_runs_end_when_the_exchange_closes(ask: Call) -> None:
    done = ask("service", "show", "--for", "task-scheduler", "--", "--exchange", "MCX")
    assert "<Duration>PT20H</Duration>" in done.data["services"][0]["text"]


@no_cron
@pytest.mark.usefixtures("account")
def test_a_cron_run_answers_no_health(ask: Call) -> None:
    done = ask("service", "show", "--for", "cron", "--", "--health", "127.0.0.1:0")
    assert done.code == "CONFIGURATION"


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
    assert str(home) in line.split(" ")
    assert "~" not in line


@pytest.mark.usefixtures("account")
def test_a_proxy_with_a_password_is_written_nowhere(
    ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://asha:s3cretpass@proxy.invalid:3128")
    done = ask("service", "show")
    assert done.code == "CONFIGURATION"
    assert "s3cretpass" not in done.out + done.err


def test_show_runs_no_command_of_the_settings(account: Path, ask: Call, tmp_path: Path) -> None:
    """Under sudo it would be run as root."""
    ran = tmp_path / "ran"
    with account.open("a", encoding="utf-8") as file:
        file.write(f"UPSTOX_TOKEN_STORE_COMMAND='touch {ran}'\n")
    assert ask("service", "show").status == 0
    assert not ran.exists()


@pytest.mark.parametrize("address", ["wss://k3y@browsers.example/", "wss://x.example/?k=k3y"])
def test_an_address_with_a_key_is_no_option(address: str, account: Path, ask: Call) -> None:
    """It would stand in the service's file, and among the arguments of a process."""
    del account
    done = ask("service", "show", "--", "--browser-url", address)
    assert done.code == "USAGE"
    assert "k3y" not in done.out + done.err


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


@pytest.fixture
def secrets(served: Replica, home: Path, tmp_path: Path) -> Path:
    """A folder that root or its owner alone may look into."""
    del home
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    for name, value in served.settings().items():
        (folder / name.lower()).write_text(value)
        (folder / name.lower()).chmod(0o600)
    return folder


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
@as_root
def test_secrets_of_root_are_handed_over_in_memory(secrets: Path) -> None:
    """The service's user cannot read the files, and nothing of them is written anywhere."""
    wanted = job(user="nobody", secrets=service_needs.secrets(secrets))
    with service_needs.handed_over(wanted) as given:
        folder = Path(given.options[1])
        kept = [path for path in folder.iterdir() if not path.is_symlink()]
        read = subprocess.run(
            ["cat", folder / "upstox_pin_code", folder / "upstox_pin_code"],
            user="nobody",
            pass_fds=given.descriptors,
            capture_output=True,
            text=True,
            check=True,
        )
    assert kept == []
    assert read.stdout == 2 * (secrets / "upstox_pin_code").read_text()


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


@linux
def test_a_unit_of_the_machine_runs_as_no_root(ask: Call) -> None:
    done = ask("service", "show", "--system", "--run-as", "root")
    assert done.code == "CONFIGURATION"
    assert "--run-as" in done.object["error"]["hint"]


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
