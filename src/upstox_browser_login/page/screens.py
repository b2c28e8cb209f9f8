"""Which screen this is: one that stops a login, is in the way of one, or lies between its forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .controls import beside, may_be_of
from .fields import (
    candidate,
    is_no_login,
    is_said_at,
    named_by,
    own_words,
    stood_elsewhere,
)
from .here import Evidence, EvidenceKind, Form, Sent, Stop, Way, stop
from .look import Control, Field, Frame, Look, Text
from .marks import NO_MARKS, Marks
from .states import screens as known
from .states.buttons import GO, NOT_GO, NOT_HERE
from .states.consent import (
    AGREE,
    AGREES_BY_GOING_ON,
    APPROVAL,
    APPROVE,
    ASKS_FOR_ACCOUNT,
    BINDS,
    CHARGES,
    CLOSES_AN_ACCOUNT,
    COOKIE_ACCEPT,
    COOKIE_DECLINE,
    COOKIE_DETAILS,
    COOKIES,
    DOES_BY_GOING_ON,
    DOES_IN_A_NAME,
    GOES_ON_PLAINLY,
    NAMES_TERMS,
    NOT_OUR_APPROVAL,
    NOTHING_TO_DO,
    ORDERS,
    PERMITS,
    PRODUCTS,
    SPEAKS_OF_MONEY,
    SPENDS,
    STANDING_TERMS,
    TELLS_OF_COOKIES,
    TERMS,
    UNDOES,
    WANTS_A_PERSON,
)
from .states.fields import (
    CREATES_PIN,
    OTHERS,
    OTP_IS_SMS_ONLY,
    OTP_OF_A_MESSAGE,
    OTP_TAKES_TOTP,
    SOMEBODY_ELSES,
)
from .states.passing import (
    ASKS_FOR_NUMBER,
    ASKS_WHO,
    BEGIN,
    BETWEEN,
    BLOCKS,
    CALLS_OFF,
    CELEBRATES,
    CONFIRMS,
    CORRECTS,
    DECLINE,
    DOES,
    GIVES_UP,
    GLAD,
    IS_A_YES,
    IS_ASKED,
    IS_TO_HAPPEN,
    KEEPS,
    LEADS_IN,
    LEADS_ON,
    NEUTRAL,
    OF_NOW,
    OF_THE_PAST,
    OTHER_WAYS_IN,
    OWNS_UP,
    PASS_BY,
    TELLS_OF_LOGIN,
)
from .states.screens import (
    CHOOSER,
    INACTIVE,
    OPEN_ACCOUNT,
    SUPPOSES,
    TELLS_OF_LOCKS,
    TO_COME,
    UNLOCKS,
)
from .states.ways import (
    ABOUT_TOTP,
    BY_MOBILE,
    BY_MOBILE_ONLY,
    BY_SMS,
    BY_TOTP,
    CHOOSES_METHOD,
    METHOD,
    OFFERS_TOTP,
    OTHER_WAYS,
    QR,
)
from .wire import Traffic
from .words import CHALLENGE, CHALLENGE_FRAMES, IS_LOCKED, meaning_of

_MOST_TEXT = 20_000
"""Characters; ten times what a page of the login says. More would take seconds to look through."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?।])\s+|[|\n]")
"""A dot without a space behind it, as in "12.11", ends no sentence."""


def _sentences(look: Look) -> Iterable[Text]:
    """What is written there, controls aside; of a page that says very much, messages first."""
    told = [each for each in look.texts if not each.control]
    if sum(len(each.text) for each in told) > _MOST_TEXT:
        told.sort(key=lambda each: not (each.live or each.head or each.dialog))
    length = 0
    for each in told:
        length += len(each.text)
        if length > _MOST_TEXT:
            return
        yield each


def _heads(look: Look) -> str:
    """Headings, and what a dialog says."""
    told = [each.text for each in look.texts if (each.head or each.dialog) and not each.control]
    return " | ".join(told)


def _titles(look: Look) -> list[str]:
    """What a screen is about: its headings, or its first text where nothing is marked as one."""
    told = [each for each in look.texts if not (each.control or each.footer)]
    told = [each for each in told if each.dialog] or told
    return [each.text for each in told if each.head] or [each.text for each in told[:1]]


