"""What the page, or its server, said, and which error it means."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    Step,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import error_of

from . import page as known
from .page import Complaint, State
from .run import Attempts, Narrator, Sent, SessionLostError, address
from .watch import Watcher

_ACCEPTED_BEFORE = (
    "Upstox had accepted what was typed before that, so nothing is blocked: run again. If it "
    "stays, log in by hand once to see what Upstox wants."
)

_MAYBE_REFUSED = (
    "Nobody has seen this code before: it is taken for a refused PIN, which is not sent again. Log "
    "in once in the Upstox app; if the PIN is right, run `upstox-browser-login unlock`."
)

_REFUSED = {"mobile refused", "code refused", "pin refused", "not accepted", "unknown"}
"""What can be no word about a credential that was accepted before."""

WORD_SECONDS = 0.5
"""So soon after a submission its request has begun; words till then may be about another one."""

SETTLE_SECONDS = 2.0
"""How long a page may take to say what its server answered."""


class Judge:
    """The judge of one login. `pin` is the one that a refusal is about."""

    def __init__(
        self, *, watcher: Watcher, attempts: Attempts, narrator: Narrator, sent: Sent, pin: str
    ) -> None:
        self._watcher = watcher
        self._attempts = attempts
        self._narrator = narrator
        self._sent = sent
        self._pin = pin
        self._refused = 0

    def has_settled(self, *, stayed: bool) -> bool:
        """Whether the page has had the time to say what it has to say."""
        complaints = self._watcher.complaints()
        if not complaints or self._watcher.is_being_answered:
            return False
        if any(each.code in known.CODES for each in complaints):
            return True
        quiet = time.monotonic() - self._watcher.quiet_since
        if self._watcher.busy:
            return self._waited_enough()
        plain = any(each.source == "toast" and each.verdict != "unknown" for each in complaints)
        # Words without a code count at once only where the form they came from still stands.
        return (plain and stayed and quiet >= WORD_SECONDS) or quiet >= SETTLE_SECONDS

    def _waited_enough(self) -> bool:
        """Whether a complaint has stood for so long that a request under way is another matter."""
        since = self._watcher.complained_at
        return since is not None and time.monotonic() - since >= 2 * SETTLE_SECONDS

    async def check_document(self, step: Step) -> None:
        """End on an answer that is no page: a refusal in JSON, a gateway's error."""
        if self._watcher.document is None or self._watcher.document.status < 400:
            return
        await self._watcher.read_everything()
        answer = self._watcher.document
        try:
            data = json.loads(answer.body)
        except (ValueError, RecursionError):
            data = None
        if data is not None:
            refusal = error_of(answer.status, data, step=step)
            if refusal.code == "RATE_LIMITED":
                self._record(lambda: self._attempts.rate_limited(None, refusal.upstox_code))
            if refusal.code == "BAD_RESPONSE":
                # No code is spent yet, so this is none of the exchange's errors.
                raise UpstoxError(refusal.message, upstox_code=refusal.upstox_code)
            raise refusal
        host = urlsplit(answer.url).netloc
        said = f"{host} answered with a web page of HTTP {answer.status}."
        text = answer.body[:200_000].decode("utf-8", "replace")
        if answer.status == 429:
            self._record(lambda: self._attempts.rate_limited(None, None))
            raise LoginBlockedError(said, code="RATE_LIMITED")
        if re.search(known.CHALLENGE_TEXT, text, re.IGNORECASE):
            # A check of the browser may pass by itself; the page's own state tells.
            return
        if re.search(known.MAINTENANCE_TEXT, text, re.IGNORECASE):
            raise UpstoxUnavailableError(said, code="MAINTENANCE")
        if answer.status >= 500:
            raise UpstoxUnavailableError(said, code="SERVER_ERROR")
        if self._watcher.busy or time.monotonic() - self._watcher.quiet_since < SETTLE_SECONDS:
            return  # a page that is drawn by scripts may come with any status
        if answer.status in {401, 403}:
            raise PageChangedError(said, code="CHALLENGE")
        raise PageChangedError(said)

    def judge(self, state: State | None, before: State | None) -> None:
        """Raise the error that the complaints mean. Returns where another code may be tried."""
        complaint = min(self._watcher.complaints(), key=lambda each: each.weight)
        verdict = complaint.verdict
        self._narrator.seen(f"complaint: {verdict}", f"{complaint.text} [{complaint.code or '-'}]")
        step = (before or state or known.MOBILE).step
        if self._watcher.has_accepted_the_last and verdict != "session lost":
            if self.customer_state() is known.NO_CUSTOMER:
                no_customer = self.stopped(known.NO_CUSTOMER)
                no_customer.step = step
                raise no_customer
            raise self._verdict_error(complaint, step)
        if any(each.broke_off for each in self._watcher.complaints()):
            if before is known.PIN:
                self._record(self._attempts.pin_broke_off)
            elif before is known.OTP and verdict != "code refused":
                self._record(self._attempts.code_broke_off)
        if verdict == "session lost":
            self.lose(complaint)
        if before is known.PASSWORD and verdict in {"pin refused", "code refused", "unknown"}:
            refused = self._error(complaint, CredentialsRejectedError, "PIN_REJECTED", step)
            refused.hint = "Correct UPSTOX_PASSWORD before another try."
            raise refused
        if before is known.PIN and verdict in {"code refused", "not accepted"}:
            # "4 attempts left" is said of the PIN here.
            self._record(lambda: self._attempts.pin_refused(self._pin))
            raise self._error(complaint, CredentialsRejectedError, "PIN_REJECTED", step)
        if before is known.PIN and verdict == "unknown" and complaint.code is not None:
            # Nobody knows what it means, so it may mean a refusal.
            self._record(lambda: self._attempts.pin_refused(self._pin))
            unknown = self._error(complaint, UpstoxError, "UNEXPECTED", step)
            unknown.hint = _MAYBE_REFUSED
            raise unknown
        if before is known.OTP and verdict in {"code refused", "not accepted", "unknown"}:
            if verdict == "code refused" and self._sent.codes < 2:
                if self._refused < self._sent.codes:  # told once, however often it is looked at
                    self._refused = self._sent.codes
                    self._attempts.code_refused(final=False)
                    self._narrator.warn("Upstox refused the code; one more try with the next one.")
                return
            self._record(lambda: self._attempts.code_refused(final=True))
            if verdict == "code refused":
                raise self._error(complaint, CredentialsRejectedError, "TOTP_REJECTED", step)
        raise self._verdict_error(complaint, step)

    def _verdict_error(self, complaint: Complaint, step: Step) -> UpstoxError:
        if self._watcher.has_accepted_the_last:
            if known.PIN in self._watcher.accepted:
                step = "redirect"
            if complaint.verdict in _REFUSED:
                error = self._error(complaint, UpstoxError, "UNEXPECTED", step)
                error.hint = _ACCEPTED_BEFORE
                return error
        match complaint.verdict:
            case "mobile refused":
                return self._error(complaint, CredentialsRejectedError, "MOBILE_REJECTED", step)
            case "code refused" | "not accepted":
                return self._error(complaint, CredentialsRejectedError, "TOTP_REJECTED", step)
            case "pin refused":
                self._record(lambda: self._attempts.pin_refused(self._pin))
                return self._error(complaint, CredentialsRejectedError, "PIN_REJECTED", step)
            case "locked":
                self._record(self._attempts.account_locked)
                return self._error(complaint, LoginBlockedError, "ACCOUNT_LOCKED", step)
            case "rate limited":
                wait = known.stated_wait(complaint.text)
                self._record(lambda: self._attempts.rate_limited(wait, complaint.code))
                return self._error(complaint, LoginBlockedError, "RATE_LIMITED", step)
            case "several accounts":
                error = self._error(complaint, LoginBlockedError, "ACTION_REQUIRED", step)
                error.hint = str(known.CHOOSER.stop and known.CHOOSER.stop.hint)
                return error
            case "outdated":
                return self._error(complaint, PageChangedError, "PAGE_NOT_RECOGNISED", step)
            case "offline":
                return self._error(complaint, UpstoxUnavailableError, "NETWORK", step)
            case "trouble":
                if complaint.status in {401, 403}:
                    return self._error(complaint, PageChangedError, "CHALLENGE", step)
                return self._error(complaint, UpstoxUnavailableError, "SERVER_ERROR", step)
            case "session lost":
                return self.session_lost(complaint, step)
            case "unknown":
                return self._error(complaint, UpstoxError, "UNEXPECTED", step)

    def _record(self, tell: Callable[[], None]) -> None:
        """Tell the ledger what came of it; one that fails must not hide what Upstox has said.

        What was sent is in the ledger already, and counts as long as it has no outcome.
        """
        try:
            tell()
        except StoreError as error:
            self._narrator.warn(f"What Upstox answered is not recorded: {error.message}")

    def _error(
        self, complaint: Complaint, kind: type[UpstoxError], code: str, step: Step | None
    ) -> UpstoxError:
        text = complaint.text.rstrip(". ")
        said = text if complaint.source == "transport" else f"Upstox says: {text}"
        number = complaint.code
        # The page makes up the 500 of "Request aborted [500]".
        made_up = complaint.source == "toast" and complaint.verdict == "trouble"
        if complaint.status is not None and complaint.status >= 400 and not made_up:
            number = number or str(complaint.status)
        return kind(f"{said}.", code=code, upstox_code=number, step=step)

    def session_lost(self, complaint: Complaint | None, step: Step | None = None) -> UpstoxError:
        """The error for a page that fell back to its start."""
        if complaint is None:
            return UpstoxUnavailableError(
                "The login page fell back to its start.", code="SESSION_LOST"
            )
        return self._error(complaint, UpstoxUnavailableError, "SESSION_LOST", step)

    def fell_back(self, before: State | None) -> None:
        """Raise what it means that the page went back to its start: what it said, if it said why.

        A refusal must be known as one, or the next run would send the same again.
        """
        complaints = sorted(self._watcher.complaints(), key=lambda each: each.weight)
        if before is not None and complaints and complaints[0].verdict != "session lost":
            self.judge(None, before)
        self.lose(complaints[0] if complaints else None)

    def lose(self, complaint: Complaint | None) -> None:
        """Raise what a lost session means: a fresh start where that is safe, an error elsewhere."""
        if self._sent.pin:
            raise self.session_lost(complaint)
        if self._sent.codes >= 2:
            # A fresh start would want a third code.
            raise self.session_lost(complaint)
        raise SessionLostError(complaint)

    def stopped(self, state: State) -> UpstoxError:
        """The error for a state in which a login ends."""
        stop = state.stop
        if stop is None:
            raise AssertionError(state.name)
        complaints = self._watcher.complaints()
        number = next((each.code for each in complaints if each.code), None)
        text = next((each.text for each in complaints if each.code), "")
        if state is known.LOCKED:
            self._record(self._attempts.account_locked)
        elif state is known.OTP_BLOCKED:
            waits = [known.stated_wait(each) for each in (text, *self._watcher.texts[-20:])]
            wait = next((each for each in waits if each is not None), None)
            self._record(lambda: self._attempts.rate_limited(wait, number))
        said = f"{stop.message} Upstox says: {text.rstrip('. ')}." if text else stop.message
        return stop.error(said, code=stop.code, hint=stop.hint, upstox_code=number, step=state.step)

    def unknown(self, state: State | None, *, step: Step, url: str) -> UpstoxError:
        """The error for a page that is not known, or that does not react."""
        complaints = self._watcher.complaints()
        if complaints:
            telling = min(complaints, key=lambda each: each.weight)
            return self._verdict_error(telling, step)
        if state is None and self._watcher.facts.get("accounts", 0) > 1:
            return self.stopped(known.CHOOSER)
        if state is None and self._watcher.facts.get("isSecretPinSet") is False:
            return self.stopped(known.CREATE_PIN)
        by_fact = self.customer_state()
        # A sleeping customer of an app that is Upstox's own gets an empty PIN form without a word.
        if by_fact is not None and (state is None or (state is known.PIN and self._sent.pin)):
            return self.stopped(by_fact)
        if state is None and self._watcher.broken is not None:
            return self._verdict_error(self._watcher.broken, step)
        if state is None:
            what = "The page is none that this version knows"
        elif state is known.PIN and self._watcher.has_accepted_the_last:
            what = "Upstox accepted the PIN, but its page did not go on"
        else:
            what = f"The page did not react to what was submitted in its {state.name} form"
        return PageChangedError(f"{what} ({address(url)}).")

    def customer_state(self) -> State | None:
        """The state that the page's own traffic tells of the customer; None for an active one."""
        facts = self._watcher.facts
        by_type = known.CUSTOMER_STATES.get(str(facts.get("userType")))
        if by_type is not None:
            return by_type
        # The page lets a sleeping customer pass where the app is somebody's own.
        if facts.get("isExternalClientOAuthApp") is True:
            return None
        return known.CUSTOMER_STATES.get(str(facts.get("customerStatus")))

    def may_repeat(self, state: State) -> bool:
        """Whether a form that stayed is to be filled again: only after one refused code."""
        complaints = self._watcher.complaints()
        if state is not known.OTP or not complaints or self._sent.codes != self._refused:
            return False
        return min(complaints, key=lambda each: each.weight).verdict == "code refused"
