"""What a person is told of settings that are missing or break a rule; a value is never told."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.paths import is_file, why_unseen

from .env_file import EnvFile
from .names import (
    ACCOUNT,
    COMMAND,
    FILE,
    KEYRING,
    NEEDED_FOR_LOGIN,
    OF_THE_FILE_FIRST,
    PREFIX,
    SHELL_QUOTED,
    variable,
)
from .values import DirtError, cause_in

NEXT_RULE = "\n"
"""Stands between two rules of several settings that are broken at once."""


def is_of(setting: FieldInfo, kind: type) -> bool:
    """Whether a setting is of this type, or may be."""
    return kind in {setting.annotation, *get_args(setting.annotation)}


def error_of_rules(
    problems: Mapping[str, str], together: Iterable[str] = (), *, given: Collection[str] = ()
) -> ConfigurationError:
    """The error of settings that break a rule: each by itself, or several `together`.

    `given` are those that were not read from anywhere, which `check-env` knows nothing of.
    """
    together = [*together]
    each_alone = (f"{name}: {problem}" for name, problem in problems.items())
    alone = not together and set(problems) <= set(given)
    return ConfigurationError(
        f"Settings that break a rule: {'; '.join([*each_alone, *together])}.",
        hint=f"Correct {' and '.join(problems)}." if alone else None,
    )


def where_to_set(env_file: EnvFile, names: Collection[str]) -> str:
    """Where a person is to set these settings, and which command asks for them."""
    file = env_file.path
    where = str(file)
    if not env_file.chosen or not set(names) <= set(ACCOUNT):
        where = f"the environment or in {where}"
    # Nothing can be kept in a pipe.
    other = why_unseen(file) is None and not is_file(file)
    return where if other else f"{where} ({_asked_for(names)})"


def where_to_correct(env_file: EnvFile, names: Collection[str]) -> str:
    """As `where_to_set`, of settings that have a value, which the environment alone may decide."""
    in_file_first = (*ACCOUNT, *OF_THE_FILE_FIRST) if env_file.chosen else ()
    ways = ("", FILE, COMMAND, KEYRING)
    for name in names:
        given = any(os.environ.get(f"{variable(name)}{way}") for way in ways)
        if name in in_file_first or not given:
            return where_to_set(env_file, names)
    return "the environment"


def _asked_for(names: Collection[str]) -> str:
    """Which command asks for these settings: without a name it asks for what each login needs."""
    if set(names) <= set(NEEDED_FOR_LOGIN):
        return "`upstox-browser-login configure` asks for each"
    if len(names) == 1:
        return f"`upstox-browser-login configure {variable(*names)}` asks for it"
    return "`upstox-browser-login configure NAME` asks for one of them"


def named_in(rule: str) -> list[str]:
    """The settings that a rule is about."""
    names = re.findall(rf"{PREFIX}[A-Z_]+", rule)
    return [name for name in names if name != variable("allow_untrusted_origin")]  # the way out


def problems_of(error: ValidationError, fields: Mapping[str, FieldInfo]) -> dict[str, str]:
    """Setting and broken rule, for each finding of pydantic, without the value."""
    problems = {}
    for each in error.errors(include_url=False):
        field = str(each["loc"][0]) if each["loc"] else None
        name = "settings" if field is None else variable(field)
        dirt = isinstance(each.get("ctx", {}).get("error"), DirtError)
        rule = None if dirt else _rule_of(each["type"], fields.get(field or ""))
        text = rule or each["msg"].removeprefix("Value error, ")
        text = text.replace("Input should be", "must be", 1)
        text = text[0].lower() + text[1:] if not text.startswith(PREFIX) else text
        if (
            field is not None
            and not dirt
            and field not in _SPACED
            and not is_of(fields[field], Path)
        ):
            text = "; ".join(filter(None, [text, cause_in(each["input"])]))
        problems[name] = text
    return problems


_SPACED = {*SHELL_QUOTED, "totp_secret", "browser_headers", "notify_urls"}
"""What may have spaces, as a path may; a seed tells by itself what else is odd about it."""


def _rule_of(kind: str, setting: FieldInfo | None) -> str | None:
    """The rule in our words, where pydantic's are those of a programmer."""
    if kind in {"bool_parsing", "bool_type"}:
        return "must be true or false"
    if setting is None:
        return None
    if kind == "literal_error":
        # As a person types them: without quotes.
        *words, last = get_args(setting.annotation)
        return f"must be {', '.join(words)} or {last}"
    limits = {type(each).__name__: each for each in setting.metadata}
    if "Ge" not in limits or "Le" not in limits:
        return None
    number = "a number" if setting.annotation is float else "a whole number"
    return f"must be {number}, {limits['Ge'].ge} to {limits['Le'].le}"
