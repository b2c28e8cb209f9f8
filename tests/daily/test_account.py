"""The account that the settings lead to, and what is kept of it."""

from __future__ import annotations

import pytest

from tests.harness import Desk
from upstox_browser_login import Settings
from upstox_browser_login.daily.account import Account
from upstox_browser_login.daily.almanac import NAME
from upstox_browser_login.daily.calendar import read_days
from upstox_browser_login.daily.plan import Wishes, offset_of
from upstox_browser_login.daily.record import documents_of
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.replica import Replica

CLOSED = {
    "date": "2026-01-26",
    "description": "Republic Day",
    "holiday_type": "TRADING_HOLIDAY",
    "closed_exchanges": ["NSE"],
    "open_exchanges": [],
}


@pytest.fixture
def settings(desk: Desk, replica: Replica) -> Settings:
    return desk.settings(replica)


def test_each_account_has_a_minute_of_its_own_but_for_a_run_that_ends(settings: Settings) -> None:
    own = offset_of(settings.secret("username"), settings.secret("client_secret"))
    assert Account.of(settings, Wishes()).wishes == Wishes(offset=own)
    assert Account.of(settings, Wishes(once=True)).wishes == Wishes(once=True)


def test_what_a_login_needs_is_asked_for_while_a_person_is_there(
    desk: Desk, replica: Replica
) -> None:
    missing = desk.settings(replica, pin_code=None)
    with pytest.raises(ConfigurationError, match="UPSTOX_PIN_CODE is not set"):
        Account.of(missing, Wishes())
    assert Account.of(missing, Wishes(once=True)).days is None


def test_what_was_kept_of_this_api_is_known_again(settings: Settings) -> None:
    days = read_days([CLOSED], source=settings.api_base_url, fetched_at=1.0)
    documents_of(settings.state_dir).write(NAME, days.model_dump_json().encode())
    account = Account.of(settings, Wishes())
    assert account.days == days
    account.records.change(lambda record: setattr(record, "asked_at", 7.0))
    assert Account.of(settings, Wishes()).records.read().asked_at == 7.0
    other = settings.model_copy(update={"api_base_url": "https://api.upstox.com"})
    assert Account.of(other, Wishes()).days is None
