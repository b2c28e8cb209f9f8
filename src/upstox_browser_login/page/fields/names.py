"""Which credentials the field's ids, its texts and the page file name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from upstox_browser_login.page.here import Evidence
from upstox_browser_login.page.look import Field
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.pattern import Pattern, with_spaces
from upstox_browser_login.page.states.fields import (
    BEGINS_WITH_OTP,
    KNOWN,
    OFFERS_BY_ANOTHER_WAY,
    PURPOSES,
    Purpose,
)
from upstox_browser_login.page.states.otp import (
    CODE_WAS_TEXTED,
    MAY_BE_ANY_CODE,
    OTP_TAKES_TOTP,
    TAKES_EITHER,
    TOTP_IS_MISSING,
)


def identity_of(each: Field, purpose: Purpose, marks: Marks = NO_MARKS) -> Iterable[Evidence]:
    """What ids and names say for a purpose. They never speak against one."""
    if marks.replaced(purpose, "identity"):
        return
    facts = KNOWN[purpose]
    for named in (each.id, each.name, each.testid):
        spaced = with_spaces(named)
        if spaced and (
            facts.identity.search(spaced) or facts.identity.search(spaced.replace(" ", ""))
        ):
            yield Evidence("identity", 2, f"is called {named!r}")
            return
    if set(each.autocomplete.split()) & facts.autocomplete:
        yield Evidence("identity", 2, f"autocomplete={each.autocomplete}")


_SENTENCE = Pattern(r"(?<!\bno)[.!।]\s*$")
"""The end of a sentence, and not of a label such as "Mobile no."."""

_PROMISE = Pattern(r"^\W*(we|upstox|you)([’']ll| will| shall)\b")  # noqa: RUF001
"""The beginning of a text that tells what comes next, such as "We'll send you an OTP"."""


_NO_NAMES = (_SENTENCE, _PROMISE, OFFERS_BY_ANOTHER_WAY)

_OF_A_CODE = Pattern(
    r"(one[- ]?time|\bT?OTP|\bSMS|\be-?mail|\bauthenticator)[- ]?(pin|pass ?code)\b"
    r"|\bpass ?code\b.{0,20}\b(sent|texted|e-?mailed)\b"
    r"|\bpass ?code\b (shown )?(from|in|by|via|on) .{0,20}"
    r"\b(apps?|authenticator|SMS|message|e-?mail|phone|mobile)\b"
)
"""A PIN or passcode that is a code, since it is sent or shown each time."""


def own_words(each: Field) -> Iterable[tuple[str, str]]:
    """The texts at the field that may be its name, the most telling first."""
    yield "label", each.label
    yield "placeholder", each.placeholder
    for text in each.near:
        # A sentence, a promise or an offer explains something and is no name of the field.
        if len(text) <= 60 and not any(said.search(text) for said in _NO_NAMES):
            yield "text beside it", text


def is_said_at(each: Field, words: Pattern) -> bool:
    """Whether a pattern fits one of the texts that may be the field's name."""
    return any(words.search(text) for _, text in own_words(each) if text)


def was_texted(each: Field) -> bool:
    """Whether a text at the box says by which message its code has come."""
    return any(map(CODE_WAS_TEXTED.search, (each.heading, *each.near)))


def takes_totp(each: Field) -> bool:
    """Whether a text that may be the box's name says that it takes the authenticator's code.

    Where a text at the box says that its code was texted, neither the heading nor "authentication
    code" is enough: pages call any second step so.
    """
    texted = was_texted(each)
    for where, text in own_words(each):
        if not text or TOTP_IS_MISSING.search(text):
            continue
        heads = where == "text beside it" and text == each.heading
        if texted and heads and not TAKES_EITHER.search(text):
            continue
        if OTP_TAKES_TOTP.search(MAY_BE_ANY_CODE.without(text) if texted else text):
            return True
    return False


@lru_cache(maxsize=64)
def named_by(each: Field, marks: Marks = NO_MARKS) -> tuple[frozenset[Purpose], str]:
    """The purposes that the first telling text at the field names, and that text.

    Remembered, since it is asked for each purpose of a field and again at each look.
    """
    for where, text in own_words(each):
        if not text:
            continue
        named = _meant(
            frozenset(
                purpose
                for purpose in PURPOSES
                if KNOWN[purpose].words.search(text) and not marks.replaced(purpose, "words")
            ),
            text,
        )
        if named:
            return named, f"{where} {text!r}"
    return frozenset(), ""


def _meant(named: frozenset[Purpose], text: str) -> frozenset[Purpose]:
    """Of the purposes whose words stand in a text, those that the text means.

    "One-time password", "one-time PIN" and "passcode from your app" mean a code. A text that begins
    with the code's name does not mean the number.
    """
    if (
        "otp" in named
        and "password" in named
        and not re.search(r"(?<!time )password", text, re.IGNORECASE)
    ):
        named -= {"password"}
    if {"otp", "pin"} <= named and _OF_A_CODE.search(text):
        named -= {"pin"}
    if "otp" in named and "mobile" in named and BEGINS_WITH_OTP.match(text):
        named -= {"mobile"}
    if "mobile" in named and "otp" in named:
        named -= {"otp"}
    return named


def file_of(
    each: Field, purpose: Purpose, marks: Marks, known_by: frozenset[str]
) -> Iterable[Evidence]:
    """What the page file says for a purpose or against it, as one piece of evidence at most.

    An entry that repeats what the tables know of the field (`known_by`) says nothing, since the
    same id or text must not count twice.
    """
    named = marks.of_field(each)
    own = [mark for mark in named if mark.purpose == purpose]
    new = [
        mark
        for mark in own
        if (mark.id and "identity" not in known_by) or (mark.words and "words" not in known_by)
    ]
    if new:
        purposes = {mark.purpose for mark in named}
        yield Evidence("file", 2 if len(purposes) == 1 else 1, str(new[0]))
    elif named and not own:
        yield Evidence("file", -1, f"{named[0]}")
