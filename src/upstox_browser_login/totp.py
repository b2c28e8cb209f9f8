"""TOTP codes (RFC 6238): reading a seed, the code of a window, never one code twice."""

from __future__ import annotations

import base64
import re
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
from msgspec import Struct

from .errors import ConfigurationError
from .programs import printed_by
from .redaction import Concealed, redactor

FRESH_SECONDS = 5.0
"""A window with less than this left is not used: typing and the way to Upstox take time."""

COMMAND_TIMEOUT = 20.0
"""How long a UPSTOX_TOTP_COMMAND may take, seconds."""

_BY_HAND = "Run the command by hand; it must print the code and nothing else."


_DIGITS = 6
"""Upstox's page takes codes of this length: "It should be a 6-digit OTP."."""


class SeedError(ValueError):
    """A text that is not a TOTP seed; says why, without the text."""


class Seed(Concealed, frozen=True):
    """A TOTP seed with what an `otpauth://` address may say of it."""

    secret: str
    digits: int = 6
    period: int = 30
    digest: str = "sha1"

    def __repr__(self) -> str:
        return f"Seed(digits={self.digits}, period={self.period}, digest={self.digest!r})"

    def code(self, window: int) -> str:
        """The code of the window that starts at `window * period` seconds of the epoch."""
        import hashlib

        digest = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
        return pyotp.TOTP(
            self.secret, digits=self.digits, digest=digest[self.digest], interval=self.period
        ).at(window * self.period)


def read_seed(text: str) -> Seed:
    """A seed as people paste it: base32 in any case, with spaces or dashes, or `otpauth://`.

    Raises `SeedError`.
    """
    text = text.strip()
    seed = _read_address(text) if text.lower().startswith("otpauth") else Seed(_base32(text))
    try:
        seed.code(1)
    except Exception as error:  # noqa: BLE001  (pyotp: ValueError, binascii.Error, TypeError)
        # Its words are not quoted: they may hold the seed.
        raise SeedError(f"is refused by pyotp ({type(error).__name__})") from None
    return seed


_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_OTHER_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_SEED_BITS = 112
"""RFC 4226, section 4, asks for 128; pyotp takes no seed of less than this."""


def _base32(text: str) -> str:
    """The seed without what people put between its letters. Raises `SeedError`."""
    secret = re.sub(rf"[\s{_INVISIBLE}-]", "", text).upper().rstrip("=")
    if not secret:
        raise SeedError("must not be empty")
    if re.search(f"[{_OTHER_DASHES}]", secret):
        raise SeedError("has dashes that are no plain hyphens; leave them out")
    if re.fullmatch(r"\d{6,8}", secret, re.ASCII):
        raise SeedError("is a code, not the seed that codes are made of")
    if not re.fullmatch(r"[A-Z2-7]+", secret):
        raise SeedError("must be base32: the letters A to Z and the digits 2 to 7")
    half = secret[: len(secret) // 2]
    # Half of a shorter one is no seed by itself: so it was not pasted twice.
    if secret == half * 2 and len(half) * 5 >= _SEED_BITS:
        raise SeedError("was pasted twice: its second half is its first half again")
    if len(secret) * 5 < _SEED_BITS:
        raise SeedError(
            f"is too short, and refused by pyotp: it needs {_SEED_BITS} bits, which are "
            f"{-(-_SEED_BITS // 5)} letters and digits; copy all of it"
        )
    if not _is_whole(secret):
        raise SeedError("is not whole: a piece of it is missing, or one too many; copy it again")
    return secret


def _is_whole(secret: str) -> bool:
    """Whether base32 text is what some bytes are written as (RFC 4648, section 6).

    A text that was cut has an impossible length, or bits left over that are not 0.
    """
    padded = secret + "=" * (-len(secret) % 8)
    try:
        return base64.b32encode(base64.b32decode(padded)) == padded.encode()
    except ValueError:
        return False


def _read_address(text: str) -> Seed:
    try:
        parts = urlsplit(text)
    except ValueError:  # its text quotes the address
        raise SeedError("is an otpauth address that cannot be read") from None
    if parts.scheme.lower() == "otpauth-migration":
        raise SeedError(
            "is an export of Google Authenticator (otpauth-migration); use the seed of the one "
            "account instead"
        )
    if parts.netloc.lower() != "totp":
        raise SeedError("must be an otpauth://totp/ address; counter-based codes do not fit")
    query = {name.lower(): values[-1] for name, values in parse_qs(parts.query).items()}
    if "secret" not in query:
        raise SeedError("is an otpauth address without a secret")
    try:
        digits, period = int(query.get("digits", "6")), int(query.get("period", "30"))
    except ValueError:
        raise SeedError("has digits or a period that is not a number") from None
    digest = query.get("algorithm", "SHA1").lower().replace("-", "")
    if digits != _DIGITS:
        raise SeedError(f"makes codes of another length than the {_DIGITS} digits of Upstox's")
    if not 5 <= period <= 300:
        raise SeedError("must have a period of 5 to 300 seconds")
    if digest not in {"sha1", "sha256", "sha512"}:
        raise SeedError("names an algorithm that is not SHA1, SHA256 or SHA512")
    return Seed(_base32(unquote(query["secret"])), digits, period, digest)


class CodeSource(Protocol):
    """Where codes come from: a seed, or somebody's command."""

    period: int

    async def code(self, window: int) -> str:
        """The code for a window; registered as a secret from birth."""


class SeedSource(Struct, frozen=True):
    """Codes computed here."""

    seed: Seed

    @property
    def period(self) -> int:
        """Seconds of one window."""
        return self.seed.period

    async def code(self, window: int) -> str:
        """The code of `window`."""
        code = self.seed.code(window)
        redactor.register(code, "TOTP code")
        return code


class CommandSource(Struct, frozen=True):
    """Codes printed by `UPSTOX_TOTP_COMMAND`: the seed stays in somebody's password manager."""

    command: str
    period: int = 30

    async def code(self, window: int) -> str:  # noqa: ARG002  (the command knows only the present)
        """What the command prints now. Raises `ConfigurationError`."""
        printed = await printed_by("UPSTOX_TOTP_COMMAND", self.command, COMMAND_TIMEOUT, _BY_HAND)
        code = re.sub(r"[\s-]", "", printed.decode("utf-8", "replace"))
        if not re.fullmatch(rf"\d{{{_DIGITS}}}", code, re.ASCII):
            raise ConfigurationError(
                f"UPSTOX_TOTP_COMMAND printed something that is not a code of {_DIGITS} digits.",
                hint=_BY_HAND,
            )
        redactor.register(code, "TOTP code")
        return code


class Choice(Struct, frozen=True):
    """When to send a code: after `wait` seconds, the one of `window`."""

    window: int
    wait: float


def choose_window(now: float, last_window: int | None, period: int = 30) -> Choice:
    """The earliest window whose code may be sent, and how long to wait for it.

    `now` is Upstox's time, epoch seconds. A window with under `FRESH_SECONDS` left is skipped, and
    so is every window up to `last_window`, whose code has been sent before.
    """
    current = int(now // period)
    window = current
    if (current + 1) * period - now < FRESH_SECONDS:
        window += 1
    if last_window is not None and last_window >= window:
        window = last_window + 1
    # Half a second into a window that is waited for, so that a slow server clock agrees.
    wait = 0.0 if window == current else window * period - now + 0.5
    return Choice(window, wait)
