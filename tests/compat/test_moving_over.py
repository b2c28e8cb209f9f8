"""docs/moving-over.md promises nothing that is not there."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compat.conftest import World

TEXT = (Path(__file__).parents[2] / "docs/moving-over.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
INLINE = re.findall(r"`(from upstox_browser_login import [^`]+)`", TEXT)


@pytest.mark.parametrize("code", BLOCKS + INLINE)
def test_what_it_imports_is_there(code: str) -> None:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module == "upstox_browser_login":
            module = importlib.import_module(node.module)
            assert {each.name for each in node.names} <= set(module.__all__)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("code", BLOCKS)
def test_its_examples_run(code: str, world: World) -> None:
    world.env_file(Path(".env"))
    exec(code.replace("https://api.upstox.com", world.replica.api_url), {})  # noqa: S102


def test_its_commands_are_there() -> None:
    named = set(re.findall(r"upstox-browser-login(?:\.exe)? ([a-z-]+)", TEXT))
    shown = subprocess.run(
        [sys.executable, "-m", "upstox_browser_login.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    commands = set(re.findall(r"^  ([a-z][a-z-]+) ", shown.stdout, re.MULTILINE))
    assert named <= commands, named - commands
    assert {"token", "check-env", "exchange"} <= named
