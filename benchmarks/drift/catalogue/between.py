"""Screens without a field between the steps, and boxes that come up over the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.drift.change import Change


def _screen(
    name: str, place: str, title: str, text: str, buttons: Sequence[Sequence[str]], **more: Any
) -> Change:
    what = {"title": title, "text": text, "buttons": buttons, **more}
    return Change(name, f"screen before {place}", {f"before.{place}": what})


def _box(name: str, title: str, text: str, buttons: Sequence[Sequence[str]], **more: Any) -> Change:
    return Change(
        name, "popover", {"popover": {"title": title, "text": text, "buttons": buttons, **more}}
    )


CHANGES = (
    _screen(
        "welcome screen",
        "mobile",
        "Welcome to Upstox",
        "Invest in stocks, mutual funds and more.",
        [["Continue", "primary", "go"], ["Open an account", "link", "astray"]],
    ),
    _screen(
        "start screen with two ways",
        "mobile",
        "Upstox",
        "",
        [["Login", "primary", "go"], ["Sign up", "button", "astray"]],
    ),
    _screen(
        "get the app",
        "mobile",
        "Upstox is better in the app",
        "Trade faster with our mobile app.",
        [["Get the app", "primary", "astray"], ["Continue in browser", "link", "go"]],
    ),
    _screen(
        "app or browser, in Hinglish",
        "mobile",
        "App mein kholein?",
        "",
        [["App kholein", "primary", "astray"], ["Browser mein jaari rakhein", "link", "go"]],
    ),
    _screen(
        "new device",
        "pin",
        "New device detected",
        "You are logging in from a new device: Chrome on Linux.",
        [["Continue", "primary", "go"], ["This wasn’t me", "link", "astray"]],
    ),
    _screen(
        "passkey offer",
        "pin",
        "Log in faster with a passkey",
        "Use your fingerprint or face next time.",
        [["Create a passkey", "primary", "astray"], ["Not now", "link", "go"]],
    ),
    _screen(
        "news of the day",
        "pin",
        "What’s new",
        "Baskets, GTT orders and a new option chain.",
        [["Got it", "primary", "go"]],
    ),
    _screen(
        "nominee",
        "end",
        "Add a nominee",
        "SEBI asks all investors to add a nominee or to opt out.",
        [["Add nominee", "primary", "astray"], ["Skip for now", "link", "go"]],
    ),
    _screen(
        "stay signed in?",
        "end",
        "Stay signed in?",
        "You will not have to log in so often.",
        [["Yes", "primary", "astray"], ["No", "button", "go"]],
    ),
    _screen(
        "risk disclosure",
        "end",
        "Risk disclosure",
        "9 out of 10 individual traders in the derivatives segment incurred net losses.",
        [["Continue", "primary", "go"]],
        list=["On average, loss makers registered net losses close to ₹50,000."],
    ),
    _screen(
        "rate the app",
        "end",
        "How do you like the new login?",
        "",
        [["★★★★★", "glyph", "astray"], ["Maybe later", "link", "go"]],
    ),
    _screen(
        "DDPI offer",
        "end",
        "Sell without TPIN",
        "Activate DDPI to sell your holdings in one step.",
        [["Activate DDPI", "primary", "astray"], ["Remind me later", "div", "go"]],
    ),
    _screen(
        "notifications",
        "end",
        "Turn on notifications?",
        "",
        [["Allow notifications", "primary", "astray"], ["×", "x", "go"]],
    ),
    _screen(
        "market closed",
        "end",
        "Markets are closed today",
        "Orders will be placed when the markets open.",
        [["Okay", "primary", "go"]],
    ),
    _screen(
        "save this device",
        "end",
        "Remember this device?",
        "We skip the code next time.",
        [["Don’t remember", "button", "go"], ["Remember", "primary", "astray"]],
    ),
    _screen(
        "number confirmed",
        "otp",
        "Is this your number?",
        "+91 98765 01234",
        [["Edit", "link", "astray"], ["Confirm", "primary", "go"]],
    ),
    _screen(
        "skip in Hindi",
        "end",
        "नॉमिनी जोड़ें",
        "अपने परिवार को सुरक्षित रखें।",
        [["अभी जोड़ें", "primary", "astray"], ["अभी नहीं", "link", "go"]],
    ),
    _box(
        "promotion over the form",
        "Zero brokerage for 30 days",
        "Only this week.",
        [["Know more", "link", "astray"], ["Close", "x", "close"]],
    ),
    _box(
        "promotion that comes late",
        "Refer and earn",
        "Invite a friend and earn ₹500.",
        [["Invite now", "primary", "astray"], ["No, thanks", "link", "close"]],
        delay=500,
    ),
    _box(
        "location wish",
        "Allow location?",
        "SEBI rules ask brokers to note where you log in.",
        [["Not now", "button", "close"], ["Allow", "primary", "astray"]],
    ),
    _box(
        "survey without a role",
        "Two minutes for us?",
        "Tell us what you think.",
        [["Start", "primary", "astray"], ["Later", "div", "close"]],
        role=None,
    ),
    _box(
        "new look",
        "A new look",
        "The login page is new. Nothing else has changed.",
        [["OK, got it", "primary", "close"]],
    ),
    Change(
        "terms of use have changed",
        "agreement",
        {
            "before.end": {
                "title": "We have updated our terms",
                "text": "Please read and accept the new terms of use to go on.",
                "buttons": [
                    ["I agree to the new terms", "primary", "end"],
                    ["Log out", "link", "astray"],
                ],
                "end": "ACTION_REQUIRED",
            }
        },
        expect="ACTION_REQUIRED",
    ),
    Change(
        "an agreement with a box to tick",
        "agreement",
        {
            "before.end": {
                "title": "Rights and obligations",
                "text": "SEBI requires your consent before you go on.",
                "tick": "I have read the document and accept it",
                "buttons": [["I accept", "primary", "end"]],
                "end": "ACTION_REQUIRED",
            }
        },
        expect="ACTION_REQUIRED",
    ),
    Change(
        "agreement before the PIN",
        "agreement",
        {
            "before.pin": {
                "title": "Declaration",
                "text": "I declare that I am not a US person.",
                "buttons": [["I agree", "primary", "end"]],
                "end": "ACTION_REQUIRED",
            }
        },
        expect="ACTION_REQUIRED",
    ),
)
