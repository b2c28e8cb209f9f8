"""Other verbs, cases, languages and signs."""

from __future__ import annotations

from benchmarks.drift.change import Change

CHANGES = (
    *(
        Change(f"wording: {name}", "words", {"text": name})
        for name in (
            "formal",
            "casual",
            "upper",
            "lower",
            "ellipsis",
            "icons",
            "hindi",
            "hinglish",
            "login-words",
            "mpin",
        )
    ),
    Change(
        "button: Next",
        "words",
        {"text.mobileButton": "Next", "text.otpButton": "Next", "text.pinButton": "Next"},
    ),
    Change(
        "button: Proceed securely",
        "words",
        {
            "text.mobileButton": "Proceed securely",
            "text.otpButton": "Proceed securely",
            "text.pinButton": "Proceed securely",
        },
    ),
    Change("button: Log In to Upstox", "words", {"text.pinButton": "Log In to Upstox"}),
    Change("button: Verify & continue", "words", {"text.otpButton": "Verify & continue"}),
    Change(
        "code called a passcode",
        "words",
        {"text.otpLabel": "Passcode", "text.otpOrTotpLabel": "Passcode (SMS or app)"},
    ),
    Change(
        "PIN called a passcode",
        "words",
        {"text.pinLabel": "Enter passcode", "text.pinTitle": "Unlock with your passcode"},
    ),
    Change(
        "code called a security code",
        "words",
        {
            "text.otpLabel": "Security code",
            "text.otpOrTotpLabel": "Security code",
            "text.otpTitle": "Enter the security code from your authenticator app",
        },
    ),
    Change(
        "heading without a hint",
        "words",
        {"text.mobileTitle": "Welcome", "text.otpTitle": "Welcome", "text.pinTitle": "Welcome"},
    ),
    Change("headings left out", "words", {"headings": False}),
    Change(
        "mobile's label names two ways",
        "words",
        {"text.mobileLabel": "Mobile number or registered phone"},
    ),
)
