"""The choice between ways to log in, and which codes a box takes."""

from __future__ import annotations

from upstox_browser_login.page.controls import sends_a_secret
from upstox_browser_login.page.fields.names import own_words, takes_totp, was_texted
from upstox_browser_login.page.here import Evidence, EvidenceKind, Form, Nothing, Sent, Way, way
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import share_a_form
from upstox_browser_login.page.states.buttons import GO, NOT_GO, NOT_HERE
from upstox_browser_login.page.states.deeds import BINDS
from upstox_browser_login.page.states.fields import HAS_A_CODE_SENT
from upstox_browser_login.page.states.going_on import BEGIN
from upstox_browser_login.page.states.otp import (
    OTP_IS_SENT,
    OTP_IS_SMS_ONLY,
    OTP_OF_A_MESSAGE,
    OTP_TAKES_TOTP,
    TOTP_IS_MISSING,
)
from upstox_browser_login.page.states.ways import (
    A_COUNTRYS_CODE,
    ABOUT_TOTP,
    BY_MESSAGE_NOW,
    BY_MOBILE,
    BY_MOBILE_ONLY,
    BY_PASSWORD,
    BY_PIN,
    BY_SMS,
    BY_TOTP,
    CHANGES_WAY,
    HAS_NO_PHONE,
    INDIA,
    MANAGES_WAYS,
    METHOD,
    MOBILE_CHOICE,
    NO_CODE_CAME,
    OF_COUNTRIES,
    OFFERS_TOTP,
    ONLY_TOTP,
    OTHER_CHOICES,
    OTHER_WAYS,
    PICKS,
    QR,
    WRITES_TO_SOMEBODY,
)
from upstox_browser_login.page.wire.calls import Traffic

from .texts import body, headings, titles


def method(look: Look, form: Form | None, sent: Sent, traffic: Traffic) -> Way | Nothing | None:
    """The choice of the authenticator or the PIN, among the ways to prove who one is."""
    if form is not None and form.purpose == "mobile":
        return _beside_the_number(look, form, sent)
    if form is not None and form.purpose == "password":
        return _by_pin(look, sent)
    if form is not None and form.purpose != "otp":
        return None
    # After a code was accepted, a choice is about something else, such as how payouts are
    # confirmed.
    if "otp" in sent.accepted or any(map(MANAGES_WAYS.search, titles(look))):
        return None
    told = [each for each in look.controls if not each.disabled and len(each.words) <= 120]
    # The button that opens a list says what is chosen in it now.
    totp = [each for each in told if _is_by_totp(_named(each))]
    # Beside a message's box, a button that names the authenticator and opens something leads to it.
    by_message = form is not None and is_of_a_message(form.field)
    # What lies over the form and its ways at once is in front of both.
    under = bool(look.fields) and all(each.covered for each in look.fields)
    choices = [
        each for each in totp if (by_message or not each.opens) and not (under and each.covered)
    ]
    others = [each for each in look.controls if each not in totp and BY_SMS.search(_named(each))]
    says = METHOD.search(f"{headings(look)} {body(look)}") is not None
    shape = len(others) > 0 or any(_is_choice(each) for each in choices)
    if any(each.chosen for each in choices):
        return _send_choice(look) if any(map(_is_choice, choices)) else None
    if form is None and _was_taken(look, sent, choices, others):
        sends = _send_choice(look, marked=False)
        if sends is not None or not choices:
            return sends
    others_chosen = any(map(_is_choice, choices)) and any(
        each.chosen and _is_choice(each) for each in look.controls
    )
    # A box may take either code, but it waits for the one that is chosen.
    if form is not None and takes_totp(form.field) and not others_chosen:
        return None
    if not choices:
        return None if totp else _other_ways(look, told, form, sent, traffic, says=says)
    # Between the number and the code, a control that names the authenticator is a choice.
    awaited = "mobile" in sent.accepted
    # An opened sheet may lie over the code's form.
    opened = "other ways" in sent.pressed and all(each.covered for each in look.fields)
    awaited = awaited and (opened or not look.fields)
    chosen_from = awaited and len(choices) == 1
    if not (says or form is not None or shape or chosen_from):
        return None
    kind: EvidenceKind = "shape" if shape else "place" if chosen_from else "words"
    why = (
        Evidence("words", 2, f"control {_named(choices[0])[:60]!r}"),
        Evidence(kind, 1, "beside other ways"),
    )
    return Way("method", choices[0], why)


