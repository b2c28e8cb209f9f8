"""What a page says: its sentences, its headings, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from upstox_browser_login.page.look import Look, Text

_MOST_TEXT = 20_000
"""Characters; ten times what a page of the login says. More would take seconds to look through."""


def sentences(look: Look) -> Iterable[Text]:
    """What is written there, controls aside; of a page that says very much, messages first."""
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
    """Headings, and what a dialog says."""
    told = [each.text for each in look.texts if (each.head or each.dialog) and not each.control]
    return " | ".join(told)


def titles(look: Look) -> list[str]:
    """What a screen is about: its headings, or its first text where nothing is marked as one."""
    told = [each for each in look.texts if not (each.control or each.footer)]
    told = [each for each in told if each.dialog] or told
    return [each.text for each in told if each.head] or [each.text for each in told[:1]]


def body(look: Look) -> str:
    """All that is written there, controls and the foot of the page aside."""
    told = (each.text for each in look.texts if not each.control and not each.footer)
    return " | ".join(told)[:_MOST_TEXT]
