"""What to do next: a pure function of what is seen, heard and sent, and of the time.

One rule of waiting: act on a look that has stood for `timing.rest` on a page that owes no answer;
give up by what the page owes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from upstox_browser_login.errors import Step

from .complaints import Complaint, complaints_of
from .fields import form_of
from .here import Evidence, Form, Here, Nothing, Sent, Stop, Way
from .look import Control, Field, Look
from .marks import NO_MARKS, Marks
from .recognise import recognise
from .screens import totp_is_enabled
from .states import Purpose, screen
from .timing import DEFAULT, Timing
from .wire import Call, Traffic, repeats_itself
from .words import CODES, REFUSALS, Meaning, Said

CARRIED: dict[Purpose, str] = {
    "mobile": "mobile",
    "otp": "code",
    "pin": "pin",
    "password": "password",
}
"""What the wire calls the credential of a form."""

POLLED = 3
"""A place that was asked more often than this is asked for ever."""

MAY_MEAN: dict[str, frozenset[Meaning]] = {
    "otp": frozenset({"code refused", "rate limited", "locked"}),
    "pin": frozenset({"pin refused", "locked"}),
    "password": frozenset({"pin refused", "locked"}),
}
"""What an entry of a page file may say of a message that follows a code, a PIN or a password.

A message that nobody knows counts as a refusal there, so that the credential is not sent again; an
entry may say the same or worse.
"""

_ELSEWHERE = frozenset({301, 302, 303, 307, 308})

MOST_SCREENS = 8
"""So many screens between the forms are passed in a run, and each of them twice."""


@dataclass(frozen=True)
class View:
    """All that a decision is made from. Times are of the walk's monotonic clock, seconds."""

    now: float
    look: Look
    stood: float
    """How long the look has stood."""
    traffic: Traffic
    sent: Sent
    complaints: tuple[Complaint, ...] = ()
    """What the page has complained of since the last submission."""
    complained_at: float | None = None
    idle_since: float = 0.0
    """Since when the page has owed nothing and shown nothing new that is known."""
    timing: Timing = DEFAULT
    marks: Marks = NO_MARKS
    """What a person's own page file adds to the tables."""


@dataclass(frozen=True)
class Wait:
    """Nothing yet; look again after so many seconds, or when something changes."""

    seconds: float = 0.25
    why: str = ""


@dataclass(frozen=True)
class Fill:
    """Type the credential of this form. `keys`: a key for each character."""

    form: Form
    keys: bool = False


@dataclass(frozen=True)
class Press:
    """Press this control, to submit a form (`purpose`) or to pass a screen (`way`)."""

    control: Control
    purpose: Purpose | None = None
    way: Way | None = None


@dataclass(frozen=True)
class Key:
    """Press Enter in the field, or leave it (`blur`)."""

    field: Field
    purpose: Purpose
    blur: bool = False


@dataclass(frozen=True)
class Again:
    """Upstox refused the code; another one may be tried."""

    said: Said


@dataclass(frozen=True)
class End:
    """The login ends with this meaning. `said` is what Upstox or the page said of it."""

    meaning: Meaning
    message: str = ""
    said: Said | None = None
    why: tuple[Evidence, ...] = ()
    kind: Literal[
        "", "stuck", "unknown", "no reaction", "second PIN", "no TOTP", "press", "unanswered"
    ] = ""
    purpose: Purpose | None = None
    name: str = ""
    broke: bool = False
    accepted: bool = False
    """Whether what was submitted last had been taken before."""
    step: Step | None = None
    """The step that it belongs to, where that is not the one under way."""
    unseen: bool = False
    """Whether the wire, and not the page, said it."""
    fresh_start: bool = False
    """Whether a fresh start may mend it."""


Next = Wait | Fill | Press | Key | Again | End


# -- what the page owes ----------------------------------------------------------------------------


