"""The market's holidays and hours, which anybody may ask for without a token."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .refusals import api_refusal
from .tokens import INDIA
from .world import World

_SATURDAY = 5
_STOCKS = ("NSE", "BSE", "NFO", "BFO")
_HOURS = {
    **dict.fromkeys(_STOCKS, ("09:15", "15:30")),
    **dict.fromkeys(("CDS", "BCD"), ("09:00", "17:00")),
    "MCX": ("09:00", "23:30"),
}
_MCX_EVENING = {"MCX": ("17:00", "23:30")}
_MUHURAT = dict.fromkeys(_HOURS, ("18:00", "19:00"))


class Holiday(Struct, frozen=True):
    """A day that is no ordinary one; ``hours`` tells who is open, and when."""

    description: str
    kind: str
    hours: dict[str, tuple[str, str]]


_KINDS = {
    "trading": Holiday("A trading holiday", "TRADING_HOLIDAY", {}),
    "settlement": Holiday("A settlement holiday", "SETTLEMENT_HOLIDAY", _HOURS),
    "special": Holiday("A special session", "SPECIAL_TIMING", _MUHURAT),
}
# Of every year, though the real days of some move.
_YEAR = {
    (1, 26): Holiday("Republic Day", "TRADING_HOLIDAY", {}),
    (2, 1): Holiday("Union Budget", "SPECIAL_TIMING", _HOURS),
    (4, 1): Holiday("Annual Bank Closing", "SETTLEMENT_HOLIDAY", _HOURS),
    (5, 1): Holiday("Maharashtra Day", "TRADING_HOLIDAY", _MCX_EVENING),
    (10, 2): Holiday("Mahatma Gandhi Jayanti", "TRADING_HOLIDAY", {}),
    (11, 8): Holiday("Diwali Laxmi Pujan (Muhurat)", "SPECIAL_TIMING", _MUHURAT),
    (12, 25): Holiday("Christmas", "TRADING_HOLIDAY", {}),
}


class MarketEndpoints:
    """Holidays of the clock's year, and the hours of a day."""

    def __init__(self, world: World) -> None:
        """Tell the days of *world*'s clock."""
        self._world = world

    def routes(self) -> list[Route]:
        """Where the endpoints live."""
        return [
            Route("/v2/market/holidays", self.holidays),
            Route("/v2/market/holidays/{date}", self.holiday),
            Route("/v2/market/timings/{date}", self.timings),
        ]

    async def holidays(self, _request: Request) -> Response:
        """Every holiday of the current year."""
        days = sorted(self._calendar().items())
        return _success([_entry(day, holiday) for day, holiday in days])

    async def holiday(self, request: Request) -> Response:
        """The holiday on one day; none on an ordinary one."""
        day = _date(request)
        found = self._calendar().get(day)
        return _success([] if found is None else [_entry(day, found)])

    async def timings(self, request: Request) -> Response:
        """The sessions of one day, by exchange; none on a closed one."""
        day = _date(request)
        found = self._calendar().get(day)
        if found is not None and (found.kind != "SETTLEMENT_HOLIDAY" or not _is_weekend(day)):
            return _success(_sessions(day, found.hours))
        return _success([] if _is_weekend(day) else _sessions(day, _HOURS))

    def _calendar(self) -> dict[dt.date, Holiday]:
        today = dt.datetime.fromtimestamp(self._world.now(), INDIA).date()
        days = {dt.date(today.year, month, day): holiday for (month, day), holiday in _YEAR.items()}
        kind = self._world.script.value("holiday")
        return days if kind is None else {**days, today: _KINDS[kind]}


def _success(data: list[dict[str, Any]]) -> JSONResponse:
    return JSONResponse({"status": "success", "data": data})


def _date(request: Request) -> dt.date:
    try:
        return dt.datetime.strptime(request.path_params["date"], "%Y-%m-%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise api_refusal("UDAPI100036") from None


def _is_weekend(day: dt.date) -> bool:
    return day.weekday() >= _SATURDAY


def _entry(day: dt.date, holiday: Holiday) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        "description": holiday.description,
        "holiday_type": holiday.kind,
        "closed_exchanges": [name for name in _HOURS if name not in holiday.hours],
        "open_exchanges": _sessions(day, holiday.hours),
    }


def _sessions(day: dt.date, hours: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    def millis(time: str) -> int:
        moment = dt.datetime.combine(day, dt.time.fromisoformat(time), INDIA)
        return int(moment.timestamp() * 1000)

    return [
        {"exchange": name, "start_time": millis(start), "end_time": millis(end)}
        for name, (start, end) in hours.items()
    ]
