"""The command `replay`, by looks: what it prints, and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recordings.bundles import Copy, recorded
from tests.shapes import check_shape
from upstox_browser_login.cli.run import main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(["replay", *argv])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_recording_that_passes_is_told_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--looks", str(recorded("plain")), str(recorded("locked")))
    assert status == 0
    assert "plain: passed" in out
    assert "identity, words, shape spoke; place, wire silent" in out


def test_one_that_does_not_pass_ends_with_status_7(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Copy("plain", tmp_path)
    copy.say("Enter mobile number", "Enter email address")
    status, out, _ = run(capsys, "--looks", "--format", "json", str(copy.path))
    answer = json.loads(out)
    check_shape(answer)
    assert status == 7
    assert answer["error"]["code"] == "PAGE_NOT_RECOGNISED"
    assert answer["data"]["recordings"][0]["passed"] is False
    assert answer["data"]["recordings"][0]["wrong"]


def test_a_step_s_name_cannot_begin_a_line_that_looks_like_ours(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Copy("plain", tmp_path)
    copy.about(steps=[{"step": "open\nother: passed \x1b[2J", "seconds": 1}])
    _, out, _ = run(capsys, "--looks", str(copy.path))
    assert not [line for line in out.splitlines() if line.startswith("other")]
    assert "\x1b" not in out


def test_changes_as_json_have_their_shape(capsys: pytest.CaptureFixture[str]) -> None:
    pair = (str(recorded("plain")), str(recorded("wrong-pin")))
    answer = json.loads(run(capsys, "--diff", "--format", "json", *pair)[1])
    check_shape(answer)
    assert answer["data"]["changes"]


def test_what_has_changed_is_told_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--diff", str(recorded("plain")), str(recorded("wrong-pin")))
    assert status == 0
    assert "the login: the ending was OK, is PIN_REJECTED" in out.splitlines()
    assert run(capsys, "--diff", str(recorded("plain")), str(recorded("plain")))[1] == (
        "Nothing has changed.\n"
    )


@pytest.mark.parametrize("argv", [["--diff", "A"], ["--diff", "--looks", "A", "B"], []])
def test_a_wrong_call_is_usage(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert run(capsys, *argv)[0] == 2


def test_what_is_no_recording_is_status_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = run(capsys, str(tmp_path))
    assert status == 3
    assert "recording.json" in err
