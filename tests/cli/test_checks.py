"""Whether what was set is right: `check-env` and `totp`."""

from __future__ import annotations

import sys
from pathlib import Path

import pyotp
import pytest

from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents

from .conftest import Call

# -- totp and check-env --------------------------------------------------------------------------


SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"


def test_totp_needs_the_seed_only(ask: Call, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_TOTP_SECRET", SEED)
    monkeypatch.setattr("upstox_browser_login.clock.Clock.time", lambda _: 1_700_000_003.0)
    code = pyotp.TOTP(SEED).at(1_700_000_003)
    assert ask("totp").data == {"code": code, "seconds_left": 7}
    assert call("totp").out == f"{code}  (7 s left)\n"


def test_totp_of_a_command(ask: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", f"'{sys.executable}' -c 'print(123456)'")
    assert ask("totp").data["code"] == "123456"
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "no-such-command")
    assert ask("totp").code == "CONFIGURATION"


@pytest.mark.usefixtures("upstox")
@pytest.mark.parametrize("command", ["login", "check-env", "doctor"])
def test_all_agree_on_a_browser_that_is_missing(ask: Call, command: str, tmp_path: Path) -> None:
    done = ask(command, "--browser-path", tmp_path / "none")
    assert (done.status, done.code) == (8, "BROWSER_MISSING")
    assert done.object["error"]["message"].startswith("--browser-path names ")


@pytest.mark.usefixtures("upstox")
@pytest.mark.parametrize("command", ["login", "check-env", "doctor"])
def test_all_agree_on_the_name_of_a_browser_that_breaks_a_rule(ask: Call, command: str) -> None:
    done = ask(command, "--browser-path", "$HOME/chromium")
    assert (done.status, done.code) == (3, "CONFIGURATION")


def test_check_env_of_a_complete_one(ask: Call, call: Call, upstox: Replica) -> None:
    found = {each["name"]: each for each in ask("check-env").data["settings"]}
    assert found["UPSTOX_PIN_CODE"] == {
        "name": "UPSTOX_PIN_CODE",
        "state": "set",
        "problem": None,
        "by": None,
    }
    assert found["UPSTOX_TIMEOUT"]["state"] == "default"
    text = call("check-env")
    assert "A login can start." in text.out
    for secret in (upstox.account.pin, upstox.account.totp_secret, upstox.account.mobile):
        assert secret not in text.out + text.err


def test_check_env_of_a_broken_one(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_PIN_CODE", "12ab56")
    monkeypatch.delenv("UPSTOX_USERNAME")
    done = ask("check-env")
    assert done.status == 3
    states = {each["name"]: each["state"] for each in done.data["settings"]}
    assert states["UPSTOX_PIN_CODE"] == "invalid"
    assert states["UPSTOX_USERNAME"] == "missing"
    assert done.object["error"]["hint"].startswith("Set or correct them ")
    monkeypatch.setenv("UPSTOX_USERNAME", "9876501234")
    assert ask("check-env").object["error"]["hint"].startswith("Correct it ")
    text = call("check-env")
    assert "12ab56" not in text.out + text.err
    assert "must be 4 to 6 digits" in text.out


def test_check_env_of_a_program_that_is_not_there(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`login` finds out before a browser starts, too."""
    monkeypatch.delenv("UPSTOX_TOTP_SECRET")
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "no-such-hunter2 upstox")
    text = call("check-env")
    assert text.status == 3
    assert "A login can start." not in text.out
    assert "names a program that is not there" in text.out
    done = ask("login")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "UPSTOX_TOTP_COMMAND names a program that is not there" in done.err
    assert "browser" not in done.err.replace("upstox-browser-login", "")
    assert "hunter2" not in text.out + text.err + done.out + done.err
    assert len(upstox.log) == 0


def test_check_env_warns_of_what_stops_no_login(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_NOTIFY_URLS", "foo://bar")
    text = call("check-env")
    assert (text.status, text.out.splitlines()[-1]) == (0, "A login can start.")
    assert "warning: UPSTOX_NOTIFY_URLS: has an address that apprise does not know" in text.err
    done = ask("check-env")
    (found,) = (each for each in done.data["settings"] if each["problem"])
    assert (done.status, found["name"], found["state"]) == (0, "UPSTOX_NOTIFY_URLS", "set")


def test_check_env_tells_of_a_block(ask: Call, call: Call, upstox: Replica) -> None:
    assert ask("check-env").data["blocked"] is None
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    done = ask("check-env")
    assert (done.status, done.code) == (6, "COOLING_DOWN")
    assert done.data["blocked"] == ask("status").data["blocked"]
    assert {each["state"] for each in done.data["settings"]} == {"set", "default"}
    text = call("check-env")
    assert "A login can start." not in text.out
    assert (text.out + text.err).count("Upstox refused this PIN") == 1


def test_check_env_tells_of_a_damaged_record(ask: Call, upstox: Replica, tmp_path: Path) -> None:
    del upstox
    settings = Settings()
    Ledger(open_ledger_documents(settings), account_key(settings)).rate_limited(600, None)
    (record,) = (tmp_path / "state" / "ledger").glob("*.json")
    record.write_text("{", "utf-8")
    done = ask("check-env")
    assert (done.status, done.code) == (11, "STORE_UNREADABLE")
    assert done.data["settings"]


def test_check_env_knows_env_files_profiles_and_options(
    ask: Call, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("my.env").write_text("UPSTOX_USERNAME=9876501234\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def state(*argv: str) -> str:
        found = {each["name"]: each["state"] for each in ask("check-env", *argv).data["settings"]}
        return str(found["UPSTOX_USERNAME"])

    assert state() == "missing"
    assert state("--env-file", "my.env") == "set"
    assert call("check-env", "--env-file", "none.env").status == 3
    if sys.platform == "linux":
        profile = tmp_path / "config" / "upstox-browser-login" / "profiles" / "papa.env"
        profile.parent.mkdir(parents=True)
        profile.write_text("UPSTOX_USERNAME=9876501234\n", "utf-8")
        assert state("--profile", "papa") == "set"
    found = {
        each["name"]: each["state"] for each in ask("check-env", "--timeout", "90").data["settings"]
    }
    assert found["UPSTOX_TIMEOUT"] == "set"


def test_check_env_shows_the_page_file(ask: Call, call: Call, upstox: Replica) -> None:
    del upstox
    file = Path("page.toml")
    file.write_text('[[field]]\nis = "pin"\nid = "geheim"\n', "utf-8")
    done = ask("check-env", "--page-file", file)
    assert (done.status, done.data["page_file"]) == (
        0,
        ["a field with the id 'geheim' wants the pin"],
    )
    text = call("check-env", "--page-file", file).out
    assert "UPSTOX_PAGE_FILE adds to what is known of the page: 1 entry." in text
    file.write_text('[[field]]\nis = "pin"\n', "utf-8")
    done = ask("check-env", "--page-file", file)
    found = {each["name"]: each for each in done.data["settings"]}["UPSTOX_PAGE_FILE"]
    assert (done.status, found["state"]) == (3, "invalid")
    assert "[[field]] number 1: it needs an id, or words, or both" in found["problem"]
    done = ask("check-env", "--page-file", "none.toml")
    found = {each["name"]: each for each in done.data["settings"]}["UPSTOX_PAGE_FILE"]
    assert (done.status, found["problem"]) == (3, "does not exist")
