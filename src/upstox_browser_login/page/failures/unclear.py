"""What an answer in an unknown format means."""

from __future__ import annotations

from collections import Counter

from upstox_browser_login.page.here import Form, Here, filled_form
from upstox_browser_login.page.next import Next, Wait
from upstox_browser_login.page.outcome import carried_it, unread_call
from upstox_browser_login.page.owed import owed
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call

from .by_wire import may_be_another
from .meanings import MAY_MEAN, after_failure, meant
from .messages import complaint_elsewhere, standing_complaint, telling_complaint


def is_denied(view: View, call: Call | None) -> bool:
    """Whether the answer denies what was sent, though its format is not known.

    A text of the page that refuses the same is then believed wherever it stands.
    """
    if call is None or call.answer is None:
        return False
    return call.answer.denies and carried_it(view, call)


def refused_again(view: View, here: Here) -> Next | None:
    """The next step if the message that refused the last code still stands after the next one.

    The same refusal has the same message. The answer must say nothing else, and the page must not
    go on.
    """
    call, standing = unread_call(view), standing_complaint(view)
    if standing is None or call is None or call.ended is None:
        return None
    if owed(view) or not (isinstance(here, Form) and here.purpose == "otp"):
        return None
    # If the answer denies the code as well, as long as a message of Upstox's is shown.
    times = 1 if is_denied(view, call) else 2
    if view.now - call.ended < times * view.timing.settle:
        return Wait(0.2, "the page may go on")
    return meant(view, standing.meaning, standing.said, "", "otp", wire=False)


def denied_in_silence(view: View, here: Here) -> Next | None:
    """The next step if only the answer denies what was sent, and the page keeps its form.

    The answer's format is not known, so the page must have had time to say something or to go on.
    """
    call, form = unread_call(view), filled_form(here, view.sent)
    if call is None or call.answer is None or call.ended is None or form is None:
        return None
    denial = call.answer.denial
    if denial is None or not is_denied(view, call) or owed(view):
        return None
    if denial.meaning not in MAY_MEAN.get(form.purpose, {"mobile refused"}):
        return None
    if view.now - call.ended < 2 * view.timing.settle:
        return Wait(0.2, "the page may say more, or go on")
    return meant(view, denial.meaning, denial, "", form.purpose, wire=True)


def without_json(view: View, here: Here) -> Next | None:
    """The end of a form that stays after an answer that is no JSON.

    Some pages are drawn from the server's HTML, but those go on to the next form.
    """
    call = unread_call(view)
    if call is None or call.answer is None or call.ended is None:
        return None
    if call.answer.is_json or call.kind != "data" or not call.trusted:
        return None
    if filled_form(here, view.sent) is None or owed(view):
        return None
    if may_be_another(view, call):
        return None
    if telling_complaint(view) is not None:
        return None  # what the page says counts as soon as it has stood for long enough
    age = view.now - call.ended
    told = complaint_elsewhere(view)
    patience = view.timing.settle
    may_go_on = _is_empty(call.answer) or _is_of_its_own_format(call.answer)
    if told is None and (may_go_on or _asks_what_came_of_it(view, call)):
        patience = view.timing.unknown
    if age < patience:
        return Wait(0.1, "the page may go on")
    if told is not None:
        # Nothing but the page can say why its form stays, so its text counts wherever it stands.
        return meant(view, told.meaning, told.said, "", view.sent.last, wire=False)
    return after_failure(view, call, view.sent.last, accepted=False)


def _is_empty(answer: Answer) -> bool:
    """Whether an answer says only that what was sent has arrived."""
    return answer.status in _ARRIVED and not answer.text.strip()


_ARRIVED = frozenset({202, 204})
"""Statuses of an answer that may come before anything is decided."""


def _is_of_its_own_format(answer: Answer) -> bool:
    """Whether only the page can read an answer, so that it may show by and by what comes next."""
    text = answer.text.strip()
    return answer.status < 400 and bool(text) and not text.startswith("<")


def _asks_what_came_of_it(view: View, call: Call) -> bool:
    """Whether the page has just asked again at one place since it was answered.

    It waits until that place tells what came of what was sent, which may fail at first.
    """
    assert call.ended is not None  # noqa: S101  (of the caller)
    asked = [
        each
        for each in view.traffic.since(call.ended)
        if each.trusted and each.kind == "data" and each.method == "GET"
    ]
    often = Counter(each.place for each in asked)
    return any(often[each.place] > 1 and view.now - each.at < view.timing.settle for each in asked)
