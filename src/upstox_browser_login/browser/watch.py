"""What happens on the page and on its wires, kept for the flow and for the evidence."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Request, Response
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import BrowserError
from upstox_browser_login.redaction import redactor

from .origins import Origins
from .page import Complaint, State, is_analytics

log = logging.getLogger(__name__)

_DATA = {"fetch", "xhr"}
_PARTS = {"document", "script"}
_LOADING = _DATA | _PARTS | {"stylesheet"}
OLD_SECONDS = 20.0
"""Nor is one to Upstox that began before the last submission: a page may poll for ever."""

BELIEVED_SECONDS = 43_200.0
"""The time of an answer that a cache may have kept is not believed further off than this."""

READ_SECONDS = 1.0
BODY_SECONDS = 5.0
"""How long a body may take to come after its headers. One that nobody reads never does."""

ANSWERED_SECONDS = 2.0
"""A request whose headers have come is not waited for any longer: its body may never be read."""

POLLED = 3
"""So many requests for one place are no form's, which is submitted once, or once more."""

FOREIGN_SECONDS = 10.0
"""A request to somebody else's host is not waited for any longer: some hang for ever."""

_FACTS = (
    "userType",
    "customerStatus",
    "isExternalClientOAuthApp",
    "isTotpEnabled",
    "isSecretPinSet",
)

_SECRET_MEMBERS = {"validateOTPToken", "validateOtpToken", "access_token", "extended_token"}


@dataclass(frozen=True)
class DocumentAnswer:
    """The answer to the page itself."""

    url: str
    status: int
    body: bytes


MOST_TEXTS = 200
"""So many texts are heard at once, and kept."""


