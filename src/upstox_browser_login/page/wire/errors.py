"""Which error an answer tells of: its code, its message, and whether it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.said import Said, is_a_no, meaning_of
from upstox_browser_login.page.words import CODES, NO_SUCCESS
from upstox_browser_login.redaction import beginning

from .envelopes import (
    HEADS,
    IS_A_LIST_OF_TEXTS,
    OF_ANOTHER_ERROR,
    contents_of,
    counts_tries,
    has_no_result,
    is_right,
    objects_of,
    says_yes,
    tellers_of,
    tells_of_failure,
)

_NAMES_A_CODE = ("code", "errorCode", "error_code")

_NAMES_A_MESSAGE = Pattern(
    r"(message|msg|description|desc|reason|detail|faultstring|prompt|notice)$|^(text|m|[re][dm])$"
)
"""Names of members that hold a message, also short as those of banks, such as `rd`."""

_IS_A_NOTICE = Pattern(r"notice$")

_MAY_HOLD_A_CODE = Pattern(r"code|reason|type|error|status|number|^(c|[re]c)$")
"""Members in which one of Upstox's codes is its code, whatever the format is."""

_MAY_REFUSE = Pattern(r"(code|error|result|status|text)$|^data$")
"""Members besides those of messages whose words may refuse what was sent."""

_TELLS_OF_WHAT_WAS_SENT = Pattern(
    r"^((m?pin|t?otp|auth\w*|log_?in|verification|credentials?|(two|2)_?fa(ctor)?)_?)?"
    r"(status|state|result|outcome|reason|code|verification|authentication|message|msg)$"
    r"|^error_?(message|msg|text|desc\w*)$|^(m?pin|t?otp|auth|log_?in)$"
)
"""Members that tell only what became of what was sent."""

_IS_WRONG = Pattern(
    r"^(is)?_?((account|user|m?pin|t?otp|code|log_?in)_?)?"
    r"(locked|blocked|wrong|invalid|incorrect|mis_?match(ed)?)$"
    r"|^(is)?_?(wrong|invalid|incorrect)_?(m?pin|t?otp|code|password|credentials?)$"
)
"""Members that are true if what was sent is wrong or the account is locked."""

_TELLS_OF_AN_ERROR = Pattern(r"error|fault|problem|failure|^status$")
"""Members that hold nothing but an error in an answer with status 200."""

_IS_AN_ERROR = Pattern(r"^(error|fault|problem|failure)$")
"""Members that hold an error, of which the title or the name may be all that is said."""

_NAMES_AN_ERROR = ("name", "key", "kind")

_CONSTANT = re.compile(r"[A-Z]+(_[A-Z0-9]+)+")
"""A name such as `INVALID_PIN`."""

_LAST_PART = re.compile(r"[A-Za-z]*\d+\Z")
"""A code behind something else, such as an address."""

_LONGEST_CODE = 30
"""Characters: in a longer word it would take minutes to search for the beginning of a code."""

_NO_ERROR = Pattern(r"^\W*(no errors?|none|null|nil|false|ok|0+|success(ful)?)?\W*$")
"""Values of an error's member if there is no error."""

_SEVERITY = Pattern(r"^(severity|level|tone|type|kind|variant|status|intent|appearance)$")
_SEVERE = Pattern(r"^(error|danger|critical|negative|fatal|failure|destructive)$")
"""What marks a message of a list as an error."""

_MOST_MESSAGES = 10

_NO_MESSAGE = "no message"


def said_of(data: Mapping[str, Any]) -> Said | None:
    """The message of an error in the login's or the API's format; None without one."""
    errors = data.get("errors")
    error = data.get("error")
    first = errors[0] if isinstance(errors, list) and errors else error
    if isinstance(first, str) and _NO_ERROR.search(first):
        first = None
    named = _of_fields(errors) if isinstance(errors, dict) else None
    if named is not None:
        return Said(named, _known_code(data))
    if isinstance(first, str) and _message_in([data]) is not None:
        return error_of(data)
    if isinstance(first, str):
        return Said(_in_words(beginning(first, 300)))
    return error_of({"error": first}) if isinstance(first, dict) and first else None


def error_of(told: Mapping[str, Any]) -> Said:
    """The code and message of an error, wherever they are."""
    objects = objects_of(told)
    code = _known_code(told) or _code_in(objects)
    text = _message_in(objects) or _title_in(objects)
    number = None if code is None else beginning(str(code), 20)
    named = _in_words(str(code)) if code is not None else ""
    message = _in_words(beginning(text, 300)) if isinstance(text, str) else _NO_MESSAGE
    if message == _NO_MESSAGE and named != code and " " in named:
        message = beginning(named, 300)
    if number is not None and re.fullmatch(r"\d{3}", number):
        return Said(message, status=int(number))
    return Said(message, number)


def has_message(said: Said) -> bool:
    """Whether an error has a message."""
    return said.text != _NO_MESSAGE


def telling(said: Said) -> Said | None:
    """An error with a code or a message; None if it has neither."""
    return said if said.code or has_message(said) else None


