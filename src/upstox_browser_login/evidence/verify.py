"""The last look for secrets at what is to be kept: every byte of every file, archives opened."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction.spellings import digests_of, hex_digests

from .rows import Rows
from .scrub import DEPTH, FOLDERS, HASH_NAME, LIMIT, LINES, REFERRING, UnfitError, unpack

MOST = 2 * LIMIT
"""Bytes of one folder that are searched, what is unpacked counted as well: under a minute of work.

A trace may have half of that, its archive and its pages the rest.
"""


def leaks(folder: Path, redactor: Redactor) -> list[tuple[str, str]]:
    """Look at every byte of every file for registered secrets: (kind, file) of each found.

    Archives are opened, also within each other; one that cannot be looked into counts as a leak,
    and so does more than `MOST` bytes in all, and a name that looks like a digest and is not that
    of its file: secrets that were taken out of the file could be guessed from it.
    """
    search = _Search(redactor)
    found: set[tuple[str, str]] = set()
    names: list[str] = []
    contents: dict[str, bytes] = {}
    own: set[str] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        names.append(name)
        data = b""
        if path.is_file():
            try:
                search.count(path.stat().st_size)
            except _TooMuchError:
                found.add((_TOO_MUCH, name))
                break
            contents[name] = data = path.read_bytes()
        if _is_misnamed(name, data):
            found.add((_FOREIGN, "a file's name"))
        elif path.is_file():
            # A digest may hold the digits of a PIN by chance, so those in names are left out.
            own.update(_HEX.findall(path.name))
    digests = sorted(own)
    for name in names:
        found |= {
            (kind, "a file's name") for kind in redactor.find(_without(digests, name.encode()))
        }
    for name, data in contents.items():
        try:
            kinds = search.kinds(data if name.endswith(".zip") else _without(digests, data), 0)
        except _TooMuchError:
            return sorted({*found, (_TOO_MUCH, name)})
        found |= {(kind, name) for kind in kinds | _spread(name, data, redactor)}
    return sorted(found)


def _without(digests: list[str], data: bytes) -> bytes:
    for each in digests:
        data = data.replace(each.encode(), b" ")
    return data


class _TooMuchError(Exception):
    """There is more than is searched."""


class _Search:
    """The search of one folder, and how much more it may take."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._left = MOST

    def count(self, size: int) -> None:
        """Count bytes before they are read. Raises `_TooMuchError`."""
        self._left -= size
        if self._left < 0:
            raise _TooMuchError

    def kinds(self, data: bytes, depth: int) -> set[str]:
        """The kinds of secret in `data`, which has been counted."""
        kinds = self._redactor.find(data)
        plain = _in_plain_characters(data)
        if plain is not None:
            kinds |= self._redactor.find(plain)
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            kinds |= self._redactor.find(data.decode("utf-16", "replace"))
        packed = data[:4] == b"PK\3\4"
        if not (packed or data[:2] == b"\x1f\x8b"):
            return kinds
        if depth >= DEPTH:
            return kinds | {_UNKNOWN}
        try:
            if not packed:
                inner = unpack(data)
                self.count(len(inner))
                return kinds | self.kinds(inner, depth + 1)
            with zipfile.ZipFile(BytesIO(data)) as archive:
                kinds |= self._of_members(archive, depth)
        except (
            UnfitError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ):
            kinds |= {_UNKNOWN}
        return kinds

    def _of_members(self, archive: zipfile.ZipFile, depth: int) -> set[str]:
        self.count(sum(member.file_size for member in archive.infolist()))
        kinds: set[str] = set()

        def read(name: str) -> bytes:
            try:
                return archive.read(name if name.startswith(FOLDERS) else FOLDERS[0] + name)
            except KeyError:
                return b""

        names = {part for name in archive.namelist() for part in _callings(name)}
        for member in archive.infolist():
            data = archive.read(member)
            kinds |= self._redactor.find(member.filename) | self.kinds(data, depth + 1)
            kinds |= _spread(member.filename, data, self._redactor, read)
            lost = member.filename.endswith(LINES) and not names.issuperset(_references(data))
            if lost or _is_misnamed(member.filename, data):
                kinds.add(_FOREIGN)
        return kinds


