"""Documents as rows of an SQLite database.

Each call opens and closes its own connection, so that no thread, fork or lock outlives it.
The rollback journal, not WAL: rows are few and small, one file is left behind instead of three,
and it works on network drives.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.files.locks import name_for
from upstox_browser_login.files.paths import in_full
from upstox_browser_login.files.private import (
    FILE_MODE,
    NoModesError,
    create_file,
    is_shared,
    make_folder,
    refuse_foreign_path,
    refuse_untrusted,
    refuse_untrusted_folder,
    warn_if_shared,
)
from upstox_browser_login.files.refused import (
    MAKE_ROOM,
    may_pass,
    reason_of,
    unreadable,
    unwritable,
    way_out_of,
)
from upstox_browser_login.forks import released_in_children

from .documents import PROBE, Blame, Held, damaged_name
from .locks import check_lock, file_lock

SCHEMA = 1
"""The database's `PRAGMA user_version`."""

APPLICATION_ID = 0x75625F6C
"""The database's `PRAGMA application_id` ("ub_l"): tells ours from somebody else's."""

BUSY_SECONDS = 5.0
"""How long to wait while another process writes. A write takes milliseconds."""

_CREATE = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA};
COMMIT;
"""

# SQLite's primary result codes for content that is no (whole) database, or not the one we made.
_DAMAGED = {1, 11, 26}  # SQLITE_ERROR (no such table, say), SQLITE_CORRUPT, SQLITE_NOTADB

_STAYS_SO = {sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
"""Result codes of what does not work in a moment either."""

# Damage reaches Python in other clothes too: text that is no UTF-8, numbers too large.
_FAILURES = (sqlite3.Error, OSError, ValueError, OverflowError)

_SETTING = "UPSTOX_TOKEN_STORE"

_PROBE_NAME = "probe"

_FILES = ("-journal", "-wal", "-shm", "")
"""How the names of a database's files end, those first that are played into it."""

_MAGIC = b"SQLite format 3\0"
"""How every SQLite database begins that is not empty."""

_turns = released_in_children(threading.Lock())
"""Held while a thread has the database open, by SQLite or as a file.

POSIX drops all locks of a process on a file when any of its descriptors is closed, so that a file
that one thread closed would leave another one's transaction without its lock.
"""


class _DamagedFileError(Exception):
    """The file has to be moved aside as a whole."""


_Content = Literal["empty", "ours", "newer", "foreign"]


def path_of(address: str) -> Path:
    """The file of `sqlite:///relative.db` or `sqlite:////absolute.db`.

    Raises `ConfigurationError` for a database in memory, which would keep nothing.
    """
    text = address.removeprefix("sqlite:///")
    if text == ":memory:":
        raise ConfigurationError(
            "UPSTOX_TOKEN_STORE names a database in memory, which keeps nothing.",
            hint="Name a file: sqlite:///relative.db or sqlite:////absolute.db.",
        )
    return Path(text)


