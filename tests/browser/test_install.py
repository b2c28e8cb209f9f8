"""Getting a browser: Playwright's installer, then the system's package manager."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from upstox_browser_login.browser import install
from upstox_browser_login.browser.find import Chromium, Machine, find_chromium
from upstox_browser_login.browser.install import (
    Finished,
    Recipe,
    Say,
    install_browser,
    recipe_for,
    run_command,
)
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.settings import Settings

REFUSED = """\
Downloading Chrome Headless Shell 1.2 (playwright) from https://cdn.example/x.zip
Error: getaddrinfo ENOTFOUND cdn.example
    at GetAddrInfoReqWrap.onlookupall (node:internal/dns/promises:101:17) {
Downloading Chrome Headless Shell 1.2 (playwright) from https://cdn.example/x.zip
Failed to install browsers
"""


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper().startswith("UPSTOX_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(install, "_is_root", lambda: True)


class System:
    """A machine with these managers; commands are answered, not run."""

    def __init__(self, tmp_path: Path, *managers: str, platform: str = "linux") -> None:
        self.commands: list[list[str]] = []
        self.failing: set[str] = {"playwright"}
        self.brings = {"chromium-headless-shell", "chromium"}
        self.said: list[str] = []
        self.programs: set[str] = set()
        self._tmp_path = tmp_path
        self._managers = managers
        self.machine = Machine(
            platform=platform,
            env={"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "pw")},
            which=self._which,
            runnable=lambda path: path.name in self.programs,
            home=tmp_path,
        )

    def _which(self, name: str) -> str | None:
        known = name in self._managers or name in self.programs
        return str(self._tmp_path / name) if known else None

    def run(self, command: Sequence[str], say: Say) -> Finished:
        self.commands.append(list(command))
        if "playwright" in command:
            for line in REFUSED.splitlines():
                say(line)
        words = {*command, " ".join(command)}
        if words & self.failing:
            return Finished(1, REFUSED if "playwright" in command else "E: no")
        say(f"Setting up {command[-1]}")
        self.programs |= self.brings & set(command)
        return Finished(0, "")

    def install(self, settings: Settings | None = None, **options: bool) -> Chromium:
        options.setdefault("headed", False)
        return install_browser(
            settings or Settings(),
            say=self.said.append,
            machine=self.machine,
            run=self.run,
            **options,
        )


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every browser that is found can be launched."""
    monkeypatch.setattr(
        install, "launched", lambda _, chromium: replace(chromium, version="156.0.1.2")
    )


PLAYWRIGHT = [sys.executable, "-m", "playwright", "install"]
APT = ["apt-get", "install", "-y", "--no-install-recommends"]


@pytest.mark.browser
def test_already_there() -> None:
    """With the real browser of this machine, really launched."""
    said: list[str] = []
    found = install_browser(Settings(), headed=False, say=said.append, run=None)
    assert found.path == find_chromium(Settings()).path
    assert found.version
    assert said == [f"Already there and working: Chromium {found.version} ({found.path})."]


@pytest.mark.browser
async def test_inside_a_running_event_loop() -> None:
    """As from Jupyter."""
    assert install_browser(Settings(), headed=False, say=lambda _: None).version


@pytest.mark.usefixtures("working")
def test_force_installs_again(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    system.programs = {"chromium-headless-shell"}
    system.install()
    assert system.commands == []
    system.install(force=True)
    assert system.commands[0] == [*PLAYWRIGHT, "chromium-headless-shell"]


@pytest.mark.usefixtures("working")
def test_download_refused_falls_back_to_apt(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    found = system.install()
    assert (found.kind, found.version) == ("system headless shell", "156.0.1.2")
    assert system.commands == [
        [*PLAYWRIGHT, "chromium-headless-shell"],
        ["apt-get", "update"],
        [*APT, "chromium-headless-shell"],
    ]
    # Progress is shown; of five tries with stack traces, one line and the reason.
    assert system.said == [
        "Installing Playwright's chromium-headless-shell …",
        "Downloading Chrome Headless Shell 1.2 (playwright) from https://cdn.example/x.zip",
        "Playwright's download failed: getaddrinfo ENOTFOUND cdn.example.",
        "$ apt-get update",
        "Setting up update",
        "$ apt-get install -y --no-install-recommends chromium-headless-shell",
        "Setting up chromium-headless-shell",
        f"Chromium 156.0.1.2 works ({found.path}).",
    ]


@pytest.mark.usefixtures("working")
def test_headed_takes_the_full_browser(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    assert system.install(headed=True).kind == "system chromium"
    assert [command[-1] for command in system.commands] == ["chromium", "update", "chromium"]


@pytest.mark.usefixtures("working")
def test_older_debian_without_the_shell(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    system.failing |= {"chromium-headless-shell", "apt-get update"}
    assert system.install().kind == "system chromium"
    assert system.commands[-1] == [*APT, "chromium"]


@pytest.mark.parametrize(
    ("manager", "headless", "headed"),
    [
        ("apt-get", [*APT, "chromium-headless-shell"], [*APT, "chromium"]),
        (
            "dnf",
            ["dnf", "install", "-y", "chromium-headless"],
            ["dnf", "install", "-y", "chromium"],
        ),
        ("pacman", *[["pacman", "-S", "--needed", "--noconfirm", "chromium"]] * 2),
        ("apk", *[["apk", "add", "--no-cache", "chromium"]] * 2),
        ("zypper", *[["zypper", "--non-interactive", "install", "chromium"]] * 2),
    ],
)
def test_package_managers(
    tmp_path: Path, manager: str, headless: list[str], headed: list[str]
) -> None:
    machine = System(tmp_path, manager).machine
    for wish, command in ((False, headless), (True, headed)):
        recipe = recipe_for(machine, headed=wish, os_release=tmp_path / "none")
        assert isinstance(recipe, Recipe)
        assert list(recipe.choices[0]) == command
        assert recipe.needs_root


@pytest.mark.parametrize(("platform", "manager"), [("darwin", "brew"), ("win32", "winget")])
def test_other_systems(tmp_path: Path, platform: str, manager: str) -> None:
    recipe = recipe_for(System(tmp_path, manager, platform=platform).machine, headed=False)
    assert isinstance(recipe, Recipe)
    assert recipe.choices[0][0] == manager
    assert not recipe.needs_root
    by_hand = recipe_for(System(tmp_path, platform=platform).machine, headed=False)
    assert "https://www.google.com/chrome/" in str(by_hand)


def test_ubuntu_has_only_a_snap(tmp_path: Path) -> None:
    release = tmp_path / "os-release"
    release.write_text('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')
    advice = recipe_for(System(tmp_path, "apt-get").machine, headed=False, os_release=release)
    assert "sudo snap install chromium" in str(advice)


def test_without_rights_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_is_root", lambda: False)
    system = System(tmp_path, "apt-get")
    with pytest.raises(BrowserError, match="takes root") as caught:
        system.install()
    assert caught.value.code == "BROWSER_MISSING"
    assert caught.value.hint == (
        "Run `sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "chromium-headless-shell`."
    )
    assert len(system.commands) == 1


def test_everything_fails(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    system.failing |= {"apt-get"}
    with pytest.raises(BrowserError, match="package manager failed as well") as caught:
        system.install()
    assert "apt-get install -y" in caught.value.hint
    assert "sudo" not in caught.value.hint


def test_no_package_manager_at_all(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="download failed") as caught:
        System(tmp_path).install()
    assert "UPSTOX_BROWSER_PATH" in caught.value.hint


def test_installed_but_nothing_found(tmp_path: Path) -> None:
    """A manager that claims success and brings nothing: said, not believed."""
    system = System(tmp_path, "apt-get")
    system.brings = set()
    with pytest.raises(BrowserError, match="No Chromium was found") as caught:
        system.install()
    assert "UPSTOX_BROWSER_PATH" in caught.value.hint
    assert "install-browser" not in caught.value.hint, "that has just been run"


def test_playwrights_own_lacks_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its download works, its browser does not: the system's package brings the libraries."""
    system = System(tmp_path, "apt-get")
    system.failing = set()
    system.brings = {"chromium-headless-shell"}
    tried: list[str] = []

    def launched(_: Settings, chromium: Chromium) -> Chromium:
        tried.append(chromium.kind)
        if len(system.commands) == 1:
            raise BrowserError("the library libnss3.so is missing.", code="BROWSER_MISSING")
        return replace(chromium, version="1")

    monkeypatch.setattr(install, "launched", launched)
    assert system.install().version == "1"
    assert any("does not run here" in line for line in system.said)
    assert system.commands[-1][0] == "apt-get"
    assert tried == ["system headless shell"] * 2


@pytest.mark.usefixtures("working")
def test_setting_that_leads_elsewhere_is_named(tmp_path: Path) -> None:
    system = System(tmp_path, "apt-get")
    found = system.install(Settings(browser_path=tmp_path / "nope"))
    assert found.kind == "system headless shell"
    assert "UPSTOX_BROWSER_PATH leads elsewhere" in system.said[-1]


def test_run_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line, without colours, without our secrets, and never asking back."""
    monkeypatch.setenv("UPSTOX_PIN_CODE", "908172")
    code = (
        "import os, sys; print('\\x1b[2mone\\x1b[0m'); print('two', file=sys.stderr);"
        "print(os.environ.get('UPSTOX_PIN_CODE'), os.environ['DEBIAN_FRONTEND'], sys.stdin.read())"
    )
    said: list[str] = []
    done = run_command([sys.executable, "-u", "-c", code], said.append)
    assert done == Finished(0, "one\ntwo\nNone noninteractive")
    assert said == ["one", "two", "None noninteractive"]


def test_run_command_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of a folder that is closed to this user, the system tells in place of what is missing.
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run_command(["no-such-command-anywhere"], lambda _: None)
    assert done.status == 127
    assert ("WinError 2" if sys.platform == "win32" else "No such file") in done.output


def test_interrupted_command_is_ended() -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    code = "import time; print('on', flush=True); time.sleep(60)"
    with pytest.raises(KeyboardInterrupt):
        run_command([sys.executable, "-c", code], interrupt)
