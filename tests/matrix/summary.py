"""The last line of a test run: how many cells of the matrix have passed."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add the rows up, whichever worker has run them."""
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
