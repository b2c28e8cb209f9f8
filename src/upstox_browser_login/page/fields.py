"""Which credential a field wants, by all that speaks for it or against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from .controls import buttons_of, said_by, says_nothing, submit_of, with_spaces
from .here import NEAR, NEEDED, Evidence, Form, Nothing, Sent
from .look import Control, Field, Look
from .marks import NO_MARKS, Marks
from .pattern import Pattern
from .states.buttons import NOT_HERE
from .states.consent import CHARGES, DEEDS, DOES_BY_GOING_ON, ORDERS, SPENDS_OR_UNDOES
from .states.fields import (
    ANOTHER_NAME,
    ASKS_FOR_CODE,
    BEGINS_WITH_OTP,
    CREATES_PIN,
    KNOWN,
    LOGIN,
    OR_ANOTHER,
    OTP_TAKES_TOTP,
    POSTAL,
    PURPOSES,
    SENDS_NEWS,
    SOMEBODY_ELSES,
    Purpose,
)
from .wire import CARRIED, Traffic

MOST_FIELDS = 60
"""A page of more is no login."""

MOST_PAIRS = 2000
"""So many pairs of a field and a control are weighed: eight fields beside a list of all countries.

A page of more is no login, and to weigh them all at each look would hold up the time-out.
"""

_OWN_NEEDED = 2.0
"""Weight that what is about the field itself must have, where it is not the only new one."""

_BY_A_SECRET = (DOES_BY_GOING_ON, DEEDS, ORDERS, CHARGES)
"""What a heading says of a form in which a code or PIN does something in a person's name."""


class Candidate(Struct, frozen=True):
    """A field, taken as one for `purpose`, and what speaks for that."""

    field: Field
    purpose: Purpose
    evidence: tuple[Evidence, ...]
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


def identity_of(each: Field, purpose: Purpose, marks: Marks = NO_MARKS) -> Iterable[Evidence]:
    """What ids and names say for a purpose; never anything against it."""
    if marks.replaced(purpose, "identity"):
        return
    facts = KNOWN[purpose]
    for named in (each.id, each.name, each.testid):
        spaced = with_spaces(named)
        if spaced and (
            facts.identity.search(spaced) or facts.identity.search(spaced.replace(" ", ""))
        ):
            yield Evidence("identity", 2, f"is called {named!r}")
            return
    if set(each.autocomplete.split()) & facts.autocomplete:
        yield Evidence("identity", 2, f"autocomplete={each.autocomplete}")


_SENTENCE = re.compile(r"(?<!\bno)[.!।]\s*$", re.IGNORECASE)
"""How a sentence ends, and no label such as "Mobile no."."""


def own_words(each: Field) -> Iterable[tuple[str, str]]:
    """Texts at the field that may name it, the most telling first."""
    yield "label", each.label
    yield "placeholder", each.placeholder
    for text in each.near:
        # A sentence explains, a label names.
        if len(text) <= 60 and not _SENTENCE.search(text):
            yield "text beside it", text


def is_said_at(each: Field, words: Pattern) -> bool:
    """Whether one of the texts that may name the field says this."""
    return any(words.search(text) for _, text in own_words(each) if text)


@lru_cache(maxsize=64)
def named_by(each: Field, marks: Marks = NO_MARKS) -> tuple[frozenset[Purpose], str]:
    """The purposes that the first telling text at the field names, and that text.

    Remembered, since it is asked for each purpose of the same field, and at each look anew.
    """
    for where, text in own_words(each):
        if not text:
            continue
        named = frozenset(
            purpose
            for purpose in PURPOSES
            if KNOWN[purpose].words.search(text) and not marks.replaced(purpose, "words")
        )
        if (
            "otp" in named
            and "password" in named
            and not re.search(r"(?<!time )password", text, re.IGNORECASE)
        ):
            named -= {"password"}
        if (
            "otp" in named
            and "pin" in named
            and re.search(r"one[- ]?time[- ]?pin", text, re.IGNORECASE)
        ):
            named -= {"pin"}
        if "otp" in named and "mobile" in named and BEGINS_WITH_OTP.match(text):
            named -= {"mobile"}
        if "mobile" in named and "otp" in named:
            named -= {"otp"}
        if named:
            return named, f"{where} {text!r}"
    return frozenset(), ""


