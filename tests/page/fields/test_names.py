"""Which credentials the field's ids, its texts and the page file name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.page.fields.names import (
    file_of,
    identity_of,
    is_said_at,
    named_by,
    own_words,
)
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.page.states.fields import KNOWN, PURPOSES, Purpose

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("field", "purpose"),
    [
        (Field(n=1, id="mobileNum"), "mobile"),
        (Field(n=1, name="mobile-num"), "mobile"),
        (Field(n=1, testid="otpNum"), "otp"),
        (Field(n=1, id="pin_code"), "pin"),
        (Field(n=1, autocomplete="section-login one-time-code"), "otp"),
        (Field(n=1, autocomplete="current-password"), "password"),
    ],
)
def test_an_id_speaks_for_one_purpose_and_against_none(field: Field, purpose: Purpose) -> None:
    assert [each for each in PURPOSES if [*identity_of(field, each)]] == [purpose]
    assert all(found.weight > 0 for each in PURPOSES for found in identity_of(field, each))


def test_a_replaced_id_says_nothing() -> None:
    marks = parse_marks('[[field]]\nis = "pin"\nid = "x9"\nreplaces = ["identity"]')
    assert [*identity_of(Field(n=1, id="pinCode"), "pin", marks)] == []


def test_the_label_names_a_field_before_the_texts_beside_it() -> None:
    field = Field(n=1, label="PIN", placeholder="123456", near=("Mobile number",))
    assert [place for place, _ in own_words(field)] == ["label", "placeholder", "text beside it"]
    assert named_by(field) == (frozenset({"pin"}), "label 'PIN'")


@pytest.mark.parametrize(
    ("near", "is_name"),
    [
        ("Mobile number", True),
        ("Mobile no.", True),
        ("We’ll send you an OTP", False),  # noqa: RUF001  (the page's)
        ("Never tell your PIN.", False),
        ("x" * 61, False),
    ],
)
def test_a_sentence_or_a_promise_is_no_name(near: str, *, is_name: bool) -> None:
    texts = [text for place, text in own_words(Field(n=1, near=(near,))) if place != "label"]
    assert (near in texts) is is_name


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("One-time password", {"otp"}),
        ("One-time PIN", {"otp"}),
        ("OTP sent to your mobile number", {"otp"}),
        ("Please enter the OTP sent to your registered mobile number", {"otp"}),
        ("Enter 6-digit code sent to your mobile number", {"otp"}),
        ("Mobile number that gets the code", {"mobile"}),
        ("Mobile number for the OTP", {"mobile"}),
        ("Your city", set()),
    ],
)
def test_a_text_with_several_words_means_one_credential(text: str, named: set[str]) -> None:
    assert named_by(Field(n=1, label=text))[0] == named


def test_a_pattern_is_sought_in_names_alone() -> None:
    field = Field(n=1, label="Secret", near=("Never tell your PIN.",))
    assert not is_said_at(field, KNOWN["pin"].words)
    assert is_said_at(Field(n=1, near=("Your PIN",)), KNOWN["pin"].words)


def test_the_page_file_says_no_more_than_once_what_the_tables_know() -> None:
    marks = parse_marks('[[field]]\nis = "pin"\nid = "secret9"\nwords = "Secret"')
    field = Field(n=1, id="secret9", label="Secret")
    assert [each.weight for each in file_of(field, "pin", marks, NOTHING)] == [2]
    assert [each.weight for each in file_of(field, "otp", marks, NOTHING)] == [-1]
    assert [*file_of(field, "pin", marks, frozenset({"identity", "words"}))] == []
    assert [*file_of(Field(n=2, id="other"), "pin", marks, NOTHING)] == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_names_known_credentials_or_none(label: str, near: str) -> None:
    named, where = named_by(Field(n=1, label=label, near=(near,)))
    assert named <= set(PURPOSES)
    assert bool(named) is bool(where)


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("6-digit passcode", {"otp", "pin"}),
        ("One-time passcode", {"otp"}),
        ("One-time PIN", {"otp"}),
        ("TOTP passcode", {"otp"}),
        ("Passcode from your authenticator app", {"otp"}),
        ("Passcode sent by e-mail", {"otp"}),
    ],
)
def test_a_passcode_that_is_sent_or_shown_each_time_is_a_code(label: str, named: set[str]) -> None:
    assert named_by(Field(n=1, label=label))[0] == named


@pytest.mark.parametrize(
    ("near", "is_name"),
    [
        ("Resend OTP on email", False),
        ("Get OTP on email instead", False),
        ("Resend OTP", True),
        ("Enter the OTP on your email", True),
    ],
)
def test_an_offer_of_another_code_is_no_name(near: str, *, is_name: bool) -> None:
    told = [text for _, text in own_words(Field(n=1, near=(near,)))]
    assert (near in told) is is_name


def test_what_an_authenticator_shows_is_a_code() -> None:
    field = Field(n=1, near=("My authenticator app currently shows the code",))
    assert named_by(field)[0] == {"otp"}
    assert not named_by(Field(n=1, near=("Authenticator help",)))[0]
