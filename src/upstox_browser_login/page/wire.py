"""What went over the page's wires, as events; and every name of Upstox's own traffic.

The versions in its paths move every year or so: nothing here depends on them.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any, Literal, Protocol
from urllib.parse import unquote_plus, urlsplit

from upstox_browser_login.redaction import redactor

from .words import CHALLENGE, MAINTENANCE, REPEATS_ITSELF, Meaning, Said

log = logging.getLogger(__name__)

Kind = Literal["document", "data", "part", "socket", "other"]
"""A page, a call of its scripts, a script or style sheet, a frame of a socket, or anything else."""

KINDS: Mapping[str, Kind] = {
    "Document": "document",
    "XHR": "data",
    "Fetch": "data",
    "Script": "part",
    "Stylesheet": "part",
    "WebSocket": "socket",
}

LOGIN_PATH = re.compile(r"^/login/")
"""Below it lie the calls of the login itself; none of them is ever blocked."""

BLOCKED_HOSTS = re.compile(
    r"(^|\.)(google-?analytics|googletagmanager|googleadservices|doubleclick|mixpanel|mxpnl|clevertap|"
    r"clevertap-prod|wzrkt|facebook|connect\.facebook|hotjar|clarity|branch|appsflyer|segment|amplitude|"
    r"moengage|webengage|newrelic|nr-data|sentry|bugsnag|fullstory|adjust)\.",
    re.IGNORECASE,
)
BLOCKED_PATHS = re.compile(
    r"/(mixpanel|analytics|track|telemetry|clickstream|tracking-proxy|engage|events/track)(/|$)",
    re.IGNORECASE,
)
"""Upstox proxies its analytics through paths of its service host."""
ENVELOPE = re.compile(
    r"\"(event|events|distinct_id|evtName|\$?device_id|profileData|evtData)\"\s*:"
)
"""Members of what analytics send."""
EVENTS_PATH = re.compile(r"/events?(/|$)", re.IGNORECASE)
"""Where events are sent to, whatever the members of such an object are called."""

FACTS = (
    "userType",
    "customerStatus",
    "isTotpEnabled",
    "isSecretPinSet",
    "isExternalClientOAuthApp",
    "nextRequestInterval",
    "nextStep",
)
"""Members of Upstox's answers that say something of the customer."""

SECRET_MEMBERS = frozenset(
    {"validateOTPToken", "validateOtpToken", "access_token", "extended_token"}
)

CALLS: Mapping[str, re.Pattern[str]] = {
    "otp": re.compile(r"/otp/generate/?$"),
    "verify": re.compile(r"/verify/?$"),
    "pin": re.compile(r"/2fa/?$"),
    "authorize": re.compile(r"/oauth/authorize/?$"),
    "exchange": re.compile(r"/login/authorization/token/?$"),
}
"""Upstox's own calls of a login, all of them POSTs, by how their paths end."""

