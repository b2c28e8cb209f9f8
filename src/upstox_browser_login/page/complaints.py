"""What the page says after something was submitted."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from .look import Look
from .marks import NO_MARKS, Marks
from .pattern import Pattern
from .words import Meaning, Said, is_a_rule, meaning_of


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


_REFUSES = frozenset({"mobile refused", "code refused", "pin refused"})

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
    found: list[Complaint] = []
    # A box that covers the fields counts as a dialog, even if it is not marked as one.
    boxed = bool(look.fields) and all(each.covered for each in look.fields)
    asked = {each.n for each in look.fields if each.n == field_n or each.likeness == likeness}
    links = {each.words for each in look.controls if each.tag == "a"}
    for each in look.texts:
        # A list of what is wrong may link each of its lines to the field.
        linked = each.control and each.live in {"alert", "marked"} and each.text in links
        if (
            (each.control and not linked)
            or each.footer
            or len(each.text) > 300
            or normal(each.text) in before
            or (each.live != "alert" and _counts_down(each.text, look))
        ):
            continue
        said = Said.of(each.text)
        told = marks.meaning_of(said)
        telling = said.code is not None or said.status is not None
        means = meaning_of(said.text) is not None or told is not None
        if means and not (telling or each.live) and _warns(said):
            continue
        if means and each.dialog and look.modal:
            found.append(Complaint(said, "dialog", told))
        elif telling or (each.live and means):
            found.append(Complaint(said, "message", told))
        elif means and (boxed or (not each.head and (each.field in asked or not look.fields))):
            found.append(Complaint(said, "field", told))
        elif said.meaning in _REFUSES and not each.head and not _warns(said):
            found.append(Complaint(said, "elsewhere", told))
    for own in look.fields:
        if own.n not in asked:
            continue
        for text in own.below:
            said = Said.of(text)
            told = marks.meaning_of(said)
            means = meaning_of(said.text) is not None or told is not None
            if normal(text) not in before and means:
                complaint = Complaint(said, "field", told)
                if complaint not in found and Complaint(said, "message", told) not in found:
                    found.append(complaint)
    return found


def _warns(said: Said) -> bool:
    """Whether a text warns everybody of wrong PINs or codes, or of the lock that they bring."""
    is_of_a_lock = said.meaning == "locked" and is_a_rule(said.text)
    return is_of_a_lock or _WARNS.search(said.text) is not None


def normal(text: str) -> str:
    """A text as it compares with what stood there before: digits do not count."""
    return re.sub(r"\d+", "#", text).strip().lower()
