"""ALL knowledge of Upstox's login page, as data. When the page changes, the mend is here.

A state is recognised by what is visible to a person, or by ids that have been stable since 2023:
several marks each, any of which will do, so that the page may change one of them. The order of
`STATES` is the order of recognition: what stops a login comes before what a login types into.
Sources: the login page's own JavaScript and captured traffic, 2023 to 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, Protocol
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    Step,
    UpstoxError,
    UpstoxUnavailableError,
)


class Mark(Protocol):
    """One way to find something on the page."""

    def on(self, page: Page) -> Locator:
        """The locator; it may match nothing."""


@dataclass(frozen=True)
class Css:
    """By selector: the long-lived ids, and shapes that only one form has."""

    selector: str

    def on(self, page: Page) -> Locator:
        """The locator of the selector."""
        return page.locator(self.selector)


@dataclass(frozen=True)
class Role:
    """By role and accessible name, as a screen reader finds it."""

    role: Literal["button", "textbox", "heading", "link", "alert", "dialog"]
    name: str

    def on(self, page: Page) -> Locator:
        """The locator of the role."""
        return page.get_by_role(self.role, name=re.compile(self.name, re.IGNORECASE))


@dataclass(frozen=True)
class InDialog:
    """A button of a dialog, by its accessible name."""

    name: str

    def on(self, page: Page) -> Locator:
        """The locator of the button."""
        pattern = re.compile(self.name, re.IGNORECASE)
        return page.get_by_role("dialog").get_by_role("button", name=pattern)


@dataclass(frozen=True)
class Text:
    """By visible text."""

    pattern: str

    def on(self, page: Page) -> Locator:
        """The locator of the text."""
        return page.get_by_text(re.compile(self.pattern, re.IGNORECASE))


@dataclass(frozen=True)
class Sentence:
    """By visible text that is no control: a link of these words only offers something."""

    pattern: str

    def on(self, page: Page) -> Locator:
        """The locator of the text."""
        text = page.get_by_text(re.compile(self.pattern, re.IGNORECASE))
        return text.and_(page.locator(f":not(:is({CONTROLS}), :is({CONTROLS}) *)"))


@dataclass(frozen=True)
class Label:
    """By a bound label, an aria-label or a placeholder; a field, since buttons have them too."""

    pattern: str

    def on(self, page: Page) -> Locator:
        """The locator of the labelled field."""
        pattern = re.compile(self.pattern, re.IGNORECASE)
        labelled = page.get_by_label(pattern).or_(page.get_by_placeholder(pattern))
        return labelled.and_(page.locator(TEXT_FIELDS))


@dataclass(frozen=True)
class FieldBeside:
    """The text field of the form that has an element with a text like this.

    Upstox does not bind most labels to their inputs, so that the label alone finds nothing. One
    element, not all the words of the form: a hint below the field may name another credential.
    """

    text: str

    def on(self, page: Page) -> Locator:
        """The locator of the field."""
        text = page.get_by_text(re.compile(self.text, re.IGNORECASE)).filter(visible=True)
        return page.locator("form").filter(has=text, visible=True).locator(TEXT_FIELDS)


CONTROLS = "a, button, [role=button], [role=link], [role=tab]"

TEXT_FIELDS = (
    "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=submit])"
    ":not([type=button]):not([role=combobox])"
)

_OVERLAY_NAMES = (
    r"^\s*(close|dismiss|[\u00d7\u2715\u2716]|x|got it|not now|maybe later|later|skip|no,? thanks|"
    r"ok(ay)?|accept (all )?cookies)\s*$"
)
OVERLAY_CLOSERS: tuple[Mark, ...] = (
    Role("button", _OVERLAY_NAMES),
    Css("[aria-label='Close' i], [aria-label='Dismiss' i]"),
    Text(_OVERLAY_NAMES),
)
"""What dismisses an overlay that covers a button which is about to be pressed."""


DIALOG_CLOSERS: tuple[Mark, ...] = (
    Css("[role=dialog] [aria-label='Close' i], [role=dialog] [aria-label='Dismiss' i]"),
    InDialog(r"^\s*(close|dismiss|[\u00d7\u2715\u2716]|not now|maybe later|skip|no,? thanks)\s*$"),
)
"""What may be pressed on a page that is not known: it says no to everything."""


@dataclass(frozen=True)
class Entry:
    """A field to type into and a button to press."""

    field: tuple[Mark, ...]
    button: tuple[Mark, ...]


@dataclass(frozen=True)
class Stop:
    """A state in which a login ends: which error it is, and what it says."""

    error: type[UpstoxError]
    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True)
class State:
    """One state of the page."""

    name: str
    step: Step
    marks: tuple[Mark, ...]
    entry: Entry | None = None
    stop: Stop | None = None
    press: tuple[Mark, ...] = field(default=())
    """For a state that wants one click and no text."""
    needs: tuple[Mark, ...] = field(default=())
    """Where set, one of these must be visible beside one of the marks."""
    unless: tuple[Mark, ...] = field(default=())
    """Where one of these is visible, it is not this state."""
    patience: float = 0.0
    """Seconds that it must stand on a page at rest. A sentence in a header that is drawn before
    the form, or a check of the browser that passes by itself, must not end a login."""
    after_mobile: bool = False
    """Whether it means anything only once the mobile number was sent: a page that offers to open
    an account to everybody says nothing about this customer."""


# What is written at a field. From its beginning, so that no hint or error is taken for it.
_MOBILE = r"^\s*(enter |your )*(registered )?(mobile|phone) (number|no\b)"
_GET_OTP = r"^\s*(get|send) OTP\s*$"
_ENTER_OTP = r"^\s*(enter|type) (the |your )?(\d-digit )?T?OTP\b"
_ENTER_PIN = r"^\s*(enter|type) (the |your )?(\d-digit )?(secret )?M?PIN\b"

MOBILE = State(
    "mobile",
    "mobile",
    marks=(
        Css("#mobileNum"),
        Css("#mobile-number-form input"),
        Label(_MOBILE),
        FieldBeside(_GET_OTP),
    ),
    entry=Entry(
        field=(
            Css("#mobileNum"),
            Css(f"#mobile-number-form {TEXT_FIELDS}"),
            Label(_MOBILE),
            FieldBeside(_GET_OTP),
        ),
        button=(
            Css("#getOtp"),
            Role("button", r"get otp"),
            Css("#mobile-number-form [type=submit]"),
        ),
    ),
)

OTP = State(
    "otp",
    "totp",
    marks=(
        Css("#otpNum"),
        Css("#otp-form input"),
        Label(_ENTER_OTP),
        FieldBeside(rf"{_ENTER_OTP}|^\s*(verify your number|resend T?OTP\b)"),
    ),
    entry=Entry(
        field=(
            Css("#otpNum"),
            Css(f"#otp-form {TEXT_FIELDS}"),
            Label(_ENTER_OTP),
            FieldBeside(rf"{_ENTER_OTP}|^\s*(verify your number|resend T?OTP\b)"),
        ),
        button=(
            Css("#continueBtn"),
            Css("#otp-form [type=submit]"),
            Role("button", r"^\s*continue\s*$"),
        ),
    ),
)

PIN = State(
    "pin",
    "pin",
    marks=(
        Css("#pinCode"),
        Css("#secret-pin-form input"),
        Label(_ENTER_PIN),
        FieldBeside(rf"{_ENTER_PIN}|^\s*forgot (your )?M?PIN\b"),
    ),
    entry=Entry(
        field=(
            Css("#pinCode"),
            Css(f"#secret-pin-form {TEXT_FIELDS}"),
            Label(_ENTER_PIN),
            FieldBeside(rf"{_ENTER_PIN}|^\s*forgot (your )?M?PIN\b"),
        ),
        button=(
            Css("#pinContinueBtn"),
            Css("#secret-pin-form [type=submit]"),
            Role("button", r"^\s*continue\s*$"),
        ),
    ),
)

PASSWORD = State(
    "password",
    "pin",
    marks=(Css("input#password[type=password]"), Label(r"^\s*(enter )?(your )?password\s*$")),
    entry=Entry(
        field=(Css("input#password[type=password]"), Label(r"^\s*(enter )?(your )?password\s*$")),
        button=(
            Css("form:has(input[type=password]) [type=submit]"),
            Role("button", r"^\s*(continue|log ?in|sign ?in|submit)\s*$"),
        ),
    ),
)

TOTP_OFFERED: tuple[Mark, ...] = (Text(r"\bOTP or TOTP\b|enter TOTP|authenticator"),)
"""The account takes TOTP codes."""

TOTP_NOT_ENABLED: tuple[Mark, ...] = (Text(r"^\s*try TOTP\s*\??\s*$"), Text(r"^\s*enter OTP\s*$"))
"""The account does not: the label names the SMS code only, or the page advertises TOTP."""

CHALLENGE_TEXT = (
    r"verif(y|ying) (that )?you are (a )?human|just a moment|"
    r"checking (if the site connection|your browser)|"
    r"needs to review the security of your connection|enable javascript and cookies|"
    r"sorry, you have been blocked|you are unable to access|access denied|"
    r"error (code:? )?1\d{3}\b"
)
MAINTENANCE_TEXT = (
    r"under (scheduled |planned )?maintenance|scheduled maintenance|we.ll be back|"
    r"back soon|temporarily unavailable"
)

_IS_LOCKED = r"\baccount (has been|is|was) (temporarily )?locked\b(?!\s*\?)"
"""Not "will be locked": that is a warning which comes with a refused PIN."""

CHALLENGE = State(
    "challenge",
    "open",
    patience=6.0,
    marks=(
        Text(CHALLENGE_TEXT),
        Css("iframe[src*='challenges.cloudflare.com']"),
        Css("iframe[src*='hcaptcha.com']"),
        Css("iframe[src*='captcha' i]:not(.grecaptcha-badge iframe)"),
        Css("[class*='captcha' i]:not(.grecaptcha-badge):not(.grecaptcha-badge *) iframe"),
        Css("#captcha, input[name*='captcha' i], img[alt*='captcha' i]"),
    ),
    stop=Stop(PageChangedError, "CHALLENGE", "Upstox's page asks for proof that a human is there."),
)

MAINTENANCE = State(
    "maintenance",
    "open",
    patience=2.0,
    marks=(Text(MAINTENANCE_TEXT),),
    stop=Stop(UpstoxUnavailableError, "MAINTENANCE", "Upstox says it is under maintenance."),
)

LOCKED = State(
    "locked",
    "pin",
    marks=(
        Sentence(_IS_LOCKED),
        # Beside a field that takes a PIN it only offers to unlock an account.
        Css("form:not(:has(input:enabled)) >> role=button[name=/unlock account/i]"),
    ),
    stop=Stop(
        LoginBlockedError,
        "ACCOUNT_LOCKED",
        "Upstox has locked the account after too many refused PINs.",
    ),
)

OTP_BLOCKED = State(
    "otp blocked",
    "totp",
    marks=(Text(r"(exceeded|too many|maximum).{0,60}\bOTP\b|\bOTP\b.{0,60}(exceeded|blocked)"),),
    needs=(Css("#otpNum:disabled"), Css("#otp-form input:disabled"), Role("alert", r"\bOTP\b")),
    stop=Stop(
        LoginBlockedError, "RATE_LIMITED", "Upstox takes no more codes for now: too many attempts."
    ),
)

CREATE_PIN = State(
    "create PIN",
    "pin",
    patience=0.5,
    after_mobile=True,
    marks=(Sentence(r"\b(create|set|choose) (a |your )?(new )?(\d-digit )?PIN\b"),),
    stop=Stop(
        LoginBlockedError,
        "ACTION_REQUIRED",
        "The account has no PIN yet: Upstox asks to create one.",
        "Log in to Upstox by hand once and create the PIN, then set UPSTOX_PIN_CODE.",
    ),
)

CHOOSER = State(
    "account chooser",
    "totp",
    patience=0.5,
    after_mobile=True,
    marks=(
        Sentence(r"(choose|select|pick) (an |your |the )?account|multiple accounts|which account"),
    ),
    stop=Stop(
        LoginBlockedError,
        "ACTION_REQUIRED",
        "Several accounts use this mobile number, and Upstox asks which one is meant.",
        "Give each account a mobile number of its own at Upstox: a program must not choose.",
    ),
)

INACTIVE = State(
    "reactivate account",
    "pin",
    patience=1.0,
    after_mobile=True,
    marks=(Sentence(r"reactivate (your |the )?account|account is (dormant|inactive|deactivated)"),),
    stop=Stop(
        CredentialsRejectedError,
        "ACCOUNT_INACTIVE",
        "The account is dormant or inactive: Upstox asks to reactivate it.",
    ),
)

_OPEN_ACCOUNT = (
    r"(open|complete|finish|resume) (an? |your )?(free |demat |upstox |trading )*"
    r"account( opening)?\b|start your (application|kyc)|create (an|your) account"
)

NO_CUSTOMER = State(
    "account opening",
    "mobile",
    patience=2.0,
    after_mobile=True,
    # A heading or a button: such a link stands below many a page.
    marks=(Role("heading", _OPEN_ACCOUNT), Role("button", _OPEN_ACCOUNT)),
    stop=Stop(
        CredentialsRejectedError,
        "MOBILE_REJECTED",
        "The mobile number belongs to no customer: Upstox offers to open an account.",
    ),
)

CONSENT = State(
    "approval",
    "redirect",
    patience=0.5,
    marks=(
        Text(
            r"(wants|would like|is requesting|requests) (to )?(access|permission|connect)|"
            r"(authori[sz]e|approve|allow) (this |the )?(app|access|application)|"
            r"grant (access|permission)"
        ),
    ),
    press=(Role("button", r"^\s*(allow|approve|authori[sz]e|grant|agree|accept|yes)( access)?\b"),),
    needs=(Role("button", r"^\s*(allow|approve|authori[sz]e|grant|agree|accept|yes)( access)?\b"),),
)

QR_ONLY = State(
    "QR code",
    "mobile",
    patience=1.0,
    marks=(Role("button", r"log ?in with mobile number"), Text(r"log ?in with mobile number")),
    press=(Role("button", r"log ?in with mobile number"), Text(r"log ?in with mobile number")),
)

FORMS: tuple[State, ...] = (MOBILE, PASSWORD, OTP, PIN)
"""In the order of a login."""

STATES: tuple[State, ...] = (
    CHALLENGE,
    LOCKED,
    OTP_BLOCKED,
    CREATE_PIN,
    CHOOSER,
    CONSENT,
    PIN,
    PASSWORD,
    OTP,
    MOBILE,
    MAINTENANCE,
    INACTIVE,
    NO_CUSTOMER,
    QR_ONLY,
)
"""In the order of recognition. The forms come before what is only told by a sentence, since a
sentence like "Open an account" may well stand below a form."""


def ids_of(state: State) -> tuple[Css, ...]:
    """The long-lived ids among a form's marks: where one of them is there, no word counts."""
    return tuple(mark for mark in state.marks if isinstance(mark, Css))


