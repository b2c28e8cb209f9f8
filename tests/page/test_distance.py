"""How far a page is from what is known of it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from upstox_browser_login.page.distance import EVERY, KINDS, Standing, standings
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Field, Look, Text
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.page.states.fields import PURPOSES
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Traffic

from .looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    START,
    asked,
)
from .looks import page as shown


def seen(look: Look, sent: Sent = START, traffic: Traffic = Traffic()) -> tuple[Standing, ...]:  # noqa: B008
    return standings(View(now=9.0, look=look, stood=5.0, traffic=traffic, sent=sent))


def test_every_form_as_it_is_known_has_every_kind_but_what_its_shape_lacks() -> None:
    for field, sent, traffic, silent in (
        (MOBILE, START, Traffic(), ()),
        (OTP, NUMBER_TAKEN, ASKS_FOR_CODE, ("shape",)),
        (PIN, CODE_TAKEN, PIN_IS_SET, ()),
    ):
        first = seen(shown(field), sent, traffic)[0]
        assert first.taken
        assert first.silent == silent
        assert first.against == ()
        assert first.speaking == first.kinds - len(silent)


def test_marks_that_are_lost_are_silent_before_the_form_is() -> None:
    (first, *_) = seen(shown(replace(MOBILE, id="x")))
    assert (first.state, first.taken, first.silent) == ("mobile form", True, ("identity",))
    assert (first.speaking, first.kinds) == (2, 3)
    (first, *_) = seen(shown(replace(MOBILE, id="x", maxlength=-1, near=()), words="Zzyzx"))
    assert (first.taken, first.speaking) == (False, 0)


def test_the_place_of_the_first_form_is_counted_where_it_speaks() -> None:
    """It does where the page is the dialog's own; then it is no kind that says nothing yet."""
    dialog = Traffic(
        (asked("0", method="GET", posts=False, kind="document", main=True, status=200),)
    )
    (first, *_) = seen(shown(MOBILE, words="Get OTP"), START, dialog)
    assert (first.counted, first.mute) == (("identity", "words", "shape", "place"), ("wire",))
    assert (first.speaking, first.kinds) == (4, 4)
    # The entry of a page file is a kind of its own, and the place of its field counts.
    marks = parse_marks('[[field]]\nis = "mobile"\nid = "x"\n')
    renamed = shown(replace(MOBILE, id="x"))
    view = View(9.0, renamed, 5.0, Traffic(), START, marks=marks)
    (first, *_) = standings(view)
    assert (first.counted, first.silent) == ((*KINDS["mobile"], "place", "file"), ("identity",))
    assert (first.speaking, first.kinds, first.needs_file) == (4, 5, False)
    assert {each.kind for each in first.spoke} == {"words", "shape", "place", "file"}


def test_what_contradicts_is_told() -> None:
    found = seen(shown(replace(MOBILE, near=("Alternate mobile number",))))
    assert not found[0].taken
    assert [each.what for each in found[0].against] == ["text beside it 'Alternate mobile number'"]


def test_the_form_that_is_missed_is_told_where_nothing_speaks_for_it() -> None:
    assert seen(Look(ready=True)) == (
        Standing(
            "mobile form",
            taken=False,
            silent=KINDS["mobile"],
            counted=("identity", "words", "shape"),
            mute=("place", "wire"),
        ),
    )


def test_every_kind_is_counted_or_said_to_be_mute() -> None:
    for purpose in PURPOSES:
        assert {*KINDS[purpose]} | {*EVERY} == {*EVERY}
    (first, *_) = seen(shown(OTP), NUMBER_TAKEN, ASKS_FOR_CODE)
    assert (first.kinds, first.mute) == (5, ())
    (first, *_) = seen(shown(MOBILE))
    assert first.kinds + len(first.mute) == len(EVERY)


def test_a_screen_comes_first() -> None:
    look = Look(ready=True, texts=(Text("We are under maintenance"),))
    first, second = seen(look)
    assert (first.state, first.taken, second.state) == ("maintenance", True, "mobile form")


def test_each_form_has_kinds() -> None:
    kinds: Any = tuple(KINDS)
    assert kinds == PURPOSES
    assert Field(n=1, at=AT).at == AT


def test_a_form_that_nothing_but_the_page_file_makes_known() -> None:
    """The entry and the place are the two kinds that a login needs, so both are counted."""
    marks = parse_marks('[[field]]\nis = "mobile"\nid = "x"\n')
    bare = Field(n=MOBILE.n, id="x", type="text", near=("Acct",))
    view = View(9.0, shown(bare, words="Get OTP"), 5.0, Traffic(), START, marks=marks)
    (first, *_) = standings(view)
    assert first.taken
    assert first.silent == ("identity", "words", "shape")
    assert (first.speaking, first.kinds, first.needs_file) == (2, 5, True)