def owed(view: View, *, loading: bool = False) -> list[Call]:
    """Calls whose answers the page waits for.

    While it is `loading`, what any host owes counts without a limit; but not what the page asks for
    again and again and is answered each time.
    """
    polled = _polled(view.traffic.calls)
    answered = _polled(each for each in view.traffic.calls if not each.pending)
    found = []
    for each in view.traffic.calls:
        if not each.pending or each.kind not in {"document", "data", "part"}:
            continue
        age = view.now - each.at
        if each.status is not None and each.kind == "data" and age > view.timing.settle:
            continue  # its headers have come; a body that nobody reads never ends
        if each.place in (answered if loading else polled) and not each.carries:
            continue
        if not loading:
            if not each.trusted and age > view.timing.foreign:
                continue
            if _is_repetition(each, view.traffic):
                continue
            if each.at < view.sent.typed_at and age > view.timing.polled:
                continue
        found.append(each)
    return found


def _polled(calls: Iterable[Call]) -> frozenset[str]:
    """Places that the page asks again and again, as for a sign of life."""
    often = Counter(each.place for each in calls)
    return frozenset(place for place, times in often.items() if times > POLLED)


def _is_repetition(call: Call, traffic: Traffic) -> bool:
    """Whether a call holds a code or PIN that another one held before: it is being stopped.

    Otherwise a page that sends for ever would never be idle.
    """
    holds = call.carries - {CARRIED["mobile"]}
    return bool(holds) and any(
        each.at < call.at
        and not each.blocked
        and holds <= each.carries
        and not each.id.startswith(f"{call.id}#")  # the hop before of the same call
        and (each.answer is None or not repeats_itself(each.answer))
        for each in traffic.calls
    )


def own_calls(view: View) -> tuple[Call, ...]:
    """The calls that hold what was typed last, or else those that may hold it."""
    sent = view.sent
    if sent.last is None:
        return ()
    since = view.traffic.since(sent.typed_at)
    what = CARRIED[sent.last]
    pressed = sent.pressed_at if sent.pressed_at is not None else float("inf")
    carriers = tuple(
        each for each in since if what in each.carries and (each.posts or each.at >= pressed)
    )
    return carriers or tuple(
        each
        for each in since
        if each.posts
        and not each.same
        and each.trusted
        and each.kind in {"data", "document", "socket"}
    )


def left_by_itself(view: View) -> bool:
    """Whether the page has sent something since the first character, before any press."""
    sent = view.sent
    if sent.last is None or sent.pressed_at is not None:
        return False
    what = CARRIED[sent.last]
    since = view.traffic.since(sent.typed_at)
    if sent.last == "mobile":
        # The number is no secret of the account: only what holds it has surely sent it.
        return any(each.posts and what in each.carries for each in since)
    return any(
        (each.posts and not each.same and (each.kind != "document" or each.main))
        or what in each.carries
        for each in since
    )


@dataclass(frozen=True)
class Outcome:
    """What came of the last submission."""

    state: Literal["none", "pending", "taken", "failed", "unclear"]
    call: Call | None = None


def outcome(view: View) -> Outcome:
    """What the wire says of the last submission."""
    calls = own_calls(view)
    if not calls:
        return Outcome("none")
    ended = [each for each in calls if each.ended is not None]
    polled = _polled(calls)
    waiting = [
        each for each in calls if each.pending and (each.carries or each.place not in polled)
    ]
    taken = [each for each in ended if each.answer is not None and each.answer.ok]
    if taken:
        return Outcome("taken", taken[-1])
    if waiting:
        return Outcome("pending", waiting[-1])
    if not ended:
        return Outcome("none")
    last = ended[-1]
    if last.kind == "socket":
        return Outcome("unclear", last)
    if last.broke:
        return Outcome("failed", last)
    if last.answer is not None and (last.answer.ok is False or last.answer.status >= 400):
        return Outcome("failed", last)
    if last.status is not None and last.status >= 400:
        return Outcome("failed", last)
    if last.answer is not None and last.kind == "data" and not last.answer.is_json and last.trusted:
        return Outcome("failed", last)
    return Outcome("unclear", last)


