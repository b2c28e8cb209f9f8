"""Folders and files of one's own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from upstox_browser_login.store.private import create_file, make_folder, make_own_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="looks at modes")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_of_ours_is_closed(tmp_path: Path) -> None:
    """Also when it was there before, open to all."""
    folder = tmp_path / "state" / "tokens"
    make_own_folder(folder)
    assert mode_of(folder) == mode_of(folder.parent) == 0o700
    folder.chmod(0o755)
    make_own_folder(folder)
    assert mode_of(folder) == 0o700


def test_a_folder_that_is_not_ours_to_change_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A volume that belongs to another user is no reason to stop."""
    tmp_path.chmod(0o755)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    make_own_folder(tmp_path)
    assert mode_of(tmp_path) == 0o755


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    """In place of the folder, or of one above it."""
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "tokens"):
        with pytest.raises(NotADirectoryError):
            make_folder(folder)


def test_a_dangling_link_is_an_error(tmp_path: Path) -> None:
    """Nothing is created where it points."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "link")
    assert not (tmp_path / "nowhere").exists()


def test_a_created_file_is_private_and_an_existing_one_kept(tmp_path: Path) -> None:
    """Creating twice does not empty it."""
    path = tmp_path / "file"
    create_file(path)
    assert mode_of(path) == 0o600
    path.write_bytes(b"data")
    create_file(path)
    assert path.read_bytes() == b"data"
