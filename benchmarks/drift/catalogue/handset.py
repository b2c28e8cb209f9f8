"""What a team makes of the page that has built apps for phones before, and its security office."""

from __future__ import annotations

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, said

_sheet = Sheet("handset")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen


_FIELDS = (
    _skin("handset: a chat", "field: chat bubbles"),
    _skin("handset: Previous and next", "field: wizard with back and next"),
    _skin("handset: a helpline at the label", "field: help under the label"),
    _skin("handset: a floating button", "field: floating action button"),
    _skin("handset: big boxes", "otp: six big boxes and a timer in the button", "otp"),
    _skin("handset: the app's picture", "otp: from the app, with a picture", "otp"),
    _skin("handset: a locked screen", "pin: locked screen", "pin"),
    _skin("handset: log in or create", "number: sign in or sign up in one", "mobile"),
    _skin("handset: a referral below", "number: with referral below", "mobile"),
)

_PLACES = (
    _place("handset: bars above and below", "place: app bar and tabs below"),
    _place("handset: kinds of accounts", "place: accordion of accounts"),
    _place("handset: an alert to set", "place: price alert form"),
    _place("handset: a webinar", "place: webinar sign-up"),
)

_SCREENS = (
    _screen("handset: back online", "mobile", "pull to refresh"),
    _screen("handset: a list to check", "mobile", "checklist"),
    _screen("handset: an app lock", "pin", "ask for app lock"),
    _screen("handset: dark mode", "end", "dark theme"),
    _screen("handset: the last visit", "end", "feedback"),
    _screen("handset: an IPO", "end", "ipo"),
    _screen("handset: is this you", "pin", "identity summary"),
    _screen("handset: sessions end", "end", "session"),
    _screen("handset: connected", "end", "connected apps"),
    _screen("handset: access", "end", "app access"),
    _screen("handset: a notice in Hindi", "mobile", "hindi notice"),
    _screen("handset: welcome in Hinglish", "pin", "hinglish welcome"),
    _screen("handset: no in Kannada", "end", "kannada later"),
    _ways("handset: rows of ways", "ways: toggle rows"),
    _ways("handset: approve on the phone", "ways: authenticator first"),
)

_WORDS = (
    said(
        "handset: words of an app",
        mobileTitle="Enter your number",
        mobileLabel="10-digit number",
        mobileButton="Get started",
        otpTitle="Enter code",
        otpLabel="6-digit code",
        otpOrTotpLabel="6-digit code from SMS or authenticator",
        otpButton="Confirm",
        pinTitle="Enter PIN",
        pinLabel="6-digit PIN",
        pinButton="Unlock",
    ),
    said(
        "handset: words of the security office",
        mobileTitle="Identify yourself",
        mobileLabel="Registered mobile",
        mobileButton="Send passcode",
        otpTitle="Possession factor",
        otpLabel="Passcode received on mobile",
        otpOrTotpLabel="Passcode (TOTP or SMS)",
        otpButton="Verify passcode",
        pinTitle="Secret",
        pinLabel="Secret PIN",
        pinButton="Authenticate",
    ),
    said(
        "handset: Gujarati throughout",
        mobileTitle="લૉગ ઇન કરો",
        mobileLabel="તમારો મોબાઇલ નંબર",
        mobileButton="કોડ મોકલો",
        otpTitle="ચકાસણી",
        otpLabel="OTP દાખલ કરો",
        otpOrTotpLabel="OTP અથવા TOTP દાખલ કરો",
        otpButton="આગળ",
        pinTitle="સ્વાગત છે",
        pinLabel="6 અંકનો પિન",
        pinButton="ખોલો",
    ),
)

_ERRORS = (
    refused(
        "handset: PIN refused, it shakes",
        "pin",
        "Try that PIN again",
        "PIN_REJECTED",
        error="shake",
        codeless=True,
    ),
    refused(
        "handset: PIN refused in the button",
        "pin",
        "PIN does not match",
        "PIN_REJECTED",
        error="button",
        codeless=True,
    ),
    refused(
        "handset: codes refused, in Hindi",
        "verify",
        "यह कोड सही नहीं है",
        "TOTP_REJECTED",
        error="inline",
        codeless=True,
    ),
    refused(
        "handset: too many tries",
        "verify",
        "Maximum OTP attempts reached. Please wait 10 minutes.",
        "RATE_LIMITED",
        error="banner",
        codeless=True,
        **{"fail.verify": 1017078},
    ),
    refused(
        "handset: suspended after five",
        "pin",
        "Your account is temporarily locked. Unlock it from the app.",
        "ACCOUNT_LOCKED",
        error="modal",
        codeless=True,
        **{"fail.pin": 1017090},
    ),
)

_AROUND = (
    Change(
        "handset: a sheet of cookies",
        "cookies",
        {
            "cookies": {
                "title": "Cookie time",
                "text": "Pick how we use cookies.",
                "buttons": [["Required only", "button", "close"], ["Customize", "link", "more"]],
            }
        },
    ),
    Change(
        "handset: a hint on the gesture",
        "popover",
        {
            "popover": {
                "title": "Tip: swipe to switch accounts",
                "text": "",
                "buttons": [["Show me", "link", "astray"], ["Okay!", "primary", "close"]],
            }
        },
    ),
    Change(
        "handset: a toast on the network",
        "toast",
        {"early": {"text": "You were offline for a moment.", "role": "status", "stay": True}},
    ),
)

CHANGES = (*_FIELDS, *_PLACES, *_SCREENS, *_WORDS, *_ERRORS, *_AROUND)
