"""Folders and files of one's own."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.owners import belongs_to
from upstox_browser_login.errors import StoreError
from upstox_browser_login.files.private import (
    ForeignFolderError,
    OpenFolderError,
    create_file,
    make_folder,
    make_own_folder,
    refuse_untrusted,
    set_mode,
)
from upstox_browser_login.store.file import FileDocuments

if sys.platform == "win32":
    pytest.skip("looks at modes", allow_module_level=True)


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


class Refuses:
    """A system that refuses a call, as a file system without modes does."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, *_: object) -> None:
        raise OSError(self._number, os.strerror(self._number))


def test_an_administrators_folder_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mounted volume that root owns is no reason to stop."""
    folder = tmp_path / "tokens"
    folder.mkdir()
    folder.chmod(0o755)
    belongs_to(monkeypatch, {tmp_path: 0, folder: 0})
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    monkeypatch.setattr(Path, "chmod", Refuses(errno.EPERM))
    make_own_folder(folder)
    assert mode_of(folder) == 0o755


@pytest.mark.parametrize("which", ["state", "tokens", "locks"])
def test_a_folder_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """Whoever owns it could read the token, or put one of his own there."""
    state = tmp_path / "state"
    for each in ("tokens", "locks"):
        make_own_folder(state / each)
    documents = FileDocuments(state / "tokens", state / "locks")
    documents.write("name", b"planted")
    foreign = state if which == "state" else state / which
    belongs_to(monkeypatch, {foreign: 4321})

    def lock() -> None:
        with documents.lock("name", 0):
            pass

    actions = {
        "read": lambda: documents.read("name"),
        "write": lambda: documents.write("name", b"data"),
        "check": documents.check_writable,
        "lock": lock,
    }
    touched = {"tokens": {"read", "write", "check"}, "locks": {"check", "lock"}}
    for name in touched.get(which, set(actions)):
        with pytest.raises(StoreError, match="belongs to another user") as caught:
            actions[name]()
        assert str(foreign) in caught.value.message
        assert "UPSTOX_STATE_DIR" in caught.value.hint


def test_a_file_of_another_user_is_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been put there while the folder was open to others."""
    documents = FileDocuments(tmp_path / "tokens", tmp_path / "locks")
    documents.write("name", b"planted")
    real = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        fields = list(real(descriptor))
        fields[4] = 4321
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(StoreError, match=r"name\.json belongs to another user"):
        documents.read("name")


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a folder away")
def test_a_folder_that_was_given_away_is_refused(tmp_path: Path) -> None:
    """As it really is."""
    folder = tmp_path / "state" / "tokens"
    make_own_folder(folder)
    os.chown(folder.parent, 54321, 54321)
    with pytest.raises(ForeignFolderError):
        make_own_folder(folder)


@pytest.mark.parametrize("which", ["state", "rooms"])
def test_a_folder_that_others_could_fill_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """Neither is it made, closed or changed by the look at it."""
    folder = tmp_path / "state" / "rooms"
    refuse_untrusted(folder)
    assert not folder.parent.exists()
    make_own_folder(folder)
    refuse_untrusted(folder)
    looked_at = folder if which == "rooms" else folder.parent
    for mode in (0o777, 0o702):
        looked_at.chmod(mode)
        with pytest.raises(OpenFolderError):
            refuse_untrusted(folder)
        assert mode_of(looked_at) == mode
    for mode in (0o1777, 0o775):
        looked_at.chmod(mode)
        refuse_untrusted(folder)
    belongs_to(monkeypatch, {looked_at: 4321})
    with pytest.raises(ForeignFolderError):
        refuse_untrusted(folder)


def test_a_state_folder_of_ours_is_closed(tmp_path: Path) -> None:
    """Others could move its rooms away; what they may read of it besides stays."""
    state = tmp_path / "state"
    state.mkdir()
    for mode, closed in ((0o777, 0o775), (0o757, 0o755), (0o1777, 0o1777), (0o755, 0o755)):
        state.chmod(mode)
        make_own_folder(state / "tokens")
        assert mode_of(state) == closed


@pytest.mark.parametrize("which", ["state", "tokens"])
@pytest.mark.parametrize(("mode", "refused"), [(0o777, True), (0o1777, False), (0o775, False)])
def test_a_folder_that_stays_open_is_refused_by_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str, mode: int, *, refused: bool
) -> None:
    """A volume of the administrator's, which this user cannot close."""
    folder = tmp_path / "state" / "tokens"
    folder.mkdir(parents=True, mode=0o755)
    opened = folder if which == "tokens" else folder.parent
    opened.chmod(mode)
    belongs_to(monkeypatch, {folder.parent: 0, folder: 0})
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    monkeypatch.setattr(Path, "chmod", Refuses(errno.EPERM))
    if not refused:
        make_own_folder(folder)
        return
    documents = FileDocuments(folder, tmp_path / "locks")
    with pytest.raises(StoreError) as caught:
        documents.check_writable()
    assert f"{opened} can be written by every user (mode 0777)" in caught.value.message
    assert "UPSTOX_STATE_DIR" in caught.value.hint
    assert "chmod o-w" in caught.value.hint
    assert list(folder.iterdir()) == []


NO_MODES = [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS]


@pytest.mark.parametrize("number", NO_MODES)
def test_a_file_system_that_cannot_close_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """FAT or a network drive: others could read the token, so it is not put there."""
    folder = tmp_path / "state" / "tokens"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    monkeypatch.setattr(Path, "chmod", Refuses(number))
    documents = FileDocuments(folder, folder.parent / "locks")
    for action in (documents.check_writable, lambda: documents.write("name", b"data")):
        with pytest.raises(StoreError) as caught:
            action()
        assert caught.value.code == "STORE_UNWRITABLE"
        assert "keeps no permissions" in caught.value.hint
        assert "UPSTOX_STATE_DIR" in caught.value.hint
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("which", "mode"), [("tokens", 0o777), ("tokens", 0o755), ("", 0o777)])
def test_a_file_system_that_takes_a_mode_and_keeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str, mode: int
) -> None:
    """As exFAT is mounted: no error tells of it, and whoever is told to run chmod gets nowhere."""
    folder = tmp_path / "state" / "tokens"
    folder.mkdir(parents=True)
    (tmp_path / "state").chmod(0o700)
    folder.chmod(0o700)
    (tmp_path / "state" / which).chmod(mode)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    documents = FileDocuments(folder, folder.parent / "locks")
    for action in (documents.check_writable, lambda: documents.write("name", b"data")):
        with pytest.raises(StoreError) as caught:
            action()
        assert "its file system keeps no permissions" in caught.value.message
        assert "mount it for this user alone" in caught.value.hint
    assert list(folder.iterdir()) == []


def test_a_file_that_stays_open_without_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.touch()
    path.chmod(0o644)
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    with path.open("rb") as file:
        set_mode(file.fileno(), 0o644)
        with pytest.raises(PermissionError, match="keeps no permissions"):
            set_mode(file.fileno(), 0o600)


@pytest.mark.parametrize("number", NO_MODES)
@pytest.mark.parametrize("mode", [0o700, 0o777])
def test_a_file_whose_mode_cannot_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, mode: int
) -> None:
    """Refused where others could read it; a drive that is mounted for this user alone will do."""
    path = tmp_path / "file"
    path.touch()
    path.chmod(mode)
    monkeypatch.setattr(os, "fchmod", Refuses(number))
    with path.open("rb") as file:
        if mode == 0o700:
            set_mode(file.fileno(), 0o600)
        else:
            with pytest.raises(OSError, match=os.strerror(number)):
                set_mode(file.fileno(), 0o600)


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
