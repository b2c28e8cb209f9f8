"""Finds numbers whose digits stand one by one in places that are alike.

A page may have `class="digit-7"` in one element after the other, `content: "7"` in one rule after
the other, or ask for `/key/7` and then for `/key/3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from upstox_browser_login.redaction import Redactor

_RUN = re.compile(r"[0-9]+")
_MEASURE = re.compile(r"[0-9]+\.[0-9.]+")
"""A number with a point, such as a time in a report. A digit that a page shows alone has none."""

_UP = "|".join(f"{digit}(?={digit + 1})" for digit in range(9))
_DOWN = "|".join(f"{digit + 1}(?={digit})" for digit in range(9))
_COUNTED = re.compile(rf"(?:([0-9])\1{{3,}}+|(?:{_UP}){{3,}}+[0-9]|(?:{_DOWN}){{3,}}+[0-9])++")
"""A row that every page has in like places: six times `tabindex="0"`, or `box-1`, `box-2`.

With a PIN such as 111111 or 123456 all evidence would be deleted otherwise. Nothing is tried twice,
since a row may have thousands of digits.
"""

_MOST_RUNS, _LONGEST_RUN, _LONGEST = 12, 3, 300

_CONTENT = re.compile(r"content\s*:\s*\\*([\"'])((?:(?!\1)[^\n]){1,80}?)\\*\1", re.IGNORECASE)
_ESCAPE = re.compile(r"\\+([0-9A-Fa-f]{1,6})\s?")
_ATTRIBUTE = re.compile(r"\s([A-Za-z][\w:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Between two rows: a letter joins no digits.
_APART = "\nx\n"


class Rows:
    """Digits by the places where they stand, which are equal but for the digits."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, int], list[str]] = {}

    def add(self, place: str, text: str) -> None:
        """Note the few digits of a text that stands at such a place."""
        if len(text) > _LONGEST:
            return
        text = _MEASURE.sub(" ", text)
        runs = _RUN.findall(text)
        if 0 < len(runs) <= _MOST_RUNS:
            bare = _RUN.sub("0", text)
            for number, run in enumerate(runs):
                if len(run) <= _LONGEST_RUN:
                    self._rows.setdefault((place, bare, number), []).append(run)

    def add_css(self, text: str) -> None:
        """Note the digits that rules of a style sheet put in front of elements, or behind them."""
        for each in _CONTENT.finditer(text):
            shown = _ESCAPE.sub(lambda code: _character(code[1]), each[2])
            self._rows.setdefault(("content", "", 0), []).extend(_RUN.findall(shown))

    def add_html(self, text: str) -> None:
        """Note the digits in the attributes and style sheets of a page."""
        for each in _ATTRIBUTE.finditer(text):
            self.add(f"attribute {each[1]}", each[2] or each[3] or each[4] or "")
        self.add_css(text)

    def add_snapshot(self, element: Any) -> None:
        """Note the same of a DOM snapshot: `["I", {attributes}, …children]`."""
        queue = [element]
        while queue:
            each = queue.pop()
            if not isinstance(each, list):
                continue
            if len(each) > 1 and isinstance(each[0], str) and isinstance(each[1], dict):
                for name, value in each[1].items():
                    self.add(f"attribute {name}", str(value))
                if each[0].upper() == "STYLE":
                    self.add_css("\n".join(str(child) for child in each[2:]))
            queue += reversed(each)

    def add_request(self, request: Mapping[str, Any], body: str) -> None:
        """Note the digits in the address and the body of a request."""
        called = f"{request.get('method')} {request.get('url')}"
        self.add("request", called)
        self.add(f"body of {_RUN.sub('0', called)[:_LONGEST]}", body)

    def add_lines(self, lines: Iterable[str]) -> None:
        """Note the digits in the lines of a report."""
        for line in lines:
            self.add("line", line)

    def kinds(self, redactor: Redactor) -> set[str]:
        """The kinds of secret that these digits are, in their order."""
        rows = ("".join(row) for row in self._rows.values())
        return redactor.find(_APART.join(each for each in rows if not _COUNTED.fullmatch(each)))


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 else ""
