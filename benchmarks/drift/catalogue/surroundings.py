"""What stands round the form: cookies, notices, toasts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.drift.change import Change


def _wall(
    name: str, title: str, text: str, buttons: Sequence[Sequence[str]], **more: Any
) -> Change:
    wall = {"title": title, "text": text, "buttons": buttons, **more}
    return Change(name, "cookies", {"cookies": wall})


def _notice(name: str, place: str, text: str, **more: Any) -> Change:
    return Change(name, "notice", {"notice": {"place": place, "text": text, **more}})


CHANGES = (
    _wall(
        "cookies: accept all",
        "We value your privacy",
        "We use cookies on this site.",
        [["Cookie settings", "link", "more"], ["Accept all", "button", "close"]],
    ),
    _wall(
        "cookies: reject",
        "Cookies",
        "You can refuse all but the necessary cookies.",
        [["Reject all", "button", "close"], ["Customise", "button", "more"]],
    ),
    _wall(
        "cookies: a bar",
        "Cookies",
        "By using this site you agree to our use of cookies.",
        [["Got it", "button", "close"]],
        shape="bar",
    ),
    _wall(
        "cookies: I agree",
        "Your cookie choices",
        "Cookies help us to serve you better.",
        [["I agree", "button", "close"], ["More", "link", "more"]],
    ),
    _wall(
        "cookies: a div to press",
        "Biscuits?",
        "We use cookies to keep you logged in.",
        [["Sure", "div", "close"]],
    ),
    _wall(
        "cookies: in Hindi",
        "कुकीज़",
        "यह साइट कुकीज़ का उपयोग करती है।",
        [["स्वीकार करें", "button", "close"], ["सेटिंग", "link", "more"]],
    ),
    _wall(
        "cookies: only necessary",
        "Privacy preference centre",
        "Cookies are small files. Some are needed, others measure.",
        [["Manage preferences", "link", "more"], ["Only necessary", "button", "close"]],
        role=None,
    ),
    _wall(
        "cookies: continue without accepting",
        "We value your privacy",
        "We and our partners store cookies.",
        [["Agree and close", "button", "close"], ["Continue without accepting", "link", "close"]],
    ),
    _wall(
        "cookies: deny",
        "Cookie consent",
        "This website uses cookies.",
        [
            ["Deny", "button", "close"],
            ["Customize", "button", "more"],
            ["Allow all", "button", "close"],
        ],
    ),
    _wall(
        "cookies: allow",
        "Cookies",
        "Cookies make this site work.",
        [["Allow cookies", "button", "close"], ["Learn more", "link", "more"]],
    ),
    _wall(
        "cookies: fine",
        "Cookies, anyone?",
        "We use cookies to remember you.",
        [["That’s fine", "button", "close"], ["Details", "link", "more"]],
    ),
    _wall(
        "cookies: hinglish",
        "Cookies",
        "Hum cookies ka istemal karte hain.",
        [["Sab manzoor hai", "button", "close"], ["Settings", "link", "more"]],
    ),
    _wall(
        "cookies: hinglish only needed",
        "Cookies",
        "Hum cookies ka istemal karte hain.",
        [["Sirf zaroori", "button", "close"], ["Sab chunein", "button", "more"]],
    ),
    _wall(
        "cookies: hindi needed",
        "कुकी सेटिंग",
        "हम कुकीज़ का उपयोग करते हैं।",
        [["केवल आवश्यक", "button", "close"], ["और जानें", "link", "more"]],
    ),
    _wall(
        "cookies: trackers",
        "Your privacy",
        "We and 12 partners use trackers and similar technologies on your device.",
        [["Accept", "button", "close"], ["Options", "link", "more"]],
    ),
    _wall(
        "cookies: save",
        "Privacy settings",
        "Choose which cookies we may use.",
        [["Save my choices", "button", "close"], ["Partner list", "link", "more"]],
    ),
    _wall(
        "cookies: understood bar",
        "",
        "This site uses cookies for a better experience.",
        [["Understood", "div", "close"]],
        shape="bar",
    ),
    _wall(
        "cookies: x",
        "Cookies",
        "We use cookies.",
        [["×", "button", "close"], ["Cookie policy", "link", "more"]],
    ),
    _wall(
        "cookies: continue",
        "Cookies",
        "By continuing you accept our cookies.",
        [["Continue", "button", "close"]],
    ),
    _wall("cookies: yum", "Cookies 🍪", "We bake our own.", [["Yum!", "button", "close"]]),
    _notice(
        "help text on locked accounts",
        "foot",
        "Account locked? After 5 incorrect PIN attempts your account will be locked.",
    ),
    _notice(
        "help text on locks, as an alert",
        "under",
        "If your account has been locked, use Forgot PIN to unlock it.",
        role="alert",
    ),
    _notice(
        "help text on wrong PINs at the field",
        "under",
        "You have entered an incorrect PIN? Wait before you try again.",
        step="pin",
    ),
    _notice(
        "warning of fraud",
        "top",
        "Beware: accounts have been blocked because of invalid OTP requests by fraudsters.",
        role="status",
    ),
    _notice(
        "questions and answers",
        "aside",
        "Why does it say “Your account has been locked”? See our help pages.",
        tag="h3",
    ),
    _notice(
        "notice on dormant accounts", "aside", "Your account is dormant? Reactivate it in the app."
    ),
    _notice(
        "notice on maintenance to come",
        "top",
        "Scheduled maintenance on Saturday 10 pm: the site will be unavailable.",
        role="alert",
    ),
    _notice(
        "notice on rate limits",
        "under",
        "You can request an OTP 3 times. Try again after 10 mins if you exceed the maximum.",
        step="mobile",
    ),
    _notice(
        "notice that reads like an error",
        "field",
        "Error-free trading: failed orders, invalid quantities and expired sessions are "
        "explained in our guide.",
        role="note",
    ),
    Change(
        "browser dialog on arrival",
        "notice",
        {"greeting": "Never share your OTP or PIN. Your account may be locked if you do."},
    ),
    _notice(
        "terms in a sentence",
        "under",
        "By continuing you agree to our terms of use and privacy policy.",
        step="mobile",
    ),
    _notice(
        "an outdated browser",
        "top",
        "This version is outdated? Update your browser for the best experience.",
    ),
    _notice(
        "words about captchas",
        "foot",
        "This site is protected by reCAPTCHA. Verify that you are human when asked.",
    ),
    Change(
        "toast of success with a warning",
        "toast",
        {"praise.mobile": "OTP sent. 3 incorrect attempts will block your account."},
    ),
    Change(
        "toast of success that speaks of locks",
        "toast",
        {
            "praise.otp": "OTP verified. Your account will be locked after 5 wrong PINs.",
            "praiserole": "alert",
        },
    ),
    Change(
        "toast of success that speaks of failures",
        "toast",
        {"praise.pin": "Login successful. Last failed login attempt: never."},
    ),
    Change(
        "toast on arrival",
        "toast",
        {"early": {"text": "Your previous session has expired.", "role": "alert"}},
    ),
    Change(
        "toast that stays",
        "toast",
        {"early": {"text": "Invalid logins are reported to CERT-In.", "stay": True}},
    ),
    Change(
        "toast of success with a number", "toast", {"praise.mobile": "OTP sent successfully [200]"}
    ),
    _wall(
        "cookies: essential",
        "Cookies & privacy",
        "We use cookies.",
        [
            ["Allow essential only", "button", "close"],
            ["Allow everything", "button", "close"],
            ["Choose", "link", "more"],
        ],
    ),
    _wall(
        "cookies: without cookies",
        "Your data",
        "Cookies help us.",
        [["Continue without cookies", "link", "close"], ["OK", "button", "close"]],
    ),
    _wall(
        "cookies: I do not accept",
        "Cookies",
        "We use cookies.",
        [["I do not accept", "button", "close"], ["I accept", "button", "close"]],
    ),
    _wall("cookies: in Bengali", "কুকি", "আমরা cookies ব্যবহার করি।", [["ঠিক আছে", "button", "close"]]),
    _wall(
        "cookies: to the site",
        "Cookies",
        "This site uses cookies.",
        [["Take me to the site", "button", "close"], ["Cookie notice", "link", "more"]],
    ),
    _wall(
        "cookies: ask not to track",
        "Allow tracking?",
        "We track how you use the site.",
        [["Ask not to track", "button", "close"], ["Allow", "button", "close"]],
    ),
    _wall(
        "cookies: a bar in Hindi",
        "",
        "हम बेहतर अनुभव के लिए कुकी का प्रयोग करते हैं।",
        [["ठीक", "button", "close"], ["नीति पढ़ें", "link", "more"]],
        shape="bar",
    ),
    _notice(
        "incorrect codes, as an alert",
        "under",
        "Incorrect OTP or PIN? Wait for 30 seconds.",
        role="alert",
        step="otp",
    ),
    _notice(
        "a valid number, beside the field",
        "field",
        "Enter a valid 10-digit mobile number",
        step="mobile",
    ),
    _notice(
        "attempts, as a status", "under", "You have 5 attempts left.", role="status", step="pin"
    ),
    Change(
        "toast of success on attempts",
        "toast",
        {"praise.mobile": "OTP sent. Invalid attempts left: 3", "praiserole": "alert"},
    ),
    Change(
        "toast of success on an old session",
        "toast",
        {"praise.otp": "Verified. Your previous session has expired.", "praiserole": "alert"},
    ),
    Change(
        "toast of success on an old lock",
        "toast",
        {
            "praise.otp": "Your account was locked yesterday and is open again.",
            "praiserole": "alert",
        },
    ),
    Change(
        "toast of success on an old PIN",
        "toast",
        {
            "praise.pin": "Logged in. 1 incorrect PIN attempt since your last login.",
            "praiserole": "alert",
        },
    ),
)
