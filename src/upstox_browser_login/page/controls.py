"""Which control sends a field's form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from .look import Control, Field, Look
from .marks import NO_MARKS, Marks
from .nearness import beside, distance, ends_its_row, is_of_another_field, may_be_of, share_a_form
from .pattern import with_spaces
from .states.buttons import (
    ACTS_ON_A_THING,
    BACK_OR_AWAY,
    BY_ANOTHER_WAY,
    DOES_MORE,
    ENTERS_THE_PIN,
    GO,
    GO_IDENTITY,
    LEADS_TO_LOGIN,
    LETS_ONE_IN,
    NAMES_A_THING,
    NAMES_THE_PIN,
    NOT_GO,
    NOT_HERE,
    ONLY_SHOWS,
    SETS_A_THING,
)
from .states.deeds import COSTS, HEADS_A_DEED, OF_A_DEED
from .states.deeds_in_india import DEEDS_IN_INDIA
from .states.duties import TELLS_MORE
from .states.fields import HAS_A_CODE_SENT, KNOWN, LOGIN, Purpose
from .states.going_on import LEADS_IN
from .states.terms import AGREE

_ABOVE = 160
"""Pixels: a bar with the field's button stands no higher above the field."""


def buttons_of(look: Look, each: Field) -> list[Control]:
    """The controls of the field's form, or of its surroundings if it has none.

    A control above the field is taken only where no button stands below or beside it, and one in a
    corner of the window only where none above it does either.
    """
    there = [
        control
        for control in look.controls
        if control.frame == each.frame and control.dialog == each.dialog
    ]
    own = [
        control
        for control in there
        if (control.form == each.form if each.form and control.form else may_be_of(control, each))
        and not is_of_another_field(look, control, each)
    ]
    if _may_send(own):
        return own
    others = [control for control in there if control not in own]
    above = [e for e in others if _sends(e) and _is_above_alone(look, e, each)]
    if above:
        # The head of a page may hold the way to its login, above a form for something else.
        return own if any(map(_may_be_its_button, own)) else own + above
    of_the_window = [e for e in others if e.fixed]
    return own + [
        e
        for e in of_the_window
        if len(of_the_window) == 1 and _sends(e) and _may_be_of_the_only(look, e, each)
    ]


def _sends(control: Control) -> bool:
    """Whether a control's words say that it sends a form, and nothing else."""
    return read_words(control.words).only_goes


def _may_send(own: Sequence[Control]) -> bool:
    """Whether one of a field's own controls may send its form, for the login or for something else.

    A "Continue" elsewhere does not make a form harmless that has a button to withdraw money.
    """
    return bool(may_send_a_secret(own)) or any(
        _sends(each) or read_words(each.words).costs or _does_more(each) for each in own
    )


def _may_be_its_button(control: Control) -> bool:
    """Whether a control with words is no link and is not known to do something beside the form."""
    return not (control.is_link or says_nothing(control.words) or _does_something_else(control))


def _does_more(control: Control) -> bool:
    """Whether a control may do more than send a form; a link leads elsewhere."""
    return not (control.is_link or _does_something_else(control)) and does_more(control.words)


def _may_be_of_the_only(look: Look, control: Control, each: Field) -> bool:
    """Whether a control is in no other form than the only field of its frame, and is no link."""
    if control.form not in {0, each.form}:
        return False
    if control.is_link:
        return False  # a link in the page's head, such as the one to its login
    return not any(other.frame == each.frame and other.n != each.n for other in look.fields)


def _is_above_alone(look: Look, control: Control, each: Field) -> bool:
    """Whether a control stands above the only field of its frame."""
    if not _may_be_of_the_only(look, control, each):
        return False
    left, top, width, _ = each.at
    x, y, w, h = control.at
    return 0 <= top - (y + h) <= _ABOVE and x < left + width + _ABOVE and x + w > left - _ABOVE


def pressed_by_enter(look: Look, each: Field) -> Control | None:
    """The control that a browser presses for Enter in a field: the first button of its form."""
    return next(
        (
            control
            for control in look.controls
            if each.form and share_a_form(control, each) and control.type in {"submit", "image"}
        ),
        None,
    )


