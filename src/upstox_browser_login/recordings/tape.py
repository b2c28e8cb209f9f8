"""Which recorded answer a request gets: in sequence for each call, and none for an unknown one.

A request is known by its method, host, path and by the fields in its address and body. What differs
from run to run by nature, such as a code, a state or a request's id, need not be the same: what
this run sent in its place is told back to it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from upstox_browser_login.evidence.values import MOST_VALUES

from .bundle import Bundle, Exchange

VOLATILE = frozenset(
    {"otp", "totp", "code", "state", "nonce", "client_secret", "requestid", "request_id"}
    | {"timestamp", "ts", "time", "t", "_", "device_id", "deviceid", "uuid"}
)
"""Names of fields whose values differ from run to run, beside those that the recording names."""

MOST_FIELDS = 1_000
"""So many fields of a query are compared."""

MOST_TEXT = 2_000_000
"""Characters of a body whose fields are compared: JSON takes much more memory once it is read."""

HEARTBEATS = 4
"""A call that was made so often repeats itself by time; how often is no fact of the login."""

SHORTEST_ECHO = 8
"""A shorter value may stand anywhere by chance, so it is not replaced in answers."""

_DRAWN = (
    r"[0-9a-fA-F]{12,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}"
)
_ID = re.compile(rf"\A(?:\d{{5,}}|{_DRAWN})\Z")
"""A part of a path that is somebody's number: not a word, not a version."""

_RANDOM = re.compile(rf"\A(?:{_DRAWN}|0?\.\d{{8,}})\Z")
"""A value that somebody has drawn, also as a script does: 0.7236472817."""

_JWT = re.compile(r"\AeyJ[\w-]+\.[\w-]+\.[\w-]*\Z")
_MOMENT = re.compile(r"\A(?:1\d{9}|1\d{12}|\d{4}-\d\d-\d\d[T ].*)\Z")


@dataclass(frozen=True)
class Asked:
    """One request as the server got it."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""

    @property
    def name(self) -> str:
        """What it is called in messages; without its query, which may hold a code."""
        parts = urlsplit(self.url)
        return f"{self.method} {parts.scheme}://{parts.netloc}{parts.path}"


@dataclass(frozen=True)
class Unknown:
    """A request that the recording does not have, and why none of its answers fits."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} ({self.why})"


@dataclass(frozen=True)
class Key:
    """What says which call a request is: paths that differ in a number alone are the same."""

    method: str
    origin: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.origin}{self.path}"


def key_of(method: str, url: str) -> Key:
    """The call that a request belongs to."""
    parts = urlsplit(url)
    pieces = ["{id}" if _ID.match(each) else each for each in (parts.path or "/").split("/")]
    return Key(method, f"{parts.scheme}://{parts.netloc}", "/".join(pieces))


Fields = dict[str, str]


def fields_of(asked: Asked) -> Fields:
    """What a request says in its address and body, by name; of a body nobody can read, nothing."""
    found: Fields = {f"?{name}": value for name, value in _pairs(urlsplit(asked.url).query)}
    text = asked.body.decode("utf-8", "replace").strip()
    if not text or len(text) > MOST_TEXT:
        return found
    try:
        found |= dict(islice(_leaves(json.loads(text), ""), MOST_VALUES))
    except (ValueError, RecursionError):
        if "urlencoded" in asked.headers.get("content-type", ""):
            found |= dict(_pairs(text))
    return found


def recorded_fields(bundle: Bundle, each: Exchange) -> Fields:
    """What a recorded request says, as `fields_of`."""
    headers = {name.lower(): value for name, value in each.request.headers}
    return fields_of(Asked(each.method, each.url, bundle.body(each.request.body), headers))


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)[:MOST_FIELDS]


