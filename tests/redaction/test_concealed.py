"""Values that do not show what they hold."""

from __future__ import annotations

import pytest
from rich.pretty import pretty_repr

from upstox_browser_login.oauth import Redirect
from upstox_browser_login.page.job import Account
from upstox_browser_login.settings.deferred import Deferred
from upstox_browser_login.totp import Seed, SeedSource


@pytest.mark.parametrize(
    "value",
    [
        Account("held1", "held2", "held3"),
        Seed("held4"),
        SeedSource(Seed("held5")),
        Redirect("held6", "held7", None),
        Deferred("command", "UPSTOX_PIN_CODE_COMMAND", "held8", "UPSTOX_PIN_CODE"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_neither_python_nor_rich_shows_it(value: object) -> None:
    assert "held" not in repr(value)
    assert "held" not in pretty_repr(value)
    assert "held" not in pretty_repr({"inside": [value]})
