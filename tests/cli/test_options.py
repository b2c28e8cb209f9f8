"""The options of all commands beside one another: what one takes, its neighbours take as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from upstox_browser_login.cli.app import whole
from upstox_browser_login.cli.options import LOGIN
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

from .conftest import Call


def options() -> dict[str, set[str]]:
    """Every command, with the names of its options."""
    found: dict[str, set[str]] = {}

    def walk(command: Any, path: str) -> None:
        if hasattr(command, "commands"):
            for name, each in command.commands.items():
                walk(each, f"{path} {name}".strip())
        else:
            found[path] = {option for each in command.params for option in each.opts}

    walk(whole(), "")
    return found


def test_who_looks_for_a_token_can_be_told_where_and_whose() -> None:
    table = options()
    for name, taken in table.items():
        if "--token-store" in taken:
            assert "--state-dir" in taken, name
        # `configure` writes a file of its own, and a folder of secrets is one account's alone.
        if "--token-store" in taken and name.partition(" ")[0] not in {"configure", "accounts"}:
            assert "--secrets-dir" in taken, name
    assert "--secrets-dir" in table["totp"]


def test_a_service_is_named_alike_by_all_commands_about_it() -> None:
    table = options()
    for name in ("install", "uninstall", "show", "status"):
        assert {"--for", "--system", "--profile"} <= table[f"service {name}"], name


def test_an_account_of_a_folder_is_used_by_all_that_use_tokens(
    upstox: Replica,
    ask: Call,
    code: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    for name, value in upstox.settings().items():
        if name != "UPSTOX_API_BASE_URL":
            (folder / name.lower()).write_text(value)
            (folder / name.lower()).chmod(0o600)
            monkeypatch.delenv(name)
    given = ("--secrets-dir", folder)
    assert ask("status").code == "CONFIGURATION"
    assert ask("auth-url", *given).status == 0
    assert ask("exchange", *given, code()).status == 0
    assert ask("status", *given).data["logged_in"] is True
    for command in ("token", "profile", "funds", "totp", "logout"):
        assert ask(command, *given).status == 0, command
    assert ask("unlock", *given).data == {"lifted": None}


@pytest.mark.parametrize("name", ["timeout", "sleep_time"])
def test_an_option_has_the_limits_of_its_setting(name: str) -> None:
    """They are written twice, since `--help` does not wait for the settings to be imported."""
    option = get_args(LOGIN[name])[1]
    limits = {type(each).__name__: each for each in Settings.model_fields[name].metadata}
    assert (option.min, option.max) == (limits["Ge"].ge, limits["Le"].le)


def test_options_are_called_as_their_settings() -> None:
    """So that the name of the one is found from that of the other."""
    from upstox_browser_login.cli.options import LOGIN, OFF, typed

    login = whole().commands["login"]
    known = {word for each in login.params for word in (*each.opts, *each.secondary_opts)}
    assert set(typed(dict.fromkeys(LOGIN, "x")).values()) <= known
    assert set(OFF.values()) <= known


def test_an_address_with_a_password_is_no_option(call: Call) -> None:
    done = call("status", "--token-store", "redis://:hunter22@localhost")
    assert done.status == 2
    assert "hunter22" not in done.out + done.err
    done = call("login", "--browser-url", "wss://chrome.example?token=abcdef")
    assert done.status == 2
    assert "abcdef" not in done.out + done.err
