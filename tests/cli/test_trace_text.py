"""What a bundle tells in the terminal, from reports that are made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.cli.trace_text import LONGEST_LINE, MOST_CALLS, told


def recorded(folder: Path, *calls: object) -> list[str]:
    """What is told of a recording with these calls, one a line."""
    lines = [each if isinstance(each, str) else json.dumps(each) for each in calls]
    (folder / "exchanges.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return told(folder, {"format": 1})


def test_each_part_has_its_name_and_ends_with_a_blank_line(tmp_path: Path) -> None:
    report: dict[str, Any] = {
        "steps": [{"step": "open the page", "seconds": 1.234}, {"step": "type the code"}],
        "looks": [{"at": 0.5, "state": "mobile form", "why": ["one field", "a button"]}],
        "requests": [{"at": 1, "seconds": 0.25, "request": "GET api.upstox.com/x 200"}],
        "seen": [
            {"at": 2, "state": "complaint", "detail": "Wrong code"},
            {"at": 3, "state": "mobile form", "detail": "no error"},
        ],
        "missing": [{"what": "the video", "why": "it was too large"}],
    }
    assert told(tmp_path, report) == [
        "Steps",
        "  open the page  1.23 s",
        "  type the code  -",
        "",
        "Looks",
        "  0.50 s  mobile form  one field; a button",
        "",
        "Calls",
        "  1.00 s  0.25 s  GET api.upstox.com/x 200",
        "",
        "Errors",
        "  2.00 s  complaint  Wrong code",
        "",
        "Left out",
        "  the video  it was too large",
        "",
    ]


@pytest.mark.parametrize("report", [{}, {"steps": "none"}, {"steps": [1, None]}, {"format": 1}])
def test_nothing_is_told_of_what_is_not_there(tmp_path: Path, report: dict[str, Any]) -> None:
    assert told(tmp_path, report) == []


def test_the_calls_of_a_recording(tmp_path: Path) -> None:
    url = "https://api.upstox.com/login?code=never-told"
    lines = recorded(
        tmp_path,
        {"at": 1, "took": 0.5, "method": "POST", "url": url, "response": {"status": 200}},
        {"at": 2, "kind": "websocket", "url": url},
        {"at": 3, "method": "GET", "url": url, "failed": "aborted"},
    )
    assert lines == [
        "Calls",
        "  1.00 s  0.50 s  POST api.upstox.com/login 200",
        "  2.00 s  -       websocket api.upstox.com/login -",
        "  3.00 s  -       GET api.upstox.com/login aborted",
        "",
    ]


@pytest.mark.parametrize(
    "line", ["no json", "[]", "7", '{"no": "url"}', '{"url": "http://[half"}', "[" * 100_000]
)
def test_a_line_that_cannot_be_read_is_told_as_such(tmp_path: Path, line: str) -> None:
    assert recorded(tmp_path, line)[1] == "  -  -  a line that cannot be read"


def test_a_page_that_asks_for_ever_is_cut_short(tmp_path: Path) -> None:
    calls = [{"at": 1, "method": "GET", "url": "https://a.test/"}] * (MOST_CALLS + 5)
    lines = recorded(tmp_path, *calls)
    assert len(lines) == MOST_CALLS + 3
    assert lines[-2].strip() == "…"


def test_a_line_is_not_read_that_is_longer_than_any(tmp_path: Path) -> None:
    """Of anybody's recording, which may have a line that fills the memory."""
    call = {"at": 1, "method": "GET", "url": "https://a.test/", "a": "x" * LONGEST_LINE}
    lines = recorded(tmp_path, call, call)
    assert lines == ["Calls", "  -  -  a line that is longer than any recording's", ""]
