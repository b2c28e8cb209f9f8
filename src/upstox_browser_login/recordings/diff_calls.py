"""What has changed in what a login asks and is answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from .bundle import Exchange
from .diff_reader import WHOLE, Change, Reader
from .tape import VOLATILE, Fields, is_volatile, key_of, times

_VERSION = re.compile(r"\A(v\d+|\d{1,3}(\.\d+)*)\Z")

_CHANGING_HEADERS = frozenset(
    {"date", "age", "etag", "last-modified", "expires", "content-length"}
    | {"x-request-id", "x-correlation-id", "cf-ray", "x-amz-cf-id", "via", "server-timing"}
)
"""Headers whose values differ from answer to answer."""


def calls_changed(old: Reader, new: Reader) -> list[Change]:
    """How the calls differ: which are made, what they send, what they are answered."""
    told = []
    before, after = _by_call(old), _by_call(new)
    gone = [each for each in before if each not in after]
    came = [each for each in after if each not in before]
    for call in gone:
        twin = next((each for each in came if _unversioned(each) == _unversioned(call)), None)
        if twin is None:
            told.append(Change("the calls", f"{call} is not made any more"))
            continue
        came.remove(twin)
        told.append(Change("the calls", f"{call} has another version now: {twin}"))
        told += _exchanges(call, old, before[call], new, after[twin])
    told += [Change("the calls", f"{each} is made now, and was not before") for each in came]
    for call in before:
        if call in after:
            told += _exchanges(call, old, before[call], new, after[call])
    both = [each for each in before if each in after]
    if both != [each for each in after if each in before]:
        told.append(Change("the calls", "they come in another order now"))
    return told


def _by_call(reader: Reader) -> dict[str, list[Exchange]]:
    """The exchanges of each call, in their order, without those that the login stopped."""
    found: dict[str, list[Exchange]] = {}
    for each in reader.bundle.exchanges:
        if each.method != "OPTIONS" and each.failed != "blocked":
            key = key_of(each.method, each.url)
            found.setdefault(f"{key.method} {reader.place(key)}", []).append(each)
    return found


def _unversioned(call: str) -> str:
    return "/".join("{v}" if _VERSION.match(each) else each for each in call.split("/"))


def _exchanges(
    call: str, old: Reader, before: list[Exchange], new: Reader, after: list[Exchange]
) -> list[Change]:
    told = []
    pairs = [*zip(range(len(before)), range(len(after)), strict=False)]
    if len(before) != len(after):
        now, then = times(len(after)), times(len(before))
        told.append(Change(call, f"it is made {now}, and was made {then}"))
        kinds = [_kind(old, each) for each in before], [_kind(new, each) for each in after]
        pairs = _alike_ones(*kinds) or pairs
        rest = set(range(len(after))) - {its for _, its in pairs}
        for its in sorted(rest):
            where, answer = _numbered(call, its, after), new.answered(after[its])
            told.append(Change(where, f"the status of the answer is {_outcome(after[its])}"))
            told += [Change(where, what) for what in _names("the answer", {}, answer, VOLATILE)]
    for own, its in pairs:
        where = _numbered(call, its, after)
        told += [Change(where, what) for what in _exchange(old, before[own], new, after[its])]
    return told


def _numbered(call: str, index: int, every: Sequence[Exchange]) -> str:
    return call if len(every) == 1 else f"{call} (number {index + 1} of {len(every)})"


def _kind(reader: Reader, each: Exchange) -> tuple[str, ...]:
    """What an answer is like: its status and the names of its members."""
    return (_outcome(each), *sorted(reader.answered(each)))


def _alike_ones(
    before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Pair the answers of one kind that are to be compared, in their order.

    Where a code is refused once, the answer that takes it is the second of two, and is to be
    compared with the only one of the other recording.
    """
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(each.a + k, each.b + k) for each in blocks for k in range(each.size)]


def _exchange(old: Reader, one: Exchange, new: Reader, other: Exchange) -> list[str]:
    told = []
    if _outcome(one) != _outcome(other):
        told.append(f"the status of the answer was {_outcome(one)}, is {_outcome(other)}")
    volatile = VOLATILE | {
        each.lower()
        for about in (old.bundle.about, new.bundle.about)
        for each in (*about.volatile, *about.time_fields)
    }
    told += _members("the request", old.asked(one), new.asked(other), volatile)
    told += _members("the answer", old.answered(one), new.answered(other), volatile)
    own, its = _headers(old, one.request.headers), _headers(new, other.request.headers)
    # Only their names are compared: the values come from the browser, not from the page.
    told += _names("the request", own, its, volatile | its.keys(), " the header")
    if one.response is not None and other.response is not None:
        own, its = _headers(old, one.response.headers), _headers(new, other.response.headers)
        told += _members("the answer", own, its, volatile | _CHANGING_HEADERS, " the header")
        told += _cookies(one.response.headers, other.response.headers)
    return told


def _outcome(each: Exchange) -> str:
    if each.response is not None:
        return str(each.response.status)
    return each.failed or "never given"


def _names(
    what: str, old: Fields, new: Fields, volatile: Collection[str], kind: str = ""
) -> list[str]:
    """The members that only one of two has: in one line, since they mostly come and go together."""
    gone = [name for name in old if name not in new]
    came = [
        f"{name} = {_short(value)}" if _is_told(name, volatile) else name
        for name, value in new.items()
        if name not in old
    ]
    told = [f"{what} no longer has{kind} {', '.join(gone)}"] if gone else []
    return told + ([f"{what} now has{kind} {', '.join(came)}"] if came else [])


def _is_told(name: str, volatile: Collection[str]) -> bool:
    """Whether a new member's value is told. A code is another one each time, but not an error's."""
    above, _, last = name.rpartition(".")
    return last.lower() not in volatile or above.rpartition(".")[2].startswith("error")


def _members(
    what: str, old: Fields, new: Fields, volatile: frozenset[str], kind: str = ""
) -> list[str]:
    told = _names(what, old, new, volatile, kind)
    for name, value in old.items():
        own = new.get(name, value)
        if own == value:
            continue
        if name == WHOLE:
            was, now = _first_difference(value, own)
            told.append(f"{what} has another content, at first {now}, where it was {was}")
        elif not is_volatile(name, value, own, volatile):
            told.append(f"in {what},{kind} {name} was {_short(value)}, is {_short(own)}")
    return told


def _first_difference(one: str, other: str) -> tuple[str, str]:
    """The first piece of each text in which the two differ."""
    pairs = zip(one, other, strict=False)
    same = sum(1 for _ in takewhile(lambda each: each[0] == each[1], pairs))
    begin = max(0, same - 20)
    return _short(one[begin : same + 20]), _short(other[begin : same + 20])


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")


def _headers(reader: Reader, headers: Iterable[tuple[str, str]]) -> Fields:
    """Headers by name. Of an address, what stands behind its query's names is left out."""
    return {
        name.lower(): reader.value(value)
        for name, value in headers
        if name.lower() not in {"cookie", "set-cookie"}
    }


def _cookies(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[str]:
    before, after = _cookie_names(old), _cookie_names(new)
    told = [f"the cookie {name} is no longer set" for name in before if name not in after]
    return told + [f"the cookie {name} is set now" for name in after if name not in before]


def _cookie_names(headers: Iterable[tuple[str, str]]) -> list[str]:
    names = [
        value.partition("=")[0].strip() for name, value in headers if name.lower() == "set-cookie"
    ]
    return list(dict.fromkeys(names))
