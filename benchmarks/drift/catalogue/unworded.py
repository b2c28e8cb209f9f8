"""Failures for which the server has a number alone, in the page's own words; and defaults."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, habit

_sheet = Sheet("library")
_skin, _screen = _sheet.skin, _sheet.screen


def _told(name: str, call: str, text: str, expect: str, **more: Any) -> Change:
    """A refusal that the page words, of an answer that has a number alone."""
    return refused(
        f"unworded: {name}",
        call,
        "AUTH_0417",
        expect,
        **{"error": "inline", "codeless": True, "tells": text, **more},
    )


_PINS = tuple(
    _told(f"PIN, {name}", "pin", text, "PIN_REJECTED", **more)
    for name, text, more in (
        ("plainly", "Incorrect PIN", {}),
        ("status 401", "The PIN you entered is wrong.", {"error-status": 401}),
        ("status 403", "PIN is incorrect", {"error-status": 403, "error": "banner"}),
        ("status 422", "That PIN is not correct", {"error-status": 422}),
        ("in Hindi", "गलत पिन। कृपया पुनः प्रयास करें।", {}),
        ("in Tamil", "தவறான பின். மீண்டும் முயற்சிக்கவும்.", {}),
        ("in Telugu", "పిన్ తప్పు. మళ్ళీ ప్రయత్నించండి.", {}),
        ("in Bengali", "ভুল পিন। আবার চেষ্টা করুন।", {}),
        ("in Marathi", "पिन चुकीचा आहे.", {}),
        ("in Kannada", "ತಪ್ಪು ಪಿನ್. ಮತ್ತೆ ಪ್ರಯತ್ನಿಸಿ.", {}),
        ("in Gujarati", "ખોટો પિન. ફરી પ્રયાસ કરો.", {}),
        ("in Malayalam", "തെറ്റായ പിൻ. വീണ്ടും ശ്രമിക്കുക.", {}),
    )
)
_OTHERS = (
    _told("code, used already", "verify", "This code has already been used.", "TOTP_REJECTED"),
    _told("code, expired", "verify", "Your code has expired. Enter a new one.", "TOTP_REJECTED"),
    _told("code, no match", "verify", "Code doesn’t match. Try again.", "TOTP_REJECTED"),
    _told("code, invalid", "verify", "Invalid authentication code", "TOTP_REJECTED", error="toast"),
    _told("number, no user", "generate", "User not found", "MOBILE_REJECTED"),
    _told(
        "number, not registered",
        "generate",
        "You are not registered with Upstox.",
        "MOBILE_REJECTED",
        error="toast",
    ),
    _told("number, no account", "generate", "No account found", "MOBILE_REJECTED"),
    _told(
        "locked, for a day",
        "pin",
        "Your account is locked for 24 hours due to multiple incorrect attempts.",
        "ACCOUNT_LOCKED",
        error="modal",
        **{"fail.pin": 1017090},
    ),
    _told(
        "codes, a pause",
        "verify",
        "Too many incorrect codes. Try again after 10 minutes.",
        "RATE_LIMITED",
        error="banner",
        **{"fail.verify": 1017078},
    ),
)

_DEFAULTS = (
    _skin("unworded: a combobox to type into", "field: a combobox to type into", "mobile"),
    _skin("unworded: number in a search field", "field: search against managers", "mobile"),
    _skin("unworded: code in a search field", "field: search against managers", "otp"),
    Change("unworded: 64 characters", "shape", {"attributes": {"maxlength": 64}}),
    Change("unworded: 255 characters for the PIN", "shape", {"attributes.pin": {"maxlength": 255}}),
    habit("unworded: an address behind a hash", documents="hash"),
    _screen("unworded: if nothing happens", "end", "if nothing happens"),
    _screen("unworded: verifying by itself", "pin", "verifying by itself", auto=2500),
    _screen("unworded: consent by Google", "end", "consent of google"),
    _screen("unworded: consent with ticks", "end", "consent with ticks"),
)

CHANGES = (*_PINS, *_OTHERS, *_DEFAULTS)
