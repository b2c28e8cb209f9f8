"""The plan, as a table of what is true and what is to be done."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.daily.calendar import Days, Hours, ListedDay
from upstox_browser_login.daily.outcomes import AGAIN, Again
from upstox_browser_login.daily.plan import (
    HOURLY,
    LONGEST_PAUSE,
    MOST_LOGINS,
    PIN_PAUSE,
    SPREAD,
    AskForDays,
    CheckToken,
    Failure,
    LogIn,
    Present,
    Stop,
    Wait,
    Why,
    Wishes,
    decide,
    due_on,
    fetch_again,
    next_due,
    offset_of,
    retry_after,
    too_early,
)
from upstox_browser_login.ledger import Block
from upstox_browser_login.token import IST, expiry_of


def at(text: str) -> dt.datetime:
    """A time in India: "27 08:30" is of November 2026, whose 27th is a Friday."""
    return dt.datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=IST)


def days(fetched: str = "27 03:36", *listed: ListedDay) -> Days:
    return Days(version=1, source="here", fetched_at=at(fetched).timestamp(), days=listed)


HOLIDAY = ListedDay(
    date=dt.date(2026, 11, 27), description="Guru Nanak", kind="TRADING_HOLIDAY",
    closed=("NSE", "BSE"), open=()
)  # fmt: skip
TRADING = Wishes(trading_days=True)
ONCE = Wishes(once=True)


def valid(now: str, until: str, checked: str | None) -> Present:
    return Present(
        at(now),
        token_until=at(until),
        checked_at=None if checked is None else at(checked),
    )


def failed(now: str, code: str, when: str, **more: object) -> Present:
    failure = Failure(at(when), code, message="It failed.", hint="Mend it.", **more)  # type: ignore[arg-type]
    return Present(at(now), failure=failure)


# -- when ------------------------------------------------------------------------------------------


def test_waits_until_the_time_and_acts_at_once_when_started_later() -> None:
    waits = decide(Present(at("27 03:31")), Wishes())
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("27 03:35"), Why.NOT_DUE)
    for late in ("27 03:35", "27 08:00", "27 20:00", "28 11:00"):
        assert decide(Present(at(late)), Wishes()) == LogIn()


def test_nothing_is_due_in_the_last_hours_of_a_token() -> None:
    """At 01:00 a new token would be dead at 03:30, so the day's login is waited for."""
    waits = decide(Present(at("28 01:00")), Wishes())
    assert isinstance(waits, Wait)
    assert waits.until == at("28 03:35")


def test_a_wished_time_is_indian() -> None:
    wishes = Wishes(at=dt.time(8, 30))
    in_utc = at("27 08:29").astimezone(dt.UTC)
    waits = decide(Present(in_utc), wishes)
    assert isinstance(waits, Wait)
    assert waits.until == at("27 08:30")
    assert decide(Present(at("27 08:30").astimezone(dt.UTC)), wishes) == LogIn()


def test_a_time_before_half_past_three_is_warned_of_and_followed_by_another_login() -> None:
    wishes = Wishes(at=dt.time(2, 0), offset=dt.timedelta(minutes=4))
    warning = too_early(wishes)
    assert warning is not None
    assert "02:00 IST dies at 03:30 IST the same night, after 90 minutes" in warning
    assert "--time 03:35 or later" in warning
    assert decide(Present(at("27 02:00")), wishes) == LogIn()
    after_death = decide(Present(at("27 03:30")), wishes)
    assert isinstance(after_death, Wait)
    assert after_death.until == at("27 03:39")
    assert decide(Present(at("27 03:39")), wishes) == LogIn()
    assert decide(Present(at("27 10:00")), wishes) == LogIn()


@pytest.mark.parametrize("hour", [(3, 30), (3, 35), (8, 30)])
def test_a_good_time_is_not_warned_of(hour: tuple[int, int]) -> None:
    assert too_early(Wishes(at=dt.time(*hour))) is None
    assert too_early(Wishes()) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_every_account_has_its_own_minute(username: str, secret: str) -> None:
    """Always the same for an account, and within ten minutes."""
    offset = offset_of(username, secret)
    assert offset == offset_of(username, secret)
    assert dt.timedelta(0) <= offset <= SPREAD


