"""What a broker's team may ship next quarter: refusals, ends, and what opens over the page."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, cookie_wall

_sheet = Sheet("quarter")


def _says(
    name: str, call: str, text: str, expect: str, shown: tuple[str, str], **more: Any
) -> Change:
    """A refusal in markup of its own: a part of the sheet, and where it stands."""
    return refused(name, call, text, expect, codeless=True, **_sheet.drawn(*shown), **more)


def _lead(name: str, **more: Any) -> Change:
    """A number that is no customer's, told in another way."""
    options = {"lead": True, **more}
    return Change(f"quarter: a lead, {name}", "ending", options, expect="MOBILE_REJECTED")


_ERRORS = (
    _says(
        "quarter: code refused in a box with a cross",
        "verify",
        "That code didn’t work. 2 attempts left.",
        "TOTP_REJECTED",
        ("a box with a cross", "host"),
    ),
    _says(
        "quarter: code refused in a sheet",
        "verify",
        "Incorrect OTP. Please check and re-enter.",
        "TOTP_REJECTED",
        ("a sheet from below", "over"),
    ),
    refused(
        "quarter: code refused, a list of errors",
        "verify",
        "Invalid OTP/TOTP",
        "TOTP_REJECTED",
        wire="listed",
        error="nocode",
    ),
    refused(
        "quarter: code refused, in the answer only",
        "verify",
        "OTP is incorrect",
        "TOTP_REJECTED",
        wire="rest",
        error="silent",
    ),
    refused(
        "quarter: code refused in Hinglish",
        "verify",
        "OTP galat hai, dobara try karein",
        "TOTP_REJECTED",
        error="status",
        codeless=True,
    ),
    _says(
        "quarter: PIN refused in a row",
        "pin",
        "Wrong PIN. You have 4 tries left",
        "PIN_REJECTED",
        ("a row with a mark", "field"),
    ),
    _says(
        "quarter: PIN refused in the page's head",
        "pin",
        "Incorrect PIN entered",
        "PIN_REJECTED",
        ("a box with a cross", "head"),
    ),
    refused(
        "quarter: PIN refused, in Hindi",
        "pin",
        "आपने गलत पिन डाला है",
        "PIN_REJECTED",
        error="dialog",
        codeless=True,
    ),
    refused(
        "quarter: PIN refused by a fault",
        "pin",
        "PIN mismatch",
        "PIN_REJECTED",
        wire="fault",
        error="inline",
    ),
    refused(
        "quarter: PIN refused by its meta",
        "pin",
        "Looks like you've entered the wrong PIN",
        "PIN_REJECTED",
        wire="meta",
        error="snack",
    ),
    refused(
        "quarter: PIN refused in boxes",
        "pin",
        "Invalid PIN",
        "PIN_REJECTED",
        wire="rest",
        error="described",
        **{"kind.pin": "boxes", "submit.pin": "auto"},
    ),
    _says(
        "quarter: locked, a screen of its own",
        "pin",
        "Your account has been locked",
        "ACCOUNT_LOCKED",
        ("a picture and help", "instead"),
        **{"fail.pin": 1017090},
    ),
    refused(
        "quarter: locked, in one line",
        "pin",
        "Too many wrong attempts. Account locked for your security.",
        "ACCOUNT_LOCKED",
        error="inline",
        **{"fail.pin": 1017090, "wire": "meta"},
    ),
    refused(
        "quarter: locked, a dialog",
        "pin",
        "Account blocked: maximum PIN attempts exceeded",
        "ACCOUNT_LOCKED",
        error="headed",
        **{"fail.pin": 1017090, "wire": "rest"},
    ),
    _says(
        "quarter: no such customer",
        "generate",
        "We couldn’t find an Upstox account with this number",
        "MOBILE_REJECTED",
        ("open an account instead", "host"),
    ),
    refused(
        "quarter: number not registered, by a fault",
        "generate",
        "This mobile number is not registered with us",
        "MOBILE_REJECTED",
        wire="fault",
        error="status",
    ),
    refused(
        "quarter: number not known, in Hindi",
        "generate",
        "यह मोबाइल नंबर पंजीकृत नहीं है",
        "MOBILE_REJECTED",
        error="modal",
        codeless=True,
    ),
    refused(
        "quarter: too many codes asked for",
        "generate",
        "You’ve requested too many OTPs. Try again in 10 minutes.",
        "RATE_LIMITED",
        error="banner",
        codeless=True,
        **{"fail.generate": 1017069},
    ),
    refused(
        "quarter: too many wrong codes",
        "verify",
        "OTP attempts exhausted. Please retry after 10 mins",
        "RATE_LIMITED",
        error="inline",
        wire="listed",
        **{"fail.verify": 1017078},
    ),
    Change(
        "quarter: one code refused, in a sheet",
        "error",
        {
            "failonce.verify": 1017093,
            "says.verify": "That OTP is not right",
            "codeless": True,
            **_sheet.drawn("a sheet from below", "over"),
        },
        apart=frozenset({"order"}),
    ),
    Change(
        "quarter: one code refused, under the field",
        "error",
        {
            "failonce.verify": 1017093,
            "says.verify": "Incorrect code, try again",
            "error": "live",
            "wire": "rest",
        },
        apart=frozenset({"order"}),
    ),
)

