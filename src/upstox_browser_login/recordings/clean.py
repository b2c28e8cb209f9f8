"""Cleans what was heard, so that it may be kept: stand-ins, moved times, no values of fields."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from upstox_browser_login.evidence.masks import mask_fields
from upstox_browser_login.redaction.spellings import digests_of
from upstox_browser_login.settings import is_loopback

from .blanks import blank, blank_within, kind_of_picture
from .bounds import Bounds
from .bundle import MOST_LINE
from .capture import OF_THE_CONNECTION, RawExchange, RawSocket
from .personal import Found, is_everybodys, is_nameless, personal_values, shaped_values
from .shapes import json_in_base64, without_scripts
from .standins import StandIns
from .times import HEADERS, Times

if TYPE_CHECKING:
    from upstox_browser_login.http import Pairs

ALWAYS_VOLATILE = ("otp", "inputText", "code", "state", "requestId", "X-Request-ID")
"""Fields of Upstox's traffic whose values are others in every run, whatever was found."""

PICTURE = "picture"
"""What a picture that was replaced is called where kinds are counted."""

TOO_MANY_VALUES = "body of too many values"
"""What a body that was left out is called there."""

TOO_MANY_FRAMES = "frame of a socket that carries too much"
"""What frames that were left out are called there."""

_LEFT_OUT = "[left out with all that come after: the socket carries too much]"
_OF_A_SOCKET = 100_000
"""Bytes that are kept free for a socket's address, and for the words in place of its frames."""

_SVG_FILE = re.compile(r"\ufeff?\s*+(?:<[?!][^<>]{0,1000}>\s*+){0,9}<svg[\s>]", re.IGNORECASE)
_IN_BASE64 = re.compile(
    r"(?<=[=\"])((?:[A-Za-z0-9+/_-]|%2[BbFf]|\\/){16,}+(?:=|%3[Dd]){0,2})(?=[&\"]|\Z)"
)
"""A whole value of a form or of JSON that may be base64."""

_FONTS = (b"wOFF", b"wOF2", b"\0\1\0\0", b"OTTO")


@dataclass
class RawPage:
    """A state of the page as it was: its address, its HTML, and what it says to a screen reader."""

    url: str
    html: str
    aria: str | None = None


@dataclass
class Raw:
    """All that was heard and seen of one login."""

    exchanges: list[RawExchange]
    sockets: list[RawSocket] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, RawPage] = field(default_factory=dict)
    typed_at: float | None = None
    """Seconds from the start until anything was typed; None where nothing was."""


@dataclass
class Cleaned:
    """What may be kept: lines of the files, bodies by their names, pages by their states."""

    exchanges: list[dict[str, Any]]
    bodies: dict[str, bytes]
    looks: list[str]
    pages: dict[str, RawPage]
    stand_ins: StandIns
    time_fields: list[str]
    volatile: list[str]
    digests: set[str]
    """Digests of what was changed: none may be in what is kept, since it could be guessed from."""
    everybodys: frozenset[bytes] = frozenset()
    """Bodies that are the same for everybody, so that pictures in them were kept."""
    common: frozenset[str] = frozenset()
    """The names of these as they are kept."""
    nameless: frozenset[str] = frozenset()
    """The names of bodies as they are kept in which no word is a person's name."""
    public: frozenset[str] = frozenset()
    """Addresses and numbers that stand in them, so that they were left wherever they stand."""


