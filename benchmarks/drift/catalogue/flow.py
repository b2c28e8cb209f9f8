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
)
