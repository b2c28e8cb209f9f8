"""An app's request for access: how to let our own app in, and nobody else."""

from __future__ import annotations

import itertools
import re

from upstox_browser_login.page.controls import names_a_thing
from upstox_browser_login.page.fields.carried_out import carries_something_out
from upstox_browser_login.page.here import Evidence, Sent, Stop, Way, stop
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.consent import (
    ALLOWS_AND_DOES,
    APP_THAT_ASKS,
    APPROVAL,
    APPROVES_APP,
    BEYOND_TRADING,
    DENIED,
    DOES_OTHERWISE,
    GIVES_LEAVE,
    GOES_ON_PLAINLY,
    GRANTS_ACCESS,
    IS_REGISTERED,
    LET_IN_BY_NAME,
    LETS_IN,
    MOVES,
    NAMED_AS_AN_APP,
    NOT_OUR_APPROVAL,
    OF_AN_ACCOUNT,
    OF_AN_APP,
    PERMITS,
    PUTS_OFF,
    REFUSES_ACCESS,
    REFUSES_APP,
    SCOPE,
    SPEAKS_OF_AN_APP,
    TRADES,
    TRADES_NOTHING,
    WHO_GETS_ACCESS,
)
from upstox_browser_login.page.states.deeds import (
    DEEDS,
    PRODUCTS,
    SPEAKS_OF_MONEY,
    SPENDS_OR_UNDOES,
)
from upstox_browser_login.page.states.passing import DECLINE
from upstox_browser_login.page.states.screens import CLIENT_CODE
from upstox_browser_login.page.states.terms import AGREES_BY_GOING_ON, TERMS_OF_AN_APP

from .front import is_ticked, takes_by_a_tick
from .stakes import binds_by_going_on
from .texts import body, titles


def approval(look: Look, sent: Sent) -> Way | Stop | None:
    """The way to let our own app in, or the end of the login where only a person may decide.

    A person must decide where the app asks for more than to trade, such as to move money, or where
    other terms than the app's are agreed to.
    """
    if look.fields or not look.controls:
        return None
    said = _without_registrations(body(look))
    surely = APPROVAL.search(said) is not None
    open_ = [each for each in look.controls if not each.disabled]
    if _is_no_approval(look, open_):
        return None
    if not (surely or PERMITS.search(said) or _asks_by_its_controls(look, said)):
        return _may_be_our_app(open_, said) if sent.mobile else None
    # Before anybody has logged in, nobody knows whose app it is.
    if not (sent.pin or sent.mobile):
        return None
    lets_in = [each for each in open_ if APPROVES_APP.search(each.words)]
    yes = _that_only_allow(look, open_, lets_in)
    beside = None
    if lets_in or yes:
        beside = _agrees_beside(said) or _does_beside(look, lets_in, yes) or _carried_out(look)
    more = beside or _asks_for(BEYOND_TRADING, said)
    if more is None and not surely:
        more = _asks_for(NOT_OUR_APPROVAL, said)
    if more is not None:
        # A permission for the browser, such as to see the location, may be declined.
        of_account = surely and OF_AN_ACCOUNT.search(said) is not None
        if not (beside or of_account or (yes and MOVES.search(more))):
            return None
        return _left(f"an app asks for more than to trade: {more[:60]!r}", "and no field")
    if not surely and yes and _may_be_for_something_else(look, said):
        return _left(f"something else than to trade is wanted: {said[:60]!r}", "and no field")
    if len(yes) == 1:
        return _let_in(yes[0], look, said)
    # To refuse the app would end this login, so that is not done either.
    refuses = next((each for each in open_ if REFUSES_APP.search(each.words)), None)
    if not (surely and refuses):
        return None
    return _left(
        f"an app asks for access: control {refuses.words[:40]!r}", "and no one control allows it"
    )


