"""What else a broker may put between the steps, say of a refusal, or do on the wire."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from .roadmap import refused
from .shipped import Sheet, cookie_wall

_sheet = Sheet("notices")
_SLIDES = _sheet.pages("slides one", "slides two", "slides last")


def _screen(place: str, part: str, **more: Any) -> Change:
    return _sheet.screen(f"notices: {part}", place, part, **more)


def _ends(place: str, part: str) -> Change:
    return _sheet.ends(f"notices: {part}", place, part)


def _over(name: str, title: str, text: str, buttons: list[list[str]], **more: Any) -> Change:
    pop = {"title": title, "text": text, "buttons": buttons, **more}
    return Change(f"notices: {name}", "popover", {"popover": pop})


def _says(name: str, call: str, text: str, expect: str, **more: Any) -> Change:
    return refused(f"notices: {name}", call, text, expect, codeless=True, **more)


def _plain(name: str, category: str, expect: str = "TOKEN", **options: Any) -> Change:
    """A change of the page's options; two underscores stand for a dot."""
    return Change(f"notices: {name}", category, options_of(options), expect=expect)


_SCREENS = (
    _screen("end", "settlement"),
    _screen("end", "margin short"),
    _screen("mobile", "outage over"),
    _screen("end", "nps"),
    _screen("mobile", "holi"),
    _screen("pin", "onam"),
    _screen("pin", "passkey split"),
    _screen("end", "stay in"),
    _screen("pin", "new device table"),
    _screen("mobile", "app sheet"),
    _screen("end", "nominee later"),
    Change(
        "notices: three slides",
        "screen before mobile",
        {"before.mobile": _SLIDES},
    ),
    _screen("end", "survey"),
    _screen("end", "risk facts"),
    _screen("pin", "counting", auto=4000),
    _screen("mobile", "webinar"),
    _screen("end", "price change"),
    _screen("end", "MTF pledge"),
    _screen("mobile", "Tamil app"),
    _screen("end", "Hinglish survey"),
    _screen("end", "our app"),
    _screen("end", "our app card"),
    _ends("end", "consent Hindi"),
    _ends("end", "policy"),
    _ends("end", "running account"),
    _ends("end", "pay dues"),
    _ends("end", "cancel orders"),
    _ends("pin", "PAN ask"),
)

_WALLS = (
    cookie_wall(
        "notices: cookies, a choice of two",
        "A word about your data",
        "Cookies help us remember you and measure what works.",
        ["That’s fine", "primary", "close"],
        ["Choose", "link", "more"],
    ),
    cookie_wall(
        "notices: cookies, only what is needed",
        "Cookies",
        "We set some that the site needs, and some for statistics.",
        ["Just the essentials", "button", "close"],
        ["All of them", "button", "close"],
        shape="bar",
    ),
    cookie_wall(
        "notices: cookies, Marathi",
        "कुकीज",
        "आम्ही चांगल्या अनुभवासाठी कुकीज वापरतो.",
        ["सेटिंग", "link", "more"],
        ["स्वीकारा", "button", "close"],
    ),
    _over(
        "late, over the form",
        "Psst, dark mode is here",
        "Find it below Settings.",
        [["Try it", "primary", "astray"], ["Later maybe", "link", "close"]],
        delay=1200,
    ),
    _over(
        "a call for feedback",
        "Got a minute?",
        "Help us to improve our login.",
        [["Take the survey", "primary", "astray"], ["Close survey", "cross", "close"]],
        delay=600,
    ),
)

