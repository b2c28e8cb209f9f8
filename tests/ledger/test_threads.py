"""Many runs at once lose no entry and share no window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from upstox_browser_login.errors import LoginBlockedError
from upstox_browser_login.store.file import FileDocuments

from .world import PIN, World


def in_threads(count: int, work: Callable[[int], object]) -> list[object]:
    """Do `work` in so many threads that start together; results, or the errors, in order."""
    barrier = threading.Barrier(count)
    results: list[object] = [None] * count

    def one(number: int) -> None:
        barrier.wait()
        try:
            results[number] = work(number)
        except Exception as error:  # noqa: BLE001  (handed to the test)
            results[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(params=["memory", "file"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """Make a world on documents that many use at once."""
    if request.param == "memory":
        return World()
    return World(FileDocuments(tmp_path / "state", tmp_path / "locks"))


def test_no_entry_is_lost(shared: World) -> None:
    """Each of many writers finds its entry afterwards."""

    def work(number: int) -> None:
        for turn in range(3):
            shared.run().pin_refused(f"{number:03}{turn:03}")

    assert in_threads(8, work) == [None] * 8
    assert len(shared.run().history()) == 24
    for number in range(8):
        for turn in range(3):
            shared.stops(f"{number:03}{turn:03}")


def test_one_of_many_gets_the_window(shared: World) -> None:
    """The others are told to wait."""
    results = in_threads(
        8, lambda number: shared.run().sending_code(f"{number:06}", shared.window, 30)
    )
    assert results.count(None) == 1
    assert sum(isinstance(each, LoginBlockedError) for each in results) == 7


def test_two_of_many_get_to_send_the_pin(shared: World) -> None:
    """None has an outcome yet, so the third must take the first two for refused."""
    results = in_threads(8, lambda _: shared.run().sending_pin(PIN))
    assert results.count(None) == 2
    assert sum(isinstance(each, LoginBlockedError) for each in results) == 6
