"""What the page's own messages about a submission mean."""

from __future__ import annotations

from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.fields.place import went_by_itself
from upstox_browser_login.page.here import Here, Stop, filled_form
from upstox_browser_login.page.next import End, Next, Wait
from upstox_browser_login.page.outcome import carried_it, nothing_left, outcome, unread_call
from upstox_browser_login.page.owed import owed
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.said import names_number
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call
from upstox_browser_login.page.words import CODES, OF_THE_ACCOUNT

from .meanings import after_failure, meant
from .messages import complaint_elsewhere, is_about, shown, telling_complaint
from .unclear import is_denied

_ONLY_OF_A_SERVER = OF_THE_ACCOUNT | {"code refused"}
"""What no page can know before it has asked its server."""


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
    telling = telling_complaint(view)
    if telling is None and (is_denied(view, came.call) or _came_back(view, here, came.call)):
        telling = complaint_elsewhere(view)
    elif telling is None and _stays_unread(view, here):
        told = complaint_elsewhere(view)
        telling = told if told is not None and _only_refuses(told) else None
    if telling is None:
        return _refused_elsewhere(view, here) if came.state == "none" else None
    if sent.pressed_at is None and not went_by_itself(sent, view.traffic):
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
    is_certain = filled_form(here, sent) is not None or telling.said.code in CODES
    if age < (view.timing.message if is_certain else view.timing.settle):
        return None
    if telling.meaning == "trouble" and came.call is not None and _tells_more(came.call):
        return after_failure(view, came.call, sent.last, accepted=False)
    return meant(view, telling.meaning, telling.said, "", sent.last, wire=False)


def _tells_more(call: Call) -> bool:
    """Whether a failed call tells more of its failure than a page's "Something went wrong".

    Where the answer is no JSON, the page cannot read it either, so its message is made up.
    """
    if call.broke or call.answer is None:
        return call.broke
    return not call.answer.is_json or call.answer.meaning not in {"trouble", "unknown"}


def _came_back(view: View, here: Here, call: Call | None) -> bool:
    """Whether the form was sent with a request for a page, which has drawn it again and empty.

    A new text that refuses what was sent is then believed wherever it stands.
    """
    if call is None or not (call.main and call.trusted):
        return False
    form = filled_form(here, view.sent)
    return form is not None and not form.field.length and carried_it(view, call)


def _stays_unread(view: View, here: Here) -> bool:
    """Whether the form stays after an answer that nobody can read.

    A new text that refuses what was sent is then believed wherever it stands: nothing but the page
    can say why its form stays.
    """
    call, form = unread_call(view), filled_form(here, view.sent)
    if call is None or call.ended is None or call.main or owed(view):
        return False
    stays = form is not None and form.field.holds
    return stays and view.now - call.ended >= view.timing.settle


_MOST_WORDS = 8
"""A longer text is no refusal by itself."""

_TELLS_OF_OTHERS = Pattern(
    r"\b(customers?|users?|people|news|watch|read|learn|explained|guide|can|if|when|why|how|what)\b"
)
"""Words of a headline about refusals, and not of the refusal itself."""


def _only_refuses(told: Complaint) -> bool:
    """Whether a text is the refusal itself, such as "Incorrect PIN", and no news of refusals."""
    text = told.said.text
    return len(text.split()) <= _MOST_WORDS and _TELLS_OF_OTHERS.search(text) is None


def _refused_elsewhere(view: View, here: Here) -> Next | None:
    """The end if a text far from the form refuses the number, and the page has sent nothing.

    The form must still stand there with all that was typed, after its button was pressed. A dialog
    of the browser refuses the number in any words that name it.
    """
    said = [
        each
        for each in view.complaints
        if is_about(view, each)
        and (
            each.meaning == "mobile refused"
            or (each.where == "dialog" and each.meaning == "unknown" and names_number(each.said))
        )
    ]
    form, pressed_at = filled_form(here, view.sent), view.sent.pressed_at
    if not said or pressed_at is None:
        return None
    if form is None or form.purpose != "mobile" or not form.field.holds:
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
    form = filled_form(here, view.sent)
    filled = form is not None and form.field.holds
    stands = any(each.said == telling.said for each in shown(view))
    return (filled and (stands or telling.where == "dialog")) or (stands and view.look.modal)
