"""What the field's type, length and boxes say for a purpose or against it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.states.fields import CODE_LENGTH, OTHERS, Purpose

from .names import is_said_at, named_by

_TEN_DIGITS = Pattern(r"^\D*(\+91\D*)?((\d[\s-]?){10}|([x0#_][\s-]?){10})\Z")
"""A placeholder that shows a number as an example."""


_A_NUMBER = Pattern(r"^\D*(\+91\D*)?[6-9](\d[\s-]?){9}\Z")
"""Ten digits that begin as a mobile number of India does."""

_BY_DEFAULT = 16
"""Characters: frameworks give this length or more to fields whose length nobody has chosen."""


def shape_of(each: Field, purpose: Purpose, sent: Sent) -> Iterable[Evidence]:
    """What type, length and boxes say for a purpose or against it."""
    found = _of_another_type(each, purpose)
    if found is None:
        match purpose:
            case "mobile":
                found = _of_a_number(each)
            case "otp":
                found = _of_a_code(each)
            case "pin":
                found = _of_a_pin(each, sent.pin_length)
            case "password":
                found = _of_a_password(each)
    if found is not None:
        yield found


def _of_another_type(each: Field, purpose: Purpose) -> Evidence | None:
    """Evidence against a field whose type no login uses."""
    # Pages use the type "search" for a login's field to keep password managers away from it.
    is_named = purpose in named_by(each)[0] and not is_said_at(each, OTHERS)
    if (each.type == "search" and not is_named) or each.type in {
        "email",
        "url",
        "date",
        "time",
        "month",
        "week",
    }:
        return Evidence("shape", -1, f"type={each.type}")
    return None


def _takes_digits(each: Field) -> bool:
    return each.type in {"tel", "number"} or each.inputmode in {"numeric", "tel", "decimal"}


def _of_a_number(each: Field) -> Evidence | None:
    length, boxes = each.maxlength, each.boxes
    if each.masked or (0 < length < 10) or boxes not in {0, 10}:
        return Evidence("shape", -1, "too short, or hides what is typed")
    if length == 10 or boxes == 10 or each.type == "tel" or "10" in each.pattern:
        return Evidence("shape", 2, "takes ten digits")
    if _A_NUMBER.search(each.placeholder):
        return Evidence("shape", 2, "shows a mobile number as an example")
    if _takes_digits(each):
        return Evidence("shape", 1, "takes digits")
    if any(re.fullmatch(r"\(?\+?\s*91\)?", text.strip()) for text in each.near):
        return Evidence("shape", 1, "stands behind +91")
    if each.prefixed:
        return Evidence("shape", 1, "holds +91, and nothing else")
    if _TEN_DIGITS.search(each.placeholder):
        return Evidence("shape", 1, "shows ten digits as an example")
    return None


def _of_a_code(each: Field) -> Evidence | None:
    digits, length, boxes = _takes_digits(each), each.maxlength, each.boxes
    if 0 < length < CODE_LENGTH or (boxes and boxes != CODE_LENGTH) or length == 10:
        return Evidence("shape", -1, "has no room for a code")
    if boxes == 6:
        return Evidence("shape", 1 if each.masked else 2, "six boxes")
    if length in {6, 7} and not each.masked:
        return Evidence("shape", 2 if digits else 1, f"takes {length} characters")
    if (digits or length == 6) and not length > 8:
        return Evidence("shape", 1, "takes digits")
    return None


def _of_a_pin(each: Field, pin_length: int) -> Evidence | None:
    digits, length, boxes = _takes_digits(each), each.maxlength, each.boxes
    if (
        8 < length < _BY_DEFAULT
        or 0 < length < pin_length
        or (boxes and not 4 <= boxes <= 6)
        or (boxes and boxes < pin_length)
    ):
        return Evidence("shape", -1, "has no room for a PIN, or far too much")
    if each.masked and (digits or 4 <= length <= 6 or boxes):
        return Evidence("shape", 2, "hides a few digits")
    if each.masked or boxes == 4 or (length in {4, 6} and digits and boxes):
        return Evidence("shape", 1, "hides what is typed, or is short")
    return None


def _of_a_password(each: Field) -> Evidence:
    if not each.masked or _takes_digits(each) or 0 < each.maxlength < 8 or each.boxes:
        return Evidence("shape", -1, "is no password's")
    return Evidence("shape", 2, "hides any text")
