"""What the page complains of after something was submitted."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from .look import Look, Text
from .marks import NO_MARKS, Marks
from .nearness import share_a_form
from .pattern import Pattern
from .said import Said, is_a_rule, meaning_of
from .words import OF_WHAT_WAS_SENT, Meaning

_LONGEST = 300
"""Characters: a longer text is no message."""


class Complaint(Struct, frozen=True, omit_defaults=True):
    """A message that appeared after something was submitted."""

    said: Said
    where: Literal["field", "message", "dialog", "elsewhere"]
    by_file: Meaning | None = None
    """What the page file says that it means."""

    @property
    def meaning(self) -> Meaning:
        """What it means. The page file is asked only where the tables do not know."""
        meaning = self.said.meaning
        return self.by_file if meaning == "unknown" and self.by_file is not None else meaning


_REFUSES = OF_WHAT_WAS_SENT - {"locked"}

_WARNS = Pattern(
    r"^\W*(if|whenever)\b|\b(never|beware|nobody|no one|each time)\b"
    r"|\b(do not|don.t) (share|tell|give)\b"
)
"""Warnings of wrong PINs or codes that say nothing about what was sent."""


_RESENDS = Pattern(r"\bre-?send\b|\bsend (it )?again\b|\b(new|another) (code|OTP)\b|दोबारा|dobara")
_WAITS = Pattern(
    r"^\W*(you can |please )?(try( again)?|retry|wait|again)( it)?( in| after| for)? "
    r"\d+(:\d+)? ?(s|secs?|seconds?|mins?|minutes?)?\W*$"
)
"""A time that runs down to the next code, beside the control that sends it: no limit of logins."""


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
    """New messages on the page: texts beside the field, or marked as messages.

    All texts of a modal count, its heading as well. Any other text counts only if it ends with
    Upstox's code in brackets, or refuses what was sent, and more evidence is needed for it then.
    The field is known by its number, or in another document by its `likeness`.
    """
    asked = {each.n for each in look.fields if each.n == field_n or each.likeness == likeness}
    found = [
        complaint
        for each in look.texts
        if _may_complain(each, look, asked) and normal(each.text) not in before
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


def _may_complain(text: Text, look: Look, asked: set[int]) -> bool:
    """Whether a text can be a message.

    Of controls only a link in a list of errors can, and the form's own button that refuses.
    """
    if text.footer or len(text.text) > _LONGEST:
        return False
    if text.control and not (
        _is_a_linked_error(text, look) or _refuses_on_the_button(text, look, asked)
    ):
        return False
    return text.live == "alert" or not _counts_down(text.text, look)


_BEGINS_WITH_A_NO = Pattern(r"^\W*(wrong|incorrect|invalid) ")
"""How a button's words begin that tell of a refusal.

Other buttons with a word of refusal have another code sent or a PIN set.
"""


def _is_a_linked_error(text: Text, look: Look) -> bool:
    """Whether an error is marked as one and leads to its field."""
    is_link = any(each.tag == "a" and each.words == text.text for each in look.controls)
    return text.live in {"alert", "marked"} and is_link


def _refuses_on_the_button(text: Text, look: Look, asked: set[int]) -> bool:
    """Whether the button that has sent the form says "Wrong PIN, try again"."""
    own = [each for each in look.controls if each.words == text.text and each.type == "submit"]
    fields = [each for each in look.fields if each.n in asked]
    is_of_the_form = any(share_a_form(each, field) for each in own for field in fields)
    refuses = _BEGINS_WITH_A_NO.search(text.text) and Said.of(text.text).meaning in _REFUSES
    return is_of_the_form and bool(refuses)


def _of_text(text: Text, look: Look, asked: set[int], marks: Marks) -> Complaint | None:
    """The complaint in a text, by what it says and where it stands."""
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
    at_field = not text.head and (text.field in asked or text.control or not look.fields)
    if means and (boxed or at_field):
        return Complaint(said, "field", told)
    if said.meaning in _REFUSES and not text.head and not _warns(said):
        return Complaint(said, "elsewhere", told)
    return None


def _means(said: Said, told: Meaning | None) -> bool:
    """Whether the tables or the page file know a meaning of the text."""
    return meaning_of(said.text) is not None or told is not None


def _warns(said: Said) -> bool:
    """Whether a text only warns of wrong PINs or codes, or of the lock that they bring."""
    is_of_a_lock = said.meaning == "locked" and is_a_rule(said.text)
    return is_of_a_lock or _WARNS.search(said.text) is not None


def normal(text: str) -> str:
    """A text without its digits, to compare it with what stood there before."""
    return re.sub(r"\d+", "#", text).strip().lower()
