"""What a failed submission means, by the wire or by what the page complains of."""

from __future__ import annotations

from .complaints import Complaint, complaints_of, normal
from .here import Evidence, Form, Here, Sent, Stop, Way
from .next import Again, End, Next, Wait
from .outcome import left_by_itself, nothing_left, outcome, own_calls
from .owed import POLLED, owed
from .said import SAYS_NO_REASON, Said, is_a_rule, refused_by_answer
from .screens.stakes import asks_for_a_person
from .states.fields import Purpose
from .states.screens import screen
from .view import View
from .wire.answers import repeats_itself
from .wire.calls import CARRIED, Call
from .words import CODES, OF_THE_ACCOUNT, REFUSALS, Meaning

MAY_MEAN: dict[str, frozenset[Meaning]] = {
    "otp": frozenset({"code refused", "rate limited", "locked"}),
    "pin": frozenset({"pin refused", "locked"}),
    "password": frozenset({"pin refused", "locked"}),
}
"""Meanings that a page file may give to a message after a code, a PIN or a password.

An unknown message counts as a refusal there, so that the credential is not sent again. A page file
may say the same or worse.
"""


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
    certain = view.sent.last is not None and CARRIED[view.sent.last] in call.carries
    if _may_be_another(view, call):
        return None
    at_once = certain and not _may_be_asked_again(view, call)
    if age < (view.timing.last_words if at_once else view.timing.settle):
        return Wait(view.timing.last_words / 2, "the page may say why") if certain else None
    told = _told_by_page(view, call, age) if _leaves_it_to_the_page(view, call) else None
    return told or _failed(view, call, view.sent.last, accepted=False)


def _may_be_another(view: View, call: Call) -> bool:
    """Whether a call may be about something else, since it came before any press.

    It was not seen to hold what was typed, is none of the login's own, and its answer says nothing
    of a number, code, PIN or account.
    """
    pressed_at = view.sent.pressed_at
    came_of_a_press = pressed_at is not None and call.at >= pressed_at
    if came_of_a_press or call.main or call.of_the_login:
        return False
    if view.sent.last is not None and CARRIED[view.sent.last] in call.carries:
        return False
    answer = call.answer
    said = answer.said if answer is not None else None
    return (
        answer is None
        or (answer.meaning not in _OF_WHAT_WAS_SENT and (said is None or said.code not in CODES))
    ) and not _refuses(view, said)


def _refuses(view: View, said: Said | None) -> bool:
    """Whether the words of an answer refuse what was typed last."""
    if view.sent.last is None or said is None:
        return False
    return refused_by_answer(view.sent.last, said.text) is not None


def _told_by_page(view: View, call: Call, age: float) -> Next | None:
    """What the page's message or marks mean, where the answer has no words of its own."""
    told = _worded_by_page(view)
    if told is not None:
        return _meant(view, told.meaning, told.said, "", view.sent.last, wire=False)
    if age < view.timing.settle:
        return Wait(0.1, "the page may say what its server does not")
    marked = _marked_by_page(view, call)
    if marked is None:
        return None
    said = (call.answer.said if call.answer else None) or Said("")
    return _meant(view, marked, said, "", view.sent.last, wire=True)


def _may_be_asked_again(view: View, call: Call) -> bool:
    """Whether the page may send the number again, after trouble that has refused nothing.

    A code or PIN may have been accepted although no answer came. A number that was sent too often
    is not accepted any more.
    """
    answer = call.answer
    in_trouble = (call.status or 0) >= 500 and (answer is None or answer.said is None)
    is_repeated = len(own_calls(view)) > POLLED
    return view.sent.last == "mobile" and (call.broke or in_trouble) and not is_repeated


_OF_WHAT_WAS_SENT: frozenset[Meaning] = frozenset(
    {"mobile refused", "code refused", "pin refused", "locked", "rate limited"}
)


def _worded_by_page(view: View) -> Complaint | None:
    """The page's message, where the failed answer has only a number or nothing."""
    telling = _telling(view) or _elsewhere(view) or _stands_still(view)
    return telling if telling is not None and telling.meaning in _OF_WHAT_WAS_SENT else None


_ONLY_OF_A_SERVER = OF_THE_ACCOUNT | {"code refused"}
"""What no page can know before it has asked its server."""

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
    if purpose not in _MARKED or CARRIED[purpose] not in call.carries or view.complaints:
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


