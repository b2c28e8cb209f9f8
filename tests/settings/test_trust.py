"""What of an env file that nobody has named is not to be trusted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.files.dotenv import line
from upstox_browser_login.settings import (
    Settings,
    check,
    variable,
)
from upstox_browser_login.settings.names import ACCOUNT
from upstox_browser_login.settings.places import Place
from upstox_browser_login.settings.trust import untrusted

from .conftest import VALUES
from .given import MINE, MINE_WITHOUT_SECRETS, in_environment, of, printing, runs, written

STEERING = {
    "browser_path": "/opt/evil",
    "browser_channel": "chrome-canary",
    "browser_url": "wss://evil.example/",
    "browser_args": "--proxy-server=evil.example",
    "api_base_url": "http://127.0.0.1:8000",
    "totp_command": "evil otp",
    "after_login": "evil token",
    "notify_urls": "json://evil.example",
    "page_file": "/x/page.toml",
    "allow_untrusted_origin": "true",
    "token_store": "redis://evil.example:6379",
    "state_dir": str(Path("/x").absolute()),
    "trace_dir": "/x",
}
PROGRAMS = [name for name in STEERING if name not in {"token_store", "state_dir", "trace_dir"}]


def default_of(name: str) -> Any:
    return Settings.model_fields[name].get_default(call_default_factory=True)


@pytest.mark.parametrize("name", STEERING)
@pytest.mark.parametrize("where", ["environment", "argument", "NAME_FILE"])
def test_a_stray_env_file_steers_nobody_elses_credentials(
    where: str, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(Path(".env"), {name: STEERING[name], "timeout": "90"})
    values = {}
    if where == "environment":
        in_environment({"pin_code": "0042"}, monkeypatch)
    elif where == "argument":
        values = {"pin_code": "0042"}
    else:
        Path("pin").write_text("0042", encoding="utf-8")
        monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    found = Settings(**values)
    assert getattr(found, name) == getattr(Settings(**values, timeout=90), name)
    assert getattr(found, name) == default_of(name)
    assert found.timeout == 90
    assert f"{variable(name)} of {path.absolute()} is ignored, since the credentials" in caplog.text


@pytest.mark.parametrize("where", ["environment", "argument"])
def test_a_stray_env_file_chooses_no_browser_for_somebodys_headers(
    where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It has credentials of its own, but the key to the user's hosted browser is elsewhere."""
    headers = "Authorization: Bearer key-0f-the-browser"
    values = {"browser_headers": headers} if where == "argument" else {}
    if where == "environment":
        in_environment({"browser_headers": headers}, monkeypatch)
    path = written(Path(".env"), {**MINE, "browser_url": STEERING["browser_url"]})
    found = Settings(**values)
    assert found.browser_url is None
    assert of("pin_code", found) == MINE["pin_code"]
    assert f"UPSTOX_BROWSER_URL of {path.absolute()} is ignored" in caplog.text
    assert of("browser_url", Settings(env_file=path)) == STEERING["browser_url"]


@pytest.mark.parametrize("name", STEERING)
def test_it_steers_its_own_credentials(name: str, caplog: pytest.LogCaptureFixture) -> None:
    written(Path(".env"), {"pin_code": "0042", "username": "9876501234", name: STEERING[name]})
    assert of(name, Settings()) is not None
    assert getattr(Settings(), name) != default_of(name)
    assert caplog.messages == []


def test_a_stray_env_file_takes_neither_token_nor_ledger(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All credentials are in the environment; the file names a store and a state folder."""
    in_environment(MINE, monkeypatch)
    names = ("token_store", "state_dir")
    written(Path(".env"), {name: STEERING[name] for name in names})
    found = Settings()
    assert of("token_store", found) == "file"
    assert found.state_dir == default_of("state_dir")
    assert "UPSTOX_STATE_DIR, UPSTOX_TOKEN_STORE of " in caplog.text
    caplog.clear()
    states = {each.name: each.state for each in check()}
    assert {states[variable(name)] for name in names} == {"default"}
    assert "UPSTOX_STATE_DIR, UPSTOX_TOKEN_STORE of " in caplog.text
    assert "evil" not in caplog.text


def test_a_stray_env_file_names_no_file_with_a_store(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """`NAME_FILE` is another way to set the same."""
    in_environment(MINE, monkeypatch)
    Path("store").write_text(STEERING["token_store"], encoding="utf-8")
    Path(".env").write_text("UPSTOX_TOKEN_STORE_FILE=store\n", encoding="utf-8")
    assert of("token_store", Settings()) == "file"
    assert "UPSTOX_TOKEN_STORE_FILE of " in caplog.text


@pytest.mark.parametrize("name", STEERING)
def test_without_credentials_nothing_vouches_for_a_stray_env_file(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(Path(".env"), {name: STEERING[name]})
    assert getattr(Settings(), name) == default_of(name)
    assert f"{variable(name)} of {path.absolute()} is ignored, since the cred" in caplog.text


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_mobile_number_does_not_vouch_for_a_program(name: str) -> None:
    written(Path(".env"), {**MINE_WITHOUT_SECRETS, name: STEERING[name]})
    assert getattr(Settings(), name) == default_of(name)


def test_a_program_that_only_reads_tokens_finds_its_store(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whose tokens are read and where they are kept stand in the same file."""
    written(Path(".env"), {**MINE_WITHOUT_SECRETS, "token_store": "redis://elsewhere"})
    assert of("token_store", Settings()) == "redis://elsewhere"
    assert caplog.messages == []
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "another-app")
    assert of("token_store", Settings()) == "file"
    assert "UPSTOX_TOKEN_STORE of " in caplog.text


