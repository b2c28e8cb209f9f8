"""What forbids a field for a purpose, whatever else speaks for it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.page.controls import ControlWords, read_words
from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import are_together, ends_its_row, share_a_form
from upstox_browser_login.page.pattern import any_of
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.buttons import ONLY_SENDS
from upstox_browser_login.page.states.consent import DENIED
from upstox_browser_login.page.states.deeds import (
    ANOTHERS_LOGIN,
    CHANGES,
    DONE_BY_UPSTOX,
    HEADS_A_DEED,
    NAMES_A_DEED,
    OF_A_DEED,
    ORDERS_OR_CHARGES,
    SPENDS_OR_UNDOES,
    TITLES_OF_DEEDS,
)
from upstox_browser_login.page.states.duties import ASKS_FOR_A_SENT_CODE
from upstox_browser_login.page.states.fields import (
    ANOTHER_DEED,
    ANOTHER_NAME,
    ANOTHER_SECRET,
    ASKS_FOR_OTHER_DIGITS,
    ASKS_WHO_HAS_NO_ACCOUNT,
    CALLS_BACK,
    CLAIMS,
    CREATES_PIN,
    DOES_BY_A_SECRET,
    ERRANDS,
    IS_SENT,
    KNOWN,
    LEFT_EMPTY,
    LOGIN,
    LOST,
    NAME,
    NAMES_A_CODE,
    OF_A_PLACE,
    OF_AN_ERRAND,
    OFFERS_BY_ANOTHER_WAY,
    POSTAL,
    SENT_BY_E_MAIL,
    SENT_TO_A_PHONE,
    SHOWS_A_NAME,
    UNLIKE,
    WARNS,
    Purpose,
)
from upstox_browser_login.page.states.going_on import BEGIN
from upstox_browser_login.page.states.otp import OTP_TAKES_TOTP
from upstox_browser_login.page.states.passing import PASS_BY
from upstox_browser_login.page.states.secrets import (
    CLOSES_BY_IT,
    LEADS_TO_AN_APP,
    LOOKS_ONLY,
    PROVES_FOR,
    SENDS_A_SECRET,
    USED_FOR,
    USED_TO_LOG_IN,
)

from .around import is_called_back, is_for_news, names_a_login, sends_a_login, stood_elsewhere
from .carried_out import carries_something_out, is_at_a_deed, only_agrees, takes_part, told_on
from .names import identity_of, is_said_at, named_by
from .words import is_named_as_another_forms, is_of_another_form, told_at

_CLOSEST = 2
"""Texts beside a field that are about it; texts farther away may praise a product."""

_LONGEST_NAME = 5
"""Words: a longer text beside a field without a label is a sentence and does not name it."""

_LONGEST_TITLE = 4
"""Words: a text that is not marked as a heading and is longer does not head a form."""


class Case(Struct, frozen=True, dict=True):
    """A field that is weighed for a purpose, and what stands around it."""

    field: Field
    purpose: Purpose
    look: Look
    sent: Sent
    own: tuple[Control, ...]
    """Controls that may belong to the field."""
    button: Control | None
    """The one of these that sends the field's form, if one is known."""

    @property
    def button_words(self) -> str:
        """What that control says; nothing where none is known."""
        return "" if self.button is None else self.button.words

    @cached_property
    def titles(self) -> list[str]:
        """What names a secret's form: its heading, those right above it, and the field's label.

        Where it has no heading, the short texts beside the field name it. A text that names the
        field's purpose is no title, unless it is the heading itself. Nor is a heading that stood on
        the page while the last form was filled: it may be an advertisement beside every form.
        """
        each, look = self.field, self.look
        told = [each.label, each.placeholder]
        if each.heading:
            heads = (n for n, text in enumerate(look.texts) if text.head)
            at = next((n for n in heads if look.texts[n].text == each.heading), 0)
            for text in reversed(look.texts[:at]):
                if text.control:
                    break  # headings above a control belong to another form
                stood = text.text in self.sent.headings
                if text.head and not stood and text.dialog == each.dialog:
                    told.append(text.text)
        else:
            told += [text for text in each.near[:_CLOSEST] if len(text.split()) <= _LONGEST_TITLE]
        names = KNOWN[self.purpose].words
        return [each.heading, *(text for text in told if not names.search(text))]

    @cached_property
    def told(self) -> list[str]:
        """What the page tells, near the field and far from it."""
        return told_on(self.look, self.field)


