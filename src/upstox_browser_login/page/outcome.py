"""The outcome of the last submission, as far as the wire tells."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from .owed import polled_places
from .view import View
from .wire.answers import Answer
from .wire.calls import CARRIED, Call


def own_calls(view: View) -> tuple[Call, ...]:
    """The calls that hold what was typed last, or if there are none those that may hold it."""
    sent = view.sent
    if sent.last is None:
        return ()
    since = view.traffic.since(sent.typed_at)
    what = CARRIED[sent.last]
    pressed = sent.pressed_at if sent.pressed_at is not None else float("inf")
    carriers = tuple(
        each for each in since if what in each.carries and (each.posts or each.at >= pressed)
    )
    if carriers:
        return carriers
    may = tuple(
        each
        for each in since
        if each.posts
        and not each.same
        and each.trusted
        and each.kind in {"data", "document", "socket"}
    )
    own = tuple(each for each in may if each.of_the_login) or may
    sent_at = sent.pressed_at if sent.pressed_at is not None else sent.typed_at
    answered = [
        each.ended
        for each in own
        if each.ended is not None and each.at >= sent_at and not each.approves
    ]
    first = min(answered, default=float("inf"))
    # The page lets the app in only after the answer to what was typed.
    return tuple(each for each in own if not each.approves or each.at < first)


def nothing_left(view: View) -> bool:
    """Whether no request since the first character can have held what was typed.

    Requests that only ask for something may hold a number, which is no secret of the account.
    """
    is_number = view.sent.last == "mobile"
    return all(
        each.same or (is_number and not each.posts and "mobile" not in each.carries)
        for each in view.traffic.since(view.sent.typed_at)
    )


class Outcome(Struct, frozen=True):
    """The outcome of the last submission."""

    state: Literal["none", "pending", "taken", "failed", "unclear"]
    call: Call | None = None


def outcome(view: View) -> Outcome:
    """What the wire says of the last submission."""
    calls = own_calls(view)
    if not calls:
        return Outcome("none")
    ended = [each for each in calls if each.ended is not None]
    polled = polled_places(calls)
    waiting = [
        each for each in calls if each.pending and (each.carries or each.place not in polled)
    ]
    taken = [each for each in ended if _takes(each, CARRIED[view.sent.last or "mobile"])]
    if taken:
        return Outcome("taken", taken[-1])
    if waiting:
        return Outcome("pending", waiting[-1])
    if not ended:
        return Outcome("none")
    # An answered call counts more than a socket's messages, such as a heartbeat.
    telling = [each for each in ended if each.kind != "socket" or each.answer is not None]
    last = (telling or ended)[-1]
    if last.kind == "socket" and last.answer is None:
        return Outcome("unclear", last)
    if last.broke:
        return Outcome("failed", last)
    if last.answer is not None and (last.answer.ok is False or last.answer.status >= 400):
        return Outcome("failed", last)
    if last.status is not None and last.status >= 400:
        return Outcome("failed", last)
    if last.kind == "data" and last.trusted and _is_a_check(last.answer):
        return Outcome("failed", last)
    # An answer that is no JSON may be a part of the page, so it tells nothing.
    return Outcome("unclear", last)


def unread_call(view: View) -> Call | None:
    """The last submission's call, if it was answered and nobody can tell what the answer says."""
    came = outcome(view)
    return came.call if came.state == "unclear" else None


def carried_it(view: View, call: Call) -> bool:
    """Whether a call was seen to hold what was typed last."""
    return view.sent.last is not None and CARRIED[view.sent.last] in call.carries


def _takes(call: Call, what: str) -> bool:
    """Whether the answer says that what was sent was accepted.

    If the call was not seen to hold it, only facts about the customer say so, since a page also
    posts lines of a log, which always succeed. A call that holds another field of the form answers
    only that field: the number's may come before the PIN's.
    """
    is_ok = call.answer is not None and call.answer.ok is True
    return is_ok and (what in call.carries or (bool(call.facts) and not call.carries))


def _is_a_check(answer: Answer | None) -> bool:
    """Whether a page came in place of the answer, which asks for something else first."""
    return answer is not None and answer.meaning in {"challenge", "maintenance"}
