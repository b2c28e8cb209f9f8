"""What is special to tokens in a database."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.owners import belongs_to
from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.files.refused import MAKE_ROOM
from upstox_browser_login.store import sqlite
from upstox_browser_login.store.sqlite import SqliteDocuments, path_of

posix_only = pytest.mark.skipif(os.name != "posix", reason="looks at modes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    # What an address of SQLite's own gives a meaning to.
    question = "" if sys.platform == "win32" else "?mode=ro"  # no name there has such a mark
    return tmp_path / "new folder" / f"a%20b{question}#c.db"


@pytest.fixture
def documents(path: Path, tmp_path: Path) -> SqliteDocuments:
    return SqliteDocuments(path, tmp_path / "locks")


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_addresses_are_spelled_as_sqlalchemy_does() -> None:
    """Three strokes: below the current folder; four: from the root."""
    assert path_of("sqlite:///relative.db") == Path("relative.db")
    assert path_of("sqlite:////var/absolute.db") == Path("/var/absolute.db")


def test_a_database_in_memory_is_refused() -> None:
    """It would be forgotten with the process."""
    with pytest.raises(ConfigurationError, match="in memory"):
        path_of("sqlite:///:memory:")


@posix_only
def test_the_database_is_one_private_file(documents: SqliteDocuments, path: Path) -> None:
    """In a folder that is made private; one that has been opened to others is closed again."""
    documents.write("name", b"data")
    assert list(path.parent.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@posix_only
def test_a_database_that_others_may_read_is_told_and_closed(
    documents: SqliteDocuments, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As with files."""
    documents.write("name", b"data")
    path.chmod(0o640)
    assert documents.read("name") == b"data"
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    documents.write("name", b"data")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def refused_in_every_way(documents: SqliteDocuments, why: str) -> StoreError:
    """Nothing is read from there, written, moved or removed."""
    actions = (
        lambda: documents.read("name"),
        lambda: documents.write("name", b"data"),
        lambda: documents.delete("name"),
        lambda: documents.set_aside("name"),
        documents.check_writable,
    )
    for action in actions:
        with pytest.raises(StoreError, match=why) as caught:
            action()
        assert caught.value.unanswered is False
        assert re.search("et UPSTOX_(TOKEN_STORE|STATE_DIR) to a place", caught.value.hint)
    return caught.value