def _was_taken(look: Look, sent: Sent, choices: list[Control], others: list[Control]) -> bool:
    """Whether the authenticator was pressed before, and no mark says that another way is chosen.

    A list may mark nothing, or close and show what was taken in it as a text.
    """
    if "method" not in sent.pressed:
        return False
    if choices:
        return all(map(_is_choice, choices)) and not any(each.chosen for each in look.controls)
    lines = [each.text for each in look.texts if each.is_told and not each.head]
    return not others and any(ONLY_TOTP.search(each) and _is_by_totp(each) for each in lines)


def _named(each: Control) -> str:
    """The way that a control takes: its words, or those of its row if they only take it."""
    return each.row if each.row and PICKS.search(each.words) else each.words


def _beside_the_number(look: Look, form: Form, sent: Sent) -> Way | None:
    """The choice of the authenticator beside the number, where a message is chosen."""
    choices = [
        each
        for each in look.controls
        if _is_choice(each) and (each.role == "tab" or share_a_form(each, form.field))
    ]
    totp = [
        each
        for each in choices
        if _is_by_totp(each.words) and ONLY_TOTP.search(each.words) and each.can_be_pressed
    ]
    message = [each for each in choices if each.chosen and BY_MESSAGE_NOW.search(each.words)]
    if sent.mobile or len(totp) != 1 or totp[0] in message or not message:
        return None
    chosen = f"is one of several, of which {message[0].words[:30]!r} is chosen"
    return way("method", totp[0], Evidence("shape", 1, chosen))


def of_another_country(look: Look, form: Form) -> Way | Nothing | None:
    """India in the list of countries beside the number; nothing is known where it has none.

    The number would be sent to a stranger in the country that the page has chosen.
    """
    if form.purpose != "mobile":
        return None
    near = [each for each in look.controls if _is_before(each, form.field)]
    choices = [each for each in near if each.tag == "option" and _is_of_countries(each)]
    codes = [each for each in near if A_COUNTRYS_CODE.search(each.words)]
    shown = [each for each in codes if each.chosen or each.tag != "option"]
    ours = [each for each in choices if INDIA.search(each.words)]
    if any(each.chosen for each in ours):
        return None
    if len(ours) == 1 and not ours[0].disabled:
        return way("country", ours[0], Evidence("shape", 1, "a list before the number"))
    told = [form.field.code, *(each.words for each in shown)]
    others = [words for words in told if words and not INDIA.search(words)]
    if not others:
        return None
    return Nothing(loading=False, why=(Evidence("words", -1, f"code {others[0][:30]!r}"),))


_GAP = 60
"""Pixels between a country's code and the field that it belongs to."""


def _is_before(control: Control, each: Field) -> bool:
    """Whether a control stands before a field in one row, as the country's code does."""
    (left, top, _, height), (x, y, w, h) = each.at, control.at
    level = abs((y + h / 2) - (top + height / 2)) <= height / 2
    is_near = x < left and left - (x + w) <= _GAP
    return level and is_near and (control.frame, control.dialog) == (each.frame, each.dialog)


def _is_of_countries(each: Control) -> bool:
    return A_COUNTRYS_CODE.search(each.words) is not None or (
        OF_COUNTRIES.search(each.heading) is not None
    )


def _is_by_totp(words: str) -> bool:
    return (
        BY_TOTP.search(words) is not None
        and not OFFERS_TOTP.search(words)
        and not ABOUT_TOTP.search(words)
        and not BINDS.search(words)
    )


def _by_pin(look: Look, sent: Sent) -> Way | Nothing | None:
    """The tab of the PIN, where that of a password is chosen, which few accounts have.

    Once it was pressed, the form for the PIN is waited for: the other one may take a while to go.
    """
    choices = [each for each in look.controls if each.role in {"tab", "radio"}]
    chosen = [each for each in choices if each.chosen and BY_PASSWORD.search(each.words)]
    pins = [each for each in _untaken(look) if each in choices and BY_PIN.search(each.words)]
    if sent.pin or sent.password:
        return None
    if "pin" in sent.pressed:
        return Nothing(loading=False)
    if len(chosen) != 1 or len(pins) != 1:
        return None
    return way("pin", pins[0], Evidence("shape", 1, "beside the chosen tab of the password"))