def _let_in(control: Control, look: Look, said: str) -> Way | Stop:
    """Let the app in, unless who gets access may be a person."""
    person = _may_be_a_person(said, titles(look))
    if person is not None:
        told = f"who gets access may be a person: {person[:40]!r}"
        return _left(told, "and nothing calls it an app")
    words = Evidence("words", 2, "an app asks for access")
    return Way(
        "approval", control, (words, Evidence("shape", 1, f"control {control.words[:40]!r}"))
    )


def _left(words: str, shape: str) -> Stop:
    """The end of a login where only a person may decide, and the evidence for that."""
    return stop("agreement", Evidence("words", 2, words), Evidence("shape", 1, shape))


def _that_only_allow(look: Look, open_: list[Control], lets_in: list[Control]) -> list[Control]:
    """The controls that let the app in and do nothing else."""
    app = _app_that_asks(look)
    yes = [each for each in lets_in if not _does_more_than_allow(each.words.lower(), app)]
    if yes or not any(map(_is_an_approvals, _asked(look))):
        return yes
    # Beside a control that calls it off, to go on is to allow it.
    off = any(DECLINE.search(each.words) for each in open_)
    return [each for each in open_ if off and GOES_ON_PLAINLY.search(each.words)]


def _asked(look: Look) -> list[str]:
    """The titles, and the sentences that a title begins and the text below goes on with."""
    lines = [each for each in look.texts if each.is_told]
    begun = [
        f"{head.text} {text.text}"
        for head, text in itertools.pairwise(lines)
        if head.head and not text.head and text.text[:1].islower()
    ]
    return [*titles(look), *begun]


def _may_be_for_something_else(look: Look, said: str) -> bool:
    """Whether a title or the text gives leave for something else than an app's access."""
    others = (each for each in titles(look) if GIVES_LEAVE.search(each))
    return DOES_OTHERWISE.search(said) is not None or not all(map(_is_an_approvals, others))


def _is_an_approvals(title: str) -> bool:
    """Whether the title by itself says that somebody with a name is let in."""
    lets_in = LETS_IN.search(title) is not None and _lets_one_in(title)
    return lets_in or APPROVAL.search(title) is not None


def _may_be_our_app(open_: list[Control], said: str) -> Stop | None:
    """The end of a login on a screen that may ask for our own app.

    To say no there would refuse this login. Such a screen speaks of access and of trading, and has
    one control for yes and one for no.
    """
    yes = any(APPROVES_APP.search(e.words) or GOES_ON_PLAINLY.search(e.words) for e in open_)
    no = next((each for each in open_ if REFUSES_APP.search(each.words)), None)
    speaks = SPEAKS_OF_AN_APP.search(said) is not None and TRADES.search(said) is not None
    if not (yes and no and speaks) or NOT_OUR_APPROVAL.search(said) or SPEAKS_OF_MONEY.search(said):
        return None
    return _left(
        f"an app may ask for access: control {no.words[:40]!r}",
        "and nothing says surely what is asked",
    )


def _asks_by_its_controls(look: Look, said: str) -> bool:
    """Whether one control grants access and another denies it, on a screen that speaks of an app.

    A title must let somebody in by a name, and a text or box must tell of trading.
    """
    open_ = [each for each in look.controls if not each.disabled]
    words = [each.words for each in open_]
    told = " | ".join((said, *(each.words for each in open_ if is_ticked(each))))
    about = titles(look)
    return (
        all(any(map(each.search, words)) for each in (GRANTS_ACCESS, REFUSES_ACCESS))
        and (SPEAKS_OF_AN_APP.search(" | ".join((said, *words))) or OF_AN_APP.search(said))
        is not None
        and any(LETS_IN.search(each) and _lets_one_in(each) for each in about)
        and not binds_by_going_on(about, said)
        and TRADES.search(told) is not None
    )


