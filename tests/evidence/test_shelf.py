"""What is kept in a trace folder, and what is thrown away of it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.evidence import shelf
from upstox_browser_login.evidence.folder import make_partial
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.shelf import (
    Bundle,
    evidence_in,
    find,
    prune_by_itself,
    recordings_in,
    surplus,
    why_left_out,
)
from upstox_browser_login.redaction import Redactor

from .test_report import outcome

NOW = datetime(2026, 1, 10, tzinfo=UTC)


async def test_list_and_find(tmp_path: Path) -> None:
    times = iter([datetime(2026, 1, day, 3, tzinfo=UTC) for day in (1, 2, 2)])
    recorder = Recorder("on", tmp_path, redactor=Redactor(), now=lambda: next(times))
    for code in ("TIMEOUT", "PIN_REJECTED", "PIN_REJECTED"):
        assert await recorder.keep(None, outcome(code))
    (tmp_path / "recorded").mkdir()
    (tmp_path / "20260103T030000Z-NOTE").write_text("a file")
    make_partial(tmp_path)
    found = evidence_in(tmp_path)
    assert [each.name for each in found] == [
        "20260102T030000Z-PIN_REJECTED-2",
        "20260102T030000Z-PIN_REJECTED",
        "20260101T030000Z-TIMEOUT",
    ]
    assert found[0].at == datetime(2026, 1, 2, 3, tzinfo=UTC)
    assert (found[0].code, found[0].step, found[0].trace) == ("PIN_REJECTED", "pin", None)
    assert found[0].size == sum(file.stat().st_size for file in found[0].path.iterdir())
    assert find(tmp_path, None) == found[0]
    assert find(tmp_path, "traces/20260101T030000Z-TIMEOUT/") == found[2]
    # The name of one may be the beginning of another's.
    assert find(tmp_path, found[1].name) == found[1]
    assert find(tmp_path, "traces/20260101/") == found[2]
    with pytest.raises(LookupError, match=r"2 traces in .* begin with 20260102: ") as several:
        find(tmp_path, "20260102")
    assert all(each.name in str(several.value) for each in found[:2])
    with pytest.raises(LookupError, match="no trace called"):
        find(tmp_path, "/")
    with pytest.raises(LookupError, match="no trace called x"):
        find(tmp_path, "x")
    with pytest.raises(LookupError, match="no trace in"):
        find(tmp_path / "none", None)


def bundle(days: float, size: int) -> Bundle:
    at = NOW - timedelta(days=days)
    name = f"{at:%Y%m%dT%H%M%SZ}-TIMEOUT"
    return Bundle("evidence", Path(name), name, at, "TIMEOUT", None, size, None)


BUNDLES = st.lists(
    st.tuples(st.floats(0, 100), st.integers(0, 1000)), max_size=30, unique_by=lambda each: each[0]
).map(lambda found: [bundle(*each) for each in found])


@given(BUNDLES, st.integers(0, 10), st.integers(0, 3000))
def test_what_is_left_keeps_the_limits_and_is_the_newest(
    found: list[Bundle], most: int, most_bytes: int
) -> None:
    gone = surplus(found, NOW, most=most, most_bytes=most_bytes)
    left = [each for each in found if each not in gone]
    assert len(left) <= most
    assert sum(each.size for each in left) <= most_bytes or len(left) == 1
    if left and most:
        assert max(found, key=lambda each: each.at) in left


def test_age_counts_by_itself() -> None:
    found = [bundle(1, 5), bundle(31, 5), bundle(40, 5)]
    assert surplus(found, NOW, older_than=timedelta(days=30)) == found[1:]
    assert surplus(found, NOW) == []


async def test_old_evidence_goes_by_itself_and_a_recording_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_BUNDLES", 2)
    recording = tmp_path / "recorded" / "20200101-old"
    recording.mkdir(parents=True)
    (recording / "recording.json").write_text("{}")
    times = iter(datetime(2026, 1, day, 3, tzinfo=UTC) for day in (1, 2, 3))
    recorder = Recorder("on", tmp_path, redactor=Redactor(), now=lambda: next(times))
    for _ in range(3):
        assert await recorder.keep(None, outcome())
    assert [each.at.day for each in evidence_in(tmp_path)] == [3, 2]
    assert recording.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_a_link_is_no_evidence(tmp_path: Path) -> None:
    """What it leads to is somebody else's, and must not be removed."""
    (tmp_path / "other").mkdir()
    (tmp_path / "traces").mkdir()
    (tmp_path / "traces" / "20260101T030000Z-TIMEOUT").symlink_to(tmp_path / "other")
    assert evidence_in(tmp_path / "traces") == []


def test_why_something_is_left_out_is_what_the_report_says(tmp_path: Path) -> None:
    """One may have been made, and not have been clean in time."""
    assert why_left_out(tmp_path, "trace") is None
    missing = [{"what": "page.html", "why": "it was gone"}, {"what": "trace", "why": "no time"}]
    (tmp_path / "report.json").write_text(json.dumps({"missing": missing}), "utf-8")
    assert why_left_out(tmp_path, "trace") == "no time"
    assert why_left_out(tmp_path, "screenshot.png") is None


@pytest.mark.parametrize("name", ["20260231T030000Z-TIMEOUT", "20260101T250000Z-TIMEOUT"])
def test_a_folder_that_is_named_by_no_moment_is_no_evidence(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    prune_by_itself(tmp_path, NOW)
    assert evidence_in(tmp_path) == []
    assert (tmp_path / name).is_dir()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read all")
def test_evidence_that_is_closed_hides_no_other(tmp_path: Path) -> None:
    """As that of a login that root has made."""
    for name, mode in (("20260101T030000Z-TIMEOUT", 0), ("20260102T030000Z-NETWORK", 0o700)):
        (tmp_path / name).mkdir(mode=mode)
    prune_by_itself(tmp_path, NOW)
    assert [each.code for each in shelf.shelf(tmp_path)] == ["NETWORK", "TIMEOUT"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_recordings_behind_a_link_are_somebody_elses(tmp_path: Path) -> None:
    others = tmp_path / "others"
    recording = others / "20260101-mine"
    recording.mkdir(parents=True)
    (recording / "recording.json").write_text("{}")
    folder = tmp_path / "traces"
    folder.mkdir()
    (folder / "recorded").symlink_to(others)
    assert recordings_in(folder) == []
    (folder / "recorded").unlink()
    others.rename(folder / "recorded")
    assert [each.name for each in recordings_in(folder)] == ["20260101-mine"]


def test_a_report_is_not_read_that_is_larger_than_any(tmp_path: Path) -> None:
    """Read as JSON it takes twenty times its size, and it may be of anybody's recording."""
    report = tmp_path / "recording.json"
    report.write_text(json.dumps({"name": "a", "more": "x" * 4_000_000}))
    assert shelf.report_of(tmp_path)["name"] == "a"
    report.write_text(json.dumps({"name": "a", "more": "x" * 5_000_000}))
    assert shelf.report_of(tmp_path) == {}
