"""Where an answer tells how its call went, in whatever envelope it comes."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from typing import Any

from upstox_browser_login.page.pattern import Pattern

_FLAGS = ("success", "ok", "issuccess", "successful")
_STATES = ("status", "s", "responsestatus", "resultstatus", "outcome", "result")
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

_NOT_RIGHT = frozenset({"false", "none", "0", "no", "n", "f", ""})

_COUNTS_TRIES = Pattern(
    r"attempts?|\btries|tries_?left|retr(y|ies)|^remaining$|failures?$|fail(ed|ure)_?count"
)
_ARE_LEFT = Pattern(r"left|remaining")
_MAY_BE_TRIED = Pattern(
    r"^(max|total|allowed)|re-?send|generat|(attempts?|retry|retries)_?limit$"
    r"|(attempts|retries)_?allowed$"
)
"""Names of members that count tries, those of what is left, and those of what may be tried."""

_IS_NO_COUNT = Pattern(r"attempt_?id$|^last_?(log_?in_?)?attempt(_?(at|time|date))?$")
"""Names of members that number one try, or tell when it was."""

_IS_A_STATUS = Pattern(r"^(http|response)?_?(status|code|status_?code)$")
_IS_NO_SUCCESS = Pattern(r"^[45]\d\d$")

_ENVELOPES = frozenset(
    {"data", "d", "result", "json", "attributes", "response", "responsebody", "payload", "body"}
    | {"content", "output"}
)
"""Members that hold all that an answer says, in lower case."""

HEADS = Pattern(r"^(meta(data)?|head(er)?|info|ack|outcome|(response|result)?_?(status|info))$")
"""Members that tell how a call went, beside what it brought."""

_MOST_ENVELOPES = 6

IS_A_LIST_OF_TEXTS = Pattern(r"(codes|messages|catalog(ue)?|map|table|texts|strings)$")
"""What a page is told of all errors that there are."""

_OF_OTHERS = Pattern(r"^(last|prev|history|help|docs)|catalog(ue)?$")
"""Names of members of an error that tell of another one, or of all that there are."""

MOST_OBJECTS = 60
"""Objects of an answer that are looked through; one of the login has a handful."""


def unfolded(data: Any) -> Any:
    """An answer with what its envelope holds as a text of JSON, such as a gateway's `body`.

    Where an envelope holds an object, a text beside it is something else, such as what was asked.
    """
    if not isinstance(data, dict) or any(
        name.lower() in _ENVELOPES and isinstance(value, dict) for name, value in data.items()
    ):
        return data
    return {
        name: _read(value) if name.lower() in _ENVELOPES else value for name, value in data.items()
    }


def _read(value: Any) -> Any:
    """The object that a text is in JSON, or the value as it is."""
    if not (isinstance(value, str) and value.lstrip().startswith("{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def tellers_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that tell how a call went: the answer itself, and its head.

    An object that is all of the answer is taken for the answer. Where the answer itself says that
    it is a success, nothing in it says otherwise.
    """
    while len(data) == 1:
        inner = next(iter(data.values()))
        if not isinstance(inner, dict):
            break
        data = inner
    if says_yes(data):
        return [data]
    heads = [each for name, each in data.items() if isinstance(each, dict) and HEADS.search(name)]
    return [data, *heads]


def contents_of(data: dict[str, Any]) -> list[dict[str, Any]]:
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
                if isinstance(each[key], dict) and not IS_A_LIST_OF_TEXTS.search(key)
            ]
        if len(inner) != 1:
            break
        name = inner[0]
        each = each[name]
    return found[1:]


def objects_of(data: Any) -> list[dict[str, Any]]:
    """The objects of an error, the outermost first: its code may lie in any of them."""
    found: list[dict[str, Any]] = []
    todo: deque[Any] = deque([data])
    while todo and len(found) < MOST_OBJECTS:
        each = todo.popleft()
        if isinstance(each, dict):
            found.append(each)
            todo.extend(value for name, value in each.items() if not _OF_OTHERS.search(name))
        elif isinstance(each, list):
            todo.extend(each[:MOST_OBJECTS])
    return found


def says_no(told: Mapping[str, Any]) -> bool:
    """Whether a member says that it is no success."""
    return _says(_SAYS_NO, told)


def says_yes(told: Mapping[str, Any]) -> bool:
    """Whether a member says that all went well, or that what was sent is right."""
    return _says(_SAYS_YES, told) or is_right(told, really=True)


def _says(words: Mapping[str, frozenset[str]], told: Mapping[str, Any]) -> bool:
    return any(
        str(value).lower() in words.get(name.lower(), ())
        for name, value in told.items()
        if not isinstance(value, dict | list)
    )


def is_right(told: Mapping[str, Any], *, really: bool) -> bool:
    """Whether a member says that what was sent is right, or where `really` is False, wrong.

    A no is one however it is spelt; what is not known to be right is not right either.
    """
    return any(
        (value is True if really else str(value).lower() in _NOT_RIGHT) and _IS_RIGHT.search(name)
        for name, value in told.items()
    )


def counts_tries(told: Mapping[str, Any]) -> bool:
    """Whether a member counts tries that were made or are left, as a refusal does.

    That none has failed is no refusal, and how many there may be is none either.
    """
    return any(
        value not in {None, ""} and (str(value).lower() not in _NO or _ARE_LEFT.search(name))
        for name, value in told.items()
        if not isinstance(value, dict | list)
        and _COUNTS_TRIES.search(name)
        and not (_MAY_BE_TRIED.search(name) or _IS_NO_COUNT.search(name))
    )


def tells_of_failure(told: Mapping[str, Any]) -> bool:
    """Whether a member of an answer is a status of HTTP that is none of success."""
    return any(
        _IS_A_STATUS.search(name) and _IS_NO_SUCCESS.search(str(value))
        for name, value in told.items()
        if isinstance(value, str | int)
    )
