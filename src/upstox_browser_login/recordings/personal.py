"""Finds what is personal, or of one run alone, in recorded traffic: by name of its field and shape.

What is found here is sought everywhere afterwards: in other bodies, in pages, in looks.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from upstox_browser_login.evidence.names import ERROR_CODE, is_secret_name
from upstox_browser_login.evidence.values import form_pairs
from upstox_browser_login.page.wire.recorded import PERSONAL

from .capture import RawExchange, RawSocket
from .shapes import json_in_base64, pieces_of, pieces_of_data, pieces_of_url, shapes_in
from .times import HEADERS
from .tokens import claims, is_web_token, web_tokens

Found = dict[str, str]
"""Values, and the kind of each."""

VOLATILE = ("TOTP code", "OAuth state", "authorization code", "token", "request id", "cookie")
"""Kinds whose values are others in every run."""

_OPAQUE = (
    re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    re.compile(r"(?=\D*\d)(?=[^a-fA-F]*[a-fA-F])[0-9a-fA-F]{16,128}"),
    re.compile(r"(?=\D*\d)(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[\w=+/-]{20,4096}"),
)
"""Shapes of what a machine has made up: a UUID, hexadecimal digits, a long mixture of signs."""

_TELLING_HEADERS = re.compile(
    r"cookie|authorization|token|session|device|request-?id|trace|[-_]ray$|[-_]id$|forwarded|real-ip",
    re.IGNORECASE,
)
_PARTS = re.compile(r"([A-Za-z][\w.-]{1,40})=([^|;,&\s]+)")
_HARMLESS = re.compile(r"(?i)true|false|null|none|undefined|deleted|lax|strict")


@cache
def _by_name(name: str) -> tuple[str, re.Pattern[str]] | None:
    for kind, (names, shape) in PERSONAL.items():
        if name in names:
            return kind, re.compile(shape)
    return None


def kind_of(name: str, value: str) -> str | None:
    """The kind of a value that stands under this name; None for what need not be replaced."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    known = _by_name(plain)
    if known is not None and known[1].fullmatch(value):
        return known[0]
    if len(value) < 4 or _HARMLESS.fullmatch(value):
        return None
    if is_secret_name(name) or plain == "state":
        if plain == "code" and ERROR_CODE.fullmatch(value):
            return None
        if value.isalpha() and len(value) < 16 and "password" not in plain and plain != "code":
            return None  # a word, such as the name of a kind of token
        return "OAuth state" if plain == "state" else "token" if len(value) >= 8 else "secret value"
    if any(shape.fullmatch(value) for shape in _OPAQUE):
        return "identifier"
    return None


def personal_values(
    exchanges: Iterable[RawExchange],
    sockets: Iterable[RawSocket] = (),
    nameless: Collection[bytes | None] = (),
) -> tuple[Found, set[str]]:
    """What is personal or of one run in this traffic, and the names of the fields it was in.

    No answer that is one of `nameless` has the name of a person.
    """
    seeker = _Seeker(nameless)
    for each in exchanges:
        seeker.exchange(each)
    for socket in sockets:
        seeker.url(socket.url)
        for _, _, text in socket.frames:
            seeker.text(text)
    return seeker.found, seeker.volatile


def shaped_values(
    exchanges: Iterable[RawExchange],
    sockets: Iterable[RawSocket],
    shown: Iterable[Any],
    *,
    began: float,
    typed_at: float | None,
) -> tuple[Found, set[str]]:
    """What has a personal shape under whatever name, and what of such a shape is everybody's.

    That is what stands in an answer that is the same for everybody, such as the number to call for
    help: it may stay wherever it stands. `shown` are looks and texts of pages.
    """
    found: Found = {}
    public: set[str] = set()

    def seek(pieces: Iterable[str]) -> None:
        for piece in pieces:
            for value, kind, _, _ in shapes_in(piece, began):
                found.setdefault(value, kind)

    for each in exchanges:
        seek(pieces_of_url(each.url))
        headers = (*each.request_headers, *each.response_headers)
        seek(unquote(value) for name, value in headers if name.lower() not in HEADERS)
        seek(pieces_of(_text(each.request_body)))
        if each.type == "font" or _content_type(each).startswith(("image/", "font/")):
            continue
        answered = pieces_of(_text(each.response_body))
        if is_everybodys(each, typed_at):
            public |= {value for piece in answered for value, *_ in shapes_in(piece, began)}
        else:
            seek(answered)
    for socket in sockets:
        seek(pieces_of_url(socket.url))
        for _, _, text in socket.frames:
            seek(pieces_of(text))
    seek(pieces_of_data(list(shown)))
    return {value: kind for value, kind in found.items() if value not in public}, public