def test_the_minute_tells_nothing_without_the_secret() -> None:
    """The same number has another minute with another app, so the minute is not the number's."""
    found = {offset_of("9876501234", f"secret {number}") for number in range(200)}
    assert len(found) > 100


def test_once_waits_for_the_day_to_begin_and_then_has_no_minute_of_its_own() -> None:
    """A token of 00:40 would cost a PIN and die at 03:30."""
    for night in ("27 00:00", "27 00:40", "27 03:29"):
        waits = decide(Present(at(night)), ONCE)
        assert isinstance(waits, Wait)
        assert (waits.until, waits.why) == (at("27 03:30"), Why.NOT_DUE)
        assert "`upstox-browser-login login` tries at once" in waits.text
    for day in ("27 03:30", "27 03:34", "27 23:59"):
        assert decide(Present(at(day)), ONCE) == LogIn()


def test_once_keeps_a_wished_time() -> None:
    wishes = replace(ONCE, at=dt.time(8, 30))
    waits = decide(Present(at("27 04:00")), wishes)
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("27 08:30"), Why.NOT_DUE)
    assert decide(Present(at("27 08:30")), wishes) == LogIn()
    early = replace(ONCE, at=dt.time(2, 0))
    assert isinstance(decide(Present(at("27 01:59")), early), Wait)
    assert decide(Present(at("27 02:00")), early) == LogIn()
    assert decide(Present(at("27 04:00")), early) == LogIn()


def test_once_after_a_closed_day_waits_for_the_login_that_it_told_of() -> None:
    """Where a task runs every hour, as on Windows."""
    on_sunday = decide(Present(at("29 23:40"), days=days("29 20:00")), replace(TRADING, once=True))
    assert isinstance(on_sunday, Wait)
    for hourly in ("30 00:40", "30 01:40", "30 02:40"):
        present = Present(at(hourly), days=days("29 20:00"))
        waits = decide(present, replace(TRADING, once=True))
        assert isinstance(waits, Wait)
        assert waits.until == on_sunday.until == at("30 03:30")


def test_a_closed_day_is_told_as_that_before_its_time_too() -> None:
    """A service that has no token then is as ready as one can be."""
    for early in ("29 00:01", "29 03:40", "29 08:59", "29 09:01"):
        present = Present(at(early), days=days("28 20:00"))
        waits = decide(present, replace(TRADING, at=dt.time(9, 0)))
        assert isinstance(waits, Wait), early
        assert (waits.why, waits.until) == (Why.CLOSED, at("30 09:00"))


# -- with a token ----------------------------------------------------------------------------------


def test_a_valid_token_is_kept_and_checked_every_hour() -> None:
    waits = decide(valid("27 08:00", "28 03:30", "27 07:30"), Wishes())
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("27 08:30"), Why.VALID)
    assert "the next login is at 03:35 IST on Sat 28 Nov" in waits.text
    assert decide(valid("27 08:30", "28 03:30", "27 07:30"), Wishes()) == CheckToken()
    assert decide(valid("27 08:30", "28 03:30", None), ONCE) == CheckToken()


def test_the_end_of_a_token_is_waited_for() -> None:
    waits = decide(valid("28 03:00", "28 03:30", "28 02:45"), Wishes())
    assert isinstance(waits, Wait)
    assert waits.until == at("28 03:30")


def test_a_clock_that_was_set_back_costs_one_check() -> None:
    assert decide(valid("27 08:00", "28 03:30", "27 11:00"), Wishes()) == CheckToken()


# -- days ------------------------------------------------------------------------------------------


