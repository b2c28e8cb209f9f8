"""What to do at a form: fill it, submit it once, and wait for the outcome."""

from __future__ import annotations

from .controls import pressed_by_enter, sends_a_secret
from .failures.messages import code_of
from .fields.around import stood_elsewhere
from .fields.place import went_by_itself
from .here import Evidence, Form, Nothing, Sent, Way, is_way_back, way
from .look import Field, Look
from .nearness import share_a_form
from .next import End, Fill, Key, Next, Press, Wait
from .outcome import nothing_left, outcome
from .owed import owed
from .screens.front import is_ticked
from .screens.ways import is_of_a_message, message_is_chosen, totp_is_enabled
from .states.buttons import IS_A_KEY, SENDS_A_KEYPAD_AWAY
from .states.screens import screen
from .states.terms import AGREE
from .view import View

FOR_A_PERSON = "Upstox's page asks for something that only a person can do."

_CHOICES = frozenset({"method", "method chosen", "other ways"})
"""After one of these ways was pressed, the field may still be that of the other method."""


def at_form(view: View, here: Form) -> Next:
    """What to do at the form that stands there."""
    sent = view.sent
    if sent.last == here.purpose and here.purpose not in sent.accepted:
        return _submitting(view, here)
    sent_before = sent.sent(here.purpose) and here.purpose != "otp"
    if here.purpose in sent.accepted or sent_before or is_way_back(here, sent):
        return _back(view, here)
    if here.purpose == "otp" and sent.codes >= 2:
        return _back(view, here)
    step = _not_yet(view, here) or _another_code(view, here)
    if step is None and here.field.disabled:
        return Wait(0.25, "the field is closed")
    return step or Fill(here)


def _not_yet(view: View, here: Form) -> Wait | None:
    """Why the form is not filled yet, where the page may still change."""
    sent, timing = view.sent, view.timing
    # The last form was accepted, since another one has come. Its answer is still awaited.
    owes_answer = sent.last not in {None, here.purpose} and sent.last not in sent.accepted
    if owes_answer and outcome(view).state == "pending":
        return Wait(0.2, "an answer is owed")
    left = _must_stand(view)
    if left > 0:
        return Wait(left, "the look must stand")
    if here.purpose != "mobile" and stood_elsewhere(here.field, view.look, sent):
        # The field stood there before, so the next form may not be drawn yet.
        since = view.idle
        if since < timing.settle and view.stood < timing.patience:
            return Wait(timing.settle - since, "the next form may come yet")
    since = view.now - sent.passed_at
    settles = timing.settle if view.stood >= since else timing.drawn
    if sent.pressed and sent.pressed[-1] in _CHOICES and since < settles:
        return Wait(0.1, "the page may show another field")
    if view.stood < timing.patience:
        fresh = sent.last is None and here.purpose != "mobile"
        if fresh and _quiet(view) < timing.drawn:
            return Wait(0.1, "a page that was just loaded may be drawn once more")
        if owed(view):
            return Wait(0.25, "the page owes an answer")
        if not view.look.ready:
            return Wait(0.25, "the page is loading")
    return None


def _another_code(view: View, here: Form) -> Next | None:
    """What to do at a box that may take another code than the authenticator's."""
    if here.purpose != "otp":
        return None
    takes = totp_is_enabled(here, view.look, view.traffic)
    if takes is False:
        if view.stood < view.timing.ending:
            return Wait(0.2, "the box may yet say that it takes a TOTP")
        return End("unknown", kind="no TOTP", why=here.why, purpose="otp", step="totp")
    if is_of_a_message(here.field) or message_is_chosen(here.field, view.look):
        # The box counts more than what an answer says of the account. Another way may still appear.
        if view.stood < view.timing.unknown:
            return Wait(0.25, "the box is for the code of a message")
        return End("outdated", kind="unknown", why=here.why, purpose="otp", step="totp")
    return None


def _must_stand(view: View) -> float:
    """Seconds for which the page must still stay unchanged.

    Many pages draw their first form, ask for their settings, and draw it again. It is the second
    form if a field was taken away before and an answer has come. One of these alone may have
    another cause.
    """
    timing = view.timing
    if view.sent.last is not None:
        return timing.rest - view.stood
    came = [
        each.ended
        for each in view.traffic.calls
        if each.kind == "data" and each.ended is not None and not (each.posts or each.blocked)
    ]
    left = (timing.rest if came and view.look.redrawn else timing.first) - view.stood
    if not came or view.stood >= timing.patience:
        return left  # a page that polls is never at rest
    return max(left, timing.rest - (view.now - max(came)))


def _quiet(view: View) -> float:
    """Seconds since something was asked, answered or drawn."""
    times = [each.ended if each.ended is not None else each.at for each in view.traffic.calls]
    return min(view.stood, view.now - max(times, default=0.0))


def _submitting(view: View, here: Form) -> Next:
    """What to do while the filled form is still shown."""
    sent, timing = view.sent, view.timing
    if sent.pressed_at is not None:
        return _back_or_wait(view, here)
    came = outcome(view)
    if went_by_itself(view.sent, view.traffic):
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
        return _without_its_text(view, here)
    return _press(view, here)


