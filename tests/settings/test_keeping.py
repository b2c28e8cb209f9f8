"""Settings that are kept for a person."""

from __future__ import annotations

import sys

import pytest

from upstox_browser_login.programs import join_command
from upstox_browser_login.settings.keeping import problem_with
from upstox_browser_login.settings.names import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_could_not_be_run_is_no_answer(name: str) -> None:
    """No login would begin with it."""
    assert problem_with(name, join_command([sys.executable, "-c", "1"])) is None
    assert "is not there" in str(problem_with(name, "no-such-program now"))
    assert "quote" in str(problem_with(name, "restart 'my box"))
