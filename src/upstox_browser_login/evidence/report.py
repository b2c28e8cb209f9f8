"""What a failed login tells of itself: its outcome, and the report of it."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from msgspec import Struct, to_builtins

from upstox_browser_login._version import __version__
from upstox_browser_login.redaction import Redactor

from .scrub import Scrubber

_ROWS = 200
_LONGEST = 400
_PASTE = (
    "Put the entries that are right, and none of the others, into a file and name it in "
    "UPSTOX_PAGE_FILE: see docs/when-the-page-changes.md."
)


class StepTime(Struct, frozen=True):
    """How long a step of the login took."""

    step: str
    seconds: float


class Seen(Struct, frozen=True):
    """A state of the page, `at` seconds after the start; `detail` is its address or its text."""

    at: float
    state: str
    detail: str


class Request(Struct, frozen=True):
    """A request of the page as "GET host/path 200", begun `at` seconds after the start."""

    line: str
    at: float | None = None
    seconds: float | None = None


class Missing(Struct, frozen=True):
    """What the evidence does not have, and why."""

    what: str
    why: str


class There(Struct, frozen=True):
    """A field or control of a page that is not known, and the page file's entry that names it."""

    what: str
    entry: str


class Outcome(Struct, frozen=True):
    """How a login, or what `subject` names, ended. `code` is "OK" or an error's.

    `looks` are the states that were recognised, each with what spoke for it, one reason after
    the other with "; " between. `page_file` are the entries of a person's own file that were in
    force, in words; `there` is what was on a page that nobody knows.
    """

    code: str
    message: str
    hint: str
    step: str | None
    upstox_code: str | None
    steps: tuple[StepTime, ...]
    seen: tuple[Seen, ...]
    versions: Mapping[str, str]
    requests: tuple[Request, ...]
    looks: tuple[Seen, ...] = ()
    page_file: tuple[str, ...] = ()
    there: tuple[There, ...] = ()
    subject: str = "Login"


