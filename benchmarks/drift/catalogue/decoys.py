"""Fields that are not the login's."""

from __future__ import annotations

from benchmarks.drift.change import Change

CHANGES = (
    Change(
        "honeypot beside the screen", "decoy", {"decoy": {"kind": "offscreen", "where": "first"}}
    ),
    Change("honeypot too small to see", "decoy", {"decoy": {"kind": "faint", "where": "first"}}),
    Change(
        "honeypot hidden from readers", "decoy", {"decoy": {"kind": "hidden", "where": "first"}}
    ),
    Change("honeypot that is inert", "decoy", {"decoy": {"kind": "inert", "where": "first"}}),
    Change("password form folded away", "decoy", {"decoy": {"kind": "collapsed", "where": "last"}}),
    Change(
        "helper for password managers", "decoy", {"decoy": {"kind": "autofill", "where": "first"}}
    ),
    Change(
        "forms that wait beside the screen",
        "decoy",
        {"decoy": {"kind": "waiting", "where": "last"}},
    ),
    Change("phone for a link to the app", "decoy", {"decoy": {"kind": "phone", "where": "before"}}),
    Change(
        "phone for a link to the app, below",
        "decoy",
        {"decoy": {"kind": "phone", "where": "after"}},
    ),
    Change("phone for a call back", "decoy", {"decoy": {"kind": "callback", "where": "after"}}),
    Change("search on the page", "decoy", {"decoy": {"kind": "search", "where": "before"}}),
    Change("newsletter on the page", "decoy", {"decoy": {"kind": "newsletter", "where": "after"}}),
    Change(
        "referral code on the form",
        "decoy",
        {"decoy": {"kind": "referral", "where": "last", "step": "mobile"}},
    ),
    Change(
        "partner login beside the form", "decoy", {"decoy": {"kind": "partner", "where": "after"}}
    ),
    *(
        Change(f"rival buttons: {name}", "rival", {"rivals": rivals})
        for name, rivals in (
            (
                "other ways to log in",
                [
                    ["Continue with Google", "button", "after"],
                    ["Continue with Apple", "button", "after"],
                ],
            ),
            (
                "other ways to log in, first",
                [
                    ["Continue with Google", "button", "before"],
                    ["Log in with QR code", "button", "before"],
                ],
            ),
            ("open an account", [["Open a demat account", "primary", "after"]]),
            (
                "cancel before the button",
                [["Cancel", "button", "inside"], ["Back", "link", "inside"]],
            ),
            ("back as a glyph", [["←", "glyph", "before"]]),
            ("continue as guest", [["Continue as guest", "link", "after"]]),
        )
    ),
    Change(
        "code by a call",
        "rival",
        {
            "rivals.otp": [
                ["Get OTP on call", "button", "inside"],
                ["Resend OTP", "button", "inside"],
            ]
        },
    ),
    Change(
        "switch account",
        "rival",
        {
            "rivals.pin": [
                ["Switch account?", "link", "before"],
                ["Log in with another number", "button", "inside"],
            ]
        },
    ),
    Change(
        "a button that shows the PIN", "rival", {"beside.pin": "eye"}, apart=frozenset({"boxes"})
    ),
    Change(
        "a button that clears the field",
        "rival",
        {"beside.otp": "clear"},
        apart=frozenset({"boxes"}),
    ),
    Change("a button that pastes", "rival", {"beside.otp": "paste"}),
    Change("chat in the corner", "decoy", {"decoy": {"kind": "chat", "where": "after"}}),
    *(
        Change(f"{what}, {where} the form", "decoy", {"decoy": {"kind": kind, "where": where}})
        for what, kind in (
            ("sign-up with a code", "signup"),
            ("news by WhatsApp", "whatsapp"),
            ("status of an application", "status"),
        )
        for where in ("before", "after")
    ),
    Change(
        "chat on every screen",
        "decoy",
        {"decoy": {"kind": "chat", "where": "after", "always": True}},
    ),
    Change(
        "companies on every screen",
        "decoy",
        {"decoy": {"kind": "finder", "where": "before", "always": True}},
    ),
    Change(
        "code from a friend on every screen",
        "decoy",
        {"decoy": {"kind": "promo", "where": "after", "always": True}},
    ),
    Change("code from a friend", "decoy", {"decoy": {"kind": "promo", "where": "after"}}),
    Change(
        "sign-up with a code, ids dropped",
        "decoy",
        {"decoy": {"kind": "signup", "where": "before"}, "ids": "none"},
    ),
)
