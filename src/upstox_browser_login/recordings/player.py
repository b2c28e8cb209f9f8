"""Answers the requests of a replay as they were answered when the login was recorded."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from math import ceil
from urllib.parse import urlsplit

from upstox_browser_login.clock import Clock

from .bundle import Bundle, Exchange
from .shift import CLAIMS, Shift
from .stage import Answer
from .tape import Asked, Tape, Unknown

DAY = timedelta(days=1)

_OF_THE_CONNECTION = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"}
    # These would lead the browser to another port or protocol, or report failures elsewhere.
    | {"alt-svc", "report-to", "nel", "reporting-endpoints", "date"}
)
"""Headers that are made anew, or left out."""


class ReplayClock(Clock):
    """The recording's clock, moved on by whole days, so that 03:30 is as far away as then.

    It is never behind the machine's, since a browser takes an answer of yesterday for too old to
    be kept. With `fast`, a wait for the next TOTP code takes no time: the clock is put forward.
    """

    def __init__(self, epoch: datetime, machine: Clock, *, fast: bool) -> None:
        self._machine = machine
        days = ceil((machine.now() - epoch) / DAY)
        self.began = epoch + days * DAY
        self._at = machine.monotonic()
        self._fast = fast
        self._put_forward = 0.0

    def time(self) -> float:
        """Seconds since the epoch."""
        passed = self._machine.monotonic() - self._at
        return self.began.timestamp() + passed + self._put_forward

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._machine.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait, or put the clock forward."""
        if self._fast:
            self._put_forward += seconds
        else:
            await self._machine.sleep(seconds)


class Player:
    """Answers from one recording. It is asked in several threads."""

    def __init__(self, bundle: Bundle, clock: ReplayClock, *, now: datetime, fast: bool) -> None:
        self.tape = Tape(bundle)
        self._bundle = bundle
        self._clock = clock
        self._fast = fast
        self._lock = threading.Lock()
        about = bundle.about
        names = CLAIMS | frozenset(about.time_fields)
        self._epoch = about.epoch
        # Only times that scripts read are moved, since those are compared with the browser's clock.
        self._for_page = Shift(about.epoch, now - about.epoch, names)
        self._for_login = Shift(about.epoch, clock.began - about.epoch, names)

    def answer(self, asked: Asked) -> Answer:
        """The answer to a request; none, and a broken connection, to one that nobody knows."""
        with self._lock:
            if asked.method == "OPTIONS" and not self.tape.knows(asked):
                return _preflight(asked)
            if asked.headers.get("upgrade", "").lower() == "websocket":
                return Answer(0)  # what a socket carried is kept for people alone
            if urlsplit(asked.url).path == "/favicon.ico" and not self.tape.knows(asked):
                return Answer(404)
            found = self.tape.answer(asked)
            if isinstance(found, Unknown):
                return Answer(0)
            return self._played(found)

    def _played(self, found: Exchange) -> Answer:
        after = 0.0 if self._fast else found.took
        response = found.response
        if response is None:
            return Answer(0, after=after, on_end=found.failed is None)
        headers = [
            (name, self.tape.told_back(value))
            for name, value in response.headers
            if name.lower() not in _OF_THE_CONNECTION
        ]
        headers = self._for_login.headers(headers)
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        body = self._bundle.body(response.body)
        shift = self._for_login if found.by == "client" else self._for_page
        body = shift.body(self._told_back(body), kind)
        return Answer(response.status, [*headers, *self._date(found)], body, after)

    def _told_back(self, body: bytes) -> bytes:
        try:
            text = body.decode()
        except ValueError:
            return body  # a picture
        return self.tape.told_back(text).encode()

    def _date(self, found: Exchange) -> list[tuple[str, str]]:
        """When the server says it is: as far from the login's clock as it was when recorded."""
        assert found.response is not None  # noqa: S101  (only answers have a date)
        for name, value in found.response.headers:
            if name.lower() == "date":
                try:
                    there = parsedate_to_datetime(value).astimezone(UTC)
                    was = self._epoch + timedelta(seconds=found.at + found.took)
                    told = self._clock.now() + (there - was)
                except (ValueError, OverflowError, TypeError, IndexError):
                    return []
                return [("Date", format_datetime(told.astimezone(UTC), usegmt=True))]
        return []


def _preflight(asked: Asked) -> Answer:
    """The browser's own question before a call to another host: it may do what it asks for."""
    headers = asked.headers
    allowed = [
        ("Access-Control-Allow-Origin", headers.get("origin", "*")),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", headers.get("access-control-request-method", "GET")),
        ("Access-Control-Allow-Headers", headers.get("access-control-request-headers", "")),
    ]
    return Answer(204, [each for each in allowed if each[1]])


def origins_of(bundle: Bundle) -> list[str]:
    """Scheme, host and port of every server that the recording has answers of."""
    found = {_origin(each.url) for each in bundle.exchanges if each.failed != "blocked"}
    return sorted(found | {_origin(bundle.about.api_base_url)})


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
