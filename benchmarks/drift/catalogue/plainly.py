"""What a broker's own designers ship: fields, choices of a method, boxes, places, redesigns.

The words are those of people who write for apps today, in English, Hindi, Hinglish and others.
"""

from __future__ import annotations

import re
from typing import Any

from benchmarks.drift.change import TOKEN, Change, options_of

from .shipped import Sheet, cookie_wall, skin

_sheet, _designs = Sheet("plainly"), Sheet("plainly_redesign")
_APART = skin("", "mui outlined").apart


def _six(markup: str) -> str:
    """Write what stands between `[[` and `]]` six times, with its number for `%%`."""
    return re.sub(
        r"\[\[(.+?)\]\]",
        lambda found: "".join(found[1].replace("%%", str(n)) for n in range(1, 7)),
        markup,
    )


def _named(name: str) -> str:
    return f"plainly: {name}"


def _field(name: str, part: str, *steps: str, kind: str = "field", **more: Any) -> Change:
    """A form in markup of its own, of one step or of all."""
    markup = _six(_sheet.part(part))
    skins = {f"skin.{step}": markup for step in steps} if steps else {"skin": markup}
    return Change(_named(name), kind, {**skins, **options_of(more)}, apart=_APART)


def _boxes(name: str, part: str, **more: Any) -> Change:
    return _field(name, part, part.partition(":")[0], kind="boxes", **more)


def _way(name: str, part: str, **more: Any) -> Change:
    """A choice on the code's own screen."""
    return _field(name, f"otp: {part}", "otp", kind="method", **more)


def _ways(name: str, part: str, **more: Any) -> Change:
    """A choice on a screen of its own."""
    options = {"list": {"html": _sheet.part(f"ways: {part}")}, **options_of(more)}
    return Change(_named(name), "method", options)


def _tabs(name: str, kind: str, sms: str, totp: str, title: str, **more: Any) -> Change:
    texts = {"text.methodSms": sms, "text.methodTotp": totp, "text.methodTitle": title}
    return Change(_named(name), "method", {"method": {"kind": kind}, **texts, **options_of(more)})


def _place(name: str, part: str, *steps: str, kind: str = "surface", **more: Any) -> Change:
    markup = _six(_sheet.part(f"place: {part}"))
    around = {f"around.{step}": markup for step in steps} if steps else {"around": markup}
    options = {**around, **options_of(more)}
    return Change(_named(name), kind, options, apart=frozenset({"place", "method"}))


def _habit(name: str, **more: Any) -> Change:
    return Change(_named(name), "habit", options_of(more))


def _said(name: str, *texts: str, kind: str = "words", **more: Any) -> Change:
    """Title, label and button of the number, the code and the PIN."""
    return Change(_named(name), kind, {**_texts(*texts), **options_of(more)})


def _texts(*texts: str) -> dict[str, Any]:
    names = [f"{step}{part}" for step in _STEPS for part in ("Title", "Label", "Button")]
    found: dict[str, Any] = {f"text.{name}": text for name, text in zip(names, texts, strict=True)}
    subs = {f"text.{step}Sub": "" for step in _STEPS}
    return {**found, **subs, "text.otpOrTotpLabel": found["text.otpLabel"]}


_STEPS = ("mobile", "otp", "pin")


def _design(
    name: str,
    skins: dict[str, str],
    texts: tuple[str, ...] = (),
    expect: str = TOKEN,
    **more: Any,
) -> Change:
    """Markup, words and flow at once. A skin's name is its step, or empty for all steps."""
    options = {
        f"skin.{step}" if step else "skin": _six(_designs.part(part))
        for step, part in skins.items()
    }
    words = _texts(*texts) if texts else {}
    apart = _APART | {"place", "method"} if skins else frozenset({"place", "method"})
    options.update(words, **options_of(more))
    return Change(_named(name), "redesign", options, expect, apart)


_FIELDS = (
    _field("React Aria", "field: react aria"),
    _field("a form builder", "field: made by a form builder"),
    _field("a label for another input", "field: a label for an input that is gone"),
    _field("a label that floats above", "field: label that floats"),
    _field("a label on the right", "field: label on the right"),
    _field("a picture for a label", "field: a picture in place of the label"),
    _field("one reply at a time", "field: a conversation"),
    _field("a sentence to complete", "field: a sentence to complete", "mobile", headings=False),
    _field("kept from password managers", "field: kept from password managers"),
    _field("named by its component", "field: named by its component"),
    _field("a counter and a tip", "field: a counter and a tip"),
    _field("rows of an account sheet", "field: a row of an account sheet"),
    _field("written in another order", "field: drawn in another order than written"),
    _field("words after the input", "field: the words after the input"),
    _field("a hidden legend", "field: placeholder and a hidden legend", headings=False),
)

