"""A body of very many values costs no more than it may."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.evidence.scrub import Scrubber, UnfitError
from upstox_browser_login.evidence.values import LEFT_OUT, MOST_VALUES, count_values, parsed
from upstox_browser_login.redaction import MASK, Redactor

MOBILE = "9876543210"


class Counting(Redactor):
    """Counts the texts that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.register(MOBILE, "mobile number")
        self.asked = 0

    def redact(self, text: str) -> str:
        self.asked += 1
        return super().redact(text)


class Late(Counting):
    """Takes all the time that its scrubber has for the first text."""

    scrubber: Scrubber

    def redact(self, text: str) -> str:
        self.scrubber.until = -math.inf
        return super().redact(text)


def test_the_work_grows_with_the_values_up_to_a_limit_and_no_further() -> None:
    asked = []
    for count in (100, 200, MOST_VALUES + 1, 3 * MOST_VALUES):
        redactor = Counting()
        body = Scrubber(redactor).body(json.dumps([MOBILE] * count))
        asked.append(redactor.asked)
        assert MOBILE not in body
        expected = LEFT_OUT if count > MOST_VALUES else [MASK] * count
        assert json.loads(body) == expected
    assert asked == [100, 200, 0, 0]


@pytest.mark.parametrize(
    "body",
    [
        {f"key {number}": "value" for number in range(MOST_VALUES + 1)},
        [[1, 2]] * (MOST_VALUES // 2),
        [[]] * (MOST_VALUES + 1),
        {"inner": json.dumps(["word"] * (MOST_VALUES + 1))},
        json.dumps(["a"] * (MOST_VALUES + 1)),
    ],
    ids=["members", "lists", "empty", "text in JSON", "text"],
)
def test_values_are_counted_wherever_they_are(body: Any) -> None:
    assert count_values(body) > MOST_VALUES
    assert count_values(["word"] * (MOST_VALUES - 1)) == MOST_VALUES


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("ab"),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner),
    )
)
def test_every_value_counts_once(data: Any) -> None:
    def count(each: Any) -> int:
        held = each.values() if isinstance(each, dict) else each
        return 1 + sum(map(count, held)) if isinstance(each, dict | list) else 1

    assert count_values(data, 10**9) == count(data)
    assert parsed(json.dumps(data)) == (data if isinstance(data, dict | list) else None)


def test_a_line_of_very_many_values_ends_in_time() -> None:
    """A snapshot of a page has no limit of values: what is left of the time is asked for."""
    late = Late()
    late.scrubber = Scrubber(late)
    with pytest.raises(UnfitError, match="no time"):
        late.scrubber.lines(json.dumps({"snapshot": [MOBILE] * 10_000}))
    assert 0 < late.asked <= 1_000
