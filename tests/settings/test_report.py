"""What is needed, and what `check-env` reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Finding,
    Settings,
    cannot_start,
    check,
    examine,
    profile_file,
    read_env_file,
    variable,
)

from .conftest import SEED
from .given import WHOLE, refusal

COMMAND = f'"{sys.executable}" -c "print(123456)"'


def test_require_names_everything_that_is_missing() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings().require(*NEEDED_FOR_LOGIN)
    assert all(variable(name) in caught.value.message for name in NEEDED_FOR_LOGIN)
    assert "`upstox-browser-login configure` asks" in caught.value.hint
    assert "Set them " in caught.value.hint
    with pytest.raises(ConfigurationError, match=r"UPSTOX_PIN_CODE is not set\.") as caught:
        Settings(**{**WHOLE, "pin_code": None}).require(*NEEDED_FOR_LOGIN)
    assert "Set it " in caught.value.hint
    Settings(**WHOLE).require(*NEEDED_FOR_LOGIN)


def test_a_hint_names_the_command_that_asks_for_the_setting() -> None:
    """`configure` without a name asks for what every login needs, and for nothing else."""
    with pytest.raises(ConfigurationError) as caught:
        Settings().require("password")
    assert "(`upstox-browser-login configure UPSTOX_PASSWORD` asks for it)" in caught.value.hint
    for values, told in (
        ({"pin_code": "1", "username": "1"}, "configure` asks for each"),
        ({"browser_path": "no/such"}, "configure UPSTOX_BROWSER_PATH` asks for it"),
        ({"browser_path": "no/such", "pin_code": "1"}, "configure NAME` asks for one of them"),
    ):
        found = [each for each in check(**{**WHOLE, **values}) if each.stops_login]
        asked = [replace(each, as_argument=False) for each in found]
        assert told in cannot_start(asked, read_env_file(None, None)).hint
        # Who has given it as an option gives another one.
        hint = cannot_start(found, read_env_file(None, None)).hint
        assert hint == f"Correct {' and '.join(each.name for each in found)}."


def test_what_the_environment_decides_is_corrected_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file would not be asked; that of a person's choice is, for the account's settings."""
    monkeypatch.setenv("UPSTOX_PIN_CODE", "1")
    wrong = [each for each in check() if each.name == "UPSTOX_PIN_CODE"]
    assert cannot_start(wrong, read_env_file(None, None)).hint == "Correct it in the environment."
    path = tmp_path / "my.env"
    path.write_text("UPSTOX_PIN_CODE=1\n")
    path.chmod(0o600)
    hint = cannot_start(wrong, read_env_file(path, None)).hint
    assert hint.startswith(f"Correct it in {path} (")


def test_a_hint_sends_nobody_to_keep_settings_in_what_is_no_file() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings(env_file=os.devnull).require("client_id")
    assert f"Set it in {os.devnull}; " in caught.value.hint


def test_a_command_stands_in_for_the_seed() -> None:
    values = {**WHOLE, "totp_secret": None, "totp_command": COMMAND}
    Settings(**values).require(*NEEDED_FOR_LOGIN)


def test_a_command_that_is_not_there_is_found_before_a_login() -> None:
    """And not told: one may hold a seed."""
    values = {**WHOLE, "totp_secret": None, "totp_command": "hunter2-otp upstox"}
    with pytest.raises(ConfigurationError, match="UPSTOX_TOTP_COMMAND names a program") as caught:
        Settings(**values).require(*NEEDED_FOR_LOGIN)
    assert "hunter2" not in str(caught.value)
    Settings(**values).require("client_id")  # nobody needs it for that
    found = states(**values)["UPSTOX_TOTP_COMMAND"]
    assert found.state == "invalid"
    assert "hunter2" not in str(found.problem)


