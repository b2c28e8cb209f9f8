"""A login at such a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from msgspec.structs import replace

from tests.page.stand_ins import Printed, Told, a_course
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.job import Narrator
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.look import Field as FieldOfLook
from upstox_browser_login.page.walk import Walk
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.calls import Traffic

from .clock import Jumping, JumpingClock
from .manners import Page
from .world import REDIRECT, World

LIMIT = 90.0
"""Seconds of a whole login, as a setting may say."""


class Silent:
    """Hears of a login, and stops one that decides without end at one moment."""

    def __init__(self) -> None:
        self._decided = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def done(*_: object) -> bool:
            return False

        def nothing(*_: object) -> None:
            self._decided += name == "decided"
            assert self._decided < 5000, "it decides without end"

        return done if name in {"step", "opened", "before"} else nothing


class Hands:
    """Types and presses as in a browser, which takes some milliseconds."""

    def __init__(self, world: World) -> None:
        self._world = world

    def check(self, field: FieldOfLook) -> None:
        """Every field may be typed into."""

    async def fill(self, field: FieldOfLook, text: str, *, keys: bool = False, **_: Any) -> str:
        self._world.begins_to_type(text)
        await asyncio.sleep(0.03 if keys else 0.005)
        return self._world.fill(field.n, text, keys=keys)

    async def press(
        self, control: Control, *, wanted: Callable[[], bool], once_drawn: bool = False
    ) -> str:
        await asyncio.sleep(0.034 if once_drawn else 0.003)
        if once_drawn and self._world.value != self._world.typed:
            return "emptied"
        return self._world.press(control.n) if wanted() else "not wanted"

    async def enter(self, field: FieldOfLook, _text: str, *, wanted: Callable[[], bool]) -> bool:
        await asyncio.sleep(0.005)
        is_there = self._world.shown == "form" and field.n == self._world.node and wanted()
        if is_there:
            self._world.submit()
        return is_there

    async def blur(self, *_: Any) -> None:
        await asyncio.sleep(0.005)


class Simulated(Walk):
    """A walk whose window is such a world."""

    world: World

    async def _open_window(self) -> Window:
        await self.close()
        world, course = self.world, self._course

        async def nothing(*_: Any, **__: Any) -> None:
            """Load no page."""

        window = SimpleNamespace(
            eyes=SimpleNamespace(look=Look(), since=world.loop.at, stops=0, heard=course.hear),
            ears=SimpleNamespace(
                traffic=Traffic(), look_out_for=lambda *_: None, lines=[], spans=[]
            ),
            gate=SimpleNamespace(
                caught=None,
                other=None,
                other_at=0.0,
                strayed=None,
                flooded=False,
                typing=lambda: None,
            ),
            hands=Hands(world),
            on_dialog=course.hear_dialog,
            crashed=asyncio.Event(),
            page=SimpleNamespace(goto=nothing),
            place="https://login.upstox.com/",
            changed=course.changed.set,
            close=nothing,
            outer=SimpleNamespace(detach=nothing),
        )
        window.unless_gone = Window.unless_gone.__get__(window)
        world.window = self._window = cast("Window", window)
        world.begin()
        return self._window


@dataclass(frozen=True)
class Ended:
    """How a login has ended, and what the server and the ledger know of it."""

    code: str
    took: float
    world: World
    ledger: list[tuple[Any, ...]]

    def booked(self, what: str) -> int:
        """How often the ledger was told this."""
        return sum(each[0] == what for each in self.ledger)


def log_in(page: Page) -> Ended:
    """Log in at such a page."""
    loop = Jumping()
    windows: list[int] = []
    ledger = Told(
        answers={
            "last_window": lambda *_, **__: windows[-1] if windows else None,
            "was_sent": lambda _: False,
            "sending_code": lambda _code, window, _period: windows.append(window),
        }
    )
    course = a_course(ledger, Printed(lambda window: f"{window * 7919 % 1_000_000:06}"))
    job = replace(course.job, clock=JumpingClock(loop), narrator=cast("Narrator", Silent()))
    walk = Simulated(job)
    walk.world = World(page, loop)

    async def limited() -> str:
        try:
            async with asyncio.timeout(LIMIT):
                return "OK" if await walk.run() == REDIRECT else "?"
        except TimeoutError:
            return "TIMEOUT"
        except UpstoxError as error:
            return error.code

    try:
        code = loop.run_until_complete(limited())
        return Ended(code, loop.at - 100, walk.world, ledger.heard)
    finally:
        loop.close()
