"""What is to be done now: a pure function of the present state, which is asked again and again.

It has no memory and no timer. So a machine that slept, a clock that was set and a program that was
started anew need nothing of their own: the next answer is the right one for what is true then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from enum import Enum

from msgspec import Struct

from upstox_browser_login.ledger import Block
from upstox_browser_login.token import EXPIRY, IST, expiry_of

from .calendar import Days, Exchange, Session, ordinary_session
from .outcomes import Again, again_after

FIRST_MINUTE = dt.time(3, 35)
"""Of the daily login, India time: five minutes after the tokens of the day before have died."""

SPREAD = dt.timedelta(minutes=10)
"""Accounts are spread over so long, so that not all of them come to Upstox at the same moment."""

FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(minutes=30)
HOURLY = dt.timedelta(hours=1)
UNANSWERED = dt.timedelta(minutes=5)
"""After which Upstox is asked about a token again, where it gave no answer the last time."""

LONGEST_PAUSE_OF_SPENT = dt.timedelta(hours=4)
"""Of logins that have each sent a TOTP code or a PIN; the first pause after one is of an hour."""

NINE = dt.time(9, 0)
"""A try is made then, since trading begins at 09:15."""

PIN_PAUSE = dt.timedelta(minutes=15)
"""No second PIN sooner than this, whatever became of the first: a program that was killed may not
know that it was refused, and a store that loses tokens must not lead to one login after another."""

MOST_LOGINS = 6
"""Logins between one 03:30 and the next that may send a TOTP code or a PIN, whatever becomes of
them, a person's own among them. With the pauses above the last of them is after 09:00."""

UNPAUSED_LOGINS = 3
"""Logins of one day that follow one another without a further pause: the day's own, and two for
tokens that were revoked. Where tokens go on to be lost, another login helps as little."""

LONGER_AND_LONGER = dt.timedelta(hours=2)
"""The pause after that login; it doubles with each further one of the day."""

DAYS_ARE_FRESH = dt.timedelta(hours=20)
DAYS_ARE_ASKED_AGAIN = dt.timedelta(hours=1)

_SECOND = dt.timedelta(seconds=1)

_EVENING = 2 * HOURLY
"""How long a failed login of a `--time` behind the exchange's close may be tried again."""

_A_RUN = dt.timedelta(minutes=5)
"""The longest time that a run of `--once` usually takes."""

_LOOK_AHEAD = 30
"""Days in which the next login is looked for; no exchange is closed for so long."""


class Wishes(Struct, frozen=True):
    """What the user asked for."""

    at: dt.time | None = None
    """When to log in, India time; None for the default, which is `offset` after `FIRST_MINUTE`."""
    offset: dt.timedelta = dt.timedelta(0)
    trading_days: bool = False
    exchange: Exchange = "NSE"
    once: bool = False
    """Another scheduler, such as cron, chooses the time: log in now if no token is valid and the
    day's login is due."""


class Failure(Struct, frozen=True):
    """The last login, if it failed."""

    at: dt.datetime
    code: str
    count: int = 1
    """So many in a row between one 03:30 and the next."""
    message: str = ""
    hint: str = ""
    upstox_code: str | None = None
    spent: bool = False
    """Its login has sent a TOTP code or a PIN."""
    lifted: bool = False
    """A setting has changed since, or a person has run `unlock`."""


class Present(Struct, frozen=True):
    """Everything that the plan depends on."""

    now: dt.datetime
    token_until: dt.datetime | None = None
    """When the stored token dies; None where none is stored, or it is dead."""
    checked_at: dt.datetime | None = None
    """When Upstox was last asked about the token, or when it gave it out."""
    block: Block | Stop | None = None
    """What the ledger says against a login; a stop where it cannot be read."""
    pin_sent_at: dt.datetime | None = None
    """When a PIN was last sent."""
    tries: tuple[dt.datetime, ...] = ()
    """When logins sent a TOTP code or a PIN, oldest first."""
    logins: tuple[dt.datetime, ...] = ()
    """When daily logins for this app brought a token, oldest first; without those that a person has
    thrown away here."""
    failure: Failure | None = None
    days: Days | None = None
    days_asked_at: dt.datetime | None = None


class Why(Enum):
    """Why nothing is done for a while."""

    VALID = "the token is valid"
    NOT_DUE = "the day's login is not due yet"
    CLOSED = "the exchange is closed"
    PAUSE = "the last login failed"
    BLOCKED = "a login may not be tried"
    LOST = "one token after another was lost"
    UNSET = "a setting cannot be fetched"
    GIVEN_UP = "no further login is tried today"