def selector_of(form: State) -> str:
    """A selector of the fields that by their ids belong to `form`."""
    return ", ".join(mark.selector for mark in ids_of(form))


def is_anothers(state: State) -> str:
    """A selector of the fields that by their ids belong to another form than that of `state`."""
    return ", ".join(selector_of(each) for each in FORMS if each is not state)


@cache
def at_a_glance(states: tuple[State, ...]) -> tuple[Mark, ...]:
    """What finds all that the marks of `states` find, in few searches: each takes its time.

    It may find more, as a sentence that is a link; and of texts within one another it finds the
    inner one alone, were it hidden. So nothing is decided by it but that there is nothing new.
    """
    selectors: list[str] = []
    words: dict[tuple[Callable[..., Mark], *tuple[str, ...]], list[str]] = {}
    others: list[Mark] = []
    for mark in (mark for state in states for mark in state.marks):
        match mark:
            case Css(selector) if ">>" not in selector:
                selectors.append(selector)
            case Text(pattern) | Sentence(pattern):
                words.setdefault((Text,), []).append(pattern)
            case Label(pattern) | FieldBeside(pattern):
                words.setdefault((type(mark),), []).append(pattern)
            case Role(role, name):
                words.setdefault((Role, role), []).append(name)
            case _:
                others.append(mark)
    joined = (
        kind(*role, "|".join(f"(?:{each})" for each in patterns))
        for (kind, *role), patterns in words.items()
    )
    return (Css(", ".join(selectors)), *joined, *others)


