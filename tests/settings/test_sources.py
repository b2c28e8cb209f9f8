"""Which place a setting is read from, and what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from upstox_browser_login.compat import UpstoxTOTP
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Settings,
    check,
    profile_file,
    variable,
)

from .conftest import VALUES, Refusal

OTHER = {
    "username": "6000000001",
    "pin_code": "135790",
    "totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJX",
    "client_id": "another-app",
    "client_secret": "an0thers3cret",
    "redirect_uri": "https://another.invalid/",
    "password": "another password",
}


def written(path: Path, values: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{variable(name)}='{value}'\n" for name, value in values.items()]
    path.write_text("".join(lines), "utf-8")
    return path


def in_environment(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(variable(name), value)


def of(name: str, found: Settings) -> Any:
    value = getattr(found, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


MINE = {name: VALUES[name] for name in OTHER}


@pytest.mark.parametrize("way", ["profile", "env_file", "from_env_file"])
def test_an_account_comes_from_the_file_that_was_named(
    way: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Another account's credentials in the environment log nobody in to that account."""
    in_environment({**OTHER, "timeout": "90"}, monkeypatch)
    if way == "profile":
        found = Settings(profile=written(profile_file("b"), MINE).stem)
    elif way == "env_file":
        found = Settings(env_file=written(Path("b.env"), MINE))
    else:
        found = UpstoxTOTP.from_env_file(written(Path("b.env"), MINE)).settings
    assert {name: of(name, found) for name in MINE} == MINE
    assert found.timeout == 90, "other settings keep the usual order"
    (line,) = caplog.messages
    assert all(f"{variable(name)}" in line for name in OTHER)
    assert "of the environment are ignored: the account's settings are those of /" in line
    assert not any(value in caplog.text for value in OTHER.values())


def test_what_the_file_does_not_say_is_missing(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    """And is not borrowed from another account."""
    del refusal
    in_environment(OTHER, monkeypatch)
    secret = Path("seed")
    secret.write_text(OTHER["totp_secret"], encoding="utf-8")
    monkeypatch.delenv("UPSTOX_TOTP_SECRET")
    monkeypatch.setenv("UPSTOX_TOTP_SECRET_FILE", str(secret))
    path = written(Path("b.env"), {"username": MINE["username"]})
    with pytest.raises(ConfigurationError) as caught:
        Settings(env_file=path).require(*NEEDED_FOR_LOGIN)
    assert caught.value.message == (
        "UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET, UPSTOX_CLIENT_ID, UPSTOX_CLIENT_SECRET, "
        "UPSTOX_REDIRECT_URI are not set."
    )
    assert f"Set them in {path.absolute()} (`" in caught.value.hint
    states = {each.name: each.state for each in check(env_file=path)}
    assert [states[variable(name)] for name in NEEDED_FOR_LOGIN] == ["set", *["missing"] * 5]


def test_options_go_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(OTHER, monkeypatch)
    found = Settings(env_file=written(Path("b.env"), MINE), client_id="by-hand")
    assert (found.client_id, of("username", found)) == ("by-hand", MINE["username"])


def test_without_a_named_file_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    in_environment(OTHER, monkeypatch)
    written(Path(".env"), MINE)
    assert {name: of(name, Settings()) for name in OTHER} == OTHER
    assert caplog.messages == []


# -- what a `.env` that nobody has named may not do ------------------------------------------------

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


MINE_WITHOUT_SECRETS = {name: MINE[name] for name in ("username", "client_id")}


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
