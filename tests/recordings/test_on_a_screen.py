"""A person at a real window, on a screen that nobody looks at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.test_headed import Screen, pytestmark, screen
from tests.harness import Desk, leaks_below, secrets_of
from upstox_browser_login.recordings.record import record
from upstox_browser_login.replica import Replica

from .person import by_hand
from .test_by_hand import person

__all__ = ["pytestmark", "screen"]


@pytest.mark.browser
@pytest.mark.variant
def test_a_login_by_hand_in_a_window_is_recorded(
    desk: Desk, replica: Replica, screen: Screen, tmp_path: Path
) -> None:
    settings = by_hand(desk, replica, headed=True, trace="on")
    recorded = record(settings, tmp_path, "hand", progress=person(replica), by_hand=True)
    kept = recorded.keep("hand")
    assert screen.display
    assert leaks_below(kept, secrets_of(replica)) == {}
    assert json.loads((kept / "recording.json").read_text())["ending"]["ok"] is True
