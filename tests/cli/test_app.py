"""All commands of the program."""

from __future__ import annotations

from tests.cli.commands import COMMANDS


def test_the_commands_are_those_of_the_plan() -> None:
    assert {" ".join(each) for each in COMMANDS} == {
        "login",
        "generate-token",
        "token",
        "exec",
        "profile",
        "funds",
        "status",
        "logout",
        "unlock",
        "auth-url",
        "exchange",
        "check-env",
        "totp",
        "configure",
        "doctor",
        "install-browser",
        "traces list",
        "traces show",
        "traces prune",
        "refresh",
        "service install",
        "service uninstall",
        "service show",
        "service status",
        "demo",
        "replica",
        "request-token",
        "accounts list",
        "accounts remove",
        "record",
        "replay",
    }
