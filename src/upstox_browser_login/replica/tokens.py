"""Access tokens: made, checked, revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import jwt

from .account import Account
from .dice import Dice

INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30), "IST")
_END_OF_DAY = dt.time(3, 30)


def next_end(now: float) -> float:
    """Return the next 03:30 in India after *now*; at 03:30:00 exactly it is tomorrow's."""
    moment = dt.datetime.fromtimestamp(now, INDIA)
    end = dt.datetime.combine(moment.date(), _END_OF_DAY, INDIA)
    if moment >= end:
        end += dt.timedelta(days=1)
    return end.timestamp()


class Mint:
    """Makes access tokens and remembers which ones are good."""

    def __init__(self, account: Account, now: Callable[[], float], dice: Dice) -> None:
        """Make tokens for *account*, signed with a key that nobody else has."""
        self._account = account
        self._now = now
        self._dice = dice
        self._key = dice.text(48)
        self._ends: dict[str, float] = {}
        self._revoked: set[str] = set()
        self._extended: str | None = None

    def access_token(self, *, opaque: bool = False) -> str:
        """Return a token that is good until the next 03:30 India time."""
        now = self._now()
        end = next_end(now)
        token = self._dice.text(64) if opaque else self._jwt(now, end)
        self._ends[token] = end
        return token

    def extended_token(self, *, refresh: bool = False) -> str:
        """Return the read-only token of a year, the same each time until it is refreshed."""
        if self._extended is None or refresh:
            now = self._now()
            self._extended = self._jwt(now, now + 365 * 86400, isExtended=True)
        return self._extended

    def _jwt(self, now: float, end: float, **more: bool) -> str:
        claims = {
            "sub": self._account.user_id,
            "jti": self._dice.text(24, "0123456789abcdef"),
            "isMultiClient": False,
            "isPlusPlan": False,
            "iat": int(now),
            "iss": "udapi-gateway-service",
            "exp": int(end),
            **more,
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    def is_good(self, token: str) -> bool:
        """Whether *token* was made here, is not revoked and has not ended."""
        end = self._ends.get(token)
        return end is not None and token not in self._revoked and self._now() < end

    def revoke(self, token: str) -> None:
        """End *token* now."""
        self._revoked.add(token)

    def end_of(self, token: str) -> float:
        """When *token* ends, in epoch seconds."""
        return self._ends[token]
