"""The guard that keeps tests to their marks: it notices a browser wherever one is started."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.guard.sitecustomize import browser_of

ROOT = Path(__file__).parents[1]
DRIVER = "lib/playwright/driver/package/cli.js"
THERE = r"C:\lib\playwright\driver\package\cli.js"


@pytest.mark.parametrize(
    ("program", "words", "browser"),
    [
        ("/usr/bin/chromium", ["/usr/bin/chromium", "--headless"], "chromium"),
        (b"/opt/google/chrome/chrome", [b"chrome"], "chrome"),
        (Path("x/headless_shell"), ["x/headless_shell"], "headless_shell"),
        ("node", ["node", DRIVER, "run-driver"], "Playwright's driver"),
        (None, f'"C:\\my node.exe" "{THERE}"', "Playwright's driver"),
        (None, '"C:\\Program Files\\Edge\\msedge.exe" --headless', "msedge.exe"),
        (None, "C:\\Chrome\\chrome.exe --headless", "chrome.exe"),
        (None, '"C:\\chrome tests\\python.exe" -m pytest', None),
        ("/home/chromium/python", ["python", "-m", "pytest", "tests/chrome.py"], None),
    ],
)
def test_a_browser_is_known_by_its_command(
    program: object, words: object, browser: str | None
) -> None:
    """On Windows the command is one text."""
    assert browser_of(program, words) == browser


CONFTEST = """
    import pytest
    from tests.needs_browser import mark_by_fixtures as pytest_collection_modifyitems
    from tests.needs_browser import no_unmarked_browser

    @pytest.fixture
    def shared_browser():
        pass

    @pytest.fixture
    def sharing(shared_browser):
        pass
"""

TESTS = """
    import subprocess, sys
    import pytest

    def start():
        try:
            subprocess.run(["chromium-of-nobody"])
        except Exception:
            pass  # as a program does that tries the next browser

    def test_unmarked():
        start()

    def test_unmarked_in_a_child():
        code = "import subprocess; subprocess.run(['chromium-of-nobody'])"
        subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL)

    def test_none():
        subprocess.run([sys.executable, "-c", ""], check=True)

    @pytest.mark.browser
    def test_marked():
        start()

    def test_marked_by_a_fixture(sharing):
        start()
"""


def test_a_test_that_starts_one_has_to_be_marked(tmp_path: Path) -> None:
    """Here or in a child, and whatever it makes of the refusal."""
    (tmp_path / "conftest.py").write_text(textwrap.dedent(CONFTEST), "utf-8")
    (tmp_path / "test_inner.py").write_text(textwrap.dedent(TESTS), "utf-8")
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\nmarkers = browser\npythonpath = '{ROOT}'", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-c", str(tmp_path / "pytest.ini")]
    done = subprocess.run(
        [*command, "--basetemp", tmp_path / "base", tmp_path / "test_inner.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    failed = re.findall(r"^ERROR \S+::(\w+) - (.*)$", done.stdout, re.MULTILINE)
    assert [name for name, _ in failed] == ["test_unmarked", "test_unmarked_in_a_child"], done
    assert "5 passed, 2 errors" in done.stdout
    said = "starts chromium-of-nobody, and is not marked `browser`"
    assert done.stdout.count(said) >= 2