def _leaves_it_to_the_page(view: View, call: Call) -> bool:
    """Whether the answer has no message, so that only the page can say what the failure means."""
    answer, purpose = call.answer, view.sent.last
    if call.broke or answer is None or not answer.is_wordless:
        return False
    return (
        purpose is None or answer.said is None or not refused_by_answer(purpose, answer.said.text)
    )


def _elsewhere(view: View) -> Complaint | None:
    """A new text far from the form that refuses what was sent last."""
    others = _about_others(view.sent)
    found = (e for e in view.complaints if e.where == "elsewhere" and _is_about(view, e))
    return next((each for each in found if each.meaning not in others), None)


def _is_about(view: View, complaint: Complaint) -> bool:
    """Whether a complaint is about what was sent.

    "Check your mobile number" holds for everybody. It is about what was sent if the call has
    failed, or if its answer is unreadable and the page marks the text as a message.
    """
    if complaint.said.code is not None or not is_a_rule(complaint.said.text):
        return True
    state = outcome(view).state
    return state == "failed" or (state == "unclear" and complaint.where in {"message", "dialog"})


def _stands_still(view: View) -> Complaint | None:
    """The message that refused the code before, if the page still shows it."""
    if view.sent.last != "otp" or not view.refused:
        return None
    found = complaints_of(view.look, frozenset(), view.sent.field, view.marks)
    stood = (each for each in found if normal(each.said.text) in view.refused)
    return next((each for each in stood if each.meaning in MAY_MEAN["otp"]), None)


def refused_again(view: View, here: Here) -> Next | None:
    """The next step if the message that refused the last code still stands after the next one.

    The same refusal has the same message. The answer must say nothing else, and the page must not
    go on.
    """
    came = outcome(view)
    call, standing = came.call, _stands_still(view)
    if standing is None or came.state != "unclear" or call is None or call.ended is None:
        return None
    if owed(view) or not (isinstance(here, Form) and here.purpose == "otp"):
        return None
    # If the answer denies the code as well, as long as a message of Upstox's is shown.
    times = 1 if _is_denied(view, call) else 2
    if view.now - call.ended < times * view.timing.settle:
        return Wait(0.2, "the page may go on")
    return _meant(view, standing.meaning, standing.said, "", "otp", wire=False)


def denied_in_silence(view: View, here: Here) -> Next | None:
    """The next step if only the answer denies what was sent, and the page keeps its form.

    The answer's format is not known, so the page must have had time to say something or to go on.
    """
    came = outcome(view)
    call, purpose = came.call, view.sent.last
    if came.state != "unclear" or call is None or call.answer is None or call.ended is None:
        return None
    denial = call.answer.denial
    if denial is None or not _is_denied(view, call) or owed(view):
        return None
    if not isinstance(here, Form) or here.purpose != purpose:
        return None
    if denial.meaning not in MAY_MEAN.get(purpose, {"mobile refused"}):
        return None
    if view.now - call.ended < 2 * view.timing.settle:
        return Wait(0.2, "the page may say more, or go on")
    return _meant(view, denial.meaning, denial, "", purpose, wire=True)


def without_json(view: View, here: Here) -> Next | None:
    """The end of a form that stays after an answer that is no JSON.

    Some pages are drawn from the server's HTML, but those go on to the next form.
    """
    came = outcome(view)
    call = came.call
    if came.state != "unclear" or call is None or call.answer is None or call.ended is None:
        return None
    stays = isinstance(here, Form) and here.purpose == view.sent.last
    if call.answer.is_json or call.kind != "data" or not call.trusted or not stays or owed(view):
        return None
    if _may_be_another(view, call):
        return None
    if _telling(view) is not None:
        return None  # what the page says counts as soon as it has stood for long enough
    if view.now - call.ended < view.timing.settle:
        return Wait(0.1, "the page may go on")
    return _failed(view, call, view.sent.last, accepted=False)


