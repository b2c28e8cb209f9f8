"""What a failure means after a submission that was accepted, or whose answer nobody could read."""

from __future__ import annotations

from upstox_browser_login.page.here import Form, Here, Sent, Stop, Way, is_way_back
from upstox_browser_login.page.next import Next, Wait
from upstox_browser_login.page.outcome import outcome, unread_call
from upstox_browser_login.page.owed import owed
from upstox_browser_login.page.screens.stakes import asks_for_a_person
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import CARRIED, Call
from upstox_browser_login.page.words import OF_THE_ACCOUNT, REFUSALS

from .meanings import after_failure, meant
from .messages import telling_complaint


def after_acceptance(view: View, here: Here) -> Next | None:
    """The next step after a failure that follows an accepted submission, if the page stays."""
    sent = view.sent
    if sent.last is None or sent.last not in sent.accepted or _goes_on(here, sent):
        return None
    failed = _failed_since(view)
    if failed is not None and failed.ended is not None:
        age = view.now - failed.ended
        if not (failed.main or failed.of_the_login):
            # Other calls fail on many a page that goes on all the same.
            if age >= view.timing.unknown:
                return after_failure(view, failed, sent.last, accepted=True)
        elif age < view.timing.settle:
            return Wait(0.2, "the page may ask again")
        else:
            return after_failure(view, failed, sent.last, accepted=True)
    telling = telling_complaint(view)
    if telling is None or owed(view) or view.complained_at is None:
        return None
    if telling.meaning in REFUSALS and asks_for_a_person(view.look, sent.stood):
        return None  # such a screen says why a person must act, and refuses nothing
    age = view.now - view.complained_at
    if age < view.timing.settle:
        return Wait(view.timing.settle - age, "the page may go on all the same")
    return meant(view, telling.meaning, telling.said, "", sent.last, wire=False, accepted=True)


def after_going_on(view: View, here: Here) -> Next | None:
    """The next step if the app is not let in after an answer to the PIN that nobody can read.

    A page that lets the app in takes that answer for a yes, so the failure refuses nothing, unless
    it speaks of the PIN itself or of a lock.
    """
    call, last = unread_call(view), view.sent.last
    if last is None or call is None or call.ended is None or _goes_on(here, view.sent):
        return None
    if call.answer is not None and call.answer.denies:
        return None
    failed = _failed_since(view)
    if failed is None or failed.ended is None or not failed.approves or failed.at < call.ended:
        return None
    telling = telling_complaint(view)
    if telling is not None and telling.meaning not in {"trouble", "network"}:
        return None
    if view.now - failed.ended < view.timing.settle:
        return Wait(0.2, "the page may ask again")
    of_the_pin = failed.answer is not None and failed.answer.meaning in OF_THE_ACCOUNT
    return after_failure(view, failed, last, accepted=not of_the_pin)


def _goes_on(here: Here, sent: Sent) -> bool:
    """Whether the page shows what comes after the last form."""
    if isinstance(here, Form):
        is_done = here.purpose == sent.last or here.purpose in sent.accepted
        return not (is_done or is_way_back(here, sent))
    return isinstance(here, (Stop, Way))


def _failed_since(view: View) -> Call | None:
    """The page's last call, if it has failed since the last submission was answered.

    Of one that fails again and again, the first failure.
    """
    sent = view.sent
    assert sent.last is not None  # noqa: S101  (of the caller)
    came = outcome(view)
    is_answered = came.state in {"taken", "unclear"} and came.call is not None
    since = came.call.ended if is_answered and came.call is not None else None
    after = [
        each
        for each in view.traffic.since(sent.typed_at)
        if each.trusted
        and each.kind in {"data", "document"}
        and CARRIED[sent.last] not in each.carries
        and (each.posts or each.main)
        and each.ended is not None
        and each.ended >= (since or 0.0)
        and not each.same
    ]
    last = after[-1] if after else None
    if last is None or not _has_failed(last):
        return None
    busy = any(each.posts and (each.at >= last.at or each.of_the_login) for each in owed(view))
    if busy:
        return None
    if last.of_the_login:
        return last
    return next(each for each in after if each.place == last.place and _has_failed(each))


def _has_failed(call: Call) -> bool:
    answer = call.answer
    no_json = answer is not None and not answer.is_json
    refused = call.kind == "data" and answer is not None and (answer.ok is False or no_json)
    return call.broke or (call.status or 0) >= 400 or refused
