"""The page is loaded again after trouble that may pass, and says why it cannot be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
import stamina
from playwright.async_api import Error as PlaywrightError

from tests.page.looks import CODE_TAKEN
from tests.page.stand_ins import Told, a_course, a_window
from upstox_browser_login.errors import BrowserError, UpstoxError
from upstox_browser_login.page.course import Course
from upstox_browser_login.page.opening import load
from upstox_browser_login.page.window import Window


@pytest.fixture(autouse=True)
def no_pause() -> Iterator[None]:
    """The tries follow each other at once."""
    with stamina.set_testing(True, attempts=3):
        yield


class Browser:
    """Answers each try to load the page in turn: an error of Chromium, or a status."""

    def __init__(self, *answers: str | int) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def goto(self, address: str, **_: Any) -> Any:
        self.asked.append(address)
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise PlaywrightError(f"Page.goto: {answer} at https://api.upstox.com/")
        return SimpleNamespace(status=answer)


async def gone(_: PlaywrightError) -> UpstoxError:
    return BrowserError("The browser is gone.", code="BROWSER_CRASHED")


def opening(browser: Browser, **gate: Any) -> tuple[Course, Window]:
    window = cast("Any", a_window())
    window.page, window.error_of = browser, gone
    for name, value in gate.items():
        setattr(window.gate, name, value)
    course = a_course(Told())
    narrator = cast("Told", course.job.narrator)

    async def step(name: str) -> None:
        narrator.heard.append(("step", name))

    narrator.answers["step"] = step
    return course, window


def told(course: Course) -> list[tuple[Any, ...]]:
    return cast("Told", course.job.narrator).heard


async def test_a_page_that_loads_is_asked_for_once() -> None:
    course, window = opening(browser := Browser(200))
    await course.enter("pin")
    await load(course, window)
    assert browser.asked == [course.job.dialog_url]
    assert course.step == "open"
    assert told(course) == [("step", "pin"), ("step", "open")]


@pytest.mark.parametrize("trouble", ["net::ERR_CONNECTION_RESET", 502, 503, 504])
async def test_what_may_pass_by_itself_is_tried_again_and_told(trouble: str | int) -> None:
    course, window = opening(browser := Browser(trouble, 200))
    await load(course, window)
    assert len(browser.asked) == 2
    assert told(course)[1:] == [
        ("trouble",),
        ("warn", "The login page did not load; trying again."),
    ]


@pytest.mark.parametrize(
    ("reason", "tries", "code", "message"),
    [
        ("NAME_NOT_RESOLVED", 3, "NETWORK", "api.upstox.com cannot be reached: name not resolved."),
        (
            "PROXY_CONNECTION_FAILED",
            3,
            "NETWORK",
            "The browser's proxy gives no way to api.upstox.com: proxy connection failed.",
        ),
        # Whoever is on the line is there the next time too.
        (
            "CERT_AUTHORITY_INVALID",
            1,
            "NETWORK",
            "The connection to api.upstox.com is not secure: cert authority invalid.",
        ),
        ("TOO_MANY_REDIRECTS", 1, "SERVER_ERROR", "api.upstox.com redirects in a circle."),
    ],
)
async def test_a_page_that_never_loads_says_why(
    reason: str, tries: int, code: str, message: str
) -> None:
    course, window = opening(browser := Browser(*[f"net::ERR_{reason}"] * 3))
    with pytest.raises(UpstoxError) as raised:
        await load(course, window)
    assert (raised.value.code, raised.value.message) == (code, message)
    assert len(browser.asked) == tries


async def test_an_error_page_of_a_gateway_is_left_to_be_read() -> None:
    course, window = opening(browser := Browser(502, 503, 504))
    await load(course, window)
    assert len(browser.asked) == 3


async def test_a_server_that_has_answered_with_anything_else_is_not_asked_again() -> None:
    course, window = opening(browser := Browser(500))
    await load(course, window)
    assert len(browser.asked) == 1


@pytest.mark.parametrize("what", ["caught", "strayed", "other"])
async def test_a_page_that_was_stopped_on_purpose_has_not_failed_to_load(what: str) -> None:
    """Chromium tells of a stopped request as of one that failed."""
    course, window = opening(browser := Browser("net::ERR_BLOCKED_BY_CLIENT"), **{what: "there"})
    await load(course, window)
    assert len(browser.asked) == 1


async def test_an_error_that_names_no_reason_of_the_network_is_the_browsers() -> None:
    course, window = opening(browser := Browser("Target page has been closed"))
    with pytest.raises(BrowserError, match="is gone"):
        await load(course, window)
    assert len(browser.asked) == 1


async def test_a_page_that_has_crashed_while_it_loads_ends_the_login() -> None:
    course, window = opening(browser := Browser("net::ERR_ABORTED"))
    cast("Any", window).gone = lambda: BrowserError("It crashed.", code="BROWSER_CRASHED")
    window.crashed.set()
    with pytest.raises(BrowserError, match="It crashed"):
        await load(course, window)
    assert len(browser.asked) == 1


async def test_a_login_that_begins_anew_does_not_say_that_nothing_was_typed() -> None:
    """A number and a code were typed before its page was loaded a second time."""
    course, window = opening(Browser("net::ERR_CERT_AUTHORITY_INVALID"))
    course.sent = CODE_TAKEN
    with pytest.raises(UpstoxError, match="cert authority invalid") as raised:
        await load(course, window)
    assert raised.value.code == "NETWORK"
    assert raised.value.hint.startswith("Check the machine's clock")
    assert "typed" not in raised.value.hint
