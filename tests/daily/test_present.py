"""What the plan is told of the store, the ledger and the record."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.daily.simulation import ledger_of
from tests.harness import Desk
from tests.store.conftest import redis_server, redis_url
from upstox_browser_login import Settings
from upstox_browser_login._version import __version__
from upstox_browser_login.daily.plan import MOST_LOGINS, LogIn, Stop, Wait, Why, Wishes, decide
from upstox_browser_login.daily.present import brought, credentials_of, last_check, look, tries
from upstox_browser_login.daily.record import Failed, Record
from upstox_browser_login.errors import StoreError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.ledger.fingerprint import PinKey
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import tokens
from upstox_browser_login.store import open_store, sqlite, token_key
from upstox_browser_login.store.aside import set_damaged_aside
from upstox_browser_login.token import IST, Token

ONCE = Wishes(once=True)

__all__ = ["redis_server", "redis_url"]


@pytest.fixture(autouse=True)
def morning(desk: Desk) -> None:
    """Ten o'clock in India: at 03:30 another day of logins would begin in the middle of a test."""
    now = desk.clock.now().astimezone(IST)
    desk.clock.offset += (now.replace(hour=10, minute=0) - now).total_seconds()


@pytest.fixture
def settings(desk: Desk, replica: Replica) -> Settings:
    return desk.settings(replica)


@pytest.fixture
def ledger(desk: Desk, settings: Settings) -> Ledger:
    return ledger_of(desk, settings)


def decided(desk: Desk, settings: Settings, record: Record | None = None) -> object:
    return decide(look(settings, desk.clock, record or Record(), None).present, ONCE)


def keep(desk: Desk, settings: Settings, *, lives: dt.timedelta) -> Token:
    now = desk.clock.now()
    token = Token.model_validate(
        {"access_token": "some.days.token", "issued_at": now, "expires_at": now + lives}
    )
    open_store(settings).save(token_key(settings), token)
    return token


def test_a_valid_token_is_seen_and_the_ledger_left_alone(desk: Desk, settings: Settings) -> None:
    token = keep(desk, settings, lives=dt.timedelta(hours=1))
    seen = look(settings, desk.clock, Record(), None)
    assert (seen.token, seen.unusable) == (token, False)
    assert seen.present.checked_at == token.issued_at
    later = desk.clock.time() + 600
    desk.clock.offset += 900
    asked = look(settings, desk.clock, Record(asked_at=later), None)
    assert asked.present.checked_at == dt.datetime.fromtimestamp(later, dt.UTC)


def test_a_time_of_the_future_is_no_check(desk: Desk, settings: Settings) -> None:
    """The token's time is Upstox's, of which this machine's clock may be behind."""
    token = keep(desk, settings, lives=dt.timedelta(hours=1))
    now = desk.clock.now()
    ahead = token.model_copy(update={"issued_at": now + dt.timedelta(minutes=5)})
    before, after = now - dt.timedelta(minutes=1), now + dt.timedelta(minutes=1)
    assert last_check(ahead, None, now) is None
    assert last_check(ahead, before, now) == before
    assert last_check(ahead, after, now) is None
    assert last_check(token, before, now) == token.issued_at


def test_a_dead_or_a_revoked_token_is_none(desk: Desk, settings: Settings) -> None:
    token = keep(desk, settings, lives=dt.timedelta(hours=1))
    refused = look(settings, desk.clock, Record(), None, refused=token)
    assert (refused.token, refused.unusable) == (None, True)
    desk.clock.offset += 3601
    dead = look(settings, desk.clock, Record(), None)
    assert (dead.token, dead.unusable) == (None, False)


def test_a_damaged_token_has_to_be_replaced(desk: Desk, settings: Settings) -> None:
    store = open_store(settings)
    store.documents.write(token_key(settings), b"{")
    seen = look(settings, desk.clock, Record(), None)
    assert (seen.token, seen.unusable) == (None, True)


