"""Pages that send what was typed by themselves, in hundreds of ways: once is all that leaves.

What counts is what the servers have seen, of every way, also of those that a login cannot read.

Most ways are seen through: a request of any kind, a worker's and a beacon's among them, that holds
the PIN or code as such or in base64 is stopped where another has held it before. Two are not. What
a page has encrypted looks like anything, and Chromium lets nobody stop a frame of a socket. Where
such a page sends again by itself, or sends at our press beside its form, no login can help it; of
these pages it is asserted that the login has typed once and pressed once at the most, and that the
ledger knows of the PIN, though not how often it has left where it was encrypted. Where they send at
once, the login does not press, and one is all that they send as well.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from benchmarks.drift.runs import ledgers_below

from tests.harness import Desk, variants
from tests.page.collector import FORMS, REFUSED, Collector, collecting
from upstox_browser_login.page import hands, timing
from upstox_browser_login.page.look import Control, Field
from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle

pytestmark = pytest.mark.usefixtures("sharing")

SEED = 11
EACH = 14
"""Pages for each way of sending."""

SCRIPT = Path(__file__).with_name("self_submitting.js").read_text("utf-8")

AT_ONCE = ("input", "0 ms", "observer", "busy")
"""When a page has sent before anybody could press."""
TRIGGERS = (*AT_ONCE, "frame", "poll", "30 ms", "300 ms", "change", "blur", "keyup")

SEEN = (
    "own form",
    "json",
    "urlencoded",
    "base64",
    "xhr",
    "beacon",
    "event source",
    "navigation",
    "worker",
    "image",
    "posted navigation",
    "script",
)
UNSEEN = ("reversed", "xored", "socket", "sealed socket")
"""Ways of which a repetition cannot be stopped: encrypted, or a frame of a socket."""

AFTERWARDS = ("kept", "cleared", "drawn anew", "refused", "repeated")
LIKE_ANOTHER = (
    "urlencoded",
    "base64",
    "xhr",
    "image",
    "posted navigation",
    "script",
    "xored",
    "sealed socket",
)
"""Of these, none is in the short run."""

LIMIT = 20.0
"""Seconds; a page that sends again and again may hold a login up for so long."""
QUICK = timing.Timing(
    settle=0.4, unknown=1.5, enable=0.4, refused_by_page=0.4, ending=0.3, patience=1.0
)


@dataclass(frozen=True)
class Page:
    """`press`: it sends at a press of the button as well, beside what its form does."""

    form: str
    transport: str
    trigger: str
    after: str
    press: bool

    def __str__(self) -> str:
        both = " and at a press" if self.press else ""
        return f"{self.form}, {self.transport}, {self.trigger}{both}, {self.after}"

    @property
    def is_bounded(self) -> bool:
        """Whether a login can see to it that it sends once."""
        return self.transport in SEEN or (self.trigger in AT_ONCE and self.after != "repeated")

    @property
    def is_counted(self) -> bool:
        """Whether a login can see how often the PIN leaves, and so the ledger knows it."""
        return self.is_bounded or self.transport == "socket"

    def script(self, collector: Collector) -> str:
        told = {
            "own": collector.url,
            "field": FORMS[self.form]["id"],
            "trigger": self.trigger,
            "transport": self.transport,
            "after": self.after,
            "press": self.press,
            "refused": REFUSED[self.form],
        }
        return f"const SET = {json.dumps(told)};\n{SCRIPT}"


def generated() -> tuple[list[Page], list[Page]]:
    """The pages of the short run, and the others: the same ones every time."""
    dice = random.Random(SEED)
    short: list[Page] = []
    others: list[Page] = []
    for index, transport in enumerate((*SEEN, *UNSEEN)):
        every = [
            Page(form, transport, trigger, after, press)
            for form, trigger, after, press in product(
                ("pin", "otp"), TRIGGERS, AFTERWARDS, (False, True)
            )
        ]
        first = Page(
            "pin", transport, AT_ONCE[index % 4], AFTERWARDS[index % 5], press=index % 2 == 1
        )
        rest = dice.sample([each for each in every if each != first], EACH - 1)
        (others if transport in LIKE_ANOTHER else short).append(first)
        others.extend(rest)
    return short, others


SHORT, OTHERS = generated()


def test_there_are_enough_of_them() -> None:
    every = {*SHORT, *OTHERS}
    assert len(every) == len(SHORT) + len(OTHERS) >= 200
    for name, values in (("trigger", TRIGGERS), ("after", AFTERWARDS), ("form", FORMS)):
        assert {getattr(each, name) for each in every} == set(values)


@dataclass
class Acts:
    """What the login has typed, and how often it has pressed after each."""

    typed: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Acts:
    acts = Acts()
    fill, press, enter = hands.Hands.fill, hands.Hands.press, hands.Hands.enter

    async def filled(self: hands.Hands, field: Field, text: str, **more: Any) -> str:
        told = await fill(self, field, text, **more)
        if told == "typed":
            acts.typed.append(text)
        return told

    async def pressed(self: hands.Hands, control: Control, **more: Any) -> str:
        why = await press(self, control, **more)
        if not why:
            acts.pressed.append(acts.typed[-1])
        return why

    async def entered(self: hands.Hands, field: Field, text: str, **more: Any) -> bool:
        done = await enter(self, field, text, **more)
        if done:
            acts.pressed.append(acts.typed[-1])
        return done

    monkeypatch.setattr(hands.Hands, "fill", filled)
    monkeypatch.setattr(hands.Hands, "press", pressed)
    monkeypatch.setattr(hands.Hands, "enter", entered)
    return acts


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "DEFAULT", QUICK)


def recorded(home: Path) -> tuple[float, int]:
    """How often the PIN and codes have left, by the ledger; a PIN that was taken counts no more."""
    (ledger,) = ledgers_below(home)
    taken = ledger["pins_accepted"] > 0
    pins = float("inf") if taken else sum(each["times"] for each in ledger["pins"])
    return pins, sum(each["times"] for each in ledger["codes"])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("page", [*SHORT, *variants(*OTHERS)], ids=str)
def test_a_page_that_sends_by_itself(
    page: Page, acts: Acts, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenarios = ("remembered",) if page.form == "pin" else ()
    with (
        collecting(page.form, page.after) as collector,
        Replica(*scenarios, clock=desk.clock.time) as replica,
    ):
        text = f"{{{page.script(collector)}}}\n{bundle()}"
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)
        attempt = desk.log_in(replica, trace="off", timeout=LIMIT)
        pin, counts, mobile = replica.account.pin, replica.counts, replica.account.mobile
    wire = Counter(collector.got) + Counter(counts.codes)
    wire.update([pin] * counts.pins)
    sent = {*acts.typed} - {mobile}
    assert sent, attempt.error
    # Pictures are not loaded, and a navigation may be given up for the one that is stopped.
    assert wire or page.transport in {"image", "navigation", "posted navigation"}
    pins, codes = recorded(desk.home)
    assert attempt.seconds < LIMIT + 60
    for what in sent:
        assert acts.typed.count(what) == 1
        assert acts.pressed.count(what) <= 1
        if page.is_bounded:
            assert wire[what] <= 1
    assert set(wire) <= sent
    assert (wire[pin] if page.is_counted else min(wire[pin], 1)) <= pins
    assert len({*wire} - {pin}) <= codes
