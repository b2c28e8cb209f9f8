"""A field's type and length speak for a purpose or against it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    AT,
    CODE_TAKEN,
    MOBILE,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.fields.shape import shape_of
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.recognise import recognise


@pytest.mark.parametrize(
    ("field", "wants"),
    [
        (replace(MOBILE, type="search", label="Mobile number"), "mobile"),
        (replace(MOBILE, type="search", label="Search by mobile number"), "Nothing"),
        (replace(MOBILE, type="search", near=("Mobile number",)), "mobile"),
        (replace(MOBILE, type="search", near=("Stocks", "Mobile number")), "mobile"),
        (replace(MOBILE, type="search", near=("Search", "Mobile number")), "Nothing"),
        (replace(MOBILE, type="search", near=()), "Nothing"),
        (replace(MOBILE, type="email", label="Mobile number"), "Nothing"),
    ],
)
def test_a_search_field_is_a_logins_where_its_own_texts_say_so(field: Field, wants: str) -> None:
    assert purpose(recognise(page(field, words="Get OTP"), SILENT, START)) == wants


@pytest.mark.parametrize(("most", "wants"), [(255, "pin"), (16, "pin"), (10, "Nothing")])
def test_the_room_that_a_framework_gives_any_field_forbids_no_pin(most: int, wants: str) -> None:
    look = page(replace(PIN, maxlength=most))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == wants


@pytest.mark.parametrize(
    ("example", "wants"),
    [
        ("98765 43210", "mobile"),
        ("+91 98765 43210", "mobile"),
        # Ten digits may be anything; so may what does not begin as a mobile number of India does.
        ("00000 00000", "Nothing"),
        ("12345 67890", "Nothing"),
        ("987 654", "Nothing"),
    ],
)
def test_an_example_of_a_mobile_number_is_the_shape_of_one(example: str, wants: str) -> None:
    field = Field(n=1, placeholder=example, heading="Log in", form=9, at=AT)
    assert purpose(recognise(page(field), SILENT, START)) == wants


@pytest.mark.parametrize(
    ("field", "weight"),
    [
        (Field(n=1, type="password", masked=True), 2),
        (Field(n=1, type="text"), -1),
        (Field(n=1, type="password", masked=True, inputmode="numeric"), -1),
        (Field(n=1, type="password", masked=True, maxlength=6), -1),
        (Field(n=1, type="password", masked=True, boxes=6), -1),
    ],
)
def test_a_password_is_hidden_and_may_be_any_text(field: Field, weight: float) -> None:
    assert [each.weight for each in shape_of(field, "password", START)] == [weight]
