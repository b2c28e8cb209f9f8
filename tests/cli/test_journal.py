"""The log of a program that stays: times, levels, a file that is rotated, and no secrets."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.harness import A_FOLDER
from upstox_browser_login.cli import journal
from upstox_browser_login.cli.journal import Journal
from upstox_browser_login.cli.logs import log_on
from upstox_browser_login.redaction import redactor

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_levels_are_those_of_the_labels(capsys: pytest.CaptureFixture[str]) -> None:
    log = Journal("json", None, now=lambda: NOON)
    log.line("It failed.", label="error:")
    log.warning("Odd.")
    log.warning("Odd.")
    log.line("a/folder", label="evidence:")
    log.begin_anew()
    log.warning("Odd.")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(each["level"], each["message"]) for each in lines] == [
        ("error", "It failed."),
        ("warning", "Odd."),
        ("info", "evidence: a/folder"),
        ("warning", "Odd."),
    ]
    assert {datetime.fromisoformat(each["time"]) for each in lines} == {NOON}


def test_records_of_other_programs_keep_their_level(capsys: pytest.CaptureFixture[str]) -> None:
    """Also with --debug, where everything is shown."""
    with log_on(Journal("json", None, now=lambda: NOON)) as handler:
        handler.show_debug()
        logging.getLogger("somebody").warning("Odd.")
        logging.getLogger("somebody").error("Wrong.")
        logging.getLogger("somebody").info("So it is.")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [each["level"] for each in lines] == ["warning", "error", "info"]


def test_a_line_is_one_line_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    redactor.register("s3cr3t-thing", "thing")
    Journal("text", None, now=lambda: NOON).line("one\ntwo\x1b[31m s3cr3t-thing")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("INFO    one two [redacted]")


def test_the_file_is_private_and_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FILE_BYTES", 300)
    path = tmp_path / "my.log"
    log = Journal("text", path, now=lambda: NOON)
    for number in range(100):
        log.line(f"line {number}")
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [each.name for each in files] == ["my.log", *(f"my.log.{n}" for n in range(1, 6))]
    assert "line 99" in path.read_text()
    assert all(len(each.read_text()) <= 300 for each in files)
    if os.name != "nt":
        assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="looks at modes")
@pytest.mark.parametrize(("mode", "closed"), [(0o666, 0o640), (0o644, 0o640), (0o640, 0o640)])
def test_a_file_that_was_there_is_closed_to_others(tmp_path: Path, mode: int, closed: int) -> None:
    """Its group may go on reading, as a program that collects logs."""
    path = tmp_path / "my.log"
    path.touch()
    path.chmod(mode)
    Journal("text", path, now=lambda: NOON).close()
    assert stat.S_IMODE(path.stat().st_mode) == closed


def test_where_nobody_reads_stderr_the_file_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    log = Journal("text", tmp_path / "my.log", now=lambda: NOON)
    log.line("Still here.")
    log.close()
    assert "Still here." in (tmp_path / "my.log").read_text()


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=A_FOLDER):
        Journal("text", tmp_path, now=lambda: NOON)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_lines_that_a_file_has_lost_are_told_of_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A full disk ends no login, and whoever reads the file alone would miss them."""
    log = Journal("text", Path("/dev/full"), now=lambda: NOON)
    log.line("one")
    log.line("two")
    log.close()
    said = [line.partition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    assert said == [
        "INFO    one",
        "WARNING The log file cannot be written: No space left on device. stderr has all lines.",
        "INFO    two",
    ]
