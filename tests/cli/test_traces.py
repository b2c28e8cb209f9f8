"""`traces list|show|prune`: evidence and recordings, in words and as JSON."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .conftest import Call

NAME = "20261006T100000Z-PIN_REJECTED"
REPORT = {
    "schema": 1,
    "code": "PIN_REJECTED",
    "step": "pin",
    "upstox_code": "1017106",
    "message": "You have entered an incorrect PIN (really).",
    "hint": "Correct UPSTOX_PIN_CODE.",
    "steps": [{"step": "open", "seconds": 0.4}],
    "seen": [{"at": 2.0, "state": "end: PIN_REJECTED", "detail": "an incorrect PIN"}],
    "looks": [{"at": 0.5, "state": "mobile", "why": ["identity: is called 'mobileNum'"]}],
    "requests": [{"at": 0.1, "seconds": 0.2, "request": "GET login.upstox.com/ 200"}],
    "missing": [{"what": "trace", "why": "it was not recorded"}],
}
RECORDING = {
    "format": 1,
    "name": "plain",
    "ending": {"ok": False, "code": "RATE_LIMITED", "step": "mobile"},
    "steps": [{"step": "open", "seconds": 0.4}],
    "states": [{"state": "mobile", "at": 0.5, "spoke": ["identity", "words"]}],
}
CALL = {"n": 0, "at": 0.1, "took": 0.2, "method": "GET", "url": "https://login.upstox.com/a?b=c"}


@pytest.fixture
def evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "traces"
    for name in (NAME, "20261005T100000Z-TIMEOUT"):
        (folder / name).mkdir(parents=True)
    (folder / NAME / "report.json").write_text(json.dumps(REPORT), "utf-8")
    (folder / NAME / "report.md").write_text("# Login failed", "utf-8")
    (folder / NAME / "trace.zip").write_bytes(b"PK")
    (folder / "something-else").mkdir()
    recording = folder / "recorded" / "20260105-plain"
    recording.mkdir(parents=True)
    (recording / "recording.json").write_text(json.dumps(RECORDING), "utf-8")
    lines = [json.dumps({**CALL, "response": {"status": 302}}), "no JSON"]
    (recording / "exchanges.jsonl").write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("UPSTOX_TRACE_DIR", str(folder))
    return folder


def test_list(ask: Call, call: Call, evidence: Path) -> None:
    found = ask("traces", "list").data["traces"]
    assert [(each["kind"], each["code"], each["step"]) for each in found] == [
        ("evidence", "PIN_REJECTED", "pin"),
        ("evidence", "TIMEOUT", None),
        ("recording", "RATE_LIMITED", "mobile"),
    ]
    assert (found[0]["at"], found[0]["day"]) == ("2026-10-06T15:30:00+05:30", "2026-10-06")
    # The name of a recording has no hour, so none is told.
    assert (found[2]["at"], found[2]["day"]) == (None, "2026-01-05")
    assert found[0]["path"] == str(evidence / found[0]["name"])
    lines = call("traces", "list").out.splitlines()
    assert lines[0].split() == ["WHEN", "(UTC)", "AGE", "SIZE", "CODE", "STEP", "NAME"]
    assert lines[1].startswith("2026-10-06 10:00:00  ")
    assert lines[3].startswith("2026-01-05 ")
    assert "00:00:00" not in lines[3]
    assert lines[3].split()[2] == "days"
    assert [line.split()[-1] for line in lines[1:]] == [
        NAME,
        "20261005T100000Z-TIMEOUT",
        "recorded/20260105-plain",
    ]


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(("day", "age"), [(5, "today"), (6, "1 day"), (7, "2 days")], ids=str)
def test_a_recording_tells_its_age_in_days(
    day: int, age: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name has no time of day: one that was just made is not as old as the day is long."""
    now = datetime(2026, 1, day, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("upstox_browser_login.clock.Clock.now", lambda _: now)
    line = call("traces", "list").out.splitlines()[-1]
    assert re.split(r"  +", line)[1] == age


def test_list_of_none(ask: Call, call: Call) -> None:
    assert ask("traces", "list").data["traces"] == []
    done = call("traces", "list", "--trace-dir", "elsewhere")
    none = "There is no evidence and no recording in elsewhere, which is not there yet.\n"
    assert (done.out, done.err) == ("", none)
    Path("elsewhere").mkdir()
    Path("elsewhere/notes.txt").touch()
    done = call("traces", "list", "--trace-dir", "elsewhere")
    assert done.err == "There is no evidence and no recording in elsewhere.\n"
    Path("file").touch()
    done = ask("traces", "list", "--trace-dir", "file")
    assert (done.status, done.object["error"]["message"]) == (3, "file is not a folder.")
    for words in (["list"], ["show"], ["prune"]):
        done = ask("traces", *words, "--trace-dir", "x" * 300)
        assert (done.status, done.code) == (3, "CONFIGURATION")
        assert "cannot be read: File name too long." in done.object["error"]["message"]
        assert "--trace-dir" in done.object["error"]["hint"]


def test_the_folder_of_recordings_itself_is_told_as_that(call: Call, evidence: Path) -> None:
    """It is listed as part of the folder above it."""
    told = call("traces", "list", "--trace-dir", evidence / "recorded").err
    assert "It is a folder of recordings itself" in told
    assert f"--trace-dir {evidence}\n" in told
    other = evidence.parent / "recorded"
    other.mkdir()
    assert "folder of recordings" not in call("traces", "list", "--trace-dir", other).err


def test_a_list_is_advised_only_where_there_is_something_to_list(ask: Call, evidence: Path) -> None:
    hint = ask("traces", "show", "no-such-name").object["error"]["hint"]
    assert hint.startswith("`upstox-browser-login traces list` shows what there is")
    del evidence
    hint = ask("traces", "show", "--trace-dir", "nowhere").object["error"]["hint"]
    assert hint.startswith("A login that fails leaves some there")


def test_show(ask: Call, call: Call, evidence: Path) -> None:
    text = call("traces", "show").out
    assert "Code: PIN_REJECTED\nStep: pin\n" in text
    assert "What happened: You have entered an incorrect PIN (really)." in text
    assert "What to do: Correct UPSTOX_PIN_CODE." in text
    assert f"Report: {evidence / NAME / 'report.md'}" in text
    assert "show-trace" in text
    data = ask("traces", "show", "20261005T100000Z-TIMEOUT").data
    assert (data["code"], data["viewer"]) == ("TIMEOUT", None)
    assert "nothing for the viewer" in call("traces", "show", "20261005T100000Z-TIMEOUT").out


def test_show_of_a_damaged_one(call: Call, evidence: Path) -> None:
    (evidence / NAME / "report.json").write_text("{", "utf-8")
    for more in ((), ("--text",)):
        done = call("traces", "show", NAME, *more)
        assert done.status == 0
        assert "Its report is missing, or cannot be read." in done.out


def test_show_as_text(call: Call, evidence: Path) -> None:
    """Steps, looks, calls and errors, of evidence and of a recording."""
    del evidence
    lines = [line.split() for line in call("traces", "show", "--text", NAME).out.splitlines()]
    assert ["open", "0.40", "s"] in lines
    assert ["0.50", "s", "mobile", "identity:", "is", "called", "'mobileNum'"] in lines
    assert ["0.10", "s", "0.20", "s", "GET", "login.upstox.com/", "200"] in lines
    assert ["2.00", "s", "end:", "PIN_REJECTED", "an", "incorrect", "PIN"] in lines
    text = call("traces", "show", "--text", "recorded/20260105-plain/").out
    assert "0.50 s  mobile  identity; words" in text
    assert "0.10 s  0.20 s  GET login.upstox.com/a 302" in text
    assert "a line that cannot be read" in text


def test_no_text_of_a_bundle_begins_a_line_of_its_own(call: Call, evidence: Path) -> None:
    """It is anybody's, and could look like a line of ours."""
    path = evidence / "recorded" / "20260105-plain" / "recording.json"
    odd = "a\nok: all is well"
    ending = {"ok": False, "code": odd, "step": odd}
    told = {**RECORDING, "ending": ending, "states": [{"state": odd}]}
    path.write_text(json.dumps(told), "utf-8")
    for words in (("list",), ("show", "--text", "recorded/20260105-plain")):
        done = call("traces", *words)
        assert done.status == 0
        assert "a ok: all is well" in done.out
        assert not any(line.strip().startswith("ok:") for line in done.out.splitlines())


def test_show_of_none(ask: Call, evidence: Path) -> None:
    done = ask("traces", "show", "yesterday")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "yesterday" in done.object["error"]["message"]
    assert ask("traces", "show", "--trace-dir", evidence / "none").status == 3


def test_show_opens_the_viewer(call: Call, evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del evidence
    monkeypatch.setattr("upstox_browser_login.cli.traces._has_display", lambda: True)
    script = "import os,pathlib; pathlib.Path('seen').write_text(' '.join(os.environ))"
    monkeypatch.setattr(
        "upstox_browser_login.evidence.viewer.viewer_command",
        lambda _: [sys.executable, "-c", script],
    )
    assert call("traces", "show").status == 0
    assert "UPSTOX_" not in Path("seen").read_text("utf-8")


def test_prune_removes_evidence_alone(ask: Call, evidence: Path) -> None:
    would = ask("traces", "prune", "--keep", "1", "--dry-run").data
    assert [each["name"] for each in would["removed"]] == ["20261005T100000Z-TIMEOUT"]
    assert (evidence / "20261005T100000Z-TIMEOUT").is_dir()
    done = ask("traces", "prune", "--older-than", "0").data
    assert (len(done["removed"]), done["kept"]) == (2, 0)
    assert sorted(each.name for each in evidence.iterdir()) == ["recorded", "something-else"]
    assert (evidence / "recorded" / "20260105-plain").is_dir()


def test_an_age_beyond_all_times_is_no_age(ask: Call, evidence: Path) -> None:
    assert ask("traces", "prune", "--older-than", "36500").data["kept"] == 2
    assert ask("traces", "prune", "--older-than", "99999999999").status == 2
    assert len([*evidence.iterdir()]) == 4


def test_prune_removes_recordings_only_where_told_which(ask: Call, evidence: Path) -> None:
    assert ask("traces", "prune", "--recordings").status == 2
    done = ask("traces", "prune", "--recordings", "--keep", "0").data
    assert [each["name"] for each in done["removed"]] == ["20260105-plain"]
    assert (evidence / NAME).is_dir()


def test_prune_says_what_goes_and_what_stays(call: Call, evidence: Path) -> None:
    del evidence
    recordings = (
        "1 recording left as well; recordings go only with --recordings and one of --older-than "
        "and --keep."
    )
    assert call("traces", "prune").out.splitlines() == [
        "Nothing was removed; 2 folders left.",
        recordings,
    ]
    assert call("traces", "prune", "--keep", "1", "--dry-run").out.splitlines() == [
        "20261005T100000Z-TIMEOUT",
        "1 folder would be removed (0 B); 1 folder left.",
        recordings,
    ]
    done = call("traces", "prune", "--recordings", "--keep", "0", "--dry-run")
    lines = done.out.splitlines()
    assert lines[0] == "recorded/20260105-plain"
    assert lines[1].startswith("1 recording would be removed (")
    assert lines[1].endswith("; 0 recordings left.")
    assert lines[2] == "2 folders of evidence left as well, which --recordings does not remove."
