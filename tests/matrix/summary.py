"""The last lines of a test run: the cells of the matrix that passed, and what needs a browser."""

from __future__ import annotations

import re

import pytest

OF_RECOGNITION = re.compile(r"tests/page/test_(\w+)\.py::")
"""All that is told apart, decided and ended on: the whole of `page`, since its tests mirror it."""


def note_recognition(items: list[pytest.Item]) -> None:
    """Note of each test of recognition whether it is marked so; workers hand that on."""
    for item in items:
        found = OF_RECOGNITION.match(item.nodeid)
        if found is not None:
            item.user_properties.append(("browser", item.get_closest_marker("browser") is not None))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add the rows up, whichever worker has run them."""
    looked = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == "browser"
    ]
    if looked:
        pure = looked.count(False)
        text = f"recognition: {pure} of {len(looked)} tests ({pure / len(looked):.0%})"
        terminalreporter.write_line(f"{text} need no browser")
    cells: list[tuple[str, str, str, bool, float]] = [
        cell
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == "matrix"
        for cell in value
    ]
    if cells:
        failed = sum(not cell[3] for cell in cells)
        text = f"matrix: {len(cells) - failed} cells passed"
        terminalreporter.write_line(text + (f", {failed} failed" if failed else ""))
