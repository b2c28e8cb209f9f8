"""What a front-end team ships in two years: libraries, places, habits of frameworks, new screens.

The markup stands in `markup/`; what its marks mean is told in `site/skins.js`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from benchmarks.drift.change import Change, options_of

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


def skin(name: str, part: str, *steps: str, file: str = "fields", **more: Any) -> Change:
    """A form, of one step or of all, in markup of its own."""
    markup = _parts(file)[part]
    set_ = {f"skin.{step}": markup for step in steps} if steps else {"skin": markup}
    options = {**set_, **options_of(more)}
    return Change(name, "library", options, apart=_OWN_FIELDS)


def cookie_wall(name: str, title: str, text: str, *buttons: Sequence[str], **more: Any) -> Change:
    """A wall of cookies; of each button what it says, its look, and what it does."""
    wall = {"title": title, "text": text, "buttons": [list(each) for each in buttons], **more}
    return Change(name, "cookies", {"cookies": wall})


def place(name: str, part: str, *steps: str, file: str = "places", **more: Any) -> Change:
    """What stands round the screen of a step."""
    markup = _parts(file)[part]
    set_ = {f"around.{step}": markup for step in steps} if steps else {"around": markup}
    return Change(name, "surface", {**set_, **more}, apart=frozenset({"place", "method"}))


def screen(name: str, place: str, part: str, *, file: str = "screens", **more: Any) -> Change:
    """A screen before a step."""
    what = {"html": _parts(file)[part], **more}
    return Change(name, f"screen before {place}", {f"before.{place}": what})


def ways(name: str, part: str, *, file: str = "screens") -> Change:
    """A choice between the ways to prove oneself."""
    return Change(name, "method", {"list": {"html": _parts(file)[part]}})


class Sheet:
    """Changes whose markup is in one file of its own."""

    def __init__(self, file: str) -> None:
        self.part = _parts(file).__getitem__
        self.skin = partial(skin, file=file)
        self.place = partial(place, file=file)
        self.ways = partial(ways, file=file)
        self._screen = partial(screen, file=file)

    def screen(self, name: str, place: str, part: str, **more: Any) -> Change:
        """A screen before a step."""
        return self._screen(name, place, f"screen: {part}", **more)

    def pages(self, first: str, *others: str) -> dict[str, Any]:
        """Several screens of this file, one after the other."""
        more = {"more": self.pages(*others)} if others else {}
        return {"html": self.part(f"screen: {first}"), **more}

    def ends(self, name: str, place: str, part: str, expect: str = "ACTION_REQUIRED") -> Change:
        """A screen that only the account's owner may answer."""
        what = {"html": self.part(f"screen: {part}"), "end": "a person's"}
        return Change(name, f"screen before {place}", {f"before.{place}": what}, expect=expect)

    def dormant(self, name: str, part: str, **more: Any) -> Change:
        """A screen of the page's own for an account that sleeps."""
        shown = {"html": self.part(f"screen: {part}"), "end": "dormant"}
        options = {"dormant": True, **more, "reactivate": shown}
        return Change(name, "ending", options, expect="ACCOUNT_INACTIVE")

    def drawn(self, part: str, where: str) -> dict[str, Any]:
        """What shows an error in markup of this file, and where that stands."""
        shape = {"html": self.part(f"error: {part}"), "where": where}
        return {"error": "drawn", "refusal": shape}

    def error(self, part: str) -> dict[str, Any]:
        """What shows an error in a box of this file."""
        return {"error": "markup", "errorhtml": self.part(f"error: {part}")}


def habit(name: str, **options: Any) -> Change:
    """What a framework or a team does with every form."""
    return Change(name, "habit", options_of(options))


def said(name: str, **texts: str) -> Change:
    """Other words."""
    return Change(name, "words", {f"text.{key}": value for key, value in texts.items()})