# -- deciding --------------------------------------------------------------------------------------


def decide(view: View, here: Here | None = None) -> Next:
    """What to do now. `here` is what `recognise` says of this view, where that was asked before."""
    ended = by_wire(view)
    if ended is not None:
        return ended
    if here is None:
        here = recognise(view.look, view.traffic, view.sent, view.marks)
    ended = after_acceptance(view, here) or by_page(view, here)
    if ended is not None:
        return ended
    match here:
        case Stop():
            return _stop(view, here)
        case Way():
            return _pass(view, here)
        case Form():
            return _form(view, here)
    return _nothing(view, here)


def by_wire(view: View) -> Next | None:
    """What the network has decided, whatever the page says."""
    facts = view.traffic.facts
    if facts.get("userType") == "LEAD":
        why = (Evidence("wire", 2, "userType is LEAD"),)
        return End(
            "no customer", screen("account opening").message, why=why, name="account opening"
        )
    came = outcome(view)
    if (
        came.state == "failed"
        and came.call is not None
        and view.sent.last not in view.sent.accepted
    ):
        call = came.call
        if call.answer is not None and repeats_itself(call.answer):
            return None
        # The page is given a moment to show what it says, for whoever reads the evidence; and to
        # go on, where it is not certain that this call was the form's.
        ended_at = call.ended if call.ended is not None else view.now
        certain = view.sent.last is not None and CARRIED[view.sent.last] in call.carries
        if view.now - ended_at < (2 * view.timing.rest if certain else view.timing.settle):
            return Wait(view.timing.rest, "the page may say why") if certain else None
        return _failed(view, call, view.sent.last, accepted=False)
    return None


def after_acceptance(view: View, here: Here) -> Next | None:
    """What has failed since the last submission was taken, on a page that did not go on."""
    sent = view.sent
    goes_on = isinstance(here, (Stop, Way)) or (
        isinstance(here, Form)
        and here.purpose not in sent.accepted
        and not _is_way_back(here, sent)
    )
    if sent.last is None or sent.last not in sent.accepted or goes_on:
        return None
    after = [
        each
        for each in view.traffic.since(sent.typed_at)
        if each.trusted
        and each.kind in {"data", "document"}
        and CARRIED[sent.last] not in each.carries
        and (each.posts or each.main)
        and each.ended is not None
        and not each.same
    ]
    last = after[-1] if after else None
    if last is not None and _has_failed(last):
        busy = any(each.posts for each in owed(view) if each.at >= last.at)
        ended_at = last.ended if last.ended is not None else view.now
        if not busy:
            if view.now - ended_at < view.timing.settle:
                return Wait(0.2, "the page may ask again")
            return _failed(view, last, sent.last, accepted=True)
    telling = _telling(view)
    if telling is None or owed(view) or view.complained_at is None:
        return None
    age = view.now - view.complained_at
    if age < view.timing.settle:
        return Wait(view.timing.settle - age, "the page may go on all the same")
    return _meant(view, telling.meaning, telling.said, "", sent.last, wire=False, accepted=True)


def _is_way_back(here: Form, sent: Sent) -> bool:
    """Whether this is the number's form after another one: the page fell back to its start."""
    return here.purpose == "mobile" and sent.last not in {None, "mobile"}


def _has_failed(call: Call) -> bool:
    refused = call.answer is not None and call.answer.ok is not True and call.kind == "data"
    return call.broke or (call.status or 0) >= 400 or refused