def _says_of_unsent(case: Case) -> list[ControlWords]:
    """What the field's controls say, where none of them is known to send its form."""
    if case.button is not None:
        return []
    return [read_words(each.words) for each in case.own if not _answers_a_question(each, case)]


def _answers_a_question(control: Control, case: Case) -> bool:
    """Whether a link outside of a form is for who has no login: "New here? Open an account".

    It sends no form, also where that is sent by Enter, or shows its button once it is filled.
    """
    if not control.is_link or (case.field.form and control.form == case.field.form):
        return False
    texts = case.look.texts
    heads = (case.field.heading, *(each.text for each in texts if each.head))
    if not any(map(LOGIN.search, heads)):
        return False
    return any(
        text.control and text.text == control.words and ASKS_WHO_HAS_NO_ACCOUNT.search(before.text)
        for before, text in itertools.pairwise(texts)
        if not (before.control or before.head)
    )


def _is_sent_by_another(case: Case) -> bool:
    """Whether another form's button sends it: one that ends its row, or any if none is known."""
    ends = (e for e in case.own if ends_its_row(e, case.field) and not _answers_a_question(e, case))
    said = (*_says_of_unsent(case), *(read_words(each.words) for each in ends))
    return any(each.of_another_form for each in said)


def _is_named_as_another_forms(case: Case) -> bool:
    return is_named_as_another_forms(case.field)


def _is_of_another_tab(case: Case) -> bool:
    return any(
        each.chosen and each.role in {"tab", "radio"} and read_words(each.words).of_another_form
        for each in case.look.controls
    )


def _is_headed_as_a_code(case: Case) -> bool:
    """Whether a box without a name of its own stands below a new heading that asks for a code."""
    head = case.field.heading
    names_a_code = KNOWN["otp"].words.search(head) and not KNOWN["pin"].words.search(head)
    stood = head in case.sent.headings
    return bool(names_a_code) and not stood and "pin" not in named_by(case.field)[0]


def _is_for_a_sent_code(case: Case) -> bool:
    """Whether a box that hides nothing stands beside a text on a code that is sent.

    Where something names a PIN, that code may be the one that was typed before.
    """
    told = told_at(case.field)
    if case.field.masked or any(map(KNOWN["pin"].words.search, told)):
        return False
    return any(map(ASKS_FOR_A_SENT_CODE.search, told))


def _is_for_an_e_mailed_code(case: Case) -> bool:
    """Whether a text at the field speaks of a code by e-mail, and nothing of another one.

    A text below it may offer such a code instead, unless it says that it was sent.
    """
    told = [text for text in told_at(case.field) if not OFFERS_BY_ANOTHER_WAY.search(text)]
    below = case.field.below
    said = [each for text in told for each in sentences_in(text) if not WARNS.search(each)]
    asks = (each for each in said if NAMES_A_CODE.search(each) or IS_SENT.search(each))
    by_mail = any(map(SENT_BY_E_MAIL.search, (*asks, *filter(IS_SENT.search, below))))
    others = (SENT_TO_A_PHONE, OTP_TAKES_TOTP)
    return by_mail and not any(each.search(e) for each in others for e in (*told, *below))


def _is_for_other_digits(case: Case) -> bool:
    """Whether a text at a field that nothing names as the secret's asks for a birthday or the like.

    Unlike a name, it may be a sentence, or stand below the field.
    """
    if case.purpose in named_by(case.field)[0]:
        return False
    return any(map(ASKS_FOR_OTHER_DIGITS.search, (*_meant_at(case.field), *case.field.below)))


def _is_of_another_dialog(case: Case) -> bool:
    """Whether its dialog is for something else. Elsewhere a heading may be the page's."""
    return case.field.dialog != 0 and is_of_another_form(case.field)


def _sends_news(case: Case) -> bool:
    return is_for_news(case.field, case.own)


def _is_called_back(case: Case) -> bool:
    """Whether a text or a box to tick in its form says that somebody calls the number."""
    boxes = [each.words for each in case.own if each.type == "checkbox" or each.role == "checkbox"]
    return is_called_back(case.field) or any(map(CALLS_BACK.search, boxes))


def _is_only_sent(case: Case) -> bool:
    """Whether its button only says "Send", as in a chat, and nothing at it speaks of a login.

    A login's own field has a label or a heading.
    """
    each = case.field
    if each.label or each.heading or case.button is None:
        return False
    if ONLY_SENDS.search(case.button.words) is None:
        return False
    if any(KNOWN["mobile"].words.search(e) for e in each.near if len(e.split()) <= _LONGEST_NAME):
        return False
    told = (case.look.title, *told_at(each))
    return not any(said.search(each) for each in told for said in (LOGIN, NAMES_A_CODE))


