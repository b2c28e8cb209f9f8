"""The bytes of a file as text, whatever editor or shell has written it."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.files.text import decoded, mark_and_encoding, refuse_nul

ENCODINGS = ["utf-8-sig", "utf-8", "utf-16", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_read_by_its_mark(encoding: str) -> None:
    assert decoded("PIN=पिन\r\n".encode(encoding)) == "PIN=पिन\r\n"


def test_the_longer_mark_is_seen_before_the_shorter_one() -> None:
    assert mark_and_encoding("x".encode("utf-32"))[1] == "utf-32-le"
    assert mark_and_encoding(codecs.BOM_UTF16_LE) == (codecs.BOM_UTF16_LE, "utf-16-le")
    assert mark_and_encoding(b"x") == (b"", "utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo\n\xff", "line 3 of it is not UTF-8 text"),
        (codecs.BOM_UTF16_LE + b"a", "line 1 of it is not UTF-8, and not whole UTF-16 text"),
        ("a\nb".encode("utf-16-le"), "line 1 of it has NUL bytes"),
    ],
)
def test_what_is_no_text_is_named_by_its_line_and_not_quoted(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decoded(data)


def test_the_line_of_a_nul_byte_is_counted_by_any_line_end() -> None:
    refuse_nul("a\r\nb\rc\n")
    with pytest.raises(ValueError, match="line 4"):
        refuse_nul("a\r\nb\rc\n\0")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decoded(text.encode(encoding)) == text


@given(st.binary(max_size=100))
def test_any_bytes_are_a_text_or_an_error(data: bytes) -> None:
    text = ""
    with suppress(ValueError):
        text = decoded(data)
    assert "\0" not in text
