"""Shapes that are personal under whatever name: e-mail addresses, PAN, mobile and long numbers.

They are sought in what belongs to the login, and once more in what is about to be kept.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from upstox_browser_login.evidence.values import parsed
from upstox_browser_login.settings import is_upstox_host

LONG_NUMBERS = frozenset({"Aadhaar number", "account number", "phone number"})
"""Kinds that nobody types digit by digit: a part of one that stands alone tells nothing."""

_BEFORE = r"(?<![\w.])(?<![0-9a-fA-F]{4}-)"
_AFTER = r"(?!\w|\.\d)"
_MAIL = (
    # What stands before the sign is read once; an address that is masked is none.
    r"(?<![\w.+*\u2022'-])(?<!//)[A-Za-z0-9._+'-]++"
    r"@(?P<host>[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++)(?!@)"
)
_TEN = rf"{_BEFORE}(?:\+?91[ -]?|0)?(?P<ten>[6-9][0-9]{{4}}[ -]?[0-9]{{5}}){_AFTER}"
_FOURS = rf"{_BEFORE}[0-9]{{4}}(?:[ -][0-9]{{4}}){{2,3}}(?![ -]?[0-9]){_AFTER}"
_SHAPES = re.compile(
    rf"(?P<mail>{_MAIL})|(?P<pan>(?<!\w)[A-Z]{{5}}[0-9]{{4}}[A-Z](?!\w))"
    rf"|(?P<mobile>{_TEN})|(?P<fours>{_FOURS})|(?P<long>{_BEFORE}[0-9]{{11,18}}{_AFTER})"
)
_FILES = frozenset(
    [
        "css",
        "gif",
        "htm",
        "html",
        "ico",
        "jpeg",
        "jpg",
        "js",
        "json",
        "map",
        "min",
        "mjs",
        "png",
        "svg",
        "webp",
    ]
)
"""What follows the sign in names of files, as in `logo@2x.png`."""

_DAY_AND_TIME = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?"
)
_ROUND = re.compile(r"(\d)\1+|\d{1,6}0{6,}|(?:1800|1860)\d{7}|9007199254740991|8640000000000000")
"""Numbers that are nobody's: of one digit, round ones, toll-free ones, and limits of scripts."""

_YEARS = 10
_YEAR = 366 * 86_400
_SCALES = {13: 1_000, 16: 1_000_000}

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def shapes_in(text: str, began: float, years: int = _YEARS) -> Iterator[tuple[str, str, int, int]]:
    """Values of these shapes: each with its kind and where it begins and ends.

    A number that may be a time within `years` of `began`, seconds of the epoch, is none of them.
    """
    for found in _SHAPES.finditer(text):
        name = found.lastgroup or ""
        begins, ends = found.span()
        if name == "mail":
            host = found["host"].lower()
            last = host.rpartition(".")[2]
            is_file = last in _FILES or not last.isalpha() or len(last) < 2
            if not is_file and not is_upstox_host(host):
                yield found[0], "e-mail", begins, ends
            continue
        if name == "pan":
            yield found[0], "PAN", begins, ends
            continue
        digits = re.sub(r"\D", "", found["ten"] if name == "mobile" else found[0])
        if _ROUND.fullmatch(digits) or _is_time(digits, began, years):
            continue
        kinds = {"mobile": "phone number", "fours": "account number", "long": "account number"}
        kind = "Aadhaar number" if len(digits) == 12 and name != "mobile" else kinds[name]
        yield digits, kind, begins, ends


def _is_time(digits: str, began: float, years: int) -> bool:
    """Whether a number is a moment: milliseconds or microseconds, or a day and an hour."""
    if _DAY_AND_TIME.fullmatch(digits):
        return True
    scale = _SCALES.get(len(digits))
    return scale is not None and abs(int(digits) / scale - began) <= years * _YEAR


def pieces_of(text: str) -> Iterator[str]:
    """What a body says: the names and values of JSON or of a form, or else the text itself.

    So what is escaped, quoted or in base64 is seen as it is meant.
    """
    data = parsed(text)
    if data is not None:
        yield from pieces_of_data(data)
        return
    yield html.unescape(text) if "&" in text else text
    if "%" in text or "=" in text[:100]:
        yield unquote_plus(text) if "%" in text else ""
        for name, value in parse_qsl(text) if "<" not in text and "\n" not in text.strip() else ():
            yield name
            yield from _pieces_of_value(value)


def pieces_of_data(data: Any) -> Iterator[str]:
    """The names, texts and whole numbers of a JSON value, also of JSON within its texts."""
    queue = [data]
    while queue:
        each = queue.pop()
        if isinstance(each, dict):
            yield from each
            queue += each.values()
        elif isinstance(each, list | tuple):
            queue += each
        elif isinstance(each, str):
            yield from _pieces_of_value(each)
        elif isinstance(each, int) and not isinstance(each, bool):
            yield str(each)


def _pieces_of_value(value: str) -> Iterator[str]:
    # What is inside is always shorter, so that this ends.
    inner = parsed(value)
    if inner is None:
        inner = json_in_base64(value)
    if inner is not None:
        yield from pieces_of_data(inner)
        return
    yield html.unescape(value) if "&" in value else value
    if "%" in value:
        yield unquote(value)


def pieces_of_url(url: str) -> Iterator[str]:
    """The parts of an address's host and path, and the names and values of query and fragment."""
    with suppress(ValueError):
        parts = urlsplit(url)
        yield from parts.netloc.split(".")
        yield from map(unquote, parts.path.split("/"))
        for pairs in (parts.query, parts.fragment):
            # A name without a value counts as well: "main.css?637412345678901234".
            for name, value in parse_qsl(pairs, keep_blank_values=True):
                yield name
                yield from _pieces_of_value(value)


_SCRIPTS = re.compile(r"<(script|style)\b(?:[^<]++|<(?!/\1))*+", re.IGNORECASE)


def without_scripts(page: str) -> str:
    """The HTML of a page without its scripts and styles."""
    return _SCRIPTS.sub("", page)


def json_in_base64(value: str) -> Any:
    """The object or list that a value is in base64; None for every other value."""
    if not _BASE64.fullmatch(value):
        return None
    plain = value.rstrip("=").replace("-", "+").replace("_", "/")
    with suppress(ValueError):
        text = base64.b64decode(plain + "=" * (-len(plain) % 4)).decode()
        return parsed(text)
    return None
