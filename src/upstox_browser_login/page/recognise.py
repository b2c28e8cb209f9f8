"""What is here: a pure function of the look, the traffic and what this run has sent.

A field or screen is taken for what it is where two independent kinds of evidence agree, none
forbids it and no rival comes near. Otherwise it is unknown, and unknown stops a login.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from upstox_browser_login.errors import Step

from . import states as known
from .look import Control, Field, Look, Text
from .marks import NO_MARKS, Marks
from .states import KNOWN, PURPOSES, Purpose
from .wire import Traffic
from .words import CHALLENGE, CHALLENGE_FRAMES, IS_LOCKED, Meaning, Said, meaning_of

EvidenceKind = Literal["identity", "words", "shape", "place", "wire", "file"]
"""`file` are the marks of a person's own page file, however many of them speak."""


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for something (`weight` above 0) or forbids it (below 0)."""

    kind: EvidenceKind
    weight: float
    what: str

    def __str__(self) -> str:
        return f"{'against' if self.weight < 0 else self.kind}: {self.what}"


NEEDED = 3.0
"""Weight that two kinds of evidence must have together: one strong and one weak at the least."""

NEAR = 0.9
"""A rival with so little less weight is near."""


@dataclass(frozen=True)
class Sent:
    """What this run has sent, and what came of it. Times are of the walk's monotonic clock."""

    mobile: bool = False
    codes: int = 0
    refused_codes: int = 0
    pin: bool = False
    password: bool = False
    accepted: frozenset[str] = frozenset()
    """What was answered with success."""
    last: Purpose | None = None
    """The form that was filled last."""
    typed_at: float = 0.0
    """When the first character was typed into it."""
    field: int = 0
    """The field that it was typed into."""
    fills: int = 0
    """How often it was filled."""
    pressed_at: float | None = None
    """When its button was pressed; None as long as it was not."""
    pressed: tuple[str, ...] = ()
    """Screens between the forms that were passed by a press."""
    acted_at: float = 0.0
    """When anything was last typed or pressed."""
    blurred: bool = False
    """Whether the field was left, for pages that act on that."""
    pin_length: int = 6
    code_length: int = 6

    def sent(self, purpose: Purpose) -> bool:
        """Whether this credential was typed in this run."""
        done = {"mobile": self.mobile, "otp": self.codes > 0, "pin": self.pin}
        return done.get(purpose, self.password)


@dataclass(frozen=True)
class Form:
    """A field that wants a credential, and the control that sends it, if one is known."""

    purpose: Purpose
    field: Field
    button: Control | None
    why: tuple[Evidence, ...]


@dataclass(frozen=True)
class Way:
    """A control that leads on: a screen in the way, a method to choose, our own app's approval."""

    name: str
    control: Control
    why: tuple[Evidence, ...]


@dataclass(frozen=True)
class Stop:
    """A screen on which a login ends."""

    name: str
    meaning: Meaning
    message: str
    why: tuple[Evidence, ...]
    step: Step | None = None
    """The step that it belongs to, where that is not the one under way."""


def _stop(name: str, *why: Evidence, added: str = "") -> Stop:
    """The screen `name`, on which a login ends."""
    known_as = known.screen(name)
    assert known_as.meaning is not None  # noqa: S101  (of the table)
    # What may come up anywhere belongs to the step under way.
    step = None if known_as.step == "open" else known_as.step
    return Stop(name, known_as.meaning, f"{known_as.message}{added}", why, step)


@dataclass(frozen=True)
class Nothing:
    """Nothing that is known. `loading` where the page shows that it is at work, or nothing."""

    loading: bool
    why: tuple[Evidence, ...] = ()


Here = Form | Way | Stop | Nothing


# -- fields ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """A field, taken as one for `purpose`, and what speaks for that."""

    field: Field
    purpose: Purpose
    evidence: tuple[Evidence, ...]

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
        return not self.forbidden and len(self.kinds) >= 2 and self.weight >= NEEDED


