"""What ends a login by itself, whatever its page shows."""

from __future__ import annotations

from typing import Any, cast

import pytest

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.watching import check
from upstox_browser_login.page.window import Window

from .stand_ins import Told, a_course, a_window


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
