"""What is kept of an account: a versioned JSON document without a secret in it.

PINs are recognised by scrypt with the ledger's own salt, since a plain or keyed hash of four to
six digits is searched through in a blink; codes, dead within a minute or two, by HMAC.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

LONGEST_COOL_DOWN = 86_400.0
"""Seconds. The doubling ends at a day, and no clock that jumps makes a cool-down longer."""

COST = 2**14
"""scrypt's n, part of the document's version: 16 MiB and 50 to 100 ms for one guess."""

MAX_FAILURES = 1000
"""Where counting stops; the cool-down has long been at its longest."""

DEAD_TOKEN = "dead token"  # noqa: S105  (a word of the history)
"""The outcome of a login whose token was dead when it came."""

_CODES = 32
_EVENTS = 50

What = Literal["code", "pin", "login", "unlock"]
Seconds = Annotated[float, Field(ge=0, lt=253_370_000_000)]  # of the epoch, as datetime can show
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Word = Annotated[str, Field(max_length=40)]


class _Model(BaseModel):
    # Unknown members are refused, not dropped: a newer version's rules would be lost on writing.
    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        validate_assignment=True,
    )


class SentPin(_Model):
    """A PIN that was sent. `refused` is False as long as no outcome has come.

    `times` is how often it may have left: when a connection breaks, Chromium sends the request
    once more by itself.
    """

    at: Seconds
    fingerprint: Digest
    refused: bool
    times: Annotated[int, Field(ge=1, le=2)]


class SentCode(_Model):
    """A code that was sent, for the window that starts at `window * period`."""

    window: Annotated[int, Field(ge=0, lt=2**40)]
    period: Annotated[int, Field(ge=1, le=3600)]
    digest: Digest


class Wait(_Model):
    """A cool-down: its end, and how long it was when it began."""

    until: Seconds
    seconds: Annotated[float, Field(gt=0, le=LONGEST_COOL_DOWN)]
    upstox_code: Word | None


class Entry(_Model):
    """A line of the history."""

    at: Seconds
    what: What
    outcome: Word | None
    upstox_code: Word | None


class State(_Model):
    """The document. `pins` are those since the last login, `code_failures` runs in a row.

    No member has a default: what is missing from a document was lost, not empty.
    """

    version: Literal[1]
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    pins: list[SentPin]
    codes: list[SentCode]
    code_failures: Annotated[int, Field(ge=0, le=MAX_FAILURES)]
    cool_down: Wait | None
    rate_limit: Wait | None
    locked_at: Seconds | None
    entries: list[Entry]

    @classmethod
    def new(cls) -> Self:
        """Begin a ledger."""
        return cls(
            version=1,
            salt=secrets.token_hex(16),
            pins=[],
            codes=[],
            code_failures=0,
            cool_down=None,
            rate_limit=None,
            locked_at=None,
            entries=[],
        )

    def fingerprint(self, pin: str) -> str:
        """Turn the PIN into what it is recognised by here. Slow on purpose."""
        salt = bytes.fromhex(self.salt)
        return hashlib.scrypt(
            pin.encode(), salt=salt, n=COST, r=8, p=1, maxmem=2**26, dklen=32
        ).hex()

    def digest(self, code: str) -> str:
        """Turn the code into what it is recognised by here."""
        return hmac.new(bytes.fromhex(self.salt), code.encode(), hashlib.sha256).hexdigest()

    def was_sent(self, code: str) -> bool:
        """Tell whether this very code is among the last few sent."""
        digest = self.digest(code)
        return any(each.digest == digest for each in self.codes)

    def add_code(self, code: str, window: int, period: int) -> None:
        """Remember a code, and forget the oldest."""
        sent = SentCode(window=window, period=period, digest=self.digest(code))
        self.codes = [*self.codes, sent][-_CODES:]

    def add_pin(self, at: float, pin: str) -> None:
        """Remember a PIN as sent, without an outcome."""
        sent = SentPin(at=at, fingerprint=self.fingerprint(pin), refused=False, times=1)
        self.pins = [*self.pins, sent]

    def pin_broke_off(self) -> None:
        """The connection broke under the PIN sent last: it may have left twice."""
        waiting = [each for each in self.pins if not each.refused]
        if waiting:
            waiting[-1].times = 2

    def refuse_pin(self, at: float, pin: str) -> None:
        """Give the PIN last sent its outcome; a PIN that was not announced is added."""
        fingerprint = self.fingerprint(pin)
        for each in reversed(self.pins):
            if each.fingerprint == fingerprint:
                each.refused = True
                return
        sent = SentPin(at=at, fingerprint=fingerprint, refused=True, times=1)
        self.pins = [*self.pins, sent]

    def add_entry(
        self, at: float, what: What, outcome: str | None, upstox_code: str | None = None
    ) -> None:
        """Add a line to the history. A line of its kind that was left open becomes "unknown"."""
        self.close_entry(what, "unknown")
        entry = Entry(at=at, what=what, outcome=outcome, upstox_code=upstox_code)
        self.entries = [*self.entries, entry][-_EVENTS:]

    def close_entry(self, what: What, outcome: str, upstox_code: str | None = None) -> bool:
        """Write the outcome into the line that waits for it, if there is one."""
        waiting = [each for each in self.entries if each.what == what and each.outcome is None]
        for each in waiting:
            each.outcome, each.upstox_code = outcome, upstox_code
        return bool(waiting)

    @property
    def dead_tokens(self) -> int:
        """Count the logins, in a row and up to now, whose token was dead when it came."""
        count = 0
        for each in reversed(self.entries):
            if each.what == "unlock" or each.outcome == "succeeded":
                break
            count += each.outcome == DEAD_TOKEN
        return count

    def settle(self, now: float) -> bool:
        """See that no wait is longer than it was when it began, wherever the clock has gone since.

        True where one was: the clock has been set back.
        """
        late = [
            wait
            for wait in (self.cool_down, self.rate_limit)
            if wait is not None and wait.until > now + wait.seconds
        ]
        for wait in late:
            wait.until = now + wait.seconds
        return bool(late)

    def forgive(self) -> None:
        """Forget everything that stands in the way of a login; spent codes stay spent."""
        self.pins, self.code_failures = [], 0
        self.cool_down = self.rate_limit = self.locked_at = None
