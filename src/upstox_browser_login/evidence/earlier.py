"""Writes into a trace what happened before it began: the steps and the requests, with their times.

A login that goes well is not traced, since tracing costs as much as the login. So a trace begins
late, and its first part is written here from what was kept in memory.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from .report import Request

MEMBER = "trace.trace"


class Step(Struct):
    """A step of the login, by seconds since its start; `ended` is None while it goes on."""

    name: str
    began: float
    ended: float | None = None


def write_into(
    trace: Path, began: float, steps: Sequence[Step], requests: Sequence[Request]
) -> None:
    """Write `steps` and `requests` into `trace`, which began `began` seconds after the login.

    Raises `OSError`, `zipfile.BadZipFile`, and `ValueError` for a trace of an unknown kind.
    """
    written = trace.with_name(f"with-steps-{trace.name}")
    with zipfile.ZipFile(trace) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(
                member, _with(data, began, steps, requests) if member.filename == MEMBER else data
            )
    written.replace(trace)


def _with(data: bytes, began: float, steps: Sequence[Step], requests: Sequence[Request]) -> bytes:
    first, _, rest = data.decode("utf-8", "replace").partition("\n")
    options = json.loads(first)
    zero = float(options["monotonicTime"]) - began * 1000
    events = sorted(
        _events(steps, requests, zero), key=lambda event: event.get("startTime") or event["endTime"]
    )
    lines = [first, *(json.dumps(event) for event in events), rest]
    return "\n".join(lines).encode("utf-8", "replace")


def _events(
    steps: Sequence[Step], requests: Sequence[Request], zero: float
) -> Iterator[dict[str, Any]]:
    """The events of a trace; its clock showed `zero` milliseconds when the login began."""
    last = max([0.0, *(each.ended or each.began for each in steps)])
    for number, step in enumerate(steps):
        ended = last if step.ended is None else step.ended
        yield from _call(f"step@{number}", step.name, zero, (step.began, ended))
    for number, request in enumerate(requests):
        if request.at is None:
            continue
        parent = next(
            (n for n, step in reversed(list(enumerate(steps))) if step.began <= request.at), None
        )
        end = request.at + (request.seconds or 0.0)
        yield from _call(
            f"request@{number}",
            request.line,
            zero,
            (request.at, end),
            None if parent is None else f"step@{parent}",
        )


def _call(
    name: str, title: str, zero: float, span: tuple[float, float], parent: str | None = None
) -> Iterator[dict[str, Any]]:
    start, end = (round(max(0.0, zero + seconds * 1000), 3) for seconds in span)
    before = {
        "type": "before",
        "callId": name,
        "startTime": start,
        "title": title,
        "class": "Step",
        "method": "step",
        "params": {},
    }
    yield before if parent is None else {**before, "parentId": parent}
    yield {"type": "after", "callId": name, "endTime": end}
