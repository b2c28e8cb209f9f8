"""Folders and files that only their owner may look into.

On Windows a user's own folders are closed to others by their access lists, and the POSIX mode says
nothing: there these functions create, and neither look at modes nor change them.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600

# 0 where the system lacks the flag: O_NOFOLLOW is missing on Windows, O_BINARY elsewhere.
CREATE_FLAGS = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)

NO_MODES = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}
"""How a file system answers a change of permissions that it cannot keep."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


class ForeignFolderError(PermissionError):
    """A folder or file of ours belongs to another user, who could read or replace it."""

    def __init__(self, path: Path, owner: int) -> None:
        super().__init__(errno.EPERM, f"{path} belongs to another user (uid {owner})", str(path))


class NoModesError(PermissionError):
    """A file system that takes a change of permissions and keeps none, as exFAT and NTFS may."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.EPERM, "its file system keeps no permissions", str(path))


class OpenFolderError(PermissionError):
    """A folder of ours lets every user remove and replace what is in it."""

    def __init__(self, path: Path, mode: int) -> None:
        text = f"{path} can be written by every user (mode {stat.S_IMODE(mode):04o})"
        super().__init__(errno.EACCES, text, str(path))


def make_folder(path: Path) -> None:
    """Create `path` and its missing parents, each 0700. One that exists is left as it is.

    Raises `OSError`.
    """
    missing = []
    folder = path
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        # Another process may have made it meanwhile.
        with suppress(FileExistsError):
            each.mkdir(FOLDER_MODE)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def make_own_folder(path: Path) -> None:
    """As `make_folder`, for a folder that is this project's alone: it is closed to others too.

    Raises `OSError`: `ForeignFolderError` where it, or the folder around it, is somebody else's,
    `OpenFolderError` where it stays open to everybody.
    """
    refuse_foreign(path)
    make_folder(path)
    if sys.platform == "win32":
        return
    _close_around(path.parent)
    found = path.stat()
    if found.st_mode & _OTHERS:
        try:
            path.chmod(FOLDER_MODE)
        except PermissionError:
            if found.st_uid == os.geteuid():
                raise
            # The administrator's (a mounted volume, say): the files in it are 0600 all the same.
        else:
            if path.stat().st_mode & _OTHERS:
                raise NoModesError(path)
    _refuse_open(path)


def refuse_untrusted(path: Path) -> None:
    """Refuse a folder in which another user could put, read or replace something.

    Nothing is made or changed; what is not there is not refused. Raises `OSError`:
    `ForeignFolderError` where it, or the folder around it, is somebody else's, `OpenFolderError`
    where every user may write into one of them.
    """
    for folder in (path.parent, path):
        refuse_untrusted_folder(folder)


def refuse_untrusted_folder(folder: Path, *, sticky_will_do: bool = True) -> None:
    """As `refuse_untrusted`, whatever is around the folder.

    In one with the sticky bit others replace nothing, but may put something where it is looked for.
    """
    refuse_foreign_path(folder)
    if sys.platform == "win32":
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not sticky_will_do:
            raise OpenFolderError(folder, mode)
        _refuse_open(folder)


def _close_around(folder: Path) -> None:
    """Take the right to write from others, in the folder around ours, if it is this user's.

    It is the state folder. Others could otherwise move its subfolders away.
    """
    found = folder.stat()
    if sys.platform != "win32" and _is_open(found.st_mode) and found.st_uid == os.geteuid():
        try:
            folder.chmod(stat.S_IMODE(found.st_mode) & ~stat.S_IWOTH)
        except PermissionError:
            pass  # told below
        else:
            if _is_open(folder.stat().st_mode):
                raise NoModesError(folder)
    _refuse_open(folder)


def _is_open(mode: int) -> bool:
    """Whether every user may remove what is in a folder. The sticky bit leaves it to its owner."""
    return bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _refuse_open(folder: Path) -> None:
    """Raise `OpenFolderError` where every user may remove what is in `folder`, and replace it."""
    mode = folder.stat().st_mode
    if _is_open(mode):
        raise OpenFolderError(folder, mode)


def refuse_foreign(path: Path) -> None:
    """Raise `ForeignFolderError` where `path`, or the folder around it, is somebody else's."""
    for folder in (path.parent, path):
        refuse_foreign_path(folder)


def refuse_foreign_path(path: Path) -> None:
    """Raise `ForeignFolderError` where a file or folder is somebody else's."""
    with suppress(FileNotFoundError, NotADirectoryError):
        refuse_owner(path, path.stat())


def refuse_owner(path: Path, about: os.stat_result) -> None:
    """Raise `ForeignFolderError` where `about`, which the system says of `path`, names another.

    What is the administrator's is no obstacle: root may read and replace everything anyway.
    """
    if sys.platform != "win32" and about.st_uid not in {0, os.geteuid()}:
        raise ForeignFolderError(path, about.st_uid)


def set_mode(descriptor: int, mode: int) -> None:
    """Give an open file its mode, where the umask has taken bits of it. Raises `OSError`.

    A file system that keeps no modes will do as long as it gives others no more than `mode` does.
    """
    if not hasattr(os, "fchmod"):
        return
    refused: OSError | None = None
    try:
        os.fchmod(descriptor, mode)
    except OSError as error:
        refused = error
    if os.fstat(descriptor).st_mode & ~mode & _OTHERS:
        raise refused or NoModesError(descriptor)
    if refused is not None and refused.errno not in NO_MODES:
        raise refused


def create_file(path: Path) -> None:
    """Create an empty file with mode 0600, unless there is one. Raises `OSError`."""
    with suppress(FileExistsError):
        os.close(os.open(path, CREATE_FLAGS, FILE_MODE))


def is_shared(mode: int) -> bool:
    """Whether a file's `st_mode` lets its group or others do anything with it."""
    return sys.platform != "win32" and bool(mode & _OTHERS)


def warn_if_shared(path: Path | str, mode: int) -> None:
    """Log a warning about a file that others may read; the next write closes it."""
    if is_shared(mode):
        _log.warning(
            "%s may be used by other users of this machine (mode %03o); "
            "the next login makes it private",
            path,
            stat.S_IMODE(mode),
        )
