"""The settings of this process, read anew only where something has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from stat import S_IFMT, S_ISDIR, S_ISREG
from typing import Any

from msgspec import Struct

from upstox_browser_login.files.paths import is_file, is_folder, is_missing

from .env_file import DEFAULT, EnvFile, read_env_file
from .model import Settings
from .sources import files_named


class Files(Struct, frozen=True):
    """The files that settings were read from, and how they looked then."""

    paths: tuple[str, ...]
    stamps: list[object]

    @classmethod
    def of(cls, env_file: EnvFile, given: Mapping[str, Any]) -> Files:
        """The env file, and the files that it, the environment or a `given` option names.

        None of them where one is a pipe: who reads that again finds nothing, or waits for ever.
        """
        paths = (env_file.path, *files_named(env_file, given))
        if not all(is_file(each) or is_folder(each) or is_missing(each) for each in paths):
            return cls((), [])
        names = tuple(map(str, paths))
        return cls(names, [*map(_stamp, names)])

    def have_changed(self) -> bool:
        """Whether one of them is another by now."""
        return self.stamps != [*map(_stamp, self.paths)]


class _Read(Struct, frozen=True):
    """Settings, the files they were read from, and how everything looked then."""

    settings: Settings
    files: tuple[str, ...]
    seen: object


_last_read: _Read | None = None
_TICK = 100_000_000
"""Nanoseconds, longer than between two ticks of a file system's clock."""


def current_settings() -> Settings:
    """`Settings()`, read anew only where something that it reads has changed.

    Reading takes 1.5 ms, looking 0.05 ms, and programs ask for a token hundreds of times a day. A
    pipe is read once in a process. Raises `ConfigurationError`.
    """
    global _last_read  # noqa: PLW0603  (one assignment of a whole, so threads may race)
    last = _last_read
    if last is not None and last.seen == _seen(last.files):
        return last.settings
    # Looked at before it is read: a change in between is noticed the next time.
    here, stamp = _here(), _stamp(DEFAULT)
    env_file = read_env_file(None, None)
    others = tuple(str(path) for path in files_named(env_file))
    seen = (*here, [stamp, *map(_stamp, others)])
    settings = Settings(env_file=env_file)
    _last_read = _Read(settings, (DEFAULT, *others), seen)
    return settings


def _seen(files: tuple[str, ...]) -> object:
    """The current folder, the environment and the files' stamps, to be compared."""
    return (*_here(), [_stamp(path) for path in files])


def _here() -> tuple[str, dict[str, str]]:
    try:
        folder = os.getcwd()  # noqa: PTH109  (Path costs more than the call)
    except OSError:  # it was removed under a program that stays
        folder = ""
    return folder, os.environ.copy()


def _stamp(path: str) -> object:
    try:
        stat = os.stat(path)  # noqa: PTH116  (Path costs more than the call)
    except (OSError, ValueError):
        return None
    if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)):
        # A pipe's times are left out: reading changes them, and a second read might wait for ever.
        return stat.st_dev, stat.st_ino, S_IFMT(stat.st_mode)
    # What was written a moment ago counts as changed: its times may hide another write. A folder is
    # written where a file in it comes or goes.
    if time.time_ns() - stat.st_mtime_ns < _TICK:
        return object()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
