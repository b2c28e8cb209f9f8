"""What ends a login by itself, whatever its page shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.watching import check
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire import Traffic

from .looks import CODE_TAKEN, answered
from .stand_ins import Told, a_course, a_window

LEAD = Traffic((answered("1", userType="LEAD"),))


@pytest.mark.parametrize(
    ("sent", "traffic", "code"),
    [
        (replace(CODE_TAKEN, typed_at=5.0), Traffic(), "MOBILE_REJECTED"),
        (replace(CODE_TAKEN, typed_at=5.0, passed_at=9.0), Traffic(), "UNTRUSTED_ORIGIN"),
        (replace(CODE_TAKEN, typed_at=5.0, pin=True), Traffic(), "UNTRUSTED_ORIGIN"),
        (replace(CODE_TAKEN, typed_at=5.0, passed_at=9.0), LEAD, "MOBILE_REJECTED"),
    ],
)
def test_upstoxs_own_site_means_no_customer_only_where_nobody_pressed_on(
    sent: Sent, traffic: Traffic, code: str
) -> None:
    gate = SimpleNamespace(strayed="https://upstox.com/markets", caught=None, flooded=False)
    ears = SimpleNamespace(traffic=traffic)
    window = SimpleNamespace(crashed=asyncio.Event(), gate=gate, ears=ears)
    course = SimpleNamespace(sent=sent, step="totp")
    with pytest.raises(UpstoxError) as raised:
        check(cast("Any", course), cast("Any", window))
    assert raised.value.code == code


def went(window: Any) -> None:
    window.crashed.set()


def flooded(window: Any) -> None:
    window.gate.flooded = True


def strayed(window: Any) -> None:
    window.gate.strayed = "https://strangers.example"


@pytest.mark.parametrize("end", [went, flooded, strayed])
def test_a_login_whose_redirect_is_caught_has_not_failed(end: Any) -> None:
    """The PIN is spent by then, and the code that it brought is there."""
    window = a_window()
    cast("Any", window).gone = lambda: Window.gone(window)
    end(window)
    with pytest.raises(UpstoxError):
        check(a_course(Told()), window)
    cast("Any", window).gate.caught = "https://callback.example/cb?code=aB3xY9&state=ours"
    check(a_course(Told()), window)
