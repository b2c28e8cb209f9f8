"""The bridge between plain and asynchronous functions: what crosses it, what breaks it off."""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading

import pytest

from upstox_browser_login.blocking import apart, apart_until_cancelled, run_apart, to_the_end
from upstox_browser_login.errors import UpstoxError


async def test_what_a_call_takes_along_and_brings_back() -> None:
    """The caller's context and the function's own errors, as `asyncio.to_thread` would."""
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")
    variable.set("seen")
    assert await apart(variable.get) == "seen"
    with pytest.raises(KeyError, match="missing"):
        await apart({}.__getitem__, "missing")


async def test_a_loop_that_runs_is_no_obstacle() -> None:
    """As in Jupyter, where a plain function is called from within."""

    async def work() -> tuple[str, asyncio.AbstractEventLoop]:
        await asyncio.sleep(0)
        return threading.current_thread().name, asyncio.get_running_loop()

    name, loop = run_apart(work())
    assert name != threading.current_thread().name
    assert loop is not asyncio.get_running_loop()


def test_an_error_of_the_work_is_the_caller_s() -> None:
    async def work() -> None:
        raise LookupError("not there")

    with pytest.raises(LookupError, match="not there"):
        run_apart(work())


def test_work_that_is_cancelled_puts_its_things_away() -> None:
    cancelled = threading.Event()
    put_away: list[str] = []

    async def work() -> None:
        cancelled.set()
        try:
            await asyncio.Event().wait()
        finally:
            put_away.append("the browser")

    with pytest.raises(UpstoxError, match="cancelled"):
        run_apart(work(), cancelled)
    assert put_away == ["the browser"]


async def test_a_wait_that_is_cancelled_ends_the_function() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(*, cancelled: threading.Event) -> None:
        begun.set()
        assert cancelled.wait(60)
        ended.set()

    waiting = asyncio.create_task(apart_until_cancelled(work))
    await asyncio.to_thread(begun.wait, 30)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()


async def test_what_is_run_to_its_end_is_waited_for_though_cancelled() -> None:
    begun, release, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert release.wait(60)
        ended.set()

    waiting = asyncio.create_task(to_the_end(work))
    await asyncio.to_thread(begun.wait, 30)
    waiting.cancel()
    done, _ = await asyncio.wait({waiting}, timeout=0.05)
    assert not done
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()


@pytest.mark.skipif(sys.platform != "win32", reason="other systems have no such loop")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_program_s_own_kind_of_loop_keeps_us_from_starting_none() -> None:
    """As tornado and others choose one on Windows that cannot start programs."""

    async def work() -> int:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        return await process.wait()

    if sys.platform == "win32":  # for mypy, which knows no such loop elsewhere
        before = asyncio.get_event_loop_policy()
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        try:
            assert run_apart(work()) == 0
        finally:
            asyncio.set_event_loop_policy(before)
