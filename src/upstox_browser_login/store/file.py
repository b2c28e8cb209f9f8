"""Documents as files, one each, in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from upstox_browser_login.files.atomic import patiently, write_atomically
from upstox_browser_login.files.private import (
    FILE_MODE,
    is_shared,
    make_own_folder,
    refuse_foreign,
    refuse_owner,
    warn_if_shared,
)
from upstox_browser_login.files.refused import (
    may_pass,
    reason_of,
    unreadable,
    unwritable,
    way_out_of,
)

from .documents import PROBE, Copy, Held, damaged_name, only_copy, utc_now
from .locks import check_lock, file_lock


class FileDocuments:
    """`FOLDER/NAME.json`, 0600 in a folder that is 0700; the locks are in a folder beside it."""

    kind = "file"

    def __init__(self, folder: Path, locks: Path, *, now: Callable[[], datetime] = utc_now) -> None:
        # Absolute, so that a later change of the current folder does not move the store.
        self._folder = folder.absolute()
        self._locks = locks.absolute()
        self._now = now

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    @property
    def place(self) -> str:
        """See `Documents.place`."""
        return str(self._folder)

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        return str(self._path(name))

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        path = self._path(name)
        try:
            refuse_foreign(self._folder)
            return patiently(lambda: _content(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            told = unreadable(path, reason_of(error), way_out_of(error, path))
            told.unanswered = may_pass(error)
            raise told from None

    def copies(self, name: str) -> tuple[Copy, ...]:
        """See `LedgerDocuments.copies`."""
        return only_copy(self, name)

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:  # noqa: ARG002  (a file has no end)
        """See `Documents.write`."""
        self._write(self._path(name), data)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            make_own_folder(self._folder)
            write_atomically(path, data, now=lambda: self._now().timestamp())
        except OSError as error:
            raise unwritable(path, reason_of(error), way_out_of(error, self._folder)) from None

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        path = self._path(name)
        found = True
        try:
            try:
                patiently(path.unlink)
            except FileNotFoundError:
                found = False
            aside = path.with_name(damaged_name(path.name))
            patiently(partial(aside.unlink, missing_ok=True))
        except OSError as error:
            raise unwritable(path, reason_of(error), way_out_of(error, path)) from None
        return found

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`; the file becomes `NAME.json.damaged`.

        A folder in its place is somebody's: the time in its name keeps it apart, for good.
        """
        path = self._path(name)
        aside = path.with_name(damaged_name(path.name))
        if path.is_dir() and not path.is_symlink():
            aside = path.with_name(f"{aside.name}-{self._now().astimezone(UTC):%Y%m%dT%H%M%SZ}")
        try:
            patiently(lambda: path.replace(aside))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unwritable(path, reason_of(error), way_out_of(error, path)) from None
        with suppress(OSError):
            # What is damaged may still hold a token. A folder in a file's place keeps its mode.
            if aside.is_file() and is_shared(aside.stat().st_mode):
                aside.chmod(FILE_MODE)
        return str(aside)

    def check_writable(self) -> None:
        """See `Documents.check_writable`."""
        # One name for all: what a killed process has left goes with the next.
        probe = self._folder / "probe"
        try:
            make_own_folder(self._folder)
            try:
                write_atomically(probe, PROBE, now=lambda: self._now().timestamp())
            finally:
                # Also where a signal came in between.
                patiently(partial(probe.unlink, missing_ok=True))
        except OSError as error:
            hint = way_out_of(error, self._folder)
            raise unwritable(self._folder, reason_of(error), hint) from None
        check_lock(self._locks)

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        """See `Documents.lock`."""
        return file_lock(self._locks, name, timeout)


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        refuse_owner(path, about)
        warn_if_shared(path, about.st_mode)
        return file.read()
