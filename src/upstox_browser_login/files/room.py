"""Whether something can be kept in a folder that need not be there yet."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from .atomic import check_write
from .paths import nearest
from .private import FILE_MODE


def check_room(folder: Path, name: str, room: int = 0) -> None:
    """Try whether `folder / name` could be written; no folder is made, and nothing stays.

    `room`: bytes that have to be free. Raises `OSError`.
    """
    there = nearest(folder)
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    check_write(there / name, FILE_MODE)
    if shutil.disk_usage(there).free < room:
        raise OSError(errno.ENOSPC, f"its disk has less than {room // 1024**2} MB left")