def versions(browser: str | None) -> dict[str, str]:
    """Name what a report of a fault needs to say."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        playwright = version("playwright")
    except PackageNotFoundError:
        playwright = "unknown"
    return {
        "upstox-browser-login": __version__,
        "playwright": playwright,
        "browser": browser or "unknown",
        "Python": platform.python_version(),
        "OS": f"{platform.system()} {platform.release()} ({platform.machine()}, {sys.platform})",
    }


_ADDRESS = re.compile(r"((?:\b[A-Za-z][\w+.-]*://|\bwww\.)[^\s<>`|\\\"']*[^\s<>`|\\\"'.,;:!?)\]])")


class _Markdown:
    """Writes Markdown that no text of a page can break out of, and that holds no secret."""

    def __init__(self, redactor: Redactor) -> None:
        self._scrub = Scrubber(redactor).text

    def one_line(self, text: str) -> str:
        # Joined before it is scrubbed, cut after: neither may hide half a secret.
        joined = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        plain = self._scrub(joined)
        return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"

    def code(self, text: str) -> str:
        plain = self.one_line(text).replace("|", r"\|") or " "
        longest = _longest_run([plain])
        fence = "`" * (longest + 1)
        pad = " " if longest or plain.endswith("\\") else ""
        return f"{fence}{pad}{plain}{pad}{fence}"

    def prose(self, text: str) -> str:
        # An address is code: GitHub would make a link of it, and escapes in it would be copied.
        pieces = _ADDRESS.split(self.one_line(text))
        return "".join(
            self.code(piece) if number % 2 else re.sub(r"([\\`*_\[\]<>|~&!#@])", r"\\\1", piece)
            for number, piece in enumerate(pieces)
        )

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
        """A section with a table; nothing where there are no rows."""
        if not rows:
            return []
        lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows[:_ROWS]]
        more = len(rows) - _ROWS
        rest = [f"… and {more} more.", ""] if more > 0 else []
        return [f"## {title}", "", *lines, "", *rest]

    def entries(self, there: Sequence[There]) -> list[str]:
        """What was on the page, each with its entry below it, as TOML that can be pasted."""
        text = [
            line
            for each in there
            for line in (
                f"# {self.one_line(each.what)}",
                *map(self.one_line, each.entry.splitlines()),
                "",
            )
        ]
        fence = "`" * max(3, _longest_run(text) + 1)
        return [f"{fence}toml", *text[:-1], fence, ""]


def _longest_run(lines: Iterable[str]) -> int:
    """How many backticks stand side by side at the most."""
    return max((len(run) for line in lines for run in re.findall("`+", line)), default=0)


def report(
    outcome: Outcome,
    at: datetime,
    *,
    files: Sequence[str],
    missing: Sequence[Missing],
    redactor: Redactor,
) -> str:
    """Write the report, as Markdown that no text of a page can break out of."""
    to = _Markdown(redactor)
    lines = [
        *_what_happened(to, outcome, at),
        *_what_was_seen(to, outcome),
        *to.table(
            "Versions",
            ("what", "version"),
            [(to.prose(name), to.code(version)) for name, version in outcome.versions.items()],
        ),
        "## In this folder",
        "",
        *(f"- {to.code(name)}" for name in files),
        *(f"- left out: {to.prose(f'{each.what}: {each.why}')}" for each in missing),
    ]
    # Once more: the digits of a PIN may come together in what is written here, as in a date.
    return redactor.redact("\n".join(lines) + "\n")


def _what_happened(to: _Markdown, outcome: Outcome, at: datetime) -> list[str]:
    ending = "succeeded" if outcome.code == "OK" else f"failed: {to.code(outcome.code)}"
    facts = [
        ("When", to.one_line(f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")),
        ("Code", to.code(outcome.code)),
    ]
    if outcome.step:
        facts.append(("Step", to.code(outcome.step)))
    if outcome.upstox_code:
        facts.append(("Upstox's code", to.code(outcome.upstox_code)))
    lines = [f"# {to.one_line(outcome.subject)} {ending}", ""]
    lines += [f"**{name}:** {value}  " for name, value in facts]
    lines.append("")
    if outcome.message:
        lines += [f"**What happened:** {to.prose(outcome.message)}", ""]
    if outcome.hint:
        lines += [f"**What to do:** {to.prose(outcome.hint)}", ""]
    return lines


def _what_was_seen(to: _Markdown, outcome: Outcome) -> list[str]:
    steps = [(to.code(each.step), f"{each.seconds:.2f}") for each in outcome.steps]
    if steps:
        steps.append(("all", f"{sum(each.seconds for each in outcome.steps):.2f}"))
    seen = [(f"{each.at:.2f}", to.code(each.state), to.code(each.detail)) for each in outcome.seen]
    requests = [(to.code(each.line),) for each in outcome.requests]
    lines = [
        *to.table("Steps", ("step", "seconds"), steps),
        *to.table("States seen", ("at (s)", "state", "detail"), seen),
        *to.table("Requests", ("request",), requests),
    ]
    if outcome.page_file:
        lines += ["## Page file", "", *(f"- {to.prose(each)}" for each in outcome.page_file), ""]
    if outcome.there:
        lines += ["## What was on the page", "", to.prose(_PASTE), "", *to.entries(outcome.there)]
    return lines


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


SCHEMA = 1
"""Raised where a member of `report.json` changes its meaning or goes."""


def as_json(
    outcome: Outcome,
    at: datetime,
    *,
    files: Sequence[str],
    missing: Sequence[Missing],
    redactor: Redactor,
) -> str:
    """Write the report for programs, redacted like the one for people."""
    scrub = Scrubber(redactor).text

    def cut(text: str | None) -> str | None:
        plain = scrub(text or "")
        return None if text is None else plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"

    def rows(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {key: cut(value) if isinstance(value, str) else value for key, value in each.items()}
            for each in islice(values, _ROWS)
        ]

    looks = islice(outcome.looks, _ROWS)
    data = {
        "schema": SCHEMA,
        "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "code": cut(outcome.code),
        "step": cut(outcome.step),
        "upstox_code": cut(outcome.upstox_code),
        "message": cut(outcome.message),
        "hint": cut(outcome.hint),
        "steps": rows(to_builtins(each) for each in outcome.steps),
        "seen": rows({**to_builtins(each), "at": round(each.at, 3)} for each in outcome.seen),
        "looks": [
            {
                "at": round(each.at, 3),
                "state": cut(each.state or "unknown"),
                "why": [cut(reason) for reason in each.detail.split("; ") if reason],
            }
            for each in looks
        ],
        "requests": rows(
            {"at": _rounded(each.at), "seconds": _rounded(each.seconds), "request": each.line}
            for each in outcome.requests
        ),
        "page_file": [cut(each) for each in outcome.page_file],
        "there": rows(to_builtins(each) for each in outcome.there),
        "versions": {cut(name): cut(version) for name, version in outcome.versions.items()},
        "files": list(files),
        "missing": rows(to_builtins(each) for each in missing),
    }
    # Its own numbers and dates as well: the digits of a PIN may come together in them.
    text = json.dumps(redactor.redact_data(data), indent=2, ensure_ascii=False)
    if redactor.knows(text):
        text = json.dumps({"schema": SCHEMA, "code": cut(outcome.code)})
    return f"{text}\n"