def test_what_a_login_does_without_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program or package that is missing for it stops no login, and `check-env` says so."""
    monkeypatch.setattr("upstox_browser_login.settings.report.find_spec", lambda _: None)
    monkeypatch.setenv("UPSTOX_NOTIFY_URLS_COMMAND", "no-such-program")
    found = examine(**WHOLE, fetch=True).findings
    (named,) = [each for each in found if each.name == "UPSTOX_NOTIFY_URLS"]
    assert (named.state, named.stops_login) == ("set", False)
    assert str(named.warning).startswith("UPSTOX_NOTIFY_URLS: ")
    assert not any(each.stops_login for each in found)
    # A login does not fetch it either.
    settings = Settings(**WHOLE)
    settings.fetch()
    assert settings.deferred("notify_urls") is not None


@pytest.mark.parametrize("command", ["restart 'my box", "no-such-program"])
def test_a_command_of_each_login_that_cannot_be_run_stops_every_login(command: str) -> None:
    found = states(**WHOLE, after_login=command)["UPSTOX_AFTER_LOGIN"]
    assert (found.state, found.warning) == ("invalid", None)
    settings = Settings(**WHOLE, after_login=command)
    settings.refuse_unusable("notify_urls")
    with pytest.raises(ConfigurationError, match="UPSTOX_AFTER_LOGIN: ") as caught:
        settings.refuse_unusable("after_login")
    assert command not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "state", "problem"),
    [
        ("notify_urls", "me at mail.example", "invalid", "must be addresses as apprise writes"),
        ("notify_on", "never", "invalid", "must be failure or always"),
        ("notify_urls", "foo://bar", "set", "has an address that apprise does not know"),
        ("notify_urls", "json://127.0.0.1 foo://bar", "set", "that apprise does not know"),
    ],
)
def test_what_only_refresh_uses_stops_no_login(
    name: str, value: str, state: str, problem: str
) -> None:
    found = states(**WHOLE, **{name: value})
    each = found[variable(name)]
    assert (each.state, each.stops_login) == (state, False)
    assert f"{problem}" in str(each.warning)
    assert "`refresh` does not begin. A login starts all the same." in str(each.warning)
    assert value not in str(each.warning)
    assert not any(each.stops_login for each in found.values())


def test_an_address_that_apprise_knows_is_no_warning() -> None:
    assert states(notify_urls="json://127.0.0.1/hook")["UPSTOX_NOTIFY_URLS"].problem is None


def test_require_names_the_file_that_was_asked_for() -> None:
    Path("my.env").touch()
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.touch()
    here = Path.cwd()
    for found, place in (
        (Settings(), f"the environment or in {here / '.env'}"),
        (Settings(env_file="my.env"), str(here / "my.env")),
        (Settings(profile="papa"), str(path)),
        (Settings(env_file="my.env", profile="papa"), str(here / "my.env")),
    ):
        with pytest.raises(ConfigurationError) as caught:
            found.require("username")
        assert f"Set it in {place} (`" in caught.value.hint


def states(**values: Any) -> dict[str, Finding]:
    return {each.name: each for each in check(**values)}


def test_check_of_nothing() -> None:
    found = states()
    # Every setting a user may set, and no other; `profile` is an option.
    assert set(found) == {variable(name) for name in Settings.model_fields if name != "profile"}
    for name in NEEDED_FOR_LOGIN:
        each = found.pop(variable(name))
        assert (each.state, each.problem) == ("missing", "is needed for a login")
    assert {(each.state, each.problem) for each in found.values()} == {("default", None)}


def test_check_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("seed").write_text(SEED, encoding="utf-8")
    Path(".env").write_text(
        "UPSTOX_USERNAME=9876501234\nUPSTOX_TOTP_SECRET_FILE=seed\n", encoding="utf-8"
    )
    monkeypatch.setenv("UPSTOX_PIN_CODE", "0042")
    found = states(client_id="abc", client_secret="abc", redirect_uri="http://localhost")
    assert {found[variable(name)].state for name in NEEDED_FOR_LOGIN} == {"set"}
    assert all(each.problem is None for each in found.values())


def test_check_with_a_command_for_the_seed() -> None:
    found = states(totp_command=COMMAND)
    assert found["UPSTOX_TOTP_COMMAND"].state == "set"
    assert found["UPSTOX_TOTP_SECRET"].state == "default"


def test_check_of_rules_that_span_two() -> None:
    found = states(totp_secret=SEED, totp_command="pass otp")
    assert found["UPSTOX_TOTP_SECRET"].state == found["UPSTOX_TOTP_COMMAND"].state == "invalid"
    assert "both set" in str(found["UPSTOX_TOTP_SECRET"].problem)
    found = states(api_base_url="https://evil.example")
    assert found["UPSTOX_API_BASE_URL"].state == "invalid"
    assert found["UPSTOX_ALLOW_UNTRUSTED_ORIGIN"].state == "default"
    assert "settings:" not in refusal(api_base_url="https://evil.example")


@pytest.mark.parametrize(
    ("store", "extra"),
    [("keyring", "keyring"), ("redis://host", "redis"), ("unix:///run/redis.sock", "redis")],
)
def test_check_of_a_store_whose_package_is_missing(
    store: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(token_store=store)["UPSTOX_TOKEN_STORE"].state == "set"
    monkeypatch.setattr("upstox_browser_login.settings.report.find_spec", lambda _: None)
    found = states(token_store=store)["UPSTOX_TOKEN_STORE"]
    assert found.state == "invalid"
    assert (found.problem or "").startswith(f"needs the package {extra}: ")
    assert f"install 'upstox-browser-login[{extra}]'" in (found.problem or "")


def test_check_of_a_browser_that_is_not_there() -> None:
    found = states(browser_path="no/chromium")["UPSTOX_BROWSER_PATH"]
    assert (found.state, found.problem) == ("invalid", "does not exist")
    # One elsewhere is used in its place.
    found = states(browser_path="no/chromium", browser_url="ws://host")["UPSTOX_BROWSER_PATH"]
    assert found.state == "set"


def test_check_of_a_browser_that_cannot_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a-folder").mkdir()
    Path("text").touch(mode=0o600)
    for path, problem in (
        ("a-folder", "is a folder, not a program"),
        ("text", "is not a program that may be run"),
        ("./text", "is not a program that may be run"),
    ):
        found = states(browser_path=path)["UPSTOX_BROWSER_PATH"]
        assert (found.state, found.problem) == ("invalid", problem)
    folder = Path("programs")
    folder.mkdir()
    (folder / "chromium").touch(mode=0o700)
    assert states(browser_path="programs/chromium")["UPSTOX_BROWSER_PATH"].state == "set"
    # A bare name is looked for on PATH, as the login does.
    monkeypatch.setenv("PATH", str(folder.absolute()))
    assert states(browser_path="chromium")["UPSTOX_BROWSER_PATH"].state == "set"


def test_check_tells_everything_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One broken setting hides no other, nor a rule that spans several."""
    Path(".env").write_text("UPSTOX_PASSWORD=a\nUPSTOX_PASSWORD_FILE=b\n", encoding="utf-8")
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "not-there")
    monkeypatch.setenv("UPSTOX_CLIENT_SECRET_FILE", "not-there-either")
    monkeypatch.setenv("UPSTOX_TIMEOUT", "1")
    values = {
        "username": "1",
        "totp_secret": SEED,
        "totp_command": COMMAND,
        "api_base_url": "https://evil.example",
        "browser_path": "no/chromium",
    }
    found = states(**values)
    expected = {
        "PIN_CODE": "UPSTOX_PIN_CODE_FILE names cannot be read",
        "CLIENT_SECRET": "UPSTOX_CLIENT_SECRET_FILE names cannot be read",
        "PASSWORD": "UPSTOX_PASSWORD_FILE are both set in /",
        "TIMEOUT": "must be a number, 5 to 600",
        "USERNAME": "must be 10 digits",
        "TOTP_SECRET": "both set; keep",
        "TOTP_COMMAND": "both set; keep",
        "API_BASE_URL": "neither https on upstox.com",
        "BROWSER_PATH": "does not exist",
    }
    wrong = {name: each.problem for name, each in found.items() if each.state == "invalid"}
    assert set(wrong) == {f"UPSTOX_{name}" for name in expected}
    for name, problem in expected.items():
        assert problem in str(wrong[f"UPSTOX_{name}"])
    # So does what is raised, which tells of rules only.
    told = refusal(**values)
    assert all(problem in told for name, problem in expected.items() if name != "BROWSER_PATH")
    assert told.count("both set; keep") == 1


def test_a_rule_that_spans_two_is_not_asked_of_what_breaks_its_own() -> None:
    found = states(totp_secret="not base32!", totp_command=COMMAND)
    assert found["UPSTOX_TOTP_COMMAND"].state == "set"
    assert "must be base32" in str(found["UPSTOX_TOTP_SECRET"].problem)


def test_check_tells_what_is_missing_beside_what_is_wrong() -> None:
    found = states(pin_code="x")
    assert found["UPSTOX_PIN_CODE"].state == "invalid"
    assert found["UPSTOX_USERNAME"].state == "missing"