@posix_only
@pytest.mark.parametrize("which", ["around", "folder", "database", "-journal", "-wal"])
def test_a_place_of_another_user_is_refused(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """A database of his own would be read as the token, and a journal shows him the old one."""
    documents.write("name", b"planted")
    places = {"around": path.parent.parent, "folder": path.parent, "database": path}
    foreign = places.get(which, path.with_name(path.name + which))
    if which not in places:
        foreign.touch()
    before = path.read_bytes()
    belongs_to(monkeypatch, {foreign: 4321})
    error = refused_in_every_way(documents, "belongs to another user")
    assert str(foreign) in error.message
    assert path.read_bytes() == before


@posix_only
@pytest.mark.parametrize("mode", [0o777, 0o702, 0o1777])
def test_a_folder_that_others_may_write_into_is_refused(
    documents: SqliteDocuments, path: Path, mode: int
) -> None:
    """Also with the sticky bit, as /tmp has it: a journal could be put there."""
    documents.write("name", b"data")
    path.parent.chmod(mode)
    refused_in_every_way(documents, "can be written by every user")
    path.parent.chmod(0o755)
    assert documents.read("name") == b"data"


@posix_only
def test_a_link_is_as_safe_as_where_it_leads(
    documents: SqliteDocuments, path: Path, tmp_path: Path
) -> None:
    documents.write("name", b"data")
    link = tmp_path / "link.db"
    link.symlink_to(path)
    linked = SqliteDocuments(link, tmp_path / "locks")
    assert linked.read("name") == b"data"
    path.parent.chmod(0o777)
    refused_in_every_way(linked, "can be written by every user")


def test_a_folder_is_no_database(documents: SqliteDocuments, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="it is a folder") as caught:
        documents.check_writable()
    assert caught.value.hint == "Name a file in UPSTOX_TOKEN_STORE."


@posix_only
def test_a_database_that_cannot_be_closed_to_others_is_refused(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On exFAT: the system says yes to a change of mode, and changes nothing."""
    path.parent.mkdir(parents=True)
    path.touch()
    path.chmod(0o777)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    for action in (documents.check_writable, lambda: documents.write("name", b"data")):
        with pytest.raises(StoreError) as caught:
            action()
        assert "its file system keeps no permissions" in caught.value.message
        assert "UPSTOX_TOKEN_STORE" in caught.value.hint
    assert path.read_bytes() == b""


def test_a_token_that_is_replaced_is_not_left_in_the_file(
    documents: SqliteDocuments, path: Path
) -> None:
    """SQLite's free space would keep it."""
    documents.write("name", b"first-token" * 100)
    documents.write("name", b"second")
    assert b"first-token" not in path.read_bytes()
    documents.delete("name")
    assert b"second" not in path.read_bytes()


def test_the_schema_has_a_version(documents: SqliteDocuments, path: Path) -> None:
    """So that a later program can tell what it finds."""
    documents.write("name", b"data")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (sqlite.SCHEMA,)


def test_an_empty_file_is_an_empty_store(documents: SqliteDocuments, path: Path) -> None:
    """What a process leaves that is killed between creating and filling it."""
    path.parent.mkdir()
    path.touch()
    assert documents.read("name") is None
    assert documents.delete("name") is False
    assert documents.set_aside("name") is None
    documents.write("name", b"data")
    assert documents.read("name") == b"data"


def test_a_newer_database_is_left_alone_until_login_moves_it(
    documents: SqliteDocuments, path: Path
) -> None:
    """Its rows may mean something else."""
    documents.write("name", b"data")
    run(path, "PRAGMA user_version = 99")
    for action, code in (
        (lambda: documents.read("name"), "STORE_UNREADABLE"),
        (lambda: documents.write("name", b"new"), "STORE_UNWRITABLE"),
        (lambda: documents.delete("name"), "STORE_UNWRITABLE"),
    ):
        with pytest.raises(StoreError) as caught:
            action()
        assert caught.value.code == code
        assert "newer version" in caught.value.message
    documents.check_writable()
    assert documents.set_aside("name") is not None
    documents.write("name", b"new")
    assert documents.read("name") == b"new"


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE theirs (x)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"]
)
def test_another_programs_database_is_never_touched(
    documents: SqliteDocuments, path: Path, statement: str
) -> None:
    """Not written into, and not moved either."""
    path.parent.mkdir()
    run(path, statement)
    before = path.read_bytes()
    for action in (
        lambda: documents.read("name"),
        lambda: documents.write("name", b"data"),
        lambda: documents.delete("name"),
        lambda: documents.set_aside("name"),
        documents.check_writable,
    ):
        with pytest.raises(StoreError, match="another program's"):
            action()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "content", [b"my notes\n", b"my notes, of some length " * 100, bytes(4096)]
)
def test_what_is_no_database_is_never_touched(
    documents: SqliteDocuments, path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A setting that names somebody's text by mistake costs nobody the text."""
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o644)
    for action in (
        lambda: documents.read("name"),
        lambda: documents.write("name", b"data"),
        lambda: documents.delete("name"),
        lambda: documents.set_aside("name"),
        documents.check_writable,
    ):
        with pytest.raises(StoreError, match="no SQLite database") as caught:
            action()
        assert "Name another file in UPSTOX_TOKEN_STORE" in caught.value.hint
        assert "login" not in caught.value.hint
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert caplog.text == ""


@posix_only
def test_another_programs_database_keeps_its_mode(documents: SqliteDocuments, path: Path) -> None:
    """Its users need it as it is."""
    path.parent.mkdir()
    run(path, "CREATE TABLE theirs (x)")
    path.chmod(0o664)
    with pytest.raises(StoreError):
        documents.check_writable()
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_another_programs_damaged_database_stays(documents: SqliteDocuments, path: Path) -> None:
    """It says whose it is before it breaks."""
    path.parent.mkdir()
    run(path, "PRAGMA application_id = 7", "CREATE TABLE theirs (x)")
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8092)
    with pytest.raises(StoreError, match="another program's"):
        documents.set_aside("name")
    with pytest.raises(StoreError, match="another program's"):
        documents.check_writable()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("damage", ["header", "torn", "no table"])
