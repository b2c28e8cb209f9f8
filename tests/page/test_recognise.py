"""Recognition is a pure function: looks that hypothesis has changed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.page.here import Form, Sent
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

from .drawn import LOOKS
from .looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    PIN_IS_SET,
    SILENT,
    START,
    purpose,
)

STATES = st.sampled_from([(SILENT, START), (ASKS_FOR_CODE, NUMBER_TAKEN), (PIN_IS_SET, CODE_TAKEN)])


@given(LOOKS, STATES)
def test_no_form_is_taken_on_one_kind_of_evidence(look: Look, state: tuple[Traffic, Sent]) -> None:
    """Whatever the page: two kinds agree, none forbids, and the same look gives the same answer."""
    here = recognise(look, *state)
    assert here == recognise(look, *state)
    if isinstance(here, Form):
        assert not any(each.weight < 0 for each in here.why)
        assert len({each.kind for each in here.why}) >= 2
        assert not here.field.covered
        assert here.field in look.fields


@given(LOOKS, STATES)
def test_ids_alone_change_no_veto(look: Look, state: tuple[Traffic, Sent]) -> None:
    """Identity never speaks against: a form is not lost by an id of its own purpose."""
    here = recognise(look, *state)
    names = {"mobile": "mobileNum", "otp": "otpNum", "pin": "pinCode", "password": "password"}
    if isinstance(here, Form) and len(look.fields) == 1:
        named = replace(look, fields=(replace(here.field, id=names[here.purpose]),))
        assert purpose(recognise(named, *state)) == here.purpose


def _seconds_for(line: str, count: int = 50, *, head: bool = False) -> float:
    """Time of the processor for a page with so many such lines, and buttons of a request."""
    texts = tuple(Text(f"{line} {n}", head=head) for n in range(count))
    controls = (Control(1, words="Allow"), Control(2, words="Deny"))
    began = time.process_time()
    recognise(Look(ready=True, texts=texts, controls=controls), PIN_IS_SET, LOGGED_IN)
    return time.process_time() - began


@pytest.mark.parametrize("row", ["- ", "-", "| ", "? ", "& "])
def test_a_page_that_is_full_of_signs_takes_little_longer_than_one_of_words(row: str) -> None:
    """A look may not hold up a login, whatever a page is made of."""
    words = ("Read more about markets and what moved them today. " * 8)[:390]
    _seconds_for(words)
    assert _seconds_for((row * 390)[:390]) < 1.0 + 5 * _seconds_for(words)


@pytest.mark.parametrize("row", ["Read more about markets. ", "| ", "? "])
def test_a_page_of_many_headings_takes_little_longer_than_one_of_some(row: str) -> None:
    line = (row * 390)[:390]
    _seconds_for(line, head=True)
    assert _seconds_for(line, 400, head=True) < 4 * _seconds_for(line, head=True)
