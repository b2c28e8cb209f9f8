"""What a page says: its sentences, its headings, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from upstox_browser_login.page.look import Look, Text

_MOST_TEXT = 20_000
"""Characters: ten times what a login's page says. More would take seconds to search."""


def sentences(look: Look) -> Iterable[Text]:
    """The texts of a page without its controls; of very many, the messages come first."""
    told = [each for each in look.texts if not each.control]
    if sum(len(each.text) for each in told) > _MOST_TEXT:
        told.sort(key=lambda each: not (each.live or each.head or each.dialog))
    yield from _as_many_as_are_searched(told)


def _as_many_as_are_searched(told: Iterable[Text]) -> Iterator[Text]:
    length = 0
    for each in told:
        length += len(each.text)
        if length > _MOST_TEXT:
            return
        yield each


def joined(told: Iterable[str]) -> str:
    """Texts as one, as much of it as is searched."""
    return " | ".join(told)[:_MOST_TEXT]


def headings(look: Look) -> str:
    """The headings, and all texts of a dialog."""
    told = (each.text for each in look.texts if (each.head or each.dialog) and not each.control)
    return joined(told)


def headings_alone(look: Look) -> str:
    """The headings, in a dialog or not; its other texts are none."""
    return joined(each.text for each in look.texts if each.head)


def titles(look: Look) -> list[str]:
    """What a screen is about: its headings, or its first text if it has none."""
    told = [each for each in look.texts if each.is_told]
    told = [each for each in told if each.dialog] or told
    told = [each for each in told if each.head] or told[:1]
    return [each.text for each in _as_many_as_are_searched(told)]


def body(look: Look) -> str:
    """All texts but controls and the foot of the page."""
    return joined(each.text for each in look.texts if each.is_told)