def test_the_list_is_asked_for_when_a_login_is_due_and_once_an_hour() -> None:
    due = Present(at("27 08:00"))
    assert decide(due, TRADING) == AskForDays()
    assert decide(due, Wishes()) == LogIn()
    old = replace(due, days=days("25 03:36"))
    assert decide(old, TRADING) == AskForDays()
    asked = replace(due, days_asked_at=at("27 07:30"))
    assert decide(asked, TRADING) == LogIn(days_unknown=True)
    assert decide(replace(asked, days_asked_at=at("27 06:59")), TRADING) == AskForDays()


def test_an_old_list_is_better_than_none() -> None:
    present = Present(at("27 08:00"), days=days("20 03:36", HOLIDAY), days_asked_at=at("27 07:59"))
    assert isinstance(decide(present, TRADING), Wait)


def test_a_list_of_another_year_is_none() -> None:
    listed = Days(version=1, source="x", fetched_at=at("27 08:00").timestamp(), days=(HOLIDAY,))
    new_year = dt.datetime(2027, 1, 1, 8, tzinfo=IST)
    present = Present(new_year, days=listed, days_asked_at=new_year)
    assert decide(present, TRADING) == LogIn(days_unknown=True)


def test_no_login_on_a_closed_day() -> None:
    waits = decide(Present(at("27 08:00"), days=days("27 07:00", HOLIDAY)), TRADING)
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("30 03:35"), Why.CLOSED)
    assert "NSE is closed today (Guru Nanak)" in waits.text
    saturday = decide(Present(at("28 08:00"), days=days("28 07:00")), TRADING)
    assert isinstance(saturday, Wait)
    assert "closed today (a Saturday)" in saturday.text
    assert decide(Present(at("28 08:00"), days=days("28 07:00")), Wishes()) == LogIn()


def test_another_exchange_may_be_open() -> None:
    mcx = replace(TRADING, exchange="MCX")
    assert decide(Present(at("27 08:00"), days=days("27 07:00", HOLIDAY)), mcx) == LogIn()


def test_a_special_session_on_a_weekend_is_a_day_of_trading() -> None:
    """As on a Budget Sunday. What fails is tried again until that session closes."""
    opens, closes = at("29 09:15").timestamp(), at("29 12:00").timestamp()
    special = ListedDay(
        date=dt.date(2026, 11, 29), description="Budget", kind="SPECIAL_TIMING", closed=(),
        open=(Hours(exchange="NSE", start=opens, end=closes),)
    )  # fmt: skip
    known = days("29 03:36", special)
    assert decide(Present(at("29 08:00"), days=known), TRADING) == LogIn()
    assert next_due(Present(at("28 08:00"), days=known), TRADING, at("28 08:00")) == at("29 03:35")
    late = replace(failed("29 11:46", "NETWORK", "29 11:45", count=9), days=known)
    given_up = decide(late, TRADING)
    assert isinstance(given_up, Wait)
    assert (given_up.until, given_up.why) == (at("30 03:35"), Why.GIVEN_UP)


@pytest.mark.parametrize("once", [False, True])
def test_a_login_that_is_wanted_in_the_evening_is_tried_again_for_two_hours(once: bool) -> None:
    """Behind the exchange's close; a scheduler's run begins a little before its hour."""
    wishes = Wishes(at=dt.time(20), once=once)
    first = failed("27 20:01", "NETWORK", "27 20:01", spent=True)
    waits = decide(first, wishes)
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE
    again = replace(first, now=at("27 21:00") if once else at("27 21:01"))
    assert decide(again, wishes) == LogIn()
    second = decide(failed("27 21:03", "NETWORK", "27 21:02", spent=True), wishes)
    assert isinstance(second, Wait)
    late = decide(failed("27 22:01", "NETWORK", "27 22:00"), wishes)
    assert isinstance(late, Wait)
    assert (late.until, late.why) == (at("28 20:00"), Why.GIVEN_UP)
    night = decide(failed("27 23:59", "NETWORK", "27 23:59"), replace(wishes, at=dt.time(23, 30)))
    assert isinstance(night, Wait)
    assert (night.until, night.why) == (at("28 23:30"), Why.GIVEN_UP)