def after_acceptance(view: View, here: Here) -> Next | None:
    """The next step after a failure that follows an accepted submission, if the page stays."""
    sent = view.sent
    goes_on = isinstance(here, (Stop, Way)) or (
        isinstance(here, Form) and here.purpose not in sent.accepted and not is_way_back(here, sent)
    )
    if sent.last is None or sent.last not in sent.accepted or goes_on:
        return None
    failed = _failed_since(view)
    if failed is not None and failed.ended is not None:
        age = view.now - failed.ended
        if not (failed.main or failed.of_the_login):
            # Other calls fail on many a page that goes on all the same.
            if age >= view.timing.unknown:
                return _failed(view, failed, sent.last, accepted=True)
        elif age < view.timing.settle:
            return Wait(0.2, "the page may ask again")
        else:
            return _failed(view, failed, sent.last, accepted=True)
    telling = _telling(view)
    if telling is None or owed(view) or view.complained_at is None:
        return None
    if telling.meaning in REFUSALS and asks_for_a_person(view.look, sent.stood):
        return None  # such a screen says why a person must act, and refuses nothing
    age = view.now - view.complained_at
    if age < view.timing.settle:
        return Wait(view.timing.settle - age, "the page may go on all the same")
    return _meant(view, telling.meaning, telling.said, "", sent.last, wire=False, accepted=True)


def _failed_since(view: View) -> Call | None:
    """The page's last call, if it has failed since the last submission was accepted.

    Of one that fails again and again, the first failure.
    """
    sent = view.sent
    assert sent.last is not None  # noqa: S101  (of the caller)
    taken = outcome(view)
    since = taken.call.ended if taken.state == "taken" and taken.call is not None else None
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


def by_page(view: View, here: Here) -> Next | None:
    """The next step by what the page complains of, where the wire tells nothing better."""
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
    if telling is None and (_is_denied(view, came.call) or _came_back(view, here, came.call)):
        telling = _elsewhere(view)
    if telling is None:
        return _refused_elsewhere(view, here) if came.state == "none" else None
    if sent.pressed_at is None and not left_by_itself(view):
        refused = age >= view.timing.refused_by_page and _refused_by_page(view, here, telling)
        return End(telling.meaning, "", telling.said, purpose=sent.last) if refused else None
    if telling.meaning in _ONLY_OF_A_SERVER and nothing_left(view):
        # No server has heard of what was typed, so none has refused it.
        if view.idle < view.timing.unknown:
            return Wait(0.25, "what was typed has not left")
        return End("outdated", "", telling.said, kind="no reaction", purpose=sent.last)
    if sent.pressed_at is not None:
        # Counted from the press, since the page may take back an earlier complaint.
        age = min(age, view.now - sent.pressed_at)
    if owed(view) and age < 2 * view.timing.settle:
        return None
    stands = isinstance(here, Form) and here.purpose == sent.last
    if age < (0.5 if stands or telling.said.code in CODES else view.timing.settle):
        return None
    answer = None if came.call is None else came.call.answer
    if telling.meaning == "trouble" and came.call is not None and answer and not answer.is_json:
        # The page cannot read the answer either, so its message is made up.
        return _failed(view, came.call, sent.last, accepted=False)
    return _meant(view, telling.meaning, telling.said, "", sent.last, wire=False)


def _is_denied(view: View, call: Call | None) -> bool:
    """Whether the answer denies what was sent, though its format is not known.

    A text of the page that refuses the same is then believed wherever it stands.
    """
    if call is None or call.answer is None or view.sent.last is None:
        return False
    return call.answer.denies and CARRIED[view.sent.last] in call.carries


def _came_back(view: View, here: Here, call: Call | None) -> bool:
    """Whether the form was sent with a request for a page, which has drawn it again and empty.

    A new text that refuses what was sent is then believed wherever it stands.
    """
    if call is None or view.sent.last is None or not (call.main and call.trusted):
        return False
    is_empty = isinstance(here, Form) and not here.field.length and here.purpose == view.sent.last
    return is_empty and CARRIED[view.sent.last] in call.carries


def _refused_elsewhere(view: View, here: Here) -> Next | None:
    """The end if a text far from the form refuses the number, and the page has sent nothing.

    The form must still stand there with all that was typed, after its button was pressed.
    """
    refusing = [each for each in view.complaints if each.meaning == "mobile refused"]
    said = [each for each in refusing if _is_about(view, each)]
    stands = isinstance(here, Form) and here.purpose == "mobile" and here.field.holds
    pressed_at = view.sent.pressed_at
    if not (said and stands and view.sent.last == "mobile" and pressed_at is not None):
        return None
    if owed(view) or view.now - pressed_at < view.timing.refused_by_page:
        return None
    return End("mobile refused", "", said[0].said, purpose="mobile")


