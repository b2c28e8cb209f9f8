"""One place that knows every secret of this process, and takes them out of whatever leaves it.

A secret is registered the moment it comes to exist (a setting is read, a TOTP code computed, a
cookie set). Logs, errors, reports, traces and recordings pass through the same `Redactor`.
"""

from __future__ import annotations

import re
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.forks import released_in_children

from .spellings import (
    TOO_SHORT,
    digests_of_secret,
    forms_of,
    is_number,
    loose_forms,
    numbers_apart,
    one_pattern,
    part_forms,
)

MASK = "[redacted]"


PASSING = {
    "TOTP code": 30,
    "OAuth state": 50,
    "authorization code": 50,
    "part of a redirect": 50,
    "session token": 50,
    "access token": 50,
    "extended token": 50,
}
"""Kinds that are worth nothing after minutes, or after a day, and how many of each are known.

A process that stays forgets those before, lest every login take longer than the last.
"""


SLICE = 16_384
_FOUR = array("I").itemsize
"""Bytes. No secret has fewer, since none has fewer than `TOO_SHORT` characters."""


def fours(text: str) -> Iterator[array[int]]:
    """Every four bytes in a row that `text` has in UTF-8, each as a number.

    A step of Python's own for each would be most of what evidence costs.
    """
    data = text.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), SLICE):
        for shift in range(_FOUR):
            piece = data[start + shift : start + shift + SLICE]
            yield array("I", piece[: len(piece) // _FOUR * _FOUR])


_DIGITS = re.compile(rf"[0-9](?:[^0-9]*[0-9]){{{TOO_SHORT - 1}}}")
"""As many digits as the shortest number has; a text with fewer fits none of the loose patterns."""
_NOTHING = re.compile(r"(?!)")


class _Known(Struct, frozen=True, dict=True):
    """What to look for, at one moment."""

    literals: dict[int, list[str]]
    """By their first four bytes, as `fours` counts them."""
    loose: tuple[str, ...]
    """Patterns of numbers as pages write them."""
    mask: str
    """What stands in a secret's place; not itself a secret."""
    apart: Mapping[str, str]
    """Secrets that are numbers, which a text may hold in pieces, and their kinds."""

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        return re.compile(one_pattern((), self.loose) or _NOTHING.pattern)

    def numbers(self, text: str) -> re.Pattern[str]:
        """The loose patterns that `text` may fit, as one: to compile it takes several milliseconds.

        Most lines of a log, and of what a login tells of its progress, have no number in them.
        """
        return self._numbers if _DIGITS.search(text) else _NOTHING

    def within(self, text: str) -> list[str]:
        """Tell which literals `text` holds, in a time that does not depend on how many there are.

        One pattern of all would have to be compiled anew with every secret: 1 s for those of ten
        logins, and more than a minute for those of five hundred.
        """
        beginnings: set[int] = set()
        for each_four in fours(text):
            beginnings |= self.literals.keys() & each_four
        return [form for each in beginnings for form in self.literals[each] if form in text]

    def without_pieces(self, text: str, mask: str) -> tuple[str, int]:
        """Mask each number that is written in pieces; also return how many there were."""
        found = sorted(numbers_apart(text, self.apart)) if self.apart else []
        pieces, last = [], 0
        for begins, ends, _ in found:
            if begins >= last:  # what overlaps is found again
                pieces += [text[last:begins], mask]
                last = ends
        return "".join([*pieces, text[last:]]), len(found)

    def pattern(self, text: str) -> re.Pattern[str]:
        """Everything that `text` may hold, as one pattern."""
        present = self.within(text)
        # Sorted: the same secrets are the same pattern, which `re` need not compile again.
        return (
            re.compile(one_pattern(sorted(present), self.loose)) if present else self.numbers(text)
        )


_SIGNATURE = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.([\w-]{16,})", re.ASCII)


class _Learnt(Struct, frozen=True):
    """A secret's spellings."""

    kind: str
    forms: frozenset[str]
    loose: tuple[str, ...]
    number: str | None = None

    @classmethod
    def of(cls, secret: str, kind: str, *, digests: bool) -> _Learnt:
        loose = loose_forms(secret)
        forms = frozenset(forms_of(secret)) - ({secret} if loose else set())
        signature = _SIGNATURE.fullmatch(secret)
        if signature:  # of a token whose beginning is lost it is what must not be left
            forms |= frozenset(forms_of(signature[1]))
        if digests:
            forms |= digests_of_secret(secret)
            loose += part_forms(secret)
        return cls(kind, forms, tuple(loose), secret if is_number(secret) else None)


class Redactor:
    """Registered secrets, and the means to remove and to look for them. Safe in threads.

    With `digests` it also knows the digests of every secret, and the beginnings and ends of
    numbers. They are ten times as many texts to look for, and only evidence holds any: Playwright
    names what it records by digests, and it records what a page shows while somebody types.
    """

    def __init__(self, *, digests: bool = False) -> None:
        self._lock = threading.Lock()
        self._digests = digests
        self._secrets: dict[str, _Learnt] = {}
        self._kinds: dict[str, str] = {}
        self._loose: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._known: _Known | None = None

    def forget(self) -> None:
        """Know no secret any more. For tests: a process never forgets."""
        with self._lock:
            self._secrets, self._kinds, self._loose, self._numbers = {}, {}, {}, {}
            self._known = None

    def register(self, secret: str | None, kind: str) -> None:
        """Remember `secret`, called `kind` (a word for reports: "pin", "access token")."""
        if not secret or len(secret) < TOO_SHORT or secret in self._secrets:
            return
        learnt = _Learnt.of(secret, kind, digests=self._digests)
        with self._lock:
            # First: a thread that finds the secret registered must not use an older pattern.
            self._known = None
            self._learn(learnt)
            self._secrets[secret] = learnt
            if kind in PASSING:
                self._forget_oldest(kind)

    def _learn(self, learnt: _Learnt) -> None:
        for pattern in learnt.loose:
            self._loose.setdefault(pattern, learnt.kind)
        for form in learnt.forms:
            self._kinds.setdefault(form, learnt.kind)
        if learnt.number is not None:
            self._numbers.setdefault(learnt.number, learnt.kind)

    def _forget_oldest(self, kind: str) -> None:
        same = [secret for secret, each in self._secrets.items() if each.kind == kind]
        if len(same) <= PASSING[kind] * 1.25:
            return
        # Several at once, since what stays is put together anew: two secrets may share a form.
        for secret in same[: -PASSING[kind]]:
            del self._secrets[secret]
        self._kinds, self._loose, self._numbers = {}, {}, {}
        for each in self._secrets.values():
            self._learn(each)
        # Python's `re` would otherwise cache the old patterns: 90 KB for every login.
        re.purge()

    def register_all(self, secrets: Iterable[str | None], kind: str) -> None:
        """Remember several secrets of one kind."""
        for secret in secrets:
            self.register(secret, kind)

    def register_exactly(self, texts: Iterable[str], kind: str) -> None:
        """Remember texts that are looked for as they stand, in no other spelling."""
        learnt = _Learnt(kind, frozenset(texts), ())
        first = min(learnt.forms, default=None)
        # What is known already costs nothing: an account's name is registered whenever it is used.
        if first is not None and self._secrets.get(first) != learnt:
            with self._lock:
                self._known = None  # first, as in `register`
                self._learn(learnt)
                self._secrets[first] = learnt

    def copy_with_digests(self) -> Redactor:
        """A copy that knows the digests of the secrets as well.

        Secrets that are registered with the copy later are not known to this one.
        """
        other = Redactor(digests=True)
        for secret, kind in self.secrets().items():
            other.register(secret, kind)
        return other

    def secrets(self) -> dict[str, str]:
        """Every secret and its kind: for a recording, which puts a stand-in in place of each."""
        with self._lock:
            return {secret: learnt.kind for secret, learnt in self._secrets.items()}

    def _ready(self) -> _Known:
        ready = self._known
        if ready is None:
            with self._lock:
                literals: dict[int, list[str]] = {}
                for form in self._kinds:
                    literals.setdefault(next(fours(form))[0], []).append(form)
                ready = _Known(literals, tuple(self._loose), "", dict(self._numbers))
                masks = (mask for mask in (MASK, "*****") if not ready.pattern(mask).search(mask))
                self._known = ready = replace(ready, mask=next(masks, ""))
        return ready

    def redact(self, text: str) -> str:
        """`text` with every known secret, in every form, replaced by `[redacted]`."""
        known = self._ready()
        # What is taken out may leave a short number standing alone that did not before.
        for _ in range(5):
            text, count = known.pattern(text).subn(known.mask, text)
            text, pieces = known.without_pieces(text, known.mask)
            if not count + pieces:
                return text
        return known.pattern(text).sub("", known.without_pieces(text, "")[0])

    def redact_bytes(self, data: bytes) -> bytes:
        """As `redact`, for bytes of any encoding that is a superset of ASCII."""
        return self.redact(data.decode("latin-1")).encode("latin-1") if self._secrets else data

    def redact_data(self, data: Any) -> Any:
        """Take the secrets out of the strings, keys and numbers of a JSON-like value."""
        if isinstance(data, str):
            return self.redact(data)
        if isinstance(data, dict):
            return {self.redact(str(key)): self.redact_data(value) for key, value in data.items()}
        if isinstance(data, list | tuple):
            return self.blank_pieces([self.redact_data(value) for value in data])
        if isinstance(data, int | float) and not isinstance(data, bool):
            return self._redact_number(data)
        return data

    def blank_pieces(self, values: list[Any]) -> list[Any]:
        """Mask the numbers of a list whose digits are those of a secret, one after the other."""
        pieces = [str(each) for each in values if _is_piece(each)]
        if len(pieces) < 2 or not self.knows(",".join(pieces)):
            return values
        mask = self._ready().mask
        return [mask if _is_piece(each) else each for each in values]

    def _redact_number(self, number: float) -> float | int | str:
        written = repr(number)
        known = self._ready()
        if known.pattern(written).fullmatch(written):
            return known.mask
        return self.blank_number(number)

    def blank_number(self, number: float) -> float | int:
        """Turn a secret's digits within a number to zeros: a time stamp stays a number.

        Those of a secret of zeros become ones: 45.75700000000052 is a number of seconds, too.
        """
        written = repr(number)
        blanked = self._ready().pattern(written).sub(_blank_digits, written)
        return number if blanked == written else type(number)(blanked)

    def knows(self, text: str | bytes) -> bool:
        """Whether `text` holds any secret: `find` without the kinds, and faster."""
        if isinstance(text, bytes):
            text = text.decode("latin-1")
        if not self._secrets:
            return False
        known = self._ready()
        if known.within(text) or known.numbers(text).search(text) is not None:
            return True
        return bool(known.apart) and next(numbers_apart(text, known.apart), None) is not None

    def find(self, data: str | bytes) -> set[str]:
        """Tell the kinds of secret that `data` still holds; empty when it is clean."""
        if not self._secrets:
            return set()
        text = data.decode("latin-1") if isinstance(data, bytes) else data
        known = self._ready()
        whole = {self._kind(match[0]) for match in known.pattern(text).finditer(text)}
        pieces = numbers_apart(text, known.apart) if known.apart else ()
        return whole | {known.apart[number] for _, _, number in pieces}

    def _kind(self, found: str) -> str:
        if found in self._kinds:
            return self._kinds[found]
        # A copy: another thread may register a secret meanwhile.
        loose = list(self._loose.items())
        return next((kind for pattern, kind in loose if re.fullmatch(pattern, found)), "secret")

    def error(self, error: BaseException) -> None:
        """Redact an exception in place, with its causes, contexts, notes and members."""
        for each in chain(error):
            each.args = tuple(self._argument(argument) for argument in each.args)
            # Slots of OSError, UnicodeError and SyntaxError, which their text is made of.
            slots = [name for name in _TEXT_SLOTS if hasattr(each, name)]
            for name in {*vars(each), *slots}:
                value = getattr(each, name, None)
                if isinstance(value, str | bytes | list | dict | tuple):
                    with suppress(AttributeError, TypeError):
                        setattr(each, name, self._argument(value))

    def _argument(self, argument: Any) -> Any:
        if isinstance(argument, bytes):
            return self.redact_bytes(argument)
        if type(argument) is tuple:
            return tuple(self._argument(each) for each in argument)
        if type(argument) is list:
            return [self._argument(each) for each in argument]
        if type(argument) is dict:
            return {self._argument(key): self._argument(each) for key, each in argument.items()}
        # Integers keep their type: an exit status or an errno is no place for a text.
        return self.redact(argument) if isinstance(argument, str) else argument


def _blank_digits(found: re.Match[str]) -> str:
    other = "0" if re.search("[1-9]", found[0]) else "1"
    return re.sub("[0-9]", other, found[0])


def _is_piece(value: object) -> bool:
    """Whether this may be a piece of a number that was taken apart."""
    return not isinstance(value, bool) and isinstance(value, int | str) and str(value).isdigit()


_TEXT_SLOTS = ("filename", "filename2", "strerror", "reason", "text", "msg")


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and all that it was caused by, came after or is made of."""
    seen: set[int] = set()
    queue: list[BaseException | None] = [error]
    while queue:
        each = queue.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        queue += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            queue += each.exceptions


redactor = Redactor()
"""The one of this process. Secrets are facts of the process, like its environment."""

released_in_children(redactor._lock)  # noqa: SLF001  (its own)

_REACH = 65_536
"""Characters behind a cut that are read for a secret which began before it."""


def beginning(text: str, most: int) -> str:
    """The first `most` characters of a text, without the beginning of a secret at their end.

    Half a secret is none that could be found later, so a text that is cut is redacted before. One
    that is short enough stays as it is: it is redacted whole where it leaves.
    """
    return text if len(text) <= most else redactor.redact(text[: most + _REACH])[:most]
