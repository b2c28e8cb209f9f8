"""What a broker's team may ship next quarter: each kind of form and screen, in other shapes."""

from __future__ import annotations

from benchmarks.drift.change import Change

from . import quarter_told
from .shipped import Sheet, habit, said

_sheet = Sheet("quarter")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen
_ends = _sheet.ends


_FIELDS = (
    _skin("quarter: one line and a link", "field: one line of text with a link"),
    _skin("quarter: label in a slot", "field: label in a slot"),
    _skin("quarter: named by two parts", "field: named by two parts"),
    _skin("quarter: a picture with a title", "field: title of a picture"),
    _skin("quarter: a question mark in the label", "field: a question mark in the label"),
    _skin("quarter: a combobox", "field: combobox that suggests nothing"),
    _skin("quarter: the arrow inside", "field: arrow inside"),
    _skin("quarter: a button of two lines", "field: a button of two lines"),
    _skin("quarter: actions in the head", "field: actions in the head"),
    _skin("quarter: a list of settings", "field: a list of settings"),
    _skin("quarter: Enter and nothing else", "field: enter only, and a hint"),
    _skin("quarter: components of its own", "field: bare component with a test id"),
    _skin("quarter: no headings, arrow inside", "field: arrow inside", headings=False),
    _skin("quarter: an alternate number", "number: an alternate number, optional", "mobile"),
    _skin(
        "quarter: number of type number", "number: type number with its country before", "mobile"
    ),
    _skin("quarter: number in ten cells", "number: ten cells", "mobile"),
    _skin("quarter: mobile, e-mail or UCC", "number: mobile, and tabs for e-mail", "mobile"),
    _skin(
        "quarter: tabs, and both boxes",
        "otp: tabs of SMS and authenticator, the box below changes",
        "otp",
    ),
    _skin("quarter: an accordion of ways", "otp: an accordion of ways", "otp"),
    _skin("quarter: SMS or TOTP, two boxes", "otp: two boxes at once", "otp"),
    _skin("quarter: use TOTP, a link below", "otp: behind a link below", "otp"),
    _skin("quarter: cells drawn below the field", "otp: six cells drawn over one field", "otp"),
    _skin("quarter: PIN in dots", "pin: six dots with boxes of type tel", "pin"),
    _skin("quarter: PIN hidden by its style", "pin: text that is hidden by its style", "pin"),
    _skin("quarter: PIN with a promo code", "pin: with a captcha of words beside it", "pin"),
)

_HABITS = (
    habit(
        "quarter: PIN sends itself, and its button too",
        submit__pin="both",
        kind__pin="boxes",
        ids="none",
    ),
    habit("quarter: code by real keys, sent late", submit__otp="auto-late", typing__otp="keys"),
    habit("quarter: number by Enter in no form", submit__mobile="enter", form="none", ids="hashed"),
    habit(
        "quarter: read-only until pressed, in Hindi", typing="pressed", text="hindi", label="bound"
    ),
    habit("quarter: sent when left", submit__pin="blur", ids="none", label__pin="aria"),
    habit("quarter: PIN before the code, bound to nothing", order="pin-first", label="beside"),
    habit("quarter: number and PIN together", order="mobile+pin", ids="hashed", button="div"),
    habit("quarter: code and PIN together", order="otp+pin", ids="none", label="placeholder"),
    habit("quarter: a document a step, in words of a bank", documents="post", text="formal"),
    habit("quarter: a document a step, links", documents="reload", button="link", ids="none"),
    habit("quarter: in a frame, no ids", place="frame", ids="none", button="role"),
    habit("quarter: nested shadows, in Hinglish", place="nested", text="hinglish"),
    habit("quarter: a modal over another form", place="modal", behind=True, ids="misleading"),
    habit("quarter: a dialog over another form", place="dialog", behind=True, label="placeholder"),
    habit("quarter: names that mislead", names="misleading", testids="wrong", ids="swapped"),
    habit(
        "quarter: the label tells of an authenticator, the answer does not",
        **{
            "sms-only": True,
            "text.otpLabel": "6-digit TOTP from your authenticator app",
            "text.otpSub": "Open your authenticator app.",
            "text.tryTotp": "",
        },
    ),
)

