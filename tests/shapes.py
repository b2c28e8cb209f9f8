"""What the commands print, held against the published JSON Schemas."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).parent.parent / "docs" / "schemas"


def check_shape(value: dict[str, Any]) -> None:
    """The object of a command is as the schemas say, and `data` has no key that they leave out."""
    validator("envelope").validate(value)
    if value["data"] is not None:
        validator(value["command"].replace(" ", "-")).validate(value["data"])


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Of the schema of that name; stricter than what is published, which lets keys be added."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    for each in (schema, *schema.get("$defs", {}).values()):
        if "properties" in each:
            each.setdefault("additionalProperties", False)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
