"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from upstox_browser_login.files import atomic
from upstox_browser_login.files.atomic import (
    MORE,
    STALE_SECONDS,
    check_write,
    patiently,
    write_atomically,
    write_where_possible,
)

posix_only = pytest.mark.skipif(os.name != "posix", reason="looks at modes, or asks statvfs")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_creates_and_replaces(tmp_path: Path) -> None:
    """Whatever stood there, and nothing else is in the folder afterwards."""
    path = tmp_path / "file"
    for data in (b"first", b"", b"third\r\n\x1a\x00"):
        write_atomically(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@posix_only
@pytest.mark.parametrize("umask", [0, 0o022, 0o377])
def test_the_mode_is_there_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    """Looked at while the bytes are being written, whatever the umask."""
    seen = []
    write = os.write

    def look(descriptor: int, data: memoryview) -> int:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", look)
    before = os.umask(umask)
    try:
        write_atomically(tmp_path / "private", b"data")
        write_atomically(tmp_path / "public", b"data", 0o644)
    finally:
        os.umask(before)
    assert seen == [0o600, 0o644]
    assert mode_of(tmp_path / "private") == 0o600
    assert mode_of(tmp_path / "public") == 0o644


@posix_only
def test_missing_folders_are_private_and_others_untouched(tmp_path: Path) -> None:
    """Each of the new ones, not the leaf alone."""
    tmp_path.chmod(0o755)
    write_atomically(tmp_path / "a" / "b" / "file", b"data")
    assert mode_of(tmp_path) == 0o755
    assert mode_of(tmp_path / "a") == 0o700
    assert mode_of(tmp_path / "a" / "b") == 0o700


@posix_only
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """What it pointed to stays as it was."""
    target = tmp_path / "target"
    target.write_bytes(b"target")
    path = tmp_path / "link"
    path.symlink_to(target)
    write_atomically(path, b"data")
    assert target.read_bytes() == b"target"
    assert path.read_bytes() == b"data"
    assert not path.is_symlink()


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may take less than it is given."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_atomically(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


@pytest.mark.parametrize("function", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()]
)
def test_a_failed_write_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: BaseException
) -> None:
    """And leaves no other file, at whatever point it failed."""
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, function, fail)
        with pytest.raises(type(error)):
            write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix_only
def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives refuse it; the file is in place."""
    sync = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    write_atomically(tmp_path / "file", b"data")
    assert (tmp_path / "file").read_bytes() == b"data"


def test_only_old_temporary_files_of_ours_are_swept(tmp_path: Path) -> None:
    """A writer that is at work keeps its file, and so does everybody else."""
    strays = [".other.json.0123456789abcdef.ubl-tmp", ".env.fedcba9876543210.ubl-tmp"]
    others = ["other.json", ".other.json.tmp", "x.0123456789abcdef.ubl-tmp"]
    for name in strays + others:
        (tmp_path / name).write_bytes(b"stray")
    born = (tmp_path / strays[0]).stat().st_mtime
    write_atomically(tmp_path / "file", b"data", now=lambda: born + STALE_SECONDS - 60)
    assert {path.name for path in tmp_path.iterdir()} == {"file", *strays, *others}
    write_atomically(tmp_path / "file", b"data", now=lambda: born + STALE_SECONDS + 60)
    assert {path.name for path in tmp_path.iterdir()} == {"file", *others}


def test_patience_outlasts_a_reader_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a file that somebody reads cannot be replaced at that moment."""
    monkeypatch.setattr(atomic, "_TRIES", 3)
    monkeypatch.setattr(atomic, "_PAUSE", 0)
    tries = []

    def action(needed: int) -> str:
        tries.append(needed)
        if len(tries) < needed:
            raise PermissionError
        return "done"

    assert patiently(lambda: action(3)) == "done"
    tries.clear()
    with pytest.raises(PermissionError):
        patiently(lambda: action(4))
    assert len(tries) == 3


