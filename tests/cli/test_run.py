"""What of the program is loaded, and in which order its commands are shown."""

from __future__ import annotations

import subprocess
import sys

import pytest

from upstox_browser_login.cli import run
from upstox_browser_login.cli.app import app

ALONE = """
import sys
from upstox_browser_login.cli.run import main
status = main([sys.argv[1], "--help"])
print(status, sorted(name for name in sys.modules if name.startswith("upstox_browser_login.cli")))
"""


@pytest.mark.parametrize("command", sorted(run._BY_ITSELF))
def test_a_command_that_is_run_often_is_in_the_file_that_is_loaded_for_it(command: str) -> None:
    found = {each.name: each.callback for each in app.registered_commands}[command]
    assert found is not None
    assert found.__module__ == f"upstox_browser_login.cli.{run._BY_ITSELF[command]}"


def test_a_login_loads_no_other_command() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "login"], capture_output=True, text=True, check=True
    )
    told = done.stdout.splitlines()
    assert told[0].startswith("Usage: upstox-browser-login login")
    assert told[-1].startswith("0 ")
    assert "upstox_browser_login.cli.login" in told[-1]
    assert "upstox_browser_login.cli.service" not in told[-1]


def test_the_order_of_the_commands_is_that_of_the_files() -> None:
    """Also where one was run by itself before the others were loaded."""
    code = (
        "from upstox_browser_login.cli.run import main\n"
        "main(['exec', '--help'])\n"
        "from upstox_browser_login.cli.app import app\n"
        "print([each.name for each in app.registered_commands][:4])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first = "['configure', 'login', 'generate-token', 'token']"
    assert done.stdout.splitlines()[-1] == first
