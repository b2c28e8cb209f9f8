"""Every command of the program, by the words that call it."""

from __future__ import annotations

from upstox_browser_login.cli.app import whole


def _commands() -> list[tuple[str, ...]]:
    group = whole()
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", {})
        found += [(name, each) for each in below] or [(name,)]
    return found


COMMANDS = _commands()