def _spaced(name: str) -> str:
    """An id in words: `mobileNum` and `mobile-num` become `mobile num`."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name)).strip().lower()


def identity_of(each: Field, purpose: Purpose, marks: Marks = NO_MARKS) -> Iterable[Evidence]:
    """What ids and names say for a purpose; never anything against it."""
    if marks.replaced(purpose, "identity"):
        return
    facts = KNOWN[purpose]
    for named in (each.id, each.name, each.testid):
        spaced = _spaced(named)
        if spaced and (
            facts.identity.search(spaced) or facts.identity.search(spaced.replace(" ", ""))
        ):
            yield Evidence("identity", 2, f"is called {named!r}")
            return
    if set(each.autocomplete.split()) & facts.autocomplete:
        yield Evidence("identity", 2, f"autocomplete={each.autocomplete}")


def _own_words(each: Field) -> Iterable[tuple[str, str]]:
    """Texts at the field that may name it, the most telling first."""
    yield "label", each.label
    yield "placeholder", each.placeholder
    for text in each.near:
        # A sentence explains, a label names.
        if len(text) <= 60 and not re.search(r"[.!।]\s*$", text):
            yield "text beside it", text


def named_by(each: Field, marks: Marks = NO_MARKS) -> tuple[frozenset[Purpose], str]:
    """The purposes that the first telling text at the field names, and that text."""
    for where, text in _own_words(each):
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
        if "otp" in named and "mobile" in named and known.BEGINS_WITH_OTP.match(text):
            named -= {"mobile"}
        if "mobile" in named and "otp" in named:
            named -= {"otp"}
        if named:
            return named, f"{where} {text!r}"
    return frozenset(), ""


def words_of(
    each: Field, purpose: Purpose, form: str, marks: Marks = NO_MARKS
) -> Iterable[Evidence]:
    """What is written at the field says for a purpose or against it; heading and button for it.

    A page file may take the words of another form away for the number's field alone: a code in the
    PIN's field is a refused PIN, and a PIN belongs into no other field. No shape tells these apart.
    """
    facts = KNOWN[purpose]
    named, where = named_by(each, marks)
    known_as, known_where = (named, where) if purpose == "mobile" else named_by(each)
    if known_as and purpose not in known_as:
        yield Evidence("words", -1, f"{known_where} names another field")
    elif purpose in named:
        yield Evidence("words", 2 if len(named) == 1 else 1, where)
    elif named:
        yield Evidence("words", -1, f"{where} names another field")
    for place, text in _own_words(each):
        if not text or not facts.against.search(text):
            continue
        # What explains the field below its label is no name of another.
        if place == "text beside it" and len(text.split()) > 6:
            continue
        yield Evidence("words", -1, f"{place} {text!r}")
        break
    if marks.replaced(purpose, "words"):
        return
    if purpose not in named and not named and facts.form.search(f"{each.heading} {form}"):
        yield Evidence("words", 1, f"heading or button {f'{each.heading} {form}'.strip()[:80]!r}")


def shape_of(each: Field, purpose: Purpose, sent: Sent) -> Iterable[Evidence]:
    """What type, length and boxes say for a purpose or against it."""
    digits = each.type in {"tel", "number"} or each.inputmode in {"numeric", "tel", "decimal"}
    length, boxes = each.maxlength, each.boxes
    if each.type in {"email", "search", "url", "date", "time", "month", "week"}:
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
                length > 8
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


def place_of(purpose: Purpose, sent: Sent) -> Iterable[Evidence]:
    """What was answered with success before says what may come next."""
    match purpose:
        case "otp" if "mobile" in sent.accepted and "otp" not in sent.accepted:
            yield Evidence("place", 1, "comes after the number was taken")
        case "pin" if "otp" in sent.accepted and not sent.pin:
            yield Evidence("place", 1, "comes after the code was taken")
        # No password is asked for once a PIN was typed: that box is the PIN's, emptied.
        case "pin" | "password" if (
            "mobile" in sent.accepted and not sent.sent(purpose) and not sent.pin
        ):
            yield Evidence("place", 1, "comes after the number was taken")


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
    answered = [
        each
        for each in traffic.calls
        if each.answer is not None and each.answer.ok and each.trusted and each.answer.facts
    ]
    if not answered:
        return
    newest = max(answered, key=lambda each: each.answered_at or 0.0)
    facts: dict[str, Any] = dict(newest.answer.facts) if newest.answer else {}
    match purpose:
        case "otp" if (
            facts.get("asks for a code")
            or "nextRequestInterval" in facts
            or "isTotpEnabled" in facts
        ) and facts.get("nextStep") is None:
            yield Evidence("wire", 2, "the answer to the number asks for a code")
        case "pin" if facts.get("isSecretPinSet") is True and not sent.pin:
            yield Evidence("wire", 2, "the answer says that a PIN is set")
        case "pin" if facts.get("isSecretPinSet") is False:
            yield Evidence("wire", -1, "the answer says that no PIN is set")
        case "pin" if facts.get("knows the user") and not sent.pin:
            yield Evidence("wire", 1, "the answer knows the customer")
        case "password" if facts.get("nextStep") == "PASSWORD":
            yield Evidence("wire", 2, "the answer asks for a password")


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


def beginning_of(each: Field, look: Look, sent: Sent) -> Iterable[Evidence]:
    """The place of the number's field where a person has named it: it is alone, at the start.

    Without a person's word this would make a call-back form's field of a telling id enough.
    """
    begun = bool(sent.accepted or sent.codes or sent.pin or sent.password)
    if not begun and not each.masked and [f for f in look.fields if not f.covered] == [each]:
        yield Evidence("place", 1, "the only field of a login that has just begun")


def candidate(
    each: Field,
    purpose: Purpose,
    look: Look,
    sent: Sent,
    traffic: Traffic,
    *,
    marks: Marks = NO_MARKS,
) -> Candidate:
    """All that speaks for and against this field's being one for `purpose`."""
    button = submit_of(look, each, purpose, marks)
    form = button.words if button is not None else ""
    table = [*identity_of(each, purpose, marks), *words_of(each, purpose, form, marks)]
    by_table = frozenset(found.kind for found in table if found.weight > 0)
    by_file = list(file_of(each, purpose, marks, by_table))
    if purpose == "mobile" and any(found.weight > 0 for found in by_file):
        by_file += beginning_of(each, look, sent)
    evidence = [
        *table,
        *by_file,
        *shape_of(each, purpose, sent),
        *place_of(purpose, sent),
        *filled_of(each, purpose, sent),
        *wire_of(purpose, sent, traffic),
    ]
    told = (each.label, each.placeholder, each.heading, *each.near)
    if any(known.SOMEBODY_ELSES.search(text) for text in told if len(text) <= 60):
        evidence.append(Evidence("words", -1, "a login of others than customers"))
    others = _buttons_of(look, each)
    if (
        purpose == "mobile"
        and button is None
        and any(known.NOT_HERE.search(b.words) for b in others)
    ):
        evidence.append(Evidence("words", -1, "its button is another form's"))
    if purpose == "pin" and known.CREATES_PIN.search(f"{each.heading} {each.label}"):
        evidence.append(Evidence("words", -1, "the form creates a PIN"))
    return Candidate(each, purpose, tuple(evidence))


