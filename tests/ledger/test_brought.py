"""When logins have brought the token of an app: one count for all who share the ledger."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness import FakeClock
from tests.store.conftest import redis_server, redis_url
from upstox_browser_login import Settings
from upstox_browser_login.errors import StoreError
from upstox_browser_login.ledger import Brought
from upstox_browser_login.store import open_ledger_documents
from upstox_browser_login.store.file import FileDocuments

__all__ = ["redis_server", "redis_url"]

APP = "the-name-of-one-token"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def documents(tmp_path: Path) -> FileDocuments:
    return FileDocuments(tmp_path / "ledger", tmp_path / "locks")


def test_those_of_the_last_day_are_counted(documents: FileDocuments, clock: FakeClock) -> None:
    brought = Brought(documents, APP, now=clock.time)
    assert brought.times() == ()
    brought.add()
    clock.offset += 50_000
    brought.add()
    first, second = brought.times()
    assert second - first == pytest.approx(50_000, abs=60)
    clock.offset += 50_000
    assert brought.times() == (second,)


def test_another_app_of_the_account_has_its_own(documents: FileDocuments, clock: FakeClock) -> None:
    Brought(documents, APP, now=clock.time).add()
    assert Brought(documents, "another", now=clock.time).times() == ()


def test_it_does_not_grow_for_ever(documents: FileDocuments, clock: FakeClock) -> None:
    brought = Brought(documents, APP, now=clock.time)
    for _ in range(60):
        brought.add()
    assert len(brought.times()) == 50
    assert len(documents.read(f"brought-{APP}") or b"") < 2000


@pytest.mark.parametrize(
    "data",
    [b"{", b'{"version": 2, "times": []}', b"\xff", b"[]", b'{"version": 1, "times": [1e300]}'],
)
def test_what_cannot_be_read_counts_for_nothing(
    data: bytes, documents: FileDocuments, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """It only makes pauses longer, and so stops no login."""
    documents.write(f"brought-{APP}", data)
    brought = Brought(documents, APP, now=clock.time)
    assert brought.times() == ()
    assert "cannot be read" in caplog.text
    brought.add()
    assert len(brought.times()) == 1


def test_one_that_cannot_be_counted_is_told(
    documents: FileDocuments,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def write(name: str, data: bytes) -> None:
        raise StoreError("The disk is full.", code="STORE_UNWRITABLE")

    monkeypatch.setattr(documents, "write", write)
    with caplog.at_level(logging.WARNING):
        Brought(documents, APP, now=clock.time).add()
    assert "could not be recorded that a login brought a token: The disk is full." in caplog.text


# -- two machines ----------------------------------------------------------------------------------


def machine(redis_url: str, folder: Path, clock: FakeClock) -> Brought:
    """One of those that share a Redis; each has a state folder of its own."""
    settings = Settings(token_store=redis_url, state_dir=folder)
    return Brought(open_ledger_documents(settings), APP, now=clock.time)


def test_two_machines_with_one_redis_have_one_count(
    redis_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    one, other = (machine(redis_url, tmp_path / name, clock) for name in ("one", "other"))
    one.add()
    other.add()
    one.add()
    assert len(one.times()) == 3
    assert one.times() == other.times()


def test_what_both_add_at_once_is_counted_twice(
    redis_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    machines = [machine(redis_url, tmp_path / name, clock) for name in ("one", "other")]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(each.add) for each in machines * 5]:
            done.result()
    assert len(machines[0].times()) == len(machines[1].times()) == 10


def test_a_redis_that_forgets_leaves_each_machine_its_own_copy(
    redis_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    import redis

    one = machine(redis_url, tmp_path / "one", clock)
    one.add()
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
    assert len(one.times()) == 1
    assert machine(redis_url, tmp_path / "other", clock).times() == ()
    one.add()
    assert len(machine(redis_url, tmp_path / "other", clock).times()) == 2
