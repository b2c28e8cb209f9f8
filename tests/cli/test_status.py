"""What is stored and what stands in the way: `status`, `logout`, `unlock`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import Token

from .conftest import Call, plain


@pytest.fixture
def ledger(upstox: Replica) -> Ledger:
    del upstox
    settings = Settings()
    return Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)


def _store(token: Token) -> None:
    settings = Settings()
    open_store(settings).save(token_key(settings), token)


def _load() -> Token | None:
    settings = Settings()
    return open_store(settings).load(token_key(settings))


# -- status --------------------------------------------------------------------------------------


def test_status_of_a_valid_token(ask: Call, call: Call, stored: Token, upstox: Replica) -> None:
    asked = len(upstox.log)
    data = ask("status").data
    assert data["logged_in"] is True
    assert data["expires_at"] == stored.expires_at.isoformat(timespec="seconds")
    assert 0 < data["seconds_left"] <= 86_400
    assert (data["login_allowed"], data["blocked"]) == (True, None)
    assert data["checked"] is None
    text = call("status").out
    assert "Logged in (ASHA RAO)." in text
    assert "dies at 03:30 IST on " in text
    assert plain(stored) not in text
    assert len(upstox.log) == asked


def test_status_without_a_token(ask: Call, upstox: Replica) -> None:
    del upstox
    done = ask("status")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert done.data["logged_in"] is False
    assert done.data["expires_at"] is None
    assert done.data["seconds_left"] is None
    assert done.data["login_allowed"] is True


def test_status_of_an_expired_token(ask: Call, call: Call, stored: Token) -> None:
    _store(stored.model_copy(update={"expires_at": datetime.now(UTC) - timedelta(hours=2)}))
    done = ask("status")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert (done.data["logged_in"], done.data["seconds_left"]) == (False, 0)
    text = call("status")
    assert text.status == 4
    assert "2 h 0 min ago" in text.out


def test_status_in_the_last_minute(ask: Call, call: Call, stored: Token) -> None:
    _store(stored.model_copy(update={"expires_at": datetime.now(UTC) + timedelta(seconds=45)}))
    done = ask("status")
    assert (done.status, done.data["logged_in"]) == (0, True)
    assert 0 < done.data["seconds_left"] <= 45
    assert "expired" not in call("status").err


def test_status_checked(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    assert ask("status", "--check").data["checked"] is True
    upstox.set("static-ip")  # refuses the address, not the token
    assert ask("status", "--check").status == 0


def test_status_of_a_revoked_token(ask: Call, call: Call, stored: Token, upstox: Replica) -> None:
    del stored
    upstox.reset()
    done = ask("status", "--check")
    assert (done.status, done.code) == (4, "TOKEN_REVOKED")
    assert (done.data["logged_in"], done.data["checked"]) == (False, False)
    assert "Not logged in" in call("status", "--check").out


def test_status_when_upstox_cannot_be_asked(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    upstox.set("http=profile:503")
    done = ask("status", "--check")
    assert (done.status, done.code) == (9, "SERVER_ERROR")
    assert (done.data["logged_in"], done.data["checked"]) == (True, None)


def test_status_of_a_block(ask: Call, call: Call, ledger: Ledger, upstox: Replica) -> None:
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    done = ask("status")
    assert done.data["login_allowed"] is False
    assert done.data["blocked"]["code"] == "COOLING_DOWN"
    assert done.data["blocked"]["until"] is None
    text = call("status")
    assert "A login may not be tried: Upstox refused this PIN" in text.out
    assert f"hint: {done.data['blocked']['hint']}\n" in text.err
    assert done.object["error"]["hint"] == done.data["blocked"]["hint"]
    assert ask("login").status == 6


def test_no_login_is_advised_that_would_be_refused(
    ask: Call, stored: Token, ledger: Ledger, upstox: Replica
) -> None:
    """Of the commands that never log in, whether the token is dead at Upstox or none is there."""
    del stored
    upstox.reset()
    dead = ask("profile")
    assert dead.object["error"]["hint"] == "Run `upstox-browser-login login` for a new token."
    ledger.rate_limited(600, "1017069")
    for command in ("profile", "funds"):
        hint = ask(command).object["error"]["hint"]
        assert hint.startswith("A login may not be tried: Upstox was asked too often;"), command
    assert ask("logout", "--local").status == 0
    for words in (("token", "--no-login"), ("exec", "--no-login", "--", sys.executable)):
        done = ask(*words)
        assert done.code == "NO_VALID_TOKEN"
        assert "or lift it with `upstox-browser-login unlock`." in done.object["error"]["hint"]


def test_status_of_a_rate_limit(ask: Call, ledger: Ledger) -> None:
    ledger.rate_limited(600, "1017069")
    blocked = ask("status").data["blocked"]
    assert blocked["code"] == "RATE_LIMITED"
    assert datetime.fromisoformat(blocked["until"]).utcoffset() == timedelta(hours=5, minutes=30)


# -- logout --------------------------------------------------------------------------------------


def test_logout_revokes_and_removes(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    assert ask("logout").data == {"revoked": True, "removed": True}
    assert upstox.counts.logouts == 1
    assert _load() is None
    done = ask("logout")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert "accounts list" in done.object["error"]["hint"]


def test_logout_keeps_what_it_could_not_revoke(ask: Call, stored: Token, upstox: Replica) -> None:
    upstox.set("http=logout:503")
    done = ask("logout")
    assert done.status == 9
    assert "still stored, and may still be valid at Upstox" in done.object["error"]["message"]
    assert "`upstox-browser-login logout --local`" in done.object["error"]["hint"]
    assert _load() == stored


def test_logout_of_a_token_that_upstox_forgot(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    upstox.reset()
    assert ask("logout").data["removed"] is True


def test_logout_locally(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    assert ask("logout", "--local").data == {"revoked": False, "removed": True}
    assert upstox.counts.logouts == 0
    assert ask("logout", "--local").code == "NO_VALID_TOKEN"


def test_logout_locally_of_a_damaged_token(ask: Call, stored: Token) -> None:
    del stored
    settings = Settings()
    Path(open_store(settings).where(token_key(settings))).write_text("{", "utf-8")
    done = ask("logout")
    assert (done.status, done.code) == (11, "STORE_UNREADABLE")
    assert "`upstox-browser-login logout --local`" in done.object["error"]["hint"]
    assert "`upstox-browser-login login`" in ask("profile").object["error"]["hint"]
    assert ask("logout", "--local").status == 0


def test_logout_of_an_expired_token_asks_nobody(ask: Call, stored: Token, upstox: Replica) -> None:
    _store(stored.model_copy(update={"expires_at": datetime.now(UTC) - timedelta(hours=1)}))
    assert ask("logout").data == {"revoked": False, "removed": True}
    assert upstox.counts.logouts == 0


def test_logout_leaves_a_newer_token(
    ask: Call, stored: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = stored.model_copy(update={"access_token": type(stored.access_token)("a-newer-one")})

    async def logout(*_: object) -> None:
        _store(newer)

    monkeypatch.setattr("upstox_browser_login.api.logout", logout)
    assert ask("logout").data == {"revoked": True, "removed": False}
    assert _load() == newer


# -- unlock --------------------------------------------------------------------------------------


def test_unlock_lifts(ask: Call, ledger: Ledger, upstox: Replica) -> None:
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    assert ask("unlock", "--yes").data["lifted"]["code"] == "COOLING_DOWN"
    assert ask("status").data["login_allowed"] is True
    assert ask("unlock", "--yes").data == {"lifted": None}
    assert ask("unlock").status == 0


def test_unlock_is_recorded_though_nothing_stands(call: Call, ledger: Ledger) -> None:
    """The daily login counts from the last one, and knows more than the ledger's blocks."""
    done = call("unlock")
    assert done.status == 0
    assert done.out == (
        "Nothing stands in the way of a login.\n"
        "The daily login forgets the failures and logins it has counted, and may try at once.\n"
    )
    assert [each.what for each in ledger.history()] == ["unlock"]


