"""What is here: a pure function of the look, the traffic, and what this login has sent.

A field or screen is recognised if two independent kinds of evidence agree, none forbids it, and no
rival comes near. Everything else is unknown, and unknown ends a login.
"""

from __future__ import annotations

from msgspec.structs import replace

from .fields.choice import form_of, is_none_of_ours
from .here import Form, Here, Nothing, Sent, Way
from .look import Look
from .marks import NO_MARKS, Marks
from .screens.beside_a_field import past_a_field
from .screens.between import between, past_a_refusal, past_what_came
from .screens.consent import approval
from .screens.cookies import cookies
from .screens.ends import (
    blocked_code,
    by_address,
    by_file,
    by_words,
    challenge,
    inactive,
    locked,
    no_customer,
    only_opens_an_account,
    wants_person,
)
from .screens.front import without_sections_of
from .screens.stakes import takes_with_the_form
from .screens.ways import by_mobile, method, of_another_country, to_login
from .wire.calls import Traffic


def is_loading(look: Look) -> bool:
    """Whether the page shows that it is at work, or shows nothing."""
    return look.spinner or look.is_empty or not look.ready


def recognise(look: Look, traffic: Traffic, sent: Sent, marks: Marks = NO_MARKS) -> Here:
    """What is here. The same look gives the same answer.

    Screens that end a login come first, then screens to pass, then forms, then screens between the
    forms. `marks` are those of a page file.
    """
    found: Here | None = (
        locked(look, sent, traffic)
        or blocked_code(look, sent, traffic)
        or by_address(look)
        or challenge(look)
        or wants_person(look, sent, traffic)
        or cookies(look, sent)
    )
    if found is not None:
        return found
    # A chat on every screen does not make this another screen.
    fields = [e for e in look.fields if not is_none_of_ours(e, look, sent, traffic, marks)]
    own = replace(look, fields=tuple(fields))
    found = approval(own, sent) or to_login(look, sent)
    if found is not None:
        return found
    form = form_of(look, sent, traffic, marks)
    # An accepted number is not asked for again, so its field has no part in the choice.
    asked_for = form if isinstance(form, Form) and form.purpose not in sent.accepted else None
    way = method(own, asked_for, sent, traffic)
    if way is not None:
        return way
    if isinstance(form, Form) and not (look.modal and not form.field.dialog):
        return (
            takes_with_the_form(look, form)
            or _aside(look, form, sent, marks)
            or of_another_country(look, form)
            or form
        )
    if isinstance(form, Nothing):
        return form
    found = (
        by_words(own)
        or inactive(own, sent, traffic)
        or no_customer(own, sent, traffic)
        or by_file(own, marks)
        or by_mobile(look, sent)
    )
    if found is None and (look.modal or all(each.covered for each in own.fields)):
        asides = [each for each in look.fields if each not in own.fields]
        found = between(without_sections_of(asides, look), sent, marks)
    if not isinstance(found, Way):
        # A screen that can be passed only advertises an account.
        found = only_opens_an_account(own, sent, traffic) or found
    return found or past_a_field(look, sent) or Nothing(is_loading(look))


def _aside(look: Look, form: Form, sent: Sent, marks: Marks) -> Way | None:
    """The way past what stands beside a form; pressed once, since the login goes on without it."""
    way = past_a_refusal(look, form, sent, marks)
    if way is None and form.purpose in sent.accepted:
        way = past_what_came(look, form, sent, marks)
    return None if way is None or way.name in sent.pressed else way
