"""Which control leads past a screen whose fields no login needs, such as one for an e-mail."""

from __future__ import annotations

from upstox_browser_login.page.controls import buttons_of, read_words
from upstox_browser_login.page.fields.names import is_said_at, named_by
from upstox_browser_login.page.fields.words import (
    is_named_as_another_forms,
    is_of_another_form,
)
from upstox_browser_login.page.here import Evidence, Sent, Way, way
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import beside
from upstox_browser_login.page.states.buttons import NOT_HERE
from upstox_browser_login.page.states.consent import APPROVAL, NOT_OUR_APPROVAL
from upstox_browser_login.page.states.fields import (
    ANOTHER_SECRET,
    KNOWN,
    LOGIN,
    PURPOSES,
    SENDS_NEWS,
    SOMEBODY_ELSES,
)
from upstox_browser_login.page.states.going_on import BEGIN
from upstox_browser_login.page.states.kinds import OF_A_CLOSURE
from upstox_browser_login.page.states.passing import KEEPS, ONLY_CLOSES, PASS_BY

from .front import is_of_another, is_ticked, leaves_or_binds, pressable
from .stakes import does_besides, passing_does_something
from .texts import body, headings


def past_a_field(look: Look, sent: Sent) -> Way | None:
    """The control that passes by a screen with fields that no login needs, such as an e-mail's.

    Every field must be known as such, so that no form of the login is passed by. A dialog that
    wants the number for something else before the login has begun may be closed as well.
    """
    aside = [each for each in look.fields if not sent.mobile and _gets_a_link(each, look)]
    others = [
        each
        for each in look.fields
        if each in aside
        or is_of_another(each)
        or _is_anothers_secret(each)
        or _is_asked_no_more(each, sent)
    ]
    closes = bool(aside) and all(each in aside or each.covered for each in look.fields)
    unsure = [each for each in look.fields if each not in others]
    may_begin = not sent.mobile and all(
        (is_named_as_another_forms(each) or is_of_another_form(each))
        and not (each.masked or each.holds)
        for each in unsure
    )
    # If all fields are covered, what lies over them was looked at before.
    if all(each.covered for each in look.fields) or (unsure and not may_begin):
        return None
    text = body(look)
    if APPROVAL.search(text) and not NOT_OUR_APPROVAL.search(text):
        return None  # to pass by a screen that names our own app keeps the app out
    if passing_does_something(text):
        return None
    front = pressable(look)
    if not sent.mobile:
        begins = [each for each in front if _begins_beside(each, look)]
        if len({each.words.lower() for each in begins}) == 1:
            return way("start screen", begins[0], _FOR_SOMETHING_ELSE)
    ways = [
        each
        for each in front
        if not unsure
        and (PASS_BY.search(each.words) or (closes and ONLY_CLOSES.search(each.words)))
        and not (KEEPS.search(each.words) and OF_A_CLOSURE.search(text))
        and not (leaves_or_binds(each.words) or is_ticked(each))
        and not (NOT_HERE.search(each.words) or does_besides(each.words))
    ]
    if len({each.words.lower() for each in ways}) != 1:
        return None
    return way(f"screen {(headings(look) or text)[:60]!r}", ways[0], _FOR_SOMETHING_ELSE)


_FOR_SOMETHING_ELSE = Evidence("shape", 1, "every field there is for something else")


def _gets_a_link(each: Field, look: Look) -> bool:
    """Whether a dialog by its heading sends a link or news to the number, and logs nobody in."""
    if not each.dialog or each.holds or named_by(each)[0] != {"mobile"}:
        return False
    is_headed = SENDS_NEWS.search(each.heading) and not LOGIN.search(each.heading)
    sends = any(read_words(control.words).goes for control in buttons_of(look, each))
    return bool(is_headed) and not sends


def _is_asked_no_more(each: Field, sent: Sent) -> bool:
    """Whether the login needs a field no more, since what the field names was accepted.

    After the whole login a PIN confirms an order, and a second number is a nominee's.
    """
    if {"otp", "pin"} <= sent.accepted:
        return True
    # "The code sent to your mobile" names the number but asks for the code.
    said = {
        purpose
        for purpose in PURPOSES
        if is_said_at(each, KNOWN[purpose].words) or is_said_at(each, KNOWN[purpose].form)
    }
    return bool(said) and said <= sent.accepted


def _begins_beside(control: Control, look: Look) -> bool:
    """Whether a control begins a customer's login and sends none of the fields beside it."""
    is_of_a_form = any(
        control.form == each.form if each.form or control.form else beside(control, each)
        for each in look.fields
    )
    others = SOMEBODY_ELSES.search(control.words) or NOT_HERE.search(control.words)
    begins = BEGIN.search(control.words) is not None and not others
    return begins and not is_of_a_form and not leaves_or_binds(control.words)


def _is_anothers_secret(each: Field) -> bool:
    """Whether a dialog's field is named as one for the PIN or code of a bank or the like."""
    own = f"{each.label} {each.placeholder}"
    return each.dialog != 0 and ANOTHER_SECRET.search(own) is not None