def test_a_store_that_does_not_answer_is_no_reason_to_log_in(
    desk: Desk, replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program keeps the database for longer than is waited: a valid token is in it."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    path = tmp_path / "tokens.db"
    settings = desk.settings(replica, token_store=f"sqlite:///{path}")
    token = keep(desk, settings, lives=dt.timedelta(hours=1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        action = decided(desk, settings)
        with pytest.raises(StoreError, match="locked"):
            set_damaged_aside(open_store(settings), token_key(settings))
    assert isinstance(action, Stop)
    assert action.code == "STORE_UNREADABLE"
    assert look(settings, desk.clock, Record(), None).token == token


def test_a_damaged_ledger_stops_everything(desk: Desk, settings: Settings, ledger: Ledger) -> None:
    ledger.sending_pin("024680")
    (path,) = (desk.home / "state" / "ledger").glob("ledger-*.json")
    path.write_text("{")
    action = decided(desk, settings)
    assert isinstance(action, Stop)
    assert action.code == "STORE_UNREADABLE"
    assert "is damaged" in action.text
    assert "unlock" in action.hint


def test_a_pin_of_a_killed_login_is_waited_out(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    ledger.sending_pin("024680")
    desk.clock.offset += 60
    action = decided(desk, settings)
    assert isinstance(action, Wait)
    assert action.why is Why.BLOCKED
    desk.clock.offset += 900
    assert isinstance(decided(desk, settings), LogIn)


def test_a_store_that_loses_tokens_is_not_one_login_after_another(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    """The PIN was accepted and a token stored, and now there is none."""
    ledger.sending_pin("024680")
    ledger.pin_accepted()
    ledger.succeeded()
    assert isinstance(decided(desk, settings), Wait)


def bring(desk: Desk, settings: Settings, times: int = 3) -> None:
    """Count so many logins just now."""
    for _ in range(times):
        brought(settings, desk.clock).add()


def test_several_tokens_that_were_lost_make_the_pause_longer(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    bring(desk, settings)
    desk.clock.offset += 3601
    action = decided(desk, settings)
    assert isinstance(action, Wait)
    assert action.why is Why.LOST
    ledger.unlock()
    assert isinstance(decided(desk, settings), LogIn)


def test_tokens_that_another_machine_has_lost_count_here(
    desk: Desk, replica: Replica, redis_url: str, tmp_path: Path
) -> None:
    """Both log in for one app and share one Redis; else each would begin to count anew."""
    here, there = (
        desk.settings(replica, token_store=redis_url, state_dir=tmp_path / name)
        for name in ("here", "there")
    )
    bring(desk, there)
    action = decided(desk, here)
    assert isinstance(action, Wait)
    assert action.why is Why.LOST
    ledger_of(desk, there).unlock()
    assert isinstance(decided(desk, here), LogIn)


def test_tokens_of_the_accounts_other_apps_are_not_lost(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    """The ledger is the account's, and each app has its token."""
    for _ in range(4):
        ledger.succeeded()
    bring(desk, settings, 1)
    assert isinstance(decided(desk, settings), LogIn)


@pytest.mark.parametrize("local", [False, True])
def test_a_token_that_a_person_threw_away_was_not_lost(
    desk: Desk,
    settings: Settings,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    *,
    local: bool,
) -> None:
    """Nor were those that the person's own logins had replaced before."""
    ledger.succeeded()
    bring(desk, settings)
    keep(desk, settings, lives=dt.timedelta(hours=1))
    monkeypatch.setattr("upstox_browser_login.api.logout", _answers(alive=True))
    if local:
        tokens.logout_here(settings, clock=desk.clock)
    else:
        tokens.logout(settings, clock=desk.clock)
    assert isinstance(decided(desk, settings), LogIn)
    desk.clock.offset += 1
    bring(desk, settings)
    action = decided(desk, settings)
    assert isinstance(action, Wait), "those of later logins may be lost"
    assert action.why is Why.LOST


def test_a_login_that_follows_a_logout_waits_for_no_pin(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    ledger.sending_pin("024680")
    ledger.pin_accepted()
    ledger.succeeded()
    assert isinstance(decided(desk, settings), Wait)
    ledger.token_thrown_away()
    assert isinstance(decided(desk, settings), LogIn)
    later = ledger_of(desk, settings)
    later.sending_pin("024680")
    later.pin_accepted()
    later.succeeded()
    action = decided(desk, settings)
    assert isinstance(action, Wait), "the token of a later login may be lost"
    assert action.why is Why.BLOCKED


def test_a_logout_forgives_no_pin_of_which_nothing_was_heard(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    """The login was killed, and the token that was thrown away is an older one."""
    ledger.succeeded()
    ledger.sending_pin("024680")
    ledger.token_thrown_away()
    action = decided(desk, settings)
    assert isinstance(action, Wait)
    assert action.why is Why.BLOCKED


def test_a_token_that_was_dead_at_its_logout_was_lost(
    desk: Desk, settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.succeeded()
    bring(desk, settings)
    keep(desk, settings, lives=dt.timedelta(hours=1))
    monkeypatch.setattr("upstox_browser_login.api.logout", _answers(alive=False))
    tokens.logout(settings, clock=desk.clock)
    action = decided(desk, settings)
    assert isinstance(action, Wait)
    assert action.why is Why.LOST


def _answers(*, alive: bool) -> Callable[..., Awaitable[bool]]:
    async def logout(*_: object) -> bool:
        return alive

    return logout


def test_logins_that_sent_something_are_counted(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    """A code and a PIN of one login are one; `unlock` begins anew."""
    for window in range(MOST_LOGINS):
        run = ledger_of(desk, settings)
        run.sending_code(f"{window:06}", window, 30)
        run.code_accepted()
        run.sending_pin("024680")
        run.pin_accepted()
        desk.clock.offset += 1
    assert len(tries(ledger.history())) == MOST_LOGINS
    action = decided(desk, settings)
    assert isinstance(action, Wait)
    assert action.why is Why.GIVEN_UP
    ledger.unlock()
    assert isinstance(decided(desk, settings), LogIn)


def test_a_pin_that_never_left_is_not_waited_out(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    ledger.sending_pin("024680")
    ledger.pin_withdrawn()
    assert isinstance(decided(desk, settings), LogIn)


def failed_just_now(desk: Desk, settings: Settings) -> Record:
    return Record(
        failed=Failed(
            at=desk.clock.time(),
            code="CLIENT_REJECTED",
            message="Refused.",
            hint="Correct it.",
            step=None,
            upstox_code=None,
            trace=None,
            count=1,
            credentials=PinKey(settings.client_secret).fingerprint(credentials_of(settings)),
            version=__version__,
        )
    )


def test_a_failure_stands_until_a_setting_changes(
    desk: Desk, replica: Replica, settings: Settings
) -> None:
    record = failed_just_now(desk, settings)
    desk.clock.offset += 60
    assert isinstance(decided(desk, settings, record), Stop)
    for change in (
        {"redirect_uri": "https://another.invalid/"},
        {"client_secret": "another"},
        {"pin_code": "135790"},
        {"browser_path": "/opt/chromium"},
        {"proxy": "http://proxy.invalid:3128"},
    ):
        assert isinstance(decided(desk, desk.settings(replica, **change), record), LogIn), change
    assert isinstance(decided(desk, desk.settings(replica, timeout=30), record), Stop)


def test_a_page_file_that_was_mended_lifts_a_failure(
    desk: Desk, replica: Replica, settings: Settings
) -> None:
    """By its content: its name is the same before and after."""
    page_file = desk.home / "page.toml"
    desk.home.mkdir(exist_ok=True)
    record = failed_just_now(desk, settings)
    desk.clock.offset += 60
    page_file.write_text("# nothing yet\n")
    named = desk.settings(replica, page_file=page_file)
    assert isinstance(decided(desk, named, record), LogIn)
    record = failed_just_now(desk, named)
    desk.clock.offset += 60
    assert isinstance(decided(desk, named, record), Stop)
    page_file.write_text('[[way]]\nwords = "Go on"\n')
    assert isinstance(decided(desk, named, record), LogIn)


def test_a_failure_is_compared_without_fetching_what_it_does_not_need(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password's command may fail; fetched or not, the failure is about the same settings."""
    monkeypatch.setenv("UPSTOX_PASSWORD_COMMAND", f'"{sys.executable}" -c "print(\'s3cret\')"')
    settings = desk.settings(replica)
    before = credentials_of(settings)
    assert settings.deferred("password") is not None
    assert settings.secret("password") == "s3cret"
    assert credentials_of(settings) == before


def test_a_failure_stands_until_another_version_or_an_unlock(
    desk: Desk, settings: Settings, ledger: Ledger
) -> None:
    record = failed_just_now(desk, settings)
    assert record.failed is not None
    older = record.model_copy(update={"failed": record.failed.model_copy(update={"version": "0"})})
    assert isinstance(decided(desk, settings, older), LogIn)
    desk.clock.offset += 60
    ledger.unlock()
    assert isinstance(decided(desk, settings, record), LogIn)