def candidates(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS
) -> list[Candidate]:
    """Every field with every purpose, the likeliest first."""
    found = [
        candidate(each, purpose, look, sent, traffic, marks=marks)
        for each in look.fields
        for purpose in PURPOSES
        if not each.covered
    ]
    return sorted(found, key=lambda each: -each.weight)


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


def form_of(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS
) -> Form | Nothing | None:
    """The form that is to be filled next; None without one, Nothing where several come near.

    Of several forms that are certain, the one is meant that comes first in a login and was not
    sent yet.
    """
    found = candidates(look, sent, traffic, marks)
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
    button = submit_of(look, best.field, best.purpose, marks)
    return Form(best.purpose, best.field, button, best.evidence)


# -- controls --------------------------------------------------------------------------------------


def _buttons_of(look: Look, each: Field) -> list[Control]:
    """Controls that may belong to the field: of its form, or of its surroundings."""
    return [
        control
        for control in look.controls
        if control.frame == each.frame
        and control.dialog == each.dialog
        and (control.form == each.form if each.form and control.form else _beside(control, each))
    ]


def _beside(control: Control, each: Field) -> bool:
    left, top, width, height = each.at
    x, y, w, h = control.at
    below = -20 <= y - (top + height) <= 420
    level = abs((y + h / 2) - (top + height / 2)) <= max(height, 30)
    over = x < left + width + 260 and x + w > left - 160
    return (below or level) and over


def _distance(control: Control, each: Field) -> float:
    left, top, width, height = each.at
    x, y, w, h = control.at
    dx = max(left - (x + w), x - (left + width), 0)
    dy = max(top - (y + h), y - (top + height), 0)
    return dx + dy


