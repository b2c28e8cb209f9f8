"""A screen between the forms, and the one control that leads past it."""

from __future__ import annotations

from upstox_browser_login.page.here import Evidence, Sent, Stop, Way, stop
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.states.buttons import NOT_HERE
from upstox_browser_login.page.states.consent import (
    AGREE,
    APPROVE,
    BINDS,
    CHARGES,
    NEEDS_NOTHING,
    NOT_OUR_APPROVAL,
    TERMS,
)
from upstox_browser_login.page.states.fields import SOMEBODY_ELSES
from upstox_browser_login.page.states.passing import (
    ACKNOWLEDGES,
    ASKS_FOR_NUMBER,
    BEGIN,
    BETWEEN,
    BLOCKS,
    CALLS_OFF,
    CORRECTS,
    DECLINE,
    KEEPS,
    PASS_BY,
    TELLS_OF_LOGIN,
)

from .front import is_of_another, is_ticked, leaves_or_binds, pressable, without_those_of_fields
from .stakes import (
    agrees_by_going_on,
    binds_by_going_on,
    does_nothing,
    is_about_what_is_done,
    is_for_a_person,
    is_neutral,
    something_is_at_stake,
)
from .texts import body, headings, titles


def between(look: Look, sent: Sent, marks: Marks = NO_MARKS) -> Way | Stop | None:
    """A screen between the forms, with one neutral or declining way on.

    What it asks to agree to is for a person, and so is whatever would act in a person's name.
    """
    front = without_those_of_fields(pressable(look), look)
    if not front:
        return None
    text = f"{look.title if not look.fields else ''} | {headings(look)} | {body(look)}"
    stays = [each for each in front if not (leaves_or_binds(each.words) or is_ticked(each))]
    binds = binds_by_going_on(titles(look), text)
    passes = [
        each
        for each in stays
        if PASS_BY.search(each.words)
        # To keep what costs money is to pay for it.
        and not (KEEPS.search(each.words) and CHARGES.search(text))
    ]
    declines = [each for each in stays if DECLINE.search(each.words)]
    if NOT_OUR_APPROVAL.search(text) and any(APPROVE.search(e.words) for e in front):
        declines += [each for each in stays if BLOCKS.search(each.words)]
    tells = TELLS_OF_LOGIN.search(text) is not None
    asks = sent.mobile and ASKS_FOR_NUMBER.search(text) is not None
    goes_on = [
        each
        for each in stays
        if each not in passes and is_neutral(each.words, text, tells=tells, asks=asks)
    ]
    at_stake = something_is_at_stake(text)
    only = _only_control(front, stays, sent)
    is_quiet = not (at_stake or is_about_what_is_done(text))
    if not goes_on and only is not None and is_quiet and does_nothing(only.words, text):
        goes_on = [only]
    agrees = [each for each in front if AGREE.search(each.words)]
    # Where it binds, its control goes on with that, however neutral its words are.
    neutral = [] if binds else goes_on
    if is_for_a_person(text) and not passes:
        return None
    asks_to_agree = TERMS.search(headings(look) or text) is not None
    if agrees and (asks_to_agree or not (passes or declines or neutral)):
        why = (
            Evidence("words", 2, f"control {agrees[0].words[:60]!r}"),
            Evidence("shape", 1, "terms" if asks_to_agree else "and no other way on"),
        )
        return stop("agreement", *why)
    led = _led_by_file(front, marks)
    if led is not None:
        why = (
            Evidence("file", 2, f"control {led.words[:60]!r}"),
            Evidence("shape", 1, "a dialog" if look.modal else "no field to fill"),
        )
        return Way(f"screen {(headings(look) or body(look))[:60]!r}", led, why)
    begins = [
        each for each in stays if BEGIN.search(each.words) and not SOMEBODY_ELSES.search(each.words)
    ]
    begins = [each for each in begins if each in neutral] or begins
    if len(begins) == 1 and not sent.mobile and not look.modal:
        why = (
            Evidence("words", 2, f"control {begins[0].words[:60]!r}"),
            Evidence("shape", 1, "and no field"),
        )
        return Way("start screen", begins[0], why)
    if goes_on and not (passes or declines) and (binds or agrees_by_going_on(look)):
        why = (
            Evidence("words", 2, f"to go on is to agree: control {goes_on[0].words[:60]!r}"),
            Evidence("shape", 1, "terms"),
        )
        return stop("agreement", *why)
    # A screen of no known kind is passed where nothing is at stake. That there is nothing else to
    # press does not say so, unless a press says that it was read and no more, or the screen that it
    # needs nothing.
    is_known = (
        tells
        or asks
        or look.modal
        or (only is not None and (ACKNOWLEDGES.search(only.words) or NEEDS_NOTHING.search(text)))
        or (is_quiet and not any(CORRECTS.search(each.words) for each in front))
        or BETWEEN.search(text) is not None
    )
    # To call off what is under way may end the login; to decline an offer does not.
    calls_off = all(CALLS_OFF.search(each.words) for each in declines)
    ends = tells or (calls_off and is_quiet and BINDS.search(text) is None)
    best = _way_on(passes, declines, neutral if is_known else [], ends=ends) or (
        None if binds else _cross(front)
    )
    if best is None:
        return None
    why = (
        Evidence("words", 2, f"control {best.words[:60]!r}"),
        Evidence("shape", 1, "a dialog" if look.modal else "no field to fill"),
    )
    return Way(f"screen {(headings(look) or body(look))[:60]!r}", best, why)


