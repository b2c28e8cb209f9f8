"""The check of the login page."""

from __future__ import annotations

from upstox_browser_login.checkup.page import check_page
from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.distance import Standing
from upstox_browser_login.page.here import Evidence
from upstox_browser_login.session.page_look import PageLook

WORDS = Evidence("words", 2, "label 'Enter mobile number'")
SHAPE = Evidence("shape", 2, "takes ten digits")
IDENTITY = Evidence("identity", 2, "is called 'mobileNum'")


def form(*spoke: Evidence, silent: tuple[str, ...] = (), **about: object) -> Standing:
    counted = ("identity", "words", "shape")
    values: dict[str, object] = {"state": "mobile form", "taken": True, "counted": counted}
    return Standing(spoke=spoke, silent=silent, **(values | about))  # type: ignore[arg-type]


def test_a_page_as_it_is_known() -> None:
    found = check_page(PageLook(None, standings=(form(IDENTITY, WORDS, SHAPE),)))
    assert (found.state, found.message) == (
        "ok",
        "3 of 3 kinds of evidence for the mobile form are found: identity, words, shape.",
    )


def test_marks_that_are_lost_are_warned_of() -> None:
    found = check_page(PageLook(None, standings=(form(WORDS, SHAPE, silent=("identity",)),)))
    assert (found.state, found.error) == ("warning", None)
    assert found.message == (
        "2 of 3 kinds of evidence for the mobile form are found: words, shape. "
        "Not found: identity (its id or name). A login needs two."
    )
    found = check_page(PageLook(None, standings=(form(IDENTITY, WORDS, SHAPE),), button=False))
    assert (found.state, "would press Enter" in found.message) == ("warning", True)


def test_a_form_that_is_known_by_the_page_file() -> None:
    by_file = Evidence("file", 2, "a field with the id 'x' wants the mobile")
    place = Evidence("place", 1, "the only field of a login that has just begun")
    counted = ("identity", "words", "shape", "place", "file")
    silent = ("identity", "words", "shape")
    standing = form(by_file, place, silent=silent, counted=counted, mute=("wire",), needs_file=True)
    found = check_page(PageLook(None, standings=(standing,)))
    assert found.state == "warning"
    assert found.message == (
        "2 of 5 kinds of evidence for the mobile form are found: place, file. Not found: identity "
        "(its id or name), words (the words at it), shape (its type and length). A login needs "
        "two. Wire is unknown before Upstox has answered something. UPSTOX_PAGE_FILE is needed to "
        "know it."
    )


def test_a_screen_before_the_form() -> None:
    screen = Standing("cookie wall", taken=True)
    look = PageLook(None, standings=(screen,), first="press 'Reject all' (cookie wall)")
    found = check_page(look)
    assert (found.state, "the screen 'cookie wall' first" in found.message) == ("ok", True)
    assert check_page(PageLook(None, first="read the redirect")).state == "ok"


def test_a_page_on_which_a_login_would_end() -> None:
    error = PageChangedError("This version does not know the page.")
    found = check_page(PageLook(error, standings=(form(taken=False),)))
    assert (found.state, found.error) == ("error", error)


def test_kinds_that_can_say_nothing_there_are_explained() -> None:
    """A form has five kinds of evidence; of the first one in a login only three can speak."""
    known = form(IDENTITY, WORDS, SHAPE, mute=("place", "wire"))
    assert check_page(PageLook(None, standings=(known,))).message.endswith(
        "identity, words, shape. Place and wire are unknown before Upstox has answered something."
    )
