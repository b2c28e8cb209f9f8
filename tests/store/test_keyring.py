"""What is special to tokens in the system's keyring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring.backends.chainer import ChainerBackend

from upstox_browser_login.errors import StoreError
from upstox_browser_login.settings.keyring_entries import remove_entry
from upstox_browser_login.store.keyring import KeyringDocuments

from .conftest import Clock, MemoryKeyring


@pytest.fixture
def documents(memory_keyring: MemoryKeyring, tmp_path: Path) -> KeyringDocuments:
    """As on Windows, where entries are short; here, even shorter."""
    return KeyringDocuments(tmp_path / "locks", entry_length=10)


def texts(backend: MemoryKeyring) -> list[str]:
    return list(backend.entries.values())


def test_a_long_document_is_kept_in_parts(
    documents: KeyringDocuments, memory_keyring: MemoryKeyring
) -> None:
    """None longer than the keyring takes but the head, whose length is fixed."""
    data = "Zoë and the twelve parts; ".encode() * 4
    documents.write("name", data)
    assert documents.read("name") == data
    assert len(memory_keyring.entries) > 2
    assert all(len(text) <= 10 or text.startswith("parts:") for text in texts(memory_keyring))


def test_parts_go_with_their_document(
    documents: KeyringDocuments, memory_keyring: MemoryKeyring
) -> None:
    """Replaced by fewer, by more, by none, set aside and deleted: nothing is forgotten."""
    for data in (b"x" * 95, b"y" * 33, b"z" * 54, b"short"):
        documents.write("name", data)
        assert documents.read("name") == data
        assert len("".join(texts(memory_keyring)).replace("parts", "")) < len(data) + 60
    assert texts(memory_keyring) == ["short"]
    documents.write("name", b"x" * 95)
    assert documents.delete("name")
    assert memory_keyring.entries == {}
    documents.write("name", b"x" * 95)
    assert documents.set_aside("name") is not None
    assert len(memory_keyring.entries) == 1 + 10


def test_a_write_that_fails_half_way_keeps_the_old_document(
    documents: KeyringDocuments, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever part it was that the keyring did not take."""
    documents.write("name", b"old" * 20)
    for failing in range(7):
        count = iter(range(100))

        def refuse(service: str, username: str, password: str, at: int = failing) -> None:
            if next(count) == at:  # noqa: B023  (used up before the loop goes on)
                raise keyring.errors.PasswordSetError("the secret " + password)
            memory_keyring.entries[service, username] = password

        with monkeypatch.context() as patch:
            patch.setattr(memory_keyring, "set_password", refuse)
            with pytest.raises(StoreError) as caught:
                documents.write("name", b"new" * 20)
        assert caught.value.code == "STORE_UNWRITABLE"
        assert "new" not in str(caught.value)
        assert documents.read("name") == b"old" * 20


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_part_is_found_and_can_be_set_aside(
    documents: KeyringDocuments, memory_keyring: MemoryKeyring, damage: str
) -> None:
    """The parts are checked against their sum."""
    documents.write("name", b"0123456789" * 4)
    part = next(key for key, text in memory_keyring.entries.items() if text == "0123456789")
    if damage == "missing":
        del memory_keyring.entries[part]
    else:
        memory_keyring.entries[part] = "0123456780"
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.code == "STORE_UNREADABLE"
    assert not caught.value.unanswered
    assert documents.set_aside("name") is not None
    assert documents.read("name") is None
    assert not any("name.a" in service for service, _ in memory_keyring.entries)


