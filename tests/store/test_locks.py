"""Locks in files, on file systems that have none."""

from __future__ import annotations

import errno
import os
import warnings
from pathlib import Path

import pytest

from upstox_browser_login.errors import StoreError
from upstox_browser_login.store.documents import Documents
from upstox_browser_login.store.locks import check_lock, file_lock

from .conftest import MemoryKeyring
from .making import make

fcntl = pytest.importorskip("fcntl")

NO_LOCKS = [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS]


@pytest.fixture(params=NO_LOCKS, ids=errno.errorcode.get)
def _no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system be one without locks."""

    def flock(*_: object) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.usefixtures("_no_locks")
def test_a_file_system_without_locks_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a lock two logins could run at once: no login, and no library's warning either."""
    with warnings.catch_warnings(record=True) as raw:
        warnings.simplefilter("always")
        with pytest.raises(StoreError) as caught, file_lock(tmp_path / "locks", "name", 0):
            pass
    assert caught.value.code == "STORE_UNWRITABLE"
    assert str(tmp_path / "locks") in caught.value.hint
    assert "has no file locks" in caught.value.hint
    assert "UPSTOX_STATE_DIR" in caught.value.hint
    assert raw == []
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("_no_locks")
@pytest.mark.parametrize("kind", ["file", "sqlite", "keyring"])
def test_it_is_known_before_a_browser_starts(
    tmp_path: Path, kind: str, memory_keyring: MemoryKeyring
) -> None:
    """Every store whose locks are files tries one when it is checked."""
    documents: Documents = make(kind, tmp_path, "")
    with pytest.raises(StoreError) as caught:
        documents.check_writable()
    assert "has no file locks" in caught.value.hint
    assert memory_keyring.entries == {}


def test_a_check_leaves_no_lock_behind(tmp_path: Path) -> None:
    """Also where it is done again and again."""
    for _ in range(3):
        check_lock(tmp_path / "locks")
    assert list((tmp_path / "locks").iterdir()) == []
