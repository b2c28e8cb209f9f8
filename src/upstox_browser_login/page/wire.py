"""What went over the page's wires, as events; and every name of Upstox's own traffic.

The versions in its paths move every year or so: nothing here depends on them.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from upstox_browser_login.redaction import redactor

from .pattern import Pattern
from .states.fields import Purpose
from .words import (
    CHALLENGE,
    CODES,
    MAINTENANCE,
    NO_SUCCESS,
    OF_THE_ACCOUNT,
    REPEATS_ITSELF,
    Meaning,
    Said,
    meaning_of,
    tells_of_trouble,
)

Kind = Literal["document", "data", "part", "socket", "beacon", "other"]
"""What is asked for or sent.

A page, a call of its scripts, a script or style sheet, a frame of a socket, what is sent without
anybody's reading the answer, or anything else.
"""

KINDS: Mapping[str, Kind] = {
    "Document": "document",
    "XHR": "data",
    "Fetch": "data",
    "Script": "part",
    "Stylesheet": "part",
    "WebSocket": "socket",
    "Ping": "beacon",
}

LOGIN_PATH = re.compile(r"^/login/")
"""Below it lie the calls of the login itself; none of them is ever blocked."""

BLOCKED_HOSTS = re.compile(
    r"(^|\.)(google-?analytics|googletagmanager|googleadservices|doubleclick|mixpanel"
    r"|mxpnl|clevertap|"
    r"clevertap-prod|wzrkt|facebook|connect\.facebook|hotjar|clarity|branch|appsflyer"
    r"|segment|amplitude|"
    r"moengage|webengage|newrelic|nr-data|sentry|bugsnag|fullstory|adjust)\.",
    re.IGNORECASE,
)

BLOCKED_PATHS = re.compile(
    r"/(mixpanel|analytics|track|telemetry|clickstream|tracking-proxy|engage|events/track)(/|$)",
    re.IGNORECASE,
)
"""Upstox proxies its analytics through paths of its service host."""

ENVELOPE = re.compile(
    r"\"(event|events|distinct_id|evtName|\$?device_id|profileData|evtData)\"\s*:"
)
"""Members of what analytics send."""

EVENTS_PATH = re.compile(r"/events?(/|$)", re.IGNORECASE)
"""Where events are sent to, whatever the members of such an object are called."""

FACTS = (
    "userType",
    "customerStatus",
    "isTotpEnabled",
    "isSecretPinSet",
    "isExternalClientOAuthApp",
    "nextRequestInterval",
    "nextStep",
)
"""Members of Upstox's answers that say something of the customer."""

_NEVER_ALONE = frozenset({"userType", "customerStatus"})
"""Of these, those that end a login, and that any banner may be meant for one kind of: Upstox's own
answers have them beside others of the customer."""

SECRET_MEMBERS = frozenset(
    {"validateOTPToken", "validateOtpToken", "access_token", "extended_token"}
)

_OTHER_MEMBERS = ("message", "userProfile", "accounts", "redirectUri")
"""Members of Upstox's answers beside these."""

CALLS: Mapping[str, re.Pattern[str]] = {
    "otp": re.compile(r"/otp/generate/?$"),
    "verify": re.compile(r"/verify/?$"),
    "pin": re.compile(r"/2fa/?$"),
    "authorize": re.compile(r"/oauth/authorize/?$"),
    "exchange": re.compile(r"/login/authorization/token/?$"),
}
"""Upstox's own calls of a login, all of them POSTs, by how their paths end."""

