"""What happened in a login or a recording, for the terminal: steps, looks, calls and errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .words import table

MOST_CALLS = 500
"""Calls that are printed of a recording; more are those of a page that asks for ever."""

LONGEST_LINE = 2_000_000
"""Characters of a line that is read: JSON takes much more memory once it is read."""


def told(folder: Path, report: dict[str, Any]) -> list[str]:
    """The lines of the bundle in `folder`, which `report` describes."""
    calls = _recorded_calls(folder) if "format" in report else _calls(_rows(report, "requests"))
    looks = _rows(report, "looks") or _rows(report, "states")
    parts = (
        ("Steps", table(_step(each) for each in _rows(report, "steps"))),
        ("Looks", table(_look(each) for each in looks)),
        ("Calls", table(calls)),
        ("Errors", table(_seen(each) for each in _rows(report, "seen") if _is_error(each))),
        ("Left out", table(_missing(each) for each in _rows(report, "missing"))),
    )
    return [
        line for name, rows in parts if rows for line in (name, *(f"  {row}" for row in rows), "")
    ]


def _rows(report: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = report.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _seconds(value: object) -> str:
    return f"{value:.2f} s" if isinstance(value, int | float) else "-"


def _step(each: dict[str, Any]) -> tuple[str, str]:
    return str(each.get("step")), _seconds(each.get("seconds"))


def _look(each: dict[str, Any]) -> tuple[str, str, str]:
    """A state that was met, and why the page was taken for it."""
    why = each.get("why", each.get("spoke"))
    told = "; ".join(map(str, why)) if isinstance(why, list) else ""
    return _seconds(each.get("at")), str(each.get("state")), told


def _calls(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for each in rows:
        yield _seconds(each.get("at")), _seconds(each.get("seconds")), str(each.get("request"))


def _recorded_calls(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The calls of a recording, as far as they can be read."""
    with suppress(OSError), (folder / "exchanges.jsonl").open(encoding="utf-8") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), "")):
            if number >= MOST_CALLS:
                yield "", "", "…"
                return
            if len(line) > LONGEST_LINE:
                yield "-", "-", "a line that is longer than any recording's"
                return
            try:
                each = json.loads(line)
                parts = urlsplit(str(each["url"]))
            except (ValueError, LookupError, TypeError, RecursionError):
                yield "-", "-", "a line that cannot be read"
                continue
            response = each.get("response")
            status = response.get("status") if isinstance(response, dict) else each.get("failed")
            where = f"{parts.hostname}{parts.path}"
            request = f"{each.get('method', each.get('kind'))} {where} {status or '-'}"
            yield _seconds(each.get("at")), _seconds(each.get("took")), request


def _is_error(each: dict[str, Any]) -> bool:
    return str(each.get("state", "")).startswith(("complaint", "end:", "browser dialog"))


def _seen(each: dict[str, Any]) -> tuple[str, str, str]:
    return _seconds(each.get("at")), str(each.get("state")), str(each.get("detail"))


def _missing(each: dict[str, Any]) -> tuple[str, str]:
    return str(each.get("what")), str(each.get("why"))
