"""Sees and hears all that is new in the window, and raises what ends a login at any time."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from upstox_browser_login.errors import (
    LoginBlockedError,
    PageChangedError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.oauth import Redirect, without_code
from upstox_browser_login.settings import is_upstox_host

from . import endings
from .course import Course
from .here import Form, Here, Nothing, Sent, Stop
from .look import Look
from .outcome import outcome
from .owed import owed
from .recognise import recognise
from .states.screens import opens_an_account, wants_of
from .view import View
from .window import Window
from .wire.calls import Traffic
from .words import CHALLENGE, MAINTENANCE


def check(course: Course, window: Window) -> None:
    """Raise an error if the page is gone or has led elsewhere."""
    if window.gate.caught is not None:
        return  # the login is done, so its page does not matter
    if window.crashed.is_set() or window.gate.flooded:
        raise window.gone()
    where = window.gate.strayed
    if where is not None:
        is_lead = window.ears.traffic.facts.get("userType") == "LEAD"
        parts = urlsplit(where)
        sent = course.sent
        is_upstox = is_upstox_host(parts.hostname or "")
        # After a PIN the number is a customer's, and a press may have led there.
        led = sent.pin or sent.passed_at > sent.typed_at
        # What an address is plainly for counts more than that a number without an account may
        # lead to Upstox's own site.
        wanted = wants_of(parts.path) if is_upstox else None
        home = is_upstox and not led and wanted is None
        # Before the code was accepted, only an address that opens accounts is about the number.
        opens = sent.mobile and home and opens_an_account(parts.path)
        no_customer = opens or ("otp" in sent.accepted and (is_lead or home))
        meaning = "no customer" if no_customer else wanted
        raise endings.strayed(where, meaning, is_upstox=is_upstox, step=course.step)


class Watch:
    """Watches one login. `looks` are the states that were recognised so far."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._job = course.job
        self._recognised: tuple[tuple[Look, Traffic, Sent], Here] | None = None
        self._known = ""
        self.looks: list[tuple[float, str, str]] = []
        """When each state was recognised, its name, and the evidence for it."""

    def attend(self, window: Window) -> tuple[View, Here]:
        """See and hear all that is new. Raises what ends a login at any time."""
        view = self._course.view(window)
        self._check_document(view)
        here = self._here(view)
        self._rest(window, view, here)
        view = self._course.view(window)
        self._check_other_redirect(window, view)
        return view, here

    def _check_other_redirect(self, window: Window, view: View) -> None:
        """End on a redirect without our state or a code, when the page owes no answer."""
        other = window.gate.other
        if other is None:
            return
        age = view.now - window.gate.other_at
        waits = [each for each in owed(view) if each.posts]
        if age < self._job.timing.settle / 4 or (waits and age < self._job.timing.redirect):
            return
        raise without_code(Redirect.of(other), self._job.state)

    def _here(self, view: View) -> Here:
        """What is here, recognised anew only if something has changed."""
        asked = (view.look, view.traffic, view.sent)
        if self._recognised is None or self._recognised[0] != asked:
            self._recognised = (asked, recognise(*asked, view.marks))
        return self._recognised[1]

    def _rest(self, window: Window, view: View, here: Here) -> None:
        """Remember when the page last owed something, or showed something new that is known."""
        loading = isinstance(here, Nothing) and (here.loading or view.look.is_empty)
        name = _name(here)
        if name != self._known:
            self._known = name
            why = "; ".join(str(each) for each in getattr(here, "why", ()))
            self.looks.append((view.now, name, why))
            # A screen that ends a login counts when it is certain: see `Walk._end`.
            if name and not isinstance(here, Stop):
                self._job.narrator.seen(name, window.place)
            if not isinstance(here, Nothing):
                self._course.idle_since = view.now
        if owed(view, loading=loading) or outcome(view).state == "pending":
            self._course.idle_since = view.now

    def _check_document(self, view: View) -> None:
        """End on an answer that is no page, such as a refusal in JSON or a gateway's error."""
        document = view.traffic.document
        if document is None or (document.status or 0) < 400:
            return
        ended = document.ended if document.ended is not None else view.now
        if document.answer is None and view.now - ended < self._job.timing.settle:
            return
        status = document.status or 0
        if status == 407:  # Chromium shows a proxy's answer as the page
            raise self._refusal(status, None)
        text = document.answer.text if document.answer is not None else ""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        if data is not None:
            raise self._refusal(status, data)
        said = f"{document.host} answered with a web page of HTTP {status}."
        if status == 429:
            self._course.record(lambda: self._job.attempts.rate_limited(None, None))
            raise LoginBlockedError(said, code="RATE_LIMITED")
        refused = _REFUSES_THE_APP.search(text)
        if status < 500 and refused is not None and not view.look.fields:
            raise self._refusal(status, {"error": refused[0]})
        if CHALLENGE.search(text):
            return  # a check of the browser may pass by itself
        if MAINTENANCE.search(text):
            raise UpstoxUnavailableError(said, code="MAINTENANCE")
        if status >= 500:
            raise UpstoxUnavailableError(said, code="SERVER_ERROR")
        if owed(view) or view.look.fields or view.stood < self._job.timing.settle:
            return  # pages drawn by scripts may have any status
        if status in {401, 403}:
            raise PageChangedError(said, code="CHALLENGE")
        raise PageChangedError(said)

    def _refusal(self, status: int, data: Any) -> UpstoxError:
        """The meaning of an answer in JSON that came in place of the page."""
        from upstox_browser_login.refusals import error_of  # few logins need it

        refusal = error_of(status, data, step=self._course.step)
        if refusal.code == "RATE_LIMITED":
            number = refusal.upstox_code
            self._course.record(lambda: self._job.attempts.rate_limited(None, number))
        if refusal.code == "BAD_RESPONSE":
            # No authorization code is spent, so this is no error of the exchange.
            return UpstoxError(refusal.message, upstox_code=refusal.upstox_code)
        return refusal


_REFUSES_THE_APP = re.compile(r"\b(?:invalid|unauthorized)_client\b")
"""OAuth's words for an app that is refused (RFC 6749, 4.1.2.1 and 5.2), on a page in HTML."""


def _name(here: Any) -> str:
    if isinstance(here, Form):
        return here.purpose
    return getattr(here, "name", "")
