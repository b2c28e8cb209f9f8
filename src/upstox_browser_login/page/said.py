"""What a message means: by its code, by its text, and as the server's answer."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from .pattern import Pattern
from .phrases import A_RULE, MOBILE, OF_OTHERS, OTP, PIN, WRONG
from .sentences import sentences_in
from .words import CODES, TEXTS, Meaning

BRACKETED = re.compile(r"\[(?P<code>[A-Za-z]{0,8}\d{3,8})\]\s*\Z")
"""Upstox's messages look like this: `message [code]`."""


class Said(Struct, frozen=True, omit_defaults=True):
    """A message, with Upstox's code if it has one."""

    text: str
    code: str | None = None
    status: int | None = None

    @classmethod
    def of(cls, text: str) -> Said:
        """Read a text of the page; the code in brackets at its end is Upstox's.

        Three digits are an HTTP status: the page says "Request aborted [500]" of every call that
        failed.
        """
        match = BRACKETED.search(text)
        if match is None:
            return cls(text)
        code, text = match["code"], text[: match.start()].rstrip()
        if len(code) == 3:
            return cls(text, status=int(code))
        return cls(text, code)

    @property
    def meaning(self) -> Meaning:
        """What it means; `unknown` where nobody knows."""
        if self.code in CODES:
            return CODES[self.code]
        if self.status == 429:
            return "rate limited"
        meaning = meaning_of(self.text)
        if meaning is not None and (self.code is None or meaning != "trouble"):
            return meaning
        return "trouble" if self.status is not None and self.code is None else "unknown"


_OFFERS_HELP = Pattern(
    rf"(?<![^.!?।\n])\s*(({WRONG}|forgot(ten)?) (({MOBILE} )?number|{PIN}|{OTP}|code)"
    rf"|({PIN}|{OTP}|code) {WRONG})\s*\?"
    r"(?=\W*($|(reset|change|edit|forgot|get|tap|click|press|learn|see|read|recover|resend)\b))"
)
"""A sentence that only asks, to offer help: "Incorrect PIN? Reset it here"."""

_QUESTION = re.compile(r"[^.!?।,;\n]*\?")

_SAID_IN_A_QUESTION: frozenset[Meaning] = frozenset(
    {"locked", "rate limited", "pin refused", "code refused"}
)
"""Meanings that count even in a sentence with a question: "Incorrect PIN Forgot PIN?"."""


@lru_cache(maxsize=512)  # two looks have nearly all texts in common
def meaning_of(text: str) -> Meaning | None:
    """What a text means by itself; None if it has no known meaning.

    A question says nothing about what was sent, unless a refusal or a lock stands in it. Beside a
    refusal, what holds for everybody says nothing either: "Incorrect PIN. After 5 it is locked."
    """
    said = sentences_in(text)
    others = [each for each in said if A_RULE.search(each) is None] if len(said) > 1 else said
    own = _by_sentences(" ".join(others)) if len(others) < len(said) else None
    return own or _by_sentences(text)


def _by_sentences(text: str) -> Meaning | None:
    if "?" not in text:
        return _by_texts(text)
    return _by_texts(_QUESTION.sub(_of_a_question, _OFFERS_HELP.without(text)))


_PIN_REFUSED = tuple(pattern for meaning, pattern in TEXTS if meaning == "pin refused")


def refuses_pin(said: Said) -> bool:
    """Whether a message refuses a PIN, whatever it says besides.

    "Incorrect PIN, 2 attempts left. Try again after 30 minutes" also tells of a wait.
    """
    if said.code in CODES:
        return CODES[said.code] == "pin refused"
    own = OF_OTHERS.without(said.text)
    sentences = [each for each in sentences_in(own) if A_RULE.search(each) is None]
    return any(pattern.search(each) for each in sentences for pattern in _PIN_REFUSED)


def is_a_rule(text: str) -> bool:
    """Whether a text speaks of refusals or locks only as something that holds for everybody.

    Such a text is about what was sent only if that has failed.
    """
    said = sentences_in(text)
    others = [each for each in said if A_RULE.search(each) is None]
    rest = " ".join(others)
    return len(others) < len(said) and meaning_of(rest) is None and not is_a_no(rest)


_NEGATES = Pattern(
    rf"{WRONG}|\bbad (credentials?|m?pin|t?otp|code|pass(word|code))\b"
    r"|(?<=\w)n['o]t\b|\bnot\b|\bdiffers?\b|\b(refused|rejected|denied)\b|nahi|नहीं"
)

_ASKS_ANEW = Pattern(r"\b(again|once more|retry|check)\b|dobara|दोबारा|फिर")
"""Words that refuse something if they are all that is said."""

_NOT_OF_IT = Pattern(
    r"technical|server|network|connection|service|system|busy|later|after|tim(ed|e) ?out"
    r"|available|moment|\bset\b|creat|enabled?\b|active|activat|expire|baad|बाद"
    r"|wrong(?! (m?pin|t?otp|code|number|mobile|passcode|credential))"
    r"|unable|\b(can|could)( ?not|n['o]t)\b(?! (be )?(recogni|match|f[io]))|(?<!un)process"
    r"|allow"
    r"|permit|support|device|session|\bshare|requir|need|provided|missing|supplied|header|token|client"
    r"|\bapi\b|\bsen[dt]\b|generat|deliver|block|limit|request|onboard|error code|attempt"
    r"|gadbad|गड़बड़|galat ho|गलत हो|ग़लत हो"
)
"""Words of an answer that give another reason than what was sent."""

