"""The login rebuilt with other front ends: libraries, frameworks, identity products, languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, habit, said

_sheet = Sheet("library")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen


def _whole(name: str, part: str, **more: Any) -> Change:
    """All forms in markup that has the page's heading in itself."""
    return _skin(f"rebuilt: {name}", f"field: {part}", headings=False, **more)


def _refused(name: str, part: str, call: str, text: str, expect: str, **more: Any) -> Change:
    """A refusal in a library's own box."""
    return refused(f"rebuilt: {name}", call, text, expect, **{**_sheet.error(part), **more})


_FORMS = (
    _skin("rebuilt: Material UI, a line and a counter", "field: mui standard with a counter"),
    _skin("rebuilt: Ant Design, label and icons", "field: ant 5 with prefix select and suffix"),
    _skin("rebuilt: Ant Design for phones", "field: ant design mobile"),
    _skin("rebuilt: Chakra 3", "field: chakra 3 with ark"),
    _skin("rebuilt: Bootstrap, an input group", "field: bootstrap input group"),
    _skin("rebuilt: icons written as letters", "field: material icons as letters"),
    _skin("rebuilt: one icon of letters sends", "field: material icon alone sends"),
    _skin("rebuilt: PrimeNG", "field: primeng float label"),
    _skin("rebuilt: Vaadin", "field: vaadin"),
    _skin("rebuilt: a label for a component", "field: a label for a component"),
    _skin("rebuilt: Flutter for the web", "field: flutter for the web"),
    _skin("rebuilt: Blazor, which hears a change", "field: blazor", typing="change"),
    _skin("rebuilt: Django, a document a step", "field: django form as p", documents="post"),
    _skin("rebuilt: LiveView", "field: live view", pressed="Checking..."),
    _skin("rebuilt: Server Faces", "field: server faces"),
    _skin("rebuilt: APEX", "field: apex"),
    _skin("rebuilt: Quasar", "field: quasar"),
    _skin("rebuilt: Mantine", "field: mantine"),
    _skin("rebuilt: HeroUI", "field: heroui"),
    _skin("rebuilt: Webflow", "field: webflow"),
    _skin("rebuilt: Polymer", "field: polymer paper"),
    _skin("rebuilt: Foundation", "field: foundation"),
    _skin("rebuilt: Kendo", "field: kendo"),
    _skin("rebuilt: hashed, a div that sends", "field: tailwind, label inside, all hashed"),
    _whole("Keycloak", "keycloak"),
    _whole("Auth0", "universal login of auth0"),
    _whole("Okta", "okta widget"),
    _whole("Azure B2C", "azure b2c"),
    _skin("rebuilt: Cognito", "field: cognito"),
)

_CODES = (
    _skin("rebuilt: code in MuiOtpInput", "otp: mui-one-time-password-input", "otp"),
    _skin("rebuilt: code in Ark's boxes", "otp: ark pin input with a hidden twin", "otp"),
    _skin("rebuilt: code in Mantine's PinInput", "otp: mantine pin input", "otp"),
    _skin("rebuilt: code in ng-otp-input", "otp: ng-otp-input", "otp"),
    _skin("rebuilt: code in vue3-otp-input", "otp: vue3-otp-input", "otp"),
    _skin("rebuilt: code in one clipped field", "otp: paper over one field", "otp"),
    _skin("rebuilt: code below a chosen tab", "otp: authenticator tab of mui chosen", "otp"),
    _skin(
        "rebuilt: code in boxes that open in turn",
        "otp: mantine pin input",
        "otp",
        boxesopen="next",
    ),
)

_NUMBERS = (
    _skin("rebuilt: react-international-phone", "number: react-international-phone", "mobile"),
    _skin("rebuilt: country in react-select", "number: a react-select for the country", "mobile"),
    _skin("rebuilt: a number with steps", "number: ant input number", "mobile"),
    _skin("rebuilt: Ionic's item", "number: ionic item with a picker", "mobile"),
    _skin("rebuilt: past numbers, a passkey", "number: html datalist of past numbers", "mobile"),
)