# -- after a failure -------------------------------------------------------------------------------


def test_what_may_pass_is_tried_again_with_growing_pauses_and_at_nine() -> None:
    moment, tries = at("27 03:35"), []
    for count in range(1, 40):
        moment = retry_after(moment, count)
        if moment >= at("27 15:30"):
            break
        tries.append(moment)
    before_nine = [each for each in tries if each <= at("27 09:00")]
    gaps = [later - sooner for sooner, later in pairwise(before_nine)]
    assert gaps[:4] == [dt.timedelta(minutes=minutes) for minutes in (2, 4, 8, 16)]
    assert max(gaps) == LONGEST_PAUSE
    assert before_nine[-1] == at("27 09:00"), "a try before the exchange opens"
    later = [each for each in tries if each >= at("27 09:00")]
    assert later == [at("27 09:00") + times * LONGEST_PAUSE for times in range(13)]


def test_a_first_failure_after_nine_is_tried_again_soon() -> None:
    """A laptop that was opened at five past has no network yet, and at 09:15 trading begins."""
    moment = at("27 09:05")
    waits = [retry_after(moment, count) - moment for count in range(1, 9)]
    pauses = [each.total_seconds() / 60 for each in waits]
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    assert retry_after(moment, 1, spent=True) - moment == HOURLY, "it has cost a code"


def test_the_plan_follows_the_pauses() -> None:
    waits = decide(failed("27 03:36", "NETWORK", "27 03:36"), Wishes())
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("27 03:37"), Why.PAUSE)
    assert decide(failed("27 03:37", "NETWORK", "27 03:36"), Wishes()) == LogIn()


def test_no_try_after_the_close_until_the_next_day() -> None:
    given_up = decide(failed("27 15:11", "NETWORK", "27 15:10", count=9), Wishes())
    assert isinstance(given_up, Wait)
    assert (given_up.until, given_up.why) == (at("28 03:35"), Why.GIVEN_UP)
    asleep = decide(failed("27 20:00", "NETWORK", "27 10:00"), Wishes())
    assert isinstance(asleep, Wait)
    assert asleep.why is Why.GIVEN_UP
    assert decide(failed("28 03:35", "NETWORK", "27 14:59"), Wishes()) == LogIn()


@pytest.mark.parametrize("code", ["PAGE_NOT_RECOGNISED", "CHALLENGE", "TOTP_REJECTED"])
def test_what_may_not_pass_is_tried_once_a_day(code: str) -> None:
    waits = decide(failed("27 12:00", code, "27 03:36"), Wishes())
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("28 03:35"), Why.GIVEN_UP)
    assert decide(failed("28 03:35", code, "27 03:36"), Wishes()) == LogIn()
    assert isinstance(decide(failed("27 12:00", code, "27 03:36"), ONCE), Wait)


@pytest.mark.parametrize("code", ["PAGE_NOT_RECOGNISED", "TOTP_REJECTED"])
def test_a_failure_of_the_night_does_not_cost_the_day_that_begins_at_half_past_three(
    code: str,
) -> None:
    early = Wishes(at=dt.time(2, 0))
    waits = decide(failed("27 02:05", code, "27 02:00"), early)
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("27 03:35"), Why.GIVEN_UP)
    assert "No further login is tried tonight; the next is at 03:35 IST on Fri" in waits.text
    for later in ("27 03:35", "27 09:00"):
        assert decide(failed(later, code, "27 02:00"), early) == LogIn()
    beside = Wishes(at=dt.time(0, 10))
    assert decide(failed("27 03:35", code, "27 02:11"), beside) == LogIn()


def test_a_failure_of_the_day_is_not_tried_again_in_the_night_after_it() -> None:
    """Midnight begins no other day of logins."""
    present = failed("28 00:10", "TOTP_REJECTED", "27 03:36")
    waits = decide(present, Wishes(at=dt.time(0, 10)))
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("28 03:35"), Why.GIVEN_UP)