def _is_written_to(case: Case) -> bool:
    """Whether its form also takes a message or a name, which no login asks for."""
    return any(
        other.n != case.field.n
        and not other.covered
        and are_together(other, case.field)
        and (other.tag == "textarea" or is_said_at(other, NAME))
        for other in case.look.fields
    )


_OFFERS_SOMETHING = any_of(
    r"\b(free|guide|webinar|workshop|course|offers?|IPO|P&L|statements?|reports?|brochure|news"
    r"letter|tips|updates|expert|advice|loan|insurance|gift|win|register|calculator"
    r"|open (an?|your) (\w+ )*account|demat account)\b"
)
"""Headings of a form that is no login's, though a code is sent to its number."""


def _can_be_passed_by(case: Case) -> bool:
    """Whether its form can be passed by, or stands beside the way to the login.

    A login cannot be passed by. A form whose button sends a login is forbidden by this only where
    its own heading offers something: "Get OTP" sends such a form as well.
    """
    passes = [
        each
        for each in case.look.controls
        if each != case.button
        and each.can_be_pressed
        and (PASS_BY.search(each.words) or BEGIN.search(each.words))
    ]
    if not sends_a_login(case.button, case.own):
        return bool(passes)
    heading = case.field.heading
    if _OFFERS_SOMETHING.search(heading) is None or LOGIN.search(heading):
        return False
    own = [each for each in passes if each.heading == heading]
    below = case.field.at[1]
    return any(PASS_BY.search(each.words) or each.at[1] > below for each in own)


def _claims_something(case: Case) -> bool:
    return CLAIMS.search(case.field.heading) is not None


def _is_another_errand(case: Case) -> bool:
    heading = case.field.heading
    says_login = LOGIN.search(f"{case.look.title} {heading} {case.button_words}") is not None
    if any(said.search(heading) for said in (OF_AN_ERRAND, HEADS_A_DEED)) and not says_login:
        return True
    logs_in = case.button is not None and names_a_login(case.button)
    return not logs_in and ERRANDS.search(heading) is not None and LOGIN.search(heading) is None


_OF_A_DEED = (*TITLES_OF_DEEDS, CHANGES, *ORDERS_OR_CHARGES)
"""Headings of a form in which a code or PIN does something in a person's name."""


def _spends_or_undoes(case: Case) -> bool:
    is_secret = case.purpose != "mobile"
    told = _told_of_a_secret(case.field) if is_secret else []
    return (
        any(said.costs for said in _says_of_unsent(case))
        or (not is_secret and SPENDS_OR_UNDOES.search(case.field.heading) is not None)
        or (is_secret and any(said.search(each) for each in case.titles for said in _OF_A_DEED))
        or any(said.search(text) for said in ORDERS_OR_CHARGES for text in told)
    )


def _does_something_else(case: Case) -> bool:
    """Whether the heading names another deed than to log in.

    A number may also be asked for to recover what was lost. Beside a PIN the same words may be a
    link.
    """
    if case.purpose == "mobile":
        return any(said.search(case.field.heading) for said in (ANOTHER_DEED, LOST))
    return any(map(ANOTHER_DEED.search, case.titles))


def _does_something_by_it(case: Case) -> bool:
    """Whether a text at the field says that what is typed there does more than log in."""
    does = DOES_BY_A_SECRET.get(case.purpose)
    said = [*_meant_at(case.field), *case.field.below]
    if any(said_of.search(text) for said_of in (DONE_BY_UPSTOX, ANOTHERS_LOGIN) for text in said):
        return True
    return any(map(_is_used_for_more, said)) or (does is not None and any(map(does.search, said)))


def _is_used_for_more(text: str) -> bool:
    """Whether a text says that a secret is typed for more than to log in."""
    found, proved = USED_FOR.search(text), PROVES_FOR.search(text)
    if proved is not None and NAMES_A_DEED.search(proved["what"]):
        return True
    return found is not None and not _logs_in(found["what"] or found["before"])


def _logs_in(what: str) -> bool:
    if USED_TO_LOG_IN.search(what) is None:
        return False
    own = LEADS_TO_AN_APP.without(what)
    return LOOKS_ONLY.search(what) is not None or NAMES_A_DEED.search(own) is None


def _closes_an_account(case: Case) -> bool:
    return any(map(CLOSES_BY_IT.search, _meant_at(case.field)))


