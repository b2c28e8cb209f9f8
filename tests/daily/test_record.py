"""What the daily login remembers."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from upstox_browser_login.daily.record import Record, Records, documents_of


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