# Signs without a width of their own, which a page may put between digits or under them.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufeff]"
)


def _in_plain_characters(data: bytes) -> str | None:
    """A text with plain digits in place of circled and raised ones, and without unseen signs.

    None for one that has none of these.
    """
    if data.isascii():
        return None
    text = data.decode("utf-8", "replace")
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return plain if plain != text else None


def _no_body(_: str) -> bytes:
    return b""


def _spread(
    name: str, data: bytes, redactor: Redactor, read: Callable[[str], bytes] = _no_body
) -> set[str]:
    """Look for secrets whose digits stand in neighbouring elements, rules, messages or requests.

    `read` gets a member of the trace.
    """
    text = data.decode("utf-8", "replace")
    rows = Rows()
    if name.endswith(".html"):
        rows.add_html(text)
        shown = re.sub(r"<[^>]*>|\s+", "", text)
        return redactor.find(shown) | rows.kinds(redactor)
    if name.endswith((".md", ".css", "report.json")):
        rows.add_css(text) if name.endswith(".css") else rows.add_lines(text.splitlines())
        return rows.kinds(redactor)
    if not name.endswith((".trace", ".network")):
        return set()
    kinds: set[str] = set()
    logged: list[str] = []
    asked: list[dict[str, Any]] = []
    # `splitlines` would cut a line at a U+2028 in one of its strings.
    for line in text.split("\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if not isinstance(entry, dict):
            continue
        if entry.get("type") == "console":
            logged.append(str(entry.get("text", "")))
        elif entry.get("type") == "frame-snapshot":
            html = entry.get("snapshot", {}).get("html")
            rows.add_snapshot(html)
            shown = "".join(_texts(html))
            kinds |= redactor.find(re.sub(r"\s+", "", shown))
        elif entry.get("type") == "resource-snapshot":
            asked.append(entry.get("snapshot", {}))
    # Playwright writes them down as they end.
    for each in sorted(asked, key=lambda each: each.get("_monotonicTime") or 0):
        request = each.get("request", {})
        rows.add_request(request, _posted(request.get("postData") or {}, read))
    return kinds | redactor.find(re.sub(r"\s+", "", "".join(logged))) | rows.kinds(redactor)


def _posted(data: dict[str, Any], read: Callable[[str], bytes]) -> str:
    """What a request has posted, which stands in the trace or in a member of it."""
    named = next((str(data[each]) for each in REFERRING if data.get(each)), None)
    return data.get("text") or ("" if named is None else read(named).decode("utf-8", "replace"))


def _texts(element: Any) -> Iterator[str]:
    """The texts of a DOM snapshot, in their order."""
    queue = [element]
    while queue:
        each = queue.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            # After a tag's name come its attributes, and then what is in it.
            queue += reversed(each[1:] if each and isinstance(each[0], str) else each)


_UNKNOWN = "something unknown"
_TOO_MUCH = "more than can be searched"
_FOREIGN = "a digest of something else"

_HEX = re.compile(r"[0-9A-Fa-f]{16,}")
_BASE64 = re.compile(r"(?=[^/.@]*[A-Z])(?=[^/.@]*[a-z])[\w+=-]{22,}", re.ASCII)
_REFERENCE = re.compile(
    rf'"({HASH_NAME})"|"(?:{"|".join(REFERRING)})":"((?:{"|".join(FOLDERS)})[^"]+)"'
)


def _is_misnamed(name: str, data: bytes) -> bool:
    """Whether a name looks like a digest, whole or cut short, and is not that of `data`."""
    own = hex_digests(data)
    for run in _HEX.findall(name):
        if not any(digest.startswith(run.lower()) for digest in own):
            return True
    encoded = [run for run in _BASE64.findall(name) if not _HEX.search(run)]
    return any(not any(form in run for form in digests_of(data)) for run in encoded)


def _callings(name: str) -> set[str]:
    """What a trace may call its member `name`."""
    path = PurePosixPath(name)
    return {name, path.name, path.stem}


def _references(lines: bytes) -> set[str]:
    """What the lines of a trace call its members."""
    found = _REFERENCE.finditer(lines.decode("utf-8", "replace"))
    return {each[1] or each[2] for each in found}
