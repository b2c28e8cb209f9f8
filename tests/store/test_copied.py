"""Documents that are shared, with a copy on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError
from upstox_browser_login.store import copied
from upstox_browser_login.store.copied import CopiedDocuments
from upstox_browser_login.store.documents import Held
from upstox_browser_login.store.file import FileDocuments


@pytest.fixture
def shared(tmp_path: Path) -> FileDocuments:
    return FileDocuments(tmp_path / "shared", tmp_path / "locks")


@pytest.fixture
def copies(tmp_path: Path) -> FileDocuments:
    return FileDocuments(tmp_path / "copies", tmp_path / "own-locks")


@pytest.fixture
def documents(shared: FileDocuments, copies: FileDocuments) -> CopiedDocuments:
    return CopiedDocuments(shared, copies)


def in_the_way(folder: Path) -> None:
    """Make `folder` one that neither reads nor writes, not even for root."""
    folder.write_text("a file", encoding="utf-8")


def found(documents: CopiedDocuments) -> list[bytes | None]:
    return [each.read() for each in documents.copies("name")]


def test_both_are_set_aside(
    documents: CopiedDocuments, shared: FileDocuments, copies: FileDocuments
) -> None:
    """Or what is out of the way would be back at once."""
    documents.write("name", b"damaged")
    assert found(documents) == [b"damaged", b"damaged"]
    aside = documents.set_aside("name")
    assert aside is not None
    assert str(Path(shared.where("name")).parent) in aside
    assert found(documents) == [None, None]
    copies.write("name", b"a damaged copy")
    aside = documents.set_aside("name")
    assert aside is not None
    assert str(Path(copies.where("name")).parent) in aside
    assert documents.set_aside("name") is None


def test_a_copy_that_cannot_be_kept_is_no_error(
    documents: CopiedDocuments,
    shared: FileDocuments,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    in_the_way(tmp_path / "copies")
    with caplog.at_level("DEBUG"):
        documents.check_writable()
        documents.write("name", b"data")
        assert shared.read("name") == b"data"
        assert documents.set_aside("name") is not None
        with documents.lock("name", 1) as held:
            assert held.is_held()
    ours = [record for record in caplog.records if record.name.startswith("upstox")]
    assert [record.levelname for record in ours] == ["WARNING"] + ["DEBUG"] * 2
    warning = ours[0].getMessage()
    assert "keeps no copy of its own" in warning
    assert str(tmp_path / "copies") in warning
    assert "UPSTOX_STATE_DIR" in warning


def test_a_copy_that_cannot_be_read_is_one(documents: CopiedDocuments, tmp_path: Path) -> None:
    """Where it alone could tell: nobody knows what was refused."""
    in_the_way(tmp_path / "copies")
    with pytest.raises(StoreError) as caught:
        found(documents)
    assert caught.value.code == "STORE_UNREADABLE"
    assert str(tmp_path / "copies") in caught.value.message


def test_a_shared_one_that_fails_is_an_error(
    documents: CopiedDocuments, copies: FileDocuments, tmp_path: Path
) -> None:
    """And the copy does not stand in for it: others may have written since."""
    copies.write("name", b"old")
    in_the_way(tmp_path / "shared")
    with pytest.raises(StoreError):
        found(documents)
    actions: tuple[Callable[[], object], ...] = (
        lambda: documents.write("name", b"new"),
        lambda: documents.set_aside("name"),
        documents.check_writable,
    )
    for action in actions:
        with pytest.raises(StoreError) as caught:
            action()
        assert caught.value.code == "STORE_UNWRITABLE"
    assert copies.read("name") == b"old"


def test_both_are_read(
    documents: CopiedDocuments, shared: FileDocuments, copies: FileDocuments
) -> None:
    """Whoever reads them puts them together; each says where it is."""
    shared.write("name", b"shared")
    copies.write("name", b"own")
    assert found(documents) == [b"shared", b"own"]
    where = [each.where for each in documents.copies("name")]
    assert where == [shared.where("name"), copies.where("name")]
    assert [each.read() for each in documents.copies("other")] == [None, None]
    assert (documents.kind, documents.where("name")) == (shared.kind, shared.where("name"))


def test_both_are_locked(
    documents: CopiedDocuments, shared: FileDocuments, copies: FileDocuments
) -> None:
    """A program of this machine that keeps files alone is kept out too."""
    with documents.lock("name", 1) as held:
        assert not held.waited
        assert held.is_held()
        for one in (shared, copies):
            with pytest.raises(UpstoxUnavailableError), one.lock("name", 0):
                pass
    for one in (shared, copies):
        with (
            one.lock("name", 0),
            pytest.raises(UpstoxUnavailableError),
            documents.lock("name", 0),
        ):
            pass
        with documents.lock("name", 0):
            pass


def test_a_lock_that_cannot_be_taken_here_is_told_once(
    documents: CopiedDocuments,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever polls for a token is not told every time."""
    monkeypatch.setattr(copied, "_lock_warned", threading.Event())
    in_the_way(tmp_path / "own-locks")
    for _ in range(3):
        with documents.lock("name", 1) as held:
            assert held.is_held()
    (warning,) = caplog.messages
    assert "This machine's own lock cannot be taken" in warning
    assert str(tmp_path / "own-locks") in warning
    assert "UPSTOX_STATE_DIR" in warning


def test_a_lock_that_somebody_else_has_is_no_such_case(
    documents: CopiedDocuments,
    copies: FileDocuments,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is waited for, and then an error."""
    monkeypatch.setattr(copied, "_lock_warned", threading.Event())
    with (
        copies.lock("name", 0),
        pytest.raises(UpstoxUnavailableError),
        documents.lock("name", 0),
    ):
        pass
    assert caplog.messages == []


def test_it_is_held_as_long_as_both_are(shared: FileDocuments, copies: FileDocuments) -> None:
    """A lease of the server may run out, while this machine's lock never does."""

    class Lapsed(FileDocuments):
        @contextmanager
        def lock(self, name: str, timeout: float) -> Iterator[Held]:
            with super().lock(name, timeout):
                yield Held(waited=True, is_held=lambda: False)

    lapsed = Lapsed(Path(shared.where("x")).parent, Path(shared.where("x")).parent / "l")
    for documents in (CopiedDocuments(lapsed, copies), CopiedDocuments(copies, lapsed)):
        with documents.lock("name", 1) as held:
            assert held.waited
            assert not held.is_held()