_ENDINGS = (
    Change(
        "quarter: dormant, in a list of settings",
        "ending",
        {"dormant": True, "skin": _sheet.part("field: a list of settings"), "ids": "none"},
        expect="ACCOUNT_INACTIVE",
    ),
    _sheet.dormant("quarter: dormant, a screen that tells", "sleeping account"),
    _sheet.dormant("quarter: dormant, in two languages", "dormant in two languages", wire="meta"),
    _lead("by another envelope", wire="fault"),
    _lead("by its meta and in a frame", wire="meta", text="casual"),
    Change(
        "quarter: number refused by the page, in Hindi",
        "ending",
        {"check": {"text": "कृपया सही मोबाइल नंबर डालें", "how": "inline", "when": "press"}},
        expect="MOBILE_REJECTED",
    ),
    Change(
        "quarter: number refused by the page, a status",
        "ending",
        {
            "check": {
                "text": "This doesn’t look like a valid mobile number",
                "how": "status",
                "when": "character",
            }
        },
        expect="MOBILE_REJECTED",
    ),
    Change(
        "quarter: number refused by the page, a toast",
        "ending",
        {
            "check": {
                "text": "Enter a valid 10-digit mobile number",
                "how": "nocode",
                "when": "press",
            }
        },
        expect="MOBILE_REJECTED",
    ),
)

_AROUND = (
    Change(
        "quarter: cookies, continue without",
        "cookies",
        {
            "cookies": {
                "title": "Your privacy, your choice",
                "text": "We and our 84 partners store information on your device.",
                "buttons": [
                    ["Accept all", "button", "more"],
                    ["Continue without accepting →", "link", "close"],
                    ["Customise", "button", "more"],
                ],
            }
        },
    ),
    Change(
        "quarter: cookies, sure",
        "cookies",
        {
            "cookies": {
                "title": "We bake cookies 🍪",
                "text": "They make the site work better.",
                "shape": "bar",
                "buttons": [["Tell me more", "link", "more"], ["Sure, fine", "button", "close"]],
            }
        },
    ),
    Change(
        "quarter: cookies in Hindi",
        "cookies",
        {
            "cookies": {
                "title": "कुकीज़",
                "text": "हम बेहतर अनुभव के लिए कुकीज़ का उपयोग करते हैं।",
                "buttons": [["सेटिंग्स", "link", "more"], ["केवल ज़रूरी", "button", "close"]],
            }
        },
    ),
    Change(
        "quarter: cookies by selection",
        "cookies",
        {
            "cookies": {
                "title": "Cookie preferences",
                "text": "Necessary · Analytics · Marketing",
                "role": None,
                "buttons": [["Vendors", "link", "more"], ["Allow selection", "button", "close"]],
            }
        },
    ),
    Change(
        "quarter: a tour of the page",
        "popover",
        {
            "popover": {
                "title": "1 of 4: this is our new login",
                "text": "Take a look around.",
                "delay": 300,
                "buttons": [["Next", "primary", "astray"], ["End tour", "link", "close"]],
            }
        },
    ),
    Change(
        "quarter: notifications?",
        "popover",
        {
            "popover": {
                "title": "Never miss a price",
                "text": "Turn on notifications for alerts.",
                "buttons": [["Turn on", "primary", "astray"], ["No thanks", "div", "close"]],
            }
        },
    ),
    Change(
        "quarter: praise with frightening words",
        "toast",
        {
            "praise.otp": "Verified! Never share your OTP: wrong attempts lock your account.",
            "praiserole": "alert",
        },
    ),
    Change(
        "quarter: praise that warns",
        "toast",
        {
            "praise.mobile": "OTP sent. Invalid or expired OTPs will be rejected.",
            "praiserole": "status",
        },
    ),
    Change(
        "quarter: a warning that stays",
        "toast",
        {
            "early": {
                "text": "Beware: shared accounts get blocked. 5 wrong PINs lock your account.",
                "role": "alert",
                "stay": True,
            }
        },
    ),
)

