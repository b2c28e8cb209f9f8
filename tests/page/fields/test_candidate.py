"""A field that nothing names is taken where it alone has come."""

from __future__ import annotations

from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    BELOW,
    CHAT,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    page,
    purpose,
)
from upstox_browser_login.page.recognise import recognise


def test_a_field_without_a_name_is_taken_where_it_alone_has_come() -> None:
    field = replace(OTP, id="", near=(), label="Sanket")
    assert purpose(recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    assert purpose(recognise(page(field, CHAT), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    stood = replace(NUMBER_TAKEN, beside=(field.likeness,))
    assert purpose(recognise(page(field), ASKS_FOR_CODE, stood)) == "Nothing"
    named = replace(field, near=("Your code",))
    assert purpose(recognise(page(named), ASKS_FOR_CODE, stood)) == "otp"


def test_a_field_that_keeps_what_was_given_is_none_that_has_come() -> None:
    field = replace(OTP, id="", near=(), label="Sanket")
    kept = replace(MOBILE, id="", disabled=True, length=10, at=BELOW)
    assert purpose(recognise(page(kept, field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"
    closed = replace(kept, length=0)
    assert purpose(recognise(page(closed, field), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
