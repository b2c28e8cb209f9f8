"""Boxes, masks, types, and fields that want to be typed into in their own way."""

from __future__ import annotations

from benchmarks.drift.change import Change

LABEL = frozenset({"label"})
STEP = frozenset({"submission"})

CHANGES = (
    Change("boxes for the code", "boxes", {"kind.otp": "boxes"}, apart=LABEL),
    Change("boxes for the PIN", "boxes", {"kind.pin": "boxes"}, apart=LABEL),
    Change(
        "boxes for code and PIN", "boxes", {"kind.otp": "boxes", "kind.pin": "boxes"}, apart=LABEL
    ),
    Change("boxes without names", "boxes", {"kind.otp": "boxes", "boxnames": "none"}, apart=LABEL),
    Change("boxes that spread a paste", "boxes", {"kind.otp": "spread"}, apart=LABEL),
    Change(
        "number boxes for the PIN", "boxes", {"kind.pin": "boxes", "type.pin": "tel"}, apart=LABEL
    ),
    Change("one unseen field over drawn boxes", "boxes", {"kind.otp": "ghost"}, apart=LABEL),
    Change("one unseen PIN field over drawn boxes", "boxes", {"kind.pin": "ghost"}, apart=LABEL),
    Change(
        "one clear field over drawn boxes",
        "boxes",
        {"kind.otp": "clear", "kind.pin": "clear"},
        apart=LABEL,
    ),
    Change("code without a mask", "mask", {"mask.otp": "none"}),
    Change("code masked with a space", "mask", {"mask.otp": "space"}),
    Change("code masked with empty places", "mask", {"mask.otp": "slots"}),
    Change(
        "mobile in groups of five",
        "mask",
        {"mask.mobile": "five", "attributes.mobile": {"maxlength": None}},
    ),
    Change(
        "mobile with the country's code inside",
        "mask",
        {"mask.mobile": "country", "attributes.mobile": {"maxlength": None}},
    ),
    Change("PIN shown as dots by the page", "mask", {"mask.pin": "dots", "type.pin": "text"}),
    Change("mobile of type tel", "type", {"type.mobile": "tel"}),
    Change("mobile of type number", "type", {"type.mobile": "number"}),
    Change(
        "code of type tel, one-time-code",
        "type",
        {"type.otp": "tel", "attributes.otp": {"autocomplete": "one-time-code"}},
    ),
    Change("code of type password", "type", {"type.otp": "password"}),
    Change("code of type number", "type", {"type.otp": "number", "mask.otp": "none"}),
    Change(
        "PIN of type text", "type", {"type.pin": "text", "attributes.pin": {"autocomplete": "off"}}
    ),
    Change(
        "PIN of type tel, hidden by style",
        "type",
        {"type.pin": "tel", "attributes.pin": {"style": "-webkit-text-security: disc"}},
    ),
    Change(
        "PIN without a length",
        "type",
        {"attributes.pin": {"maxlength": None, "inputmode": None, "required": None}},
    ),
    Change(
        "PIN with autocomplete new-password",
        "type",
        {"attributes.pin": {"autocomplete": "new-password"}},
    ),
    Change("code as a text area", "type", {"kind.otp": "textarea"}),
    Change("mobile wants real keys", "typing", {"typing.mobile": "keys"}),
    Change("code wants real keys", "typing", {"typing.otp": "keys"}),
    Change("PIN wants real keys", "typing", {"typing.pin": "keys"}),
    Change("read-only until focused", "typing", {"typing": "readonly", "autofocus": False}),
    Change("mobile heard at change", "typing", {"typing.mobile": "change"}),
    Change("PIN heard at blur", "typing", {"typing.pin": "blur"}, apart=STEP),
    Change("fields that wake late", "typing", {"waking": 700}),
    Change("country chosen in a list", "prefix", {"prefix": "select"}),
    Change("country in a field of its own", "prefix", {"prefix": "field"}),
    Change("country behind a flag", "prefix", {"prefix": "flag"}),
    Change("no prefix", "prefix", {"prefix": "none"}),
    Change("code sent by Enter alone", "submission", {"submit.otp": "enter"}),
    Change("PIN sent by Enter alone", "submission", {"submit.pin": "enter"}),
    Change("all sent by Enter alone", "submission", {"submit": "enter"}),
    Change("code sends itself", "submission", {"submit.otp": "auto"}),
    Change("PIN sends itself", "submission", {"submit.pin": "auto"}),
    Change("mobile sends itself", "submission", {"submit.mobile": "auto"}),
    Change("all send themselves", "submission", {"submit": "auto"}),
    Change("PIN sends itself, with a button", "submission", {"submit.pin": "both"}),
    Change("code sends itself, with a button", "submission", {"submit.otp": "both"}),
    Change(
        "PIN sends itself after a moment, with a button", "submission", {"submit.pin": "auto-late"}
    ),
    Change(
        "code sends itself after a moment, with a button", "submission", {"submit.otp": "auto-late"}
    ),
    Change("PIN sent by leaving the field", "submission", {"submit.pin": "blur"}),
    Change(
        "mobile that begins with the country's code",
        "mask",
        {"mask.mobile": "prefilled", "attributes.mobile": {"maxlength": None}},
    ),
    Change(
        "mobile with a nought in front",
        "mask",
        {"mask.mobile": "zero", "attributes.mobile": {"maxlength": 11}},
    ),
    Change(
        "mobile with a dash",
        "mask",
        {"mask.mobile": "dashes", "attributes.mobile": {"maxlength": 11}},
    ),
    Change(
        "mobile in pairs", "mask", {"mask.mobile": "pairs", "attributes.mobile": {"maxlength": 14}}
    ),
    Change(
        "mobile without a length",
        "mask",
        {"prefix": "none", "attributes.mobile": {"maxlength": None}},
    ),
    Change("code with a dot", "mask", {"mask.otp": "dotted"}),
    Change("code spaced out", "mask", {"mask.otp": "spaced"}),
    Change("PIN shown as stars by the page", "mask", {"mask.pin": "stars", "type.pin": "text"}),
    *(
        Change(f"{step} {how}", "typing", {f"typing.{step}": typing})
        for step in ("mobile", "otp", "pin")
        for how, typing in (
            ("read-only until pressed", "pressed"),
            ("heard at keyup", "keyup"),
            ("heard after a moment", "debounced"),
        )
    ),
    Change("boxes for the code in two halves", "boxes", {"kind.otp": "halves"}, apart=LABEL),
    Change("boxes for the PIN in two halves", "boxes", {"kind.pin": "halves"}, apart=LABEL),
    Change(
        "boxes for the number", "boxes", {"kind.mobile": "boxes", "prefix": "none"}, apart=LABEL
    ),
    Change("code in an editable div", "type", {"kind.otp": "editable", "mask.otp": "none"}),
)
