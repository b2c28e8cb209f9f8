"""The files below ``static/``, filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files

from starlette.responses import HTMLResponse

_HOLE = re.compile(r"\{\{(\w+)\}\}")
_CLASS = re.compile(r"\bk-[a-z]+(?:-[a-z]+)*\b")
_SCRIPTS = (
    "texts",
    "dom",
    "network",
    "toasts",
    "chrome",
    "state",
    "mobile",
    "otp",
    "pin",
    "after",
    "app",
)


@cache
def static(name: str) -> str:
    """Return the text of the file *name*."""
    return files(__package__).joinpath("static", *name.split("/")).read_text("utf-8")


def page(name: str, **values: str) -> str:
    """Return the page *name* with ``{{holes}}`` filled as they are given, unescaped."""
    return _HOLE.sub(lambda hole: values[hole[1]], static(name))


def gateway_page(status: int) -> HTMLResponse:
    """Return what a gateway says for itself, with *status*."""
    reason = next((each.phrase for each in HTTPStatus if each == status), "Error")
    return HTMLResponse(page("gateway.html", status=str(status), reason=reason), status)


def bundle() -> str:
    """Return the app's scripts as one, the way a bundler would deliver them."""
    body = "\n".join(static(f"js/{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


@cache
def wording(name: str) -> dict[str, str]:
    """Return a full set of other texts for the page."""
    texts: dict[str, dict[str, str]] = json.loads(static("wordings.json"))
    return texts[name]


def generated(text: str, class_name: Callable[[str], str]) -> str:
    """*text* with every ``k-…`` class name as this run calls it."""
    return _CLASS.sub(lambda match: class_name(match[0]), text)
