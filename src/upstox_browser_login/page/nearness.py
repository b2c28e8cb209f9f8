"""What belongs together on the page, by its form and by where it stands."""

from __future__ import annotations

from .look import Control, Field, Look

_CLOSE = 60
"""Pixels: a field's own button stands no farther away."""

_CLOSE_BELOW = 160
"""Pixels between the fields of a form that is not marked as one."""

_LEVEL = 8
"""Pixels: the tops of fields in one row differ by no more."""

_NEARER = 20
"""Pixels: only a larger difference makes a control clearly nearer to one of two fields."""


def share_a_form(one: Control | Field, other: Field) -> bool:
    """Whether both are in the same form of one frame, or both in no form of it."""
    return (one.form, one.frame) == (other.form, other.frame)


def are_together(one: Field, other: Field) -> bool:
    """Whether two fields are of one form, or stand close together outside any form.

    Close means one below the other, or in one row.
    """
    if one.frame != other.frame:
        return False  # forms and places are counted in each frame by itself
    if one.form or other.form:
        return one.form == other.form
    (left, top, width, _), (x, y, w, _) = one.at, other.at
    apart = max(left - (x + w), x - (left + width))
    return abs(top - y) <= _CLOSE_BELOW and apart <= (_CLOSE if abs(top - y) <= _LEVEL else 0)


def may_be_of(control: Control, each: Field) -> bool:
    """Whether a control in no form stands where the field's button may stand."""
    left, top, width, height = each.at
    x, y, w, h = control.at
    below = -20 <= y - (top + height) <= 420
    level = abs((y + h / 2) - (top + height / 2)) <= max(height, 30)
    over = x < left + width + 260 and x + w > left - 160
    return (below or level) and over


def beside(control: Control, each: Field) -> bool:
    """Whether a control in no form stands so close to a field that it belongs to it."""
    return distance(control, each) <= _CLOSE


def ends_its_row(control: Control, each: Field) -> bool:
    """Whether a control stands right behind a field in one row, as that field's own does."""
    left, top, width, height = each.at
    x, y, _, h = control.at
    level = abs((y + h / 2) - (top + height / 2)) <= _LEVEL
    return level and 0 <= x - (left + width) <= _NEARER


def distance(control: Control, each: Field) -> float:
    """Pixels between a control and a field: those across and those down, added up."""
    left, top, width, height = each.at
    x, y, w, h = control.at
    dx = max(left - (x + w), x - (left + width), 0)
    dy = max(top - (y + h), y - (top + height), 0)
    return dx + dy


def is_of_another_field(look: Look, control: Control, each: Field) -> bool:
    """Whether a control outside the field's form lies nearer to another field outside it.

    A form's button sends no field outside that form. Fields and controls in no form at all belong
    together by where they stand.
    """
    if each.form == 0 and control.form != 0:
        return any(
            other.form == control.form and other.frame == each.frame for other in look.fields
        )
    if each.form == control.form != 0:
        return False
    return any(
        distance(control, other) + _NEARER < distance(control, each)
        for other in look.fields
        if other.frame == each.frame
        and (other.form == 0 if each.form == 0 else other.form != each.form)
        and not are_together(each, other)
    )
