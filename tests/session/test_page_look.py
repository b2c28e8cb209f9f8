"""A look at the page as a login meets it; nothing is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.harness import Desk, leaks_below, secrets_of
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica
from upstox_browser_login.session.page_look import look_at_page

pytestmark = pytest.mark.usefixtures("sharing")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that nobody knows is given up after 2 s, and not after 15."""
    monkeypatch.setattr(timing, "DEFAULT", replace(timing.DEFAULT, unknown=2.0))


def test_a_look_types_nothing_and_tells_what_is_left(replica: Replica, desk: Desk) -> None:
    settings = desk.settings(replica)
    look = look_at_page(settings, save=True, clock=desk.clock)
    assert look.error is None
    assert look.first == "fill the mobile form"
    assert [(each.state, each.taken, each.silent) for each in look.standings] == [
        ("mobile form", True, ())
    ]
    assert look.evidence is not None
    kept = Path(look.evidence)
    assert {"look.json", "page.html", "screenshot.png", "report.md"} <= {
        each.name for each in kept.iterdir()
    }
    assert json.loads((kept / "look.json").read_text("utf-8"))["fields"][0]["id"] == "mobileNum"
    assert leaks_below(kept, secrets_of(replica)) == {}

    replica.set("renamed-ids")
    look = look_at_page(settings, save=False, clock=desk.clock)
    assert [(each.taken, each.silent) for each in look.standings] == [(True, ("identity",))]
    assert look.evidence is None

    replica.set("renamed-everything")
    look = look_at_page(settings, save=False, clock=desk.clock)
    assert look.error is not None
    assert look.error.exit_code == 7
    assert [each.entry.splitlines()[0] for each in look.there] == ["[[field]]", "[[button]]"]
    assert replica.counts.otp_requests == 0
