"""Where an answer tells how its call went, whatever its format is."""

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
    **dict.fromkeys(("type", "kind"), frozenset({"fail", "failed", "failure"})),
}
"""Members and their values in an answer that is no success, though its status is 200.

Their names are compared in lower case.
"""

_SAYS_YES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_FLAGS, *_STATES), _YES),
    **dict.fromkeys(_FAILURES, frozenset({"false"})),
}
"""Members and their values in an answer that is a success."""

_IS_RIGHT = Pattern(
    r"^(is)?_?(m?pin|t?otp|code|mobile|number|password|credentials?)?_?"
    r"(valid|verified|match(es|ed)?|correct|authenticated|accepted)$"
    r"|^(is|has|a)?_?(valid|verified|matching|correct|right)_?"
    r"(m?pin|t?otp|code|mobile|number|password|credentials?)$"
)
"""Members that tell whether what was sent is right."""

_NOT_RIGHT = frozenset({"false", "none", "0", "no", "n", "f", ""})

_IS_AN_ERROR = Pattern(r"^(errors?|failures?|faults?)(_?(code|message|msg|details?|info|list))?$")
"""Members that hold an error where there is one."""

_NO_ERROR = frozenset({"", "none", "null", "na", "n/a", "nil", "false", "success", "ok"})

_IS_A_SECOND_FACTOR = Pattern(r"^(2fa|two_?fa(ctor)?)_?(status|result)$")
"""Members that tell how a second factor was judged; Upstox names its method `twoFAMethod`."""

_COUNTS_TRIES = Pattern(
    r"attempts?|\btries|tries_?left|retr(y|ies)|^remaining$|failures?$|fail(ed|ure)_?count"
    r"|^(wrong|invalid|incorrect)_?(m?pin|t?otp|code|password)?_?(count|tries)$"
)
_ARE_LEFT = Pattern(r"left|remaining")
_MAY_BE_TRIED = Pattern(
    r"^(max|total|allowed)|re-?send|generat|(attempts?|retry|retries)_?limit$"
    r"|(attempts|retries)_?allowed$"
)
"""Members that count tries: those made, those left, and those allowed."""

_IS_NO_COUNT = Pattern(r"attempt_?id$|^last_?(log_?in_?)?attempt(_?(at|time|date))?$")
"""Members that number one try or tell its time."""

_IS_A_STATUS = Pattern(r"^(http|response)?_?(status|code|status_?code)$")
_IS_NO_SUCCESS = Pattern(r"^[45]\d\d$")

_ENVELOPES = frozenset(
    {"data", "d", "result", "json", "attributes", "response", "responsebody", "payload", "body"}
    | {"content", "output"}
)
"""Members that hold the whole answer, in lower case."""

HEADS = Pattern(r"^(meta(data)?|head(er)?|ack|outcome|(response|result)?_?(status|info))$")
"""Members that tell how a call went, beside its content."""

_MOST_ENVELOPES = 6

IS_A_LIST_OF_TEXTS = Pattern(r"(codes|messages|catalog(ue)?|map|table|texts|strings)$")
"""Members that list the texts of all errors there are."""

OF_ANOTHER_ERROR = Pattern(r"^(last|prev|history|help|docs)|catalog(ue)?$")
"""Members that tell of another error than this one, or of all errors there are."""

MOST_OBJECTS = 60
"""Objects of an answer that are looked through. A login's answer has a handful."""

MOST_MEMBERS = 2000
"""Members of an object that are read. All are searched, and meanwhile nothing else is done."""


def parsed(text: str | bytes) -> Any:
    """What JSON says, of each object its first members. Raises `ValueError`, `RecursionError`."""
    return json.loads(text, object_pairs_hook=lambda pairs: dict(pairs[:MOST_MEMBERS]))


def unfolded(data: Any) -> Any:
    """An answer with the JSON in a text member of its envelope, such as a gateway's `body`.

    Beside an object in the envelope, a text is something else, such as the request.
    """
    if not isinstance(data, dict) or any(
        name.lower() in _ENVELOPES and isinstance(value, dict) for name, value in data.items()
    ):
        return data
    return {
        name: _read(value) if name.lower() in _ENVELOPES else value for name, value in data.items()
    }


