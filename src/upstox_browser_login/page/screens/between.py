"""Which one control leads past a screen between the forms, or that only a person may go on."""

from __future__ import annotations

from collections.abc import Callable

from upstox_browser_login.page.controls import beside, names_a_thing
from upstox_browser_login.page.fields.names import is_said_at
from upstox_browser_login.page.fields.vetoes import Case, vetoes_of
from upstox_browser_login.page.fields.words import is_of_another_form
from upstox_browser_login.page.here import Evidence, Sent, Stop, Way, stop
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.buttons import NOT_GO, NOT_HERE
from upstox_browser_login.page.states.consent import (
    APPROVAL,
    DENIED,
    LETS_IN,
    NOT_OUR_APPROVAL,
    OF_AN_ACCOUNT,
    PERMITS,
)
from upstox_browser_login.page.states.deeds import BINDS, PRODUCTS, SPEAKS_OF_MONEY
from upstox_browser_login.page.states.duties import TELLS_MORE
from upstox_browser_login.page.states.fields import KNOWN, PURPOSES, SOMEBODY_ELSES
from upstox_browser_login.page.states.going_on import ASSENTS, BEGIN, DOES
from upstox_browser_login.page.states.kinds import OF_A_CLOSURE, ONLY_TELLS
from upstox_browser_login.page.states.passing import CALLS_OFF, KEEPS, PASS_BY
from upstox_browser_login.page.states.questions import (
    ASKS_FOR_A_CUSTOMER,
    CONFIRMS_OR_SENDS,
    CORRECTS,
    CORRECTS_THE_NUMBER,
    ENGLISH,
    IS_A_CUSTOMERS_YES,
    LANGUAGE,
    OF_THE_NUMBER,
    SHOWS_A_NUMBER,
)
from upstox_browser_login.page.states.terms import AGREE, TERMS

from .front import is_of_another, is_ticked, leaves_or_binds, pressable
from .presses import Between, read_screen
from .stakes import (
    agrees_by_going_on,
    does_besides,
    is_for_a_person,
    offers_or_does,
    passing_does_something,
)
from .texts import body, headings, sentences, titles


def between(look: Look, sent: Sent, marks: Marks = NO_MARKS) -> Way | Stop | None:
    """A screen between the forms, with one neutral or declining way on.

    What it asks to agree to is for a person, and so is whatever would act in a person's name.
    """
    screen = read_screen(look, sent, marks)
    if screen is None:
        return None
    # First: nobody but a person agrees to terms, even if the page file leads on.
    agreement = _asks_to_agree(screen)
    if agreement is not None or _is_left_to_a_person(screen):
        return agreement
    for answer_of in _IN_ORDER:
        answer = answer_of(screen)
        if answer is not None:
            return answer
    return None


def _is_left_to_a_person(screen: Between) -> bool:
    """Whether the screen wants a person to act, and no control passes it by.

    Asked before every way on, since there not even an entry of a page file allows a press.
    """
    return is_for_a_person(screen.text) and not screen.passes


def _asks_to_agree(screen: Between) -> Stop | None:
    """The screen is about terms, or nothing but to agree leads on from it."""
    agrees = [each for each in screen.front if AGREE.search(each.words)]
    about_terms = TERMS.search(headings(screen.look) or screen.text) is not None
    another_way = screen.passes or screen.declines or screen.neutral
    if not agrees or (another_way and not about_terms):
        return None
    return stop(
        "agreement",
        Evidence("words", 2, f"control {agrees[0].words[:60]!r}"),
        Evidence("shape", 1, "terms" if about_terms else "and no other way on"),
    )


def _leads_on_by_file(screen: Between) -> Way | None:
    """A person's page file names the one control that leads on."""
    led = [
        each
        for each in screen.front
        if screen.marks.leads_on(each)
        and not AGREE.search(each.words)
        and not NOT_HERE.search(each.words)
    ]
    if len(led) != 1:
        return None
    return _past(screen, led[0], Evidence("file", 2, f"control {led[0].words[:60]!r}"))


