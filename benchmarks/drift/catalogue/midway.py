"""Screens between the steps, consents, refusals and calm words, as a broker writes them today."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from .roadmap import refused
from .shipped import Sheet, cookie_wall

_sheet = Sheet("midway")


def _screen(place: str, part: str) -> Change:
    return _sheet.screen(f"midway: {part}", place, part)


def _ends(place: str, part: str) -> Change:
    return _sheet.ends(f"midway: {part}", place, part)


_OWN = frozenset({"order", "documents", "label", "boxes", "typing", "submission", "keep", "method"})
"""What contradicts the forms of a design, or the way in which a trap sends."""


def plain(name: str, category: str, expect: str = "TOKEN", **options: Any) -> Change:
    """A change of the page's options; two underscores stand for a dot."""
    apart = _OWN if category in {"design", "trap"} else frozenset()
    return Change(f"midway: {name}", category, options_of(options), expect=expect, apart=apart)


def _says(name: str, call: str, text: str, expect: str, **more: Any) -> Change:
    return refused(f"midway: {name}", call, text, expect, **{"codeless": True, **more})


def _locked(name: str, text: str, **more: Any) -> Change:
    options = {"fail.pin": 1017090, "says.pin": text, **more}
    return Change(f"midway: {name}", "error", options, expect="ACCOUNT_LOCKED")


def _refused_by_page(name: str, when: str, how: str, text: str, **more: Any) -> Change:
    check = {"how": how, "when": when, "text": text}
    return plain(name, "error", "MOBILE_REJECTED", check=check, **more)


_SCREENS = (
    _screen("end", "welcome, a card"),
    _screen("end", "november release"),
    _screen("pin", "disclosure of SEBI in a table"),
    _screen("end", "folio without a nominee"),
    _screen("end", "nominee in Tamil"),
    _screen("end", "just this once"),
    _screen("pin", "carry on with PIN"),
    _screen("end", "passkey in Bengali"),
    _screen("mobile", "charts on the app"),
    _screen("end", "a login from Pune"),
    _screen("end", "five stars"),
    _screen("mobile", "upgrade on Sunday"),
    _screen("mobile", "upgrade, in Hinglish"),
    _screen("end", "DP charges"),
    _screen("end", "charges in Gujarati"),
    _screen("end", "what do you build"),
    _screen("end", "WhatsApp switch"),
    _screen("pin", "closed on Friday"),
    _screen("end", "settlement is running"),
    _screen("end", "IPO is open"),
    _screen("end", "e-mail to be verified"),
    _screen("end", "terminal layout"),
    _screen("mobile", "skip in Kannada"),
    _screen("mobile", "safer login"),
    _screen("end", "UPI autopay"),
    _ends("end", "rate card to agree to"),
    _ends("end", "agreed in Marathi"),
    _ends("pin", "MITC"),
    _ends("end", "KYC has lapsed"),
    _ends("pin", "PAN to type"),
    _ends("end", "PAN and Aadhaar"),
    _ends("end", "a fresh PIN"),
    _ends("end", "nominee, compulsory"),
    _ends("end", "an order that waits"),
    _ends("end", "income proof"),
    _ends("pin", "code by e-mail"),
    _ends("end", "selfie"),
    _ends("end", "share of data"),
    _ends("end", "e-mandate"),
)

_CONSENTS = (
    _screen("end", "app, to connect"),
    _screen("end", "app, scopes"),
    _screen("end", "app, in Hindi"),
    _screen("end", "app, account row"),
    _ends("end", "app, moves money"),
    _ends("end", "app, gives shares away"),
    _sheet.place("midway: cookies, crumbs", "place: crumbs", "mobile"),
    _sheet.place("midway: cookies, personal data law", "place: personal data law", "mobile"),
    cookie_wall(
        "midway: cookies, in Hindi",
        "कुकीज़ के बारे में",
        "हम आपके अनुभव को बेहतर बनाने के लिए कुकीज़ इस्तेमाल करते हैं।",
        ["प्राथमिकताएँ", "link", "more"],
        ["ठीक है", "button", "close"],
    ),
    cookie_wall(
        "midway: cookies, agreed to by one button",
        "This site stores cookies",
        "They help us to remember your device. Read the cookie policy.",
        ["Cookie policy", "link", "more"],
        ["I agree", "button", "close"],
        shape="bar",
    ),
    cookie_wall(
        "midway: cookies, fine by me",
        "We use cookies, as everybody does",
        "Some are ours, some are our partners’.",
        ["Pick and choose", "div", "more"],
        ["Fine by me", "div", "close"],
        role=None,
    ),
)

