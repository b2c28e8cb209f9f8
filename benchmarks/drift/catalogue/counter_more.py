"""More screens, ways and traps of the login of `counter`, and several in one design."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .counter import HINDI, HINGLISH, PLAIN, TERSE, WARM, around, before, box, change, form, ways


def _person(name: str, step: str, part: str, *parts: dict[str, Any], **more: Any) -> Change:
    shown = before(step, part, end="a person's")
    return change(name, "a person's", shown, *parts, expect="ACTION_REQUIRED", **more)


def _check(
    name: str, how: str, when: str, text: str, *parts: dict[str, Any], **more: Any
) -> Change:
    said = {"check": {"how": how, "when": when, "text": text}}
    return change(name, "check", said, *parts, expect="MOBILE_REJECTED", **more)


_SCREENS = (
    change("a shortcut to install", "screen", before("end", "an alert of one's own"), TERSE),
    change("a greeting first", "screen", before("mobile", "a greeting and a button"), ids="none"),
    change("two doors", "screen", before("mobile", "two doors")),
    change("two doors in Hinglish", "screen", HINGLISH, before("mobile", "two doors in Hinglish")),
    change("mobile, QR or Google", "screen", before("mobile", "sign-in way"), PLAIN),
    change("a security tip", "screen", before("mobile", "security tip"), label="placeholder"),
    change("a warning with a tick", "screen", before("pin", "a phishing warning with a tick")),
    change("OTP sent, next", "screen", before("otp", "SMS sent, next"), kind__otp="boxes"),
    change("that's you", "screen", before("pin", "identity confirmed"), WARM, ids="hashed"),
    change("is this you", "screen", before("pin", "a greeting by name"), PLAIN),
    change("a passkey, not now", "screen", before("end", "biometric offer")),
    change("a survey to skip", "screen", before("end", "feedback"), ids="none"),
    change("low funds", "screen", before("end", "margin pledge reminder")),
    change("a plan with a cross", "screen", before("end", "an offer of a plan")),
    change("an e-mail to confirm", "screen", before("end", "e-mail update")),
    change("back to the app", "screen", before("end", "returned to the app"), TERSE, ids="none"),
    change("authorize, in rows", "screen", before("end", "consent to connect, in rows")),
    change("logged in elsewhere", "screen", before("pin", "too many sessions"), PLAIN),
    change("how charges are shown", "screen", before("end", "minor update of the terms of use")),
    change(
        "a good luck note",
        "screen",
        box("end", "Happy Diwali!", "May your portfolio glow.", ("Start trading", "primary", "go")),
        HINDI,
    ),
    change(
        "servers are busy",
        "screen",
        box(
            "otp",
            "Heavy traffic",
            "Messages may be delayed by up to a minute.",
            ("I’ll wait", "primary", "go"),
        ),
        documents="reload",
    ),
    change(
        "verified, with a countdown",
        "screen",
        box("pin", "Verified", "Redirecting you to the PIN page in a moment.", auto=1500),
        WARM,
        place="modal",
    ),
    change(
        "notifications in Hindi",
        "screen",
        HINDI,
        box(
            "end",
            "सूचनाएं चालू करें?",
            "ऑर्डर की जानकारी तुरंत पाएं।",
            ("चालू करें", "primary", "astray"),
            ("अभी नहीं", "second", "go"),
        ),
    ),
    change(
        "a screen before each form",
        "screen",
        before("mobile", "two doors"),
        before("otp", "SMS sent, next"),
        before("pin", "identity confirmed"),
        before("end", "returned to the app"),
        label="bound",
        ids="hashed",
    ),
    _person("a person's: risk to agree to", "end", "accept to trade"),
    _person("a person's: KYC", "pin", "KYC that has lapsed", TERSE, ids="none"),
    _person("a person's: profiles as links", "pin", "pick a profile", PLAIN),
)

_METHODS = (
    change("ways as a menu", "method", ways("a menu")),
    change("ways as lines of a list", "method", ways("icons and lines"), WARM, ids="none"),
    change("a select, already right", "method", ways("a select and a button"), TERSE),
    change("ways in Hinglish", "method", HINGLISH, ways("in Hinglish")),
    change("radio above one box", "method", form("otp: radio buttons above, one box below", "otp")),
    change("waiting for an SMS", "method", WARM, form("otp: waiting, a button for the app", "otp")),
    change(
        "ways as cards, then boxes, then a screen",
        "method",
        ways("cards"),
        before("pin", "identity confirmed"),
        kind__otp="boxes",
        submit__otp="auto",
        ids="none",
    ),
    change(
        "a radio group, after a modal",
        "method",
        method={"kind": "roleradio", "smsField": True},
        text__methodTitle="Choose how to verify",
        text__methodSms="OTP by text",
        text__methodTotp="Code from my authenticator",
        place="modal",
    ),
)

_CHECKS = (
    _check("number refused, a toast", "toast", "press", "Mobile number not found", TERSE),
    _check("number refused, warm", "inline", "press", "Hmm, that number doesn’t ring a bell", WARM),
    _check("number refused, live", "live", "press", "No Upstox account is linked to this number"),
    _check("number refused, Hindi", "dialog", "press", "यह मोबाइल नंबर पंजीकृत नहीं है", HINDI),
    _check(
        "number refused, a modal, no ids",
        "modal",
        "press",
        "Invalid mobile number. Please re-enter.",
        ids="none",
        label="floating",
    ),
    _check("number refused as typed", "inline", "character", "Invalid number", PLAIN, ids="hashed"),
)

_TRAPS = (
    change("a ticket beside", "trap", around("mobile", "login and a support form"), WARM),
    change("a locker beside the PIN", "trap", around("pin", "a locker's PIN beside"), PLAIN),
    change(
        "a post code below the PIN",
        "trap",
        around("pin", "a PIN code of the post"),
        ids="none",
        label__pin="placeholder",
    ),
    change("a referral below the code", "trap", around("otp", "a referral below the code"), TERSE),
    change(
        "a ticket, boxes, a locker",
        "trap",
        around("mobile", "login and a support form"),
        around("pin", "a locker's PIN beside"),
        kind__otp="boxes",
        kind__pin="boxes",
        ids="hashed",
    ),
)

CHANGES = (*_SCREENS, *_METHODS, *_CHECKS, *_TRAPS)