def _lets_one_in(title: str) -> bool:
    """Whether a title lets in somebody with a name, and not a product such as "F&O"."""
    if re.search(r"[^\W\d_a-zA-Z]", title):
        return not TRADES.search(title)  # this script has no capitals that would show a name
    found = LET_IN_BY_NAME.fullmatch(title)
    if found is None:
        return False
    name = found["who"].strip()
    if not name:
        return OF_AN_APP.search(title) is not None
    is_known = TRADES_NOTHING.search(name) or CLIENT_CODE.search(name)
    is_a_thing = names_a_thing(name.split()[-1]) or not re.search(r"[^\W\d]", name)
    return not (is_known or is_a_thing) and re.search(r"\w{3}", PRODUCTS.without(name)) is not None


def _who_gets_access(said: str) -> list[str]:
    """The names in an approval of those who get access."""
    found = filter(None, (each.search(said) for each in WHO_GETS_ACCESS))
    return [each["who"] for each in found]


def _without_registrations(said: str) -> str:
    """The text without small print on what the broker or the app is registered as."""
    said = IS_REGISTERED.without(said)
    for name in filter(NAMED_AS_AN_APP.search, _who_gets_access(said)):
        as_what = rf"(^|(?<=[|.!?])) *{re.escape(name)}\b[^|.!?]{{0,60}}{_REGISTERED}"
        said = re.sub(as_what, " ", said)
    return said


_REGISTERED = r"\b(is|are) (an? )?(sebi[- ])?registered\b[^|.!?]*"


def _may_be_a_person(said: str, about: list[str]) -> str | None:
    """The name of somebody who gets access, unless something says that it is an app."""
    let_in = [each["who"] for each in map(LET_IN_BY_NAME.fullmatch, about) if each and each["who"]]
    names = [*_who_gets_access(said), *let_in]
    if OF_AN_APP.search(said) or any(map(NAMED_AS_AN_APP.search, names)):
        return None
    return next(iter(names), None)


def _asks_for(what: Pattern, said: str) -> str | None:
    """The first sentence that asks for this, without what it says is not done."""
    asked = sentences_in(said)
    return next((each for each in asked if what.search(DENIED.without(each))), None)


def _app_that_asks(look: Look) -> str:
    """The name of the app that asks for access in a title; empty if it is only a product's."""
    found = next(filter(None, map(APP_THAT_ASKS.search, titles(look))), None)
    name = "" if found is None else found["app"]
    return name if re.search(r"\w{3}", PRODUCTS.without(name)) else ""


def _does_more_than_allow(words: str, app: str) -> bool:
    """Whether a control that lets an app in does something else too: "Allow and subscribe".

    A product's name may be a part of the `app`'s name, as in "Allow SIP Tracker".
    """
    own = words.replace(app, " ", 1) if app else words
    return any(
        said.search(own) for said in (PRODUCTS, SPEAKS_OF_MONEY, ALLOWS_AND_DOES, DEEDS, MOVES)
    )


def _does_beside(look: Look, lets_in: list[Control], yes: list[Control]) -> str | None:
    """What would also be taken by letting the app in, by the control or by a ticked box."""
    ticked = [each for each in takes_by_a_tick(look) if not SCOPE.search(each.words)]
    told = ticked or ([] if yes else lets_in)
    return told[0].words if told else None


def _carried_out(look: Look) -> str | None:
    """The text or the row of a summary by which letting the app in carries something out."""
    told = [each.text for each in look.texts if each.is_told]
    rows = itertools.pairwise(["", *told])
    return next((" ".join(row).strip() for row in rows if carries_something_out(row, ())), None)


def _agrees_beside(said: str) -> str | None:
    """The first sentence that agrees to more than the app's own terms by letting it in."""
    for sentence in sentences_in(said):
        found = AGREES_BY_GOING_ON.search(sentence)
        if found and found["to"] is not None and not TERMS_OF_AN_APP.search(found["to"]):
            return sentence
    return None


def _is_no_approval(look: Look, open_: list[Control]) -> bool:
    """Whether a screen that speaks of access takes it away, or can be put off."""
    asked = [each for each in sentences_in(body(look)) if each.rstrip().endswith("?")]
    takes_away = any(map(SPENDS_OR_UNDOES.search, (*titles(look), *asked)))
    return takes_away or any(PUTS_OFF.search(each.words) for each in open_)
