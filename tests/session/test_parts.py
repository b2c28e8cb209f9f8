"""What a login works with, and until when."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.page.stand_ins import StillClock
from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.session.parts import Deadline, Parts
from upstox_browser_login.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(username="9876501234", client_id="an-app", state_dir=tmp_path / "state")


def test_the_time_that_is_left_is_never_negative() -> None:
    clock = StillClock()
    deadline = Deadline.after(60.0, clock)
    assert (deadline.left, deadline.limit) == (60.0, 60.0)
    clock.at += 45.0
    assert deadline.left == 15.0
    clock.at += 45.0
    assert (deadline.left, deadline.limit) == (0.0, 60.0)


@pytest.mark.parametrize(("limit", "late"), [(60.0, 4.0), (5.0, 1.25)])
def test_a_pin_needs_time_for_its_answer(limit: float, late: float) -> None:
    """Of a PIN whose answer is cut off nobody knows whether it counts towards the lock."""
    clock = StillClock()
    deadline = Deadline.after(limit, clock)
    clock.at += limit - late
    assert deadline.has_time_for_a_pin()
    assert not deadline.has_time_for_a_pin(pause=1.0)
    clock.at += 0.1
    assert not deadline.has_time_for_a_pin()


async def test_the_limit_of_what_happens_in_the_browser_is_what_is_left() -> None:
    clock = StillClock()
    deadline = Deadline.after(0.05, clock)
    with pytest.raises(TimeoutError):
        async with deadline.of_login():
            await asyncio.sleep(60)
    clock.at += 1.0
    with pytest.raises(TimeoutError):
        async with deadline.of_login():
            await asyncio.sleep(60)


def test_evidence_has_time_after_the_limit_but_not_for_ever() -> None:
    clock = StillClock()
    deadline = Deadline.after(10.0, clock)
    early = deadline.evidence
    clock.at += 10.0
    at_the_limit = deadline.evidence
    clock.at += 3600.0
    assert early >= at_the_limit > 0
    assert deadline.evidence < at_the_limit


def test_what_a_person_took_after_a_login_costs_its_closing_no_time() -> None:
    clock = StillClock()
    deadline = Deadline.after(10.0, clock)
    clock.at += 3610.0  # somebody looked at the window for an hour
    assert deadline.closing(waited=3600.0).evidence > deadline.closing().evidence


def test_opening_the_parts_writes_nothing(settings: Settings) -> None:
    parts = Parts.of(settings, StillClock(), by_hand=True)
    assert parts.store.load(parts.key) is None
    assert parts.by_hand
    assert parts.marks is None
    assert not settings.state_dir.exists()


def test_a_page_file_is_read_before_anything_begins(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "page.toml"
    named = settings.model_copy(update={"page_file": file})
    file.write_text("[[field]]\nis = 'otp'\nid = 'totpBox'\n", "utf-8")
    assert Parts.of(named, StillClock()).marks is not None
    file.write_text("[[field]]\nis = 'nothing'\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"page\.toml"):
        Parts.of(named, StillClock())


def test_parts_that_could_keep_nothing_are_none(settings: Settings) -> None:
    parts = Parts.usable(settings, StillClock())
    assert parts.store.load(parts.key) is None
    in_the_way = settings.state_dir.with_name("file")
    in_the_way.touch()
    with pytest.raises(StoreError) as raised:
        Parts.usable(settings.model_copy(update={"state_dir": in_the_way}), StillClock())
    assert raised.value.code == "STORE_UNWRITABLE"
