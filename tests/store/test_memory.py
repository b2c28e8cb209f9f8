"""Tokens in memory: kept for one process, with a ledger that is on disk all the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import Desk
from upstox_browser_login.errors import StoreError, UpstoxUnavailableError
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import memory, open_ledger_documents, open_store
from upstox_browser_login.store.memory import MemoryDocuments


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    memory._kept.clear()
    yield
    memory._kept.clear()


def test_documents_in_memory() -> None:
    one, other = MemoryDocuments(), MemoryDocuments()
    assert one.read("name") is None
    one.write("name", b"data")
    assert other.read("name") == b"data"
    assert other.set_aside("name") is not None
    assert (one.set_aside("name"), one.delete("name")) == (None, False)
    one.check_writable()


def test_one_at_a_time() -> None:
    documents, entered, leave = MemoryDocuments(), threading.Event(), threading.Event()

    def hold() -> None:
        with documents.lock("name", 0):
            entered.set()
            leave.wait(60)

    holding = threading.Thread(target=hold)
    holding.start()
    assert entered.wait(60)
    with pytest.raises(UpstoxUnavailableError), documents.lock("name", 0.01):
        pass
    with documents.lock("another", 0) as held:
        assert not held.waited
    threading.Timer(0.05, leave.set).start()
    with documents.lock("name", 10) as held:
        assert held.waited
    holding.join()


def test_the_ledger_has_a_folder_all_the_same(tmp_path: Path) -> None:
    settings = Settings(token_store="memory", state_dir=tmp_path / "state")
    assert open_store(settings).kind == "memory"
    assert open_ledger_documents(settings).where("x").startswith(str(tmp_path / "state" / "ledger"))


def test_without_a_writable_folder_no_login_begins(desk: Desk, replica: Replica) -> None:
    """A refused PIN would be forgotten with the process, and sent again by the next."""
    desk.home.mkdir(parents=True)
    (desk.home / "state").write_text("a file in the way")
    failure = desk.log_in(replica, token_store="memory").error
    assert isinstance(failure, StoreError)
    assert failure.code == "STORE_UNWRITABLE"
    assert not replica.log.of("dialog")


@pytest.mark.usefixtures("sharing")
def test_a_login_keeps_its_token_in_memory_only(desk: Desk, replica: Replica) -> None:
    done = desk.log_in(replica, token_store="memory")
    assert done.result is not None
    assert done.result.store == "memory"
    plain = done.result.token.access_token.get_secret_value().encode()
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    assert any(path.parent.name == "ledger" for path in files)
    assert not [path for path in files if plain in path.read_bytes()]
