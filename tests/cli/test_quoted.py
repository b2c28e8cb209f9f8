"""Commands in hints mean the same settings as the command that was typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from upstox_browser_login.ledger import Ledger
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file
from upstox_browser_login.store import account_key, open_ledger_documents

from .conftest import Call


def test_commands_in_hints_mean_the_same_settings(
    ask: Call, call: Call, upstox: Replica, tmp_path: Path
) -> None:
    """With the options that chose them, in every place where a hint is shown."""
    path = tmp_path / "my own.env"
    settings_of = upstox.settings().items()
    path.write_text("".join(f"{name}='{value}'\n" for name, value in settings_of), "utf-8")
    option = join_command(["--env-file", str(path)])
    login = f"Run `upstox-browser-login login {option}`."
    done = ask("status", "--env-file", path)
    assert done.object["error"]["hint"] == login
    assert f"hint: {login}\n" in done.err
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    unlock = f"`upstox-browser-login unlock {option}`"
    done = ask("status", "--env-file", path)
    assert unlock in done.data["blocked"]["hint"]
    assert done.object["error"]["hint"] == done.data["blocked"]["hint"]
    told = call("status", "--env-file", path)
    assert (told.out + told.err).count(unlock) == 1
    assert unlock in ask("login", "--env-file", path).object["error"]["hint"]
    assert f"exchange {option}`" in call("auth-url", "--env-file", path).err
    assert "--env-file" not in ask("login").object["error"]["hint"]


def test_commands_in_hints_mean_the_same_places_from_every_folder(
    ask: Call, call: Call, upstox: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the options that each of them takes."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    settings_of = upstox.settings().items()
    Path("../my.env").write_text("".join(f"{name}={value}\n" for name, value in settings_of))
    mine = f"--env-file {tmp_path / 'my.env'}"
    state = f"--state-dir {tmp_path / 'state'}"
    given = ("--env-file", "../my.env", "--state-dir", f"{tmp_path / 'state'}")
    assert ask("status", *given).object["error"]["hint"] == (
        f"Run `upstox-browser-login login {mine} {state}`."
    )
    store = ("--token-store", "sqlite:///../t.db")
    assert ask("profile", *given, *store).object["error"]["hint"] == (
        f"Run `upstox-browser-login login {mine} {state} "
        f"--token-store sqlite:///{tmp_path / 't.db'}`."
    )
    assert f"`upstox-browser-login exchange {mine} {state}`" in call("auth-url", *given).err
    Path("../t/20261005T100000Z-TIMEOUT").mkdir(parents=True)
    assert (
        ask("traces", "show", "--trace-dir", "../t", "another")
        .object["error"]["hint"]
        .startswith(f"`upstox-browser-login traces list --trace-dir {tmp_path / 't'}` shows")
    )
    # Without what the command does not take, and none for its help.
    hint = ask("login", *given, "--token-store", "sqlite:///").object["error"]["hint"]
    assert hint == "Correct --token-store."
    assert ask("login", *given, "--pause", "--watch", "-x").object["error"]["hint"] == (
        "Run `upstox-browser-login login --help`."
    )
    missing = ask("exec", *given, "--", "none").object["error"]["hint"]
    assert f"exec {mine} {state} -- sh -c" in missing
    hint = ask("status", "--state-dir", "here").object["error"]["hint"]
    assert hint == "Correct --state-dir."
    # Read from somewhere, it is shown there.
    monkeypatch.setenv("UPSTOX_TIMEOUT", "1")
    hint = ask("status", "--state-dir", f"{tmp_path}").object["error"]["hint"]
    assert f"check-env --state-dir {tmp_path}` to see" in hint
    monkeypatch.delenv("UPSTOX_TIMEOUT")
    done = ask("status", "--env-file", "../no.env")
    assert done.object["error"]["message"] == f"The env file {tmp_path / 'no.env'} does not exist."
    assert f"`upstox-browser-login configure --env-file {tmp_path / 'no.env'}`" in done.err


def test_a_setting_in_a_quoted_command_keeps_its_name(ask: Call, upstox: Replica) -> None:
    """Although it was given as an option, which that command does not take."""
    del upstox
    error = ask("check-env", "--page-file", "no.toml").object["error"]
    assert error["message"] == "A login could not start: --page-file (invalid)."
    assert error["hint"] == "Correct --page-file."


def test_commands_of_hints_are_quoted_as_the_systems_shell_reads_them(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "my own.env"
    path.touch()
    as_on_windows = partial(join_command, posix=False)
    monkeypatch.setattr("upstox_browser_login.programs.join_command", as_on_windows)
    hint = ask("status", "--env-file", path).object["error"]["hint"]
    assert f'--env-file "{path}"`' in hint


def test_hints_name_the_file_that_was_asked_for(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "my.env"
    path.touch()
    for command in ("login", "check-env"):
        hint = ask(command, "--env-file", path).object["error"]["hint"]
        assert f" in {path} (`upstox-browser-login configure" in hint
        here = f"in the environment or in {Path.cwd() / '.env'} (`"
        assert here in ask(command).object["error"]["hint"]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.touch()
    hint = ask("login", "--profile", "papa").object["error"]["hint"]
    assert f"in {path} (`upstox-browser-login configure" in hint
    assert "`upstox-browser-login check-env --profile papa`" in hint


@pytest.mark.parametrize(
    "words",
    [
        ("login", "--state-dir", "here"),
        ("token", "--browser-args", "'a"),
        ("status", "--token-store=sqlite:///"),
        ("login", "--trace-dir", "$X/traces"),
        ("record", "--api-base-url", "http://elsewhere.invalid", "--yes"),
        ("exec", "--page-file", "$X/page.toml", "--", "true"),
        ("traces", "list", "--trace-dir", "%X%"),
    ],
)
def test_an_error_names_what_was_typed(ask: Call, words: tuple[str, ...]) -> None:
    """An option in place of its setting, and the setting where that is what was set."""
    option = next(word for word in words if word.startswith("--")).partition("=")[0]
    setting = f"UPSTOX_{option[2:].replace('-', '_').upper()}"
    done = ask(*words)
    message = done.object["error"]["message"]
    assert done.status == 3
    assert f"{option}: " in message or f"{option} is" in message
    assert setting not in done.err + message


def test_an_error_names_the_setting_that_was_set(
    ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_STATE_DIR", "here")
    done = ask("status", "--token-store", "file")
    assert "UPSTOX_STATE_DIR: must be" in done.object["error"]["message"]
    assert "UPSTOX_STATE_DIR: must be" in done.err


def test_a_warning_names_what_was_typed(call: Call) -> None:
    done = call("login", "--browser-url", "ws://browsers.invalid", "--timeout", "5")
    assert "warning: --browser-url is ws:// to another machine" in done.err
