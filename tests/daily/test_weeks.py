"""What a machine does over weeks in which much goes wrong, with real logins at the replica."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.daily.simulation import Machine
from tests.harness import Desk
from upstox_browser_login.daily.plan import MOST_LOGINS
from upstox_browser_login.replica import Replica
from upstox_browser_login.token import IST

pytestmark = [pytest.mark.usefixtures("sharing"), pytest.mark.timeout(300)]

HALF_A_MINUTE = dt.timedelta(seconds=30)
BUDGET_SUNDAY = dt.date(2026, 2, 1)
Begin = Callable[[dt.datetime, dt.datetime], Machine]


def on(month: int, day: int, clock: str = "00:00") -> dt.datetime:
    return dt.datetime.combine(dt.date(2026, month, day), dt.time.fromisoformat(clock), IST)


@pytest.fixture
def begin(desk: Desk, replica: Replica) -> Begin:
    def make(start: dt.datetime, end: dt.datetime) -> Machine:
        desk.clock.offset += (start - desk.clock.now()).total_seconds()
        return Machine(desk, replica, end)

    return make


def check_the_end(machine: Machine, refused_on: dt.date, *, pins: int) -> None:
    """A PIN was refused: it was sent once, and neither another day nor a restart sends it again."""
    assert machine.failures[-1][1] == "PIN_REJECTED"
    assert machine.tries[-1].date() == refused_on
    assert machine.tries_on(refused_on) == 1
    assert machine.replica._world.state.wrong_pins == 1
    assert machine.replica.counts.pins == pins
    assert machine.notices[-1][1].kind == "failure"
    notice = machine.notices[-1][1]
    assert "PIN_REJECTED" in notice.title
    assert "Correct UPSTOX_PIN_CODE" in notice.body
    for _, each in machine.notices:
        for secret in (machine.replica.account.pin, machine.replica.account.mobile):
            assert secret not in each.title + each.body


def test_a_week_in_which_everything_happens(begin: Begin) -> None:
    """Holiday, outage, weekend, a session on a Sunday slept into, a page change, a refused PIN."""
    machine = begin(on(1, 29, "03:20"), on(2, 6))
    machine.desk.trace = "off"  # a third of the work, and the month has it
    machine.between(on(1, 29), on(1, 30), "holiday=trading")
    machine.between(on(1, 30), machine.due(on(1, 30)) + HALF_A_MINUTE, "reset=dialog")
    machine.sleeps(on(2, 1, "01:00"), on(2, 1, "08:40"))
    machine.between(on(2, 2), on(2, 3), "error=otp:1017072")  # "This version is outdated"
    machine.restarts(on(2, 2, "10:00"))
    machine.at(on(2, 4), lambda: machine.replica.set("wrong-pin"))
    machine.restarts(on(2, 4, "11:00"))
    machine.run()

    closed = [dt.date(2026, 1, 29), dt.date(2026, 1, 31)]
    assert [machine.tries_on(day) for day in closed] == [0, 0]
    tokens = [dt.date(2026, 1, 30), BUDGET_SUNDAY, dt.date(2026, 2, 3)]
    for day in tokens:
        assert machine.good_on(day) == [True, True], day
    outage = [code for at, code in machine.failures if at.date() == dt.date(2026, 1, 30)]
    assert outage == ["NETWORK"]
    monday = [code for at, code in machine.failures if at.date() == dt.date(2026, 2, 2)]
    assert monday == ["PAGE_NOT_RECOGNISED"], "a changed page is looked at once a day"
    assert machine.told() == [
        (dt.date(2026, 1, 30), "failure"),
        (dt.date(2026, 1, 30), "over"),
        (dt.date(2026, 2, 2), "failure"),
        (dt.date(2026, 2, 3), "over"),
        (dt.date(2026, 2, 4), "failure"),
    ]
    check_the_end(machine, dt.date(2026, 2, 4), pins=4)


@pytest.mark.variant  # of test_loop, which has no browser
def test_a_day_in_which_the_exchange_always_fails(begin: Begin) -> None:
    machine = begin(on(1, 29, "03:20"), on(1, 30, "03:30"))
    machine.desk.trace = "off"
    machine.between(on(1, 29), on(1, 30), "http=token:500")
    machine.run()
    assert {code for _, code in machine.failures} == {"SERVER_ERROR"}
    assert machine.replica.counts.pins == len(machine.tries) == MOST_LOGINS
    assert machine.told() == [(dt.date(2026, 1, 29), "failure")]


@pytest.mark.variant  # of the week above
def test_thirty_days(begin: Begin) -> None:
    """From a Friday on: a holiday on day 11, a changed page on 12, a Sunday's session on 17.

    The PIN is refused on day 20.
    """
    first = dt.date(2026, 1, 16)
    machine = begin(on(1, 16, "03:00"), on(2, 15))
    machine.desk.trace = "on-failure"
    changed, refused = first + dt.timedelta(days=11), first + dt.timedelta(days=19)
    machine.between(on(1, 19), on(1, 19, "03:55"), "reset=dialog")
    machine.sleeps(on(1, 20, "02:00"), on(1, 20, "08:50"))
    machine.between(on(1, 21, "03:00"), on(1, 21, "08:30"), "http=otp:503")
    machine.at(on(1, 22, "10:00"), machine.is_revoked)
    machine.between(on(1, 23), on(1, 23, "03:50"), "maintenance")
    machine.between(on(1, 24), on(1, 26), "http=holidays:503")
    machine.between(on(1, 27), on(1, 28), "renamed-everything")
    machine.restarts(on(1, 27, "06:00"))
    machine.sleeps(on(1, 29, "22:00"), on(1, 30, "09:05"))
    machine.restarts(on(1, 30, "12:00"))
    machine.between(on(2, 2, "03:00"), on(2, 2, "03:44"), "reset=token")
    machine.at(on(2, 4), lambda: machine.replica.set("wrong-pin"))
    for number in (5, 6, 9):
        machine.restarts(on(2, number, "10:00"))
    machine.run()

    days = [first + dt.timedelta(days=ahead) for ahead in range(30)]
    holiday = dt.date(2026, 1, 26)
    trading = [
        day for day in days if (day.weekday() < 5 or day == BUDGET_SUNDAY) and day != holiday
    ]
    for day in days:
        if day not in trading:
            assert machine.tries_on(day) == 0, day
        elif day < refused and day != changed:
            assert machine.good_on(day) == [True, True], day
    assert machine.tries_on(changed) == 1, "a changed page is looked at once a day"
    assert machine.tries_on(dt.date(2026, 1, 22)) == 2, "the day's, and one for the revoked token"
    opened = [day for day, kind in machine.told() if kind == "failure"]
    over = [day for day, kind in machine.told() if kind == "over"]
    trouble = [dt.date(2026, 1, number) for number in (19, 21, 23)]
    assert opened == [*trouble, changed, dt.date(2026, 2, 2), refused]
    assert over == [*trouble, changed + dt.timedelta(days=1), dt.date(2026, 2, 2)]
    check_the_end(machine, refused, pins=machine.replica.counts.pins)
    assert f"Evidence: {machine.desk.evidence[-1]}" in machine.notices[-1][1].body
