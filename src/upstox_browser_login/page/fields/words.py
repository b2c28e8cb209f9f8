"""Evidence from a field's own texts, its heading and its button, for a purpose or against it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.nearness import are_together
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.states.buttons import NOT_HERE
from upstox_browser_login.page.states.consent import DENIED
from upstox_browser_login.page.states.fields import (
    ASKS_FOR_CODE,
    CODE_LENGTH,
    GREETS,
    KNOWN,
    LOGIN,
    OF_A_CUSTOMER,
    OF_ANOTHER_PIN,
    OR_ANOTHER,
    PURPOSES,
    SAYS_NOTHING,
    SOMEBODY_ELSES,
    UNLIKE,
    Purpose,
)
from upstox_browser_login.page.wire.calls import Traffic

from .names import named_by, own_words
from .place import code_is_asked_for, comes_after_the_code, pin_is_asked_for


def words_of(
    each: Field,
    purpose: Purpose,
    form: str,
    sent: Sent,
    traffic: Traffic,
    *,
    marks: Marks = NO_MARKS,
) -> Iterable[Evidence]:
    """What the texts at the field say for a purpose or against it; its heading only for it."""
    named, _ = named_by(each, marks)
    yield from _of_its_name(each, purpose, sent, traffic, marks=marks)
    yield from _against(each, purpose, is_named=purpose in named)
    if purpose in {"pin", "password"}:
        yield from _of_an_unknown_name(each, purpose, form, marks)
    if marks.replaced(purpose, "words") or named:
        return
    about = f"{each.heading} {form}"
    if KNOWN[purpose].form.search(about):
        yield Evidence("words", 1, f"heading or button {about.strip()[:80]!r}", "page")


def _of_its_name(
    each: Field,
    purpose: Purpose,
    sent: Sent,
    traffic: Traffic,
    *,
    marks: Marks,
) -> Iterable[Evidence]:
    """What the text that names the field says.

    A page file may declare words of another form as the number's. It may not do so for a code or a
    PIN: a code typed into the PIN's field is a refused PIN, and their shapes do not tell them
    apart.
    """
    named, where = named_by(each, marks)
    known_as, known_where = (named, where) if purpose == "mobile" else named_by(each)
    if _is_labelled_by_a_library(each):
        # Boxes that a library labels so are the PIN's only if a text names a PIN, and it comes
        # next.
        is_next = each.boxes == sent.pin_length and comes_after_the_code(each, sent, traffic)
        if purpose == "pin" and is_next and any(map(KNOWN["pin"].words.search, _seen_at(each))):
            yield Evidence("words", 1, "the text that is seen at its boxes")
        else:
            yield Evidence("words", -1, "only a library calls its boxes those of a code")
    elif _is_torn(each, sent, traffic):
        # Its words name a code and a PIN, and a code is what comes next: it takes no PIN.
        if purpose == "otp" and each.boxes == CODE_LENGTH:
            yield Evidence("words", 1, f"{where}, and another text names the code")
        elif purpose in {"otp", "pin"}:
            yield Evidence("words", -1, f"{where}, and another text names the code")
    elif known_as and purpose not in known_as:
        yield Evidence("words", -1, f"{known_where} names another field")
    elif purpose in named:
        yield Evidence("words", 2 if len(named) == 1 else 1, where)
    elif named:
        yield Evidence("words", -1, f"{where} names another field")


_TELLS_OF_A_CODE = Pattern(
    r"^\W*use\b|\b(verified|accepted|done|instead|never|share|with|forgot)\b"
)
"""Words of a text that speaks of a code and asks for none."""


def _is_torn(each: Field, sent: Sent, traffic: Traffic) -> bool:
    """Whether the field's words name both a code and a PIN, and a code comes next.

    A library may label its boxes "pin code" whatever is typed into them. Where no answer says what
    comes next, the code does until one was answered.
    """
    if each.masked or named_by(each)[0] != {"pin"}:
        return False
    others = [text for _, text in own_words(each) if text and KNOWN["otp"].words.search(text)]
    alone = [text for text in others if not KNOWN["pin"].words.search(text)]
    if not alone:
        return False
    # A browser that is remembered is asked for the PIN alone, beside an offer of a code.
    may_be_next = each.boxes > 0 or sent.last == "mobile"
    is_early = may_be_next and not all(map(_TELLS_OF_A_CODE.search, alone))
    return code_is_asked_for(traffic) or (is_early and _comes_before_the_pin(each, sent, traffic))


def _comes_before_the_pin(each: Field, sent: Sent, traffic: Traffic) -> bool:
    return not (pin_is_asked_for(traffic) or comes_after_the_code(each, sent, traffic))


_ANY_NUMBER = Pattern(r"\bnumbers?\b|\bcontact\W*$")
"""What other fields for a number are called, such as one for an "alternate number"."""


_FIRST_OF_BOXES = Pattern(r"\b1\b")


def _is_labelled_by_a_library(each: Field) -> bool:
    """Whether only numbered labels such as "OTP Input 1" call hidden digits a code's.

    A library gives them to its boxes whatever is typed there. A code is hardly ever hidden, so a
    text that a person can read must name it as well.
    """
    numbered = _FIRST_OF_BOXES.search(each.label) is not None
    if not (each.masked and each.boxes and numbered) or named_by(each)[0] != {"otp"}:
        return False
    code = KNOWN["otp"]
    # What stands farther away than the text that names the boxes may be a step that is done.
    told = (text for text in _seen_at(each) if any(KNOWN[p].words.search(text) for p in PURPOSES))
    said = code.words.search(next(told, ""))
    return not (said or code.words.search(each.heading) or code.form.search(each.heading))


def _seen_at(each: Field) -> list[str]:
    """The texts at a field that a person can read."""
    return [text for place, text in own_words(each) if place != "label" and text]


def _against(each: Field, purpose: Purpose, *, is_named: bool) -> Iterable[Evidence]:
    """The first text at the field that forbids it; `is_named` if a text names the purpose."""
    known = KNOWN[purpose]
    was_named = False
    for place, written in own_words(each):
        beside = place == "text beside it"
        text = DENIED.without(UNLIKE.without(written)) if beside else written
        text = OR_ANOTHER.without(text) if is_named else text
        # A long text beside the field explains it, and does not name another field.
        if not text or (beside and len(text.split()) > 6):
            continue
        names_it = known.words.search(text) is not None or (
            purpose == "mobile" and _ANY_NUMBER.search(text) is not None
        )
        of_another = purpose == "pin" and (names_it or not (beside and is_named))
        # Texts farther away than the field's name are about something else.
        is_about_it = names_it or not (beside and was_named) or written == each.heading
        if (of_another and OF_ANOTHER_PIN.search(text)) or (
            (is_about_it or purpose in {"pin", "password"}) and known.against.search(text)
        ):
            yield Evidence("words", -1, f"{place} {written!r}")
            return
        was_named = was_named or names_it


def _of_an_unknown_name(
    each: Field, purpose: Purpose, form: str, marks: Marks
) -> Iterable[Evidence]:
    """Forbid a secret where the field has a name that nobody here understands.

    It may be another secret's, such as a date of birth, in words that no table holds. Where the
    heading, the button or a text below names the secret, the name may only explain it. A greeting
    beside the field is no name of it.
    """
    words = KNOWN[purpose].words
    if named_by(each, marks)[0] or any(mark.purpose == purpose for mark in marks.of_field(each)):
        return
    own = [text for text in (each.label, each.placeholder) if text]
    own = own or [e for _, e in own_words(each) if e and not GREETS.search(e)][:1]
    name = next((text for text in own if _names_something(text)), None)
    if name is not None and not any(map(words.search, (each.heading, form, *each.below))):
        yield Evidence("words", -1, f"nobody knows what it is called by {name[:40]!r}")


_NO_LETTERS = re.compile(r"[\s\d!-/:-@\[-`{-~।•●·…–—*]+")  # noqa: RUF001  (of the page)


def _names_something(text: str) -> bool:
    return any(word and not SAYS_NOTHING.search(word) for word in _NO_LETTERS.split(text))


def told_at(each: Field) -> tuple[str, ...]:
    """All texts at the field, and its heading."""
    return (each.label, each.placeholder, each.heading, *each.near)


def is_of_another_form(each: Field) -> bool:
    """Whether the heading names another form than a login's, such as one to open an account."""
    return NOT_HERE.search(each.heading) is not None and not LOGIN.search(each.heading)


