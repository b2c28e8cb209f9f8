"""What is done to every value before its rule is checked: cleaned, and `~` expanded.

`prepared` is the one way in: the model sends every value of every setting through it, wherever the
value came from. No message quotes a value, not even in part.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from upstox_browser_login.programs import join_command, split_command

from .names import COMMANDS, SHELL_QUOTED

# Zero-width characters, soft hyphens, direction marks and byte order marks, as they come along
# with a text that was copied from a web page, a chat or an editor.
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DIRT = rf"[\s{_INVISIBLE}]+"
_AT_ENDS = re.compile(rf"\A{_DIRT}|{_DIRT}\Z")
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_IN_QUOTES = re.compile(rf"[{_QUOTES}].*[{_QUOTES}]", re.DOTALL)
_IN_FULL = "write the path in full"
_VARIABLE = re.compile(r"\$[\w{(]|%[\w()]+%")


class DirtError(ValueError):
    """A value that cannot be used as it stands, whatever the rule of its setting; says why."""


def cleaned(text: str) -> str:
    """`text` without white space and invisible characters at its ends."""
    return _AT_ENDS.sub("", text)


def prepared(name: str, value: Any, *, is_path: bool) -> Any:
    """The value of setting `name` as its rule gets it. Raises `DirtError`."""
    if isinstance(value, SecretStr):
        return SecretStr(prepared(name, value.get_secret_value(), is_path=is_path))
    if isinstance(value, Path):
        value = str(value)
    if not isinstance(value, str):
        return value
    text = cleaned(value)
    if not text:
        raise DirtError("must not be empty")
    if name not in SHELL_QUOTED:
        refuse_quotes(text)
    if is_path:
        return expanded(text)
    if name == "token_store":
        return _expanded_store(text)
    return _expanded_command(text) if name in COMMANDS else text


def prepared_path(value: Path | str) -> Path:
    """A path that is no setting by itself, such as that of an env file. Raises `DirtError`."""
    text: str = prepared("", value, is_path=True)
    return Path(text)


def refuse_quotes(text: str) -> None:
    """Raise `DirtError` for a text in quotes, of whatever kind."""
    if _IN_QUOTES.fullmatch(text):
        raise DirtError("is in quotes; leave them out")


def expanded(path: str) -> str:
    """A path with its leading `~` expanded, which no shell has done.

    Raises `DirtError` for one that begins with a variable: a folder of that name is never meant.
    """
    if _VARIABLE.match(path):
        raise DirtError(f"begins with a variable, which is not expanded here; {_IN_FULL}")
    if not path.startswith("~"):
        return path
    found = os.path.expanduser(path)  # noqa: PTH111  (Path's raises where there is no home folder)
    if found.startswith("~"):
        raise DirtError(f"begins with ~, and that home folder is not known; {_IN_FULL}")
    return found


def _expanded_store(address: str) -> str:
    """The address of a store; the path in `sqlite:///~/t.db` and `unix://~/r.sock` is expanded."""
    scheme, separator, rest = address.partition("://")
    if scheme == "sqlite" and rest.startswith("/"):
        return f"{scheme}{separator}/{expanded(rest[1:])}"
    if scheme == "unix":
        login, at, path = rest.rpartition("@")
        return f"{scheme}{separator}{login}{at}{expanded(path)}"
    return address


def _expanded_command(text: str) -> str:
    """A command line whose program may begin with `~`."""
    try:
        program, *others = split_command(text)
    except ValueError:  # a quote that is left open: the rule of the setting says so
        return text
    found = expanded(program)
    return text if found == program else join_command([found, *others])


def cause_in(value: Any) -> str | None:
    """The likely mistake in a value that breaks its rule, None if there is none."""
    text = cleaned(value.get_secret_value() if isinstance(value, SecretStr) else str(value))
    for pattern, cause in _CAUSES:
        if re.search(pattern, text):
            return cause
    return None


_CAUSES = (
    (r"[\r\n\u0085\u2028\u2029]", "there is a line break in it"),
    (rf"\A[{_QUOTES}]", "it begins with a quote"),
    (rf"[{_QUOTES}]\Z", "it ends with a quote"),
    (rf"[{_INVISIBLE}]", "there is an invisible character in it"),
    (r"\t", "there is a tab in it"),
    (r"[\x00-\x1f\x7f-\x9f]", "there is a control character in it"),
    (r"\s", "there is a space in it"),
    (r"[^\W\D0-9]", "it has digits of another script"),
)
"""Patterns of what is odd, and the words for it, the most telling first."""