PATHS: tuple[tuple[str, State], ...] = (
    ("/reactivate-account", INACTIVE),
    ("/open-account", NO_CUSTOMER),
    ("/account-opening", NO_CUSTOMER),
    ("/new-demat-account", NO_CUSTOMER),
)
"""Addresses that say it as well."""

SPINNERS: tuple[Mark, ...] = (
    Css("[role=progressbar], [aria-busy=true], [class*=spinner i], [class*=loader i]"),
)
"""The page is at work."""

SIGNED_IN_AS = re.compile(
    r"signed in as\D{0,5}(?:\+?91[\s-]?)?([6-9]\d{4}[\s-]?\d{5})", re.IGNORECASE
)
"""Whose PIN the page asks for, where it says so in full."""

CUSTOMER_STATES = {"DORMANT": INACTIVE, "INACTIVE": INACTIVE, "LEAD": NO_CUSTOMER}
"""`userType` and `customerStatus` in the page's own traffic; only ever an additional hint."""


# -- what the page complains of --------------------------------------------------------------------

Verdict = Literal[
    "mobile refused",
    "code refused",
    "pin refused",
    "locked",
    "rate limited",
    "outdated",
    "several accounts",
    "session lost",
    "trouble",
    "offline",
    "not accepted",
    "unknown",
]