_PLACES = (
    _place("quarter: beside an older login", "place: login beside an older login"),
    _place("quarter: PIN codes of branches", "place: find a branch"),
    _place("quarter: an account to open above", "place: open an account above"),
    _place("quarter: refer a friend", "place: refer a friend"),
    _place("quarter: a sheet from the right", "place: a sheet from the right"),
    _place("quarter: allotment to check", "place: payment status"),
    _place("quarter: languages and terms", "place: language bar"),
    _place("quarter: three steps above", "place: progress of three steps"),
)

_SCREENS = (
    _screen("quarter: an intro to skip", "mobile", "intro, first"),
    _screen("quarter: good morning", "pin", "welcome with a name"),
    _screen("quarter: a splash", "mobile", "splash", auto=1500),
    Change(
        "quarter: two pages of news",
        "screen before mobile",
        {"before.mobile": _sheet.pages("next of two", "last of two")},
    ),
    _screen("quarter: a circular", "mobile", "a circular"),
    _screen("quarter: news with a cross", "end", "news with a cross"),
    _screen("quarter: delays", "otp", "delays"),
    _screen("quarter: risk in numbers", "end", "risk in numbers"),
    _screen("quarter: risk with a link", "mobile", "risk with a link"),
    _screen("quarter: risk in Hindi", "pin", "risk in Hindi"),
    _screen("quarter: nominee, three ways", "end", "nominee, three ways"),
    _screen("quarter: nominee in Hindi", "end", "nominee in Hindi"),
    _screen("quarter: nominee with a cross", "end", "nominee with a cross in the corner"),
    _screen("quarter: stay signed in?", "end", "stay signed in, yes and no"),
    _screen("quarter: trust this browser?", "pin", "trust this browser"),
    _screen("quarter: a tick to remember", "end", "a tick to remember"),
    _screen("quarter: passkey, a link below", "pin", "passkey, a link below"),
    _screen("quarter: Windows Hello", "end", "passkey, continue without"),
    _screen("quarter: fingerprint with a cross", "end", "fingerprint with a cross"),
    _screen("quarter: better on the app", "mobile", "the app is better"),
    _screen("quarter: stay in the browser", "mobile", "stay in the browser"),
    _screen("quarter: scan to install", "mobile", "scan to install"),
    _screen("quarter: it was me", "end", "it was me"),
    _screen("quarter: an e-mail about the device", "end", "an e-mail about the device"),
    _screen("quarter: name this device", "end", "name this device"),
    _screen("quarter: KYC is due", "end", "KYC is due"),
    _screen("quarter: DDPI", "end", "DDPI"),
    _screen("quarter: a plan", "end", "plan"),
    _screen("quarter: a rating", "end", "rating"),
    _screen("quarter: e-mail to confirm", "end", "verify e-mail"),
    _ends("quarter: terms", "end", "terms"),
    _ends("quarter: terms in Hindi", "pin", "terms in Hindi"),
    _ends("quarter: risk to accept", "end", "risk to accept"),
    _ends("quarter: a PIN that has expired", "end", "PIN expired"),
    _ends("quarter: which account", "pin", "which account"),
    _ways("quarter: ways as pictures", "ways: grid of pictures"),
    _ways("quarter: ways as cards", "ways: cards of radio buttons"),
    _ways("quarter: ways in Hindi", "ways: a list in Hindi"),
    Change(
        "quarter: approve in the app, or others",
        "method",
        {
            "before.otp": {
                "html": _sheet.part("ways: approve in the app"),
                "more": {"html": _sheet.part("ways: the others")},
            }
        },
    ),
)