def _text(body: bytes | None) -> str:
    return (body or b"").decode("utf-8", "replace")


def sent_numbers(
    exchanges: Iterable[RawExchange], sockets: Iterable[RawSocket], since: float | None
) -> set[str]:
    """What may be a PIN in what a page has sent since then, None for ever: digits or their base64.

    A page may take a PIN in ways that nobody hears of, such as by keys that are drawn.
    """
    begin = since or 0.0
    asked = [each for each in exchanges if each.by == "browser" and each.at >= begin]
    bodies = [(each.request_body or b"").decode("utf-8", "replace") for each in asked]
    bodies += [
        text for socket in sockets for at, sent, text in socket.frames if sent and at >= begin
    ]
    texts = [text for body in bodies for text in _texts_of(body)]
    queries = [value for each in asked for _, value in parse_qsl(urlsplit(each.url).query)]
    texts += filter(_SIX_DIGITS.fullmatch, queries)
    return {number for text in texts for number in _PIN.findall(_decoded(text))}


_PIN = re.compile(r"\A[0-9]{4,6}\Z")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
"""What may be a PIN as a number or in an address: shorter ones are sizes and years."""
_PART_OF_FORM = re.compile(r"\r?\n\r?\n([^\r\n]{1,100})\r?\n--")
_PIN_IN_BASE64 = re.compile(r"[A-Za-z0-9]{6,8}={0,2}")


def _decoded(text: str) -> str:
    """What a text says, without its base64 where that is as long as a PIN's."""
    if _PIN_IN_BASE64.fullmatch(text) and not text.isdigit():
        with suppress(ValueError):
            return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)).decode()
    return text


def _texts_of(body: str) -> Iterator[str]:
    """The texts of a JSON body or of a form, and the body itself."""
    yield body.strip()
    try:
        queue: list[Any] = [json.loads(body)]
    except (ValueError, RecursionError):
        yield from (value for _, value in parse_qsl(body))
        yield from _PART_OF_FORM.findall(body)
        return
    while queue:
        each = queue.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, int) and _SIX_DIGITS.fullmatch(str(each)):
            yield str(each)
        elif isinstance(each, dict):
            queue += each.values()
        elif isinstance(each, list):
            if len(each) <= 6 and all(re.fullmatch(r"[0-9]", str(digit)) for digit in each):
                yield "".join(map(str, each))
            queue += each


_VERSION = re.compile(r"v?\d{1,3}(?:\.\d{1,4}){0,3}")
_OF_ONE = re.compile(r"private|no-store", re.IGNORECASE)


def is_everybodys(each: RawExchange, typed_at: float | None) -> bool:
    """Whether the answer is the same for everybody, as a logo is, so that its pictures may stay.

    So is what was asked for before anything was typed (`typed_at`), without a cookie and at an
    address that names nobody, and that a cache may keep for others. Of a script or a style sheet
    the cache and the address without a value suffice: they are files, and a page may know their
    digest.
    """
    if each.by != "browser" or each.method != "GET" or each.status != 200:
        return False
    parts = urlsplit(each.url)
    queries = parts.query.split("&") if parts.query else []
    if not all(_VERSION.fullmatch(query.rpartition("=")[2]) for query in queries):
        return False
    if each.type not in {"script", "stylesheet"}:
        pieces = re.split(r"[/.]", unquote(parts.path))
        named = any(shape.fullmatch(piece) for piece in pieces for shape in _OPAQUE)
        sent = {name.lower() for name, _ in each.request_headers}
        late = typed_at is not None and each.at >= typed_at
        if named or late or sent & {"cookie", "authorization"}:
            return False
    return not any(
        name.lower() == "set-cookie" or (name.lower() == "cache-control" and _OF_ONE.search(value))
        for name, value in each.response_headers
    )


def is_nameless(each: RawExchange, typed_at: float | None) -> bool:
    """Whether no word of the answer can be the name of who logs in, such as Max or Dev.

    Before anything is typed nobody knows who that is. Of what comes then, this is what is the same
    for everybody, and every script and style sheet that is asked for without a value.
    """
    if typed_at is not None and each.at >= typed_at:
        return False
    is_file = each.type in {"script", "stylesheet"} and not urlsplit(each.url).query
    return is_file or is_everybodys(each, typed_at)


