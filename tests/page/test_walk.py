"""What counts of a login whose page is gone before it has shown the answer."""

from __future__ import annotations

from typing import Any, cast

import pytest

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page import walk
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.walk import Walk
from upstox_browser_login.page.window import Window

from .looks import ended
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
