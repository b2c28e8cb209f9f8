"""A login that a person watches: a real window on a real (if invisible) screen."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page

from tests.harness import Desk, Notes
from upstox_browser_login.browser.find import candidates
from upstox_browser_login.errors import BrowserError, ConfigurationError, Step
from upstox_browser_login.page.timing import DEFAULT
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.settings import Settings

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X"),
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="`make browsers` installs Xvfb"),
]


@dataclass(frozen=True)
class Screen:
    """A display that nobody looks at, kept in a file as xwd writes it."""

    display: str
    file: Path

    def picture(self) -> Image.Image:
        """What is on it now."""
        data = self.file.read_bytes()
        header = struct.unpack(">25I", data[:100])
        size, width, height, line, colours = (header[each] for each in (0, 4, 5, 12, 19))
        pixels = data[size + colours * 12 :]
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", line, 1)


@contextmanager
def xvfb(folder: Path) -> Iterator[Screen]:
    """A screen on a display that the server itself finds to be free."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        [*command, "-fbdir", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield Screen(f":{process.stdout.readline().strip()}", folder / "Xvfb_screen0")
        finally:
            process.terminate()


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    if next(candidates(Settings(), headed=True), None) is None:
        pytest.skip("`make browsers` installs a full Chromium")
    folder = tmp_path / "screen"
    folder.mkdir()
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with xvfb(folder) as made:
        monkeypatch.setenv("DISPLAY", made.display)
        yield made


class Spectator(Notes):
    """Looks at the screen whenever a step is done."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.seconds: dict[Step, float] = {}
        self.pictures: dict[Step, Image.Image] = {}
        self.agent = ""

    async def opened(self, page: Page) -> None:
        self.agent = await page.evaluate("navigator.userAgent")

    def step_done(self, step: Step, seconds: float) -> None:
        super().step_done(step, seconds)
        self.seconds[step] = seconds
        self.pictures[step] = self._screen.picture()


@pytest.mark.browser
def test_a_login_to_watch(screen: Screen, desk: Desk, replica: Replica) -> None:
    """A full Chromium in a window, at a pace that an eye can follow."""
    told = Spectator(screen)
    result = login_result(
        desk.settings(replica, headed=True, timeout=90), progress=told, clock=desk.clock
    )
    assert result.source == "login"
    assert replica.counts.exchanges == 1
    # No headless shell.
    assert re.search(r" Chrome/\d", told.agent)
    assert "Headless" not in told.agent
    # Each form stands for a moment, and digits are typed one by one.
    typing: dict[Step, int] = {"mobile": 10, "totp": 6, "pin": 6}
    for step, typed in typing.items():
        assert told.seconds[step] >= DEFAULT.watched + typed * 0.06
    # The window was there, with more to see than a plain area, and not the same thing each time.
    for picture in told.pictures.values():
        if folder := os.environ.get("KEEP_PICTURES"):
            picture.save(Path(folder) / f"{time.monotonic_ns()}.png")
        colours = picture.getcolors(maxcolors=1_000_000)
        assert colours is not None
        assert len(colours) > 20
    assert len({picture.tobytes() for picture in told.pictures.values()}) >= 3


@pytest.mark.browser
@pytest.mark.variant  # of test_no_picture_depends_on_a_secret in tests/evidence
def test_no_secret_can_be_read_from_the_screen_of_evidence(screen: Screen, desk: Desk) -> None:
    """A failure of a headed run leaves the same evidence as one of a headless run."""
    with Replica("wrong-pin", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, headed=True, timeout=90, trace="on-failure")
    assert attempt.code == "PIN_REJECTED"
    assert screen.file.exists()
    (folder,) = desk.evidence
    with Image.open(folder / "screenshot.png") as picture:
        assert picture.width >= 800


def test_no_display_is_said_as_such(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    if next(candidates(Settings(), headed=True), None) is None:
        pytest.skip("`make browsers` installs a full Chromium")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    attempt = desk.log_in(replica, headed=True)
    assert isinstance(attempt.error, ConfigurationError)
    assert "no display" in attempt.error.message
    assert "xvfb-run" in attempt.error.hint
    assert desk.evidence == []
    assert len(replica.log) == 0


def test_only_a_headless_shell_is_said_as_such(
    desk: Desk, replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not started, and not mistaken for a browser with a window."""
    shell = tmp_path / "bin" / "chromium-headless-shell"
    shell.parent.mkdir()
    shell.write_text("#!/bin/sh\nexit 1\n")
    shell.chmod(0o755)
    monkeypatch.setenv("PATH", str(shell.parent))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("DISPLAY", ":0")
    attempt = desk.log_in(replica, headed=True)
    assert isinstance(attempt.error, BrowserError)
    assert attempt.error.code == "BROWSER_MISSING"
    assert "headless shell" in attempt.error.message
    assert "--headed" in attempt.error.hint
