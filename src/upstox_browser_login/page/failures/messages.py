"""Which of the page's messages is about what was sent last."""

from __future__ import annotations

from upstox_browser_login.page.complaints import Complaint, complaints_of, normal
from upstox_browser_login.page.outcome import outcome, own_calls
from upstox_browser_login.page.phrases import TRY_AGAIN
from upstox_browser_login.page.said import Said, is_a_rule
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import CARRIES_NUMBER
from upstox_browser_login.page.words import Meaning

from .meanings import MAY_MEAN


def telling_complaint(view: View) -> Complaint | None:
    """The complaint that tells most: one with a code, or else one with a known meaning."""
    others = _about_others(view)
    heard = [
        each
        for each in view.complaints
        if each.where != "elsewhere"
        and is_about(view, each)
        and (each.meaning not in others or (each.said.code and each.meaning != "locked"))
    ]
    coded = [each for each in heard if each.said.code is not None]
    known = [each for each in heard if each.meaning != "unknown"]
    # "Something went wrong" often stands above a message that says more.
    telling = [each for each in known if each.meaning != "trouble"]
    return next(iter(coded or telling or known), None)


def complaint_elsewhere(view: View) -> Complaint | None:
    """A new text far from the form that refuses what was sent last."""
    others = _about_others(view)
    found = (e for e in view.complaints if e.where == "elsewhere" and is_about(view, e))
    return next((each for each in found if each.meaning not in others), None)


def standing_complaint(view: View) -> Complaint | None:
    """The message that refused the code before, if the page still shows it."""
    if view.sent.last != "otp" or not view.refused:
        return None
    stood = (each for each in shown(view) if normal(each.said.text) in view.refused)
    return next((each for each in stood if each.meaning in MAY_MEAN["otp"]), None)


def shown(view: View) -> list[Complaint]:
    """All messages that the page shows now, also those that it has shown before."""
    sent = view.sent
    return complaints_of(view.look, frozenset(), sent.field, view.marks, sent.likeness)


def is_about(view: View, complaint: Complaint) -> bool:
    """Whether a complaint is about what was sent.

    "Check your mobile number" holds for everybody. It is about what was sent if the call has
    failed, or if its answer is unreadable and the page marks the text as a message. "Check your PIN
    and try again" beside the field is enough then.
    """
    text = complaint.said.text
    if complaint.said.code is not None or not is_a_rule(text):
        return True
    state = outcome(view).state
    is_told = complaint.where in {"message", "dialog"} or (
        complaint.where == "field" and TRY_AGAIN.search(text) is not None
    )
    return state == "failed" or (state == "unclear" and is_told)


def _about_others(view: View) -> frozenset[Meaning]:
    """Meanings that a message cannot have, by what was submitted last.

    A message about the number is no answer to a later form, unless that form has sent the number as
    well, and one about a code or PIN is no answer to the number. An accepted code or PIN does not
    lock the account.
    """
    sent = view.sent
    if sent.last in sent.accepted:
        return frozenset({"mobile refused", "locked", "rate limited"})
    if sent.last == "mobile":
        return frozenset({"code refused", "code too short", "pin refused", "locked"})
    with_number = any(CARRIES_NUMBER in each.carries for each in own_calls(view))
    may_be_refused = with_number and CARRIES_NUMBER not in sent.accepted
    return frozenset() if may_be_refused else frozenset({"mobile refused"})


def code_of(view: View) -> Said | None:
    """The error code that the wire or the page gave for the last submission."""
    for each in reversed(own_calls(view)):
        if each.answer is not None and each.answer.said is not None and each.answer.said.code:
            return each.answer.said
    return next((each.said for each in view.complaints if each.said.code), None)