_WORDS = (
    said(
        "quarter: Marathi throughout",
        mobileTitle="लॉगिन करा",
        mobileSub="आम्ही तुम्हाला कोड पाठवू.",
        mobileLabel="तुमचा मोबाईल क्रमांक टाका",
        mobileButton="पुढे जा",
        otpTitle="पडताळणी करा",
        otpLabel="OTP टाका",
        otpOrTotpLabel="OTP किंवा TOTP टाका",
        otpButton="पडताळा",
        pinTitle="पुन्हा स्वागत",
        pinSub="",
        pinLabel="तुमचा ६ अंकी पिन",
        pinButton="लॉगिन",
    ),
    said(
        "quarter: Tamil throughout",
        mobileTitle="உள்நுழைக",
        mobileSub="",
        mobileLabel="உங்கள் மொபைல் எண்",
        mobileButton="தொடரவும்",
        otpTitle="சரிபார்ப்பு",
        otpLabel="OTP ஐ உள்ளிடவும்",
        otpOrTotpLabel="OTP அல்லது TOTP ஐ உள்ளிடவும்",
        otpButton="சரிபார்",
        pinTitle="வணக்கம்",
        pinSub="",
        pinLabel="6 இலக்க பின்",
        pinButton="உள்நுழை",
    ),
    said(
        "quarter: as few words as can be",
        mobileTitle="Hi",
        mobileSub="",
        mobileLabel="Phone",
        mobileButton="Go",
        otpTitle="Check",
        otpLabel="OTP",
        otpOrTotpLabel="OTP/TOTP",
        otpButton="Go",
        pinTitle="Hi again",
        pinSub="",
        pinLabel="PIN",
        pinButton="Go",
    ),
    said(
        "quarter: as a bank would write",
        mobileTitle="Secure Access",
        mobileLabel="Kindly furnish the mobile number registered with your demat account",
        mobileButton="Proceed securely",
        otpTitle="Authentication",
        otpLabel="Kindly key in the One Time Password",
        otpOrTotpLabel="Kindly key in the One Time Password / Time-based OTP",
        otpButton="Authenticate me",
        pinTitle="Second factor",
        pinSub="",
        pinLabel="Kindly key in your six digit transaction PIN",
        pinButton="Access my account",
    ),
    said(
        "quarter: two languages at once",
        mobileTitle="Login / लॉगिन",
        mobileLabel="Mobile number / मोबाइल नंबर",
        mobileButton="Aage badhein",
        otpTitle="Verify / सत्यापित करें",
        otpLabel="OTP / ओटीपी",
        otpOrTotpLabel="OTP or TOTP / ओटीपी या टीओटीपी",
        otpButton="Aage badhein",
        pinTitle="PIN / पिन",
        pinLabel="6 digit PIN / 6 अंकों का पिन",
        pinButton="Aage badhein",
    ),
    said(
        "quarter: friendly verbs",
        mobileTitle="Ready to trade?",
        mobileLabel="What’s your number?",
        mobileButton="Ping me",
        otpTitle="Knock knock",
        otpLabel="What’s the code?",
        otpOrTotpLabel="What’s the code? SMS or authenticator, either works",
        otpButton="There you go",
        pinTitle="One more thing, {name}",
        pinSub="",
        pinLabel="Your 6-digit PIN, please",
        pinButton="Open sesame",
    ),
)

_LATE = (
    habit("quarter: a config of nine seconds", **{"late.config": 9000}),
    habit("quarter: a script of seven seconds", **{"late.script": 7000}),
    habit("quarter: the PIN's part after six seconds", **{"chunk.pin": 6000}, ids="none"),
    habit("quarter: the code's part from another host", foreign__otp=5000),
    habit(
        "quarter: a slow answer under a veil",
        **{"slow.verify": 5000, "working": "Please wait while we verify…"},
    ),
)

_MORE = (
    _skin("quarter: an arrow without a name", "field: an arrow drawn, without a name"),
    _skin("quarter: a triangle", "field: a triangle in a circle"),
    _skin("quarter: a tick and a cross", "field: a tick"),
    _skin("quarter: nothing but the field", "field: nothing but the field"),
    _skin("quarter: a form without a button", "field: a form without a button"),
    _skin("quarter: the button in a row above", "field: the button in a row above"),
    _skin("quarter: texted, or Google's", "otp: texted, or of Google Authenticator", "otp"),
    _skin("quarter: mobile OTP or TOTP", "otp: mobile OTP above, TOTP below", "otp"),
    _place("quarter: an older login by PIN", "place: client code and PIN"),
    _place("quarter: e-mail and password above", "place: e-mail and password above"),
    habit("quarter: number and PIN in boxes", order="mobile+pin", kind__pin="boxes"),
    habit("quarter: number and PIN in Hinglish", order="mobile+pin", text="hinglish", ids="none"),
    habit("quarter: code and PIN in Hindi", order="otp+pin", text="hindi", ids="hashed"),
    *(
        Change(
            f"quarter: a tour, {no.lower()}",
            "popover",
            {
                "popover": {
                    "title": title,
                    "text": "",
                    "buttons": [[yes, "primary", "astray"], [no, kind, "close"]],
                }
            },
        )
        for title, yes, no, kind in (
            ("Tip 1/5: your number goes here", "Next tip", "Exit walkthrough", "link"),
            ("Meet the new login", "Show me around", "Skip all", "div"),
            ("1 / 3", "Next ›", "Leave the guide", "role"),
        )
    ),
    *quarter_told.MORE,
)
"""Siblings of those that a login did not survive when they were written."""

