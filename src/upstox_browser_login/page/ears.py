"""Listens to one window, and makes events of what goes over its wires."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from .cdp import Session, body_in, start
from .frames import Names, names_of, refusal_in, refused_by
from .repeats import Judge
from .requests import MOST_SEARCHED, body_of, posts
from .skew import Skew
from .wire.answers import MOST_READ, Answer
from .wire.calls import KINDS, Call, Traffic

log = logging.getLogger(__name__)

MOST_REDIRECTS = 10
"""A call that failed after so many redirects went in a circle. Chromium gives up after 20."""

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
        self.judge = Judge(trusted=trusted, monotonic=monotonic, calls=self._calls)
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
        self._turn_of: dict[str, int] = {}
        """How many redirects the newest call of each request has followed."""
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

    def look_out_for(self, what: str, text: str) -> None:
        """Notice each request that carries `text`, the credential called `what`, from now on."""
        self.judge.look_out_for(what, text)

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
            carries = old.carries | self.judge.carried(url, request)
            self._put(replace(old, carries=carries, blocked=old.blocked or blocked))
            return
        if old is not None:  # a redirect's next hop has the same id
            self._hops += 1
            self._keep_hop(old)
        same = self.judge.notes_same(method, url, body)
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
                posts=posts(method, request) or kind == "Ping",
                carries=self.judge.carried(url, request),
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
        typed_at = self.judge.typed_at
        is_newer = typed_at is not None and call.at >= typed_at
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
            and self.judge.typed_at is not None
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
        since = self.judge.typed_at
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
