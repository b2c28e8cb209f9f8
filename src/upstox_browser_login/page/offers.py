"""What is on an unknown page: each field and control, with the page file's entry for it.

Nothing acts on it. A person looks, and copies what is right into `UPSTOX_PAGE_FILE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from .here import Sent
from .look import Field, Look
from .states.fields import PURPOSES, Purpose

MOST = 40
"""Fields and controls that are listed. A login's page has a handful."""

_LONGEST = 60


class Offer(Struct, frozen=True):
    """One field or control of a page: what it is, and the entry that would name it."""

    what: str
    entry: str


def expected(sent: Sent) -> Purpose:
    """The credential of the form that comes next in a login."""
    for purpose in PURPOSES[:-1]:
        if purpose not in sent.accepted and not sent.sent(purpose):
            return purpose
    return "pin"


def offers(look: Look, sent: Sent) -> tuple[Offer, ...]:
    """Every field and control of the page, the fields first, each with its entry."""
    wanted = expected(sent)
    found = [*_fields(look, wanted), *_controls(look, wanted)]
    return tuple(_once(found[:MOST]))


def _once(found: Iterable[Offer]) -> Iterator[Offer]:
    """Each entry once, since a page file may name the same thing only once."""
    told: set[tuple[str, ...]] = set()
    for each in found:
        lines = (line for line in each.entry.splitlines() if not line.startswith("#"))
        named = tuple(line.casefold() if line.startswith("words") else line for line in lines)
        again = bool(named) and named in told
        yield Offer(f"{each.what}; the entry above names it too", "") if again else each
        told.add(named)


def summary(look: Look) -> str:
    """What is on the page, in one short sentence; empty if nothing can be named."""
    if not (look.fields or look.controls):
        return ""
    fields = [_called(each.id or each.name, _words_of(each)) for each in look.fields]
    controls = [_called("", each.words) or _called(each.id, "") for each in look.controls]
    parts = [
        f"{len(found)} {kind}{'' if len(found) == 1 else 's'}"
        + (f" ({', '.join(each for each in found[:4] if each)})" if any(found[:4]) else "")
        for kind, found in (("field", fields), ("control", controls))
    ]
    return f"The page has {' and '.join(parts)}."


def _fields(look: Look, wanted: Purpose) -> Iterator[Offer]:
    for each in look.fields:
        id_, words = each.id or each.name or each.testid, _words_of(each)
        facts = [
            f"type={each.type}",
            f"maxlength={each.maxlength}" if each.maxlength > 0 else "",
            "hides what is typed" if each.masked else "",
            "covered" if each.covered else "",
            "closed" if each.disabled else "",
        ]
        what = f"field {_called(id_, words) or 'without a name'}"
        entry = _entry("field", "is", wanted, id_, words)
        yield Offer(f"{what}: {', '.join(filter(None, facts))}", entry)


def _controls(look: Look, wanted: Purpose) -> Iterator[Offer]:
    for each in look.controls:
        id_ = each.id or each.testid
        what = f"control {_called(id_, each.words) or 'without a name'}"
        facts = f"{each.role or each.tag}{', closed' if each.disabled else ''}"
        if look.fields:
            yield Offer(f"{what}: {facts}", _entry("button", "sends", wanted, id_, each.words))
        else:
            yield Offer(f"{what}: {facts}", _entry("way", "", "", id_, each.words))


def _words_of(each: Field) -> str:
    """The text that most likely names a field."""
    return next((text for text in (each.label, each.placeholder, *each.near) if _tell(text)), "")


def _tell(text: str) -> bool:
    return sum(each.isalpha() for each in text) >= 2


def _called(id_: str, words: str) -> str:
    found = [repr(id_[:_LONGEST])] if id_ else []
    return " ".join([*found, f"“{words[:_LONGEST]}”"] if words else found)


def _entry(table: str, key: str, value: str, id_: str, words: str) -> str:
    """The entry for a page file; empty for what has neither a name nor words."""
    words = " ".join(words.split()[:12]) if _tell(words) else ""
    id_ = id_ if re.fullmatch(r"\S+", id_) else ""
    if not (id_ or words):
        return ""
    lines = [f"[[{table}]]", *([f"{key} = {_quoted(value)}"] if key else [])]
    if words:
        lines.append(f"words = {_quoted(words)}")
    if id_:
        # Many pages make new ids on every visit, and change what a person reads less often.
        lines.append(f"# id = {_quoted(id_)}" if words else f"id = {_quoted(id_)}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escaped(each) for each in plain) + '"'


def _escaped(each: str) -> str:
    code = ord(each)
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else each
