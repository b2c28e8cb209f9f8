"""Where a field stands among the others: alone, of one form with them, or first in a login."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from upstox_browser_login.page.controls import buttons_of, read_words, says_nothing
from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import are_together
from upstox_browser_login.page.states.deeds import BINDS, DOES_A_DEED, PRODUCTS
from upstox_browser_login.page.states.fields import (
    ANOTHER_ERRAND,
    ASKS_FOR_CODE,
    CALLS_BACK,
    LOGIN,
    SENDS_NEWS,
)
from upstox_browser_login.page.states.passing import DECLINE, PASS_BY
from upstox_browser_login.page.states.ways import QR
from upstox_browser_login.page.wire.calls import Traffic

from .names import named_by
from .shape import shape_of
from .words import is_of_another_form, told_at, words_of

_ERRANDS_SENT = (ANOTHER_ERRAND, BINDS, PRODUCTS, DOES_A_DEED)

_LEAST_OF_A_NUMBER = 10
"""Digits: a field that holds fewer holds no number that the page has filled in by itself."""


def is_alone(each: Field, look: Look) -> bool:
    """Whether no other field can be typed into; a closed one with an answer cannot be."""
    return [
        other for other in look.fields if not (other.covered or (other.disabled and other.length))
    ] == [each]


def stood_elsewhere(each: Field, look: Look, sent: Sent) -> bool:
    """Whether a field like this one stood beside the form that was filled last.

    A field of that form itself does not count. Where more such fields stand there now than before,
    none of them counts, since nobody knows which one is new.
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
    """The evidence that this is the number's field with which a login begins.

    The dialog has led to this page, no other field there can be the number's, this one is named
    after the number, and its button sends a login. Where it has no `button`, none of its `own`
    controls may be one.
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
    """Whether this is the only form of a page that is called a login.

    Then its form is the login's, whatever its one button says. A form that can be passed by or
    closed is none, and neither is one that leads to another login.
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
    """The evidence that a field which a page file names is alone at the start of a login.

    Without the page file this would be enough for a call-back form whose id names a number.
    """
    if _begins_with(each, look, sent):
        yield Evidence("place", 1, "the only field of a login that has just begun", "page")


def is_called_back(each: Field) -> bool:
    """Whether a text at the field says that somebody calls the number or answers there."""
    return any(map(CALLS_BACK.search, told_at(each)))


def is_for_news(each: Field, own: Sequence[Control]) -> bool:
    """Whether a link or news is sent to the number, and none of its `own` controls sends a login.

    Such a field has the name and the shape of a login's, since both take a mobile number.
    """
    return _speaks_of_news(each) and not any(read_words(control.words).goes for control in own)


def _speaks_of_news(each: Field) -> bool:
    """Whether the field's label or a text near it says that something else than a code is sent."""
    return any(map(SENDS_NEWS.search, (each.label, *each.near)))


def sends_a_login(button: Control | None, own: Sequence[Control]) -> bool:
    """Whether the field's form is sent by a button that says so, or that has no words.

    Where there is no button at all, the Enter key sends it.
    """
    if button is None:
        return not any(map(_is_button, own))
    return read_words(button.words).goes or says_nothing(button.words)


def _is_button(control: Control) -> bool:
    """Whether a control is marked as a button, and is no box to tick."""
    return (
        control.tag == "button"
        or control.role == "button"
        or (control.tag == "input" and control.type not in {"radio", "checkbox"})
    )


def _is_alone_in_a_login(each: Field, look: Look) -> bool:
    """Whether no other field is of its form, which is headed as a login, or takes a number."""
    others = [other for other in look.fields if other.n != each.n]
    return (
        each.form != 0
        and LOGIN.search(each.heading) is not None
        and not any(other.form == each.form or "mobile" in named_by(other)[0] for other in others)
    )


def _takes_no_number(each: Field, look: Look, sent: Sent) -> bool:
    """Whether its words, shape, content or button say that the field takes something else."""
    own = [control for control in look.controls if each.form and control.form == each.form]
    against = (*words_of(each, "mobile", "", sent, Traffic()), *shape_of(each, "mobile", sent))
    return (
        any(found.weight < 0 for found in against)
        or is_called_back(each)
        or _is_another_forms(own)
        or (0 < each.length < _LEAST_OF_A_NUMBER and not each.prefixed)
    )


def names_a_login(button: Control) -> bool:
    """Whether a button has a code sent or says that it logs in, rather than to go on."""
    return any(said.search(button.words) for said in (ASKS_FOR_CODE, LOGIN))


def _waits_for_a_number(button: Control | None) -> bool:
    """Whether a login's button is closed, as Upstox's is until a number is typed."""
    return button is not None and button.disabled and names_a_login(button)


def _is_another_forms(own: Sequence[Control]) -> bool:
    """Whether a field's buttons are another form's, and none of them says to go on."""
    said = [read_words(control.words) for control in own]
    return any(each.of_another_form for each in said) and not any(each.goes for each in said)


def _is_sent_by_something_else(own: Sequence[Control]) -> bool:
    """Whether all buttons of an empty field are open, and none of them may send a login."""
    return bool(own) and not any(
        control.disabled or read_words(control.words).goes or says_nothing(control.words)
        for control in own
    )


def _is_the_only_number(each: Field, look: Look, sent: Sent, button: Control | None) -> bool:
    """Whether no other field of the page can be the number's.

    Each other field must be in another form and for something else. One for news counts as a form
    of its own. Where the field's `button` waits for a number, a field whose own button does not
    wait is for something else.
    """
    waits = _waits_for_a_number(button)
    return all(
        (not are_together(each, other) and _takes_no_number(other, look, sent))
        # A field in the same form that a person can hardly see is a trap for programs.
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
    """Whether nothing was sent yet, and no other field can be the first one of the login."""
    begun = bool(sent.accepted or sent.codes or sent.pin or sent.password)
    alone = is_alone(each, look) or _is_alone_in_a_login(each, look)
    return (
        not begun and not each.masked and (alone or _is_the_only_number(each, look, sent, button))
    )