PERSONAL: Mapping[str, tuple[tuple[str, ...], str]] = {
    "mobile number": (
        ("mobilenumber", "mobile", "mobileno", "phone", "phonenumber", "contactnumber"),
        r"\+?\d[\d -]{7,15}",
    ),
    "client code": (
        (
            *("userid", "ucc", "clientcode", "profileid", "distinctid", "customerid", "accountid"),
            *("accountnumber", "accountno", "bankaccount", "dpid", "boid", "crn", "kycid", "sub"),
        ),
        r"(?=\D*\d)[A-Za-z0-9-]{4,40}",
    ),
    "name": (
        (
            *("firstname", "lastname", "middlename", "username", "fullname", "displayname"),
            *("nickname", "accountholdername", "customername", "profilename"),
        ),
        r"(?=.*[^\W\d_])[^\d@<>{}\[\]/=]{2,80}",
    ),
    "e-mail": (("email", "emailid", "emailaddress"), r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "PAN": (("pan", "pannumber", "panno"), r"[A-Z]{5}\d{4}[A-Z]"),
    "date of birth": (("dob", "dateofbirth", "birthdate"), r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}"),
    "address": (("address", "addressline", "addressline1", "addressline2"), r".{6,200}"),
    "picture's address": (("avatarurl", "photourl", "profilepicture"), r"https?://.{6,}"),
    "IP address": (
        ("ip", "ipaddress", "clientip", "remoteip", "xforwardedfor", "xrealip"),
        r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{8,39}",
    ),
    "device id": (("deviceid", "uuid", "deviceuuid", "fingerprint", "installid"), r"\S{6,200}"),
    "request id": (("requestid", "xrequestid", "traceid", "correlationid", "jti"), r"\S{6,200}"),
    "API key": (("clientid",), r"\S{8,200}"),
}
"""Of what is personal, or of one run alone: the names it has in traffic, and its shape there.

Names are compared in lower case, letters and digits alone. Both must fit: a `userId` may be null.
"""

BELIEVED_SECONDS = 43_200.0
"""The time of an answer that a cache may have kept is not believed further off than this."""

CARRIES_NUMBER = "mobile"
"""What a call is said to carry that holds the number, which may be sent as often as need be."""

TOKEN = rb"[A-Za-z0-9+/_-]{8,4096}"
MOST_TOKENS = 50
"""So many words of a request are tried for base64."""

MOST_REDIRECTS = 10
"""A call that failed after so many redirects was led in a circle; Chromium gives up after 20."""

BODY_SECONDS = 5.0
_MOST = 500


@dataclass(frozen=True)
class Answer:
    """What a call was answered with. `ok` is None where nobody can tell."""

    status: int
    ok: bool | None
    said: Said | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_json: bool = False
    text: str = ""

    @classmethod
    def read(cls, status: int, body: bytes) -> Answer:
        """Read an answer; errors of Upstox's come with status 200 or in its API's envelope."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return cls(status, None, text=body[:4000].decode("utf-8", "replace"))
        text = body[:4000].decode("utf-8", "replace") if status >= 400 else ""
        if not isinstance(data, dict):
            return cls(status, None if status < 400 else False, is_json=True, text=text)
        said = said_of(data)
        failed = said is not None or data.get("success") is False or data.get("status") == "error"
        inner = data.get("data")
        facts: dict[str, Any] = {}
        if isinstance(inner, dict):
            facts = {name: inner[name] for name in FACTS if name in inner}
            if isinstance(inner.get("accounts"), list):
                facts["accounts"] = len(inner["accounts"])
            if SECRET_MEMBERS & inner.keys():
                facts["asks for a code"] = any(
                    "otp" in name.lower() for name in SECRET_MEMBERS & inner.keys()
                )
            if isinstance(inner.get("userProfile"), dict):
                facts["knows the user"] = True
            redactor.register_all(
                (
                    each
                    for name, each in inner.items()
                    if name in SECRET_MEMBERS and isinstance(each, str)
                ),
                "session token",
            )
        return cls(status, not failed and status < 400, said, facts, is_json=True, text=text)

    @property
    def meaning(self) -> Meaning:
        """What an answer that is no success means: its code, its text, its status."""
        if self.status == 429:
            return "rate limited"
        if self.said is not None:
            meaning = self.said.meaning
            if meaning != "unknown" or self.said.code is not None:
                return meaning
        if not self.is_json and re.search(CHALLENGE, self.text, re.IGNORECASE):
            return "challenge"
        if not self.is_json and re.search(MAINTENANCE, self.text, re.IGNORECASE):
            return "maintenance"
        if self.status in {401, 403} and not self.is_json:
            return "challenge"
        return "trouble" if self.status >= 500 or not self.is_json else "unknown"


def said_of(data: Mapping[str, Any]) -> Said | None:
    """The message of an error, in the envelope of the login or of the API; None without one."""
    errors = data.get("errors")
    error = data.get("error")
    first = errors[0] if isinstance(errors, list) and errors else error
    if isinstance(first, str):
        return Said(first[:300])
    if not isinstance(first, dict) or not first:
        return None
    code = first.get("code") or first.get("errorCode") or first.get("error_code")
    text = first.get("message") or first.get("description")
    message = text[:300] if isinstance(text, str) else "no message"
    number = None if code is None else str(code)[:20]
    if number is not None and re.fullmatch(r"\d{3}", number):
        return Said(message, status=int(number))
    return Said(message, number)


@dataclass(frozen=True)
class Call:
    """One request of the page. Times are of the walk's monotonic clock, seconds.

    `carries` names the credentials that were seen in it, `posts` whether it could hold one that
    nobody can see, such as an encrypted one.
    """

    id: str
    at: float
    method: str
    host: str
    path: str
    kind: Kind
    trusted: bool
    blocked: bool = False
    posts: bool = False
    carries: frozenset[str] = frozenset()
    main: bool = False
    """Whether it is the page itself."""
    same: bool = False
    """Whether the very same, byte for byte, was sent before the last credential was typed: such a
    one, like a heartbeat, cannot hold it."""
    status: int | None = None
    ended: float | None = None
    failure: str | None = None
    answer: Answer | None = None
    answered_at: float | None = None

    @property
    def pending(self) -> bool:
        """Whether its answer is still owed."""
        return self.ended is None and not self.blocked

    @property
    def place(self) -> str:
        """Where it goes, for people; without the query, which may hold a code."""
        return f"{self.host}{self.path}"

    @property
    def broke(self) -> bool:
        """Whether its connection broke: Chromium may have sent it twice."""
        return self.failure is not None and not self.blocked


@dataclass(frozen=True)
class Traffic:
    """All calls up to now, and what is known of Upstox's clock."""

    calls: tuple[Call, ...] = ()
    skew: float | None = None
    """Upstox's clock minus this machine's, seconds; None until an answer told."""

    def since(self, at: float) -> tuple[Call, ...]:
        """Calls that began at `at` or later, without those that were blocked."""
        return tuple(each for each in self.calls if each.at >= at and not each.blocked)

    def carriers(self, what: str, since: float = 0.0) -> tuple[Call, ...]:
        """Calls that were seen to hold the credential `what`."""
        return tuple(each for each in self.since(since) if what in each.carries)

    @property
    def facts(self) -> dict[str, Any]:
        """What the answers say of the customer, the newest word for each."""
        told: dict[str, Any] = {}
        for each in sorted(
            (each for each in self.calls if each.answer is not None and each.trusted),
            key=lambda each: each.answered_at or 0.0,
        ):
            assert each.answer is not None  # noqa: S101  (filtered above)
            told |= each.answer.facts
        return told

    @property
    def document(self) -> Call | None:
        """The newest request for the page itself that was answered."""
        pages = [each for each in self.calls if each.main and each.status is not None]
        return pages[-1] if pages else None


class Session(Protocol):
    """The part of Playwright's CDP session that is needed here."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """Call a method of Chromium's."""

    def on(self, event: Any, f: Callable[..., Any]) -> None:
        """Hear of an event."""


class Wire:
    """Listens to one window, and makes a `Traffic` of what it hears.

    `changed` is called whenever there is something new. `now` is the machine's clock, epoch
    seconds, and `monotonic` one that never jumps.
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
        self._now = now
        self._monotonic = monotonic
        self._changed = changed
        self._calls: dict[str, Call] = {}
        self._sought: dict[str, tuple[bytes, ...]] = {}
        self._past: dict[str, tuple[bytes, ...]] = {}
        """Codes after which another one was typed; a page may still send them again."""
        self._spelt: tuple[bytes, list[bytes]] = (b"", [])
        """The last text that was searched, and its spellings: each request is asked about often."""
        self._number: tuple[bytes, ...] = ()
        self._repeated: set[str] = set()
        self._carriers: dict[tuple[str, bytes], str] = {}
        """Of each code and PIN, the request that carried it first."""
        self._typing = False
        self._main = ""
        self._session: Session | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sockets: dict[str, str] = {}
        self._told: set[str] = set()
        """Requests whose end Chromium tells: not those of a worker, which only the gate sees."""
        self._turns: Counter[str] = Counter()
        """How often each request was redirected."""
        self._seen: set[int] = set()
        self._seen_before: frozenset[int] = frozenset()
        """Of each request up to the last credential, a hash that lives no longer than this."""
        self._skew: float | None = None
        self._skew_is_fresh = False
        self._hops = 0
        self.lines: list[str] = []
        """Each request and what came of it, for the report."""
        self.spans: list[tuple[float, float]] = []
        """When each of `lines` began and was answered."""

    async def listen(self, session: Session, main_frame: str) -> None:
        """Hear the window of `session`, whose frame is `main_frame`."""
        self._session, self._main = session, main_frame
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)
        session.on("Network.loadingFailed", self._on_failed)
        session.on("Network.webSocketCreated", self._on_socket)
        session.on("Network.webSocketFrameSent", self._on_frame)
        session.on("Network.webTransportCreated", self._on_transport)
        await session.send("Network.enable", {"maxPostDataSize": 262_144})

    @property
    def traffic(self) -> Traffic:
        """All up to now."""
        return Traffic(tuple(self._calls.values()), self._skew)

    # -- credentials -------------------------------------------------------------------------------

    def look_out_for(self, what: str, text: str) -> None:
        """Notice from now on when the page sends `text`, called `what`.

        Upstox sends PINs in base64.
        """
        self._typing = True
        self._seen_before = frozenset(self._seen)
        raw = text.encode()
        encoded = base64.b64encode(raw)
        before = self._sought.get(what)
        if before is not None and before[0] != raw:
            self._past[f"{what} {len(self._past)}"] = before
        self._sought[what] = (raw, encoded.rstrip(b"="), raw.hex().encode())
        if what == CARRIES_NUMBER:
            self._number = (raw,)

    def _carried(self, url: str, body: bytes) -> frozenset[str]:
        return self._held(self._sought, url, body)

    def _held(
        self, sought: Mapping[str, tuple[bytes, ...]], url: str, body: bytes
    ) -> frozenset[str]:
        if not sought:
            return frozenset()
        text = url.encode() + b"\n" + body
        if self._spelt[0] != text:
            self._spelt = text, spellings(text)
        texts = self._spelt[1]
        return frozenset(
            what
            for what, forms in sought.items()
            if any(_holds(each, text) for each in forms for text in texts)
        )

    def is_analytics(self, url: str, kind: str, method: str, body: bytes) -> bool:
        """Whether a request is analytics, which the login does without.

        Never a call of the login itself, a page, or a script of Upstox's own.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        if BLOCKED_HOSTS.search(f"{host}."):
            return True
        if kind not in {"XHR", "Fetch", "Ping", "Other", "Image", "EventSource"}:
            return False
        if self._trusted(url) and LOGIN_PATH.search(parts.path):
            return False
        if BLOCKED_PATHS.search(parts.path):
            return True
        if method != "POST" or not self._number:
            return False
        texts = spellings(body)
        if not any(_holds(each, text) for each in self._number for text in texts):
            return False
        to_events = EVENTS_PATH.search(parts.path) is not None
        return any(
            ENVELOPE.search(text.decode("utf-8", "replace")) or (to_events and b"{" in text)
            for text in texts
        )

    def has_left(self, call_id: str, request: Mapping[str, Any]) -> bool:
        """Whether this would carry a code or PIN that another request has carried before.

        A page may submit twice, by itself and by our press. Where Upstox's answer makes the page
        ask again, its second try passes.
        """
        if str(request.get("method")) == "OPTIONS":
            return False
        url, body = str(request.get("url", "")), said_by(request)
        now = self._carried(url, body) - {CARRIES_NUMBER}
        again = any(
            self._carriers.get((what.partition(" ")[0], self._past[what][0]), "") != call_id
            for what in self._held(self._past, url, body)
        )
        for what in now:
            first = self._carriers.setdefault((what, self._sought[what][0]), call_id)
            call = self._calls.get(first)
            repeats = (
                call is not None
                and call.answer is not None
                and repeats_itself(call.answer)
                and what not in self._repeated
            )
            if repeats and first != call_id:
                self._repeated.add(what)  # once: five refused PINs lock the account
                self._carriers[what, self._sought[what][0]] = call_id
            again = again or (first != call_id and not repeats)
        return again

    def leaks(self, url: str, body: bytes) -> bool:
        """Whether a request would carry a credential to a host that is not the login's."""
        return not self._trusted(url) and bool(self._carried(url, body))

    # -- events ------------------------------------------------------------------------------------

    def asked(
        self,
        call_id: str,
        request: Mapping[str, Any],
        kind: str,
        *,
        frame: str = "",
        blocked: bool = False,
    ) -> None:
        """Take note of a request: of the window's own, of a worker's, of a beacon."""
        url = str(request.get("url", ""))
        if not url.startswith(("http:", "https:", "ws:", "wss:")):
            return
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        body = body_of(request)
        method = str(request.get("method", "GET"))
        old = self._calls.get(call_id)
        if old is not None and (old.host, old.path) == (host, parts.path):
            carries = old.carries | self._carried(url, said_by(request))
            self._put(replace(old, carries=carries, blocked=old.blocked or blocked))
            return
        if old is not None:  # the next hop of a redirect has the same id
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
                # The browser's own question before a call is no call of a form.
                kind="other" if method == "OPTIONS" else KINDS.get(kind, "other"),
                trusted=self._trusted(url),
                blocked=blocked,
                same=same,
                posts=_posts(method, request) or kind == "Ping",
                carries=self._carried(url, said_by(request)),
                main=kind == "Document" and frame == self._main,
            )
        )

    def _keep_hop(self, old: Call) -> None:
        """Keep the hop that came before under a name of its own: it carried what it carried."""
        ended = old if old.ended is not None else replace(old, ended=self._monotonic())
        name = f"{old.id}#{self._hops}"
        del self._calls[old.id]
        self._calls[name] = replace(ended, id=name)

    def _put(self, call: Call) -> None:
        if call.id in self._calls or len(self._calls) < 20 * _MOST:
            self._calls[call.id] = call
        self._changed()

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
            self._start(self._read(call.id))
        else:
            self._put(replace(call, ended=self._monotonic()))

    def answers_a_form(self, call_id: str) -> bool:
        """Whether the answer to this call is to be read before the page has it.

        Afterwards the page may have gone elsewhere, and its answers with it.
        """
        call = self._calls.get(call_id)
        return (
            call is not None
            and call.trusted
            and call.kind == "data"
            and self._typing
            and (call.posts or bool(call.carries))
        )

    def answered(self, call_id: str, status: int, body: bytes | None) -> None:
        """Take note of an answer that the page does not have yet; None where it broke off."""
        call = self._calls.get(call_id)
        if call is None:
            return
        now = self._monotonic()
        answer = None if body is None else Answer.read(status, body)
        # Half an answer is no JSON: whether it broke off is told when it ends.
        ends_here = answer is None or answer.is_json or call_id not in self._told
        ended = now if ends_here else None
        self._put(replace(call, status=status, ended=ended, answered_at=now, answer=answer))

    def redirected(self, call_id: str, status: int) -> None:
        """Take note of an answer that leads elsewhere."""
        call = self._calls.get(call_id)
        if call is not None:
            self._put(replace(call, status=status))

    def stopped(self, call_id: str) -> None:
        """Take note that a call's next hop was stopped: no answer to it is owed any more."""
        call = self._calls.get(call_id)
        if call is not None and call.pending:
            self._put(replace(call, ended=self._monotonic()))

    def broke_off(self, call_id: str, reason: str) -> None:
        """Take note of a call whose connection broke. Of a worker's nobody else tells."""
        call = self._calls.get(call_id)
        if call is not None and call.pending and call_id not in self._told:
            failure = None if reason == "Aborted" else reason  # the page gave it up itself
            self._put(replace(call, ended=self._monotonic(), failure=failure))

    def _is_read(self, call: Call) -> bool:
        """Whether the body of what has come is read: of a page that is an error."""
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
                text = str(told.get("body", ""))
                body = base64.b64decode(text) if told.get("base64Encoded") else text.encode()
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
            # Answered in full, though perhaps kept from a page of another origin.
            self._put(replace(call, ended=call.ended or self._monotonic()))
            return
        self._line(call.id, reason)
        if self._turns[call.id] >= MOST_REDIRECTS or (kept_back and (call.status or 0) >= 300):
            # Led in a circle, or answered with what a page of another origin may not have.
            now, status = self._monotonic(), call.status or 302
            answer = Answer(status, ok=False)
            self._put(replace(call, status=status, ended=now, answered_at=now, answer=answer))
            return
        blocked = call.blocked or event.get("blockedReason") == "inspector"
        ours = bool(event.get("canceled")) and reason == "ERR_ABORTED"
        failure = None if ours or blocked else reason
        self._put(
            replace(call, ended=self._monotonic(), failure=failure, blocked=blocked or call.blocked)
        )

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
            self._put(replace(sent, ended=self._monotonic()))

    def _on_transport(self, event: Mapping[str, Any]) -> None:
        # Nobody is told what is sent over it afterwards.
        name, url = f"{event['transportId']}~transport", str(event.get("url", ""))
        self.asked(name, {"url": url, "method": "SEND"}, "WebSocket")
        opened = self._calls.get(name)
        if opened is not None:
            self._put(replace(opened, ended=self._monotonic()))

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _line(self, call_id: str, outcome: str) -> None:
        call = self._calls.get(call_id)
        if call is not None and len(self.lines) < _MOST:
            self.lines.append(f"{call.method} {call.place} {outcome}")
            self.spans.append((call.at, self._monotonic()))

    def _measure_skew(self, call_id: str, response: Mapping[str, Any]) -> None:
        call = self._calls.get(call_id)
        if call is None or not call.trusted or call.kind not in {"data", "document"}:
            return
        headers = {str(name).lower(): value for name, value in response.get("headers", {}).items()}
        if "age" in headers or response.get("fromDiskCache"):
            return  # an answer out of somebody's cache tells an old time
        try:
            there = parsedate_to_datetime(str(headers["date"]).splitlines()[0]).timestamp()
        except (KeyError, ValueError, TypeError, IndexError):
            return
        # The header has whole seconds; half a second is the mean of what it leaves out.
        skew = there + 0.5 - self._now()
        # Caches do not answer a POST, so its time is believed however far off it is: a small
        # machine without a battery for its clock may be days behind.
        fresh = call.method == "POST"
        if fresh or (abs(skew) < BELIEVED_SECONDS and not self._skew_is_fresh):
            self._skew, self._skew_is_fresh = skew, fresh

    def close(self) -> None:
        """Wait for no answer any more."""
        for task in set(self._tasks):
            task.cancel()


