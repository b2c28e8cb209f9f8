"""The contract: what every kind of store does alike."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.errors import StoreError, UpstoxUnavailableError
from upstox_browser_login.store.documents import Documents, Held

from .conftest import Place

DATA = '{"text": "Zoë"}'.encode()
Start = Callable[..., "subprocess.Popen[str]"]

posix_only = pytest.mark.skipif(os.name != "posix", reason="forks, or sends SIGKILL")


def test_it_knows_its_kind(place: Place, documents: Documents) -> None:
    """`kind` is the word that users know."""
    assert documents.kind == place.kind


def test_nothing_is_there_at_first(place: Place, documents: Documents) -> None:
    """An empty place is no error, and looking at it leaves nothing behind."""
    assert documents.read("name") is None
    assert documents.delete("name") is False
    assert documents.set_aside("name") is None
    assert place.names() == set()
    assert not place.root.exists()


def test_what_is_written_is_read_by_others(place: Place, documents: Documents) -> None:
    """A later process finds the document, byte by byte, and the newest of several."""
    documents.write("name", b"first")
    documents.write("name", DATA, expires_at=place.clock.now + timedelta(hours=1))
    documents.write("other", b"other")
    assert place.open().read("name") == DATA
    assert place.open().read("other") == b"other"


def test_a_long_document_is_kept_whole(documents: Documents) -> None:
    """Far longer than a token."""
    data = "Zoë".encode() * 10_000
    documents.write("name", data)
    assert documents.read("name") == data


def test_a_deleted_document_is_gone(place: Place, documents: Documents) -> None:
    """Only the one that was named."""
    documents.write("name", DATA)
    documents.write("other", DATA)
    assert documents.delete("name") is True
    assert place.open().read("name") is None
    assert documents.delete("name") is False
    assert documents.read("other") == DATA


def test_a_document_set_aside_is_kept_under_another_name(
    place: Place, documents: Documents
) -> None:
    """The word that comes back says where; the name is free again."""
    documents.write("name", DATA)
    where = documents.set_aside("name")
    assert where is not None
    assert "name" in where
    assert "damaged" in where
    assert documents.read("name") is None
    assert len(place.names()) == 1
    documents.write("name", DATA)
    assert documents.read("name") == DATA
    assert len(place.names()) == 2


def test_what_is_set_aside_takes_the_place_of_the_one_before(
    place: Place, documents: Documents
) -> None:
    for _ in range(2):
        documents.write("name", DATA)
        assert documents.set_aside("name") is not None
        place.clock.now += timedelta(days=1)
    assert len(place.names()) == 1


def test_what_was_set_aside_is_deleted_with_the_document(
    place: Place, documents: Documents
) -> None:
    """A token of a newer version is whole. Another account's stays."""
    for name in ("name", "other"):
        documents.write(name, DATA)
        documents.set_aside(name)
    documents.write("name", DATA)
    assert documents.delete("name") is True
    assert len(place.names()) == 1
    documents.set_aside("other")
    documents.write("name", DATA)
    documents.set_aside("name")
    assert documents.delete("name") is False, "nothing but what was set aside"
    assert len(place.names()) == 1
    assert documents.delete("other") is False
    assert place.names() == set()


def test_the_check_leaves_nothing_behind(place: Place, documents: Documents) -> None:
    """It writes and removes, and touches no document."""
    documents.check_writable()
    assert place.names() == set()
    documents.write("name", DATA)
    before = place.names()
    documents.check_writable()
    assert place.names() == before
    assert documents.read("name") == DATA


def test_where_names_the_document(documents: Documents) -> None:
    """The word for a person holds the name, and that for the place of all does not."""
    assert "name" in documents.where("name")
    assert documents.place in documents.where("other")


def test_a_free_lock_is_held_at_once(place: Place, documents: Documents) -> None:
    """Again and again, and beside the lock of another name."""
    for _ in range(2):
        with documents.lock("name", 5) as held, place.open().lock("other", 5) as other:
            assert not held.waited
            assert not other.waited
            assert held.is_held()
            assert other.is_held()


