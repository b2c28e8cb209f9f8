"""A number is found that was sent a digit a member."""

from __future__ import annotations

import json
import time

import pytest

from upstox_browser_login.redaction.members import digits_of_members


def found(text: str, number: str = "482915") -> bool:
    return bool(list(digits_of_members(text, [number])))


def test_digits_of_members_are_found_where_they_are() -> None:
    text = "pin[0]=4&pin[1]=8&pin[2]=2&pin[3]=9"
    spans = [(7, 8), (16, 17), (25, 26), (34, 35)]
    assert list(digits_of_members(text, ["4829"])) == [(spans, "4829")]
    assert not found(text + "&pin[4]=1", "4829"), "a longer number"
    assert not found("a=4&b=8&c=2&d=9", "4829"), "of different names"


@pytest.mark.parametrize(
    "value",
    [
        [{"index": at, "value": digit} for at, digit in enumerate("482915")],
        [{"value": digit, "index": at} for at, digit in enumerate("482915")],
        [{"value": int(digit), "length": 1} for digit in "482915"],
        [{"at": at * 5, "key": digit} for at, digit in enumerate("482915")],
        [{"type": "keydown", "keyCode": ord(digit)} for digit in "482915"],
        [{"type": "keydown", "code": f"Digit{digit}"} for digit in "482915"],
        [{"type": "keydown", "code": f"Numpad{digit}"} for digit in "482915"],
        [[at, digit] for at, digit in enumerate("482915")],
        [[f"d{at}", int(digit)] for at, digit in enumerate("482915")],
        [[digit, at] for at, digit in enumerate("482915")],
        [[at, ord(digit)] for at, digit in enumerate("482915")],
    ],
)
@pytest.mark.parametrize("text", [False, True])
def test_other_members_between_the_digits_hide_none(value: object, text: bool) -> None:
    """Such as the place of each box, or the time of each key."""
    written = json.dumps({"step": 3, "pin": value, "left": [1, 2]})
    assert found(json.dumps(written) if text else written)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"i": at, "v": digit} for at, digit in enumerate("4829157")]),
        json.dumps([[at, digit] for at, digit in enumerate("1482915")]),
        json.dumps([[at, digit] for at, digit in enumerate("482916")]),
        json.dumps([[4, 8, 2, 9, 1], [5]]),
        "a=4&b=1&c=8&b=2&d=2&b=3&e=9&b=4&f=1&b=5&g=5",
    ],
)
def test_other_rows_are_none(text: str) -> None:
    assert not found(text)


def test_a_text_of_members_is_searched_in_a_moment() -> None:
    text = '{"i":1,"v":"7"},[4,"8"],' * 10_000
    began = time.process_time()
    assert not found(text)
    assert time.process_time() - began < 1.0
