"""How times and spans are told to a person."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest


def test_times_are_told_in_india_and_here(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from upstox_browser_login.cli.words import at, dies, span

    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be set here")
    moment = datetime(2026, 10, 6, 22, 0, tzinfo=UTC)
    here: Callable[[], None] = time.tzset
    try:
        for zone, text in (
            ("UTC0", "03:30 IST on Wed 7 Oct (22:00 UTC on Tue 6 Oct here)"),
            ("IST-5:30", "03:30 IST on Wed 7 Oct"),
            ("SGT-8", "03:30 IST on Wed 7 Oct (06:00 SGT here)"),
        ):
            monkeypatch.setenv("TZ", zone)
            here()
            assert at(moment) == text
        assert dies(moment, moment - timedelta(hours=9, minutes=12)).endswith("in 9 h 12 min")
        assert "died at" in dies(moment, moment + timedelta(minutes=5))
    finally:
        monkeypatch.undo()
        here()
    assert [span(each) for each in (-1, 59.9, 60, 3_600)] == ["0 s", "59 s", "1 min", "1 h 0 min"]
    assert [span(hours * 3_600) for hours in (47.5, 48, 7_838)] == [
        "47 h 30 min", "2 days", "326 days",
    ]  # fmt: skip
    assert sys.version_info
