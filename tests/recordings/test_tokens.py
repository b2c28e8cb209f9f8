"""JSON web tokens in a text of anybody's."""

from __future__ import annotations

import base64
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.recordings.tokens import (
    claims,
    is_web_token,
    web_tokens,
    with_tokens_replaced,
)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


TOKEN = f"{part({'alg': 'HS256'})}.{part({'sub': '7ABC12'})}.aB-_9"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TOKEN, [TOKEN]),
        (f'{{"access_token":"{TOKEN}"}} and {TOKEN}.', [TOKEN, TOKEN]),
        # Other letters may stand before it.
        (f"tokenX{TOKEN}", [TOKEN]),
        ("eyJ.eyJ.x", []),
        ("no token", []),
        (TOKEN.replace(".", "_"), []),
    ],
)
def test_tokens_are_found_wherever_they_stand(text: str, found: list[str]) -> None:
    tokens = [*web_tokens(text)]
    assert [*map(str, tokens)] == found
    assert all(text[each.start : each.end] == str(each) for each in tokens)


def test_a_token_shows_nothing_of_itself() -> None:
    (token,) = web_tokens(TOKEN)
    assert repr(token) == "WebToken(…)"
    assert is_web_token(TOKEN)
    assert not is_web_token(f"{TOKEN} ")


def test_what_a_part_says_can_be_read_or_is_none() -> None:
    (token,) = web_tokens(TOKEN)
    assert claims(token.claims) == {"sub": "7ABC12"}
    assert claims("") is None
    assert claims("eyJ") is None


def test_each_token_is_replaced_by_itself() -> None:
    told = with_tokens_replaced(f"a {TOKEN} b {TOKEN}", lambda each: f"<{len(str(each))}>")
    assert told == f"a <{len(TOKEN)}> b <{len(TOKEN)}>"


@given(st.text("eyJ.aB9_- ", max_size=200))
def test_any_text_has_tokens_that_do_not_overlap(text: str) -> None:
    ends = 0
    for each in web_tokens(text):
        assert each.start >= ends
        ends = each.end
    assert with_tokens_replaced(text, str) == text


def test_hostile_texts_take_little_time() -> None:
    started = time.process_time()
    for text in ("eyJ", "eyJa.", "eyJaaaaaaaaa.eyJ", "a" * 50 + "."):
        [*web_tokens((text * 200_000)[:200_000])]
    assert time.process_time() - started < 2
