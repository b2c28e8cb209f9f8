"""What to do next: a pure function of what is seen, heard and sent, and of the time.

The rule of waiting: act on a look that has stood for `timing.rest` on a page that owes no answer.
How long a login waits before it gives up depends on the answers that the page still owes.
"""

from __future__ import annotations

from msgspec.structs import replace

from .failures.accepted import after_acceptance, after_going_on
from .failures.by_page import by_page
from .failures.by_wire import by_wire
from .failures.meanings import meaning_of_status
from .failures.messages import code_of
from .failures.unclear import denied_in_silence, refused_again, without_json
from .fields.choice import form_of, is_forbidden, is_no_login
from .filling import FOR_A_PERSON, another_code, asleep, at_form, is_asleep, patience_with_sleep
from .here import Evidence, Form, Here, Nothing, Stop, Way
from .next import End, Next, Press, Wait
from .outcome import outcome
from .owed import owed, polled_places
from .recognise import recognise
from .said import Said
from .screens.ends import checks_for_robots, said_by_title
from .screens.stakes import asks_for_a_person, boxes_for_a_sent_code, is_allowed_on_a_phone
from .states.screens import screen
from .view import View
from .wire.calls import Call, in_words

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

MOST_SCREENS = 8
"""Screens between the forms that are passed in a login. Each is passed twice at most."""


def decide(view: View, here: Here | None = None) -> Next:
    """What to do now. `here` is what `recognise` says of this view, if it was asked before."""
    found = _decided(view, here)
    return _or_challenge(view, found) if isinstance(found, End) else found


def _or_challenge(view: View, end: End) -> End:
    """The end that is given, or that of a check for robots which stands beside the form."""
    if end.kind not in {"stuck", "no reaction", "unknown"} or not checks_for_robots(view.look):
        return end
    asks = screen("challenge")
    why = (Evidence("shape", 2, "a frame of a challenge"), Evidence("place", 1, "and no way on"))
    # Until a form was accepted, the login is still at its first step.
    step = asks.step if end.purpose in {None, "mobile"} and not view.sent.accepted else end.step
    return replace(
        end, meaning="challenge", message=asks.message, why=why, kind="", name=asks.name, step=step
    )


def _decided(view: View, here: Here | None) -> Next:
    ended = by_wire(view)
    if ended is not None:
        return ended
    if here is None:
        here = recognise(view.look, view.traffic, view.sent, view.marks)
    ended = (
        after_acceptance(view, here)
        or after_going_on(view, here)
        or by_page(view, here)
        or refused_again(view, here)
        or denied_in_silence(view, here)
        or without_json(view, here)
    )
    if ended is not None:
        return ended
    match here:
        case Stop():
            return _stop(view, here)
        case Way():
            return _pass(view, here)
        case Form():
            return at_form(view, here)
    return _nothing(view, here)


def _stop(view: View, here: Stop) -> Next:
    certain = any(each.kind == "wire" for each in here.why)
    of_account = here.meaning in {"locked", "rate limited"}
    is_due = _is_answer_due(view)
    if of_account:
        is_due = outcome(view).state == "pending" and view.stood < view.timing.unknown
    if not certain and is_due:
        return Wait(0.25, "the answer to what was sent tells more than a text")
    needed = view.timing.challenge if here.meaning == "challenge" else view.timing.ending
    if here.meaning == "maintenance":
        needed = 2 * view.timing.ending
    if not certain and (view.stood < needed or (owed(view) and view.stood < view.timing.challenge)):
        return Wait(max(0.1, needed - view.stood), f"{here.name} must stand")
    return End(
        here.meaning,
        here.message,
        code_of(view),
        here.why,
        name=here.name,
        purpose=view.sent.last,
        step=here.step,
    )


def _is_answer_due(view: View) -> bool:
    """Whether Upstox still has to answer what was typed last, or what the page asked after it.

    Where a call since then went to a path of the login, calls to other paths are not the login's:
    a line of a log may be answered late. Neither are a socket's messages and what is polled. A look
    that stood before the last answer is no reaction to it, and the page has a moment to go on.
    """
    sent, timing = view.sent, view.timing
    # Not counted by the look, which may change for ever.
    if sent.last is None or view.now - max(sent.typed_at, sent.acted_at) >= timing.unknown:
        return False
    polled = polled_places(view.traffic.calls)
    asked = [
        each
        for each in view.traffic.since(sent.typed_at)
        if each.posts and each.trusted and not each.same and each.kind != "socket"
        if each.carries or each.place not in polled
    ]
    own = [each for each in asked if each.of_the_login] or asked
    came = outcome(view)
    pending = came.call if came.state == "pending" else None
    due = [each for each in owed(view) if each in own or each is pending]
    answered = [e.ended for e in own if e.ended is not None and (e.of_the_login or e.carries)]
    last = max(answered, default=0.0)
    return bool(due) or (last > view.now - view.stood and view.now - last < timing.settle)


def _pass(view: View, here: Way) -> Next:
    if view.stood < view.timing.screen or (owed(view) and view.stood < view.timing.patience):
        return Wait(0.1, "the screen must stand")
    if _is_answer_due(view):
        return Wait(0.25, "the page may go on by the answer that it waits for")
    before = view.sent.pressed
    times = before.count(here.name)
    if times and view.now - view.sent.acted_at < view.timing.settle:
        return Wait(0.2, "it was pressed a moment ago")
    if times >= 2 or len(before) >= MOST_SCREENS:
        message = f"Upstox shows more than {MOST_SCREENS} pages between the forms."
        if times >= 2:
            message = f"The {here.name} page comes again after it was passed {times} times."
        return End("outdated", message, why=here.why, kind="press", name=here.name)
    return Press(here.control, way=here)