PERSONAL: Mapping[str, tuple[tuple[str, ...], str]] = {
    "mobile number": (
        ("mobilenumber", "mobile", "mobileno", "phone", "phonenumber", "contactnumber"),
        r"\+?\d[\d -]{7,15}",
    ),
    "client code": (
        (
            *("userid", "ucc", "clientcode", "profileid", "distinctid", "customerid", "accountid"),
            *("accountnumber", "accountno", "bankaccount", "dpid", "boid", "crn", "kycid", "sub"),
        ),
        r"(?=\D*\d)[A-Za-z0-9-]{4,40}",
    ),
    "name": (
        (
            *("firstname", "lastname", "middlename", "username", "fullname", "displayname"),
            *("nickname", "accountholdername", "customername", "profilename"),
        ),
        r"(?=.*[^\W\d_])[^\d@<>{}\[\]/=]{2,80}",
    ),
    "e-mail": (("email", "emailid", "emailaddress"), r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "PAN": (("pan", "pannumber", "panno"), r"[A-Z]{5}\d{4}[A-Z]"),
    "date of birth": (("dob", "dateofbirth", "birthdate"), r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}"),
    "address": (("address", "addressline", "addressline1", "addressline2"), r".{6,200}"),
    "picture's address": (("avatarurl", "photourl", "profilepicture"), r"https?://.{6,}"),
    "IP address": (
        ("ip", "ipaddress", "clientip", "remoteip", "xforwardedfor", "xrealip"),
        r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{8,39}",
    ),
    "device id": (("deviceid", "uuid", "deviceuuid", "fingerprint", "installid"), r"\S{6,200}"),
    "request id": (("requestid", "xrequestid", "traceid", "correlationid", "jti"), r"\S{6,200}"),
    "API key": (("clientid",), r"\S{8,200}"),
}
"""Of what is personal, or of one run alone: the names it has in traffic, and its shape there.

Names are compared in lower case, letters and digits alone. Both must fit: a `userId` may be null.
"""

CARRIED: Mapping[Purpose, str] = {
    "mobile": "mobile",
    "otp": "code",
    "pin": "pin",
    "password": "password",
}
"""What a call is said to carry that holds the credential of a form."""

CARRIES_NUMBER = CARRIED["mobile"]
"""What a call is said to carry that holds the number, which may be sent as often as need be."""


_FLAGS = ("success", "ok", "issuccess", "successful")
_STATES = ("status", "responsestatus", "resultstatus", "outcome", "result")
_FAILURES = ("haserror", "haserrors", "iserror", "error", "failed")
_NO = frozenset({"false", "none", "0"})
_YES = frozenset({"true", "success", "ok", "successful", "succeeded"})
_FAILED = frozenset(
    {"error", "fail", "failed", "failure", "false", "rejected", "denied", "not_ok", "nok"}
)
_SAYS_NO: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_FLAGS, _NO),
    **dict.fromkeys(_STATES, _FAILED),
    **dict.fromkeys(_FAILURES, frozenset({"true"})),
    "type": frozenset({"fail", "failed", "failure"}),
}
"""Members of an answer that is no success, though its status is 200, and what they say.

Their names are compared in lower case.
"""

_SAYS_YES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_FLAGS, *_STATES), _YES),
    **dict.fromkeys(_FAILURES, frozenset({"false"})),
}
"""Members of an answer that is a success, and what they say."""

_IS_RIGHT = Pattern(
    r"^(is)?_?(m?pin|t?otp|code|mobile|number|password|credentials?)?_?"
    r"(valid|verified|match(es|ed)?|correct|authenticated|accepted)$"
)
"""Names of members that tell whether what was sent is right."""
_MAY_REFUSE = Pattern(r"(code|error|result|status|text)$|^data$")
"""Names of members, beside those of messages, whose words may refuse what was sent."""

_NAMES_A_CODE = ("code", "errorCode", "error_code")
_NAMES_A_MESSAGE = Pattern(r"(message|msg|description|desc|reason|detail|faultstring)$|^text$")
"""Names of members that hold a message."""
_MAY_HOLD_A_CODE = Pattern(r"code|reason|type|error|status|number")
"""Names of members in which one of Upstox's own codes is that code, in whatever envelope."""

