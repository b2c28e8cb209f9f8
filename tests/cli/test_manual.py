"""`auth-url`, `exchange`, `totp`, `check-env`: small things that are done by hand."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from upstox_browser_login.cli.run import main
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents

from .conftest import Call

Code = Callable[..., str]


def _state(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]


def _answer(upstox: Replica, code: str, state: str) -> str:
    return f"{upstox.account.redirect_uri}&code={code}&state={state}"


def test_auth_url_needs_the_app_only(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("USERNAME", "PIN_CODE", "TOTP_SECRET", "CLIENT_SECRET"):
        monkeypatch.delenv(f"UPSTOX_{name}")
    url = call("auth-url").out.strip()
    assert url.startswith(f"{upstox.api_url}/v2/login/authorization/dialog?")
    assert _state(url) != _state(ask("auth-url").data["url"])
    (kept,) = (tmp_path / "state" / "auth").iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_auth_url_tells_in_time_what_exchange_needs(
    ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    assert "warning" not in call("auth-url").err
    monkeypatch.delenv("UPSTOX_USERNAME")
    assert "warning: `exchange` needs UPSTOX_USERNAME too" in call("auth-url").err
    monkeypatch.delenv("UPSTOX_CLIENT_SECRET")
    done = ask("exchange", "aB3xY9")
    assert done.status == 3
    for name in ("UPSTOX_USERNAME", "UPSTOX_CLIENT_SECRET"):
        assert name in call("auth-url").err
        assert name in done.object["error"]["message"]
        assert name in call("exchange", "--help").out


def test_exchange_of_a_closed_stdin(
    call: Call,
    upstox: Replica,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`exchange - <&-`: the end of input, as an empty one is."""
    del upstox
    empty = call("exchange", "-")
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["exchange", "-"]) == empty.status == 3
    assert capsys.readouterr().err == empty.err


def test_exchange_moves_a_damaged_database_aside(
    ask: Call, code: Code, upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before the code is spent; what is no database is left alone, and spends none."""
    database = tmp_path / "tokens.db"
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", f"sqlite:///{database}")
    database.write_text("my notes\n" * 100, "utf-8")
    done = ask("exchange", code())
    assert (done.status, upstox.counts.exchanges) == (11, 0)
    assert database.read_text("utf-8").startswith("my notes")
    database.write_bytes(b"SQLite format 3\0" + b"\xff" * 4080)
    done = ask("exchange", code())
    assert done.status == 0
    assert "warning: The stored token was damaged; it is kept as " in done.err
    assert ask("token", "--no-login").status == 0


def test_exchange_of_a_bare_code(ask: Call, call: Call, code: Code, upstox: Replica) -> None:
    done = ask("exchange", code())
    assert done.data["user_id"] == "7ABC12"
    assert done.data["store"] == "file"
    assert [each["step"] for each in done.data["steps"]] == ["exchange", "store"]
    assert "access_token" not in done.data
    text = call("exchange", code(), "--show-token").out
    assert "Logged in as ASHA RAO (7ABC12)." in text
    assert call("token", "--no-login").out in text
    assert upstox.counts.exchanges == 2


def test_exchange_of_a_pasted_address(ask: Call, call: Call, code: Code, upstox: Replica) -> None:
    state = _state(ask("auth-url").data["url"])
    address = _answer(upstox, code(state), state)
    assert call("exchange", "-", stdin=f"{address}\n").status == 0
    again = ask("exchange", _answer(upstox, code(state), state))
    assert (again.status, again.code) == (10, "STATE_MISMATCH")
    assert "was used before, or none was made" in again.object["error"]["message"]
    assert "auth-url` again" in again.object["error"]["hint"]
    assert upstox.counts.exchanges == 1


def test_exchange_refuses_the_answer_to_another_question(
    ask: Call, code: Code, upstox: Replica
) -> None:
    assert ask("exchange", _answer(upstox, code("s" * 32), "s" * 32)).code == "STATE_MISMATCH"
    mine = _state(ask("auth-url").data["url"])
    done = ask("exchange", _answer(upstox, code("s" * 32), "s" * 32))
    assert done.code == "STATE_MISMATCH"
    assert "run `upstox-browser-login auth-url` again" in done.object["error"]["hint"]
    # The wrong one has not used up the right one.
    assert ask("exchange", _answer(upstox, code(mine), mine)).status == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("SSL_CERT_FILE", "none.pem"), ("SSL_CERT_DIR", "none"), ("ALL_PROXY", "http://a:b/c@host")],
)
def test_a_way_out_that_cannot_be_had_leaves_the_state_alone(
    name: str, value: str, ask: Call, code: Code, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address can be pasted again once the variable is corrected."""
    state = _state(ask("auth-url").data["url"])
    address = _answer(upstox, code(state), state)
    with monkeypatch.context() as changes:
        changes.delenv("SSL_CERT_FILE", raising=False)
        changes.setenv(name, value)
        done = ask("exchange", address)
        assert done.status == 3
        assert name in done.object["error"]["message"]
    assert ask("exchange", address).status == 0


def test_a_bare_code_leaves_the_state_alone(ask: Call, code: Code, upstox: Replica) -> None:
    mine = _state(ask("auth-url").data["url"])
    assert ask("exchange", code()).status == 0
    assert ask("exchange", _answer(upstox, code(mine), mine)).status == 0


@pytest.mark.parametrize("change", ["host", "path", "unreadable"])
def test_exchange_of_another_address(ask: Call, code: Code, upstox: Replica, change: str) -> None:
    mine = _state(ask("auth-url").data["url"])
    address = _answer(upstox, code(mine), mine)
    parts = urlsplit(address)
    other = {
        "host": parts._replace(netloc="login.upstox.com").geturl(),
        "path": parts._replace(path=f"{parts.path}/more").geturl(),
        "unreadable": f"https://[{address}",
    }[change]
    done = ask("exchange", other)
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "not the address of your redirect URI" in done.object["error"]["message"]
    # Browsers write hosts small, and the state is still there.
    shouted = parts._replace(netloc=parts.netloc.upper()).geturl()
    assert ask("exchange", shouted).status == 0


def test_the_last_auth_url_counts(ask: Call, code: Code, upstox: Replica) -> None:
    first = _state(ask("auth-url").data["url"])
    ask("auth-url")
    assert ask("exchange", _answer(upstox, code(first), first)).code == "STATE_MISMATCH"


def test_exchange_of_what_upstox_refuses(ask: Call, upstox: Replica) -> None:
    done = ask("exchange", "aB3xY9")
    assert (done.status, done.code) == (10, "CODE_REJECTED")
    assert "run `upstox-browser-login auth-url` again" in done.object["error"]["hint"]
    assert ask("exchange", "not a code").code == "CONFIGURATION"
    denied = f"{upstox.account.redirect_uri}&error=access_denied"
    ask("auth-url")
    done = ask("exchange", denied)
    assert done.code == "AUTHORIZATION_DENIED"
    assert "run `upstox-browser-login auth-url` again" in done.object["error"]["hint"]


def test_no_code_is_spent_where_the_token_could_not_be_kept(
    ask: Call, code: Code, upstox: Replica, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("in the way", "utf-8")
    assert ask("exchange", code()).status == 11
    assert upstox.counts.exchanges == 0


def test_exchange_without_a_number_spends_nothing(
    ask: Call, code: Code, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UPSTOX_USERNAME")
    assert ask("exchange", code()).status == 3
    assert upstox.counts.exchanges == 0


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
