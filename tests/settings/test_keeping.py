"""Settings that are kept for a person."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from upstox_browser_login.programs import join_command
from upstox_browser_login.settings.keeping import Kept, problem_with
from upstox_browser_login.settings.names import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_could_not_be_run_is_no_answer(name: str) -> None:
    """No login would begin with it."""
    assert problem_with(name, join_command([sys.executable, "-c", "1"])) is None
    assert "is not there" in str(problem_with(name, "no-such-program now"))
    assert "quote" in str(problem_with(name, "restart 'my box"))


def test_what_an_env_file_cannot_hold_is_no_answer() -> None:
    """It is told with the question, and not when all of them were answered."""
    assert problem_with("password", "a b") is None
    assert "cannot be printed" in str(problem_with("password", "a\xa0b"))


def test_a_mobile_number_is_kept_as_its_digits(tmp_path: Path) -> None:
    """Other programs that read the file know no other spelling."""
    path = tmp_path / "a.env"
    Kept(path, chosen=True).keep(
        {"username": "+91 98765-01234", "client_id": "an-app"}, keyring=False
    )
    assert path.read_text("utf-8").splitlines() == [
        "UPSTOX_USERNAME=9876501234",
        "UPSTOX_CLIENT_ID=an-app",
    ]