def _body(look: Look) -> str:
    told = (each.text for each in look.texts if not each.control and not each.footer)
    return " | ".join(told)[:_MOST_TEXT]


def of_a_lock(look: Look) -> list[Text]:
    """Texts that say that the account is locked, in a sentence that is no tale of a lock."""
    return [
        each for each in _sentences(look) if any(map(_locks, _BETWEEN_SENTENCES.split(each.text)))
    ]


def _locks(sentence: str) -> bool:
    """Whether a sentence says that the account is locked now."""
    says = IS_LOCKED.search(sentence)
    if says is None and "too many incorrect" not in sentence.lower():
        return False
    return not (SUPPOSES.search(sentence) or TELLS_OF_LOCKS.search(sentence))


def locked(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The account is locked: a text says so, and a control, the wire or our own PIN as well."""
    said = of_a_lock(look)
    unlocks = [each for each in look.controls if UNLOCKS.search(each.words)]
    closed = [each for each in look.fields if each.disabled and (each.masked or each.boxes)]
    open_field = [each for each in look.fields if not each.disabled]
    why: list[Evidence] = []
    if said:
        why.append(Evidence("words", 2, f"text {said[0].text[:100]!r}"))
    if unlocks and not open_field:
        why.append(Evidence("shape", 2, f"control {unlocks[0].words[:60]!r} and no open field"))
    elif any(each.tag != "a" for each in unlocks) and any(each.live or each.head for each in said):
        # A link may lead to help on any page; a button is the form's.
        why.append(Evidence("shape", 1, f"control {unlocks[0].words[:60]!r}"))
    elif unlocks and closed:
        why.append(Evidence("shape", 2, "a control unlocks, and the field is closed"))
    elif closed and said and sent.pin:
        why.append(Evidence("shape", 1, "the field is closed"))
    since = sent.pin and "pin" not in sent.accepted and not sent.lock_told
    if since and any(each.live for each in said):
        why.append(Evidence("place", 1, "it came after a PIN was sent"))
    if any(
        each.answer and each.answer.said and each.answer.said.meaning == "locked"
        for each in traffic.calls
        # What only asks for something, such as a list of all errors, speaks of no account.
        if each.trusted and (each.posts or each.carries)
    ):
        why.append(Evidence("wire", 2, "the server says so"))
    if len({each.kind for each in why}) < 2:
        return None
    return stop("locked", *why)


def blocked_code(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """No more codes are taken: a text says so, and the code's own field is closed."""
    closed = [
        each
        for each in (() if is_no_login(look) else look.fields)
        # Without the page file, which may replace marks and must not hide that no code is taken.
        if each.disabled and candidate(each, "otp", look, sent, traffic).weight >= 2
    ]
    if not closed:
        return None
    said = [each for each in _sentences(look) if meaning_of(each.text) == "rate limited"]
    if not said:
        return None
    why = (
        Evidence("words", 2, f"text {said[0].text[:100]!r}"),
        Evidence("shape", 2, "the field is closed"),
    )
    return stop("otp blocked", *why, added=f" Upstox says: {said[0].text.rstrip('. ')}.")


def checks_for_robots(look: Look) -> list[Frame]:
    """Frames in which the page may ask for proof that a human is there; a badge asks nothing."""
    return [
        each
        for each in look.frames
        if CHALLENGE_FRAMES.search(f"{each.src} {each.title}")
        and each.w >= 60
        and each.h >= 40
        and "size=invisible" not in each.src
    ]


def challenge(look: Look) -> Stop | None:
    """The page asks for proof that a human is there.

    A check beside an open form may pass by itself: only where the form goes no further is it one,
    which `decide` finds out.
    """
    why: list[Evidence] = []
    frames = checks_for_robots(look)
    fields = [
        each
        for each in look.fields
        if re.search(r"captcha", " ".join(text for _, text in own_words(each)), re.IGNORECASE)
    ]
    typed = [each for each in look.fields if each not in fields]
    if frames and not any(not (each.covered or each.disabled) for each in typed):
        why.append(Evidence("shape", 2, "a frame of a challenge"))
    if fields:
        why.append(Evidence("words", 2, "a field for a captcha"))
    said = [each for each in _sentences(look) if CHALLENGE.search(each.text)]
    if said and not typed:
        why.append(Evidence("words", 2, f"text {said[0].text[:80]!r}"))
        why.append(Evidence("shape", 1, "and no field"))
    if not why:
        return None
    return stop("challenge", *why)


def by_file(look: Look, marks: Marks) -> Stop | None:
    """A screen on which a login ends, as the page file says, on a page without a field."""
    named = None if look.fields else marks.screen_of(look)
    if named is None:
        return None
    name, text = named
    says = Evidence("file", 2, f"text {text.text[:80]!r}")
    return stop(name, says, Evidence("shape", 1, "and no field"))


def by_words(look: Look, sent: Sent) -> Stop | None:
    """A screen that its words alone are enough to know, on a page without a field."""
    if look.fields:
        return None
    for each in known.SCREENS:
        if each.says is None or (each.after_mobile and not sent.mobile):
            continue
        said = next(
            (
                text
                for text in _sentences(look)
                if each.says.search(text.text) and not TO_COME.search(text.text)
            ),
            None,
        )
        if said is not None:
            words = Evidence("words", 2, f"text {said.text[:80]!r}")
            return stop(each.name, words, Evidence("shape", 1, "and no field"))
    return None


def wants_person(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """A screen on which a person must act: a new PIN, an account to choose, terms to agree to."""
    facts = traffic.facts
    heads = _heads(look)
    is_unset = facts.get("isSecretPinSet") is False
    new_pin = [
        each
        for each in look.fields
        if each.masked
        # A form to change the PIN that stands on every screen is not what this one asks for.
        and (is_unset or not stood_elsewhere(each, look, sent))
        and CREATES_PIN.search(
            f"{each.heading} {each.label} {each.placeholder} {' '.join(each.near[:1])}"
        )
    ]
    titled = CREATES_PIN.search(heads)
    if sent.mobile and (new_pin or titled) and (len(new_pin) > 0 or is_unset):
        why = [Evidence("words", 2, "the form creates a PIN")]
        why.append(
            Evidence("shape", 1, "a field that hides what is typed")
            if new_pin
            else Evidence("wire", 2, "no PIN is set")
        )
        return stop("create PIN", *why)
    if sent.mobile and CHOOSER.search(_body(look)) and not look.fields:
        several = isinstance(facts.get("accounts"), int) and facts["accounts"] > 1
        if several or len(look.controls) >= 2:
            why = [Evidence("words", 2, "asks to choose an account")]
            why.append(
                Evidence("wire", 2, "the answer lists several")
                if several
                else Evidence("shape", 1, "offers several")
            )
            return stop("account chooser", *why)
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
        return stop(name, *why)
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
    if INACTIVE.search(_body(look)) and (dormant or INACTIVE.search(heads)):
        why = (Evidence("words", 2, "speaks of reactivation"), Evidence("shape", 1, "and no field"))
        return stop("reactivate account", *why)
    if OPEN_ACCOUNT.search(heads):
        why = (
            Evidence("words", 2, "offers to open an account"),
            Evidence("shape", 1, "and no field"),
        )
        return stop("account opening", *why)
    return None


def approval(look: Look, sent: Sent) -> Way | None:
    """Our own app's approval: it is named on the screen, and one control allows it."""
    if look.fields or not look.controls:
        return None
    said = _body(look)
    permits = PERMITS.search(said) and not NOT_OUR_APPROVAL.search(said)
    if not (APPROVAL.search(said) or permits):
        return None
    open_ = [each for each in look.controls if not each.disabled]
    yes = [each for each in open_ if APPROVE.search(each.words)]
    if not yes and any(map(ASKS_FOR_ACCOUNT.search, _titles(look))):
        # Where one may also call it off, to go on is to allow it.
        off = any(DECLINE.search(each.words) for each in open_)
        yes = [each for each in open_ if off and GOES_ON_PLAINLY.search(each.words)]
    # An app that asks before anybody has logged in is not known to be ours.
    if len(yes) != 1 or not (sent.pin or sent.mobile):
        return None
    why = (
        Evidence("words", 2, "an app asks for access"),
        Evidence("shape", 1, f"control {yes[0].words[:40]!r}"),
    )
    return Way("approval", yes[0], why)


def cookies(look: Look) -> Way | None:
    """A wall of cookies: a dialog, or a banner that covers, with a control that ends it."""
    said = [each for each in _sentences(look) if COOKIES.search(each.text)]
    if not said:
        return None
    dialog = next((each.dialog for each in said if each.dialog), 0)
    heads = [
        each.text for each in look.texts if each.head and (not dialog or each.dialog == dialog)
    ]
    about_terms = any(TERMS.search(each) for each in heads)
    # Where terms are what it is about, only a no agrees to nothing.
    only_no = about_terms and not any(COOKIES.search(each) for each in heads)
    covers_form = any(each.covered for each in look.fields) or any(
        each.covered for each in look.controls if GO.search(each.words)
    )
    if not (dialog or look.modal or covers_form or not look.fields):
        return None
    own = [
        each
        for each in look.controls
        if (not dialog or each.dialog == dialog)
        and not (each.covered or each.disabled or _is_ticked(each))
    ]
    no = [
        each
        for each in own
        if COOKIE_DECLINE.search(each.words)
        and not _leaves_or_undoes(each.words)
        and not (AGREE.search(each.words) and any(map(NAMES_TERMS.search, heads)))
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
        if COOKIE_ACCEPT.search(each.words) and not _leaves_or_undoes(each.words)
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


def method(look: Look, form: Form | None, sent: Sent, traffic: Traffic) -> Way | None:
    """A choice between ways to prove oneself: the authenticator is ours."""
    if form is not None and form.purpose != "otp":
        return None
    told = [each for each in look.controls if not each.disabled and len(each.words) <= 120]
    # What opens a list says what is chosen in it now.
    totp = [each for each in told if _is_by_totp(each.words)]
    choices = [each for each in totp if not each.opens]
    others = [each for each in look.controls if each not in totp and BY_SMS.search(each.words)]
    says = METHOD.search(f"{_heads(look)} {_body(look)}") is not None
    shape = len(others) > 0 or any(_is_choice(each) for each in choices)
    if any(each.chosen for each in choices):
        # Once a code was taken, what is chosen is not how to prove oneself in this login.
        sends = "otp" not in sent.accepted and any(map(_is_choice, choices))
        return _send_choice(look, form) if sends else None
    if form is not None and is_said_at(form.field, OTP_TAKES_TOTP):
        return None
    if not choices:
        return None if totp else _other_ways(look, told, form, sent, traffic, says=says)
    # Between the number and the code, one of several things to press that names it is a choice.
    awaited = "mobile" in sent.accepted and "otp" not in sent.accepted and not look.fields
    chosen_from = awaited and len(choices) == 1 and len(told) > 1
    if not (says or form is not None or shape or chosen_from):
        return None
    kind: EvidenceKind = "shape" if shape else "place" if chosen_from else "words"
    why = (
        Evidence("words", 2, f"control {choices[0].words[:60]!r}"),
        Evidence(kind, 1, "beside other ways"),
    )
    return Way("method", choices[0], why)


def _is_by_totp(words: str) -> bool:
    return (
        BY_TOTP.search(words) is not None
        and not OFFERS_TOTP.search(words)
        and not ABOUT_TOTP.search(words)
        and not BINDS.search(words)
    )


def _is_choice(each: Control) -> bool:
    """Whether it is marked as one of several, of which one is chosen."""
    return each.role in {"tab", "radio", "option"} or each.type == "radio"


def _send_choice(look: Look, form: Form | None) -> Way | None:
    """What sends the choice of the authenticator, where that was made and no field has come."""
    if form is not None or look.fields:
        return None
    sends = [
        each
        for each in look.controls
        if GO.search(each.words)
        and not (NOT_GO.search(each.words) or NOT_HERE.search(each.words))
        and not BINDS.search(each.words)
        and not (each.disabled or each.covered or _is_choice(each))
    ]
    if len(sends) != 1:
        return None
    why = (
        Evidence("words", 2, f"control {sends[0].words[:60]!r}"),
        Evidence("shape", 1, "the authenticator is chosen, and no field"),
    )
    return Way("method chosen", sends[0], why)


def _other_ways(
    look: Look,
    told: list[Control],
    form: Form | None,
    sent: Sent,
    traffic: Traffic,
    *,
    says: bool,
) -> Way | None:
    """What shows more ways to prove oneself, where the one that stands there is a message's code.

    It is pressed once: a page that shows no authenticator then has none.
    """
    wanted = sent.mobile and "otp" not in sent.accepted
    if not wanted or "other ways" in sent.pressed or traffic.facts.get("isTotpEnabled") is False:
        return None
    if form is None and any(not each.covered for each in look.fields):
        return None
    ways = [
        each
        for each in told
        if not (each.covered or BINDS.search(each.words))
        and (
            OTHER_WAYS.search(each.words)
            or (
                each.opens
                and (
                    METHOD.search(f"{each.words} {each.heading}")
                    or (says and BY_SMS.search(each.words))
                )
            )
        )
    ]
    if len(ways) != 1:
        return None
    why = (
        Evidence("words", 2, f"control {ways[0].words[:60]!r}"),
        Evidence("place", 1, "the number was taken, and no code yet"),
    )
    return Way("other ways", ways[0], why)


def by_mobile(look: Look, sent: Sent) -> Way | None:
    """Another way to log in is shown, such as a QR code, and a control leads to the number."""
    ways = [
        each
        for each in look.controls
        if BY_MOBILE.search(each.words)
        and not (each.chosen or each.disabled or each.covered)
        and not (NOT_HERE.search(each.words) or BINDS.search(each.words))
    ]
    if look.fields:
        tabs = [each for each in ways if _is_choice(each)]
        others = [each for each in look.controls if _is_choice(each) and each.chosen]
        if sent.mobile or len(tabs) != 1 or not others:
            return None
        why = (
            Evidence("words", 2, f"control {tabs[0].words[:60]!r}"),
            Evidence("shape", 2, "is one of several, and another one is chosen"),
        )
        return Way("login by number", tabs[0], why)
    if not ways or not (
        BY_MOBILE_ONLY.search(ways[0].words)
        or QR.search(_body(look))
        or QR.search(" ".join(each.words for each in look.controls))
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
    front = _without_those_of_fields(_front(look), look)
    if not front:
        return None
    text = f"{look.title if not look.fields else ''} | {_heads(look)} | {_body(look)}"
    stays = [each for each in front if not (_leaves_or_binds(each.words) or _is_ticked(each))]
    binds = any(map(DOES_BY_GOING_ON.search, _titles(look))) or any(
        said.search(text) for said in (CHARGES, ORDERS)
    )
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
        if each not in passes and _is_neutral(each.words, text, tells=tells, asks=asks)
    ]
    at_stake = _at_stake(text)
    only = _only_control(front, stays, sent)
    is_quiet = not (at_stake or _is_about_what_is_done(text))
    if not goes_on and only is not None and is_quiet and _does_nothing(only.words, text):
        goes_on = [only]
    agrees = [each for each in front if AGREE.search(each.words)]
    # Where it binds, its control goes on with that, however neutral its words are.
    neutral = [] if binds else goes_on
    if _wants_a_person(text) and not passes:
        return None
    asks_to_agree = TERMS.search(_heads(look) or text) is not None
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
        return Way(f"screen {(_heads(look) or _body(look))[:60]!r}", led, why)
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
    if goes_on and not (passes or declines) and (binds or _agrees_by_going_on(look)):
        why = (
            Evidence("words", 2, f"to go on is to agree: control {goes_on[0].words[:60]!r}"),
            Evidence("shape", 1, "terms"),
        )
        return stop("agreement", *why)
    # A screen of no known kind is passed where nothing is at stake, or there is nothing else.
    is_known = (
        tells
        or asks
        or only is not None
        or look.modal
        or (is_quiet and not any(CORRECTS.search(each.words) for each in front))
        or BETWEEN.search(text) is not None
    )
    # To call off what is under way may end the login; to decline an offer does not.
    calls_off = all(CALLS_OFF.search(each.words) for each in declines)
    ends = tells or (calls_off and is_quiet and BINDS.search(text) is None)
    best = _way_on(passes, declines, neutral if is_known else [], ends=ends) or _cross(front)
    if best is None:
        return None
    why = (
        Evidence("words", 2, f"control {best.words[:60]!r}"),
        Evidence("shape", 1, "a dialog" if look.modal else "no field to fill"),
    )
    return Way(f"screen {(_heads(look) or _body(look))[:60]!r}", best, why)


def past_a_field(look: Look) -> Way | None:
    """What passes by a screen that asks for what is none of a login's, such as an e-mail address.

    Every field there must be known as such, so that no form of the login is passed by.
    """
    if not look.fields or not all(is_of_another(each) for each in look.fields):
        return None
    ways = [
        each
        for each in _front(look)
        if PASS_BY.search(each.words)
        and not (_leaves_or_binds(each.words) or _is_ticked(each))
        and not NOT_HERE.search(each.words)
    ]
    if len({each.words.lower() for each in ways}) != 1:
        return None
    why = (
        Evidence("words", 2, f"control {ways[0].words[:60]!r}"),
        Evidence("shape", 1, "every field there is for something else"),
    )
    return Way(f"screen {(_heads(look) or _body(look))[:60]!r}", ways[0], why)


def is_of_another(each: Field) -> bool:
    """Whether a field is known as none of a login's: by its type, or by its own words."""
    if each.covered:
        return True
    if each.holds or each.masked or each.boxes or named_by(each)[0]:
        return False
    return each.type in {"email", "search", "url", "date", "file"} or is_said_at(each, OTHERS)


def _front(look: Look) -> list[Control]:
    """What can be pressed on a screen: of a dialog alone where one is open, without choices."""
    front = [each for each in look.controls if not each.covered and not each.disabled]
    if look.modal or any(each.dialog for each in front):
        front = [each for each in front if each.dialog] or front
    return [each for each in front if each.role not in {"tab", "option"}]


def _is_ticked(each: Control) -> bool:
    """Whether it is a box to tick or a switch: no such thing leads on from a screen."""
    return each.type == "checkbox" or each.role in {"checkbox", "switch"}


def _without_those_of_fields(front: list[Control], look: Look) -> list[Control]:
    """Without the buttons of fields that can be typed into: they send what those ask for.

    Of a field that nobody knows, whatever stands near it may be its button.
    """
    fields = [(each, is_of_another(each)) for each in look.fields if not each.covered]
    return [
        each
        for each in front
        if not any(
            each.form == field.form
            if each.form
            else beside(each, field) or (not known_as_other and may_be_of(each, field))
            for field, known_as_other in fields
        )
    ]


def _leaves_or_undoes(words: str) -> bool:
    """Whether a control leads out of the login, spends money or takes away."""
    return any(said.search(words) for said in (GIVES_UP, SPENDS, UNDOES, CLOSES_AN_ACCOUNT))


def _leaves_or_binds(words: str) -> bool:
    """Whether a control leads out of the login, spends money, takes away, or agrees."""
    return _leaves_or_undoes(words) or AGREE.search(words) is not None


def _is_neutral(words: str, text: str, *, tells: bool, asks: bool) -> bool:
    """Whether a control says neither yes nor no to the screen of this text.

    `tells`: the screen tells of a login; `asks`: it asks whether the number is right.
    """
    if NOT_HERE.search(words) or OTHER_WAYS_IN.search(words):
        return False
    glad = CELEBRATES.search(text) is not None and not (
        PRODUCTS.search(text) or IS_TO_HAPPEN.search(text)
    )
    others = (OF_THE_PAST, SPEAKS_OF_MONEY, DOES_IN_A_NAME)
    asks_who = OF_NOW if tells else ASKS_WHO
    is_ours = asks_who.search(text) is not None and not any(each.search(text) for each in others)
    plain = words if _answers(words, text) else LEADS_IN.without(words)
    return (
        NEUTRAL.search(words) is not None
        or NEUTRAL.search(plain) is not None
        or (glad and GLAD.search(words) is not None)
        or (asks and CONFIRMS.search(words) is not None)
        or (is_ours and OWNS_UP.search(words) is not None)
    )


def _answers(words: str, text: str) -> bool:
    """Whether a control says yes to what a screen asks, which is more than to go on."""
    return IS_A_YES.search(words) is not None and IS_ASKED.search(text) is not None


def _at_stake(text: str) -> bool:
    """Whether a screen speaks of anything that a person may take, pay, agree to or must do."""
    return _wants_a_person(text) or any(
        said.search(text) for said in (PRODUCTS, CHARGES, TERMS, AGREE, CHOOSES_METHOD)
    )


def _is_about_what_is_done(text: str) -> bool:
    """Whether a screen may do something itself, or tells of what was done elsewhere."""
    return any(
        said.search(text)
        for said in (
            SPEAKS_OF_MONEY,
            UNDOES,
            IS_TO_HAPPEN,
            OF_THE_PAST,
            DOES_IN_A_NAME,
        )
    )


def _only_control(front: list[Control], stays: list[Control], sent: Sent) -> Control | None:
    """The one thing to press on a screen; None where there are several.

    What stood beside the last form too belongs to the page, and is not this screen's.
    """
    own = [each for each in front if each.words not in sent.stood] if len(front) > 1 else front
    # A box that is not ticked does nothing.
    own = [each for each in own if each.chosen or not _is_ticked(each)]
    return own[0] if len(own) == 1 and own[0] in stays and not own[0].opens else None


_LONGEST_WAY = 6
"""Words; a control that says more does more."""


def _does_nothing(words: str, text: str) -> bool:
    """Whether the only control of a screen says that it leads on, and nothing else that it does."""
    plain = LEADS_IN.without(words)
    return (
        LEADS_ON.search(words) is not None
        and not _answers(words, text)
        and len(words.split()) <= _LONGEST_WAY
        and not any(said.search(plain) for said in (DOES, BINDS, PRODUCTS, NOT_HERE, GIVES_UP))
        and not OTHER_WAYS_IN.search(words)
    )


def _wants_a_person(text: str) -> bool:
    """Whether to press on would do something in a person's name; no, where all of it is done."""
    return any(
        WANTS_A_PERSON.search(sentence) and not NOTHING_TO_DO.search(sentence)
        for sentence in _BETWEEN_SENTENCES.split(text)
    )


def _led_by_file(front: list[Control], marks: Marks) -> Control | None:
    led = [
        each
        for each in front
        if marks.leads_on(each) and not AGREE.search(each.words) and not NOT_HERE.search(each.words)
    ]
    return led[0] if len(led) == 1 else None


def _agrees_by_going_on(look: Look) -> bool:
    """Whether to go on is to agree to something.

    Small print that repeats the terms of the website is let pass: the customer has agreed to them,
    and it stands on any page. It is not where the screen is about terms, where it asks to agree to
    anything else, or where the rest of it names something that a person may take by going on.
    """
    others: list[str] = []
    agrees = False
    for sentence in re.split(r"[.|!।]", _body(look)):
        found = AGREES_BY_GOING_ON.search(sentence)
        to = None if found is None else found["to"]
        if to is None or not STANDING_TERMS.search(to):
            others.append(sentence)
            if to is not None:
                return True
        agrees = agrees or found is not None
    rest = " | ".join(others)
    about_terms = TERMS.search(_heads(look) or rest) is not None
    return agrees and (about_terms or PRODUCTS.search(rest) is not None)


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
    _, top, width, height = drawn[0].at
    others = [each.at[1] for each in front if each is not drawn[0]]
    is_small = max(width, height) <= _CROSS and not drawn[0].opens
    return drawn[0] if is_small and all(top < each for each in others) else None


def is_of_a_message(each: Field) -> bool:
    """Whether the box's own label or placeholder names a message, and no authenticator."""
    own = f"{each.label} {each.placeholder}"
    return OTP_OF_A_MESSAGE.search(own) is not None and OTP_TAKES_TOTP.search(own) is None


def totp_is_enabled(form: Form, look: Look, traffic: Traffic) -> bool | None:
    """Whether the box takes a code of the authenticator; None where nobody says.

    What the box's label says counts more than what the wire said of the account.
    """
    if is_said_at(form.field, OTP_TAKES_TOTP) or any(
        OTP_TAKES_TOTP.search(each) for each in (form.field.heading, *form.field.near)
    ):
        return True
    told = traffic.facts.get("isTotpEnabled")
    if told is True:
        return True
    offered = any(OFFERS_TOTP.search(each.words) for each in look.controls) or any(
        OFFERS_TOTP.search(each.text) for each in look.texts
    )
    labels = [text for _, text in own_words(form.field) if text]
    sms = any(OTP_IS_SMS_ONLY.search(text) for text in labels)
    if told is False or offered or sms:
        return False
    return None
