"""The published JSON Schemas: whole, valid, and with a shape for every command.

That what the commands print is of these shapes is checked wherever a test asks for JSON
(`tests/cli/conftest.py`).
"""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.shapes import SCHEMAS, check_shape
from upstox_browser_login.cli.app import whole
from upstox_browser_login.settings import Settings, variable

NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json"))


def shapes() -> Any:
    """docs/shapes.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("shapes", SCHEMAS.parent / "shapes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["shapes"] = module
    spec.loader.exec_module(module)
    return module


def commands(group: Any, before: str = "") -> Iterator[str]:
    for name, each in group.commands.items():
        path = f"{before}{name}"
        yield from commands(each, f"{path} ") if hasattr(each, "commands") else (path,)


def test_every_command_has_a_shape() -> None:
    """A command that prints JSON and is not described would be found here."""
    known = shapes()
    missing = {*commands(whole())} - {*known.COMMANDS} - known.NO_JSON
    assert missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_schema(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]


def test_every_setting_is_described() -> None:
    schema = json.loads((SCHEMAS / "settings.json").read_text("utf-8"))
    named = {variable(name) for name in Settings.model_fields if name != "profile"}
    assert set(schema["properties"]) == named
    assert all(each["description"] for each in schema["properties"].values())


def test_no_default_of_a_secret_or_of_this_machine_is_published() -> None:
    text = (SCHEMAS / "settings.json").read_text("utf-8")
    assert "**" not in text
    assert str(Path.home()) not in text


GOOD: dict[str, Any] = {
    "version": 1,
    "command": "totp",
    "ok": True,
    "exit_code": 0,
    "data": {"code": "123456", "seconds_left": 7},
    "error": None,
}


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("data", "code", 123456),
        ("data", "more", 1),
        ("data", "seconds_left", None),
        ("", "version", 2),
        ("", "error", "it failed"),
    ],
)
def test_the_check_would_find_another_shape(where: str, key: str, value: object) -> None:
    check_shape(GOOD)
    wrong = copy.deepcopy(GOOD)
    (wrong[where] if where else wrong)[key] = value
    with pytest.raises(jsonschema.ValidationError):
        check_shape(wrong)