def _failed(view: View, call: Call, purpose: Purpose | None, *, accepted: bool) -> Next:
    """What a call means that was not answered with success."""
    if call.broke or (call.answer is None and call.status is None):
        reason = (call.failure or "no answer").removeprefix("ERR_").replace("_", " ").lower()
        message = f"The page's request failed: {reason}."
        return End(
            "network", message, purpose=purpose, broke=not accepted, accepted=accepted, unseen=True
        )
    status = call.status or 0
    answer = call.answer
    if answer is None:
        meaning = _meaning_of(status)
        said = None
    else:
        meaning, said = answer.meaning, answer.said
    if said is None:
        message = f"Upstox answered the page with HTTP {status}."
        if status < 400:
            message = "Upstox answered the page with something that is not JSON."
        said = Said("", status=status if status >= 400 else None)
    else:
        message = ""
    return _meant(view, meaning, said, message, purpose, wire=True, accepted=accepted)


def _meant(
    view: View,
    meaning: Meaning,
    said: Said,
    message: str,
    purpose: Purpose | None,
    *,
    wire: bool,
    accepted: bool = False,
) -> Next:
    """The end, or the second code, that a complaint about a submission means."""
    sent = view.sent
    by_file = view.marks.meaning_of(said) if said.meaning == "unknown" else None
    if by_file is not None and meaning in {"unknown", by_file}:
        meaning = by_file if by_file in MAY_MEAN.get(purpose or "", {by_file}) else "unknown"
        if not accepted:
            # Without the entry the message would end the login, so with it the login ends as well.
            return End(meaning, message, said, purpose=purpose, unseen=wire)
    if not wire and meaning == "trouble":
        said = Said(said.text)  # the page makes up the 500 of "Request aborted [500]"
    lost = meaning == "session lost" and not sent.pin and sent.codes < 2
    if accepted:
        if meaning in REFUSALS:
            meaning = "unknown"  # it can be no word about what was taken before
        return End(
            meaning, message, said, purpose=purpose, accepted=True, unseen=wire, fresh_start=lost
        )
    if purpose == "pin" and meaning in {"code refused", "code too short"}:
        meaning = "pin refused"  # "4 attempts left" is said of the PIN here
    if purpose == "otp" and meaning == "pin refused":
        meaning = "code refused"
    if purpose == "otp" and meaning == "code refused" and sent.codes < 2:
        return Again(said)
    return End(meaning, message, said, purpose=purpose, unseen=wire, fresh_start=lost)


def _telling(view: View) -> Complaint | None:
    """The complaint that tells most: one with a code, or else one whose meaning is known."""
    coded = [each for each in view.complaints if each.said.code is not None]
    known = [each for each in view.complaints if each.meaning != "unknown"]
    return next(iter(coded or known), None)


def by_page(view: View, here: Here) -> Next | None:
    """What the page itself complains of, where the wire has said nothing that counts more."""
    sent = view.sent
    if not view.complaints or sent.last is None or sent.last in sent.accepted:
        return None
    if isinstance(here, Stop):
        return None
    came = outcome(view)
    if came.state in {"taken", "pending"} or view.complained_at is None:
        return None
    age = view.now - view.complained_at
    telling = _telling(view)
    if telling is None:
        return None
    submitted = sent.pressed_at is not None or left_by_itself(view)
    if not submitted:
        # The page refuses what was typed before it is sent.
        # It must still stand there, beside all that was typed.
        stands = (
            isinstance(here, Form)
            and here.purpose == sent.last
            and here.field.holds
            and any(
                each.said == telling.said
                for each in complaints_of(view.look, frozenset(), here.field.n, view.marks)
            )
        )
        if (
            telling.meaning in {"mobile refused", "code too short"}
            and stands
            and age >= view.timing.refused_by_page
        ):
            return End(telling.meaning, "", telling.said, purpose=sent.last)
        return None
    if owed(view) and age < 2 * view.timing.settle:
        return None
    stands = isinstance(here, Form) and here.purpose == sent.last
    if age < (0.5 if stands or telling.said.code in CODES else view.timing.settle):
        return None
    return _meant(view, telling.meaning, telling.said, "", sent.last, wire=False)


