"""Does what was decided: types a credential, presses a control, leaves a field."""

from __future__ import annotations

import asyncio
import logging
import re

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.errors import ConfigurationError, PageChangedError

from . import endings
from .booking import Booking
from .codes import Codes
from .course import Course
from .fields.place import went_by_itself
from .here import Form, Sent
from .look import Look
from .next import Fill, Key, Press
from .screens.ends import of_a_lock
from .states.fields import SIGNED_IN_AS, STEPS, Purpose
from .view import View
from .window import Window
from .wire.calls import CARRIED

log = logging.getLogger(__name__)

MOST_MISSES = 20
"""Looks in a row that show a form which takes no input, before the page counts as unknown."""

MOST_CHANGES = 10
"""Presses in a row whose control became another one, before the login gives up.

A button that shows another word under the pointer does that once or twice.
"""


class _ConfirmedPress(Struct, frozen=True):
    """A press that the browser has confirmed; the page's script may still report it stopped."""

    window: Window
    step: Press
    before: Sent
    """What was sent before it."""
    stops: int
    """How many presses the script in the page had stopped by then."""
    changes: int
    """How many controls in a row had changed by then."""


def _has_sent(window: Window, since: float) -> bool:
    """Whether the page has sent something to Upstox that it had not sent before."""
    calls = window.ears.traffic.since(since)
    return any(each.posts and each.trusted and not each.same for each in calls)


