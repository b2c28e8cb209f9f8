"""What server-side frameworks answer, and more that comes with another front end."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change

from .roadmap import refused
from .shipped import Sheet, habit, said

_sheet = Sheet("library")
_skin, _place, _ways, _screen = _sheet.skin, _sheet.place, _sheet.ways, _sheet.screen

_FRAMINGS = {
    "htmx": "fragment",
    "Turbo": "turbo",
    "server actions of React": "flight",
    "Server Faces": "faces",
    "an update panel": "delta",
    "gRPC": "grpc",
    "JSON behind a guard": "guarded",
    "lines of JSON": "lines",
    "actions of SvelteKit": "action",
    "Livewire": "wired",
    "Inertia": "inertia",
}


def _shown(name: str, part: str, call: str, text: str, expect: str, **more: Any) -> Change:
    options = {"codeless": True, **_sheet.error(part), **more}
    return refused(f"reframed: {name}", call, text, expect, **options)


def _answered(name: str, framework: str, call: str, text: str, expect: str) -> Change:
    """A refusal as a framework answers it, beside the field."""
    options = {"error": "inline", "codeless": True, "wire": _FRAMINGS[framework]}
    return refused(f"reframed: {name} refused by {framework}", call, text, expect, **options)


_ANSWERS = tuple(
    Change(f"reframed: {name}", "wire", {"wire": way}) for name, way in _FRAMINGS.items()
)
_REFUSALS = (
    *(
        _answered("PIN", name, "pin", "Incorrect PIN. Please try again.", "PIN_REJECTED")
        for name in (
            "htmx",
            "Turbo",
            "server actions of React",
            "gRPC",
            "actions of SvelteKit",
            "Livewire",
            "Inertia",
        )
    ),
    *(
        _answered("code", name, "verify", "The code you entered is incorrect.", "TOTP_REJECTED")
        for name in ("htmx", "Livewire", "Inertia", "actions of SvelteKit")
    ),
    _answered(
        "number",
        "htmx",
        "generate",
        "This mobile number is not registered with us.",
        "MOBILE_REJECTED",
    ),
)

_FORMS = (
    _skin("reframed: symbols, no form", "field: symbols in a button without a form"),
    _skin("reframed: two icons of letters", "field: two icons of letters"),
    _skin("reframed: signs of an icon font", "field: an icon font's own signs"),
    _skin("reframed: a number field", "field: number field of react aria", "otp"),
    _skin("reframed: a pad with a tick that sends", "pin: a pad with a tick that sends", "pin"),
    _place("reframed: drawn smaller", "place: drawn smaller"),
    _place("reframed: zoomed", "place: zoomed"),
    _place("reframed: drawn when it is near", "place: content that is drawn when it is near"),
    habit("reframed: closed by a fieldset at first", fenced=1200),
)

_SCREENS = (
    _screen("reframed: a switch not to be asked", "end", "a switch not to be asked"),
    _screen("reframed: one button and a tick", "mobile", "one button and a tick"),
    _screen("reframed: consent by Keycloak", "end", "consent of keycloak"),
    _screen("reframed: consent by Auth0", "end", "consent of auth0"),
    _screen("reframed: consent by Okta", "end", "consent of okta"),
    _screen("reframed: continue as", "pin", "continue as"),
    _screen("reframed: a stepper’s end", "end", "a stepper's end"),
    _screen("reframed: other sessions stay", "pin", "signed out elsewhere"),
    _ways("reframed: ways as Microsoft says them", "ways: as microsoft says it"),
)

_ERRORS = (
    _shown("toastr", "toastr", "pin", "The PIN is incorrect", "PIN_REJECTED"),
    _shown("react-hot-toast", "hot toast", "verify", "Wrong OTP", "TOTP_REJECTED"),
    _shown(
        "a notification to press",
        "a notification that closes when pressed",
        "pin",
        "Wrong PIN",
        "PIN_REJECTED",
    ),
    _shown("Ant's box", "ant modal confirm", "pin", "PIN does not match", "PIN_REJECTED"),
    _shown(
        "an output",
        "an output element",
        "pin",
        "Incorrect PIN",
        "PIN_REJECTED",
        errorplace="above",
    ),
    _shown(
        "a summary of links",
        "a summary of links",
        "pin",
        "The PIN you entered is incorrect",
        "PIN_REJECTED",
        errorplace="above",
        documents="post",
    ),
    _shown(
        "a flash",
        "a flash of the server",
        "verify",
        "Invalid OTP",
        "TOTP_REJECTED",
        errorplace="above",
        documents="post",
    ),
    refused(
        "reframed: PIN refused, it shakes, the answer has a number",
        "pin",
        "Unprocessable",
        "PIN_REJECTED",
        error="shake",
    ),
)

_WORDS = (
    said(
        "reframed: MFA",
        otpTitle="Multi-factor authentication",
        otpLabel="MFA code",
        otpOrTotpLabel="MFA code",
        otpButton="Submit",
    ),
    said(
        "reframed: a token",
        otpTitle="Two-step verification",
        otpLabel="Token",
        otpOrTotpLabel="Authenticator token",
        otpButton="Verify token",
    ),
    said(
        "reframed: an app code",
        otpTitle="Open your authenticator",
        otpLabel="App code",
        otpOrTotpLabel="App code",
        otpButton="Next",
    ),
    said(
        "reframed: contact number",
        mobileTitle="Sign in",
        mobileLabel="Contact number",
        mobileButton="Continue",
    ),
    said(
        "reframed: digits",
        mobileLabel="10-digit mobile",
        otpLabel="6 digits from your app",
        otpOrTotpLabel="6 digits from your app",
        pinLabel="Your 6-digit login PIN",
        pinButton="Sign in",
    ),
    said(
        "reframed: Punjabi",
        mobileLabel="ਆਪਣਾ ਮੋਬਾਈਲ ਨੰਬਰ ਭਰੋ",
        mobileButton="ਓਟੀਪੀ ਭੇਜੋ",
        otpLabel="ਓਟੀਪੀ ਭਰੋ",
        otpOrTotpLabel="ਓਟੀਪੀ ਜਾਂ ਟੀਓਟੀਪੀ ਭਰੋ",
        otpButton="ਅੱਗੇ ਵਧੋ",
        pinLabel="ਪਿੰਨ ਭਰੋ",
        pinButton="ਦਾਖਲ ਹੋਵੋ",
    ),
)

CHANGES = (*_ANSWERS, *_REFUSALS, *_FORMS, *_SCREENS, *_ERRORS, *_WORDS)