def _stop(view: View, here: Stop) -> Next:
    certain = any(each.kind == "wire" for each in here.why)
    needed = view.timing.challenge if here.meaning == "challenge" else view.timing.ending
    if here.meaning == "maintenance":
        needed = 2 * view.timing.ending
    if not certain and (view.stood < needed or (owed(view) and view.stood < view.timing.challenge)):
        return Wait(max(0.1, needed - view.stood), f"{here.name} must stand")
    return End(
        here.meaning,
        here.message,
        _code_of(view),
        here.why,
        name=here.name,
        purpose=view.sent.last,
        step=here.step,
    )


def _code_of(view: View) -> Said | None:
    """The code that the wire or the page gave for the last submission."""
    for each in reversed(own_calls(view)):
        if each.answer is not None and each.answer.said is not None and each.answer.said.code:
            return each.answer.said
    return next((each.said for each in view.complaints if each.said.code), None)


def _pass(view: View, here: Way) -> Next:
    if view.stood < 3 * view.timing.rest or (owed(view) and view.stood < view.timing.patience):
        return Wait(0.1, "the screen must stand")
    before = view.sent.pressed
    times = before.count(here.name)
    if times and view.now - view.sent.acted_at < view.timing.settle:
        return Wait(0.2, "it was pressed a moment ago")
    if times >= 2 or len(before) >= MOST_SCREENS:
        message = f"The {here.name} page stays, whatever is pressed."
        return End("outdated", message, why=here.why, kind="press", name=here.name)
    return Press(here.control, way=here)


def _form(view: View, here: Form) -> Next:
    sent, timing = view.sent, view.timing
    if (
        sent.last == here.purpose
        and here.purpose not in sent.accepted
        and not _may_fill_again(sent, here.purpose)
    ):
        return _submitting(view, here)
    sent_before = sent.sent(here.purpose) and here.purpose != "otp"
    if here.purpose in sent.accepted or sent_before or _is_way_back(here, sent):
        return _back(view, here)
    if here.purpose == "otp" and sent.codes >= 2:
        return _back(view, here)
    # Another form stands there; what was submitted in the last one was taken, once it is answered.
    owes_answer = sent.last not in {None, here.purpose} and sent.last not in sent.accepted
    if owes_answer and outcome(view).state == "pending":
        return Wait(0.2, "an answer is owed")
    if view.stood < timing.rest:
        return Wait(timing.rest - view.stood, "the look must stand")
    fresh = sent.last is None and here.purpose != "mobile"
    if fresh and _quiet(view) < timing.drawn and view.stood < timing.patience:
        return Wait(0.1, "a page that was just loaded may be drawn once more")
    if owed(view) and view.stood < timing.patience:
        return Wait(0.25, "the page owes an answer")
    if not view.look.ready and view.stood < timing.patience:
        return Wait(0.25, "the page is loading")
    if here.purpose == "otp" and totp_is_enabled(here, view.look, view.traffic) is False:
        if view.stood < timing.ending:
            return Wait(0.2, "the box may yet say that it takes a TOTP")
        return End("unknown", kind="no TOTP", why=here.why, purpose="otp", step="totp")
    if here.field.disabled:
        return Wait(0.25, "the field is closed")
    return Fill(here)


def _quiet(view: View) -> float:
    """For how long nothing was asked, answered or drawn, seconds."""
    times = [each.ended if each.ended is not None else each.at for each in view.traffic.calls]
    return min(view.stood, view.now - max(times, default=0.0))


def _may_fill_again(sent: Sent, purpose: Purpose) -> bool:
    return purpose == "otp" and sent.refused_codes == sent.codes and sent.codes < 2