def _begins(screen: Between) -> Way | None:
    """One control begins the login of customers, before the number was sent."""
    begins = [
        each
        for each in screen.stays
        if BEGIN.search(each.words) and not SOMEBODY_ELSES.search(each.words)
    ]
    if not begins and ASKS_FOR_A_CUSTOMER.search(screen.text):
        begins = [each for each in screen.stays if IS_A_CUSTOMERS_YES.search(each.words)]
    begins = [each for each in begins if each in screen.neutral] or begins
    if len(begins) != 1 or screen.sent.mobile or screen.look.modal:
        return None
    why = (
        Evidence("words", 2, f"control {begins[0].words[:60]!r}"),
        Evidence("shape", 1, "and no field"),
    )
    return Way("start screen", begins[0], why)


def _in_english(screen: Between) -> Way | None:
    """English, where nothing but languages can be pressed.

    Before the number only: afterwards it may be a choice for the account, as for its letters.
    """
    if screen.sent.mobile:
        return None
    english = [each for each in screen.stays if ENGLISH.search(each.words)]
    others = [each for each in screen.front if LANGUAGE.search(each.words)]
    if len(english) != 1 or not others or len(others) + 1 != len(screen.front):
        return None
    why = (
        Evidence("words", 2, f"control {english[0].words[:60]!r}"),
        Evidence("shape", 1, "beside other languages"),
    )
    return Way("language", english[0], why)


def _confirms_the_number(screen: Between) -> Way | None:
    """The number is shown that was typed, and beside what corrects it one control leads on.

    Nobody is logged in before the code was taken, so what leads on can only send that, unless the
    screen is about something else.
    """
    sent = screen.sent
    if not sent.mobile or "otp" in sent.accepted or not SHOWS_A_NUMBER.search(screen.own):
        return None
    others = [
        each
        for each in screen.front
        if not (CORRECTS.search(each.words) or CORRECTS_THE_NUMBER.search(each.words))
    ]
    if len(others) != 1 or others == screen.front or others[0] not in screen.stays:
        return None
    words = others[0].words
    if any(said.search(words) for said in (NOT_GO, NOT_HERE, TELLS_MORE, SPEAKS_OF_MONEY)):
        return None
    does = OF_THE_NUMBER.without(CONFIRMS_OR_SENDS.without(words))
    if DOES.search(does) or names_a_thing(does) or _is_of_another_errand(screen, others[0]):
        return None
    return _past(screen, others[0], Evidence("words", 2, "beside what corrects the number"))


def _is_of_another_errand(screen: Between, control: Control) -> bool:
    """Whether the number is wanted for something else than to log in, or something is at stake.

    The screen goes on with the form that the number was typed into, so what forbids that forbids
    this.
    """
    look = screen.look
    texts = [each.text for each in sentences(look)]
    shown = [each for each in texts if SHOWS_A_NUMBER.search(each)]
    number = Field(n=0, heading=" | ".join(titles(look)), near=tuple(texts))
    heads = " | ".join(each.text for each in look.texts if each.head)
    return (
        screen.binds
        or agrees_by_going_on(look)
        or any(map(offers_or_does, (number.heading, *shown)))
        or any(vetoes_of(Case(number, "mobile", look, screen.sent, (control,), control)))
        or is_of_another_form(number)
        or TERMS.search(number.heading) is not None
        or KNOWN["mobile"].against.search(heads) is not None
    )


def _agrees_by_going_on(screen: Between) -> Stop | None:
    """To go on is to agree, whatever the control says, and nothing passes by or declines."""
    if not screen.goes_on or screen.passes or screen.declines:
        return None
    if not (screen.binds or agrees_by_going_on(screen.look)):
        return None
    return stop(
        "agreement",
        Evidence("words", 2, f"to go on is to agree: control {screen.goes_on[0].words[:60]!r}"),
        Evidence("shape", 1, "terms"),
    )


