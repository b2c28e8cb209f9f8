"""What an agency makes of the page when the broker gets a new brand: markup, tone, languages."""

from __future__ import annotations

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, said

_sheet = Sheet("rebrand")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen


_FIELDS = (
    _skin("rebrand: a government's forms", "field: government style"),
    _skin("rebrand: a pill with its button", "field: step card of an agency"),
    _skin("rebrand: Clear beside the button", "field: label in a tooltip icon row"),
    _skin("rebrand: Lightning", "field: salesforce lightning"),
    _skin("rebrand: Polaris", "field: polaris"),
    _skin("rebrand: Element Plus", "field: element plus"),
    _skin("rebrand: a sheet with a handle", "field: bottom sheet with handle"),
    _skin("rebrand: help at the right", "field: two columns, help at the right"),
    _skin("rebrand: boxes with one name", "otp: boxes with one name", "otp"),
    _skin("rebrand: the app's number", "otp: from your app or by text", "otp"),
    _skin("rebrand: a backup code", "otp: or a backup code", "otp"),
    _skin(
        "rebrand: PIN in boxes that send themselves",
        "pin: boxes, hidden, without a button",
        "pin",
        submit__pin="auto",
    ),
    _skin("rebrand: trust for 30 days", "pin: remember on this device", "pin"),
    _skin("rebrand: PIN or face", "pin: enter or use face", "pin"),
    _skin(
        "rebrand: country in a control", "number: country drop-down as a custom control", "mobile"
    ),
    _skin("rebrand: a resident’s tick", "number: the number and a captcha badge", "mobile"),
    _skin("rebrand: who is trading", "number: cards of people", "mobile"),
)

_PLACES = (
    _place("rebrand: praise beside", "place: split with testimonials"),
    _place("rebrand: a rail of icons", "place: nav rail"),
    _place("rebrand: an assistant beside", "place: assistant panel"),
    _place("rebrand: a table of rates", "place: rates table"),
    _place("rebrand: a manager to call", "place: lead form under"),
    _place("rebrand: an order behind", "place: order ticket behind"),
    _place("rebrand: other logins in a menu", "place: partner login in a menu"),
    _place("rebrand: dark, larger, in Hindi", "place: scheme of contrast"),
)

_SCREENS = (
    _screen("rebrand: for screen readers", "mobile", "read by voice"),
    _screen("rebrand: a new name", "mobile", "one account now"),
    _screen("rebrand: a look to pick", "end", "choose a view"),
    _screen("rebrand: signed in on two", "pin", "signed in on two"),
    _screen("rebrand: the week", "end", "holdings statement"),
    _screen("rebrand: a step done", "pin", "a step done"),
    _screen("rebrand: session secured", "end", "secure session"),
    _screen("rebrand: insurance", "mobile", "insurance"),
    _screen("rebrand: WhatsApp or e-mail", "end", "whatsapp"),
    _screen("rebrand: a photo", "end", "profile picture"),
    _screen("rebrand: an app of others", "mobile", "test environment"),
    _screen("rebrand: leaving", "end", "redirect"),
    _screen("rebrand: permissions", "end", "api consent"),
    _screen("rebrand: charges", "end", "tariff"),
    _screen("rebrand: news in Tamil", "end", "tamil news"),
    _screen("rebrand: nominee in Gujarati", "end", "gujarati nominee"),
    _screen("rebrand: welcome in Marathi", "mobile", "marathi welcome"),
    _screen("rebrand: risk in Bengali", "end", "bengali risk"),
    _ways("rebrand: ways in Telugu", "ways: in telugu"),
    _ways("rebrand: ways with pictures", "ways: two-step with icons"),
    _ways("rebrand: a list, and TOTP", "ways: a drop-down and a button"),
)

