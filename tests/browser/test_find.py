"""Finding a Chromium: the order, the places, and what is said where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from upstox_browser_login.browser import find
from upstox_browser_login.browser.find import Chromium, Machine, candidates, find_chromium
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.settings import Settings

from .processes import script

pytestmark = pytest.mark.usefixtures("clean")


def machine(tmp_path: Path, *programs: str, platform: str = "linux", **env: str) -> Machine:
    """Describe a machine whose PATH holds `programs` and which has no other places."""
    folder = tmp_path / "bin"
    for name in programs:
        script(folder / name, "exit 0")
    env.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "pw"))
    return Machine(
        platform=platform,
        env=env,
        which=lambda name: str(folder / name) if (folder / name).is_file() else None,
        runnable=lambda path: path.is_relative_to(tmp_path) and find._runnable(path),
        home=tmp_path / "home",
    )


def downloaded(folder: Path, name: str, inside: str, *, complete: bool = True) -> Path:
    """Put a browser there as `playwright install` leaves it."""
    revision = find._revisions(name)[0]
    home = folder / f"{name.replace('-', '_')}-{revision}"
    path = script(home / inside, "exit 0")
    if complete:
        (home / "INSTALLATION_COMPLETE").touch()
    return path


def kinds(found: Iterator[Chromium]) -> list[str]:
    return [each.kind for each in found]


ALL = ("chromium-headless-shell", "chromium", "google-chrome", "microsoft-edge")


def test_order_headless(tmp_path: Path) -> None:
    """Shells first, Playwright's before the system's."""
    shell = downloaded(tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell")
    downloaded(tmp_path / "pw", "chromium", "chrome-linux64/chrome")
    here = machine(tmp_path, *ALL)
    assert kinds(candidates(Settings(), machine=here)) == [
        "playwright headless shell",
        "system headless shell",
        "playwright chromium",
        "system chromium",
        "Google Chrome",
        "Microsoft Edge",
    ]
    assert find_chromium(Settings(), machine=here).path == shell


def test_order_headed(tmp_path: Path) -> None:
    """No shell can show a window."""
    downloaded(tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell")
    here = machine(tmp_path, *ALL)
    expected = ["system chromium", "Google Chrome", "Microsoft Edge"]
    assert kinds(candidates(Settings(headed=True), machine=here)) == expected
    assert kinds(candidates(Settings(), headed=True, machine=here)) == expected


def test_unfinished_download_is_no_browser(tmp_path: Path) -> None:
    downloaded(
        tmp_path / "pw", "chromium-headless-shell", "x/chrome-headless-shell", complete=False
    )
    assert kinds(candidates(Settings(), machine=machine(tmp_path))) == []


def test_other_revision_is_not_this_playwrights(tmp_path: Path) -> None:
    home = tmp_path / "pw" / "chromium_headless_shell-1"
    script(home / "x" / "chrome-headless-shell", "exit 0")
    (home / "INSTALLATION_COMPLETE").touch()
    assert kinds(candidates(Settings(), machine=machine(tmp_path))) == []


@pytest.mark.parametrize(
    ("platform", "env", "folder"),
    [
        ("linux", {}, "home/.cache/ms-playwright"),
        ("linux", {"XDG_CACHE_HOME": "cache"}, "cache/ms-playwright"),
        ("darwin", {}, "home/Library/Caches/ms-playwright"),
        ("win32", {}, "home/AppData/Local/ms-playwright"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/ms-playwright"),
    ],
)
def test_playwrights_folder(
    tmp_path: Path, platform: str, env: dict[str, str], folder: str
) -> None:
    env = {name: str(tmp_path / value) for name, value in env.items()}
    path = downloaded(tmp_path / folder, "chromium-headless-shell", "x/headless_shell")
    here = machine(tmp_path, platform=platform, PLAYWRIGHT_BROWSERS_PATH="", **env)
    assert find_chromium(Settings(), machine=here).path == path


@pytest.mark.browser
async def test_playwrights_folder_is_the_one_that_playwright_means() -> None:
    """Our reading of its rules against its own word."""
    async with async_playwright() as playwright:
        told = Path(playwright.chromium.executable_path)
    folder = find._browsers_folder(Machine())
    assert folder is not None
    assert told.is_relative_to(folder / f"chromium-{find._revisions('chromium')[0]}")
    assert told.match(find._IN_FOLDER["chromium"][0])


def test_mac(tmp_path: Path) -> None:
    inside = "home/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    path = script(tmp_path / inside, "exit 0")
    here = machine(tmp_path, platform="darwin")
    assert find_chromium(Settings(), machine=here) == Chromium(path, None, "Google Chrome")


def test_windows(tmp_path: Path) -> None:
    path = script(tmp_path / "local/Google/Chrome/Application/chrome.exe", "exit 0")
    edge = script(tmp_path / "x86/Microsoft/Edge/Application/msedge.exe", "exit 0")
    env = {"LOCALAPPDATA": str(tmp_path / "local"), "PROGRAMFILES(X86)": str(tmp_path / "x86")}
    here = machine(tmp_path, platform="win32", **env)
    assert [each.path for each in candidates(Settings(), machine=here)] == [path, edge]


def test_snap_stub_is_no_browser(tmp_path: Path) -> None:
    """Ubuntu's `chromium-browser` package is a script that tells people to install a snap."""
    here = machine(tmp_path)
    stub = 'if ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium "$@"'
    script(tmp_path / "bin" / "chromium-browser", stub)
    assert kinds(candidates(Settings(), machine=here)) == []


def test_setting_leaves_no_other_choice(tmp_path: Path) -> None:
    here = machine(tmp_path, *ALL)
    mine = script(tmp_path / "mine", "exit 0")
    settings = Settings(browser_path=mine, browser_channel="chrome")
    assert list(candidates(settings, machine=here)) == [Chromium(mine, None, "setting")]


def test_setting_may_be_a_name_on_path(tmp_path: Path) -> None:
    found = find_chromium(Settings(browser_path=Path("chromium")), machine=machine(tmp_path, *ALL))
    assert (found.path, found.kind) == (tmp_path / "bin" / "chromium", "setting")


def test_channel() -> None:
    found = find_chromium(Settings(browser_channel="chrome"))
    assert found == Chromium(None, "chrome", "channel")


def test_path_that_does_not_exist_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match=r"UPSTOX_BROWSER_PATH.*does not exist") as caught:
        find_chromium(Settings(browser_path=tmp_path / "nope"), machine=machine(tmp_path, *ALL))
    assert caught.value.code == "BROWSER_MISSING"


@pytest.mark.skipif(sys.platform == "win32", reason="there any file passes for a program")
def test_path_that_cannot_run_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a program")
    with pytest.raises(BrowserError, match=r"UPSTOX_BROWSER_PATH.*not a program that can be run"):
        find_chromium(Settings(browser_path=tmp_path / "text"))


def test_path_to_a_headless_shell_cannot_be_headed(tmp_path: Path) -> None:
    shell = script(tmp_path / "chromium-headless-shell", "exit 0")
    with pytest.raises(BrowserError, match="cannot show a window"):
        find_chromium(Settings(browser_path=shell, headed=True))


def test_nothing_found_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(BrowserError) as caught:
        find_chromium(Settings(), machine=machine(tmp_path))
    assert caught.value.code == "BROWSER_MISSING"
    assert "`upstox-browser-login install-browser`" in caught.value.hint


def test_only_a_shell_but_headed_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="is a headless shell") as caught:
        find_chromium(Settings(headed=True), machine=machine(tmp_path, "headless_shell"))
    assert "`upstox-browser-login install-browser --headed`" in caught.value.hint