def _is_sent_for_something(case: Case) -> bool:
    """Whether a text at the field says that its code is sent to have something done.

    "We sent a code to your mobile to close your account": what follows each "to" is looked at,
    since the first one only names the receiver.
    """
    sentences = (each for text in _meant_at(case.field) for each in sentences_in(text))
    sent = (each for each in sentences if SENDS_A_SECRET.search(each))
    purposes = (what for each in sent for what in re.split(r"\bto ", each, flags=re.IGNORECASE)[1:])
    return any(NAMES_A_DEED.search(each) or OF_A_DEED.search(each) for each in purposes)


def _beside_the_button(case: Case) -> list[Control]:
    """The other controls of the field's form."""
    own = (each for each in case.own if share_a_form(each, case.field))
    return [each for each in own if each != case.button and not each.covered]


def _carries_something_out(case: Case) -> bool:
    """Whether the page tells what is carried out, which a secret below any heading may confirm."""
    own, look = case.field, case.look
    told, beside = case.told, _beside_the_button(case)
    if is_at_a_deed(look, case.button_words) or carries_something_out(told, beside):
        return True
    fields = [each for each in look.fields if each.n == own.n or are_together(each, own)]
    options = [each for each in look.controls if each.role == "option" and share_a_form(each, own)]
    return takes_part([each for each in fields if not (each.faint or each.covered)], options)


def _agrees_to_what_is_not_told(case: Case) -> bool:
    """Whether the secret only agrees. A heading that stood there before is not the form's."""
    head = "" if case.field.heading in case.sent.headings else case.field.heading
    told = (case.look.title, case.button_words, *case.told)
    return only_agrees(head, told, _beside_the_button(case))


def _told_of_a_secret(each: Field) -> list[str]:
    """The texts beside a field that say what is done with what is typed there."""
    return [
        text
        for index, text in enumerate(each.near)
        if index < _CLOSEST or any(KNOWN[purpose].words.search(text) for purpose in _SECRETS)
    ]


def _is_another_secret(case: Case) -> bool:
    """Whether a text at the field asks for the PIN or code of a bank, a card or a depository."""
    return any(map(ANOTHER_SECRET.search, _meant_at(case.field)))


def _meant_at(each: Field) -> list[str]:
    """The texts at a field, without what they only deny or tell apart from it."""
    return [DENIED.without(UNLIKE.without(text)) for text in told_at(each)]


def _is_postal(case: Case) -> bool:
    """Whether a field that hides nothing is named as a place's, or stands in a form for a place."""
    each = case.field
    beside = (e for e in case.look.fields if e.n != each.n and are_together(e, each))
    return not each.masked and (
        any(POSTAL.search(text) for text in told_at(each))
        or any(OF_A_PLACE.search(text) for e in beside for text in (e.label, e.placeholder))
    )


def _logs_in_by_name(case: Case) -> bool:
    """Whether the same form has an empty field for a name that is not the number.

    A secret beside it belongs to another login, such as one by client id.
    """
    each = case.field
    return any(
        other.n != each.n
        and are_together(other, each)
        and not (other.masked or other.boxes or other.covered or other.disabled or other.length)
        and "mobile" not in named_by(other)[0]
        and _asks_for_name(other)
        for other in case.look.fields
    )


def _asks_for_name(each: Field) -> bool:
    is_asked_for = is_said_at(each, ANOTHER_NAME)
    if SHOWS_A_NAME.search(each.label) or (each.readonly and not is_asked_for):
        return False
    if {"username", "email"} & set(each.autocomplete.split()) or each.type == "email":
        return True
    return is_asked_for


def _stood_beside(case: Case) -> bool:
    return stood_elsewhere(case.field, case.look, case.sent)


def _stood_beside_a_later_form(case: Case) -> bool:
    """Whether it stood there when the code or PIN was asked for: no login goes back to it."""
    return case.sent.last not in {None, "mobile"} and _stood_beside(case)


def _may_be_the_pins(case: Case) -> bool:
    """Whether it is one form with a number not yet accepted, and only `autocomplete` names a code.

    No code was asked for by then, and the form may take the PIN beside the number.
    """
    field = case.field
    if case.sent.accepted or is_said_at(field, KNOWN["otp"].words):
        return False
    if any(identity_of(replace(field, autocomplete=""), "otp")):
        return False
    return any(
        each.n != field.n
        and share_a_form(each, field)
        and ("mobile" in named_by(each)[0] or any(identity_of(each, "mobile")))
        for each in case.look.fields
    )


def _comes_before_the_number(case: Case) -> bool:
    """Whether no number was sent yet, which Upstox asks customers for before any password."""
    return not case.sent.mobile


