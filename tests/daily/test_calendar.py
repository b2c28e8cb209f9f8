"""Upstox's list of holidays, as it is and as it might be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.daily.calendar import Days, ordinary_session, read_days
from upstox_browser_login.token import IST

DAY = dt.date(2026, 1, 26)  # a Monday


def read(*entries: Any) -> Days:
    now = dt.datetime(2026, 1, 1, tzinfo=IST).timestamp()
    return read_days(list(entries), source="here", fetched_at=now)


def entry(day: dt.date, kind: str = "TRADING_HOLIDAY", **more: Any) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        "description": "Republic Day",
        "holiday_type": kind,
        "closed_exchanges": ["NSE", "BSE"],
        "open_exchanges": [],
        **more,
    }


def hours(day: dt.date, exchange: str, start: str, end: str) -> dict[str, Any]:
    def millis(text: str) -> int:
        return int(dt.datetime.combine(day, dt.time.fromisoformat(text), IST).timestamp() * 1000)

    return {"exchange": exchange, "start_time": millis(start), "end_time": millis(end)}


def test_a_trading_holiday_closes_those_it_names() -> None:
    evening = hours(DAY, "MCX", "17:00", "23:30")
    days = read(entry(DAY, open_exchanges=[evening]))
    assert days.session(DAY, "NSE") is None
    session = days.session(DAY, "MCX")
    assert session is not None
    assert (session.opens.hour, session.closes.hour) == (17, 23)
    assert days.why_closed(DAY) == "Republic Day"


def test_a_list_that_closes_nearly_every_day_is_none() -> None:
    """It would keep the daily login from every day, and nobody would be told."""
    year = [entry(dt.date(2026, 1, 1) + dt.timedelta(days=ahead)) for ahead in range(365)]
    with pytest.raises(ValueError, match="more than 50 working days"):
        read(*year)
    assert len(read(*year[:60]).days) == 60
    settled = [{**each, "holiday_type": "SETTLEMENT_HOLIDAY"} for each in year]
    assert len(read(*settled).days) == 365


def test_what_the_list_says_can_be_kept_and_shown() -> None:
    """Half a character of two, and what a terminal would obey: both are JSON."""
    odd = {"description": "Re\ud800public\x1b[2J Day", "closed_exchanges": ["NSE", "\udc00"]}
    days = read(entry(DAY, "TRADING_HOLIDAY\ud800", **odd))
    assert days.why_closed(DAY) == "Republic Day"
    assert Days.model_validate_json(days.model_dump_json()) == days
    assert days.session(DAY, "NSE") is None


def test_a_settlement_holiday_is_open_and_makes_no_weekend_a_working_day() -> None:
    sunday = DAY - dt.timedelta(days=1)
    open_all = [hours(sunday, "NSE", "09:15", "15:30")]
    days = read(
        entry(DAY, "SETTLEMENT_HOLIDAY"),
        entry(sunday, "SETTLEMENT_HOLIDAY", open_exchanges=open_all),
    )
    assert days.session(DAY, "NSE") == ordinary_session(DAY, "NSE")
    assert days.session(sunday, "NSE") is None


def test_a_special_session_opens_a_weekend_for_those_it_names() -> None:
    sunday = dt.date(2026, 2, 1)
    special = entry(
        sunday, "SPECIAL_TIMING", closed_exchanges=["MCX"],
        open_exchanges=[hours(sunday, "NSE", "09:15", "15:30")]
    )  # fmt: skip
    days = read(special)
    assert days.session(sunday, "NSE") is not None
    assert days.session(sunday, "MCX") is None
    assert days.session(sunday, "BSE") is None, "not named: a Sunday like any other"


def test_two_entries_of_a_day_are_read_together() -> None:
    muhurat = [hours(DAY, "NSE", "18:00", "19:00")]
    days = read(entry(DAY), entry(DAY, "SPECIAL_TIMING", open_exchanges=muhurat))
    session = days.session(DAY, "NSE")
    assert session is not None
    assert session.opens.hour == 18


def test_an_odd_entry_hides_no_other() -> None:
    odd = [
        None,
        7,
        {"date": "soon"},
        entry(dt.date(2026, 3, 3), open_exchanges="all", closed_exchanges=None),
        entry(dt.date(2026, 3, 4), open_exchanges=[None, {}, {"exchange": 1}]),
    ]
    days = read(*odd, entry(DAY))
    assert [each.date.day for each in days.days] == [3, 4, 26]
    assert days.session(DAY, "NSE") is None
    assert days.session(dt.date(2026, 3, 3), "NSE") == ordinary_session(dt.date(2026, 3, 3), "NSE")


def test_times_that_no_calendar_has_are_left_out() -> None:
    wild = {"exchange": "NSE", "start_time": 10**30, "end_time": 10**31}
    turned = {"exchange": "NSE", "start_time": 2000, "end_time": 1000}
    days = read(entry(DAY, open_exchanges=[wild, turned]))
    assert days.days[0].open == ()


@pytest.mark.parametrize("entries", [None, {}, [], [None], "closed"])
def test_a_list_without_a_day_is_none(entries: Any) -> None:
    """Upstox's list of a year is never empty: an empty one must not open every day."""
    with pytest.raises(ValueError, match="names no day"):
        read_days(entries, source="here", fetched_at=0.0)


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.just("2026-01-26"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["date", "description", "holiday_type", "closed_exchanges", "open_exchanges",
             "exchange", "start_time", "end_time"]
        ),
        inner,
        max_size=6,
    ),
)  # fmt: skip


@given(st.lists(json, max_size=4))
def test_whatever_is_sent_is_read_or_refused(entries: list[Any]) -> None:
    try:
        days = read_days(entries, source="here", fetched_at=0.0)
    except ValueError:
        return
    days.session(DAY, "NSE")
    assert Days.model_validate_json(days.model_dump_json()) == days


def test_the_list_is_that_of_its_year() -> None:
    days = read(entry(DAY))
    assert days.knows(DAY)
    assert not days.knows(dt.date(2027, 1, 26))
