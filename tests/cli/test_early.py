"""The driver that is started before anything else is read: when there is one, and that it ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import psutil
import pytest

from tests.owners import belongs_to
from upstox_browser_login.blocking import run_apart, run_where_begun
from upstox_browser_login.browser import driver as drivers
from upstox_browser_login.browser.driver import running_driver
from upstox_browser_login.cli import early
from upstox_browser_login.cli.early import early_driver
from upstox_browser_login.errors import BrowserError

New = Callable[[], set[int]]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the process is there later than a program would wait for it."""
    monkeypatch.setattr(early, "SPAWN_SECONDS", 60.0)


posix = pytest.mark.skipif(os.name != "posix", reason="looks at owners")


def _drivers() -> set[int]:
    found = psutil.Process().children(recursive=True)
    return {each.pid for each in found if "run-driver" in " ".join(each.cmdline())}


@pytest.fixture
def new() -> New:
    """Drivers that this process has started since the test began: a shared browser has one."""
    before = _drivers()
    return lambda: _drivers() - before


async def _number_of_the_one_that_runs() -> int | None:
    async with running_driver(30) as (driver, playwright):
        assert playwright.chromium.name == "chromium"
        return driver.transport._proc.pid if driver.transport else None


@pytest.mark.parametrize(
    "argv", [[], ["token"], ["status"], ["login", "--help"], ["exec", "--", "login"]]
)
def test_what_may_log_in_nowhere_starts_none(argv: list[str]) -> None:
    assert isinstance(early_driver(argv), nullcontext)


@pytest.mark.parametrize("name", ["DEBUG", "DEBUGP", "PLAYWRIGHT_NODEJS_PATH", "https_proxy"])
def test_what_the_settings_or_a_warning_belong_to_waits(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    assert isinstance(early_driver(["login"]), nullcontext)


def test_a_folder_of_nobody_is_left_to_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """They tell it in one line; here nobody would catch the error."""
    monkeypatch.setenv("UPSTOX_STATE_DIR", "~nobody-of-this-name/state")
    early_driver(["login"])


@pytest.mark.browser
def test_the_login_takes_it_over(new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one process, and it is gone when the login is done."""
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path))
    with early_driver(["login"]):
        before = new()
        assert run_where_begun(_number_of_the_one_that_runs()) in before
        assert len(before) == 1
        assert new() == set()
    assert list(tmp_path.iterdir()) == [], "the settings may name another folder"


@posix
@pytest.mark.browser
def test_it_runs_no_code_that_another_user_has_put_there(
    new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Node.js runs what is in this folder without a check."""
    cache = tmp_path / "driver-cache"
    cache.mkdir(mode=0o700)
    monkeypatch.chdir(tmp_path.parent)

    def told(state: str) -> str | None:
        monkeypatch.setenv("UPSTOX_STATE_DIR", state)
        with early_driver(["login"]):
            (number,) = new()
            return psutil.Process(number).environ().get("NODE_COMPILE_CACHE")

    assert told(str(tmp_path)) == str(cache)
    assert told(tmp_path.name) is None
    belongs_to(monkeypatch, {tmp_path: 4321, cache: 4321})
    assert told(str(tmp_path)) is None


@pytest.mark.browser
def test_one_that_nobody_asks_for_ends(
    new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path))
    with early_driver(["generate-token"]):
        assert len(new()) == 1
    assert new() == set()
    assert drivers._early == []


@pytest.mark.browser
def test_another_loop_starts_its_own(
    new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver answers on the loop alone on which it was started."""
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path))
    with early_driver(["login"]):
        before = new()
        assert run_apart(_number_of_the_one_that_runs()) not in before
    assert new() == set()


def test_no_driver_can_be_had(new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for one is told why; here nothing is said."""
    monkeypatch.setattr(drivers, "make_scratch", _no_room)
    with early_driver(["login"]):
        assert new() == set()
        with pytest.raises(BrowserError, match=r"temporary folder.*No space") as caught:
            run_where_begun(_number_of_the_one_that_runs())
        assert "TMPDIR" in caught.value.hint


def _no_room() -> Path:
    raise OSError(28, os.strerror(28))