def _back(view: View, here: Form) -> Next:
    """A form that was sent stands there again, or still."""
    sent = view.sent
    idle = view.now - max(view.idle_since, sent.acted_at)
    if here.purpose == "mobile":
        fresh = here.field.length == 0 or here.field.n != sent.field
        if (
            fresh
            and (sent.last != "mobile" or "mobile" in sent.accepted)
            and not owed(view)
            and view.stood >= 0.5
            and idle >= (view.timing.settle if sent.last == "mobile" else 0.5)
        ):
            said = _code_of(view) or next((each.said for each in view.complaints), None)
            return End(
                "session lost",
                "",
                said,
                purpose=sent.last,
                kind="",
                fresh_start=not sent.pin and sent.codes < 2,
            )
    if here.purpose == "pin":
        status = str(view.traffic.facts.get("customerStatus"))
        emptied = here.field.length == 0
        # The time of a page that does not react is over even for a form that was only just drawn:
        # on a slow machine it may come that late, and why it is empty is known all the same.
        if (
            "pin" in sent.accepted
            and status in {"DORMANT", "INACTIVE"}
            and emptied
            and not owed(view)
            and (view.stood >= view.timing.settle or idle >= view.timing.unknown)
        ):
            why = (
                Evidence("wire", 2, f"customerStatus is {status}"),
                Evidence("shape", 1, "an empty PIN form"),
            )
            return End(
                "inactive",
                screen("reactivate account").message,
                why=why,
                name="reactivate account",
                purpose="pin",
                step="pin",
            )
        if (
            "pin" not in sent.accepted
            and here.field.n != sent.field
            and emptied
            and not owed(view)
            and view.stood >= 0.5
        ):
            return End("outdated", kind="second PIN", why=here.why, purpose="pin")
    if idle >= view.timing.unknown:
        return End("outdated", kind="no reaction", why=here.why, purpose=here.purpose)
    return Wait(0.25, "what was sent is on its way")


def _submitting(view: View, here: Form) -> Next:
    """The form that was filled stands there still."""
    sent, timing = view.sent, view.timing
    since = view.now - sent.acted_at
    if sent.pressed_at is not None:
        return _back_or_wait(view, here)
    came = outcome(view)
    if left_by_itself(view):
        if (
            here.purpose == "mobile"
            and came.state in {"taken", "unclear", "none"}
            and here.field.holds
            and not owed(view)
            and view.stood >= timing.settle
        ):
            return _press(view, here)
        return _unanswered(view, here)
    if not here.field.holds:
        if view.stood < timing.rest or since < 2 * timing.rest:
            return Wait(timing.rest, "the look must stand")
        if sent.fills >= _most_fills(sent) or (view.complaints and sent.last != "mobile"):
            if since < timing.refused_by_page or view.stood < 0.5:
                return Wait(0.2, "the page may say why")
            return End("outdated", kind="stuck", why=here.why, purpose=here.purpose)
        if view.stood < 0.25:
            return Wait(0.1, "the text may come back")
        if not _nothing_left(view):
            return _unanswered(view, here)
        return Fill(here, keys=here.field.length == 0 and sent.field == here.field.n)
    return _press(view, here)


def _unanswered(view: View, here: Form) -> Next:
    """Something may have left with what was typed: the page has the rest of the limit."""
    if not owed(view) and view.now - view.idle_since >= view.timing.unknown:
        return End("outdated", kind="unanswered", why=here.why, purpose=here.purpose)
    return Wait(0.25, "the page may have sent something by itself")


def _most_fills(sent: Sent) -> int:
    """How often a form that loses its text is filled; a number can lock nobody out."""
    return 4 if sent.last == "mobile" else 2


def _press(view: View, here: Form) -> Next:
    sent, timing = view.sent, view.timing
    since = view.now - sent.acted_at
    if since < timing.rest and here.purpose != "mobile":
        return Wait(timing.rest - since, "the page may submit by itself")
    button = here.button
    if button is not None and not button.disabled and not button.covered:
        return Press(button, purpose=here.purpose)
    if since < timing.enable:
        return Wait(0.1, "the button may become enabled")
    if not sent.blurred:
        return Key(here.field, here.purpose, blur=True)
    if button is None and since >= timing.enable:
        return Key(here.field, here.purpose)
    if since >= timing.unknown / 2:
        return End("outdated", kind="stuck", why=here.why, purpose=here.purpose)
    return Wait(0.25, "the button is closed")


