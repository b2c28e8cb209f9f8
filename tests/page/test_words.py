"""The table of codes and texts, and the one ending that each meaning has."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.words import CODES, ENDINGS, REFUSALS, REPEATS_ITSELF, TEXTS, Meaning

MEANINGS = {
    "1017016": "mobile refused",
    "1017069": "rate limited",
    "1017072": "outdated",
    "1017074": "several accounts",
    "1017076": "session lost",
    "1017078": "rate limited",
    "1017125": "rate limited",
    "1017106": "pin refused",
    "1017090": "locked",
    "1017079": "session lost",
    "1017084": "session lost",
    "1017095": "session lost",
    "1017105": "session lost",
    "1017007": "session lost",
    "UDAPI100500": "trouble",
}


def test_no_code_has_a_second_meaning() -> None:
    assert CODES == MEANINGS
    assert not REPEATS_ITSELF & CODES.keys()


def test_every_meaning_has_an_ending_and_no_other_has() -> None:
    every = set(get_args(Meaning))
    assert set(CODES.values()) <= every
    assert {meaning for meaning, _ in TEXTS} <= every
    assert every >= REFUSALS
    assert set(ENDINGS) == every


@pytest.mark.parametrize("meaning", get_args(Meaning))
def test_an_ending_has_a_code_and_a_hint(meaning: Meaning) -> None:
    ending = ENDINGS[meaning]
    error = ending.error("It failed.", code=ending.code, hint=ending.hint)
    assert error.code == ending.code
    assert error.hint.endswith(".")


@settings(max_examples=60)
@given(st.data())
def test_each_refusal_says_no(data: st.DataObject) -> None:
    refusals = [each for _, each in TEXTS if type(each) is not Pattern]
    refusal = data.draw(st.sampled_from(refusals))
    said = data.draw(st.from_regex(refusal.pattern))
    assert refusal.search(said)
    assert refusal.search("Enter OTP or TOTP") is None
