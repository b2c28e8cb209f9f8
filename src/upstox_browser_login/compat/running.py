"""Asynchronous work, waited for by plain functions."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What `work` comes to. It has a thread of its own, so the caller may be in an event loop."""
    with ThreadPoolExecutor(1, "upstox-browser-login") as pool:
        return pool.submit(asyncio.run, work).result()