@pytest.mark.parametrize("code", ["MOBILE_REJECTED", "CLIENT_REJECTED", "UNTRUSTED_ORIGIN"])
def test_what_needs_another_setting_is_not_tried_again(code: str) -> None:
    assert decide(failed("29 12:00", code, "27 03:36"), Wishes()) == Stop(
        code, "It failed.", "Mend it."
    )
    assert decide(failed("27 03:37", code, "27 03:36", lifted=True), Wishes()) == LogIn()
    set_back = decide(failed("27 03:35", code, "27 03:36"), Wishes())
    assert isinstance(set_back, Stop), "however far a clock is set back, the setting is the same"


@pytest.mark.parametrize("code", ["NETWORK", "CHALLENGE", "MOBILE_REJECTED", "INTERRUPTED"])
def test_upstoxs_own_code_of_a_failure_is_kept(code: str) -> None:
    action = decide(failed("27 03:36", code, "27 03:36", upstox_code="1017999"), Wishes())
    assert isinstance(action, Wait | Stop)
    assert action.upstox_code == "1017999"


def test_a_failure_of_the_future_is_no_reason_to_wait_for_it() -> None:
    assert decide(failed("27 08:00", "PAGE_NOT_RECOGNISED", "27 12:00"), Wishes()) == LogIn()


def test_the_ledger_has_the_last_word() -> None:
    for_ever = Block("COOLING_DOWN", "Refused.", None, "Correct it.", "1017106")
    present = Present(at("27 08:00"), block=for_ever)
    assert decide(present, Wishes()) == Stop("COOLING_DOWN", "Refused.", "Correct it.", "1017106")
    until = Block("RATE_LIMITED", "Too often.", at("27 08:10"), "Wait.", "1017069")
    waits = decide(Present(at("27 08:00"), block=until), ONCE)
    assert isinstance(waits, Wait)
    assert waits.upstox_code == "1017069"
    assert (waits.until, waits.why, waits.hint) == (at("27 08:10"), Why.BLOCKED, "Wait.")
    assert waits.code == "RATE_LIMITED"
    assert decide(Present(at("27 08:10"), block=until), Wishes()) == LogIn()


def test_a_pin_is_not_followed_by_another_at_once() -> None:
    present = Present(at("27 08:00"), pin_sent_at=at("27 07:59"))
    waits = decide(present, Wishes())
    assert isinstance(waits, Wait)
    assert waits.until == at("27 07:59") + PIN_PAUSE
    assert decide(replace(present, now=waits.until), Wishes()) == LogIn()
    assert decide(replace(present, pin_sent_at=at("27 09:00")), Wishes()) == LogIn()
    set_back = decide(replace(present, pin_sent_at=at("27 08:05")), Wishes())
    assert isinstance(set_back, Wait), "the clock was set back by a few minutes since"


def test_an_api_that_calls_every_token_dead_is_not_sent_a_pin_every_hour() -> None:
    """It says so of each token as soon as it is asked, day after day."""
    now = at("27 03:35")
    logins: list[dt.datetime] = []
    while now < at("29 03:35"):
        action = decide(Present(now, logins=tuple(logins)), Wishes())
        if isinstance(action, LogIn):
            logins.append(now)
            now += HOURLY
        else:
            assert isinstance(action, Wait)
            assert action.why in {Why.LOST, Why.NOT_DUE}
            now = action.until
    first_day = [f"{each:%H:%M}" for each in logins if each < at("28 03:30")]
    assert first_day == ["03:35", "04:35", "05:35", "07:35", "11:35", "19:35"]
    assert logins[len(first_day)] == at("28 03:35"), "the next day begins anew"
    assert len(logins) == 2 * len(first_day)


