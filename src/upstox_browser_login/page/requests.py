"""What a request holds: its body and headers, and a credential in any spelling or digest."""

from __future__ import annotations

import base64
import html
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from upstox_browser_login.redaction.members import digits_of_members
from upstox_browser_login.redaction.spellings import hashed_for, hex_digests, without_zeros

from .wire.calls import CARRIES_NUMBER

_WORD = re.compile(rb"[A-Za-z0-9+/]{8,}")
"""What may be base64, or begin with other words, as in `v1/collect/eyJ…`."""

_SIGNS_OF_ADDRESSES = bytes.maketrans(b"-_", b"+/")
_SIGN = re.compile(rb"[+/]")

_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{32}")
"""What a text must hold that holds a digest in hexadecimal: the shortest has 16 bytes."""

MOST_SEARCHED = 262_144
"""Bytes of a request that are searched, and of all that is unpacked of it.

20 MB take 2.5 s, in which nothing else is done.
"""

PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
"""How compressed data begins, by gzip and by zlib."""

MOST_PACKED = 200
"""Places of a request that are unpacked. In any bytes one of 16 000 looks like such a place."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_DEFLATE = -zlib.MAX_WBITS
_STEP = 4096
"""Bytes that are unpacked at once. A piece with an error in it gives nothing at all."""

_CODES = re.compile(
    rb"(?<![0-9A-Za-z.])(?:4[89]|5[0-7])(?:[^0-9A-Za-z]{1,9}(?:4[89]|5[0-7])){3,}(?![0-9A-Za-z.])"
)
"""The codes of some digits, as a script has the bytes of a text: `[48,50,52,54]`."""

_REFERENCE = re.compile(r"&#0*([0-9]*)")
"""A reference to a character. Python makes no number of more than 4300 digits."""

SEPARATOR = b"\n----\n"
"""Separates address, body and headers, so that digits at an end are not joined to the next ones."""


def body_of(request: Mapping[str, Any]) -> bytes:
    """The body of a request as Chromium tells it; empty if it has none or is not told.

    Its pieces are exact. As a text it lacks all bytes that are no UTF-8, or has them as Latin-1.
    """
    pieces = []
    for entry in request.get("postDataEntries") or ():
        try:
            pieces.append(base64.b64decode(entry.get("bytes", "")))
        except (ValueError, AttributeError):
            continue
    body = b"".join(pieces)
    data = request.get("postData")
    if not body and isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    return body


def is_streamed(request: Mapping[str, Any]) -> bool:
    """Whether Chromium cannot tell a part of the body, since a script makes it while it is sent.

    Every other part has its bytes, even an empty one.
    """
    return any("bytes" not in entry for entry in request.get("postDataEntries") or ())


def posts(method: str, request: Mapping[str, Any]) -> bool:
    """Whether a request sends something, or is the preflight request of one that does."""
    if method == "OPTIONS":
        headers = {str(name).lower(): each for name, each in request.get("headers", {}).items()}
        method = str(headers.get("access-control-request-method", "POST"))
    return method not in {"GET", "HEAD"}


def body_and_headers(request: Mapping[str, Any]) -> bytes:
    """The body of a request and what its headers say."""
    headers = "\n".join(str(each) for each in request.get("headers", {}).values())
    return body_of(request) + SEPARATOR + headers.encode("utf-8", "surrogatepass")


class Spelt(Struct, frozen=True):
    """What a request says, in all the ways in which it may say it."""

    texts: list[bytes]
    whole: bool = True
    """False where more is compressed in it than is searched; none of that is among the texts."""


def spellings(text: bytes) -> Spelt:
    """The text of a request as it is, and without escapes, blanks, base64 or UTF-16's zeros.

    What it holds compressed, such as the body of a recorder of sessions, is spelt in the same ways.
    """
    found = _spelt(text)
    try:
        packed = _unpacked(found, text.split(SEPARATOR))
    except _TooMuchError:
        return Spelt(found, whole=False)
    return Spelt([*dict.fromkeys([*found, *(each for inner in packed for each in _spelt(inner))])])


class _TooMuchError(Exception):
    """More is compressed than is searched."""


def _unpacked(texts: Iterable[bytes], parts: Iterable[bytes]) -> list[bytes]:
    """What stands compressed in these texts, in all no more than is searched.

    Of the parts of the request, those that are no text may be deflated, which has no mark of its
    own to begin with.
    """
    found: dict[bytes, None] = {}
    places, left = MOST_PACKED, MOST_SEARCHED
    packed = chain(
        ((part, _DEFLATE) for part in parts if not _is_text(part)),
        ((text[each.start() :], _GZIP_OR_ZLIB) for text in texts for each in PACKED.finditer(text)),
    )
    for data, kind in packed:
        said = _begun(data, left + 1, kind)
        if said not in found:  # the same bytes stand in several spellings
            found[said] = None
            left -= len(said)
        places -= 1
        if min(places, left) < 0:
            raise _TooMuchError
    return [*filter(None, found)]


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _begun(packed: bytes, most: int, kind: int) -> bytes:
    """What these bytes unpack to, as far as they are in order, and at most so much of it."""
    inflate = zlib.decompressobj(kind)
    said = b""
    with suppress(zlib.error):
        for start in range(0, len(packed), _STEP):
            said += inflate.decompress(packed[start : start + _STEP], most - len(said))
            if inflate.eof or len(said) >= most:
                break
    return said


def _spelt(text: bytes) -> list[bytes]:
    plain = unquote_to_bytes(text.replace(b"+", b" "))
    bare = re.sub(rb"\\u([0-9a-fA-F]{4})", _in_utf8, plain)
    tight = re.sub(rb"\\[nrt]|[\s\\\0]", b"", bare)
    digits = re.sub(rb"(?<=\d)[^0-9A-Za-z]{1,3}(?=\d)", b"", tight)
    # The text as it is, too, since without escapes the plus sign of base64 would be a blank.
    said = _of_base64((text, bare, tight))
    found = [text, plain, bare, tight, digits, *_of_other_digits(bare), *said]
    return [*dict.fromkeys(found)]


def _in_utf8(escape: re.Match[bytes]) -> bytes:
    return chr(int(escape[1], 16)).encode("utf-8", "surrogatepass")


def _of_base64(texts: Iterable[bytes]) -> list[bytes]:
    """What the words of these texts say if they are base64.

    It is joined to one text, since a search in many short ones takes many times as long. What may
    be compressed stays apart: it may have no end.
    """
    words = (
        each
        for text in texts
        for word in _WORD.findall(text.translate(_SIGNS_OF_ADDRESSES))
        for each in _beginnings(word)
    )
    joined: list[bytes] = []
    apart: list[bytes] = []
    for word in dict.fromkeys(words):
        # One character of base64 alone says nothing.
        whole = word[:-1] if len(word) % 4 == 1 else word
        said = base64.b64decode(whole + b"=" * (-len(whole) % 4))
        (apart if PACKED.search(said) else joined).append(said)
    found = [SEPARATOR.join(joined), *apart[: MOST_PACKED + 1]]
    return [*found, *(each.replace(b"\0", b"") for each in found)]


def _beginnings(word: bytes) -> Iterator[bytes]:
    """A word, and what follows signs in it: base64 is read in fours from where it begins."""
    yield word
    begun = {0}
    for sign in _SIGN.finditer(word):
        if len(begun) == 4:
            return
        if sign.end() % 4 not in begun:
            begun.add(sign.end() % 4)
            yield word[sign.end() :]


def _of_other_digits(text: bytes) -> list[bytes]:
    """The text with plain digits in place of references to them, and of those of other scripts."""
    said = text.decode("utf-8", "replace")
    written = html.unescape(_REFERENCE.sub(_in_short, said)) if "&#" in said else said
    if not written.isascii():
        digits = {each: unicodedata.digit(each, -1) for each in set(written)}
        plain = {ord(each): str(digit) for each, digit in digits.items() if digit >= 0}
        written = written.translate(plain)
    codes = (re.findall(rb"[0-9]+", each[0]) for each in _CODES.finditer(text))
    found = [bytes(map(int, each)) for each in codes]
    return found if written == said else [*found, written.encode("utf-8", "replace")]


def _in_short(reference: re.Match[str]) -> str:
    """A reference without needless zeros; nothing where no character has so long a number."""
    return f"&#{reference[1]}" if len(reference[1]) < 8 else ""


def holds(secret: bytes, text: bytes) -> bool:
    """Whether `text` holds `secret`. Digits must not be a part of a longer number."""
    # Searched without the pattern first, which takes many times as long.
    if secret not in text or not secret.isdigit():
        return secret in text
    pattern = rb"(?<!\d)(?:0{0,2}91|0)?" + secret + rb"(?!\d)"
    return re.search(pattern, text) is not None


def holds_as_number(secret: bytes, text: bytes) -> bool:
    """Whether `text` holds the digits as the value of a number, without leading zeros.

    A page that reads a field as a number sends `{"pin":24680}` for 024680.
    """
    number = without_zeros(secret.decode("utf-8", "replace")).encode()
    if not number or number not in text:
        return False
    return re.search(rb"[:=]" + number + rb"(?![\d.])", text) is not None


def in_members(secrets: Iterable[bytes], text: bytes) -> Iterator[bytes]:
    """Which of these numbers `text` holds a digit a member, as a row of boxes is sent."""
    numbers = [secret.decode("latin-1") for secret in secrets if secret.isdigit()]
    for _, number in digits_of_members(text.decode("latin-1"), numbers):
        yield number.encode()


class _Forms(Struct, frozen=True):
    """A credential in the forms in which a request may hold it.

    The digests are apart, since most requests hold nothing that could be one.
    """

    raw: bytes
    plain: tuple[bytes, ...]
    """The credential itself, in base64, in hexadecimal, and digests that are ASCII by chance."""
    hexadecimal: tuple[bytes, ...]
    binary: tuple[bytes, ...]

    @classmethod
    def of(cls, text: str) -> _Forms:
        raw = text.encode()
        digests = [each for hashed in hashed_for(text) for each in hex_digests(hashed)]
        as_bytes = [bytes.fromhex(each) for each in digests]
        return cls(
            raw,
            (
                raw,
                base64.b64encode(raw).rstrip(b"="),
                raw.hex().encode(),
                *filter(bytes.isascii, as_bytes),
            ),
            tuple(form.encode() for each in digests for form in (each, each.upper())),
            tuple(each for each in as_bytes if not each.isascii()),
        )

    def within(self, text: bytes) -> bool:
        """Whether a text holds the credential in any of its forms."""
        return (
            any(holds(form, text) for form in self.plain)
            or holds_as_number(self.raw, text)
            or (_HEXADECIMAL.search(text) is not None and _any_in(self.hexadecimal, text))
            or (not text.isascii() and _any_in(self.binary, text))
        )


def _any_in(forms: Iterable[bytes], text: bytes) -> bool:
    return any(form in text for form in forms)


class Sought:
    """The credentials of a login, searched for in all that the page sends."""

    def __init__(self) -> None:
        self._forms: dict[str, _Forms] = {}
        self._past: dict[str, _Forms] = {}
        """Codes after which another one was typed. A page may still send them again."""
        self._spelt: tuple[bytes, Spelt] = (b"", Spelt([]))
        """The text that was searched last, and its spellings: each request is searched often."""

    def seek(self, what: str, text: str) -> None:
        """Search for `text`, called `what`, from now on."""
        forms = _Forms.of(text)
        before = self._forms.get(what)
        if before is not None and before.raw != forms.raw:
            self._past[f"{what} {len(self._past)}"] = before
        self._forms[what] = forms

    def text(self, what: str) -> bytes:
        """The text called `what` that is searched for."""
        return self._forms[what].raw

    @property
    def number(self) -> bytes | None:
        """The mobile number, once it was typed."""
        forms = self._forms.get(CARRIES_NUMBER)
        return forms.raw if forms else None

    def carried(self, url: str, body: bytes) -> frozenset[str]:
        """The names of all credentials that a request to `url` holds."""
        return self._held(self._forms, url, body)

    def is_searched(self, url: str, body: bytes) -> bool:
        """Whether all is searched that a request holds compressed."""
        return self._spell(url, body).whole

    def past_in(self, url: str, body: bytes) -> list[tuple[str, bytes]]:
        """Names and texts of earlier codes that a request holds."""
        found = self._held(self._past, url, body)
        return [(each.partition(" ")[0], self._past[each].raw) for each in found]

    def _held(self, forms: Mapping[str, _Forms], url: str, body: bytes) -> frozenset[str]:
        if not forms:
            return frozenset()
        texts = self._spell(url, body).texts
        numbers = {each.raw for each in forms.values()}
        apart = {each for spelt in texts for each in in_members(numbers, spelt)}
        return frozenset(
            what
            for what, each in forms.items()
            if each.raw in apart or any(map(each.within, texts))
        )

    def _spell(self, url: str, body: bytes) -> Spelt:
        text = (url.encode() + SEPARATOR + body)[:MOST_SEARCHED]
        if self._spelt[0] != text:
            self._spelt = text, spellings(text)
        return self._spelt[1]
