"""What an acceptance asks of the login: each promise once, in another team's words."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, cookie_wall, habit, said

_sheet = Sheet("promises")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen
_ends = _sheet.ends

_FIELDS = (
    _skin(
        "promises: caption under the value",
        "field: a card row with the label as a caption under the value",
    ),
    _skin(
        "promises: legend in the outline", "field: a legend cut into an outline, the button a link"
    ),
    _skin("promises: help, back and clear", "field: a search and help bar above in the same card"),
    _skin(
        "promises: label and field in a shadow", "field: web component with its label in the shadow"
    ),
    _skin("promises: a bold question", "field: prompt in a bold sentence, a round arrow beside"),
    _skin("promises: rows of an intranet", "field: a table of two columns as an intranet has"),
    _skin("promises: label floats by transform", "field: label floats by transform over the field"),
    _skin("promises: two honeypots", "field: two honeypots and the true one"),
    _skin("promises: autofill helpers", "field: autofill helpers around it"),
    _skin("promises: an inert copy below", "field: an older inert copy below"),
    _skin("promises: a sheet covers another form", "field: behind, a form that the sheet covers"),
    _skin(
        "promises: the nominee's number",
        "number: with an alternate number in the same form",
        "mobile",
    ),
    _skin(
        "promises: mobile, email or UCC", "number: one box for mobile, email or client id", "mobile"
    ),
    _skin("promises: QR first, number in a tab", "number: tabs of QR and mobile", "mobile"),
    _skin("promises: last used account", "number: welcome back chip and another account", "mobile"),
    _skin("promises: a sub-broker's code", "number: ask first which partner", "mobile"),
    _skin("promises: chips of ways", "otp: chips of ways above one box", "otp"),
    _skin("promises: time-based, SMS by a link", "otp: a select of ways and its own box", "otp"),
    _skin(
        "promises: SMS first, the app by a link",
        "otp: SMS box collapsed, link to the app's code",
        "otp",
    ),
    _skin("promises: cells and a dash", "otp: six cells of a grid with a dash", "otp"),
    _skin("promises: backup code below", "otp: backup code below", "otp"),
    _skin("promises: a clear field over bars", "otp: transparent field over six bars", "otp"),
    _skin("promises: PIN in cells without names", "pin: six password cells, show beside", "pin"),
    _skin("promises: a name for the session", "pin: beside a note to self", "pin"),
    _skin("promises: PIN in a tab", "pin: with a date of birth tab away", "pin"),
)

_PLACES = (
    _place("promises: brokerage on the left", "place: a calculator of brokerage on the left"),
    _place("promises: a call back below", "place: a callback box with a phone below"),
    _place("promises: area PIN code above", "place: a PIN code checker for branches above"),
    _place("promises: gift voucher below", "place: a coupon with a code at the foot"),
    _place("promises: hidden promotion", "place: aria-hidden promo with fields"),
    _place("promises: site header and maintenance", "place: a banner strip and site header"),
    _place("promises: kinds of account", "place: sides of family accounts"),
    _place("promises: warnings on phishing", "place: alert, warnings on phishing"),
    _place("promises: panels that wait", "place: a wizard with panels that wait off-screen"),
)

_SCREENS = (
    _screen("promises: basket orders", "mobile", "chapter of news"),
    _screen("promises: nominee, another day", "end", "nominee, a soft no"),
    _screen("promises: nominee in Gujarati", "end", "nominee in Gujarati"),
    _screen("promises: nominee in Hinglish", "end", "nominee in Hinglish"),
    _screen("promises: risk, okay", "end", "risk, plain close"),
    _screen("promises: keep me logged in", "end", "stay signed in on this browser"),
    _screen("promises: passkey with a cross", "end", "passkey with a cross"),
    _screen("promises: passkey, later", "pin", "passkey, ask me later"),
    _screen("promises: the full experience", "mobile", "app download with a text link"),
    _screen("promises: first time on a device", "pin", "new device seen"),
    _screen("promises: markets open soon", "mobile", "welcome, one thing only"),
    _screen("promises: years of investing", "end", "survey with skip"),
    _screen("promises: UPI Autopay", "end", "a mandate to link a bank"),
    _screen("promises: margin rules in Marathi", "mobile", "circular in Marathi"),
    _screen("promises: a settlement with a cross", "end", "two-year statement"),
    _ends("promises: rights and obligations", "end", "agree to a policy"),
    _ends("promises: accept in Hindi", "pin", "accept in Hindi"),
    _ends("promises: risk to agree to", "end", "a box to tick, then go on"),
    _ends("promises: a new PIN first", "end", "new PIN wanted"),
    _ends("promises: two accounts", "pin", "choose between accounts"),
    _ways("promises: ways with chevrons", "ways: rows with chevrons"),
    _ways("promises: ways by radio", "ways: radios and a bar"),
    _ways("promises: ways in Hinglish", "ways: Hinglish tiles"),
)

_WORDS = (
    said(
        "promises: as a neobank writes",
        mobileTitle="Hello, trader",
        mobileSub="",
        mobileLabel="Which number is linked to your account?",
        mobileButton="Text me",
        otpTitle="Quick check",
        otpLabel="Pop in the code",
        otpOrTotpLabel="Pop in the code from SMS or your authenticator",
        otpButton="Check it",
        pinTitle="Welcome home, {name}",
        pinSub="",
        pinLabel="Your login PIN",
        pinButton="Take me in",
    ),
    said(
        "promises: Gujarati throughout",
        mobileTitle="લૉગ ઇન",
        mobileSub="",
        mobileLabel="તમારો મોબાઇલ નંબર",
        mobileButton="આગળ વધો",
        otpTitle="ચકાસણી",
        otpLabel="OTP દાખલ કરો",
        otpOrTotpLabel="OTP અથવા TOTP દાખલ કરો",
        otpButton="ચકાસો",
        pinTitle="નમસ્તે",
        pinSub="",
        pinLabel="6 અંકનો PIN",
        pinButton="લૉગ ઇન કરો",
    ),
    said(
        "promises: Hinglish of a campaign",
        mobileTitle="Chalo shuru karein",
        mobileSub="",
        mobileLabel="Aapka registered mobile number",
        mobileButton="Aage chalein…",
        otpTitle="Bas ek step",
        otpLabel="OTP likhein",
        otpOrTotpLabel="OTP ya authenticator ka code likhein",
        otpButton="Verify karein…",
        pinTitle="Swagat hai {name}",
        pinSub="",
        pinLabel="Apna 6-digit PIN likhein",
        pinButton="Login karein…",
    ),
    said(
        "promises: Hindi of an office",
        mobileTitle="प्रवेश",
        mobileSub="",
        mobileLabel="पंजीकृत मोबाइल संख्या",
        mobileButton="कोड भेजें",
        otpTitle="सत्यापन",
        otpLabel="सत्यापन कोड",
        otpOrTotpLabel="सत्यापन कोड (SMS या ऑथेंटिकेटर)",
        otpButton="पुष्टि करें",
        pinTitle="सुरक्षा",
        pinSub="",
        pinLabel="सुरक्षा पिन",
        pinButton="प्रवेश करें",
    ),
    said(
        "promises: security office",
        mobileTitle="Identify yourself",
        mobileSub="",
        mobileLabel="Registered mobile",
        mobileButton="Send passcode",
        otpTitle="Factor 1 of 2",
        otpLabel="One-time passcode",
        otpOrTotpLabel="One-time passcode or TOTP",
        otpButton="Validate",
        pinTitle="Factor 2 of 2",
        pinSub="",
        pinLabel="Trading PIN",
        pinButton="Finish",
    ),
    said(
        "promises: labels are single nouns",
        mobileLabel="Mobile",
        mobileButton="→",
        otpLabel="Code",
        otpOrTotpLabel="TOTP",
        otpButton="→",
        pinLabel="PIN",
        pinButton="→",
    ),
)

_HABITS = (
    habit(
        "promises: PIN by both, in boxes, hashed",
        submit__pin="both",
        kind__pin="boxes",
        ids="hashed",
        text="casual",
    ),
    habit(
        "promises: PIN by Enter and real keys", submit__pin="enter", typing__pin="keys", ids="none"
    ),
    habit(
        "promises: code by itself, in halves", submit__otp="auto", kind__otp="halves", form="none"
    ),
    habit("promises: swapped ids in Hindi", ids="swapped", text="hindi", label="beside"),
    habit(
        "promises: misleading names, placeholders",
        names="misleading",
        label="placeholder",
        button="div",
    ),
    habit(
        "promises: misleading ids and classes",
        ids="misleading",
        label="wrap",
        **{"class": "misleading"},
    ),
    habit("promises: same ids, test ids of others", ids="same", testids="wrong", button="link"),
    habit(
        "promises: floating labels, formal, no form",
        label="floating",
        text="formal",
        form="none",
        button="span",
    ),
    habit(
        "promises: number masked, keys only",
        mask__mobile="dashes",
        attributes__mobile={"maxlength": 11},
        typing__mobile="keys",
        ids="none",
    ),
    habit(
        "promises: read-only until focused, everything",
        typing="readonly",
        autofocus=False,
        ids="hashed",
        text="casual",
    ),
    habit("promises: PIN acts on blur", submit__pin="blur", text="mpin", ids="none"),
    habit(
        "promises: PIN before the code, in Hinglish", order="pin-first", text="hinglish", ids="none"
    ),
    habit(
        "promises: number and PIN first, formal", order="mobile+pin", text="formal", label="bound"
    ),
    habit("promises: code and PIN, floating", order="otp+pin", label="floating", ids="hashed"),
    habit("promises: a document a step, Hindi", documents="post", text="hindi", ids="none"),
    habit("promises: reloads, Enter", documents="reload", submit="enter", text="casual"),
    habit(
        "promises: modal, nothing bound", place="modal", label="beside", text="formal", ids="none"
    ),
    habit("promises: frame, Hindi, divs", place="frame", text="hindi", button="div", label="bound"),
    habit("promises: nested shadows, Enter", place="nested", submit__otp="enter", ids="misleading"),
    habit(
        "promises: dialog, by itself",
        place="dialog",
        submit__otp="auto",
        submit__pin="auto",
        text="login-words",
    ),
)

_LATE = (
    habit("promises: config of twelve seconds", **{"late.config": 12000}),
    habit("promises: script of ten seconds, no ids", **{"late.script": 10000}, ids="none"),
    habit("promises: PIN's chunk after eight seconds", **{"chunk.pin": 8000}, text="casual"),
    habit("promises: the code's part of another host, Hindi", foreign__otp=8000, text="hindi"),
    habit(
        "promises: slow verification under a veil",
        **{"slow.verify": 6000, "working": "Hang tight, checking your code…"},
    ),
)


def _says(
    name: str, call: str, text: str, expect: str, shown: tuple[str, str], **more: Any
) -> Change:
    return refused(name, call, text, expect, codeless=True, **_sheet.drawn(*shown), **more)


_ERRORS = (
    _says(
        "promises: PIN refused in a pill",
        "pin",
        "That PIN isn’t right. 4 tries left",
        "PIN_REJECTED",
        ("a pill under the form", "field"),
    ),
    _says(
        "promises: code refused in a sheet",
        "verify",
        "This code didn’t match. Please use a new one",
        "TOTP_REJECTED",
        ("a sheet with okay", "over"),
    ),
    _says(
        "promises: locked, a page of its own",
        "pin",
        "Login locked after 5 incorrect PINs",
        "ACCOUNT_LOCKED",
        ("a page with a picture", "instead"),
        **{"fail.pin": 1017090},
    ),
    _says(
        "promises: no account with this number",
        "generate",
        "There’s no Upstox account linked to this number",
        "MOBILE_REJECTED",
        ("a pill under the form", "host"),
    ),
    refused(
        "promises: PIN refused in a browser dialog",
        "pin",
        "The PIN you entered is incorrect.",
        "PIN_REJECTED",
        error="dialog",
        codeless=True,
    ),
    refused(
        "promises: PIN refused in the answer only",
        "pin",
        "Incorrect PIN",
        "PIN_REJECTED",
        error="silent",
        wire="rest",
        **{"error-status": 401},
    ),
    refused(
        "promises: PIN refused, REST and 401, beside",
        "pin",
        "PIN entered is wrong",
        "PIN_REJECTED",
        error="inline",
        wire="rest",
        **{"error-status": 401},
    ),
    refused(
        "promises: code refused, REST and 401",
        "verify",
        "Invalid TOTP",
        "TOTP_REJECTED",
        error="status",
        wire="rest",
        **{"error-status": 401},
    ),
    refused(
        "promises: code refused in a browser dialog",
        "verify",
        "Wrong code, please check your authenticator",
        "TOTP_REJECTED",
        error="dialog",
        codeless=True,
    ),
    refused(
        "promises: code refused in Hindi",
        "verify",
        "दर्ज किया गया ओटीपी गलत है",
        "TOTP_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "promises: PIN refused in Hinglish",
        "pin",
        "PIN galat hai. 4 mauke bache hain",
        "PIN_REJECTED",
        error="described",
        codeless=True,
    ),
    refused(
        "promises: number refused in a status",
        "generate",
        "We don’t recognise this mobile number",
        "MOBILE_REJECTED",
        error="status",
        codeless=True,
    ),
    refused(
        "promises: too many codes, a status",
        "generate",
        "Too many OTP requests. Take a 10 minute break.",
        "RATE_LIMITED",
        error="status",
        codeless=True,
        **{"fail.generate": 1017069},
    ),
    refused(
        "promises: code attempts used up",
        "verify",
        "You’re out of OTP attempts. Try after 10 minutes",
        "RATE_LIMITED",
        error="inline",
        codeless=True,
        **{"fail.verify": 1017078},
    ),
)

_ENDINGS = (
    Change(
        "promises: a lead, told with the number",
        "ending",
        {"lead": True, "text": "casual"},
        expect="MOBILE_REJECTED",
    ),
    Change(
        "promises: a lead, told after the code",
        "ending",
        {"lead": "told", "ids": "none"},
        expect="MOBILE_REJECTED",
    ),
    Change(
        "promises: a lead, REST", "ending", {"lead": True, "wire": "rest"}, expect="MOBILE_REJECTED"
    ),
    Change(
        "promises: asleep, no word",
        "ending",
        {"dormant": True, "text": "hindi"},
        expect="ACCOUNT_INACTIVE",
    ),
    Change(
        "promises: asleep, no word, boxes",
        "ending",
        {"dormant": True, "kind.pin": "boxes", "submit.pin": "auto"},
        expect="ACCOUNT_INACTIVE",
    ),
    _sheet.dormant("promises: asleep for long", "asleep for long"),
    _sheet.dormant("promises: asleep in Hinglish", "asleep in Hinglish", wire="rest"),
    Change(
        "promises: number refused beside the field",
        "ending",
        {
            "check": {
                "text": "Hmm, that doesn’t look like an Indian mobile number",
                "how": "inline",
                "when": "press",
            }
        },
        expect="MOBILE_REJECTED",
    ),
    Change(
        "promises: number refused in Hinglish",
        "ending",
        {"check": {"text": "Sahi mobile number daalein", "how": "status", "when": "press"}},
        expect="MOBILE_REJECTED",
    ),
)

_AROUND = (
    cookie_wall(
        "promises: cookies, only what is needed",
        "A word on cookies",
        "Some are needed, some help us improve.",
        ("Only what’s needed", "button", "close"),
        ("Let me choose", "link", "more"),
    ),
    cookie_wall(
        "promises: cookies, happy with that",
        "Cookies on upstox.com",
        "We use them to remember you and to measure.",
        ("I’m happy with that", "button", "close"),
        ("Manage", "link", "more"),
    ),
    cookie_wall(
        "promises: cookies, I agree",
        "This site uses cookies",
        "By clicking you agree to their use.",
        ("I agree", "button", "close"),
        ("Cookie policy", "link", "more"),
    ),
    cookie_wall(
        "promises: cookies in Hinglish",
        "Cookies",
        "Hum cookies use karte hain behtar anubhav ke liye.",
        ("Theek hai", "button", "close"),
        ("Settings", "link", "more"),
    ),
    Change(
        "promises: a success that warns of locks",
        "toast",
        {
            "praise.otp": "Code verified. Five incorrect PINs will lock your account.",
            "praiserole": "alert",
        },
    ),
    Change(
        "promises: an OTP sent, invalid after",
        "toast",
        {
            "praise.mobile": "OTP sent! It becomes invalid after 10 minutes; attempts are limited.",
            "praiserole": "status",
        },
    ),
)

CHANGES = (
    *_FIELDS,
    *_PLACES,
    *_SCREENS,
    *_WORDS,
    *_HABITS,
    *_LATE,
    *_ERRORS,
    *_ENDINGS,
    *_AROUND,
)
