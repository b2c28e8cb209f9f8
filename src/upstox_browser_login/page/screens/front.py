"""The controls of a screen that can be pressed, and those that are never pressed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from upstox_browser_login.page.fields.names import is_said_at, named_by
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.nearness import beside, may_be_of
from upstox_browser_login.page.states.deeds import (
    CLOSES_AN_ACCOUNT,
    SPENDS,
    TAKES_BY_A_TICK,
    UNDOES,
)
from upstox_browser_login.page.states.fields import OTHERS
from upstox_browser_login.page.states.going_on import GIVES_UP
from upstox_browser_login.page.states.terms import (
    AGREE,
    KEEPS_INFORMED,
    KNOWS_OF_RISKS,
    OF_THE_SCREEN,
    STATES,
    TAKES_BY_SMALL_PRINT,
)


def is_of_another(each: Field) -> bool:
    """Whether a field is covered, or by its type or its own words none of a login's."""
    if each.covered:
        return True
    if each.holds or each.masked or each.boxes or named_by(each)[0]:
        return False
    return each.type in {"email", "search", "url", "date", "file"} or is_said_at(each, OTHERS)


def pressable(look: Look) -> list[Control]:
    """The controls that can be pressed, of an open dialog alone; choices in a list are left out."""
    front = [each for each in look.controls if each.can_be_pressed]
    if look.modal or any(each.dialog for each in front):
        front = [each for each in front if each.dialog] or front
    return [each for each in front if each.role not in {"tab", "option"}]


def is_ticked(each: Control) -> bool:
    """Whether a control is a box to tick or a switch, which leads on from no screen."""
    return each.type == "checkbox" or each.role in {"checkbox", "switch"}


def is_radio(each: Control) -> bool:
    """Whether a control is one of several options, of which one can be chosen."""
    return "radio" in {each.type, each.role}


def is_taken_already(each: Control) -> bool:
    """Whether a press would only change a tick, or choose what is chosen already."""
    return is_ticked(each) or (is_radio(each) and each.chosen)


def takes_by_a_tick(look: Look) -> list[Control]:
    """Ticked boxes and chosen options that take something which the login does not need.

    Whatever sends the form or leads on takes that as well.
    """
    return [
        each
        for each in look.controls
        if (is_ticked(each) or is_radio(each))
        and each.chosen
        and TAKES_BY_A_TICK.search(each.words)
        and (TAKES_BY_SMALL_PRINT.search(each.words) or not _only_informs(each.words))
    ]


def states_by_a_tick(look: Look, sent: Sent) -> list[Control]:
    """Boxes by which a person states something, ticked or not, such as to have read the terms.

    Where such a box stands beside a button that goes on, the statement is made by going on. A box
    without words of its own is named by a text of the page.
    """
    told = [each.text for each in look.texts if each.is_told]
    boxes = [
        each
        for each in look.controls
        if (is_ticked(each) or (each.chosen and is_radio(each)))
        and (each.dialog or not look.modal)
        and any(map(_states, [each.words] if each.words else told))
    ]
    return without_those_of_fields(boxes, look, sent)


def _states(words: str) -> bool:
    if AGREE.search(words):
        return True
    return STATES.search(words) is not None and OF_THE_SCREEN.search(words) is None


def _only_informs(words: str) -> bool:
    return any(said.search(words) for said in (KEEPS_INFORMED, KNOWS_OF_RISKS))


def without_those_of_fields(front: list[Control], look: Look, sent: Sent) -> list[Control]:
    """Leave out the buttons of fields that can be typed into, since they send those fields.

    Any control near an unknown field may be its button. A form may surround the whole page, so of a
    search that stood beside the last form only controls close to it count as its buttons.
    """
    fields = [(each, is_of_another(each)) for each in look.fields if not each.covered]
    return [
        each
        for each in front
        if not any(
            each.form == field.form
            if each.form and not (known_as_other and field.likeness in sent.beside)
            else beside(each, field) or (not known_as_other and may_be_of(each, field))
            for field, known_as_other in fields
        )
    ]


_HEADING = 160
"""Characters of a field's heading that a look holds."""


def without_sections_of(asides: Sequence[Field], look: Look) -> Look:
    """Leave out the sections of fields that are none of the login's.

    The form to open an account may stand beside a screen that has a heading of its own. Its section
    is left out only where nothing else can be pressed under its heading.
    """
    for each in asides:
        own = [
            control
            for control in look.controls
            if control.heading == each.heading and not control.dialog
        ]
        if not each.heading or each.dialog or any(e.form != each.form or not e.form for e in own):
            continue
        section = _section(each.heading, own, look.texts)
        if section is None:
            continue
        texts = tuple(
            text
            for number, text in enumerate(look.texts)
            if text.dialog or text.footer or number not in section
        )
        controls = tuple(control for control in look.controls if control not in own)
        fields = tuple(field for field in look.fields if field is not each)
        look = replace(look, texts=texts, controls=controls, fields=fields)
    return look


def _section(heading: str, own: Sequence[Control], texts: Sequence[Text]) -> range | None:
    """The texts from a heading to the last control of its own; None if either is not found.

    Text behind that control may be small print of the whole page, which binds whoever goes on.
    """
    heads = [number for number, text in enumerate(texts) if text.head]
    begin = next((n for n in heads if texts[n].text[:_HEADING] == heading), None)
    if begin is None:
        return None
    end = next((n for n in heads if n > begin), len(texts))
    words = {each.words for each in own}
    pressed = [n for n in range(begin, end) if texts[n].control and texts[n].text in words]
    return range(begin, pressed[-1] + 1) if pressed else None


def leaves_or_undoes(words: str) -> bool:
    """Whether a control leads out of the login, spends money or takes away."""
    return any(said.search(words) for said in (GIVES_UP, SPENDS, UNDOES, CLOSES_AN_ACCOUNT))


def leaves_or_binds(words: str) -> bool:
    """Whether a control leads out of the login, spends money, takes away, or agrees."""
    return leaves_or_undoes(words) or AGREE.search(words) is not None
