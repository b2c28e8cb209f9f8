"""A login written anew: each kind of change in its plain form, and several in one design."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import TOKEN, Change, options_of

from .shipped import Sheet

SHEET = Sheet("counter")
_OWN_FIELDS = frozenset({"label", "boxes", "mask", "type", "typing", "prefix", "control", "form"})
_STEPS = ("mobile", "otp", "pin")


def words(
    mobile: tuple[str, str, str, str],
    otp: tuple[str, str, str, str],
    pin: tuple[str, str, str, str],
    **more: str,
) -> dict[str, Any]:
    """Of each form its title, what stands below it, its label and its button."""
    told = dict(zip(_STEPS, (mobile, otp, pin), strict=True))
    found = {
        f"text.{step}{part}": text
        for step, texts in told.items()
        for part, text in zip(("Title", "Sub", "Label", "Button"), texts, strict=True)
    }
    # A message's own box keeps the page's label, since this one may name the authenticator.
    found["text.otpOrTotpLabel"] = found.pop("text.otpLabel")
    return found | {f"text.{key}": text for key, text in more.items()}


def form(part: str, *steps: str) -> dict[str, Any]:
    """A form in markup of its own, of one step or of all."""
    markup = SHEET.part(part)
    return {f"skin.{step}": markup for step in steps} if steps else {"skin": markup}


def around(step: str, part: str) -> dict[str, Any]:
    """What stands round the screen of a step."""
    return {f"around.{step}": SHEET.part(f"place: {part}")}


def before(step: str, part: str, **more: Any) -> dict[str, Any]:
    """A screen before a step, in markup of its own."""
    return {f"before.{step}": {"html": SHEET.part(f"screen: {part}"), **more}}


def box(step: str, title: str, text: str, *buttons: tuple[str, str, str], **more: Any) -> Any:
    """A screen before a step, of a title, a text and buttons."""
    told = {"title": title, "text": text, "buttons": [list(each) for each in buttons]}
    return {f"before.{step}": {**told, **more}}


def ways(part: str) -> dict[str, Any]:
    """A choice between the ways to prove oneself."""
    return {"list": {"html": SHEET.part(f"ways: {part}")}}


def wall(title: str, text: str, *buttons: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """A wall of cookies."""
    return {
        "cookies": {"title": title, "text": text, "buttons": [list(e) for e in buttons], **more}
    }


def change(
    name: str, category: str, *parts: dict[str, Any], expect: str = TOKEN, **more: Any
) -> Change:
    """A change of all these parts at once."""
    options: dict[str, Any] = {}
    for each in (*parts, options_of(more)):
        options |= each
    own = any(each.startswith(("skin", "around")) for each in options)
    apart = _OWN_FIELDS | {"place", "method"} if own else frozenset()
    if expect != TOKEN or "failonce.verify" in options:
        apart |= {"order", "documents"}
    return Change(f"counter: {name}", category, options, expect=expect, apart=apart)


PLAIN = words(
    ("Log in", "Use the mobile number linked to your Upstox account.", "Mobile number", "Send OTP"),
    ("Enter OTP", "{message}", "OTP / TOTP", "Verify & continue"),
    ("Enter your PIN", "", "PIN", "Log in"),
    forgot="Forgot your PIN?",
)
WARM = words(
    ("Good to see you", "Which number is on your account?", "Phone number", "Text me the code"),
    ("Check your messages", "", "6-digit code from SMS or your authenticator", "Done"),
    ("Last step, {name}", "", "Your PIN", "Take me in"),
    forgot="PIN slipped your mind?",
)
TERSE = words(
    ("Sign in", "", "10-digit mobile", "Next"),
    ("Code sent", "", "Code or TOTP", "Next"),
    ("PIN", "", "6-digit PIN", "Sign in"),
    forgot="Reset",
)
CAPITALS = words(
    ("SIGN IN TO UPSTOX", "", "REGISTERED MOBILE NO.", "REQUEST OTP"),
    ("OTP VERIFICATION", "", "ONE TIME PASSWORD / TOTP", "SUBMIT OTP"),
    ("PIN VERIFICATION", "", "LOGIN PIN", "SUBMIT PIN"),
)
_ELLIPSES = words(
    ("Welcome…", "Your number first…", "Mobile number…", "Get code…"),
    ("Waiting for your code…", "", "OTP or TOTP…", "Verify…"),
    ("Almost in…", "", "PIN…", "Unlock…"),
)
_ICONS = words(
    ("📈 Log in", "", "📲 Mobile number", "✉️ Send OTP"),
    ("🔑 OTP", "", "🔢 OTP or TOTP", "✅ Verify"),
    ("🔒 PIN", "", "🔒 6-digit PIN", "🚪 Enter"),
)
_BENGALI = words(
    ("লগ ইন করুন", "", "মোবাইল নম্বর লিখুন", "ওটিপি পাঠান"),
    ("যাচাই করুন", "", "ওটিপি বা টিওটিপি লিখুন", "এগিয়ে যান"),
    ("আপনার পিন", "", "৬ সংখ্যার পিন লিখুন", "লগ ইন"),
)
_GUJARATI = words(
    ("લૉગ ઇન કરો", "", "મોબાઇલ નંબર દાખલ કરો", "OTP મોકલો"),
    ("ચકાસણી", "", "OTP અથવા TOTP દાખલ કરો", "આગળ વધો"),
    ("ફરી સ્વાગત છે", "", "6 અંકનો પિન દાખલ કરો", "લૉગ ઇન"),
)
_KANNADA = words(
    ("ಲಾಗಿನ್ ಮಾಡಿ", "", "ನಿಮ್ಮ ಮೊಬೈಲ್ ಸಂಖ್ಯೆ", "OTP ಕಳುಹಿಸಿ"),
    ("ಪರಿಶೀಲಿಸಿ", "", "OTP ಅಥವಾ TOTP ನಮೂದಿಸಿ", "ಮುಂದುವರಿಸಿ"),
    ("ಸ್ವಾಗತ", "", "6 ಅಂಕಿಯ ಪಿನ್", "ಲಾಗಿನ್"),
)
HINDI = words(
    ("लॉगिन करें", "आपके नंबर पर कोड भेजा जाएगा", "अपना मोबाइल नंबर लिखें", "कोड भेजें"),
    ("कोड डालें", "", "एसएमएस या ऑथेंटिकेटर का कोड", "पुष्टि करें"),
    ("बस एक और कदम", "", "अपना पिन डालें", "अंदर जाएं"),
)
HINGLISH = words(
    ("Namaste!", "Login ke liye number chahiye", "Mobile number batayein", "Code bhejo"),
    ("Code aa gaya?", "", "SMS ya authenticator ka code", "Check karo"),
    ("Bas PIN baaki hai", "", "Apna 6 digit PIN daalo", "Andar chalein"),
)

_NAMES = (
    change("hashed ids, bound labels", "names", PLAIN, ids="hashed", label="bound"),
    change(
        "no name of any kind",
        "names",
        TERSE,
        ids="none",
        names="none",
        testids="none",
        label="placeholder",
        **{"class": "dropped"},
    ),
    change(
        "ids, names and test ids mislead",
        "names",
        WARM,
        ids="swapped",
        names="misleading",
        testids="wrong",
        label="bound",
    ),
    change(
        "one id for all, in capitals",
        "names",
        CAPITALS,
        ids="same",
        label="floating",
        **{"class": "misleading"},
    ),
    change("the PIN's id gone, a placeholder", "names", ids__pin="none", label__pin="placeholder"),
    change("the code's id misleads, aria", "names", ids__otp="misleading", label__otp="aria"),
    change(
        "the number's id misleads, a link",
        "names",
        ids__mobile="swapped",
        label__mobile="beside",
        button__mobile="link",
    ),
    change("ellipses, numbered ids", "words", _ELLIPSES, ids="numbered", button="role"),
    change("icons in every text", "words", _ICONS, label="bound", ids="none"),
    change("Bengali, no ids", "words", _BENGALI, ids="none", label="bound"),
    change("Gujarati, a div to press", "words", _GUJARATI, button="div", ids="hashed"),
    change("Kannada, an input to press", "words", _KANNADA, ids="renamed", button="input"),
    change("Hindi in placeholders", "words", HINDI, ids="hashed", label="placeholder"),
    change("Hinglish, no form", "words", HINGLISH, label="floating", form="none", ids="none"),
    change("an icon to press, a legend", "control", button="named", form="none", label="legend"),
    change("plain words, a link, no form", "words", PLAIN, button="link", form="none"),
    change("warm words, labels above", "words", WARM, ids="none", button="button"),
    change(
        "a label by placeholder-shown",
        "design",
        TERSE,
        form("field: label that floats by placeholder-shown"),
    ),
    change(
        "a link for a button, no form",
        "design",
        WARM,
        form("field: paragraph above, link as button, no form"),
    ),
    change(
        "a grid and a chevron", "design", PLAIN, form("field: label beside, a div with a chevron")
    ),
    change(
        "an icon before the field",
        "design",
        HINGLISH,
        form("field: next field with an icon before"),
    ),
    change("Enter, and a key drawn", "design", PLAIN, form("field: only Enter, a hint with a key")),
)

_SCREENS = (
    change("customer or new", "screen", before("mobile", "customer or new")),
    change("a language first", "screen", before("mobile", "choose a language"), ids="none"),
    change("the app or the web", "screen", before("otp", "the app or the web"), WARM),
    change("the number is verified", "screen", before("pin", "the number is verified"), TERSE),
    change("the code is on its way", "screen", before("otp", "the code is on its way")),
    change(
        "verified, by itself",
        "screen",
        box("pin", "All good", "Taking you to your PIN…", auto=1200),
        kind__pin="boxes",
    ),
    change(
        "this browser, yes or no",
        "screen",
        box(
            "pin",
            "Is this your own computer?",
            "We’ll ask for a code less often on computers that you use every day.",
            ("Yes, it’s mine", "second", "go"),
            ("No, it’s shared", "second", "go"),
        ),
    ),
    change(
        "price alerts",
        "screen",
        box(
            "end",
            "Never miss a move",
            "Get price alerts in this browser.",
            ("Turn on alerts", "primary", "astray"),
            ("Maybe later", "link", "go"),
        ),
        ids="hashed",
    ),
    change("nominee, one of three", "screen", before("end", "nominee")),
    change(
        "market risk",
        "screen",
        box(
            "end",
            "Before you trade",
            "Investments in the securities market are subject to market risks.",
            ("Got it", "primary", "go"),
        ),
    ),
    change(
        "maintenance on Saturday",
        "screen",
        box(
            "mobile",
            "Planned maintenance",
            "Upstox will be down on Saturday from 11 pm to 3 am. You can log in as usual today.",
            ("Okay", "second", "go"),
        ),
        HINGLISH,
    ),
    change(
        "new sign-in",
        "screen",
        box(
            "end",
            "New sign-in from Chrome, Mumbai",
            "Today, 09:02. Was this you?",
            ("Yes, that was me", "primary", "go"),
            ("No, secure my account", "second", "astray"),
        ),
    ),
    change(
        "three screens between",
        "screen",
        before("mobile", "customer or new"),
        before("pin", "the number is verified"),
        before("end", "F&O"),
        ids="none",
        label="placeholder",
    ),
    change(
        "in Hinglish, verified",
        "screen",
        HINGLISH,
        box("pin", "Ho gaya!", "Aapka number verify ho gaya hai.", ("Aage chalein", "div", "go")),
    ),
    change("let the app in", "screen", before("end", "let the app in"), PLAIN),
    change("a policy, nothing to do", "screen", before("mobile", "policy, nothing to do")),
    change(
        "a screen and a wall of cookies",
        "screen",
        wall(
            "We value your privacy",
            "We and our partners use cookies to run and improve this site.",
            ("Accept all", "primary", "close"),
            ("Only what’s necessary", "second", "close"),
            ("Manage preferences", "link", "more"),
        ),
        before("otp", "the code is on its way"),
        text="lower",
    ),
)

_METHODS = (
    change("ways as cards", "method", ways("cards")),
    change("ways as links, no ids", "method", ways("links in a list"), TERSE, ids="none"),
    change("ways by radio", "method", ways("radio and a button")),
    change("ways in Hindi", "method", ways("in Hindi"), HINDI),
    change(
        "a segment for the authenticator",
        "method",
        form("otp: segments of SMS and authenticator", "otp"),
    ),
    change(
        "SMS first, TOTP by a link", "method", WARM, form("otp: SMS first, TOTP by a link", "otp")
    ),
    change(
        "a drop-down of ways", "method", form("otp: a drop-down of ways above the field", "otp")
    ),
    change("a passkey first", "method", before("otp", "passkey first"), ways("cards")),
    change("phone or e-mail", "method", form("mobile: phone or e-mail by tabs", "mobile")),
    change(
        "tabs, boxes, and by itself",
        "method",
        method={"kind": "tabs", "smsField": True},
        kind__otp="boxes",
        submit__otp="auto",
        text__methodSms="Mobile OTP",
        text__methodTotp="Authenticator",
        text__methodTitle="Verify with",
    ),
    change(
        "another way, and a PIN in boxes",
        "method",
        PLAIN,
        method={"kind": "another"},
        kind__pin="boxes",
        ids="none",
        text__methodOther="Can’t get the code?",
        text__methodSms="Send it again",
        text__methodTotp="Use an authenticator app",
    ),
)

_INPUTS = (
    change(
        "boxes by themselves", "inputs", TERSE, kind__otp="boxes", submit__otp="auto", ids="none"
    ),
    change(
        "PIN in boxes, both ways", "inputs", kind__pin="boxes", submit__pin="both", label="bound"
    ),
    change(
        "six named boxes",
        "inputs",
        form("boxes: six, each with its own name", "otp", "pin"),
        WARM,
    ),
    change("a number in two groups, real keys", "inputs", mask__mobile="five", typing="keys"),
    change("read-only until focused", "inputs", PLAIN, typing="readonly", ids="none"),
    change("on blur, then Enter", "inputs", typing__otp="blur", submit__mobile="enter"),
    change("Enter only, a placeholder", "inputs", TERSE, submit="enter", label="placeholder"),
    change("PIN before the code, in Hindi", "flow", HINDI, order="pin-first", label="bound"),
    change("number and PIN at once", "flow", PLAIN, order="mobile+pin", ids="none", label="bound"),
    change("code and PIN at once", "flow", WARM, order="otp+pin", ids="hashed", label="bound"),
    change("posts of a server", "flow", TERSE, documents="post", ids="none"),
    change("a document a step, boxes", "flow", documents="reload", kind__otp="boxes", ids="none"),
    change("a modal over the sign-up", "flow", WARM, place="modal", behind=True, ids="none"),
    change("a frame, placeholders", "flow", PLAIN, place="frame", label="placeholder", ids="none"),
    change(
        "a shadow, boxes by themselves",
        "flow",
        place="shadow",
        kind__pin="boxes",
        submit__pin="auto",
    ),
    change(
        "a list of countries",
        "inputs",
        form("mobile: country list and number in one frame", "mobile"),
        PLAIN,
    ),
    change(
        "a second number", "inputs", form("mobile: a second number for WhatsApp", "mobile"), PLAIN
    ),
    change("wide letters", "inputs", form("otp: one field with wide letters", "otp"), CAPITALS),
    change(
        "search, chips, and a call back",
        "flow",
        around("mobile", "a bar with search and chips"),
        around("otp", "call back and news"),
        TERSE,
    ),
    change(
        "boxes of three and three, a screen",
        "inputs",
        before("otp", "the code is on its way"),
        kind__otp="halves",
        kind__pin="boxes",
        ids="none",
    ),
)

CHANGES = (*_NAMES, *_SCREENS, *_METHODS, *_INPUTS)