def _comes_after_the_pin(case: Case) -> bool:
    """Whether a PIN was sent: Upstox asks for the one or the other, and the PIN ends a login."""
    return case.sent.pin


def _is_left_empty(case: Case) -> bool:
    """Whether its own label or placeholder says so; without either, the text nearest to it."""
    each = case.field
    own = f"{each.label} {each.placeholder}".strip() or " ".join(each.near[:1])
    return LEFT_EMPTY.search(own) is not None


def _creates_a_pin(case: Case) -> bool:
    return CREATES_PIN.search(f"{case.field.heading} {case.field.label}") is not None


_Veto = tuple[Literal["words", "place"], str, frozenset[Purpose], Callable[[Case], bool]]
"""The kind of evidence, what it says, the purposes that it forbids, and the test for it."""

_NUMBER: frozenset[Purpose] = frozenset({"mobile"})
_CODE: frozenset[Purpose] = frozenset({"otp"})
_PIN: frozenset[Purpose] = frozenset({"pin"})
_PASSWORD: frozenset[Purpose] = frozenset({"password"})
_SECRETS: frozenset[Purpose] = frozenset({"otp", "pin", "password"})

_VETOES: tuple[_Veto, ...] = (
    ("words", "its button is another form's", _NUMBER, _is_sent_by_another),
    ("words", "its label is another form's", _NUMBER, _is_named_as_another_forms),
    ("words", "the chosen tab is another form's", _NUMBER, _is_of_another_tab),
    ("words", "its dialog is another form's", _NUMBER, _is_of_another_dialog),
    ("words", "a link or news is sent to it", _NUMBER, _sends_news),
    ("words", "somebody calls it", _NUMBER, _is_called_back),
    ("words", "it is only sent, as in a chat", _NUMBER, _is_only_sent),
    ("words", "the heading is another form's", _NUMBER, _is_another_errand),
    ("words", "its form can be passed by", _NUMBER, _can_be_passed_by),
    ("words", "by the form something is claimed", _NUMBER, _claims_something),
    ("words", "its form takes a message or a name", _NUMBER, _is_written_to),
    ("words", "it is to be left empty", _NUMBER | _SECRETS, _is_left_empty),
    ("words", "the form spends or undoes something", _NUMBER | _SECRETS, _spends_or_undoes),
    ("words", "the page tells what is carried out by it", _SECRETS, _carries_something_out),
    ("words", "by it something is agreed to", _PIN | _PASSWORD, _agrees_to_what_is_not_told),
    ("words", "the form does something else", _NUMBER | _SECRETS, _does_something_else),
    ("words", "by it something else is done", _SECRETS, _does_something_by_it),
    ("words", "an account is closed by it", _NUMBER | _SECRETS, _closes_an_account),
    ("words", "its code is sent for something else", _NUMBER | _SECRETS, _is_sent_for_something),
    ("words", "named like a postal code, and hides nothing", _PIN, _is_postal),
    ("words", "a login by another name than the number", _SECRETS, _logs_in_by_name),
    # A box that was there before the PIN's turn may release a payout.
    ("place", "stood beside the last form", _PIN | _PASSWORD, _stood_beside),
    ("place", "stood beside a later form", _NUMBER, _stood_beside_a_later_form),
    ("place", "comes before the number", _PASSWORD, _comes_before_the_number),
    ("place", "comes after the PIN", _PASSWORD, _comes_after_the_pin),
    ("place", "stands beside the number, and nothing says what it takes", _CODE, _may_be_the_pins),
    ("words", "nothing but a heading names it, as a code", _PIN, _is_headed_as_a_code),
    ("words", "a code that is sent belongs there", _PIN, _is_for_a_sent_code),
    ("words", "a code by e-mail belongs there", _CODE, _is_for_an_e_mailed_code),
    ("words", "other digits belong there", _PIN | _PASSWORD, _is_for_other_digits),
    ("words", "the form creates a PIN", _PIN, _creates_a_pin),
    ("words", "the PIN or code of something else", _SECRETS, _is_another_secret),
)
"""In the order in which they are reported. Each of them alone is enough."""


@lru_cache(maxsize=128)  # a look is asked about anew at each change of the traffic
def vetoes_of(case: Case) -> tuple[Evidence, ...]:
    """All that forbids this field for its purpose."""
    return tuple(
        Evidence(kind, -1, what)
        for kind, what, purposes, holds in _VETOES
        if case.purpose in purposes and holds(case)
    )
