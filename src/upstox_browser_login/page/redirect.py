"""Catches the authorization code before it leaves the machine.

Chromium's `Fetch` domain pauses every request of the browser before it is sent, the hops of
redirects, popups, workers and beacons among them. A request for redirect_uri is read and ended
there, so no connection to it is ever made. The browser that we launch cannot resolve its host
either (`Origins.blocked_hosts`).
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.oauth import Redirect, parts_of
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import is_upstox_host

from .cdp import Session, body_in, start
from .ears import BODY_SECONDS, Ears
from .origins import WEBSITE, Origins
from .requests import body_and_headers, body_of
from .wire.answers import MOST_READ

log = logging.getLogger(__name__)

PICTURES = {"Image", "Media", "Font"}

MOST_PAUSED = 1000
"""Requests that wait to be looked at.

A login makes fewer than a hundred in all. A page may ask for some hundred more at once, such as for
the flag of each country, and all of them wait where this process is slow.
"""

MOST_ENDED = 100
"""Requests that are ended while the window closes.

A page that asks anew at once would keep the browser too busy to close it; further ones stay paused.
"""

MOST_ASKED = 16_000_000
"""Characters of all requests of a window. A login's have less than a million.

Each passes through the browser, Playwright and this process, so that addresses of two million each
keep all of them busy.
"""

ENDLESS = ("text/event-stream", "multipart/x-mixed-replace")
"""Types of answers that may never end."""


class Witness(Protocol):
    """Hears every request and every answer of the login's own windows, as `Fetch` tells them."""

    def asked(self, event: Mapping[str, Any], ended: str | None) -> None:
        """A request is about to leave. `ended` says why it does not."""

    def answered(self, event: Mapping[str, Any], body: bytes | None) -> None:
        """An answer has come, or none will. `body` is None if it has none or is not read."""