_BOXES = (
    _boxes("react-otp-input", "otp: react-otp-input"),
    _boxes("input-otp", "otp: input-otp"),
    _boxes("Ant's boxes", "otp: ant"),
    _boxes("Chakra's boxes", "otp: chakra, which calls all its boxes a pin code"),
    _boxes("Mantine's boxes", "pin: mantine, which calls all its boxes one-time codes"),
    _boxes("PrimeReact's boxes", "pin: primereact, masked"),
    _boxes("Vuetify's boxes", "otp: vuetify, of type number"),
    _boxes("ng-otp-input for the PIN", "pin: ng-otp-input"),
    _boxes("a root for each box", "otp: a shadow root for each box"),
    _boxes("spaced letters", "otp: spaced letters over drawn cells"),
    _boxes("keys beside the PIN", "pin: keys beside it that nobody has to press"),
)

_HABITS = (
    _field("read-only until focused", "field: read-only until it has the focus", kind="habit"),
    _field(
        "read-only until clicked, sent at mouseup",
        "field: read-only until it is clicked, a button that waits for mouseup",
        kind="habit",
    ),
    _field("complains on blur", "field: complains of too little on blur", kind="habit"),
    _field("a sticky foot", "field: button in a sticky foot", kind="habit"),
    _habit("boxes that open one by one", kind="boxes", boxesopen="next", ids="none"),
    _habit("the PIN's boxes send, and so does the button", kind__pin="boxes", submit__pin="both"),
    _habit("real keys, no form, hashed", typing="keys", form="none", ids="hashed", label="below"),
    _habit("heard on blur, in Hinglish", typing="blur", text="hinglish", names="misleading"),
    _habit("PIN first, in a modal", order="pin-first", place="modal", ids="none"),
    _habit("PIN first, boxes, a document each", order="pin-first", documents="post", kind="boxes"),
    _habit("Enter in a frame", submit="enter", place="frame", ids="same", names="same"),
    _habit("a root in a root, boxes, no ids", place="nested", kind__otp="boxes", ids="none"),
    _habit(
        "pairs of digits, and a div",
        mask__mobile="five",
        mask__otp="space",
        attributes__mobile={"maxlength": 11},
        button="div",
    ),
)

_METHODS = (
    _way("segments", "segments of SMS, WhatsApp and app"),
    _way("a sheet of ways", "a sheet of other ways"),
    _way("a fold", "a fold with the authenticator's box"),
    _way("three dots", "a menu behind three dots"),
    _way("chips of codes", "two chips, app code and SMS code"),
    _way("authenticator first", "the authenticator chosen, a link to SMS", headings=False),
    _way(
        "authenticator first, SMS by the wire",
        "the authenticator chosen, a link to SMS",
        headings=False,
        **{"sms-only": True, "text.tryTotp": ""},
    ),
    _ways("cards, one recommended", "cards of divs, one recommended"),
    _ways("radio cards", "radio cards and a next button"),
    _ways("ways in Hinglish", "a list in Hinglish"),
    _ways("ways in Gujarati", "a list in Gujarati"),
    _ways("brands", "brands only"),
    _ways("yes on the phone", "approve on the phone first"),
    _ways("rows with a chevron", "rows with a chevron"),
    _ways(
        "radio cards, SMS by the wire",
        "radio cards and a next button",
        **{"sms-only": True, "text.otpLabel": "Code from your authenticator", "text.tryTotp": ""},
    ),
    _tabs("tabs in Hindi", "tabs", "मैसेज", "ऑथेंटिकेटर ऐप", "कोड कहाँ से लें?", text="hindi"),
    _tabs("a list box", "select", "Text to ••1234", "Authenticator (TOTP)", "Get my code from"),
    _tabs("a list of options", "listbox", "Message", "Time-based code", "Where’s your code?"),
)

_SURFACE = (
    _place("a relationship manager", "a relationship manager"),
    _place("a friend's WhatsApp", "invite friends"),
    _place("an account to open, same words", "an account to open, with the same words", "mobile"),
    _place("tabs, the login second", "tabs, of which the first opens an account", "mobile"),
    _place("a ticket", "the state of a ticket"),
    _place("an authorised person", "for authorised partners"),
    _place("an IPO to bid for", "a bid for an IPO", "mobile", "otp"),
)

