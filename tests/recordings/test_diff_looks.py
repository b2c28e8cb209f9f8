"""What has changed in what a login sees: its states, and what each shows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import MOBILE, OTP, page
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.recordings.diff_looks import states_changed
from upstox_browser_login.recordings.diff_reader import Reader

from .handmade import bundle

NUMBER = page(MOBILE, words="Get OTP", texts=("Let’s get started", "Resend in 30 s"))  # noqa: RUF001
CODE = page(OTP)
SEEN = (("mobile", NUMBER), ("otp", CODE))


def changed(*new: tuple[str, Look]) -> list[str]:
    return [
        str(each) for each in states_changed(Reader(bundle(seen=SEEN)), Reader(bundle(seen=new)))
    ]


def with_texts(*texts: Text) -> Look:
    return replace(NUMBER, texts=texts)


def test_what_is_the_same_is_no_change() -> None:
    assert changed(*SEEN) == []


def test_states_that_go_come_and_change_places_are_named() -> None:
    assert changed(SEEN[0]) == ["the states: 'otp' is not met any more"]
    assert changed(*SEEN, ("pin", CODE)) == ["the states: 'pin' is met now, and was not before"]
    assert changed(*reversed(SEEN)) == ["the states: they come in another order now: otp, mobile"]


@pytest.mark.parametrize(
    ("look", "told"),
    [
        (replace(NUMBER, title="Log in"), "the title was '', is 'Log in'"),
        (replace(NUMBER, modal=True), "a dialog now covers the page"),
        (replace(NUMBER, fields=()), "the field 'mobileNum' is gone"),
        (replace(NUMBER, fields=(MOBILE, OTP)), "the field 'otpNum' is new"),
        (
            replace(NUMBER, fields=(replace(MOBILE, maxlength=12),)),
            "the field 'mobileNum': maxlength was 10, is 12",
        ),
        (
            replace(NUMBER, controls=(replace(NUMBER.controls[0], words="Get your OTP"),)),
            "the control 'Get OTP': words was 'Get OTP', is 'Get your OTP'",
        ),
        (with_texts(Text("Let’s start")), "the text 'Let’s get started' is now 'Let’s start'"),  # noqa: RUF001
        (with_texts(*NUMBER.texts, Text("Zzyzx")), "the text 'Zzyzx' is new"),
        (
            with_texts(replace(NUMBER.texts[0], live="assertive"), NUMBER.texts[1]),
            "was marked as no message, is now a message (assertive)",
        ),
    ],
)
def test_each_change_of_a_state_is_named(look: Look, told: str) -> None:
    assert any(told in each for each in changed(("mobile", look), SEEN[1]))


def test_a_number_that_runs_down_and_another_place_are_no_change() -> None:
    counted = replace(
        NUMBER,
        texts=(NUMBER.texts[0], Text("Resend in 29 s")),
        fields=(replace(MOBILE, at=(1, 2, 3, 4)),),
    )
    assert changed(("mobile", counted), SEEN[1]) == []


def test_what_was_seen_before_it_was_recognised_counts_to_the_next_state() -> None:
    """A page is drawn in pieces."""
    piece = Look(ready=True, texts=(Text("Loading the form"),))
    assert changed(("", piece), *SEEN) == ["state mobile: the text 'Loading the form' is new"]


def test_a_form_that_is_no_longer_known_is_compared_with_what_is_unknown() -> None:
    """Fields that nobody knew to the end are a sight of their own."""
    told = changed(SEEN[0], ("", replace(CODE, title="Anew")))
    assert "the states: 'otp' is not met any more" in told