def button_weight(
    control: Control, each: Field, purpose: Purpose, marks: Marks = NO_MARKS
) -> float:
    """How much speaks for a control's being the one that sends the field's form; 0: nothing."""
    words = control.words
    if control.role in {
        "tab",
        "radio",
        "switch",
        "checkbox",
        "option",
        "menuitem",
    } or control.type in {
        "radio",
        "checkbox",
        "reset",
    }:
        return 0.0
    go = known.GO.search(words) is not None or marks.sends(control, purpose)
    asks = purpose == "mobile" and KNOWN["mobile"].form.search(words) is not None and go
    if (words and (known.NOT_GO.search(words) and not asks)) or known.NOT_HERE.search(words):
        return 0.0
    weight = 0.0
    identity = _spaced(f"{control.id} {control.testid}")
    submits = (
        control.tag in {"button", "input"} and control.type == "submit" and control.form != 0
    ) or (control.type == "image")
    if go:
        weight += 2.0
    if submits and control.form == each.form:
        weight += 2.0
    elif control.tag in {"button", "input"}:
        weight += 1.0
    elif control.role == "button":
        weight += 0.75
    if known.GO_IDENTITY.search(identity) or known.GO_IDENTITY.search(identity.replace(" ", "")):
        weight += 1.0
    if _distance(control, each) <= 140:
        weight += 0.5
    if control.icon and not words and _distance(control, each) <= 60:
        weight += 0.75
    if not go and words and not submits and not known.GO_IDENTITY.search(identity):
        # Words that nobody knows do not send anything, unless the page's own markup says so.
        return 0.0
    return weight


