"""Commands that messages quote: they get the options that lead to the same account and places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ACCOUNT = ("env_file", "profile")
"""Of every command. One that a message names by itself is meant as it is."""

_PLACES = (
    "state_dir",
    "token_store",
    "trace_dir",
    "secrets_dir",
    "client_id",
    "redirect_uri",
    "api_base_url",
)
"""Of some commands."""

_SQLITE = "sqlite:///"


def account_options(given: Mapping[str, Any]) -> list[str]:
    """The words that choose the same account from every folder."""
    return _words(given, _ACCOUNT)


def with_options(quoted: str, given: Mapping[str, Any]) -> str:
    """A command with those options of `given` that it takes, as long as it means what they chose.

    Paths are in full: a message may be read elsewhere, as that of a service is.
    """
    from upstox_browser_login.programs import join_command

    if quoted.endswith(" --help"):
        return quoted
    quoted, *behind = quoted.split(" -- ", 1)  # what follows is another program's
    added = []
    if not any(_option(each) in quoted for each in _ACCOUNT):
        added += account_options(given)
    places = [name for name in _PLACES if given.get(name) and _option(name) not in quoted]
    if places:
        known = _taken_by(quoted)
        added += _words(given, [name for name in places if name in known])
    return " -- ".join([" ".join(filter(None, [quoted, join_command(added)])), *behind])


def _words(given: Mapping[str, Any], names: tuple[str, ...] | list[str]) -> list[str]:
    named = {name: given.get(name) for name in names}
    return [
        word
        for name, value in named.items()
        if value is not None
        # A relative state folder is refused, and the command is to say so as well.
        for word in (_option(name), str(value) if name == "state_dir" else _from_anywhere(value))
    ]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _from_anywhere(value: Any) -> str:
    """A value as it means the same in every folder."""
    from upstox_browser_login.files.paths import in_full

    if isinstance(value, Path) and not str(value).startswith("~"):
        return str(in_full(value))
    text = str(value)
    path = text.removeprefix(_SQLITE)
    if path in {text, ""} or path.startswith("~"):
        return text
    return f"{_SQLITE}{in_full(Path(path))}"


def _taken_by(quoted: str) -> set[str]:
    """The names of the options that a command takes."""
    from .app import whole

    command = whole()
    for word in quoted.split()[1:]:
        if not hasattr(command, "commands"):
            break
        command = command.commands.get(word)
    return {each.name for each in getattr(command, "params", ())}