def _is_torn(each: Field, traffic: Traffic) -> bool:
    """Whether the field's own words contradict each other, and the wire sides with the second.

    A library's boxes may be labelled "pin code" whatever is typed into them.
    """
    if each.masked or named_by(each)[0] != {"pin"}:
        return False
    others = [text for _, text in own_words(each) if text and KNOWN["otp"].words.search(text)]
    alone = [text for text in others if not KNOWN["pin"].words.search(text)]
    return bool(alone) and _asks_for_code(_newest_facts(traffic))


def words_of(
    each: Field,
    purpose: Purpose,
    form: str,
    sent: Sent,
    traffic: Traffic,
    *,
    marks: Marks = NO_MARKS,
) -> Iterable[Evidence]:
    """What is written at the field says for a purpose or against it; heading and button for it.

    A page file may take the words of another form away for the number's field alone: a code in the
    PIN's field is a refused PIN, and a PIN belongs into no other field. No shape tells these apart.
    """
    facts = KNOWN[purpose]
    named, where = named_by(each, marks)
    known_as, known_where = (named, where) if purpose == "mobile" else named_by(each)
    if _is_torn(each, traffic):
        # Its words name a code and a PIN, and the answer asks for a code: it is never the PIN's.
        if purpose == "otp" and each.boxes == sent.code_length:
            yield Evidence("words", 1, f"{where}, and another text names the code")
        elif purpose in {"otp", "pin"}:
            yield Evidence("words", -1, f"{where}, and another text names the code")
    elif known_as and purpose not in known_as:
        yield Evidence("words", -1, f"{known_where} names another field")
    elif purpose in named:
        yield Evidence("words", 2 if len(named) == 1 else 1, where)
    elif named:
        yield Evidence("words", -1, f"{where} names another field")
    for place, written in own_words(each):
        text = OR_ANOTHER.without(written) if purpose in named else written
        if not text or not facts.against.search(text):
            continue
        # What explains the field below its label is no name of another.
        if place == "text beside it" and len(text.split()) > 6:
            continue
        yield Evidence("words", -1, f"{place} {written!r}")
        break
    if marks.replaced(purpose, "words"):
        return
    if purpose not in named and not named and facts.form.search(f"{each.heading} {form}"):
        yield Evidence(
            "words", 1, f"heading or button {f'{each.heading} {form}'.strip()[:80]!r}", "page"
        )


_TEN_DIGITS = Pattern(r"^\D*(\+91\D*)?((\d[\s-]?){10}|([x0#_][\s-]?){10})\Z")
"""A placeholder that shows what a number looks like."""


_BY_DEFAULT = 16
"""A field that takes so many characters or more has been given what a framework gives any field."""