def _read(value: Any) -> Any:
    """The object in a text of JSON, or the value itself."""
    if not (isinstance(value, str) and value.lstrip().startswith("{")):
        return value
    try:
        return parsed(value)
    except (ValueError, RecursionError):
        return value


def tellers_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that tell how a call went: the answer itself and its head.

    A single object in an answer is taken as the answer. If the answer itself says that it is a
    success, nothing in it counts as a failure.
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
    """The answer without its envelopes, one after another, such as `data` or `result`.

    Other members are not looked into, since settings of the page may have a customer's names.
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
    """The objects of an error, the outermost first. Its code may be in any of them."""
    found: list[dict[str, Any]] = []
    todo: deque[Any] = deque([data])
    while todo and len(found) < MOST_OBJECTS:
        each = todo.popleft()
        if isinstance(each, dict):
            found.append(each)
            todo.extend(value for name, value in each.items() if not OF_ANOTHER_ERROR.search(name))
        elif isinstance(each, list):
            todo.extend(each[:MOST_OBJECTS])
    return found


def says_no(told: Mapping[str, Any]) -> bool:
    """Whether a member says that the call is no success."""
    return _says(_SAYS_NO, told)


def says_yes(told: Mapping[str, Any]) -> bool:
    """Whether a member says that all went well, or that what was sent is right."""
    return _says(_SAYS_YES, told) or is_right(told, really=True)


def has_no_result(told: Mapping[str, Any]) -> bool:
    """Whether a member that tells how the call went is zero or nothing.

    In some formats a zero is a success, so that alone is no failure.
    """
    return any(
        name.lower() in (*_FLAGS, *_STATES) and str(value).lower() in _NO
        for name, value in told.items()
    )


def _says(words: Mapping[str, frozenset[str]], told: Mapping[str, Any]) -> bool:
    return any(
        str(value).lower() in words.get(name.lower(), ())
        for name, value in told.items()
        if not isinstance(value, dict | list)
    )


def is_right(told: Mapping[str, Any], *, really: bool) -> bool:
    """Whether a member says that what was sent is right, or with `really` False that it is wrong.

    Any spelling of no is a no. A value that is not known as right is not taken as right.
    """
    return any(
        (value is True if really else str(value).lower() in _NOT_RIGHT) and _IS_RIGHT.search(name)
        for name, value in told.items()
    )


def counts_tries(told: Mapping[str, Any]) -> bool:
    """Whether a member counts tries that were made or are left, as a refusal does.

    That no try has failed is no refusal, and neither is how many are allowed.
    """
    return any(
        value not in {None, ""} and (str(value).lower() not in _NO or _ARE_LEFT.search(name))
        for name, value in told.items()
        if not isinstance(value, dict | list)
        and _COUNTS_TRIES.search(name)
        and not (_MAY_BE_TRIED.search(name) or _IS_NO_COUNT.search(name))
    )


def holds_an_error(told: Mapping[str, Any]) -> bool:
    """Whether a member is an error, or says that a second factor failed.

    An envelope may call such an answer a success all the same.
    """
    return any(
        (_IS_AN_ERROR.search(name) and _is_an_error(value))
        or (_IS_A_SECOND_FACTOR.search(name) and str(value).lower() in _FAILED)
        for name, value in told.items()
    )


def _is_an_error(value: Any) -> bool:
    """Whether the value of such a member is not only a word for none."""
    if isinstance(value, dict):
        return any(map(_is_an_error, value.values()))
    if isinstance(value, list):
        return bool(value)
    return str(value).strip("0 ").lower() not in _NO_ERROR


def tells_of_failure(told: Mapping[str, Any]) -> bool:
    """Whether a member is an HTTP status other than one of success."""
    return any(
        _IS_A_STATUS.search(name) and _IS_NO_SUCCESS.search(str(value))
        for name, value in told.items()
        if isinstance(value, str | int)
    )