class Gate:
    """Every request of one window passes here. `caught` is the address of our own redirect."""

    def __init__(
        self,
        origins: Origins,
        ears: Ears,
        *,
        state: str,
        changed: Callable[[], None],
        monotonic: Callable[[], float],
        show_all: bool = False,
        by_hand: bool = False,
        witness: Witness | None = None,
    ) -> None:
        self._origins = origins
        self._ears = ears
        self._state = state
        self._changed = changed
        self._monotonic = monotonic
        self._show_all = show_all
        self._by_hand = by_hand
        self._witness = witness
        self._read_for_ears: set[str] = set()
        """Requests whose answers the ears must know before the page has them."""
        self._main = ""
        self._inner: frozenset[str] = frozenset()
        self._context = ""
        self._targets: dict[str, str] = {}
        """Windows, frames and workers of the browser, and the context of each."""
        self._hosts: set[str] = set()
        self._turns: Counter[str] = Counter()
        """The number of redirects of each request."""
        self._of_dialog: set[str] = set()
        """Requests of the window that began at the dialog's host."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        """How many of the login's own requests are being looked at."""
        self._asked = 0
        """How many characters the login's own requests have had."""
        self._typing = False
        self.caught: str | None = None
        """Address of the redirect that carries our state, with what a form posted as its query."""
        self.other: str | None = None
        """Address of a redirect of the login's window that does not carry our state."""
        self.other_at = 0.0
        self.strayed: str | None = None
        """Where a page led outside the login: scheme and host, and on upstox.com the path."""
        self.flooded = False
        """Whether the page was closed, since it asked for more than can be looked at."""
        self._holds = False
        self._ended = 0
        """How many requests were ended since then."""

    async def open(
        self, session: Session, main_frame: str, context: str, *, shared: bool = True
    ) -> None:
        """Pause all requests of the browser of `session` from now on.

        In a `shared` browser, requests of other contexts are let pass at once.
        """
        self._main, self._context = main_frame, context
        session.on("Fetch.requestPaused", lambda event: self._on_event(session, event))
        if shared:
            session.on("Target.targetCreated", self._on_target)
            await session.send("Target.setDiscoverTargets", {"discover": True})
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def _on_target(self, event: Mapping[str, Any]) -> None:
        target = event["targetInfo"]
        self._targets[str(target["targetId"])] = str(target.get("browserContextId", ""))

    def _is_ours(self, frame: str) -> bool | None:
        """Whether a frame is of our context; None if nobody can tell."""
        if frame == self._main or frame in self._inner:
            return True
        context = self._targets.get(frame)
        if context is not None:
            return context == self._context
        # Such as a worker, or a frame of somebody's frame.
        return None if set(self._targets.values()) - {self._context, ""} else True

    def trusted(self, url: str) -> bool:
        """Whether credentials may be typed on the page of this address."""
        if self._origins.trusted(url):
            return True
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme == "https" and (parts.hostname or "") in self._hosts

    def hold(self) -> None:
        """Let none of the window's requests go on, since it is about to be closed.

        They stay paused: a page that asks without end would otherwise keep the browser too busy to
        close it. What may carry a credential is ended, as Chromium sends all that is paused where
        the connection to it breaks.
        """
        self._holds = True
        self._ears.ignore_requests()

    def typing(self) -> None:
        """A credential is about to be typed, so that no further host becomes trusted."""
        self._typing = True

    def _on_event(self, session: Session, event: Mapping[str, Any]) -> None:
        """Look at a request, or hold it back while the window closes.

        A page that asks for so many that nothing else could be done is closed.
        """
        is_ours = self._is_ours(str(event.get("frameId", ""))) is True
        if is_ours:
            self._asked += _length_of(event["request"])
        is_too_much = self._waiting >= MOST_PAUSED or self._asked > MOST_ASKED
        if is_ours and is_too_much and not self._holds:
            self.flooded = True
            self.hold()
            self._changed()
            start(self._close_window(session), self._tasks)
        if is_ours and self._holds:
            self._hold_back(session, event)
        else:
            start(self._look_at(session, event, is_ours=is_ours), self._tasks)

    async def _look_at(self, session: Session, event: Mapping[str, Any], *, is_ours: bool) -> None:
        if is_ours and self._holds:
            self._hold_back(session, event)  # the window began to close after the event had come
            return
        self._waiting += is_ours
        try:
            await self._on_paused(session, event)
        finally:
            self._waiting -= is_ours

    def _hold_back(self, session: Session, event: Mapping[str, Any]) -> None:
        """Leave a request paused, or end it if it may carry a credential or the code."""
        if self._ended < MOST_ENDED and self._may_carry(event):
            self._ended += 1
            start(self._end(session, event), self._tasks)

    def _may_carry(self, event: Mapping[str, Any]) -> bool:
        status = event.get("responseStatusCode")
        if status is not None or "responseErrorReason" in event:
            # Only a redirect can send the credential on. Other answers stay paused.
            return status is not None and 300 <= status < 400
        request = event["request"]
        url = f"{request['url']}{request.get('urlFragment', '')}"
        return self._origins.is_redirect(url) or self._ears.judge.may_carry(url, request)

    async def _end(self, session: Session, event: Mapping[str, Any]) -> None:
        about = {"requestId": event["requestId"], "errorReason": "BlockedByClient"}
        with suppress(PlaywrightError):
            await session.send("Fetch.failRequest", about)

    async def _close_window(self, session: Session) -> None:
        """Close the page from outside, since it would never stop asking."""
        with suppress(PlaywrightError):
            await session.send("Target.closeTarget", {"targetId": self._main})

    async def _on_paused(self, session: Session, event: Mapping[str, Any]) -> None:
        paused = {"requestId": event["requestId"]}
        call_id = str(event.get("networkId") or event["requestId"])
        try:
            if "responseStatusCode" in event or "responseErrorReason" in event:
                await self._read(session, event, call_id)
                return
            reason = self._judge(event)
            heard = self._is_ours(str(event.get("frameId", ""))) is True
            if heard and self._witness is not None:
                self._witness.asked(event, reason)
            if reason is None:
                if self._ears.answers_a_form(call_id):
                    self._read_for_ears.add(call_id)
                if call_id in self._read_for_ears or (heard and self._witness is not None):
                    paused["interceptResponse"] = True
                await session.send("Fetch.continueRequest", paused)
            else:
                await session.send("Fetch.failRequest", {**paused, "errorReason": reason})
        except PlaywrightError as error:
            log.debug("a request was dropped: %s", error.message.splitlines()[0])

    async def _read(self, session: Session, event: Mapping[str, Any], call_id: str) -> None:
        """Read an answer, and let the page have it."""
        paused = {"requestId": event["requestId"]}
        status = event.get("responseStatusCode")
        for_ears = call_id in self._read_for_ears
        has_body = status is not None and not 300 <= status < 400
        if for_ears:
            self._tell_of_head(event, call_id)
        # Whoever keeps the answers wants them whole.
        most = MOST_READ if self._witness is None else None
        is_too_long = has_body and most is not None and _announced(event) > most
        reads = has_body and (for_ears or not _is_endless(event)) and not is_too_long
        if is_too_long and for_ears:
            self._ears.answered_at_length(call_id, int(event["responseStatusCode"]))
        # Both are sent at once, since Chromium gives the page an answer only after it was read.
        reading = asyncio.ensure_future(_body(session, paused, most)) if reads else None
        passing = asyncio.ensure_future(session.send("Fetch.continueRequest", paused))
        body = None if reading is None else await reading
        if body is not None and for_ears:
            status = int(event["responseStatusCode"])
            self._ears.answered(call_id, status, body, whole=not _is_cut_off(event, body))
        if self._witness is not None:
            self._witness.answered(event, body)
        await passing

    def _tell_of_head(self, event: Mapping[str, Any], call_id: str) -> None:
        """Tell the ears how an answer begins, or that there is none."""
        status = event.get("responseStatusCode")
        if status is None:
            self._ears.broke_off(call_id, str(event.get("responseErrorReason", "failed")))
        elif 300 <= status < 400:
            self._ears.redirected(call_id, int(status))
        else:
            self._ears.read_clock(call_id, _headers_of(event))

    def _judge(self, event: Mapping[str, Any]) -> str | None:
        """Why a request is ended; None if it passes."""
        request = event["request"]
        kind = str(event.get("resourceType", "Other"))
        frame = str(event.get("frameId", ""))
        url = f"{request['url']}{request.get('urlFragment', '')}"
        body, said = body_of(request), body_and_headers(request)
        ours = self._is_ours(frame)
        if ours is False:
            return None
        if ours is None:
            return self._judge_unknown(url, said)
        is_page = kind == "Document" and frame == self._main
        call_id = str(event.get("networkId") or event["requestId"])
        if "redirectedRequestId" in event:
            self._turns[call_id] += 1
        turn = self._turns[call_id]
        if self._origins.is_redirect(url):
            self._take(url, body, is_window=kind == "Document" and self._is_window(frame))
            self._ears.stopped(call_id)
            return "Aborted"
        if self._ears.judge.cannot_be_searched(url, said, request):
            log.warning("A request that cannot be searched for credentials was stopped.")
            self._ears.asked(call_id, request, kind, frame=frame, blocked=True, turn=turn)
            return "BlockedByClient"
        blocked = self._ears.judge.is_analytics(url, kind, str(request.get("method", "GET")), body)
        again = (
            not blocked
            and not self._by_hand  # a person may type the same twice
            and self.trusted(url)
            and self._ears.judge.is_repeat(call_id, request, turn)
        )
        blocked = blocked or again
        is_http = urlsplit(url).scheme.startswith("http")
        leaks = not blocked and is_http and self._ears.judge.leaks(url, said)
        # What is stopped is waited for no more, also where the browser never reports its end.
        blocked = blocked or leaks
        self._ears.asked(call_id, request, kind, frame=frame, blocked=blocked, turn=turn)
        if again:
            log.warning("The page tried to send a code or PIN a second time; it was stopped.")
        if leaks:
            log.warning("The page tried to send a credential to a host that is not Upstox's.")
        if blocked or (kind in PICTURES and not self._show_all):
            return "BlockedByClient"
        if kind == "Ping" and not self.trusted(url):
            return "BlockedByClient"
        if not is_http:
            return None
        if is_page and urlsplit(url).hostname == self._origins.api_host:
            self._of_dialog.add(call_id)
        if is_page and not self.trusted(url):
            if self._leads_on(call_id, url):
                return None
            self._stray(url)
            return "Aborted"
        return None

    def _judge_unknown(self, url: str, said: bytes) -> str | None:
        """Why a request that may be another login's is ended: it holds what only ours has."""
        holds_state = self._state.encode() in url.encode() + said
        if (holds_state and self._origins.is_redirect(url)) or self._ears.judge.leaks(url, said):
            return "BlockedByClient"
        return None

    def _leads_on(self, call_id: str, url: str) -> bool:
        """Whether the dialog redirects to a host of upstox.com, which is then trusted.

        All hops of a redirect have the id of their first request.
        """
        host = urlsplit(url).hostname or ""
        if self._typing or call_id not in self._of_dialog or not url.startswith("https:"):
            return False
        if not is_upstox_host(host) or host in WEBSITE:
            return False
        self._hosts.add(host)
        return True

    def _is_window(self, frame: str) -> bool:
        """Whether a frame is the login's window, or one that it has opened."""
        return frame == self._main or (frame not in self._inner and self._is_ours(frame) is True)

    def set_inner_frames(self, inner: frozenset[str]) -> None:
        """Learn which frames are inside the login's window."""
        self._inner = inner - {self._main}

    def _take(self, url: str, body: bytes, *, is_window: bool) -> None:
        """Read a redirect. Only one that carries our state ends the login well."""
        address, _, fragment = url.partition("#")
        for part in (body.decode("utf-8", "replace"), fragment):
            if "=" in part:
                address += f"{'&' if urlsplit(address).query else '?'}{part}"
        redirect = Redirect.of(address)
        # Registered even if it is another login's, since our evidence may show it.
        redirect.register()
        # The code may stand anywhere in an address of a form that nobody knows.
        own = self._origins.redirect_parts
        redactor.register_all((e for e in parts_of(address) if e not in own), "part of a redirect")
        if not is_window:
            log.debug("a part of the page asked for the redirect URI; it was stopped")
            return
        ours = redirect.answers(self._state)
        if ours and (redirect.code is not None or redirect.error is not None):
            if self.caught is None:
                self.caught = address
        elif self.other is None and (ours or self._origins.is_answer(url)):
            self.other, self.other_at = address, self._monotonic()
        self._changed()

    def _stray(self, url: str) -> None:
        if self.strayed is None:
            parts = urlsplit(url)
            # On upstox.com the path tells what the page is for.
            path = parts.path if is_upstox_host(parts.hostname or "") else ""
            self.strayed = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"
            self._changed()


