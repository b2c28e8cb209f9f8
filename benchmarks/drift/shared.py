"""One browser for all logins of a process: to start one for each costs more than the rest.

It stands in at two seams of the product: where a login gets its loop, and where it opens its
browser. Where the product no longer has these, each login starts a browser of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

BLOCKED = ("callback.invalid",)
_START = 60.0


class SharedBrowser:
    """A browser on a loop of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._opened: Any = None
        self._close = asyncio.Event()
        self._served: Future[None] | None = None

    @classmethod
    def start(cls) -> SharedBrowser | None:
        """Open it; `None` where the product has other seams than those known here."""
        try:
            from upstox_browser_login.browser import launch
            from upstox_browser_login.session import seams
        except ImportError:
            return None
        if not hasattr(seams, "run") or not hasattr(launch, "open_browser"):
            return None
        shared = cls()
        shared._thread.start()
        ready = threading.Event()
        shared._served = asyncio.run_coroutine_threadsafe(shared._serve(ready), shared._loop)
        while not ready.wait(0.05):
            if shared._served.done():
                shared._served.result()
        return shared

    async def _serve(self, ready: threading.Event) -> None:
        from upstox_browser_login.browser import launch
        from upstox_browser_login.settings import Settings

        async with launch.open_browser(Settings(), blocked_hosts=BLOCKED, timeout=_START) as opened:
            self._opened = replace(opened, shared=True)
            ready.set()
            await self._close.wait()

    def stop(self) -> None:
        """Close it."""
        self._loop.call_soon_threadsafe(self._close.set)
        if self._served is not None:
            self._served.result(_START)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within the block logins use it."""
        from upstox_browser_login.browser import launch
        from upstox_browser_login.session import seams

        def run(work: Coroutine[Any, Any, Any], cancelled: threading.Event | None = None) -> Any:
            running = asyncio.run_coroutine_threadsafe(work, self._loop)
            while True:
                try:
                    return running.result(0.2)
                except TimeoutError:
                    if running.done():
                        raise
                if cancelled is not None and cancelled.is_set():
                    running.cancel()

        @asynccontextmanager
        async def open_browser(*_args: Any, **_options: Any) -> AsyncIterator[Any]:
            yield self._opened

        with (
            patch.object(seams, "run", run),
            patch.object(launch, "open_browser", open_browser),
        ):
            yield
