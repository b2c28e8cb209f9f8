"""A body of anybody's is read in a time that grows with its length, and no faster."""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Callable

import jwt
import pytest

from tests.harness import variants
from upstox_browser_login.recordings.blanks import blank_within
from upstox_browser_login.recordings.clean import RawPage
from upstox_browser_login.recordings.diff_reader import undrawn, without_values
from upstox_browser_login.recordings.personal import personal_values
from upstox_browser_login.recordings.pictures import standalone
from upstox_browser_login.recordings.shapes import pieces_of, shapes_in, without_scripts
from upstox_browser_login.recordings.shift import Shift
from upstox_browser_login.recordings.standins import StandIns
from upstox_browser_login.recordings.times import EPOCH, Times
from upstox_browser_login.recordings.tokens import (
    claims,
    is_web_token,
    web_tokens,
    with_tokens_replaced,
)

from .test_personal import exchange

LARGE, SOME = 5_000_000, 1_000_000
"""Characters."""


STAND_INS = StandIns(random.Random(1), Times(0.0))
STAND_INS.add_all({"9876501234": "mobile number", "asha.rao@mail.invalid": "e-mail"})

READERS: dict[str, Callable[[str], object]] = {
    "times": Shift(EPOCH, EPOCH - EPOCH).text,
    "personal values": lambda text: personal_values([exchange(response_body=text.encode())]),
    "shapes": lambda text: [list(shapes_in(each, 0.0)) for each in pieces_of(f"{text}={text}")],
    "scripts": without_scripts,
    "stand-ins": STAND_INS.text,
    "pictures in it": blank_within,
    "pictures of it": lambda text: standalone(RawPage("https://login.upstox.com/", text), {}),
    "differences": lambda text: (without_values(text), undrawn(text)),
}

PIECES = {
    "heads of tokens": "eyJ",
    "heads of tokens, and dashes": "eyJabcdefgh-",
    "tokens without an end": "eyJabcdefgh.",
    "stars": "*",
    "masked words": "a**",
    "members": "exp:'a",
    "members and blanks": "exp:a" + " " * 99,
    "queries": "?",
    "letters": "a",
    "scripts": "<script",
    "tags": "<img ",
    "drawings": "<svg ",
    "pictures": "iVBORw0KGg",
    "addresses": "a@a.",
    "digits": "1234 ",
}

CASES = [
    ("times", "heads of tokens", LARGE),
    ("personal values", "heads of tokens", SOME),
    ("stand-ins", "stars", SOME),
    ("shapes", "addresses", SOME),
    ("scripts", "scripts", SOME),
    ("pictures in it", "drawings", SOME),
    ("pictures of it", "scripts", SOME),
    ("differences", "queries", SOME),
]
OTHERS = [
    (reader, piece, SOME)
    for reader in READERS
    for piece in PIECES
    if (reader, piece) not in {each[:2] for each in CASES}
]


@pytest.mark.parametrize(("reader", "piece", "length"), [*CASES, *variants(*OTHERS)])
def test_a_body_eight_times_as_long_takes_about_eight_times_as_long(
    reader: str, piece: str, length: int
) -> None:
    """What tries everything again from each character takes 64 times as long, and hours of this."""
    text = PIECES[piece] * (length // len(PIECES[piece]))
    read = READERS[reader]
    small = max(0.05, min(_seconds(read, text[: length // 8]) for _ in range(2)))
    assert _seconds(read, text) < 24 * small


def _seconds(read: Callable[[str], object], text: str) -> float:
    """Of the processor, whatever else it does."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


TOKEN = jwt.encode({"sub": "7ABC12", "exp": 1767584400}, "k" * 32)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f'{{"token":"{TOKEN}"}}',
        f"%22{TOKEN}%22",
        f"token-{TOKEN} and more",
        f"www.upstox.com.{TOKEN};",
        f"eyJ.{TOKEN}",
    ],
)
def test_a_token_is_found_wherever_it_stands(text: str) -> None:
    assert [str(each) for each in web_tokens(text)] == [TOKEN]
    assert with_tokens_replaced(text, lambda _: "T") == text.replace(TOKEN, "T")


def test_tokens_one_behind_the_other_do_not_overlap() -> None:
    assert [str(each) for each in web_tokens(f"{TOKEN}.{TOKEN} {TOKEN}")] == [TOKEN, TOKEN, TOKEN]
    assert is_web_token(TOKEN)
    assert not is_web_token(f"{TOKEN} ")
    assert TOKEN not in repr(list(web_tokens(TOKEN)))


def test_a_part_of_a_token_that_no_header_could_carry_is_not_read() -> None:
    """Read as JSON it takes twenty times its length."""
    part = base64.urlsafe_b64encode(json.dumps({"a": [[]] * 15_000}).encode()).decode()
    assert claims(part.rstrip("=")) is None
    part = base64.urlsafe_b64encode(json.dumps({"a": [[]] * 9_000}).encode()).decode()
    assert claims(part.rstrip("=")) == {"a": [[]] * 9_000}
