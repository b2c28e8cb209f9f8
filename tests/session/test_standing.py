"""Hints that know what past logins leave in the way of the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    NotLoggedInError,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.session import token_result
from upstox_browser_login.session.standing import in_place_of_login, with_fitting_end
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key

PIN = "024680"


def no_time() -> float:
    """A login that has taken all the time it may."""
    return 0.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        username="9876501234",
        pin_code=PIN,
        client_id="an-app",
        client_secret="a-secret",
        state_dir=tmp_path / "state",
    )


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)


def without_a_login(settings: Settings) -> UpstoxError:
    with pytest.raises(UpstoxError) as caught:
        token_result(settings, allow_login=False)
    return caught.value


def test_a_login_is_advised_only_where_one_may_be_tried(settings: Settings, ledger: Ledger) -> None:
    assert without_a_login(settings).hint == "Run `upstox-browser-login login`."
    ledger.rate_limited(600, "1017069")
    error = without_a_login(settings)
    assert isinstance(error, NotLoggedInError)
    assert "`upstox-browser-login login`" not in error.hint
    assert error.hint.startswith("A login may not be tried: Upstox was asked too often;")
    assert "Wait until " in error.hint
    assert error.hint.endswith("or lift it with `upstox-browser-login unlock`.")
    ledger.unlock()
    assert without_a_login(settings).hint == "Run `upstox-browser-login login`."


def test_another_pin_than_the_refused_one_stands_in_no_way(
    settings: Settings, ledger: Ledger
) -> None:
    ledger.sending_pin(PIN)
    ledger.pin_refused(PIN)
    assert "Correct UPSTOX_PIN_CODE" in (in_place_of_login(settings) or "")
    corrected = settings.model_copy(update={"pin_code": SecretStr("135790")})
    assert in_place_of_login(corrected) is None


def test_a_damaged_token_is_not_to_be_moved_by_a_login_that_is_refused(
    settings: Settings, ledger: Ledger
) -> None:
    open_store(settings).documents.write(token_key(settings), b"{")
    assert "moves the damaged token aside" in without_a_login(settings).hint
    ledger.rate_limited(600, "1017069")
    error = without_a_login(settings)
    assert (isinstance(error, StoreError), error.code) == (True, "STORE_UNREADABLE")
    assert "Wait until " in error.hint


def test_a_damaged_database_is_not_to_be_moved_by_a_login_that_is_refused(
    settings: Settings, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "tokens.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 200)
    there = settings.model_copy(update={"token_store": SecretStr(f"sqlite:///{path}")})
    assert "moves the damaged database aside" in without_a_login(there).hint
    ledger.rate_limited(600, "1017069")
    assert "Wait until " in without_a_login(there).hint


def test_a_record_that_cannot_be_read_would_stop_a_login_as_well(
    settings: Settings, ledger: Ledger
) -> None:
    ledger.rate_limited(600, "1017069")
    (document,) = (settings.state_dir / "ledger").glob("*.json")
    document.write_text("{")
    hint = without_a_login(settings).hint
    assert hint.startswith("A login would stop as well: ")
    assert "unlock" in hint


def test_a_failed_login_advises_no_other_that_would_be_refused(
    settings: Settings, ledger: Ledger
) -> None:
    for count, again in ((1, True), (2, False)):
        run = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
        run.sending_pin(PIN)
        run.pin_carried(1)
        with pytest.raises(UpstoxUnavailableError) as caught, with_fitting_end(settings, no_time):
            raise UpstoxUnavailableError("Nothing came back.", code="NETWORK")
        assert ("run again" in caught.value.hint) is again, count
    assert "Make sure of UPSTOX_PIN_CODE" in caught.value.hint
    with pytest.raises(CredentialsRejectedError) as refused, with_fitting_end(settings, no_time):
        raise CredentialsRejectedError("No.", code="PIN_REJECTED")
    assert refused.value.hint.startswith("Correct UPSTOX_PIN_CODE before another try")


def test_the_end_of_a_limit_is_told_exactly(settings: Settings, ledger: Ledger) -> None:
    ledger.rate_limited(1800, "1017069")
    with pytest.raises(LoginBlockedError) as caught, with_fitting_end(settings, no_time):
        raise LoginBlockedError("Too often.", code="RATE_LIMITED")
    assert "Wait until " in caught.value.hint
    assert "10 minutes" not in caught.value.hint


@pytest.mark.parametrize(
    ("left", "hint"),
    [(0.0, "Check the connection"), (5.9, "Check the connection"), (6.0, "A login would stop")],
)
def test_a_record_elsewhere_is_asked_only_where_there_is_time(
    settings: Settings, left: float, hint: str
) -> None:
    """It may not answer, and a login ends in time."""
    there = settings.model_copy(update={"token_store": SecretStr("redis://127.0.0.1:1")})
    with pytest.raises(UpstoxUnavailableError) as caught, with_fitting_end(there, lambda: left):
        raise UpstoxUnavailableError("Nothing came back.", code="NETWORK")
    assert caught.value.hint.startswith(hint)