def _is_choice(each: Control) -> bool:
    """Whether a control is marked as one of several, of which one is chosen."""
    return each.role in {"tab", "radio", "option"} or each.type == "radio"


def _send_choice(look: Look, *, marked: bool = True) -> Way | None:
    """What sends the choice of the authenticator, where that was made and its field has not come.

    Where no mark says that it was made, the button must say that it sends something. The box for a
    message's code may stand there still, with a button of its own.
    """
    boxes = look.fields
    if not all(each.form and is_of_a_message(each) for each in boxes):
        return None
    may = [
        each
        for each in look.controls
        if not (NOT_GO.search(each.words) or NOT_HERE.search(each.words))
        and not BINDS.search(each.words)
        and each.can_be_pressed
        and not _is_choice(each)
        and not any(share_a_form(each, box) for box in boxes)
        and (marked or not (BY_SMS.search(each.words) or HAS_A_CODE_SENT.search(each.words)))
    ]
    # Where neither another button nor a box stands there, it sends the choice whatever it says.
    buttons = [each for each in may if each.tag == "button" and not boxes and marked]
    sends = [each for each in may if GO.search(each.words)] or buttons
    if boxes:
        sends = [each for each in sends if sends_a_secret(each.words)]
    if len(sends) != 1:
        return None
    shape = Evidence("shape", 1, "the authenticator is chosen, and no field of its")
    return way("method chosen", sends[0], shape)


def _other_ways(
    look: Look,
    told: list[Control],
    form: Form | None,
    sent: Sent,
    traffic: Traffic,
    *,
    says: bool,
) -> Way | None:
    """The control that shows more ways, where the page waits for a message's code.

    It is pressed once. A page that shows no authenticator then has none.
    """
    wanted = sent.mobile and "otp" not in sent.accepted
    if not wanted or "other ways" in sent.pressed or traffic.facts.get("isTotpEnabled") is False:
        return None
    if form is None and any(not each.covered for each in look.fields):
        return None
    of_message = form is not None and is_of_a_message(form.field)
    by_message = says or of_message
    # The page may wait for a message without showing a box.
    waits_for_message = form is None and BY_SMS.search(body(look)) is not None
    # Such words may send another code, so the account must be known to have an authenticator.
    has_others = (of_message or waits_for_message) and traffic.facts.get("isTotpEnabled") is True
    ways = [
        each
        for each in told
        if not (each.covered or BINDS.search(CHANGES_WAY.without(each.words)))
        and (
            OTHER_WAYS.search(each.words)
            or (has_others and NO_CODE_CAME.search(each.words))
            or (waits_for_message and has_others and HAS_NO_PHONE.search(each.words))
            or (
                each.opens
                and (
                    METHOD.search(f"{each.words} {each.heading}")
                    or (by_message and BY_SMS.search(each.words))
                    or (form is not None and BY_MESSAGE_NOW.search(each.words))
                )
            )
        )
    ]
    if not ways and of_message and has_others:
        ways = _lists(told)
    if len(ways) != 1:
        return None
    place = Evidence("place", 1, "the number was taken, and no code yet")
    return way("other ways", ways[0], place)


_OF_NO_WAY = (BINDS, NOT_HERE, WRITES_TO_SOMEBODY, A_COUNTRYS_CODE, OF_COUNTRIES)


def _lists(told: list[Control]) -> list[Control]:
    """Closed lists that may hold other ways, since nothing says what else is in them."""
    return [
        each
        for each in told
        if each.opens
        and not each.covered
        and not any(said.search(f"{each.words} {each.heading}") for said in _OF_NO_WAY)
    ]


def _untaken(look: Look) -> list[Control]:
    """Controls that are not chosen yet, and neither bind nor lead to another form."""
    return [
        each
        for each in look.controls
        if each.can_be_pressed
        and not each.chosen
        and not (NOT_HERE.search(each.words) or BINDS.search(each.words))
    ]


