"""Every recording that ships, by its looks alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.recordings.bundles import RECORDED, Copy, recorded
from upstox_browser_login.page import decide
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.recordings import looks, moments
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.looks import replay_looks


@pytest.mark.parametrize("path", sorted(RECORDED.iterdir()), ids=lambda each: each.name)
def test_looks_of_a_recording_pass(path: Path) -> None:
    told = replay_looks(read_bundle(path))
    assert told.passed, told.wrong
    assert told.states[0] == told.states[1]
    judged = {each.step: each.passed for each in told.steps}
    assert all(judged.pop(step) for step in ("mobile", "totp", "pin") if step in judged)
    assert set(judged.values()) == {None}
    assert any(each.spoke for each in told.steps)


def test_a_recording_without_looks_does_not_pass(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.lines("looks.jsonl", lambda _: [])
    told = replay_looks(read_bundle(copy.path))
    assert told.wrong[0] == "nothing of what the walk saw was recorded"


def test_a_date_in_a_page_s_text_decides_nothing(tmp_path: Path) -> None:
    """Such dates are kept as they were, and a year later they are long past."""
    copy = Copy("plain", tmp_path)
    dates = "valid until 27-11-2026 03:30 IST. Today at 08:31"

    def say(look: dict[str, Any]) -> None:
        look.setdefault("texts", []).append({"text": dates})

    copy.looks(say)
    assert dates in (copy.path / "looks.jsonl").read_text("utf-8")
    assert replay_looks(read_bundle(copy.path)).passed


def test_another_ending_is_told(tmp_path: Path) -> None:
    copy = Copy("wrong-pin", tmp_path)
    copy.about(ending={"ok": False, "code": "ACCOUNT_LOCKED"})
    told = replay_looks(read_bundle(copy.path))
    assert told.wrong == ("it ended with PIN_REJECTED, recorded ACCOUNT_LOCKED",)
    assert told.error().exit_code == 7


def test_a_login_that_ended_by_a_limit_of_time_is_not_judged_by_its_looks(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.about(ending={"ok": False, "code": "TIMEOUT", "step": "pin"})
    told = replay_looks(read_bundle(copy.path))
    assert told.passed
    assert {each.step: each.passed for each in told.steps}["pin"] is None


def test_each_moment_is_recognised_once_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told in milliseconds only because nothing is asked twice."""
    asked = []

    def counted(*view: Any) -> Any:
        asked.append(view)
        return recognise(*view)

    for room in (looks, moments, decide):
        monkeypatch.setattr(room, "recognise", counted)
    bundle = read_bundle(recorded("plain"))
    replay_looks(bundle)
    assert 0 < len(asked) <= len(bundle.moments)
