"""What this run has sent, and how a screen of the table becomes the end of a login."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec.structs import replace

from tests.page.looks import START
from tests.page.views import CODE_FORM, NUMBER_FORM
from upstox_browser_login.page.here import Evidence, Form, Sent, is_way_back, stop
from upstox_browser_login.page.states.fields import Purpose


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_what_was_sent_is_told_of_that_credential_alone(purpose: Purpose) -> None:
    assert not START.sent(purpose)
    sent = START.with_sent(purpose)
    assert [each for each in get_args(Purpose) if sent.sent(each)] == [purpose]


def test_a_code_counts_beside_those_that_were_refused() -> None:
    """A person who types may have sent more codes than the page was seen to refuse."""
    assert START.with_sent("otp").codes == 1
    refused = replace(START, codes=1, refused_codes=1)
    assert refused.with_sent("otp").codes == 2
    assert replace(refused, codes=3).with_sent("otp").codes == 3


@pytest.mark.parametrize(
    ("form", "last", "back"),
    [
        ("mobile", None, False),
        ("mobile", "mobile", False),
        ("mobile", "otp", True),
        ("mobile", "pin", True),
        ("otp", "pin", False),
    ],
)
def test_the_numbers_form_after_another_one_is_the_way_back(
    form: Purpose, last: Purpose | None, back: bool
) -> None:
    look = NUMBER_FORM if form == "mobile" else CODE_FORM
    here = Form(form, look.fields[0], None, ())
    assert is_way_back(here, Sent(last=last)) is back


def test_a_screen_ends_a_login_with_the_meaning_and_the_words_of_the_table() -> None:
    why = Evidence("words", 2, "it says so")
    ended = stop("account chooser", why, added=" Two are shown.")
    assert (ended.meaning, ended.why) == ("several accounts", (why,))
    assert ended.message.endswith(" Two are shown.")
    assert len(ended.message) > len(" Two are shown.")


def test_only_a_screen_of_one_step_names_it() -> None:
    """One that may come at any time belongs to the step under way."""
    assert stop("challenge").step is None
    assert stop("create PIN").step == "pin"


def test_evidence_says_whether_it_speaks_for_or_against() -> None:
    assert str(Evidence("identity", 2, "its id")) == "identity: its id"
    assert str(Evidence("identity", -1, "its id")) == "against: its id"