def shape_of(each: Field, purpose: Purpose, sent: Sent) -> Iterable[Evidence]:
    """What type, length and boxes say for a purpose or against it."""
    digits = each.type in {"tel", "number"} or each.inputmode in {"numeric", "tel", "decimal"}
    length, boxes = each.maxlength, each.boxes
    # A search field keeps managers of passwords away, where its own label says what it is for.
    is_search = each.type == "search" and not KNOWN[purpose].words.search(each.label)
    if is_search or each.type in {"email", "url", "date", "time", "month", "week"}:
        yield Evidence("shape", -1, f"type={each.type}")
        return
    match purpose:
        case "mobile":
            if each.masked or (0 < length < 10) or boxes not in {0, 10}:
                yield Evidence("shape", -1, "too short, or hides what is typed")
            elif length == 10 or boxes == 10 or each.type == "tel" or "10" in each.pattern:
                yield Evidence("shape", 2, "takes ten digits")
            elif digits and not 0 < length < 10:
                yield Evidence("shape", 1, "takes digits")
            elif any(re.fullmatch(r"\(?\+?\s*91\)?", text.strip()) for text in each.near):
                yield Evidence("shape", 1, "stands behind +91")
            elif each.prefixed:
                yield Evidence("shape", 1, "holds +91, and nothing else")
            elif _TEN_DIGITS.search(each.placeholder):
                yield Evidence("shape", 1, "shows ten digits as an example")
        case "otp":
            if (
                0 < length < sent.code_length
                or (boxes and boxes != sent.code_length)
                or length == 10
            ):
                yield Evidence("shape", -1, "has no room for a code")
            elif boxes == 6:
                yield Evidence("shape", 1 if each.masked else 2, "six boxes")
            elif length in {6, 7} and not each.masked:
                yield Evidence("shape", 2 if digits else 1, f"takes {length} characters")
            elif (digits or length == 6) and not length > 8:
                yield Evidence("shape", 1, "takes digits")
        case "pin":
            if (
                8 < length < _BY_DEFAULT
                or 0 < length < sent.pin_length
                or (boxes and not 4 <= boxes <= 6)
                or (boxes and boxes < sent.pin_length)
            ):
                yield Evidence("shape", -1, "has no room for a PIN, or far too much")
            elif each.masked and (digits or 4 <= length <= 6 or boxes):
                yield Evidence("shape", 2, "hides a few digits")
            elif each.masked or boxes == 4 or (length in {4, 6} and digits and boxes):
                yield Evidence("shape", 1, "hides what is typed, or is short")
        case "password":
            if not each.masked or digits or 0 < length < 8 or boxes:
                yield Evidence("shape", -1, "is no password's")
            else:
                yield Evidence("shape", 2, "hides any text")


def place_of(each: Field, purpose: Purpose, sent: Sent, traffic: Traffic) -> Iterable[Evidence]:
    """What was answered with success before says what may come next."""
    match purpose:
        case "otp" if "mobile" in sent.accepted and "otp" not in sent.accepted:
            yield Evidence("place", 1, "comes after the number was taken", "page")
        case "otp" if sent.last == "mobile" and each.n != sent.field and _was_sent(sent, traffic):
            yield Evidence("place", 1, "comes after a call with the number was answered", "page")
        case "otp" if sent.last == "mobile" and _led_on(sent, traffic):
            yield Evidence("place", 1, "comes in the page that the number led to", "page")
        case "pin" if "otp" in sent.accepted and not sent.pin:
            yield Evidence("place", 1, "comes after the code was taken", "page")
        case "pin" if sent.last == "otp" and each.n != sent.field and _was_sent(sent, traffic):
            yield Evidence("place", 1, "comes after a call with the code was answered", "page")
        case "pin" if sent.last == "otp" and _led_on(sent, traffic):
            yield Evidence("place", 1, "comes in the page that the code led to", "page")
        # No password is asked for once a PIN was typed: that box is the PIN's, emptied.
        case "pin" | "password" if (
            "mobile" in sent.accepted and not sent.sent(purpose) and not sent.pin
        ):
            yield Evidence("place", 1, "comes after the number was taken", "page")


def _was_sent(sent: Sent, traffic: Traffic) -> bool:
    """Whether all that held what was typed was answered with success, in a way nobody can read.

    A beacon's answer is a status alone, and a sealed or empty one is as good as that: it books
    nothing. It says only that what follows on the page comes after what was sent.
    """
    assert sent.last is not None  # noqa: S101  (of the callers)
    carriers = traffic.carriers(CARRIED[sent.last], sent.typed_at)
    return bool(carriers) and all(
        each.trusted
        and not each.broke
        and each.status is not None
        and 200 <= each.status < 300
        and (each.kind == "beacon" or (each.answer is not None and each.answer.ok is None))
        for each in carriers
    )


