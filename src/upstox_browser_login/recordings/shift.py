"""Moves the times in recorded headers and bodies to when a recording is replayed."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import unquote

from .times import HEADERS, NEAR, quoted_like
from .tokens import WebToken, claims, with_tokens_replaced

CLAIMS = frozenset({"iat", "exp", "nbf"})
"""Members of a JWT, and of many an answer, that hold a time."""

_EXPIRES = re.compile(r"(?i)(;\s*expires=)([^;]+)")
_MEMBER = re.compile(
    # Its name, in quotes or as a script may have it, and a number or a text behind it. Every run
    # is bounded, or is read once: a body is anybody's, and could be written to take hours.
    r"""((?:(["'])(?P<quoted>[^"'\n]{1,100}+)\2|(?<![\w$.-])(?P<bare>[\w$.-]{1,100}+))"""
    r"""\s{0,9}+:\s{0,9}+)(?:(?P<quote>["'])(?P<text>[^"'}\]]{1,81}+)(?P=quote)"""
    r"""|(?P<number>[\w.+-]{1,81}+))(?=\s{0,99}+[,}\]])"""
)
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
        names = self.fields | CLAIMS
        moved = _MEMBER.sub(lambda found: self._member(found, names), text)
        return with_tokens_replaced(moved, self._token)

    def _member(self, found: re.Match[str], names: frozenset[str]) -> str:
        if (found["quoted"] or found["bare"]) not in names:
            return found[0]
        quote = found["quote"] or ""
        return f"{found[1]}{quote}{self._value(found['text'] or found['number'])}{quote}"

    def _value(self, value: str) -> str:
        plain = unquote(value)
        moved = self._number(plain) if re.fullmatch(r"\d{9,16}", plain) else self._iso(plain)
        return value if moved == plain else quoted_like(value, moved)

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

    def _token(self, token: WebToken) -> str:
        """A JWT with its claims moved. Nobody here could sign it anew, and nobody verifies it."""
        told = claims(token.claims)
        if not isinstance(told, dict):
            return str(token)
        for name in CLAIMS & told.keys():
            value = told[name]
            if isinstance(value, int) and not isinstance(value, bool):
                told[name] = int(self._number(str(value)))
        packed = json.dumps(told, separators=(",", ":")).encode()
        moved = base64.urlsafe_b64encode(packed).decode().rstrip("=")
        return f"{token.head}.{moved}.{token.signature}"
