"""What a failed login tells of itself: its outcome, and the report of it."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from upstox_browser_login._version import __version__
from upstox_browser_login.redaction import Redactor

from .scrub import Scrubber

_ROWS = 200
_LONGEST = 400


@dataclass(frozen=True)
class StepTime:
    """How long a step of the login took."""

    step: str
    seconds: float


@dataclass(frozen=True)
class Seen:
    """A state of the page, `at` seconds after the start; `detail` is its address or its text."""

    at: float
    state: str
    detail: str


@dataclass(frozen=True)
class Outcome:
    """How a login ended. `code` is "OK" or an error's; `requests` are "GET host/path 200" lines."""

    code: str
    message: str
    hint: str
    step: str | None
    upstox_code: str | None
    steps: tuple[StepTime, ...]
    seen: tuple[Seen, ...]
    versions: Mapping[str, str]
    requests: tuple[str, ...]


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


def report(
    outcome: Outcome,
    at: datetime,
    *,
    files: Sequence[str],
    left_out: Sequence[str],
    redactor: Redactor,
) -> str:
    """Write the report, as Markdown that no text of a page can break out of."""
    scrub = Scrubber(redactor).text

    def one_line(text: str) -> str:
        # Joined before it is scrubbed, cut after: neither may hide half a secret.
        plain = scrub(" ".join("".join(c if c.isprintable() else " " for c in text).split()))
        return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"

    def prose(text: str) -> str:
        plain = re.sub(r"([\\`*_\[\]<>|~&!#@])", r"\\\1", one_line(text))
        # GitHub makes links of bare addresses.
        return plain.replace("://", r":\//").replace("www.", r"www\.")

    def code(text: str) -> str:
        plain = one_line(text).replace("|", r"\|") or " "
        longest = max((len(run) for run in re.findall("`+", plain)), default=0)
        fence = "`" * (longest + 1)
        pad = " " if longest or plain.endswith("\\") else ""
        return f"{fence}{pad}{plain}{pad}{fence}"

    def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
        lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows[:_ROWS]]
        more = len(rows) - _ROWS
        return [*lines, "", *([f"… and {more} more.", ""] if more > 0 else [])]

    ok = outcome.code == "OK"
    facts = [("When", f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"), ("Code", code(outcome.code))]
    if outcome.step:
        facts.append(("Step", code(outcome.step)))
    if outcome.upstox_code:
        facts.append(("Upstox's code", code(outcome.upstox_code)))
    lines = [f"# Login {'succeeded' if ok else 'failed: ' + code(outcome.code)}", ""]
    lines += [f"**{name}:** {value}  " for name, value in facts]
    lines += ["", f"**What happened:** {prose(outcome.message)}", ""] if outcome.message else [""]
    if outcome.hint:
        lines += [f"**What to do:** {prose(outcome.hint)}", ""]
    if outcome.steps:
        rows = [(code(each.step), f"{each.seconds:.2f}") for each in outcome.steps]
        total = sum(each.seconds for each in outcome.steps)
        lines += ["## Steps", "", *table(("step", "seconds"), [*rows, ("all", f"{total:.2f}")])]
    if outcome.seen:
        seen = [(f"{each.at:.2f}", code(each.state), code(each.detail)) for each in outcome.seen]
        lines += ["## States seen", "", *table(("at (s)", "state", "detail"), seen)]
    if outcome.requests:
        lines += ["## Requests", "", *table(("request",), [(code(r),) for r in outcome.requests])]
    rows = [(prose(name), code(version)) for name, version in outcome.versions.items()]
    lines += ["## Versions", "", *table(("what", "version"), rows), "## In this folder", ""]
    lines += [f"- {code(name)}" for name in files]
    lines += [f"- left out: {prose(reason)}" for reason in left_out]
    return "\n".join(lines) + "\n"
