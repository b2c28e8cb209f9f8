"""What a page says: its sentences, its headings, and what it is about."""

from __future__ import annotations

from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.screens.texts import body, headings, sentences, titles

HEAD = Text("Welcome back", head=True)
TOLD = Text("Enter your PIN")
BUTTON = Text("Continue", control=True)
FOOT = Text("Upstox 2026", footer=True)
LOOK = Look(ready=True, texts=(HEAD, TOLD, BUTTON, FOOT))


def test_controls_are_no_sentences() -> None:
    assert [*sentences(LOOK)] == [HEAD, TOLD, FOOT]


def test_the_foot_of_a_page_is_no_part_of_its_body() -> None:
    assert body(LOOK) == "Welcome back | Enter your PIN"


def test_all_that_a_dialog_says_counts_as_its_heading() -> None:
    asks = Text("Trust this device?", dialog=3)
    assert headings(LOOK) == "Welcome back"
    assert headings(Look(texts=(HEAD, TOLD, asks))) == "Welcome back | Trust this device?"


def test_a_screen_is_about_its_headings_or_its_first_text() -> None:
    asks = Text("Trust this device?", dialog=3)
    assert titles(LOOK) == ["Welcome back"]
    assert titles(Look(texts=(TOLD, FOOT))) == ["Enter your PIN"]
    assert titles(Look(texts=(HEAD, asks, Text("Yes", dialog=3)))) == ["Trust this device?"]
    assert titles(Look()) == []


def test_of_a_page_that_says_very_much_messages_are_read_first() -> None:
    """To look through all of it would take seconds."""
    long = [Text("x" * 9_000) for _ in range(3)]
    refused = Text("Incorrect PIN", live="alert")
    read = [*sentences(Look(texts=(*long, refused)))]
    assert read[0] == refused
    assert len(read) < 4
    assert len(body(Look(texts=tuple(long)))) == 20_000
