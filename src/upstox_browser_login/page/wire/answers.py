"""What an answer says: whether what was sent was accepted, why not, and facts on the customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.said import Said, tells_of_trouble
from upstox_browser_login.page.words import (
    CHALLENGE,
    CODES,
    MAINTENANCE,
    NO_SUCCESS,
    OF_THE_ACCOUNT,
    REPEATS_ITSELF,
    Meaning,
)
from upstox_browser_login.redaction import redactor

from .envelopes import (
    MOST_OBJECTS,
    contents_of,
    holds_an_error,
    is_right,
    parsed,
    says_no,
    says_yes,
    tellers_of,
    unfolded,
)
from .errors import (
    denial_in,
    denies,
    error_of,
    has_message,
    hints_at_a_refusal,
    refusal_in,
    said_of,
    telling,
)

FACTS = (
    "userType",
    "customerStatus",
    "isTotpEnabled",
    "isSecretPinSet",
    "isExternalClientOAuthApp",
    "nextRequestInterval",
    "nextStep",
)
"""Members of Upstox's answers that tell something about the customer."""

_NEVER_ALONE = frozenset({"userType", "customerStatus"})
"""Of these, the ones that end a login, which count only beside others of the customer.

A banner for one kind of customer may have them too.
"""

SECRET_MEMBERS = frozenset(
    {"validateOTPToken", "validateOtpToken", "access_token", "extended_token"}
)

_OTHER_MEMBERS = ("message", "userProfile", "accounts", "redirectUri")
"""Other members of Upstox's answers."""

_OF_A_CUSTOMER = frozenset({*FACTS, *SECRET_MEMBERS, "userProfile", "accounts", "redirectUri"})

_CERTAINLY_A_CUSTOMERS = 3
"""With so many of these members, an answer without an envelope is about the customer."""

_OF_THE_REQUEST = Pattern(r"^(id|(request|trace|correlation)_?id|time(stamp)?|ts|date|version)$")
"""Members that number a request or tell its time, and nothing about its outcome."""

_REFUSES_A_SECRET: frozenset[Meaning] = frozenset({"pin refused", "code refused"})

MOST_READ = 1_000_000
"""Bytes of an answer that is read. Upstox's have a few thousand; a hundred million take half a
minute."""

_LONGEST_LINE = 300
"""Characters of a text that may be one message."""

_GUARD = re.compile(rb"\s*(\)\]\}',?|(while|for)\s*\([^)]{0,6}\);)\s*")
"""Signs before the JSON of an answer, which keep other pages from running it as a script."""


_OF_A_GATEWAY = frozenset({502, 503, 504})
"""Statuses with which a gateway answers in place of a server that it does not reach."""

_IS_A_DOCUMENT = Pattern(r"\s*(<!--.*?-->\s*)*<(!doctype )?html\b")