_AGAIN = (
    _place("quarter: a PIN to change beside", "place: change your PIN beside"),
    _place("quarter: an e-mail to verify beside", "place: e-mail to verify beside"),
    _place("quarter: a family member's number", "place: for the family"),
    _place("quarter: a calculator", "place: a calculator"),
    _skin(
        "quarter: a switch for the authenticator", "field: a switch for the authenticator", "otp"
    ),
    _skin("quarter: code by SMS, e-mail or app", "field: code by SMS, e-mail or app", "otp"),
    _skin("quarter: a list of help", "field: help me menu", "otp"),
    _skin("quarter: steps in the button", "field: a stepper with a name in the button"),
    _skin("quarter: an arrow beside the fieldset", "field: bordered fieldset, the arrow outside"),
    _skin("quarter: a heading as label", "field: an underlined title as label"),
    _screen("quarter: a cross that is drawn", "end", "a cross that is only drawn"),
    _screen("quarter: messages", "end", "read later"),
    _screen("quarter: the language", "mobile", "the language"),
    _screen("quarter: an old PIN", "end", "an old PIN"),
    _screen("quarter: a new look", "mobile", "a new look"),
    _screen("quarter: the location", "pin", "location"),
    _screen("quarter: a face", "end", "face"),
    _screen("quarter: years of trading", "end", "a survey"),
    _screen("quarter: the home screen", "mobile", "home screen"),
    _screen("quarter: nominee, afterwards", "end", "afterwards"),
    _screen("quarter: greetings", "mobile", "greetings"),
    _screen("quarter: Muhurat", "end", "muhurat"),
    _screen("quarter: on another browser", "pin", "signed in elsewhere"),
    _screen("quarter: the profile", "end", "profile"),
    _screen("quarter: holidays", "end", "holiday list"),
    _ends("quarter: a tariff", "end", "tariff"),
    _ends("quarter: consent", "end", "consent"),
    _ends("quarter: who's trading", "pin", "profiles"),
    Change(
        "quarter: ways in a list box",
        "method",
        {
            "list": {
                "kind": "select",
                "title": "Where should the code come from?",
                "rows": [
                    ["Text message to ••1234", "", "sms"],
                    ["Call to ••1234", "", "call"],
                    ["Authenticator app (TOTP)", "", "totp"],
                ],
                "go": "Next step",
            }
        },
    ),
    Change(
        "quarter: ways by radio, in Hinglish",
        "method",
        {
            "list": {
                "kind": "radios",
                "title": "Kaise verify karein?",
                "rows": [["SMS", "par OTP", "sms"], ["Authenticator app", "ka code", "totp"]],
                "go": "Aage badhein",
            }
        },
    ),
    said(
        "quarter: Telugu throughout",
        mobileTitle="లాగిన్",
        mobileSub="",
        mobileLabel="మీ మొబైల్ నంబర్",
        mobileButton="OTP పంపండి",
        otpTitle="ధృవీకరణ",
        otpLabel="OTP నమోదు చేయండి",
        otpOrTotpLabel="OTP లేదా TOTP నమోదు చేయండి",
        otpButton="కొనసాగించండి",
        pinTitle="స్వాగతం",
        pinSub="",
        pinLabel="6 అంకెల పిన్",
        pinButton="లాగిన్",
    ),
    said(
        "quarter: a contact number",
        mobileTitle="Trade with us",
        mobileSub="",
        mobileLabel="Contact number",
        mobileButton="Let’s roll",
        otpTitle="Prove it",
        otpLabel="Sign-in code",
        otpOrTotpLabel="Sign-in code (SMS or authenticator)",
        otpButton="Keep going",
        pinTitle="Nearly in",
        pinSub="",
        pinLabel="Trading PIN",
        pinButton="Unlock Upstox",
    ),
    *quarter_told.AGAIN,
)
"""Further changes of the same kinds, to measure what the mends are worth for others."""

CHANGES = (
    *_AGAIN,
    *_MORE,
    *_FIELDS,
    *_HABITS,
    *_PLACES,
    *_SCREENS,
    *_WORDS,
    *quarter_told.CHANGES,
    *_LATE,
)
