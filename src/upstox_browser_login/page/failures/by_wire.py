"""What a failed call of a submission means."""

from __future__ import annotations

from http import HTTPStatus

from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.here import Evidence
from upstox_browser_login.page.next import End, Next, Wait
from upstox_browser_login.page.outcome import carried_it, outcome, own_calls
from upstox_browser_login.page.owed import POLLED, owed
from upstox_browser_login.page.said import SAYS_NO_REASON, Said, meaning_of, refused_by_answer
from upstox_browser_login.page.screens.ends import said_by_title
from upstox_browser_login.page.screens.texts import titles
from upstox_browser_login.page.states.screens import screen
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.answers import Answer, repeats_itself
from upstox_browser_login.page.wire.calls import Call
from upstox_browser_login.page.words import CODES, OF_WHAT_WAS_SENT, Meaning

from .meanings import after_failure, meant
from .messages import complaint_elsewhere, standing_complaint, telling_complaint

_REFUSED_IN_TROUBLE = OF_WHAT_WAS_SENT - {"mobile refused"}
"""What a server may refuse with a status of trouble, in a format that only the page can read."""

_OF_THE_LOGIN: frozenset[Meaning] = frozenset({"session lost", "maintenance"})
"""What a status such as 401 may mean, and a page then says."""


def by_wire(view: View) -> Next | None:
    """What follows from the answers alone."""
    facts = view.traffic.facts
    if facts.get("userType") == "LEAD":
        why = (Evidence("wire", 2, "userType is LEAD"),)
        return End(
            "no customer", screen("account opening").message, why=why, name="account opening"
        )
    came = outcome(view)
    call = came.call
    if came.state != "failed" or call is None or view.sent.last in view.sent.accepted:
        return None
    if call.answer is not None and repeats_itself(call.answer):
        return None
    # The page has a moment to show its message, for whoever reads the evidence. Where it is not
    # certain that this call was the form's, it may also go on.
    age = view.now - (call.ended if call.ended is not None else view.now)
    certain = carried_it(view, call)
    if may_be_another(view, call):
        return None
    at_once = certain and not _may_be_asked_again(view, call)
    if age < (view.timing.last_words if at_once else view.timing.settle):
        return Wait(view.timing.last_words / 2, "the page may say why") if certain else None
    told = None
    if call.answer is not None and not call.broke and _leaves_it_to_the_page(view, call.answer):
        told = _told_by_page(view, call, call.answer, age)
    return told or after_failure(view, call, view.sent.last, accepted=False)


def may_be_another(view: View, call: Call) -> bool:
    """Whether a call may be about something else, since it came before any press.

    It was not seen to hold what was typed, is none of the login's own, and its answer says nothing
    of a number, code, PIN or account.
    """
    pressed_at = view.sent.pressed_at
    came_of_a_press = pressed_at is not None and call.at >= pressed_at
    if came_of_a_press or call.main or call.of_the_login or carried_it(view, call):
        return False
    answer = call.answer
    said = answer.said if answer is not None else None
    return (
        answer is None
        or (answer.meaning not in OF_WHAT_WAS_SENT and (said is None or said.code not in CODES))
    ) and not _refuses(view, said)


def _refuses(view: View, said: Said | None) -> bool:
    """Whether the words of an answer refuse what was typed last."""
    if view.sent.last is None or said is None:
        return False
    return refused_by_answer(view.sent.last, said.text) is not None


def _told_by_page(view: View, call: Call, answer: Answer, age: float) -> Next | None:
    """What the page's message or marks mean, where the answer has no words of its own."""
    told = _worded_by_page(view, answer)
    if told is not None:
        return meant(view, *told, "", view.sent.last, wire=False)
    says_else = answer.status >= 500 and telling_complaint(view) is not None
    if age < view.timing.settle and not says_else:
        return Wait(0.1, "the page may say what its server does not")
    marked = _marked_by_page(view, call)
    if marked is None:
        return None
    return meant(view, marked, answer.said or Said(""), "", view.sent.last, wire=True)


