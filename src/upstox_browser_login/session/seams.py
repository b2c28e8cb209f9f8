"""Parts of a login that tests and benchmarks replace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from typing import Any

from upstox_browser_login.blocking import run_where_begun
from upstox_browser_login.clock import Clock

from .login import log_in as _log_in
from .parts import Deadline, Parts
from .progress import LoginResult, Progress

Work = Coroutine[Any, Any, LoginResult]

clock: Callable[[], Clock] = Clock
"""The clock of a login that was given none."""

log_in: Callable[[Parts, Deadline, Progress], Work] = _log_in
"""Makes one login."""

run: Callable[[Coroutine[Any, Any, Any], threading.Event | None], Any] = run_where_begun
"""Runs a login, or a look at the page, to its end, on whatever loop."""
