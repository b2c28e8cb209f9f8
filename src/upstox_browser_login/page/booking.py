"""Tells the ledger the outcome of everything that was sent, each outcome once."""

from __future__ import annotations

from msgspec.structs import replace

from upstox_browser_login.errors import StoreError
from upstox_browser_login.oauth import Redirect

from . import endings
from .complaints import normal
from .course import Course
from .failures.by_wire import by_wire
from .fields.place import went_by_itself
from .next import Again, End, Next
from .outcome import outcome, own_calls
from .said import Said, is_of_something_else, stated_wait
from .states.fields import Purpose
from .window import Window
from .wire.calls import CARRIED
from .words import OF_THE_ACCOUNT


class Booking:
    """The ledger's part of one login."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._attempts = course.job.attempts
        self._password_announced = False
        self._pin_announced = False
        self.pin_typed = False
        """Whether a character of the PIN may have been typed."""
        self._pin_taken = False
        """Whether an answer has taken the PIN.

        That is booked when the login ends, since the page may still call the PIN wrong.
        """
        self._pin_denied = False
        self._pin_booked = False
        self._ended_at: float | None = None
        """When the text was begun whose outcome was booked last."""
        self._times_told = 1

    def announce_pin(self, pin: str) -> None:
        """Tell the ledger, once, that the PIN is about to be sent.

        Raises where the login's limit would cut Upstox's answer off: nobody would know then whether
        the PIN was refused.
        """
        if not self._pin_announced:
            if not self._course.job.in_time():
                raise endings.too_late_for_a_pin()
            self._attempts.sending_pin(pin)
            self._course.job.narrator.sends("pin")
            self._pin_announced = True

    def announce_password(self) -> None:
        """Tell the ledger, once, that the password is about to be sent."""
        if not self._password_announced:
            self._attempts.sending_password()
            self._password_announced = True

    def withdraw_pin(self) -> None:
        """Tell the ledger that no character was typed of a PIN that was announced."""
        if self._pin_announced and not self.pin_typed:
            self._pin_announced = False
            try:
                self._attempts.pin_withdrawn()
            except StoreError as error:
                self._course.job.narrator.warn(
                    f"It could not be recorded that no PIN was sent: {error.message}"
                )

    def accepted(self, window: Window) -> None:
        """Note what Upstox has accepted, by the answer to the call that carried it."""
        self._accept_those_before(window)
        sent = self._course.sent
        if sent.last is None or sent.last in sent.accepted:
            return
        view = self._course.view(window)
        came = outcome(view)
        if came.state != "taken":
            return
        if sent.pressed_at is None and not went_by_itself(sent, view.traffic):
            return
        self._accept(sent.last)

    def _accept_those_before(self, window: Window) -> None:
        """Note the earlier fields of the same form that Upstox has accepted with this one."""
        sent, traffic = self._course.sent, window.ears.traffic
        for purpose in ("mobile", "otp"):
            if purpose == sent.last or purpose in sent.accepted or not sent.sent(purpose):
                continue
            carriers = traffic.carriers(CARRIED[purpose])
            if carriers and carriers[-1].answer is not None and carriers[-1].answer.ok is True:
                self._note_accepted(purpose)

    def _accept(self, purpose: Purpose) -> None:
        self._course.forget_complaints()
        self._course.idle_since = self._course.now()
        self._note_accepted(purpose)

    def _note_accepted(self, purpose: Purpose) -> None:
        course = self._course
        course.sent = replace(course.sent, accepted=course.sent.accepted | {purpose})
        if purpose in {"otp", "password"}:
            course.record(self._attempts.code_accepted)
        elif purpose == "pin":
            self._pin_taken = True

    def _book_taken_pin(self, end: End | None = None) -> None:
        """Forgive the PIN that an answer has taken, unless the page says since that it is wrong.

        The answer may be one that nobody here reads rightly; the PIN's outcome is unknown then.
        """
        said = [each.meaning for each in self._course.complaints]
        if end is not None:
            said += [end.meaning, *(() if end.said is None else (end.said.meaning,))]
        self._pin_denied = self._pin_denied or not OF_THE_ACCOUNT.isdisjoint(said)
        if self._pin_taken and not self._pin_denied:
            self._forgive_pin()

    def _forgive_pin(self) -> None:
        """Book once that Upstox has taken the PIN."""
        if not self._pin_booked:
            self._pin_booked = True
            self._course.record(self._attempts.pin_accepted)

    def redirected(self, address: str) -> None:
        """Note what a redirect with our state says about what was sent."""
        sent = self._course.sent
        if Redirect.of(address).code is not None:
            # A code in the redirect means that Upstox has taken everything that was sent.
            self._ended_at = sent.typed_at
            if any(sent.sent(each) and each not in sent.accepted for each in ("otp", "password")):
                self._course.record(self._attempts.code_accepted)
            if sent.pin:
                self._forgive_pin()

    def count_carried(self, window: Window) -> None:
        """Tell the ledger how often the PIN may have left: twice where its connection broke."""
        is_taken = self._pin_taken and not self._pin_denied
        if not self._course.sent.pin or is_taken or self._pin_booked:
            return
        carriers = window.ears.traffic.carriers(CARRIED["pin"])
        times = sum(2 if each.broke else 1 for each in carriers)
        if not carriers and self._course.sent.last == "pin":
            # It may have left encrypted, in one of several calls.
            times = 1 + any(each.broke for each in own_calls(self._course.view(window)))
        if times > self._times_told:
            self._course.record(lambda: self._tell_times(times))

    def _tell_times(self, times: int) -> None:
        self._attempts.pin_carried(times)
        self._times_told = times

    def refused_once(self, said: Said) -> None:
        """Note that Upstox refused the first code, so that one more may be tried."""
        course, narrator = self._course, self._course.job.narrator
        narrator.trouble()
        narrator.seen("complaint: code refused", f"{said.text} [{said.code or '-'}]")
        course.record(lambda: self._attempts.code_refused(final=False))
        narrator.warn("Upstox refused the code; one more try with the next one.")
        course.refused |= {normal(each.said.text) for each in course.complaints}
        course.sent = replace(
            course.sent, refused_codes=course.sent.codes, last=None, pressed_at=None, fills=0
        )

    def ended(self, window: Window, end: End) -> None:
        """Tell the ledger what the end of the login means for the account."""
        course, attempts = self._course, self._attempts
        purpose, sent, pin = end.purpose, course.sent, course.job.account.pin
        self._ended_at = sent.typed_at
        self._book_taken_pin(end)
        if end.broke and purpose == "otp":
            course.record(attempts.code_broke_off)
        self.count_carried(window)
        match end.meaning:
            case "locked":
                course.record(attempts.account_locked)
            case "rate limited":
                self._rate_limited(end)
            case "pin refused" if purpose == "pin" and sent.pin:
                course.record(lambda: attempts.pin_refused(pin))
                if end.said is not None and end.said.meaning == "rate limited":
                    self._rate_limited(end)  # a corrected PIN has to wait as well
            case "unknown" if (
                purpose == "pin"
                and not end.accepted
                and end.said
                and end.said.code
                and end.kind == ""
            ):
                # An unknown code after the PIN counts as a refusal, since it may be one.
                course.record(lambda: attempts.pin_refused(pin))
            case "code refused" | "code too short" | "unknown" if (
                purpose == "otp"
                and not end.accepted
                and end.kind == ""
                and sent.codes
                and not _has_another_reason(end)
            ):
                course.record(lambda: attempts.code_refused(final=True))

    def last_answer(self, window: Window) -> Next | None:
        """What the answers so far mean, if the outcome of what was typed last is not booked yet."""
        view = self._course.view(window)
        if self._ended_at == view.sent.typed_at:
            return None
        return by_wire(replace(view, now=view.now + 2 * view.timing.settle))

    def left(self, window: Window) -> None:
        """Book what Upstox has answered to what was typed last, as the login ends otherwise."""
        last = self.last_answer(window)
        if isinstance(last, Again):
            self._course.record(lambda: self._attempts.code_refused(final=True))
        elif isinstance(last, End):
            self.ended(window, last)
        self._book_taken_pin()

    def _rate_limited(self, end: End) -> None:
        said = end.said.text if end.said is not None else ""
        texts = [said, end.message, *(each.said.text for each in self._course.complaints)]
        wait = next((each for each in map(stated_wait, texts) if each is not None), None)
        number = endings.upstox_code(end)
        self._course.record(lambda: self._attempts.rate_limited(wait, number))


def _has_another_reason(end: End) -> bool:
    """Whether an unknown failure after a code is surely no refusal of it, by its text or status.

    Any other unknown failure counts as a refusal, since it may be one in words that nobody knows.
    """
    if end.meaning != "unknown" or end.said is None or end.said.code is not None:
        return False
    text, status = end.said.text, end.said.status
    return is_of_something_else(text) or (not text and status in _JUDGE_NO_CODE)


_JUDGE_NO_CODE = frozenset({404, 405, 408, 415, 425})
"""Statuses with which no server refuses a code."""
