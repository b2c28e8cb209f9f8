"""How commands take the settings that they are given: paths, pipes, names, warnings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from upstox_browser_login.replica import Replica
from upstox_browser_login.token import Token

from .conftest import Call, environment, plain

Code = Callable[..., str]


# -- `~` and relative folders ----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["option", "environment", "env file"])
def test_a_state_folder_below_home(
    way: str, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shell expands `--state-dir=~/s`, nor what systemd and Docker pass on."""
    monkeypatch.delenv("UPSTOX_STATE_DIR")
    words = ["auth-url"]
    if way == "option":
        words.append("--state-dir=~/s")
    elif way == "environment":
        monkeypatch.setenv("UPSTOX_STATE_DIR", "~/s")
    else:
        # With the credentials, without which a state folder of such a file is left out.
        values = {**upstox.settings(), "UPSTOX_STATE_DIR": "~/s"}
        Path(".env").write_text(
            "".join(f"{name}={each}\n" for name, each in values.items()), encoding="utf-8"
        )
        for name in upstox.settings():
            monkeypatch.delenv(name)
    elsewhere = Path.cwd() / "elsewhere"
    elsewhere.mkdir()
    if way != "env file":
        monkeypatch.chdir(elsewhere)
    assert call(*words).status == 0
    assert (Path.home() / "s" / "auth").is_dir()
    assert not Path("~").exists()


@pytest.mark.parametrize("path", ["state", "./state", "$HOME/state", "%APPDATA%/state"])
def test_a_state_folder_that_moves_is_refused(ask: Call, upstox: Replica, path: str) -> None:
    del upstox
    done = ask("status", f"--state-dir={path}")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "--state-dir" in done.object["error"]["message"]