def _leads_past(screen: Between) -> Way | None:
    """One control leads past the screen and does nothing else."""
    best = _way_on(screen) or (None if screen.binds else _cross(screen.front))
    if best is None:
        return None
    return _past(screen, best, Evidence("words", 2, f"control {best.words[:60]!r}"))


_IN_ORDER: tuple[Callable[[Between], Way | Stop | None], ...] = (
    # Before all that the tables make of the words: a person has said which control leads on.
    _leads_on_by_file,
    # Before what goes on: a start screen may speak of terms, and to begin does not agree to them.
    _begins,
    # It does no more than what it says.
    _in_english,
    # Whatever the one control says that leads on beside what corrects the number.
    _confirms_the_number,
    # Before the neutral ways: a control that says no more than to go on may bind a person.
    _agrees_by_going_on,
    # Last, when it is known whether to go on binds: what passes by, declines, goes on or closes.
    _leads_past,
)
"""The questions about a screen that may be passed; the first that has an answer gives it."""


def _past(screen: Between, control: Control, why: Evidence) -> Way:
    """The way past a screen, named after what it says."""
    look = screen.look
    shape = Evidence("shape", 1, "a dialog" if look.modal else "no field to fill")
    return Way(f"screen {(headings(look) or body(look))[:60]!r}", control, (why, shape))


def _way_on(screen: Between) -> Control | None:
    """The one control that leads past a screen and does nothing else; None without one."""
    if (screen.passes or screen.declines) and _may_refuse_an_unknown_app(screen):
        return None
    neutral = screen.neutral if screen.is_known else []
    passes, declines = screen.passes, screen.declines
    if neutral and _only_tells(screen):
        # What stood beside the last form as well, such as a dialog's cross, ends that form's login.
        passes = [each for each in passes if each.words not in screen.sent.stood]
        declines = [each for each in declines if each.words not in screen.sent.stood]
    if passes:
        return passes[0]
    if declines and (_may_refuse_our_app(screen) or _may_call_off_anything(screen)):
        return None
    if declines and not (neutral and _may_end_the_login(screen)):
        return declines[0]
    return neutral[0] if len({each.words.lower() for each in neutral}) == 1 else None


def _only_tells(screen: Between) -> bool:
    """Whether a screen offers nothing that going on would take.

    All that it wants is to be read, it tells of this login, or its headings say that it only tells.
    """
    about = titles(screen.look)
    only_tells = bool(about) and all(map(ONLY_TELLS.search, about))
    return screen.is_to_be_read or screen.tells or only_tells


def _may_end_the_login(screen: Between) -> bool:
    """Whether to decline might end this very login.

    To call off what is under way may do so; to decline an offer does not.
    """
    calls_off = all(CALLS_OFF.search(each.words) for each in screen.declines)
    is_harmless = screen.is_of_a_known_kind and screen.is_quiet and not BINDS.search(screen.text)
    return screen.tells or (calls_off and is_harmless)


def _may_call_off_anything(screen: Between) -> bool:
    """Whether nobody knows what is asked: to go on may have it done, to call it off end the login.

    Before the number it can be nothing of the account.
    """
    calls_off = all(CALLS_OFF.search(each.words) for each in screen.declines)
    asks = screen.sent.mobile and screen.is_quiet and not screen.is_of_a_known_kind
    return calls_off and asks and any(ASSENTS.search(each.words) for each in screen.goes_on)


def _may_refuse_an_unknown_app(screen: Between) -> bool:
    """Whether an app asks for the account before anybody has logged in, when it may be ours."""
    text = screen.text
    asks = APPROVAL.search(text) is not None and OF_AN_ACCOUNT.search(text) is not None
    return asks and not screen.sent.mobile


