"""What an answer in an unknown format means."""

from __future__ import annotations

from upstox_browser_login.page.here import Form, Here
from upstox_browser_login.page.next import Next, Wait
from upstox_browser_login.page.outcome import outcome
from upstox_browser_login.page.owed import owed
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import CARRIED, Call

from .by_wire import may_be_another
from .meanings import MAY_MEAN, after_failure, meant
from .messages import complaint_elsewhere, standing_complaint, telling_complaint


def is_denied(view: View, call: Call | None) -> bool:
    """Whether the answer denies what was sent, though its format is not known.

    A text of the page that refuses the same is then believed wherever it stands.
    """
    if call is None or call.answer is None or view.sent.last is None:
        return False
    return call.answer.denies and CARRIED[view.sent.last] in call.carries


def refused_again(view: View, here: Here) -> Next | None:
    """The next step if the message that refused the last code still stands after the next one.

    The same refusal has the same message. The answer must say nothing else, and the page must not
    go on.
    """
    came = outcome(view)
    call, standing = came.call, standing_complaint(view)
    if standing is None or came.state != "unclear" or call is None or call.ended is None:
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
    came = outcome(view)
    call, purpose = came.call, view.sent.last
    if came.state != "unclear" or call is None or call.answer is None or call.ended is None:
        return None
    denial = call.answer.denial
    if denial is None or not is_denied(view, call) or owed(view):
        return None
    if not isinstance(here, Form) or here.purpose != purpose:
        return None
    if denial.meaning not in MAY_MEAN.get(purpose, {"mobile refused"}):
        return None
    if view.now - call.ended < 2 * view.timing.settle:
        return Wait(0.2, "the page may say more, or go on")
    return meant(view, denial.meaning, denial, "", purpose, wire=True)


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
    if may_be_another(view, call):
        return None
    if telling_complaint(view) is not None:
        return None  # what the page says counts as soon as it has stood for long enough
    if view.now - call.ended < view.timing.settle:
        return Wait(0.1, "the page may go on")
    told = complaint_elsewhere(view)
    if told is not None:
        # Nothing but the page can say why its form stays, so its text counts wherever it stands.
        return meant(view, told.meaning, told.said, "", view.sent.last, wire=False)
    return after_failure(view, call, view.sent.last, accepted=False)
