"""What a page says: its sentences, its headings, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from upstox_browser_login.page.look import Look, Text

_MOST_TEXT = 20_000
"""Characters: ten times what a login's page says. More would take seconds to search."""


def sentences(look: Look) -> Iterable[Text]:
    """The texts of a page without its controls; of very many, the messages come first."""
    told = [each for each in look.texts if not each.control]
    if sum(len(each.text) for each in told) > _MOST_TEXT:
        told.sort(key=lambda each: not (each.live or each.head or each.dialog))
    length = 0
    for each in told:
        length += len(each.text)
        if length > _MOST_TEXT:
            return
        yield each


def headings(look: Look) -> str:
    """The headings, and all texts of a dialog."""
    told = [each.text for each in look.texts if (each.head or each.dialog) and not each.control]
    return " | ".join(told)


def titles(look: Look) -> list[str]:
    """What a screen is about: its headings, or its first text if it has none."""
    told = [each for each in look.texts if not (each.control or each.footer)]
    told = [each for each in told if each.dialog] or told
    return [each.text for each in told if each.head] or [each.text for each in told[:1]]


def body(look: Look) -> str:
    """All texts but controls and the foot of the page."""
    told = (each.text for each in look.texts if not each.control and not each.footer)
    return " | ".join(told)[:_MOST_TEXT]