def test_a_folder_that_cannot_be_listed_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sweeping is a courtesy; the write is what was asked for."""

    def refuse(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    write_atomically(tmp_path / "file", b"data")
    assert (tmp_path / "file").read_bytes() == b"data"


# -- a file that cannot be replaced ----------------------------------------------------------------

NOT_REPLACEABLE = [("replace", errno.EBUSY), ("open", errno.EROFS), ("open", errno.EACCES)]


def unreplaceable(monkeypatch: pytest.MonkeyPatch, function: str, number: int) -> None:
    """As a file is that a container mounts, or that stands in a folder of somebody else's."""
    real = os.open

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    def refuse_new(path: object, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            refuse()
        return real(path, flags, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, function, refuse_new if function == "open" else refuse)


@pytest.mark.parametrize(("function", "number"), NOT_REPLACEABLE)
@pytest.mark.parametrize("data", [b"new", b"", b"much longer than before"])
def test_what_cannot_be_replaced_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, data: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old content")
    before = path.stat()
    unreplaceable(monkeypatch, function, number)
    write_where_possible(path, data, 0o600)
    assert path.read_bytes() == data
    assert (path.stat().st_ino, path.stat().st_mode) == (before.st_ino, before.st_mode)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failing", ["write", "ftruncate", "fsync"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()]
)
def test_a_failed_write_in_place_puts_the_old_content_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    """At whatever point it failed, after some of the new content was written."""
    path = tmp_path / "file"
    path.write_bytes(b"old content")
    unreplaceable(monkeypatch, "replace", errno.EBUSY)
    inode, real = path.stat().st_ino, getattr(os, failing)
    failed: list[str] = []

    def fail(descriptor: int, *arguments: Any) -> Any:
        if os.fstat(descriptor).st_ino != inode or len(failed) == 2:
            return real(descriptor, *arguments)
        failed.append(failing)
        if failing == "write" and len(failed) == 1:
            return real(descriptor, arguments[0][:3])
        failed[:] = [failing] * 2
        raise error

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(type(error)):
        write_where_possible(path, b"new content of some length", 0o600)
    assert failed
    assert path.read_bytes() == b"old content"


@pytest.mark.parametrize("there", [False, True])
def test_other_failures_are_not_written_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """A full disk with the file there, and a folder that is read-only without it."""
    path = tmp_path / "file"
    if there:
        path.write_bytes(b"old")
    unreplaceable(monkeypatch, "open", errno.ENOSPC if there else errno.EROFS)
    with pytest.raises(OSError, match="No space left" if there else "Read-only"):
        write_where_possible(path, b"new", 0o600)
    with pytest.raises(OSError, match="No space left" if there else "Read-only"):
        check_write(path, 0o600)
    assert path.exists() is there


def room_for(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """A disk with room for so many bytes of a new file."""
    real = os.write
    left = [size]

    def write(descriptor: int, data: Any) -> int:
        if len(data) > left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= len(data)
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)


@pytest.mark.parametrize(
    ("old", "room", "enough"),
    [(0, MORE, True), (0, 4_096, False), (50_000, 50_000, False), (50_000, 60_000, True)],
)
def test_a_check_needs_room_for_the_old_content_and_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: int, room: int, *, enough: bool
) -> None:
    """An empty file finds a place on a disk that is full."""
    path = tmp_path / "file"
    if old:
        path.write_bytes(b"x" * old)
    room_for(monkeypatch, room)
    if enough:
        check_write(path, 0o600)
    else:
        with pytest.raises(OSError, match="No space left"):
            check_write(path, 0o600)
    assert list(tmp_path.iterdir()) == ([path] if old else [])


@posix_only
@pytest.mark.parametrize("enough", [True, False])
def test_a_check_of_what_is_written_in_place_asks_for_room_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, enough: bool
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    unreplaceable(monkeypatch, "open", errno.EACCES)
    blocks = SimpleNamespace(f_bavail=2 if enough else 1, f_frsize=4_096, f_flag=0)
    monkeypatch.setattr(os, "statvfs", lambda _: blocks)
    if enough:
        check_write(path, 0o600)
    else:
        with pytest.raises(OSError, match="No space left"):
            check_write(path, 0o600)
    assert path.read_bytes() == b"old"


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    check_write(path, 0o600)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    before = path.stat()
    check_write(path, 0o600)
    assert path.stat() == before
    assert list(tmp_path.iterdir()) == [path]
