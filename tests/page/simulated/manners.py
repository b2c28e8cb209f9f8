"""How a page may behave, and how a login must end there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st

Form = Literal["mobile", "otp", "pin"]
FORMS: tuple[Form, ...] = ("mobile", "otp", "pin")
Fate = Literal["taken", "refused", "refused once", "broke", "silent"]
Approval = Literal[
    "given", "late", "silent", "broke", "in trouble", "refused", "denied", "not ours"
]
REFUSALS = {
    "mobile": (1017016, "This mobile number is not registered with us.", "MOBILE_REJECTED"),
    "otp": (1017073, "Invalid OTP entered. Please try again.", "TOTP_REJECTED"),
    "pin": (1017106, "Incorrect PIN entered. You have 4 attempts left.", "PIN_REJECTED"),
    "lock": (1017090, "Your account has been locked, as the PIN was wrong.", "ACCOUNT_LOCKED"),
}
SESSION_LOST = {"mobile": 1017105, "otp": 1017095, "pin": 1017079}
ENDED_BY_APPROVAL: dict[Approval, str] = {
    "given": "OK",
    "late": "OK",
    "silent": "TIMEOUT",
    "broke": "NETWORK",
    "in trouble": "SERVER_ERROR",
    "refused": "CLIENT_REJECTED",
    "denied": "AUTHORIZATION_DENIED",
    "not ours": "STATE_MISMATCH",
}


@dataclass(frozen=True)
class Manners:
    """How one form behaves. Times are seconds; None is never."""

    draws: float = 0.0
    """After the answer before it."""
    redraws: float | None = None
    empties: float | None = None
    wants_keys: bool = False
    enables: float = 0.0
    sends_itself: float | None = None
    has_button: bool = True
    sends_late: float = 0.0
    sends_twice: float | None = None
    guards: bool = True
    is_sealed: bool = False
    """Whether nobody can see what its call holds."""
    takes: float = 0.1
    fate: Fate = "taken"
    says_yes: Literal["facts", "sealed", "nothing", "ok"] = "facts"
    says_no: Literal["code", "api", "sealed", "page"] = "code"
    shows_no: Literal["field", "toast", "plain", "dialog"] = "field"
    shows_late: float = 0.0
    is_emptied: bool = False
    """Whether a refusal empties the field."""
    screen_before: bool = False


@dataclass(frozen=True)
class Page:
    """How a page behaves."""

    forms: dict[Form, Manners]
    order: tuple[Form, ...] = FORMS
    settings: float = 0.3
    first_paint: bool = False
    tells: float = 0.0
    """After so long a look is told."""
    documents: float | None = None
    """How long the document takes that each step loads; None if they are drawn by scripts."""
    refuses_by_document: bool = False
    while_busy: Literal["plain", "disabled", "hidden", "spinner"] = "plain"
    cheers: bool = False
    """Whether it praises what was taken, in words that could frighten."""
    keeps_messages: bool = False
    """Whether a refusal still stands beside the next form."""
    asks_every: float | None = None
    other_call: tuple[Form, float, int] | None = None
    """Another call of its own: after which form was typed, how much later, and its status."""
    loses: Form | None = None
    """The form at which the session is lost, the first time."""
    locks: bool = False
    """Whether a refused PIN locks the account."""
    approval: Approval = "given"
    tells_trouble: bool = True
    """Whether it says that something went wrong, if the app is not let in."""


SOON = st.sampled_from([0.0, 0.02, 0.1, 0.5, 1.2])
TAKES = st.sampled_from([0.02, 0.1, 0.8, 3.0, 6.0])


@st.composite
def manners(draw: st.DrawFn, fate: st.SearchStrategy[Any], *, sends_once: bool) -> Manners:
    """How one form may behave; it is lost at most once, since a second loss ends a login."""
    lost = draw(st.sampled_from(["", "", "", "redraws", "empties", "wants_keys"]))
    sends_itself = draw(st.none() | st.sampled_from([0.0, 0.005, 0.03, 0.3, 1.6]))
    is_sealed = sends_itself is None and draw(st.booleans())
    return Manners(
        draws=draw(SOON),
        redraws=draw(st.sampled_from([0.05, 0.3, 1.0, 2.5])) if lost == "redraws" else None,
        empties=draw(st.sampled_from([0.01, 0.05, 0.2, 0.6])) if lost == "empties" else None,
        wants_keys=lost == "wants_keys",
        enables=draw(st.sampled_from([0.0, 0.1, 0.8])),
        sends_itself=sends_itself,
        has_button=sends_itself is None or draw(st.booleans()),
        sends_late=draw(st.sampled_from([0.0, 0.02, 0.4, 1.0])),
        # What nobody can read, nobody can stop from being sent twice.
        sends_twice=None
        if is_sealed or sends_once
        else draw(st.none() | st.sampled_from([0.0, 0.2, 1.0])),
        guards=draw(st.booleans()),
        is_sealed=is_sealed,
        takes=draw(TAKES),
        fate=draw(fate),
        says_yes=draw(st.sampled_from(["facts", "facts", "sealed", "nothing", "ok"])),
        says_no=draw(st.sampled_from(["code", "api", "sealed", "page"])),
        shows_no=draw(st.sampled_from(["field", "toast", "plain", "dialog"])),
        shows_late=draw(st.sampled_from([0.0, 0.3, 1.5])),
        is_emptied=draw(st.booleans()),
        screen_before=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """How a page may behave; at most one thing goes wrong there."""
    wrong = draw(st.sampled_from(["", "", *FORMS, "session", "approval"]))
    loses = draw(st.sampled_from(FORMS)) if wrong == "session" else None
    fates = ["refused", "refused", "broke", "silent"]

    def fate(form: Form) -> st.SearchStrategy[str]:
        if form != wrong:
            return st.just("taken")
        return st.sampled_from([*fates, "refused once"] if form == "otp" else fates)

    # A session that is lost by one answer and found by the next is no page's.
    forms = {each: draw(manners(fate(each), sends_once=loses is not None)) for each in FORMS}
    approvals = [each for each in ENDED_BY_APPROVAL if each != "given"]
    return Page(
        forms=forms,
        order=draw(st.sampled_from([FORMS, FORMS, ("mobile", "pin", "otp")])),
        settings=draw(TAKES),
        first_paint=draw(st.booleans()),
        tells=draw(st.sampled_from([0.0, 0.012, 0.1])),
        documents=draw(st.sampled_from([None, None, 0.05, 0.3, 2.0])),
        refuses_by_document=draw(st.sampled_from([False, False, True])),
        while_busy=draw(st.sampled_from(["plain", "plain", "disabled", "hidden", "spinner"])),
        cheers=draw(st.booleans()),
        keeps_messages=draw(st.booleans()),
        asks_every=draw(st.none() | st.sampled_from([0.4, 3.0])),
        other_call=draw(
            st.none()
            | st.tuples(
                st.sampled_from(FORMS),
                st.sampled_from([0.0, 0.5, 1.2]),
                st.sampled_from([200, 204, 404, 500]),
            )
        )
        # What else it asks as the app is let in may hide why that failed.
        if wrong != "approval"
        else None,
        loses=loses,
        locks=draw(st.booleans()),
        approval=draw(st.sampled_from(approvals)) if wrong == "approval" else "given",
        tells_trouble=draw(st.booleans()),
    )


def endings(page: Page) -> set[str]:
    """The codes with which a login may end at such a page."""
    # What else a page sends by itself forbids to press; what came of it is not known then.
    maybe = set() if page.other_call is None else {"TIMEOUT"}
    for form in page.order:
        match page.forms[form].fate:
            case "refused":
                refusal = "lock" if form == "pin" and page.locks else form
                return maybe | {REFUSALS[refusal][2]}
            case "broke":
                return maybe | {"NETWORK"}
            case "silent":
                return {"TIMEOUT"}
    if page.loses is not None and "pin" in page.order[: page.order.index(page.loses) + 1]:
        return maybe | {"SESSION_LOST"}  # it is begun again only before a PIN was sent
    return maybe | {ENDED_BY_APPROVAL[page.approval]}
