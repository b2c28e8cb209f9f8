"""The bridge between plain functions and asynchronous ones, in both directions.

Asynchronous work runs on a loop in a thread of its own, so that the plain functions also work in
Jupyter and inside somebody else's event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

from .errors import UpstoxError
from .redaction import redactor

P = ParamSpec("P")
T = TypeVar("T")

CLOSING_SECONDS = 15.0
"""How long work that was interrupted may take to put away what it has opened."""


def run_apart(work: Coroutine[Any, Any, T], cancelled: threading.Event | None = None) -> T:
    """Run `work` on a loop in a thread of its own, and end it with whoever waits for it."""
    done: list[T] = []
    failed: list[BaseException] = []
    finished = threading.Event()
    ready = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[T]]] = []

    async def main() -> T:
        task = asyncio.ensure_future(work)
        running.append((asyncio.get_running_loop(), task))
        ready.set()
        return await task

    def target() -> None:
        try:
            done.append(asyncio.run(main()))
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's thread)
            failed.append(error)
        finally:
            ready.set()
            finished.set()

    def cancel() -> None:
        ready.wait()
        if running:
            loop, task = running[0]
            with suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(task.cancel)
        finished.wait(CLOSING_SECONDS)

    thread = threading.Thread(target=target, name="upstox-browser-login", daemon=True)
    thread.start()
    try:
        # In slices: a wait without end cannot be interrupted on Windows.
        while not finished.wait(0.2):
            if cancelled is not None and cancelled.is_set():
                cancel()
                break
    except BaseException:
        cancel()
        raise
    if failed:
        if isinstance(failed[0], asyncio.CancelledError):
            raise UpstoxError("It was cancelled.")
        redactor.error(failed[0])
        raise failed[0]
    if not done:
        raise UpstoxError("It was cancelled.")
    thread.join()
    return done[0]


async def apart(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run `function`, which may wait for a minute, in a thread of its own.

    Not in the event loop's executor: its few workers are the caller's, who also looks up names of
    hosts there, and the loop would not end before they do.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def tell(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return  # nobody waits any more
        if error is None:
            answer.set_result(cast("T", result))
        else:
            answer.set_exception(error)

    def work() -> None:
        result, failed = None, None
        try:
            result = context.run(function, *args, **kwargs)
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's loop)
            failed = error
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell, result, failed)

    threading.Thread(target=work, name="upstox-browser-login-wait", daemon=True).start()
    return await answer


async def apart_until_cancelled(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """As `apart`; a cancelled wait tells `function` through its argument `cancelled`.

    Whoever cancels a login may count on its browser being gone: so the wait ends with it.
    """
    cancelled = threading.Event()
    work = asyncio.ensure_future(apart(function, *args, cancelled=cancelled, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        cancelled.set()
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait({work}, timeout=CLOSING_SECONDS)
        raise


async def to_the_end(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `function` in a thread to its end, cancelled or not: what it works on may go next."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