_ENVELOPES = frozenset(
    {"data", "result", "json", "attributes", "response", "responsebody", "payload", "body"}
    | {"content", "output"}
)
"""Members that hold all that an answer says, in lower case."""

_HEADS = Pattern(r"^(meta(data)?|head(er)?|info|ack|outcome|(response|result)?_?(status|info))$")
"""Members that tell how a call went, beside what it brought."""

_MOST_ENVELOPES = 6

_LAST_PART = re.compile(r"[A-Za-z]*\d+\Z")
"""A code, behind whatever else stands before it, such as an address."""
_LONGEST_CODE = 30
"""Characters; to seek a code's beginning in a long word would take minutes."""

_OF_A_CUSTOMER = frozenset({*FACTS, *SECRET_MEMBERS, "userProfile", "accounts", "redirectUri"})
_CERTAINLY_A_CUSTOMERS = 3
"""So many of these members make an answer without an envelope one about the customer."""

_TELLS_OF_AN_ERROR = Pattern(r"error|fault|problem|failure|^status$")
"""Names of members of an answer with status 200 that hold an error and nothing else."""

_IS_A_LIST_OF_TEXTS = Pattern(r"(codes|messages|catalog(ue)?|map|table|texts|strings)$")
"""What a page is told of all errors that there are."""

_OF_OTHERS = Pattern(r"^(last|prev|history|help|docs)|catalog(ue)?$")
"""Names of members of an error that tell of another one, or of all that there are."""

_MOST_OBJECTS = 60
"""Objects of an answer that are looked through; one of the login has a handful."""

_GUARD = re.compile(rb"\s*(\)\]\}',?|(while|for)\s*\([^)]{0,6}\);)\s*")
"""What stands before an answer in JSON, so that no foreign page can run it as a script."""


class Answer(Struct, frozen=True, omit_defaults=True):
    """What a call was answered with. `ok` is None where nobody can tell."""

    status: int
    ok: bool | None
    said: Said | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_json: bool = False
    text: str = ""

    @classmethod
    def read(cls, status: int, body: bytes) -> Answer:
        """Read an answer; errors of Upstox's come with status 200 or in its API's envelope."""
        try:
            guard = _GUARD.match(body)
            data = json.loads(body[guard.end() :] if guard else body)
        except (ValueError, RecursionError):
            return cls(status, None, text=body[:4000].decode("utf-8", "replace"))
        text = body[:4000].decode("utf-8", "replace") if status >= 400 else ""
        untold = cls(status, None if status < 400 else False, is_json=True, text=text)
        several = data if isinstance(data, list) else [data]
        if not several or not all(isinstance(each, dict) for each in several):
            return untold
        told = _of_several([cls._of(status, each) for each in several[:_MOST_OBJECTS]])
        return untold if told is None else replace(told, text=text)

    @classmethod
    def _of(cls, status: int, data: dict[str, Any]) -> Answer:
        """Read an object that is an answer."""
        said = said_of(data)
        refusing = next(filter(_says_no, _tellers(data)), None)
        if refusing is not None and said is None:
            # The message may stand beside what says no, as well as in it.
            told = _error_of(refusing)
            said = _telling(told if told.text != _NO_MESSAGE else _error_of(data))
        if said is None and 400 <= status < 500:
            said = _telling(_error_of(data))
        elif said is None and status < 400:
            said = _refusal_in(data)
        facts = _facts_in(data)
        # Where the customer is told of, a head that says no without a word may be about anything.
        failed = said is not None or (refusing is not None and not facts)
        if status < 400 and not failed:
            return cls(status, _went_well(data, facts), None, facts, is_json=True)
        return cls(status, ok=False, said=said, facts=facts, is_json=True)

    @property
    def is_wordless(self) -> bool:
        """Whether it is a failure of which it says neither the reason nor that of any trouble."""
        if self.status >= 500 or self.status == 429:
            return False
        if not self.is_json:
            asks_first = CHALLENGE.search(self.text) or MAINTENANCE.search(self.text)
            return self.status >= 400 and asks_first is None
        told = self.said is not None and tells_of_trouble(self.said.text)
        return self.ok is False and self.meaning == "unknown" and not told

    @property
    def meaning(self) -> Meaning:
        """What an answer that is no success means: its code, its text, its status."""
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


