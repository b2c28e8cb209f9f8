"""What is a secret by its place is masked, though nobody has registered it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.evidence.masks import (
    mask_edges,
    mask_element,
    mask_fields,
    mask_logged,
    mask_members,
    mask_pair,
    mask_single_digits,
    mask_typed,
    mask_urls,
    masked_answer,
)
from upstox_browser_login.evidence.scrub import Scrubber
from upstox_browser_login.redaction import MASK, Redactor


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("/cb?code=aBc1dE&ucc=1", f"/cb?code={MASK}&ucc=1"),
        ("/cb#access_token=a.b.c", f"/cb#access_token={MASK}"),
        ("%3Fcode%3DaBc1dE%26x%3D1", f"%3Fcode%3D{MASK}%26x%3D1"),
        (f"/cb?code={MASK}", f"/cb?code={MASK}"),
        ("/cb?codes=2&encode=3", "/cb?codes=2&encode=3"),
    ],
)
def test_values_of_addresses_are_masked_by_their_names(text: str, masked: str) -> None:
    assert mask_urls(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('<input id=a value="x">', f'<input id=a value="{MASK}">'),
        ("<INPUT value=x>", f'<INPUT value="{MASK}">'),
        ('<input value="">', '<input value="">'),
        ("<input type=submit value=Go>", "<input type=submit value=Go>"),
        ("<textarea>x</textarea>", f"<textarea>{MASK}</textarea>"),
        ("<textarea></textarea>", "<textarea></textarea>"),
        ("<p value=x>y</p>", "<p value=x>y</p>"),
    ],
)
def test_what_stands_in_a_field_is_masked(text: str, masked: str) -> None:
    assert mask_fields(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("<b>0</b><b>24</b>", f"<b>{MASK}</b><b>{MASK}</b>"),
        ('<b data-digit="7">x</b>', f'<b data-digit="{MASK}">x</b>'),
        ('<b width="7">x</b>', '<b width="7">x</b>'),
        ("<b>123456</b>", "<b>123456</b>"),
        ("no element: 7", "no element: 7"),
    ],
)
def test_digits_that_are_shown_one_by_one_are_masked(text: str, masked: str) -> None:
    assert mask_single_digits(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('x = {"pin": "1", "a": "1"}', f'x = {{"pin": "{MASK}", "a": "1"}}'),
        ('{"code":"UDAPI100068"}', '{"code":"UDAPI100068"}'),
        ("pin: 1", "pin: 1"),
    ],
)
def test_members_are_masked_wherever_they_stand(text: str, masked: str) -> None:
    assert mask_members(text) == masked


@pytest.mark.parametrize(
    ("parent", "name", "masked"),
    [
        ("cookies", "theme", True),
        ("localStorage", "theme", True),
        ("headers", "Authorization", True),
        ("headers", "Accept", False),
        ("queryString", "state", True),
        ("headers", "state", False),
        ("options", "Authorization", False),
    ],
)
def test_pairs_are_masked_by_where_they_stand(parent: str, name: str, masked: bool) -> None:
    pair = {"name": name, "value": "x", "httpOnly": True}
    assert mask_pair(pair, parent) == {**pair, "value": MASK if masked else "x"}
    assert mask_pair({**pair, "value": ""}, parent)["value"] == ""


def test_numbers_of_few_digits_are_masked_in_what_a_page_logs() -> None:
    entry = {"text": "typed 7", "args": [{"value": 12}, True, None], "time": 7}
    assert mask_logged(entry) == {
        "text": f"typed {MASK}",
        "args": [{"value": 0}, True, None],
        "time": 7,
    }


@pytest.mark.parametrize(
    ("element", "masked"),
    [
        (["INPUT", {"value": "x"}], ["INPUT", {"value": MASK}]),
        (
            ["INPUT", {"value": "Go", "type": "submit"}],
            ["INPUT", {"value": "Go", "type": "submit"}],
        ),
        (["TEXTAREA", {}, "x", ["B", {}]], ["TEXTAREA", {}, MASK, ["B", {}]]),
        (["P", {"value": "x"}, "y"], ["P", {"value": "x"}, "y"]),
    ],
)
def test_elements_of_a_snapshot_lose_what_was_typed(element: list[Any], masked: list[Any]) -> None:
    assert mask_element(element) == masked


def test_the_edges_of_an_element_of_a_snapshot_lose_few_digits() -> None:
    element = ["B", {"data-digit": "7", "width": "7"}, " 24 ", "in 30 s", "123456", "6 left"]
    assert mask_edges(element) == [
        *("B", {"data-digit": MASK, "width": "7"}),
        *(MASK, "in 30 s", "123456", f"{MASK} left"),
    ]


def test_what_a_call_has_typed_is_masked_and_the_rest_is_not() -> None:
    assert mask_typed({"selector": "#a", "value": "x", "key": "7"}) == {
        "selector": "#a",
        "value": MASK,
        "key": MASK,
    }
    assert mask_typed({"key": "Enter"}) == {"key": "Enter"}


def test_what_a_script_is_told_keeps_the_shape_that_the_viewer_reads() -> None:
    shaped = {"value": {"s": MASK}}
    assert mask_typed({"arg": {"value": {"s": "x"}, "handles": [1]}}) == {
        "arg": {**shaped, "handles": []}
    }
    assert masked_answer({"value": {"s": "x"}}) == shaped
    assert masked_answer("x") == {"value": MASK}


@given(st.text(max_size=200) | st.text('<>"=/& inputvaluecode0123:', max_size=200))
def test_what_was_masked_once_stays_as_it_is(text: str) -> None:
    for mask in (mask_urls, mask_fields, mask_single_digits, mask_members):
        once = mask(text)
        assert mask(once) == once


@given(st.text(max_size=30))
def test_no_pin_in_a_body_of_json_is_left(value: str) -> None:
    text = mask_members(json.dumps({"pin": f"x{value}"}))
    assert json.loads(text) == {"pin": MASK}


@pytest.mark.parametrize(
    "text",
    ["", "response_type=code", "a?x=1&y=2", "state of the union", "if (code == 1) {}", "<input>"],
)
def test_harmless_text_is_not_touched(text: str) -> None:
    assert mask_urls(mask_fields(text)) == text
    assert Scrubber(Redactor()).text(text) == text