def _led_on(sent: Sent, traffic: Traffic) -> bool:
    """Whether what was typed was sent with a request for a page, and one has come.

    It books nothing either: a page that refuses what was sent is led to as well.
    """
    assert sent.last is not None  # noqa: S101  (of the callers)
    carriers = traffic.carriers(CARRIED[sent.last], sent.typed_at)
    came = traffic.document
    return (
        bool(carriers)
        and all(each.main and each.trusted and not each.broke for each in carriers)
        and came is not None
        and came.trusted
        and came.at >= carriers[-1].at
        and 200 <= (came.status or 0) < 300
    )


def filled_of(each: Field, purpose: Purpose, sent: Sent) -> Iterable[Evidence]:
    """A field stays what it was taken for as long as it holds what was typed in it as that."""
    if sent.last is None or not each.holds or each.n != sent.field:
        return
    if purpose == sent.last:
        yield Evidence("place", 2, f"holds what was typed as the {purpose}")
    else:
        yield Evidence("place", -1, f"holds what was typed as the {sent.last}")


def wire_of(purpose: Purpose, sent: Sent, traffic: Traffic) -> Iterable[Evidence]:
    """What the newest answer that was a success said of what comes next."""
    facts = _newest_facts(traffic)
    match purpose:
        case "otp" if _asks_for_code(facts):
            yield Evidence("wire", 2, "the answer to the number asks for a code", "page")
        case "pin" if facts.get("isSecretPinSet") is True and not sent.pin:
            yield Evidence("wire", 2, "the answer says that a PIN is set", "page")
        case "pin" if facts.get("isSecretPinSet") is False:
            yield Evidence("wire", -1, "the answer says that no PIN is set")
        case "pin" if facts.get("knows the user") and not sent.pin:
            yield Evidence("wire", 1, "the answer knows the customer", "page")
        case "password" if facts.get("nextStep") == "PASSWORD":
            yield Evidence("wire", 2, "the answer asks for a password", "page")


def _newest_facts(traffic: Traffic) -> Mapping[str, Any]:
    """What the newest answer that was a success says; nothing without one."""
    answered = [
        each for each in traffic.calls if each.facts and each.answer and each.answer.ok is not False
    ]
    if not answered:
        return {}
    return max(answered, key=lambda each: each.answered_at or 0.0).facts


def _asks_for_code(facts: Mapping[str, Any]) -> bool:
    """Whether an answer that says this asks for a code, and for nothing else."""
    asks = facts.get("asks for a code") or "nextRequestInterval" in facts
    return bool(asks or "isTotpEnabled" in facts) and facts.get("nextStep") is None


def file_of(
    each: Field, purpose: Purpose, marks: Marks, known_by: frozenset[str]
) -> Iterable[Evidence]:
    """What the page file says for a purpose or against it: one piece of evidence at the most.

    An entry that only repeats what the table knows of the field (`known_by`) says nothing: the same
    id or text must not count twice.
    """
    named = marks.of_field(each)
    own = [mark for mark in named if mark.purpose == purpose]
    new = [
        mark
        for mark in own
        if (mark.id and "identity" not in known_by) or (mark.words and "words" not in known_by)
    ]
    if new:
        purposes = {mark.purpose for mark in named}
        yield Evidence("file", 2 if len(purposes) == 1 else 1, str(new[0]))
    elif named and not own:
        yield Evidence("file", -1, f"{named[0]}")


