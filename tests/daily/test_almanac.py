"""Upstox's list of holidays, asked for and kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.harness import Desk
from upstox_browser_login.daily.almanac import NAME, ask_for_days, kept_days
from upstox_browser_login.daily.record import documents_of
from upstox_browser_login.errors import StoreError, UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store.file import FileDocuments


@pytest.fixture
def documents(tmp_path: Path) -> FileDocuments:
    return documents_of(tmp_path)


@pytest.fixture
def settings(desk: Desk, replica: Replica) -> Settings:
    return desk.settings(replica)


def test_the_list_is_asked_for_once_and_known_again(
    documents: FileDocuments, settings: Settings, replica: Replica
) -> None:
    assert kept_days(documents, settings) is None
    days = ask_for_days(documents, settings, 7.0)
    assert days.fetched_at == 7.0
    assert days.days
    assert kept_days(documents, settings) == days
    assert len(replica.log.of("holidays")) == 1


def test_the_list_of_another_api_is_none(documents: FileDocuments, settings: Settings) -> None:
    ask_for_days(documents, settings, 7.0)
    other = settings.model_copy(update={"api_base_url": "https://api.upstox.com"})
    assert kept_days(documents, other) is None


def test_a_list_that_cannot_be_read_is_none_and_told(
    documents: FileDocuments, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    documents.write(NAME, b"{")
    assert kept_days(documents, settings) is None
    assert "The list of holidays, " in caplog.text
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize("scenario", ["http=holidays:500", "garbage=holidays"])
def test_what_is_no_list_is_an_error_and_takes_the_place_of_none(
    scenario: str, documents: FileDocuments, settings: Settings, replica: Replica
) -> None:
    days = ask_for_days(documents, settings, 7.0)
    replica.set(scenario)
    with pytest.raises(UpstoxError):
        ask_for_days(documents, settings, 8.0)
    assert kept_days(documents, settings) == days


def test_a_list_that_cannot_be_kept_is_of_use_all_the_same(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(FileDocuments):
        def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:
            del data, expires_at
            raise StoreError(f"There is no room for {name}.", code="STORE_UNWRITABLE")

    full = Full(tmp_path / "daily", tmp_path / "locks")
    assert ask_for_days(full, settings, 7.0).days
    assert "is not kept: There is no room" in caplog.text
