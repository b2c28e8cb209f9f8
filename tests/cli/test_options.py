"""Options are those of the settings, with their limits."""

from __future__ import annotations

from typing import get_args

import pytest

from upstox_browser_login.cli.app import whole
from upstox_browser_login.cli.options import LOGIN
from upstox_browser_login.settings import Settings

from .conftest import Call


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
