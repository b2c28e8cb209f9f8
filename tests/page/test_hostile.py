"""Pages that are out for harm: what they may get is nothing, and each login ends in time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from benchmarks.drift.runs import booked_in, ledgers_below
from msgspec.structs import replace

from tests.harness import Attempt, Desk, variants
from tests.shared_browser import children
from upstox_browser_login.page import timing, walk
from upstox_browser_login.page.window import Window, open_window
from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("hostile.js").read_text("utf-8")
_NAME = re.compile(r'^    "([^"]+)": \(\) =>', re.MULTILINE)
NAMES = tuple(_NAME.findall(SCRIPT))

ENDLESS = frozenset(_NAME.findall(SCRIPT.partition("// -- no end")[2]))
"""Pages that keep a browser busy for as long as it runs, at the end of the script."""

FORGED = tuple(each for each in NAMES if each.startswith("lock told"))

MOVED = tuple(each for each in NAMES if each.startswith("is put into a"))

LIMIT = 15
"""Seconds for a login."""

GRACE = 8
"""Seconds that a login may take beyond its limit, with three for a machine that has other work.

Some of these pages would never end; tests/session/test_end.py keeps the 5 s that are promised.
"""

QUICK = timing.Timing(
    settle=0.6, unknown=3.0, enable=0.4, refused_by_page=0.5, ending=0.4, patience=1.0
)

REFUSALS = frozenset(
    {"ACCOUNT_LOCKED", "PIN_REJECTED", "TOTP_REJECTED", "RATE_LIMITED", "MOBILE_REJECTED"}
)


@pytest.fixture(autouse=True)
def browser_of_its_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """Share one browser, but not with a page that would keep it busy for the tests after it."""
    case = getattr(request.node, "callspec", None)
    if case is None or case.params.get("name") not in ENDLESS:
        request.getfixturevalue("sharing")
    before = children()
    yield
    assert [each for each in children() if each not in before] == []


@dataclass
class Baits:
    """What fields and controls tell that were to get nothing."""

    told: list[str] = field(default_factory=list)

    def hear(self, _source: Any, text: str) -> None:
        told = json.loads(text)
        self.told.append(f"{told['name']}: {told['what']}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within the block every window tells, by what is no request of the page."""

        async def opened(*args: Any, **options: Any) -> Window:
            window = await open_window(*args, **options)
            await window.context.expose_binding("tellBait", self.hear)
            return window

        with patch.object(walk, "open_window", opened):
            yield


@dataclass(frozen=True)
class Harm:
    """What came of one hostile page."""

    attempt: Attempt
    baits: tuple[str, ...]
    pins: int
    codes: tuple[str, ...]
    booked: tuple[str, ...]


def attacked(name: str, desk: Desk, *scenarios: str, waits: timing.Timing = QUICK) -> Harm:
    """Log in on the replica's page with this attack in it."""
    text = f"const ATTACK = {json.dumps(name)};\n{SCRIPT}\n{bundle()}"
    baits = Baits()
    with (
        patch.object(timing, "DEFAULT", waits),
        patch.object(pages, "bundle", lambda: text),
        baits.listening(),
        Replica(*scenarios, clock=desk.clock.time) as replica,
    ):
        attempt = desk.log_in(replica, timeout=LIMIT)
        pins, codes = replica.counts.pins, tuple(replica.counts.codes)
    booked = tuple(each for ledger in ledgers_below(desk.home) for each in booked_in(ledger))
    return Harm(attempt, tuple(dict.fromkeys(baits.told)), pins, codes, booked)


FEW = (
    "twin that is nearly transparent",
    "turns to a chat at the focus",
    "lock told by an alert, with help that unlocks",
    "terms behind a word of cookies",
    "sends at the sixth digit, at blur and press",
    "PIN asked for again, emptied, in a new form",
    "dialogs for ever",
    "changes its address for ever",
)
"""One of each kind; what most of the others try is tested without a login as well."""


def test_there_are_such_pages() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 100
    assert set(FEW) <= set(NAMES)
    assert {"dialogs for ever", "writes itself anew for ever"} <= ENDLESS < set(NAMES)


@pytest.mark.parametrize("name", [*FEW, *variants(*(each for each in NAMES if each not in FEW))])
def test_a_hostile_page_does_no_harm(name: str, desk: Desk) -> None:
    harm = attacked(name, desk)
    assert harm.baits == ()
    assert harm.pins <= 1
    assert len(harm.codes) == len(set(harm.codes)) <= 2
    assert harm.booked == ()
    assert harm.attempt.code not in REFUSALS, harm.attempt.error
    assert harm.attempt.seconds < LIMIT + GRACE


@pytest.mark.parametrize(
    "name",
    [
        "twin that is nearly transparent",
        "twin in the colour of the page",
        *variants(
            "twin of a few pixels", "chat that asks for a code", "asks before it leaves", *FORGED
        ),
    ],
)
def test_a_login_is_not_kept_from_its_end_by_what_it_sees_through(name: str, desk: Desk) -> None:
    """These pages show all that a login needs, so it must also succeed on them."""
    harm = attacked(name, desk)
    assert harm.attempt.code == "OK", harm.attempt.error
    assert (harm.pins, len(harm.codes)) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "form sends itself to a stranger",
        *variants(*(each for each in NAMES if "put into a" in each)),
    ],
)
def test_nothing_is_typed_into_a_form_that_a_stranger_gets(name: str, desk: Desk) -> None:
    """That its sending would be stopped is no reason to type into it."""
    harm = attacked(name, desk)
    assert harm.attempt.code == "UNTRUSTED_ORIGIN"
    assert "would be sent to a place that is not Upstox" in str(harm.attempt.error)
    assert (harm.pins, harm.codes, harm.booked) == (0, (), ())


@pytest.mark.variant
def test_a_slow_answer_tells_more_than_a_forged_lock(desk: Desk) -> None:
    """The text stands there, marked as an alert, for seconds after the PIN was sent."""
    name = "lock told while the PIN is on its way"
    harm = attacked(name, desk, "slow=pin:8", waits=replace(QUICK, unknown=15.0))
    assert harm.attempt.code == "OK", harm.attempt.error
    assert harm.booked == ()
