"""What was on a page: each field and control with an entry that can be pasted as it is."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.page.here import Form
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.page.offers import offers, summary
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

from .looks import ASKS_FOR_CODE, AT, CODE_TAKEN, NUMBER_TAKEN, PIN_IS_SET, START, button, page

BARE = Field(n=1, id="x7", label="Gupt “ank”\\", form=9, at=AT)


def test_the_next_form_is_the_one_that_is_meant() -> None:
    for sent, purpose in ((START, "mobile"), (NUMBER_TAKEN, "otp"), (CODE_TAKEN, "pin")):
        first, *others = offers(page(BARE, words="Aage"), sent)
        assert f'[[field]]\nis = "{purpose}"' in first.entry
        assert f'[[button]]\nsends = "{purpose}"' in others[0].entry
    (way,) = offers(Look(ready=True, controls=(button("Aage"),)), START)
    assert way.entry == '[[way]]\nwords = "Aage"'


def test_the_pasted_entry_makes_the_page_known() -> None:
    for sent, traffic in (
        (START, Traffic()),
        (NUMBER_TAKEN, ASKS_FOR_CODE),
        (CODE_TAKEN, PIN_IS_SET),
    ):
        for field in (BARE, replace(BARE, label=""), replace(BARE, id="", near=("Kuchh naam",))):
            look = page(field, words="Aage")
            pasted = parse_marks(offers(look, sent)[0].entry)
            here = recognise(look, traffic, sent, pasted)
            assert isinstance(here, Form)
            assert "file" in {each.kind for each in here.why}


TEXTS = st.text(max_size=30)


@given(TEXTS, TEXTS, TEXTS)
def test_all_entries_together_are_a_page_file(id_: str, label: str, words: str) -> None:
    """Whatever the page calls its fields and controls."""
    field: Any = Field(n=1, id=id_, label=label)
    look = Look(fields=(field, field), controls=(Control(n=2, words=words, id=id_),))
    entries = [each.entry for each in offers(look, START)]
    found = parse_marks("\n".join(entries))
    assert len(found.fields) + len(found.buttons) == sum(map(bool, entries))


def test_what_two_parts_have_in_common_is_offered_once() -> None:
    """Many pages make up ids anew: of two buttons with the same words one entry names both."""
    look = page(BARE, words="Aage")
    (first,) = look.controls
    more = (replace(first, n=8, id="b", words="AAGE"), replace(first, n=9, id="c", words="Wapas"))
    _, *found = offers(replace(look, controls=(first, *more)), START)
    assert [bool(each.entry) for each in found] == [True, False, True]
    assert found[1].what.endswith("the entry above names it too")


def test_a_summary_is_short() -> None:
    look = page(BARE, words="Aage")
    assert summary(look) == "The page has 1 field ('x7' “Gupt “ank”\\”) and 1 control (“Aage”)."
    look = replace(look, fields=())
    assert summary(look) == "The page has 0 fields and 1 control (“Aage”)."


def test_a_page_without_anything_to_name_has_no_summary() -> None:
    assert summary(Look()) == ""
    assert summary(Look(texts=(Text("Sorry"),))) == ""
