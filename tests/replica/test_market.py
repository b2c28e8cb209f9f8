"""Holidays and hours, and the extended token."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from .conftest import Visit
from .visitor import Clock, Visitor, api_code_of

IST = dt.timezone(dt.timedelta(hours=5, minutes=30))


def _get(visitor: Visitor, path: str) -> list[dict[str, Any]]:
    answer = visitor.client.get(f"{visitor.replica.api_url}/v2/market/{path}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "success"
    data: list[dict[str, Any]] = body["data"]
    return data


def _hours(sessions: list[dict[str, Any]]) -> dict[str, str]:
    def told(millis: int) -> str:
        return dt.datetime.fromtimestamp(millis / 1000, IST).strftime("%m-%d %H:%M")

    return {
        each["exchange"]: f"{told(each['start_time'])}-{told(each['end_time'])}"
        for each in sessions
    }


def test_the_holidays_of_the_clock_s_year(visit: Visit, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 12, 31, 23, 59, tzinfo=IST).timestamp()
    visitor = visit()
    found = _get(visitor, "holidays")
    assert found[0]["date"] == "2026-01-26"
    assert found[0]["holiday_type"] == "TRADING_HOLIDAY"
    assert {"NSE", "BSE", "NFO", "CDS", "BCD", "MCX"} <= set(found[0]["closed_exchanges"])
    kinds = {each["holiday_type"] for each in found}
    assert kinds == {"TRADING_HOLIDAY", "SETTLEMENT_HOLIDAY", "SPECIAL_TIMING"}
    clock.advance(120)
    assert _get(visitor, "holidays")[0]["date"] == "2027-01-26"


def test_one_day(visit: Visit, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 5, 1, tzinfo=IST).timestamp()
    visitor = visit()
    (labour,) = _get(visitor, "holidays/2026-05-01")
    assert _hours(labour["open_exchanges"]) == {"MCX": "05-01 17:00-05-01 23:30"}
    assert _get(visitor, "holidays/2026-05-04") == []


@pytest.mark.parametrize(
    ("date", "nse"),
    [
        ("2026-05-04", "05-04 09:15-05-04 15:30"),  # a Monday
        ("2026-05-02", None),  # a Saturday
        ("2026-01-26", None),
        ("2026-02-01", "02-01 09:15-02-01 15:30"),  # Budget Sunday
        ("2026-04-01", "04-01 09:15-04-01 15:30"),  # a settlement holiday
        ("2026-11-08", "11-08 18:00-11-08 19:00"),  # Muhurat, on a Sunday
    ],
)
def test_timings(visit: Visit, clock: Clock, date: str, nse: str | None) -> None:
    clock.now = dt.datetime(2026, 6, 1, tzinfo=IST).timestamp()
    assert _hours(_get(visit(), f"timings/{date}")).get("NSE") == nse


@pytest.mark.parametrize(
    ("kind", "told", "open_at"),
    [
        ("trading", "TRADING_HOLIDAY", False),
        ("settlement", "SETTLEMENT_HOLIDAY", True),
        ("special", "SPECIAL_TIMING", True),
    ],
)
def test_today_can_be_made_a_holiday(
    visit: Visit, clock: Clock, kind: str, told: str, open_at: bool
) -> None:
    clock.now = dt.datetime(2026, 6, 1, 8, 0, tzinfo=IST).timestamp()
    visitor = visit(f"holiday={kind}")
    (today,) = _get(visitor, "holidays/2026-06-01")
    assert today["holiday_type"] == told
    assert ("NSE" in _hours(_get(visitor, "timings/2026-06-01"))) is open_at


@pytest.mark.parametrize("path", ["holidays/tomorrow", "timings/2026-13-01"])
def test_what_is_no_date_is_refused(visit: Visit, path: str) -> None:
    visitor = visit()
    answer = visitor.client.get(f"{visitor.replica.api_url}/v2/market/{path}")
    assert (answer.status_code, api_code_of(answer)) == (400, "UDAPI100036")


def test_holidays_can_fail(visit: Visit) -> None:
    visitor = visit("http=holidays:500")
    answer = visitor.client.get(f"{visitor.replica.api_url}/v2/market/holidays")
    assert api_code_of(answer) == "UDAPI100500"


def test_the_extended_token_stays_until_it_is_refreshed(visit: Visit) -> None:
    visitor = visit("no-otp-limit")

    def extended(**changes: str | None) -> str:
        visitor.clock.advance(61)
        return str(visitor.exchange(visitor.code(), **changes).json()["extended_token"])

    first = extended()
    assert extended() == first
    assert extended(refresh_extended_token="false") == first
    second = extended(refresh_extended_token="true")
    assert second != first
    assert extended() == second