_LIBRARIES = (
    skin("library: Material UI, outlined", "mui outlined"),
    skin("library: Ant Design", "ant"),
    skin("library: Chakra", "chakra"),
    skin("library: Radix Themes", "radix"),
    skin("library: Headless UI", "headless"),
    skin("library: Bootstrap, floating", "bootstrap floating"),
    skin("library: Angular Material", "angular material"),
    skin("library: Vuetify", "vuetify"),
    skin("library: Ionic", "ionic"),
    skin("library: Shoelace", "shoelace"),
    skin("library: Material Web", "material web"),
    skin("library: Fluent", "fluent"),
    skin("library: React Native for Web", "react native web"),
    skin("library: daisyUI", "daisy"),
    skin("library: shadcn", "shadcn"),
    skin("library: PrimeReact", "prime"),
    skin("library: Carbon", "carbon"),
    skin("library: React Aria", "react aria"),
    skin("named by aria alone, an icon to press", "definition by aria only"),
    skin("a grid with the button before the field", "label in the row above, in a grid"),
    skin("a notched label, and Cancel beside", "notched, label cut in two lines"),
    skin("the button in a bar at the bottom", "bottom bar"),
    skin("code: input-otp", "input otp", "otp"),
    skin("code: Chakra's PinInput", "chakra pin input", "otp"),
    skin("code: react-otp-input", "react otp input", "otp"),
    skin("code: Ant's Input.OTP", "ant otp", "otp"),
    skin("code in wide boxes", "wide boxes", "otp"),
    skin("code in boxes that are components", "boxes in components", "otp"),
    skin("code: lines below one field", "lines under one field", "otp"),
    skin("PIN in wide boxes", "wide boxes", "pin"),
    skin("PIN in boxes that are components", "boxes in components", "pin"),
    skin("PIN in round boxes", "boxes named pin digit", "pin"),
    skin("PIN: lines below one field", "lines under one field", "pin"),
    skin("PIN with a keypad", "keypad", "pin"),
    skin("PIN with a keypad mixed up", "keypad, mixed up, with a tick", "pin"),
    skin("code with a keypad", "keypad", "otp"),
    skin("all with a keypad mixed up", "keypad, mixed up, with a tick"),
    skin("PIN with an eye and Forgot", "pin eye and forgot", "pin"),
    skin("PIN or finger", "pin or finger", "pin"),
    skin("PIN below a name", "whose account", "pin"),
    skin("number: react-phone-input-2", "phone input 2", "mobile", mask__mobile="prefilled"),
    skin("number: react-phone-number-input", "phone number input", "mobile"),
    skin("number: intl-tel-input", "intl tel input", "mobile"),
    skin("number: country typed into a combobox", "country typed in", "mobile"),
    skin("number: country in a list button", "country in a listbox", "mobile"),
    skin("number between adornments", "adornments", "mobile"),
    skin("number with consents", "consents", "mobile"),
    skin("number behind a second tab", "client id tab first", "mobile"),
    skin("number below chips", "chips of ways", "mobile"),
    skin("number behind one tap", "one tap to begin", "mobile"),
    skin("code of SMS and of app side by side", "sms and app side by side", "otp"),
    skin("TOTP behind a link below", "having trouble", "otp"),
    skin("TOTP in a segment", "segmented", "otp"),
    skin("TOTP in a sheet of ways", "sheet of ways", "otp"),
    skin("code that is read by itself", "auto read", "otp"),
    skin("code: a closed button that sends again", "resend is a submit button", "otp"),
    skin("code: to send again, in the field", "resend in the field", "otp"),
)

