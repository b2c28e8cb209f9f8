"""Banners and dialogs about cookies or personal data, and the control that ends one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from upstox_browser_login.page.here import Evidence, Sent, Way
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.besides import DEED_TOLD
from upstox_browser_login.page.states.buttons import GO, NOT_HERE
from upstox_browser_login.page.states.consent import APPROVAL, DENIED, OF_AN_ACCOUNT
from upstox_browser_login.page.states.cookies import (
    ACCEPTS_BESIDES,
    COOKIE_ACCEPT,
    COOKIE_DECLINE,
    COOKIE_DETAILS,
    COOKIES,
    OF_A_WALL,
    OF_PERSONAL_DATA,
    OF_PRIVACY,
    SHOWS_BY_COOKIES,
    TELLS_OF_COOKIES,
    WORKS_BY_COOKIES,
)
from upstox_browser_login.page.states.deeds import CHARGES, PRODUCTS, SPEAKS_OF_MONEY
from upstox_browser_login.page.states.terms import AGREE, NAMES_TERMS, TAKES_BY_SMALL_PRINT, TERMS

from .front import is_ticked, leaves_or_undoes
from .stakes import binds_by_going_on, does_besides
from .texts import joined, sentences, titles


def _asks_for_an_account(look: Look, dialog: int) -> bool:
    """Whether the text that names cookies is an app's request, and lies over nothing."""
    told = joined(e.text for e in look.texts if not (dialog and e.dialog != dialog))
    asks = APPROVAL.search(told) is not None and OF_AN_ACCOUNT.search(told) is not None
    return asks and not any(each.covered for each in look.controls)


def _is_about_something_else(look: Look) -> bool:
    """Whether the screen has titles and none of them is about cookies or a form below."""
    forms = {each.heading for each in look.fields}
    told = [each for each in titles(look) if each not in forms]
    return bool(told) and not any(OF_PRIVACY.search(each) for each in told)


def _only_shows(sentence: str) -> bool:
    """Whether a sentence says that cookies show offers, and that nothing else is done."""
    does = TAKES_BY_SMALL_PRINT.search(sentence) or DEED_TOLD.search(sentence)
    return SHOWS_BY_COOKIES.search(sentence) is not None and does is None


def _agrees(words: str) -> bool:
    return AGREE.search(DENIED.without(words)) is not None


def _refuses_to_agree(words: str) -> bool:
    """Whether a control says that one does not agree, such as "I do not consent"."""
    return AGREE.search(words) is not None and not _agrees(words)


class _Banner(Struct, frozen=True, dict=True):
    """What asks about cookies or personal data, and where it stands."""

    look: Look
    sent: Sent
    dialog: int
    """The number of the dialog that asks; 0 if none does."""
    of_data: bool
    """Whether it is about personal data, and no text names cookies."""

    def holds(self, dialog: int) -> bool:
        """Whether what stands in this dialog belongs to the banner."""
        return not self.dialog or dialog == self.dialog

    @cached_property
    def heads(self) -> list[str]:
        return [e.text for e in self.look.texts if e.head and self.holds(e.dialog)]

    @cached_property
    def lies_over(self) -> bool:
        """Whether it lies over the page, as a dialog or as a banner over a form."""
        covered = any(each.covered for each in self.look.fields) or any(
            each.covered for each in self.look.controls if GO.search(each.words)
        )
        return bool(self.dialog) or self.look.modal or covered

    @property
    def only_no(self) -> bool:
        """Whether only a no may be pressed, since it is about terms or costs something."""
        if self.of_data:
            return True
        return self._is_about_more() and not any(map(COOKIES.search, self.heads))

    def _is_about_more(self) -> bool:
        if any(map(TERMS.search, self.heads)):
            return True
        if not (self.dialog or self.look.modal):
            return False
        told = (
            WORKS_BY_COOKIES.without(sentence)
            for each in sentences(self.look)
            if self.holds(each.dialog)
            for sentence in sentences_in(each.text)
            if not _only_shows(sentence)
        )
        costs = (CHARGES, PRODUCTS, SPEAKS_OF_MONEY)
        return any(what.search(each) for each in told for what in costs)

    @property
    def own(self) -> list[Control]:
        """Its controls that do nothing else.

        On a screen about something else, and beside a form that it covers nothing of, only words
        that are used for cookies alone are its own.
        Before the number was sent, what lies over the form can do nothing to an account.
        """
        own = [
            each
            for each in self.look.controls
            if self.holds(each.dialog)
            and each.can_be_pressed
            and not is_ticked(each)
            and not does_besides(ACCEPTS_BESIDES.without(each.words))
        ]
        answers_more = (
            self.sent.mobile or not self.lies_over or binds_by_going_on(titles(self.look), "")
        )
        is_beside_a_form = bool(self.look.fields) and not self.lies_over
        if is_beside_a_form or (answers_more and _is_about_something_else(self.look)):
            return [each for each in own if OF_A_WALL.search(each.words)]
        return own


def _noes(banner: _Banner, own: Sequence[Control]) -> list[Control]:
    """The controls that say no, or accept only the necessary cookies where no more is asked."""
    binds = banner.of_data or any(map(NAMES_TERMS.search, banner.heads))
    return [
        each
        for each in own
        if (COOKIE_DECLINE.search(each.words) or _refuses_to_agree(each.words))
        and not leaves_or_undoes(each.words)
        and not (binds and _agrees(each.words))
        and not TELLS_OF_COOKIES.search(each.words)
    ]


def _yeses(banner: _Banner, own: Sequence[Control]) -> tuple[list[Control], list[Control]]:
    """The controls that say yes, and the only one that could end the banner, whatever it says."""
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
    rest = [each for each in others if not COOKIE_DETAILS.search(each.words)]
    return yes, rest if len(rest) == 1 and banner.lies_over else []


def _banner_of(look: Look, sent: Sent) -> _Banner | None:
    said = [each for each in sentences(look) if COOKIES.search(each.text)]
    of_data = not said
    if of_data and not sent.mobile:
        said = [each for each in sentences(look) if OF_PERSONAL_DATA.search(each.text)]
    if not said:
        return None
    dialog = next((each.dialog for each in said if each.dialog), 0)
    return None if _asks_for_an_account(look, dialog) else _Banner(look, sent, dialog, of_data)


def cookies(look: Look, sent: Sent) -> Way | None:
    """The control that ends a dialog or a banner about cookies."""
    banner = _banner_of(look, sent)
    # A bar that covers nothing may still close the form until it is answered.
    if banner is None or not (banner.lies_over or all(each.disabled for each in look.fields)):
        return None
    own = banner.own
    choices = [_noes(banner, own)]
    if not banner.only_no:
        choices += _yeses(banner, own)
    ends = next(filter(None, choices), None)
    if ends is None:
        return None
    why = (
        Evidence("words", 2, "speaks of cookies"),
        Evidence("shape", 1, f"control {ends[0].words[:40]!r}"),
    )
    return Way("cookie wall", ends[0], why)
