"""What the page says after something was submitted."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from .look import Look, Text
from .marks import NO_MARKS, Marks
from .pattern import Pattern
from .said import Said, is_a_rule, meaning_of
from .words import Meaning

_LONGEST = 300
"""Characters of a text that can be a message."""


class Complaint(Struct, frozen=True, omit_defaults=True):
    """A message that appeared on the page after something was submitted."""

    said: Said
    where: Literal["field", "message", "dialog", "elsewhere"]
    by_file: Meaning | None = None
    """What the page file says of it."""

    @property
    def meaning(self) -> Meaning:
        """What it means; the page file is asked only where the tables do not know."""
        meaning = self.said.meaning
        return self.by_file if meaning == "unknown" and self.by_file is not None else meaning


_REFUSES = frozenset({"mobile refused", "code refused", "pin refused", "rate limited"})

_WARNS = Pattern(
    r"^\W*(if|whenever)\b|\b(never|beware|nobody|no one|each time)\b"
    r"|\b(do not|don.t) (share|tell|give)\b"
)
"""What warns everybody of wrong PINs or codes, and says nothing of the one that was sent."""


_RESENDS = Pattern(r"\bre-?send\b|\bsend (it )?again\b|\b(new|another) (code|OTP)\b|दोबारा|dobara")
_WAITS = Pattern(
    r"^\W*(you can |please )?(try( again)?|retry|wait|again)( it)?( in| after| for)? "
    r"\d+(:\d+)? ?(s|secs?|seconds?|mins?|minutes?)?\W*$"
)
"""What counts down to the next code, beside the control that has it sent: no limit of logins."""


def _counts_down(text: str, look: Look) -> bool:
    resends = any(_RESENDS.search(each.words) for each in look.controls)
    return resends and _WAITS.search(text) is not None


def complaints_of(
    look: Look,
    before: frozenset[str],
    field_n: int,
    marks: Marks = NO_MARKS,
    likeness: str = "",
) -> list[Complaint]:
    """Messages on the page that were not there before: beside the field, or marked as messages.

    All that a modal says counts, its heading as well. A text elsewhere counts only with Upstox's
    code in brackets behind it, or where it refuses what was sent: more must speak for it then. The
    field is known by its number, or in another document by its `likeness`.
    """
    asked = {each.n for each in look.fields if each.n == field_n or each.likeness == likeness}
    found = [
        complaint
        for each in look.texts
        if _may_complain(each, look) and normal(each.text) not in before
        if (complaint := _of_text(each, look, asked, marks)) is not None
    ]
    for own in look.fields:
        for text in own.below if own.n in asked else ():
            said = Said.of(text)
            told = marks.meaning_of(said)
            alike = {(each.said, each.where) for each in found}
            if (
                normal(text) not in before
                and _means(said, told)
                and alike.isdisjoint({(said, "field"), (said, "message")})
            ):
                found.append(Complaint(said, "field", told))
    return found


def _may_complain(text: Text, look: Look) -> bool:
    """Whether a text can be a message; of controls only a link in a list of what is wrong."""
    if text.footer or len(text.text) > _LONGEST:
        return False
    if text.control and not (
        text.live in {"alert", "marked"}
        and any(each.tag == "a" and each.words == text.text for each in look.controls)
    ):
        return False
    return text.live == "alert" or not _counts_down(text.text, look)


def _of_text(text: Text, look: Look, asked: set[int], marks: Marks) -> Complaint | None:
    """The complaint that a text is, by what it says and by where it stands."""
    said = Said.of(text.text)
    told = marks.meaning_of(said)
    telling = said.code is not None or said.status is not None
    means = _means(said, told)
    if means and not (telling or text.live) and _warns(said):
        return None
    if means and text.dialog and look.modal:
        return Complaint(said, "dialog", told)
    if telling or (text.live and means):
        return Complaint(said, "message", told)
    # A box that covers the fields counts as a dialog, even if it is not marked as one.
    boxed = bool(look.fields) and all(each.covered for each in look.fields)
    at_field = not text.head and (text.field in asked or not look.fields)
    if means and (boxed or at_field):
        return Complaint(said, "field", told)
    if said.meaning in _REFUSES and not text.head and not _warns(said):
        return Complaint(said, "elsewhere", told)
    return None


def _means(said: Said, told: Meaning | None) -> bool:
    """Whether a text has a meaning, by the tables or by the page file."""
    return meaning_of(said.text) is not None or told is not None


def _warns(said: Said) -> bool:
    """Whether a text warns everybody of wrong PINs or codes, or of the lock that they bring."""
    is_of_a_lock = said.meaning == "locked" and is_a_rule(said.text)
    return is_of_a_lock or _WARNS.search(said.text) is not None


def normal(text: str) -> str:
    """A text as it compares with what stood there before: digits do not count."""
    return re.sub(r"\d+", "#", text).strip().lower()
