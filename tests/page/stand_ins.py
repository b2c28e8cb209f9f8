"""A login without a browser: its job, a window of which only what is seen and heard is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from upstox_browser_login.clock import Clock
from upstox_browser_login.page.course import Course
from upstox_browser_login.page.job import Account, Attempts, Job, Narrator
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.calls import Call, Traffic
from upstox_browser_login.settings import Settings
from upstox_browser_login.totp import CodeSource

NOON = 1_800_000_000.0
"""A full half minute."""


class StillClock(Clock):
    """Time passes only where somebody waits."""

    def __init__(self) -> None:
        self.at = NOON
        self.slept: list[float] = []

    def time(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at - NOON + 100

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Told:
    """Remembers what it is told, in order; some questions are answered by `answers`."""

    answers: dict[str, Callable[..., Any]] = field(default_factory=dict)
    heard: list[tuple[Any, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def tell(*args: Any, **more: Any) -> Any:
            if name in self.answers:
                return self.answers[name](*args, **more)
            self.heard.append((name, *args, *more.values()))
            return None

        return tell


@dataclass
class Printed:
    """Codes of somebody's command: what it prints in each window."""

    texts: Callable[[int], str]
    period: int = 30

    async def code(self, window: int) -> str:
        return self.texts(window)


def a_course(attempts: Told, codes: CodeSource | None = None, **about: Any) -> Course:
    """A login that has just begun, and whose ledger is `attempts`."""
    settings = Settings(redirect_uri="https://callback.example/cb")

    async def no_context() -> Any:
        raise AssertionError

    job = Job(
        account=Account("9876501234", "135790"),
        dialog_url="https://api.upstox.com/",
        state="ours",
        origins=Origins.of(settings),
        codes=codes or Printed(lambda window: f"{window % 1_000_000:06}"),
        attempts=cast("Attempts", attempts),
        narrator=cast("Narrator", Told()),
        clock=StillClock(),
        new_context=no_context,
        **about,
    )
    return Course(job)


def a_window(
    *calls: Call, look: Look | None = None, skew: float | None = None, strayed: str | None = None
) -> Window:
    """A window in which `look` stands, and whose page has made these calls."""
    window = SimpleNamespace(
        eyes=SimpleNamespace(look=look or Look(), since=0.0, stops=0),
        ears=SimpleNamespace(traffic=Traffic(calls, skew)),
        gate=SimpleNamespace(strayed=strayed, caught=None, other=None, flooded=False),
        crashed=asyncio.Event(),
    )
    return cast("Window", window)
