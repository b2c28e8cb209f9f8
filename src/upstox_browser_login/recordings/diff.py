"""What has changed between two recordings, in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, TypeVar

from msgspec.structs import fields, replace

from upstox_browser_login.page.look import Control, Field, Look, Text

from .bundle import Bundle, Ending, Exchange
from .tape import VOLATILE, Asked, Fields, fields_of, is_volatile, key_of, times

_VERSION = re.compile(r"\A(v\d+|\d{1,3}(\.\d+)*)\Z")

_OF_A_FIELD = (
    "id", "name", "testid", "type", "autocomplete", "inputmode", "pattern", "maxlength", "boxes",
    "masked", "label", "placeholder", "heading",
)  # fmt: skip
_OF_A_CONTROL = ("words", "id", "testid", "tag", "type", "role")
"""What identifies a control or a field for people and for the walk; not where it is drawn."""

_CHANGING_HEADERS = frozenset(
    {"date", "age", "etag", "last-modified", "expires", "content-length"}
    | {"x-request-id", "x-correlation-id", "cf-ray", "x-amz-cf-id", "via", "server-timing"}
)
"""Headers whose values differ from answer to answer."""


@dataclass(frozen=True)
class Change:
    """One thing that differs: where, and what, in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class _Reader:
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
        return _QUERY.sub(r"\1", self.plain(text))

    def body(self, name: str | None) -> bytes:
        """A body without what differs from run to run."""
        body = self.bundle.body(name)
        try:
            text = body.decode()
        except ValueError:
            return body
        text = _PACE.sub(r"\1#", _BUILD.sub("{build}", self.plain(text)))
        return _LONG.sub(_undrawn, text).encode()


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


def _undrawn(long: re.Match[str]) -> str:
    """Put `{drawn}` in place of random texts, which have digits and letters; words stay."""
    has_both = re.search(r"\d", long[0]) and re.search("[A-Za-z]", long[0])
    return "{drawn}" if has_both else long[0]


def diff(old: Bundle, new: Bundle) -> list[Change]:
    """Everything that differs in what a login sees and sends; empty where nothing does.

    What differs by nature is left out: codes, states, tokens, times, stand-ins, the ports of a
    replica.
    """
    before, after = _Reader(old, _aliases(old, new)), _Reader(new)
    return [*_endings(before, after), *_states(before, after), *_calls(before, after)]


def _aliases(old: Bundle, new: Bundle) -> dict[str, str]:
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
    for each in bundle.exchanges:
        for name, value in _answered(_Reader(bundle), each).items():
            if _PERSONAL.search(name.rpartition(".")[2]):
                found.setdefault(f"{key_of(each.method, each.url).path} {name}", value)
    return found


