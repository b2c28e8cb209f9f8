"""Where a sentence ends."""

from __future__ import annotations

import pytest

from upstox_browser_login.page.sentences import sentences_in


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Wrong PIN. Try again!", ["Wrong PIN.", "Try again!"]),
        ("Maintenance on 12.11 at 1.30 am", ["Maintenance on 12.11 at 1.30 am"]),
        ("Log in|Sign up\nHelp", ["Log in", "Sign up", "Help"]),
        ("गलत पिन। फिर कोशिश करें", ["गलत पिन।", "फिर कोशिश करें"]),
        ("", [""]),
    ],
)
def test_the_sentences_of_a_text(text: str, sentences: list[str]) -> None:
    assert sentences_in(text) == sentences
