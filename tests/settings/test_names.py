"""What the settings are called, and which of them belong together."""

from __future__ import annotations

import pytest

from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.names import (
    ACCOUNT,
    ADDRESSES,
    COMMANDS,
    CREDENTIALS,
    NEEDED_BY_HAND,
    NEEDED_FOR_LOGIN,
    NEEDED_FOR_TOKEN_KEY,
    NOT_FOR_A_LOGIN,
    OF_THE_FILE_FIRST,
    SHELL_QUOTED,
    keeps,
    runs_or_routes,
    variable,
)


def test_a_variable_is_the_name_in_capitals() -> None:
    assert variable("pin_code") == "UPSTOX_PIN_CODE"


@pytest.mark.parametrize(
    "names",
    [
        *(ACCOUNT, ADDRESSES, COMMANDS, CREDENTIALS, NEEDED_BY_HAND, NEEDED_FOR_LOGIN),
        *(NEEDED_FOR_TOKEN_KEY, NOT_FOR_A_LOGIN, OF_THE_FILE_FIRST, SHELL_QUOTED),
    ],
)
def test_every_name_is_a_setting(names: tuple[str, ...]) -> None:
    assert set(names) <= Settings.model_fields.keys()
    assert len(set(names)) == len(names)


def test_what_a_credential_needs_is_of_the_account() -> None:
    assert set(CREDENTIALS) <= set(ACCOUNT)
    assert set(NEEDED_FOR_TOKEN_KEY) <= set(NEEDED_BY_HAND) <= set(NEEDED_FOR_LOGIN)


@pytest.mark.parametrize(
    ("name", "runs", "stays"),
    [
        ("browser_path", True, False),
        ("totp_command", True, False),
        ("api_base_url", True, False),
        ("proxy", True, False),
        ("token_store", False, True),
        ("state_dir", False, True),
        ("timeout", False, False),
        ("pin_code", False, False),
    ],
)
def test_what_runs_a_program_and_what_says_where_things_are_kept(
    name: str, *, runs: bool, stays: bool
) -> None:
    assert (runs_or_routes(name), keeps(name)) == (runs, stays)
