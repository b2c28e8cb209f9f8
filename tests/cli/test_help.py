"""The help of the program and of every command."""

from __future__ import annotations

import pytest

from .commands import COMMANDS
from .conftest import Call


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_the_common_options_and_none_for_a_secret(
    call: Call, command: tuple[str, ...]
) -> None:
    done = call(*command, "--help")
    assert done.status == 0
    assert done.err == ""
    assert f"upstox-browser-login {command[0]}" in done.out.partition("xample")[2]
    for option in ("--env-file", "--profile", "--format", "--debug", "--help"):
        assert option in done.out
    for option in ("--pin", "--totp-secret", "--client-secret", "--password", "--username"):
        assert option not in done.out


def test_the_program_s_own_help_groups_the_commands(call: Call) -> None:
    done = call("--help")
    assert done.status == 0
    for panel in ("Get a token", "Use it", "Look and mend", "The manual way"):
        assert f"\n{panel}\n" in done.out
    assert all(f"\n  {command[0]} " in done.out for command in COMMANDS)
    assert max(map(len, done.out.splitlines())) <= 80


def test_without_arguments_there_is_help(call: Call) -> None:
    for argv in ((), ("traces",)):
        done = call(*argv)
        assert done.status == 2
        assert "Usage: " in done.out
        assert "error" not in done.err


NARROW = (["--help"], ["token", "--help"], ["service", "install", "--help"])


@pytest.mark.parametrize("words", NARROW)
def test_help_fits_a_narrow_terminal(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """But for examples, which are copied as they stand, and for names of options."""
    monkeypatch.setenv("COLUMNS", "40")
    lines = call(*words).out.splitlines()
    long = [line for line in lines if len(line) > 40 and "upstox-browser-login" not in line]
    assert [line for line in long if not line.startswith("  --")] == []


def test_a_narrow_help_says_the_same(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    for columns in ("100", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        texts.append(sorted(call("token", "--help").out.split()))
    assert texts[0] == texts[1]
    monkeypatch.setenv("COLUMNS", "40")
    assert (
        "  --page-file PATH\n    A TOML file that adds to what is\n" in call("token", "--help").out
    )