def clean(
    raw: Raw, secrets: Found, *, began: float, redirect_uri: str | None, rng: Random
) -> Cleaned:
    """Put stand-ins in place of `secrets` and of all that is personal in `raw`.

    `began` is when the recording began, seconds of the epoch.
    """
    bounds = Bounds()
    heard, sockets = bounds.exchanges(raw.exchanges), bounds.sockets(raw.sockets)
    everybodys = frozenset(
        each.response_body or b"" for each in heard if is_everybodys(each, raw.typed_at)
    )
    nameless = frozenset(each.response_body for each in heard if is_nameless(each, raw.typed_at))
    found, volatile = personal_values(heard, sockets, nameless)
    times = Times(began)
    stand_ins = StandIns(rng, times)
    times.others = stand_ins.values.keys()
    shown = [raw.looks, *(_words_of(page) for page in raw.pages.values())]
    shaped, public = shaped_values(heard, sockets, shown, began=began, typed_at=raw.typed_at)
    stand_ins.add_all({**shaped, **found, **secrets, **_redirect_host(heard, redirect_uri)})
    if bounds.left_out:
        stand_ins.replaced[TOO_MANY_VALUES] = bounds.left_out
    cleaner = _Cleaner(stand_ins, times, everybodys, nameless)
    exchanges = sorted(
        [
            *(cleaner.exchange(each) for each in heard),
            *(cleaner.socket(each) for each in sockets),
        ],
        key=lambda line: line["n"],
    )
    looks = [stand_ins.text(json.dumps(line, ensure_ascii=False)) for line in raw.looks]
    pages = {
        stand_ins.text(state): RawPage(
            stand_ins.text(page.url, counted=False),
            stand_ins.text(cleaner.blanked(mask_fields(page.html, mask=""))),
            None if page.aria is None else stand_ins.text(page.aria),
        )
        for state, page in raw.pages.items()
    }
    return Cleaned(
        exchanges,
        cleaner.bodies,
        looks,
        pages,
        stand_ins,
        sorted(filter(None, times.fields)),
        sorted({*volatile, *ALWAYS_VOLATILE}),
        cleaner.digests | bounds.digests,
        everybodys,
        frozenset(cleaner.common),
        frozenset(cleaner.nameless),
        frozenset(public - secrets.keys() - found.keys()),
    )


def _words_of(page: RawPage) -> list[str]:
    """What a page says; its scripts and styles were looked at as they came."""
    return [page.url, unescape(without_scripts(page.html)), page.aria or ""]


def _redirect_host(exchanges: Iterable[RawExchange], redirect_uri: str | None) -> Found:
    """The host of the redirect URI, which may be somebody's own; nothing where others have it too.

    One that the page talks to, or a loopback address, tells nothing of a person.
    """
    host = urlsplit(redirect_uri or "").hostname or ""
    answered = {urlsplit(each.url).hostname for each in exchanges if each.status is not None}
    if not host or is_loopback(host) or host in answered or host.endswith(".invalid"):
        return {}
    return {host.rpartition(".")[0]: "redirect address"} if "." in host else {}


