"""Pages that must not end in a token, and the error that each must end in."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change


def _refused(name: str, error: str, **more: Any) -> Change:
    options = {"fail.pin": 1017106, "error": error, **more}
    return Change(name, "error", options, expect="PIN_REJECTED", apart=frozenset({"order"}))


CHANGES = (
    _refused("wrong PIN, told in a toast", "toast"),
    _refused("wrong PIN, told beside the field", "inline"),
    _refused("wrong PIN, told by aria-errormessage", "described"),
    _refused("wrong PIN, told in a browser dialog", "dialog"),
    _refused("wrong PIN, told as a status", "status"),
    _refused("wrong PIN, told in a live region", "live"),
    _refused("wrong PIN, told in a banner", "banner"),
    _refused("wrong PIN, told in a modal", "modal"),
    _refused("wrong PIN, told in a bar", "snack"),
    _refused("wrong PIN, told without a code", "nocode"),
    _refused("wrong PIN, told in the answer only", "silent"),
    _refused("wrong PIN, told by a red border", "shake"),
    _refused("wrong PIN, told in the placeholder", "placeholder"),
    _refused("wrong PIN, told in the title", "title"),
    _refused("wrong PIN, told on a screen of its own", "screen"),
    _refused("wrong PIN, REST envelope with 401", "inline", wire="rest"),
    _refused("wrong PIN, 400 with the usual envelope", "toast", **{"error-status": 400}),
    _refused("wrong PIN, told over a WebSocket only", "silent", wire="socket"),
    Change(
        "number refused, beside the field",
        "error",
        {"fail.generate": 1017016, "error": "inline"},
        expect="MOBILE_REJECTED",
    ),
    Change(
        "number refused, in a dialog",
        "error",
        {"fail.generate": 1017016, "error": "dialog"},
        expect="MOBILE_REJECTED",
    ),
    Change(
        "too many codes, in a banner",
        "error",
        {"fail.generate": 1017069, "error": "banner"},
        expect="RATE_LIMITED",
    ),
    Change(
        "codes blocked, beside the field",
        "error",
        {"fail.verify": 1017078, "error": "inline"},
        expect="RATE_LIMITED",
    ),
    Change(
        "account locked, in a banner",
        "error",
        {"fail.pin": 1017090, "error": "banner"},
        expect="ACCOUNT_LOCKED",
    ),
    Change(
        "account locked, in a modal",
        "error",
        {"fail.pin": 1017090, "error": "modal"},
        expect="ACCOUNT_LOCKED",
    ),
    Change(
        "account locked, in the answer only",
        "error",
        {"fail.pin": 1017090, "error": "silent"},
        expect="ACCOUNT_LOCKED",
    ),
    *(
        Change(
            f"first code refused, {title}",
            "second code",
            {"failonce.verify": 1017093, "error": error},
            apart=frozenset({"order"}),
        )
        for title, error in (
            ("beside the field", "inline"),
            ("in a toast", "toast"),
            ("in a dialog", "dialog"),
            ("as a status", "status"),
            ("in the answer only", "silent"),
            ("in a banner", "banner"),
        )
    ),
    Change(
        "first code refused, in boxes",
        "second code",
        {"failonce.verify": 1017093, "error": "inline", "kind.otp": "boxes"},
        apart=frozenset({"order", "label"}),
    ),
    Change(
        "all codes refused",
        "error",
        {"fail.verify": 1017093, "error": "inline"},
        expect="TOTP_REJECTED",
    ),
    Change("SMS codes only", "ending", {"sms-only": True}, expect="TOTP_NOT_ENABLED"),
    Change("number of no customer", "ending", {"lead": True}, expect="MOBILE_REJECTED"),
    Change("PIN not yet set", "ending", {"no-pin": True}, expect="ACTION_REQUIRED"),
    Change("several accounts", "ending", {"accounts": True}, expect="ACTION_REQUIRED"),
    Change("app denied", "ending", {"denied": True}, expect="AUTHORIZATION_DENIED"),
    *(
        Change(
            f"number refused by the page at a {when}, {title}",
            "error",
            {"check": {"how": how, "when": when, "text": text}},
            expect="MOBILE_REJECTED",
            apart=frozenset({"submission", "typing", "boxes", "documents"}),
        )
        for when, title, how, text in (
            ("press", "in a dialog", "dialog", "Please enter a valid mobile number"),
            ("press", "in a modal", "modal", "Please enter a valid mobile number"),
            ("press", "in a box without a role", "headed", "Invalid mobile number"),
            (
                "press",
                "in a dialog element",
                "element",
                "This number isn’t right. Check it and try again.",
            ),
            ("press", "beside the field", "inline", "Mobile number is not valid"),
            ("press", "in a toast", "toast", "Please check the number you entered"),
            ("press", "in a bar", "snack", "No account found with this mobile number"),
            ("press", "in Hindi", "notice", "सही मोबाइल नंबर दर्ज करें"),
            ("press", "in Hinglish", "notice", "Sahi mobile number daalein"),
            ("press", "in a banner", "banner", "We don’t recognise this number"),
            ("character", "in a dialog", "dialog", "Please enter a valid mobile number"),
            (
                "character",
                "in a modal",
                "notice",
                "Make sure your mobile number was entered correctly.",
            ),
            ("character", "in a live region", "live", "That doesn’t look like a valid number"),
        )
    ),
    *(
        Change(
            f"{what} refused, in a sealed answer, {title}",
            "error",
            {fail: code, "error": how, "wire": "sealed"},
            expect=expect,
            apart=frozenset({"order", "documents"}),
        )
        for title, how in (("in a modal", "notice"), ("in a box without a role", "headed"))
        for what, fail, code, expect in (
            ("number", "fail.generate", 1017016, "MOBILE_REJECTED"),
            ("codes", "fail.verify", 1017078, "RATE_LIMITED"),
            ("PIN", "fail.pin", 1017106, "PIN_REJECTED"),
        )
    ),
    Change(
        "first code refused, in a sealed answer",
        "second code",
        {"failonce.verify": 1017093, "error": "notice", "wire": "sealed"},
        apart=frozenset({"order", "documents"}),
    ),
    Change(
        "wrong PIN, codeless answer",
        "error",
        {"fail.pin": 1017106, "error": "inline", "codeless": True},
        expect="PIN_REJECTED",
        apart=frozenset({"order"}),
    ),
    Change(
        "wrong PIN, flat envelope of status 200",
        "error",
        {"fail.pin": 1017106, "error": "silent", "wire": "flat", "flat-status": 200},
        expect="PIN_REJECTED",
        apart=frozenset({"order"}),
    ),
    Change(
        "dormant account without a word",
        "ending",
        {"dormant": True},
        expect="ACCOUNT_INACTIVE",
        apart=frozenset({"order", "documents", "keep"}),
    ),
)