def test_a_damaged_database_is_moved_aside_whole(
    documents: SqliteDocuments, path: Path, damage: str
) -> None:
    """With its journal, which belongs to no other."""
    documents.write("name", b"data" * 5000)
    if damage == "header":
        path.write_bytes(path.read_bytes()[:16] + b"\xff" * 8176)
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096)
    else:
        run(path, "DROP TABLE documents")
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.code == "STORE_UNREADABLE"
    assert "login" in caught.value.hint
    before = path.read_bytes()
    documents.check_writable()
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before
    journal = path.with_name(path.name + "-shm")
    journal.touch()
    path.chmod(0o644)
    where = documents.set_aside("name")
    assert where is not None
    assert Path(where).read_bytes() == before
    if os.name == "posix":
        assert stat.S_IMODE(Path(where).stat().st_mode) == 0o600
    assert not path.exists()
    assert not journal.exists()
    documents.write("name", b"new")
    assert documents.read("name") == b"new"
    path.write_bytes(path.read_bytes()[:16] + b"\xff" * 8176)
    assert documents.set_aside("name") == where
    assert list(path.parent.iterdir()) == [Path(where)], "the journal was of the one before"


class MovedBetween(SqliteDocuments):
    """A database that a login of another account replaces as soon as its damage is known."""

    other: SqliteDocuments | None = None

    def _is_damaged_store(self, error: Exception) -> bool:
        damaged = super()._is_damaged_store(error)
        if self.other is not None:
            assert self.other.set_aside("other") is not None
            self.other.write("other", b"its new token")
            self.other = None
        return damaged


def test_a_new_database_is_not_moved_in_place_of_the_damaged_one(
    documents: SqliteDocuments, path: Path, tmp_path: Path
) -> None:
    documents.write("name", b"old")
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 3000)
    late = MovedBetween(path, tmp_path / "locks")
    late.other = documents
    assert late.set_aside("name") is None
    assert documents.read("other") == b"its new token"


def test_a_database_set_aside_goes_with_any_token_of_it(
    documents: SqliteDocuments, path: Path
) -> None:
    """It holds the tokens of all accounts, and none of them is to outlive its logout."""
    for there in (False, True):
        documents.write("name", b"token")
        run(path, f"PRAGMA user_version = {sqlite.SCHEMA + 1}")
        where = documents.set_aside("name")
        assert where is not None
        assert b"token" in Path(where).read_bytes()
        if there:
            documents.write("name", b"new")
        assert documents.delete("name") is there
        assert not Path(where).exists()