class LogIn(Struct, frozen=True):
    """Log in now."""

    days_unknown: bool = False
    """Whether this is a trading day could not be found out."""


class CheckToken(Struct, frozen=True):
    """Ask Upstox whether it still accepts the token."""


class AskForDays(Struct, frozen=True):
    """Ask Upstox on which days the exchange is closed."""


class Wait(Struct, frozen=True):
    """Do nothing until then."""

    until: dt.datetime
    why: Why
    text: str
    """For people, a sentence."""
    failure: str = ""
    """The error of the last login: the beginning of `text`, which may have been shown by now."""
    upstox_code: str | None = None
    """Upstox's own code of that error."""
    hint: str = ""
    """What a person can do where past logins allow none before; empty where one may be tried."""
    code: str = "COOLING_DOWN"
    """The code under which a run of --once ends: `RATE_LIMITED` where Upstox asked for the wait."""

    @property
    def rest(self) -> str:
        """The text without the failure."""
        return self.text.removeprefix(self.failure).lstrip()


class Stop(Struct, frozen=True):
    """Do nothing until a person has acted, or what was looked at has changed."""

    code: str
    text: str
    hint: str
    upstox_code: str | None = None


Action = LogIn | CheckToken | AskForDays | Wait | Stop


def offset_of(username: str, client_secret: str) -> dt.timedelta:
    """How long after `FIRST_MINUTE` this account logs in, always the same.

    Keyed with the client secret, since the time can be seen from outside and a mobile number can
    be guessed: without the key it says nothing of the number.
    """
    digest = hmac.digest(client_secret.encode(), f"daily login {username}".encode(), hashlib.sha256)
    return dt.timedelta(seconds=int.from_bytes(digest[:8], "big") % int(SPREAD.total_seconds() + 1))


def decide(present: Present, wishes: Wishes) -> Action:
    """What to do now."""
    now = present.now.astimezone(IST)
    if present.token_until is not None and present.token_until > now:
        return _with_token(present, present.token_until, wishes, now)
    today = now.date()
    due = due_on(today, wishes, now)
    days = present.days if present.days is not None and present.days.knows(today) else None
    if now < due:
        if wishes.trading_days and days and days.session(today, wishes.exchange) is None:
            return _closed(days, present, wishes, now)
        text = f"The day's login is due at {clock_time(due)}"
        text += "; `upstox-browser-login login` tries at once." if wishes.once else "."
        return Wait(due, Why.NOT_DUE, text)
    if wishes.trading_days and _want_days(present, days, now):
        return AskForDays()
    session = ordinary_session(today, wishes.exchange)
    if wishes.trading_days and days is not None:
        listed = days.session(today, wishes.exchange)
        if listed is None:
            return _closed(days, present, wishes, now)
        session = listed
    standing = _standing(present, wishes, now, session)
    return LogIn(wishes.trading_days and days is None) if standing is None else standing


def _closed(days: Days, present: Present, wishes: Wishes, now: dt.datetime) -> Wait:
    following = next_due(present, wishes, now)
    return Wait(
        following,
        Why.CLOSED,
        f"{wishes.exchange} is closed today ({days.why_closed(now.date())}); the next login is at "
        f"{moment(following)}.",
    )


def _with_token(
    present: Present, token_until: dt.datetime, wishes: Wishes, now: dt.datetime
) -> Action:
    checked = present.checked_at
    # A check in the future was made before the machine's clock was set back.
    if checked is None or not dt.timedelta(0) <= now - checked < HOURLY:
        return CheckToken()
    text = f"The token is valid until {moment(token_until)}"
    if not wishes.once:
        text += f"; the next login is at {moment(next_due(present, wishes, token_until))}"
    return Wait(min(token_until, checked + HOURLY), Why.VALID, f"{text}.")


def _want_days(present: Present, days: Days | None, now: dt.datetime) -> bool:
    asked = present.days_asked_at
    if asked is not None and dt.timedelta(0) <= now - asked < DAYS_ARE_ASKED_AGAIN:
        return False
    if days is None:
        return True
    age = now - dt.datetime.fromtimestamp(days.fetched_at, IST)
    return not dt.timedelta(0) <= age < DAYS_ARE_FRESH


