"""Which one control leads past a screen between the forms, and where only a person may go on."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from upstox_browser_login.page.controls import names_a_thing
from upstox_browser_login.page.fields.vetoes import Case, vetoes_of
from upstox_browser_login.page.fields.words import is_of_another_form
from upstox_browser_login.page.here import Evidence, Form, Sent, Stop, Way, stop, told_by, way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.marks import Marks
from upstox_browser_login.page.nearness import share_a_form
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
from upstox_browser_login.page.states.fields import KNOWN, SOMEBODY_ELSES
from upstox_browser_login.page.states.going_on import (
    ACKNOWLEDGES,
    ASSENTS,
    BEGIN,
    DOES,
    LEADS_HOME,
    NEUTRAL,
    TRIES_ANEW,
)
from upstox_browser_login.page.states.kinds import ASKS_TO_TYPE, ONLY_TELLS
from upstox_browser_login.page.states.passing import CALLS_OFF, SHUTS
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

from .ends import said_by_title
from .presses import Between, read_screen, tells_of_the_refusal
from .stakes import agrees_by_going_on, is_for_a_person, offers_or_does
from .texts import body, headings, headings_alone, sentences, titles


def between(look: Look, sent: Sent, marks: Marks) -> Way | Stop | None:
    """The one way past a screen between the forms, or the end of the login.

    Whatever asks to agree, or acts in a person's name, is left to a person.
    """
    screen = read_screen(look, sent, marks)
    return None if screen is None else _past_a_screen(screen)


def _past_a_screen(screen: Between) -> Way | Stop | None:
    # First, since not even a page file may agree to terms.
    agreement = _asks_to_agree(screen)
    if agreement is not None or _is_left_to_a_person(screen):
        return agreement
    for answer_of in _IN_ORDER:
        answer = answer_of(screen)
        if answer is not None:
            leads_on = not (_sends_a_form(screen, answer) or _leaves_after_a_pin(screen, answer))
            return answer if leads_on else None
    return None


def _leaves_after_a_pin(screen: Between, way: Way | Stop) -> bool:
    """Whether a way leads home from a screen that tells of trouble, after a PIN was sent.

    The page may still try again by itself, and elsewhere nobody learns what came of the PIN.
    """
    if isinstance(way, Stop) or not (screen.sent.pin and LEADS_HOME.search(way.control.words)):
        return False
    return said_by_title(screen.look) is not None


def _sends_a_form(screen: Between, way: Way | Stop) -> bool:
    """Whether a way on may send a form whose field is not seen: it would send no code or PIN.

    What passes or declines the screen, or says that it was read, sends none; nor does what closes a
    box that tells of a refused code.
    """
    if isinstance(way, Stop) or not any(map(ASKS_TO_TYPE.search, titles(screen.look))):
        return False
    sends_none = way.control in (*screen.passes, *screen.declines)
    is_read = ACKNOWLEDGES.search(way.control.words) is not None
    return not (sends_none or is_read or tells_of_the_refusal(screen.look, screen.sent))


def past_a_refusal(look: Look, form: Form, sent: Sent, marks: Marks) -> Way | None:
    """What closes a box that tells of the refused code beside its form, and covers none of it.

    What is left there would still speak of a refusal once the next code is taken.
    """
    for dialog in {each.dialog for each in look.controls} - {0, form.field.dialog}:
        texts = tuple(each for each in look.texts if each.dialog == dialog)
        controls = tuple(each for each in look.controls if each.dialog == dialog)
        box = replace(look, fields=(), texts=texts, controls=controls, modal=True)
        way = between(box, sent, marks) if tells_of_the_refusal(box, sent) else None
        closes = (ACKNOWLEDGES, NEUTRAL, SHUTS, TRIES_ANEW)
        if isinstance(way, Way) and any(each.search(way.control.words) for each in closes):
            return way
    return None


def past_what_came(look: Look, form: Form, sent: Sent, marks: Marks) -> Way | None:
    """The way past what has come beside a form that was taken and stands there still.

    Such as an offer at the foot of the page, that covers nothing. Its own texts are those before
    its controls, up to what stood there already.
    """
    came = [
        each
        for each in look.controls
        if each.words not in sent.stood and not share_a_form(each, form.field)
    ]
    words = {each.words for each in came}
    own: list[Text] = []
    block: list[Text] = []
    for text in look.texts:
        stood = text.text in (sent.stood if text.control else sent.headings)
        if stood or text.field or text.footer:
            block = []
        else:
            block.append(text)
            if text.control and text.text in words:
                own += block
                block = []
    if not own:
        return None
    aside = replace(look, fields=(), texts=tuple(own), controls=tuple(came))
    screen = read_screen(aside, sent, marks)
    way = None if screen is None else _past_a_screen(screen)
    if screen is None or not isinstance(way, Way):
        return None
    # Only what turns it down: what goes on could agree to what stands elsewhere on the page.
    return way if way.control in (*screen.passes, *screen.declines) else None


def _is_left_to_a_person(screen: Between) -> bool:
    """Whether the screen wants a person to act, and no control passes it by.

    Asked before every way on, since not even a page file may lead past such a screen.
    """
    return is_for_a_person(screen.text) and not screen.passes


def _asks_to_agree(screen: Between) -> Stop | None:
    """The end of a login on a screen about terms, or on one where only agreeing leads on."""
    agrees = [each for each in screen.front if AGREE.search(each.words)]
    about_terms = TERMS.search(headings(screen.look) or screen.text) is not None
    another_way = screen.passes or screen.declines or screen.neutral
    if not agrees or (another_way and not about_terms):
        return None
    shape = Evidence("shape", 1, "terms" if about_terms else "and no other way on")
    return stop("agreement", told_by(agrees[0]), shape)


def _leads_on_by_file(screen: Between) -> Way | None:
    """The one control that a page file names as leading on."""
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
    """The one control that begins a customer's login, before the number was sent."""
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
    return way("start screen", begins[0], Evidence("shape", 1, "and no field"))


