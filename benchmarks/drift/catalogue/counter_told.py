"""Refusals, late answers and traps of the login of `counter`."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .counter import (
    HINDI,
    HINGLISH,
    PLAIN,
    SHEET,
    TERSE,
    WARM,
    around,
    before,
    change,
    form,
    wall,
    words,
)


def _refused(
    name: str, call: str, code: int, expect: str, *parts: dict[str, Any], **more: Any
) -> Change:
    return change(name, "error", {f"fail.{call}": code}, *parts, expect=expect, **more)


_ERRORS = (
    _refused(
        "wrong PIN, a helper text",
        "pin",
        1017106,
        "PIN_REJECTED",
        SHEET.drawn("helper text", "field"),
        {"says.pin": "That PIN doesn’t match our records. 4 tries left.", "codeless": True},
    ),
    _refused(
        "wrong PIN, in a browser dialog, in Hindi",
        "pin",
        1017106,
        "PIN_REJECTED",
        HINDI,
        {"says.pin": "पिन गलत है। फिर से कोशिश करें।", "error": "dialog", "codeless": True},
    ),
    _refused(
        "wrong PIN, REST and 401, nothing said",
        "pin",
        1017106,
        "PIN_REJECTED",
        TERSE,
        wire="rest",
        error="silent",
        ids="none",
    ),
    _refused(
        "wrong PIN, REST and 401, a toast of sonner",
        "pin",
        1017106,
        "PIN_REJECTED",
        SHEET.drawn("toast of sonner", "over"),
        {"says.pin": "Incorrect PIN. Please check and try again."},
        wire="rest",
    ),
    _refused(
        "wrong PIN in boxes, as a status",
        "pin",
        1017106,
        "PIN_REJECTED",
        {"says.pin": "PIN is incorrect", "error": "status", "codeless": True},
        kind__pin="boxes",
        submit__pin="auto",
    ),
    _refused(
        "wrong PIN, a card instead",
        "pin",
        1017106,
        "PIN_REJECTED",
        SHEET.drawn("card instead", "instead"),
        {"says.pin": "The PIN you entered is wrong. 4 attempts left before we lock your account."},
        ids="none",
    ),
    _refused(
        "wrong PIN, a problem of 422",
        "pin",
        1017106,
        "PIN_REJECTED",
        PLAIN,
        wire="problem",
        error="inline",
    ),
    _refused(
        "no such number, beside the field",
        "generate",
        1017016,
        "MOBILE_REJECTED",
        WARM,
        {
            "says.generate": "We couldn’t find an account with this number.",
            "codeless": True,
            "error": "inline",
        },
    ),
    _refused(
        "no such number, a dialog, REST",
        "generate",
        1017016,
        "MOBILE_REJECTED",
        {"says.generate": "This mobile number isn’t registered with Upstox", "error": "dialog"},
        wire="rest",
        ids="hashed",
    ),
    _refused(
        "too many codes asked for",
        "generate",
        1017069,
        "RATE_LIMITED",
        {
            "says.generate": "OTP limit reached. You can ask for a new one after 10 minutes.",
            "codeless": True,
            "error": "status",
        },
    ),
    _refused(
        "too many codes tried, in boxes",
        "verify",
        1017078,
        "RATE_LIMITED",
        {
            "says.verify": "Too many incorrect attempts. Try again after 10 minutes.",
            "error": "inline",
        },
        kind__otp="boxes",
        ids="none",
    ),
    _refused(
        "account locked, a modal without a code",
        "pin",
        1017090,
        "ACCOUNT_LOCKED",
        {
            "says.pin": "Account locked after 5 incorrect PINs. Reset your PIN to unlock it.",
            "codeless": True,
            "error": "modal",
        },
    ),
    _refused(
        "every code refused, a toast of sonner",
        "verify",
        1017093,
        "TOTP_REJECTED",
        SHEET.drawn("toast of sonner", "over"),
        {"says.verify": "That code is incorrect or has expired", "codeless": True},
    ),
    change(
        "first code refused, boxes, a helper text",
        "second code",
        SHEET.drawn("helper text", "field"),
        {"failonce.verify": 1017093, "says.verify": "Hmm, that code isn’t right."},
        kind__otp="boxes",
        submit__otp="auto",
    ),
    change(
        "first code refused, a dialog, in Hinglish",
        "second code",
        HINGLISH,
        {
            "failonce.verify": 1017093,
            "says.verify": "Code galat hai, phir se daalein",
            "error": "dialog",
        },
        ids="none",
    ),
    change(
        "first code refused, REST, in the answer only",
        "second code",
        {"failonce.verify": 1017093, "error": "silent"},
        wire="rest",
        label="placeholder",
    ),
    change(
        "toasts of success that frighten",
        "toast",
        {
            "praise.mobile": "OTP sent. Three wrong OTPs block your login for 10 minutes",
            "praise.otp": "OTP verified. Your previous session has expired and was signed out",
            "praise.pin": "No failed login attempts since your last visit. Account not locked",
        },
        praiserole="alert",
    ),
    change(
        "success, told as an error would be",
        "toast",
        PLAIN,
        {
            "praise.mobile": "Incorrect number? You can change it below",
            "praise.otp": "Code accepted, 0 attempts used. Invalid sessions removed",
        },
        ids="hashed",
    ),
    change(
        "warnings that always stand",
        "toast",
        {
            "notice": {
                "place": "under",
                "text": "5 incorrect PIN attempts will lock your account. Never share your PIN.",
                "role": "alert",
            },
            "notice2": {
                "place": "top",
                "text": "Fraud alert: Upstox never calls to say that your account is blocked.",
            },
        },
        ids="none",
    ),
)

_LATE = (
    change("a config of six seconds", "late", PLAIN, {"late.config": 6000}, ids="none"),
    change("a script of five seconds", "late", HINDI, {"late.script": 5000}),
    change("the code's chunk, in boxes", "late", TERSE, {"chunk.otp": 4000}, kind__otp="boxes"),
    change(
        "the PIN's part from elsewhere", "late", foreign__pin=4000, label="placeholder", ids="none"
    ),
    change("a button that opens late", "late", WARM, enabling__otp=1500, enabling__pin=1500),
    change(
        "a late config, and a wall of cookies",
        "late",
        wall(
            "Cookies",
            "Upstox uses cookies for security and to remember your choices.",
            ("Agree", "second", "close"),
            ("Settings", "link", "more"),
            shape="bar",
        ),
        {"late.config": 4000},
    ),
    change(
        "no customer, warm words", "ending", WARM, lead=True, ids="none", expect="MOBILE_REJECTED"
    ),
    change(
        "no customer, told at the code, in boxes",
        "ending",
        lead="told",
        kind__otp="boxes",
        expect="MOBILE_REJECTED",
    ),
    change(
        "SMS only, plain words",
        "ending",
        words(
            ("Log in", "", "Mobile number", "Send OTP"),
            ("Enter OTP", "{message}", "6-digit OTP", "Verify"),
            ("PIN", "", "PIN", "Log in"),
        ),
        {"sms-only": True, "text.otpLabel": "6-digit OTP"},
        ids="hashed",
        expect="TOTP_NOT_ENABLED",
    ),
    SHEET.dormant("counter: dormant, activate", "dormant"),
    change(
        "dormant without a word, no ids",
        "ending",
        PLAIN,
        dormant=True,
        ids="none",
        expect="ACCOUNT_INACTIVE",
    ),
    *(
        change(
            f"the page refuses the number, {how}",
            "check",
            {"check": {"how": way, "when": when, "text": text}},
            words,
            expect="MOBILE_REJECTED",
            ids="none",
        )
        for how, way, when, text, words in (
            (
                "in plain words",
                "inline",
                "press",
                "That doesn’t look like an Indian mobile number",
                PLAIN,
            ),
            ("in Hinglish", "status", "press", "Yeh number sahi nahi hai", HINGLISH),
            (
                "in a dialog",
                "dialog",
                "character",
                "Enter the mobile number that you registered with",
                TERSE,
            ),
        )
    ),
)

_TRAPS = (
    change(
        "a honeypot as the number's twin",
        "trap",
        form("mobile: a honeypot that looks like the field", "mobile"),
    ),
    change(
        "a honeypot of two pixels",
        "trap",
        form("mobile: a honeypot by colour and size", "mobile"),
        HINGLISH,
    ),
    change(
        "for the browser's manager",
        "trap",
        form("pin: a hidden password for the browser's manager", "pin"),
    ),
    change(
        "one field under drawn boxes",
        "twin",
        kind__otp="ghost",
        kind__pin="ghost",
        label="bound",
        ids="none",
    ),
    change("a call back beside", "trap", around("mobile", "call back and news"), WARM),
    change(
        "a friend's number above",
        "trap",
        around("mobile", "gift for a friend's number"),
        ids="none",
        label="placeholder",
    ),
    change(
        "an account to open beside",
        "trap",
        around("mobile", "open an account beside"),
        PLAIN,
        ids="hashed",
    ),
    change("a PIN to change beside", "trap", around("pin", "change the PIN beside")),
    change(
        "a payout beside the PIN", "trap", around("pin", "withdraw with a PIN"), PLAIN, ids="none"
    ),
    change("a mandate above the PIN", "trap", around("pin", "UPI PIN of a mandate above")),
    change("tips for the PIN beside", "twin", around("pin", "PIN tips beside"), PLAIN, ids="none"),
    change("a sale below the code", "trap", around("otp", "OTP for e-DIS below"), ids="hashed"),
    change("F&O, to skip", "trap", before("end", "F&O")),
    change("other devices", "trap", before("end", "other devices"), TERSE),
    change("a PIN that may be reset", "trap", before("pin", "reset the PIN?")),
    change(
        "what is a person's: a tariff",
        "trap",
        before("end", "a tariff to accept", end="a person's"),
        expect="ACTION_REQUIRED",
    ),
    change(
        "what is a person's: an old PIN",
        "trap",
        before("pin", "a PIN that has run out", end="a person's"),
        PLAIN,
        ids="none",
        expect="ACTION_REQUIRED",
    ),
    change(
        "what is a person's: whose account",
        "trap",
        before("pin", "which family member", end="a person's"),
        expect="ACTION_REQUIRED",
    ),
)

CHANGES = (*_ERRORS, *_LATE, *_TRAPS)