_DECOYS = (
    _place("honeypots", "honeypots of all makes", kind="decoy"),
    _place("a honeypot under the card", "a honeypot that lies under the card", kind="decoy"),
    _place("for password managers", "fields for password managers", kind="decoy"),
    _place("a search with the focus", "a search with the focus", kind="decoy"),
    _place("a morning brief", "a morning brief", kind="decoy"),
    _place("a coupon beside the code", "a coupon of six signs", "otp", kind="decoy"),
    _place("an invite code in boxes", "an invite code in boxes", "otp", "pin", kind="decoy"),
    _place("warnings from the start", "warnings that stand from the start", kind="decoy"),
)

_COOKIES = (
    cookie_wall(
        "plainly: cookies, only what's needed",
        "A note on cookies",
        "We keep a few so that you stay logged in, and a few to see what works.",
        ("Pick and choose", "link", "more"),
        ("Only what’s needed", "button", "close"),
        ("Fine by me", "button", "close"),
    ),
    cookie_wall(
        "plainly: cookies in Hindi",
        "कुकीज़ के बारे में",
        "बेहतर अनुभव के लिए हम कुकीज़ का उपयोग करते हैं।",
        ("सेटिंग्स देखें", "link", "more"),
        ("सिर्फ़ ज़रूरी", "div", "close"),
        role=None,
    ),
    cookie_wall(
        "plainly: cookies in Hinglish",
        "Hum cookies use karte hain 🍪",
        "Taaki aapka experience better ho.",
        ("Aur jaaniye", "link", "more"),
        ("Theek hai", "button", "close"),
        shape="bar",
    ),
    cookie_wall(
        "plainly: cookies in Tamil",
        "குக்கீகள்",
        "இந்த தளம் குக்கீகளைப் பயன்படுத்துகிறது.",
        ("அமைப்புகள்", "button", "more"),
        ("தேவையானவை மட்டும்", "button", "close"),
    ),
    _place("cookies in a root", "cookies in a shadow root", "mobile", kind="cookies"),
    _place("cookies by switches", "cookies by switches", "mobile", kind="cookies"),
)

_WORDS = (
    _said(
        "Bengali",
        *("লগইন করুন", "আপনার মোবাইল নম্বর", "এগিয়ে যান"),
        *("যাচাই করুন", "OTP বা TOTP লিখুন", "যাচাই করুন"),
        *("আবার স্বাগতম", "৬ সংখ্যার পিন লিখুন", "প্রবেশ করুন"),
    ),
    _said(
        "Kannada",
        *("ಲಾಗಿನ್", "ನಿಮ್ಮ ಮೊಬೈಲ್ ಸಂಖ್ಯೆ", "ಮುಂದುವರಿಯಿರಿ"),
        *("ಪರಿಶೀಲನೆ", "OTP ಅಥವಾ TOTP ನಮೂದಿಸಿ", "ಪರಿಶೀಲಿಸಿ"),
        *("ಸ್ವಾಗತ", "6 ಅಂಕಿಯ ಪಿನ್", "ಲಾಗಿನ್"),
    ),
    _said(
        "short questions",
        *("Good to see you", "Which number are you registered with?", "That’s me"),
        *("One moment", "What’s the 6-digit code in your authenticator?", "Check it"),
        *("Last step", "What’s your 6-digit PIN?", "Take me to my portfolio"),
    ),
    _said(
        "Hinglish of an app",
        *("Aaiye, login karte hain", "Registered number likhiye", "Code mangaiye"),
        *("Bas ek minute", "Authenticator ya SMS wala code", "Check kijiye"),
        *("Welcome back ji", "Apna 6 digit ka PIN", "Andar chaliye"),
    ),
    _said(
        "cells and passcodes",
        *("Access your account", "Cell no. linked to your demat", "Verify this number"),
        *("Enter your code", "Passcode from SMS or authenticator app", "Submit code"),
        *("Unlock with PIN", "Login PIN", "Unlock"),
        ids="none",
    ),
    _said(
        "ellipses and lower case",
        *("sign in", "your number…", "go on…"),
        *("a code, please", "otp or totp…", "go on…"),
        *("and the pin", "six digits of your pin…", "in we go…"),
        label="placeholder",
    ),
)