def _standing(
    present: Present, wishes: Wishes, now: dt.datetime, session: Session
) -> Wait | Stop | None:
    """What stands in the way of a login that is due."""
    block = present.block
    if isinstance(block, Stop):
        return block
    if block is not None and block.until is None:
        return Stop(block.code, block.reason, block.hint, block.upstox_code)
    if block is not None and block.until is not None and block.until > now:
        return Wait(
            block.until,
            Why.BLOCKED,
            block.reason,
            upstox_code=block.upstox_code,
            hint=block.hint,
            code=block.code,
        )
    if (enough := _enough(present, wishes, now)) is not None:
        return enough
    failure = present.failure
    if failure is not None and not failure.lifted:
        paused = _after(failure, present, wishes, now, session)
        if paused is not None:
            return paused
    if (lost := _lost(present, now)) is not None:
        return lost
    sent = present.pin_sent_at
    # Also a time in the near future: the clock may have been set back a little since.
    if sent is not None and -PIN_PAUSE < now - sent < PIN_PAUSE:
        until = sent + PIN_PAUSE
        return Wait(
            until,
            Why.BLOCKED,
            f"A PIN was sent at {clock_time(sent)}, and no token is there; the next login is at "
            f"{clock_time(until)}.",
        )
    return None


def _last_expiry(now: dt.datetime) -> dt.datetime:
    """The last 03:30 in India, when all tokens expired; logins are counted per day from there."""
    return expiry_of(now) - dt.timedelta(days=1)


def _due_on_next_day(present: Present, wishes: Wishes, now: dt.datetime) -> dt.datetime:
    """When a login is due after the next 03:30, with which another day of logins begins."""
    return next_due(present, wishes, expiry_of(now) - _SECOND)


def _enough(present: Present, wishes: Wishes, now: dt.datetime) -> Wait | None:
    """The wait until the next day's login after `MOST_LOGINS` tries; None before that."""
    since = _last_expiry(now)
    tries = sum(since <= each <= now for each in present.tries)
    if tries < MOST_LOGINS:
        return None
    following = _due_on_next_day(present, wishes, now)
    failure = present.failure
    if failure is not None and failure.at < since:
        failure = None
    why = "" if failure is None else failure.message
    return Wait(
        following,
        Why.GIVEN_UP,
        f"{why} {tries} logins since {clock_time(since)} have each sent a TOTP code or a PIN, and "
        f"no token is valid; the next login is at {moment(following)}.".lstrip(),
        why,
        None if failure is None else failure.upstox_code,
    )


def _lost(present: Present, now: dt.datetime) -> Wait | None:
    """The wait after several logins of a day whose tokens were all lost; None before that.

    Otherwise a login every hour would send the PIN to an API that calls every token dead.
    """
    since = _last_expiry(now)
    logins = [each for each in present.logins if since <= each <= now]
    more = len(logins) - UNPAUSED_LOGINS
    if more < 0:
        return None
    tomorrow = expiry_of(now)
    until = min(logins[-1] + growing(LONGER_AND_LONGER, more + 1, tomorrow - since), tomorrow)
    if until <= now:
        return None
    return Wait(
        until,
        Why.LOST,
        f"{len(logins)} logins since {clock_time(since)} have each brought a token, and none of "
        f"them is valid any more; the next login is at {moment(until)}.",
    )


def _after(
    failure: Failure, present: Present, wishes: Wishes, now: dt.datetime, session: Session
) -> Wait | Stop | None:
    """The wait or stop after a failed login; None where the next login may begin."""
    at, again = failure.at.astimezone(IST), again_after(failure.code, spent=failure.spent)
    if again is Again.NEVER:
        return Stop(failure.code, failure.message, failure.hint, failure.upstox_code)
    # A failure in the future was noted before the machine's clock was set back.
    if at > now:
        return None
    if at < _last_expiry(now):
        return None
    if again is Again.TOMORROW:
        return _given_up(failure, _due_on_next_day(present, wishes, now), now)
    if failure.code == "INTERRUPTED":
        # The cause is not Upstox, so that only repeated interruptions lead to a longer wait.
        retry = at + growing(FIRST_PAUSE, failure.count, LONGEST_PAUSE)
        return _pause(failure, retry) if retry > now else None
    retry = retry_after(at, failure.count, spent=again is Again.LATER)
    if wishes.once and retry - at >= HOURLY:
        # An hourly run begins a little less than an hour after the end of the last one's login.
        retry -= _A_RUN
    closes = max(session.closes, _evening_ends(now, wishes))
    if retry >= closes:
        return _given_up(failure, next_due(present, wishes, now), now)
    if retry > now:
        return _pause(failure, retry)
    # The machine slept until the exchange had closed.
    if now < closes:
        return None
    return _given_up(failure, next_due(present, wishes, now), now)


def _evening_ends(now: dt.datetime, wishes: Wishes) -> dt.datetime:
    """Until when a login of this day is tried where it is wanted behind the exchange's close."""
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), IST)
    return min(due_on(now.date(), wishes, now) + _EVENING, midnight)


