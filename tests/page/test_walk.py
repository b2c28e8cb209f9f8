"""A whole walk: what counts of it whose page goes, and what a page may do in time."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page import walk
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.walk import Walk
from upstox_browser_login.page.window import Window

from .looks import ended
from .simulated.login import LIMIT, log_in
from .simulated.manners import Page, endings, pages
from .stand_ins import Told, a_course, a_window
from .views import CARRIES_PIN, PIN_SENT


@pytest.mark.parametrize("flooded", [False, True])
async def test_a_refusal_counts_though_its_page_went_before_it_was_shown(
    flooded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = ended(CARRIES_PIN, 92.0, ok=False, said=Said("x", "1017106"))
    window = a_window(refused)
    cast("Any", window).gate.flooded = flooded

    async def gone(work: Any) -> None:
        work.close()
        raise Window.gone(window)

    async def opened() -> Window:
        return window

    async def nothing(*_: Any) -> None:
        """Load no page."""

    cast("Any", window).unless_gone = gone
    cast("Any", window).place = "https://login.upstox.com/"
    monkeypatch.setattr(walk, "load", nothing)
    login = Walk(a_course(attempts := Told()).job)
    monkeypatch.setattr(login, "_open_window", opened)
    login._course.sent = PIN_SENT
    login._course.step = "pin"
    with pytest.raises(UpstoxError) as caught:
        await login._once()
    assert caught.value.code == "PIN_REJECTED"
    assert ("pin_refused", "135790") in attempts.heard


@given(pages())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_page_does_in_time_each_secret_leaves_once(page: Page) -> None:
    """And the ledger knows of no refusal that the server has not given, nor misses one."""
    login = log_in(page)
    world = login.world
    secrets = Counter(each for each in world.came if each[0] != "mobile")
    assert set(secrets.values()) <= {1}
    assert sum(form == "pin" for form, _ in secrets) <= 1
    assert login.took <= LIMIT + 5
    assert login.booked("code_refused") <= world.refused["otp"]
    assert login.booked("pin_refused") + login.booked("account_locked") <= world.refused["pin"]
    assert login.code in endings(page)