CODES: dict[str, Verdict] = {
    "1017016": "mobile refused",
    "1017069": "rate limited",
    "1017078": "rate limited",
    "1017125": "rate limited",
    "1017072": "outdated",
    "1017074": "several accounts",
    "1017076": "session lost",
    "1017079": "session lost",
    "1017084": "session lost",
    "1017095": "session lost",
    "1017105": "session lost",
    "1017007": "session lost",
    "1017106": "pin refused",
    "1017090": "locked",
}
"""Upstox's codes on the login page, as its own JavaScript and recorded sessions show them."""

_WRONG = r"(incorrect|invalid|wrong|expired|mismatch|(not|n.t) (match|valid|correct))"

TEXTS: tuple[tuple[Verdict, str], ...] = (
    ("offline", r"network error"),
    ("locked", rf"{_IS_LOCKED}|too many incorrect PIN attempts"),
    ("rate limited", r"(exceeded|maximum|too many).{0,80}(otp|attempt|times)"),
    ("session lost", r"session.{0,40}(expired|lost|timed out)|please log ?in again"),
    ("pin refused", rf"{_WRONG}.{{0,20}}\bM?PIN\b|\bM?PIN\b.{{0,40}}{_WRONG}"),
    ("pin refused", r"(correct|valid) M?PIN\b"),
    ("code refused", rf"{_WRONG}.{{0,30}}\bT?OTP\b|\bT?OTP\b.{{0,40}}{_WRONG}"),
    ("code refused", r"(correct|valid) T?OTP\b|\bT?OTP\b.{0,20}failed"),
    ("code refused", rf"\bcode\b.{{0,20}}{_WRONG}|{_WRONG} (verification )?code\b"),
    ("code refused", r"attempts? (left|remaining)"),
    ("mobile refused", r"(invalid|incorrect|wrong).{0,20}(mobile|phone)"),
    ("mobile refused", r"mobile.{0,40}(not registered|invalid)"),
    ("mobile refused", r"make sure your mobile number was entered correctly"),
    ("mobile refused", r"enter a 10-digit mobile number"),
    ("not accepted", r"should be a \d-digit otp"),
    ("outdated", r"version is outdated"),
    ("trouble", r"request aborted|something went wrong|unable to process|try re-?loading"),
    ("trouble", r"internal server error|service unavailable|ERR_TOO_MANY_REDIRECTS"),
)
"""Read where the code is unknown or missing."""

