"""A damaged token is moved out of the way, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError
from upstox_browser_login.store.aside import set_damaged_aside, set_damaged_aside_alone
from upstox_browser_login.store.file import FileDocuments
from upstox_browser_login.store.tokens import TokenStore
from upstox_browser_login.token import Token


class Unanswered(FileDocuments):
    """A store that does not answer, as a Redis that is away."""

    def read(self, name: str) -> bytes | None:
        del name
        error = StoreError("It does not answer.", code="STORE_UNREADABLE")
        error.unanswered = True
        raise error


def store_in(folder: Path, kind: type[FileDocuments] = FileDocuments) -> TokenStore:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    return TokenStore(kind(folder / "tokens", folder / "locks", now=lambda: now))


def test_where_no_token_is_nothing_is_moved(tmp_path: Path) -> None:
    assert set_damaged_aside(store_in(tmp_path), "a-key") is None


def test_a_damaged_token_is_kept_under_another_name(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.documents.write("a-key", b"{ no token")
    warning = set_damaged_aside(store, "a-key")
    assert warning is not None
    assert "a-key.json.damaged" in warning
    assert store.load("a-key") is None
    assert [path.read_bytes() for path in (tmp_path / "tokens").glob("*.damaged")] == [
        b"{ no token"
    ]


def test_a_store_that_does_not_answer_is_left_alone(tmp_path: Path) -> None:
    FileDocuments(tmp_path / "tokens", tmp_path / "locks").write("a-key", b"perhaps whole")
    with pytest.raises(StoreError, match="It does not answer"):
        set_damaged_aside(store_in(tmp_path, Unanswered), "a-key")
    assert store_in(tmp_path).documents.read("a-key") == b"perhaps whole"


class MendedBetween(FileDocuments):
    """A store whose damaged token a login replaces just after it was read for the first time."""

    mended: bytes | None = None

    def read(self, name: str) -> bytes | None:
        data = super().read(name)
        if self.mended is not None:
            with self.lock(name, 0):
                self.write(name, self.mended)
            self.mended = None
        return data


def test_a_token_that_a_login_stores_meanwhile_is_left_where_it_is(
    tmp_path: Path, token: Token
) -> None:
    documents = MendedBetween(tmp_path / "tokens", tmp_path / "locks")
    documents.write("a-key", b"{ no token")
    documents.mended = token.to_json().encode()
    store = TokenStore(documents)
    assert set_damaged_aside_alone(store, "a-key", 0) is None
    assert store.load("a-key") == token


class GoneBetween(FileDocuments):
    """A store whose damaged token goes as soon as it was read."""

    def read(self, name: str) -> bytes | None:
        data = super().read(name)
        self.delete(name)
        return data


def test_a_damaged_token_that_has_gone_meanwhile_is_no_error(tmp_path: Path) -> None:
    store = store_in(tmp_path, GoneBetween)
    store.documents.write("a-key", b"{ no token")
    assert set_damaged_aside(store, "a-key") is None


def test_nobody_moves_a_token_while_a_login_is_under_way(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.documents.write("a-key", b"{ no token")
    with store.lock("a-key", 0), pytest.raises(UpstoxUnavailableError):
        set_damaged_aside_alone(store, "a-key", 0)
    assert store.documents.read("a-key") == b"{ no token"
    assert set_damaged_aside_alone(store, "a-key", 0) is not None
