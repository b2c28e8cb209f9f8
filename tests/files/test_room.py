"""Whether there is room in a folder, which is left as it was."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from upstox_browser_login.files import room
from upstox_browser_login.files.room import check_room


def test_a_folder_that_is_there_or_can_be_made(tmp_path: Path) -> None:
    check_room(tmp_path, "probe")
    check_room(tmp_path / "a" / "b", "probe", room=1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_file_in_the_way(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        check_room(tmp_path / folder, "probe")


def test_a_disk_that_takes_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="MB left") as caught:
        check_room(tmp_path, "probe", room=2**62)
    assert caught.value.errno == errno.ENOSPC

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room, "check_write", full)
    with pytest.raises(OSError, match="No space left"):
        check_room(tmp_path / "a", "probe")
