"""Recognises an example of each form and reads an answer, while the browser starts.

That compiles the patterns of a login, which would otherwise delay the page.
"""

from __future__ import annotations

from pathlib import Path

from .here import Here, Sent
from .kept import kept_in
from .look import Control, Field, Look, Text
from .recognise import recognise
from .wire.answers import Answer
from .wire.calls import Call, Traffic


def _answered() -> Call:
    return Call(
        id="answered",
        at=0.0,
        method="POST",
        host="service.upstox.com",
        path="/login/open/v1/auth",
        kind="data",
        trusted=True,
        posts=True,
        status=200,
        ended=0.0,
        answered_at=0.0,
        answer=Answer.read(
            200,
            b'{"success": true, "data": {"message": "OTP verified", "isTotpEnabled": true,'
            b' "result": {"status": "active"}}}',
        ),
    )


def _page(field: Field, title: str, button: str) -> Look:
    return Look(
        ready=True,
        fields=(field,),
        controls=(
            Control(n=2, type="submit", words=button, form=1, at=(0, 60, 240, 44)),
            Control(n=3, words="Resend OTP", form=1, at=(0, 120, 240, 44)),
            Control(n=4, tag="a", words="Privacy policy", at=(0, 400, 240, 20)),
        ),
        texts=(Text(title, head=True), Text(button, control=True), Text("Upstox", footer=True)),
    )


def _field(label: str, identity: str, length: int, kind: str = "text") -> Field:
    return Field(
        n=1,
        id=identity,
        type=kind,
        masked=kind == "password",
        maxlength=length,
        near=(label, "A code was sent to +91 98*** ***10 to log in"),
        form=1,
        at=(0, 0, 240, 40),
    )


def _examples() -> tuple[tuple[Look, Traffic, Sent], ...]:
    answered = _answered()
    return (
        (
            _page(_field("Mobile number", "mobile", 10), "Log in", "Get OTP"),
            Traffic(),
            Sent(),
        ),
        (
            _page(_field("Enter OTP or TOTP", "otp", 0), "Enter OTP", "Continue"),
            Traffic((answered,)),
            Sent(mobile=True, accepted=frozenset({"mobile"}), last="mobile", field=9),
        ),
        (
            _page(_field("Enter 6-digit PIN", "pin", 6, "password"), "Enter PIN", "Continue"),
            Traffic((answered,)),
            Sent(mobile=True, codes=1, accepted=frozenset({"mobile", "otp"}), last="otp", field=9),
        ),
        (
            # An unknown page is searched for everything between the forms.
            Look(ready=True, controls=(Control(n=2, words="Continue"),), texts=(Text("Welcome"),)),
            Traffic(),
            Sent(),
        ),
    )


def rehearse(folder: Path | None = None) -> list[Here]:
    """Recognise the examples, and answer what each was taken for.

    The patterns are kept in `folder`, where there is one: see `kept.kept_in`.
    """
    with kept_in(folder):
        return [recognise(*example) for example in _examples()]
