"""Which tests need a browser: decided here, and kept to by a guard.

A test is marked `browser` by the fixtures that it uses, or by its own hand where it starts one by
other ways. `-m "not browser"` selects all others, and none of those can start a browser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guard import sitecustomize as guard

STARTERS = {"shared_browser", "playwright", "recording_browser"}
"""The fixtures that start a browser. Those that build on them bring their names along."""


def mark_by_fixtures(items: list[pytest.Item]) -> None:
    """Mark the tests that a fixture of theirs starts a browser for."""
    for item in items:
        if STARTERS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def no_unmarked_browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Fail a test that starts a browser, or Playwright's driver, and is not marked so."""
    record = tmp_path_factory.getbasetemp() / "browsers.txt"
    with pytest.MonkeyPatch.context() as patch:
        if request.node.get_closest_marker("browser") is None:
            patch.setenv(guard.RECORD, str(record))
            patch.setenv("PYTHONPATH", str(Path(guard.__file__).parent), prepend=os.pathsep)
        else:
            patch.delenv(guard.RECORD, raising=False)
        yield
    if record.exists():
        started = ", ".join(sorted(set(record.read_text("utf-8").splitlines())))
        record.unlink()
        pytest.fail(f"starts {started}, and is not marked `browser`", pytrace=False)