def first_of(
    each: Field, look: Look, sent: Sent, traffic: Traffic, *, sends: bool
) -> Iterable[Evidence]:
    """The place of the number's field on the page that the dialog has led to, before all others.

    Only where no other there can be it, it is named after the number, and `sends` says of what
    sends it that this sends a login.
    """
    document = traffic.document
    led = document is not None and document.trusted and (document.status or 0) < 400
    elsewhere = NOT_HERE.search(each.heading) and not LOGIN.search(each.heading)
    if (
        led
        and sends
        and not elsewhere
        and not any(map(SENDS_NEWS.search, each.near))
        and named_by(each)[0] == {"mobile"}
        and _begins_with(each, look, sent)
    ):
        yield Evidence(
            "place", 1, "the only number of a login that has just begun, named and sent", "page"
        )


def _sends_a_login(button: Control | None, own: Sequence[Control]) -> bool:
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


def _is_alone(each: Field, look: Look) -> bool:
    """Whether no other field can be typed into; one that keeps an earlier answer cannot."""
    return [
        other for other in look.fields if not (other.covered or (other.disabled and other.length))
    ] == [each]


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
    own = [
        said_by(control.words)
        for control in look.controls
        if each.form and control.form == each.form
    ]
    against = (*words_of(each, "mobile", "", sent, Traffic()), *shape_of(each, "mobile", sent))
    return (
        any(found.weight < 0 for found in against)
        or (any(said.of_another_form for said in own) and not any(said.goes for said in own))
        or (0 < each.length < _LEAST_OF_A_NUMBER and not each.prefixed)
    )


_LEAST_OF_A_NUMBER = 10
"""Characters of a number that the page has filled in by itself, at the least."""


def _is_the_only_number(each: Field, look: Look, sent: Sent) -> bool:
    """Whether each other field of the page is in another form, and for something else."""
    return all(
        not _are_together(each, other) and _takes_no_number(other, look, sent)
        for other in look.fields
        if other.n != each.n or other.frame != each.frame
    )


def _begins_with(each: Field, look: Look, sent: Sent) -> bool:
    """Whether a login has just begun, and no other field can be the one that it begins with."""
    begun = bool(sent.accepted or sent.codes or sent.pin or sent.password)
    alone = _is_alone(each, look) or _is_alone_in_a_login(each, look)
    return not begun and not each.masked and (alone or _is_the_only_number(each, look, sent))


def beginning_of(each: Field, look: Look, sent: Sent) -> Iterable[Evidence]:
    """The place of the number's field where a person has named it: it is alone, at the start.

    Without a person's word this would make a call-back form's field of a telling id enough.
    """
    if _begins_with(each, look, sent):
        yield Evidence("place", 1, "the only field of a login that has just begun", "page")


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
    button = submit_of(own, each, purpose, marks)
    form = button.words if button is not None else ""
    table = [
        *identity_of(each, purpose, marks),
        *words_of(each, purpose, form, sent, traffic, marks=marks),
    ]
    by_table = frozenset(found.kind for found in table if found.weight > 0)
    by_file = list(file_of(each, purpose, marks, by_table))
    if purpose == "mobile" and any(found.weight > 0 for found in by_file):
        by_file += beginning_of(each, look, sent)
    evidence = [
        *table,
        *by_file,
        *shape_of(each, purpose, sent),
        *(
            first_of(each, look, sent, traffic, sends=_sends_a_login(button, own))
            if purpose == "mobile"
            else ()
        ),
        *place_of(each, purpose, sent, traffic),
        *filled_of(each, purpose, sent),
        *wire_of(purpose, sent, traffic),
    ]
    told = (each.label, each.placeholder, each.heading, *each.near)
    if any(SOMEBODY_ELSES.search(text) for text in told if len(text) <= 60):
        evidence.append(Evidence("words", -1, "a login of others than customers"))
    if purpose == "mobile" and button is not None and ASKS_FOR_CODE.search(button.words):
        evidence.append(Evidence("words", 1, f"its button {button.words[:40]!r}", "page"))
    others = [said_by(control.words) for control in own] if button is None else []
    if purpose == "mobile" and any(said.of_another_form for said in others):
        evidence.append(Evidence("words", -1, "its button is another form's"))
    acts = (SPENDS_OR_UNDOES,) if purpose == "mobile" else _BY_A_SECRET
    if any(said.costs for said in others) or any(said.search(each.heading) for said in acts):
        evidence.append(Evidence("words", -1, "the form spends or undoes something"))
    if purpose == "pin" and not each.masked and any(POSTAL.search(text) for text in told):
        evidence.append(Evidence("words", -1, "named like a postal code, and hides nothing"))
    if purpose != "mobile" and _logs_in_by_name(each, look):
        evidence.append(Evidence("words", -1, "a login by another name than the number"))
    if purpose == "password" and stood_elsewhere(each, look, sent):
        evidence.append(Evidence("place", -1, "stood beside the last form"))
    if purpose == "pin" and not each.masked and stood_elsewhere(each, look, sent):
        evidence.append(Evidence("place", -1, "stood beside the last form, and hides nothing"))
    if purpose == "password" and not sent.mobile:
        # Upstox's customers log in by their number; what stands here is another login's password.
        evidence.append(Evidence("place", -1, "comes before the number"))
    if purpose == "pin" and CREATES_PIN.search(f"{each.heading} {each.label}"):
        evidence.append(Evidence("words", -1, "the form creates a PIN"))
    is_new = each.likeness not in sent.beside and _is_alone(each, look)
    return Candidate(each, purpose, tuple(evidence), is_new)


