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
    _screen(
        "security tip",
        "mobile",
        "Security tip of the day",
        "Upstox never asks for your PIN on a call.",
        [["I understand", "primary", "go"]],
    ),
    _screen(
        "important update",
        "mobile",
        "Important update",
        "Brokerage on options changes from 1 December.",
        [["Read the circular", "link", "astray"], ["Dismiss", "button", "go"]],
    ),
    _screen(
        "biometric offer",
        "pin",
        "Enable biometric login",
        "",
        [["Enable", "primary", "astray"], ["No thanks, I’ll use my PIN", "link", "go"]],
    ),
    _screen(
        "stay on web",
        "mobile",
        "Get the Upstox app",
        "",
        [["Download", "primary", "astray"], ["Stay on web", "link", "go"]],
    ),
    _screen(
        "continue on web",
        "pin",
        "Better on your phone",
        "Scan to install the app.",
        [["Continue on web", "primary", "go"], ["Send me the link", "link", "astray"]],
    ),
    _screen(
        "welcome in Hindi",
        "mobile",
        "आपका स्वागत है",
        "शेयर, म्यूचुअल फंड और बहुत कुछ।",
        [["शुरू करें", "primary", "go"]],
    ),
    _screen(
        "risk in Hindi",
        "end",
        "जोखिम प्रकटीकरण",
        "10 में से 9 व्यापारियों को नुकसान हुआ।",
        [["समझ गया", "primary", "go"]],
    ),
    _screen(
        "risk in Hindi 2",
        "end",
        "जोखिम की जानकारी",
        "10 में से 9 व्यापारियों को नुकसान हुआ।",
        [["ठीक है, आगे बढ़ें", "primary", "go"]],
    ),
    _screen(
        "new device in Hinglish",
        "pin",
        "Naya device mila",
        "Aap ek naye device se login kar rahe hain.",
        [["Aage badhein", "primary", "go"], ["Yeh main nahi hoon", "link", "astray"]],
    ),
    _screen(
        "notifications in Hinglish",
        "end",
        "Notification chalu karein?",
        "",
        [["Chalu karein", "primary", "astray"], ["Baad mein", "link", "go"]],
    ),
    _screen(
        "nominee in Hinglish",
        "end",
        "Nominee jodein",
        "Apne parivaar ko surakshit rakhein.",
        [["Abhi jodein", "primary", "astray"], ["Abhi nahi", "link", "go"]],
    ),
    _screen(
        "nominee, later words",
        "end",
        "Protect your family: add a nominee",
        "",
        [["Add now", "primary", "astray"], ["I’ll do this later", "link", "go"]],
    ),
    _screen(
        "nominee, tomorrow",
        "end",
        "Add a nominee",
        "",
        [["Add now", "primary", "astray"], ["Remind me tomorrow", "link", "go"]],
    ),
    _screen(
        "nominee, not right now",
        "end",
        "Add a nominee",
        "",
        [["Add nominee", "primary", "astray"], ["Not right now", "button", "go"]],
    ),
    _screen(
        "passkey, other time",
        "end",
        "Create a passkey?",
        "Log in with your face next time.",
        [["Create", "primary", "astray"], ["Maybe some other time", "link", "go"]],
    ),
    _screen(
        "skip this step",
        "pin",
        "Set up face unlock",
        "",
        [["Set up", "primary", "astray"], ["Skip this step", "link", "go"]],
    ),
    _screen(
        "skip with an arrow",
        "end",
        "Meet the new charts",
        "",
        [["Take the tour", "primary", "astray"], ["Skip →", "link", "go"]],
    ),
    _screen(
        "stay signed in 2",
        "end",
        "Stay signed in on this device?",
        "",
        [
            ["Yes, stay signed in", "primary", "astray"],
            ["No, don’t keep me signed in", "button", "go"],
        ],
    ),
    _screen(
        "trust browser",
        "end",
        "Trust this browser?",
        "",
        [["Trust", "primary", "astray"], ["Don’t trust", "button", "go"]],
    ),
    _screen(
        "old version",
        "mobile",
        "A newer version is here",
        "",
        [["Update now", "primary", "astray"], ["Continue with this version", "link", "go"]],
    ),
    _screen(
        "advisory",
        "end",
        "Advisory from the exchanges",
        "Prevent unauthorised transactions in your account.",
        [["OK, continue", "primary", "go"]],
    ),
    _screen(
        "close as a glyph",
        "end",
        "IPO of the week",
        "Apply for the Sharma Foods IPO.",
        [["Apply now", "primary", "astray"], ["✕", "glyph", "go"]],
    ),
    _screen(
        "proceed to log in",
        "mobile",
        "Welcome back",
        "You have been logged out for your safety.",
        [["Proceed to login", "primary", "go"]],
    ),
    _screen(
        "log in again",
        "mobile",
        "Hello!",
        "Choose what you want to do.",
        [
            ["Existing user? Log in", "primary", "go"],
            ["New here? Open an account", "button", "astray"],
        ],
    ),
    _screen(
        "login with mobile",
        "mobile",
        "Log in",
        "",
        [
            ["Log in with mobile number", "primary", "go"],
            ["Log in with QR code", "button", "astray"],
        ],
    ),
    _screen(
        "yes/no feedback",
        "end",
        "Was this login easy?",
        "",
        [["Yes 👍", "button", "astray"], ["No 👎", "button", "astray"], ["Skip", "link", "go"]],
    ),
    _screen(
        "income declaration",
        "end",
        "Update your income",
        "SEBI asks for a declaration of income.",
        [["Update", "primary", "astray"], ["Later", "link", "go"]],
    ),
    _screen(
        "email not verified",
        "end",
        "Verify your e-mail",
        "Your e-mail address is not verified.",
        [["Verify now", "primary", "astray"], ["Skip for now", "link", "go"]],
    ),
    _screen(
        "quarterly settlement",
        "end",
        "Quarterly settlement of funds",
        "Your unused funds were sent to your bank.",
        [["Got it", "primary", "go"]],
    ),
    _screen(
        "margin shortfall",
        "end",
        "Margin shortfall",
        "Add funds to avoid a penalty.",
        [["Add funds", "primary", "astray"], ["I’ll do it later", "link", "go"]],
    ),
    _screen(
        "plus plan",
        "end",
        "Try Upstox Plus",
        "Faster charts for free.",
        [["Start free trial", "primary", "astray"], ["No, continue with Basic", "link", "go"]],
    ),
    _screen(
        "language",
        "mobile",
        "Choose your language",
        "अपनी भाषा चुनें",
        [["हिन्दी", "button", "astray"], ["Continue in English", "primary", "go"]],
    ),
    _screen("two screens", "mobile", "Upstox is now faster", "", [["Next", "primary", "go"]]),
    _screen(
        "holiday greeting",
        "end",
        "Happy Diwali!",
        "Muhurat trading is at 6 pm.",
        [["Continue to Upstox", "primary", "go"]],
    ),
    _screen(
        "session elsewhere",
        "pin",
        "You are logged in elsewhere",
        "You will be logged out of the other device.",
        [["Continue here", "primary", "go"], ["Cancel login", "link", "astray"]],
    ),
    _screen(
        "ddpi hindi",
        "end",
        "बिना TPIN के बेचें",
        "",
        [["DDPI चालू करें", "primary", "astray"], ["बाद में याद दिलाएं", "link", "go"]],
    ),
    _box(
        "box that says close dialog",
        "Earn with your friends",
        "",
        [["Invite", "primary", "astray"], ["Close dialog", "x", "close"]],
    ),
    _box(
        "box that says no thanks",
        "Get alerts on WhatsApp",
        "",
        [["Yes, send me alerts", "primary", "astray"], ["No thanks", "link", "close"]],
    ),
    _box(
        "box that says hinglish",
        "Naya offer",
        "Sirf aaj ke liye.",
        [["Aur jaanein", "link", "astray"], ["Band karein", "button", "close"]],
    ),
    _box(
        "box that says hindi",
        "नया ऑफ़र",
        "",
        [["और जानें", "link", "astray"], ["बंद करें", "button", "close"]],
    ),
    _box(
        "box that says okay",
        "Heads up",
        "Trading hours change on Monday.",
        [["Okay", "primary", "close"]],
    ),
    _box(
        "box that says skip late",
        "Take a tour?",
        "",
        [["Start tour", "primary", "astray"], ["Skip tour", "link", "close"]],
        delay=400,
    ),
    _box(
        "box that says got it no role",
        "Tip",
        "You can log in with a QR code too.",
        [["Got it!", "primary", "close"]],
        role=None,
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