_PINS = (
    _skin(
        "rebuilt: a shuffled pad beside",
        "pin: a shuffled pad beside a field that takes keys",
        "pin",
    ),
    _skin("rebuilt: react-simple-keyboard", "pin: react-simple-keyboard below", "pin"),
    _skin(
        "rebuilt: no password for managers", "pin: text disguised against password managers", "pin"
    ),
    _skin("rebuilt: a meter of strength", "pin: prime password with a meter", "pin"),
    _skin("rebuilt: PIN in Ark's boxes", "pin: ark pin input, masked", "pin"),
    _skin("rebuilt: last login, caps lock", "pin: caps lock and last login", "pin"),
)

_PLACES = (
    _place("rebuilt: a bar of progress", "place: a linear progress of steps"),
    _place("rebuilt: offers that never load", "place: a column that never stops loading"),
    _place("rebuilt: a router's announcer", "place: a router's announcer"),
    _place("rebuilt: Google's one tap", "place: google's one tap"),
    _place("rebuilt: Ionic's pages", "place: ionic's pages"),
    _place("rebuilt: a drawer, right to left", "place: urdu, right to left, mui drawer"),
    _place("rebuilt: in the slot of a component", "place: a web component with parts in slots"),
    _place("rebuilt: front ends in a grid", "place: a grid of micro front ends"),
)

_HABITS = (
    habit("rebuilt: a screen fades out beside the next", leaving=450),
    habit("rebuilt: forms that are streamed", stream=700),
    habit("rebuilt: a frame a step", place="frames"),
    habit("rebuilt: a check that solves itself", captcha="turnstile", enabling=1800),
    habit("rebuilt: a body anew for each step", rewrite="body", documents="push"),
    _skin("rebuilt: another front end after a moment", "field: mantine", flip=400),
    habit("rebuilt: drawn again after a moment, each step", rerender=400),
)

_SCREENS = (
    _screen("rebuilt: just a moment", "mobile", "just a moment", auto=2500),
    _screen("rebuilt: a passkey to create", "end", "passkey by clerk"),
    _screen("rebuilt: stay signed in", "end", "stay signed in, by azure"),
    # Each would lie over the other's button.
    replace(
        _screen("rebuilt: SweetAlert", "mobile", "sweet alert"),
        apart=frozenset({"popover", "cookies"}),
    ),
    _screen("rebuilt: Ant's news", "pin", "ant modal of what is new"),
    _screen("rebuilt: a drawer of biometrics", "end", "shadcn drawer of biometrics"),
    _ways("rebuilt: ways by Okta", "ways: okta's authenticators"),
    _ways("rebuilt: ways by Keycloak", "ways: keycloak's selector"),
    _ways("rebuilt: ways in a Material select", "ways: mui select and button"),
)

_ERRORS = (
    _refused(
        "PIN refused, by sonner",
        "sonner",
        "pin",
        "Incorrect PIN. You have 4 attempts left.",
        "PIN_REJECTED",
        codeless=True,
    ),
    _refused(
        "PIN refused, by SweetAlert",
        "sweet alert",
        "pin",
        "The PIN you entered doesn’t match our records.",
        "PIN_REJECTED",
        codeless=True,
    ),
    _refused(
        "code refused, by notistack",
        "notistack",
        "verify",
        "That code didn’t work.",
        "TOTP_REJECTED",
        codeless=True,
    ),
    _refused(
        "code refused, by react-toastify",
        "react-toastify",
        "verify",
        "Incorrect TOTP",
        "TOTP_REJECTED",
        codeless=True,
    ),
    _refused(
        "number refused, by Ant's message",
        "ant message",
        "generate",
        "No account is linked to this mobile number",
        "MOBILE_REJECTED",
        codeless=True,
    ),
    _refused(
        "PIN refused, by an Ionic toast",
        "ion toast",
        "pin",
        "Galat PIN. Kripya dobara koshish karein.",
        "PIN_REJECTED",
        codeless=True,
    ),
    _refused(
        "number refused, in Material's alert",
        "mui alert above",
        "generate",
        "We couldn’t find an account with that number.",
        "MOBILE_REJECTED",
        errorplace="above",
        codeless=True,
    ),
    _refused(
        "account locked, by PrimeNG",
        "prime toast",
        "pin",
        "Your account is locked after 5 failed attempts.",
        "ACCOUNT_LOCKED",
        codeless=True,
        **{"fail.pin": 1017090},
    ),
    _refused(
        "too many codes, in a message box",
        "element message box",
        "verify",
        "OTP limit reached. Try again in 10 minutes.",
        "RATE_LIMITED",
        codeless=True,
        **{"fail.verify": 1017078},
    ),
    _refused(
        "code refused, by Chakra",
        "chakra toast",
        "verify",
        "The passcode is invalid or has expired.",
        "TOTP_REJECTED",
        codeless=True,
    ),
    _refused(
        "PIN refused, in a message bar",
        "fluent message bar",
        "pin",
        "That’s not the right PIN.",
        "PIN_REJECTED",
        errorplace="above",
        codeless=True,
    ),
    refused(
        "rebuilt: PIN refused in the browser's bubble",
        "pin",
        "Wrong PIN",
        "PIN_REJECTED",
        error="validity",
        codeless=True,
    ),
    refused(
        "rebuilt: code refused, it shakes, the answer has a number",
        "verify",
        "Unprocessable",
        "TOTP_REJECTED",
        error="shake",
    ),
    refused(
        "rebuilt: code refused, the field is emptied, the answer has a number",
        "verify",
        "Unprocessable",
        "TOTP_REJECTED",
        error="emptied",
    ),
    refused(
        "rebuilt: PIN refused where the hint stood",
        "pin",
        "PIN is incorrect",
        "PIN_REJECTED",
        error="inline",
        codeless=True,
        skin=_sheet.part("field: mui standard with a counter"),
    ),
    refused(
        "rebuilt: PIN refused in a document of Django's",
        "pin",
        "Invalid PIN. Note that you have 4 more attempts.",
        "PIN_REJECTED",
        error="summary",
        codeless=True,
        documents="post",
    ),
)

