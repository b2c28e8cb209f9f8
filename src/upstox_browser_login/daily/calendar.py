"""On which days an exchange is open, and when: Upstox's list of holidays, read. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from upstox_browser_login.ledger.parts import Seconds
from upstox_browser_login.printable import one_line
from upstox_browser_login.token import IST

Exchange = Literal["NSE", "BSE", "MCX"]

HOURS: Mapping[Exchange, tuple[dt.time, dt.time]] = {
    "NSE": (dt.time(9, 15), dt.time(15, 30)),
    "BSE": (dt.time(9, 15), dt.time(15, 30)),
    "MCX": (dt.time(9, 0), dt.time(23, 30)),
}
"""Of an ordinary day, India time. Source: Upstox's documents on market timings."""

_SATURDAY = 5
_LARGEST = 10_000
"""Entries that are read of a list. A year has some thirty."""

MOST_CLOSED = 50
"""Working days of a year on which an exchange may be closed; NSE has some fifteen.

A list with more is wrong. If it were believed, `refresh --trading-days` would log in on no day and
warn nobody.
"""

_STRICT = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Session(Struct, frozen=True):
    """When an exchange is open on one day."""

    opens: dt.datetime
    closes: dt.datetime


class Hours(BaseModel):
    """When an exchange is open on a day of the list, epoch seconds."""

    model_config = _STRICT

    exchange: str
    start: Seconds
    end: Seconds


class ListedDay(BaseModel):
    """One entry of the list. A day may have several."""

    model_config = _STRICT

    date: dt.date
    description: str
    kind: str
    closed: tuple[str, ...]
    open: tuple[Hours, ...]

    def closes(self, exchange: Exchange) -> bool:
        """Whether it closes the exchange, unless another entry opens it for some hours."""
        return exchange in self.closed and self.kind != "SETTLEMENT_HOLIDAY"


class Days(BaseModel):
    """The list of one year, as Upstox gave it."""

    model_config = _STRICT

    version: Literal[1]
    source: str
    """Which API it came from."""
    fetched_at: Seconds
    days: tuple[ListedDay, ...]

    def knows(self, day: dt.date) -> bool:
        """Whether the list is about the day: it is that of the year in which it was fetched."""
        return dt.datetime.fromtimestamp(self.fetched_at, IST).year == day.year

    def session(self, day: dt.date, exchange: Exchange) -> Session | None:
        """The exchange's hours on the day, None where it is closed.

        A settlement holiday is a day of trading, but makes none of a weekend. An entry that does
        not name the exchange changes nothing for it.
        """
        weekend = day.weekday() >= _SATURDAY
        listed = [each for each in self.days if each.date == day]
        hours = [
            each
            for entry in listed
            if not (weekend and entry.kind == "SETTLEMENT_HOLIDAY")
            for each in entry.open
            if each.exchange == exchange
        ]
        if hours:
            return Session(
                dt.datetime.fromtimestamp(min(each.start for each in hours), IST),
                dt.datetime.fromtimestamp(max(each.end for each in hours), IST),
            )
        closed = weekend or any(entry.closes(exchange) for entry in listed)
        return None if closed else ordinary_session(day, exchange)

    def why_closed(self, day: dt.date) -> str:
        """What the list calls the day; for people."""
        names = [each.description for each in self.days if each.date == day and each.description]
        return ", ".join(names) or f"a {day:%A}"


def ordinary_session(day: dt.date, exchange: Exchange) -> Session:
    """The hours of a day of which nothing else is known."""
    start, end = HOURS[exchange]
    return Session(dt.datetime.combine(day, start, IST), dt.datetime.combine(day, end, IST))


def read_days(entries: Any, *, source: str, fetched_at: float) -> Days:
    """The list in Upstox's answer. Raises `ValueError` where it holds no day, or nearly all.

    An entry that cannot be read is left out: one odd day must not hide the others.
    """
    found = [] if not isinstance(entries, list) else [_day(each) for each in entries[:_LARGEST]]
    days = tuple(each for each in found if each is not None)
    if not days:
        raise ValueError("the list of holidays names no day")
    for exchange in HOURS:
        closed = {each.date for each in days if each.closes(exchange)}
        if sum(day.weekday() < _SATURDAY for day in closed) > MOST_CLOSED:
            raise ValueError(f"the list closes {exchange} on more than {MOST_CLOSED} working days")
    return Days(version=1, source=source, fetched_at=fetched_at, days=days)


def _day(entry: Any) -> ListedDay | None:
    if not isinstance(entry, dict):
        return None
    try:
        day = dt.date.fromisoformat(entry["date"])
    except (KeyError, TypeError, ValueError):
        return None
    closed, hours = entry.get("closed_exchanges"), entry.get("open_exchanges")
    return ListedDay(
        date=day,
        description=one_line(str(entry.get("description") or ""))[:80],
        kind=one_line(str(entry.get("holiday_type") or "")),
        closed=tuple(one_line(each) for each in closed if isinstance(each, str))
        if isinstance(closed, list)
        else (),
        open=tuple(filter(None, map(_hours, hours))) if isinstance(hours, list) else (),
    )


def _hours(entry: Any) -> Hours | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("exchange"), str):
        return None
    try:
        start, end = (float(entry[name]) / 1000 for name in ("start_time", "end_time"))
        hours = Hours(exchange=one_line(entry["exchange"]), start=start, end=end)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return hours if start < end else None
