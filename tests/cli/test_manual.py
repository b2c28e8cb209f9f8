"""`auth-url`, `exchange`, `totp`, `check-env`: small things that are done by hand."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from upstox_browser_login.cli.run import main
from upstox_browser_login.replica import Replica

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


def test_exchange_of_nothing_on_stdin(ask: Call, upstox: Replica) -> None:
    del upstox
    done = ask("exchange", "-", stdin="\n\n")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert done.object["error"]["message"] == "There was nothing on stdin."


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