def refusal_in(data: dict[str, Any]) -> Said | None:
    """The refusal in an answer whose status is a success: one of Upstox's own codes.

    If the answer says that it is a success, a code in it is about something else, such as the last
    login. A code without a message may be anything, such as that of a share.
    """
    contents = [data, *contents_of(data)]
    if any(map(says_yes, (*contents, *tellers_of(data)))):
        return None
    for each in contents:
        own = {name: value for name, value in each.items() if isinstance(value, str | int)}
        if _known_code(own) is not None and _message_in([own]) is not None:
            return error_of(own)
        for name, value in each.items():
            if (
                isinstance(value, dict)
                and (_TELLS_OF_AN_ERROR.search(name) or HEADS.search(name))
                and not IS_A_LIST_OF_TEXTS.search(name)
                and _known_code(value) is not None
            ):
                return error_of(value)
    return None


def denies(told: Mapping[str, Any]) -> bool:
    """Whether an object denies without words that what was sent is right."""
    alone = {name: value for name, value in told.items() if isinstance(value, str | int)}
    denied = is_right(told, really=False) or tells_of_failure(alone)
    return denied or _known_code(alone) is not None


def denial_in(told: Mapping[str, Any]) -> Said | None:
    """The words of an object that refuse what was sent, whatever the format is.

    They may stand in a member that is called an error, or in a list of messages, in one that is
    marked as an error.
    """
    listed = (
        each
        for name, value in told.items()
        if isinstance(value, list) and not OF_ANOTHER_ERROR.search(name)
        for each in value[:_MOST_MESSAGES]
        if isinstance(each, dict) and _is_marked(each)
    )
    nested = (
        value
        for name, value in told.items()
        if isinstance(value, dict) and _IS_AN_ERROR.search(name)
    )
    words = (
        Said(_in_words(beginning(value, 300)))
        for each in (told, *nested, *listed)
        for name, value in each.items()
        if isinstance(value, str) and (_NAMES_A_MESSAGE.search(name) or _MAY_REFUSE.search(name))
        # A notice may also stand beside a success, such as on what locks an account.
        if not _IS_A_NOTICE.search(name) or has_no_result(each)
    )
    return next((each for each in words if meaning_of(each.text) in NO_SUCCESS), None)


def _is_marked(message: Mapping[str, Any]) -> bool:
    """Whether a message of a list is marked as an error."""
    return any(
        isinstance(value, str) and _SEVERITY.search(name) and _SEVERE.search(value)
        for name, value in message.items()
    )


def hints_at_a_refusal(told: Mapping[str, Any]) -> bool:
    """Whether an object counts tries, or says in unknown words to do something again.

    It may be a refusal although its envelope says that all went well.
    """
    return counts_tries(told) or any(
        (value is True and _IS_WRONG.search(name) is not None)
        or (
            isinstance(value, str)
            and _TELLS_OF_WHAT_WAS_SENT.search(name) is not None
            and is_a_no(value[:300].replace("_", " "))
        )
        for name, value in told.items()
    )


def _known_code(data: Any) -> str | None:
    """One of Upstox's own codes, if a member that may hold one is it or ends with it."""
    for each in objects_of(data):
        for name, value in each.items():
            if isinstance(value, str | int) and _MAY_HOLD_A_CODE.search(name):
                last = _LAST_PART.search(str(value)[-_LONGEST_CODE:])
                if last is not None and last[0] in CODES:
                    return last[0]
    return None


def _message_in(objects: Iterable[Mapping[str, Any]]) -> str | None:
    """The message of the outermost object that has one."""
    for each in objects:
        found = {
            name: value
            for name, value in each.items()
            if isinstance(value, str) and value and _NAMES_A_MESSAGE.search(name)
        }
        if found:
            return found.get("message") or next(iter(found.values()))
    return None


def _title_in(objects: Iterable[Mapping[str, Any]]) -> str | None:
    """The title or the name of the outermost error; of both, the one whose meaning is known."""
    for each in objects:
        for name, error in each.items():
            if isinstance(error, dict) and _IS_AN_ERROR.search(name):
                told = list(_titles_of(error))
                known = (text for text in told if meaning_of(_in_words(text)) is not None)
                if told:
                    return next(known, told[0])
    return None


def _titles_of(error: Mapping[str, Any]) -> Iterator[str]:
    title = error.get("title")
    if isinstance(title, str) and title.strip():
        yield title
    for name in _NAMES_AN_ERROR:
        value = error.get(name)
        if isinstance(value, str) and _CONSTANT.fullmatch(value):
            yield value


def _of_fields(errors: Mapping[str, Any]) -> str | None:
    """The first message of errors that are listed by field; None without one."""
    for told in errors.values():
        for each in told if isinstance(told, list) else (told,):
            if isinstance(each, str) and each.strip():
                return beginning(each, 300)
    return None


def _in_words(text: str) -> str:
    """A message that is a name, such as `INVALID_PIN`, as words."""
    return text.replace("_", " ") if _CONSTANT.fullmatch(text) else text


def _code_in(objects: Iterable[Mapping[str, Any]]) -> str | int | None:
    """The code of the outermost object that has one."""
    told = (each.get(name) for each in objects for name in _NAMES_A_CODE)
    return next((each for each in told if each and isinstance(each, str | int)), None)