def _in_english(screen: Between) -> Way | None:
    """The button for English, where all other buttons are languages.

    Only before the number was sent. Later the choice may be for the account, such as for its
    letters.
    """
    if screen.sent.mobile:
        return None
    english = [each for each in screen.stays if ENGLISH.search(each.words)]
    others = [each for each in screen.front if LANGUAGE.search(each.words)]
    if len(english) != 1 or not others or len(others) + 1 != len(screen.front):
        return None
    return way("language", english[0], Evidence("shape", 1, "beside other languages"))


def _confirms_the_number(screen: Between) -> Way | None:
    """The one control beside the one that corrects the number that was typed.

    Before the code was accepted nobody is logged in, so this control can only send the code, unless
    the screen is about something else.
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
    """Whether the number is wanted for something else, or something is at stake on the screen.

    The screen continues the number's form, so whatever forbids that form forbids the screen as
    well.
    """
    look = screen.look
    texts = [each.text for each in sentences(look)]
    shown = [each for each in texts if SHOWS_A_NUMBER.search(each)]
    number = Field(n=0, heading=" | ".join(titles(look)), near=tuple(texts))
    return (
        screen.binds
        or agrees_by_going_on(look)
        or any(map(offers_or_does, (number.heading, *shown)))
        or any(vetoes_of(Case(number, "mobile", look, screen.sent, (control,), control)))
        or is_of_another_form(number)
        or TERMS.search(number.heading) is not None
        or KNOWN["mobile"].against.search(headings_alone(look)) is not None
    )


def _agrees_by_going_on(screen: Between) -> Stop | None:
    """The end of a login where to go on is to agree, and nothing passes by or declines."""
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
    """The one control that leads past the screen and does nothing else."""
    best = _way_on(screen) or (None if screen.binds else _cross(screen.front))
    if best is None:
        return None
    return _past(screen, best, told_by(best))


def _returns(screen: Between) -> Way | None:
    """The one link that hands our app the authorization code, in whatever words."""
    links = [each for each in screen.stays if each.returns]
    if len(links) != 1 or not screen.sent.pin:
        return None
    return _past(screen, links[0], Evidence("identity", 2, "a link to redirect_uri with a code"))


_IN_ORDER: tuple[Callable[[Between], Way | Stop | None], ...] = (
    # A person has said which control leads on, which counts more than the tables.
    _leads_on_by_file,
    # The page cannot say more plainly where a login ends.
    _returns,
    # A start screen may speak of terms, to which nobody agrees by beginning a login.
    _begins,
    # A language does nothing besides.
    _in_english,
    # The control may have any words, so it has to be found by what stands beside it.
    _confirms_the_number,
    # A control that only says to go on may bind a person, so this is asked before the last one.
    _agrees_by_going_on,
    # What passes by, declines, goes on or closes.
    _leads_past,
)
"""The questions about a screen that may be passed, in order. The first answer counts."""


def _past(screen: Between, control: Control, why: Evidence) -> Way:
    """The way past a screen. Its name is what the screen says."""
    look = screen.look
    shape = Evidence("shape", 1, "a dialog" if look.modal else "no field to fill")
    return Way(f"screen {(headings(look) or body(look))[:60]!r}", control, (why, shape))


def _way_on(screen: Between) -> Control | None:
    """The one control that leads past the screen and does nothing else; None if there is none."""
    if (screen.passes or screen.declines) and _may_refuse_an_unknown_app(screen):
        return None
    neutral = screen.neutral if screen.is_known else []
    passes, declines = screen.passes, screen.declines
    if neutral and _only_tells(screen):
        # A control that stood beside the last form as well may end the login, such as a dialog's
        # cross.
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
    """Whether the screen offers nothing that would be taken by going on.

    It only wants to be read, tells of this login, or has headings that only tell something.
    """
    about = titles(screen.look)
    only_tells = bool(about) and all(map(ONLY_TELLS.search, about))
    return screen.is_to_be_read or screen.tells or only_tells


def _may_end_the_login(screen: Between) -> bool:
    """Whether to decline might end this login.

    To call off what is under way may end it, and to decline an offer does not.
    """
    calls_off = all(CALLS_OFF.search(each.words) for each in screen.declines)
    is_harmless = screen.is_of_a_known_kind and screen.is_quiet and not BINDS.search(screen.text)
    return screen.tells or (calls_off and is_harmless)


def _may_call_off_anything(screen: Between) -> bool:
    """Whether to go on may have something done, and to call it off may end the login.

    This is so where nobody knows what the screen asks. Before the number was sent it can ask
    nothing about the account.
    """
    calls_off = all(CALLS_OFF.search(each.words) for each in screen.declines)
    asks = screen.sent.mobile and screen.is_quiet and not screen.is_of_a_known_kind
    return calls_off and asks and any(ASSENTS.search(each.words) for each in screen.goes_on)


def _may_refuse_an_unknown_app(screen: Between) -> bool:
    """Whether an app asks for the account before anybody has logged in: it may be our own."""
    text = screen.text
    asks = APPROVAL.search(text) is not None and OF_AN_ACCOUNT.search(text) is not None
    return asks and not screen.sent.mobile


def _may_refuse_our_app(screen: Between) -> bool:
    """Whether to decline may keep out the app that this login is for.

    After the PIN any screen that asks for access may be about our app, however it is worded, unless
    it names what no trading app needs. A button that alone asks must name neither that nor a
    product.
    """
    lets_in = [each.words for each in screen.front if LETS_IN.search(each.words)]
    said = (APPROVAL, PERMITS)
    asks = any(each.search(screen.text) for each in said) or any(
        not (PRODUCTS.search(each) or NOT_OUR_APPROVAL.search(each)) for each in lets_in
    )
    # A screen also names what our own app may not do.
    wanted = " | ".join(map(DENIED.without, sentences_in(screen.text)))
    return screen.sent.pin and asks and NOT_OUR_APPROVAL.search(wanted) is None


_CROSS = 56
"""Pixels: the longest side of a cross that closes a dialog."""


def _cross(front: list[Control]) -> Control | None:
    """The cross that closes a dialog: small, above all else, and the only control without words."""
    drawn = [each for each in front if each.icon and not each.words]
    if len(drawn) != 1 or not drawn[0].dialog or len(front) < 2:
        return None
    if any(CORRECTS.search(each.words) for each in front):
        return None  # the sign may be a tick that confirms
    _, top, width, height = drawn[0].at
    others = [each.at[1] for each in front if each is not drawn[0]]
    is_small = max(width, height) <= _CROSS and not drawn[0].opens
    return drawn[0] if is_small and all(top < each for each in others) else None