def test_a_tilde_in_other_paths(
    call: Call, stored: Token, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    (Path.home() / "mine.env").write_text("UPSTOX_TIMEOUT=1\n", "utf-8")
    assert (
        "UPSTOX_TIMEOUT: must be a number, 5 to 600" in call("status", "--env-file=~/mine.env").err
    )
    assert call("token", "--output", "dotenv", "--write=~/new.env").status == 0
    assert plain(stored) in (Path.home() / "new.env").read_text("utf-8")
    done = call("token", "--output", "dotenv", "--write=$HOME/new.env")
    assert (done.status, "which is not expanded here" in done.err) == (3, True)
    assert f"in {Path.home() / 't'}, which" in call("traces", "list", "--trace-dir=~/t").err
    monkeypatch.setenv("UPSTOX_TRACE_DIR", "~/u")
    assert f"in {Path.home() / 'u'}, which" in call("traces", "list").err


@pytest.mark.skipif(sys.platform == "win32", reason="there a home folder is always known")
def test_a_user_without_a_home_folder(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a container that runs under a number."""
    del upstox
    monkeypatch.delenv("UPSTOX_STATE_DIR")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {"nobody": None}.__getitem__)
    done = ask("status")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "UPSTOX_STATE_DIR: must be set" in done.object["error"]["message"]
    assert ask("status", f"--state-dir={tmp_path / 'state'}").code == "NO_VALID_TOKEN"


# -- an env file that is a pipe --------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="there is no such name")
@pytest.mark.parametrize("command", ["check-env", "auth-url", "totp"])
def test_an_env_file_from_stdin(command: str, upstox: Replica, tmp_path: Path) -> None:
    """`pass show upstox | upstox-browser-login check-env --env-file /dev/stdin`."""
    variables = {**upstox.settings(), "UPSTOX_STATE_DIR": str(tmp_path / "state")}
    text = "".join(f"{name}='{value}'\n" for name, value in variables.items())
    done = subprocess.run(
        [sys.executable, "-m", "upstox_browser_login", command, "--env-file", "/dev/stdin"],
        input=text,
        env={name: value for name, value in os.environ.items() if not name.startswith("UPSTOX_")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("warning")) == (0, 0), done.stdout + done.stderr


def test_the_package_is_a_program() -> None:
    """`python -m upstox_browser_login`, where the script is not on PATH."""
    done = subprocess.run(
        [sys.executable, "-m", "upstox_browser_login", "--version"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0
    assert done.stdout.startswith("upstox-browser-login ")


# -- what is named ---------------------------------------------------------------------------------


def test_check_env_names_what_is_not_read(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_API_KEY", "hunter2")
    monkeypatch.setenv("UPSTOX_STATE_DIRR", "hunter2")
    assert ask("check-env").data["unknown"] == [
        {"name": "UPSTOX_API_KEY", "meant": "UPSTOX_CLIENT_ID"},
        {"name": "UPSTOX_STATE_DIRR", "meant": "UPSTOX_STATE_DIR"},
    ]
    done = call("check-env")
    assert "UPSTOX_API_KEY is no setting, and not read: UPSTOX_CLIENT_ID may be meant." in done.out
    assert "A login can start." in done.out
    assert "hunter2" not in done.out + done.err


def test_a_mistaken_name_is_told_where_its_setting_is_missing(
    call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.delenv("UPSTOX_PIN_CODE")
    monkeypatch.setenv("UPSTOX_PIN", "024680")
    done = call("login")
    assert done.status == 3
    assert "warning: UPSTOX_PIN is no setting, and not read: UPSTOX_PIN_CODE may be" in done.err


@pytest.mark.parametrize("command", ["status", "totp", "auth-url"])
def test_credentials_of_another_account_are_left_out_and_named(
    command: str, call: Call, upstox: Replica
) -> None:
    """The environment is that of one account, the file that of another."""
    path = Path("b.env")
    path.write_text("UPSTOX_USERNAME=6000000001\nUPSTOX_CLIENT_ID=b\n", "utf-8")
    done = call(command, "--env-file", path)
    ignored = [f"UPSTOX_{name}" for name in ("USERNAME", "PIN_CODE", "CLIENT_SECRET")]
    (line,) = (each for each in done.err.splitlines() if "of the environment are ignored" in each)
    assert all(name in line for name in ignored)
    assert upstox.account.client_id not in done.out
    assert len(upstox.log) == 0


def test_a_browser_elsewhere_in_clear_text(
    call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_BROWSER_URL", "ws://10.0.0.7:3000/")
    assert "warning: UPSTOX_BROWSER_URL is ws:// to another machine" in call("status").err
    monkeypatch.setenv("UPSTOX_BROWSER_URL", "wss://10.0.0.7:3000/")
    assert "UPSTOX_BROWSER_URL" not in call("status").err


# -- the store that is set -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_check_env_asks_the_store(
    kind: str, ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    Path("file").touch()
    address = {
        "sqlite": f"sqlite:///{Path.cwd() / 'file' / 'tokens.db'}",
        "redis": "redis://127.0.0.1:9/0",
    }[kind]
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", address)
    done = ask("check-env")
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    (row,) = (each for each in done.data["settings"] if each["name"] == "UPSTOX_TOKEN_STORE")
    assert row["state"] == "invalid"
    assert row["problem"] == done.object["error"]["message"]
    assert "A login can start." not in call("check-env").out
    monkeypatch.delenv("UPSTOX_PIN_CODE")
    done = ask("check-env")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "UPSTOX_TOKEN_STORE (invalid)" in done.object["error"]["message"]


@pytest.mark.parametrize("there", [True, False])
def test_check_env_sees_a_full_disk_and_makes_no_folder(
    there: bool, ask: Call, upstox: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    state = tmp_path / "a" / "state"
    if there:
        state.mkdir(parents=True, mode=0o700)
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(state))
    assert ask("check-env").status == 0
    assert state.exists() == there

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = ask("check-env")
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    assert "No space left on device" in done.object["error"]["message"]
    (row,) = (each for each in done.data["settings"] if each["name"] == "UPSTOX_STATE_DIR")
    assert row["state"] == "invalid"
    assert row["problem"] == done.object["error"]["message"]


@pytest.mark.parametrize("command", ["check-env", "login"])
@pytest.mark.parametrize("folder", ["file", "file/below/that"])
def test_a_state_folder_that_cannot_be_used_is_told_alike(
    command: str, folder: str, ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    Path("file").touch()
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(Path(folder).absolute()))
    done = ask(command)
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    if command == "check-env":
        (row,) = (each for each in done.data["settings"] if each["state"] == "invalid")
        assert (row["name"], row["problem"]) == (
            "UPSTOX_STATE_DIR",
            done.object["error"]["message"],
        )


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_check_env_reads_the_proxies(
    name: str, ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would end a login before it begins is told here as well."""
    del upstox
    monkeypatch.setenv(name, "socks4://127.0.0.1:1")
    done = ask("check-env")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert name in done.object["error"]["message"]
    monkeypatch.delenv(name)
    assert ask("check-env").status == 0


def test_check_env_asks_the_keyring(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without a keyring service is told before a login is."""
    import keyring
    from keyring.backends import fail, null

    del upstox
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", "keyring")
    before = keyring.get_keyring()
    try:
        for backend, words in (
            (fail.Keyring(), "this system offers none"),  # type: ignore[no-untyped-call]
            (null.Keyring(), "it does not keep what it is given"),  # type: ignore[no-untyped-call]
        ):
            keyring.set_keyring(backend)
            done = ask("check-env")
            assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
            assert words in done.object["error"]["message"]
    finally:
        keyring.set_keyring(before)


# -- a pasted address ------------------------------------------------------------------------------


def _state(url: str) -> str:
    return url.partition("state=")[2]


@pytest.mark.parametrize(
    "form",
    [
        "<{}>",
        '"{}"',
        "\u201c{}\u201d",
        "'{}'",
        " <'{}'>\r\n",
        "{}\ufeff",
    ],
)
@pytest.mark.parametrize("way", ["argument", "stdin"])
def test_what_is_put_round_an_address(
    way: str, form: str, call: Call, code: Code, upstox: Replica
) -> None:
    state = _state(call("auth-url").out.strip())
    address = f"{upstox.account.redirect_uri}&code={code(state)}&state={state}"
    text = form.format(address.replace("&", "&amp;"))
    done = (
        call("exchange", text)
        if way == "argument"
        else call("exchange", "-", stdin=f"\n  \n{text}\n")
    )
    assert done.status == 0, done.err


@pytest.mark.parametrize("cut", ["code", "state", "both"])
def test_an_address_that_a_shell_has_cut(cut: str, ask: Call, code: Code, upstox: Replica) -> None:
    """Nothing is spent, and the state is kept for the whole address."""
    state = _state(str(ask("auth-url").data["url"]))
    whole = f"{upstox.account.redirect_uri}&code={code(state)}&state={state}"
    part = {
        "code": f"{upstox.account.redirect_uri}&state={state}",
        "state": whole.partition("&state=")[0],
        "both": upstox.account.redirect_uri,
    }[cut]
    done = ask("exchange", part)
    assert done.status == 10
    assert done.code == ("BAD_RESPONSE" if cut == "code" else "STATE_MISMATCH")
    assert "a shell cuts it at each `&`" in done.object["error"]["message"]
    assert "in single quotes" in done.object["error"]["hint"]
    assert upstox.counts.exchanges == 0
    assert ask("exchange", whole).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--env-file", ""),
        ("login", "--state-dir", ""),
        ("refresh", "--log-file="),
        ("replay", ""),
    ],
)
def test_a_path_that_is_empty_is_no_current_folder(call: Call, words: tuple[str, ...]) -> None:
    """A shell leaves nothing of a variable that is not set."""
    done = call(*words)
    assert done.status == 2
    assert "it must not be empty" in done.err
