"""Reads a recording without what differs from one recording to another by its nature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .bundle import Bundle, Exchange
from .tape import MOST_TEXT, Asked, Fields, Key, fields_of, key_of, recorded_fields

WHOLE = "(the body)"
"""What a body that is no JSON is called among the members of an answer."""


@dataclass(frozen=True)
class Change:
    """One thing that differs: where, and what, in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Reader:
    """Reads one of the two recordings without what differs from recording to recording.

    Those are the ports of a replica, whatever was drawn, and the stand-ins of a person: `aliases`
    are words of this recording, in small letters, and what the other has in their place.
    """

    bundle: Bundle
    aliases: Mapping[str, str] = field(default_factory=dict)

    def plain(self, text: str) -> str:
        """A text without what differs from run to run."""
        text = _MASKED.sub("***", _LOOPBACK.sub(r"\1", text))
        if not self.aliases:
            return text
        return _WORD.sub(lambda found: _cased(self.aliases, found[0]), text)

    def value(self, text: str) -> str:
        """A value without what differs from run to run; of an address, only its query's names."""
        return without_values(self.plain(text))

    def body(self, name: str | None) -> bytes:
        """A body without what differs from run to run."""
        body = self.bundle.body(name)
        try:
            text = body.decode()
        except ValueError:
            return body
        text = _PACE.sub(r"\1#", _BUILD.sub("{build}", self.plain(text)))
        return undrawn(text).encode()

    def place(self, key: Key) -> str:
        """The host and the path of a call, without what a build makes up in names of files."""
        return _BUILT.sub(".*.", self.plain(f"{key.origin.partition('://')[2]}{key.path}"))

    def asked(self, each: Exchange) -> Fields:
        """The fields of a request, as they compare."""
        told = recorded_fields(self.bundle, each)
        return {name: self.value(value) for name, value in told.items()}

    def answered(self, each: Exchange) -> Fields:
        """The members of an answer in JSON; any other is one text, as it compares."""
        if each.response is None or each.response.body is None:
            return {}
        body = self.bundle.body(each.response.body)
        if len(body) > MOST_TEXT or not body.lstrip().startswith((b"{", b"[")):
            return {WHOLE: self.body(each.response.body).decode(errors="replace")}
        told = fields_of(Asked("POST", "", body))
        return {name: self.value(value) for name, value in told.items()}


def _cased(aliases: Mapping[str, str], word: str) -> str:
    """What stands in place of a word, in capitals or small letters as that is."""
    alias = aliases.get(word.lower())
    if alias is None:
        return word
    return alias.upper() if word.isupper() else alias.lower() if word.islower() else alias.title()


_QUERY = re.compile(r"(?<=[?&])([^=&?\s]++)=[^&\s]*")
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\]):\d{2,5}")
_MASKED = re.compile(r"\d{0,6}[*\u2022]{2,10}\d{2,6}")
_WORD = re.compile(r"[^\W_]+")
_LONG = re.compile(r"(?<![\w-])[\w-]{20,}+")
_HASH = r"(?=[0-9a-f]*\d)[0-9a-f]{6,}"
"""In the name of a file: the hash of what is in it, new with each build."""
_BUILD = re.compile(rf"_[0-9a-f]{{4,8}}(?:_[0-9a-f]{{4,8}})+|(?<=\.){_HASH}(?=\.)")
"""Names of classes and of files that a build makes up anew."""
_PACE = re.compile(r"(\"\w*(?:[mM]illis|[tT]imestamp)\"\s*:\s*)\d+(?:\.\d+)?")
"""Members of a script's data that tell of a moment: another one in each answer.

Seconds are left as they are: how long a code is good for, or when to ask again, may change.
"""
_BUILT = re.compile(rf"\.{_HASH}\.")
_PERSONAL = re.compile(r"(?i)name|user|email|profile|mobile|phone|ucc|client|customer|avatar")
"""Names of members whose values are a person's, and so stand-ins."""


def without_values(text: str) -> str:
    """An address without what stands behind the names of its query."""
    return _QUERY.sub(r"\1", text)


def undrawn(text: str) -> str:
    """`text` with `{drawn}` in place of random texts, which have digits and letters; words stay."""

    def plain(long: re.Match[str]) -> str:
        has_both = re.search(r"\d", long[0]) and re.search("[A-Za-z]", long[0])
        return "{drawn}" if has_both else long[0]

    return _LONG.sub(plain, text)


def aliases(old: Bundle, new: Bundle) -> dict[str, str]:
    """The personal words of `old`, each with the one of `new` that stands in its place.

    They are found in members of answers that hold personal values of the same shape in both.
    """
    pairs = [
        (old.about.account.username, new.about.account.username),
        (old.about.client_id, new.about.client_id),
    ]
    one, other = _personal(old), _personal(new)
    pairs += [(one[name], other[name]) for name in one if name in other]
    found: dict[str, str] = {}
    for before, after in pairs:
        words, others = _WORD.findall(before), _WORD.findall(after)
        if len(words) == len(others):
            found |= {
                word.lower(): its
                for word, its in zip(words, others, strict=True)
                if word != its and _shape(word) == _shape(its)
            }
    return found


def _personal(bundle: Bundle) -> dict[str, str]:
    found: dict[str, str] = {}
    reader = Reader(bundle)
    for each in bundle.exchanges:
        for name, value in reader.answered(each).items():
            if _PERSONAL.search(name.rpartition(".")[2]):
                found.setdefault(f"{key_of(each.method, each.url).path} {name}", value)
    return found


def _shape(word: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", word))
