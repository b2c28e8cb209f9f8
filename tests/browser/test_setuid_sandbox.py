"""Whether a browser's sandbox is a program that becomes root."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from upstox_browser_login.browser.find import Chromium
from upstox_browser_login.browser.setuid_sandbox import (
    may_make_namespaces,
    needs_setuid_sandbox,
    setuid_sandboxes,
)
from upstox_browser_login.settings import Settings

if sys.platform == "win32":
    pytest.skip("such programs are of POSIX", allow_module_level=True)

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes such programs")

CHROME = """\
abi <abi/4.0>,
profile chrome {folder}{{,-beta}}/chrome flags=(unconfined) {{
  userns,
}}
"""


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser in a folder of its own, and the script on PATH that starts it, as Debian has it."""
    folder = tmp_path / "lib" / "chromium"
    folder.mkdir(parents=True)
    (folder / "chromium-headless-shell").write_bytes(b"\x7fELF")
    script = tmp_path / "chromium-headless-shell"
    script.write_text(f'#!/bin/sh -e\n\n{folder}/chromium-headless-shell "$@"\n')
    for path in (script, folder / "chromium-headless-shell"):
        path.chmod(0o755)
    return script


def sandbox_of(browser: Path, mode: int) -> Path:
    path = browser.parent / "lib" / "chromium" / "chrome-sandbox"
    path.touch()
    path.chmod(mode)
    return path


def chromium(path: Path) -> Chromium:
    return Chromium(path, None, "system headless shell")


def test_it_is_found_beside_the_browser_that_a_script_starts(browser: Path) -> None:
    assert setuid_sandboxes(chromium(browser)) == []
    sandbox_of(browser, 0o755)
    assert setuid_sandboxes(chromium(browser)) == []
    path = sandbox_of(browser, 0o4755)
    assert {*setuid_sandboxes(chromium(browser))} == {path}
    assert setuid_sandboxes(chromium(path.with_name("chromium-headless-shell"))) == [path]


def test_one_of_another_user_is_none(browser: Path) -> None:
    path = sandbox_of(browser, 0o755)
    os.chown(path, 65534, 65534)
    path.chmod(0o4755)
    assert setuid_sandboxes(chromium(browser)) == []


def test_it_is_needed_by_a_browser_that_is_started_here(browser: Path) -> None:
    assert not needs_setuid_sandbox(Settings(browser_path=browser))
    sandbox_of(browser, 0o4755)
    assert needs_setuid_sandbox(Settings(browser_path=browser))
    assert not needs_setuid_sandbox(Settings(browser_path=browser, browser_url="ws://x.example/"))
    assert not needs_setuid_sandbox(Settings(browser_path=browser.with_name("none")))


def test_a_profile_of_apparmor_makes_it_needless(tmp_path: Path) -> None:
    folder = Path("/opt/google/chrome")
    assert not may_make_namespaces(folder, tmp_path / "none")
    (tmp_path / "tunables").mkdir()
    profile = tmp_path / "chrome"
    profile.write_text(CHROME.format(folder=folder))
    assert may_make_namespaces(folder, tmp_path)
    assert not may_make_namespaces(Path("/opt/microsoft/msedge"), tmp_path)
    profile.write_text(CHROME.format(folder=folder).replace("userns,", "# userns,"))
    assert not may_make_namespaces(folder, tmp_path)
