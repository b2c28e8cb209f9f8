"""Looks written by hand: the three forms of a login, and what is made of them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from upstox_browser_login.page.here import Form, Here, Sent
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic

AT = (500, 300, 240, 40)
BELOW = (500, 360, 240, 44)

MOBILE = Field(
    n=1, id="mobileNum", maxlength=10, near=("Enter mobile number", "+91"), form=9, at=AT
)
OTP = Field(n=2, id="otpNum", near=("Enter OTP or TOTP",), form=9, at=AT)
PIN = Field(
    n=3,
    id="pinCode",
    type="password",
    masked=True,
    inputmode="numeric",
    maxlength=6,
    label="Enter 6-digit PIN",
    form=9,
    at=AT,
)


def button(words: str, **about: Any) -> Control:
    """A button that submits the form."""
    values: dict[str, Any] = {"n": 20, "type": "submit", "words": words, "form": 9, "at": BELOW}
    return Control(**(values | about))


def page(
    *fields: Field, words: str = "Continue", texts: tuple[str, ...] = (), **about: Any
) -> Look:
    """A page with these fields and one button."""
    lines = tuple(Text(each) for each in texts)
    return Look(ready=True, fields=fields, controls=(button(words),), texts=lines, **about)


def answered(number: str, **facts: Any) -> Call:
    """A call of the login that was answered with success."""
    return Call(
        id=number,
        at=1.0,
        method="POST",
        host="service.upstox.com",
        path="/login/open/v9/auth",
        kind="data",
        trusted=True,
        posts=True,
        status=200,
        ended=2.0,
        answered_at=float(number),
        answer=Answer(200, ok=True, facts=facts, is_json=True),
    )


def purpose(here: Here) -> str:
    """What the form that is here wants, or what else is here."""
    return here.purpose if isinstance(here, Form) else type(here).__name__


SILENT = Traffic()
START = Sent()
NUMBER_TAKEN = Sent(mobile=True, accepted=frozenset({"mobile"}), last="mobile", field=1)
CODE_TAKEN = replace(NUMBER_TAKEN, codes=1, accepted=frozenset({"mobile", "otp"}), last="otp")
LOGGED_IN = replace(CODE_TAKEN, pin=True, accepted=frozenset({"mobile", "otp", "pin"}))
ASKS_FOR_CODE = Traffic((answered("1", isTotpEnabled=True, nextRequestInterval=120),))
PIN_IS_SET = Traffic((*ASKS_FOR_CODE.calls, answered("2", isSecretPinSet=True)))


def asked(number: str, at: float = 95.0, **about: Any) -> Call:
    """A call of the page that began at `at` and has no answer yet: of the login, by default."""
    values: dict[str, Any] = {
        "method": "POST",
        "host": "service.upstox.com",
        "path": "/login/open/v4/auth/2fa",
        "kind": "data",
        "trusted": True,
        "posts": True,
    }
    return Call(id=number, at=at, **(values | about))


def ended(call: Call, at: float, status: int | None = 200, **about: Any) -> Call:
    """The same call once it has ended. `about` is its answer, where it was read."""
    answer = None
    if about and status is not None:
        answer = Answer(status, **({"ok": status < 400, "is_json": True} | about))
    return replace(call, status=status, ended=at, answered_at=at, answer=answer)


LED = Traffic((asked("0", method="GET", posts=False, kind="document", main=True, status=200),))
"""The dialog has led to the page."""

BARE = Field(n=1, label="Enter mobile number", at=AT)
BUSINESS = Field(n=8, label="Entity ID", heading="Businesses", form=10, at=(900, 300, 240, 40))
CHAT = Field(n=70, placeholder="Type your question", at=(1000, 660, 240, 40))


def screen_of(title: str, *words: str, modal: bool = False) -> Look:
    """A screen without a field: a heading, and controls with these words."""
    return Look(
        ready=True,
        texts=(Text(title, head=True), *(Text(each, control=True) for each in words)),
        controls=tuple(Control(index, words=each) for index, each in enumerate(words, 1)),
        modal=modal,
    )


def screen_that_says(title: str, text: str, *words: str) -> Look:
    """The same with a text under the heading."""
    look = screen_of(title, *words)
    return replace(look, texts=(*look.texts, Text(text)))


SEARCH = Field(n=9, type="search", placeholder="Search stocks", form=7, at=(300, 20, 200, 30))
"""Of a home page, none of a login's."""
