"""What a failure means for the login: its end, or the second code."""

from __future__ import annotations

from upstox_browser_login.page.next import Again, End, Next
from upstox_browser_login.page.said import Said, refused_by_answer, refuses_pin
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import CARRIED, Call, in_words
from upstox_browser_login.page.words import CODES, REFUSALS, Meaning

MAY_MEAN: dict[str, frozenset[Meaning]] = {
    "otp": frozenset({"code refused", "rate limited", "locked"}),
    "pin": frozenset({"pin refused", "locked"}),
    "password": frozenset({"pin refused", "locked"}),
}
"""Meanings that a page file may give to a message after a code, a PIN or a password.

An unknown message counts as a refusal there, so that the credential is not sent again. A page file
may say the same or worse.
"""


def after_failure(view: View, call: Call, purpose: Purpose | None, *, accepted: bool) -> Next:
    """The next step after a call that failed."""
    if call.broke or (call.answer is None and call.status is None):
        reason = in_words(call.failure or "no answer")
        message = f"The page's request failed: {reason}."
        return End("network", message, purpose=purpose, broke=not accepted, accepted=accepted)
    status = call.status or 0
    answer = call.answer
    if answer is None:
        meaning = meaning_of_status(status)
        said = None
    else:
        meaning, said = answer.meaning, answer.said
        if meaning == "unknown" and said is not None and not accepted and purpose is not None:
            # An answer with status 500 or above is the server's own trouble and no refusal.
            carried = CARRIED[purpose] in call.carries and status < 500
            meaning = (refused_by_answer(purpose, said.text) if carried else None) or meaning
    if said is None:
        message = f"Upstox answered the page with HTTP {status}."
        if status < 400:
            message = f"Upstox answered the page with {_described(answer)}."
        said = Said("", status=status if status >= 400 else None)
    else:
        message = ""
    return meant(view, meaning, said, message, purpose, wire=True, accepted=accepted)


def _described(answer: Answer | None) -> str:
    """What an answer is from which nobody can tell why it failed."""
    if answer is not None and answer.is_too_long:
        return "more than can be read"
    is_json = answer is not None and answer.is_json
    return "a failure and no message" if is_json else "something that is not JSON"


def meant(
    view: View,
    meaning: Meaning,
    said: Said,
    message: str,
    purpose: Purpose | None,
    *,
    wire: bool,
    accepted: bool = False,
) -> Next:
    """The next step that a message about a submission means: the end, or the second code."""
    sent = view.sent
    by_file = view.marks.meaning_of(said) if said.meaning == "unknown" else None
    if by_file is not None and meaning in {"unknown", by_file}:
        meaning = by_file if by_file in MAY_MEAN.get(purpose or "", {by_file}) else "unknown"
        if not accepted:
            # A page file can name the ending of a login, but it never allows a second code.
            return End(meaning, message, said, purpose=purpose)
    if not wire and meaning == "trouble":
        said = Said(said.text)  # the page's "[500]" is made up
    lost = meaning == "session lost" and not sent.pin and sent.codes < 2
    if accepted:
        if meaning in REFUSALS:
            meaning = "unknown"  # what was accepted cannot be refused
        return End(meaning, message, said, purpose=purpose, accepted=True, fresh_start=lost)
    if purpose == "pin" and (meaning in _OF_A_CODE or _also_refuses_pin(meaning, said)):
        meaning = "pin refused"  # such as "4 attempts left"
    if purpose == "mobile" and meaning in _OF_A_CODE_OR_PIN and said.code not in CODES:
        meaning = "trouble"  # such as "OTP generation failed": no code or PIN was sent yet
    if purpose == "otp" and meaning == "pin refused":
        meaning = "code refused"
    if (
        purpose == "otp"
        and meaning == "code refused"
        and sent.codes < 2
        and not _is_a_dead_end(view)
    ):
        return Again(said)
    return End(meaning, message, said, purpose=purpose, fresh_start=lost)


def _is_a_dead_end(view: View) -> bool:
    """Whether an error's own document has come in place of the form, with nothing but links.

    No other code can be typed there.
    """
    document = view.traffic.document
    failed = document is not None and (document.status or 0) >= 400
    links = all(each.is_link for each in view.look.controls)
    return failed and not view.look.fields and links


_OF_A_CODE: frozenset[Meaning] = frozenset({"code refused", "code too short"})
_OF_A_CODE_OR_PIN: frozenset[Meaning] = _OF_A_CODE | {"pin refused"}


def _also_refuses_pin(meaning: Meaning, said: Said) -> bool:
    """Whether a message that means a wait or a lost session refuses the PIN as well.

    A PIN that was refused is never sent again, while a run after a wait would send it.
    """
    return meaning in {"rate limited", "session lost"} and refuses_pin(said)


def meaning_of_status(status: int) -> Meaning:
    """What an HTTP status means by itself."""
    if status == 429:
        return "rate limited"
    return "challenge" if status in {401, 403} else "trouble"