CALL_FAILED = re.compile(r"request aborted", re.IGNORECASE)
"""The page says so, with 500 behind it, of every call that failed or was answered with no JSON,
whatever the cause: what the network tells counts for more, and the 500 is nobody's."""

BRACKETED = re.compile(r"^(?P<message>.*?)\s*\[(?P<code>[A-Za-z]{0,8}\d{3,8})\]\s*$", re.DOTALL)
"""A toast: `message [code]`."""


@dataclass(frozen=True)
class Complaint:
    """Something the page, or its server, complained of."""

    text: str
    code: str | None = None
    status: int | None = None
    source: Literal["toast", "server", "transport"] = "toast"

    @classmethod
    def of(cls, text: str) -> Complaint | None:
        """Read a text that appeared on the page; None where it is no complaint."""
        match = BRACKETED.match(text)
        if match is not None:
            return cls.coded(match["message"], match["code"], "toast")
        return cls(text) if verdict_of_text(text) is not None else None

    @classmethod
    def coded(cls, text: str, code: str, source: Literal["toast", "server"]) -> Complaint:
        """A message with its code; three digits are an HTTP status ("Request aborted [500]")."""
        if code == "500" and CALL_FAILED.search(text):
            return cls(text, source=source)
        if code.isdigit() and len(code) == 3:
            return cls(text, status=int(code), source=source)
        return cls(text, code, source=source)

    @property
    def verdict(self) -> Verdict:
        """What it means."""
        if self.code in CODES:
            return CODES[self.code]
        if self.status == 429:
            return "rate limited"
        by_text = verdict_of_text(self.text)
        if by_text is not None and (self.code is None or by_text != "trouble"):
            return by_text
        if self.code is None and (self.status is not None or self.source == "transport"):
            return "offline" if self.status is None else "trouble"
        return "unknown"

    @property
    def broke_off(self) -> bool:
        """Whether a request of the page ended without an answer."""
        return self.source == "transport" and self.status is None

    @property
    def weight(self) -> int:
        """How little it tells, for choosing the most telling of several: 0 tells most."""
        if self.code in CODES:
            return 0
        match self.verdict:
            case "unknown":
                return 2 if self.code is not None else 6
            case "trouble" | "offline":
                # The page says "Request aborted [500]" of every call that failed in any way.
                return 5 if self.source == "toast" else 4 if self.status is None else 3
            case _:
                return 1