MORE = (
    *(
        refused(
            f"quarter: too many codes, {how}",
            "verify",
            text,
            "RATE_LIMITED",
            error=how,
            codeless=True,
            **{"fail.verify": 1017078},
        )
        for text, how in (
            ("You have used all your OTP attempts. Come back in 10 minutes.", "inline"),
            ("No attempts left. Please wait 10 minutes.", "nocode"),
            ("OTP limit reached. Retry after 10 min.", "headed"),
            ("आपने बहुत बार कोशिश की है। 10 मिनट बाद फिर कोशिश करें।", "status"),
        )
    ),
    *(
        refused(
            f"quarter: PIN refused in an envelope called {wire}",
            "pin",
            "That PIN is incorrect",
            "PIN_REJECTED",
            error=how,
            wire=wire,
        )
        for wire, how in (("flagged", "silent"), ("headed", "snack"), ("boxed", "inline"))
    ),
    _sheet.dormant("quarter: dormant, in Hindi", "no longer active, in Hindi"),
    _sheet.dormant("quarter: dormant, taking a nap", "gone to sleep", wire="flagged"),
    _lead("sealed", wire="sealed"),
    _lead("flat", wire="flat"),
    _lead("under a header", wire="headed"),
    _says(
        "quarter: number refused, plain at the foot",
        "generate",
        "No Upstox account uses this number",
        "MOBILE_REJECTED",
        ("plain, at the head of the card", "host"),
    ),
    _says(
        "quarter: code refused, plain at the foot",
        "verify",
        "OTP does not match",
        "TOTP_REJECTED",
        ("plain, at the head of the card", "host"),
    ),
)
"""Siblings of those that a login did not survive when they were written."""

AGAIN = (
    *(
        refused(
            f"quarter: PIN refused, {text.lower()}", "pin", text, "PIN_REJECTED", error=how, **more
        )
        for text, how, more in (
            ("Oops, that’s not it. 3 tries remaining", "inline", {"wire": "meta"}),
            ("Login failed", "corner", {"wire": "flat"}),
            ("Please check your PIN", "toast", {"codeless": True}),
            ("PIN does not match our records", "summary", {"codeless": True, "error-status": 422}),
        )
    ),
    *(
        refused(
            f"quarter: locked, {how}",
            "pin",
            text,
            "ACCOUNT_LOCKED",
            error=how,
            codeless=True,
            **{"fail.pin": 1017090},
        )
        for text, how in (
            (
                "Account suspended after 5 failed attempts. Reset your PIN to regain access.",
                "banner",
            ),
            ("आपका खाता लॉक कर दिया गया है", "modal"),
            ("We’ve locked your account to keep it safe", "notice"),
            ("Your access is blocked due to multiple incorrect PINs", "live"),
        )
    ),
    *(
        refused(
            f"quarter: number refused, {how}",
            "generate",
            text,
            "MOBILE_REJECTED",
            error=how,
            codeless=True,
        )
        for text, how in (
            ("You’re not an Upstox user yet", "notice"),
            ("This number doesn’t exist in our system", "inline"),
            ("अमान्य मोबाइल नंबर", "nocode"),
            ("Is number se koi account nahi mila", "status"),
        )
    ),
    refused(
        "quarter: code expired",
        "verify",
        "This code has expired",
        "TOTP_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "quarter: code not accepted",
        "verify",
        "That’s not the code we were expecting",
        "TOTP_REJECTED",
        error="snack",
        wire="fault",
    ),
    refused(
        "quarter: slow down",
        "generate",
        "Slow down! Try after 10 minutes.",
        "RATE_LIMITED",
        error="headed",
        codeless=True,
        **{"fail.generate": 1017069, "error-status": 429},
    ),
    *(
        cookie_wall(f"quarter: cookies, {buttons[0][0].lower()}", title, text, *buttons, **more)
        for title, text, more, buttons in (
            (
                "Privacy notice",
                "We use cookies and trackers.",
                {},
                [["Object to all", "button", "close"], ["Partners", "link", "more"]],
            ),
            (
                "Cookies",
                "Strictly needed ones keep you logged in.",
                {"shape": "bar"},
                [["Only strictly needed", "div", "close"], ["Cookie policy", "link", "more"]],
            ),
            (
                "Cookie preferences",
                "Analytics off, ads off.",
                {},
                [["Save & exit", "button", "close"], ["See vendors", "link", "more"]],
            ),
            (
                "Hum cookies use karte hain",
                "Taaki aapka anubhav behtar ho.",
                {"role": None},
                [["Theek hai", "button", "close"], ["Aur jaanein", "link", "more"]],
            ),
        )
    ),
    Change(
        "quarter: a new version",
        "popover",
        {
            "popover": {
                "title": "A new version is available",
                "text": "",
                "delay": 900,
                "buttons": [["Reload", "primary", "astray"], ["Later", "link", "close"]],
            }
        },
    ),
    Change(
        "quarter: a chat opens",
        "popover",
        {
            "popover": {
                "title": "Hi, I’m Uma. Need help logging in?",
                "text": "",
                "role": None,
                "delay": 500,
                "buttons": [["Chat now", "primary", "astray"], ["No, I’m good", "second", "close"]],
            }
        },
    ),
)
"""Further changes of the same kinds, to measure what the mends are worth for others."""

CHANGES = (*_ERRORS, *_ENDINGS, *_AROUND)
