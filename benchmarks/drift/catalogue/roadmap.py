"""What a broker's own team plans for three years: new forms, screens, calls, errors."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .shipped import Sheet, said

_sheet = Sheet("roadmap")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen


def refused(name: str, call: str, text: str, expect: str, **more: Any) -> Change:
    """A refusal in other words, and in another place."""
    codes = {"generate": 1017016, "verify": 1017093, "pin": 1017106}
    options = {f"fail.{call}": codes[call], f"says.{call}": text, **more}
    return Change(name, "error", options, expect=expect, apart=frozenset({"order"}))


def _wire(name: str, way: str, **more: Any) -> Change:
    return Change(f"calls: {name}", "wire", {"wire": way, **more})


_FIELDS = (
    _skin("roadmap: labels for readers only", "field: label for readers only"),
    _skin("roadmap: fields that tell by attributes", "field: autocomplete and pattern"),
    _skin("roadmap: fields called text field", "field: generic aria name"),
    _skin("roadmap: Lit elements", "field: lit elements"),
    _skin("roadmap: required from the start", "field: required from the start"),
    _skin("roadmap: a form of questions", "field: typeform"),
    _skin("roadmap: the button in a bar above", "field: ios bar"),
    _skin("roadmap: other ways below the button", "field: card of two actions"),
    _skin("roadmap: an icon, a tick, a label below", "field: underlined with icon and tick"),
    _skin("roadmap: a heading in the form", "field: a heading in the form"),
    _skin(
        "roadmap: code in boxes called OTP input", "otp: six divs each editable by one input", "otp"
    ),
    _skin("roadmap: code in boxes of type number", "boxes of type number", "otp"),
    _skin("roadmap: PIN in three pairs", "boxes of pairs", "pin"),
    _skin("roadmap: numbers remembered", "number: remembered numbers", "mobile"),
    _skin("roadmap: client code or number", "number: or client code", "mobile"),
    _skin("roadmap: e-mail, phone or UCC", "number: one box for all", "mobile"),
    _skin("roadmap: resident or NRI", "number: toggled country", "mobile"),
    _skin("roadmap: SMS or WhatsApp", "number: whatsapp switch", "mobile"),
    _skin("roadmap: I have an authenticator app", "otp: link to the authenticator", "otp"),
    _skin("roadmap: more options for the code", "otp: a menu of three dots", "otp"),
    _skin("roadmap: switch to TOTP in the foot", "otp: switch in the foot", "otp"),
    _skin("roadmap: type of code in a list", "otp: both boxes labelled with a select", "otp"),
    _skin("roadmap: PIN below a picture", "pin: name and picture", "pin"),
    _skin("roadmap: PIN shown by a tick", "pin: eye as a tick", "pin"),
    _skin("roadmap: unlock with two links", "pin: two links to reset", "pin"),
)

_PLACES = (
    _place("roadmap: tabs of products", "place: tabs of products"),
    _place("roadmap: a card that flips", "place: flip card"),
    _place("roadmap: sign-up before the login", "place: sign-up first"),
    _place("roadmap: amid a marketing page", "place: marketing page"),
    _place("roadmap: a calculator beside", "place: calculator"),
    _place("roadmap: a suspicious call to report", "place: report fraud"),
    _place("roadmap: KYC status above", "place: kyc status"),
    _place("roadmap: a chat that greets", "place: chat that greets"),
    _place("roadmap: in a box that scrolls", "place: scroll box"),
    _place("roadmap: below a bar that stays", "place: sticky header and floating button"),
    _place("roadmap: over a dashboard", "place: overlay"),
    _place("roadmap: news by phone in the foot", "place: a strip of contact"),
)

_SCREENS = (
    _screen("roadmap: the app's approval", "end", "app consent"),
    _screen("roadmap: confirm it is you", "pin", "confirm it is you"),
    _screen("roadmap: KYC validated", "end", "kyc validated"),
    _screen("roadmap: a new address", "mobile", "new address"),
    _screen("roadmap: an assistant", "end", "upstox ai"),
    _screen("roadmap: maintenance", "mobile", "maintenance"),
    _screen("roadmap: new brokerage", "end", "new brokerage"),
    _screen("roadmap: an e-mail to add", "end", "e-mail to add"),
    _screen("roadmap: a referral code", "otp", "referral"),
    _screen("roadmap: how did you hear", "end", "how did you hear"),
    _screen("roadmap: a mandate", "end", "bank mandate"),
    _screen("roadmap: a document to sign", "end", "e-sign"),
    _screen("roadmap: protected", "pin", "protected"),
    _screen("roadmap: an existing customer", "mobile", "existing customer"),
    _screen("roadmap: slides", "mobile", "slides"),
    _screen("roadmap: location is off", "pin", "permission for location"),
    _screen("roadmap: an annual statement", "end", "annual statement"),
    _screen("roadmap: orders that expire", "end", "order pending"),
    _screen("roadmap: all set", "end", "ready"),
    _screen("roadmap: an update in Hindi", "end", "hindi update"),
    _screen("roadmap: KYC in Hinglish", "end", "hinglish kyc"),
    _ways("roadmap: where to look for the code", "ways: how to get the code"),
    _ways("roadmap: a menu of methods", "ways: menu items"),
    _ways("roadmap: two cards", "ways: two cards"),
)

_CALLS = (
    _wire("JSON-RPC", "jsonrpc"),
    _wire("tRPC", "trpc"),
    _wire("JSON:API", "jsonapi", paths="new"),
    _wire("problem details", "problem"),
    _wire("a bank's envelope", "named", paths="new"),
    refused(
        "roadmap: PIN refused over JSON-RPC",
        "pin",
        "That PIN doesn’t match our records.",
        "PIN_REJECTED",
        wire="jsonrpc",
        error="inline",
    ),
    refused(
        "roadmap: PIN refused over tRPC",
        "pin",
        "Incorrect PIN",
        "PIN_REJECTED",
        wire="trpc",
        error="nocode",
    ),
    refused(
        "roadmap: PIN refused with problem details",
        "pin",
        "PIN is wrong. 4 attempts left.",
        "PIN_REJECTED",
        wire="problem",
        error="inline",
    ),
    refused(
        "roadmap: PIN refused in a bank's envelope",
        "pin",
        "Invalid credentials",
        "PIN_REJECTED",
        wire="named",
        error="modal",
    ),
)

_ERRORS = (
    refused(
        "roadmap: PIN refused in a summary",
        "pin",
        "The PIN you entered is incorrect",
        "PIN_REJECTED",
        error="summary",
        codeless=True,
    ),
    refused(
        "roadmap: PIN refused in a tooltip",
        "pin",
        "Wrong PIN, please try again",
        "PIN_REJECTED",
        error="tooltip",
        codeless=True,
    ),
    refused(
        "roadmap: PIN refused in the heading",
        "pin",
        "Hmm, that’s not your PIN",
        "PIN_REJECTED",
        error="heading",
    ),
    refused(
        "roadmap: PIN refused in the label",
        "pin",
        "Incorrect PIN. You have 4 more tries",
        "PIN_REJECTED",
        error="label",
        codeless=True,
    ),
    refused(
        "roadmap: PIN refused in a corner",
        "pin",
        "PIN mismatch",
        "PIN_REJECTED",
        error="corner",
    ),
    refused(
        "roadmap: PIN refused in Hindi",
        "pin",
        "आपने गलत पिन दर्ज किया है",
        "PIN_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "roadmap: PIN refused in Hinglish",
        "pin",
        "PIN galat hai. Dobara koshish karein",
        "PIN_REJECTED",
        error="banner",
        codeless=True,
    ),
    refused(
        "roadmap: number refused in a strip",
        "generate",
        "We couldn’t find an account with this number",
        "MOBILE_REJECTED",
        error="strip",
    ),
    refused(
        "roadmap: codes refused in a tooltip",
        "verify",
        "This code is not valid or has expired",
        "TOTP_REJECTED",
        error="tooltip",
    ),
)

_WORDS = (
    said(
        "roadmap: words of a chat",
        mobileTitle="Hi! Let’s get you in",
        mobileLabel="My mobile number is",
        mobileButton="That’s me",
        otpTitle="Now prove it",
        otpLabel="My code is",
        otpOrTotpLabel="The code in my authenticator is",
        otpButton="Check it",
        pinTitle="Last one",
        pinLabel="My PIN is",
        pinButton="Log me in",
    ),
    said(
        "roadmap: words of a bank",
        mobileTitle="Secure access",
        mobileLabel="Registered contact number (RMN)",
        mobileButton="Generate OTP",
        otpTitle="Second factor",
        otpLabel="OTP value",
        otpOrTotpLabel="OTP / authenticator value",
        otpButton="Validate",
        pinTitle="Third factor",
        pinLabel="Login PIN (6 numerals)",
        pinButton="Sign in securely",
    ),
    said(
        "roadmap: Hindi of another translator",
        mobileTitle="लॉग इन करें",
        mobileLabel="पंजीकृत फ़ोन नंबर",
        mobileButton="कोड प्राप्त करें",
        otpTitle="सत्यापन",
        otpLabel="सत्यापन कोड",
        otpOrTotpLabel="प्रमाणक ऐप का कोड",
        otpButton="सत्यापित करें",
        pinTitle="सुरक्षा पिन",
        pinLabel="अपना गुप्त पिन बताएं",
        pinButton="प्रवेश",
    ),
    said(
        "roadmap: Hinglish of another writer",
        mobileLabel="Aapka registered number",
        mobileButton="Code mangao",
        otpLabel="Jo code aaya hai",
        otpOrTotpLabel="App ka 6-digit code",
        otpButton="Check karo",
        pinLabel="Aapka secret PIN",
        pinButton="Login karo",
    ),
    said(
        "roadmap: Upstox PIN",
        pinTitle="Welcome",
        pinLabel="Upstox PIN",
        pinButton="Enter Upstox",
        otpLabel="Login code",
        otpOrTotpLabel="Login code",
        otpButton="Continue to PIN",
        mobileButton="Continue to verification",
    ),
    said(
        "roadmap: rolling code",
        otpTitle="Authenticator",
        otpLabel="Rolling code",
        otpOrTotpLabel="Rolling code",
        otpButton="Unlock",
    ),
)

_AROUND = (
    Change(
        "roadmap: cookies in plain words",
        "cookies",
        {
            "cookies": {
                "title": "A word on cookies",
                "text": "We keep a few to make things work.",
                "buttons": [["Only what’s needed", "button", "close"], ["See all", "link", "more"]],
            }
        },
    ),
    Change(
        "roadmap: consent preferences",
        "cookies",
        {
            "cookies": {
                "title": "Manage consent",
                "text": "To provide the best experience we use technologies like cookies "
                "to store device information.",
                "buttons": [["View preferences", "link", "more"], ["Deny", "button", "close"]],
            }
        },
    ),
    Change(
        "roadmap: a new privacy notice",
        "popover",
        {
            "popover": {
                "title": "We have updated our privacy notice",
                "text": "It applies from 1 January.",
                "buttons": [["Read it", "link", "astray"], ["Dismiss", "button", "close"]],
            }
        },
    ),
    Change(
        "roadmap: a toast on a new OTP",
        "toast",
        {"praise.mobile": "Code on its way! It expires in 5 minutes.", "praiserole": "alert"},
    ),
    Change(
        "roadmap: a toast of the exchange",
        "toast",
        {
            "early": {
                "text": "NSE F&O segment is facing issues. Orders may be rejected.",
                "role": "alert",
                "stay": True,
            }
        },
    ),
    Change(
        "roadmap: a strip on outages",
        "notice",
        {
            "notice": {
                "place": "top",
                "text": "We are facing intermittent login failures. If login fails, please "
                "try again after some time.",
                "role": "status",
            }
        },
    ),
)

CHANGES = (*_FIELDS, *_PLACES, *_SCREENS, *_CALLS, *_ERRORS, *_WORDS, *_AROUND)
