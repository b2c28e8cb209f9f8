"""What has changed in what a login sees: its states, and the fields, controls and texts of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from msgspec.structs import fields, replace

from upstox_browser_login.page.look import Control, Field, Look, Text

from .diff_reader import Change, Reader

_OF_A_FIELD = (
    "id", "name", "testid", "type", "autocomplete", "inputmode", "pattern", "maxlength", "boxes",
    "masked", "label", "placeholder", "heading",
)  # fmt: skip
_OF_A_CONTROL = ("words", "id", "testid", "tag", "type", "role")
"""What identifies a control or a field for people and for the walk; not where it is drawn."""


def states_changed(old: Reader, new: Reader) -> list[Change]:
    """How the states differ in what they are, and in what they show."""
    before, after = _sights(old), _sights(new)
    gone = [each for each in before if each not in after]
    told = [Change("the states", f"{each!r} is not met any more") for each in gone]
    told += [
        Change("the states", f"{each!r} is met now, and was not before")
        for each in after
        if each not in before
    ]
    both = [each for each in before if each in after]
    if both != [each for each in after if each in before]:
        told.append(Change("the states", f"they come in another order now: {', '.join(after)}"))
    for state in both:
        told += _looks(f"state {state}", before[state], after[state])
    # A form that is no longer known is what is unknown in its place.
    gone = [each for each in gone if each != _UNKNOWN]
    if gone and _UNKNOWN in after and _UNKNOWN not in before:
        where = f"state {gone[0]}, which is no longer known"
        told += _looks(where, before[gone[0]], after[_UNKNOWN])
    return told


_UNKNOWN = "nothing known"


@dataclass(frozen=True)
class _Sight:
    """All that a state has shown in any of its looks."""

    fields: tuple[Field, ...]
    controls: tuple[Control, ...]
    texts: tuple[Text, ...]
    path: str
    title: str
    modal: bool


def _sights(reader: Reader) -> dict[str, _Sight]:
    """The sight of each state that was recognised when it was recorded.

    Looks that were not recognised count to the next state, since a page is drawn in pieces. Fields
    that were unknown to the end are a sight of their own.
    """
    looks: dict[str, list[Look]] = {}
    waiting: list[Look] = []
    state = ""
    for moment in reader.bundle.moments:
        if moment.recognised is not None:
            state = moment.recognised.state
        if not state:
            waiting.append(moment.view.look)
            continue
        looks.setdefault(state, []).extend([*waiting, moment.view.look])
        waiting = []
    for look in waiting:
        if look.fields:
            looks.setdefault(_UNKNOWN, []).append(look)
    return {reader.plain(each): _sight(reader, seen) for each, seen in looks.items()}


def _sight(reader: Reader, looks: Sequence[Look]) -> _Sight:
    last = looks[-1]
    return _Sight(
        _distinct(reader, (each for look in looks for each in look.fields), _OF_A_FIELD),
        _distinct(reader, (each for look in looks for each in look.controls), _OF_A_CONTROL),
        _distinct(reader, (each for look in looks for each in look.texts), ("text", "live")),
        reader.plain(last.path),
        reader.plain(last.title),
        any(look.modal for look in looks),
    )


P = TypeVar("P", Field, Control, Text)


def _distinct(reader: Reader, items: Iterable[P], names: Sequence[str]) -> tuple[P, ...]:
    """Each part once, with its words as they compare."""
    found: dict[tuple[object, ...], P] = {}
    for each in items:
        plain: dict[str, Any] = {name: getattr(each, name) for name in names}
        for name, value in plain.items():
            if isinstance(value, str):
                plain[name] = reader.plain(value)
        found.setdefault(tuple(plain.values()), replace(each, **plain))
    return tuple(found.values())


def _looks(where: str, old: _Sight, new: _Sight) -> list[Change]:
    told = []
    for name, before, after in (
        ("path", old.path, new.path),
        ("title", old.title, new.title),
    ):
        if before != after:
            told.append(Change(where, f"the {name} was {before!r}, is {after!r}"))
    if old.modal != new.modal:
        covers = "a dialog now covers the page" if new.modal else "no dialog covers the page now"
        told.append(Change(where, covers))
    told += _parts(where, "field", old.fields, new.fields, _OF_A_FIELD)
    told += _parts(where, "control", old.controls, new.controls, _OF_A_CONTROL)
    told += _texts(where, [each.text for each in old.texts], [each.text for each in new.texts])
    live_before, live_after = _live(old.texts), _live(new.texts)
    told += [
        Change(
            where,
            f"the text {text!r} was marked as {_marked(live)}, is now {_marked(live_after[text])}",
        )
        for text, live in live_before.items()
        if text in live_after and live != live_after[text]
    ]
    return told


def _marked(live: str) -> str:
    return f"a message ({live})" if live else "no message"


def _live(texts: Iterable[Text]) -> dict[str, str]:
    return {each.text: each.live for each in texts}


def _parts(
    where: str, kind: str, old: Sequence[object], new: Sequence[object], names: Sequence[str]
) -> list[Change]:
    """Fields or controls: those that are alike in most are the same one, changed."""
    told: list[Change] = []
    rest = [each for each in new if not any(_same(each, other, names) for other in old)]
    for each in old:
        if any(_same(each, other, names) for other in new):
            continue
        best = max(rest, key=lambda other: _alike(each, other, names), default=None)
        if best is None or _alike(each, best, names) < 0.5:
            told.append(Change(where, f"the {kind} {_called(each, names)} is gone"))
            continue
        rest.remove(best)
        told += [
            Change(
                where,
                f"the {kind} {_called(each, names)}: {name} was {getattr(each, name)!r}, "
                f"is {getattr(best, name)!r}",
            )
            for name in names
            if getattr(each, name) != getattr(best, name)
        ]
    return told + [Change(where, f"the {kind} {_called(each, names)} is new") for each in rest]


def _same(one: object, other: object, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _alike(one: object, other: object, names: Sequence[str]) -> float:
    """How alike two parts are, from 0 to 1."""
    default = {each.name: each.default for each in fields(one)}  # type: ignore[arg-type]
    says = [
        name
        for name in names
        if getattr(one, name) != default[name] or getattr(other, name) != default[name]
    ]
    scores = [_close(getattr(one, name), getattr(other, name)) for name in says]
    return sum(scores) / len(scores) if scores else 0.0


def _close(one: object, other: object) -> float:
    if one == other:
        return 1.0
    if isinstance(one, str) and isinstance(other, str) and one and other:
        return 0.8 * SequenceMatcher(None, one.lower(), other.lower()).ratio()
    return 0.0


def _called(part: object, names: Sequence[str]) -> str:
    """The name of a part in messages: its first text."""
    for name in ("label", "words", "placeholder", "id", "name", "testid", "tag"):
        if name in names and getattr(part, name):
            return repr(getattr(part, name))
    return "without a name"


def _texts(where: str, old: Sequence[str], new: Sequence[str]) -> list[Change]:
    told = []
    gone = [each for each in old if _plain(each) not in set(map(_plain, new))]
    came = [each for each in new if _plain(each) not in set(map(_plain, old))]
    for text in gone:
        best = max(came, key=lambda other: _close(text, other), default=None)
        if best is not None and _close(text, best) >= 0.4:
            came.remove(best)
            told.append(Change(where, f"the text {text!r} is now {best!r}"))
        else:
            told.append(Change(where, f"the text {text!r} is gone"))
    return told + [Change(where, f"the text {text!r} is new") for text in came]


def _plain(text: str) -> str:
    """A text as it compares: a number of seconds that runs down is the same text."""
    return re.sub(r"\d+", "#", text)
