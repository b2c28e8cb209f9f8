"""Views written by hand: a page, what was sent there, and what came of it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.endings import error_of
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Look, Text
from upstox_browser_login.page.next import End, Next
from upstox_browser_login.page.outcome import Outcome, outcome
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    START,
    asked,
    button,
    ended,
    page,
)

NOW, TYPED, PRESSED = 100.0, 90.0, 91.0
NUMBER_FORM = page(MOBILE, words="Get OTP")
CODE_FORM = page(OTP)
PIN_FORM = page(PIN)
BLANK = Look(ready=True)
STRANGE = Look(ready=True, texts=(Text("Your yearly summary is ready.", head=True),))


def filled(look: Look, length: int = 6) -> Look:
    """The same look with what was typed in its field."""
    return replace(look, fields=(replace(look.fields[0], holds=True, length=length),))


def typed(before: Sent, purpose: Purpose, field: int, **about: Any) -> Sent:
    """A credential was typed, and nothing was pressed yet."""
    done: dict[str, Any] = {"last": purpose, "typed_at": TYPED, "acted_at": TYPED, "field": field}
    done |= {"codes": before.codes + 1} if purpose == "otp" else {purpose: True}
    return replace(before, **({"fills": 1, "pressed_at": None} | done | about))


def submitted(sent: Sent) -> Sent:
    """The button was pressed."""
    return replace(sent, pressed_at=PRESSED, acted_at=PRESSED)


NUMBER_TYPED = typed(START, "mobile", 1)
CODE_TYPED = typed(NUMBER_TAKEN, "otp", 2)
PIN_TYPED = typed(CODE_TAKEN, "pin", 3)
NUMBER_SENT, CODE_SENT, PIN_SENT = map(submitted, (NUMBER_TYPED, CODE_TYPED, PIN_TYPED))
PIN_TAKEN = replace(PIN_SENT, accepted=PIN_SENT.accepted | {"pin"})


def view(look: Look = BLANK, *calls: Call, sent: Sent = START, **about: Any) -> View:
    """A view at 100 of a look that has stood for ten seconds, of a page idle since it was typed."""
    heard = {"otp": ASKS_FOR_CODE, "pin": PIN_IS_SET}.get(sent.last or "", Traffic())
    if sent.last == "mobile" and "mobile" in sent.accepted:
        heard = ASKS_FOR_CODE
    if sent.last == "otp" and "otp" in sent.accepted:
        heard = PIN_IS_SET
    values: dict[str, Any] = {"now": NOW, "stood": 10.0, "idle_since": 95.0}
    traffic = Traffic((*heard.calls, *calls))
    return View(look=look, traffic=traffic, sent=sent, **(values | about))


def complaint(text: str, where: Any = "message") -> Complaint:
    return Complaint(Said.of(text), where)


def complaining(text: str, at: float = 95.0, where: Any = "message") -> dict[str, Any]:
    """What the page has complained of since `at`."""
    return {"complaints": (complaint(text, where),), "complained_at": at}


def end(step: Next) -> End:
    assert isinstance(step, End), step
    return step


def code(step: Next) -> str:
    """The code of the error that a login ends with."""
    return error_of(end(step), "pin", "https://login.upstox.com/").code


CARRIES_PIN = asked("9", 91.1, carries=frozenset({"pin"}))
CARRIES_CODE = asked("9", 91.1, carries=frozenset({"code"}))
CARRIES_NUMBER = asked("9", 91.1, carries=frozenset({"mobile"}))
SEALED = asked("9", 90.5)
"""Nobody can see what it carries."""
UNREAD = replace(CARRIES_PIN, status=200, ended=91.5)
"""Its answer tells nothing."""
TAKEN = ended(CARRIES_PIN, 92.0, ok=True)
SETTINGS = ended(asked("20", 91.2, path="/v2/settings"), 91.5, 404, ok=False)
"""It is none of the login's own, and fails."""

FILLED = filled(NUMBER_FORM, 10)
WRONG_NUMBER = "Please enter a valid mobile number"
LOCK = "Due to too many incorrect PIN attempts, your account has been locked."


LOADS: dict[str, Any] = {"method": "GET", "posts": False}


def came(*calls: Call, sent: Sent = PIN_SENT) -> Outcome:
    return outcome(View(NOW, BLANK, 1.0, Traffic(calls), sent))


def with_button(look: Look, **about: Any) -> Look:
    return replace(look, controls=(button("Continue", **about),))
