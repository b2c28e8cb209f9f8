"""What a running `refresh` tells of itself to those who watch it."""

from __future__ import annotations

import datetime as dt

import pytest

from upstox_browser_login.daily.plan import Action, LogIn, Wait, Why
from upstox_browser_login.daily.service_systemd import WATCHDOG_SECONDS
from upstox_browser_login.daily.vitals import SILENCE, Vitals
from upstox_browser_login.session import StepTime


def test_alive_while_something_takes_its_time_and_just_after_it() -> None:
    vitals = Vitals()
    vitals.busy(0.0, 500.0)
    assert vitals.is_alive(499.0)
    vitals.idle(499.0)
    assert vitals.is_alive(499.0 + SILENCE - 1)
    assert not vitals.is_alive(499.0 + SILENCE)


def test_whoever_watches_is_as_patient_as_the_health_server() -> None:
    assert WATCHDOG_SECONDS >= SILENCE


NOW = dt.datetime(2026, 11, 30, 4, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("action", "token_until", "ready"),
    [
        (Wait(LATER, Why.VALID, "…"), LATER, True),
        (Wait(LATER, Why.VALID, "…"), NOW, False),
        (Wait(LATER, Why.VALID, "…"), None, False),
        # Without a token, and none is wanted.
        (Wait(LATER, Why.CLOSED, "…"), None, True),
        # Programs that wait until it is healthy would begin without a token.
        (Wait(LATER, Why.NOT_DUE, "…"), None, False),
        (LogIn(), None, False),
    ],
)
def test_ready_with_a_token_or_where_none_is_wanted(
    action: Action, token_until: dt.datetime | None, *, ready: bool
) -> None:
    vitals = Vitals()
    vitals.turned(action, token_until, 0.0)
    assert vitals.is_ready(NOW) is ready


def test_metrics_tell_the_last_login_and_what_comes_next() -> None:
    vitals = Vitals()
    assert "upstox_login_seconds 3" not in vitals.metrics(NOW)
    vitals.turned(Wait(LATER, Why.VALID, "…"), LATER, 0.0)
    vitals.logged_in("NETWORK", 3.0)
    vitals.logged_in("OK", 2.5, [StepTime("pin", 1.0)])
    lines = vitals.metrics(NOW).splitlines()
    assert "upstox_token_seconds_left 3600.000" in lines
    assert 'upstox_logins_total{outcome="NETWORK"} 1.000' in lines
    assert 'upstox_login_step_seconds{step="pin"} 1.000' in lines
    assert "upstox_login_seconds 2.500" in lines
    assert f"upstox_next_action_timestamp_seconds {LATER.timestamp():.3f}" in lines
