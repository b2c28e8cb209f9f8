"""What a broker's team is likely to change: fields, words, buttons, screens, ways, walls."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from .shipped import Sheet, cookie_wall, habit, said

SHEET = Sheet("lantern")


def name(kind: str, title: str) -> str:
    """Name a change of this set."""
    return f"lantern {kind}: {title}"


def _habit(group: str, title: str, /, **options: Any) -> Change:
    return habit(name(group, title), **options)


def _field(part: str, *steps: str, **more: Any) -> Change:
    return SHEET.skin(name("field", part.removeprefix("field: ")), part, *steps, **more)


def _place(part: str) -> Change:
    return SHEET.place(name("place", part.removeprefix("place: ")), part)


def _screen(place: str, part: str, **more: Any) -> Change:
    return SHEET.screen(name("screen", part), place, part, **more)


def _ways(part: str) -> Change:
    return SHEET.ways(name("method", part.removeprefix("ways: ")), part)


def _method(title: str, kind: str, **more: Any) -> Change:
    options = {"method": {"kind": kind, "smsField": True}, **options_of(more)}
    return Change(name("method", title), "method", options)


_MARKS = (
    _habit(
        "marks",
        "made for password managers",
        ids="hashed",
        label="bound",
        attributes__mobile={"name": "username", "autocomplete": "username tel-national"},
        attributes__otp={"name": "code", "autocomplete": "one-time-code"},
        attributes__pin={"name": "password", "autocomplete": "current-password"},
    ),
    _habit(
        "marks",
        "a PIN that the browser shall not fill",
        ids="none",
        attributes__pin={"autocomplete": "new-password", "data-lpignore": "true", "name": "q"},
    ),
    _habit(
        "marks",
        "all fields called value",
        ids="none",
        label="placeholder",
        attributes={"name": "value", "autocomplete": "off", "data-1p-ignore": ""},
    ),
    _habit(
        "marks",
        "ids of code and PIN swapped",
        attributes__otp={"id": "pinCode", "name": "pinCode"},
        attributes__pin={"id": "otpNum", "name": "otpNum"},
        label="bound",
    ),
    _habit(
        "marks",
        "a PIN of plain text, hidden by its style",
        ids="none",
        type__pin="text",
        attributes__pin={"style": "-webkit-text-security: disc; height: 40px", "name": "s3"},
    ),
    _habit(
        "marks",
        "an example in the code's field, and no label",
        ids="hashed",
        label__otp="heading",
        attributes__otp={"placeholder": "000 000", "inputmode": "numeric", "maxlength": 7},
        mask__otp="space",
    ),
    _habit(
        "marks",
        "names by a wizard's path",
        ids="none",
        attributes__mobile={"name": "steps.0.value", "maxlength": None},
        attributes__otp={"name": "steps.1.value"},
        attributes__pin={"name": "steps.2.value", "maxlength": None, "inputmode": None},
        label="aria",
    ),
)

_WORDS = (
    said(
        name("words", "linked to your demat"),
        mobileTitle="Log in to your account",
        mobileSub="",
        mobileLabel="Mobile no. linked to your demat",
        mobileButton="Send code",
        otpTitle="Enter the code",
        otpLabel="Code from SMS",
        otpOrTotpLabel="Code from SMS or your authenticator",
        otpButton="Confirm",
        pinTitle="Hi {name}, you’re almost in",
        pinSub="",
        pinLabel="Your 6-digit login PIN",
        pinButton="Take me in",
    ),
    said(
        name("words", "questions"),
        mobileTitle="What’s your number?",
        mobileSub="We’ll use it to find your account.",
        mobileLabel="10-digit number",
        mobileButton="Find my account",
        otpTitle="Got the code?",
        otpLabel="6-digit code",
        otpOrTotpLabel="6-digit code from SMS or app",
        otpButton="Yes, verify",
        pinTitle="What’s your PIN, {name}?",
        pinSub="",
        pinLabel="6 digits",
        pinButton="Done",
    ),
    said(
        name("words", "passcode and MPIN"),
        mobileLabel="Login mobile",
        mobileButton="Request passcode",
        otpTitle="One-time passcode",
        otpLabel="One-time passcode",
        otpOrTotpLabel="One-time passcode / TOTP",
        otpButton="Validate",
        pinTitle="MPIN",
        pinLabel="6-digit MPIN",
        pinButton="Log in securely",
        forgot="Reset MPIN",
    ),
    said(
        name("words", "mobile, e-mail or UCC"),
        mobileTitle="Sign in",
        mobileSub="",
        mobileLabel="Mobile number, email or UCC",
        mobileButton="Next",
        otpTitle="Security check",
        otpLabel="Security code",
        otpOrTotpLabel="Security code (SMS / TOTP)",
        otpButton="Next",
        pinTitle="Trading PIN",
        pinSub="",
        pinLabel="Trading PIN",
        pinButton="Sign in",
    ),
    said(
        name("words", "Hindi as it is spoken"),
        mobileTitle="लॉग इन करें",
        mobileSub="",
        mobileLabel="रजिस्टर्ड मोबाइल नंबर",
        mobileButton="कोड भेजें",
        otpTitle="कोड डालें",
        otpLabel="SMS का कोड",
        otpOrTotpLabel="SMS या ऑथेंटिकेटर ऐप का कोड",
        otpButton="वेरिफाई करें",
        pinTitle="नमस्ते, {name}",
        pinSub="",
        pinLabel="आपका 6 अंकों का PIN",
        pinButton="अंदर चलें",
        forgot="PIN याद नहीं?",
    ),
    said(
        name("words", "Hinglish of a chat"),
        mobileTitle="Chalo, login karte hain",
        mobileSub="",
        mobileLabel="Apna mobile number batao",
        mobileButton="Code bhejo",
        otpTitle="Code mila?",
        otpLabel="SMS wala code",
        otpOrTotpLabel="SMS ya app wala code",
        otpButton="Verify karo",
        pinTitle="Welcome back {name}",
        pinSub="",
        pinLabel="Apna PIN daalo",
        pinButton="Chalo trade karein",
        forgot="PIN yaad nahi?",
    ),
    said(
        name("words", "Malayalam"),
        mobileTitle="ലോഗിൻ ചെയ്യുക",
        mobileSub="",
        mobileLabel="മൊബൈൽ നമ്പർ നൽകുക",
        mobileButton="OTP നേടുക",
        otpTitle="സ്ഥിരീകരിക്കുക",
        otpLabel="OTP നൽകുക",
        otpOrTotpLabel="OTP അല്ലെങ്കിൽ TOTP നൽകുക",
        otpButton="തുടരുക",
        pinTitle="സ്വാഗതം, {name}",
        pinSub="",
        pinLabel="6 അക്ക പിൻ നൽകുക",
        pinButton="ലോഗിൻ",
    ),
    said(
        name("words", "Punjabi"),
        mobileTitle="ਲਾਗਇਨ ਕਰੋ",
        mobileSub="",
        mobileLabel="ਮੋਬਾਈਲ ਨੰਬਰ",
        mobileButton="OTP ਭੇਜੋ",
        otpTitle="ਤਸਦੀਕ ਕਰੋ",
        otpLabel="OTP ਭਰੋ",
        otpOrTotpLabel="OTP ਜਾਂ TOTP ਭਰੋ",
        otpButton="ਅੱਗੇ ਵਧੋ",
        pinTitle="ਜੀ ਆਇਆਂ ਨੂੰ",
        pinSub="",
        pinLabel="6 ਅੰਕਾਂ ਦਾ ਪਿੰਨ",
        pinButton="ਲਾਗਇਨ",
    ),
    said(
        name("words", "buttons of one word"),
        mobileButton="Go",
        otpButton="OK",
        pinButton="Enter",
    ),
)

_BUTTONS = (
    _habit("button", "a link with an id of its own", button="link", ids="none", label="bound"),
    _habit("button", "an icon, and hashed ids", button="icon", ids="hashed", text="formal"),
    _habit("button", "a span that hears the pointer", button="pointer", text="login-words"),
    _habit("button", "far from its field", form="outside", button="tailed", ids="renamed"),
    _habit("button", "ready from the start", disabled="aria", button="role", ids="none"),
    _habit("button", "none, the PIN sends itself", submit__pin="auto", kind__pin="boxes"),
)

_FIELDS = (
    _field("field: Mantine"),
    _field("field: HeroUI"),
    _field("field: Vaadin"),
    _field("field: Lightning"),
    _field("field: Quasar"),
    _field("field: Flutter's semantics", headings=False),
    _field("field: counted"),
    _field("field: shared and joined"),
    _field("field: two actions and a note"),
    _field("field: placeholder with svg button"),
    _field("number: a sentence", "mobile"),
    _field("number: fieldset with a dial select", "mobile"),
    _field("number: with sign in by Google", "mobile"),
    _field("number: SMS or WhatsApp, two buttons", "mobile"),
    _field("number: client or partner", "mobile"),
    _field("otp: three and three", "otp"),
    _field("otp: one field in a component", "otp"),
    _field("otp: authenticator under a question", "otp"),
    _field("otp: more ways in a menu", "otp"),
    _field("otp: SMS and TOTP by a switch in Hinglish", "otp"),
    _field("pin: dots over a clear field", "pin"),
    _field("pin: boxes with an eye", "pin"),
    _field("pin: face first, PIN below", "pin"),
)

_FLOW = (
    _habit("flow", "number and PIN, one button", order="mobile+pin", ids="renamed", text="casual"),
    _habit("flow", "code and PIN, both in boxes", order="otp+pin", kind="boxes", text="formal"),
    _habit("flow", "PIN first, in Hindi", order="pin-first", text="hindi", ids="hashed"),
    _habit("flow", "what was given stays", keep="readonly", ids="numbered", label="bound"),
    _habit(
        "flow", "masked, read-only until focus", typing="readonly", mask__otp="spaced", ids="none"
    ),
    _habit(
        "flow",
        "number in two halves, code by keys",
        mask__mobile="dashes",
        attributes__mobile={"maxlength": 11},
        typing__otp="keys",
    ),
)

_SCREENS = (
    _screen("mobile", "landing"),
    _screen("otp", "is this your number"),
    _screen("pin", "continue as"),
    _screen("end", "F&O losses"),
    _screen("pin", "F&O losses in Hinglish"),
    _screen("end", "investor charter"),
    _screen("end", "nominee, 30 seconds"),
    _screen("end", "nominee in Gujarati"),
    _screen("end", "stay signed in"),
    _screen("pin", "passkey"),
    _screen("end", "passkey in Hindi"),
    _screen("mobile", "get the app"),
    _screen("end", "new device"),
    _screen("end", "what is new, three cards"),
    _screen("mobile", "planned downtime"),
    _screen("mobile", "never share"),
    _screen("end", "e-mail unverified"),
    _screen("pin", "logged in elsewhere"),
    _screen("mobile", "dark theme"),
    _screen("mobile", "language of the app"),
    _screen("end", "app, in Google's way"),
    _screen("end", "app, scopes ticked"),
    _screen("end", "app, in Hindi"),
    _screen("end", "app, linked for a day"),
)

_METHODS = (
    _ways("ways: cards, recommended first"),
    _ways("ways: logos only"),
    _ways("ways: Hindi, rows"),
    _ways("ways: push first, other ways folded"),
    _method(
        "tabs in Hindi",
        "tabs",
        text__methodTitle="कोड कहाँ से?",
        text__methodSms="SMS",
        text__methodTotp="ऑथेंटिकेटर ऐप",
    ),
    _method(
        "a link in new words",
        "link",
        text__methodTitle="",
        text__methodInstead="I have a TOTP app. Use that",
    ),
    _method("other ways in a drop-down", "dropdown", text__methodTitle="Code via", ids="hashed"),
)

_LATE = (
    _habit(
        "late",
        "a slow start",
        **{"late.config": 5000, "skeleton": {"kind": "busy", "for": 1500}},
    ),
    _habit("late", "a slow PIN below a veil", working="Securing your session…", slow__pin=5000),
    _habit("late", "fields that wake", waking=900, stream=600, ids="none"),
    _habit("late", "praise that lingers", linger__otp=1500, praise__otp="Number verified ✓"),
    _habit("late", "typing that is heard late", typing="debounced", enabling=800, ids="hashed"),
    _habit("late", "a form drawn anew, and a slow way out", rerender=500, leave="slow"),
    Change(
        name("late", "asked again by the page"), "late", {"shaky.generate": 1, "retry.mobile": 2}
    ),
)

_PLACES = (
    _place("place: over the markets page"),
    _place("place: verify a caller"),
    _place("place: brokerage coupon and newsletter"),
    _place("place: track application above"),
    _habit("place", "a trusted frame", place="frame", frametitle="Secure login", ids="renamed"),
    _habit("place", "shadows that come late", place="nested", attaching=1200, text="casual"),
    _habit("place", "a dialog over another form", place="dialog", behind=True, ids="hashed"),
    _habit("place", "components, buttons too", place="components", button="component", ids="none"),
)

_COOKIES = (
    cookie_wall(
        name("cookies", "your privacy, your call"),
        "Your privacy, your call",
        "We and 14 partners use cookies to improve Upstox.",
        ["Accept all", "button", "close"],
        ["Reject all", "button", "close"],
        ["Manage choices", "link", "more"],
    ),
    cookie_wall(
        name("cookies", "the DPDP Act"),
        "Notice under the DPDP Act, 2023",
        "We process your personal data to run this site.",
        ["Only what’s needed", "button", "close"],
        ["View purposes", "link", "more"],
        role=None,
    ),
    cookie_wall(
        name("cookies", "Hindi"),
        "कुकीज़",
        "हम आपका अनुभव बेहतर बनाने के लिए कुकीज़ का उपयोग करते हैं।",
        ["केवल ज़रूरी", "button", "close"],
        ["सेटिंग्स", "link", "more"],
        shape="bar",
    ),
    Change(
        name("cookies", "an offer of another page"),
        "popover",
        {
            "popover": {
                "title": "Try the new Upstox Pro Web",
                "text": "Charts, baskets and options in one place.",
                "buttons": [["Switch now", "primary", "astray"], ["Stay here", "link", "close"]],
            }
        },
    ),
)

_AGAIN = (
    _screen("otp", "number, to double-check"),
    _screen("otp", "number, in Hindi"),
    _screen("pin", "hello again"),
    _screen("end", "login alert"),
    _screen("end", "a new place"),
    _screen("end", "passkey in Marathi"),
    _screen("pin", "passkey in Bengali"),
    _screen("end", "nominee in Hinglish"),
    _screen("mobile", "settlement holiday"),
    _screen("end", "auto square-off"),
    _screen("mobile", "upgrade planned"),
    _screen("end", "app, allow and return"),
    _screen("end", "app, in Hinglish"),
    _screen("end", "app, authorise login"),
    _ways("ways: no message has come"),
    _ways("ways: Hinglish cards"),
    _field("otp: a chosen message in a native list", "otp"),
    cookie_wall(
        name("cookies", "how we use your data"),
        "How we use your data",
        "To run and improve Upstox we collect personal data as per our privacy notice.",
        ["Allow everything", "button", "close"],
        ["Just the essentials", "button", "close"],
        ["Privacy notice", "link", "more"],
        role=None,
    ),
    SHEET.ends(name("end", "two accounts as cards"), "end", "two accounts as cards"),
    _habit(
        "flow",
        "number, PIN and an answer that is late",
        order="mobile+pin",
        ids="hashed",
        label="aria",
        slow__generate=1500,
    ),
)
"""Siblings of those that a login did not survive when they were written."""

CHANGES = (
    *_AGAIN,
    *_MARKS,
    *_WORDS,
    *_BUTTONS,
    *_FIELDS,
    *_FLOW,
    *_SCREENS,
    *_METHODS,
    *_LATE,
    *_PLACES,
    *_COOKIES,
)