def by_mobile(look: Look, sent: Sent) -> Way | None:
    """The control that leads to the number, from another way to log in such as a QR code."""
    if look.fields:
        return _by_tab(look, sent)
    ways = [each for each in _untaken(look) if BY_MOBILE.search(each.words)]
    words = [each.words for each in look.controls]
    told = f"{body(look)} {' '.join(words)}"
    if ways and not (BY_MOBILE_ONLY.search(ways[0].words) or QR.search(told)):
        return None
    if not ways and not sent.mobile and any(map(OTHER_CHOICES.search, words)):
        # Before anything was sent, a bare word is enough beside another way to log in.
        ways = [each for each in _untaken(look) if MOBILE_CHOICE.search(each.words)]
    if not ways:
        return None
    return way("QR code", ways[0], Evidence("shape", 1, "and no field"))


def _by_tab(look: Look, sent: Sent) -> Way | None:
    """The number's tab, where another tab is chosen."""
    others = [each for each in look.controls if _is_choice(each) and each.chosen]
    # A bare "Mobile" may be a kind of device, unless it stands beside another way to log in.
    beside_ways = any(OTHER_CHOICES.search(each.words) for each in look.controls)
    tabs = [
        each
        for each in _untaken(look)
        if _is_choice(each)
        and (BY_MOBILE.search(each.words) or (beside_ways and MOBILE_CHOICE.search(each.words)))
    ]
    if sent.mobile or len(tabs) != 1 or not others:
        return None
    shape = Evidence("shape", 2, "is one of several, and another one is chosen")
    return way("login by number", tabs[0], shape)


def to_login(look: Look, sent: Sent) -> Way | None:
    """The login's tab, where the tab to open an account is chosen."""
    choices = [each for each in look.controls if _is_choice(each)]
    if sent.mobile or not any(each.chosen and NOT_HERE.search(each.words) for each in choices):
        return None
    tabs = [each for each in _untaken(look) if _is_choice(each) and BEGIN.search(each.words)]
    if len(tabs) != 1:
        return None
    shape = Evidence("shape", 2, "is one of several, and the chosen one opens an account")
    return way("login", tabs[0], shape)


def is_of_a_message(each: Field) -> bool:
    """Whether the box's own label or placeholder names a message and no authenticator.

    Without either, the text nearest to the box is its label.
    """
    own = f"{each.label} {each.placeholder}".strip()
    words = (OTP_OF_A_MESSAGE, OTP_IS_SENT) if own else (OTP_OF_A_MESSAGE,)
    own = own or next((text for _, text in own_words(each) if text), "")
    return any(said.search(own) for said in words) and OTP_TAKES_TOTP.search(own) is None


def message_is_chosen(each: Field, look: Look) -> bool:
    """Whether a choice or a closed list says that the box waits for a message's code.

    A box whose own words name the authenticator takes its code all the same.
    """
    if takes_totp(each):
        return False
    chosen = [e for e in look.controls if not e.disabled and e.chosen and _is_choice(e)]
    closed = [e for e in look.controls if e.opens]
    return any(BY_MESSAGE_NOW.search(e.words) for e in (*chosen, *closed)) or any(
        OTP_OF_A_MESSAGE.search(e.words)
        and not (_is_by_totp(e.words) or WRITES_TO_SOMEBODY.search(e.words))
        for e in chosen
    )


def totp_is_enabled(form: Form, look: Look, traffic: Traffic) -> bool | None:
    """Whether the box takes a code of the authenticator; None if nothing tells.

    The box's label and a chosen way count more than what the wire said of the account.
    """
    if takes_totp(form.field) or (not was_texted(form.field) and _is_told_to_take_totp(form.field)):
        return True
    chosen = [each.words for each in look.controls if each.chosen and _is_choice(each)]
    if any(map(_is_by_totp, chosen)) and not is_of_a_message(form.field):
        return True
    told = traffic.facts.get("isTotpEnabled")
    if told is True:
        return True
    offered = any(OFFERS_TOTP.search(each.words) for each in look.controls) or any(
        OFFERS_TOTP.search(each.text) for each in look.texts
    )
    missing = any(TOTP_IS_MISSING.search(each.text) for each in look.texts)
    labels = [text for _, text in own_words(form.field) if text]
    sms = any(OTP_IS_SMS_ONLY.search(text) for text in labels) or is_of_a_message(form.field)
    if told is False or offered or missing or sms or was_texted(form.field):
        return False
    return None


def _is_told_to_take_totp(each: Field) -> bool:
    """Whether the heading or a sentence at the box names the authenticator."""
    told = (text for text in (each.heading, *each.near) if not TOTP_IS_MISSING.search(text))
    return any(map(OTP_TAKES_TOTP.search, told))
