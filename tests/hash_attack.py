"""What somebody does who has the evidence and wants the PIN: guess, hash, compare.

Written apart from the code that keeps evidence, so that it does not share its mistakes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice, product
from pathlib import Path

from upstox_browser_login.redaction import MASK

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b")
GUESSES = 3_000
"""How many ways to fill the gaps of one document are tried."""

_HEX = re.compile(r"[0-9A-Fa-f]{16,128}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,88}={0,2}")


def hits(folder: Path, secrets: Iterable[str]) -> set[str]:
    """Where a hash of the evidence is that of a secret, or of a text with the secrets put back."""
    secrets = list(secrets)
    seen = hashes_in(folder)
    found = set()
    for where, guess in _guesses(folder, secrets):
        for form in _hashes_of(guess):
            if form in seen:
                found.add(f"{where}: {seen[form]}")
    return found


def find_pin(folder: Path, beside: str) -> str | None:
    """Try a million PINs, as base64, in the one gap of each text that holds `beside`."""
    seen = hashes_in(folder)
    for _, data in parts_of(folder):
        if beside.encode() not in data or data.count(MASK.encode()) != 1 or len(data) > 500:
            continue
        before, after = data.split(MASK.encode())
        for number in range(1_000_000):
            pin = f"{number:06}"
            body = before + base64.b64encode(pin.encode()) + after
            if hashlib.sha1(body, usedforsecurity=False).hexdigest() in seen:
                return pin
    return None


def hashes_in(folder: Path) -> dict[str, str]:
    """Every name and value that has the form of a hash, and where it was seen."""
    found: dict[str, str] = {}
    for where, data in parts_of(folder):
        for text in (where, data.decode("latin-1").replace("\\/", "/")):
            for each in _HEX.findall(text):
                found.setdefault(each.lower(), where)
            for each in _BASE64.findall(text):
                # A path before it has the same letters as base64.
                for piece in {each, *each.split("/")}:
                    found.setdefault(_plain(piece), where)
    return found


def parts_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, member and packed body, with its name."""
    for path in sorted(folder.rglob("*")):
        yield from _opened(
            path.relative_to(folder).as_posix(), path.read_bytes() if path.is_file() else b""
        )


def _opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] == b"PK\3\4":
        yield name, b""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield from _opened(member.filename, archive.read(member))
    elif data[:2] == b"\x1f\x8b":
        yield name, b""
        yield from _opened(name, gzip.decompress(data))
    else:
        yield name, data


def _guesses(folder: Path, secrets: list[str]) -> Iterator[tuple[str, bytes]]:
    ways = [way for secret in secrets for way in _spellings(secret)]
    for way in ways:
        yield "a secret alone", way
    for where, data in parts_of(folder):
        # Single lines of a trace are texts as well, and so are the strings in them.
        for text in {data, *data.splitlines(), *re.findall(rb'"((?:[^"\\]|\\.)*)"', data)}:
            gaps = text.count(MASK.encode())
            if not 1 <= gaps <= 4 or len(text) > 5000:
                continue
            pieces = text.split(MASK.encode())
            for filling in islice(product(ways, repeat=gaps), GUESSES if gaps > 1 else None):
                filled = pieces[0] + b"".join(
                    a + b for a, b in zip(filling, pieces[1:], strict=True)
                )
                yield where, filled


def _spellings(secret: str) -> list[bytes]:
    raw = secret.encode()
    dialled = [prefix + raw for prefix in (b"0", b"91", b"+91") if secret.isdigit()]
    return [raw, base64.b64encode(raw), *dialled]


def _hashes_of(data: bytes) -> Iterator[str]:
    for name in ALGORITHMS:
        digest = hashlib.new(name, data, usedforsecurity=False).digest()
        yield digest.hex()
        yield _plain(base64.b64encode(digest).decode())


def _plain(encoded: str) -> str:
    return encoded.rstrip("=").replace("-", "+").replace("_", "/")
