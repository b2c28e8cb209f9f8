"""Times within recorded bodies and headers, moved as if every recording had begun at one moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote, unquote

EPOCH = datetime(2026, 1, 5, 3, 40, tzinfo=UTC)
"""When every recording has begun: 09:10 on a Monday in India."""

NEAR = timedelta(days=400)
"""A number further off from the recording's start than this is no time of it."""

HEADERS = frozenset({"date", "expires", "last-modified"})

_SECONDS = re.compile(r"\d{10}")
_MILLISECONDS = re.compile(r"\d{13}")
_FRACTION = re.compile(r"(\d{10})(\.\d+)")
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_PAIR = re.compile(r"(?<![\w.$\[\]-])([\w.$\[\]-]{1,80})=([\dTZ:.%A-F+-]{10,60})(?![^&#;\s])")


def quoted_like(value: str, other: str) -> str:
    """`other`, with its colons quoted where those of `value` are, as in cookies and addresses."""
    return other if unquote(value) == value else quote(other, safe="")


@dataclass
class Times:
    """Moves times by the same span. `began` is the recording's start, seconds of the epoch."""

    began: float
    fields: set[str] = field(default_factory=set)
    """Names of JSON members, claims and cookies whose value was found to be a time."""
    others: Collection[str] = ()
    """Values that look like times and are none: each has a stand-in, also where it stands alone."""

    @property
    def _by(self) -> float:
        return float(int(EPOCH.timestamp()) - int(self.began))

    def _is_near(self, seconds: float) -> bool:
        return abs(seconds - self.began) <= NEAR.total_seconds()

    def text(self, value: str) -> str | None:
        """A time that is written as text, moved; None for what is none."""
        plain = unquote(value)
        if value in self.others or plain in self.others:
            return None
        moved = self._plain(plain)
        return None if moved is None else quoted_like(value, moved)

    def _plain(self, value: str) -> str | None:
        if _SECONDS.fullmatch(value) and self._is_near(int(value)):
            return str(int(value) + int(self._by))
        if _MILLISECONDS.fullmatch(value) and self._is_near(int(value) / 1000):
            return str(int(value) + int(self._by) * 1000)
        fraction = _FRACTION.fullmatch(value)
        if fraction and self._is_near(int(fraction[1])):
            return f"{int(fraction[1]) + int(self._by)}{fraction[2]}"
        if _ISO.fullmatch(value):
            with suppress(ValueError):
                moment = datetime.fromisoformat(value)
                if self._is_near(moment.timestamp()):
                    moved = (moment + timedelta(seconds=self._by)).isoformat()
                    moved = moved.replace("+00:00", "Z") if value.endswith("Z") else moved
                    return moved if "T" in value else moved.replace("T", " ", 1)
        return None

    def number(self, value: float) -> float | None:
        """A time that is a number, moved; None for what is none."""
        moved = self.text(repr(value))
        return None if moved is None else type(value)(moved)

    def header(self, value: str) -> str:
        """The value of a header that holds a date."""
        with suppress(ValueError, TypeError, OverflowError):
            moment = parsedate_to_datetime(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            if self._is_near(moment.timestamp()):
                return format_datetime(
                    (moment + timedelta(seconds=self._by)).astimezone(UTC), usegmt=True
                )
        return value

    def json(self, value: Any, name: str = "") -> Any:
        """A JSON value with its times moved. The names of their members are kept in `fields`."""
        if isinstance(value, dict):
            return {key: self.json(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.json(each, name) for each in value]
        moved: Any = None
        if isinstance(value, str):
            moved = self.text(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            moved = self.number(value)
        if moved is None:
            return value
        self.fields.add(name)
        return moved

    def query(self, text: str) -> str:
        """An address, or a form as it is sent, with the times moved that are whole values of it."""

        def pair(found: re.Match[str]) -> str:
            moved = self.text(found[2])
            return found[0] if moved is None else f"{found[1]}={moved}"

        return _PAIR.sub(pair, text)

    def named(self, name: str, value: str, clean: Callable[[str], str]) -> str:
        """The value of a cookie or of a query: a time moved, or what `clean` makes of it."""
        moved = self.text(value)
        if moved is None:
            return clean(value)
        self.fields.add(name)
        return moved