_PLACES = (
    place("steps in an accordion", "accordion"),
    place("steps of a stepper", "stepper"),
    place("steps one below the other", "vertical stepper"),
    place("login in a tab", "tab panels"),
    place("login in a bottom sheet", "bottom sheet"),
    place("login in a drawer", "drawer"),
    place("login beside a carousel", "carousel"),
    place("login below the site's header", "site header"),
    place("login above questions", "questions below"),
    place("login beside a chat's bubble", "chat bubble"),
    place("login below a breadcrumb", "breadcrumb"),
    place("login beside a picture of a phone", "app frame with phone picture"),
    place("login in a slider", "deep wrappers"),
    place("login in slots", "slots"),
    place("login in a dialog of many layers", "modal with several layers"),
    place("login beside an offer to begin", "split screen with sign up"),
    place("login above a tab of cookies", "cookie tab"),
    place("login below a strip to install", "install strip"),
    place("login below a summary of errors", "summary of errors"),
    place("login in a table", "rows of a table"),
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
    habit("built twice", twice=True),
    habit("hydrated late, what was typed is lost", hydrate={"after": 900, "mode": "empty"}),
    habit("hydrated late, what was typed is read", hydrate={"after": 900, "mode": "read"}),
    habit("hydrated late, what was typed is not heard", hydrate={"after": 900, "mode": "keep"}),
    habit("skeletons in grey", skeleton={"kind": "grey", "for": 700}),
    habit("skeletons that say so", skeleton={"kind": "busy", "for": 700}),
    habit("skeletons with closed fields", skeleton={"kind": "closed", "for": 700}),
    habit("words in place of skeletons", skeleton={"kind": "words", "for": 1200}),
    habit("view transitions", transition=True),
    *(
        habit(f"the server's copy stays, {way}", copy=way)
        for way in ("hidden", "unseen", "clear", "clipped", "folded", "beside")
    ),
    *(
        habit(f"a check for robots: {kind}", captcha=kind)
        for kind in ("turnstile", "recaptcha", "hcaptcha", "box", "words", "empty")
    ),
    habit(
        "number said to be short while it is typed",
        nag__mobile={"text": "Mobile number must be 10 digits", "stays": 400},
    ),
    habit(
        "number said to be invalid until it was checked",
        nag__mobile={"text": "Please enter a valid mobile number", "stays": 900, "role": "alert"},
    ),
    habit(
        "code said to be short while it is typed",
        nag__otp={"text": "OTP must be 6 digits", "stays": 500, "invalid": True},
    ),
    habit(
        "code said to be required",
        nag__otp={"text": "Please enter a valid OTP", "stays": 700, "role": "alert"},
    ),
    habit(
        "PIN said to be short while it is typed",
        nag__pin={"text": "PIN should be 6 digits", "stays": 500, "role": "alert"},
    ),
    habit(
        "PIN said to be invalid until it was checked",
        nag__pin={"text": "Invalid PIN format", "stays": 900, "invalid": True},
    ),
)

_SCREENS = (
    screen("an update of the app", "mobile", "app update"),
    screen("stars to rate", "end", "rating stars"),
    screen("face unlock", "pin", "face unlock"),
    screen("nominee, with a way to opt out", "end", "nominee with a tick"),
    screen("SEBI's advice to scroll through", "end", "sebi notice to scroll"),
    screen("another session", "pin", "other session"),
    screen("languages to choose", "mobile", "languages"),
    screen("a festival's greeting", "mobile", "festival"),
    screen("a tour", "end", "tour"),
    screen("recent activity", "end", "activity"),
    screen("alerts to switch on", "end", "toggles of privacy"),
    screen("a story", "mobile", "stories"),
    screen("risks of derivatives", "end", "two risks"),
    screen("the new web app", "mobile", "app switch"),
    screen("e-mail that bounced", "end", "e-mail bounced"),
    screen("a trading holiday", "mobile", "market holiday"),
    screen("a home screen to pick", "end", "default segment"),
    screen("a countdown", "end", "countdown", auto=2000),
    screen("news in Kannada", "mobile", "account opened in kannada"),
    screen("nominee in Urdu", "end", "skip in urdu"),
    screen("nominee in Marathi", "end", "skip in marathi"),
    ways("ways: cards to choose", "radio cards"),
    ways("ways: Material's list", "list of material"),
    ways("ways: links", "links of ways"),
    ways("ways: in Hindi", "ways in hindi"),
    ways("ways: in Tamil", "ways in tamil"),
    ways("ways: tiles", "tiles with pictures"),
)