def _without_its_text(view: View, here: Form) -> Next:
    """What to do at a form that has lost what was typed before it was submitted."""
    sent, timing = view.sent, view.timing
    since = view.now - sent.acted_at
    if view.stood < timing.rest or since < timing.lost:
        return Wait(timing.rest, "the look must stand")
    if sent.fills >= _most_fills(sent) or (view.complaints and sent.last != "mobile"):
        if since < timing.refused_by_page or view.stood < timing.stuck:
            return Wait(0.2, "the page may say why")
        return End("outdated", kind="stuck", why=here.why, purpose=here.purpose)
    if not nothing_left(view):
        return _unanswered(view, here)
    return _fill_again(view, here)


def _fill_again(view: View, here: Form) -> Next:
    """Type once more into a form that is empty although nothing was sent.

    A page may empty the field as it takes a secret that it is only about to send, so that one is
    typed later than a number.
    """
    sent, timing = view.sent, view.timing
    if view.stood < timing.emptied:
        return Wait(0.1, "the text may come back")
    since = view.now - sent.acted_at
    spins = view.look.spinner and since < timing.unknown
    if sent.last != "mobile" and (since < timing.ending or spins):
        return Wait(0.1, "the page may be about to send what it has taken")
    # A page that has kept the text of some boxes may read each box by itself.
    is_unheard = here.field.length == 0 or here.field.boxes > 0
    return Fill(here, keys=is_unheard and sent.field == here.field.n)


def _press(view: View, here: Form) -> Next:
    sent, timing = view.sent, view.timing
    since = view.now - sent.acted_at
    button = here.button
    if button is not None and button.can_be_pressed:
        return Press(button, purpose=here.purpose)
    if since < timing.enable:
        return Wait(0.1, "the button may become enabled")
    if not sent.blurred:
        return Key(here.field, here.purpose, blur=True)
    away = None if button is None or not button.covered else _keypad_away(view)
    if away is not None:
        return Press(away.control, way=away)
    if button is None and not _enter_does_more(view.look, here.field):
        return Key(here.field, here.purpose)
    # A secret only after a long rest, since the page may be about to send it by itself.
    rests = min(view.stood, since) >= 2 * timing.settle and not view.look.spinner
    if (
        (here.purpose == "mobile" or (rests and button is not None))
        and sent.fills < 2
        and not view.complaints
        and since >= timing.settle
        and nothing_left(view)
    ):
        # The page may read keys only, or its scripts may have loaded after the typing.
        return Fill(here, keys=True)
    if since >= timing.unknown / 2:
        return _for_a_person(view.look, here) or End(
            "outdated", kind="stuck", why=here.why, purpose=here.purpose
        )
    return Wait(0.25, "the button is closed")


_FEWEST_KEYS = 9
"""Keys with a digit, by which a keypad of the page is one."""


def _keypad_away(view: View) -> Way | None:
    """What sends a keypad of the page away that lies over the button; None if there is none."""
    seen = [each for each in view.look.controls if each.can_be_pressed]
    keys = {each.words[:1] for each in seen if IS_A_KEY.search(each.words)}
    away = [each for each in seen if SENDS_A_KEYPAD_AWAY.search(each.words)]
    if len(keys) < _FEWEST_KEYS or len(away) != 1 or "keypad" in view.sent.pressed:
        return None
    return way("keypad", away[0], Evidence("shape", 1, f"beside {len(keys)} keys"))


def _for_a_person(look: Look, here: Form) -> End | None:
    """The end of a form whose button stays closed until a person ticks that they agree."""
    boxes = [
        each
        for each in look.controls
        if share_a_form(each, here.field)
        and is_ticked(each)
        and not each.chosen
        and AGREE.search(each.words)
    ]
    if here.button is None or not boxes:
        return None
    why = (
        Evidence("words", 2, f"a box {boxes[0].words[:60]!r}"),
        Evidence("shape", 1, "and a closed button"),
    )
    return End("denied", FOR_A_PERSON, why=why, purpose=here.purpose)


def _enter_does_more(look: Look, field: Field) -> bool:
    """Whether Enter would press a button that is not known to only send the form."""
    control = pressed_by_enter(look, field)
    return control is not None and not sends_a_secret(control.words)


def _most_fills(sent: Sent) -> int:
    """How often a form that loses its text is filled. A number locks nothing, so it is safe."""
    return 4 if sent.last == "mobile" else 2


def _back_or_wait(view: View, here: Form) -> Next:
    """What to do while the form is still shown after its button was pressed."""
    came = outcome(view)
    if came.state == "pending" or owed(view):
        return Wait(0.25, "an answer is owed")
    if _is_empty_and_unsent(view, here):
        return _fill_again(view, here)
    if view.idle >= view.timing.unknown:
        return End("outdated", kind="no reaction", why=here.why, purpose=here.purpose)
    if here.purpose == "pin":
        return _back(view, here)
    return Wait(0.25, "the page may go on")


