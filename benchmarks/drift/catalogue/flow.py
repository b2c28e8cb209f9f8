"""The order of the steps, the choice of a method, and where the form stands."""

from __future__ import annotations

from benchmarks.drift.change import Change

_ALONE = frozenset({"method", "submission", "label"})
_ROWS = (
    ["Send an SMS", "to 98****1234", "sms"],
    ["Authenticator app", "Use the code that your app shows", "totp"],
    ["Call me", "A voice will read the code", "call"],
)

CHANGES = (
    Change("PIN before the code", "order", {"order": "pin-first"}, apart=frozenset({"method"})),
    Change("code and PIN on one screen", "order", {"order": "otp+pin"}, apart=_ALONE),
    Change("mobile and PIN on one screen", "order", {"order": "mobile+pin"}, apart=_ALONE),
    Change("method by tabs", "method", {"method": {"kind": "tabs"}}),
    Change("method by plain tabs", "method", {"method": {"kind": "plaintabs"}}),
    Change(
        "method by tabs, both with a field",
        "method",
        {"method": {"kind": "tabs", "smsField": True}},
    ),
    Change("method by radio buttons", "method", {"method": {"kind": "radio"}}),
    Change("method by a list box", "method", {"method": {"kind": "select"}}),
    Change("method by a link", "method", {"method": {"kind": "link"}}),
    Change(
        "method by a link, with a field for SMS",
        "method",
        {"method": {"kind": "link", "smsField": True}},
    ),
    Change("method by a switch", "method", {"method": {"kind": "switch"}}),
    Change("method chosen already", "method", {"method": {"kind": "tabs"}, "chosen": "totp"}),
    Change(
        "method by other words",
        "method",
        {
            "method": {"kind": "tabs"},
            "text.methodSms": "Text message",
            "text.methodTotp": "TOTP (Google Authenticator)",
        },
    ),
    Change(
        "method from a list of buttons",
        "method",
        {"list": {"title": "Choose how to verify", "kind": "button", "rows": _ROWS}},
    ),
    Change(
        "method from a list of divs",
        "method",
        {"list": {"title": "Select a verification method", "kind": "div", "rows": _ROWS}},
    ),
    Change(
        "method from a list of links",
        "method",
        {"list": {"title": "Verify it’s you", "kind": "link", "rows": _ROWS}},
    ),
    Change("a document for each step", "documents", {"documents": "reload"}),
    Change(
        "a posted form for each step",
        "documents",
        {"documents": "post"},
        apart=frozenset({"wire", "by itself", "toast"}),
    ),
    Change("an address for each step", "documents", {"documents": "push"}),
    Change("form in a dialog element", "place", {"place": "dialog"}, apart=frozenset({"popover"})),
    Change("form in a modal before another form", "place", {"place": "modal", "behind": True}),
    Change(
        "form in a dialog element before another form",
        "place",
        {"place": "dialog", "behind": True},
        apart=frozenset({"popover"}),
    ),
    Change("fields as components", "place", {"place": "components"}, apart=frozenset({"label"})),
    Change("form below the fold", "place", {"hero": 1400}),
    Change("form scaled down", "place", {"style": "transform: scale(0.8)"}),
    Change("form in a modal", "place", {"place": "modal"}),
    Change("form in a frame of its host", "place", {"place": "frame"}),
    Change("form in a frame of the service's host", "place", {"place": "frame-service"}),
    Change("form in a shadow root", "place", {"place": "shadow"}),
    Change("form in nested shadow roots", "place", {"place": "nested"}),
    Change("form beside a QR code", "place", {"place": "two-pane"}),
    *(
        Change(
            f"fields of earlier steps stay, {how}",
            "kept",
            {"keep": how},
            apart=frozenset({"order"}),
        )
        for how in ("readonly", "disabled", "open")
    ),
    *(
        Change(f"method by {name}", "method", {"method": {"kind": kind}})
        for name, kind in (
            ("a list of options", "listbox"),
            ("a combobox", "combobox"),
            ("a menu", "dropdown"),
            ("another way", "another"),
            ("what is folded away", "details"),
            ("pressed buttons", "pressed"),
            ("radios by role", "roleradio"),
        )
    ),
    *(
        Change(
            f"method by {name}, with a field for SMS",
            "method",
            {"method": {"kind": kind, "smsField": True}},
        )
        for name, kind in (
            ("a list box", "select"),
            ("a combobox", "combobox"),
            ("another way", "another"),
        )
    ),
    Change(
        "method by radios, then a button",
        "method",
        {"list": {"title": "Choose how to verify", "kind": "radios", "rows": _ROWS}},
    ),
    Change(
        "method by a list box, then a button",
        "method",
        {"list": {"title": "Verify your identity", "kind": "select", "rows": _ROWS, "go": "Next"}},
    ),
    *(
        Change(f"method in {name}", "method", {"method": {"kind": kind}, **words})
        for name, kind, words in (
            (
                "Hindi",
                "tabs",
                {
                    "text.methodTitle": "कैसे सत्यापित करें?",
                    "text.methodSms": "एसएमएस",
                    "text.methodTotp": "ऑथेंटिकेटर ऐप",
                },
            ),
            (
                "Hinglish",
                "radio",
                {
                    "text.methodTitle": "Kaise verify karein?",
                    "text.methodSms": "SMS se",
                    "text.methodTotp": "Authenticator app se",
                },
            ),
            ("Hinglish, by a link", "link", {"text.methodInstead": "Authenticator app use karein"}),
            (
                "other words, by a link",
                "link",
                {"text.methodInstead": "Use a code generator instead"},
            ),
        )
    ),
    *(
        Change(
            f"document written anew at the {step}, its {part}",
            "rewritten",
            {f"rewrite.{step}": part},
        )
        for step, part in (
            ("mobile", "html"),
            ("otp", "body"),
            ("pin", "html"),
            ("mobile", "open"),
            ("otp", "open"),
            ("pin", "open"),
        )
    ),
    Change("shadow root attached late", "place", {"place": "shadow", "attaching": 1200}),
    Change("nested shadow roots attached late", "place", {"place": "nested", "attaching": 1200}),
)
