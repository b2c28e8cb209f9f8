"""Patterns of words: small letters, compiled when they are first sought."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from pkgutil import walk_packages

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from msgspec import Struct
from msgspec.structs import asdict

from upstox_browser_login import page
from upstox_browser_login.page.pattern import Pattern, with_spaces


def patterns_in(value: object) -> Iterator[str]:
    """The text of each pattern that a table holds: in lists, and in values of the page's own."""
    if isinstance(value, Pattern):
        yield value.pattern
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(patterns_in, value.values()))
    elif isinstance(value, tuple | list | frozenset):
        yield from chain.from_iterable(map(patterns_in, value))
    elif isinstance(value, Struct):
        yield from patterns_in(asdict(value))


@cache
def every_pattern() -> tuple[str, ...]:
    """The text of each pattern in the tables of the page."""
    modules = [
        import_module(each.name) for each in walk_packages(page.__path__, f"{page.__name__}.")
    ]
    tables = [value for module in modules for value in vars(module).values()]
    return tuple(dict.fromkeys(patterns_in(tables)))


@cache
def ignoring_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def test_case_does_not_count() -> None:
    found = Pattern(r"one[- ]time (code)").search("Enter the ONE-TIME CODE")
    assert found is not None
    assert found[1] == "code"


@pytest.mark.parametrize(
    ("one", "other"),
    [("\u09df", "\u09af\u09bc"), ("\u0958", "\u0915\u093c"), ("\u00e9", "e\u0301")],
)
def test_two_spellings_of_a_letter_are_one(one: str, other: str) -> None:
    assert Pattern(f"^a{one}$").search(f"A{other}")
    assert Pattern(f"^a{other}$").search(f"A{one}")


def test_capitals_of_the_pattern_do_not_count_either() -> None:
    assert Pattern(r"\bT?OTP\b(?P<Rest>\W)").search("enter totp!")
    assert Pattern(r"^\W*OK\W*$").search("ok.")
    assert Pattern(r"^\W*OK\W*$").search("okay") is None


@given(st.data())
def test_each_pattern_of_the_tables_finds_what_it_finds_where_case_is_ignored(
    data: st.DataObject,
) -> None:
    text = data.draw(st.sampled_from(every_pattern()))
    whole = ignoring_case(text)
    ascii_only = st.characters(max_codepoint=127)
    try:
        said = data.draw(
            st.from_regex(whole, alphabet=ascii_only) | st.text(ascii_only, max_size=30)
        )
    except InvalidArgument:  # it has words of other scripts alone
        reject()
    for each in (said, said.upper(), said.title()):
        assert bool(Pattern(text).search(each)) == bool(whole.search(each))


def test_the_tables_have_patterns() -> None:
    assert len(every_pattern()) > 200


ROWS = ("| ", "- ", "a ", "1 ", "enter your ", "not ")


@pytest.mark.parametrize("row", ROWS)
def test_no_pattern_is_kept_busy_by_a_row_of_the_same(row: str) -> None:
    """One that tries all ways to share out a row of signs takes a minute, and pages have them."""
    text = (row * 1500)[:3000]
    began = time.process_time()
    for each in every_pattern():
        Pattern(each).search(text)
    assert time.process_time() - began < 8


def test_match_looks_at_the_beginning_alone() -> None:
    pattern = Pattern("code")
    assert pattern.match("Code of six digits")
    assert pattern.match("The code") is None
    assert pattern.search("The code")


def test_it_is_compiled_once_and_no_earlier_than_it_is_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(pattern: str) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern)

    monkeypatch.setattr(re, "compile", counted)
    pattern = Pattern("code")
    assert compiled == []
    assert pattern.search("code")
    assert pattern.search("a code")
    assert compiled == ["code"]


def test_a_text_is_sought_in_once_unless_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = Pattern("code")
    sought: list[str] = []
    found = pattern._compiled

    class Counted:
        def search(self, text: str) -> re.Match[str] | None:
            sought.append(text)
            return found.search(text)

    monkeypatch.setattr(pattern, "_compiled", Counted())
    long = "a code " * 300
    for text in ("a code", "a code", long, long):
        assert pattern.search(text)
    assert sought == ["a code", long, long]


def test_what_it_fits_can_be_left_out() -> None:
    assert Pattern(r" or e-?mail").without("Number or E-MAIL").strip() == "number"


def test_what_is_left_of_a_text_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = Pattern(r" or e-?mail")
    left: list[str] = []

    class Counted:
        def sub(self, _: str, text: str) -> str:
            left.append(text)
            return text

    monkeypatch.setattr(pattern, "_compiled", Counted())
    long = "a code " * 300
    for text in ("A code", "A code", long, long):
        assert pattern.without(text) == text.lower()
    assert left == ["a code", long, long]


@pytest.mark.parametrize("name", ["mobileNum", "mobile-num", "mobile_num", " mobile  Num"])
def test_an_id_in_words(name: str) -> None:
    assert with_spaces(name) == "mobile num"
