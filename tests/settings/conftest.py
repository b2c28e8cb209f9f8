"""What the tests of single rooms of the settings share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"

VALUES = {
    "username": "9876501234",
    "pin_code": "024680",
    "totp_secret": SEED,
    "totp_command": "pass otp upstox",
    "client_id": "5d0e8e2c-7f0b",
    "client_secret": "r3pl1cas3cret",
    "redirect_uri": "https://callback.invalid/upstox?tenant=7",
    "password": "correct horse 7",
    "debug": "true",
    "sleep_time": "1000",
    "timeout": "90",
    "headed": "true",
    "trace": "off",
    "trace_dir": "evidence",
    "state_dir": str(Path("/var/lib/upstox").absolute()),  # with a drive, on Windows
    "token_store": "sqlite:///tokens.db",
    "browser_path": "/usr/bin/chromium",
    "browser_channel": "chrome",
    "browser_url": "ws://127.0.0.1:3000/",
    "browser_headers": "Authorization: Bearer h34der",
    "browser_args": "--mute-audio --lang=en",
    "notify_urls": "json://127.0.0.1:8000/hook",
    "notify_on": "always",
    "after_login": "restart strategy",
    "proxy": "http://user:pr0xypass@proxy.example:3128",
    "secrets_dir": "/",
    "page_file": "page.toml",
    "api_base_url": "http://127.0.0.1:8000",
    "allow_untrusted_origin": "true",
}
"""One good value of every setting, as it stands in a file."""

SETTABLE = [name for name in Settings.model_fields if name != "profile"]

Refusal = Callable[..., str]


def refused(**values: Any) -> ConfigurationError:
    """The error of settings that break a rule."""
    with pytest.raises(ConfigurationError) as caught:
        Settings(**values).refuse_unusable(*NOT_FOR_A_LOGIN)
    error = caught.value
    assert error.exit_code == 3
    assert error.code == "CONFIGURATION"
    assert error.__cause__ is None
    return error


@pytest.fixture
def refusal() -> Refusal:
    """What is told of settings that break a rule, without the hint."""
    return lambda **values: refused(**values).message


@pytest.fixture(autouse=True)
def careful_user() -> Iterator[None]:
    """Whose files nobody else may read, so that no test but one is warned of that."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def nothing_fetched() -> None:
    forget_fetched()