_ERRORS = (
    _says(
        "PIN does not match",
        "pin",
        "That PIN doesn’t match our records",
        "PIN_REJECTED",
        **_sheet.drawn("helper below the field", "field"),
    ),
    _says(
        "PIN in a browser dialog",
        "pin",
        "Oops! Your PIN was not right. You have 3 tries left today.",
        "PIN_REJECTED",
        error="dialog",
    ),
    _says(
        "PIN as a status, in Hinglish",
        "pin",
        "PIN galat hai, dobara check karein",
        "PIN_REJECTED",
        error="status",
    ),
    _says(
        "PIN, by Keycloak, in the answer only",
        "pin",
        "Invalid user credentials: PIN is incorrect",
        "PIN_REJECTED",
        wire="keycloak",
        error="silent",
    ),
    _says(
        "PIN, in REST with 401, in a toast of sonner",
        "pin",
        "Incorrect PIN",
        "PIN_REJECTED",
        wire="rest",
        codeless=False,
        **_sheet.drawn("sonner's toast", "over"),
    ),
    _says(
        "code is wrong, in Chakra's alert",
        "verify",
        "The code you entered is not valid",
        "TOTP_REJECTED",
        **_sheet.drawn("chakra's alert", "host"),
    ),
    _says(
        "code was used already",
        "verify",
        "This TOTP has already been used. Wait for the next one.",
        "TOTP_REJECTED",
        error="inline",
    ),
    _says(
        "code, by Spring with 401",
        "verify",
        "Invalid one-time password",
        "TOTP_REJECTED",
        wire="spring",
        error="toast",
    ),
    Change(
        "midway: the first code used already, in a drawer",
        "second code",
        {
            "failonce.verify": 1017093,
            "says.verify": "Code already used. Enter a new one.",
            "codeless": True,
            **_sheet.drawn("a drawer with one way on", "over"),
        },
    ),
    _locked(
        "locked, a page of its own",
        "Your account is locked for your safety",
        **{"codeless": True, **_sheet.drawn("a page of its own with a lock", "instead")},
    ),
    _locked(
        "locked, in REST with 401, in the answer only",
        "Account locked due to repeated incorrect PIN attempts",
        wire="rest",
        error="silent",
    ),
    _locked(
        "locked, in Hindi, in a drawer",
        "गलत पिन कई बार डालने से आपका खाता लॉक हो गया है",
        **{"codeless": True, **_sheet.drawn("a drawer with one way on", "over")},
    ),
    _says(
        "number is nobody's, in Ant's notification",
        "generate",
        "We couldn’t find an Upstox account with this number",
        "MOBILE_REJECTED",
        **_sheet.drawn("antd's notification", "over"),
    ),
    _says(
        "number is nobody's, short envelope",
        "generate",
        "No user registered with this mobile",
        "MOBILE_REJECTED",
        wire="short",
        error="inline",
    ),
    Change(
        "midway: too many codes, in a browser dialog",
        "error",
        {
            "fail.generate": 1017069,
            "says.generate": "You’ve asked for too many OTPs. Try again in 10 minutes.",
            "codeless": True,
            "error": "dialog",
        },
        expect="RATE_LIMITED",
    ),
    Change(
        "midway: codes are blocked, Spring with 401",
        "error",
        {
            "fail.verify": 1017078,
            "says.verify": "Too many wrong attempts. OTP login is paused for 10 minutes.",
            "wire": "spring",
            "error": "inline",
        },
        expect="RATE_LIMITED",
    ),
    plain(
        "session lost at the PIN, the form emptied",
        "error",
        "SESSION_LOST",
        fail__pin=1017007,
        says__pin="Your session has expired, please try again.",
        wipes__pin=True,
    ),
    _refused_by_page(
        "number refused at once, below the field",
        "character",
        "drawn",
        "This mobile number isn’t registered with any Upstox account",
        refusal={"html": _sheet.part("error: helper below the field"), "where": "field"},
    ),
    _refused_by_page(
        "number refused in a drawer",
        "press",
        "drawn",
        "Hmm, that number doesn’t look right",
        refusal={"html": _sheet.part("error: a drawer with one way on"), "where": "over"},
    ),
    _refused_by_page("number refused in Tamil", "press", "inline", "தவறான மொபைல் எண்"),
    _refused_by_page(
        "number refused by a landline rule", "press", "snack", "Landline numbers can’t be used here"
    ),
)

_CALM = (
    plain(
        "praise: list of blocked devices",
        "praise",
        praise__pin="Device blocked list updated",
        praiserole="status",
    ),
    plain(
        "praise: the old session was ended",
        "praise",
        praise__pin="Welcome back! Your old session was terminated",
    ),
    plain(
        "praise: an alarm that was called off",
        "praise",
        praise__otp="Code accepted. 2 failed attempts since your last login were cleared.",
        praiserole="alert",
    ),
    plain(
        "praise: unlocked again",
        "praise",
        praise__otp="Your account is no longer locked",
        praiserole="alert",
    ),
    _sheet.place("midway: help at the side", "place: sign-in help at the side"),
    _sheet.place("midway: fraud watch", "place: fraud watch"),
    _sheet.place("midway: status page", "place: status page strip"),
    plain(
        "warned of the lock before the PIN",
        "notice",
        notice={
            "place": "under",
            "step": "pin",
            "text": "Entering an incorrect PIN 5 times will lock your account",
            "role": "status",
        },
    ),
    plain(
        "told of the last failure",
        "notice",
        notice={
            "place": "top",
            "step": "pin",
            "text": "Last failed login: 26 Nov, 21:14, incorrect PIN. Not you? Change your PIN.",
            "role": "alert",
        },
    ),
)

CHANGES = (*_SCREENS, *_CONSENTS, *_ERRORS, *_CALM)