_WORDS = (
    said(
        "rebrand: words with charm",
        mobileTitle="Good to see you",
        mobileLabel="Your digits, please",
        mobileButton="Ping me",
        otpTitle="Knock, knock",
        otpLabel="The code we pinged you",
        otpOrTotpLabel="The code from your authenticator",
        otpButton="It’s me",
        pinTitle="Almost in",
        pinLabel="Six-digit PIN",
        pinButton="Open up",
    ),
    said(
        "rebrand: words of compliance",
        mobileTitle="Authentication of client",
        mobileLabel="Mobile number registered with the trading member",
        mobileButton="Initiate authentication",
        otpTitle="Second factor authentication",
        otpLabel="One-time password received",
        otpOrTotpLabel="One-time password or time-based password",
        otpButton="Authenticate",
        pinTitle="Knowledge factor",
        pinLabel="PIN set by the client",
        pinButton="Complete login",
    ),
    said(
        "rebrand: Tamil throughout",
        mobileTitle="உள்நுழைக",
        mobileLabel="பதிவு செய்த கைபேசி எண்",
        mobileButton="குறியீடு அனுப்பு",
        otpTitle="எண்ணைச் சரிபார்க்கவும்",
        otpLabel="ஒருமுறை கடவுச்சொல்",
        otpOrTotpLabel="OTP அல்லது TOTP ஐ உள்ளிடவும்",
        otpButton="அடுத்து",
        pinTitle="மீண்டும் வருக",
        pinLabel="உங்கள் 6 இலக்க PIN",
        pinButton="உள்நுழை",
    ),
    said(
        "rebrand: Telugu throughout",
        mobileTitle="లాగిన్",
        mobileLabel="మీ ఫోన్ నంబర్",
        mobileButton="కోడ్ పంపండి",
        otpTitle="ధృవీకరణ",
        otpLabel="OTP కోడ్",
        otpOrTotpLabel="OTP లేదా TOTP కోడ్",
        otpButton="తదుపరి",
        pinTitle="స్వాగతం",
        pinLabel="మీ 6 అంకెల పిన్",
        pinButton="ప్రవేశించండి",
    ),
    said(
        "rebrand: Marathi throughout",
        mobileTitle="लॉगिन करा",
        mobileLabel="नोंदणीकृत मोबाईल नंबर",
        mobileButton="कोड पाठवा",
        otpTitle="पडताळणी",
        otpLabel="ओटीपी",
        otpOrTotpLabel="ओटीपी किंवा टीओटीपी",
        otpButton="पुढील",
        pinTitle="नमस्कार",
        pinLabel="तुमचा ६ अंकी पिन",
        pinButton="प्रवेश करा",
    ),
)

_ERRORS = (
    refused(
        "rebrand: PIN refused, with charm",
        "pin",
        "Oops, that PIN isn’t the one we know",
        "PIN_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "rebrand: PIN refused, dryly",
        "pin",
        "Authentication failed: knowledge factor mismatch",
        "PIN_REJECTED",
        error="summary",
    ),
    refused(
        "rebrand: PIN refused in Tamil",
        "pin",
        "தவறான PIN",
        "PIN_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "rebrand: PIN refused, with tries",
        "pin",
        "2 of 5 tries used. Check your PIN.",
        "PIN_REJECTED",
        error="banner",
    ),
    refused(
        "rebrand: number refused, with charm",
        "generate",
        "Hmm, we can’t place that number",
        "MOBILE_REJECTED",
        error="inline",
    ),
    refused(
        "rebrand: too many codes, with charm",
        "generate",
        "Easy there! You’ve asked for too many codes. Take a 10-minute break.",
        "RATE_LIMITED",
        error="corner",
        **{"fail.generate": 1017069},
    ),
    refused(
        "rebrand: locked, in other words",
        "pin",
        "We’ve locked your account to keep it safe",
        "ACCOUNT_LOCKED",
        error="banner",
        **{"fail.pin": 1017090},
    ),
)

_AROUND = (
    Change(
        "rebrand: cookies by a slider",
        "cookies",
        {
            "cookies": {
                "title": "Your choices",
                "text": "Some cookies are needed, others help us learn.",
                "buttons": [
                    ["Let me choose", "link", "more"],
                    ["Accept needed ones", "button", "close"],
                ],
            }
        },
    ),
    Change(
        "rebrand: cookies in a word",
        "cookies",
        {
            "cookies": {
                "title": "",
                "text": "🍪 We use cookies.",
                "buttons": [["Cool", "button", "close"], ["Why?", "link", "more"]],
                "shape": "bar",
            }
        },
    ),
    Change(
        "rebrand: a box on the new brand",
        "popover",
        {
            "popover": {
                "title": "New logo, same Upstox",
                "text": "",
                "buttons": [
                    ["Watch the film", "link", "astray"],
                    ["Nice, continue", "primary", "close"],
                ],
            }
        },
    ),
    Change(
        "rebrand: a toast on another device",
        "toast",
        {"praise.otp": "Heads up: a failed login was blocked yesterday.", "praiserole": "status"},
    ),
)

CHANGES = (*_FIELDS, *_PLACES, *_SCREENS, *_WORDS, *_ERRORS, *_AROUND)
