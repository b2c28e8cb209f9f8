"""Whether one field may be taken for one purpose, by all the evidence of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from upstox_browser_login.page.controls import (
    buttons_of,
    does_more,
    may_send_a_secret,
    submit_of,
)
from upstox_browser_login.page.here import NEEDED, Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.wire.calls import Traffic

from .around import beginning_of, first_of, is_alone
from .names import file_of, identity_of
from .place import filled_of, place_of, wire_of
from .shape import shape_of
from .vetoes import Case, vetoes_of
from .words import button_of, of_others, words_of

_OWN_NEEDED = 2.0
"""Weight that what is about the field itself must have, where it is not the only new one."""


class Candidate(Struct, frozen=True):
    """A field, taken as one for `purpose`, and what speaks for that."""

    field: Field
    purpose: Purpose
    evidence: tuple[Evidence, ...]
    own: Sequence[Control] = ()
    """Controls that may belong to the field."""
    button: Control | None = None
    """The one of these that sends it, if one is known."""
    is_new: bool = False
    """Whether no other field can be typed into, and its like did not stand beside the last one."""

    @property
    def weight(self) -> float:
        """All that speaks for it."""
        return sum(each.weight for each in self.evidence if each.weight > 0)

    @property
    def forbidden(self) -> bool:
        """Whether something forbids it."""
        return any(each.weight < 0 for each in self.evidence)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of evidence that speak for it."""
        return frozenset(each.kind for each in self.evidence if each.weight > 0)

    @property
    def holds(self) -> bool:
        """Whether it may be taken, if no rival comes near."""
        enough = len(self.kinds) >= 2 and self.weight >= NEEDED
        return not self.forbidden and enough and self._is_told_from_others

    @property
    def _is_told_from_others(self) -> bool:
        """Whether enough is about the field itself, or it alone has come.

        A chat or search that stands on every screen is not the next form's field because the wire
        says what comes next.
        """
        own = sum(e.weight for e in self.evidence if e.weight > 0 and e.about == "it")
        return own >= _OWN_NEEDED or self.is_new


def candidate(
    each: Field,
    purpose: Purpose,
    look: Look,
    sent: Sent,
    traffic: Traffic,
    *,
    marks: Marks = NO_MARKS,
    own: Sequence[Control] | None = None,
) -> Candidate:
    """All that speaks for and against this field's being one for `purpose`.

    `own` are the controls that may belong to the field, where somebody has sought them before.
    """
    own = buttons_of(look, each) if own is None else own
    case = Case(each, purpose, look, sent, own, submit_of(own, each, purpose, marks))
    evidence = (
        *_by_names_and_words(case, traffic, marks),
        *shape_of(each, purpose, sent),
        *(
            first_of(each, look, sent, traffic, own=own, button=case.button)
            if purpose == "mobile"
            else ()
        ),
        *place_of(each, purpose, sent, traffic),
        *filled_of(each, purpose, sent, traffic),
        *wire_of(purpose, sent, traffic),
        *of_others(each),
        *button_of(case.button, purpose),
        *vetoes_of(case),
        *_of_an_unknown_button(case, marks),
    )
    is_new = each.likeness not in sent.beside and is_alone(each, look)
    return Candidate(each, purpose, evidence, own, case.button, is_new)


def _of_an_unknown_button(case: Case, marks: Marks) -> Iterable[Evidence]:
    """Forbid a secret by whose button more may be done than to log in, such as "Rotate keys".

    However well the field is named. Where no control is known to send the form, each button that
    may belong to it counts. A person's page file may say that a button sends the form.
    """
    if case.purpose == "mobile":
        return
    may_send = [case.button] if case.button is not None else may_send_a_secret(case.own)
    for button in may_send:
        if does_more(button.words) and not marks.sends(button, case.purpose):
            what = f"nobody knows what its button does: {button.words[:40]!r}"
            yield Evidence("words", -1, what)
            return


def _by_names_and_words(case: Case, traffic: Traffic, marks: Marks) -> Iterable[Evidence]:
    """What the table says of ids and words, and what a person's page file adds to it."""
    each, purpose, sent = case.field, case.purpose, case.sent
    form = case.button.words if case.button is not None else ""
    table = (
        *identity_of(each, purpose, marks),
        *words_of(each, purpose, form, sent, traffic, marks=marks),
    )
    by_table = frozenset(found.kind for found in table if found.weight > 0)
    by_file = tuple(file_of(each, purpose, marks, by_table))
    yield from table
    yield from by_file
    if purpose == "mobile" and any(found.weight > 0 for found in by_file):
        yield from beginning_of(each, case.look, sent)