def _pause(failure: Failure, retry: dt.datetime) -> Wait:
    text = f"{failure.message} The next login is at {clock_time(retry)}."
    return Wait(retry, Why.PAUSE, text, failure.message, failure.upstox_code)


def _given_up(failure: Failure, following: dt.datetime, now: dt.datetime) -> Wait:
    which = "today" if now.time() >= EXPIRY else "tonight"
    return Wait(
        following,
        Why.GIVEN_UP,
        f"{failure.message} No further login is tried {which}; the next is at {moment(following)}.",
        failure.message,
        failure.upstox_code,
    )


def retry_after(at: dt.datetime, count: int, *, spent: bool = False) -> dt.datetime:
    """When to try again after the failure number `count` since 03:30, which was at `at`.

    `spent`: it has cost a TOTP code or a PIN.
    """
    at = at.astimezone(IST)
    nine = dt.datetime.combine(at.date(), NINE, IST)
    first = HOURLY if spent else FIRST_PAUSE
    if at >= nine:
        # Short ones, too: a laptop that wakes now has no network for a moment, and trading begins.
        return at + growing(first, count, max(first, LONGEST_PAUSE))
    longest = LONGEST_PAUSE_OF_SPENT if spent else LONGEST_PAUSE
    return min(at + growing(first, count, longest), max(nine, at + first))


def fetch_again(at: dt.datetime, count: int, message: str) -> Wait:
    """The wait after settings could not be fetched for the time number `count`, at `at`.

    Each try may run a command that asks a person, so that the pauses grow.
    """
    until = at + growing(FIRST_PAUSE, count, LONGEST_PAUSE)
    text = f"{message} It is tried again at {clock_time(until)}."
    return Wait(until, Why.UNSET, text, message)


def growing(first: dt.timedelta, count: int, longest: dt.timedelta) -> dt.timedelta:
    """The pause number `count`: each is twice the one before it, up to the longest."""
    return min(first * (1 << min(count - 1, 10)), longest)


def due_on(day: dt.date, wishes: Wishes, now: dt.datetime | None = None) -> dt.datetime:
    """From when on the day's login is due, as seen from `now`.

    A wish for a time before 03:30 is for a token that dies at 03:30. From then on the day's login
    is due at the default time, since there is to be a valid token.
    """
    dead = dt.datetime.combine(day, EXPIRY, IST)
    default = dt.datetime.combine(day, FIRST_MINUTE, IST) + wishes.offset
    if wishes.at is None:
        # A scheduler that runs once a day at 03:30 would otherwise never log in.
        return dead if wishes.once else default
    wished = dt.datetime.combine(day, wishes.at, IST)
    if wished < dead and now is not None and now >= dead:
        return default
    return wished


def next_due(present: Present, wishes: Wishes, after: dt.datetime) -> dt.datetime:
    """The next time at which a login is due, on a day on which it is wanted."""
    after = after.astimezone(IST)
    days = present.days
    for ahead in range(_LOOK_AHEAD):
        day = after.date() + dt.timedelta(days=ahead)
        due = due_on(day, wishes, after)
        if due <= after:
            # A wish for a time before 03:30 is followed by a login at the default time.
            due = due_on(day, wishes, dt.datetime.combine(day, EXPIRY, IST))
        if due <= after:
            continue
        listed = wishes.trading_days and days is not None and days.knows(day)
        if listed and days is not None and days.session(day, wishes.exchange) is None:
            continue
        return due
    return after + dt.timedelta(days=_LOOK_AHEAD)


def too_early(wishes: Wishes) -> str | None:
    """The warning about a time of login so early that the token soon expires at 03:30."""
    if wishes.at is None or wishes.at >= EXPIRY:
        return None
    lives = dt.datetime.combine(dt.date(2000, 1, 1), EXPIRY) - dt.datetime.combine(
        dt.date(2000, 1, 1), wishes.at
    )
    minutes = int(lives.total_seconds() // 60)
    return (
        f"A token of {wishes.at:%H:%M} IST dies at 03:30 IST the same night, after "
        f"{minutes} minutes, and another login has to follow. Use --time 03:35 or later, or leave "
        "--time out."
    )


def clock_time(at: dt.datetime) -> str:
    """A time in India, without its day."""
    return f"{at.astimezone(IST):%H:%M} IST"


def moment(at: dt.datetime) -> str:
    """A time in India with its day."""
    india = at.astimezone(IST)
    return f"{india:%H:%M} IST on {india:%a} {india.day} {india:%b}"
