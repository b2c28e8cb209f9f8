"""The settings, and the page file that one of them names."""

from __future__ import annotations

from collections.abc import Sequence

from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import BrowserError, ConfigurationError, UpstoxError
from upstox_browser_login.page.marks import Marks, read_marks
from upstox_browser_login.settings import (
    EnvFile,
    Finding,
    Report,
    Settings,
    cannot_start,
    variable,
)

from .check import Check, failed, fine, warned


def check_settings(report: Report, env_file: EnvFile) -> Check:
    """Whether all that a login needs is set, and breaks no rule."""
    wrong = [each for each in report.findings if each.stops_login]
    if wrong:
        return broken(wrong, report, env_file)
    warnings = (each.warning for each in report.findings)
    loud = [*report.settings.loud_warnings(), *filter(None, warnings)]
    if loud:
        return warned("settings", " ".join(loud))
    if report.unknown:
        return warned(
            "settings",
            " ".join(map(str, report.unknown)),
            "Correct the names: `upstox-browser-login check-env` shows every setting.",
        )
    count = sum(each.state == "set" for each in report.findings)
    return fine("settings", f"{count} are set, and none breaks a rule.")


def refusal(wrong: Sequence[Finding], report: Report, env_file: EnvFile) -> UpstoxError:
    """The error with which a login would end that finds these settings wrong."""
    named = [each.name for each in wrong] == [variable("browser_path")]
    if named and report.settings.browser_path is not None:
        # The setting itself breaks no rule: it is the browser that is missing.
        try:
            find_chromium(report.settings, headed=report.settings.headed)
        except BrowserError as error:
            return error
    return cannot_start(wrong, env_file)


def broken(wrong: Sequence[Finding], report: Report, env_file: EnvFile) -> Check:
    """The check of settings that are missing or break a rule, with the rules."""
    error = refusal(wrong, report, env_file)
    if isinstance(error, BrowserError):
        return failed("settings", error)
    rules = [
        f"{each.name}: {each.problem}."
        for each in wrong
        if each.state == "invalid" and each.problem is not None
    ]
    return Check("settings", "error", " ".join([error.message, *rules]), error.hint, error)


def check_page_file(settings: Settings) -> tuple[Check | None, Marks | None]:
    """Whether the page file can be read, and what it adds; no check where there is none."""
    if settings.page_file is None:
        return None, None
    try:
        marks = read_marks(settings.page_file)
    except ConfigurationError as error:
        return failed("page file", error), None
    told = marks.told
    count = f"{len(told)} {'entry' if len(told) == 1 else 'entries'}"
    return fine("page file", f"{settings.page_file} has {count}: {'; '.join(told)}."), marks
