"""Paths as a person is shown them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from upstox_browser_login.files.paths import in_full


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
