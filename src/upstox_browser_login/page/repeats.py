"""Judges which requests may leave: a code or PIN leaves once, and to the login's hosts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .analytics import is_analytics
from .requests import MOST_SEARCHED, Sought, body_and_headers, body_of, is_streamed, posts
from .wire.answers import repeats_itself
from .wire.calls import APPROVAL_MEMBER, APPROVAL_PATH, CARRIES_NUMBER, Call, Traffic

MOST_CARRIED_ON = 2
"""Redirects that may take a code or PIN along.

A server redirects to a newer path, or its firewall to the same one to set a cookie, before anything
is judged; without these an honest login would end.
"""


class Judge:
    """Judges the requests of one window. `calls` are those that were heard, by their ids."""

    def __init__(
        self,
        *,
        trusted: Callable[[str], bool],
        monotonic: Callable[[], float],
        calls: Mapping[str, Call],
    ) -> None:
        self._trusted = trusted
        self._monotonic = monotonic
        self._calls = calls
        self._sought = Sought()
        self.typed_at: float | None = None
        """When the last credential was about to be typed; None before the first one."""
        self._secret_at: float | None = None
        """When the last code or PIN was about to be typed."""
        self._carriers: dict[tuple[str, bytes], str] = {}
        """The first request that carried each code and PIN."""
        self._repeated: set[str] = set()
        """The credentials of which a second try has passed."""
        self._unread: dict[int, tuple[str, float]] = {}
        """Requests since the last code or PIN was typed, by a hash: the id of the first, and when
        the secret was typed. One may hold it encrypted.
        """
        self._seen: set[int] = set()
        self._seen_before: frozenset[int] = frozenset()
        """A hash of each request before the last credential, gone with this object."""

    def look_out_for(self, what: str, text: str) -> None:
        """Notice each request that carries `text`, the credential called `what`, from now on.

        Upstox sends PINs in base64.
        """
        self.typed_at = self._monotonic()
        self._seen_before = frozenset(self._seen)
        if what != CARRIES_NUMBER:
            self._secret_at = self.typed_at
        self._sought.seek(what, text)

    def carried(self, url: str, request: Mapping[str, Any]) -> frozenset[str]:
        """The names of the credentials that a request holds."""
        return self._sought.carried(url, body_and_headers(request))

    def notes_same(self, method: str, url: str, body: bytes) -> bool:
        """Note a request; whether the same one came before the last credential was typed."""
        whole = hash((method, url, body))
        self._seen.add(whole)
        return whole in self._seen_before

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
        if not (body and posts(method, request)):
            return False
        if APPROVAL_MEMBER in body and APPROVAL_PATH.search(urlsplit(url).path):
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
        since = Traffic(tuple(self._calls.values())).since(typed_at)
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
        if self.typed_at is None:
            return False
        sends = posts(str(request.get("method", "GET")), request)
        return sends or bool(self.carried(url, request))

    def cannot_be_searched(self, url: str, said: bytes, request: Mapping[str, Any]) -> bool:
        """Whether a credential may stand in a part of the request that is not searched."""
        if self.typed_at is None:
            return False
        is_too_long = len(url) + len(said) >= MOST_SEARCHED
        return is_too_long or is_streamed(request) or not self._sought.is_searched(url, said)
