"""Walls of cookies and of other data, and what ends one without agreeing to more."""

from __future__ import annotations

import re

from upstox_browser_login.page.here import Evidence, Sent, Way
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.buttons import GO, NOT_HERE
from upstox_browser_login.page.states.consent import (
    ACCEPTS_BESIDES,
    AGREE,
    APPROVAL,
    CHARGES,
    COOKIE_ACCEPT,
    COOKIE_DECLINE,
    COOKIE_DETAILS,
    COOKIES,
    DENIED,
    NAMES_TERMS,
    OF_A_WALL,
    OF_AN_ACCOUNT,
    OF_PERSONAL_DATA,
    OF_PRIVACY,
    PRODUCTS,
    SHOWS_BY_COOKIES,
    SPEAKS_OF_MONEY,
    TAKES_BY_SMALL_PRINT,
    TELLS_OF_COOKIES,
    TERMS,
    WORKS_BY_COOKIES,
)
from upstox_browser_login.page.states.passing import DEED_TOLD

from .front import is_ticked, leaves_or_undoes
from .stakes import binds_by_going_on, does_besides
from .texts import sentences, titles


def _asks_for_an_account(look: Look, dialog: int) -> bool:
    """Whether what speaks of cookies is an app that asks for the account, and covers nothing."""
    told = " | ".join(e.text for e in look.texts if not (dialog and e.dialog != dialog))
    asks = APPROVAL.search(told) is not None and OF_AN_ACCOUNT.search(told) is not None
    return asks and not any(each.covered for each in look.controls)


def _is_about_something_else(look: Look) -> bool:
    """Whether there is a title, other than that of a form below, and none names cookies."""
    forms = {each.heading for each in look.fields}
    told = [each for each in titles(look) if each not in forms]
    return bool(told) and not any(OF_PRIVACY.search(each) for each in told)


def _binds(look: Look) -> bool:
    return binds_by_going_on(titles(look), "")


def _only_shows(sentence: str) -> bool:
    """Whether a sentence says that cookies show offers, and has nothing done."""
    does = TAKES_BY_SMALL_PRINT.search(sentence) or DEED_TOLD.search(sentence)
    return SHOWS_BY_COOKIES.search(sentence) is not None and does is None


def _agrees(words: str) -> bool:
    return AGREE.search(DENIED.without(words)) is not None


def _refuses_to_agree(words: str) -> bool:
    """Whether a control says that one does not agree: "I do not consent"."""
    return AGREE.search(words) is not None and not _agrees(words)


def cookies(look: Look, sent: Sent) -> Way | None:
    """A wall of cookies: a dialog, or a banner that covers, with a control that ends it."""
    said = [each for each in sentences(look) if COOKIES.search(each.text)]
    of_data = not said
    if of_data and not sent.mobile:
        said = [each for each in sentences(look) if OF_PERSONAL_DATA.search(each.text)]
    if not said:
        return None
    dialog = next((each.dialog for each in said if each.dialog), 0)
    if _asks_for_an_account(look, dialog):
        return None
    heads = [
        each.text for each in look.texts if each.head and (not dialog or each.dialog == dialog)
    ]
    # Where it is about terms, or costs something, only a no agrees to nothing.
    costs = [CHARGES, PRODUCTS, SPEAKS_OF_MONEY]
    told = [
        WORKS_BY_COOKIES.without(sentence)
        for each in sentences(look)
        if not dialog or each.dialog == dialog
        for sentence in sentences_in(each.text)
        if not _only_shows(sentence)
    ]
    about_more = any(map(TERMS.search, heads)) or (
        (dialog or look.modal) and any(what.search(each) for what in costs for each in told)
    )
    only_no = of_data or (about_more and not any(COOKIES.search(each) for each in heads))
    covers_form = any(each.covered for each in look.fields) or any(
        each.covered for each in look.controls if GO.search(each.words)
    )
    if not (dialog or look.modal or covers_form or not look.fields):
        return None
    own = [
        each
        for each in look.controls
        if (not dialog or each.dialog == dialog)
        and not (each.covered or each.disabled or is_ticked(each))
        and not does_besides(ACCEPTS_BESIDES.without(each.words))
    ]
    # On a screen about something else, what is not the wall's own answers that. Before the number
    # what lies over the form can do nothing for anybody.
    lies_over = dialog or look.modal or covers_form
    if _is_about_something_else(look) and (sent.mobile or not lies_over or _binds(look)):
        own = [each for each in own if OF_A_WALL.search(each.words)]
    # Of cookies one may accept as few as possible; that is a yes where more is asked.
    binds = of_data or any(map(NAMES_TERMS.search, heads))
    no = [
        each
        for each in own
        if (COOKIE_DECLINE.search(each.words) or _refuses_to_agree(each.words))
        and not leaves_or_undoes(each.words)
        and not (binds and _agrees(each.words))
        and not TELLS_OF_COOKIES.search(each.words)
    ]
    others = [
        each
        for each in own
        if not NOT_HERE.search(each.words)
        and not re.search(r"log ?in|sign", each.words, re.IGNORECASE)
    ]
    yes = [
        each
        for each in others
        if COOKIE_ACCEPT.search(each.words) and not leaves_or_undoes(each.words)
    ]
    # Whatever it says, if there is nothing else that could end the wall.
    rest = [each for each in others if not COOKIE_DETAILS.search(each.words)]
    alone = rest if len(rest) == 1 and (dialog or look.modal or covers_form) else []
    for choice in (no,) if only_no else (no, yes, alone):
        if choice:
            why = (
                Evidence("words", 2, "speaks of cookies"),
                Evidence("shape", 1, f"control {choice[0].words[:40]!r}"),
            )
            return Way("cookie wall", choice[0], why)
    return None
