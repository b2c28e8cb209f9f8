"""What counts as a complaint of the page."""

from __future__ import annotations

from dataclasses import replace

from upstox_browser_login.page.complaints import complaints_of
from upstox_browser_login.page.look import Text

from .looks import OTP, page


def test_a_success_with_a_frightening_word_is_heard_as_text_only_where_marked() -> None:
    """A help text is no complaint; a message with Upstox's code is one."""
    look = page(OTP, texts=("Never share an incorrect OTP with anybody.",))
    assert complaints_of(look, frozenset(), OTP.n + 1) == []
    told = replace(look, texts=(Text("You have entered an incorrect PIN [1017106]"),))
    (complaint,) = complaints_of(told, frozenset(), OTP.n)
    assert complaint.meaning == "pin refused"
