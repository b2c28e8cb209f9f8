"""A page that has changed until nothing of it is known, and a person who mends it by a file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.harness import Attempt, Desk, leaks_below, secrets_of
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica

pytestmark = pytest.mark.usefixtures("sharing")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that nobody knows is given up after 2 s, and not after 15."""
    monkeypatch.setattr(timing, "DEFAULT", replace(timing.DEFAULT, unknown=2.0))


def listed(attempt: Attempt) -> list[str]:
    """The entries that the report of a failed login lists, as a person would copy them."""
    assert attempt.error is not None
    assert attempt.error.trace is not None
    text = (Path(attempt.error.trace) / "report.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    data = json.loads((Path(attempt.error.trace) / "report.json").read_text("utf-8"))
    assert [each["entry"].splitlines()[0] for each in data["there"]] == re.findall(
        r"^\[\[\w+\]\]$", block, re.MULTILINE
    )
    return [entry for entry in block.split("\n\n") if entry.strip()]


@pytest.mark.parametrize("replica", [("renamed-everything",)], indirect=True)
def test_a_page_that_nobody_knows_is_mended_by_what_was_listed(
    replica: Replica, desk: Desk, tmp_path: Path
) -> None:
    """Another language, other ids on each visit, no shape: the login stops and says what is there.

    With the entry that the failed login lists, pasted into a file, the next one passes.
    """
    desk.trace = "on-failure"
    file = tmp_path / "page.toml"
    first = desk.log_in(replica)
    assert (first.code, replica.counts.otp_requests) == ("PAGE_NOT_RECOGNISED", 0)
    assert first.error is not None
    assert "The page has 1 field" in first.error.hint
    assert "Sampark kramank" in first.error.hint
    file.write_text(listed(first)[0], "utf-8")

    # A record from the start covers what is typed; the PIN's form is still known by its discs.
    second = desk.log_in(replica, page_file=file, trace="on")
    assert second.code == "OK", second.error
    assert (replica.counts.otp_requests, replica.counts.pins) == (1, 1)
    assert second.result is not None
    assert second.result.trace is not None
    told = json.loads((Path(second.result.trace) / "report.json").read_text("utf-8"))
    assert told["page_file"] == ["a field with the words 'Sampark kramank' wants the mobile"]
    assert leaks_below(desk.home / "traces", secrets_of(replica)) == {}