class Acting:
    """Types, presses and leaves fields for one login. The ledger is always told before."""

    def __init__(self, course: Course, booking: Booking, codes: Codes) -> None:
        self._course = course
        self._job = course.job
        self._booking = booking
        self._codes = codes
        self._misses = 0
        self._changes = 0
        self._made: _ConfirmedPress | None = None

    # -- typing ------------------------------------------------------------------------------------

    async def fill(self, window: Window, view: View, step: Fill) -> None:
        """Type the credential of a form."""
        course, form = self._course, step.form
        await course.enter(STEPS[form.purpose])
        if self._job.ready is not None:
            await self._job.ready()
        # First, since the ledger must not be told of something that cannot be typed.
        window.hands.check(form.field)
        text = await self._credential(window, form, view)
        window.gate.typing()
        window.ears.look_out_for(CARRIED[form.purpose], text)
        again = course.sent.last == form.purpose and course.sent.fills > 0
        now = course.now()
        if not again:
            course.forget_complaints()
            # Newer than `view`: a fresh TOTP window may have been waited for meanwhile.
            course.stood_before(window.eyes.look, form.field)
        course.sent = replace(
            course.sent,
            last=form.purpose,
            typed_at=course.sent.typed_at if again else now,
            field=form.field.n,
            likeness=form.field.likeness,
            fills=course.sent.fills + 1 if again else 1,
            pressed_at=None,
            acted_at=now,
            blurred=False,
        )
        log.debug("filling the %s form: %s", form.purpose, "; ".join(map(str, form.why)))
        if form.purpose == "pin":
            self._booking.pin_typed = True
        typed_at = course.sent.typed_at
        told = await window.hands.fill(
            form.field,
            text,
            keys=step.keys,
            # A page may send a PIN of fewer digits by itself, and again with each further one.
            wanted=lambda: form.purpose == "mobile" or not _has_sent(window, typed_at),
        )
        if told != "typed":
            self._not_typed(form.purpose, told)
            await course.wait(0.1)
            return
        # Counted from the end of the typing, which may be slow.
        course.sent = replace(course.sent, acted_at=course.now())
        # Complaints about the first characters do not count for the whole text.
        course.drop_past_complaints(window.eyes.look)
        course.sent = course.sent.with_sent(form.purpose)

    def _not_typed(self, purpose: Purpose, why: str) -> None:
        """Count that nothing was typed, since the field was gone, closed or out of reach."""
        log.debug("nothing was typed into the %s form: %s", purpose, why)
        if purpose == "pin" and self._course.sent.fills <= 1:
            self._booking.pin_typed = False
        self._course.sent = replace(self._course.sent, last=None, fills=0)
        self._misses += 1
        if self._misses > MOST_MISSES:
            raise PageChangedError(f"The {purpose} form is there, but does not take input.")

    async def _credential(self, window: Window, form: Form, view: View) -> str:
        """The text to type. The ledger is told of it before."""
        account = self._job.account
        match form.purpose:
            case "mobile":
                return account.mobile
            case "otp":
                return await self._codes.fresh(window)
            case "pin":
                self._check_whose_pin(view.look)
                self._booking.announce_pin(account.pin)
                return account.pin
        if account.password is None:
            raise ConfigurationError(
                "Upstox's page asks for a password, and UPSTOX_PASSWORD is not set.",
                hint="Set UPSTOX_PASSWORD.",
            )
        self._booking.announce_password()
        return account.password

    def _check_whose_pin(self, look: Look) -> None:
        """Refuse to type the PIN on another customer's page, where it would count against them."""
        match = SIGNED_IN_AS.search(look.says())
        if match and re.sub(r"\D", "", match[1]) != self._job.account.mobile:
            raise endings.another_number()

    # -- submitting --------------------------------------------------------------------------------

    async def press(self, window: Window, step: Press) -> None:
        """Press a control, to submit a form or to pass a screen."""
        course = self._course
        if self._job.headed or self._job.pause is not None:
            # The pause that the user has set, or else long enough for a person to see what is
            # pressed.
            await asyncio.sleep(
                self._job.pause if self._job.pause is not None else self._job.timing.watched
            )
            if step.purpose is not None and went_by_itself(course.sent, window.ears.traffic):
                return
        if step.way is not None:
            if step.way.name == "approval":
                await course.enter("redirect")
            self._job.narrator.seen(step.way.name, f"pressed {step.control.words[:60]!r}")
        before, stops = course.sent, window.eyes.stops
        self._made = None  # reports about the last press were read before this one
        if step.purpose is not None:
            self._submits(window)
        why = await window.hands.press(
            step.control,
            wanted=lambda: step.purpose is None or not went_by_itself(before, window.ears.traffic),
            once_drawn=step.purpose not in {None, "mobile"},
        )
        if why:
            log.debug("%r was not pressed: %s", step.control.words[:40], why)
            course.sent = before
            self._not_pressed(step, why)
            await course.wait(0.1)
            return
        self._made = _ConfirmedPress(window, step, before, stops, self._changes)
        self._changes = 0
        if step.way is not None:
            pressed, now = (*course.sent.pressed, step.way.name), course.now()
            course.sent = replace(course.sent, pressed=pressed, passed_at=now, acted_at=now)

    def hear_of_stops(self, window: Window) -> None:
        """Take back the last press if the script in the page says late that it has stopped it.

        The browser may answer the press before the script's report comes.
        """
        made = self._made
        if made is None or window is not made.window or window.eyes.stops == made.stops:
            return
        log.debug("%r was not pressed after all", made.step.control.words[:40])
        self._made, self._changes = None, made.changes
        self._course.sent = replace(
            self._course.sent,
            pressed_at=made.before.pressed_at,
            pressed=made.before.pressed,
            passed_at=made.before.passed_at,
            acted_at=self._course.now(),
        )
        self._not_pressed(made.step, "changed")

    def _not_pressed(self, step: Press, why: str) -> None:
        """Count a press that was not made, since its control had become another one."""
        if why != "changed":
            return
        self._changes += 1
        if self._changes > MOST_CHANGES:
            place = f"{step.purpose} form" if step.way is None else step.way.name
            raise PageChangedError(
                f"The control that leads on from here ({place}) becomes another one whenever it is "
                "pressed."
            )

    async def key(self, window: Window, step: Key) -> None:
        """Press Enter in a field, or leave it."""
        course, before = self._course, self._course.sent
        account = self._job.account
        typed = {
            "mobile": account.mobile,
            "otp": self._codes.code,
            "pin": account.pin,
            "password": account.password,
        }
        text = typed[step.purpose] or ""
        if step.blur:
            course.sent = replace(course.sent, blurred=True, acted_at=course.now())
            await window.hands.blur(step.field, text)
            return
        self._submits(window)
        self._job.narrator.seen("submitted", "by Enter: the form has no button that is known")
        if not await window.hands.enter(
            step.field, text, wanted=lambda: not went_by_itself(before, window.ears.traffic)
        ):
            course.sent = replace(course.sent, pressed_at=None)

    def _submits(self, window: Window) -> None:
        """Note that the form is about to be submitted."""
        course, now = self._course, self._course.now()
        course.drop_past_complaints(window.eyes.look)
        # A lock that the page names before a PIN is sent does not come from that PIN.
        told = course.sent.lock_told or bool(of_a_lock(window.eyes.look))
        course.sent = replace(course.sent, pressed_at=now, acted_at=now, lock_told=told)
        course.idle_since = now
