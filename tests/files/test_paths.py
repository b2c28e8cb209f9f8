"""Paths as a person is shown them."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.files.paths import (
    check_looked_into,
    in_full,
    is_file,
    is_folder,
    is_missing,
    why_unseen,
)


def test_a_path_is_told_from_the_root_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert in_full(Path("a/b")) == tmp_path / "a/b"
    (tmp_path / "c").mkdir()
    assert in_full(Path("c/../a/../b")) == tmp_path / "b"
    assert in_full(tmp_path / "c" / ".." / "..") == tmp_path.parent


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_followed_only_in_front_of_a_step_up(tmp_path: Path) -> None:
    """There the system follows it, too."""
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to("far/away")
    assert in_full(tmp_path / "link" / ".env") == tmp_path / "link" / ".env"
    assert in_full(tmp_path / "link" / ".." / ".env") == tmp_path / "far" / ".env"


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nothing")
    for name in ("nothing", "file/below", "dangling"):
        assert (is_missing(tmp_path / name), why_unseen(tmp_path / name)) == (
            True,
            "does not exist",
        ), name
    for name in ("file", "."):
        assert (is_missing(tmp_path / name), why_unseen(tmp_path / name)) == (False, None), name


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can become another user"
)
def test_what_a_closed_folder_hides_may_be_there(tmp_path: Path) -> None:
    """No question about it raises anything, and whoever reads it is told why that fails."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").touch()
    with acting_as("nobody"):
        assert not is_missing(closed / "file")
        assert why_unseen(closed / "file") == "cannot be looked at: Permission denied"
        assert not is_file(closed / "file")
        assert not is_folder(closed / "file")
        with pytest.raises(PermissionError):
            check_looked_into(closed)
    check_looked_into(closed)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can become another user"
)
def test_a_folder_that_can_be_listed_and_not_entered_is_not_looked_into() -> None:
    # Not below pytest's folder, which is closed to others.
    with TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o744)
        with acting_as("nobody"):
            assert list(folder.iterdir()) == []
            with pytest.raises(PermissionError):
                check_looked_into(folder)
