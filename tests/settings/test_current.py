"""The settings of this process are read anew only where something has changed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.harness import keep
from upstox_browser_login import (
    ConfigurationError,
    get_token,
)
from upstox_browser_login.settings import EnvFile, current_settings
from upstox_browser_login.settings.current import Files


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Just enough settings to look a token up."""
    monkeypatch.setenv("UPSTOX_USERNAME", "9876501234")
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "an-app")
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))


@pytest.mark.usefixtures("account")
def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    get_token()
    monkeypatch.setattr("upstox_browser_login.settings.current.Settings", None)
    get_token()


@pytest.mark.usefixtures("account")
def test_a_change_of_the_environment_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep("header.first.signature")
    assert get_token() == first
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "other-app")
    second = keep("header.second.signature")
    assert get_token() == second
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "an-app")
    assert get_token() == first


def test_a_secret_that_comes_into_the_folder_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a container starts before all its secrets are mounted."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "UPSTOX_CLIENT_ID").write_text("an-app", encoding="utf-8")
    long_ago = time.time() - 3600
    for path in (folder / "UPSTOX_CLIENT_ID", folder):
        os.utime(path, (long_ago, long_ago))
    monkeypatch.setenv("UPSTOX_SECRETS_DIR", str(folder))
    assert current_settings() is current_settings()
    assert current_settings().username is None
    (folder / "UPSTOX_USERNAME").write_text("9876501234", encoding="utf-8")
    assert current_settings().username is not None


@pytest.mark.parametrize("named", [False, True], ids=["in the env file", "in a file it names"])
@pytest.mark.parametrize("replaced", [False, True])
def test_a_change_of_the_env_file_is_noticed(
    tmp_path: Path, *, named: bool, replaced: bool
) -> None:
    """Also one of the same length, a moment later."""
    secret = tmp_path / "username"
    env_file = Path(".env")

    def write(number: str) -> None:
        path = secret if named else env_file
        other = path.with_name("new") if replaced else path
        other.write_text(number if named else f"{rest}UPSTOX_USERNAME={number}\n")
        other.replace(path)

    rest = f"UPSTOX_CLIENT_ID=an-app\nUPSTOX_STATE_DIR={tmp_path / 'state'}\n"
    env_file.write_text(f"{rest}UPSTOX_USERNAME_FILE={secret}\n", encoding="utf-8")
    for number in ("9876501234", "9876501235", "9876501236"):
        write(number)
        token = keep(f"header.token-of-{number}.signature")
        assert get_token() == token
        assert get_token() == token


def test_a_change_of_the_folder_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = {}
    for number in ("9876501234", "9876501235"):
        folder = tmp_path / number
        folder.mkdir()
        (folder / ".env").write_text(
            f"UPSTOX_USERNAME={number}\nUPSTOX_CLIENT_ID=a\nUPSTOX_STATE_DIR={tmp_path}/state\n"
        )
        os.utime(folder / ".env", (1, 1))
        monkeypatch.chdir(folder)
        tokens[folder] = keep(f"header.token-of-{number}.signature")
    for folder, token in [*tokens.items()] * 2:
        monkeypatch.chdir(folder)
        assert get_token() == token


@pytest.mark.skipif(os.name != "posix", reason="a folder that is in use cannot be removed there")
@pytest.mark.usefixtures("account")
def test_a_folder_that_is_removed_under_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployment has replaced it; the program and its token stay."""
    folder = tmp_path / "release-1"
    folder.mkdir()
    monkeypatch.chdir(folder)
    token = keep()
    assert get_token() == token
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        Path.cwd()
    for _ in range(2):
        assert get_token() == token


@pytest.mark.usefixtures("account")
def test_wrong_settings_stay_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    get_token()
    monkeypatch.setenv("UPSTOX_TIMEOUT", "never")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="UPSTOX_TIMEOUT"):
            get_token()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_never_said_to_have_changed(tmp_path: Path) -> None:
    """A password manager may put a new one in its place; to read that may take for ever."""
    path = tmp_path / "my.env"
    path.write_text("UPSTOX_DEBUG=true")
    file = Files.of(EnvFile(path, chosen=True), {})
    path.unlink()
    assert file.have_changed()
    os.mkfifo(path)
    pipe = Files.of(EnvFile(path, chosen=True), {})
    path.rename(tmp_path / "old")
    os.mkfifo(path)
    assert not pipe.have_changed()
    beside = tmp_path / "beside.env"
    named = EnvFile(beside, chosen=True, variables={"UPSTOX_PIN_CODE_FILE": str(path)})
    both = Files.of(named, {})
    beside.touch()
    assert not both.have_changed(), "or the pipe would be read with it"
