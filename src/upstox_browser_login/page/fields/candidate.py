"""Whether one field may be filled for one purpose, by all evidence about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from upstox_browser_login.page.controls import (
    asks_for_a_code,
    buttons_of,
    does_more,
    may_send_a_secret,
    submit_of,
)
from upstox_browser_login.page.here import NEEDED, Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.nearness import share_a_form
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.wire.calls import Traffic

from .around import beginning_of, first_of, is_alone
from .names import file_of, identity_of, named_by
from .place import filled_of, place_of, wire_of
from .shape import shape_of
from .vetoes import Case, vetoes_of
from .words import button_of, of_others, words_of

_OWN_NEEDED = 2.0
"""Weight of the evidence about the field itself, unless no other field has come."""


class Candidate(Struct, frozen=True):
    """A field that is weighed for one purpose, and the evidence for and against that."""

    field: Field
    purpose: Purpose
    evidence: tuple[Evidence, ...]
    own: Sequence[Control] = ()
    """Controls that may belong to the field."""
    button: Control | None = None
    """The one of these that sends it, if one is known."""
    has_code_sent: bool = False
    """Whether that button only has a code sent, and another one sends the form."""
    is_new: bool = False
    """Whether it is the only field that can be typed into, and none like it stood there before."""

    @property
    def weight(self) -> float:
        """The sum of all that speaks for it."""
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
        """Whether it may be filled, unless another candidate comes near."""
        enough = len(self.kinds) >= 2 and self.weight >= NEEDED
        return not self.forbidden and enough and self._is_told_from_others

    @property
    def _is_told_from_others(self) -> bool:
        """Whether enough evidence is about the field itself, or no other field has come.

        What the wire says comes next is true of every field of the page, such as a chat or a
        search.
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
    """All that speaks for and against this field being the one for `purpose`.

    `own` are the controls that may belong to the field, where the caller has them already.
    """
    own = buttons_of(look, each) if own is None else own
    asking = asks_for_a_code(own, each) if _takes_a_code_as_well(look, each) else None
    if asking is not None:
        own = [e for e in own if (e is asking) == (purpose == "mobile")]
    case = Case(each, purpose, look, sent, tuple(own), submit_of(own, each, purpose, marks))
    evidence = (
        *_by_names_and_words(case, traffic, marks),
        *shape_of(each, purpose, sent),
        *(
            first_of(each, look, sent, traffic, own=own, button=case.button)
            if purpose == "mobile"
            else ()
        ),
        *place_of(each, purpose, sent, traffic),
        *filled_of(each, purpose, look, sent, traffic),
        *wire_of(purpose, sent, traffic),
        *of_others(each, look),
        *button_of(case.button, purpose),
        *vetoes_of(case),
        *_of_an_unknown_button(case, marks),
    )
    is_new = each.likeness not in sent.beside and is_alone(each, look)
    return Candidate(
        each,
        purpose,
        evidence,
        own,
        case.button,
        asking is not None and case.button is asking,
        is_new,
    )


def _takes_a_code_as_well(look: Look, each: Field) -> bool:
    """Whether a field that is named as a code's and another one stand in the field's form."""
    of_form = [other for other in look.fields if share_a_form(other, each)]
    return len(of_form) > 1 and any("otp" in named_by(other)[0] for other in of_form)


def _of_an_unknown_button(case: Case, marks: Marks) -> Iterable[Evidence]:
    """Forbid a secret whose button may do more than log in, such as "Rotate keys".

    This holds however well the field is named. Where no control is known to send the form, every
    button that may belong to it counts. A page file may say that a button sends the form.
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
    """What the tables and the page file say of the field's ids and words."""
    each, purpose, sent = case.field, case.purpose, case.sent
    table = (
        *identity_of(each, purpose, marks),
        *words_of(each, purpose, case.button_words, sent, traffic, marks=marks),
    )
    by_table = frozenset(found.kind for found in table if found.weight > 0)
    by_file = tuple(file_of(each, purpose, marks, by_table))
    yield from table
    yield from by_file
    if purpose == "mobile" and any(found.weight > 0 for found in by_file):
        yield from beginning_of(each, case.look, sent)