_REDESIGNS = (
    _design(
        "redesign: a prompt",
        {"": "desk: a prompt"},
        ("", "mobile", "", "", "totp", "", "", "pin", ""),
        headings=False,
        resend="none",
        forgot="none",
    ),
    _design(
        "redesign: one question a page",
        {"": "government: a heading as label"},
        (
            *("", "What is your mobile number?", "Continue"),
            *("", "What is the code from your authenticator app or text message?", "Continue"),
            *("", "What is your 6-digit PIN?", "Log in"),
        ),
        headings=False,
        documents="reload",
    ),
    _design(
        "redesign: a club",
        {"mobile": "club: huge letters", "otp": "club: six lines", "pin": "club: six lines"},
        ("", "your number, please", "", "", "now the totp", "", "", "and your pin", ""),
        headings=False,
        submit="auto",
        resend="none",
        forgot="none",
    ),
    _design(
        "redesign: steps in a list",
        {
            "mobile": "steps: the number, with two steps closed",
            "otp": "steps: the code, between the number and the PIN",
            "pin": "steps: the PIN, after two that are done",
        },
        ("", "Mobile number", "Next…", "", "OTP or TOTP", "Next…", "", "PIN", "Done…"),
        headings=False,
        forgot="none",
    ),
    _design(
        "redesign: an assistant",
        {"mobile": "talk: the number", "otp": "talk: the code", "pin": "talk: the PIN"},
        headings=False,
        resend="none",
        forgot="none",
    ),
    _design(
        "redesign: sheets in Hindi",
        {
            "mobile": "sheet: one field and a bar",
            "otp": "sheet: six boxes",
            "pin": "sheet: six boxes",
        },
        (
            *("", "आपका मोबाइल नंबर", "कोड भेजें", "", "ऑथेंटिकेटर या एसएमएस का कोड", "आगे बढ़ें"),
            *("", "आपका 6 अंकों का पिन", "लॉगिन करें"),
        ),
        headings=False,
        submit__pin="both",
    ),
    _design(
        "redesign: sheets, PIN first",
        {"": "sheet: one field and a bar"},
        (
            *("", "Mobile number", "Next", "", "Code from your authenticator app", "Log in"),
            *("", "Your 6-digit PIN", "Next"),
        ),
        headings=False,
        order="pin-first",
    ),
    _design("redesign: brand on the left", {"": "split: brand on the left"}, ids="hashed"),
    _design(
        "redesign: brand on the left, in Marathi",
        {"": "split: brand on the left"},
        (
            *("लॉगिन", "मोबाईल नंबर", "पुढे चला", "पडताळणी", "OTP किंवा TOTP", "पुढे चला"),
            *("स्वागत", "६ अंकी पिन", "लॉगिन करा"),
        ),
        documents="hash",
    ),
    _design(
        "redesign: a bar with an arrow, over another form",
        {"": "press: letters by icon"},
        place="modal",
        behind=True,
        headings=False,
    ),
    _design(
        "redesign: paper, a document each",
        {"": "ledger: rows of a form on paper"},
        (
            *("Client login", "Registered mobile no.", "Generate OTP", "Verification"),
            *("OTP / TOTP", "Validate", "Authorisation", "6-digit PIN", "Authorise"),
        ),
        documents="post",
        wire="rest",
    ),
    _design(
        "redesign: help like an error, paths anew",
        {"pin": "help: text that looks like an error, under the field"},
        paths="new",
        wire="flat",
        ids="none",
        kind__otp="boxes",
    ),
    _design(
        "redesign: cards of ways, boxes, a keypad",
        {},
        list={"html": _designs.part("ways: three cards, in a grid, with a note")},
        skin__otp=_six(_sheet.part("otp: ant")),
        skin__pin=_sheet.part("pin: keys beside it that nobody has to press"),
    ),
    _design(
        "redesign: Hindi, tabs and a call back",
        {},
        text="hindi",
        around=_designs.part("place: product tabs and a call back"),
        button="role",
        label="placeholder",
    ),
    _design(
        "redesign: frames, icons, boxes",
        {},
        place="frames",
        text="icons",
        kind__pin="boxes",
        ids="none",
    ),
    _design(
        "redesign: roots, cookies in Hindi, boxes",
        {},
        place="nested",
        text="hindi",
        kind__otp="boxes",
        cookies={
            "title": "गोपनीयता",
            "text": "हम कुकीज़ का उपयोग करते हैं।",
            "buttons": [["मंज़ूर है", "button", "close"]],
        },
    ),
    _design(
        "redesign: code and PIN on one page, a coupon below",
        {},
        (
            *("Log in", "Mobile number", "Next", "Two last things"),
            *("Authenticator code", "Log in", "", "Trading PIN", ""),
        ),
        order="otp+pin",
        kind__pin="boxes",
        around__otp=_sheet.part("place: a coupon of six signs"),
    ),
    _design(
        "redesign: number and PIN, a search above",
        {},
        (
            *("Client login", "Registered mobile", "Proceed", "Second factor", "TOTP", "Proceed"),
            *("", "PIN", ""),
        ),
        order="mobile+pin",
        around=_sheet.part("place: a search with the focus"),
        label="floating",
    ),
    _design(
        "redesign: in a portal, real keys, links",
        {},
        portal="fixed",
        typing="keys",
        button="link",
        label="labelledby",
        ids="misleading",
    ),
    _design(
        "redesign: sticky foot, a friend, Hinglish",
        {},
        (
            *("Chaliye login karein", "Mobile number likhein", "Agla step"),
            *("Verify karein", "OTP ya TOTP likhein", "Agla step", "PIN", "6 digit PIN likhein"),
            *("Login karein",),
        ),
        skin=_sheet.part("field: button in a sticky foot"),
        around=_sheet.part("place: invite friends"),
    ),
    _design(
        "redesign: yes on the phone, then Chakra, then Mantine",
        {},
        list={"html": _sheet.part("ways: approve on the phone first")},
        skin__otp=_six(_sheet.part("otp: chakra, which calls all its boxes a pin code")),
        skin__pin=_six(_sheet.part("pin: mantine, which calls all its boxes one-time codes")),
    ),
    _design(
        "redesign: React Aria, honeypots, GraphQL",
        {},
        skin=_sheet.part("field: react aria"),
        around=_sheet.part("place: honeypots of all makes"),
        wire="graphql",
    ),
    _design(
        "redesign: a wrong PIN, on a page of warnings",
        {"pin": "help: text that looks like an error, under the field"},
        around=_sheet.part("place: warnings that stand from the start"),
        expect="PIN_REJECTED",
        error="inline",
        fail__pin=1017106,
    ),
)

