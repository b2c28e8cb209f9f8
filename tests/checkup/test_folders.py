"""The checks of the folders that a login writes to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from upstox_browser_login.checkup import folders
from upstox_browser_login.checkup.check import Check
from upstox_browser_login.settings import Settings

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has access lists")


@pytest.fixture(autouse=True)
def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's folder may lie in memory, which is warned of."""
    monkeypatch.setattr(folders, "warning_of", lambda _: None)


def state(folder: Path) -> Check:
    return folders.check_state_folder(Settings(state_dir=folder))


def traces(folder: Path, **values: str) -> Check:
    return folders.check_trace_folder(Settings(trace_dir=folder, **values))


def test_folders_that_are_there_or_can_be_made(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "a" / "b"):
        assert state(folder).state == "ok"
        assert traces(folder).state == "ok"
    assert not (tmp_path / "a").exists()
    assert "made by the first login" in state(tmp_path / "a").message
    (tmp_path / "20260101T030000Z-TIMEOUT").mkdir()
    assert "the evidence of 1 login there" in traces(tmp_path).message
    assert "No evidence is kept" in traces(tmp_path, trace="off").message


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = state(tmp_path / "file" / "state")
    assert found.error is not None
    assert (found.state, found.error.code) == ("error", "STORE_UNWRITABLE")
    assert traces(tmp_path / "file").state == "warning"


@posix
def test_a_folder_that_everybody_may_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert "every user (mode 777)" in state(tmp_path).message
    assert state(tmp_path).state == traces(tmp_path).state == "warning"
    tmp_path.chmod(0o1777)  # the sticky bit leaves each file to its owner
    assert state(tmp_path).state == "ok"


@posix
def test_a_folder_of_another_user_is_not_to_be_closed_by_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system would refuse it: another folder is needed."""
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    if os.getuid() == 0:
        os.chown(tmp_path, 23456, -1)
    for found, setting in ((state(tmp_path), "STATE"), (traces(tmp_path), "TRACE")):
        assert "belongs to another user" in found.message
        assert found.hint == f"Set UPSTOX_{setting}_DIR to a folder of this user."


@pytest.mark.parametrize(("free", "of_state"), [(50 << 20, "warning"), (1000, "error")])
def test_a_disk_with_little_room(
    free: int, of_state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "free", lambda _: free)
    assert state(tmp_path).state == of_state
    assert traces(tmp_path).state == "warning"


def test_a_state_folder_that_would_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "warning_of", lambda _: "It is in memory.")
    assert state(tmp_path) == Check("state folder", "warning", "It is in memory.")


def test_sizes() -> None:
    sizes = [folders.megabytes(each) for each in (0, 3 << 20, 300 << 20, 3 << 30)]
    assert sizes == ["0.0 MB", "3.0 MB", "300 MB", "3.0 GB"]