async def _body(session: Session, paused: Mapping[str, Any], most: int | None) -> bytes | None:
    """The body of a paused answer, or the first bytes of one that is longer; None if unreadable."""
    with suppress(PlaywrightError, ValueError, TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            return body_in(await session.send("Fetch.getResponseBody", {**paused}), most)
    return None


def _length_of(request: Mapping[str, Any]) -> int:
    """How many characters of a request this process was told, roughly."""
    return len(request["url"]) + len(request.get("postData", ""))


def _is_cut_off(event: Mapping[str, Any], body: bytes) -> bool:
    """Whether less of an answer came than was announced. Chromium reports later how it ended."""
    encoding = _headers_of(event).get("content-encoding", "identity")
    return len(body) < _announced(event) and encoding == "identity"


def _announced(event: Mapping[str, Any]) -> int:
    """How many bytes an answer has by its head, as it is sent; 0 if that is not told."""
    length = _headers_of(event).get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


def _is_endless(event: Mapping[str, Any]) -> bool:
    """Whether an answer's type may never end, so that nobody can read it whole."""
    types = _headers_of(event).get("content-type", "").lower().split("\n")
    return any(each.startswith(ENDLESS) for each in types)


def _headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a paused answer by their names in lower case.

    A header that came several times is one text of several lines, as in Chromium's network events.
    """
    found: dict[str, str] = {}
    for each in event.get("responseHeaders") or ():
        name, value = str(each.get("name", "")).lower(), str(each.get("value", ""))
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found