_ERRORS = (
    _says(
        "PIN, helper text",
        "pin",
        "That’s not the PIN we have on file.",
        "PIN_REJECTED",
        **_sheet.drawn("helper", "field"),
    ),
    _says(
        "PIN, callout",
        "pin",
        "PIN doesn’t match. 3 of 5 attempts remaining.",
        "PIN_REJECTED",
        **_sheet.drawn("callout", "host"),
    ),
    _says(
        "PIN, modal",
        "pin",
        "The PIN you typed isn’t correct. Please check it.",
        "PIN_REJECTED",
        **_sheet.drawn("modal with button", "over"),
    ),
    _says(
        "PIN, problem details",
        "pin",
        "PIN did not match",
        "PIN_REJECTED",
        wire="problem",
        error="silent",
    ),
    _says(
        "PIN, JSON:API", "pin", "Wrong secret PIN", "PIN_REJECTED", wire="jsonapi", error="inline"
    ),
    _says(
        "PIN, GraphQL",
        "pin",
        "Incorrect PIN. 2 tries left.",
        "PIN_REJECTED",
        wire="graphql",
        error="corner",
    ),
    _says("PIN, REST", "pin", "Your PIN is wrong", "PIN_REJECTED", wire="rest", error="summary"),
    _says("PIN, Tamil", "pin", "தவறான பின்", "PIN_REJECTED", error="status"),
    _says(
        "PIN, Hinglish", "pin", "PIN galat hai. 4 mauke bache hain.", "PIN_REJECTED", error="toast"
    ),
    _says(
        "code, summary",
        "verify",
        "This code isn’t valid any more. Use a newer one.",
        "TOTP_REJECTED",
        error="summary",
    ),
    _says(
        "code, dialog",
        "verify",
        "The code doesn’t match. Check your authenticator.",
        "TOTP_REJECTED",
        error="dialog",
    ),
    _says(
        "code, sealed", "verify", "Incorrect TOTP", "TOTP_REJECTED", wire="sealed", error="inline"
    ),
    _says("code, Telugu", "verify", "OTP తప్పు", "TOTP_REJECTED", error="live"),
    _says(
        "number, callout",
        "generate",
        "We don’t recognise this mobile number.",
        "MOBILE_REJECTED",
        **_sheet.drawn("callout", "host"),
    ),
    _says(
        "number, no account",
        "generate",
        "There’s no Upstox account with this number.",
        "MOBILE_REJECTED",
        error="modal",
    ),
    _says(
        "number, problem details",
        "generate",
        "Number not registered with us",
        "MOBILE_REJECTED",
        wire="problem",
        error="inline",
    ),
    _says(
        "locked, whole page",
        "pin",
        "Your account is locked after 5 wrong PINs. Unlock it in the app.",
        "ACCOUNT_LOCKED",
        **{"fail.pin": 1017090, **_sheet.drawn("whole page", "instead")},
    ),
    _says(
        "locked, summary",
        "pin",
        "For your safety, we’ve locked your account. Verify your details to unlock it.",
        "ACCOUNT_LOCKED",
        **{"fail.pin": 1017090, "error": "summary"},
    ),
    _says(
        "rate, come back",
        "generate",
        "Whoa, that’s a lot of OTPs! Come back in 10 minutes.",
        "RATE_LIMITED",
        **{"fail.generate": 1017069, "error": "inline"},
    ),
    _says(
        "rate, code blocked",
        "verify",
        "Too many wrong codes. You can try again after 10 minutes.",
        "RATE_LIMITED",
        **{"fail.verify": 1017078, "error": "modal", "wire": "problem"},
    ),
    _plain(
        "check of the page",
        "error",
        "MOBILE_REJECTED",
        check={"text": "Hmm, that number doesn’t look right", "how": "inline", "when": "press"},
    ),
    _plain(
        "check in Bengali",
        "error",
        "MOBILE_REJECTED",
        check={"text": "সঠিক মোবাইল নম্বর দিন", "how": "status", "when": "press"},
    ),
    _plain(
        "second code after a mild word",
        "second code",
        failonce__verify=1017093,
        says__verify="Nope, that’s not it. Try the next code.",
        error="inline",
        codeless=True,
    ),
    _plain(
        "second code, problem details",
        "second code",
        failonce__verify=1017093,
        says__verify="The code is not correct",
        error="summary",
        wire="problem",
    ),
)

