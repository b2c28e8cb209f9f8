"""Whether a screen carries something out by a secret, whatever its heading says."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache

from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import are_together
from upstox_browser_login.page.pattern import Pattern, with_spaces
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.cookies import COOKIES
from upstox_browser_login.page.states.deeds import HEADS_A_DEED
from upstox_browser_login.page.states.deeds_in_india import DEEDS_IN_INDIA
from upstox_browser_login.page.states.transactions import (
    BARE_ASSENT,
    CALLS_THE_DEED,
    CARRIES_OUT,
    COUNTS,
    IS_THE_DEED,
    LEAVES_A_DEED,
    LETS_THE_APP_IN,
    NAMES,
    NAMES_ACCESS,
    OF_A_DEEDS_PATH,
    REFUSES,
    SAYS_HOW_MUCH,
    SENDS_A_DEED,
    TAKES_PART,
    TITLES_A_DEED,
)

_IS_A_NUMBER = Pattern(
    r"^\W*((\u20b9|INR|Rs)\.? ?)?[1-9][\d,.]*( ?(shares?|units?|lots?|INR|Rs))?\W*$"
)
"""How much of something, as the value in a row of a summary."""

_LONGEST_VALUE = 4
"""Words of the value in a row of a summary."""


def told_on(look: Look, each: Field) -> list[str]:
    """What the page tells outside of its controls and its foot, also below the field.

    What stands nearest to a field of another form is told of that one.
    """
    others = {other.n for other in look.fields if not are_together(other, each)} - {each.n}
    told = [text.text for text in look.texts if text.is_told and text.field not in others]
    stood = frozenset(told)
    own = (each.label, each.placeholder, each.heading, *each.near, *each.below)
    return told + [text for text in own if text and text not in stood]


def is_at_a_deed(look: Look, button: str) -> bool:
    """Whether the window's title or address, or the words of a form's button, are of a deed."""
    return (
        TITLES_A_DEED.search(look.title) is not None
        or OF_A_DEEDS_PATH.search(look.path) is not None
        or SENDS_A_DEED.search(button) is not None
    )


def carries_something_out(told: Sequence[str], beside: Sequence[Control]) -> bool:
    """Whether a sentence, a summary or a control of the form tells of one deed in particular."""
    return (
        any(_is_carried_out(each) for text in told for each in sentences_in(text))
        or any(itertools.starmap(_is_of_a_summary, itertools.pairwise(told)))
        or any(LEAVES_A_DEED.search(e.words) or CARRIES_OUT.search(e.words) for e in beside)
    )


def takes_part(fields: Iterable[Field], options: Iterable[Control]) -> bool:
    """Whether a field or choice of the secret's form is for a transaction, such as "Amount"."""
    named = (name for each in fields for name in _names_of(each))
    return any(map(TAKES_PART.search, (*named, *(each.heading for each in options))))


def _names_of(each: Field) -> tuple[str, ...]:
    """What a field is called; where nothing else does, by the text nearest to it."""
    own = (each.label, each.placeholder, with_spaces(each.name), with_spaces(each.id))
    return own if each.label or each.placeholder else (*own, *each.near[:1])


@lru_cache(maxsize=1024)
def _is_carried_out(sentence: str) -> bool:
    if CARRIES_OUT.search(LETS_THE_APP_IN.without(sentence)):
        return True
    return bool(DEEDS_IN_INDIA.search(sentence) and SAYS_HOW_MUCH.search(sentence))


def _is_of_a_summary(name: str, value: str) -> bool:
    """Whether two texts in a row are what a transaction is about, such as "Quantity" and "10"."""
    if COUNTS.search(name):
        return _IS_A_NUMBER.search(value) is not None
    if NAMES.search(name):
        return len(value.split()) <= _LONGEST_VALUE
    calls = CALLS_THE_DEED.search(name) is not None
    return calls and any(said.search(value) for said in (IS_THE_DEED, HEADS_A_DEED))


def only_agrees(head: str, told: Sequence[str], beside: Sequence[Control]) -> bool:
    """Whether a heading or a control of the form speaks of agreeing, and nothing of a login.

    `told` holds the page's title and the words of the form's button as well.
    """
    refuses = any(REFUSES.search(each.words) for each in beside)
    refuses = refuses and not any(map(COOKIES.search, told))
    agrees = refuses or BARE_ASSENT.search(head) is not None
    return agrees and not any(map(NAMES_ACCESS.search, told))
