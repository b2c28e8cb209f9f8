"""`record` and `login --watch` as a user meets them."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path
from typing import cast

import pytest

from upstox_browser_login.cli import record as module
from upstox_browser_login.cli.run import main
from upstox_browser_login.recordings.keep import Draft
from upstox_browser_login.recordings.record import Recorded
from upstox_browser_login.replica import Replica

from .conftest import Call


def test_where_nobody_can_say_yes_no_login_is_spent(
    ask: Call, upstox: Replica, tmp_path: Path
) -> None:
    done = ask("record", "plain")
    assert done.status == 2
    assert "--yes" in done.object["error"]["hint"]
    assert upstox.counts.otp_requests == 0
    assert not (tmp_path / "traces").exists()


def test_a_name_that_leads_elsewhere_is_refused(ask: Call, upstox: Replica) -> None:
    assert ask("record", "../../x", "--yes").code == "CONFIGURATION"


@pytest.mark.parametrize(
    "words",
    [
        ("record", "plain", "--yes"),
        ("record", "plain", "--yes", "--watch"),
        ("login", "--trace", "on"),
        ("generate-token", "--trace", "on"),
        ("doctor", "--page", "--save"),
    ],
)
def test_what_could_not_be_kept_spends_no_login(
    ask: Call, upstox: Replica, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "traces").write_text("a file")
    done = ask(*words)
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    assert "another UPSTOX_TRACE_DIR" in str(done.object)
    assert upstox.counts.otp_requests == 0


@pytest.mark.variant
@pytest.mark.usefixtures("sharing")
def test_a_refused_pin_is_told_though_its_recording_cannot_be_kept(
    call: Call, upstox: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full once the login is over: the recording is lost, and not why it failed."""
    upstox.set("wrong-pin", "no-otp-limit")

    def full(_draft: Draft, _at: datetime, _name: str) -> Path:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Draft, "keep", full)
    done = call("record", "refused", "--yes", "--trace", "off")
    assert done.status == 5, done.err
    assert "warning: " in done.err
    assert "No space left on device" in done.err
    assert "Nothing was kept of it." in done.out


@pytest.mark.usefixtures("sharing")
def test_a_recording_is_kept_for_a_machine_that_says_yes(
    ask: Call, upstox: Replica, tmp_path: Path
) -> None:
    done = ask("record", "plain", "--yes", "--trace", "off")
    assert done.status == 0, done.err
    kept = Path(done.data["recording"])
    assert kept.parent == tmp_path / "traces" / "recorded"
    assert kept.name.endswith("-plain")
    assert json.loads((kept / "recording.json").read_text())["replaced"] == done.data["replaced"]
    assert done.data["replays"] is True
    assert done.data["not_replayed"] is None
    assert ask("token", "--no-login").status == 0


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.variant
@pytest.mark.usefixtures("sharing")
def test_a_person_who_says_no_keeps_nothing(
    upstox: Replica,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What was replaced is told first; the login that failed is told as a failure all the same."""
    upstox.set("wrong-pin", "no-otp-limit")
    monkeypatch.setattr(sys, "stdin", _Terminal("no\n"))
    monkeypatch.setattr("upstox_browser_login.cli.ask.is_terminal", lambda _: True)
    assert main(["record", "refused", "--trace", "off"]) == 5
    told = capsys.readouterr()
    assert "mobile number" in told.err
    assert "Nothing was kept of it." in told.out
    assert list((tmp_path / "traces" / "recorded").iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"unreadable": "it is damaged."}, "`replay` cannot read it: it is damaged."),
        ({"unlike": "it met otp"}, "`replay --looks` does not pass: it met otp"),
    ],
)
def test_a_recording_that_does_not_replay_is_called_so(
    fault: dict[str, str], told: str, tmp_path: Path
) -> None:
    made = Recorded(cast("Draft", None), {}, None, None, datetime.now(UTC), None, **fault)
    result = module._result(made, tmp_path / "it", shown=False)
    assert told in result.text
    assert told not in module._result(made, tmp_path / "it", shown=True).text
    assert result.data["replays"] is False
    assert result.data["not_replayed"] == next(iter(fault.values()))


@pytest.mark.browser
def test_a_window_needs_a_screen(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for command in (("login", "--watch"), ("record", "hand", "--watch", "--yes")):
        done = ask(*command)
        assert done.status == 3, done.err
        assert "display" in done.object["error"]["message"]
    assert upstox.counts.otp_requests == 0