def test_a_lock_that_stays_held_times_out(place: Place, documents: Documents) -> None:
    """The error says how long it was waited for, and what to do."""
    with documents.lock("name", 5):
        for others in (documents, place.open()):
            with pytest.raises(UpstoxUnavailableError) as caught, others.lock("name", 0.2):
                pytest.fail("two hold the lock")
            assert caught.value.code == "TIMEOUT"
            assert "within 0.2 s" in caught.value.message
            assert "UPSTOX_TIMEOUT" in caught.value.hint


def test_a_waiter_gets_the_lock_and_knows_that_it_waited(
    place: Place, documents: Documents
) -> None:
    """So that it looks for the other's token before it logs in itself."""
    waiting = threading.Event()

    def wait() -> Held:
        with pytest.raises(UpstoxUnavailableError), place.open().lock("name", 0):
            pytest.fail("two hold the lock")
        waiting.set()
        with place.open().lock("name", 10) as held:
            return held

    with ThreadPoolExecutor(1) as pool:
        with documents.lock("name", 5):
            future = pool.submit(wait)
            assert waiting.wait(60)
            # The waiter's first look at the lock has to happen while it is held.
            with pytest.raises(TimeoutError):
                future.result(0.4)
        assert future.result(60).waited


def test_a_lock_is_released_when_the_work_fails(place: Place, documents: Documents) -> None:
    """And the work's own error, of whatever class, is the one that is seen."""
    for error in (OSError("the work"), ValueError("the work"), KeyboardInterrupt()):
        with pytest.raises(type(error)) as caught, documents.lock("name", 5):
            raise error
        assert caught.value is error
        with place.open().lock("name", 0) as held:
            assert not held.waited


def test_a_lock_may_be_released_in_another_thread(place: Place, documents: Documents) -> None:
    """An event loop takes and releases it in whichever worker is free."""
    stack = ExitStack()
    for step in (lambda: stack.enter_context(documents.lock("name", 5)), stack.close):
        thread = threading.Thread(target=step)
        thread.start()
        thread.join()
    with place.open().lock("name", 0) as held:
        assert not held.waited


def test_twenty_threads_contend(documents: Documents) -> None:
    """No addition is lost, so no two were in the block at once."""

    def add(_: int) -> None:
        with documents.lock("name", 30):
            documents.write("name", str(int(documents.read("name") or b"0") + 1).encode())

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(add, range(20)))
    assert documents.read("name") == b"20"


@posix_only
@posix_only
@pytest.mark.parametrize("place", ["file", "sqlite"], indirect=True)
@pytest.mark.parametrize("fault", ["loop", "folder", "closed"])
def test_the_same_fault_of_a_disk_is_the_same_error(
    place: Place, documents: Documents, fault: str
) -> None:
    """What this user may not read does not pass by itself, whatever the kind of store."""
    if fault == "closed" and os.geteuid() != 0:
        pytest.skip("root alone can become another user")
    documents.write("name", DATA)
    path = Path(documents.where("name").partition(" (row")[0])
    if fault != "closed":
        path.unlink()
        path.mkdir() if fault == "folder" else path.symlink_to(path.name)
    with acting_as("nobody" if fault == "closed" else None):
        with pytest.raises(StoreError) as unread:
            place.open().read("name")
        if fault == "closed":
            with pytest.raises(StoreError) as unwritten:
                place.open().write("name", DATA)
            assert unwritten.value.code == "STORE_UNWRITABLE"
    assert (unread.value.code, unread.value.unanswered) == ("STORE_UNREADABLE", False)
    assert not unread.value.mended_by_login


@pytest.mark.parametrize("place", ["file", "sqlite", "redis"], indirect=True)
def test_twenty_processes_contend(place: Place, documents: Documents, start: Start) -> None:
    """As with threads, across processes."""
    process = start("contenders", place.kind, place.root, place.redis_url)
    assert process.wait(60) == 0
    assert documents.read("name") == b"40"


@posix_only
@pytest.mark.parametrize("place", ["file", "redis"], indirect=True)
def test_a_lock_dies_with_its_holder(place: Place, documents: Documents, start: Start) -> None:
    """A killed holder cannot release; the next waiter gets the lock all the same."""
    process = start("lock_holder", place.kind, place.root, place.redis_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(UpstoxUnavailableError), documents.lock("name", 0.1):
        pytest.fail("two hold the lock")
    process.kill()
    process.wait(60)
    with documents.lock("name", 10):
        pass
