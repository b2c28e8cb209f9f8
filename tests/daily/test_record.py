"""What the daily login remembers."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path

import pytest

from tests.daily.staged import Stage, outage
from upstox_browser_login.daily.plan import (
    LogIn,
    Wait,
    Why,
)
from upstox_browser_login.daily.record import Failed, Record, Records, documents_of
from upstox_browser_login.errors import (
    UpstoxUnavailableError,
)
from upstox_browser_login.token import IST


def test_what_cannot_be_kept_is_told_once_until_it_is_kept_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = documents_of(tmp_path)
    records = Records(documents, "daily-x")
    in_its_place = Path(documents.where("daily-x"))
    in_its_place.mkdir(parents=True)

    def tries(record: Record) -> None:
        record.days_asked_at = (record.days_asked_at or 0) + 1

    def told() -> int:
        said = [e for e in caplog.records if "is not kept" in e.message]
        caplog.clear()
        return len(said)

    with caplog.at_level(logging.WARNING):
        records.change(tries)
        assert records.change(tries).days_asked_at == 2
        assert told() == 1
        in_its_place.rmdir()
        assert records.change(tries).days_asked_at == 3
        assert told() == 0
        in_its_place.unlink()
        in_its_place.mkdir()
        records.change(tries)
        assert told() == 1


def test_failures_are_counted_from_half_past_three_in_india() -> None:
    """As the plan counts days: what failed at 02:00 was of another one."""
    times = [(27, 23, 50), (28, 0, 10), (28, 3, 29), (28, 3, 31), (28, 4, 0)]
    counts, before = [], None
    for day, hour, minute in times:
        at = datetime(2026, 11, day, hour, minute, tzinfo=IST).timestamp()
        before = Failed.of(outage(), at, at, before, None)
        counts.append(before.count)
    assert counts == [1, 2, 3, 1, 2]


def test_a_damaged_record_and_a_damaged_list_are_begun_anew(stage: Stage) -> None:
    stage.ends = [outage()]
    stage.daily().turn()
    (record,) = (stage.desk.home / "state" / "daily").glob("daily-*.json")
    record.write_text("{")
    (record.parent / "holidays.json").write_text("[]")
    assert isinstance(stage.daily().turn(), LogIn)


@pytest.mark.parametrize("member", ["at", "began"])
def test_a_time_that_no_clock_shows_is_damage(stage: Stage, member: str) -> None:
    """It would end the program, and again after each restart."""
    stage.ends = [outage()]
    stage.daily().turn()
    (path,) = (stage.desk.home / "state" / "daily").glob("daily-*.json")
    record = json.loads(path.read_text())
    record["failed"][member] = 1e300
    path.write_text(json.dumps(record))
    assert isinstance(stage.daily().turn(), LogIn)


def test_a_record_that_cannot_be_kept_is_remembered(stage: Stage) -> None:
    """A failure is not forgotten, and the next try waits, though nothing can be written."""
    daily = stage.daily()
    (stage.desk.home / "state").mkdir(parents=True, exist_ok=True)
    (stage.desk.home / "state" / "daily").write_text("a file is in the way")
    stage.ends = [outage()]
    assert isinstance(daily.turn(), LogIn)
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE


def test_nothing_secret_is_remembered(stage: Stage) -> None:
    account = stage.replica.account
    daily = stage.daily()
    stage.ends = [UpstoxUnavailableError(f"It said {account.pin}.", code="NETWORK")]
    daily.turn()
    kept = [*(stage.desk.home / "state" / "daily").rglob("*")]
    assert any(path.is_file() for path in kept)
    for path in kept:
        text = path.read_text() if path.is_file() else ""
        for secret in (account.pin, account.mobile, account.totp_secret, account.client_secret):
            assert secret not in text
            assert secret not in Path(path).name
