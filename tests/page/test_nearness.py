"""Which fields and controls belong together, by their forms and by where they stand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.nearness import are_together

from .looks import MOBILE, OTP, PIN


@pytest.mark.parametrize(
    ("at", "together"),
    [
        ((500, 400, 240, 40), True),
        ((780, 300, 100, 40), True),
        ((100, 300, 240, 40), False),
        ((500, 700, 240, 40), False),
        ((760, 340, 100, 40), False),
    ],
)
def test_fields_outside_of_any_form_are_of_one_column_or_row(
    at: tuple[int, ...], *, together: bool
) -> None:
    one = replace(MOBILE, form=0, at=(500, 300, 240, 40))
    other = replace(OTP, form=0, at=at)
    assert are_together(one, other) == are_together(other, one) == together
    assert not are_together(one, replace(other, form=4))


def test_fields_of_two_frames_are_of_no_form_together() -> None:
    """Each frame counts its forms by itself."""
    one, other = replace(OTP, form=1), replace(PIN, form=1)
    assert are_together(one, other)
    assert not are_together(one, replace(other, frame="2"))
