"""What a PIN is recognised by in the ledger, so that only who has the client secret can guess it.

A plain hash of four to six digits is searched through in a blink, and a slow one in hours. So the
hash is keyed: with HKDF (RFC 5869) of the app's client secret and a random salt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import BaseModel, Field, SecretStr

from .strict import STRICT

SALT_BYTES = 16

CHECK_DIGITS = 4
"""Hexadecimal digits that tell a key from others. So few that they do not betray the secret."""

Salt = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Fingerprint(BaseModel):
    """The HMAC of a PIN. `check` tells whether a key is the one that made it."""

    model_config = STRICT

    salt: Salt
    check: Annotated[str, Field(pattern=r"^[0-9a-f]{4}$")]
    digest: Digest


Match = Literal["same", "other", "unknown"]
"""How a PIN compares with a fingerprint; `unknown` where it was made with another key."""


class PinKey(Struct, frozen=True):
    """The client secret, from which the key of every fingerprint is made; None where unknown."""

    secret: SecretStr | None

    def fingerprint(self, pin: str) -> Fingerprint | None:
        """Make a fingerprint with a salt of its own; None where there is no secret to key it."""
        if self.secret is None:
            return None
        salt = secrets.token_bytes(SALT_BYTES)
        return Fingerprint(salt=salt.hex(), check=self._check(salt), digest=self._digest(salt, pin))

    def compare(self, pin: str, fingerprint: Fingerprint | None) -> Match:
        """Tell whether `fingerprint` is that of `pin`."""
        if self.secret is None or fingerprint is None:
            return "unknown"
        salt = bytes.fromhex(fingerprint.salt)
        if not hmac.compare_digest(self._check(salt), fingerprint.check):
            return "unknown"
        same = hmac.compare_digest(self._digest(salt, pin), fingerprint.digest)
        return "same" if same else "other"

    def _digest(self, salt: bytes, pin: str) -> str:
        return hmac.new(self._derived(salt, b"pin"), pin.encode(), hashlib.sha256).hexdigest()

    def _check(self, salt: bytes) -> str:
        return self._derived(salt, b"key check").hex()[:CHECK_DIGITS]

    def _derived(self, salt: bytes, purpose: bytes) -> bytes:
        """HKDF-SHA256 of the secret: extract, then expand to one block (RFC 5869, section 2)."""
        secret = "" if self.secret is None else self.secret.get_secret_value()
        extracted = hmac.digest(salt, secret.encode(), "sha256")
        info = b"upstox-browser-login ledger " + purpose
        return hmac.digest(extracted, info + b"\x01", "sha256")


def code_digest(salt: str, code: str) -> str:
    """Turn a TOTP code, which is dead within a minute or two, into what it is recognised by."""
    return hmac.new(bytes.fromhex(salt), code.encode(), hashlib.sha256).hexdigest()


def new_salt() -> str:
    """Draw a random salt."""
    return secrets.token_hex(SALT_BYTES)