_AGAIN = (
    _place("an app on the phone, a weak login", "the app on the phone", label="beside", ids="none"),
    _place("prices on WhatsApp", "prices on WhatsApp", ids="none", button="div", form="none"),
    _place("an alert above", "an alert above", "mobile", ids="hashed", attributes__mobile={}),
    _place("a masterclass beside", "a webinar beside", ids="none", text="hinglish"),
    _place("an app on the phone, lower case", "the app on the phone", text="lower", button="link"),
    _place("tabs in Hindi, the login second", "tabs in Hindi, the login second", "mobile"),
    _place("radios, the login second", "radios, the login second", "mobile"),
    _way("a button that unfolds", "a button that unfolds"),
    _way("a fold in Hinglish", "a fold in Hinglish"),
    _ways("clock and message", "clock and message"),
    _field("an image for a label", "field: an image with a name"),
    cookie_wall(
        "plainly: cookies in Gujarati",
        "કૂકીઝ",
        "અમે કૂકીઝનો ઉપયોગ કરીએ છીએ.",
        ("સેટિંગ્સ", "button", "more"),
        ("ફક્ત જરૂરી", "button", "close"),
    ),
    cookie_wall(
        "plainly: cookies in Malayalam",
        "കുക്കികൾ",
        "ഞങ്ങൾ കുക്കികൾ ഉപയോഗിക്കുന്നു.",
        ("ക്രമീകരണങ്ങൾ", "link", "more"),
        ("എല്ലാം സ്വീകരിക്കുക", "button", "close"),
        shape="bar",
    ),
    _said(
        "number please, next in Hinglish",
        *("Namaste", "Aapka number please", "Agla"),
        *("Code", "TOTP ya OTP", "Agla"),
        *("PIN", "Aapka PIN", "Login"),
        ids="none",
    ),
)
"""Further changes of the kinds that a login did not survive, to see what the mends are worth."""

CHANGES = (
    *_AGAIN,
    *_FIELDS,
    *_BOXES,
    *_HABITS,
    *_METHODS,
    *_SURFACE,
    *_DECOYS,
    *_COOKIES,
    *_WORDS,
    *_REDESIGNS,
)
