"""Where a field stands among the others: alone, of one form with them, or first in a login."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from upstox_browser_login.page.controls import are_together, buttons_of, said_by, says_nothing
from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.states.deeds import BINDS, DOES_A_DEED, PRODUCTS
from upstox_browser_login.page.states.fields import ANOTHER_ERRAND, ASKS_FOR_CODE, LOGIN, SENDS_NEWS
from upstox_browser_login.page.states.passing import DECLINE, PASS_BY
from upstox_browser_login.page.states.ways import QR
from upstox_browser_login.page.wire.calls import Traffic

from .names import named_by
from .shape import shape_of
from .words import is_of_another_form, words_of

_ERRANDS_SENT = (ANOTHER_ERRAND, BINDS, PRODUCTS, DOES_A_DEED)

_LEAST_OF_A_NUMBER = 10
"""Characters of a number that the page has filled in by itself, at the least."""


def is_alone(each: Field, look: Look) -> bool:
    """Whether no other field can be typed into; one that keeps an earlier answer cannot."""
    return [
        other for other in look.fields if not (other.covered or (other.disabled and other.length))
    ] == [each]


def stood_elsewhere(each: Field, look: Look, sent: Sent) -> bool:
    """Whether such a field stood beside the last form, and is not of it.

    Where there are more of its likeness than there were, nobody knows which of them is new.
    """
    before = sent.beside.count(each.likeness)
    last = [other for other in look.fields if other.n == sent.field]
    alike = [other for other in look.fields if other.likeness == each.likeness]
    return 0 < len([other for other in alike if other not in last]) <= before and not any(
        are_together(other, each) for other in last
    )


def first_of(
    each: Field,
    look: Look,
    sent: Sent,
    traffic: Traffic,
    *,
    own: Sequence[Control],
    button: Control | None,
) -> Iterable[Evidence]:
    """The place of the number's field on the page that the dialog has led to, before all others.

    Only where no other there can be it, it is named after the number, and what sends it sends a
    login: its `button`, or where it has none, nothing else of its `own` controls.
    """
    document = traffic.document
    led = document is not None and document.trusted and (document.status or 0) < 400
    if (
        led
        and (sends_a_login(button, own) or _is_the_login_itself(each, look, button))
        and not is_of_another_form(each)
        and not _speaks_of_news(each)
        and named_by(each)[0] == {"mobile"}
        and _begins_with(each, look, sent, button)
    ):
        yield Evidence(
            "place", 1, "the only number of a login that has just begun, named and sent", "page"
        )


def _is_the_login_itself(each: Field, look: Look, button: Control | None) -> bool:
    """Whether a page that is called a login has nothing else to fill, and leads to no other login.

    Then its form is the login's, in whatever words its one button says so. One that can be passed
    by or closed is not.
    """
    others = [control for control in look.controls if control is not button]
    return (
        button is not None
        and not any(said.search(button.words) for said in _ERRANDS_SENT)
        and LOGIN.search(f"{look.title} {each.heading}") is not None
        and is_alone(each, look)
        and not any(
            said.search(other.words) for other in others for said in (LOGIN, QR, PASS_BY, DECLINE)
        )
    )


def beginning_of(each: Field, look: Look, sent: Sent) -> Iterable[Evidence]:
    """The place of the number's field where a person has named it: it is alone, at the start.

    Without a person's word this would make a call-back form's field of a telling id enough.
    """
    if _begins_with(each, look, sent):
        yield Evidence("place", 1, "the only field of a login that has just begun", "page")


def is_for_news(each: Field, own: Sequence[Control]) -> bool:
    """Whether a link or news goes to the number, and none of its `own` controls sends a login.

    Its own name and shape tell it from no login's field: both want a mobile number.
    """
    return _speaks_of_news(each) and not any(said_by(control.words).goes for control in own)


def _speaks_of_news(each: Field) -> bool:
    """Whether the field's label, or a text near it, says that no login's code is sent to it."""
    return any(map(SENDS_NEWS.search, (each.label, *each.near)))


def sends_a_login(button: Control | None, own: Sequence[Control]) -> bool:
    """Whether a field's form is sent by what says nothing else than that.

    That is a button that says it or has no words, or the Enter key where there is no button.
    """
    if button is None:
        return not any(map(_is_button, own))
    return said_by(button.words).goes or says_nothing(button.words)


def _is_button(control: Control) -> bool:
    """Whether a control is marked as a button, and is no box to tick."""
    return (
        control.tag == "button"
        or control.role == "button"
        or (control.tag == "input" and control.type not in {"radio", "checkbox"})
    )


def _is_alone_in_a_login(each: Field, look: Look) -> bool:
    """Whether its form has no other field and is headed as a login, and no other takes a number."""
    others = [other for other in look.fields if other.n != each.n]
    return (
        each.form != 0
        and LOGIN.search(each.heading) is not None
        and not any(other.form == each.form or "mobile" in named_by(other)[0] for other in others)
    )


def _takes_no_number(each: Field, look: Look, sent: Sent) -> bool:
    """Whether words, shape, content or the form's own button say that it is for something else."""
    own = [control for control in look.controls if each.form and control.form == each.form]
    against = (*words_of(each, "mobile", "", sent, Traffic()), *shape_of(each, "mobile", sent))
    return (
        any(found.weight < 0 for found in against)
        or _is_another_forms(own)
        or (0 < each.length < _LEAST_OF_A_NUMBER and not each.prefixed)
    )


def names_a_login(button: Control) -> bool:
    """Whether a button has a code sent or says that it logs in, rather than to go on."""
    return any(said.search(button.words) for said in (ASKS_FOR_CODE, LOGIN))


def _waits_for_a_number(button: Control | None) -> bool:
    """Whether a button that sends a login is closed, as Upstox's is until a number stands there."""
    return button is not None and button.disabled and names_a_login(button)


def _is_another_forms(own: Sequence[Control]) -> bool:
    """Whether a field can be sent by what belongs to another form, and by nothing that goes on."""
    said = [said_by(control.words) for control in own]
    return any(each.of_another_form for each in said) and not any(each.goes for each in said)


def _is_sent_by_something_else(own: Sequence[Control]) -> bool:
    """Whether all that can send an empty field is open, and says nothing of a login."""
    return bool(own) and not any(
        control.disabled or said_by(control.words).goes or says_nothing(control.words)
        for control in own
    )


def _is_the_only_number(each: Field, look: Look, sent: Sent, button: Control | None = None) -> bool:
    """Whether each other field of the page is in another form, and for something else.

    One for news is a form of its own wherever it stands. Where the field's `button` waits for the
    number, a field that is sent by something else is for that.
    """
    waits = _waits_for_a_number(button)
    return all(
        (not are_together(each, other) and _takes_no_number(other, look, sent))
        # A trap for programs stands in the form itself, and hardly anybody sees it.
        or (other.faint and not each.faint and are_together(each, other))
        or is_for_news(other, own)
        or (not are_together(each, other) and _is_another_forms(own))
        or (
            waits
            and not (each.form and each.form == other.form)
            and _is_sent_by_something_else(own)
        )
        for other in look.fields
        if other.n != each.n or other.frame != each.frame
        for own in [buttons_of(look, other)]
    )


def _begins_with(each: Field, look: Look, sent: Sent, button: Control | None = None) -> bool:
    """Whether a login has just begun, and no other field can be the one that it begins with."""
    begun = bool(sent.accepted or sent.codes or sent.pin or sent.password)
    alone = is_alone(each, look) or _is_alone_in_a_login(each, look)
    return (
        not begun and not each.masked and (alone or _is_the_only_number(each, look, sent, button))
    )