def is_named_as_another_forms(each: Field) -> bool:
    """Whether the field's own name is that of another form, such as one to open an account."""
    own = OF_A_CUSTOMER.without(f"{each.label} {each.placeholder}".strip() or _name_of(each))
    return NOT_HERE.search(own) is not None and LOGIN.search(own) is None


def _name_of(each: Field) -> str:
    """The nearest text that names a number, with the rest of the sentence that it stands in."""
    names = (text for _, text in own_words(each) if KNOWN["mobile"].words.search(text))
    name = next(names, "")
    return next((text for text in each.near if text != name and text.startswith(name)), name)


def of_others(each: Field, look: Look) -> Iterable[Evidence]:
    """Evidence that a text at the field, or at its form's number, names no customers' login."""
    numbers = (e for e in look.fields if are_together(e, each) and named_by(e)[0] == {"mobile"})
    texts = (text for other in (each, *numbers) for text in told_at(other) if len(text) <= 60)
    if any(map(SOMEBODY_ELSES.search, texts)):
        yield Evidence("words", -1, "a login of others than customers")


def button_of(button: Control | None, purpose: Purpose) -> Iterable[Evidence]:
    """Evidence that the field's button sends a code, so that the field is for the number."""
    if purpose == "mobile" and button is not None and ASKS_FOR_CODE.search(button.words):
        yield Evidence("words", 1, f"its button {button.words[:40]!r}", "page")
