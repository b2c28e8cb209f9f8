"""Values that do not show what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.pretty import pretty_repr

from upstox_browser_login.files.dotenv import _Found
from upstox_browser_login.http import Reply
from upstox_browser_login.oauth import Redirect
from upstox_browser_login.page.job import Account
from upstox_browser_login.settings.deferred import Deferred
from upstox_browser_login.settings.env_file import EnvFile
from upstox_browser_login.settings.places import Place
from upstox_browser_login.totp import Seed, SeedSource


@pytest.mark.parametrize(
    "value",
    [
        Account("held1", "held2", "held3"),
        Seed("held4"),
        SeedSource(Seed("held5")),
        Redirect("held6", "held7", None),
        Deferred("command", "UPSTOX_PIN_CODE_COMMAND", "held8", "UPSTOX_PIN_CODE"),
        EnvFile(Path(".env"), chosen=True, variables={"UPSTOX_PIN_CODE": "held9"}),
        Place("the environment", {"UPSTOX_PIN_CODE": "held10"}),
        _Found(Path(".env"), b"UPSTOX_PIN_CODE=held11"),
        Reply(200, {"set-cookie": "held12"}, b"held13"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_neither_python_nor_rich_shows_it(value: object) -> None:
    assert "held" not in repr(value)
    assert "held" not in pretty_repr(value)
    assert "held" not in pretty_repr({"inside": [value]})