class SqliteDocuments:
    """Rows of one table in a database file that is 0600; the locks are files in `locks`."""

    kind = "sqlite"

    def __init__(self, path: Path, locks: Path) -> None:
        # Absolute, so that a later change of the current folder does not move the store.
        self.path = in_full(path)
        self._locks = locks.absolute()

    @property
    def place(self) -> str:
        """See `Documents.place`."""
        return str(self.path)

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        return f"{self.path} (row {name})"

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        try:
            if not self._is_there():
                return None
            with self._connection() as connection:
                content = _content(connection)
                if content == "empty":
                    return None
                self._refuse(content, unreadable)
                warn_if_shared(self.path, self.path.stat().st_mode)
                data = _select(connection, name)
        except _FAILURES as error:
            raise self._failed(error, unreadable) from None
        if data is None or isinstance(data, bytes):
            return data
        raise unreadable(self.path, "the stored document is not text")

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:  # noqa: ARG002  (a row has no end)
        """See `Documents.write`."""
        try:
            with self._prepared() as connection:
                _replace(connection, name, data)
        except _FAILURES as error:
            raise self._failed(error, unwritable) from None

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        try:
            there = self._is_there()
            for each in self._files_aside():
                each.unlink(missing_ok=True)
            if not there:
                return False
            with self._connection() as connection:
                content = _content(connection)
                if content == "empty":
                    return False
                self._refuse(content, unwritable)
                _delete(connection, damaged_name(name))
                return _delete(connection, name)
        except _FAILURES as error:
            raise self._failed(error, unwritable) from None

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`: the row is renamed, or the file where all of it is damaged.

        A file that is no SQLite database is somebody's who was named by mistake: it stays.
        """
        try:
            with suppress(_DamagedFileError):
                return self._set_row_aside(name)
            with self._only_mover():
                # A login of another account may have moved it by now, and stored a token anew.
                with suppress(_DamagedFileError):
                    return self._set_row_aside(name)
                return self._set_file_aside()
        except _FAILURES as error:
            raise self._failed(error, unwritable) from None

    def _set_row_aside(self, name: str) -> str | None:
        """Rename the row. Raises `_DamagedFileError` where the file has to be moved as a whole."""
        if not self._is_there():
            return None
        aside = damaged_name(name)
        try:
            with self._connection() as connection:
                content = _content(connection)
                if content == "empty":
                    return None
                if content != "newer":
                    self._refuse(content, unwritable)
                    renamed = connection.execute(
                        "UPDATE OR REPLACE documents SET name = ? WHERE name = ?", (aside, name)
                    )
                    return f"row {aside} of {self.path}" if renamed.rowcount else None
        except (sqlite3.Error, ValueError, OverflowError) as error:
            if not self._is_damaged_store(error):
                raise
        raise _DamagedFileError

    def _only_mover(self) -> AbstractContextManager[Held]:
        """Be the only one who moves this file: the lock of a token is that of one account."""
        return self.lock(name_for("database", self.path), BUSY_SECONDS)

    def check_writable(self) -> None:
        """See `Documents.check_writable`.

        What `set_aside` would move away is no obstacle, as long as it can be moved.
        """
        check_lock(self._locks)
        try:
            try:
                with self._prepared(newer_will_do=True) as connection:
                    if _content(connection) == "ours":
                        # One name for all: what a killed process has left goes with the next.
                        _replace(connection, _PROBE_NAME, PROBE)
                        _delete(connection, _PROBE_NAME)
                        return
            except (sqlite3.Error, ValueError, OverflowError) as error:
                if not self._is_damaged_store(error):
                    raise
            self._check_movable()
        except _FAILURES as error:
            raise self._failed(error, unwritable) from None

    def _check_movable(self) -> None:
        """Find out that the file can be renamed, and another one made. Raises `OSError`."""
        self._refuse_closed()
        probe = self.path.with_name(f".{self.path.name}.{os.urandom(8).hex()}.ubl-tmp")
        try:
            create_file(probe)
        finally:
            probe.unlink(missing_ok=True)

    def _refuse_closed(self) -> None:
        """Raise `OSError` where the file may not be read and written.

        It is not opened for that, since closing it would drop the locks of this process.
        """
        self.path.stat()
        if not os.access(self.path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.path))

    def _is_there(self) -> bool:
        """Whether there is a file, or a folder in its place. Raises `OSError` where none can say.

        Also where another user could have put it there.
        `Path.exists` calls a file missing that a closed folder hides, from Python 3.14 on.
        """
        self._refuse_untrusted()
        with suppress(FileNotFoundError, NotADirectoryError):
            self.path.stat()
            return True
        return False

    def _refuse_untrusted(self) -> None:
        """Raise `OSError` where another user could read, replace or plant the database.

        SQLite plays a journal that lies beside it into it, and writes the old rows into one that
        is there, whoever may read that. Of a link the journal lies beside what it leads to.
        """
        for path in {self.path, Path(os.path.realpath(self.path))}:
            refuse_untrusted(path.parent)
            refuse_untrusted_folder(path.parent, sticky_will_do=False)
            for ending in _FILES:
                refuse_foreign_path(path.with_name(path.name + ending))

    def _is_damaged_store(self, error: Exception) -> bool:
        """Whether `error` is damage of a file that is a database by its first bytes."""
        with suppress(OSError):
            if _is_damage(error):
                with _turns, self.path.open("rb") as file:
                    return file.read(len(_MAGIC)) == _MAGIC
        return False

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        """See `Documents.lock`."""
        return file_lock(self._locks, name, timeout)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection to the existing file, in autocommit mode."""
        path = self.path.as_posix()
        root = "" if path.startswith("/") else "/"
        # An address, since only an address can say: do not create the file.
        address = f"file://{root}{quote(path, safe='/:')}?mode=rw"
        with (
            _turns,
            closing(
                sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
            ) as connection,
        ):
            connection.text_factory = bytes
            # A token that is replaced or removed is overwritten in the file as well.
            connection.execute("PRAGMA secure_delete = ON")
            yield connection

    @contextmanager
    def _prepared(self, *, newer_will_do: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection to a database that is there, is private and has its table.

        With `newer_will_do` also to one of a newer version, as it is.
        """
        make_folder(self.path.parent)
        self._refuse_untrusted()
        # Before SQLite does, which would let the umask choose the mode.
        with _turns:
            create_file(self.path)
        with self._connection() as connection:
            content = _content(connection)
            if content != "newer" or not newer_will_do:
                self._refuse(content, unwritable)
                # Not before it is known to be ours.
                _make_private(self.path)
            if content == "empty":
                connection.executescript(_CREATE)
            yield connection

    def _refuse(self, content: _Content, blame: Blame) -> None:
        if content == "newer":
            raise _mended_by_login(
                blame(
                    self.path,
                    "it was written by a newer version of upstox-browser-login",
                    "Upgrade upstox-browser-login, or run `upstox-browser-login login`: "
                    "it moves the database aside.",
                )
            )
        if content == "foreign":
            raise blame(
                self.path,
                "it is another program's database",
                "Name a file of its own in UPSTOX_TOKEN_STORE.",
            )

    def _failed(self, error: Exception, blame: Blame) -> StoreError:
        if isinstance(error, OSError):
            return self._refused(error, blame)
        if self._is_damaged_store(error):
            return _mended_by_login(
                blame(
                    self.path,
                    "it is a damaged SQLite database",
                    "Run `upstox-browser-login login`: it moves the damaged database aside. Or "
                    f"name another file in {_SETTING}.",
                )
            )
        if self.path.is_dir():
            return blame(self.path, "it is a folder", f"Name a file in {_SETTING}.")
        if _is_damage(error):
            return blame(
                self.path,
                "it is no SQLite database",
                f"Name another file in {_SETTING}; this one stays as it is.",
            )
        if _code(error) == sqlite3.SQLITE_FULL:
            return blame(self.path, "the disk is full", MAKE_ROOM)
        try:
            # SQLite says no more than that it could not open the file; the system says why.
            self._refuse_closed()
        except OSError as refused:
            return self._refused(refused, blame)
        hint = (
            f"Let this user read and write {self.path} and its folder, and see that no other "
            f"program keeps it locked; or name another file in {_SETTING}."
        )
        told = blame(self.path, str(error), hint)
        told.unanswered = _code(error) not in _STAYS_SO
        return told

    def _refused(self, error: OSError, blame: Blame) -> StoreError:
        told = blame(self.path, reason_of(error), way_out_of(error, self.path, _SETTING))
        told.unanswered = may_pass(error)
        return told

    def _set_file_aside(self) -> str:
        """Move the database and, so that it is never played into a new one, its journal."""
        for ending, aside in zip(_FILES, self._files_aside(), strict=True):
            source = self.path.with_name(self.path.name + ending)
            if source.exists():
                with suppress(OSError):
                    _make_private(source)  # what is damaged may still hold a token
                source.replace(aside)
            else:
                aside.unlink(missing_ok=True)  # it belongs to what was set aside before
        return str(aside)

    def _files_aside(self) -> list[Path]:
        """Where the database and its journals go as a whole, with the tokens of all accounts."""
        aside = damaged_name(self.path.name)
        return [self.path.with_name(aside + ending) for ending in _FILES]


def _mended_by_login(error: StoreError) -> StoreError:
    error.mended_by_login = True
    return error


def _make_private(path: Path) -> None:
    if is_shared(path.stat().st_mode):
        path.chmod(FILE_MODE)
        if is_shared(path.stat().st_mode):
            raise NoModesError(path)


def _content(connection: sqlite3.Connection) -> _Content:
    # The owner last: another process may make the database at this moment, and what it made
    # before the owner is asked for comes with our mark.
    has_tables = _has_tables(connection)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID:
        return "ours" if version <= SCHEMA else "newer"
    return "foreign" if owner or version or has_tables else "empty"


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Whether there is a table; also where the list of tables is damaged."""
    try:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error as error:
        if not _is_damage(error):
            raise
        return True


def _select(connection: sqlite3.Connection, name: str) -> object:
    row = connection.execute("SELECT data FROM documents WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def _replace(connection: sqlite3.Connection, name: str, data: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO documents (name, data) VALUES (?, ?)", (name, data))


def _delete(connection: sqlite3.Connection, name: str) -> bool:
    return bool(connection.execute("DELETE FROM documents WHERE name = ?", (name,)).rowcount)


def _is_damage(error: Exception) -> bool:
    return not isinstance(error, sqlite3.Error) or _code(error) in _DAMAGED


def _code(error: Exception) -> int | None:
    """SQLite's primary code of an error; None for one that is Python's own."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