_NAMED: dict[str, tuple[Pattern, Meaning]] = {
    "mobile": (Pattern(rf"{MOBILE}|\bnumber\b(?! of)|नंबर"), "mobile refused"),
    "otp": (Pattern(rf"{OTP}|\bcode\b(?!\W*\d)|कोड"), "code refused"),
    "pin": (Pattern(rf"{PIN}|\bcredentials?\b"), "pin refused"),
}


def names_number(said: Said) -> bool:
    """Whether a message speaks of a mobile number."""
    return said.code is None and _NAMED["mobile"][0].search(said.text) is not None


_OF_NO_CODE = Pattern(
    r"^(?!.*(\btoken|\bvalue|\binput|\battempt|\bverif|\bdigits?\b|\bnumber|\bmatch))"
    r".*\b(device|browser|location|region|network|maintenance|header|permission|version)s?\b"
)


def is_of_something_else(text: str) -> bool:
    """Whether a failure surely speaks of something else than the code that was sent."""
    return _OF_NO_CODE.search(text) is not None and _NAMED["otp"][0].search(text) is None


SAYS_NO_REASON = Pattern(
    r"^\W*(no message|unprocess\w+( (entity|content))?|validation|invalid|incorrect|wrong|bad"
    r"|error|fail(ed|ure)|rejected|refused|mismatch)"
    r"( (input|data|value|details?|credentials?|error|failed))?\W*$"
)
"""An answer that gives no reason at all."""

_RIGHT_NOW = r"(verified|success\w*|accepted|correct|matched)\b"

_IS_A_YES = Pattern(rf"\b{_RIGHT_NOW}")

_IS_NO_YES = Pattern(rf"n['o]t( be(en)?)?( yet)? {_RIGHT_NOW}")

_FAILS = Pattern(
    r"\bfail(ed|ure|s)?\b(?!.*\b0\b)|\b(declined|unauthori[sz]ed|unverified)\b|\bre-?enter\b"
)

_IS_ADVICE = Pattern(
    r"\b(do not|don.t|never) (share|disclose|reveal)\b[^.!;,|]*"
    r"|\bnot[ -](required|applicable|locked|blocked)\b"
)
"""Advice, or words on what is not called for, which deny nothing."""


def is_a_no(text: str) -> bool:
    """Whether the server's own words refuse something or ask for it again, and confirm nothing."""
    text = _IS_ADVICE.without(text)
    says_no = any(said.search(text) for said in (_NEGATES, _ASKS_ANEW, _FAILS))
    is_a_yes = _IS_A_YES.search(text) is not None and _IS_NO_YES.search(text) is None
    return says_no and not is_a_yes


def tells_of_trouble(text: str) -> bool:
    """Whether the server's own words give another reason than what was sent."""
    return _NOT_OF_IT.search(text) is not None


def refused_by_answer(purpose: str, text: str) -> Meaning | None:
    """The meaning of the server's own words in a failed answer to a credential's call.

    Only there a credential's name and a no in one sentence are enough. On the page the same words
    may be advice.
    """
    if purpose not in _NAMED or _NOT_OF_IT.search(text) is not None:
        return None
    named, meaning = _NAMED[purpose]
    own = OF_OTHERS.without(text)
    sentences = [each for each in sentences_in(own) if each.strip()]
    for each in sentences:
        says_no = _NEGATES.search(each) or (len(sentences) == 1 and _ASKS_ANEW.search(each))
        if says_no and named.search(each):
            return meaning
    return None


def _of_a_question(question: re.Match[str]) -> str:
    """The question if it refuses something or tells of a lock; nothing otherwise."""
    return question[0] if _by_texts(question[0]) in _SAID_IN_A_QUESTION else " "


def _by_texts(text: str) -> Meaning | None:
    """The meaning of the first pattern that fits."""
    text = OF_OTHERS.without(text)
    for meaning, pattern in TEXTS:
        if pattern.search(text):
            return meaning
    return None


_ASKS_TO_WAIT = re.compile(
    r"\b(try|retry|wait|after|come back|come again|baad|koshish)\b|बाद|प्रतीक्षा|इंतज़ार|इंतजार"
)
_DURATION = re.compile(
    r"(\d{1,4})\s*((?:second|sec|minute|min|hour|hr|day)s?\b|ghant[ae]\b|din\b"
    r"|(?:सेकंड|सेकेंड|मिनट|घंट|घण्ट|दिन)[\u0902\u093e-\u094c]*)"  # with any ending
)
_BETWEEN_PARTS = re.compile(r"[\s,]*(and |aur |और )?")
_A_DAY = re.compile(r"\btomorrow\b|\bnext day\b")
_SECONDS = {
    **dict.fromkeys("sस", 1.0),
    **dict.fromkeys("mम", 60.0),
    **dict.fromkeys("hgघ", 3600.0),
    **dict.fromkeys("dद", 86_400.0),
}
"""Of the first letters of units."""


def stated_wait(text: str) -> float | None:
    """The seconds after which a text allows another try; None if it does not say."""
    text = text.lower()
    # "You have exceeded 5 tries within 10 minutes. Try again after 24 hours."
    asks = _ASKS_TO_WAIT.search(text)
    behind = None if asks is None else _longest_in(text[asks.start() :])
    return _longest_in(text) if behind is None else behind


def _longest_in(text: str) -> float | None:
    """The longest duration in a text, where "2 hours 30 minutes" is one of two parts."""
    waits = [_SECONDS["d"] for _ in _A_DAY.finditer(text)]
    end, last = 0, 0.0
    for found in _DURATION.finditer(text):
        unit = _SECONDS[found[2][0]]
        seconds = float(found[1]) * unit
        if unit < last and _BETWEEN_PARTS.fullmatch(text, end, found.start()):
            waits[-1] += seconds
        else:
            waits.append(seconds)
        end, last = found.end(), unit
    return max(waits, default=None)
