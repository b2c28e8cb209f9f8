"""Which place a setting is read from, and what is left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from upstox_browser_login.compat import UpstoxTOTP
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Settings,
    check,
    profile_file,
    variable,
)

from .conftest import Refusal
from .given import MINE, OTHER, in_environment, of, written


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


@pytest.mark.parametrize("first", ["totp_secret", "totp_command"])
@pytest.mark.parametrize("kept_in", ["", "_FILE"])
def test_a_seed_or_a_command_of_a_stronger_place_replaces_the_other(
    first: str, kept_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An argument goes before the environment, and that before `.env`."""
    values = {"totp_secret": MINE["totp_secret"], "totp_command": "echo 1"}
    (second,) = values.keys() - {first}
    path = Path("kept")
    path.write_text(values[second], encoding="utf-8")
    weaker = {variable(second) + kept_in: str(path) if kept_in else values[second]}

    def only_first(found: Settings) -> bool:
        return of(first, found) == values[first] and getattr(found, second) is None

    env_file = Path(".env")
    env_file.write_text("".join(f"{name}={value}\n" for name, value in weaker.items()), "utf-8")
    assert only_first(Settings(**{first: values[first]}))
    monkeypatch.setenv(variable(first), values[first])
    assert only_first(Settings())
    env_file.unlink()
    monkeypatch.delenv(variable(first))
    for name, value in weaker.items():
        monkeypatch.setenv(name, value)
    assert only_first(Settings(**{first: values[first]}))
    monkeypatch.setenv(variable(first), values[first])
    with pytest.raises(ConfigurationError, match="both set"):
        Settings()
    with pytest.raises(ConfigurationError, match="both set"):
        Settings(**values)


def test_without_a_named_file_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    in_environment(OTHER, monkeypatch)
    written(Path(".env"), MINE)
    assert {name: of(name, Settings()) for name in OTHER} == OTHER
    assert caplog.messages == []


def test_unknown_variables_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_ANALYTICS_TOKEN", "x" * 20)
    Path(".env").write_text(
        "UPSTOX_SOMETHING=1\nOTHER=2\naccess_token=abc\nUPSTOX_PIN_CODE=0042\n", encoding="utf-8"
    )
    assert Settings().secret("pin_code") == "0042"


def test_names_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("upstox_pin_code", "0042")
    assert Settings().secret("pin_code") == "0042"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one variable for both spellings")
def test_a_variable_in_two_spellings_with_two_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows which PIN is meant, and a wrong one counts towards the lock."""
    monkeypatch.setenv("UPSTOX_PIN_CODE", "135790")
    monkeypatch.setenv("upstox_pin_code", "135790")
    assert of("pin_code", Settings()) == "135790"
    monkeypatch.setenv("upstox_pin_code", "246802")
    with pytest.raises(ConfigurationError, match="UPSTOX_PIN_CODE: is set twice") as caught:
        Settings()
    assert "246802" not in str(caught.value)
