"""A window that goes, that says something, and that is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.async_api import Error as PlaywrightError

from tests.page.stand_ins import Told, a_course
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.job import Job
from upstox_browser_login.page.window import Window, open_window
from upstox_browser_login.redaction import redactor


class Context:
    """A context that takes its time to close."""

    def __init__(self) -> None:
        self.browser: Any = None
        self.may_close = asyncio.Event()
        self.is_closed = False
        self.refuses = False

    async def close(self) -> None:
        await self.may_close.wait()
        self.is_closed = True
        if self.refuses:
            raise PlaywrightError("Target closed")


def a_window(url: str = "about:blank") -> tuple[Window, Told, Context]:
    told, context = Told(), Context()
    parts: dict[str, Any] = {
        "context": context,
        "page": SimpleNamespace(url=url),
        "ears": SimpleNamespace(close=told.deaf),
        "gate": SimpleNamespace(flooded=False, hold=told.held),
        "changed": told.changed,
        "target": {},
    }
    others = {name: cast("Any", None) for name in ("session", "eyes", "hands", "outer", "job")}
    return Window(**parts, **others), told, context


async def test_the_address_is_told_without_what_may_hold_a_code_or_a_password() -> None:
    window, _, _ = a_window("https://user:pass@login.upstox.com:8443/a/b?code=abc#code=def")
    assert window.place == "https://login.upstox.com:8443/a/b"


async def test_work_that_is_done_tells_its_result_though_the_page_has_gone_meanwhile() -> None:
    window, _, _ = a_window()

    async def work() -> str:
        window.crashed.set()
        return "done"

    assert await window.unless_gone(work()) == "done"


@pytest.mark.parametrize(
    ("flooded", "code"), [(False, "BROWSER_CRASHED"), (True, "PAGE_NOT_RECOGNISED")]
)
async def test_work_on_a_page_that_goes_is_given_up_with_its_reason(
    flooded: bool, code: str
) -> None:
    window, told, _ = a_window()
    cast("Any", window.gate).flooded = flooded
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()  # a crashed page never answers
        finally:
            ended.set()

    asyncio.get_running_loop().call_soon(window.on_gone, window.page)
    async with asyncio.timeout(5):
        with pytest.raises(UpstoxError) as raised:
            await window.unless_gone(work())
        await ended.wait()
    assert raised.value.code == code
    assert told.heard == [("changed",)]


async def test_what_a_dialog_of_the_browser_says_is_told_up_to_a_length() -> None:
    window, told, _ = a_window()
    said: list[str] = []
    window.on_dialog = said.append
    window.on_dialog_opening({"message": "Wrong PIN"})
    window.on_dialog_opening({"message": "x" * 1000})
    window.on_dialog_opening({})
    assert said == ["Wrong PIN", "x" * 300, ""]
    assert told.heard == [("changed",)] * 3
    redactor.register("Gk3v-9tYpQ2w-Xc7Lr5-0aMd", "password")
    window.on_dialog_opening({"message": "x" * 290 + "Gk3v-9tYpQ2w-Xc7Lr5-0aMd"})
    assert said[-1] == "x" * 290 + "[redacted]"


class Heard:
    """Hears what is to be listened for, and tells it."""

    def __init__(self) -> None:
        self.listens: dict[str, Callable[..., Any]] = {}

    def on(self, event: str, f: Callable[..., Any]) -> None:
        self.listens[event] = f

    async def send(self, *_: Any) -> dict[str, Any]:
        return {}


@pytest.mark.parametrize("event", ["crash", "close"])
async def test_a_window_hears_that_its_page_goes_and_what_its_dialogs_say(event: str) -> None:
    window, told, _ = a_window()
    page, session = Heard(), Heard()
    opened: list[str] = []

    def opens(name: str) -> Any:
        async def record(*_: Any, **__: Any) -> None:
            opened.append(name)

        return record

    parts = cast("Any", window)
    parts.page, parts.session = page, session
    parts.target = {"targetId": "main", "browserContextId": "7"}
    parts.eyes = SimpleNamespace(open=opens("eyes"))
    parts.ears = SimpleNamespace(listen=opens("ears"))
    parts.gate = SimpleNamespace(open=opens("gate"))
    parts.job = a_course(Told()).job
    said: list[str] = []
    window.on_dialog = said.append
    await window.watch()
    assert sorted(opened) == ["ears", "eyes", "gate"]
    session.listens["Page.javascriptDialogOpening"]({"message": "Sure?"})
    assert said == ["Sure?"]
    assert not window.crashed.is_set()
    page.listens[event](page)
    assert window.crashed.is_set()
    assert told.heard == [("changed",)] * 2


async def test_a_command_that_a_running_browser_refuses_is_told_as_that() -> None:
    window, _, context = a_window()
    page = SimpleNamespace(is_closed=lambda: False, on=Told().on, remove_listener=Told().off)
    cast("Any", window).page = page
    context.browser = SimpleNamespace(
        is_connected=lambda: True, on=Told().on, remove_listener=Told().off
    )
    error = await window.error_of(PlaywrightError("Protocol error: no such thing"))
    assert error.code == "UNEXPECTED"
    assert "no such thing" in error.message


async def test_an_error_of_a_browser_that_has_gone_means_just_that() -> None:
    window, _, _ = a_window()
    error = await window.error_of(PlaywrightError("Protocol error"))
    assert error.code == "BROWSER_CRASHED"  # its context has no browser any more


async def test_a_page_closes_though_nobody_waits_for_it_any_more() -> None:
    window, told, context = a_window()
    context.refuses = True
    closing = asyncio.create_task(window.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert told.heard == [("deaf",), ("held",)]
    assert not context.is_closed
    context.may_close.set()
    assert window.closing is not None
    await window.closing  # and what Playwright says to that is nobody's concern
    assert context.is_closed


@pytest.mark.parametrize("refuses", [False, True])
async def test_a_window_says_whether_it_has_closed(refuses: bool) -> None:
    window, _, context = a_window()
    context.refuses = refuses
    context.may_close.set()
    assert await window.close() is (not refuses)


async def test_no_window_opens_in_a_browser_that_has_gone() -> None:
    context = Context()

    async def new_context() -> Any:
        return context

    job = cast(
        "Job", SimpleNamespace(clock=SimpleNamespace(monotonic=None), new_context=new_context)
    )
    with pytest.raises(UpstoxError) as raised:
        await open_window(job, changed=lambda: None, heard=lambda _: None)
    assert raised.value.code == "BROWSER_CRASHED"
