"""Documents as entries of the system's keyring (Keychain, Secret Service, Credential Manager)."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import keyring
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError
from msgspec import Struct

from upstox_browser_login.errors import StoreError
from upstox_browser_login.files.refused import unreadable, unwritable
from upstox_browser_login.settings.keyring_entries import delete_everywhere

from .documents import Blame, Held, damaged_name
from .locks import check_lock, file_lock

log = logging.getLogger(__name__)

SERVICE = "upstox-browser-login"
_USER = "token"

# Windows' Credential Manager takes 2560 bytes, that is 1280 characters, an entry; a token with an
# extended token is longer.
_ENTRY_LENGTH = 1200 if os.name == "nt" else sys.maxsize


_PROBE = "probe" * 800
"""What is written to find out that the keyring takes a token: as long as one with its details."""


class _Head(Struct, frozen=True):
    """The entry that stands for a document kept in several: which slot, how many, and their sum.

    There are two slots. A write fills the one not in use and then replaces the head, so that a
    reader, and a crash, see the old document or the new one.
    """

    slot: str
    count: int
    digest: str

    def __str__(self) -> str:
        return f"parts:{self.slot}:{self.count}:{self.digest}"

    @classmethod
    def read(cls, text: str | None) -> _Head | None:
        match = re.fullmatch(r"parts:([ab]):([1-9][0-9]{0,2}):([0-9a-f]{32})", text or "")
        return cls(match[1], int(match[2]), match[3]) if match else None

    def entries(self, name: str) -> list[str]:
        return [f"{name}.{self.slot}{number}" for number in range(self.count)]


class KeyringDocuments:
    """One entry a document, more where the keyring's entries are short; the locks are files."""

    kind = "keyring"

    def __init__(self, locks: Path, *, entry_length: int = _ENTRY_LENGTH) -> None:
        self._locks = locks.absolute()
        self._entry_length = entry_length

    @property
    def place(self) -> str:
        """See `Documents.place`."""
        return "the keyring"

    def where(self, name: str) -> str:
        """See `Documents.where`."""
        return f"entry {name} of the keyring"

    def read(self, name: str) -> bytes | None:
        """See `Documents.read`."""
        with _told(unreadable):
            # Read again if it fails: a writer may have replaced the parts while we read them.
            for _ in range(2):
                text = _get(name)
                head = _Head.read(text)
                if head is not None:
                    parts = [_get(entry) for entry in head.entries(name)]
                    text = "".join(part or "" for part in parts)
                    if _digest(text) != head.digest:
                        continue
                return None if text is None else text.encode("utf-8", "replace")
        raise unreadable(f"The {self.where(name)}", "a part of it is missing or damaged")

    def write(self, name: str, data: bytes, *, expires_at: datetime | None = None) -> None:  # noqa: ARG002  (an entry has no end)
        """See `Documents.write`. `data` is UTF-8 text, which is all that a keyring takes."""
        with _told(unwritable):
            self._put(name, data.decode())

    def delete(self, name: str) -> bool:
        """See `Documents.delete`."""
        with _told(unwritable):
            _delete(damaged_name(name))
            return _delete(name)

    def set_aside(self, name: str) -> str | None:
        """See `Documents.set_aside`; what is left of the document goes to a renamed entry."""
        aside = damaged_name(name)
        with _told(unwritable):
            text = _get(name)
            if text is None:
                return None
            head = _Head.read(text)
            if head is not None:
                text = "".join(_get(entry) or "" for entry in head.entries(name))
            self._put(aside, text)
            _remove(name)
            _remove_parts(name, head)
        return self.where(aside)

    def check_writable(self) -> None:
        """See `Documents.check_writable`: some keyrings take everything and keep nothing."""
        check_lock(self._locks)
        probe = f"probe-{os.urandom(8).hex()}"
        with _told(unwritable):
            try:
                self._put(probe, _PROBE)
                kept = self._kept(probe)
            finally:
                self._remove_probe(probe)
            if kept != _PROBE:
                raise unwritable(
                    "The keyring", "it does not keep what it is given", _USE_ANOTHER_STORE
                )
            if _is_plain_text():
                log.warning("The keyring in use is a file in plain text, that of keyrings.alt.")

    def _kept(self, probe: str) -> str | None:
        """What the keyring has kept of the probe; None where that cannot be read."""
        with suppress(StoreError):
            data = self.read(probe)
            return None if data is None else data.decode()
        return None

    def _remove_probe(self, probe: str) -> None:
        """Remove the probe and its parts, of which some may be missing; without an error."""
        parts = -(-len(_PROBE) // self._entry_length)
        entries = [probe, *_Head("a", parts, "").entries(probe)] if parts > 1 else [probe]
        for entry in entries:
            with suppress(Exception):  # the reason why it was not kept is what counts
                _remove(entry)

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        """See `Documents.lock`."""
        return file_lock(self._locks, name, timeout)

    def _put(self, name: str, text: str) -> None:
        before = _Head.read(_get(name))
        if len(text) <= self._entry_length:
            _set(name, text)
        else:
            size = self._entry_length
            parts = [text[start : start + size] for start in range(0, len(text), size)]
            slot = "b" if before is not None and before.slot == "a" else "a"
            head = _Head(slot, len(parts), _digest(text))
            for entry, part in zip(head.entries(name), parts, strict=True):
                _set(entry, part)
            _set(name, str(head))
        _remove_parts(name, before)


_USE_ANOTHER_STORE = (
    "Install or start a keyring (on Linux a Secret Service such as gnome-keyring), or set "
    "UPSTOX_TOKEN_STORE=file."
)


@contextmanager
def _told(blame: Blame) -> Iterator[None]:
    """Turn whatever a keyring raises into a `StoreError` made by `blame`."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  (D-Bus, Keychain and Windows bring errors of their own)
        told = blame("The keyring", *_reason(error))
        told.unanswered = True
        raise told from None


def _reason(error: Exception) -> tuple[str, str]:
    """Why the keyring failed, and what to do about it."""
    match error:
        case NoKeyringError():
            return "this system offers none", _USE_ANOTHER_STORE
        case KeyringLocked():
            way_out = "Unlock it (log in to the desktop), or set UPSTOX_TOKEN_STORE=file."
            return "it is locked", way_out
    # Their words are not quoted: some hold what was to be stored.
    failed = "refused" if isinstance(error, KeyringError) else "failed"
    return f"it {failed} ({type(error).__name__})", _USE_ANOTHER_STORE


def _get(entry: str) -> str | None:
    return keyring.get_password(f"{SERVICE}:{entry}", _USER)


def _set(entry: str, text: str) -> None:
    keyring.set_password(f"{SERVICE}:{entry}", _USER, text)


def _remove(entry: str) -> None:
    delete_everywhere(f"{SERVICE}:{entry}", _USER)


def _delete(name: str) -> bool:
    text = _get(name)
    if text is None:
        return False
    _remove(name)
    _remove_parts(name, _Head.read(text))
    return True


def _is_plain_text() -> bool:
    """Whether what is written goes to the file in plain text that keyrings.alt brings."""
    backend = keyring.get_keyring()
    first = next(iter(getattr(backend, "backends", ())), backend)
    return type(first).__name__ == "PlaintextKeyring"


def _remove_parts(name: str, head: _Head | None) -> None:
    for entry in head.entries(name) if head is not None else ():
        # Gone already: this may be what the document's damage was.
        with suppress(PasswordDeleteError):
            _remove(entry)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