_WORDS = (
    said(
        "words: Urdu",
        mobileLabel="موبائل نمبر",
        otpLabel="او ٹی پی درج کریں",
        otpOrTotpLabel="او ٹی پی یا TOTP درج کریں",
        pinLabel="پن درج کریں",
        mobileButton="او ٹی پی حاصل کریں",
        otpButton="جاری رکھیں",
        pinButton="لاگ ان",
    ),
    said(
        "words: Odia",
        mobileLabel="ମୋବାଇଲ ନମ୍ବର",
        otpLabel="ଓଟିପି ଦିଅନ୍ତୁ",
        otpOrTotpLabel="ଓଟିପି ଦିଅନ୍ତୁ",
        pinLabel="ପିନ ଦିଅନ୍ତୁ",
        mobileButton="ଓଟିପି ପାଆନ୍ତୁ",
        otpButton="ଆଗକୁ ବଢ଼ନ୍ତୁ",
        pinButton="ଲଗଇନ କରନ୍ତୁ",
    ),
    said(
        "words: Assamese",
        mobileLabel="মোবাইল নম্বৰ",
        otpLabel="অ’টিপি লিখক",
        otpOrTotpLabel="OTP বা TOTP লিখক",
        pinLabel="পিন লিখক",
        mobileButton="OTP পঠিয়াওক",
        otpButton="আগবাঢ়ক",
        pinButton="লগ ইন কৰক",
    ),
    said(
        "words: buttons in Marathi",
        mobileButton="ओटीपी मिळवा",
        otpButton="पडताळणी करा",
        pinButton="लॉग इन करा",
    ),
    said(
        "words: buttons in Kannada",
        mobileButton="ಒಟಿಪಿ ಪಡೆಯಿರಿ",
        otpButton="ಪರಿಶೀಲಿಸಿ",
        pinButton="ಲಾಗಿನ್ ಮಾಡಿ",
    ),
    said(
        "words: buttons in Tamil",
        mobileButton="OTP பெறுக",
        otpButton="சரிபார்க்கவும்",
        pinButton="உள்நுழைக",
    ),
    said(
        "words: buttons in Telugu",
        mobileButton="OTP పొందండి",
        otpButton="ధృవీకరించండి",
        pinButton="లాగిన్ అవ్వండి",
    ),
    said(
        "words: buttons in Bengali",
        mobileButton="ওটিপি পান",
        otpButton="যাচাই করুন",
        pinButton="লগ ইন করুন",
    ),
    said(
        "words: buttons in Gujarati",
        mobileButton="OTP મેળવો",
        otpButton="ચકાસો",
        pinButton="લૉગિન કરો",
    ),
    said(
        "words: buttons of a bank",
        mobileButton="Generate One Time Password",
        otpButton="Validate & Proceed",
        pinButton="Secure Sign-in",
    ),
    said(
        "words: buttons that are friendly",
        mobileButton="Let’s do this",
        otpButton="Looks right",
        pinButton="Open sesame",
    ),
    said("words: buttons that are short", mobileButton="OK", otpButton="OK", pinButton="OK"),
    said(
        "words: sentences for labels",
        mobileLabel="What number did you sign up with?",
        otpLabel="Type the six digits we texted you",
        otpOrTotpLabel="Type the six digits from your authenticator or text",
        pinLabel="And finally, your 6-digit PIN",
    ),
    said(
        "words: number or e-mail", mobileLabel="Mobile number or e-mail ID", mobileButton="Continue"
    ),
    said(
        "words: username for the number",
        mobileLabel="Username (registered mobile)",
        mobileButton="Next",
    ),
    said(
        "words: login OTP",
        otpLabel="Login OTP",
        otpOrTotpLabel="Login OTP / TOTP",
        otpTitle="Enter OTP sent on +91 98••••1234",
        otpButton="Verify and login",
    ),
    said(
        "words: dynamic code",
        otpLabel="Dynamic code",
        otpOrTotpLabel="Dynamic code",
        otpTitle="Two-factor check",
        otpButton="Verify",
    ),
    said(
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
