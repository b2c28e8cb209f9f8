"""Front ends that were written from the documents alone, and what a product team ships in a year.

Their markup is in `fronts/`, and shares nothing with the site's. Every change is made to each of
them, except where it says nothing there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.drift.change import TOKEN, Change

FRONTS = (
    "mui",
    "tailwind",
    "drawn",
    "kit",
    "material",
    "antd",
    "bootstrap",
    "native",
    "slots",
    "portal",
)


def _page(title: str, text: str, *buttons: tuple[str, str], end: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "buttons": buttons, **({"end": end} if end else {})}


def _form(title: str, label: str, button: str, role: str, *, first: bool) -> dict[str, Any]:
    return {"title": title, "label": label, "button": button, "role": role, "first": first}


_KINDS: dict[str, dict[str, Mapping[str, Any]]] = {
    "plain": {"as it is": {"late.config": 0}},
    "names": {
        "ids and names hashed": {"ids": "hashed"},
        "ids, test ids and telling classes dropped": {"ids": "dropped"},
        "each field has another's id and name": {"ids": "swapped"},
    },
    "labels": {
        "the label in the field": {"label": "placeholder"},
        "the label for readers only": {"label": "named"},
        "the label beside the field": {"label": "beside"},
        "the label below the field": {"label": "below"},
        "the heading is the label": {"label": "heading"},
    },
    "words": {
        "other verbs": {"words": "verbs"},
        "a warm tone": {"words": "warm"},
        "no word too many": {"words": "terse"},
        "Hinglish": {"words": "hinglish"},
        "Hindi": {"words": "hindi"},
        "capitals": {"upper": True},
    },
    "buttons": {
        "an arrow for a button": {"go": "icon"},
        "a link for a button": {"go": "link"},
        "a bare div for a button": {"go": "div"},
        "the button outside of the form": {"go": "outside"},
        "Enter, and no button": {"submit": "enter"},
        "sent when it is full, no button": {"submit": "auto"},
        "sent when it is full, with a button": {"submit": "both"},
    },
    "inputs": {
        "all fields for numbers": {"type": "number"},
        "all fields for telephones, the PIN drawn as dots": {"type.pin": "text", "type": "tel"},
        "digits in groups": {"mask": "spaced"},
        "no typing before the focus": {"typing": "readonly"},
        "heard when the field is left": {"typing": "blur"},
        "heard at each key": {"typing": "keyup"},
    },
    "screens": {
        "a welcome at first": {
            "before.mobile": _page(
                "Invest right, invest now",
                "Stocks, mutual funds, IPOs and more.",
                ("Log in", "go"),
                ("Open a free account", "astray"),
            )
        },
        "news before the PIN": {
            "before.pin": _page(
                "What’s new",
                "Option chain on the home screen, and faster charts.",
                ("Got it", "go"),
            )
        },
        "the disclosure of risks at the end": {
            "before.end": _page(
                "Risk disclosures on derivatives",
                "9 out of 10 individual traders in equity F&O incurred net losses.",
                ("I understand", "go"),
            )
        },
        "a nominee to be named later": {
            "before.end": _page(
                "Add a nominee",
                "It takes two minutes and keeps your holdings safe for your family.",
                ("Add nominee", "astray"),
                ("Remind me later", "go"),
            )
        },
        "to stay signed in": {
            "before.end": _page(
                "Stay signed in?",
                "We can keep you signed in on this browser for 30 days.",
                ("Yes", "astray"),
                ("No, thanks", "go"),
            )
        },
        "a passkey for the next time": {
            "before.end": _page(
                "Log in faster with a passkey",
                "Use your fingerprint, face or screen lock.",
                ("Create a passkey", "astray"),
                ("Maybe later", "go"),
            )
        },
        "the app instead": {
            "before.mobile": _page(
                "Upstox is better in the app",
                "Get the app for charts, alerts and more.",
                ("Download the app", "astray"),
                ("Continue in browser", "go"),
            )
        },
        "a new device": {
            "before.end": _page(
                "New device detected",
                "You are logging in on Chrome on Linux for the first time. "
                "We have sent you an e-mail.",
                ("Continue", "go"),
            )
        },
    },
    "flow": {
        "a choice of method": {
            "before.otp": _page(
                "How would you like to verify?",
                "Choose one.",
                ("SMS to 98****1234", "astray"),
                ("WhatsApp to 98****1234", "astray"),
                ("Authenticator app (TOTP)", "go"),
            )
        },
        "SMS first, the authenticator by a link": {"choice": "link"},
        "the PIN before the code": {"order": ("mobile", "pin", "otp")},
        "number and PIN on one form": {"order": ("mobile+pin", "otp")},
        "code and PIN on one form": {"order": ("mobile", "otp+pin")},
        "a document for each step": {"documents": "reload"},
        "a spinner after the first sight": {"flash": True, "late.config": 1800},
        "late scripts": {"late.script": 1500},
    },
    "places": {
        "a frame of the service's": {"place": "frame"},
        "a shadow root": {"place": "shadow"},
        "a dialog": {"place": "dialog"},
    },
    "company": {
        "a form to open an account after it": {
            "beside": _form(
                "Open a free demat account", "Mobile number", "Get started", "sign-up", first=False
            )
        },
        "a form to be called back before it": {
            "beside": _form(
                "Need help? We call you back", "Your phone number", "Call me", "call", first=True
            )
        },
        "a second number, if wanted": {"alternate": "WhatsApp number (optional)"},
        "a wall of cookies": {"cookies": True},
        "a frightening success": {
            "praise": "Verified. We block unauthorised attempts and lock accounts after wrong PINs."
        },
        "maintenance on Saturday": {
            "notice": "Scheduled maintenance on Saturday, 10 pm to 2 am: no logins then.",
            "notice-role": "alert",
        },
    },
    "wire": {"REST answers": {"wire": "rest"}, "other paths": {"paths": "new"}},
}
_WAYS: dict[str, Mapping[str, Any]] = {
    "in a toast": {"errors": "toast"},
    "beside the field, without a code": {"errors": "field"},
    "in a dialog": {"errors": "dialog"},
    "in the answer alone": {"errors": "quiet"},
}
_ENDS: dict[str, tuple[str, str, Mapping[str, Any]]] = {
    "a wrong PIN, told in a toast": ("PIN_REJECTED", "in a toast", {"fail.pin": 1017106}),
    "a wrong PIN, told beside the field": (
        "PIN_REJECTED",
        "beside the field, without a code",
        {"fail.pin": 1017106},
    ),
    "a wrong PIN, told with status 401": (
        "PIN_REJECTED",
        "in the answer alone",
        {"fail.pin": 1017106, "wire": "rest"},
    ),
    "a refused code": ("TOTP_REJECTED", "in a dialog", {"fail.verify": 1017093}),
    "a locked account": ("ACCOUNT_LOCKED", "in a toast", {"fail.pin": 1017090}),
    "an unknown number": (
        "MOBILE_REJECTED",
        "beside the field, without a code",
        {"fail.generate": 1017016},
    ),
    "too many codes": ("RATE_LIMITED", "in a toast", {"fail.generate": 1017069}),
    "no customer": ("MOBILE_REJECTED", "in a toast", {"lead": "told"}),
    "a sleeping account": ("ACCOUNT_INACTIVE", "in a toast", {"dormant": True}),
}
_TRAPS: dict[str, Mapping[str, Any]] = {
    "two accounts": {"accounts": True},
    "a PIN to be made": {"no-pin": True},
    "new terms": {
        "before.end": _page(
            "We have updated our terms",
            "Read the new terms and conditions. You accept them when you go on.",
            ("I agree", "agree"),
            ("Log out", "astray"),
            end="terms",
        )
    },
    "a mandate to be given": {
        "before.end": _page(
            "Authorise DDPI",
            "Let Upstox debit shares from your demat account when you sell.",
            ("Authorise now", "agree"),
            end="mandate",
        )
    },
}

# What cannot be had, or says nothing, on a front end that has it already.
_SENSELESS = {
    "drawn": {
        "a document for each step",
        "REST answers",
        "other paths",
        "a frightening success",
        "a wrong PIN, told with status 401",
        "a frame of the service's",
        "two accounts",
        "a PIN to be made",
        "no customer",
        "a sleeping account",
    },
    "antd": {
        "the label in the field",
        "code and PIN on one form",
        "Enter, and no button",
        "all fields for numbers",
        "heard when the field is left",
        "heard at each key",
        "ids, test ids and telling classes dropped",
    },
    # What stands outside of its dialog cannot be pressed.
    "bootstrap": {
        "the button outside of the form",
        "SMS first, the authenticator by a link",
    },
    "material": {"the heading is the label", "a PIN to be made"},
    "native": {"all fields for numbers"},
    # Its one input draws no group of digits.
    "slots": {"all fields for numbers", "digits in groups"},
    # What stands outside of its dialog lies under its veil.
    "portal": {
        "the button outside of the form",
        "SMS first, the authenticator by a link",
        "Enter, and no button",
        "a form to open an account after it",
        "a dialog",
    },
}
_APART = {
    "the heading is the label": frozenset({"words"}),
    "Enter, and no button": frozenset({"go"}),
    "sent when it is full, no button": frozenset({"go"}),
    "a spinner after the first sight": frozenset({"before.mobile", "late.script"}),
    "SMS first, the authenticator by a link": frozenset({"order", "before.otp"}),
    "heard when the field is left": frozenset({"submit"}),
    "a frame of the service's": frozenset({"documents"}),
    "a wrong PIN, told with status 401": frozenset({"paths"}),
    "a PIN to be made": frozenset({"order"}),
    "no customer": frozenset({"order"}),
    "two accounts": frozenset({"order"}),
}


def _of(front: str) -> list[Change]:
    found = [
        (name, kind, options, TOKEN)
        for kind, some in _KINDS.items()
        for name, options in some.items()
    ]
    found += [
        (name, "endings", {**_WAYS[way], **options}, code)
        for name, (code, way, options) in _ENDS.items()
    ]
    found += [(name, "traps", options, "ACTION_REQUIRED") for name, options in _TRAPS.items()]
    return [
        Change(
            f"{front}: {name}",
            f"fronts, {kind}",
            options,
            code,
            _APART.get(name, frozenset()),
            front,
        )
        for name, kind, options, code in found
        if name not in _SENSELESS.get(front, ())
    ]


CHANGES: tuple[Change, ...] = tuple(each for front in FRONTS for each in _of(front))
