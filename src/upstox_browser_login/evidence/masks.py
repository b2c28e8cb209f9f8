"""Masks what is a secret by its place: in addresses, fields, DOM snapshots, typed parameters.

This needs no known secret. The redactor takes out those that are known.
"""

from __future__ import annotations

import re
from typing import Any

from upstox_browser_login.redaction import MASK

from .names import is_secret_member, is_secret_name

_QUERY = (
    "code|state|token|access_token|id_token|refresh_token|extended_token|client_secret|password|"
    "otp|pin"
)
_URL_VALUE = re.compile(
    rf"([?&#;]|%3F|%26|%23)({_QUERY})(=|%3D)(?!\[redacted\])(?:(?!%26|%23)[^&#\s\"'<>\\`])+",
    re.IGNORECASE,
)
_QUOTED_MEMBER = re.compile(r'"([\w-]{2,32})"(\s*:\s*)"((?:[^"\\\n]|\\.)*)"')
# A tag ends at the next "<" at the latest, so that hostile text is read once, not once a tag.
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
_FIELD = re.compile(rf"<input\b{_ATTRIBUTES}", re.IGNORECASE)
_FIELD_VALUE = re.compile(r"(\svalue\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
_FIELD_TYPE = re.compile(
    r"\stype\s*=\s*[\"']?(submit|button|reset|checkbox|radio)\b", re.IGNORECASE
)
_TEXTAREA = re.compile(
    rf"(<textarea\b{_ATTRIBUTES})((?:(?!<textarea).)*?)(</textarea)", re.IGNORECASE | re.DOTALL
)

# Parameters of Playwright's own calls that hold what was typed or handed to a script.
_TYPED_PARAMETERS = frozenset({"value", "text", "key", "arg", "options", "payloads", "eventInit"})
_UNTYPED = frozenset({"submit", "button", "reset", "checkbox", "radio"})


# Digits that a page shows or logs one by one, each in an element or a message of its own. They are
# masked whatever they are: only together do they tell that they are a secret.
_FEW_DIGITS = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
_FEW, _DIGITS = 5, "0123456789"
_AT_A_TAG = re.compile(r"(?<=>)\s*\d{1,5}(?!\d)|(?<!\d)\d{1,5}\s*(?=<)")
_TELLING = r"data-[\w-]+|aria-(?:label|description|valuetext|valuenow)|title|alt|label|value"
_TELLING_NAME = re.compile(_TELLING, re.IGNORECASE)
_TELLING_ATTRIBUTE = re.compile(
    rf"(\s(?:{_TELLING})\s*=\s*)([\"']?)\d{{1,5}}\2(?=[\s>/])", re.IGNORECASE
)


def mask_urls(text: str) -> str:
    """Mask `code=`, `state=`, `token=` and their like in every URL of `text`."""
    if "=" not in text and "%3" not in text:
        return text
    return _URL_VALUE.sub(rf"\1\2\3{MASK}", text)


def mask_fields(text: str, mask: str = MASK) -> str:
    """Put `mask` in place of the values of the input fields of an HTML text."""
    if "<input" in text or "<INPUT" in text:
        text = _FIELD.sub(
            lambda tag: (
                tag[0]
                if _FIELD_TYPE.search(tag[0])
                else _FIELD_VALUE.sub(
                    lambda m: m[0] if m[2] in {'""', "''"} else f'{m[1]}"{mask}"', tag[0]
                )
            ),
            text,
        )
    if "<textarea" in text or "<TEXTAREA" in text:
        text = _TEXTAREA.sub(lambda m: f"{m[1]}{mask if m[2] else ''}{m[3]}", text)
    return text


def mask_single_digits(text: str) -> str:
    """Mask the few digits at the edges of an HTML text's elements, and in their attributes."""
    if "</" not in text:
        return text
    text = _TELLING_ATTRIBUTE.sub(rf"\1\2{MASK}\2", text)
    return _AT_A_TAG.sub(MASK, text)


def mask_members(text: str) -> str:
    """Mask the values of members of JSON, wherever in a text that stands."""
    if '"' not in text or ":" not in text:
        return text
    return _QUOTED_MEMBER.sub(
        lambda m: f'"{m[1]}"{m[2]}"{MASK}"' if is_secret_member(m[1], m[3]) else m[0], text
    )


def mask_pair(pair: dict[str, Any], parent: str) -> dict[str, Any]:
    """Mask `{"name": …, "value": …}`: so HAR and storage state write headers, cookies and more."""
    always = parent in {"cookies", "localStorage", "sessionStorage"}
    listed = parent in {"headers", "queryString", "params", "extraHTTPHeaders"}
    name = pair["name"]
    telling = is_secret_name(name) or (parent == "queryString" and name == "state")
    return {**pair, "value": MASK} if pair["value"] and (always or (listed and telling)) else pair


_PACKAGE = re.compile(r"(?:.*[\\/])?((?:upstox_browser_login|playwright)[\\/].*)", re.DOTALL)


def without_folders(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with each Python file's path cut off before its package.

    The folders before it may tell the name of the machine's user.
    """
    if isinstance(entry.get("files"), list):
        entry = {**entry, "files": [_of_package(each) for each in entry["files"]]}
    if isinstance(entry.get("stack"), list):
        frames = [
            {**each, "file": _of_package(each["file"])}
            for each in entry["stack"]
            if isinstance(each, dict) and "file" in each
        ]
        entry = {**entry, "stack": frames}
    return entry


def _of_package(path: Any) -> str:
    within = _PACKAGE.fullmatch(str(path))
    return within[1] if within else re.split(r"[\\/]", str(path))[-1]


_PAGES_WORDS = frozenset({"text", "args", "params"})


def mask_logged(entry: dict[str, Any]) -> dict[str, Any]:
    """Mask every number of few digits in what a page has logged, or failed with."""
    return {
        name: _without_few_digits(value) if name in _PAGES_WORDS else value
        for name, value in entry.items()
    }


def _without_few_digits(data: Any) -> Any:
    if isinstance(data, str):
        return _FEW_DIGITS.sub(MASK, data)
    if isinstance(data, dict):
        return {name: _without_few_digits(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_without_few_digits(each) for each in data]
    if isinstance(data, int | float) and not isinstance(data, bool):
        return 0 if _FEW_DIGITS.search(repr(data)) else data
    return data


def mask_element(element: list[Any]) -> list[Any]:
    """Mask what an element of a DOM snapshot holds: `["INPUT", {attributes}, …children]`."""
    tag, attributes, *children = element
    name = tag.upper()
    if name == "INPUT" and attributes.get("value") and attributes.get("type") not in _UNTYPED:
        return [tag, {**attributes, "value": MASK}, *children]
    if name == "TEXTAREA":
        return [tag, attributes, *(MASK if isinstance(child, str) else child for child in children)]
    return element


def mask_edges(element: list[Any]) -> list[Any]:
    """Mask the few digits at the edges of an element of a snapshot, and in its attributes."""
    # By the cheap questions first: there are tens of thousands in a trace.
    if element[1]:
        for name, value in element[1].items():
            if isinstance(value, str) and len(value) <= _FEW and value.isdecimal():
                element[1][name] = MASK if _TELLING_NAME.fullmatch(name) else value
    for number, child in enumerate(element):
        if number > 1 and type(child) is str:
            core = child.strip()
            if core and (core[-1] in _DIGITS or core[0] in _DIGITS):
                element[number] = _without_edges(core)
    return element


def _without_edges(text: str) -> str:
    rest = text.rstrip(_DIGITS)
    if 0 < len(text) - len(rest) <= _FEW:
        text = f"{rest}{MASK}"
    rest = text.lstrip(_DIGITS)
    return f"{MASK}{rest}" if 0 < len(text) - len(rest) <= _FEW else text


def mask_typed(params: dict[str, Any]) -> dict[str, Any]:
    """Mask what a call of Playwright has typed, or has handed to a script."""
    return {name: _mask_parameter(name, value) for name, value in params.items()}


def _mask_parameter(name: str, value: Any) -> Any:
    # Names of keys ("Enter") tell something, single characters are what was typed.
    if name not in _TYPED_PARAMETERS or (name == "key" and len(str(value)) > 1):
        return value
    # The viewer reads what is handed to a script, and shows nothing at all where it cannot.
    if name == "arg" and isinstance(value, dict) and isinstance(value.get("value"), dict):
        return {"value": {"s": MASK}, "handles": []}
    return MASK


def masked_answer(result: Any) -> dict[str, Any]:
    """What stands in place of the answer to a call that has typed, or has asked a script."""
    of_a_script = isinstance(result, dict) and isinstance(result.get("value"), dict)
    return {"value": {"s": MASK} if of_a_script else MASK}