def _is_empty_and_unsent(view: View, here: Form) -> bool:
    """Whether the form lost its text during the press, so that nothing was sent by it.

    A page may empty a secret's own field as it takes that, so that only another one counts.
    """
    sent = view.sent
    return (
        here.field.length == 0
        and (sent.last == "mobile" or here.field.n != sent.field)
        and sent.fills < _most_fills(sent)
        and (not view.complaints or sent.last == "mobile")
        and nothing_left(view)
    )


def _unanswered(view: View, here: Form) -> Next:
    """Wait, since a request may have carried what was typed; end if the page stays idle."""
    if not owed(view) and view.now - view.idle_since >= view.timing.unknown:
        return End("outdated", kind="unanswered", why=here.why, purpose=here.purpose)
    return Wait(0.25, "the page may have sent something by itself")


def _back(view: View, here: Form) -> Next:
    """What to do at a form that was sent before and is shown again or still."""
    end: End | None = None
    if here.purpose == "mobile":
        end = _fell_back(view, here)
    elif here.purpose == "pin":
        end = _asks_for_the_pin_again(view, here)
    elif here.purpose == "otp":
        end = _asks_for_another_code(view, here)
    if end is not None:
        return end
    if view.idle >= view.timing.unknown:
        return End("outdated", kind="no reaction", why=here.why, purpose=here.purpose)
    return Wait(0.25, "what was sent is on its way")


def _fell_back(view: View, here: Form) -> End | None:
    """The end of a login whose page shows the number's form, empty, after it took the number."""
    sent = view.sent
    fresh = here.field.length == 0 or here.field.n != sent.field
    # A page may still show the number's field beside a later form.
    others = [f.n for f in view.look.fields if f.n != here.field.n]
    kept = sent.last != "mobile" and sent.field in others
    taken = sent.last != "mobile" or "mobile" in sent.accepted
    timing = view.timing
    patience = timing.settle if sent.last == "mobile" else timing.fell_back
    if not fresh or kept or not taken or owed(view):
        return None
    if view.stood < timing.fell_back or view.idle < patience:
        return None
    said = code_of(view) or next((each.said for each in view.complaints), None)
    fresh_start = not sent.pin and sent.codes < 2
    return End("session lost", "", said, purpose=sent.last, fresh_start=fresh_start)


def _asks_for_the_pin_again(view: View, here: Form) -> End | None:
    """The end of a login whose page shows an empty PIN form after the PIN was sent."""
    sent = view.sent
    if here.field.length != 0 or owed(view):
        return None
    # Of an account that is known to be dormant, a form that was drawn only now counts as well: a
    # slow machine may draw it late.
    if is_asleep(view) and (
        view.stood >= patience_with_sleep(view, here) or view.idle >= view.timing.unknown
    ):
        return asleep(view, Evidence("shape", 1, "an empty PIN form"))
    is_another = "pin" not in sent.accepted and here.field.n != sent.field
    if is_another and min(view.stood, view.idle) >= view.timing.settle:
        return End("outdated", kind="second PIN", why=here.why, purpose="pin")
    return None


def _asks_for_another_code(view: View, here: Form) -> End | None:
    """The end of a login that has to give a second code, in another field than the first.

    Such as that of a new device, which comes by e-mail. Upstox has accepted the first one.
    """
    sent, field = view.sent, here.field
    is_another = field.n != sent.field and field.likeness != sent.likeness and not field.length
    if "otp" not in sent.accepted or sent.last not in sent.accepted or not is_another:
        return None
    if owed(view) or min(view.stood, view.idle) < view.timing.unknown:
        return None
    return another_code(field, here.why)


def another_code(field: Field, why: tuple[Evidence, ...]) -> End:
    """The end of a login that has to give another code in this field. The message names it."""
    called = next((each for each in (field.label, *field.near, field.heading) if each), "")
    message = "Upstox has accepted the code and asks for another one, which only a person can give"
    told = f": {called[:80].rstrip('. ')!r}." if called else "."
    return End("denied", f"{message}{told}", why=why, purpose="otp", step="totp")


def is_asleep(view: View) -> bool:
    """Whether Upstox has accepted the PIN of an account that its answers call dormant."""
    status = view.traffic.facts.get("customerStatus")
    return status in {"DORMANT", "INACTIVE"} and "pin" in view.sent.accepted


def patience_with_sleep(view: View, here: Form | Nothing) -> float:
    """Seconds for which the page of a dormant account may stay after the PIN.

    In an app's login the page ignores that the account is dormant, so it may only be slow.
    """
    ignored = view.traffic.facts.get("isExternalClientOAuthApp") is True
    is_busy = isinstance(here, Nothing) and here.loading
    return view.timing.unknown if ignored or is_busy else view.timing.settle


def asleep(view: View, seen: Evidence) -> End:
    """The end of a login whose account is dormant, by the wire and by what is seen."""
    known = screen("reactivate account")
    told = Evidence("wire", 2, f"customerStatus is {view.traffic.facts['customerStatus']}")
    return End(
        "inactive", known.message, why=(told, seen), name=known.name, purpose="pin", step="pin"
    )
