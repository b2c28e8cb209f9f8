"""A recording is read without what differs from one recording to another by its nature."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.recordings.bundle import Account
from upstox_browser_login.recordings.diff_reader import (
    WHOLE,
    Change,
    Reader,
    aliases,
    undrawn,
    without_values,
)
from upstox_browser_login.recordings.tape import key_of

from .handmade import bundle, call


def test_a_change_says_where_and_what() -> None:
    assert str(Change("the login", "it ended well")) == "the login: it ended well"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("http://127.0.0.1:38347/x", "http://127.0.0.1/x"),
        ("Sent to 98****1234", "Sent to ***"),
        ("Sent to 98••••1234.", "Sent to ***."),
        ("5 ** 2", "5 ** 2"),
        ("Enter 6-digit PIN", "Enter 6-digit PIN"),
    ],
)
def test_ports_and_masked_numbers_are_no_difference(text: str, plain: str) -> None:
    assert Reader(bundle()).plain(text) == plain


def test_the_words_of_another_person_are_read_as_those_of_this_one() -> None:
    reader = Reader(bundle(), {"asha": "ravi"})
    assert (
        reader.plain("Hi Asha, ASHA and asha of Ashaland") == "Hi Ravi, RAVI and ravi of Ashaland"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://a.test/?code=aBc1dE&x=1#y", "https://a.test/?code&x"),
        ("no address at all", "no address at all"),
        ("?", "?"),
    ],
)
def test_of_an_address_the_names_of_its_query_are_left(text: str, left: str) -> None:
    assert without_values(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("id a1b2c3d4e5f6a7b8c9d0 end", "id {drawn} end"),
        ("aLongWordWithoutAnyDigits", "aLongWordWithoutAnyDigits"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("short1", "short1"),
    ],
)
def test_random_texts_are_no_difference(text: str, left: str) -> None:
    assert undrawn(text) == left


@given(st.text(max_size=200))
def test_what_was_read_reads_the_same_once_more(text: str) -> None:
    for read in (without_values, undrawn, Reader(bundle()).plain):
        assert read(read(text)) == read(text)


def test_an_answer_is_its_members_or_one_text() -> None:
    made = bundle(
        call("/otp", {"mobile": "1"}, {"data": {"message": "Sent to 98****1234"}}),
        call("/page", None, '<p>_a1b2c3_d4e5f6 {"paintMillis": 31}</p>'),
        call("/lost"),
    )
    reader = Reader(made)
    sent, page, lost = made.exchanges
    assert reader.asked(sent) == {"mobile": "1"}
    assert reader.answered(sent) == {"data.message": "Sent to ***"}
    assert reader.answered(page) == {WHOLE: '<p>{build} {"paintMillis": #}</p>'}
    assert reader.answered(lost) == {}


def test_names_of_files_of_a_build_are_one_place() -> None:
    reader = Reader(bundle())
    places = [
        reader.place(key_of("GET", f"https://login.upstox.com/static/main.{each}.js"))
        for each in ("0a1b2c3d", "9f8e7d6c")
    ]
    assert places == ["login.upstox.com/static/main.*.js"] * 2


def test_personal_words_are_found_where_both_recordings_have_them() -> None:
    def of(name: str, number: str, note: str) -> dict[str, str]:
        told = {"userProfile": {"firstName": name}, "note": note}
        return aliases(
            bundle(call("/verify", None, told), account=Account(username=number, pin_code="0000")),
            bundle(
                call("/verify", None, {"userProfile": {"firstName": "Ravi"}, "note": "yes"}),
                account=Account(username="6000000001", pin_code="0000"),
            ),
        )

    assert of("Asha", "9876501234", "no") == {"asha": "Ravi", "9876501234": "6000000001"}
    # Of another shape it is another value, and not a stand-in for the same.
    assert of("Asha Devi", "6000000001", "no") == {}