def _posts(method: str, request: Mapping[str, Any]) -> bool:
    """Whether a request sends something, or is the browser's own question before one that does."""
    if method == "OPTIONS":
        headers = {str(name).lower(): each for name, each in request.get("headers", {}).items()}
        method = str(headers.get("access-control-request-method", "POST"))
    return method not in {"GET", "HEAD"}


def body_of(request: Mapping[str, Any]) -> bytes:
    """The body of a request as Chromium tells it, empty where it has none or is not told."""
    data = request.get("postData")
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    pieces = []
    for entry in request.get("postDataEntries") or ():
        try:
            pieces.append(base64.b64decode(entry.get("bytes", "")))
        except (ValueError, AttributeError):
            continue
    return b"".join(pieces)


def spellings(text: bytes) -> list[bytes]:
    """What a request says, also without the escapes, blanks and base64 it may be written in.

    Without the zeros of UTF-16, too.
    """
    plain = unquote_plus(text.decode("latin-1")).encode("latin-1", "replace")
    bare = re.sub(rb"\\u00([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), plain)
    tight = re.sub(rb"\\[nrt]|[\s\\\0]", b"", bare)
    digits = re.sub(rb"(?<=\d)[^0-9A-Za-z]{1,3}(?=\d)", b"", tight)
    found = [text, plain, bare, tight, digits]
    tokens = [*re.findall(TOKEN, bare)[:MOST_TOKENS], *re.findall(TOKEN, tight)[:MOST_TOKENS]]
    for token in tokens:
        with suppress(ValueError):
            padded = token.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(token) % 4)
            said = base64.b64decode(padded)
            found += [said, said.replace(b"\0", b"")]
    return found


def said_by(request: Mapping[str, Any]) -> bytes:
    """The body of a request and what its headers say."""
    headers = "\n".join(str(each) for each in request.get("headers", {}).values())
    return body_of(request) + b"\n" + headers.encode("utf-8", "surrogatepass")


def _holds(secret: bytes, text: bytes) -> bool:
    """Whether `text` holds `secret`; of digits, not as a part of a longer number."""
    # The pattern takes many times as long, and nearly no request holds the secret at all.
    if secret not in text or not secret.isdigit():
        return secret in text
    pattern = rb"(?<!\d)(?:\+?0?91)?" + secret + rb"(?!\d)"
    return re.search(pattern, text) is not None


def repeats_itself(answer: Answer) -> bool:
    """Whether the page asks again by itself after this answer."""
    return answer.said is not None and answer.said.code in REPEATS_ITSELF