def test_a_damaged_database_that_cannot_be_moved_is_an_obstacle(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody logs in for a token that could not be kept."""
    documents.write("name", b"data")
    path.write_bytes(path.read_bytes()[:16] + b"\xff" * 4080)

    def create_file(each: Path) -> None:
        if each != path:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sqlite, "create_file", create_file)
    with pytest.raises(StoreError, match="Permission denied") as caught:
        documents.check_writable()
    assert caught.value.code == "STORE_UNWRITABLE"


def test_a_row_that_is_no_text_is_damaged(documents: SqliteDocuments, path: Path) -> None:
    """SQLite lets any column hold anything."""
    documents.write("name", b"data")
    run(path, "UPDATE documents SET data = 7")
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.code == "STORE_UNREADABLE"
    assert "row" in str(documents.set_aside("name"))
    documents.write("name", b"data")
    run(path, "UPDATE documents SET data = CAST(x'ff00' AS TEXT)")
    assert documents.read("name") == b"\xff\x00"


def test_a_database_that_stays_locked_is_an_error(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while; moving it aside is not the way out."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    documents.write("name", b"old")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for action in (
            lambda: documents.read("name"),
            lambda: documents.write("name", b"new"),
            lambda: documents.delete("name"),
            lambda: documents.set_aside("name"),
            documents.check_writable,
        ):
            with pytest.raises(StoreError, match="locked"):
                action()
    assert documents.read("name") == b"old"


def is_locked(path: Path) -> bool:
    """Whether another process is kept from writing to the database."""
    script = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "try:\n"
        "    connection.execute('BEGIN IMMEDIATE')\n"
        "except sqlite3.OperationalError:\n"
        "    sys.exit(7)\n"
    )
    status = subprocess.run([sys.executable, "-c", script, path], check=False).returncode
    assert status in {0, 7}
    return status == 7


def test_a_check_leaves_the_locks_of_this_process(documents: SqliteDocuments, path: Path) -> None:
    """POSIX would drop them all where the file was opened and closed."""
    documents.write("name", b"data")
    run(path, f"PRAGMA user_version = {sqlite.SCHEMA + 1}")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        documents.check_writable()
        assert is_locked(path)


def test_a_failure_in_one_thread_leaves_the_lock_of_another(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first bytes of the file, which tell what has failed, are read when it is not in use."""
    documents.write("name", b"old")
    run(path, "CREATE TRIGGER t AFTER INSERT ON documents BEGIN SELECT pause(); END")
    connect = sqlite3.connect
    held = []

    def pausing(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.create_function("pause", 0, pause)
        return connection

    with ThreadPoolExecutor() as threads:

        def pause() -> None:
            wait([threads.submit(documents.read, "\ud800")], timeout=0.5)
            held.append(is_locked(path))

        monkeypatch.setattr(sqlite3, "connect", pausing)
        documents.write("name", b"new")
    assert held == [True]
    assert documents.read("name") == b"new"


@pytest.mark.parametrize("moment", ["sqlite_master", "application_id", "user_version"])
def test_a_database_that_another_process_makes_meanwhile_is_not_called_foreign(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Two programs whose first login falls on the same moment."""
    connect = sqlite3.connect
    made: list[str] = []

    def make_as_another(statement: str) -> None:
        if moment in statement and not made:
            made.append(statement)
            with closing(connect(path, isolation_level=None)) as other:
                other.executescript(sqlite._CREATE)

    def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.set_trace_callback(make_as_another)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    documents.write("a", b"1")
    assert made
    assert documents.read("a") == b"1"


@posix_only
def test_a_child_that_is_forked_during_a_write_can_write(
    documents: SqliteDocuments, path: Path
) -> None:
    """Whatever another thread was doing at that moment."""
    script = (
        "import os, sys, threading\n"
        "from pathlib import Path\n"
        "from upstox_browser_login.store.sqlite import SqliteDocuments\n"
        "documents = SqliteDocuments(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "def write():\n"
        "    while not over.is_set():\n"
        "        documents.write('a', b'1')\n"
        "over = threading.Event()\n"
        "thread = threading.Thread(target=write)\n"
        "thread.start()\n"
        "statuses = set()\n"
        "for _ in range(20):\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        documents.write('b', b'2')\n"
        "        os._exit(0)\n"
        "    statuses.add(os.waitpid(child, 0)[1])\n"
        "over.set()\n"
        "thread.join()\n"
        "sys.exit(statuses != {0})\n"
    )
    command = [sys.executable, "-c", script, str(path), str(path.parent)]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0
    assert documents.read("b") == b"2"


def test_a_full_disk_is_told_as_that(
    documents: SqliteDocuments, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.write("a", b"1")
    connect = sqlite3.connect

    def full(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(StoreError, match="the disk is full") as caught:
        documents.check_writable()
    assert (caught.value.code, caught.value.hint) == ("STORE_UNWRITABLE", MAKE_ROOM)
    monkeypatch.undo()
    assert documents.read("a") == b"1"
    assert path.is_file()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file stands in its way."""
    (tmp_path / "file").touch()
    documents = SqliteDocuments(tmp_path / "file" / "tokens.db", tmp_path / "locks")
    with pytest.raises(StoreError) as caught:
        documents.check_writable()
    assert caught.value.code == "STORE_UNWRITABLE"
    assert "file" in caught.value.message


def test_a_relative_path_is_fixed_when_the_store_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the current folder does not move it."""
    documents = SqliteDocuments(Path("tokens.db"), Path("locks"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    documents.write("name", b"data")
    assert (tmp_path / "tokens.db").exists()


def test_the_probe_of_a_killed_check_goes_with_the_next(
    documents: SqliteDocuments, path: Path
) -> None:
    documents.write("probe", b"left")
    documents.check_writable()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)
