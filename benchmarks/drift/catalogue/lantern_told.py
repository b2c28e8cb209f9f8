"""What a broker's team is likely to change: ends, refusals, and redesigns of many changes."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from . import lantern
from .lantern import SHEET, name


def _ends(place: str, part: str, expect: str = "ACTION_REQUIRED") -> Change:
    return SHEET.ends(name("end", part), place, part, expect)


_CODES = {
    "MOBILE_REJECTED": ("generate", 1017016),
    "TOTP_REJECTED": ("verify", 1017093),
    "PIN_REJECTED": ("pin", 1017106),
    "ACCOUNT_LOCKED": ("pin", 1017090),
    "SESSION_LOST": ("pin", 1017007),
}


def _refused(title: str, expect: str, text: str, **more: Any) -> Change:
    """A refusal in these words, of the call at which *expect* arises."""
    call, code = _CODES[expect]
    options = {f"fail.{call}": code, f"says.{call}": text, **more}
    return Change(name("error", title), "error", options, expect, frozenset({"order"}))


def _limited(title: str, call: str, code: int, text: str, **more: Any) -> Change:
    options = {f"fail.{call}": code, f"says.{call}": text, "codeless": True, **more}
    return Change(name("error", title), "error", options, "RATE_LIMITED", frozenset({"order"}))


def _design(title: str, *parts: Change, expect: str = "TOKEN", **more: Any) -> Change:
    """A redesign: all that its *parts* set, and *more*."""
    options = {key: value for each in parts for key, value in each.options.items()}
    ends = {each.expect for each in parts} - {"TOKEN"}
    return Change(
        name("design", title),
        "design",
        {**options, **options_of(more)},
        expect=next(iter(ends), expect),
        apart=frozenset().union(*(each.apart for each in parts)) - {"design"},
    )


_ENDS = (
    _ends("end", "e-sign the new terms"),
    _ends("end", "nominee is compulsory"),
    _ends("end", "which demat"),
    _ends("pin", "replace your PIN"),
    _ends("end", "PAN to go on"),
    _ends("mobile", "down for a while", "MAINTENANCE"),
    SHEET.dormant(name("end", "no trades for long"), "no trades for long"),
    Change(
        name("end", "SMS only, said in new words"),
        "ending",
        {
            "sms-only": True,
            "ids": "none",
            "text.otpTitle": "Check your messages",
            "text.otpLabel": "Code we texted you",
            "text.tryTotp": "",
        },
        expect="TOTP_NOT_ENABLED",
    ),
)

_ERRORS = (
    _refused(
        "PIN, in a toast of Sonner",
        "PIN_REJECTED",
        "That’s not the right PIN. 4 attempts remaining.",
        codeless=True,
        **SHEET.drawn("sonner", "over"),
    ),
    _refused(
        "PIN, below its field",
        "PIN_REJECTED",
        "PIN didn’t match. Please re-enter it.",
        codeless=True,
        **SHEET.drawn("helper text", "field"),
    ),
    _refused(
        "PIN, in a dialog of two actions",
        "PIN_REJECTED",
        "The PIN you entered is incorrect",
        wire="outcome",
        **SHEET.drawn("alert with two actions", "over"),
    ),
    _refused(
        "PIN, in the answer only",
        "PIN_REJECTED",
        "Secret PIN verification failed",
        wire="meta",
        error="silent",
    ),
    _refused(
        "PIN, by the status and the page's words",
        "PIN_REJECTED",
        "",
        wire="bare",
        tells="Hmm, that’s not your PIN. You have 4 more tries.",
        error="inline",
    ),
    _refused(
        "PIN, in Hindi",
        "PIN_REJECTED",
        "PIN गलत है। 4 मौके बाकी हैं।",
        codeless=True,
        error="status",
    ),
    _refused(
        "PIN, in Hinglish",
        "PIN_REJECTED",
        "PIN match nahi hua. 4 chances bache hain.",
        codeless=True,
        **SHEET.drawn("banner of the design system", "host"),
    ),
    _refused(
        "PIN, in Tamil",
        "PIN_REJECTED",
        "தவறான PIN. மீண்டும் முயற்சிக்கவும்.",
        codeless=True,
        error="live",
    ),
    _refused(
        "code, beside its field",
        "TOTP_REJECTED",
        "This code is incorrect or has expired",
        codeless=True,
        error="described",
    ),
    _refused(
        "code, with a hint of the clock",
        "TOTP_REJECTED",
        "That code doesn’t look right. Check that your phone’s time is set automatically.",
        codeless=True,
        **SHEET.drawn("a sheet from below", "over"),
    ),
    _refused(
        "code, by a union of GraphQL",
        "TOTP_REJECTED",
        "Code mismatch",
        wire="union",
        error="nocode",
    ),
    _refused(
        "number, on a page of its own",
        "MOBILE_REJECTED",
        "We couldn’t find an Upstox account with this number",
        codeless=True,
        **SHEET.drawn("a whole page", "instead"),
    ),
    _refused(
        "number, in Hindi",
        "MOBILE_REJECTED",
        "यह नंबर हमारे पास रजिस्टर्ड नहीं है",
        codeless=True,
        error="inline",
    ),
    Change(
        name("error", "number, by the page itself"),
        "error",
        {
            "check": {
                "how": "inline",
                "when": "press",
                "text": "This number isn’t registered with us",
            }
        },
        expect="MOBILE_REJECTED",
        apart=frozenset({"submission", "typing", "boxes", "documents"}),
    ),
    _limited(
        "too many codes, in a banner",
        "generate",
        1017069,
        "Too many OTP requests. Take a 10-minute break and try again.",
        **SHEET.drawn("banner of the design system", "host"),
    ),
    _limited(
        "no attempts left, in a dialog",
        "verify",
        1017078,
        "You’ve used all your attempts. Verification is paused for 10 minutes.",
        **SHEET.drawn("alert with two actions", "over"),
    ),
    _refused(
        "locked, on a page of its own",
        "ACCOUNT_LOCKED",
        "For your safety, we’ve locked your account after 5 wrong PINs. Unlock it with your PAN.",
        codeless=True,
        **SHEET.drawn("a whole page", "instead"),
    ),
    _refused(
        "locked, in Hindi",
        "ACCOUNT_LOCKED",
        "गलत PIN की वजह से आपका खाता लॉक कर दिया गया है।",
        codeless=True,
        error="banner",
    ),
    _refused(
        "away for too long",
        "SESSION_LOST",
        "You were away for too long. Please log in again.",
        codeless=True,
        error="banner",
    ),
    Change(
        name("error", "first code too late, the second in time"),
        "second code",
        {
            "failonce.verify": 1017093,
            "says.verify": "Code expired. Enter the latest one.",
            "codeless": True,
            **SHEET.drawn("helper text", "field"),
        },
        apart=frozenset({"order"}),
    ),
)

_SINGLE = (*lantern.CHANGES, *_ENDS, *_ERRORS)
_ONE = {each.name.removeprefix("lantern "): each for each in _SINGLE}


def _of(*names: str) -> tuple[Change, ...]:
    return tuple(_ONE[name] for name in names)


_DESIGNS = (
    _design(
        "Mantine, the app's consent, Hinglish",
        *_of("field: Mantine", "words: Hinglish of a chat", "screen: app, linked for a day"),
    ),
    _design(
        "HeroUI, cookies, passkey",
        *_of("field: HeroUI", "cookies: your privacy, your call", "screen: passkey"),
        ids="none",
    ),
    _design(
        "Flutter, PIN refused in a sheet",
        *_of("field: Flutter's semantics", "error: PIN, in a toast of Sonner"),
        headings=False,
        wire="headed",
    ),
    _design(
        "landing, country, boxes, losses",
        *_of(
            "screen: landing",
            "field: number: fieldset with a dial select",
            "field: otp: three and three",
            "screen: F&O losses",
        ),
    ),
    _design(
        "ways in cards, shadows, new device",
        *_of("method: cards, recommended first", "screen: new device"),
        place="shadow",
        ids="hashed",
        text="formal",
    ),
    _design(
        "Hindi, read-only, Hindi consent",
        *_of("words: Hindi as it is spoken", "screen: app, in Hindi"),
        typing="readonly",
        ids="none",
        label="bound",
    ),
    _design(
        "Hindi, ways in rows, code refused",
        *_of("words: Hindi as it is spoken", "method: Hindi, rows"),
        expect="TOTP_REJECTED",
        fail__verify=1017093,
        says__verify="कोड सही नहीं है। ऐप में दिख रहा नया कोड डालें।",
        codeless=True,
        error="inline",
    ),
    _design(
        "a document a step, PIN with a finger",
        *_of("field: pin: face first, PIN below", "screen: continue as"),
        documents="reload",
        ids="renamed",
        text="login-words",
    ),
    _design(
        "markets behind, a dial select, nominee",
        *_of(
            "place: over the markets page",
            "field: number: with sign in by Google",
            "screen: nominee, 30 seconds",
        ),
    ),
    _design(
        "one form for number and PIN, locked",
        expect="ACCOUNT_LOCKED",
        order="mobile+pin",
        ids="none",
        label="placeholder",
        text="login-words",
        fail__pin=1017090,
        says__pin="Your account is locked for security reasons. Unlock it from the app.",
        codeless=True,
        **SHEET.drawn("banner of the design system", "host"),
    ),
    _design(
        "an authenticator's question, PIN in dots, consent",
        *_of(
            "field: otp: authenticator under a question",
            "field: pin: dots over a clear field",
            "screen: app, in Google's way",
        ),
    ),
    _design(
        "a menu of ways, news, cookies",
        *_of(
            "field: otp: more ways in a menu",
            "screen: what is new, three cards",
            "cookies: the DPDP Act",
        ),
    ),
    _design(
        "a round arrow, GraphQL, code refused",
        *_of("field: placeholder with svg button", "error: code, by a union of GraphQL"),
        headings=False,
        ids="none",
    ),
    _design(
        "joined fields, slow, losses in Hinglish",
        *_of("field: shared and joined", "screen: F&O losses in Hinglish"),
        slow=2500,
        text="hinglish",
    ),
    _design(
        "for password managers, in a frame, trust",
        *_of("marks: made for password managers", "screen: stay signed in"),
        place="frame",
        button="button",
        text="login-words",
    ),
    _design(
        "Quasar, a scan for the app, terms to sign",
        *_of("field: Quasar", "screen: get the app", "end: e-sign the new terms"),
    ),
    _design(
        "counted fields, two demat accounts",
        *_of("field: counted", "end: which demat", "cookies: Hindi"),
        text="hindi",
    ),
    _design(
        "a sentence, boxes with an eye, two cards",
        *_of(
            "field: number: a sentence",
            "field: pin: boxes with an eye",
            "method: cards, recommended first",
        ),
        submit__pin="both",
    ),
    _design(
        "PIN first, shadows, a passkey in Hindi",
        *_of("screen: passkey in Hindi"),
        order="pin-first",
        place="components",
        ids="hashed",
        text="hindi",
    ),
    _design(
        "a dialog, a veil, an inactive account",
        *_of("end: no trades for long"),
        place="dialog",
        behind=True,
        working="Just a moment…",
        ids="numbered",
    ),
    _design(
        "a new UCC login, plain links, wrong number",
        *_of("words: mobile, e-mail or UCC"),
        expect="MOBILE_REJECTED",
        button="link",
        ids="hashed",
        fail__generate=1017016,
        says__generate="No account matches these details. Check and try again.",
        codeless=True,
        error="described",
    ),
    _design(
        "two actions, a caller to check, wrong PIN on a bare status",
        *_of(
            "field: two actions and a note",
            "place: verify a caller",
            "error: PIN, by the status and the page's words",
        ),
    ),
    _design(
        "Tamil, debounced, wrong PIN in Tamil",
        *_of("error: PIN, in Tamil"),
        typing="debounced",
        text__pinLabel="6 இலக்க PIN",
        text__pinButton="உள்நுழைக",
        text__mobileLabel="மொபைல் எண்",
        text__mobileButton="OTP பெறுக",
        text__otpOrTotpLabel="OTP அல்லது TOTP",
        text__otpButton="சரிபார்க்கவும்",
    ),
    _design(
        "code and PIN in one step, by a drawn button",
        order="otp+pin",
        ids="hashed",
        label="aria",
        text="casual",
        button="role",
        linger=800,
    ),
    _design(
        "Lightning, streamed, number confirmed, scopes",
        *_of("field: Lightning", "screen: is this your number", "screen: app, scopes ticked"),
        stream=700,
        wire="jsonapi",
    ),
)

CHANGES = (*_ENDS, *_ERRORS, *_DESIGNS)
