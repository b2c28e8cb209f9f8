"""The screens that end a login: each has a step, an ending and a message."""

from __future__ import annotations

from typing import get_args

import pytest

from upstox_browser_login.errors import Step
from upstox_browser_login.page.states.screens import PATHS, SCREENS, Screen
from upstox_browser_login.page.states.screens import screen as screen_of
from upstox_browser_login.page.words import ENDINGS


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_ends_a_login(screen: Screen) -> None:
    assert screen.step in get_args(Step)
    assert screen_of(screen.name) is screen
    assert screen.meaning in ENDINGS
    assert screen.message.endswith(".")


def test_names_are_unique_and_addresses_lead_to_screens_that_end_a_login() -> None:
    names = [each.name for each in SCREENS]
    assert len(set(names)) == len(names)
    for path, name in PATHS:
        assert path.startswith("/")
        assert name in names
