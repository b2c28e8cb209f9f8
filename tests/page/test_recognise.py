"""Recognition is a pure function: looks that hypothesis has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.page.here import Form, Sent
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.wire.calls import Traffic

from .drawn import LOOKS
from .looks import ASKS_FOR_CODE, CODE_TAKEN, NUMBER_TAKEN, PIN_IS_SET, SILENT, START, purpose

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
