"""Screens without a field, refusals and ends, as designers and lawyers would word them."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet

_sheet = Sheet("screens_told")
_screen = _sheet.screen


def _ends(name: str, place: str, part: str) -> Change:
    return _sheet.ends(f"told: {name}", place, part)


def _says(
    name: str, call: str, text: str, expect: str, shown: tuple[str, str], **more: Any
) -> Change:
    drawn = _sheet.drawn(*shown)
    return refused(f"told: {name}", call, text, expect, codeless=True, **drawn, **more)


CHANGES = (
    _screen("told: charts are slow", "mobile", "outage"),
    _screen("told: funds settle later", "end", "settlement"),
    _screen("told: a nominee another day", "end", "nominee"),
    _screen("told: no passkey", "end", "passkey"),
    _screen("told: rather not say", "pin", "survey"),
    _screen("told: Diwali, in Hindi", "mobile", "Diwali"),
    _screen("told: first time here", "end", "device"),
    _screen("told: risk understood", "mobile", "risk"),
    _screen("told: return now", "end", "returned"),
    _screen("told: taken back by itself", "end", "returned, wait", auto=2500),
    Change(
        "told: a carousel",
        "screen before mobile",
        {"before.mobile": _sheet.pages("carousel 1", "carousel 2")},
    ),
    _ends("nominee or opt out", "end", "nominee, opt out or add"),
    _ends("MTF and nothing else", "end", "MTF"),
    _ends("an agreement", "pin", "agreement"),
    _ends("a closure withdrawn", "end", "undo"),
    _says(
        "code refused in a summary",
        "verify",
        "The code you entered doesn’t match",
        "TOTP_REJECTED",
        ("summary", "head"),
    ),
    _says(
        "PIN refused in a modal",
        "pin",
        "That PIN doesn’t match our records",
        "PIN_REJECTED",
        ("modal", "over"),
        wire="problem",
    ),
    _says(
        "PIN refused in a corner",
        "pin",
        "PIN not recognised. 4 of 5 tries left.",
        "PIN_REJECTED",
        ("toast", "host"),
        wire="jsonapi",
    ),
    _says(
        "number refused in a summary",
        "generate",
        "We can’t find an account for this number",
        "MOBILE_REJECTED",
        ("summary", "field"),
        wire="graphql",
    ),
    refused(
        "told: locked, in the answer only",
        "pin",
        "Account locked after 5 wrong PINs",
        "ACCOUNT_LOCKED",
        error="silent",
        wire="rest",
        **{"fail.pin": 1017090},
    ),
    refused(
        "told: too many codes, by GraphQL",
        "generate",
        "Slow down. You can ask for another code in 10 minutes.",
        "RATE_LIMITED",
        error="inline",
        wire="graphql",
        **{"fail.generate": 1017069},
    ),
    Change("told: a lead over REST", "ending", {"lead": True, "wire": "rest"}, "MOBILE_REJECTED"),
    Change(
        "told: a lead over a socket", "ending", {"lead": True, "wire": "socket"}, "MOBILE_REJECTED"
    ),
    Change(
        "told: dormant, no word, by JSON:API",
        "ending",
        {"dormant": True, "wire": "jsonapi"},
        "ACCOUNT_INACTIVE",
    ),
    _sheet.dormant("told: dormant, a screen", "dormant"),
    Change(
        "told: the number refused by the page",
        "error",
        {"check": {"text": "Hmm, we don’t know this number yet.", "how": "inline", "when": "go"}},
        "MOBILE_REJECTED",
    ),
    Change(
        "told: praise that frightens",
        "words",
        {
            "praise.otp": "Code accepted. 3 wrong PINs in a row block trading for the day!",
            "praiserole": "alert",
        },
    ),
    Change("told: config late, by beacon", "wire", {"late.config": 6000, "wire": "beacon"}),
)
