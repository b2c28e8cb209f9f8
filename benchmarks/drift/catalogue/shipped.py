"""What a front-end team ships in two years: libraries, places, habits of frameworks, new screens.

The markup stands in `markup/`; what its marks mean is told in `site/skins.js`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.drift.change import Change

_FOLDER = Path(__file__).parents[1] / "markup"
_OWN_FIELDS = frozenset(
    {"label", "boxes", "mask", "type", "typing", "prefix", "control", "form", "submission"}
    | {"by itself", "kept", "order", "beside", "method", "attributes", "documents", "disabled"}
)
"""What has no effect on fields that a change brings along, or contradicts them."""


@cache
def _parts(file: str) -> dict[str, str]:
    text = (_FOLDER / f"{file}.html").read_text("utf-8")
    found = re.split(r"^<!-- (.+) -->$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], map(str.strip, found[2::2]), strict=True))


def _skin(name: str, part: str, *steps: str, **more: Any) -> Change:
    markup = _parts("fields")[part]
    set_ = {f"skin.{step}": markup for step in steps} if steps else {"skin": markup}
    options = {**set_, **{key.replace("__", "."): value for key, value in more.items()}}
    return Change(name, "library", options, apart=_OWN_FIELDS)


def _place(name: str, part: str, *steps: str, **more: Any) -> Change:
    markup = _parts("places")[part]
    set_ = {f"around.{step}": markup for step in steps} if steps else {"around": markup}
    return Change(name, "surface", {**set_, **more}, apart=frozenset({"place", "method"}))


def _screen(name: str, place: str, part: str, **more: Any) -> Change:
    what = {"html": _parts("screens")[part], **more}
    return Change(name, f"screen before {place}", {f"before.{place}": what})


def _ways(name: str, part: str) -> Change:
    return Change(name, "method", {"list": {"html": _parts("screens")[part]}})


def _habit(name: str, **options: Any) -> Change:
    return Change(name, "habit", {key.replace("__", "."): value for key, value in options.items()})


def _said(name: str, **texts: str) -> Change:
    return Change(name, "words", {f"text.{key}": value for key, value in texts.items()})


_LIBRARIES = (
    _skin("library: Material UI, outlined", "mui outlined"),
    _skin("library: Ant Design", "ant"),
    _skin("library: Chakra", "chakra"),
    _skin("library: Radix Themes", "radix"),
    _skin("library: Headless UI", "headless"),
    _skin("library: Bootstrap, floating", "bootstrap floating"),
    _skin("library: Angular Material", "angular material"),
    _skin("library: Vuetify", "vuetify"),
    _skin("library: Ionic", "ionic"),
    _skin("library: Shoelace", "shoelace"),
    _skin("library: Material Web", "material web"),
    _skin("library: Fluent", "fluent"),
    _skin("library: React Native for Web", "react native web"),
    _skin("library: daisyUI", "daisy"),
    _skin("library: shadcn", "shadcn"),
    _skin("library: PrimeReact", "prime"),
    _skin("library: Carbon", "carbon"),
    _skin("library: React Aria", "react aria"),
    _skin("named by aria alone, an icon to press", "definition by aria only"),
    _skin("a grid with the button before the field", "label in the row above, in a grid"),
    _skin("a notched label, and Cancel beside", "notched, label cut in two lines"),
    _skin("the button in a bar at the bottom", "bottom bar"),
    _skin("code: input-otp", "input otp", "otp"),
    _skin("code: Chakra's PinInput", "chakra pin input", "otp"),
    _skin("code: react-otp-input", "react otp input", "otp"),
    _skin("code: Ant's Input.OTP", "ant otp", "otp"),
    _skin("code in wide boxes", "wide boxes", "otp"),
    _skin("code in boxes that are components", "boxes in components", "otp"),
    _skin("code: lines below one field", "lines under one field", "otp"),
    _skin("PIN in wide boxes", "wide boxes", "pin"),
    _skin("PIN in boxes that are components", "boxes in components", "pin"),
    _skin("PIN in round boxes", "boxes named pin digit", "pin"),
    _skin("PIN: lines below one field", "lines under one field", "pin"),
    _skin("PIN with a keypad", "keypad", "pin"),
    _skin("PIN with a keypad mixed up", "keypad, mixed up, with a tick", "pin"),
    _skin("code with a keypad", "keypad", "otp"),
    _skin("all with a keypad mixed up", "keypad, mixed up, with a tick"),
    _skin("PIN with an eye and Forgot", "pin eye and forgot", "pin"),
    _skin("PIN or finger", "pin or finger", "pin"),
    _skin("PIN below a name", "whose account", "pin"),
    _skin("number: react-phone-input-2", "phone input 2", "mobile", mask__mobile="prefilled"),
    _skin("number: react-phone-number-input", "phone number input", "mobile"),
    _skin("number: intl-tel-input", "intl tel input", "mobile"),
    _skin("number: country typed into a combobox", "country typed in", "mobile"),
    _skin("number: country in a list button", "country in a listbox", "mobile"),
    _skin("number between adornments", "adornments", "mobile"),
    _skin("number with consents", "consents", "mobile"),
    _skin("number behind a second tab", "client id tab first", "mobile"),
    _skin("number below chips", "chips of ways", "mobile"),
    _skin("number behind one tap", "one tap to begin", "mobile"),
    _skin("code of SMS and of app side by side", "sms and app side by side", "otp"),
    _skin("TOTP behind a link below", "having trouble", "otp"),
    _skin("TOTP in a segment", "segmented", "otp"),
    _skin("TOTP in a sheet of ways", "sheet of ways", "otp"),
    _skin("code that is read by itself", "auto read", "otp"),
    _skin("code: a closed button that sends again", "resend is a submit button", "otp"),
    _skin("code: to send again, in the field", "resend in the field", "otp"),
)

_PLACES = (
    _place("steps in an accordion", "accordion"),
    _place("steps of a stepper", "stepper"),
    _place("steps one below the other", "vertical stepper"),
    _place("login in a tab", "tab panels"),
    _place("login in a bottom sheet", "bottom sheet"),
    _place("login in a drawer", "drawer"),
    _place("login beside a carousel", "carousel"),
    _place("login below the site's header", "site header"),
    _place("login above questions", "questions below"),
    _place("login beside a chat's bubble", "chat bubble"),
    _place("login below a breadcrumb", "breadcrumb"),
    _place("login beside a picture of a phone", "app frame with phone picture"),
    _place("login in a slider", "deep wrappers"),
    _place("login in slots", "slots"),
    _place("login in a dialog of many layers", "modal with several layers"),
    _place("login beside an offer to begin", "split screen with sign up"),
    _place("login above a tab of cookies", "cookie tab"),
    _place("login below a strip to install", "install strip"),
    _place("login below a summary of errors", "summary of errors"),
    _place("login in a table", "rows of a table"),
    Change(
        "login in a portal, the page inert",
        "surface",
        {"portal": "inert"},
        apart=frozenset({"place"}),
    ),
    Change(
        "login in a portal, the page hidden",
        "surface",
        {"portal": "hidden"},
        apart=frozenset({"place"}),
    ),
    Change(
        "login in a portal over all", "surface", {"portal": "fixed"}, apart=frozenset({"place"})
    ),
)

_HABITS = (
    _habit("built twice", twice=True),
    _habit("hydrated late, what was typed is lost", hydrate={"after": 900, "mode": "empty"}),
    _habit("hydrated late, what was typed is read", hydrate={"after": 900, "mode": "read"}),
    _habit("hydrated late, what was typed is not heard", hydrate={"after": 900, "mode": "keep"}),
    _habit("skeletons in grey", skeleton={"kind": "grey", "for": 700}),
    _habit("skeletons that say so", skeleton={"kind": "busy", "for": 700}),
    _habit("skeletons with closed fields", skeleton={"kind": "closed", "for": 700}),
    _habit("words in place of skeletons", skeleton={"kind": "words", "for": 1200}),
    _habit("view transitions", transition=True),
    *(
        _habit(f"the server's copy stays, {way}", copy=way)
        for way in ("hidden", "unseen", "clear", "clipped", "folded", "beside")
    ),
    *(
        _habit(f"a check for robots: {kind}", captcha=kind)
        for kind in ("turnstile", "recaptcha", "hcaptcha", "box", "words", "empty")
    ),
    _habit(
        "number said to be short while it is typed",
        nag__mobile={"text": "Mobile number must be 10 digits", "stays": 400},
    ),
    _habit(
        "number said to be invalid until it was checked",
        nag__mobile={"text": "Please enter a valid mobile number", "stays": 900, "role": "alert"},
    ),
    _habit(
        "code said to be short while it is typed",
        nag__otp={"text": "OTP must be 6 digits", "stays": 500, "invalid": True},
    ),
    _habit(
        "code said to be required",
        nag__otp={"text": "Please enter a valid OTP", "stays": 700, "role": "alert"},
    ),
    _habit(
        "PIN said to be short while it is typed",
        nag__pin={"text": "PIN should be 6 digits", "stays": 500, "role": "alert"},
    ),
    _habit(
        "PIN said to be invalid until it was checked",
        nag__pin={"text": "Invalid PIN format", "stays": 900, "invalid": True},
    ),
)

_SCREENS = (
    _screen("an update of the app", "mobile", "app update"),
    _screen("stars to rate", "end", "rating stars"),
    _screen("face unlock", "pin", "face unlock"),
    _screen("nominee, with a way to opt out", "end", "nominee with a tick"),
    _screen("SEBI's advice to scroll through", "end", "sebi notice to scroll"),
    _screen("another session", "pin", "other session"),
    _screen("languages to choose", "mobile", "languages"),
    _screen("a festival's greeting", "mobile", "festival"),
    _screen("a tour", "end", "tour"),
    _screen("recent activity", "end", "activity"),
    _screen("alerts to switch on", "end", "toggles of privacy"),
    _screen("a story", "mobile", "stories"),
    _screen("risks of derivatives", "end", "two risks"),
    _screen("the new web app", "mobile", "app switch"),
    _screen("e-mail that bounced", "end", "e-mail bounced"),
    _screen("a trading holiday", "mobile", "market holiday"),
    _screen("a home screen to pick", "end", "default segment"),
    _screen("a countdown", "end", "countdown", auto=2000),
    _screen("news in Kannada", "mobile", "account opened in kannada"),
    _screen("nominee in Urdu", "end", "skip in urdu"),
    _screen("nominee in Marathi", "end", "skip in marathi"),
    _ways("ways: cards to choose", "radio cards"),
    _ways("ways: Material's list", "list of material"),
    _ways("ways: links", "links of ways"),
    _ways("ways: in Hindi", "ways in hindi"),
    _ways("ways: in Tamil", "ways in tamil"),
    _ways("ways: tiles", "tiles with pictures"),
)

_WORDS = (
    _said(
        "words: Urdu",
        mobileLabel="موبائل نمبر",
        otpLabel="او ٹی پی درج کریں",
        otpOrTotpLabel="او ٹی پی یا TOTP درج کریں",
        pinLabel="پن درج کریں",
        mobileButton="او ٹی پی حاصل کریں",
        otpButton="جاری رکھیں",
        pinButton="لاگ ان",
    ),
    _said(
        "words: Odia",
        mobileLabel="ମୋବାଇଲ ନମ୍ବର",
        otpLabel="ଓଟିପି ଦିଅନ୍ତୁ",
        otpOrTotpLabel="ଓଟିପି ଦିଅନ୍ତୁ",
        pinLabel="ପିନ ଦିଅନ୍ତୁ",
        mobileButton="ଓଟିପି ପାଆନ୍ତୁ",
        otpButton="ଆଗକୁ ବଢ଼ନ୍ତୁ",
        pinButton="ଲଗଇନ କରନ୍ତୁ",
    ),
    _said(
        "words: Assamese",
        mobileLabel="মোবাইল নম্বৰ",
        otpLabel="অ’টিপি লিখক",
        otpOrTotpLabel="OTP বা TOTP লিখক",
        pinLabel="পিন লিখক",
        mobileButton="OTP পঠিয়াওক",
        otpButton="আগবাঢ়ক",
        pinButton="লগ ইন কৰক",
    ),
    _said(
        "words: buttons in Marathi",
        mobileButton="ओटीपी मिळवा",
        otpButton="पडताळणी करा",
        pinButton="लॉग इन करा",
    ),
    _said(
        "words: buttons in Kannada",
        mobileButton="ಒಟಿಪಿ ಪಡೆಯಿರಿ",
        otpButton="ಪರಿಶೀಲಿಸಿ",
        pinButton="ಲಾಗಿನ್ ಮಾಡಿ",
    ),
    _said(
        "words: buttons in Tamil",
        mobileButton="OTP பெறுக",
        otpButton="சரிபார்க்கவும்",
        pinButton="உள்நுழைக",
    ),
    _said(
        "words: buttons in Telugu",
        mobileButton="OTP పొందండి",
        otpButton="ధృవీకరించండి",
        pinButton="లాగిన్ అవ్వండి",
    ),
    _said(
        "words: buttons in Bengali",
        mobileButton="ওটিপি পান",
        otpButton="যাচাই করুন",
        pinButton="লগ ইন করুন",
    ),
    _said(
        "words: buttons in Gujarati",
        mobileButton="OTP મેળવો",
        otpButton="ચકાસો",
        pinButton="લૉગિન કરો",
    ),
    _said(
        "words: buttons of a bank",
        mobileButton="Generate One Time Password",
        otpButton="Validate & Proceed",
        pinButton="Secure Sign-in",
    ),
    _said(
        "words: buttons that are friendly",
        mobileButton="Let’s do this",
        otpButton="Looks right",
        pinButton="Open sesame",
    ),
    _said("words: buttons that are short", mobileButton="OK", otpButton="OK", pinButton="OK"),
    _said(
        "words: sentences for labels",
        mobileLabel="What number did you sign up with?",
        otpLabel="Type the six digits we texted you",
        otpOrTotpLabel="Type the six digits from your authenticator or text",
        pinLabel="And finally, your 6-digit PIN",
    ),
    _said(
        "words: number or e-mail", mobileLabel="Mobile number or e-mail ID", mobileButton="Continue"
    ),
    _said(
        "words: username for the number",
        mobileLabel="Username (registered mobile)",
        mobileButton="Next",
    ),
    _said(
        "words: login OTP",
        otpLabel="Login OTP",
        otpOrTotpLabel="Login OTP / TOTP",
        otpTitle="Enter OTP sent on +91 98••••1234",
        otpButton="Verify and login",
    ),
    _said(
        "words: dynamic code",
        otpLabel="Dynamic code",
        otpOrTotpLabel="Dynamic code",
        otpTitle="Two-factor check",
        otpButton="Verify",
    ),
    _said(
        "words: login PIN in both tongues",
        pinLabel="पिन / PIN",
        pinButton="लॉगिन / Login",
        otpLabel="ओटीपी / OTP",
        otpOrTotpLabel="ओटीपी / OTP / TOTP",
        otpButton="आगे बढ़ें / Continue",
        mobileLabel="मोबाइल नंबर / Mobile number",
        mobileButton="ओटीपी भेजें / Send OTP",
    ),
)

CHANGES = (*_LIBRARIES, *_PLACES, *_HABITS, *_SCREENS, *_WORDS)
