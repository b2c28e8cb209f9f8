"""The bridge between plain functions and asynchronous ones, in both directions.

Asynchronous work runs on a loop in a thread of its own, so that the plain functions also work in
Jupyter and inside somebody else's event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext, suppress
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

THREAD = "upstox-browser-login"

CLOSING_SECONDS = 15.0
"""How long work that was interrupted may take to put away what it has opened."""


_new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None
if sys.platform == "win32":
    # It can start programs. The one that a program that uses us has chosen may not.
    _new_loop = asyncio.ProactorEventLoop


class _Apart:
    """A loop in a thread of its own, for one piece of work that may be given to it later."""

    def __init__(self, around: AbstractAsyncContextManager[object]) -> None:
        self._around = around
        self._ready = threading.Event()
        self._finished = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Future[Coroutine[Any, Any, Any] | None] | None = None
        self._task: asyncio.Task[Any] | None = None
        self.done: list[Any] = []
        self.failed: list[BaseException] = []
        self.thread = threading.Thread(target=self._target, name=THREAD, daemon=True)
        self.thread.start()

    def wait_until_ready(self, seconds: float | None = None) -> None:
        """Wait until the loop can take work, or has ended."""
        self._ready.wait(seconds)

    def hand(self, work: Coroutine[Any, Any, Any] | None) -> None:
        """Give the loop its work; None ends the loop without any."""
        self.wait_until_ready()
        if self._loop is None or self._work is None:
            return
        with suppress(RuntimeError):  # the loop has ended by itself
            self._loop.call_soon_threadsafe(self._work.set_result, work)

    def finished(self, seconds: float) -> bool:
        """Wait for the end of the loop, up to so many seconds; whether it has ended."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Cancel the work, and wait until its clean-up is done."""
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._finished.wait(CLOSING_SECONDS)

    async def _main(self) -> Any:
        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        async with self._around:
            self._work = self._loop.create_future()
            self._ready.set()
            work = await self._work
            return None if work is None else await work

    def _target(self) -> None:
        try:
            with asyncio.Runner(loop_factory=_new_loop) as runner:
                self.done.append(runner.run(self._main()))
        except BaseException as error:  # noqa: BLE001  (raised again in the caller's thread)
            self.failed.append(error)
        finally:
            self._ready.set()
            self._finished.set()


_begun: list[_Apart] = []


@contextmanager
def begun_apart(around: AbstractAsyncContextManager[object], seconds: float) -> Iterator[None]:
    """Start a loop and enter `around` on it; the first `run_where_begun` then uses that loop.

    The block begins once `around` is entered, or after so many seconds.
    """
    apart = _Apart(around)
    _begun.append(apart)
    try:
        apart.wait_until_ready(seconds)
        yield
    finally:
        if apart in _begun:
            _begun.remove(apart)
            apart.hand(None)
            apart.finished(CLOSING_SECONDS)


def run_where_begun(work: Coroutine[Any, Any, T], cancelled: threading.Event | None = None) -> T:
    """As `run_apart`, but on the loop of `begun_apart` where one has been started."""
    return _run(_begun.pop() if _begun else _Apart(nullcontext()), work, cancelled)


def run_apart(work: Coroutine[Any, Any, T], cancelled: threading.Event | None = None) -> T:
    """Run `work` on a loop in a thread of its own; it is cancelled when the caller is."""
    return _run(_Apart(nullcontext()), work, cancelled)


def _run(apart: _Apart, work: Coroutine[Any, Any, T], cancelled: threading.Event | None) -> T:
    try:
        apart.hand(work)
        # In slices: a wait without end cannot be interrupted on Windows.
        while not apart.finished(0.2):
            if cancelled is not None and cancelled.is_set():
                apart.cancel()
                break
    except BaseException:
        apart.cancel()
        raise
    finally:
        if apart.finished(0):
            work.close()  # it was never started if the loop had ended before
    from .errors import UpstoxError  # a driver starts before these are read

    if apart.failed:
        if isinstance(apart.failed[0], asyncio.CancelledError):
            raise UpstoxError("It was cancelled.")
        from .redaction import redactor

        redactor.error(apart.failed[0])
        raise apart.failed[0]
    if not apart.done:
        raise UpstoxError("It was cancelled.")
    apart.thread.join()
    return cast("T", apart.done[0])


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
            return  # the caller was cancelled
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

    The wait then goes on until `function` returns, so that a cancelled login leaves no browser.
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
    """Run `function` in a thread and wait for its end even if cancelled: its files may go next."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
