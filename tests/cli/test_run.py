"""What of the program is loaded, and in which order its commands are shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from upstox_browser_login.cli import run
from upstox_browser_login.cli.app import app
from upstox_browser_login.redaction import redactor

from .conftest import python_path

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


def test_no_plugin_of_pydantic_sees_the_settings(tmp_path: Path) -> None:
    """Such a plugin is told of each value that is checked, and the PIN is one."""
    told = tmp_path / "loaded"
    (tmp_path / "spy.py").write_text(f"open({str(told)!r}, 'w').close()\nplugin = None\n")
    info = tmp_path / "spy-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[pydantic]\nspy = spy:plugin\n")
    env = {**os.environ, "PYTHONPATH": python_path(tmp_path)}
    plain = [sys.executable, "-c", "import pydantic\nclass M(pydantic.BaseModel): pass"]
    subprocess.run(plain, capture_output=True, check=False, env=env)
    assert told.exists()
    told.unlink()
    ours = [sys.executable, "-m", "upstox_browser_login", "check-env"]
    done = subprocess.run(ours, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
    assert "UPSTOX_PIN_CODE" in done.stdout
    assert not told.exists()


def test_what_the_system_refuses_is_told_in_its_words() -> None:
    """And not as a fault of the program, to be reported."""
    error = run._unexpected(PermissionError(13, "Permission denied", "some/../file"))
    assert error.message == f"{Path.cwd() / 'file'}: Permission denied."
    assert error.hint.startswith("See that this user may read and write it")
    for raised in (OSError("no path"), ValueError("odd")):
        assert "report it" in run._unexpected(raised).hint


def test_an_error_that_is_cut_holds_no_half_of_a_secret() -> None:
    secret = "Gk3v-9tYpQ2w-Xc7Lr5-0aMd"
    redactor.register(secret, "password")
    raised = ValueError("x" * (run.UNEXPECTED_CHARACTERS - 22) + secret)
    assert secret[:4] not in run._unexpected(raised).message