_CLOSE_BELOW = 160
"""Pixels within which the fields of a form that is marked as none stand below one another."""


def _logs_in_by_name(each: Field, look: Look) -> bool:
    """Whether an empty field of its form asks for a name that is not the number.

    A secret beside it is that other login's, such as one by client id.
    """
    return any(
        other.n != each.n
        and other.frame == each.frame
        and _are_together(other, each)
        and not (other.masked or other.boxes or other.covered or other.disabled or other.length)
        and "mobile" not in named_by(other)[0]
        and _asks_for_name(other)
        for other in look.fields
    )


def _are_together(one: Field, other: Field) -> bool:
    """Whether two fields are of one form; outside of any, whether they stand close together."""
    if one.form or other.form:
        return one.form == other.form
    apart = abs(one.at[1] - other.at[1])
    return apart <= _CLOSE_BELOW and abs(one.at[0] - other.at[0]) <= one.at[2] + other.at[2]


def _asks_for_name(each: Field) -> bool:
    if {"username", "email"} & set(each.autocomplete.split()) or each.type == "email":
        return True
    return is_said_at(each, ANOTHER_NAME)


def stood_elsewhere(each: Field, look: Look, sent: Sent) -> bool:
    """Whether such a field stood beside the last form, and is not of it."""
    last = [other for other in look.fields if other.n == sent.field]
    return each.likeness in sent.beside and not any(_are_together(other, each) for other in last)


def is_none_of_ours(
    each: Field, look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS
) -> bool:
    """Whether a field stood beside the last form, and is forbidden for each purpose.

    A chat or a search is on every screen, and no screen is about it. Of a form that waits to be
    filled, or is filled, nothing is passed by.
    """
    if each.likeness not in sent.beside or each.n == sent.field or each.holds:
        return False
    return all(
        candidate(each, purpose, look, sent, traffic, marks=marks).forbidden for purpose in PURPOSES
    )


def is_no_login(look: Look) -> bool:
    """Whether there are more fields, or more of them beside controls, than a login has."""
    fields = len(look.fields)
    return fields > MOST_FIELDS or fields * len(look.controls) > MOST_PAIRS


def candidates(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS, *, covered: bool = False
) -> list[Candidate]:
    """Every field with every purpose, the likeliest first; none on a page of too many fields.

    Fields that something lies over are left out, or with `covered` all others are.
    """
    if is_no_login(look):
        return []
    found = [
        candidate(each, purpose, look, sent, traffic, marks=marks, own=own)
        for each in look.fields
        if each.covered == covered
        for own in [buttons_of(look, each)]
        for purpose in PURPOSES
    ]
    return sorted(_without_faint(found), key=lambda each: -each.weight)


