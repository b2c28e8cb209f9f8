"""Stand-ins: what stands in place of secrets and of what is personal.

A stand-in has the shape of what it stands for, digit for digit and letter for letter, and is the
same one wherever that stood, in whatever spelling. It is made of random characters, which only this
process has ever known together with what they stand for: nothing can be computed from them.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from upstox_browser_login.redaction import Redactor, fours
from upstox_browser_login.redaction.spellings import (
    TOO_SHORT,
    is_number,
    loose_forms,
    one_pattern,
    part_forms,
    ways_of,
    ways_of_digests_of,
)

from .personal import Found, names_of
from .shapes import LONG_NUMBERS
from .times import Times
from .tokens import claims, is_web_token

_BASE32 = re.compile(r"[A-Z2-7]{16,}=*")
_HEXADECIMAL = re.compile(
    r"(?=.*\d)[0-9a-f]{8,}|(?=.*\d)[0-9A-F]{8,}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
)
_TRIES = 200
_STAR = r"(?:[*#xX\u2022\u25cf\u00b7]|\\u20[0-9a-f]{2}|\\u25cf)"
_IS_STAR = re.compile(_STAR)
_STARS = f"{_STAR}{{2,10}}"
_DIGITS = frozenset("0123456789")
_GAPS = re.compile(rf"%20|\\u00a0|&nbsp;|{_STAR}|.", re.DOTALL)
_ADDRESS = re.compile(
    # What stands before the sign is read once, from its beginning.
    r"(?<![\w.+*\u2022-])([\w.+*\u2022-]++)@[\w.*\u2022-]{3,}+"
)
_MASKED_USER = re.compile(r"[\w.+-]{1,12}[*\u2022]{2}")
_FIRST_OF_MOBILE = "6789"


class StandIns:
    """The stand-ins of one recording. `rng` makes them; `times` moves the times within tokens."""

    def __init__(self, rng: Random, times: Times) -> None:
        self._rng = rng
        self._times = times
        self._by_value: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._forms: dict[str, tuple[str, str]] = {}
        self._loose: dict[str, str] = {}
        self._masked: dict[str, str] = {}
        self._seekers: dict[str, re.Pattern[str]] = {}
        """The patterns of both, compiled: Python remembers only so many."""
        self._literals: dict[int, list[str]] = {}
        self._sought = Redactor()
        """Knows every value, since no stand-in may happen to be a spelling of another value."""
        self.replaced: Counter[str] = Counter()
        """How many places of each kind were replaced."""

    def add_all(self, values: Found) -> None:
        """Make a stand-in for every value; tokens that hold others come last."""
        for value, kind in values.items():
            if kind != "name" and not _tells_nothing(value, kind):
                self._sought.register(value, kind)
        for word in names_of(values):
            self._add_name(word)
        tokens = {value for value in values if is_web_token(value)}
        # A value that is another one's spelling, such as its base64, gets no stand-in of its own.
        spellings = {
            form
            for value in values.keys() - tokens
            if len(value) >= TOO_SHORT and not _tells_nothing(value, values[value])
            for form in ways_of(value)
            if len(form) > len(value)
        }
        for value in sorted(values.keys() - tokens - spellings, key=len, reverse=True):
            self._add(value, values[value])
        for value in sorted(tokens, key=len, reverse=True):
            self._learn(value, self._jwt(value), values[value])

    def of(self, value: str) -> str:
        """The stand-in of a value that was added; of another, the value with stand-ins in it."""
        return self._by_value.get(value) or self.text(value, counted=False)

    @property
    def values(self) -> Mapping[str, str]:
        """Every value that has a stand-in, and its kind."""
        return self._kinds

    @property
    def made(self) -> Iterable[str]:
        """Every stand-in."""
        return self._by_value.values()

    @property
    def names(self) -> Iterable[str]:
        """The words of persons' names, in lower case."""
        return self._names.keys()

    # -- making ------------------------------------------------------------------------------------

    def _add(self, value: str, kind: str) -> None:
        if value in self._by_value or len(value) < TOO_SHORT or _tells_nothing(value, kind):
            return
        # The stand-in of a half typed value is the beginning of the whole value's stand-in.
        longer = next((each for each in self._by_value if each.startswith(value)), None)
        if kind == "name":
            made = self.text(value, counted=False)
        elif longer is not None and self._kinds[longer] == kind:
            made = self._by_value[longer][: len(value)]
        else:
            made = self._new(value, kind)
        self._learn(value, made, kind)

    def _new(self, value: str, kind: str) -> str:
        for number in range(2 * _TRIES):
            made = self._like(value if number < _TRIES else _letters_for(value))
            if kind in _WITH_SIGNS:
                made = "".join(self._sign() if each in _SIGNS else each for each in made)
            if kind in {"mobile number", "phone number", "username"} and re.fullmatch(
                r"[6-9]\d{9}", value
            ):
                made = self._rng.choice(_FIRST_OF_MOBILE) + made[1:]
            if kind == "e-mail":
                local, _, host = made.partition("@")
                made = f"{local}@{host.rpartition('.')[0]}.{value.rpartition('.')[2]}"
            taken = made == value or made in self._by_value or made in self._by_value.values()
            # With many values there may be none that is like no other.
            alike = number < 2 * _TRIES - 1 and self._is_like_a_value(made)
            if not (taken or alike or self._says_a_name(made)):
                return made
        raise ValueError(f"no stand-in was found for a value of {len(value)} characters ({kind})")

    def _like(self, value: str) -> str:
        """Random characters, each of the kind of the one in its place."""
        if _BASE32.fullmatch(value):
            return self._each(value, upper="ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits="234567")
        if _HEXADECIMAL.fullmatch(value) and not value.isdigit():
            return self._each(value, lower="abcdef", upper="ABCDEF")
        return self._each(value)

    def _sign(self) -> str:
        """A sign of a password, none of which is written otherwise in JSON or HTML."""
        return self._rng.choice("!#$*@^~")

    def _each(
        self,
        value: str,
        lower: str = "abcdefghijklmnopqrstuvwxyz",
        upper: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        digits: str = "0123456789",
    ) -> str:
        made = []
        for index, each in enumerate(value):
            if each in "0123456789":
                first = index == 0 and each != "0"
                made.append(self._rng.choice(digits.replace("0", "") if first else digits))
            elif each.islower() and each.isascii():
                made.append(self._rng.choice(lower))
            elif each.isupper() and each.isascii():
                made.append(self._rng.choice(upper))
            elif each.isalpha() and not each.isascii():
                # Of the same length in UTF-8, and a letter.
                made.append(self._rng.choice(_NON_ASCII[len(each.encode())]))
            elif each.isdecimal():
                # A digit of another script; the ten of a script stand side by side.
                made.append(chr(ord(each) - int(each) + self._rng.randrange(10)))
            else:
                made.append(each)
        return "".join(made)

    def _add_name(self, word: str) -> None:
        lowered = word.lower()
        if lowered not in self._names:
            made = self._like(lowered)
            while made == lowered or made in self._names:
                made = self._like(lowered)
            self._names[lowered] = made

    def _is_like_a_value(self, made: str) -> bool:
        """Whether it happens to be a spelling of a value, so that it would count as one.

        So may its beginnings, which stand for what is half typed, and a number as pages mask it.
        """
        texts = [made]
        if is_number(made):
            texts += [made[:length] for length in range(TOO_SHORT, len(made))]
            texts += [f"{made[:2]}****{made[-tail:]}" for tail in (2, 4)]
        return any(map(self._sought.find, texts))

    def _says_a_name(self, made: str) -> bool:
        """Whether random letters happen to be a person's name, so that they would count as one."""
        names = self._words()
        return bool(names) and any(re.search(names, form) for form in (made, *ways_of(made)))

    def _jwt(self, token: str) -> str:
        """A token of the same length, whose claims are stand-ins and whose times are moved."""
        head, body, signature = token.split(".")
        claimed = f"{self._part(head)}.{self._part(body)}."
        for _ in range(_TRIES):
            made = claimed + self._each(signature)
            if not self._says_a_name(made):
                break
        return made

    def _part(self, part: str) -> str:
        told = claims(part)
        if not isinstance(told, dict):
            return self._each(part)
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace")
        tight = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
        separators = (",", ":") if len(raw) <= len(tight) else (", ", ": ")
        clean = json.dumps(self._times.json(told), separators=separators, ensure_ascii=False)
        clean = self.text(clean, counted=False)
        return base64.urlsafe_b64encode(clean.encode()).decode().rstrip("=")

    def _learn(self, value: str, made: str, kind: str) -> None:
        self._by_value[value], self._kinds[value] = made, kind
        for form, other in zip(
            [*ways_of(value), *ways_of_digests_of(value)],
            [*ways_of(made), *ways_of_digests_of(made)],
            strict=True,
        ):
            # The words of a name are sought as words, and not within others.
            is_word = kind == "name" and form.isalpha() and len(form) == len(value)
            sought = len(form) >= TOO_SHORT and form != other and not is_word
            if sought and form not in self._forms:
                self._forms[form] = other, kind
                self._literals.setdefault(next(fours(form))[0], []).append(form)
        loose = [*loose_forms(value), *(() if kind in LONG_NUMBERS else part_forms(value))]
        if loose and self._forms.pop(value, None) is not None:
            self._literals[next(fours(value))[0]].remove(value)
        for pattern in loose:
            self._loose.setdefault(pattern, value)
        if value.isdigit() and len(value) == 10:
            self._masked.setdefault(f"{_STARS}{value[-4:]}(?![0-9])", value)

    # -- replacing ---------------------------------------------------------------------------------

    def text(self, text: str, *, counted: bool = True, names: bool = True) -> str:
        """`text` with a stand-in for every value, however it is spelled, in one pass.

        Without `names` a word stays that is a person's name as well, such as Max or Dev.
        """
        pattern = self._pattern_for(text, self._words() if names else "")
        found: list[str] = []
        clean = (
            pattern.sub(lambda match: self._stand_in(match[0], found), text) if pattern else text
        )
        clean = _ADDRESS.sub(lambda match: self._email(match, found), clean)
        if counted:
            self.replaced.update(found)
        return clean

    def words(self, text: str) -> str:
        """`text` with a stand-in for each word of a name, and for nothing else."""
        words = self._words()
        return re.sub(words, lambda found: self._stand_in(found[0], []), text) if words else text

    def _pattern_for(self, text: str, words: str) -> re.Pattern[str] | None:
        """What of all spellings `text` holds, as one pattern; None where it holds none.

        One pattern of all spellings would be tens of thousands of them.
        """
        beginnings: set[int] = set()
        for each in fours(text):
            beginnings |= self._literals.keys() & each
        present = [form for each in beginnings for form in self._literals[each] if form in text]
        loose = tuple(each for each in self._loose if self._seeker(each).search(text))
        known = one_pattern(sorted(present), loose)
        masked = self._masked if _IS_STAR.search(text) else ()
        pieces = [each for each in (known, words, *masked) if each]
        return re.compile("|".join(pieces)) if pieces else None

    def _words(self) -> str:
        """The words of names, none of them a part of another word."""
        words = map(word_pattern, sorted(self._names, key=len, reverse=True))
        return rf"(?<![^\W\d_])(?:{'|'.join(words)})(?![^\W\d_])" if self._names else ""

    def _stand_in(self, match: str, found: list[str]) -> str:
        known = self._forms.get(match)
        if known is not None:
            found.append(known[1])
            return known[0]
        name = self._names.get(match.lower())
        if name is not None:
            found.append("name")
            return _cased(name, match)
        for pattern, value in (*self._loose.items(), *self._masked.items()):
            if self._seeker(pattern).fullmatch(match):
                found.append(self._kinds[value])
                return _filled(match, self._by_value[value])
        return match

    def _seeker(self, pattern: str) -> re.Pattern[str]:
        if pattern not in self._seekers:
            self._seekers[pattern] = re.compile(pattern)
        return self._seekers[pattern]

    def _email(self, match: re.Match[str], found: list[str]) -> str:
        """An address whose user is masked in part, with other letters for those that are left."""
        masked = _MASKED_USER.search(match[1])
        if masked is None:
            return match[0]
        found.append("e-mail")
        return match[0][: masked.start()] + self._each(match[0][masked.start() :])


_WITH_SIGNS = frozenset({"password", "typed text"})
"""Kinds whose signs are a part of the secret: in others they are only its form."""

_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _tells_nothing(value: str, kind: str) -> bool:
    """Whether nothing but signs is in a value, as in an e-mail of stars or an empty address."""
    if kind in _WITH_SIGNS:
        return not value.strip()
    if kind == "e-mail":
        value = value.rpartition(".")[0]
    return not any(each.isalpha() or each.isdecimal() for each in value)


def _letters_for(value: str) -> str:
    """A letter for each character, for a value whose shape leaves no choice, as one of emoji."""
    sizes = (len(each.encode("utf-8", "surrogatepass")) for each in value)
    return "".join("a" if size == 1 else _NON_ASCII[size][0] for size in sizes)


_NON_ASCII = {2: "äöüéèñ", 3: "अआइईउऊ", 4: "𐌰𐌱𐌲"}
"""Letters by how many bytes they have in UTF-8."""


def word_pattern(name: str) -> str:
    """What a word of a name is sought by: one of two letters only in the case of names."""
    return f"(?i:{re.escape(name)})" if len(name) > 2 else re.escape(name.title())


def _cased(word: str, like: str) -> str:
    """`word` in the case of `like`, letter by letter."""
    return "".join(
        each.upper() if other.isupper() else each for each, other in zip(word, like, strict=False)
    )


def _filled(match: str, digits: str) -> str:
    """The digits of a stand-in in the places of those of `match`; its gaps and stars stay."""
    pieces = _GAPS.findall(match)
    places = [index for index, piece in enumerate(pieces) if piece in _DIGITS]
    stars = [index for index, piece in enumerate(pieces) if _IS_STAR.fullmatch(piece)]
    # What stands behind the stars are the last digits, everything else the first.
    tail = sum(1 for place in places if stars and place > stars[-1])
    for rank, place in enumerate(places):
        left = len(places) - rank
        pieces[place] = digits[-left] if left <= tail else digits[rank]
    return "".join(pieces)
