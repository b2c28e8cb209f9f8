"""What is written into a trace of the time before it began."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.evidence.earlier import MEMBER, Step, write_into
from upstox_browser_login.evidence.report import Request

OPTIONS = {"type": "context-options", "monotonicTime": 60_000.0}
STEPS = [Step("open", 0.1, 0.2), Step("mobile", 0.2)]


def events(trace: Path, requests: list[Request]) -> list[dict[str, Any]]:
    """The calls of a trace that began a second after the login, in their order."""
    with zipfile.ZipFile(trace, "w") as made:
        made.writestr(MEMBER, json.dumps(OPTIONS) + "\n")
    write_into(trace, 1.0, STEPS, requests)
    with zipfile.ZipFile(trace) as archive:
        lines = archive.read(MEMBER).splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("at", "parent"), [(0.1, "open"), (0.1004, "open"), (0.15, "open"), (0.2, "mobile")]
)
def test_a_request_comes_after_the_step_that_it_belongs_to(
    at: float, parent: str, tmp_path: Path
) -> None:
    """Also one that begins in the very moment of its step."""
    lines = events(tmp_path / "t.zip", [Request("GET x", at, 0.01)])
    begun = [each for each in lines if each["type"] == "before"]
    titles = [each["title"] for each in begun]
    assert titles.index(parent) + 1 == titles.index("GET x")
    asked = begun[titles.index("GET x")]
    step = begun[titles.index(parent)]
    assert asked["parentId"] == step["callId"]
    assert step["startTime"] <= asked["startTime"] == pytest.approx(59_000 + at * 1000)


def test_a_request_of_no_known_time_is_left_out(tmp_path: Path) -> None:
    assert "GET x" not in json.dumps(events(tmp_path / "t.zip", [Request("GET x")]))
