"""Which call of the page is which: Upstox's own, what carries a credential, what is analytics.

The versions in its paths move every year or so: nothing here depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from upstox_browser_login.page.states.fields import Purpose

from .answers import Answer

Kind = Literal["document", "data", "part", "socket", "beacon", "other"]
"""What is asked for or sent.

A page, a call of its scripts, a script or style sheet, a frame of a socket, what is sent without
anybody's reading the answer, or anything else.
"""

KINDS: Mapping[str, Kind] = {
    "Document": "document",
    "XHR": "data",
    "Fetch": "data",
    "Script": "part",
    "Stylesheet": "part",
    "WebSocket": "socket",
    "Ping": "beacon",
}

LOGIN_PATH = re.compile(r"^/login/")
"""Below it lie the calls of the login itself; none of them is ever blocked."""

BLOCKED_HOSTS = re.compile(
    r"(^|\.)(google-?analytics|googletagmanager|googleadservices|doubleclick|mixpanel"
    r"|mxpnl|clevertap|"
    r"clevertap-prod|wzrkt|facebook|connect\.facebook|hotjar|clarity|branch|appsflyer"
    r"|segment|amplitude|"
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

CARRIED: Mapping[Purpose, str] = {
    "mobile": "mobile",
    "otp": "code",
    "pin": "pin",
    "password": "password",
}
"""What a call is said to carry that holds the credential of a form."""

CARRIES_NUMBER = CARRIED["mobile"]
"""What a call is said to carry that holds the number, which may be sent as often as need be."""


class Call(Struct, frozen=True, omit_defaults=True):
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
    def facts(self) -> Mapping[str, Any]:
        """What its answer says of the customer, which only the login's own calls are believed.

        Such a one carried a credential, perhaps one that nobody can see. Whatever else the page
        asks for, such as a banner or its settings, may have members of the same names.
        """
        is_own = bool(self.carries) or (self.posts and LOGIN_PATH.match(self.path) is not None)
        return self.answer.facts if self.answer and self.trusted and is_own else {}

    @property
    def place(self) -> str:
        """Where it goes, for people; without the query, which may hold a code."""
        return f"{self.host}{self.path}"

    @property
    def broke(self) -> bool:
        """Whether its connection broke: Chromium may have sent it twice."""
        return self.failure is not None and not self.blocked


class Traffic(Struct, frozen=True):
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
        for each in sorted(self.calls, key=lambda each: each.answered_at or 0.0):
            told |= each.facts
        return told

    @property
    def document(self) -> Call | None:
        """The newest request for the page itself that was answered."""
        pages = [each for each in self.calls if each.main and each.status is not None]
        return pages[-1] if pages else None
