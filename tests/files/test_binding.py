"""The lines of an env file, as python-dotenv's parser tells them."""

from __future__ import annotations

from io import StringIO

import pytest
from dotenv.parser import parse_stream

from upstox_browser_login.files.binding import name_in


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("UPSTOX_PIN_CODE=0042", "UPSTOX_PIN_CODE"),
        ("export UPSTOX_PIN_CODE='0042' # mine", "UPSTOX_PIN_CODE"),
        # The value cannot be read, and the name can.
        ("UPSTOX_PIN_CODE='0042", "UPSTOX_PIN_CODE"),
        ('export UPSTOX_PIN_CODE = "0042', "UPSTOX_PIN_CODE"),
        ("# a comment", None),
        ("two words = 3", None),
    ],
)
def test_the_variable_of_a_line_is_known_though_its_value_is_not(
    line: str, name: str | None
) -> None:
    (binding,) = parse_stream(StringIO(line))
    assert name_in(binding) == name