def _may_refuse_our_app(screen: Between) -> bool:
    """Whether to decline may keep out the app that this login is for.

    After the PIN that is what is asked, in words that nobody has foreseen, unless the screen names
    what an app needs not, or what would be pressed names it or a product of Upstox's.
    """
    lets_in = [each.words for each in screen.front if LETS_IN.search(each.words)]
    said = (APPROVAL, PERMITS)
    asks = any(each.search(screen.text) for each in said) or any(
        not (PRODUCTS.search(each) or NOT_OUR_APPROVAL.search(each)) for each in lets_in
    )
    # What an app may not do is said of ours as well.
    wanted = " | ".join(map(DENIED.without, sentences_in(screen.text)))
    return screen.sent.pin and asks and NOT_OUR_APPROVAL.search(wanted) is None


_CROSS = 56
"""Pixels: no side of a cross that closes a dialog is longer."""


def _cross(front: list[Control]) -> Control | None:
    """The cross of a dialog that is only drawn: its one control without words, small and on top."""
    drawn = [each for each in front if each.icon and not each.words]
    if len(drawn) != 1 or not drawn[0].dialog or len(front) < 2:
        return None
    if any(CORRECTS.search(each.words) for each in front):
        return None  # the sign may be a tick that confirms, beside a control that corrects
    _, top, width, height = drawn[0].at
    others = [each.at[1] for each in front if each is not drawn[0]]
    is_small = max(width, height) <= _CROSS and not drawn[0].opens
    return drawn[0] if is_small and all(top < each for each in others) else None


def _is_asked_no_more(each: Field, sent: Sent) -> bool:
    """Whether the login has no use for a field: all of it, or what the field is named by, is taken.

    A PIN that is asked for after that confirms an order, a second number is a nominee's.
    """
    if {"otp", "pin"} <= sent.accepted:
        return True
    # "The code sent to your mobile" names the number, and asks for the code.
    said = {
        purpose
        for purpose in PURPOSES
        if is_said_at(each, KNOWN[purpose].words) or is_said_at(each, KNOWN[purpose].form)
    }
    return bool(said) and said <= sent.accepted


def _told(control: Control) -> Evidence:
    return Evidence("words", 2, f"control {control.words[:60]!r}")


def _begins_beside(control: Control, look: Look) -> bool:
    """Whether a control begins the login of customers and sends none of the fields beside it."""
    is_of_a_form = any(
        control.form == each.form if each.form or control.form else beside(control, each)
        for each in look.fields
    )
    others = SOMEBODY_ELSES.search(control.words) or NOT_HERE.search(control.words)
    begins = BEGIN.search(control.words) is not None and not others
    return begins and not is_of_a_form and not leaves_or_binds(control.words)


def past_a_field(look: Look, sent: Sent) -> Way | None:
    """What passes by a screen that asks for what is none of a login's, such as an e-mail address.

    Every field there must be known as such, so that no form of the login is passed by.
    """
    # Where all are covered, what lies over them has been asked about already.
    if all(each.covered for each in look.fields) or not all(
        is_of_another(each) or _is_asked_no_more(each, sent) for each in look.fields
    ):
        return None
    text = body(look)
    if APPROVAL.search(text) and not NOT_OUR_APPROVAL.search(text):
        return None  # our own app may be given a name there: to pass it by keeps it out
    if passing_does_something(text):
        return None
    front = pressable(look)
    if not sent.mobile:
        begins = [each for each in front if _begins_beside(each, look)]
        if len({each.words.lower() for each in begins}) == 1:
            shape = Evidence("shape", 1, "every field there is for something else")
            return Way("start screen", begins[0], (_told(begins[0]), shape))
    ways = [
        each
        for each in front
        if PASS_BY.search(each.words)
        and not (KEEPS.search(each.words) and OF_A_CLOSURE.search(text))
        and not (leaves_or_binds(each.words) or is_ticked(each))
        and not (NOT_HERE.search(each.words) or does_besides(each.words))
    ]
    if len({each.words.lower() for each in ways}) != 1:
        return None
    why = (_told(ways[0]), Evidence("shape", 1, "every field there is for something else"))
    return Way(f"screen {(headings(look) or text)[:60]!r}", ways[0], why)