def _back_or_wait(view: View, here: Form) -> Next:
    """The button was pressed, and the form stands there still."""
    came = outcome(view)
    if came.state == "pending" or owed(view):
        return Wait(0.25, "an answer is owed")
    if _was_drawn_anew(view, here):
        return Wait(0.1, "the look must stand") if view.stood < 0.25 else Fill(here)
    quiet = view.now - max(view.idle_since, view.sent.acted_at)
    if quiet >= view.timing.unknown:
        return End("outdated", kind="no reaction", why=here.why, purpose=here.purpose)
    if here.purpose == "pin":
        return _back(view, here)
    return Wait(0.25, "the page may go on")


def _was_drawn_anew(view: View, here: Form) -> bool:
    """Whether an empty form took the filled one's place as it was pressed, and nothing has left."""
    sent = view.sent
    return (
        here.field.n != sent.field
        and here.field.length == 0
        and sent.fills < _most_fills(sent)
        and (not view.complaints or sent.last == "mobile")
        and _nothing_left(view)
    )


def _nothing_left(view: View) -> bool:
    """Whether no request since the first character can have held what was typed.

    What only asks for something is let pass for the number, which is no secret of the account.
    """
    is_number = view.sent.last == "mobile"
    return all(
        each.same or (is_number and not each.posts and "mobile" not in each.carries)
        for each in view.traffic.since(view.sent.typed_at)
    )


def _nothing(view: View, here: Nothing) -> Next:
    idle = view.now - max(view.idle_since, view.sent.acted_at)
    if owed(view, loading=here.loading or view.look.is_empty):
        return Wait(0.25, "the page is loading")
    facts = view.traffic.facts
    if idle >= 2 * view.timing.ending:
        several = facts.get("accounts")
        if isinstance(several, int) and several > 1 and not view.look.fields:
            why = (Evidence("wire", 2, "the answer lists several accounts"),)
            return End(
                "several accounts",
                screen("account chooser").message,
                why=why,
                name="account chooser",
                purpose=view.sent.last,
            )
    if idle >= view.timing.unknown:
        open_look = replace(
            view.look, fields=tuple(replace(each, covered=False) for each in view.look.fields)
        )
        covered = form_of(open_look, view.sent, view.traffic, view.marks)
        if isinstance(covered, Form):
            return End("outdated", kind="stuck", why=covered.why, purpose=covered.purpose)
        broken = _broken_part(view)
        if broken is not None:
            return broken
        return End("outdated", kind="unknown", why=here.why, purpose=view.sent.last)
    return Wait(0.25, "the page is not known")


def _broken_part(view: View) -> End | None:
    """What it means that the page, or a script of it, did not come."""
    parts = [
        each
        for each in view.traffic.calls
        if each.trusted and (each.kind == "part" or each.main) and not each.pending
    ]
    for each in reversed(parts):
        status = each.status or 0
        if status in _ELSEWHERE:
            # Of a redirect that was followed the call has no status of its own any more.
            return End("trouble", "A part of the page is redirected in a circle.")
        if each.blocked:
            continue
        if each.broke:
            reason = (each.failure or "").removeprefix("ERR_").replace("_", " ").lower()
            return End("network", f"A part of the page did not load: {reason}.")
        if status >= 400:
            message = f"A part of the page was answered with HTTP {status}."
            return End(_meaning_of(status), message, Said("", status=status))
    return None


def _meaning_of(status: int) -> Meaning:
    """What an HTTP status means by itself."""
    if status == 429:
        return "rate limited"
    return "challenge" if status in {401, 403} else "trouble"
