"""What a team's redesign does to fields, forms and controls, and to the words on them."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from .shipped import Sheet, habit, said

_sheet = Sheet("redesign")
_skin, _place, _ways = _sheet.skin, _sheet.place, _sheet.ways


def _design(name: str, expect: str = "TOKEN", *, around: str = "", **options: Any) -> Change:
    """Several things at once; a value that names a part of the sheet stands for its markup."""
    set_ = options_of(options)
    for key, value in set_.items():
        if key.startswith("skin"):
            set_[key] = _sheet.part(value)
    if around:
        set_["around"] = _sheet.part(around)
    return Change(name, "redesign", set_, expect=expect)


_FORMS = (
    _skin("redesign: helper and counter", "form: helper text and a counter in one row"),
    _skin("redesign: required mark", "form: required mark and a slot after"),
    _skin("redesign: description between", "form: description between label and box"),
    _skin("redesign: shadows of components", "form: components with their own shadows"),
    _skin("redesign: label after the box", "form: label after the box in the source"),
    _skin("redesign: a conversation", "form: a conversation"),
    _skin("redesign: joined to its button", "form: joined to its button"),
    _skin("redesign: label for readers", "form: only a reader hears the label"),
    _skin("redesign: label as a drawing", "form: label as a drawing"),
    _skin("redesign: label from data", "form: label from a data attribute"),
    _skin("redesign: button at the foot", "form: the button stands at the foot of the window"),
    _skin("redesign: a button for each width", "form: one button for each width"),
    _skin("redesign: swipe or tap", "form: a swipe that is also a press"),
    _skin("redesign: two languages in a label", "form: two languages in one label"),
    _skin("redesign: autofill helpers", "form: an autofill helper above"),
    _skin("redesign: menu and chip", "form: a menu of three dots and a chip to close"),
)

_NUMBERS = (
    _skin("redesign: a sentence with a gap", "number: a sentence with a gap", "mobile"),
    _skin("redesign: a family member’s number", "number: a nominee’s too", "mobile"),
    _skin("redesign: or an e-mail", "number: or an e-mail below", "mobile"),
    _skin("redesign: a typed country", "number: a country that is typed", "mobile"),
    _skin("redesign: a closed country code", "number: the country code in a closed box", "mobile"),
    _skin("redesign: PAN is optional", "number: PAN is optional", "mobile"),
    _skin("redesign: number or client code", "number: one box for number or client code", "mobile"),
    _skin("redesign: flags and a countdown", "number: the dial code in a list of flags", "mobile"),
)

_APP_LABEL: dict[str, Any] = {"sms-only": True, "text.tryTotp": ""}

_METHODS = (
    _skin("redesign: segments", "otp: segments of text message and authenticator", "otp"),
    _skin("redesign: radio cards", "otp: cards with radio buttons in the form", "otp"),
    _skin("redesign: more options", "otp: more options, then a sheet", "otp"),
    _skin("redesign: two columns", "otp: two columns, SMS and app", "otp"),
    _skin("redesign: a switch", "otp: a switch to the app", "otp"),
    _skin("redesign: tabs in Hindi", "otp: tabs in Hindi", "otp"),
    _skin("redesign: the app first", "otp: the app first, SMS as a link", "otp"),
    _skin("redesign: a backup code", "otp: a backup code beside", "otp"),
    _skin("redesign: a drawn drop-down", "otp: a drop-down of ways that is drawn", "otp"),
    _skin("redesign: time-based code", "otp: read the code to me", "otp"),
    _ways("redesign: six rows", "ways: six rows with pictures"),
    _ways("redesign: radio rows", "ways: radio rows and a button"),
    _ways("redesign: names of apps", "ways: names of apps"),
    _ways("redesign: ways in Hinglish", "ways: in Hinglish"),
    _ways("redesign: ways in Tamil", "ways: in Tamil"),
    habit(
        "redesign: the label says Google Authenticator",
        **_APP_LABEL,
        **{"text.otpLabel": "Code from Google Authenticator", "text.otpSub": ""},
    ),
    habit(
        "redesign: the label says authenticator in Hindi",
        **_APP_LABEL,
        **{"text.otpLabel": "ऑथेंटिकेटर ऐप का 6 अंकों का कोड", "text.otpSub": ""},
    ),
    _skin(
        "redesign: the app first, the answer knows of none",
        "otp: the app first, SMS as a link",
        "otp",
        text__otpSub="One more step",
        **_APP_LABEL,
    ),
    Change(
        "redesign: only a texted code",
        "method",
        {
            "sms-only": True,
            "text.otpTitle": "Check your messages",
            "text.otpLabel": "Code we texted you",
            "text.tryTotp": "Set up an authenticator for next time",
        },
        expect="TOTP_NOT_ENABLED",
    ),
    Change(
        "redesign: only a texted code, in Hindi",
        "method",
        {
            "sms-only": True,
            "text.otpTitle": "अपने मैसेज देखें",
            "text.otpLabel": "एसएमएस से मिला कोड",
            "text.tryTotp": "",
        },
        expect="TOTP_NOT_ENABLED",
    ),
)

_PINS = (
    _skin("redesign: eye, tick, fingerprint", "pin: an eye, a tick and a fingerprint", "pin"),
    _skin("redesign: keys on the screen", "pin: keys on the screen", "pin"),
    _skin("redesign: user name for managers", "pin: a user name for password managers", "pin"),
    _skin("redesign: a note to edit", "pin: a note that can be edited", "pin"),
    _skin("redesign: dots over a clear box", "pin: dots over a clear box", "pin"),
    _skin("redesign: the lost one is big", "pin: the lost one is the big button", "pin"),
)

_HABITS = (
    habit(
        "redesign: boxes by real keys, both ways",
        kind__otp="boxes",
        typing="keys",
        submit="both",
        ids="hashed",
    ),
    habit(
        "redesign: read-only until focus, boxes of one",
        typing="readonly",
        kind__pin="ghost",
        names="misleading",
    ),
    habit("redesign: PIN acts on blur", typing__pin="blur", ids="misleading", button="role"),
    habit("redesign: code on change, in no form", typing__otp="change", form="none", ids="none"),
    habit(
        "redesign: slots and spaces",
        mask__otp="slots",
        mask__mobile="five",
        attributes__mobile={"maxlength": 11, "inputmode": "numeric"},
        ids="none",
        label="labelledby",
    ),
    habit(
        "redesign: +91 in the box, sent by itself",
        mask__mobile="prefilled",
        attributes__mobile={"maxlength": 14},
        submit="auto-late",
    ),
    habit("redesign: stars by keys", mask__pin="stars", ids="swapped", label__pin="beside"),
    habit(
        "redesign: halves that open one by one", kind__otp="halves", boxesopen="next", ids="none"
    ),
    habit("redesign: debounced, in a label far away", typing="debounced", label="far", ids="none"),
    habit("redesign: written in a div", kind__mobile="editable", ids="none", label="labelledby"),
    habit("redesign: a country field before", prefix="field", type__mobile="tel", ids="hashed"),
)

_PLACES = (
    _place("redesign: a calculator", "place: a calculator beside"),
    _place("redesign: partners log in too", "place: partners log in too"),
    _place("redesign: a chat that asks", "place: a chat that asks first"),
    _place("redesign: PIN of the post", "place: the post office’s PIN"),
    _place("redesign: search and links", "place: a head with search and two links"),
    _place("redesign: track a refund", "place: check your refund by number and code"),
    _place("redesign: businesses", "place: business accounts in a second card"),
    _place("redesign: an offer code", "place: a coupon strip above"),
)

_WORDS = (
    said(
        "redesign: a chatty writer",
        mobileTitle="Good to see you",
        mobileSub="Pop in the number you use with us.",
        mobileLabel="Your phone",
        mobileButton="Let’s go",
        otpTitle="Just checking it’s you",
        otpLabel="6 digits we sent",
        otpOrTotpLabel="6 digits we sent, or the ones in your authenticator",
        otpButton="That’s me",
        pinTitle="Last bit, {name}",
        pinSub="",
        pinLabel="Your secret 6 digits",
        pinButton="Open Upstox",
        forgot="Can’t remember?",
    ),
    said(
        "redesign: words of a bank’s legal department",
        mobileTitle="Customer authentication",
        mobileSub="Kindly furnish the contact number registered with your demat account.",
        mobileLabel="Registered contact number",
        mobileButton="Initiate authentication",
        otpTitle="First factor",
        otpLabel="One-time passcode",
        otpOrTotpLabel="One-time or time-based passcode",
        otpButton="Authenticate",
        pinTitle="Second factor",
        pinSub="Dear {name}",
        pinLabel="Transaction PIN",
        pinButton="Authenticate",
    ),
    said(
        "redesign: login MPIN and security code",
        mobileLabel="Mobile linked to demat",
        mobileButton="Request code",
        otpTitle="Two-step verification",
        otpOrTotpLabel="Security code (SMS or app)",
        otpLabel="Security code",
        otpButton="Confirm",
        pinTitle="Unlock",
        pinLabel="MPIN",
        pinButton="Unlock",
        forgot="Reset MPIN",
    ),
    said(
        "redesign: Hinglish of a start-up",
        mobileTitle="Chalo shuru karein",
        mobileSub="",
        mobileLabel="Aapka 10 digit ka number",
        mobileButton="Aage badho",
        otpTitle="Ek second",
        otpLabel="OTP yahan daalo",
        otpOrTotpLabel="OTP ya authenticator ka code daalo",
        otpButton="Ho gaya",
        pinTitle="Welcome back {name}",
        pinSub="",
        pinLabel="Apna 6 digit PIN daalo",
        pinButton="Andar chalo",
        forgot="PIN bhool gaye?",
    ),
    said(
        "redesign: Gujarati",
        mobileTitle="લૉગિન",
        mobileSub="",
        mobileLabel="તમારો મોબાઇલ નંબર",
        mobileButton="આગળ વધો",
        otpTitle="ચકાસણી",
        otpLabel="OTP દાખલ કરો",
        otpOrTotpLabel="OTP અથવા TOTP દાખલ કરો",
        otpButton="ચકાસો",
        pinTitle="સ્વાગત છે",
        pinSub="",
        pinLabel="6 અંકનો પિન",
        pinButton="લૉગિન કરો",
    ),
    said(
        "redesign: Bengali",
        mobileTitle="লগ ইন করুন",
        mobileSub="",
        mobileLabel="আপনার মোবাইল নম্বর",
        mobileButton="এগিয়ে যান",
        otpTitle="যাচাই করুন",
        otpLabel="OTP লিখুন",
        otpOrTotpLabel="OTP বা TOTP লিখুন",
        otpButton="যাচাই",
        pinTitle="আবার স্বাগতম",
        pinSub="",
        pinLabel="৬ সংখ্যার পিন",
        pinButton="প্রবেশ করুন",
    ),
    said("redesign: buttons of one sign", mobileButton="➔", otpButton="✓", pinButton="🔓"),
    said(
        "redesign: dots after every button",
        mobileButton="Send me a code…",
        otpButton="Check…",
        pinButton="Log me in…",
        mobileLabel="Mobile #",
        otpOrTotpLabel="Code or TOTP…",
        pinLabel="PIN…",
    ),
    said(
        "redesign: rolling code and passcode",
        otpTitle="Approve this login",
        otpLabel="Rolling code",
        otpOrTotpLabel="Rolling code from your authenticator",
        pinTitle="Welcome back",
        pinLabel="6-digit passcode",
        pinButton="Sign in",
    ),
    said(
        "redesign: questions for labels",
        mobileTitle="Login",
        mobileLabel="What’s your mobile number?",
        otpTitle="Login",
        otpLabel="What’s the code?",
        otpOrTotpLabel="What does your authenticator (or our SMS) say?",
        pinTitle="Login",
        pinSub="",
        pinLabel="And your PIN?",
    ),
)

_BANK = {
    "text.mobileTitle": "Sign in to your account",
    "text.mobileSub": "",
    "text.mobileLabel": "Registered mobile no.",
    "text.mobileButton": "Proceed",
    "text.otpTitle": "Step 2 of 3",
    "text.otpLabel": "Verification code",
    "text.otpOrTotpLabel": "Verification code (SMS or authenticator)",
    "text.otpButton": "Proceed",
    "text.pinTitle": "Step 3 of 3",
    "text.pinSub": "",
    "text.pinLabel": "Login PIN",
    "text.pinButton": "Proceed securely",
}
_YOUNG = {
    "text.mobileTitle": "hey 👋",
    "text.mobileSub": "",
    "text.mobileLabel": "drop your number",
    "text.mobileButton": "next",
    "text.otpTitle": "quick check",
    "text.otpLabel": "code from sms",
    "text.otpOrTotpLabel": "code from sms or your auth app",
    "text.otpButton": "yep",
    "text.pinTitle": "hey {name}",
    "text.pinSub": "",
    "text.pinLabel": "your 6-digit pin",
    "text.pinButton": "let me in",
}
_HINDI = {
    "text.mobileTitle": "नमस्ते",
    "text.mobileSub": "",
    "text.mobileLabel": "रजिस्टर्ड मोबाइल नंबर",
    "text.mobileButton": "कोड भेजें",
    "text.otpTitle": "पुष्टि करें",
    "text.otpLabel": "कोड डालें",
    "text.otpOrTotpLabel": "SMS या ऑथेंटिकेटर ऐप का कोड",
    "text.otpButton": "पुष्टि करें",
    "text.pinTitle": "{name} जी",
    "text.pinSub": "",
    "text.pinLabel": "6 अंकों का गुप्त पिन",
    "text.pinButton": "लॉगिन करें",
}

_DESIGNS = (
    _design(
        "redesign: a bank’s redesign, joined buttons",
        skin="form: joined to its button",
        headings=False,
        **_BANK,
    ),
    _design(
        "redesign: a bank’s redesign beside business",
        skin="form: required mark and a slot after",
        around="place: business accounts in a second card",
        **_BANK,
    ),
    _design(
        "redesign: young and in a chat",
        skin="form: a conversation",
        headings=False,
        **_YOUNG,
    ),
    _design(
        "redesign: young, foot buttons, documents",
        skin="form: the button stands at the foot of the window",
        documents="reload",
        **_YOUNG,
    ),
    _design(
        "redesign: Hindi, shadows, paths new",
        skin="form: components with their own shadows",
        paths="new",
        wire="rest",
        **_HINDI,
    ),
    _design(
        "redesign: Hindi by radio cards and keypad",
        skin__mobile="number: the dial code in a list of flags",
        skin__otp="otp: tabs in Hindi",
        skin__pin="pin: keys on the screen",
        **_HINDI,
    ),
    _design(
        "redesign: all three drawn anew",
        skin__mobile="number: or an e-mail below",
        skin__otp="otp: segments of text message and authenticator",
        skin__pin="pin: an eye, a tick and a fingerprint",
        headings=False,
        wire="meta",
        paths="new",
    ),
    _design(
        "redesign: all three, with decoys",
        skin__mobile="number: PAN is optional",
        skin__otp="otp: a backup code beside",
        skin__pin="pin: a note that can be edited",
        around="place: a coupon strip above",
    ),
    _design(
        "redesign: identifier, code, secret",
        skin__mobile="number: one box for number or client code",
        skin__otp="otp: the app first, SMS as a link",
        skin__pin="pin: a user name for password managers",
        documents="push",
        **_BANK,
    ),
    _design(
        "redesign: PIN first in a modal, renamed",
        order="pin-first",
        place="modal",
        ids="none",
        label="aria",
        **_BANK,
    ),
    _design(
        "redesign: number and PIN on one card, Hindi",
        order="mobile+pin",
        ids="hashed",
        label="floating",
        button="role",
        **_HINDI,
    ),
    _design(
        "redesign: code and PIN on one card, young",
        order="otp+pin",
        ids="none",
        label="placeholder",
        button="div",
        **_YOUNG,
    ),
    _design(
        "redesign: a frame, boxes, by itself",
        place="frame",
        kind__otp="boxes",
        kind__pin="boxes",
        submit__otp="auto",
        submit__pin="auto",
        ids="none",
        **_BANK,
    ),
    _design(
        "redesign: nested shadows, links, young",
        place="nested",
        button="nohref",
        label="wrap",
        ids="none",
        **_YOUNG,
    ),
    _design(
        "redesign: a dialog over another form, in Hindi",
        place="dialog",
        behind=True,
        ids="none",
        label="legend",
        **_HINDI,
    ),
    _design(
        "redesign: tabs with two boxes, hashed, young",
        method={"kind": "tabs", "smsField": True},
        ids="hashed",
        label="placeholder",
        button="arrow",
        **_YOUNG,
    ),
    _design(
        "redesign: a select of ways, a bank’s",
        method={"kind": "select", "smsField": True},
        form="none",
        button="link",
        ids="none",
        **_BANK,
    ),
    _design(
        "redesign: steps posted, no forms, a partner beside",
        documents="post",
        ids="hashed",
        around="place: partners log in too",
        **_BANK,
    ),
    _design(
        "redesign: a search, a refund and the login, by Enter",
        form="none",
        submit="enter",
        ids="none",
        label="far",
        around="place: check your refund by number and code",
    ),
    _design(
        "redesign: minimal, placeholders, arrows, sent by itself",
        headings=False,
        ids="none",
        label="placeholder",
        button="icon",
        submit__otp="both",
        submit__pin="both",
        **_YOUNG,
    ),
    _design(
        "redesign: the card keeps what was given, Hindi",
        keep="disabled",
        ids="none",
        label="table",
        submit__pin="both",
        **_HINDI,
    ),
    _design(
        "redesign: ways in Hinglish, then a drawn code",
        list={"html": _sheet.part("ways: in Hinglish")},
        skin__otp="otp: read the code to me",
        skin__pin="pin: dots over a clear box",
        headings=False,
    ),
)

CHANGES: tuple[Change, ...] = (
    *_FORMS,
    *_NUMBERS,
    *_METHODS,
    *_PINS,
    *_HABITS,
    *_PLACES,
    *_WORDS,
    *_DESIGNS,
)