class _Seeker:
    def __init__(self, nameless: Collection[bytes | None]) -> None:
        self._nameless = nameless
        self._may_name = True
        self.found: Found = {}
        self.volatile: set[str] = set()

    def exchange(self, each: RawExchange) -> None:
        self.url(each.url)
        for name, value in (*each.request_headers, *each.response_headers):
            self._header(name.lower(), value)
        content_type = _content_type(each)
        if each.request_body is not None:
            self.text(each.request_body.decode("utf-8", "replace"))
        # A script or style sheet is the same for everybody: only what is known is sought in it.
        if each.response_body is not None and each.type not in {"script", "stylesheet", "font"}:
            if "html" in content_type:
                self._jwts(each.response_body.decode("utf-8", "replace"))
            elif not content_type.startswith(("image/", "font/")):
                self._may_name = each.response_body not in self._nameless
                self.text(each.response_body.decode("utf-8", "replace"))
                self._may_name = True

    def url(self, url: str) -> None:
        with suppress(ValueError):
            parts = urlsplit(url)
            self._pairs(parse_qsl(parts.query))
            self._pairs(parse_qsl(parts.fragment))

    def text(self, text: str) -> None:
        """A body: JSON, a form, or something else in which only tokens are sought."""
        self._jwts(text)
        start = text.lstrip("\ufeff \t\r\n")[:1]
        if start in {"{", "["}:
            with suppress(ValueError, RecursionError):
                self._json(json.loads(text), "")
        else:
            self._pairs(form_pairs(text) or ())

    def _header(self, name: str, value: str) -> None:
        if name in {"location", "referer"}:
            self.url(value)
        elif name == "set-cookie":
            cookie, _, _ = value.partition(";")
            self._cookie(*cookie.partition("=")[::2])
        elif name == "cookie":
            for cookie in value.split(";"):
                self._cookie(*cookie.strip().partition("=")[::2])
        elif name == "authorization":
            self._take(name, value.rpartition(" ")[2], "token")
        elif _TELLING_HEADERS.search(name):
            parts = _PARTS.findall(value)
            self._pairs(parts)
            if not parts:
                self._leaf(name, value.strip())
        elif is_secret_name(name):
            self._leaf(name, value.strip('W/" '))

    def _cookie(self, name: str, value: str) -> None:
        value = value.strip('"')
        if re.fullmatch(r"\d{10}|\d{13}", value) or _HARMLESS.fullmatch(value):
            return  # a time, or a flag
        if len(value) >= 8 or (len(value) >= 4 and is_secret_name(name)):
            self._take(name, value, "cookie")
            self._take(name, unquote(value), "cookie")

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        for name, value in pairs:
            self._leaf(name, value)

    def _json(self, value: Any, name: str) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                self._json(each, str(key))
        elif isinstance(value, list):
            for each in value:
                self._json(each, name)
        elif isinstance(value, str):
            self._leaf(name, value)
        elif isinstance(value, int) and not isinstance(value, bool):
            self._leaf(name, str(value))

    def _leaf(self, name: str, value: str) -> None:
        if value[:1] in {"{", "["}:
            with suppress(ValueError, RecursionError):
                self._json(json.loads(value), name)
                return
        inner = json_in_base64(value)
        if inner is not None:
            self._json(inner, name)  # and the whole, if it looks random
        if value.startswith(("http://", "https://")):
            self.url(value)
        if is_web_token(value):
            return  # its parts were looked at
        kind = kind_of(name, value)
        if kind is not None and (kind != "name" or self._may_name):
            self._take(name, value, kind)

    def _take(self, name: str, value: str, kind: str) -> None:
        if len(value) < 2:
            return
        if kind in VOLATILE:
            self.volatile.add(name)
        if kind == "mobile number":
            value = re.sub(r"\D", "", value)
            value = value[-10:] if len(value) > 10 else value
        self.found.setdefault(value, kind)

    def _jwts(self, text: str) -> None:
        for token in web_tokens(text):
            self.found.setdefault(str(token), "token")
            for part in (token.head, token.claims):
                self._json(claims(part), "")


def _content_type(each: RawExchange) -> str:
    types = (value for name, value in each.response_headers if name.lower() == "content-type")
    return next(types, "").lower()


def names_of(values: Found) -> Iterator[str]:
    """The words of names of persons, each of which is sought by itself.

    Signs alone, as in `A*** ***` or `Asha -- Rao`, are no word: they tell nothing of a person.
    """
    for value, kind in values.items():
        if kind == "name":
            words = re.split(r"[\s.,]+", value)
            yield from (word for word in words if len(word) >= 2 and any(map(str.isalpha, word)))