def test_a_reader_between_the_parts_of_a_writer(
    documents: KeyringDocuments, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees the new document, not half of each."""
    documents.write("name", b"old" * 20)
    get = memory_keyring.get_password
    looks = []

    def look(service: str, username: str) -> str | None:
        looks.append(service)
        if len(looks) == 3:
            with monkeypatch.context() as patch:
                patch.setattr(memory_keyring, "get_password", get)
                documents.write("name", b"new" * 20)
        return get(service, username)

    monkeypatch.setattr(memory_keyring, "get_password", look)
    assert documents.read("name") == b"new" * 20


@pytest.mark.parametrize(
    ("backend", "word"),
    [(keyring.backends.fail.Keyring, "offers none"), (keyring.backends.null.Keyring, "not keep")],
)
def test_a_system_without_a_keyring(
    documents: KeyringDocuments, backend: type[keyring.backend.KeyringBackend], word: str
) -> None:
    """The check before a login finds it, and says what else there is."""
    keyring.set_keyring(backend())
    with pytest.raises(StoreError, match=word) as caught:
        documents.check_writable()
    assert caught.value.code == "STORE_UNWRITABLE"
    assert "UPSTOX_TOKEN_STORE=file" in caught.value.hint


@pytest.mark.parametrize("entry_length", [100, 1_200, 10**9])
def test_a_check_leaves_nothing_behind(
    memory_keyring: MemoryKeyring, tmp_path: Path, entry_length: int
) -> None:
    documents = KeyringDocuments(tmp_path / "locks", entry_length=entry_length)
    documents.check_writable()
    assert memory_keyring.entries == {}


@pytest.mark.parametrize("entry_length", [1_200, 10**9])
def test_a_keyring_that_takes_no_token_is_found_before_a_login(
    memory_keyring: MemoryKeyring,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    entry_length: int,
) -> None:
    """It has room for a word, and not for as much as a token has."""
    documents = KeyringDocuments(tmp_path / "locks", entry_length=entry_length)
    real = memory_keyring.set_password

    def set_password(service: str, user: str, password: str) -> None:
        if sum(map(len, texts(memory_keyring))) + len(password) > 2_000:
            raise keyring.errors.PasswordSetError("full")
        real(service, user, password)

    monkeypatch.setattr(memory_keyring, "set_password", set_password)
    with pytest.raises(StoreError, match="PasswordSetError") as caught:
        documents.check_writable()
    assert caught.value.code == "STORE_UNWRITABLE"
    assert memory_keyring.entries == {}


def test_a_keyring_that_cuts_is_found_before_a_login(
    memory_keyring: MemoryKeyring,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = memory_keyring.set_password
    monkeypatch.setattr(
        memory_keyring,
        "set_password",
        lambda service, user, password: real(service, user, password[:1_000]),
    )
    for length in (1_200, 10**9):
        documents = KeyringDocuments(tmp_path / "locks", entry_length=length)
        with pytest.raises(StoreError, match="does not keep"):
            documents.check_writable()
    assert memory_keyring.entries == {}


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (keyring.errors.KeyringLocked("the secret"), "it is locked"),
        (keyring.errors.InitError("the secret"), "it refused (InitError)"),
        (RuntimeError("the secret"), "it failed (RuntimeError)"),
    ],
)
def test_errors_are_told_without_their_words(
    documents: KeyringDocuments,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    word: str,
) -> None:
    """A backend's message may hold what it was given."""

    def fail(*_: object) -> None:
        raise error

    for method in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(memory_keyring, method, fail)
    for action, code in (
        (lambda: documents.read("name"), "STORE_UNREADABLE"),
        (lambda: documents.write("name", b"data"), "STORE_UNWRITABLE"),
        (lambda: documents.delete("name"), "STORE_UNWRITABLE"),
        (lambda: documents.set_aside("name"), "STORE_UNWRITABLE"),
        (documents.check_writable, "STORE_UNWRITABLE"),
    ):
        with pytest.raises(StoreError) as caught:
            action()
        assert caught.value.code == code
        assert caught.value.unanswered
        assert word in caught.value.message
        assert "the secret" not in str(caught.value)


@pytest.fixture
def chained(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MemoryKeyring]]:
    """Two keyrings in a row, as the package has them where two are installed."""
    rows = [MemoryKeyring(), MemoryKeyring()]
    monkeypatch.setattr(ChainerBackend, "backends", rows)
    before = keyring.get_keyring()
    keyring.set_keyring(ChainerBackend())  # type: ignore[no-untyped-call]
    yield rows
    keyring.set_keyring(before)


def test_what_is_deleted_is_in_no_other_keyring_either(
    chained: list[MemoryKeyring], tmp_path: Path
) -> None:
    """One was used from a desktop, the other without one; both are asked for the token."""
    documents = KeyringDocuments(tmp_path / "locks", entry_length=10)
    documents.write("name", b"x" * 25)
    chained.reverse()
    documents.write("name", b"y" * 25)
    assert documents.delete("name")
    assert documents.read("name") is None
    chained[1].set_password("upstox-browser-login:name", "token", "z")
    assert documents.delete("name")
    assert documents.read("name") is None
    assert chained[0].entries == {}


def test_a_setting_that_is_removed_is_in_no_other_keyring_either(
    chained: list[MemoryKeyring],
) -> None:
    for each in chained:
        each.set_password("service", "pin", "024680")
    remove_entry("service", "pin")
    assert [each.entries for each in chained] == [{}, {}]


class PlaintextKeyring(MemoryKeyring):
    """Called as that of keyrings.alt."""


@pytest.mark.parametrize("chain", [False, True])
def test_a_keyring_in_plain_text_is_warned_of(
    chained: list[MemoryKeyring],
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    *,
    chain: bool,
) -> None:
    """Whoever chose the keyring expects more than a file."""
    documents = KeyringDocuments(tmp_path / "locks")
    documents.check_writable()
    assert not caplog.messages
    if chain:
        chained[0] = PlaintextKeyring()
    else:
        keyring.set_keyring(PlaintextKeyring())
    documents.check_writable()
    assert caplog.messages == ["The keyring in use is a file in plain text, that of keyrings.alt."]