def _refused_by_page(view: View, here: Here, telling: Complaint) -> bool:
    """Whether the page itself refuses what was typed, before it is sent.

    The message must still stand there, beside all that was typed or in a modal. A dialog of the
    browser counts if all that was typed is still there.
    """
    if telling.meaning not in {"mobile refused", "code too short"}:
        return False
    filled = isinstance(here, Form) and here.purpose == view.sent.last and here.field.holds
    stands = any(
        each.said == telling.said
        for each in complaints_of(view.look, frozenset(), view.sent.field, view.marks)
    )
    return (filled and (stands or telling.where == "dialog")) or (stands and view.look.modal)


def is_way_back(here: Form, sent: Sent) -> bool:
    """Whether the number's form comes after another one, since the page fell back to its start."""
    return here.purpose == "mobile" and sent.last not in {None, "mobile"}


def _has_failed(call: Call) -> bool:
    answer = call.answer
    no_json = answer is not None and not answer.is_json
    refused = call.kind == "data" and answer is not None and (answer.ok is False or no_json)
    return call.broke or (call.status or 0) >= 400 or refused


def _failed(view: View, call: Call, purpose: Purpose | None, *, accepted: bool) -> Next:
    """The next step after a call that failed."""
    if call.broke or (call.answer is None and call.status is None):
        reason = (call.failure or "no answer").removeprefix("ERR_").replace("_", " ").lower()
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
            is_json = answer is not None and answer.is_json
            what = "a failure, without a word" if is_json else "something that is not JSON"
            message = f"Upstox answered the page with {what}."
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
    """The next step that a message about a submission means: the end, or the second code."""
    sent = view.sent
    by_file = view.marks.meaning_of(said) if said.meaning == "unknown" else None
    if by_file is not None and meaning in {"unknown", by_file}:
        meaning = by_file if by_file in MAY_MEAN.get(purpose or "", {by_file}) else "unknown"
        if not accepted:
            # The login would end without this entry of the page file, so it ends with it.
            return End(meaning, message, said, purpose=purpose)
    if not wire and meaning == "trouble":
        said = Said(said.text)  # the page's "[500]" is made up
    lost = meaning == "session lost" and not sent.pin and sent.codes < 2
    if accepted:
        if meaning in REFUSALS:
            meaning = "unknown"  # what was accepted cannot be refused
        return End(meaning, message, said, purpose=purpose, accepted=True, fresh_start=lost)
    if purpose == "pin" and meaning in {"code refused", "code too short"}:
        meaning = "pin refused"  # such as "4 attempts left"
    if purpose == "otp" and meaning == "pin refused":
        meaning = "code refused"
    if purpose == "otp" and meaning == "code refused" and sent.codes < 2:
        return Again(said)
    return End(meaning, message, said, purpose=purpose, fresh_start=lost)


def _telling(view: View) -> Complaint | None:
    """The complaint that tells most: one with a code, or else one with a known meaning."""
    others = _about_others(view.sent)
    heard = [
        each
        for each in view.complaints
        if each.where != "elsewhere"
        and _is_about(view, each)
        and (each.meaning not in others or (each.said.code and each.meaning != "locked"))
    ]
    coded = [each for each in heard if each.said.code is not None]
    known = [each for each in heard if each.meaning != "unknown"]
    # "Something went wrong" often stands above a message that says more.
    telling = [each for each in known if each.meaning != "trouble"]
    return next(iter(coded or telling or known), None)


def _about_others(sent: Sent) -> frozenset[Meaning]:
    """Meanings that a message cannot have, by what was submitted last.

    A message about the number is no answer to a later form, and one about a code or PIN is no
    answer to the number. An accepted code or PIN does not lock the account.
    """
    if sent.last in sent.accepted:
        return frozenset({"mobile refused", "locked", "rate limited"})
    if sent.last == "mobile":
        return frozenset({"code refused", "code too short", "pin refused", "locked"})
    return frozenset({"mobile refused"})


def code_of(view: View) -> Said | None:
    """The error code that the wire or the page gave for the last submission."""
    for each in reversed(own_calls(view)):
        if each.answer is not None and each.answer.said is not None and each.answer.said.code:
            return each.answer.said
    return next((each.said for each in view.complaints if each.said.code), None)


def meaning_of_status(status: int) -> Meaning:
    """What an HTTP status means by itself."""
    if status == 429:
        return "rate limited"
    return "challenge" if status in {401, 403} else "trouble"