def _without_faint(found: list[Candidate]) -> list[Candidate]:
    """Without fields that can hardly be seen, where another could be meant.

    Boxes for digits are often drawn by a field that is transparent; so are traps for programs.
    """
    clear = {
        each.purpose
        for each in found
        if not (each.field.faint or each.forbidden) and each.kinds - {"place", "wire"}
    }
    return [each for each in found if not (each.field.faint and each.purpose in clear)]


def _near(found: list[Candidate], best: Candidate) -> list[Candidate]:
    return [
        each
        for each in found
        if each is not best
        and not each.forbidden
        and each.holds
        and each.weight > best.weight - NEAR
        and (each.field.n, each.field.frame) != (best.field.n, best.field.frame)
        and each.purpose == best.purpose
    ] + [
        each
        for each in found
        if each is not best
        and each.field is best.field
        and (
            (each.holds and each.weight > best.weight - NEAR)
            # Words at the field forbid it, and yet more than that speaks for it.
            or (len(each.kinds - {"words"}) >= 2 and each.weight >= best.weight)
        )
    ]


def _of_customers(found: list[Candidate], covered: list[Candidate]) -> list[Candidate]:
    """Without the number's field of a form that its heading names as another one.

    Only where a number's field stands elsewhere too, be it `covered`: a heading may belong to all
    of the page. Where more speaks for the other form's field, neither is taken.
    """
    numbers = [each for each in found + covered if each.purpose == "mobile" and not each.forbidden]
    others = [
        each
        for each in numbers
        if NOT_HERE.search(each.field.heading) and not LOGIN.search(each.field.heading)
    ]
    own = [each for each in numbers if each not in others and "words" in each.kinds]
    own.sort(key=lambda each: -each.weight)
    if not (own and others):
        return found
    is_less = own[0].weight <= others[0].weight - NEAR
    return [each for each in found if each not in (numbers if is_less else others)]


def _by_authenticator(found: list[Candidate]) -> list[Candidate]:
    """Without the other fields for a code, where one of them names the authenticator itself."""
    codes = [each for each in found if each.purpose == "otp" and not each.forbidden]
    of_app = {
        (each.field.n, each.field.frame) for each in codes if is_said_at(each.field, OTP_TAKES_TOTP)
    }
    return [
        each
        for each in found
        if each.purpose != "otp" or not of_app or (each.field.n, each.field.frame) in of_app
    ]


def form_of(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS
) -> Form | Nothing | None:
    """The form that is to be filled next; None without one, Nothing where several come near.

    Of several forms that are certain, the one is meant that comes first in a login and was not
    sent yet.
    """
    covered = candidates(look, sent, traffic, marks, covered=True)
    found = _by_authenticator(_of_customers(candidates(look, sent, traffic, marks), covered))
    certain = [each for each in found if each.holds]
    if not certain:
        return None
    clear = [each for each in certain if not _near(found, each) and not each.field.disabled]
    if not clear:
        rivals = tuple(e for each in certain[:2] for e in each.evidence)
        return None if all(each.field.disabled for each in certain) else Nothing(False, rivals)
    order = {purpose: index for index, purpose in enumerate(PURPOSES)}
    unsent = [
        each for each in clear if not sent.sent(each.purpose) and each.purpose not in sent.accepted
    ]
    # The form that was refused and stands still is the one to fill again.
    again = [each for each in clear if each.purpose == sent.last]
    pool = unsent or again or clear
    best = min(pool, key=lambda each: (order[each.purpose], -each.weight))
    button = submit_of(buttons_of(look, best.field), best.field, best.purpose, marks)
    return Form(best.purpose, best.field, button, best.evidence)