def test_so_many_logins_of_a_day_are_enough() -> None:
    """Whatever came of them; at 03:30 the count begins anew."""
    tries = tuple(at(f"27 {hour:02}:40") for hour in range(4, 4 + MOST_LOGINS))
    waits = decide(Present(at("27 12:00"), tries=tries), Wishes())
    assert isinstance(waits, Wait)
    assert (waits.until, waits.why) == (at("28 03:35"), Why.GIVEN_UP)
    assert f"{MOST_LOGINS} logins since 03:30 IST have each sent" in waits.text
    assert decide(Present(at("27 12:00"), tries=tries[1:]), Wishes()) == LogIn()
    assert decide(Present(at("28 03:35"), tries=tries), Wishes()) == LogIn()
    early = Wishes(at=dt.time(2, 0))
    night = decide(Present(at("28 02:00"), tries=tries), early)
    assert isinstance(night, Wait), "the same day of logins"
    assert night.until == at("28 03:35")


def test_a_ledger_that_cannot_be_read_stops_logins_as_long_as_that_is_so() -> None:
    stop = Stop("STORE_UNREADABLE", "No answer.", "Check Redis.")
    assert decide(Present(at("27 12:00"), block=stop), Wishes()) == stop


def test_settings_that_cannot_be_fetched_are_tried_with_growing_pauses() -> None:
    moments = [fetch_again(at("27 12:00"), count, "No.").until for count in (1, 2, 3, 9)]
    assert [(each - at("27 12:00")).total_seconds() / 60 for each in moments] == [1, 2, 4, 30]


def test_logins_of_the_future_were_seen_under_another_clock() -> None:
    later = tuple(at("27 12:00") + minutes * dt.timedelta(minutes=1) for minutes in range(5))
    assert decide(Present(at("27 08:00"), logins=later), Wishes()) == LogIn()


# -- whatever is true ------------------------------------------------------------------------------

moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda each: each.replace(tzinfo=IST)
)
wishes = st.builds(
    Wishes,
    at=st.none() | st.times(),
    offset=st.timedeltas(dt.timedelta(0), SPREAD),
    trading_days=st.booleans(),
    exchange=st.sampled_from(["NSE", "BSE", "MCX"]),
    once=st.booleans(),
)
presents = st.builds(
    Present,
    now=moments,
    token_until=st.none() | moments,
    checked_at=st.none() | moments,
    block=st.none()
    | st.builds(
        Block, st.just("COOLING_DOWN"), st.just("Why."), st.none() | moments, st.just("How.")
    )
    | st.just(Stop("STORE_UNREADABLE", "Why.", "How.")),
    pin_sent_at=st.none() | moments,
    tries=st.lists(moments, max_size=8).map(lambda each: tuple(sorted(each))),
    logins=st.lists(moments, max_size=6).map(lambda each: tuple(sorted(each))),
    failure=st.none()
    | st.builds(
        Failure,
        at=moments,
        code=st.sampled_from(sorted(AGAIN)),
        count=st.integers(1, 500),
        lifted=st.booleans(),
    ),
    days=st.none() | st.just(days("27 03:36", HOLIDAY)),
    days_asked_at=st.none() | moments,
)


@given(presents, wishes)
def test_whatever_is_true_the_plan_has_an_answer_that_keeps_the_rules(
    present: Present, wished: Wishes
) -> None:
    action = decide(present, wished)
    if isinstance(action, Wait):
        assert action.until > present.now, "a wait that is over would be asked for ever"
        assert action.until <= present.now + dt.timedelta(days=800)
    if isinstance(action, LogIn):
        assert present.token_until is None or present.token_until <= present.now
        block = present.block
        assert not isinstance(block, Stop)
        assert block is None or (block.until is not None and block.until <= present.now)
        assert present.now >= due_on(present.now.date(), wished, present.now)
        sent, failure = present.pin_sent_at, present.failure
        assert sent is None or not dt.timedelta(0) <= present.now - sent < PIN_PAUSE
        if failure is not None and not failure.lifted and failure.at <= present.now:
            assert AGAIN[failure.code] is not Again.NEVER
            same_day = expiry_of(failure.at) == expiry_of(present.now)
            assert not (same_day and AGAIN[failure.code] is Again.TOMORROW)
