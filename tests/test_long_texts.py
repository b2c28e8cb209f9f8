"""What somebody else has written is read in a time that grows with its length, and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from upstox_browser_login.browser.failures import connect_error, launch_error
from upstox_browser_login.browser.find import Chromium
from upstox_browser_login.cli.results import shown
from upstox_browser_login.cli.words import fields
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.oauth import Redirect, tidy_pasted
from upstox_browser_login.page.said import Said
from upstox_browser_login.printable import one_line, printable
from upstox_browser_login.redaction import redactor
from upstox_browser_login.refusals import MAX_WORDS, error_of, quotable
from upstox_browser_login.token import claims_of

LENGTH = 50_000
CHROMIUM = Chromium(None, "chrome", "channel")

TEXTS = {
    "blanks": " " * LENGTH + "x",
    "line ends": "\n" * LENGTH + "x",
    "blanks and line ends": " \n" * (LENGTH // 2) + "x",
    "other spaces": "\u00a0" * LENGTH + "x",
    "escapes": "\x1b" * LENGTH,
    "open sequences": "\x1b[" * (LENGTH // 2),
    "open strings": "\x1b]" * (LENGTH // 2),
    "parameters": "\x1b[" + "0" * LENGTH,
    "letters": "a" * LENGTH,
    "digits": "1" * LENGTH,
    "digits and blanks": "1 " * (LENGTH // 2),
    "brackets": "[123] " * (LENGTH // 6) + "x",
    "error codes": "error code: <" * (LENGTH // 13) + "x",
    "stars": "98*" * (LENGTH // 3),
    "versions": "server version: v1 " * (LENGTH // 19),
    "dots": "." * LENGTH,
    "ampersands": "&amp;" * (LENGTH // 5),
}

READERS: dict[str, Callable[[str], object]] = {
    "printable": printable,
    "one_line": one_line,
    "shown": shown,
    "redact": redactor.redact,
    "quotable": quotable,
    "error of plain text": lambda text: error_of(400, None, step="exchange", text=text),
    "error of an envelope": lambda text: error_of(400, {"errors": [{"message": text}]}),
    "error": UpstoxError,
    "fields": lambda text: fields([("name", text), ("list", [text])]),
    "a toast": Said.of,
    "a redirect": lambda text: Redirect.of(f"https://x.example/?error={text}"),
    "what was pasted": tidy_pasted,
    "a token": claims_of,
    "a browser here": lambda text: launch_error(CHROMIUM, Exception(text), 1),
    "a browser elsewhere": lambda text: connect_error("ws://x.example", Exception(text), 1),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_no_text_takes_long(reader: str, text: str) -> None:
    """A pattern that tries everything again from each character takes minutes for these."""
    redactor.register_all(("9876501234", "024680", "r3pl1cas3cret"), "a secret")
    began = time.process_time()
    READERS[reader](TEXTS[text])
    assert time.process_time() - began < 1


def test_blanks_are_joined_as_before() -> None:
    assert one_line("a  \n\t  b") == "a b"
    assert one_line("a  b \n\n c") == "a  b c"
    assert one_line("  a \t") == "  a "


def test_a_cut_leaves_no_half_of_a_secret() -> None:
    """Neither where the text is cut, nor where the words are."""
    secret = "correct-horse-battery"
    redactor.register(secret, "password")
    for before in range(4_096 - len(secret), 4_097):
        said = quotable(" " * before + secret + " and more" * 99)
        assert "corr" not in said
    for before in range(MAX_WORDS - len(secret), MAX_WORDS + 1):
        assert "corr" not in quotable("x" * before + " " + secret)


def test_a_long_value_is_cut_without_half_a_secret() -> None:
    secret = "correct-horse-battery"
    redactor.register(secret, "password")
    for before in (3_985, 3_990, 3_999):
        (line,) = fields([("name", "x" * before + secret + "y" * 99_999)])
        assert len(line) < 4_100
        assert "corr" not in line
    (line,) = fields([("name", "x" * 4_000)])
    assert line.endswith("xxx")