def verdict_of_text(text: str) -> Verdict | None:
    """The verdict of a text by itself."""
    for verdict, pattern in TEXTS:
        if re.search(pattern, text, re.IGNORECASE):
            return verdict
    return None


def stated_wait(text: str) -> float | None:
    """The seconds after which a text says one may try again; None where it does not say."""
    match = re.search(r"(\d{1,4})\s*(second|sec|minute|min|hour|hr)s?\b", text, re.IGNORECASE)
    if match is None:
        return None
    unit = match[2].lower()
    return float(match[1]) * (
        1 if unit.startswith("sec") else 60 if unit.startswith("min") else 3600
    )


# -- what is not loaded ----------------------------------------------------------------------------

BLOCKED_TYPES = {"image", "media", "font", "ping"}
BLOCKED_HOSTS = re.compile(
    r"(^|\.)(google-?analytics|googletagmanager|googleadservices|doubleclick|mixpanel|mxpnl|"
    r"clevertap|wzrkt|facebook|connect\.facebook|hotjar|clarity|branch|appsflyer|segment|amplitude|"
    r"moengage|webengage|newrelic|nr-data|sentry|bugsnag|fullstory|adjust)\.",
    re.IGNORECASE,
)
BLOCKED_PATHS = re.compile(
    r"/(mixpanel|analytics|tracking-proxy|track|engage|collect|telemetry|clickstream)(/|$)",
    re.IGNORECASE,
)
"""Upstox proxies its analytics through a path of its service host (`/tracking-proxy/…`)."""

LOGIN_PATH = "/login/"
"""What the page calls to log in lies below it, whatever version the rest of the path names."""


def is_analytics(url: str) -> bool:
    """Whether a call to this address only tells what people do on the page."""
    path = urlsplit(url).path
    return not path.startswith(LOGIN_PATH) and BLOCKED_PATHS.search(path) is not None
