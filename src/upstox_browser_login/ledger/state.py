"""What is kept of an account: a versioned JSON document without a secret in it.

The document is kept in several places at once (a Redis, each machine's copy), which may go apart.
So each thing in it has the random name of its run and a stamp, and nothing is forgiven by being
removed: a success or an unlock is kept as the stamp up to which everything is forgiven.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel

from .fingerprint import code_digest, new_salt
from .parts import Entry, FailedRun, Locked, Part, RateLimit, SentCode, SentPin, Stamp, Wait, What
from .strict import STRICT

MAX_FAILED_RUNS = 16
"""So many runs with a refused code are kept; the cool-down has long been at its longest."""

PASSWORD = "password sent"  # noqa: S105  (a word of the history)
"""The outcome of a password as long as Upstox has not taken it; it counts as a refused code."""

DEAD_TOKEN = "dead token"  # noqa: S105  (a word of the history)
"""The outcome of a login whose token was dead when it came."""

LOGGED_OUT = "logged out"
"""The outcome of a login whose token a person has thrown away here, which others follow."""

_CODES = 32
_EVENTS = 50


class State(BaseModel):
    """The document.

    What has a stamp up to `forgiven` (the last success or unlock) is dropped; so are PINs of
    unknown fate up to `pins_accepted`, and failed runs up to `codes_accepted`.
    No member has a default: what is missing from a document was lost, not empty.
    """

    model_config = STRICT

    version: Literal[2]
    pins: list[SentPin]
    codes: list[SentCode]
    failed_runs: list[FailedRun]
    rate_limit: RateLimit | None
    locked: Locked | None
    entries: list[Entry]
    forgiven: Stamp
    pins_accepted: Stamp
    codes_accepted: Stamp

    @classmethod
    def new(cls) -> Self:
        """Begin a ledger."""
        return cls(
            version=2,
            pins=[],
            codes=[],
            failed_runs=[],
            rate_limit=None,
            locked=None,
            entries=[],
            forgiven=0,
            pins_accepted=0,
            codes_accepted=0,
        )

    def next_stamp(self, upstox_time: float) -> int:
        """Make the stamp of what happens now, later than all others whatever the clocks say."""
        single = [each for each in (self.rate_limit, self.locked) if each is not None]
        parts: list[Part] = [
            *self.pins, *self.codes, *self.failed_runs, *self.entries, *single
        ]  # fmt: skip
        marks = [self.forgiven, self.pins_accepted, self.codes_accepted]
        return max(int(upstox_time * 1000), max([*marks, *(each.stamp for each in parts)]) + 1)

    def was_sent(self, code: str) -> bool:
        """Tell whether this very code is among the last few sent."""
        return any(each.digest == code_digest(each.salt, code) for each in self.codes)

    def add_code(self, stamp: int, code: str, window: int, period: int) -> SentCode:
        """Remember a code, and forget the oldest."""
        salt = new_salt()
        sent = SentCode(
            stamp=stamp,
            window=window,
            period=period,
            salt=salt,
            digest=code_digest(salt, code),
            times=1,
        )
        self.codes = [*self.codes, sent][-_CODES:]
        return sent

    def count_code_twice(self, sent: SentCode) -> None:
        """Note that the browser may have sent this code again by itself."""
        for each in self.codes:
            if each.identity == sent.identity:
                each.times = max(each.times, 2)

    def pin_of(self, run: str) -> SentPin | None:
        """Return the PIN that `run` has sent, None where it is forgiven."""
        return next((each for each in self.pins if each.run == run), None)

    def put_pin(self, sent: SentPin) -> None:
        """Remember a PIN in place of what was known of the same run."""
        self.drop_pin(sent.run)
        self.pins = [*self.pins, sent]

    def drop_pin(self, run: str) -> None:
        """Forget the PIN of `run`, which has not left."""
        self.pins = [each for each in self.pins if each.run != run]

    def put_failed_run(self, failed: FailedRun) -> None:
        """Remember a run whose code was refused, and forget the oldest."""
        others = [each for each in self.failed_runs if each.run != failed.run]
        self.failed_runs = [*others, failed]
        self.drop_oldest()

    def add_entry(self, entry: Entry) -> None:
        """Add a line to the history. A line of its kind that was left open becomes "unknown"."""
        for each in self.entries:
            if each.what == entry.what and each.outcome is None:
                each.outcome = "unknown"
        self.entries = [*self.entries, entry]
        self.drop_oldest()

    def close_entry(
        self, run: str, what: What, outcome: str, upstox_code: str | None = None
    ) -> bool:
        """Write the outcome into the line of `run` that waits for it, if there is one."""
        waiting = [
            each
            for each in self.entries
            if (each.run, each.what) == (run, what) and each.outcome in {None, "unknown"}
        ]
        for each in waiting[-1:]:
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

    def brought_dead_token(self, run: str) -> bool:
        """Tell whether this run ended with a token that was dead when it came."""
        return any(each.run == run and each.outcome == DEAD_TOKEN for each in self.entries)

    def failed_by_password(self, run: str) -> bool:
        """Tell whether what failed last in this run was a password, and no code."""
        told = [each.outcome for each in self.entries if each.run == run and each.what == "code"]
        return told[-1:] == [PASSWORD]

    def drop_oldest(self) -> None:
        """Keep the history, and the list of failed runs, from growing for ever."""
        self.failed_runs = self.failed_runs[-MAX_FAILED_RUNS:]
        self.entries = self.entries[-_EVENTS:]

    def settle(self, now: float) -> bool:
        """Shorten waits that began while this machine's clock was ahead, and was then set back.

        True if there was one. A clock that is behind now shortens no wait, which would be lost
        when the clock is right again.
        """
        waits: list[Wait] = [*self.failed_runs]
        if self.rate_limit is not None:
            waits.append(self.rate_limit)
        late = [wait for wait in waits if wait.began_ahead and wait.until > now + wait.seconds]
        for wait in late:
            wait.until = now + wait.seconds
        return bool(late)

    def forgive(self, stamp: int) -> None:
        """Forget everything that stands in the way of a login; spent codes stay spent."""
        self.forgiven = stamp
        self.drop_forgiven()

    def accept_pin(self, stamp: int) -> None:
        """Forget the PINs of unknown fate: Upstox has taken one, and counts anew."""
        self.pins_accepted = stamp
        self.drop_forgiven()

    def accept_code(self, stamp: int) -> None:
        """Forget the runs whose codes were refused."""
        self.codes_accepted = stamp
        self.drop_forgiven()

    def drop_forgiven(self) -> None:
        """Drop what one of the three marks forgives."""
        unknown = max(self.forgiven, self.pins_accepted)
        failed = max(self.forgiven, self.codes_accepted)
        self.pins = [
            each for each in self.pins if each.stamp > (self.forgiven if each.refused else unknown)
        ]
        self.failed_runs = [each for each in self.failed_runs if each.stamp > failed]
        if self.rate_limit is not None and self.rate_limit.stamp <= self.forgiven:
            self.rate_limit = None
        if self.locked is not None and self.locked.stamp <= self.forgiven:
            self.locked = None