class Answer(Struct, frozen=True, omit_defaults=True):
    """What a call was answered with. `ok` is None where nobody can tell."""

    status: int
    ok: bool | None
    said: Said | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_json: bool = False
    text: str = ""
    denies: bool = False
    """Whether its words say that what was sent is wrong, though its format is not known."""
    denial: Said | None = None
    """These words, if there are any."""
    is_too_long: bool = False
    """Whether it has more than is read."""

    @classmethod
    def read(cls, status: int, body: bytes) -> Answer:
        """Read an answer. Upstox's errors come with status 200, or in the API's format."""
        if len(body) > MOST_READ:
            return cls.too_long(status)
        try:
            guard = _GUARD.match(body)
            data = parsed(body[guard.end() :] if guard else body)
        except (ValueError, RecursionError):
            return cls._of_text(status, body[:4000].decode("utf-8", "replace"))
        text = body[:4000].decode("utf-8", "replace") if status >= 400 else ""
        untold = cls(status, None if status < 400 else False, is_json=True, text=text)
        several = list(map(unfolded, data if isinstance(data, list) else [data]))
        if not several or not all(isinstance(each, dict) for each in several):
            return untold
        answers = [cls._of(status, each) for each in several[:MOST_OBJECTS]]
        told = _of_several(answers)
        if told is not None:
            return replace(told, text=text)
        refusals = (e.said for e in answers if e.ok is False and e.meaning in NO_SUCCESS)
        denial = next(refusals, None) if status < 400 else None
        return replace(untold, denies=denial is not None, denial=denial)

    @classmethod
    def too_long(cls, status: int) -> Answer:
        """An answer that has more than is read."""
        return cls(status, None, is_too_long=True)

    @classmethod
    def _of_text(cls, status: int, text: str) -> Answer:
        """Read an answer that is no JSON. A single line of a failure may be its message."""
        is_line = 400 <= status < 500 and len(text) <= _LONGEST_LINE and "<" not in text
        said = Said.of(text.strip()) if is_line and not CHALLENGE.search(text) else None
        if said is not None and said.meaning in _REFUSES_A_SECRET:
            return cls(status, ok=False, said=said, text=text)
        return cls(status, None, text=text)

    @classmethod
    def _of(cls, status: int, data: dict[str, Any]) -> Answer:
        """Read an object as an answer."""
        said = said_of(data)
        refusing = next(filter(says_no, tellers_of(data)), None)
        if refusing is not None and said is None:
            # The message may stand in the member that says no, or beside it.
            told = error_of(refusing)
            said = telling(told if has_message(told) else error_of(data))
        if said is None and 400 <= status < 500:
            said = telling(error_of(data))
        elif said is None and status < 400:
            said = refusal_in(data)
        elif said is None:
            # A server in trouble says so in any words; a refused PIN or a lock counts all the same.
            in_words = telling(error_of(data))
            said = in_words if in_words and in_words.meaning in OF_THE_ACCOUNT else None
        facts = _facts_in(data)
        # Beside facts on the customer, a no without words may be about anything.
        failed = said is not None or (refusing is not None and not facts)
        if status < 400 and not failed:
            contents = (data, *contents_of(data))
            denial = next(filter(None, map(denial_in, contents)), None)
            denied = denial is not None or any(map(denies, contents))
            well = None if denied else _went_well(data, facts)
            return cls(status, well, None, facts, is_json=True, denies=denied, denial=denial)
        return cls(status, ok=False, said=said, facts=facts, is_json=True)

    @property
    def is_wordless(self) -> bool:
        """Whether it is a failure without a reason, and without a word of other trouble."""
        if self.status >= 500 or self.status == 429:
            return False
        if not self.is_json:
            asks_first = CHALLENGE.search(self.text) or MAINTENANCE.search(self.text)
            return self.status >= 400 and asks_first is None
        told = self.said is not None and tells_of_trouble(self.said.text)
        return self.ok is False and self.meaning == "unknown" and not told

    @property
    def is_unread_trouble(self) -> bool:
        """Whether it has a status of a server in trouble and a format that is not known.

        Such as a fault in XML, with which a server may refuse what was sent. A gateway's own page
        says that no server has heard of it.
        """
        if self.status < 500 or self.is_json or not self.text.strip():
            return False
        if self.status in _OF_A_GATEWAY and _IS_A_DOCUMENT.match(self.text):
            return False
        return not (CHALLENGE.search(self.text) or MAINTENANCE.search(self.text))

    @property
    def meaning(self) -> Meaning:
        """What an answer that is no success means, by its code, its text, or its status."""
        meaning = "unknown" if self.said is None else self.said.meaning
        if self.status == 429 and meaning not in OF_THE_ACCOUNT:
            return "rate limited"
        if self.said is not None and (meaning != "unknown" or self.said.code is not None):
            return meaning
        if not self.is_json and CHALLENGE.search(self.text):
            return "challenge"
        if not self.is_json and MAINTENANCE.search(self.text):
            return "maintenance"
        if self.status in {401, 403} and not self.is_json:
            return "challenge"
        return "trouble" if self.status >= 500 or not self.is_json else "unknown"


