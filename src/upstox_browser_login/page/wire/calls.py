"""Which call of the page is which: Upstox's own, a credential's, or analytics.

The versions in its paths change every year or so, so nothing depends on them.
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
"""The login's own calls are below this path, and none of them is ever blocked."""

APPROVAL_PATH = re.compile(r"/oauth/authorize/?$")
"""Where the page lets the app in, once the PIN is accepted."""

APPROVAL_MEMBER = b'"userOAuthApproval"'
"""A member of the call by which the page lets the app in."""

BLOCKED_HOSTS = re.compile(
    r"(^|\.)(google-?analytics|googletagmanager|googleadservices|doubleclick|mixpanel"
    r"|mxpnl|clevertap|"
    r"clevertap-prod|wzrkt|facebook|connect\.facebook|hotjar|clarity|branch|appsflyer"
    r"|segment|amplitude|"
    r"moengage|webengage|newrelic|nr-data|sentry|bugsnag|fullstory|adjust)\.",
    re.IGNORECASE,
)

BLOCKED_PATHS = re.compile(
    r"/(mixpanel|analytics|track|telemetry|clickstream|tracking-proxy|engage|events/track"
    r"|cdn-cgi/rum)(/|$)",
    re.IGNORECASE,
)
"""Paths of Upstox's service host that lead to its analytics, and of Cloudflare's on any host."""

ENVELOPE = re.compile(
    r"\"(event|events|distinct_id|evtName|\$?device_id|profileData|evtData)\"\s*:"
)
"""Members of what analytics send."""

EVENTS_PATH = re.compile(r"/events?(/|$)", re.IGNORECASE)
"""Paths that take events, whatever the members are called."""

CARRIED: Mapping[Purpose, str] = {
    "mobile": "mobile",
    "otp": "code",
    "pin": "pin",
    "password": "password",
}
"""The name of the credential that a call of each form carries."""

CARRIES_NUMBER = CARRIED["mobile"]
"""The name for a call that carries the number, which may be sent as often as needed."""


def in_words(failure: str) -> str:
    """Chromium's name of a network error in words: ERR_TIMED_OUT becomes "timed out"."""
    return failure.removeprefix("ERR_").replace("_", " ").lower()


class Call(Struct, frozen=True, omit_defaults=True):
    """One request of the page. Times are of the walk's monotonic clock, in seconds.

    `carries` names the credentials that were seen in it. `posts` tells whether it could hold one
    that nobody can see, such as an encrypted one.
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
    """Whether it asks for the page itself."""
    same: bool = False
    """Whether the same bytes were sent before the last credential was typed.

    Such a call, for example a heartbeat, cannot hold the credential.
    """
    status: int | None = None
    ended: float | None = None
    failure: str | None = None
    answer: Answer | None = None
    answered_at: float | None = None

    @property
    def pending(self) -> bool:
        """Whether its answer is owed."""
        return self.ended is None and not self.blocked

    @property
    def facts(self) -> Mapping[str, Any]:
        """What its answer says about the customer, if it is one of the login's own calls.

        Such a call carried a credential, perhaps an encrypted one. Answers to other calls, such as
        for a banner, may have members of the same names.
        """
        is_own = bool(self.carries) or (self.posts and self.of_the_login)
        return self.answer.facts if self.answer and self.trusted and is_own else {}

    @property
    def of_the_login(self) -> bool:
        """Whether it goes to a path of the login itself."""
        return LOGIN_PATH.match(self.path) is not None

    @property
    def approves(self) -> bool:
        """Whether the page's script lets the app in by it; a form may be sent to the same path."""
        is_there = self.trusted and self.posts and APPROVAL_PATH.search(self.path) is not None
        return is_there and self.kind == "data" and not self.carries

    @property
    def place(self) -> str:
        """Where it goes, without the query, which may hold a code."""
        return f"{self.host}{self.path}"

    @property
    def broke(self) -> bool:
        """Whether its connection broke, so that Chromium may have sent it twice."""
        return self.failure is not None and not self.blocked


class Traffic(Struct, frozen=True):
    """All calls up to now, and the difference of Upstox's clock."""

    calls: tuple[Call, ...] = ()
    skew: float | None = None
    """Upstox's clock minus this machine's, in seconds; None before the first answer."""

    def since(self, at: float) -> tuple[Call, ...]:
        """Calls that began at `at` or later, without blocked ones."""
        return tuple(each for each in self.calls if each.at >= at and not each.blocked)

    def carriers(self, what: str, since: float = 0.0) -> tuple[Call, ...]:
        """Calls in which the credential `what` was seen."""
        return tuple(each for each in self.since(since) if what in each.carries)

    @property
    def facts(self) -> dict[str, Any]:
        """What the answers say about the customer; of each fact the newest one."""
        told: dict[str, Any] = {}
        for each in sorted(self.calls, key=lambda each: each.answered_at or 0.0):
            told |= each.facts
        return told

    @property
    def document(self) -> Call | None:
        """The newest request for the page itself that has an answer."""
        pages = [each for each in self.calls if each.main and each.status is not None]
        return pages[-1] if pages else None
