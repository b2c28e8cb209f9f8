"""Finds a number each of whose digits is a member's value, as a row of boxes sends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

# A digit, or the code of one as scripts have it.
_DIGIT = r"(?:Digit|Numpad)?([0-9]|4[89]|5[0-7])"
_DIGITS = {
    **{str(each): str(each) for each in range(10)},
    **{str(48 + e): str(e) for e in range(10)},
}
# A digit that is all of a member's value, or of a part of a form.
_VALUE = re.compile(rf"[=:]\s{{0,9}}(?:\\*\")?{_DIGIT}(?![0-9A-Za-z.])")
_PART = re.compile(rf"(?:\r?\n|\\r\\n|\\n){{2}}{_DIGIT}(?![0-9A-Za-z.])")
# A digit that ends a list of several, or begins one.
_LAST = re.compile(rf",\s{{0,9}}(?:\\*\")?{_DIGIT}(?=\\*\"?\s{{0,9}}\])")
_FIRST = re.compile(rf"\[\s{{0,9}}(?:\\*\")?{_DIGIT}(?=\\*\"?\s{{0,9}},)")
_LISTS = re.compile(r"\]\s{0,9},\s{0,9}\[")
_OF_A_PART = re.compile(r"name=\\*\"([^\"\\\n]{1,40})\\*\"(?:\r?\n|\\r\\n|\\n){2}\Z")
_BEFORE_A_NAME = re.compile(r"[=&?/:;<>\s\"\\]")
_LONGEST_NAME = 48
_NUMBERED = re.compile(r"%5[BDbd]|[0-9\[\]._-]+")
_FAR = 200
"""Characters between two members that are no longer of one row."""


class _Member(NamedTuple):
    """A member whose value is a digit, and which of all such members of the text it is."""

    nth: int
    begins: int
    ends: int


_Rule = Callable[[_Member, _Member], bool]


def digits_of_members(
    text: str, numbers: Iterable[str]
) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Where `text` holds a number each of whose digits is a member's value, and which.

    So a row of boxes is sent: `d1=0&d2=2`, `pin[0]=0`, `{"d1": "0"}`, `[{"at": 0, "v": "0"}]`,
    `[[0, "0"], [1, "2"]]`. The members have one name but for what numbers them, and make up the
    whole number. Members of other names may stand between them.
    """
    numbers = set(numbers)
    yield from _rows(text, _VALUE, numbers, _near, _next)
    if "name=" in text:
        yield from _rows(text, _PART, numbers, _near, _next)
    if _LISTS.search(text):
        for pattern in (_LAST, _FIRST):
            yield from _rows(text, pattern, numbers, lambda one, other: _beside(text, one, other))


def _rows(
    text: str, pattern: re.Pattern[str], numbers: set[str], *rules: _Rule
) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """The rows of members that are one of `numbers`, each told once.

    Each of the rules says in its own way whether two members of one name are of one row.
    """
    digits = "".join([_DIGITS[each] for each in pattern.findall(text)])
    # Few texts hold them in order, so that few need the name of each member.
    if not any(_in_order(number, digits) for number in numbers):
        return
    named: dict[str | None, list[_Member]] = {}
    for nth, each in enumerate(pattern.finditer(text)):
        name = _name_before(text, each.start(1)) if pattern in {_VALUE, _PART} else ""
        named.setdefault(name, []).append(_Member(nth, *each.span(1)))
    named.pop(None, None)
    told = set()
    for members in named.values():
        for rule in rules:
            for row in _split(members, rule):
                number = "".join(digits[each.nth] for each in row)
                if number in numbers and row[0] not in told:
                    told.add(row[0])
                    yield [(each.begins, each.ends) for each in row], number


def _in_order(number: str, digits: str) -> bool:
    """Whether the digits of a number come one after the other, with others between them."""
    at = -1
    for digit in number:
        at = digits.find(digit, at + 1)
        if at < 0:
            return False
    return True


def _split(members: list[_Member], rule: _Rule) -> Iterator[list[_Member]]:
    """These members in rows, each of which goes on while `rule` says so."""
    row = members[:1]
    for one, other in pairwise(members):
        if not rule(one, other):
            yield row
            row = []
        row.append(other)
    yield row


def _near(one: _Member, other: _Member) -> bool:
    return other.begins - one.ends < _FAR


def _next(one: _Member, other: _Member) -> bool:
    return other.nth == one.nth + 1


def _beside(text: str, one: _Member, other: _Member) -> bool:
    """Whether these end, or begin, two lists that follow each other."""
    between = text[one.ends : min(other.begins, one.ends + _FAR)]
    return between.count("[") == between.count("]") == 1 and _near(one, other)


def _name_before(text: str, place: int) -> str | None:
    """The name of the member whose value begins at `place`, without what numbers it."""
    before = text[max(0, place - _LONGEST_NAME) : place]
    told = before.removesuffix("Digit").removesuffix("Numpad").rstrip('"\\ ')
    name = None
    if told.endswith("="):
        name = _BEFORE_A_NAME.split(told[:-1])[-1]
    elif told.endswith(":"):
        name = told[:-1].rstrip('"\\ ').rpartition('"')[2]
    elif found := _OF_A_PART.search(before):
        name = found[1]
    return None if name is None else _NUMBERED.sub("", name)