def repeats_itself(answer: Answer) -> bool:
    """Whether the page asks again by itself after this answer."""
    return answer.said is not None and answer.said.code in REPEATS_ITSELF


def _of_several(answers: list[Answer]) -> Answer | None:
    """The answer to the form's call among several that came as one; None if nobody can tell.

    Another of these calls may have failed or succeeded. Only a refused PIN or a lock with one of
    Upstox's own codes is certainly the form's.
    """
    for each in answers:
        known = each.said is not None and each.said.code in CODES
        if each.ok is False and known and each.meaning in OF_THE_ACCOUNT:
            return each
    first = answers[0]
    if first.ok is False:
        # A known one tells more.
        first = next((e for e in answers if e.said and e.said.code in CODES), first)
    return first if all(each.ok is first.ok for each in answers) else None


def _went_well(data: dict[str, Any], facts: Mapping[str, Any]) -> bool | None:
    """Whether an answer without an error has accepted what was sent; None if nobody can tell.

    It must say so, or tell facts on the customer. Any other answer may be a refusal in unknown
    words, after which a refused PIN would be sent again.
    """
    contents, (told, *heads) = contents_of(data), tellers_of(data)
    own = [data, *contents]
    if any(map(says_no, [told] if facts else own)):
        return None
    # An answer that asks for the code may count how often the code was sent.
    is_certain = "asks for a code" in facts or any(is_right(each, really=True) for each in own)
    if not is_certain and any(map(hints_at_a_refusal, own)):
        return None
    if any(map(holds_an_error, contents)):
        return None
    if facts:
        return True
    says_so = any(map(says_yes, heads)) or any(
        says_yes(each) and not _only_acknowledges(each) for each in (told, *contents)
    )
    return True if says_so else None


def _only_acknowledges(told: dict[str, Any]) -> bool:
    """Whether an answer is one word such as "ok", which may only mean that it was received.

    Numbers of the request and envelopes add nothing to that. Upstox's own answers have facts on the
    customer beside it. An answer that calls what was sent right needs none.
    """
    tells = [name for name in told if not _OF_THE_REQUEST.search(name)]
    return len(tells) <= 1 and not is_right(told, really=True)


def _facts_in(data: dict[str, Any]) -> dict[str, Any]:
    """The answer's facts on the customer. The session's tokens in it become secrets."""
    contents = contents_of(data)
    # Without an envelope only so many facts are certainly a customer's, and not settings.
    if not contents and len(_OF_A_CUSTOMER & data.keys()) >= _CERTAINLY_A_CUSTOMERS:
        contents = [data]
    facts: dict[str, Any] = {}
    for inner in contents:
        facts |= _facts_of(inner)
        redactor.register_all(
            (
                each
                for name, each in inner.items()
                if name in SECRET_MEMBERS and isinstance(each, str)
            ),
            "session token",
        )
    return facts


def _facts_of(inner: Mapping[str, Any]) -> dict[str, Any]:
    """The facts on the customer in one object of an answer."""
    facts = {name: inner[name] for name in FACTS if name in inner}
    others = {*FACTS, *SECRET_MEMBERS, *_OTHER_MEMBERS} - _NEVER_ALONE
    if others.isdisjoint(inner):
        facts = {name: value for name, value in facts.items() if name not in _NEVER_ALONE}
    if isinstance(inner.get("accounts"), list):
        facts["accounts"] = len(inner["accounts"])
    if SECRET_MEMBERS & inner.keys():
        facts["asks for a code"] = any("otp" in e.lower() for e in SECRET_MEMBERS & inner.keys())
    if isinstance(inner.get("userProfile"), dict):
        facts["knows the user"] = True
    return facts