_NO_MESSAGE = "no message"


def _of_several(answers: list[Answer]) -> Answer | None:
    """The answer to the form's call, of several that went as one; None where nobody can tell.

    Another one of them may have failed, or have been taken: only what refuses a PIN or tells of a
    lock, by one of Upstox's own codes, is certainly the form's.
    """
    for each in answers:
        known = each.said is not None and each.said.code in CODES
        if each.ok is False and known and each.meaning in OF_THE_ACCOUNT:
            return each
    first = answers[0]
    if first.ok is False:
        # One that is known tells more.
        first = next((e for e in answers if e.said and e.said.code in CODES), first)
    return first if all(each.ok is first.ok for each in answers) else None


def _tellers(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that tell how a call went: the answer itself, and its head.

    An object that is all of the answer is taken for the answer. Where the answer itself says that
    it is a success, nothing in it says otherwise.
    """
    while len(data) == 1:
        inner = next(iter(data.values()))
        if not isinstance(inner, dict):
            break
        data = inner
    if _says_yes(data):
        return [data]
    heads = [each for name, each in data.items() if isinstance(each, dict) and _HEADS.search(name)]
    return [data, *heads]


def _says_no(told: Mapping[str, Any]) -> bool:
    return _says(_SAYS_NO, told)


def _says_yes(told: Mapping[str, Any]) -> bool:
    """Whether a member says that all went well, or that what was sent is right."""
    return _says(_SAYS_YES, told) or _is_right(told, really=True)


def _says(words: Mapping[str, frozenset[str]], told: Mapping[str, Any]) -> bool:
    return any(
        str(value).lower() in words.get(name.lower(), ())
        for name, value in told.items()
        if not isinstance(value, dict | list)
    )


def _is_right(told: Mapping[str, Any], *, really: bool) -> bool:
    """Whether a member says that what was sent is right, or where `really` is False, wrong."""
    return any(value is really and _IS_RIGHT.search(name) for name, value in told.items())


def _went_well(data: dict[str, Any], facts: Mapping[str, Any]) -> bool | None:
    """Whether an answer that names no error has taken what was sent; None where nobody can tell.

    It must say so, or tell of the customer: what says neither may be a refusal in words that nobody
    knows, and a refused PIN that counts as taken would be sent again.
    """
    own = [data, *_contents(data)]
    if any(map(_denies, own)) or any(map(_says_no, own if not facts else _tellers(data)[:1])):
        return None
    return True if facts or any(map(_says_yes, (*own, *_tellers(data)))) else None


def _denies(told: Mapping[str, Any]) -> bool:
    """Whether an object denies in other words that what was sent is right."""
    alone = {name: value for name, value in told.items() if isinstance(value, str | int)}
    if _is_right(told, really=False) or _known_code(alone) is not None:
        return True
    return any(
        meaning_of(_in_words(value[:300])) in NO_SUCCESS
        for name, value in told.items()
        if isinstance(value, str) and (_NAMES_A_MESSAGE.search(name) or _MAY_REFUSE.search(name))
    )


def _refusal_in(data: dict[str, Any]) -> Said | None:
    """The refusal in an answer whose status is a success: one of Upstox's own codes, as its error.

    Where it says that it is a success, a code in it tells of something else, such as the last
    login. One beside no message may be anything, such as the code of a share.
    """
    contents = [data, *_contents(data)]
    if any(map(_says_yes, (*contents, *_tellers(data)))):
        return None
    for each in contents:
        own = {name: value for name, value in each.items() if isinstance(value, str | int)}
        if _known_code(own) is not None and _message_in([own]) is not None:
            return _error_of(own)
        for name, value in each.items():
            if (
                isinstance(value, dict)
                and (_TELLS_OF_AN_ERROR.search(name) or _HEADS.search(name))
                and not _IS_A_LIST_OF_TEXTS.search(name)
                and _known_code(value) is not None
            ):
                return _error_of(value)
    return None


def _objects(data: Any) -> list[dict[str, Any]]:
    """The objects of an error, the outermost first: its code may lie in any of them."""
    found: list[dict[str, Any]] = []
    todo: deque[Any] = deque([data])
    while todo and len(found) < _MOST_OBJECTS:
        each = todo.popleft()
        if isinstance(each, dict):
            found.append(each)
            todo.extend(value for name, value in each.items() if not _OF_OTHERS.search(name))
        elif isinstance(each, list):
            todo.extend(each[:_MOST_OBJECTS])
    return found


def _contents(data: dict[str, Any]) -> list[dict[str, Any]]:
    """An answer without its envelopes, one after another, such as `data` or `result`.

    Nothing else is looked into: a setting of the page may be called like a customer's.
    """
    found: list[dict[str, Any]] = []
    name, each = "", data
    while len(found) < _MOST_ENVELOPES:
        found.append(each)
        inner = [key for key in each if key.lower() in _ENVELOPES and isinstance(each[key], dict)]
        if not inner and name == "data" and len(each) == 1:
            inner = [  # GraphQL's operation
                key
                for key in each
                if isinstance(each[key], dict) and not _IS_A_LIST_OF_TEXTS.search(key)
            ]
        if len(inner) != 1:
            break
        name = inner[0]
        each = each[name]
    return found[1:]


def _facts_in(data: dict[str, Any]) -> dict[str, Any]:
    """What an answer says of the customer; the session's tokens in it are secret from now on."""
    contents = _contents(data)
    # Without an envelope only so much is certainly a customer's, and no setting of the page.
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
    """What one object of an answer says of the customer."""
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


def _known_code(data: Any) -> str | None:
    """One of Upstox's own codes, where a member that may hold one is it or ends with it."""
    for each in _objects(data):
        for name, value in each.items():
            if isinstance(value, str | int) and _MAY_HOLD_A_CODE.search(name):
                last = _LAST_PART.search(str(value)[-_LONGEST_CODE:])
                if last is not None and last[0] in CODES:
                    return last[0]
    return None


def said_of(data: Mapping[str, Any]) -> Said | None:
    """The message of an error, in the envelope of the login or of the API; None without one."""
    errors = data.get("errors")
    error = data.get("error")
    first = errors[0] if isinstance(errors, list) and errors else error
    named = _of_fields(errors) if isinstance(errors, dict) else None
    if named is not None:
        return Said(named, _known_code(data))
    if isinstance(first, str) and _message_in([data]) is not None:
        return _error_of(data)
    if isinstance(first, str):
        return Said(_in_words(first[:300]))
    return _error_of(first) if isinstance(first, dict) and first else None


def _error_of(told: Mapping[str, Any]) -> Said:
    """The code and message of an error, wherever its envelope has them."""
    objects = _objects(told)
    code = _known_code(told) or _code_in(objects)
    text = _message_in(objects)
    number = None if code is None else str(code)[:20]
    named = _in_words(str(code)) if code is not None else ""
    message = _in_words(text[:300]) if isinstance(text, str) else _NO_MESSAGE
    if message == _NO_MESSAGE and named != code and " " in named:
        message = named[:300]
    if number is not None and re.fullmatch(r"\d{3}", number):
        return Said(message, status=int(number))
    return Said(message, number)


def _telling(said: Said) -> Said | None:
    """An error that has a code or a message; None for one that has neither."""
    return said if said.code or said.text != _NO_MESSAGE else None


def _message_in(objects: Iterable[Mapping[str, Any]]) -> str | None:
    """The message of the outermost object that has one: what is called so, or what is so named."""
    for each in objects:
        found = {
            name: value
            for name, value in each.items()
            if isinstance(value, str) and value and _NAMES_A_MESSAGE.search(name)
        }
        if found:
            return found.get("message") or next(iter(found.values()))
    return None


def _of_fields(errors: Mapping[str, Any]) -> str | None:
    """The first message of errors that are told field by field; None without one."""
    for told in errors.values():
        for each in told if isinstance(told, list) else (told,):
            if isinstance(each, str) and each.strip():
                return each[:300]
    return None


def _in_words(text: str) -> str:
    """A message that is a name, such as `INVALID_PIN`, in words."""
    return text.replace("_", " ") if re.fullmatch(r"[A-Z]+(_[A-Z0-9]+)+", text) else text


def _code_in(objects: Iterable[Mapping[str, Any]]) -> str | int | None:
    """The code of the outermost object that has one."""
    told = (each.get(name) for each in objects for name in _NAMES_A_CODE)
    return next((each for each in told if each and isinstance(each, str | int)), None)


def repeats_itself(answer: Answer) -> bool:
    """Whether the page asks again by itself after this answer."""
    return answer.said is not None and answer.said.code in REPEATS_ITSELF


class Call(Struct, frozen=True, omit_defaults=True):
    """One request of the page. Times are of the walk's monotonic clock, seconds.

    `carries` names the credentials that were seen in it, `posts` whether it could hold one that
    nobody can see, such as an encrypted one.
    """

    id: str
    at: float
    method: str
    host: str
    path: str
    kind: Kind
    trusted: bool
    blocked: bool = False
    posts: bool = False
    carries: frozenset[str] = frozenset()
    main: bool = False
    """Whether it is the page itself."""
    same: bool = False
    """Whether the very same, byte for byte, was sent before the last credential was typed: such a
    one, like a heartbeat, cannot hold it."""
    status: int | None = None
    ended: float | None = None
    failure: str | None = None
    answer: Answer | None = None
    answered_at: float | None = None

    @property
    def pending(self) -> bool:
        """Whether its answer is still owed."""
        return self.ended is None and not self.blocked

    @property
    def facts(self) -> Mapping[str, Any]:
        """What its answer says of the customer, which only the login's own calls are believed.

        Such a one carried a credential, perhaps one that nobody can see. Whatever else the page
        asks for, such as a banner or its settings, may have members of the same names.
        """
        is_own = bool(self.carries) or (self.posts and LOGIN_PATH.match(self.path) is not None)
        return self.answer.facts if self.answer and self.trusted and is_own else {}

    @property
    def place(self) -> str:
        """Where it goes, for people; without the query, which may hold a code."""
        return f"{self.host}{self.path}"

    @property
    def broke(self) -> bool:
        """Whether its connection broke: Chromium may have sent it twice."""
        return self.failure is not None and not self.blocked


class Traffic(Struct, frozen=True):
    """All calls up to now, and what is known of Upstox's clock."""

    calls: tuple[Call, ...] = ()
    skew: float | None = None
    """Upstox's clock minus this machine's, seconds; None until an answer told."""

    def since(self, at: float) -> tuple[Call, ...]:
        """Calls that began at `at` or later, without those that were blocked."""
        return tuple(each for each in self.calls if each.at >= at and not each.blocked)

    def carriers(self, what: str, since: float = 0.0) -> tuple[Call, ...]:
        """Calls that were seen to hold the credential `what`."""
        return tuple(each for each in self.since(since) if what in each.carries)

    @property
    def facts(self) -> dict[str, Any]:
        """What the answers say of the customer, the newest word for each."""
        told: dict[str, Any] = {}
        for each in sorted(self.calls, key=lambda each: each.answered_at or 0.0):
            told |= each.facts
        return told

    @property
    def document(self) -> Call | None:
        """The newest request for the page itself that was answered."""
        pages = [each for each in self.calls if each.main and each.status is not None]
        return pages[-1] if pages else None