def _nothing(view: View, here: Nothing) -> Next:
    idle = view.idle
    if owed(view, loading=here.loading or view.look.is_empty):
        return Wait(0.25, "the page is loading")
    if idle >= 2 * view.timing.ending and (end := _asks_which_account(view)) is not None:
        return end
    if is_asleep(view) and not view.look.fields and idle >= patience_with_sleep(view, here):
        return asleep(view, Evidence("place", 1, "the PIN was taken, and the page does not go on"))
    if idle < view.timing.unknown:
        return Wait(0.25, "the page is not known")
    told = _told_by_title(view)
    is_certain = told is not None and told.meaning != "trouble"
    end = (
        (None if told is not None else _covered_form(view))
        or (told if is_certain else None)
        or _broken_part(view)
        or told
        or _waits_for_a_person(view)
        or _failed_request(view)
    )
    return end or End("outdated", kind="unknown", why=here.why, purpose=view.sent.last)


def _asks_which_account(view: View) -> End | None:
    """The end at a page without a field, after an answer that listed several accounts."""
    accounts = view.traffic.facts.get("accounts")
    if not isinstance(accounts, int) or accounts < 2 or view.look.fields:
        return None
    asks = screen("account chooser")
    why = (Evidence("wire", 2, "the answer lists several accounts"),)
    return End("several accounts", asks.message, why=why, name=asks.name, purpose=view.sent.last)


def _covered_form(view: View) -> End | None:
    """The end at a form that stays covered by something else."""
    fields = tuple(replace(each, covered=False) for each in view.look.fields)
    below = form_of(replace(view.look, fields=fields), view.sent, view.traffic, view.marks)
    # Before the number was typed, a covered PIN is that of a picture or of another login.
    if not isinstance(below, Form) or not (view.sent.mobile or below.purpose == "mobile"):
        return None
    return End("outdated", kind="stuck", why=below.why, purpose=below.purpose)


def _waits_for_a_person(view: View) -> End | None:
    """The end at a page that asks the account's owner for something, after a code was accepted."""
    if view.sent.accepted.isdisjoint({"otp", "pin"}) and not _is_past_the_pin(view):
        return None
    if (boxes := boxes_for_a_sent_code(view.look, view.sent)) and "otp" in view.sent.accepted:
        words = Evidence("words", 2, "a box for a code that was sent")
        return another_code(boxes[0], (words, Evidence("place", 1, "a code was accepted before")))
    message = FOR_A_PERSON
    if is_allowed_on_a_phone(view.look):
        message = "Upstox's page waits until the login is approved on a phone or in the app."
    elif not (_asks_for_something_else(view) or asks_for_a_person(view.look, view.sent.stood)):
        return None
    why = (Evidence("words", 2, "asks for what only a person can do"),)
    return End("denied", message, why=why, purpose=view.sent.last)


def _asks_for_something_else(view: View) -> bool:
    """Whether the PIN's form is done, and no field that has come is what a login types into."""
    look, sent = view.look, view.sent
    if not _is_past_the_pin(view) or is_no_login(look):
        return False
    fields = [each for each in look.fields if not each.covered]
    return bool(fields) and all(
        is_forbidden(each, look, sent, view.traffic, view.marks) for each in fields
    )


def _is_past_the_pin(view: View) -> bool:
    """Whether the PIN was taken, or its form has gone after an answer that nobody can read."""
    sent = view.sent
    if sent.last != "pin" or outcome(view).state != "unclear":
        return "pin" in sent.accepted
    return all(each.n != sent.field and each.likeness != sent.likeness for each in view.look.fields)


def _told_by_title(view: View) -> End | None:
    """The end at a page without a form whose title says that Upstox or the network has trouble."""
    found = said_by_title(view.look)
    if found is None:
        return None
    meaning, text = found
    why = (Evidence("words", 2, f"title {text[:80]!r}"), Evidence("shape", 1, "and no field"))
    last = view.sent.last
    return End(
        meaning, said=Said.of(text), why=why, purpose=last, accepted=last in view.sent.accepted
    )


def _failed_request(view: View) -> End | None:
    """The end of a login whose page shows nothing known, after it could not read what it needs.

    A refusal is no such failure: many a page asks first whether somebody is logged in.
    """
    document = view.traffic.document
    loaded = 0.0 if document is None else document.at
    last = {
        each.place: each
        for each in view.traffic.since(loaded)
        if each.trusted and each.kind == "data" and each.method == "GET" and not each.pending
    }
    failed = [each for each in last.values() if each.broke or (each.status or 0) >= 500]
    return _of_failed(failed, "A request of the page") if not view.look.fields else None


def _broken_part(view: View) -> End | None:
    """The end of a login whose page, or a script of it, could not be loaded."""
    parts = [
        each
        for each in view.traffic.calls
        if each.trusted and (each.kind == "part" or each.main) and not each.pending
    ]
    return _of_failed(parts, "A part of the page")


def _of_failed(parts: list[Call], what: str) -> End | None:
    """The end by the last of these calls that failed; `what` says what they asked for."""
    for each in reversed(parts):
        status = each.status or 0
        if status in _REDIRECTS:
            # A redirect that was followed is told by its next hop's status, so this one was not.
            return End("trouble", f"{what} is redirected in a circle.")
        if each.blocked:
            continue
        if each.broke:
            reason = in_words(each.failure or "")
            return End("network", f"{what} did not load: {reason}.")
        if status >= 400:
            message = f"{what} was answered with HTTP {status}."
            return End(meaning_of_status(status), message, Said("", status=status))
    return None
