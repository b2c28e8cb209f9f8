"""The command `replay`, by looks: what it prints, and with which status it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.recordings.bundles import Copy, recorded
from tests.shapes import check_shape
from upstox_browser_login.cli.run import main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(["replay", *argv])
    out, err = capsys.readouterr()
    return status, out, err


def rows_of(out: str) -> dict[str, str]:
    """The indented lines, by their first words."""
    return {row.split()[0]: row for row in out.splitlines() if row.startswith("  ")}


def test_a_recording_that_passes_is_told_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--looks", str(recorded("plain")), str(recorded("locked")))
    assert status == 0
    assert "plain: passed" in out
    assert "known by identity, words, shape, place; not by wire" in out


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
    assert (
        "the login: it ended well, and now ends with PIN_REJECTED (Upstox's code 1017106) in the "
        "step pin" in out.splitlines()
    )
    assert run(capsys, "--diff", str(recorded("plain")), str(recorded("plain")))[1] == (
        "Nothing has changed.\n"
    )


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--diff", "A"], "compares two recordings, and 1 was named"),
        (["--diff", "A", "B", "C"], "compares two recordings, and 3 were named"),
        (["--diff", "--looks", "A", "B"], "compares two recordings: it does not go with --looks"),
        (["--diff", "--fast", "A", "B"], "it does not go with --fast"),
        (["--looks", "--fast", "A"], "replays without a browser: it does not go with --fast"),
        (["--looks", "--headless", "A"], "it does not go with --headed and --headless"),
        (["--looks", "--browser-channel", "x", "A"], "it does not go with --browser-channel"),
        (["--looks", "--trace-dir", "x", "A"], "it does not go with --trace-dir"),
        ([], "BUNDLE"),
    ],
)
def test_options_without_an_effect_are_refused(
    capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert said in " ".join(err.split())


def test_all_recordings_that_are_not_there_are_named_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for option in ("--diff", "--looks"):
        status, _, err = run(capsys, option, "no-such-old", "no-such-new")
        told = " ".join(err.split())
        assert status == 3
        assert "There is no recording at no-such-old. There is no recording at no-such-new." in told
        assert told.count("Name a folder that `upstox-browser-login record` has made") == 1
    one = " ".join(run(capsys, "--diff", str(recorded("plain")), "no-such-new")[2].split())
    assert "There is no recording at no-such-new." in one


def test_looks_judge_only_the_steps_that_have_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--looks", str(recorded("plain")))
    rows = rows_of(out)
    assert status == 0
    for step in ("open", "redirect", "exchange", "store"):
        assert "not judged without a browser" in rows[step]
        assert "passed" not in rows[step]
    for step in ("mobile", "totp", "pin"):
        assert rows[step].split()[1] == "passed"
    assert "the looks end in the state 'pin', where the decision is to wait" in rows["ending:"]
    assert "not judged without a browser (recorded: OK)" in rows["ending:"]
    answer = json.loads(run(capsys, "--looks", "--format", "json", str(recorded("plain")))[1])
    check_shape(answer)
    (told,) = answer["data"]["recordings"]
    assert [each["passed"] for each in told["steps"]] == [None, True, True, True, None, None, None]
    assert told["ending"] == {"recorded": "OK", "now": None, "state": "pin", "decision": "wait"}


def test_looks_name_the_ending_that_they_show(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "--looks", str(recorded("wrong-pin")))
    assert (
        "  ending: the looks end in the state 'pin', where the login ends with PIN_REJECTED, "
        "as recorded" in out.splitlines()
    )
    copy = Copy("wrong-pin", tmp_path)
    copy.about(ending={"ok": False, "code": "ACCOUNT_LOCKED", "step": "pin"})
    status, out, _ = run(capsys, "--looks", str(copy.path))
    rows = rows_of(out)
    assert status == 7
    assert "ends with PIN_REJECTED, recorded: ACCOUNT_LOCKED" in rows["ending:"]
    assert "did not pass" in rows["pin"]


def test_a_form_that_is_no_longer_known_fails_its_own_step(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Copy("plain", tmp_path)
    copy.say("Enter mobile number", "Enter email address")
    _, out, _ = run(capsys, "--looks", str(copy.path))
    rows = rows_of(out)
    assert "did not pass" in rows["mobile"]
    assert rows["pin"].split()[1] == "passed"


def test_what_is_no_recording_is_status_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = run(capsys, str(tmp_path))
    assert status == 3
    assert "is a folder with no recording" in err


def test_the_missing_extra_is_told_before_a_replay_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    status, out, err = run(capsys, str(recorded("plain")))
    assert (status, out) == (3, "")
    assert "needs the package trustme, which is not installed" in err
    assert "upstox-browser-login[replay]" in err
    assert "Replaying" not in err
    assert run(capsys, "--looks", str(recorded("plain")))[0] == 0
