"""The name of a token, or of an account, whose mobile number would have to be fetched first.

So `token` with a valid stored token, and commands that only read, run no command and ask no
keyring. The name is a hash of the number. It is encrypted with a key that is derived from the
settings, so that the number cannot be found from these files alone. The names of the files of token
and ledger are the same hashes in plain, so where these lie beside them it hides nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from typing import Literal

from upstox_browser_login.errors import StoreError
from upstox_browser_login.settings import NEEDED_FOR_TOKEN_KEY, Settings

from .file import FileDocuments

log = logging.getLogger(__name__)

What = Literal["token", "account"]

NEEDED: dict[What, tuple[str, ...]] = {"token": NEEDED_FOR_TOKEN_KEY, "account": ("username",)}
"""The settings that the name of each is made of."""

_BYTES = 16
"""Of a name, which is 32 hexadecimal digits, and of the salt."""


class KnownName:
    """The remembered name of the token, or of the account, that these settings lead to."""

    def __init__(self, settings: Settings, what: What) -> None:
        folder = settings.state_dir
        self._documents = FileDocuments(folder / "names", folder / "locks")
        # Names of tokens and accounts differ, since they are made of different numbers of settings.
        parts: list[object] = [settings.profile, settings.api_base_url]
        for name in NEEDED[what]:
            origin = settings.origin(name)
            # A deferred setting counts by where it is kept, whether or not it has been fetched.
            parts.append((origin.kind, origin.where) if origin else str(getattr(settings, name)))
        self._material = json.dumps(parts).encode()
        digest = hashlib.sha256(b"name of a known name\n" + self._material)
        self._file = f"name-{digest.hexdigest()[:32]}"

    @classmethod
    def of(cls, settings: Settings, what: What) -> KnownName | None:
        """None if the name can be computed without fetching anything."""
        fetched = any(settings.origin(name) is not None for name in NEEDED[what])
        return cls(settings, what) if fetched else None

    def get(self) -> str | None:
        """The name; None if it is not known or its file cannot be read."""
        try:
            data = self._documents.read(self._file)
        except StoreError as error:
            log.debug("%s", error.message)
            return None
        if data is None or len(data) != 2 * _BYTES:
            return None
        return self._padded(data[:_BYTES], data[_BYTES:]).hex()

    def put(self, name: str) -> None:
        """Remember the name; if that fails, the number will be fetched again."""
        if self.get() == name:
            return
        salt = secrets.token_bytes(_BYTES)
        try:
            self._documents.write(self._file, salt + self._padded(salt, bytes.fromhex(name)))
        except StoreError as error:
            log.debug("%s", error.message)

    def forget(self) -> None:
        """Remove it. Raises `StoreError`."""
        self._documents.delete(self._file)

    def _padded(self, salt: bytes, data: bytes) -> bytes:
        pad = hmac.digest(salt, b"pad of a known name\n" + self._material, "sha256")
        return bytes(one ^ other for one, other in zip(data, pad, strict=False))
