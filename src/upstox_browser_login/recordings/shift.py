"""Moves the times in recorded headers and bodies to when a recording is replayed."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from .times import HEADERS, NEAR

CLAIMS = frozenset({"iat", "exp", "nbf"})
"""Members of a JWT, and of many an answer, that hold a time."""

_EXPIRES = re.compile(r"(?i)(;\s*expires=)([^;]+)")
_JWT = re.compile(r"\b(eyJ[A-Za-z0-9_-]{8,4000})\.(eyJ[A-Za-z0-9_-]{2,16000})\.([A-Za-z0-9_-]*)")
_TEXTUAL = re.compile(r"(?i)json|text|javascript|xml|urlencoded")


@dataclass(frozen=True)
class Shift:
    """From a recording's time to another. `fields` names the members that hold a time."""

    epoch: datetime
    by: timedelta
    fields: frozenset[str] = CLAIMS

    def moment(self, moment: datetime) -> datetime:
        """The same moment of the replay; what is no time of the recording stays as it is."""
        whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment + self.by if abs(whole - self.epoch) <= NEAR else moment

    def headers(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Headers with their times moved, those of cookies among them."""
        return [(name, self._header(name.lower(), value)) for name, value in headers]

    def _header(self, name: str, value: str) -> str:
        if name in HEADERS:
            return self._date(value)
        if name == "set-cookie":
            value = _EXPIRES.sub(lambda found: found[1] + self._date(found[2]), value)
            cookie, sign, rest = value.partition("=")
            own, end, more = rest.partition(";")
            if cookie.strip() in self.fields:
                value = f"{cookie}{sign}{self._value(own)}{end}{more}"
        return self.text(value)

    def _date(self, text: str) -> str:
        """A time as headers write it; what cannot be read, like "0" or "-1", stays."""
        try:
            moment = parsedate_to_datetime(text.strip()).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            return text
        return format_datetime(self.moment(moment), usegmt=True)

    def body(self, body: bytes, content_type: str) -> bytes:
        """A body with its times moved; pictures and what is no UTF-8 stay as they are."""
        if not _TEXTUAL.search(content_type):
            return body
        try:
            text = body.decode()
        except ValueError:
            return body
        return self.text(text).encode()

    def text(self, text: str) -> str:
        """A text with the times moved that stand behind one of `fields`, and those in a JWT."""
        return _JWT.sub(self._jwt, _members(self.fields).sub(self._member, text))

    def _member(self, found: re.Match[str]) -> str:
        before, quote, value = found[1], found[2], found[3]
        return f"{before}{quote}{self._value(value)}{quote}"

    def _value(self, value: str) -> str:
        return self._number(value) if re.fullmatch(r"\d{9,16}", value) else self._iso(value)

    def _number(self, text: str) -> str:
        """Seconds, milliseconds or microseconds of the epoch."""
        for scale in (1, 1_000, 1_000_000):
            seconds = int(text) / scale
            if abs(seconds - self.epoch.timestamp()) <= NEAR.total_seconds():
                return str(int(text) + round(self.by.total_seconds() * scale))
        return text

    def _iso(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return self._date(text)
        if not re.search(r"\d[T ]\d", text):
            return text  # a day alone is no moment
        places = len(re.sub(r".*\d:\d\d:\d\d(?:\.(\d+))?.*", r"\1", text)) if "." in text else 0
        spec = "microseconds" if places > 3 else "milliseconds" if places else "seconds"
        moved = self.moment(moment).isoformat(sep=text[10], timespec=spec)
        return moved.replace("+00:00", "Z") if text.endswith("Z") else moved

    def _jwt(self, found: re.Match[str]) -> str:
        """A JWT with its claims moved. Nobody here could sign it anew, and nobody verifies it."""
        padded = found[2] + "=" * (-len(found[2]) % 4)
        try:
            claims = json.loads(base64.urlsafe_b64decode(padded))
        except (ValueError, RecursionError):
            return found[0]
        if not isinstance(claims, dict):
            return found[0]
        for name in CLAIMS & claims.keys():
            value = claims[name]
            if isinstance(value, int) and not isinstance(value, bool):
                claims[name] = int(self._number(str(value)))
        packed = json.dumps(claims, separators=(",", ":")).encode()
        moved = base64.urlsafe_b64encode(packed).decode().rstrip("=")
        return f"{found[1]}.{moved}.{found[3]}"


def _members(names: frozenset[str]) -> re.Pattern[str]:
    """Members of these names with a number or a text behind them, in JSON or in a script.

    Every run is bounded: a body is anybody's, and could be written to take hours.
    """
    named = "|".join(sorted(map(re.escape, names | CLAIMS)))
    return re.compile(
        rf"""((?<![\w-])["']?(?:{named})["']?\s{{0,9}}:\s{{0,9}})(["']?)([^"',}}\]\s][^"'}}\]]{{0,80}}?)\2(?=\s{{0,99}}[,}}\]])"""
    )
