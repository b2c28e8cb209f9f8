"""What Node.js has compiled of the driver is kept where only the user can put anything."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.harness import files_below
from tests.owners import belongs_to
from tests.shared_browser import children
from upstox_browser_login.browser.compiled import compiled_folder
from upstox_browser_login.browser.launch import open_browser
from upstox_browser_login.settings import Settings

from .processes import driver_of, posix


@pytest.fixture(autouse=True)
def compiled_once() -> None:
    """Here each driver has the folder that it would have."""


@posix
def test_folder_is_the_users_alone(tmp_path: Path) -> None:
    folder = compiled_folder(tmp_path / "state")
    assert folder is not None
    assert folder.parent == tmp_path / "state"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@posix
def test_open_folder_is_closed(tmp_path: Path) -> None:
    first = compiled_folder(tmp_path)
    assert first is not None
    first.chmod(0o777)
    assert compiled_folder(tmp_path) == first
    assert stat.S_IMODE(first.stat().st_mode) == 0o700


@posix
def test_link_is_not_followed(tmp_path: Path) -> None:
    """A link may lead to where somebody else writes."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "driver-cache").symlink_to(elsewhere)
    assert compiled_folder(tmp_path / "state") is None


@posix
@pytest.mark.parametrize("make", [True, False])
@pytest.mark.parametrize("which", ["", "driver-cache"])
def test_folder_of_another_user_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str, *, make: bool
) -> None:
    """Its owner decides what the driver runs, however closed it is to everybody else."""
    assert compiled_folder(tmp_path) is not None
    assert compiled_folder(tmp_path, make=False) is not None
    belongs_to(monkeypatch, {tmp_path / which: 4321})
    assert compiled_folder(tmp_path, make=make) is None


@posix
def test_folder_that_others_could_replace_is_not_used(tmp_path: Path) -> None:
    """Until a login has closed the folder around it."""
    folder = compiled_folder(tmp_path)
    tmp_path.chmod(0o777)
    assert compiled_folder(tmp_path, make=False) is None
    assert compiled_folder(tmp_path) == folder
    assert compiled_folder(tmp_path, make=False) == folder


@pytest.mark.parametrize("make", [True, False])
def test_relative_state_folder_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, make: bool
) -> None:
    """The settings refuse it; whoever owns the current folder decides nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "state" / "driver-cache").mkdir(parents=True, mode=0o700)
    assert compiled_folder(Path("state"), make=make) is None


def test_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A login must not fail for want of a faster start."""
    (tmp_path / "file").write_text("", "utf-8")
    assert compiled_folder(tmp_path / "file" / "state") is None


@pytest.mark.browser
async def test_driver_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the folder that the environment names alone."""
    theirs = tmp_path / "theirs"
    monkeypatch.setenv("NODE_COMPILE_CACHE", str(theirs))
    async with open_browser(Settings(state_dir=tmp_path / "state"), timeout=60):
        ours = driver_of(children()).environ()["NODE_COMPILE_CACHE"]
    assert ours == str(tmp_path / "state" / "driver-cache")
    assert len(list(files_below(tmp_path / "state" / "driver-cache"))) > 0
    assert list(files_below(theirs)) == []
