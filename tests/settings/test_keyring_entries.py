"""Settings as entries of the system's keyring, and why it cannot be used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from tests.store.conftest import MemoryKeyring
from upstox_browser_login.settings.keyring_entries import (
    KeyringTrouble,
    read_entry,
    remove_entry,
    write_entry,
)

ACTS: dict[str, Callable[[], object]] = {
    "read": lambda: read_entry("service", "pin"),
    "write": lambda: write_entry("service", "pin", "024680"),
    "remove": lambda: remove_entry("service", "pin"),
}


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    keyring.set_keyring(used := MemoryKeyring())
    yield used
    keyring.set_keyring(before)


def test_an_entry_is_kept_read_and_removed(memory: MemoryKeyring) -> None:
    assert read_entry("service", "pin") is None
    write_entry("service", "pin", "024680")
    assert read_entry("service", "pin") == "024680"
    assert read_entry("service", "seed") is None
    remove_entry("service", "pin")
    assert memory.entries == {}
    remove_entry("service", "pin")  # it may be gone already


def test_a_keyring_that_keeps_nothing_is_found_out(
    memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryKeyring, "set_password", lambda *_: None)
    assert memory.entries == {}
    with pytest.raises(KeyringTrouble, match="does not keep what it is given"):
        write_entry("service", "pin", "024680")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("raised", "why", "hint"),
    [
        (KeyringLocked("locked"), "is locked", "Unlock it"),
        (RuntimeError("D-Bus: 024680"), "failed (RuntimeError)", "keep the settings in a file"),
    ],
)
def test_why_it_cannot_be_used_is_told_without_its_words(
    act: str,
    raised: Exception,
    why: str,
    hint: str,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some of them hold what was to be stored."""

    def fails(*_: object) -> None:
        raise raised

    assert memory.entries == {}
    for method in ("get_password", "set_password"):
        monkeypatch.setattr(MemoryKeyring, method, fails)
    with pytest.raises(KeyringTrouble) as caught:
        ACTS[act]()
    assert str(caught.value) == why
    assert hint in caught.value.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.usefixtures("memory")
def test_a_system_that_offers_none_says_so(act: str) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(KeyringTrouble, match="this system offers none"):
        ACTS[act]()


@pytest.mark.parametrize("act", ACTS)
def test_the_package_that_is_missing_is_named(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring.errors", None)
    with pytest.raises(KeyringTrouble, match="is not installed") as caught:
        ACTS[act]()
    assert "keyring" in caught.value.hint