class Watcher:
    """Listens to one context. `changed` is set whenever there is something new to look at."""

    def __init__(self, origins: Origins, *, now: Callable[[], float], blocked: set[str]) -> None:
        self._origins = origins
        self._now = now
        self._blocked = blocked
        self._tasks: set[asyncio.Task[None]] = set()
        self._pending: dict[Request, float] = {}
        self._answered: dict[Request, float] = {}
        self._asked: Counter[tuple[str, str]] = Counter()
        self.statuses: Mapping[str, int] = {}
        """What was answered last, by address; 0 where the connection broke."""
        self._background: set[tuple[str, str]] = set()
        """What the page asks for by itself, before anything is submitted or again and again."""
        self._submitting = False
        self._carriers: set[Request] = set()
        """Requests that hold what was submitted last; analytics may be among them."""
        self._carried_at: float | None = None
        """When one of them was answered."""
        self._was_refused = False
        """Whether one of them was answered with an error."""
        self._page: Page | None = None
        self._sought: re.Pattern[str] | None = None
        self._form: State | None = None
        """The form that what is looked out for was typed into."""
        self._carried: dict[Request, State] = {}
        """Each request that holds what was typed into a form, until that is typed again."""
        self._accepted: set[State] = set()
        self._found = self._maybe = False
        self._complaints: list[Complaint] = []
        self.changed = asyncio.Event()
        self.document: DocumentAnswer | None = None
        self.crashed = False
        self.skew: float | None = None
        """Upstox's clock minus ours, seconds; None until an answer told."""
        self.broken: Complaint | None = None
        """Why a document or script of the page did not load. Tells of an empty page, no more."""
        self.facts: dict[str, Any] = {}
        """What the page's own traffic says of the customer. A hint, never a condition."""
        self.requests: list[str] = []
        self.texts: list[str] = []
        self.quiet_since = self._since = time.monotonic()
        self.complained_at: float | None = None
        """When the first of the present complaints came."""
        self._skew_is_fresh = False

    async def listen(self, context: BrowserContext) -> None:
        """Set everything up, before the context has a page."""
        await context.expose_binding("__uplTell", self._told)
        script = files(__package__).joinpath("observer.js").read_text("utf-8")
        await context.add_init_script(script)
        context.on("request", self._on_request)
        context.on("requestfinished", self._on_finished)
        context.on("requestfailed", self._on_failed)
        context.on("response", self._on_response)

    def attend(self, page: Page) -> None:
        """Notice the end of the login's page, and believe nobody else."""
        self._page = page
        page.on("crash", lambda _: self._on_crash())
        page.on("close", lambda _: self._on_crash())

    @property
    def busy(self) -> bool:
        """Whether the page waits for an answer; for somebody else's not without end."""
        now = time.monotonic()
        return any(
            self._answered.get(request, now) > now - ANSWERED_SECONDS
            and (
                began > now - FOREIGN_SECONDS
                or (
                    self._origins.trusted(request.url)
                    and began > min(self._since, now - OLD_SECONDS)
                )
            )
            for request, began in self._pending.items()
        )

    @property
    def is_being_answered(self) -> bool:
        """Whether what was submitted is on its way, or its answer is: it is the last word."""
        return any(
            request not in self._answered and self._is_of_form(request, began)
            for request, began in self._pending.items()
        )

    def _is_of_form(self, request: Request, began: float | None) -> bool:
        """Whether this may be the last submission, and no check that the page makes by itself."""
        # After a redirect a form's request goes on as another one, and not as a POST.
        while request.redirected_from is not None:
            request = request.redirected_from
        if request in self._carriers:
            return True
        if began is None or began < self._since or request.method == "GET":
            return False
        if self._carriers and (self._carried_at is None or began < self._carried_at):
            return False
        return _place(request) not in self._background

    def look_out_for(self, text: str, form: State) -> None:
        """Notice when the page sends `text`, or its base64, which is how Upstox sends PINs.

        As a word of its own: its digits may stand in a time or an id as well.
        """
        self._submitting = True
        coded = base64.b64encode(text.encode()).decode()
        self._sought = re.compile(
            rf"(?<![0-9A-Za-z])({re.escape(text)}|{re.escape(coded)})(?![0-9A-Za-z])"
        )
        self._form = form
        self._carried = {each: where for each, where in self._carried.items() if where is not form}
        self._accepted.discard(form)
        self._found = self._maybe = False

    @property
    def accepted(self) -> frozenset[State]:
        """The forms of which Upstox has said yes to the request that carried what was typed."""
        return frozenset(self._accepted)

    @property
    def has_accepted_the_last(self) -> bool:
        """Whether Upstox has said yes to what was typed last."""
        return self._form in self._accepted

    def may_have_sent(self) -> bool:
        """Whether the page has sent anything since, which may be an encrypted form of it."""
        return self._found or self._maybe

    def has_sent(self) -> bool:
        """Whether the page has sent what was to be looked out for."""
        return self._found

    def check_alive(self) -> None:
        """Raise `BrowserError` where the page is gone."""
        if self.crashed:
            raise BrowserError("The browser's page crashed.", code="BROWSER_CRASHED")

    def complaints(self) -> list[Complaint]:
        """What was complained of since `forget`, in the order of its arrival."""
        return list(self._complaints)

    def begin_anew(self) -> None:
        """The page is about to be loaded: nothing was submitted in it yet."""
        self.forget()
        self.document = self.broken = None
        self._submitting = False

    def forget(self) -> None:
        """Begin anew: what comes from now on belongs to the next submission."""
        self._complaints.clear()
        self._carriers.clear()
        self._carried_at, self._was_refused = None, False
        self.complained_at = None
        self._since = time.monotonic()
        self.quiet_since = time.monotonic()

    def _on_crash(self) -> None:
        self.crashed = True
        self.changed.set()

    def _told(self, source: dict[str, Any], message: Any) -> None:
        if source["page"] is not self._page or source["frame"].parent_frame is not None:
            return  # a frame or a window of somebody else's has nothing to say
        # A page's own scripts find a way to the binding, and may say anything, at any length.
        texts = message.get("texts") if isinstance(message, dict) else None
        for text in texts[:MOST_TEXTS] if isinstance(texts, list) else ():
            if isinstance(text, str):
                self._hear(text[:300])
        self.changed.set()

    def _hear(self, text: str) -> None:
        complaint = Complaint.of(text)
        if complaint is not None and complaint not in self._complaints:
            self._complain(complaint)
        if len(self.texts) < MOST_TEXTS and text not in self.texts:
            self.texts.append(text)

    def _complain(self, complaint: Complaint) -> None:
        log.debug("the page says: %s [%s]", complaint.text, complaint.code or complaint.status)
        self._complaints.append(complaint)
        self.complained_at = self.complained_at or time.monotonic()
        self.changed.set()

    def _counts(self, request: Request) -> bool:
        return request.resource_type in _LOADING and request.url not in self._blocked

    def _on_request(self, request: Request) -> None:
        if self._counts(request):
            self._pending[request] = time.monotonic()
            place = _place(request)
            self._asked[place] += 1
            if not self._submitting or self._asked[place] >= POLLED:
                self._background.add(place)
        if self._sought and self._is_submission(request):
            body = (request.post_data_buffer or b"").decode("latin-1")
            # A page that loads what it needs sends nothing by that.
            is_news = request.method != "GET" and _place(request) not in self._background
            self._maybe = self._maybe or is_news
            if self._sought.search(request.url) or self._sought.search(body):
                self._found = True
                self._carriers.add(request)
                if self._form is not None:
                    self._carried[request] = self._form

    def _is_submission(self, request: Request) -> bool:
        """Whether this may be the form's own request; analytics tell every key that is typed."""
        return (
            request.resource_type in _DATA | {"document"}
            and self._origins.trusted(request.url)
            and not is_analytics(request.url)
        )

    def _line(self, request: Request, outcome: str) -> None:
        parts = urlsplit(request.url)
        line = f"{request.method} {parts.netloc}{parts.path} {outcome}"
        if len(self.requests) < 500:
            self.requests.append(line)
        log.debug("%s", line)

    def _settle(self, request: Request) -> None:
        self._pending.pop(request, None)
        self._answered.pop(request, None)
        self.quiet_since = time.monotonic()
        self.changed.set()

    def _on_finished(self, request: Request) -> None:
        self._settle(request)

    def _on_failed(self, request: Request) -> None:
        reason = request.failure or "failed"
        self._line(request, reason)
        if (
            request.resource_type in _DATA
            and request.url not in self._blocked
            and self._origins.trusted(request.url)
            and "ERR_ABORTED" not in reason
            and self._matters(request)
        ):
            status = self.statuses.get(request.url, 0)
            if status >= 300 and "ERR_FAILED" in reason:
                # A gateway's answer, which Chromium does not show to a page of another origin.
                self._complain(_answered_with(status))
            else:
                said = f"The page's request failed: {reason}"
                self._complain(Complaint(said, source="transport"))
        elif self._is_part(request) and "ERR_ABORTED" not in reason:
            said = f"A part of the page did not load: {reason}"
            self.broken = Complaint(said, source="transport")
        self._settle(request)

    def _matters(self, request: Request) -> bool:
        """Whether a failure counts: once something was submitted, only that of the form itself."""
        return not self._submitting or self._is_of_form(request, self._pending.get(request))

    def _is_part(self, request: Request) -> bool:
        """Whether the page is nothing without what this request asks for."""
        return (
            request.resource_type in _PARTS
            and request.url not in self._blocked
            and self._origins.trusted(request.url)
        )

    def _on_response(self, response: Response) -> None:
        request = response.request
        self._line(request, str(response.status))
        if request in self._pending:
            self._answered[request] = time.monotonic()
        if request in self._carriers:
            self._carried_at = time.monotonic()
        if not self._origins.trusted(response.url):
            return
        self._measure_skew(request, response)
        is_page = request.is_navigation_request() and not 300 <= response.status < 400
        if is_page and not self._is_in_frame(response):
            self.document = DocumentAnswer(response.url, response.status, b"")
            self.changed.set()
        if response.status >= 400 and self._is_part(request):
            said = f"A part of the page was answered with HTTP {response.status}"
            self.broken = Complaint(said, status=response.status, source="transport")
        if is_page or request.resource_type in _DATA:
            matters = self._matters(request)
            task = asyncio.ensure_future(self._read(response, is_page=is_page, matters=matters))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _measure_skew(self, request: Request, response: Response) -> None:
        headers = response.headers
        if request.resource_type not in _DATA | {"document"} or "age" in headers:
            return  # an answer out of somebody's cache tells an old time
        try:
            there = parsedate_to_datetime(headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError):
            return
        # The header has whole seconds; half a second is the mean of what it leaves out.
        skew = there + 0.5 - self._now()
        # Caches do not answer a POST, so its time is believed before that of a page, and however
        # far off it is: a small machine without a battery for its clock may be days behind.
        fresh = request.method == "POST"
        if fresh or (abs(skew) < BELIEVED_SECONDS and not self._skew_is_fresh):
            self.skew, self._skew_is_fresh = skew, fresh

    @staticmethod
    def _is_in_frame(response: Response) -> bool:
        try:
            return response.frame.parent_frame is not None
        except PlaywrightError:
            return True

    async def read_everything(self) -> None:
        """Wait, not for long, until the answers that have come are read."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=READ_SECONDS)

    async def _read(self, response: Response, *, is_page: bool, matters: bool) -> None:
        if is_page and self._is_in_frame(response):
            return
        body: bytes | None = None
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(BODY_SECONDS):
                body = await response.body()
        if is_page:
            self.document = DocumentAnswer(response.url, response.status, body or b"")
            self.changed.set()
            return
        try:
            data = json.loads(body or b"")
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            self._read_answer(data, response, matters=matters)
        # A file that is not there is the page's own business, until something was submitted.
        refused = response.status >= 400 and (self._submitting or response.status != 404)
        unreadable = data is None and body and self._submitting
        if matters and (refused or unreadable):
            self._complain(_answered_with(response.status))

    def _read_answer(self, data: dict[str, Any], response: Response, *, matters: bool) -> None:
        error, request = data.get("error"), response.request
        if data.get("success") is True and response.status < 400 and not self._was_refused:
            if request in self._carriers:
                # Upstox has said yes to what was submitted: what was said before is older news.
                self._complaints.clear()
            if request in self._carried:
                self._accepted.add(self._carried[request])
                self.changed.set()
        if data.get("success") is False and isinstance(error, dict) and matters:
            code, text = error.get("code"), error.get("message")
            self._was_refused = self._was_refused or request in self._carriers
            if code is not None:
                message = text if isinstance(text, str) else "no message"
                self._complain(Complaint.coded(message[:300], str(code)[:20], "server"))
        answer = data.get("data")
        if isinstance(answer, dict):
            for name in _FACTS:
                if name in answer:
                    self.facts[name] = answer[name]
            if isinstance(answer.get("accounts"), list):
                self.facts["accounts"] = len(answer["accounts"])
            for name in _SECRET_MEMBERS:
                if isinstance(answer.get(name), str):
                    redactor.register(answer[name], "session token")


def _answered_with(status: int) -> Complaint:
    said = f"Upstox answered the page with HTTP {status}"
    if status < 300:
        said = "Upstox's answer to the page cannot be read"
    return Complaint(said, status=status, source="transport")


def _place(request: Request) -> tuple[str, str]:
    """Where a request goes, without its query."""
    parts = urlsplit(request.url)
    return parts.netloc, parts.path