def sends_a_secret(words: str) -> bool:
    """Whether a button's words say that it sends a code or PIN, and nothing else."""
    joined = _letters_joined(words)
    acts = any(said.search(joined) for said in (ACTS_ON_A_THING, DEEDS_IN_INDIA))
    does = _only_agrees(joined) or acts
    goes = read_words(joined).only_goes and not does
    return says_nothing(words) or goes or LETS_ONE_IN.search(joined) is not None


def _only_agrees(words: str) -> bool:
    """Whether a control agrees to something without saying that it logs in."""
    return AGREE.search(words) is not None and LOGIN.search(words) is None


def names_a_thing(words: str) -> bool:
    """Whether a button names something that may be done to, such as keys or a device."""
    return NAMES_A_THING.search(words) is not None and ONLY_SHOWS.search(words) is None


def does_more(words: str) -> bool:
    """Whether a button under a secret may do more than send the form.

    It names a thing or a deed, or it names the PIN without saying that the PIN is entered. An
    unknown verb alone is taken for another word for going on.
    """
    words = without_an_assent(words)
    if sends_a_secret(words):
        return False
    names_the_pin = NAMES_THE_PIN.search(words) is not None
    if names_the_pin and ENTERS_THE_PIN.search(words) is not None:
        return False
    does = any(said.search(words) for said in _DOES)
    return names_the_pin or names_a_thing(words) or does or _only_agrees(words)


_DOES = (DOES_MORE, ACTS_ON_A_THING, HEADS_A_DEED, OF_A_DEED, DEEDS_IN_INDIA)


def without_an_assent(words: str) -> str:
    """The words of a control, without a word of assent at their beginning."""
    found = LEADS_IN.search(words)
    return words if found is None else words[found.end() :]


def _letters_joined(words: str) -> str:
    """The words without the spaces between single letters, as in "C O N T I N U E"."""
    return words.replace(" ", "") if re.fullmatch(r"(\w )+\w", words) else words


def says_nothing(words: str) -> bool:
    """Whether a control has no words, such as an arrow or a picture."""
    return re.search(r"[^\W_]", words) is None


class ControlWords(Struct, frozen=True):
    """What the words of a control say about it."""

    goes: bool
    does_else: bool
    of_another_form: bool
    asks_for_number: bool
    costs: bool
    """Whether it spends money or undoes something."""

    @property
    def only_goes(self) -> bool:
        """Whether it sends a form and does nothing else."""
        return self.goes and not (self.does_else or self.of_another_form or self.costs)


@lru_cache(maxsize=1024)
def read_words(words: str) -> ControlWords:
    """Read a control's words once, since each control is weighed for each field and purpose."""
    return ControlWords(
        GO.search(words) is not None,
        NOT_GO.search(words) is not None,
        NOT_HERE.search(words) is not None,
        KNOWN["mobile"].form.search(words) is not None,
        any(map(COSTS.search, (words, without_an_assent(words)))),
    )


@lru_cache(maxsize=1024)
def _is_called_go(named: str) -> bool:
    """Whether an id, split into words, names a control that sends a form."""
    return any(GO_IDENTITY.search(each) for each in (named, named.replace(" ", "")))


_CHOOSE = frozenset(
    ["tab", "radio", "switch", "checkbox", "option", "menuitem", "menuitemradio", "combobox"]
)


def _is_a_choice(control: Control) -> bool:
    """Whether a control chooses, ticks or empties something, and sends no form."""
    return control.role in _CHOOSE or control.type in {"radio", "checkbox", "reset"}