def test_a_file_that_was_named_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(Path(".env"), {"browser_path": "/opt/chromium"})
    in_environment({"pin_code": "0042"}, monkeypatch)
    assert Settings(env_file=path).browser_path == Path("/opt/chromium")
    monkeypatch.setenv("UPSTOX_BROWSER_PATH", "/usr/bin/chromium")
    assert Settings().browser_path == Path("/usr/bin/chromium")


def test_a_stray_env_file_runs_no_command(caplog: pytest.LogCaptureFixture) -> None:
    """Nor do commands vouch for other settings that run something."""
    path = written(Path(".env"), {"browser_path": "/opt/evil"})
    with path.open("a") as file:
        file.write(line("UPSTOX_PIN_CODE_COMMAND", printing("0042")) + "\n")
    found = Settings()
    assert found.pin_code is None
    assert found.browser_path is None
    assert (
        f"UPSTOX_PIN_CODE_COMMAND, UPSTOX_BROWSER_PATH of {path.absolute()} are ignored"
        in caplog.text
    )
    assert runs() == 0
    assert Settings(env_file=path).secret("pin_code") == "0042"


def test_a_stray_env_file_sends_no_entry_of_the_keyring_elsewhere() -> None:
    """It may name the user's entry, and not the browser that it would be typed in."""
    path = written(Path(".env"), {"password": "bait", "browser_url": "wss://evil.example/"})
    assert Settings().browser_url is not None
    with path.open("a") as file:
        file.write("UPSTOX_PIN_CODE_KEYRING=upstox-browser-login:default\n")
    assert Settings().browser_url is None
    assert Settings().is_set("pin_code")


BAIT = {"password": "bait", "browser_url": "wss://evil.example/", "token_store": "redis://evil"}
"""What somebody else's `.env` may say: a credential of no use, and where the others should go."""


@pytest.mark.parametrize("way", ["_FILE", "_COMMAND"])
def test_a_stray_env_file_leads_no_credential_of_others_elsewhere(
    way: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A path or a command in it gives the user's own PIN: then it says not where that goes."""
    path = written(Path(".env"), BAIT)
    assert Settings().browser_url is not None
    Path("pin").write_text("0042", encoding="utf-8")
    with path.open("a") as file:
        file.write(line(f"UPSTOX_PIN_CODE{way}", "pin" if way == "_FILE" else printing("0042")))
    found = Settings()
    assert found.secret("pin_code") == "0042"
    assert found.browser_url is None
    assert found.secret("token_store") == "file"
    assert "UPSTOX_TOKEN_STORE, UPSTOX_BROWSER_URL of " in caplog.text
    assert Settings(env_file=path).browser_url is not None


def test_a_command_that_prints_codes_is_not_a_credential_of_the_file() -> None:
    path = written(Path(".env"), BAIT)
    with path.open("a") as file:
        file.write(line("UPSTOX_TOTP_COMMAND", printing("123456")) + "\n")
    assert Settings().is_set("totp_command")
    assert Settings().browser_url is None
    assert Settings(env_file=path).browser_url is not None


@pytest.mark.parametrize("way", ["_FILE", "_COMMAND"])
def test_the_tokens_owner_stands_in_the_file_itself(way: str) -> None:
    """A number from elsewhere is the user's own, whose tokens are read."""
    path = written(Path(".env"), {"client_id": "app", "token_store": "redis://evil"})
    with path.open("a") as file:
        file.write(line("UPSTOX_USERNAME", VALUES["username"]) + "\n")
    assert Settings().secret("token_store") == "redis://evil"
    Path("number").write_text(VALUES["username"], encoding="utf-8")
    given = "number" if way == "_FILE" else printing(VALUES["username"])
    path.write_text(path.read_text().replace("UPSTOX_USERNAME=", "UPSTOX_WAS="))
    with path.open("a") as file:
        file.write(line(f"UPSTOX_USERNAME{way}", given) + "\n")
    assert Settings().secret("token_store") == "file"


def test_a_file_whose_path_an_env_file_gives_vouches_for_no_program() -> None:
    """`/etc/hostname` would do as somebody's PIN: the path proves nothing."""
    Path("pin").write_text("0042", encoding="utf-8")
    Path(".env").write_text(
        f"UPSTOX_PIN_CODE_FILE=pin\nUPSTOX_BROWSER_PATH={sys.executable}\n", encoding="utf-8"
    )
    assert Settings().secret("pin_code") == "0042"
    assert Settings().browser_path is None


def of_file(**variables: str) -> Place:
    return Place(".env", {f"UPSTOX_{name}": value for name, value in variables.items()}, ACCOUNT)


def found_in(file: Place, *fields: str, elsewhere: tuple[str, ...] = ()) -> list[str]:
    """The settings of the file that are left out, where others come from the environment."""
    places = dict.fromkeys(fields, file) | dict.fromkeys(elsewhere, Place("the environment", {}))
    return untrusted({}, places, file)


def test_a_folder_of_secrets_is_trusted_in_no_file_that_nobody_has_named() -> None:
    file = of_file(PIN_CODE="0042", SECRETS_DIR="/secrets")
    assert found_in(file, "pin_code", "secrets_dir") == ["secrets_dir"]


def test_one_credential_from_elsewhere_is_enough_to_distrust_what_runs() -> None:
    file = of_file(PIN_CODE="0042", BROWSER_PATH="/opt/chromium", TIMEOUT="90")
    fields = ("pin_code", "browser_path", "timeout")
    assert found_in(file, *fields) == []
    assert found_in(file, *fields, elsewhere=("password",)) == ["browser_path"]


def test_a_command_needs_a_credential_beside_it_in_the_file() -> None:
    file = of_file(PIN_CODE_COMMAND="pass pin", PASSWORD="mine")
    assert found_in(file, "pin_code") == ["pin_code"]
    assert found_in(file, "pin_code", "password") == []