def _shape(word: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", word))


def _endings(old: _Reader, new: _Reader) -> list[Change]:
    told = []
    one, other = old.bundle.about, new.bundle.about
    before, after = _ended(one.ending), _ended(other.ending)
    if before != after:
        told.append(Change("the login", f"it ended {before}, and now ends {after}"))
    before, after = old.plain(one.api_base_url), new.plain(other.api_base_url)
    if before != after:
        told.append(Change("the login", f"Upstox's address was {before}, is {after}"))
    return told


def _ended(ending: Ending) -> str:
    """How a login ended, in words."""
    if ending.ok:
        return "well"
    code = f" (Upstox's code {ending.upstox_code})" if ending.upstox_code else ""
    return f"with {ending.name}{code}" + (f" in the step {ending.step}" if ending.step else "")


# -- what was seen ---------------------------------------------------------------------------------


def _states(old: _Reader, new: _Reader) -> list[Change]:
    before, after = _sights(old), _sights(new)
    gone = [each for each in before if each not in after]
    told = [Change("the states", f"{each!r} is not met any more") for each in gone]
    told += [
        Change("the states", f"{each!r} is met now, and was not before")
        for each in after
        if each not in before
    ]
    both = [each for each in before if each in after]
    if both != [each for each in after if each in before]:
        told.append(Change("the states", f"they come in another order now: {', '.join(after)}"))
    for state in both:
        told += _looks(f"state {state}", before[state], after[state])
    # A form that is no longer known is what is unknown in its place.
    gone = [each for each in gone if each != _UNKNOWN]
    if gone and _UNKNOWN in after and _UNKNOWN not in before:
        where = f"state {gone[0]}, which is no longer known"
        told += _looks(where, before[gone[0]], after[_UNKNOWN])
    return told


_UNKNOWN = "nothing known"


@dataclass(frozen=True)
class _Sight:
    """All that a state has shown in any of its looks."""

    fields: tuple[Field, ...]
    controls: tuple[Control, ...]
    texts: tuple[Text, ...]
    path: str
    title: str
    modal: bool


def _sights(reader: _Reader) -> dict[str, _Sight]:
    """The sight of each state that was recognised when it was recorded.

    Looks that were not recognised count to the next state, since a page is drawn in pieces. Fields
    that were unknown to the end are a sight of their own.
    """
    looks: dict[str, list[Look]] = {}
    waiting: list[Look] = []
    state = ""
    for moment in reader.bundle.moments:
        if moment.recognised is not None:
            state = moment.recognised.state
        if not state:
            waiting.append(moment.view.look)
            continue
        looks.setdefault(state, []).extend([*waiting, moment.view.look])
        waiting = []
    for look in waiting:
        if look.fields:
            looks.setdefault(_UNKNOWN, []).append(look)
    return {reader.plain(each): _sight(reader, seen) for each, seen in looks.items()}


def _sight(reader: _Reader, looks: Sequence[Look]) -> _Sight:
    last = looks[-1]
    return _Sight(
        _distinct(reader, (each for look in looks for each in look.fields), _OF_A_FIELD),
        _distinct(reader, (each for look in looks for each in look.controls), _OF_A_CONTROL),
        _distinct(reader, (each for look in looks for each in look.texts), ("text", "live")),
        reader.plain(last.path),
        reader.plain(last.title),
        any(look.modal for look in looks),
    )


P = TypeVar("P", Field, Control, Text)


def _distinct(reader: _Reader, items: Iterable[P], names: Sequence[str]) -> tuple[P, ...]:
    """Each part once, with its words as they compare."""
    found: dict[tuple[object, ...], P] = {}
    for each in items:
        plain: dict[str, Any] = {name: getattr(each, name) for name in names}
        for name, value in plain.items():
            if isinstance(value, str):
                plain[name] = reader.plain(value)
        found.setdefault(tuple(plain.values()), replace(each, **plain))
    return tuple(found.values())


def _looks(where: str, old: _Sight, new: _Sight) -> list[Change]:
    told = []
    for name, before, after in (
        ("path", old.path, new.path),
        ("title", old.title, new.title),
    ):
        if before != after:
            told.append(Change(where, f"the {name} was {before!r}, is {after!r}"))
    if old.modal != new.modal:
        covers = "a dialog now covers the page" if new.modal else "no dialog covers the page now"
        told.append(Change(where, covers))
    told += _parts(where, "field", old.fields, new.fields, _OF_A_FIELD)
    told += _parts(where, "control", old.controls, new.controls, _OF_A_CONTROL)
    told += _texts(where, [each.text for each in old.texts], [each.text for each in new.texts])
    live_before, live_after = _live(old.texts), _live(new.texts)
    told += [
        Change(
            where,
            f"the text {text!r} was marked as {_marked(live)}, is now {_marked(live_after[text])}",
        )
        for text, live in live_before.items()
        if text in live_after and live != live_after[text]
    ]
    return told


def _marked(live: str) -> str:
    return f"a message ({live})" if live else "no message"


def _live(texts: Iterable[Text]) -> dict[str, str]:
    return {each.text: each.live for each in texts}


def _parts(
    where: str, kind: str, old: Sequence[object], new: Sequence[object], names: Sequence[str]
) -> list[Change]:
    """Fields or controls: those that are alike in most are the same one, changed."""
    told: list[Change] = []
    rest = [each for each in new if not any(_same(each, other, names) for other in old)]
    for each in old:
        if any(_same(each, other, names) for other in new):
            continue
        best = max(rest, key=lambda other: _alike(each, other, names), default=None)
        if best is None or _alike(each, best, names) < 0.5:
            told.append(Change(where, f"the {kind} {_called(each, names)} is gone"))
            continue
        rest.remove(best)
        told += [
            Change(
                where,
                f"the {kind} {_called(each, names)}: {name} was {getattr(each, name)!r}, "
                f"is {getattr(best, name)!r}",
            )
            for name in names
            if getattr(each, name) != getattr(best, name)
        ]
    return told + [Change(where, f"the {kind} {_called(each, names)} is new") for each in rest]


def _same(one: object, other: object, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _alike(one: object, other: object, names: Sequence[str]) -> float:
    """How alike two parts are, from 0 to 1."""
    default = {each.name: each.default for each in fields(one)}  # type: ignore[arg-type]
    says = [
        name
        for name in names
        if getattr(one, name) != default[name] or getattr(other, name) != default[name]
    ]
    scores = [_close(getattr(one, name), getattr(other, name)) for name in says]
    return sum(scores) / len(scores) if scores else 0.0


def _close(one: object, other: object) -> float:
    if one == other:
        return 1.0
    if isinstance(one, str) and isinstance(other, str) and one and other:
        return 0.8 * SequenceMatcher(None, one.lower(), other.lower()).ratio()
    return 0.0


def _called(part: object, names: Sequence[str]) -> str:
    """The name of a part in messages: its first text."""
    for name in ("label", "words", "placeholder", "id", "name", "testid", "tag"):
        if name in names and getattr(part, name):
            return repr(getattr(part, name))
    return "without a name"


def _texts(where: str, old: Sequence[str], new: Sequence[str]) -> list[Change]:
    told = []
    gone = [each for each in old if _plain(each) not in set(map(_plain, new))]
    came = [each for each in new if _plain(each) not in set(map(_plain, old))]
    for text in gone:
        best = max(came, key=lambda other: _close(text, other), default=None)
        if best is not None and _close(text, best) >= 0.4:
            came.remove(best)
            told.append(Change(where, f"the text {text!r} is now {best!r}"))
        else:
            told.append(Change(where, f"the text {text!r} is gone"))
    return told + [Change(where, f"the text {text!r} is new") for text in came]


def _plain(text: str) -> str:
    """A text as it compares: a number of seconds that runs down is the same text."""
    return re.sub(r"\d+", "#", text)


# -- what was asked and answered -------------------------------------------------------------------


def _calls(old: _Reader, new: _Reader) -> list[Change]:
    told = []
    before, after = _by_call(old), _by_call(new)
    gone = [each for each in before if each not in after]
    came = [each for each in after if each not in before]
    for call in gone:
        twin = next((each for each in came if _unversioned(each) == _unversioned(call)), None)
        if twin is None:
            told.append(Change("the calls", f"{call} is not made any more"))
            continue
        came.remove(twin)
        told.append(Change("the calls", f"{call} has another version now: {twin}"))
        told += _exchanges(call, old, before[call], new, after[twin])
    told += [Change("the calls", f"{each} is made now, and was not before") for each in came]
    for call in before:
        if call in after:
            told += _exchanges(call, old, before[call], new, after[call])
    both = [each for each in before if each in after]
    if both != [each for each in after if each in before]:
        told.append(Change("the calls", "they come in another order now"))
    return told


def _by_call(reader: _Reader) -> dict[str, list[Exchange]]:
    """The exchanges of each call, in their order, without those that the login stopped."""
    found: dict[str, list[Exchange]] = {}
    for each in reader.bundle.exchanges:
        if each.method != "OPTIONS" and each.failed != "blocked":
            key = key_of(each.method, each.url)
            place = reader.plain(f"{key.origin.partition('://')[2]}{key.path}")
            found.setdefault(f"{key.method} {_BUILT.sub('.*.', place)}", []).append(each)
    return found


def _unversioned(call: str) -> str:
    return "/".join("{v}" if _VERSION.match(each) else each for each in call.split("/"))


def _exchanges(
    call: str, old: _Reader, before: list[Exchange], new: _Reader, after: list[Exchange]
) -> list[Change]:
    told = []
    pairs = [*zip(range(len(before)), range(len(after)), strict=False)]
    if len(before) != len(after):
        now, then = times(len(after)), times(len(before))
        told.append(Change(call, f"it is made {now}, and was made {then}"))
        kinds = [_kind(old, each) for each in before], [_kind(new, each) for each in after]
        pairs = _alike_ones(*kinds) or pairs
        rest = set(range(len(after))) - {its for _, its in pairs}
        for its in sorted(rest):
            where, answer = _numbered(call, its, after), _answered(new, after[its])
            told.append(Change(where, f"the status of the answer is {_outcome(after[its])}"))
            told += [Change(where, what) for what in _names("the answer", {}, answer, VOLATILE)]
    for own, its in pairs:
        where = _numbered(call, its, after)
        told += [Change(where, what) for what in _exchange(old, before[own], new, after[its])]
    return told


def _numbered(call: str, index: int, every: Sequence[Exchange]) -> str:
    return call if len(every) == 1 else f"{call} (number {index + 1} of {len(every)})"


def _kind(reader: _Reader, each: Exchange) -> tuple[str, ...]:
    """What an answer is like: its status and the names of its members."""
    return (_outcome(each), *sorted(_answered(reader, each)))


def _alike_ones(
    before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Pair the answers of one kind that are to be compared, in their order.

    Where a code is refused once, the answer that takes it is the second of two, and is to be
    compared with the only one of the other recording.
    """
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(each.a + k, each.b + k) for each in blocks for k in range(each.size)]


def _exchange(old: _Reader, one: Exchange, new: _Reader, other: Exchange) -> list[str]:
    told = []
    if _outcome(one) != _outcome(other):
        told.append(f"the status of the answer was {_outcome(one)}, is {_outcome(other)}")
    volatile = VOLATILE | {
        each.lower()
        for about in (old.bundle.about, new.bundle.about)
        for each in (*about.volatile, *about.time_fields)
    }
    told += _members("the request", _asked(old, one), _asked(new, other), volatile)
    told += _members("the answer", _answered(old, one), _answered(new, other), volatile)
    own, its = _headers(old, one.request.headers), _headers(new, other.request.headers)
    # Only their names are compared: the values come from the browser, not from the page.
    told += _names("the request", own, its, volatile | its.keys(), " the header")
    if one.response is not None and other.response is not None:
        own, its = _headers(old, one.response.headers), _headers(new, other.response.headers)
        told += _members("the answer", own, its, volatile | _CHANGING_HEADERS, " the header")
        told += _cookies(one.response.headers, other.response.headers)
    return told


def _outcome(each: Exchange) -> str:
    if each.response is not None:
        return str(each.response.status)
    return each.failed or "never given"


def _asked(reader: _Reader, each: Exchange) -> Fields:
    headers = {name.lower(): value for name, value in each.request.headers}
    body = reader.bundle.body(each.request.body)
    told = fields_of(Asked(each.method, each.url, body, headers))
    return {name: reader.value(value) for name, value in told.items()}


def _answered(reader: _Reader, each: Exchange) -> Fields:
    """The members of an answer in JSON; any other is one text, as it compares."""
    if each.response is None or each.response.body is None:
        return {}
    body = reader.bundle.body(each.response.body)
    if not body.lstrip().startswith((b"{", b"[")):
        return {_WHOLE: reader.body(each.response.body).decode(errors="replace")}
    told = fields_of(Asked("POST", "", body))
    return {name: reader.value(value) for name, value in told.items()}


_WHOLE = "(the body)"


def _names(
    what: str, old: Fields, new: Fields, volatile: Collection[str], kind: str = ""
) -> list[str]:
    """The members that only one of two has: in one line, since they mostly come and go together."""
    gone = [name for name in old if name not in new]
    came = [
        f"{name} = {_short(value)}" if _is_told(name, volatile) else name
        for name, value in new.items()
        if name not in old
    ]
    told = [f"{what} no longer has{kind} {', '.join(gone)}"] if gone else []
    return told + ([f"{what} now has{kind} {', '.join(came)}"] if came else [])


def _is_told(name: str, volatile: Collection[str]) -> bool:
    """Whether a new member's value is told. A code is another one each time, but not an error's."""
    above, _, last = name.rpartition(".")
    return last.lower() not in volatile or above.rpartition(".")[2].startswith("error")


def _members(
    what: str, old: Fields, new: Fields, volatile: frozenset[str], kind: str = ""
) -> list[str]:
    told = _names(what, old, new, volatile, kind)
    for name, value in old.items():
        own = new.get(name, value)
        if own == value:
            continue
        if name == _WHOLE:
            was, now = _first_difference(value, own)
            told.append(f"{what} has another content, at first {now}, where it was {was}")
        elif not is_volatile(name, value, own, volatile):
            told.append(f"in {what},{kind} {name} was {_short(value)}, is {_short(own)}")
    return told


def _first_difference(one: str, other: str) -> tuple[str, str]:
    """The first piece of each text in which the two differ."""
    pairs = zip(one, other, strict=False)
    same = sum(1 for _ in takewhile(lambda each: each[0] == each[1], pairs))
    begin = max(0, same - 20)
    return _short(one[begin : same + 20]), _short(other[begin : same + 20])


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")


def _headers(reader: _Reader, headers: Iterable[tuple[str, str]]) -> Fields:
    """Headers by name. Of an address, what stands behind its query's names is left out."""
    return {
        name.lower(): reader.value(value)
        for name, value in headers
        if name.lower() not in {"cookie", "set-cookie"}
    }


def _cookies(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[str]:
    before, after = _cookie_names(old), _cookie_names(new)
    told = [f"the cookie {name} is no longer set" for name in before if name not in after]
    return told + [f"the cookie {name} is set now" for name in after if name not in before]


def _cookie_names(headers: Iterable[tuple[str, str]]) -> list[str]:
    names = [
        value.partition("=")[0].strip() for name, value in headers if name.lower() == "set-cookie"
    ]
    return list(dict.fromkeys(names))