def button_weight(control: Control, each: Field, purpose: Purpose, marks: Marks) -> float:
    """How much evidence says that the control sends the field's form; 0 for none."""
    words = control.words
    if _is_a_choice(control):
        return 0.0
    said = read_words(words)
    if words and (BACK_OR_AWAY.search(words) or LEADS_TO_LOGIN.search(words)):
        return 0.0
    is_sign = says_nothing(words)
    lets_in = purpose != "mobile" and LETS_ONE_IN.search(words) is not None
    go = said.goes or lets_in or marks.sends(control, purpose)
    if BY_ANOTHER_WAY.search(words):
        return 0.0
    asks = purpose == "mobile" and said.asks_for_number and go
    if (words and said.does_else and not asks) or said.of_another_form or said.costs:
        return 0.0
    weight = 0.0
    called_go = _is_called_go(with_spaces(f"{control.id} {control.testid}"))
    submits = (
        control.tag in {"button", "input"} and control.type == "submit" and control.form != 0
    ) or (control.type == "image")
    if go:
        weight += 2.0
        if ends_its_row(control, each):
            weight += 1.0
    if submits and control.form == each.form:
        weight += 2.0
    elif control.tag in {"button", "input"}:
        weight += 1.0
    elif control.role == "button":
        weight += 0.75
    if called_go:
        weight += 1.0
    if distance(control, each) <= 140:
        weight += 0.5
    if (control.icon or words) and is_sign and beside(control, each):
        weight += 0.75
    if not go and not is_sign and not submits and not called_go:
        # A control with unknown words is taken for the form's button only if the markup says so.
        return 0.0
    return weight


def _the_only_button(own: Sequence[Control], each: Field, purpose: Purpose) -> Control | None:
    """The only button that can send the field's form, whatever it says; None if there are several.

    It must be in the field's form, or for a number a real button close to the field. A page may
    send a secret by itself and have one button near it that only leads back.
    """
    all_said = [read_words(control.words) for control in own]
    may = [control for control in own if not _does_something_else(control)]
    if len(may) != 1 or any(said.of_another_form or said.costs for said in all_said):
        return None
    only = may[0]
    if says_nothing(only.words) or "?" in only.words or only.opens:
        return None
    if BY_ANOTHER_WAY.search(only.words):
        return None
    if only.icon and only.type == "button":
        return None  # such as the picture of an eye that shows the PIN
    is_real = only.tag == "button" and only.role in {"", "button"}
    if each.form != 0 and only.form == each.form:
        is_above = only.at[1] + only.at[3] <= each.at[1]
        return only if (is_real or only.role == "button") and not is_above else None
    return only if purpose == "mobile" and is_real and beside(only, each) else None


def _does_something_else(control: Control) -> bool:
    others = (NOT_GO, BACK_OR_AWAY, LEADS_TO_LOGIN, TELLS_MORE)
    return _is_a_choice(control) or any(said.search(control.words) for said in others)


def asks_for_a_code(own: Sequence[Control], each: Field) -> Control | None:
    """The one control of the field's form that has a code sent, beside another that sends the form.

    It belongs to the number, wherever it stands, and sends nothing else.
    """
    of_form = [
        control
        for control in own
        if share_a_form(control, each)
        and not (_is_a_choice(control) or NOT_GO.search(control.words))
        and (control.tag in {"button", "input", "a"} or control.role == "button")
    ]
    asking = [control for control in of_form if HAS_A_CODE_SENT.search(control.words)]
    sends = any(control not in asking and read_words(control.words).goes for control in of_form)
    return asking[0] if len(asking) == 1 and sends else None


def may_send_a_secret(own: Sequence[Control]) -> list[Control]:
    """The real buttons beside a field, without those that are known to lead elsewhere.

    A question such as "Wrong number?" leads elsewhere. A button that names a thing, such as "Change
    PIN", counts if its markup says that it sends the form.
    """
    return [
        control
        for control in own
        if control.tag in {"button", "input"}
        and not ("?" in control.words or control.opens)
        and (not _does_something_else(control) or _sets_a_thing(control))
    ]


def _sets_a_thing(control: Control) -> bool:
    sends = control.type == "submit" and control.form != 0
    return sends and SETS_A_THING.search(control.words) is not None


def submit_of(
    own: Sequence[Control], each: Field, purpose: Purpose, marks: Marks = NO_MARKS
) -> Control | None:
    """Which of the field's `own` controls sends its form; None if that is not certain.

    Markup and words are independent evidence. Both must agree, or one of them must leave no other
    choice.
    """
    weighed = sorted(
        (
            (
                button_weight(control, each, purpose, marks),
                -distance(control, each),
                index,
                control,
            )
            for index, control in enumerate(own)
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    likely = [item for item in weighed if item[0] >= 1.5]
    if not likely:
        return _the_only_button(own, each, purpose)
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