def past_a_field(look: Look) -> Way | None:
    """What passes by a screen that asks for what is none of a login's, such as an e-mail address.

    Every field there must be known as such, so that no form of the login is passed by.
    """
    if not look.fields or not all(is_of_another(each) for each in look.fields):
        return None
    ways = [
        each
        for each in pressable(look)
        if PASS_BY.search(each.words)
        and not (leaves_or_binds(each.words) or is_ticked(each))
        and not NOT_HERE.search(each.words)
    ]
    if len({each.words.lower() for each in ways}) != 1:
        return None
    why = (
        Evidence("words", 2, f"control {ways[0].words[:60]!r}"),
        Evidence("shape", 1, "every field there is for something else"),
    )
    return Way(f"screen {(headings(look) or body(look))[:60]!r}", ways[0], why)


def _only_control(front: list[Control], stays: list[Control], sent: Sent) -> Control | None:
    """The one thing to press on a screen; None where there are several.

    What stood beside the last form too belongs to the page, and is not this screen's.
    """
    own = [each for each in front if each.words not in sent.stood] if len(front) > 1 else front
    # A box that is not ticked does nothing.
    own = [each for each in own if each.chosen or not is_ticked(each)]
    return own[0] if len(own) == 1 and own[0] in stays and not own[0].opens else None


def _led_by_file(front: list[Control], marks: Marks) -> Control | None:
    led = [
        each
        for each in front
        if marks.leads_on(each) and not AGREE.search(each.words) and not NOT_HERE.search(each.words)
    ]
    return led[0] if len(led) == 1 else None


def _way_on(
    passes: list[Control], declines: list[Control], neutral: list[Control], *, ends: bool
) -> Control | None:
    """The one control that leads past a screen and does nothing else; None without one.

    `ends`: to decline might end this very login.
    """
    if passes:
        return passes[0]
    if declines and not (ends and neutral):
        return declines[0]
    return neutral[0] if len({each.words.lower() for each in neutral}) == 1 else None


_CROSS = 56
"""Pixels: no side of a cross that closes a dialog is longer."""


def _cross(front: list[Control]) -> Control | None:
    """The cross of a dialog that is only drawn: its one control without words, small and on top."""
    drawn = [each for each in front if each.icon and not each.words]
    if len(drawn) != 1 or not drawn[0].dialog or len(front) < 2:
        return None
    if any(CORRECTS.search(each.words) for each in front):
        return None  # it may be the tick that says that all is right
    _, top, width, height = drawn[0].at
    others = [each.at[1] for each in front if each is not drawn[0]]
    is_small = max(width, height) <= _CROSS and not drawn[0].opens
    return drawn[0] if is_small and all(top < each for each in others) else None
