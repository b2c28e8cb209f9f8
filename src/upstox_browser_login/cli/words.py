"""Times and tables as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from upstox_browser_login.printable import one_line
from upstox_browser_login.redaction import redactor
from upstox_browser_login.token import IST


def span(seconds: float) -> str:
    """A duration: "3 days", "9 h 12 min", "12 min", "45 s"."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours < 48 else f"{hours // 24} days"


def at(moment: datetime) -> str:
    """A time in India, and by the machine's own zone where that is another."""
    india, here = moment.astimezone(IST), moment.astimezone()
    text = f"{india:%H:%M} IST on {india:%a} {india.day} {india:%b}"
    if here.utcoffset() == india.utcoffset():
        return text
    day = "" if here.date() == india.date() else f" on {here:%a} {here.day} {here:%b}"
    return f"{text} ({here:%H:%M %Z}{day} here)"


def dies(expires_at: datetime, now: datetime) -> str:
    """When a token dies, or that it has died."""
    left = (expires_at - now).total_seconds()
    if left <= 0:
        return f"died at {at(expires_at)}, {span(-left)} ago"
    return f"dies at {at(expires_at)}, in {span(left)}"


def table(rows: Iterable[Sequence[str]], *, indent: str = "") -> list[str]:
    """Columns of text, two spaces apart. No cell can begin a line of its own."""
    lines = [[_shortened(one_line(cell)) for cell in row] for row in rows]
    if not lines:
        return []
    widths = [max(len(row[i]) for row in lines) for i in range(len(lines[0]))]
    return [
        indent
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in lines
    ]


def fields(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Names and values, aligned; what is not known shows as a dash."""
    return table([(f"{name}:", _value(value)) for name, value in pairs])


def plain_fields(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Names and values, a line each, not aligned; true and false as Python writes them."""
    return [
        f"{name}: {_shortened(one_line(str(value) if isinstance(value, bool) else _value(value)))}"
        for name, value in pairs
    ]


_LONGEST = 4_000
"""Characters of one value. Only a hostile answer has more."""


def _value(value: object) -> str:
    if value is None or value in ("", (), []):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(one_line(str(each)) for each in value)
    return str(value)


def _shortened(text: str) -> str:
    """`text`, its end left out where it is too long; a cut may not hide half a secret."""
    if len(text) <= _LONGEST:
        return text
    return f"{redactor.redact(text)[:_LONGEST]}…"


def iso_local(moment: datetime) -> str:
    """A time in India, whole: "2026-10-07 03:30:00 IST"."""
    return f"{moment.astimezone(IST):%Y-%m-%d %H:%M:%S} IST"