def _leaves(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for each, inner in value.items():
            yield from _leaves(inner, f"{name}.{each}" if name else str(each))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{name}[{index}]")
    else:
        yield name, value if isinstance(value, str) else json.dumps(value)


def is_volatile(name: str, recorded: str, asked: str, names: frozenset[str]) -> bool:
    """Whether this field may have another value in each run: by its name, or by what it holds."""
    last = re.split(r"[.?\[\]]", name.rstrip("]"))[-1].lower()
    if last in names:
        return True
    return any(form.match(recorded) and form.match(asked) for form in (_RANDOM, _JWT, _MOMENT))


def differences(recorded: Fields, asked: Fields, names: frozenset[str]) -> list[str]:
    """How a request differs from a recorded one, in what matters; empty where it is the same."""
    told = [f"{each} is new" for each in sorted(asked.keys() - recorded.keys())]
    told += [f"{each} is missing" for each in sorted(recorded.keys() - asked.keys())]
    told += [
        f"{each} has another value"
        for each in sorted(recorded.keys() & asked.keys())
        if recorded[each] != asked[each]
        and not is_volatile(each, recorded[each], asked[each], names)
    ]
    return told


@dataclass
class Tape:
    """The answers of one recording, each given once and in its order."""

    bundle: Bundle
    _queues: dict[Key, list[Exchange]] = field(default_factory=dict)
    _given: dict[Key, list[Exchange]] = field(default_factory=dict)
    _echo: dict[str, str] = field(default_factory=dict)
    asked: Counter[Key] = field(default_factory=Counter)
    """How often each call was made in this run."""
    unknown: list[Unknown] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = VOLATILE | {each.lower() for each in self.bundle.about.volatile}
        for each in self.bundle.exchanges:
            if each.failed != "blocked":
                self._queues.setdefault(key_of(each.method, each.url), []).append(each)

    def knows(self, asked: Asked) -> bool:
        """Whether the recording has this call at all, with whatever fields."""
        key = key_of(asked.method, asked.url)
        return key in self._queues or key in self._given

    def answer(self, asked: Asked) -> Exchange | Unknown:
        """The recorded exchange that answers a request."""
        key = key_of(asked.method, asked.url)
        self.asked[key] += 1
        now = fields_of(asked)
        waiting, given = self._queues.get(key, []), self._given.setdefault(key, [])
        why: list[str] = []
        for each in waiting:
            then = recorded_fields(self.bundle, each)
            why = why or differences(then, now, self._names)
            if not differences(then, now, self._names):
                waiting.remove(each)
                given.append(each)
                self._learn(then, now)
                return each
        if asked.method in {"GET", "HEAD", "OPTIONS"}:
            for each in reversed(given):
                if not differences(recorded_fields(self.bundle, each), now, self._names):
                    return each
        return self._unknown(asked, why, given)

    def _unknown(self, asked: Asked, why: list[str], given: list[Exchange]) -> Unknown:
        reason = "no such call was recorded"
        if why:
            reason = f"recorded with other fields: {', '.join(why[:5])}"
        elif given:
            times = "once" if len(given) == 1 else f"{len(given)} times"
            reason = f"recorded only {times}"
        found = Unknown(asked.name, reason)
        self.unknown.append(found)
        return found

    def _learn(self, recorded: Fields, now: Fields) -> None:
        """Remember what this run has put in place of a recorded value.

        A JWT is none of them: the replay itself has moved the times in it.
        """
        for name, value in recorded.items():
            own = now.get(name, value)
            long_enough = min(len(value), len(own)) >= SHORTEST_ECHO
            moves = _JWT.match(value) or _MOMENT.match(value)
            if own != value and long_enough and not moves:
                self._echo[value] = own

    def told_back(self, text: str) -> str:
        """`text` of an answer with this run's own values in place of the recorded ones."""
        for recorded, own in self._echo.items():
            text = text.replace(recorded, own).replace(
                quote(recorded, safe=""), quote(own, safe="")
            )
        return text


def calls_of(exchanges: Iterable[Exchange]) -> Counter[Key]:
    """How often each call was made that the login itself is made of: pages, and what was sent."""
    return Counter(
        key_of(each.method, each.url)
        for each in exchanges
        if each.failed != "blocked" and (each.method != "GET" or each.type == "document")
    )


def miscounted(recorded: Counter[Key], asked: Counter[Key]) -> list[str]:
    """The calls that were made more or less often than in the recording."""
    told = []
    for key, then in recorded.items():
        now = asked[key]
        if key.method == "OPTIONS" or min(then, now) >= HEARTBEATS or now == then:
            continue
        told.append(f"{key} was asked {times(now)}, recorded {times(then)}")
    return told


def times(number: int) -> str:
    """How often, in words."""
    return {0: "never", 1: "once"}.get(number, f"{number} times")