class _Cleaner:
    def __init__(
        self,
        stand_ins: StandIns,
        times: Times,
        everybodys: frozenset[bytes],
        nameless: frozenset[bytes | None],
    ) -> None:
        self._stand_ins, self._times = stand_ins, times
        self._everybodys, self._nameless = everybodys, nameless
        self.bodies: dict[str, bytes] = {}
        self.common: set[str] = set()
        self.nameless: set[str] = set()
        self.digests: set[str] = set()

    def exchange(self, raw: RawExchange) -> dict[str, Any]:
        text = self._stand_ins.text
        failed = raw.failed
        response = None
        if raw.status is not None:
            response = {
                "status": raw.status,
                "headers": self._headers(raw.response_headers),
                "body": self._body(raw.response_body),
            }
        return {
            "n": raw.n,
            "at": round(raw.at, 3),
            "took": round(raw.took or 0.0, 3),
            "kind": "http",
            "by": raw.by,
            "type": raw.type,
            "frame": raw.frame,
            "method": raw.method,
            "url": text(self._times.query(self._inside(raw.url))),
            "hop_of": raw.hop_of,
            "request": {
                "headers": self._headers(raw.request_headers),
                "body": self._body(raw.request_body),
            },
            "response": response,
            "failed": failed,
        }

    def socket(self, raw: RawSocket) -> dict[str, Any]:
        text = self._stand_ins.text
        return {
            "n": raw.n,
            "at": round(raw.at, 3),
            "kind": "socket",
            "url": text(self._times.query(self._inside(raw.url))),
            "frames": self._frames(raw),
        }

    def _frames(self, raw: RawSocket) -> list[dict[str, Any]]:
        """The frames of a socket, as many as the longest line that is read may have."""
        frames: list[dict[str, Any]] = []
        left = MOST_LINE - _OF_A_SOCKET
        for at, sent, said in raw.frames:
            text = self._stand_ins.text(self._inside(self.blanked(said)))
            frame = {"at": round(at, 3), "sent": sent, "text": text}
            size = len(json.dumps(frame, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            if size > left:
                self._stand_ins.replaced[TOO_MANY_FRAMES] += len(raw.frames) - len(frames)
                return [*frames, {**frame, "text": _LEFT_OUT}]
            left -= size
            frames.append(frame)
        return frames

    def _headers(self, headers: Pairs) -> list[list[str]]:
        return [
            [name, self._header(name.lower(), value)]
            for name, value in headers
            if name.lower() not in OF_THE_CONNECTION
        ]

    def _header(self, name: str, value: str) -> str:
        text = self._stand_ins.text
        if name in HEADERS:
            return self._times.header(value)
        if name == "set-cookie":
            first, _, rest = value.partition(";")
            cookie, _, held = first.partition("=")
            held = self._times.named(text(cookie), held, text)
            rest = re.sub(
                r"(?i)(expires=)([^;]+)", lambda m: f"{m[1]}{self._times.header(m[2])}", rest
            )
            return f"{text(cookie)}={held}" + (f";{text(rest)}" if rest else "")
        if name == "cookie":
            pairs = (each.strip().partition("=") for each in value.split(";"))
            return "; ".join(
                f"{text(cookie)}={self._times.named(text(cookie), held, text)}"
                for cookie, _, held in pairs
            )
        moved = self._times.text(value)
        return text(self._times.query(value) if moved is None else moved)

    def _body(self, body: bytes | None) -> str | None:
        """Keep a body and return its name; None without a body, or if it cannot be searched."""
        if not body:
            return None
        kept = self._cleaned(body)
        if kept is None:
            return None
        if kept != body:
            self.digests |= digests_of(body)
        name = hashlib.sha256(kept).hexdigest()
        self.bodies[name] = kept
        if body in self._everybodys:
            self.common.add(name)
        if body in self._nameless:
            self.nameless.add(name)
        return name

    def _cleaned(self, body: bytes) -> bytes | None:
        if body.startswith(_FONTS):
            return body
        everybodys = body in self._everybodys
        if kind_of_picture(body) is not None:
            if everybodys:
                return body
            self._stand_ins.replaced[PICTURE] += 1
            return blank(body)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "\0" in text:
            return None
        text = text if everybodys else self._inside(self.blanked(text))
        clean = self._stand_ins.text(self._moved(text), names=body not in self._nameless)
        return clean.encode("utf-8", "surrogatepass")

    def _inside(self, text: str) -> str:
        """`text` with what is JSON in base64 cleaned as such, unless all of it has a stand-in.

        Of a value within base64 the letters at its ends would be left, where it is not by threes.
        """

        def clean(found: re.Match[str]) -> str:
            value = unquote(found[1]).replace("\\/", "/")
            if value in self._stand_ins.values or json_in_base64(value) is None:
                return found[0]
            plain = value.rstrip("=").replace("-", "+").replace("_", "/")
            inner = base64.b64decode(plain + "=" * (-len(plain) % 4)).decode()
            made = base64.b64encode(self._stand_ins.text(self._moved(inner)).encode()).decode()
            made = made if value.endswith("=") else made.rstrip("=")
            if "-" in value or "_" in value:
                made = made.replace("+", "-").replace("/", "_")
            if "%" in found[1]:
                return quote(made, safe="")
            return made.replace("/", "\\/") if "\\/" in found[1] else made

        return _IN_BASE64.sub(clean, text)

    def blanked(self, text: str) -> str:
        """`text` with blank pictures in place of those that stand in it."""
        clean, count = blank_within(text, is_svg=_SVG_FILE.match(text) is not None)
        if count:
            self._stand_ins.replaced[PICTURE] += count
        return clean

    def _moved(self, text: str) -> str:
        """A JSON text or a form with its times moved; another as it is."""
        if re.fullmatch(r"[\w.$-]+=[^\s<>{}]{1,65536}", text):
            return self._times.query(text)
        if text.lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}:
            return text
        with suppress(ValueError, RecursionError):
            told = json.loads(text.lstrip("\ufeff"))
            moved = self._times.json(told)
            if moved != told:
                tight = ": " not in text
                separators = (",", ":") if tight else (", ", ": ")
                return json.dumps(moved, ensure_ascii=False, separators=separators)
        return text
