"""Listens to one window, and makes events of what goes over its wires."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from .analytics import is_analytics
from .cdp import Session, body_in, start
from .frames import Names, names_of, refusal_in, refused_by
from .requests import MOST_SEARCHED, Sought, body_and_headers, body_of, is_streamed
from .skew import Skew
from .wire.answers import MOST_READ, Answer, repeats_itself
from .wire.calls import APPROVAL, APPROVAL_PATH, CARRIES_NUMBER, KINDS, Call, Traffic

log = logging.getLogger(__name__)

MOST_REDIRECTS = 10
"""A call that failed after so many redirects went in a circle. Chromium gives up after 20."""

MOST_CARRIED_ON = 2
"""Redirects that may take a code or PIN along.

A server redirects to a newer path, or its firewall to the same one to set a cookie, before anything
is judged; without these an honest login would end.
"""

SOCKETS = ("ws:", "wss:")

TEXT_FRAME = 1
"""The opcode of a socket's text frame. Other frames hold no JSON."""

BODY_SECONDS = 5.0
_MOST = 500
"""Calls that are remembered. A login makes fewer than a hundred."""

_CUT_OFF = "CONTENT_LENGTH_MISMATCH"
"""Chromium's name for an answer of which less came than was announced."""


class Ears:
    """Listens to one window, and makes a `Traffic` of what it hears.

    `changed` is called when there is something new. `now` is the machine's clock in epoch seconds,
    and `monotonic` one that never jumps.
    """

    def __init__(
        self,
        *,
        trusted: Callable[[str], bool],
        now: Callable[[], float],
        monotonic: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._trusted = trusted
        self._monotonic = monotonic
        self._changed = changed
        self._calls: dict[str, Call] = {}
        self._sought = Sought()
        self._repeated: set[str] = set()
        self._carriers: dict[tuple[str, bytes], str] = {}
        """The first request that carried each code and PIN."""
        self._typed_at: float | None = None
        """When the last credential was about to be typed; None before the first one."""
        self._main = ""
        self._session: Session | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sockets: dict[str, str] = {}
        self._names: dict[str, Names] = {}
        """The id members of each frame that was sent."""
        self._told: set[str] = set()
        """Requests whose end Chromium reports. Of a worker's requests it reports none."""
        self._cut_off: set[str] = set()
        """Calls of which half an answer came."""
        self._turns: Counter[str] = Counter()
        """The number of redirects of each request."""
        self._secret_at: float | None = None
        """When the last code or PIN was about to be typed."""
        self._unread: dict[int, tuple[str, float]] = {}
        """Requests since the last code or PIN was typed, by a hash: the id of the first, and when
        the secret was typed. One may hold it encrypted.
        """
        self._turn_of: dict[str, int] = {}
        """How many redirects the newest call of each request has followed."""
        self._seen: set[int] = set()
        self._seen_before: frozenset[int] = frozenset()
        """A hash of each request before the last credential, gone with this object."""
        self._skew = Skew(now)
        self._hops = 0
        self._ignores_requests = False
        self.lines: list[str] = []
        """Each request and its outcome, for the report."""
        self.spans: list[tuple[float, float]] = []
        """When each of `lines` began, and when it was answered."""

    async def listen(self, session: Session, main_frame: str) -> None:
        """Listen to the window of `session`, whose frame is `main_frame`."""
        self._session, self._main = session, main_frame
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)
        session.on("Network.loadingFailed", self._on_failed)
        session.on("Network.webSocketCreated", self._on_socket)
        session.on("Network.webSocketFrameSent", self._on_frame)
        session.on("Network.webSocketFrameReceived", self._on_frame_back)
        session.on("Network.webTransportCreated", self._on_transport)
        await session.send("Network.enable", {"maxPostDataSize": MOST_SEARCHED})

    @property
    def traffic(self) -> Traffic:
        """All calls up to now."""
        return Traffic(tuple(self._calls.values()), self._skew.seconds)

    # -- credentials -------------------------------------------------------------------------------

    def look_out_for(self, what: str, text: str) -> None:
        """Notice each request that carries `text`, the credential called `what`, from now on.

        Upstox sends PINs in base64.
        """
        self._typed_at = self._monotonic()
        self._seen_before = frozenset(self._seen)
        if what != CARRIES_NUMBER:
            self._secret_at = self._typed_at
        self._sought.seek(what, text)

    def is_analytics(self, url: str, kind: str, method: str, body: bytes) -> bool:
        """Whether a request is analytics, which the login does without."""
        return is_analytics(
            url, kind, method, body, trusted=self._trusted(url), number=self._sought.number
        )

    def is_repeat(self, call_id: str, request: Mapping[str, Any], turn: int = 0) -> bool:
        """Whether this request carries a code or PIN that an earlier one has carried.

        A page may submit by itself as well as by our press. A second try passes if Upstox's answer
        makes the page ask again. A server that redirects it has judged nothing, so it passes after
        a few redirects (`turn`), but not in a circle.
        """
        if str(request.get("method")) == "OPTIONS":
            return False
        url, body = str(request.get("url", "")), body_and_headers(request)
        again = any(
            self._carriers.get(past, "") != call_id for past in self._sought.past_in(url, body)
        )
        secrets = self._sought.carried(url, body) - {CARRIES_NUMBER}
        again = again or (bool(secrets) and turn > MOST_CARRIED_ON)
        for what in secrets:
            key = what, self._sought.text(what)
            first = self._carriers.setdefault(key, call_id)
            call = self._calls.get(first)
            repeats = (
                call is not None
                and call.answer is not None
                and repeats_itself(call.answer)
                and what not in self._repeated
            )
            if repeats and first != call_id:
                self._repeated.add(what)  # only once, since five refused PINs lock the account
                self._carriers[key] = call_id
            again = again or (first != call_id and not repeats)
        return again or (not turn and self._repeats_unread(call_id, request))

    def _repeats_unread(self, call_id: str, request: Mapping[str, Any]) -> bool:
        """Whether a request repeats one that may hold a code or PIN which nobody can read.

        What sends a failed request again sends the same bytes, encrypted ones too. What begins
        after Upstox has accepted something holds no secret, and neither does any other request
        where one was seen to hold it.
        """
        if self._secret_at is None:
            return False
        method, url, body = str(request.get("method")), str(request.get("url")), body_of(request)
        if not (body and _posts(method, request)):
            return False
        if APPROVAL in body and APPROVAL_PATH.search(urlsplit(url).path):
            return False  # the page may let the app in as often as it likes
        whole = hash((method, url, body))
        if whole not in self._unread and whole in self._seen_before:
            return False
        first, typed_at = self._unread.setdefault(whole, (call_id, self._secret_at))
        call = self._calls.get(first)
        if first == call_id or call is None or call.blocked:
            return False
        if not (call.pending or call.broke or (call.status or 0) >= 500):
            return False
        since = self.traffic.since(typed_at)
        return not any(
            each.carries - {CARRIES_NUMBER}
            or (each.answer and each.answer.ok and each.ended and each.ended <= call.at)
            for each in since
        )

    def leaks(self, url: str, body: bytes) -> bool:
        """Whether a request would carry a credential to a host that is not the login's."""
        return not self._trusted(url) and bool(self._sought.carried(url, body))

    def may_carry(self, url: str, request: Mapping[str, Any]) -> bool:
        """Whether a request carries a credential, or may do so encrypted."""
        if self._typed_at is None:
            return False
        posts = _posts(str(request.get("method", "GET")), request)
        return posts or bool(self._sought.carried(url, body_and_headers(request)))

    def cannot_be_searched(self, url: str, said: bytes, request: Mapping[str, Any]) -> bool:
        """Whether a credential may stand in a part of the request that is not searched."""
        if self._typed_at is None:
            return False
        is_too_long = len(url) + len(said) >= MOST_SEARCHED
        return is_too_long or is_streamed(request) or not self._sought.is_searched(url, said)

    def ignore_requests(self) -> None:
        """Ignore further requests, which the gate does not let through; keep hearing sockets."""
        self._ignores_requests = True

    # -- events ------------------------------------------------------------------------------------

    def asked(
        self,
        call_id: str,
        request: Mapping[str, Any],
        kind: str,
        *,
        frame: str = "",
        blocked: bool = False,
        turn: int = 0,
    ) -> None:
        """Note a request of the window itself, of a worker, or of a beacon.

        `turn` is the number of redirects before it.
        """
        url = str(request.get("url", ""))
        if not url.startswith(SOCKETS if self._ignores_requests else (*SOCKETS, "http:", "https:")):
            return
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        body = body_of(request)
        method = str(request.get("method", "GET"))
        old = self._calls.get(call_id)
        is_next = turn > self._turn_of.get(call_id, 0)
        if is_next:
            self._turn_of[call_id] = turn
        if old is not None and not is_next and (old.host, old.path) == (host, parts.path):
            carries = old.carries | self._sought.carried(url, body_and_headers(request))
            self._put(replace(old, carries=carries, blocked=old.blocked or blocked))
            return
        if old is not None:  # a redirect's next hop has the same id
            self._hops += 1
            self._keep_hop(old)
        whole = hash((method, url, body))
        same = whole in self._seen_before
        self._seen.add(whole)
        self._put(
            Call(
                id=call_id,
                at=self._monotonic(),
                method=method,
                host=host,
                path=parts.path,
                # The browser's own preflight request is no call of a form.
                kind="other" if method == "OPTIONS" else KINDS.get(kind, "other"),
                trusted=self._trusted(_as_page(url)),
                blocked=blocked,
                same=same,
                posts=_posts(method, request) or kind == "Ping",
                carries=self._sought.carried(url, body_and_headers(request)),
                main=kind == "Document" and frame == self._main,
            )
        )

    def _keep_hop(self, old: Call) -> None:
        """Keep the earlier hop of a redirect under another id: it may have carried a credential."""
        ended = old if old.ended is not None else replace(old, ended=self._monotonic())
        name = f"{old.id}#{self._hops}"
        del self._calls[old.id]
        self._calls[name] = replace(ended, id=name)

    def _put(self, call: Call) -> None:
        if call.id in self._calls or self._has_room(call):
            self._calls[call.id] = call
        self._changed()

    def _has_room(self, call: Call) -> bool:
        """Whether one more call can be remembered, if need be in place of another one.

        All calls are gone through at each decision, so that a page that asks without end would
        delay the time-out.
        """
        if len(self._calls) < _MOST or self._forget_one():
            return True
        return len(self._calls) < (2 if _tells_nothing(call) else 20) * _MOST

    def _forget_one(self) -> bool:
        """Forget the oldest call of the least telling kind; false if there is none.

        Calls to other hosts go first, then what only asks, then what was posted. Kept are calls
        that hold a credential or tell of the customer, and posts to the login's hosts since a
        credential was typed, which may hold it encrypted.
        """
        least = min(
            filter(self._may_go, self._calls.values()),
            key=lambda each: (each.trusted, each.posts),
            default=None,
        )
        if least is not None:
            del self._calls[least.id]
        return least is not None

    def _may_go(self, call: Call) -> bool:
        if not _tells_nothing(call):
            return False
        if not (call.posts and call.trusted):
            return True
        is_newer = self._typed_at is not None and call.at >= self._typed_at
        return not call.pending and (call.same or not is_newer)

    def _on_request(self, event: Mapping[str, Any]) -> None:
        redirect = event.get("redirectResponse")
        call_id = str(event["requestId"])
        self._told.add(call_id)
        if isinstance(redirect, dict):
            self._turns[call_id] += 1
            self._line(call_id, str(redirect.get("status", "")))
            self._measure_skew(call_id, redirect)
        self.asked(
            call_id,
            event["request"],
            str(event.get("type", "Other")),
            frame=str(event.get("frameId", "")),
            turn=self._turns[call_id],
        )

    def _on_response(self, event: Mapping[str, Any]) -> None:
        call = self._calls.get(str(event["requestId"]))
        response = event["response"]
        if call is None:
            return
        status = int(response.get("status", 0))
        self._line(call.id, str(status))
        self._measure_skew(call.id, response)
        self._put(replace(call, status=status))

    def _on_finished(self, event: Mapping[str, Any]) -> None:
        call = self._calls.get(str(event["requestId"]))
        if call is None or call.ended is not None:
            return
        if self._is_read(call):
            start(self._read(call.id), self._tasks)
        elif call.id in self._cut_off:
            # On a busy machine Chromium reports half an answer, once read, as a whole one.
            self._put(replace(call, ended=self._monotonic(), failure=_CUT_OFF))
        else:
            self._put(replace(call, ended=self._monotonic()))

    def answers_a_form(self, call_id: str) -> bool:
        """Whether the answer to this call must be read before the page has it.

        After that the page may go elsewhere, and the browser forgets its answers.
        """
        call = self._calls.get(call_id)
        return (
            call is not None
            and call.trusted
            and call.kind == "data"
            and self._typed_at is not None
            and (call.posts or bool(call.carries))
        )

    def read_clock(self, call_id: str, headers: Mapping[str, str]) -> None:
        """Read the clock of an answer whose body has not come yet.

        Chromium reports the answer only later, and the next code may be made from this clock.
        """
        call = self._calls.get(call_id)
        if call is not None and call.method == "POST":
            self._measure_skew(call_id, {"headers": headers})

    def answered(
        self, call_id: str, status: int, body: bytes | None, *, whole: bool = True
    ) -> None:
        """Note an answer that the page does not have yet; None if it broke off.

        Of an answer that is not `whole` the part that came is read only if it is complete JSON.
        """
        call = self._calls.get(call_id)
        if call is None:
            return
        answer = None if body is None else Answer.read(status, body)
        if answer is not None and not (whole or answer.is_json or answer.is_too_long):
            self._cut_off.add(call_id)
            self.broke_off(call_id, _CUT_OFF)
            return
        self._put_answer(call, status, answer)

    def answered_at_length(self, call_id: str, status: int) -> None:
        """Note an answer that is too long to be read."""
        call = self._calls.get(call_id)
        if call is not None:
            self._put_answer(call, status, Answer.too_long(status))

    def _put_answer(self, call: Call, status: int, answer: Answer | None) -> None:
        now = self._monotonic()
        # An answer that is no JSON may have come in part only, which is reported when it ends.
        ends_here = answer is None or answer.is_json or call.id not in self._told
        ended = now if ends_here else None
        self._put(replace(call, status=status, ended=ended, answered_at=now, answer=answer))

    def redirected(self, call_id: str, status: int) -> None:
        """Note an answer that leads elsewhere."""
        call = self._calls.get(call_id)
        if call is not None:
            self._put(replace(call, status=status))

    def stopped(self, call_id: str) -> None:
        """Note that a call's next hop was stopped, so that no answer is owed any more."""
        call = self._calls.get(call_id)
        if call is not None and call.pending:
            self._put(replace(call, ended=self._monotonic()))

    def broke_off(self, call_id: str, reason: str) -> None:
        """Note a call whose connection broke. Of a worker's calls nothing else reports that."""
        call = self._calls.get(call_id)
        if call is not None and call.pending and call_id not in self._told:
            failure = None if reason == "Aborted" else reason  # the page itself gave it up
            self._put(replace(call, ended=self._monotonic(), failure=failure))

    def _is_read(self, call: Call) -> bool:
        """Whether the body of an answer is read. Of a page only an error's is."""
        return (
            call.trusted
            and call.main
            and call.kind == "document"
            and call.status is not None
            and call.status >= 400
        )

    async def _read(self, call_id: str) -> None:
        body = b""
        if self._session is not None:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    told = await self._session.send(
                        "Network.getResponseBody", {"requestId": call_id}
                    )
                body = body_in(told, MOST_READ)
            except Exception as error:  # noqa: BLE001  (Playwright's errors share no narrower base)
                log.debug("an answer could not be read: %s", type(error).__name__)
        call = self._calls.get(call_id)
        if call is not None and call.status is not None:
            answer = Answer.read(call.status, body)
            now = self._monotonic()
            self._put(replace(call, ended=now, answered_at=now, answer=answer))

    def _on_failed(self, event: Mapping[str, Any]) -> None:
        call = self._calls.get(str(event["requestId"]))
        if call is None:
            return
        reason = str(event.get("errorText") or "failed").removeprefix("net::")
        kept_back = event.get("corsErrorStatus") is not None
        if call.answer is not None and (call.answer.is_json or kept_back):
            # It was answered, though a page of another origin may not read it.
            self._put(replace(call, ended=call.ended or self._monotonic()))
            return
        self._line(call.id, reason)
        if self._turns[call.id] >= MOST_REDIRECTS or (kept_back and (call.status or 0) >= 300):
            # A redirect in a circle, or an answer that CORS hides from the page.
            now, status = self._monotonic(), call.status or 302
            answer = Answer(status, ok=False)
            self._put(replace(call, status=status, ended=now, answered_at=now, answer=answer))
            return
        blocked = call.blocked or event.get("blockedReason") == "inspector"
        ours = bool(event.get("canceled")) and reason == "ERR_ABORTED"
        failure = None if ours or blocked else reason
        self._put(replace(call, ended=self._monotonic(), failure=failure, blocked=blocked))

    def _on_socket(self, event: Mapping[str, Any]) -> None:
        self._sockets[str(event["requestId"])] = str(event.get("url", ""))

    def _on_frame(self, event: Mapping[str, Any]) -> None:
        url = self._sockets.get(str(event["requestId"]), "")
        payload = str(event.get("response", {}).get("payloadData", ""))
        self._hops += 1
        name = f"{event['requestId']}~{self._hops}"
        self.asked(name, {"url": url, "method": "SEND", "postData": payload}, "WebSocket")
        sent = self._calls.get(name)
        if sent is not None:
            self._names[name] = names_of(payload)
            self._put(replace(sent, ended=self._monotonic()))

    def _on_frame_back(self, event: Mapping[str, Any]) -> None:
        """Take a received frame as the answer to a sent one, if it is a refusal."""
        request, response = str(event["requestId"]), event.get("response", {})
        url = _as_page(self._sockets.get(request, ""))
        since = self._typed_at
        if since is None or response.get("opcode") != TEXT_FRAME or not self._trusted(url):
            return
        payload = str(response.get("payloadData", ""))
        answer = refusal_in(payload)
        if answer is None:
            return
        sent = [each for each in self._calls.values() if each.id.startswith(f"{request}~")]
        call = refused_by(names_of(payload), sent, self._names, since)
        if call is not None:
            now = self._monotonic()
            self._put(replace(call, ended=now, answered_at=now, answer=answer))

    def _on_transport(self, event: Mapping[str, Any]) -> None:
        # Chromium does not report what is sent over a transport once it is open.
        name, url = f"{event['transportId']}~transport", str(event.get("url", ""))
        self.asked(name, {"url": url, "method": "SEND"}, "WebSocket")
        opened = self._calls.get(name)
        if opened is not None:
            self._put(replace(opened, ended=self._monotonic()))

    def _line(self, call_id: str, outcome: str) -> None:
        call = self._calls.get(call_id)
        if call is not None and len(self.lines) < _MOST:
            self.lines.append(f"{call.method} {call.place} {outcome}")
            self.spans.append((call.at, self._monotonic()))

    def _measure_skew(self, call_id: str, response: Mapping[str, Any]) -> None:
        call = self._calls.get(call_id)
        if call is not None and call.trusted and call.kind in {"data", "document"}:
            self._skew.measure(call.method, response, self._monotonic() - call.at)

    def close(self) -> None:
        """Stop waiting for answers."""
        for task in set(self._tasks):
            task.cancel()


def _tells_nothing(call: Call) -> bool:
    return not (call.main or call.carries or call.facts)


def _as_page(url: str) -> str:
    """A socket's address as that of a page, since a host is trusted for both or for none."""
    return f"http{url.removeprefix('ws')}" if url.startswith("ws") else url


def _posts(method: str, request: Mapping[str, Any]) -> bool:
    """Whether a request sends something, or is the preflight request of one that does."""
    if method == "OPTIONS":
        headers = {str(name).lower(): each for name, each in request.get("headers", {}).items()}
        method = str(headers.get("access-control-request-method", "POST"))
    return method not in {"GET", "HEAD"}