def _may_be_asked_again(view: View, call: Call) -> bool:
    """Whether the page may send the number again, after trouble or a wait that has refused nothing.

    A code or PIN may have been accepted although no answer came. A number that was sent too often
    is not accepted any more.
    """
    answer = call.answer
    in_trouble = (call.status or 0) >= 500 and (answer is None or answer.said is None)
    waits = call.status == HTTPStatus.TOO_MANY_REQUESTS
    is_repeated = len(own_calls(view)) > POLLED
    return view.sent.last == "mobile" and (call.broke or in_trouble or waits) and not is_repeated


def _worded_by_page(view: View, answer: Answer) -> tuple[Meaning, Said] | None:
    """The page's message, where the failed answer has only a number or nothing.

    A server in trouble refuses nothing, so only a message at the form counts there. Where there is
    nothing but a status, the page also says what else it means, such as a lost session.
    """
    telling = telling_complaint(view)
    if answer.status >= 500:
        return _among(_REFUSED_IN_TROUBLE, telling)
    telling = telling or complaint_elsewhere(view) or standing_complaint(view)
    if answer.said is not None:
        return _among(OF_WHAT_WAS_SENT, telling)
    return _among(OF_WHAT_WAS_SENT | _OF_THE_LOGIN, telling) or _headed(view)


def _among(meanings: frozenset[Meaning], told: Complaint | None) -> tuple[Meaning, Said] | None:
    return None if told is None or told.meaning not in meanings else (told.meaning, told.said)


def _headed(view: View) -> tuple[Meaning, Said] | None:
    """What the heading of a page without a form says of the login."""
    if view.look.fields:
        return None
    told = ((meaning_of(each), Said.of(each)) for each in titles(view.look))
    lost = next(((meaning, said) for meaning, said in told if meaning in _OF_THE_LOGIN), None)
    trouble = said_by_title(view.look)
    if lost is None and trouble is not None and trouble[0] in _OF_THE_LOGIN:
        return trouble[0], Said.of(trouble[1])
    return lost


_MARKED: dict[str, Meaning] = {"otp": "code refused", "pin": "pin refused"}


_OF_WHAT_IT_HOLDS = frozenset({400, 422})
"""Statuses that refuse the content of a request. Other statuses are about the session or trouble.

Upstox itself refuses with 200.
"""


def _marked_by_page(view: View, call: Call) -> Meaning | None:
    """What a failure without a message means, where the page marks the field as wrong.

    The call must have carried the code or PIN, the answer and the page must name no other reason,
    and the page must owe nothing. An emptied field counts as marked for a code. For a PIN it does
    not, since Upstox's page empties the PIN when the session is lost (1017007) and keeps a refused
    one.
    """
    purpose, answer = view.sent.last, call.answer
    if purpose not in _MARKED or not carried_it(view, call) or view.complaints:
        return None
    if answer is None or not answer.is_json or owed(view):
        return None
    if answer.status >= 400 and answer.status not in _OF_WHAT_IT_HOLDS:
        return None
    if answer.said is not None and not SAYS_NO_REASON.search(answer.said.text):
        return None
    own = [each for each in view.look.fields if each.n == view.sent.field and not each.covered]
    empties = purpose == "otp" and any(each.length == 0 for each in own)
    return _MARKED[purpose] if empties or any(each.invalid for each in own) else None


def _leaves_it_to_the_page(view: View, answer: Answer) -> bool:
    """Whether only the page can say what the failure means.

    The answer has no message, or one in a format that only the page can read.
    """
    purpose = view.sent.last
    if answer.is_unread_trouble:
        return True
    if not answer.is_wordless:
        return False
    return (
        purpose is None or answer.said is None or not refused_by_answer(purpose, answer.said.text)
    )
