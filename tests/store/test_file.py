"""What is special to tokens in files."""

from __future__ import annotations

import errno
import logging
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness import variants
from upstox_browser_login.errors import StoreError
from upstox_browser_login.files.atomic import write_atomically
from upstox_browser_login.store.file import FileDocuments

from .conftest import Clock

posix_only = pytest.mark.skipif(os.name != "posix", reason="looks at modes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "tokens"


@pytest.fixture
def documents(folder: Path, clock: Clock) -> FileDocuments:
    return FileDocuments(folder, folder.parent / "locks", now=clock)


@posix_only
def test_files_and_folders_are_private(documents: FileDocuments, folder: Path) -> None:
    """0600 and 0700, the locks too."""
    documents.write("name", b"data")
    with documents.lock("name", 5):
        pass
    files = {path for path in folder.parent.rglob("*") if path.is_file()}
    assert files == {folder / "name.json", folder.parent / "locks" / "name.lock"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = {folder.parent, folder, folder.parent / "locks"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


@posix_only
def test_a_file_that_others_may_read_is_told_and_closed_by_the_next_write(
    documents: FileDocuments, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is used all the same: refusing would not make it less read."""
    documents.write("name", b"data")
    assert caplog.records == []
    path = folder / "name.json"
    path.chmod(0o644)
    assert documents.read("name") == b"data"
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert str(path) in record.getMessage()
    assert "644" in record.getMessage()
    documents.write("name", b"data")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix_only
def test_a_damaged_file_set_aside_is_closed(documents: FileDocuments, folder: Path) -> None:
    """It may still hold a token."""
    documents.write("name", b"data")
    (folder / "name.json").chmod(0o666)
    where = documents.set_aside("name")
    assert where is not None
    assert Path(where).name == "name.json.damaged"
    assert stat.S_IMODE(Path(where).stat().st_mode) == 0o600


@pytest.mark.parametrize("function", ["write", "fsync"])
def test_a_full_disk_keeps_the_old_token(
    documents: FileDocuments, folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """The error names the file and the reason, and the check before a login finds it too."""
    documents.write("name", b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, function, fail)
        with pytest.raises(StoreError) as caught:
            documents.write("name", b"new")
        with pytest.raises(StoreError) as checked:
            documents.check_writable()
    for error in (caught.value, checked.value):
        assert error.code == "STORE_UNWRITABLE"
        assert error.step == "store"
        assert str(folder) in error.message
        assert "No space left" in error.message
        assert "Free some space" in error.hint
    assert documents.read("name") == b"old"
    assert list(folder.iterdir()) == [folder / "name.json"]


def test_a_disk_that_is_nearly_full(
    documents: FileDocuments, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few bytes still fit, but no document: the check before a login finds it."""
    real = os.write

    def write(descriptor: int, data: memoryview) -> int:
        left = 4096 - os.fstat(descriptor).st_size
        if left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data[:left])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(StoreError, match="No space left") as caught:
        documents.check_writable()
    assert "Free some space" in caught.value.hint
    assert list(folder.iterdir()) == []


def test_a_file_in_place_of_the_folder(documents: FileDocuments, folder: Path) -> None:
    """Every way to write says so, with what to do."""
    folder.parent.mkdir()
    folder.write_bytes(b"")
    actions: list[Callable[[], None]] = [
        lambda: documents.write("name", b"data"),
        documents.check_writable,
    ]
    for action in actions:
        with pytest.raises(StoreError) as caught:
            action()
        assert caught.value.code == "STORE_UNWRITABLE"
        assert str(folder) in caught.value.message
        assert "move it" in caught.value.hint


def test_a_file_in_place_of_the_locks(documents: FileDocuments, folder: Path) -> None:
    """The check finds it before the lock is needed; the lock is an error of the store as well."""
    folder.parent.mkdir()
    (folder.parent / "locks").write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        documents.check_writable()
    assert "locks" in caught.value.message
    with pytest.raises(StoreError) as caught, documents.lock("name", 5):
        pytest.fail("no lock can be held")
    assert caught.value.code == "STORE_UNWRITABLE"


def test_a_folder_in_place_of_the_file_can_be_set_aside(
    documents: FileDocuments, folder: Path
) -> None:
    """Reading and deleting say what is wrong; setting aside makes room."""
    (folder / "name.json").mkdir(parents=True)
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.code == "STORE_UNREADABLE"
    assert not caught.value.unanswered
    with pytest.raises(StoreError):
        documents.delete("name")
    documents.set_aside("name")
    documents.write("name", b"data")
    assert documents.read("name") == b"data"
    assert documents.set_aside("name") == str(folder / "name.json.damaged")
    documents.delete("name")
    (aside,) = folder.iterdir()
    assert aside.is_dir(), "a folder is somebody's, and no token"


@pytest.mark.parametrize(
    ("number", "way_out"),
    [(errno.EACCES, "Let this user read and write"), (errno.EROFS, "not read-only")],
)
def test_refusals_of_the_system_tell_the_way_out(
    documents: FileDocuments, monkeypatch: pytest.MonkeyPatch, number: int, way_out: str
) -> None:
    """Simulated: the tests may run as root, whom nothing is refused."""
    documents.write("name", b"data")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    for method, action in (
        ("open", lambda: documents.read("name")),
        ("unlink", lambda: documents.delete("name")),
        ("replace", lambda: documents.set_aside("name")),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(Path, method, refuse)
            with pytest.raises(StoreError) as caught:
                action()
        assert os.strerror(number) in caught.value.message
        assert "name.json" in caught.value.message
        assert way_out in caught.value.hint


@pytest.mark.parametrize(("number", "unanswered"), [(errno.EIO, True), (errno.EACCES, False)])
def test_a_file_that_is_not_this_user_s_stays_unreadable_and_a_disk_may_recover(
    documents: FileDocuments, monkeypatch: pytest.MonkeyPatch, number: int, unanswered: bool
) -> None:
    documents.write("name", b"data")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.unanswered is unanswered


def test_a_change_of_the_current_folder_does_not_move_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative UPSTOX_STATE_DIR is below the folder in which the store was opened."""
    documents = FileDocuments(Path("tokens"), Path("locks"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    documents.write("name", b"data")
    assert (tmp_path / "tokens" / "name.json").exists()


@posix_only
@pytest.mark.parametrize("number", [50, *variants(200)])
def test_killed_writers(
    tmp_path: Path, start: Callable[..., subprocess.Popen[str]], number: int
) -> None:
    """The file is always the old or the new one; what the killed left is swept by a later write."""
    process = start("killed_writers", tmp_path, number)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    folder = tmp_path / "tokens"
    left = [path for path in folder.iterdir() if path.name != "key.json"]
    assert len(left) == int(output)
    assert left, "nobody was killed in the middle of a write: the test tests nothing"
    for path in left:
        os.utime(path, (0, 0))
    write_atomically(folder / "key.json", b"data")
    assert [path.name for path in folder.iterdir()] == ["key.json"]


def test_the_probe_of_a_killed_check_goes_with_the_next(
    documents: FileDocuments, folder: Path
) -> None:
    documents.write("name", b"data")
    (folder / "probe").write_bytes(b"left")
    documents.check_writable()
    assert [each.name for each in folder.iterdir()] == ["name.json"]