_WORDS = (
    said(
        "rebuilt: a bundle of Hindi",
        mobileTitle="लॉग इन करें",
        mobileLabel="पंजीकृत मोबाइल नंबर दर्ज करें",
        mobileButton="ओटीपी प्राप्त करें",
        otpTitle="सत्यापन",
        otpLabel="6 अंकों का ओटीपी दर्ज करें",
        otpOrTotpLabel="6 अंकों का ओटीपी या टीओटीपी दर्ज करें",
        otpButton="सत्यापित करें",
        pinTitle="नमस्ते {name}",
        pinLabel="अपना 6 अंकों का पिन दर्ज करें",
        pinButton="लॉग इन करें",
        forgot="पिन भूल गए?",
        signedIn="{mobile} के रूप में",
    ),
    said(
        "rebuilt: a bundle of Tamil",
        mobileTitle="உள்நுழைக",
        mobileLabel="பதிவு செய்த கைபேசி எண்",
        mobileButton="ஓடிபி அனுப்பு",
        otpTitle="உங்கள் எண்ணைச் சரிபார்க்கவும்",
        otpLabel="ஓடிபியை உள்ளிடவும்",
        otpOrTotpLabel="ஓடிபி அல்லது டிஓடிபியை உள்ளிடவும்",
        otpButton="தொடரவும்",
        pinTitle="வணக்கம் {name}",
        pinLabel="6 இலக்க பின்னை உள்ளிடவும்",
        pinButton="தொடரவும்",
    ),
    said(
        "rebuilt: a bundle of Marathi",
        mobileTitle="लॉगिन करा",
        mobileLabel="तुमचा मोबाईल क्रमांक टाका",
        mobileButton="ओटीपी पाठवा",
        otpTitle="पडताळणी",
        otpLabel="ओटीपी टाका",
        otpOrTotpLabel="ओटीपी किंवा टीओटीपी टाका",
        otpButton="पुढे जा",
        pinTitle="नमस्कार {name}",
        pinLabel="६ अंकी पिन टाका",
        pinButton="प्रवेश करा",
    ),
    said(
        "rebuilt: a bundle of Telugu",
        mobileTitle="లాగిన్",
        mobileLabel="మీ ఫోన్ నంబర్ నమోదు చేయండి",
        mobileButton="ఓటీపీ పంపండి",
        otpTitle="ధృవీకరణ",
        otpLabel="ఓటీపీ నమోదు చేయండి",
        otpOrTotpLabel="ఓటీపీ లేదా టీఓటీపీ నమోదు చేయండి",
        otpButton="కొనసాగించు",
        pinTitle="నమస్తే {name}",
        pinLabel="6 అంకెల పిన్ నమోదు చేయండి",
        pinButton="కొనసాగించు",
    ),
    said(
        "rebuilt: a bundle of Bengali",
        mobileTitle="লগ ইন",
        mobileLabel="নিবন্ধিত মোবাইল নম্বর লিখুন",
        mobileButton="ওটিপি পাঠান",
        otpTitle="যাচাইকরণ",
        otpLabel="ওটিপি লিখুন",
        otpOrTotpLabel="ওটিপি বা টিওটিপি লিখুন",
        otpButton="এগিয়ে যান",
        pinTitle="স্বাগতম {name}",
        pinLabel="৬ সংখ্যার পিন লিখুন",
        pinButton="এগিয়ে যান",
    ),
    said(
        "rebuilt: a bundle of Gujarati",
        mobileTitle="શરૂ કરીએ",
        mobileLabel="નોંધાયેલ ફોન નંબર",
        mobileButton="ઓટીપી મેળવો",
        otpTitle="તમારો નંબર ચકાસો",
        otpLabel="ઓટીપી લખો",
        otpOrTotpLabel="ઓટીપી અથવા ટીઓટીપી લખો",
        otpButton="ચાલુ રાખો",
        pinTitle="કેમ છો {name}",
        pinLabel="તમારો પિન લખો",
        pinButton="ચાલુ રાખો",
    ),
    said(
        "rebuilt: a bundle of Malayalam",
        mobileTitle="ലോഗിൻ",
        mobileLabel="മൊബൈൽ നമ്പർ നൽകുക",
        mobileButton="ഒടിപി നേടുക",
        otpTitle="പരിശോധന",
        otpLabel="ഒടിപി നൽകുക",
        otpOrTotpLabel="ഒടിപി അല്ലെങ്കിൽ ടിഒടിപി നൽകുക",
        otpButton="തുടരുക",
        pinTitle="സ്വാഗതം {name}",
        pinLabel="6 അക്ക പിൻ നൽകുക",
        pinButton="തുടരുക",
    ),
    said(
        "rebuilt: a bundle of Hinglish",
        mobileTitle="Chaliye shuru karein",
        mobileLabel="Apna mobile number daalein",
        mobileButton="OTP bhejein",
        otpTitle="Number verify karein",
        otpLabel="OTP daalein",
        otpOrTotpLabel="OTP ya TOTP daalein",
        otpButton="Aage badhein",
        pinTitle="Namaste {name}",
        pinLabel="Apna 6 ank ka PIN daalein",
        pinButton="Andar jaayein",
    ),
    said(
        "rebuilt: a bundle that did not load",
        mobileTitle="login.mobile.title",
        mobileSub="login.mobile.subtitle",
        mobileLabel="login.mobile.label",
        mobileButton="login.mobile.cta",
        otpTitle="login.otp.title",
        otpLabel="login.otp.label",
        otpOrTotpLabel="login.totp.label",
        otpButton="login.otp.cta",
        pinTitle="login.pin.title",
        pinSub="login.pin.subtitle",
        pinLabel="login.pin.label",
        pinButton="login.pin.cta",
        forgot="login.pin.forgot",
    ),
    said(
        "rebuilt: words of Keycloak",
        mobileTitle="Sign in to your account",
        mobileLabel="Username or phone",
        mobileButton="Sign In",
        otpTitle="Sign in to your account",
        otpLabel="One-time code",
        otpOrTotpLabel="One-time code",
        otpButton="Sign In",
        pinTitle="Sign in to your account",
        pinLabel="Security PIN",
        pinButton="Sign In",
    ),
    said(
        "rebuilt: words of an identity product",
        mobileTitle="Sign In",
        mobileLabel="Phone",
        mobileButton="Next",
        otpTitle="Verify with Google Authenticator",
        otpSub="Enter the temporary code generated in your Google Authenticator app",
        otpLabel="Enter code",
        otpOrTotpLabel="Enter code",
        otpButton="Verify",
        pinTitle="Verify with your PIN",
        pinLabel="PIN",
        pinButton="Verify",
    ),
)

CHANGES = (
    *_FORMS,
    *_CODES,
    *_NUMBERS,
    *_PINS,
    *_PLACES,
    *_HABITS,
    *_SCREENS,
    *_ERRORS,
    *_WORDS,
)