_CALM = (
    _plain(
        "praise that frightens",
        "toast",
        praise__otp="Verified. We block anyone who enters a wrong PIN 5 times.",
    ),
    _plain(
        "praise of an unlock",
        "toast",
        praise__mobile="No failed attempts. Your account is not locked.",
        praiserole="alert",
    ),
    _plain(
        "early word of maintenance",
        "toast",
        early={"text": "Maintenance finished. Thank you for waiting!", "role": "status"},
    ),
    _sheet.place("notices: help about locks", "place: lock help"),
    _sheet.place("notices: a bar about delays", "place: incident bar"),
    _sheet.place("notices: a hint of attempts", "place: attempts hint"),
)

_ENDS = (
    _sheet.dormant("notices: dormant, told", "dormant told"),
    _sheet.dormant("notices: dormant, a freeze", "frozen"),
    _plain(
        "dormant, silent, JSON:API",
        "ending",
        "ACCOUNT_INACTIVE",
        dormant=True,
        wire="jsonapi",
        ids="none",
    ),
    _plain(
        "dormant, silent, over a socket",
        "ending",
        "ACCOUNT_INACTIVE",
        dormant=True,
        wire="socket",
        text="hindi",
    ),
    _plain("lead, problem details", "ending", "MOBILE_REJECTED", lead=True, wire="problem"),
    _plain("lead, GraphQL", "ending", "MOBILE_REJECTED", lead=True, wire="graphql", ids="none"),
    _plain("lead, beacon", "ending", "MOBILE_REJECTED", lead=True, wire="beacon"),
    _plain("lead, in a worker", "ending", "MOBILE_REJECTED", lead=True, wire="worker"),
)

_LATE = (
    _plain("config late by 14 s", "late", late__config=14000),
    _plain("script late by 14 s", "late", late__script=14000),
    _plain("chunk of the PIN late by 14 s", "late", chunk__pin=14000),
)

_HOPS = (
    _plain("hop: a button", "redirect", redirect="button"),
    _plain("hop: a countdown", "redirect", redirect="countdown"),
    _plain("hop: a countdown, two hops before", "redirect", redirect="countdown", hops=2),
    _plain("hop: a posted form, left by a form", "redirect", redirect="form_post", leave="form"),
    _plain("hop: fragment, in a window of its own", "redirect", redirect="fragment", leave="popup"),
)

_DESIGNS = (
    _plain(
        "design: formal, in a frame, consent, countdown",
        "design",
        text="formal",
        place="frame",
        ids="none",
        redirect="countdown",
        before__end={"html": _sheet.part("screen: our app card")},
    ),
    _plain(
        "design: Hinglish, slides, problem details",
        "design",
        text="hinglish",
        wire="problem",
        ids="hashed",
        before__mobile=_SLIDES,
        before__pin={"html": _sheet.part("screen: passkey split")},
    ),
    _plain(
        "design: Hindi, PIN in boxes, wrong PIN over a socket",
        "design",
        "PIN_REJECTED",
        text="hindi",
        wire="socket",
        kind__pin="boxes",
        ids="none",
        fail__pin=1017106,
        says__pin="पिन सही नहीं है",
        error="corner",
        codeless=True,
    ),
    _plain(
        "design: modal, GraphQL, late news, survey",
        "design",
        place="modal",
        wire="graphql",
        ids="none",
        popover={
            "title": "Say hello to Pro",
            "text": "Faster orders.",
            "delay": 900,
            "buttons": [["See plans", "primary", "astray"], ["I’m good", "link", "close"]],
        },
        before__end={"html": _sheet.part("screen: nps")},
    ),
    _plain(
        "design: documents, a lock that is none",
        "design",
        documents="reload",
        ids="none",
        text="formal",
        around=_sheet.part("place: lock help"),
        praise__otp="Code accepted. Locked accounts need PAN.",
    ),
    _plain(
        "design: JSON:API, margin, settlement",
        "design",
        wire="jsonapi",
        ids="hashed",
        before__pin={"html": _sheet.part("screen: settlement")},
        before__end={"html": _sheet.part("screen: margin short")},
    ),
)

CHANGES = (*_SCREENS, *_WALLS, *_ERRORS, *_CALM, *_ENDS, *_LATE, *_HOPS, *_DESIGNS)