def submit_of(look: Look, each: Field, purpose: Purpose, marks: Marks = NO_MARKS) -> Control | None:
    """The control that sends the field's form; None where none is certain.

    The page's markup and its words are independent of each other: two of them must agree, or one
    must be without a rival.
    """
    weighed = sorted(
        (
            (
                button_weight(control, each, purpose, marks),
                -_distance(control, each),
                index,
                control,
            )
            for index, control in enumerate(_buttons_of(look, each))
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    likely = [item for item in weighed if item[0] >= 1.5]
    if not likely:
        return None
    best = likely[0]
    if len(likely) > 1:
        second = likely[1]
        if (
            best[0] - second[0] < 0.25
            and abs(best[1] - second[1]) < 8
            and best[3].words != second[3].words
        ):
            return None
    return best[3]


# -- screens ---------------------------------------------------------------------------------------


def _sentences(look: Look) -> Iterable[Text]:
    return (each for each in look.texts if not each.control)


def _heads(look: Look) -> str:
    """Headings, and what a dialog says."""
    told = [each.text for each in look.texts if (each.head or each.dialog) and not each.control]
    return " | ".join(told)


def _body(look: Look) -> str:
    return " | ".join(each.text for each in look.texts if not each.control and not each.footer)


def locked(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The account is locked: a text says so, and a control, the wire or our own PIN as well."""
    said = [
        each
        for each in _sentences(look)
        if (
            re.search(IS_LOCKED, each.text, re.IGNORECASE)
            or "too many incorrect" in each.text.lower()
        )
        and not known.SUPPOSES.search(each.text)
    ]
    unlocks = [each for each in look.controls if known.UNLOCKS.search(each.words)]
    closed = [each for each in look.fields if each.disabled and (each.masked or each.boxes)]
    open_field = [each for each in look.fields if not each.disabled]
    why: list[Evidence] = []
    if said:
        why.append(Evidence("words", 2, f"text {said[0].text[:100]!r}"))
    if unlocks and not open_field:
        why.append(Evidence("shape", 2, f"control {unlocks[0].words[:60]!r} and no open field"))
    elif unlocks and any(each.live or each.head for each in said):
        why.append(Evidence("shape", 1, f"control {unlocks[0].words[:60]!r}"))
    elif unlocks and closed:
        why.append(Evidence("shape", 2, "a control unlocks, and the field is closed"))
    elif closed and said:
        why.append(Evidence("shape", 1, "the field is closed"))
    if said and sent.pin and "pin" not in sent.accepted and any(each.live for each in said):
        why.append(Evidence("place", 1, "it came after a PIN was sent"))
    if any(
        each.answer and each.answer.said and each.answer.said.meaning == "locked"
        for each in traffic.calls
    ):
        why.append(Evidence("wire", 2, "the server says so"))
    if len({each.kind for each in why}) < 2:
        return None
    return _stop("locked", *why)


def blocked_code(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """No more codes are taken: a text says so, and the code's own field is closed."""
    closed = [
        each
        for each in look.fields
        # Without the page file, which may replace marks and must not hide that no code is taken.
        if each.disabled and candidate(each, "otp", look, sent, traffic).weight >= 2
    ]
    said = [
        each
        for each in _sentences(look)
        if meaning_of(each.text) == "rate limited" and (each.live or closed)
    ]
    if not (said and closed):
        return None
    why = (
        Evidence("words", 2, f"text {said[0].text[:100]!r}"),
        Evidence("shape", 2, "the field is closed"),
    )
    return _stop("otp blocked", *why, added=f" Upstox says: {said[0].text.rstrip('. ')}.")


def challenge(look: Look) -> Stop | None:
    """The page asks for proof that a human is there."""
    why: list[Evidence] = []
    frames = [
        each
        for each in look.frames
        if re.search(CHALLENGE_FRAMES, f"{each.src} {each.title}", re.IGNORECASE)
        and each.w >= 60
        and each.h >= 40
        and "grecaptcha-badge" not in each.title
    ]
    fields = [
        each
        for each in look.fields
        if re.search(r"captcha", " ".join(text for _, text in _own_words(each)), re.IGNORECASE)
    ]
    if frames:
        why.append(Evidence("shape", 2, "a frame of a challenge"))
    if fields:
        why.append(Evidence("words", 2, "a field for a captcha"))
    typed = [each for each in look.fields if each not in fields]
    said = [each for each in _sentences(look) if re.search(CHALLENGE, each.text, re.IGNORECASE)]
    if said and not typed:
        why.append(Evidence("words", 2, f"text {said[0].text[:80]!r}"))
        why.append(Evidence("shape", 1, "and no field"))
    if not why:
        return None
    return _stop("challenge", *why)


def by_file(look: Look, marks: Marks) -> Stop | None:
    """A screen on which a login ends, as the page file says, on a page without a field."""
    named = None if look.fields else marks.screen_of(look)
    if named is None:
        return None
    name, text = named
    says = Evidence("file", 2, f"text {text.text[:80]!r}")
    return _stop(name, says, Evidence("shape", 1, "and no field"))


def by_words(look: Look, sent: Sent) -> Stop | None:
    """A screen that its words alone are enough to know, on a page without a field."""
    if look.fields:
        return None
    for each in known.SCREENS:
        if each.says is None or (each.after_mobile and not sent.mobile):
            continue
        said = next((text for text in _sentences(look) if each.says.search(text.text)), None)
        if said is not None:
            words = Evidence("words", 2, f"text {said.text[:80]!r}")
            return _stop(each.name, words, Evidence("shape", 1, "and no field"))
    return None


def wants_person(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """A screen on which a person must act: a new PIN, an account to choose, terms to agree to."""
    facts = traffic.facts
    heads = _heads(look)
    new_pin = [
        each
        for each in look.fields
        if each.masked
        and known.CREATES_PIN.search(
            f"{each.heading} {each.label} {each.placeholder} {' '.join(each.near[:1])}"
        )
    ]
    titled = known.CREATES_PIN.search(heads)
    if (
        sent.mobile
        and (new_pin or titled)
        and (len(new_pin) > 0 or facts.get("isSecretPinSet") is False)
    ):
        why = [Evidence("words", 2, "the form creates a PIN")]
        why.append(
            Evidence("shape", 1, "a field that hides what is typed")
            if new_pin
            else Evidence("wire", 2, "no PIN is set")
        )
        return _stop("create PIN", *why)
    if sent.mobile and known.CHOOSER.search(_body(look)) and not look.fields:
        several = isinstance(facts.get("accounts"), int) and facts["accounts"] > 1
        if several or len(look.controls) >= 2:
            why = [Evidence("words", 2, "asks to choose an account")]
            why.append(
                Evidence("wire", 2, "the answer lists several")
                if several
                else Evidence("shape", 1, "offers several")
            )
            return _stop("account chooser", *why)
    return None


def by_address(look: Look) -> Stop | None:
    """Addresses that say what a page is, beside the words on it."""
    for prefix, name in known.PATHS:
        if not look.path.startswith(prefix):
            continue
        why = (
            Evidence("identity", 2, f"address {prefix}"),
            Evidence("words", 1, "a page of its own"),
        )
        return _stop(name, *why)
    return None


def of_the_customer(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """A screen that says that the account is dormant, or that the number is no customer's."""
    if not sent.mobile or look.fields:
        return None
    facts = traffic.facts
    heads = f"{_heads(look)} | {' | '.join(each.words for each in look.controls)}"
    dormant = {"DORMANT", "INACTIVE"} & {
        str(facts.get("customerStatus")),
        str(facts.get("userType")),
    }
    if known.INACTIVE.search(_body(look)) and (dormant or known.INACTIVE.search(heads)):
        why = (Evidence("words", 2, "speaks of reactivation"), Evidence("shape", 1, "and no field"))
        return _stop("reactivate account", *why)
    if known.OPEN_ACCOUNT.search(heads):
        why = (
            Evidence("words", 2, "offers to open an account"),
            Evidence("shape", 1, "and no field"),
        )
        return _stop("account opening", *why)
    return None


def approval(look: Look, sent: Sent) -> Way | None:
    """Our own app's approval: it is named on the screen, and one control allows it."""
    if look.fields or not known.APPROVAL.search(_body(look)):
        return None
    yes = [each for each in look.controls if known.APPROVE.search(each.words) and not each.disabled]
    if len(yes) != 1 or not (sent.pin or sent.mobile or len(look.controls) >= 2):
        return None
    why = (
        Evidence("words", 2, "an app asks for access"),
        Evidence("shape", 1, f"control {yes[0].words[:40]!r}"),
    )
    return Way("approval", yes[0], why)


def cookies(look: Look) -> Way | None:
    """A wall of cookies: a dialog, or a banner that covers, with a control that ends it."""
    said = [each for each in _sentences(look) if known.COOKIES.search(each.text)]
    if not said:
        return None
    dialog = next((each.dialog for each in said if each.dialog), 0)
    covers_form = any(each.covered for each in look.fields) or any(
        each.covered for each in look.controls if known.GO.search(each.words)
    )
    if not (dialog or look.modal or covers_form or not look.fields):
        return None
    own = [
        each
        for each in look.controls
        if (not dialog or each.dialog == dialog) and not each.covered and not each.disabled
    ]
    no = [
        each
        for each in own
        if known.COOKIE_DECLINE.search(each.words)
        and not re.search(r"manage|settings|preferences", each.words, re.IGNORECASE)
    ]
    others = [
        each
        for each in own
        if not known.NOT_HERE.search(each.words)
        and not re.search(r"log ?in|sign", each.words, re.IGNORECASE)
    ]
    yes = [each for each in others if known.COOKIE_ACCEPT.search(each.words)]
    # Whatever it says, if there is nothing else that could end the wall.
    rest = [each for each in others if not known.COOKIE_DETAILS.search(each.words)]
    alone = rest if len(rest) == 1 and (dialog or look.modal or covers_form) else []
    for choice in (no, yes, alone):
        if choice:
            why = (
                Evidence("words", 2, "speaks of cookies"),
                Evidence("shape", 1, f"control {choice[0].words[:40]!r}"),
            )
            return Way("cookie wall", choice[0], why)
    return None


def method(look: Look, form: Form | None) -> Way | None:
    """A choice between ways to prove oneself: the authenticator is ours."""
    totp = [
        each
        for each in look.controls
        if known.BY_TOTP.search(each.words)
        and not known.OFFERS_TOTP.search(each.words)
        and not known.ABOUT_TOTP.search(each.words)
        and not each.disabled
    ]
    totp = [each for each in totp if len(each.words) <= 120]
    if not totp:
        return None
    if any(each.chosen for each in totp):
        return None
    takes = form is not None and form.purpose == "otp" and _takes_totp(form.field)
    if takes:
        return None
    others = [
        each for each in look.controls if each not in totp and known.BY_SMS.search(each.words)
    ]
    says = known.METHOD.search(f"{_heads(look)} {_body(look)}")
    shape = len(others) > 0 or any(
        each.role in {"tab", "radio", "option"} or each.type == "radio" for each in totp
    )
    if not (says or (form is not None and form.purpose == "otp") or shape):
        return None
    if form is not None and form.purpose != "otp":
        return None
    why = (
        Evidence("words", 2, f"control {totp[0].words[:60]!r}"),
        Evidence("shape" if shape else "words", 1, "beside other ways"),
    )
    return Way("method", totp[0], why)


def by_mobile(look: Look) -> Way | None:
    """Only a QR code is shown, and a control leads to the number."""
    if look.fields:
        return None
    ways = [
        each
        for each in look.controls
        if known.BY_MOBILE.search(each.words) and not each.chosen and not each.disabled
    ]
    if not ways or not (
        known.BY_MOBILE_ONLY.search(ways[0].words)
        or known.QR.search(_body(look))
        or known.QR.search(" ".join(each.words for each in look.controls))
    ):
        return None
    why = (
        Evidence("words", 2, f"control {ways[0].words[:60]!r}"),
        Evidence("shape", 1, "and no field"),
    )
    return Way("QR code", ways[0], why)


def between(look: Look, sent: Sent, marks: Marks = NO_MARKS) -> Way | Stop | None:
    """A screen between the forms, with one neutral or declining way on.

    What it asks to agree to is for a person, and so is whatever would act in a person's name.
    """
    text = f"{look.title if not look.fields else ''} | {_heads(look)} | {_body(look)}"
    front = [each for each in look.controls if not each.covered and not each.disabled]
    if look.modal or any(each.dialog for each in front):
        front = [each for each in front if each.dialog] or front
    front = [each for each in front if each.role != "tab"]
    stays = [each for each in front if not known.GIVES_UP.search(each.words)]
    passes = [each for each in stays if known.PASS_BY.search(each.words)]
    declines = [each for each in stays if known.DECLINE.search(each.words)]
    asks = sent.mobile and known.ASKS_FOR_NUMBER.search(text) is not None
    neutral = [
        each
        for each in stays
        if (known.NEUTRAL.search(each.words) or (asks and known.CONFIRMS.search(each.words)))
        and each not in passes
        and not known.AGREE.search(each.words)
        and not known.NOT_HERE.search(each.words)
        and not re.search(
            r"with (google|apple)|qr|passkey$|trust|enable|add nominee|video|turn on",
            each.words,
            re.IGNORECASE,
        )
    ]
    agrees = [each for each in front if known.AGREE.search(each.words)]
    personal = known.WANTS_A_PERSON.search(text)
    if personal and not passes:
        return None
    if agrees and not passes and not declines and not neutral:
        why = (
            Evidence("words", 2, f"control {agrees[0].words[:60]!r}"),
            Evidence("shape", 1, "and no other way on"),
        )
        return _stop("agreement", *why)
    if known.TERMS.search(_heads(look) or text) and agrees:
        why = (
            Evidence("words", 2, f"control {agrees[0].words[:60]!r}"),
            Evidence("shape", 1, "terms"),
        )
        return _stop("agreement", *why)
    led = [
        each
        for each in front
        if marks.leads_on(each)
        and not known.AGREE.search(each.words)
        and not known.NOT_HERE.search(each.words)
    ]
    if len(led) == 1:
        why = (
            Evidence("file", 2, f"control {led[0].words[:60]!r}"),
            Evidence("shape", 1, "a dialog" if look.modal else "no field to fill"),
        )
        return Way(f"screen {(_heads(look) or _body(look))[:60]!r}", led[0], why)
    begins = [each for each in neutral if known.BEGIN.search(each.words)] or [
        each for each in stays if known.BEGIN.search(each.words)
    ]
    if len(begins) == 1 and not sent.mobile and not look.modal:
        why = (
            Evidence("words", 2, f"control {begins[0].words[:60]!r}"),
            Evidence("shape", 1, "and no field"),
        )
        return Way("start screen", begins[0], why)
    tells = known.TELLS_OF_LOGIN.search(text) is not None
    # A screen of no known kind is passed where it has nothing else to press.
    is_known = (
        tells or asks or len(front) == 1 or look.modal or known.BETWEEN.search(text) is not None
    )
    best = _way_on(passes, declines, neutral if is_known else [], tells=tells)
    if best is None:
        return None
    why = (
        Evidence("words", 2, f"control {best.words[:60]!r}"),
        Evidence("shape", 1, "a dialog" if look.modal else "no field to fill"),
    )
    return Way(f"screen {(_heads(look) or _body(look))[:60]!r}", best, why)


def _way_on(
    passes: list[Control], declines: list[Control], neutral: list[Control], *, tells: bool
) -> Control | None:
    """The one control that leads past a screen and does nothing else; None without one.

    `tells`: the screen tells of this very login, so that to decline might end it.
    """
    if passes:
        return passes[0]
    if declines and not (tells and neutral):
        return declines[0]
    return neutral[0] if len({each.words.lower() for each in neutral}) == 1 else None


def _takes_totp(each: Field) -> bool:
    """Whether the box's own label says that it takes a code of the authenticator."""
    return any(known.OTP_TAKES_TOTP.search(text) for _, text in _own_words(each) if text)


def totp_is_enabled(form: Form, look: Look, traffic: Traffic) -> bool | None:
    """Whether the box takes a code of the authenticator; None where nobody says.

    What the box's label says counts more than what the wire said of the account.
    """
    if _takes_totp(form.field) or any(
        known.OTP_TAKES_TOTP.search(each) for each in (form.field.heading, *form.field.near)
    ):
        return True
    told = traffic.facts.get("isTotpEnabled")
    if told is True:
        return True
    offered = any(known.OFFERS_TOTP.search(each.words) for each in look.controls) or any(
        known.OFFERS_TOTP.search(each.text) for each in look.texts
    )
    labels = [text for _, text in _own_words(form.field) if text]
    sms = any(known.OTP_IS_SMS_ONLY.search(text) for text in labels)
    if told is False or offered or sms:
        return False
    return None


def is_loading(look: Look) -> bool:
    """Whether the page shows that it is at work, or shows nothing to act on."""
    return look.spinner or look.is_empty or not look.ready


def recognise(look: Look, traffic: Traffic, sent: Sent, marks: Marks = NO_MARKS) -> Here:
    """What is here. The same look gives the same answer.

    First what stops a login, then what is in the way, then a form, then what lies between. `marks`
    are those of a person's own page file.
    """
    for stop in (locked(look, sent, traffic), blocked_code(look, sent, traffic), by_address(look)):
        if stop is not None:
            return stop
    asked = challenge(look)
    if asked is not None:
        return asked
    person = wants_person(look, sent, traffic)
    if person is not None:
        return person
    wall = cookies(look)
    if wall is not None:
        return wall
    ours = approval(look, sent)
    if ours is not None:
        return ours
    form = form_of(look, sent, traffic, marks)
    way = method(look, form if isinstance(form, Form) else None)
    if way is not None:
        return way
    if isinstance(form, Form) and not (look.modal and not form.field.dialog):
        return form
    if isinstance(form, Nothing):
        return form
    for screen in (
        by_words(look, sent),
        of_the_customer(look, sent, traffic),
        by_file(look, marks),
        by_mobile(look),
    ):
        if screen is not None:
            return screen
    covered = [each for each in look.fields if each.covered]
    if not look.fields or look.modal or len(covered) == len(look.fields):
        passing = between(look, sent, marks)
        if passing is not None:
            return passing
    return Nothing(is_loading(look))


# -- what the page says ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Complaint:
    """A message that appeared on the page after something was submitted."""

    said: Said
    where: Literal["field", "message", "dialog"]
    by_file: Meaning | None = None
    """What the page file says of it."""

    @property
    def meaning(self) -> Meaning:
        """What it means; the page file is asked only where the tables do not know."""
        meaning = self.said.meaning
        return self.by_file if meaning == "unknown" and self.by_file is not None else meaning


def complaints_of(
    look: Look, before: frozenset[str], field_n: int, marks: Marks = NO_MARKS
) -> list[Complaint]:
    """Messages on the page that were not there before: beside the field, or marked as messages.

    A text elsewhere counts only with Upstox's code in brackets behind it.
    """
    found: list[Complaint] = []
    for each in look.texts:
        if each.control or each.footer or len(each.text) > 300 or normal(each.text) in before:
            continue
        said = Said.of(each.text)
        told = marks.meaning_of(said)
        telling = said.code is not None or said.status is not None
        means = meaning_of(said.text) is not None or told is not None
        if telling or (each.live and means):
            found.append(Complaint(said, "message", told))
        elif means and not each.head and (each.field == field_n or not look.fields):
            found.append(Complaint(said, "field", told))
    for own in look.fields:
        if own.n != field_n:
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


def normal(text: str) -> str:
    """A text as it compares with what stood there before: digits do not count."""
    return re.sub(r"\d+", "#", text).strip().lower()
