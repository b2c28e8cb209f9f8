"""What counts as a complaint of the page."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.complaints import complaints_of, normal
from upstox_browser_login.page.look import Control, Look, Text

from .looks import OTP, PIN, button, page


def test_a_success_with_a_frightening_word_is_heard_as_text_only_where_marked() -> None:
    """A help text is no complaint; a message with Upstox's code is one."""
    look = page(OTP, texts=("Never share an incorrect OTP with anybody.",))
    assert complaints_of(look, frozenset(), OTP.n + 1) == []
    told = replace(look, texts=(Text("You have entered an incorrect PIN [1017106]"),))
    (complaint,) = complaints_of(told, frozenset(), OTP.n)
    assert complaint.meaning == "pin refused"


@pytest.mark.parametrize(
    ("text", "live", "words", "heard"),
    [
        ("Try again in 2 min", "", "Resend OTP", 0),
        ("Wait 2 minutes", "status", "Get a new code", 0),
        ("Try again in 2 min", "", "Continue", 1),
        ("Try again in 2 min", "alert", "Resend OTP", 1),
        ("Too many attempts. Try again in 2 min", "", "Resend OTP", 1),
    ],
)
def test_a_countdown_beside_what_sends_another_code_is_no_limit(
    text: str, live: str, words: str, heard: int
) -> None:
    look = replace(page(OTP, words=words), texts=(Text(text, live=live, field=OTP.n),))
    assert len(complaints_of(look, frozenset(), OTP.n)) == heard


REFUSES = "Please enter a valid mobile number"


def test_all_that_a_modal_says_counts() -> None:
    """A heading elsewhere names its form."""
    look = Look(ready=True, texts=(Text(REFUSES, head=True, dialog=3),))
    assert complaints_of(look, frozenset(), OTP.n) == []
    (complaint,) = complaints_of(replace(look, modal=True), frozenset(), OTP.n)
    assert (complaint.where, complaint.meaning) == ("dialog", "mobile refused")


@pytest.mark.parametrize(
    "text",
    [
        "Never share your PIN. A wrong PIN entered 5 times locks the account.",
        "If you enter an incorrect PIN, try again",
        "Nobody from Upstox asks for an incorrect OTP",
        "After 5 wrong tries, your account is locked for 24 hours",
    ],
)
def test_what_warns_everybody_refuses_nothing(text: str) -> None:
    """Marked as a message, or with Upstox's code, it is heard all the same."""
    said = Text(text, dialog=3)
    look = Look(ready=True, texts=(said,), modal=True)
    assert complaints_of(look, frozenset(), OTP.n) == []
    for heard in (replace(said, live="alert"), replace(said, text=f"{text} [1017999]")):
        assert complaints_of(replace(look, texts=(heard,)), frozenset(), OTP.n)


def test_a_box_over_the_form_complains_though_it_is_marked_as_nothing() -> None:
    look = replace(page(OTP), texts=(Text("Invalid OTP", head=True),))
    assert complaints_of(look, frozenset(), OTP.n) == []
    covered = replace(look, fields=(replace(OTP, covered=True),))
    (complaint,) = complaints_of(covered, frozenset(), OTP.n)
    assert complaint.meaning == "code refused"


def test_a_text_elsewhere_is_told_as_such_where_it_refuses_something() -> None:
    texts = (REFUSES, "Invalid OTP", "If you enter an incorrect PIN, try again", "Welcome")
    found = complaints_of(page(OTP, texts=texts), frozenset(), OTP.n)
    assert [(each.where, each.said.text) for each in found] == [
        ("elsewhere", REFUSES),
        ("elsewhere", "Invalid OTP"),
    ]


@pytest.mark.parametrize(("live", "heard"), [("alert", 1), ("marked", 1), ("status", 0), ("", 0)])
def test_a_list_of_what_is_wrong_may_link_its_lines(live: str, heard: int) -> None:
    """What a chat offers to press, in a part that tells of its news, is nobody's complaint."""
    link = Control(n=30, tag="a", words="Incorrect PIN")
    look = Look(
        ready=True, texts=(Text("Incorrect PIN", live=live, control=True),), controls=(link,)
    )
    assert len(complaints_of(look, frozenset(), OTP.n)) == heard
    pressed = replace(look, controls=(replace(link, tag="button"),))
    assert complaints_of(pressed, frozenset(), OTP.n) == []


def test_a_text_at_the_same_field_in_another_document_is_a_complaint_about_it() -> None:
    """Each document counts its fields anew."""
    said = Text("You have entered an incorrect PIN", field=PIN.n)
    look = replace(page(PIN), texts=(said,))
    (far,) = complaints_of(look, frozenset(), PIN.n + 1)
    (near,) = complaints_of(look, frozenset(), PIN.n + 1, likeness=PIN.likeness)
    assert (far.where, near.where) == ("elsewhere", "field")


@pytest.mark.parametrize(
    ("words", "about", "heard"),
    [
        ("Wrong PIN, try again", {}, ["pin refused"]),
        ("Wrong PIN? Reset it", {}, []),
        ("Continue", {}, []),
        # Of another form, or not the button that sends it.
        ("Wrong PIN, try again", {"form": 4}, []),
        ("Wrong PIN, try again", {"type": "button"}, []),
    ],
)
def test_the_button_of_a_form_may_say_that_it_was_refused(
    words: str, about: dict[str, Any], heard: list[str]
) -> None:
    look = replace(page(PIN, words="Continue"), texts=(Text(words, control=True),))
    look = replace(look, controls=(button(words, **about),))
    found = complaints_of(look, frozenset(), PIN.n)
    assert [each.meaning for each in found] == heard
    assert complaints_of(look, frozenset({normal(words)}), PIN.n) == []