def test_unlock_of_an_account_elsewhere(
    ask: Call, ledger: Ledger, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of an account knows the API's address, so the option is there as for `login`."""
    ledger.account_locked()
    monkeypatch.delenv("UPSTOX_API_BASE_URL")
    assert ask("unlock", "--yes").data == {"lifted": None}
    done = ask("unlock", "--yes", "--api-base-url", upstox.api_url)
    assert done.data["lifted"]["code"] == "ACCOUNT_LOCKED"
    assert ledger.block(None) is None


def test_unlock_asks_and_nobody_answers(ask: Call, ledger: Ledger) -> None:
    ledger.account_locked()
    done = ask("unlock")
    assert done.status == 2
    assert "error: There is no terminal to ask on.\nhint: Add --yes once" in done.err
    assert ledger.block(None) is not None


@pytest.mark.parametrize(("answer", "lifted"), [("y\n", True), ("n\n", False)])
def test_unlock_asks(
    call: Call,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    lifted: bool,
) -> None:
    ledger.account_locked()
    monkeypatch.setattr("upstox_browser_login.cli.ask.is_terminal", lambda _: True)
    done = call("unlock", stdin=answer)
    assert done.status == 0
    assert "Forgot PIN, then PAN and OTP" in done.err
    text = "Lifted. A login may be tried again.\n" if lifted else "Nothing was changed.\n"
    assert done.out.startswith(text)
    assert ("The daily login forgets" in done.out) is lifted
    assert (ledger.block(None) is None) is lifted


def test_unlock_without_an_answer(
    ask: Call, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.account_locked()
    monkeypatch.setattr("upstox_browser_login.cli.ask.is_terminal", lambda _: True)
    done = ask("unlock", stdin="")
    assert (done.status, done.code) == (130, "INTERRUPTED")


def test_unlock_mends_a_damaged_record(
    ask: Call, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.account_locked()
    (record,) = (tmp_path / "state" / "ledger").glob("*.json")
    record.write_text("{", "utf-8")
    assert ask("status").status == 11
    assert "damaged" in ask("unlock", "--yes").data["lifted"]["reason"]
    assert ask("status").status == 4


def test_no_name_of_an_account_is_told(call: Call, ask: Call, ledger: Ledger) -> None:
    """The mobile number can be found from it; where to look is told all the same."""
    ledger.sending_pin("024680")
    settings = Settings()
    (record,) = (settings.state_dir / "ledger").glob("ledger-*.json")
    record.write_text("{", "utf-8")
    done = call("status", "--format", "json")
    assert account_key(settings) not in done.out + done.err
    assert "ledger-[redacted].json" in done.out
    token = Path(open_store(settings).where(token_key(settings)))
    token.parent.mkdir(exist_ok=True)
    token.write_text("{", "utf-8")
    done = call("token", "--no-login", "--format", "json")
    assert token_key(settings) not in done.out + done.err
    assert "[redacted].json" in done.out + done.err


def test_a_token_of_a_clock_that_was_behind_has_one_life(
    ask: Call, call: Call, stored: Token
) -> None:
    """By Upstox's clock, which is two hours ahead: it has died, though it dies here in one."""
    soon = datetime.now(UTC) + timedelta(hours=1)
    _store(stored.model_copy(update={"expires_at": soon, "clock_skew": 7200.0}))
    assert ask("status").data["seconds_left"] == 0
    text = call("status").out
    assert "The token died at " in text
    assert ", 1 h 0 min ago by Upstox's clock, which was 2 h 0 min ahead of this machine's." in text
    assert "dies at" not in text
