"""Takes secrets out of a Playwright trace: those that are registered, and whatever looks like one.

A trace is a zip of JSON lines (`*.trace`, `*.network`), JSON (`*.stacks`), screencast pictures and
the bodies that went over the wire. What leaves here is again a trace that Playwright's viewer
opens.

Playwright names bodies by the SHA-1 of what was in them, from which a PIN can be found by trying
all. So members are named by what is left of them, and digests of what they were are taken out
like any secret.
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeGuard

from upstox_browser_login.redaction import MASK, Redactor
from upstox_browser_login.redaction.spellings import digests_of, sha1_of

from .masks import (
    mask_edges,
    mask_element,
    mask_fields,
    mask_logged,
    mask_members,
    mask_pair,
    mask_single_digits,
    mask_typed,
    mask_urls,
    masked_answer,
    without_folders,
)
from .names import is_secret_member, is_secret_name
from .values import (
    LEFT_OUT,
    MOST_TEXT,
    MOST_VALUES,
    TOO_LONG,
    count_values,
    parsed,
    without_long_texts,
)

LIMIT = 48 * 1024 * 1024
"""Bytes; a trace that unpacks to more is not kept. That of one login has about three million."""

DEPTH = 4
"""How many archives may stand in each other."""

_FORM_VALUE = re.compile(r"(^|&)([\w.-]+)=([^&\s]*)")
_PART = re.compile(r'(name="([^"]+)"\r?\n\r?\n)([^\r\n]+)')
_TYPED = re.compile(r"((?:fill|type|press|insertText)\()(?:\".*\"|'.*')", re.DOTALL)
_TYPING = re.compile(
    r"fill|type|press|insertText|keyboard\w+|selectOption|setInputFiles|evaluate\w*|evalOn\w*|"
    r"dispatchEvent|waitForFunction|inputValue|storageState|textContent|innerText|innerHTML|content",
    re.IGNORECASE,
)
_OPTIONS_KEPT = frozenset(
    {"viewport", "userAgent", "deviceScaleFactor", "isMobile", "hasTouch", "locale", "baseURL"}
)
# Pictures and fonts, by their first bytes. Other binary bodies are left out.
_HARMLESS = (
    b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"wOFF", b"wOF2", b"\0\1\0\0", b"OTTO", b"\0\0\1\0"
)  # fmt: skip

_GZIP = b"\x1f\x8b"

_VALUES_AT_ONCE = 1000
"""So many values of JSON are looked at before it is asked whether there is time for more."""

_LONG = 65_536
"""Characters of a text before which it is asked as well whether there is time."""

_PIECE, _OVERLAP = 262_144, 16_384
"""Characters of a line that are searched at once, and of the next ones, where a secret may end."""

_LONGEST_LINE = 4 * MOST_TEXT
"""Characters of a line of the trace, in which all texts are short enough."""

_FASTEST = 5_000_000
"""Bytes a second: no text was seen to be scrubbed faster, and none can be stopped in the middle."""

LINES = (".trace", ".network", ".stacks")
"""How the names of members end that refer to other members."""

_SHORTEST_HASH = 32
_HASH = rf"[0-9A-Fa-f]{{{_SHORTEST_HASH},128}}"
HASH_NAME = rf"(?:[\w.-]+/)*{_HASH}(?:\.\w{{1,8}})?"
"""A member called by its digest, as a trace does anywhere."""

_HASH_NAME = re.compile(HASH_NAME)

REFERRING = ("file", "_file", "sha1", "_sha1")
"""Where a trace names its members, whatever they are called."""

FOLDERS = ("resources/", "screencast/")


class UnfitError(Exception):
    """A trace that cannot be scrubbed."""


class Scrubber:
    """Scrubs texts, JSON values and archives with one redactor. Not for several threads at once.

    After `until`, a moment of the monotonic clock, it raises `UnfitError`.
    """

    def __init__(self, redactor: Redactor, *, until: float = math.inf) -> None:
        self._redactor = redactor
        self.until = until
        # What a trace may call its members, and what they are called now.
        self._renamed: dict[str, str] = {}
        # Digests of what was changed, which the redactor does not know yet.
        self._digests: set[str] = set()
        # Calls of Playwright whose answer is left out.
        self._silenced: set[object] = set()
        self.has_left_out = False
        """Whether something was left out since it is too long to be looked through."""
        # How many values of JSON were looked at.
        self._values = 0
        # True for a line without registered secrets: then only what looks like a secret is masked.
        self._blind = False

    def text(self, text: str) -> str:
        """Take registered secrets out of `text`, and values of telling parameters and members."""
        if len(text) > _LONG:
            self._check_time(len(text))
        if len(text) > MOST_TEXT:
            self.has_left_out = True
            return TOO_LONG
        text = mask_urls(text if self._blind else self._redactor.redact(text))
        return mask_members(text)

    def body(self, text: str) -> str:
        """Scrub a document of any kind: JSON, a form, HTML, a script."""
        data = parsed(text)
        if len(text) > MOST_TEXT:
            self.has_left_out = True
            return TOO_LONG if data is None else _dump(LEFT_OUT)
        if data is not None:
            if count_values(data) > MOST_VALUES:
                return _dump(LEFT_OUT)
            try:
                clean = _dump(self._json(data, "", self._number))
                # Once more: a secret may be spread over several of its values.
                return self._redactor.redact(clean) if self._redactor.knows(clean) else clean
            except RecursionError:
                pass  # it is looked at as a text
        elif len(text) < 65536 and _FORM_VALUE.match(text) and "\n" not in text.strip():
            text = _FORM_VALUE.sub(
                lambda m: f"{m[1]}{m[2]}={MASK if is_secret_name(m[2]) and m[3] else m[3]}", text
            )
        elif "form-data" in text:
            text = _PART.sub(lambda m: m[1] + (MASK if is_secret_name(m[2]) else m[3]), text)
        return mask_single_digits(self.text(mask_fields(text)))

    def lines(self, text: str) -> str:
        """Scrub JSON lines of a trace; a line that cannot be read is left out."""
        return "".join(
            f"{scrubbed}\n" for line in text.split("\n") if (scrubbed := self._line(line))
        )

    def _line(self, line: str) -> str:
        self._check_time(len(line))
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            return ""
        if not isinstance(entry, dict | list):
            return ""
        try:
            if len(line) > MOST_TEXT:
                shorter = without_long_texts(entry)
                self.has_left_out |= shorter != entry
                entry, line = shorter, _dump(shorter)
            if len(line) > _LONGEST_LINE:
                self.has_left_out = True
                return ""
            # Most lines hold nothing registered: then only their structure is looked at.
            self._blind = not self._knows(line)
            scrubbed = _dump(self._entry(entry))
        except RecursionError:
            return ""
        finally:
            blind, self._blind = self._blind, False
        return self._forced(scrubbed) if not blind and self._knows(scrubbed) else scrubbed

    def _knows(self, text: str) -> bool:
        """Whether a text holds a registered secret, asked piece by piece while there is time."""
        for start in range(0, len(text), _PIECE):
            self._check_time()
            if self._redactor.knows(text[start : start + _PIECE + _OVERLAP]):
                return True
        return False

    def _forced(self, line: str) -> str:
        """Redact the JSON text itself: a secret was spread over several of its values."""
        if len(line) > MOST_TEXT:
            self.has_left_out = True
            return ""
        line = self._redactor.redact(line)
        try:
            json.loads(line)
        except ValueError:
            return ""
        return line

    def _entry(self, entry: Any) -> Any:
        if isinstance(entry, dict):
            entry = without_folders(entry)
            kind, params = entry.get("type"), entry.get("params")
            if kind == "context-options" and isinstance(entry.get("options"), dict):
                kept = {k: v for k, v in entry["options"].items() if k in _OPTIONS_KEPT}
                entry = {**entry, "options": kept}
            elif kind == "console" or (kind == "event" and entry.get("method") == "pageError"):
                entry = mask_logged(entry)
            elif kind == "log" and isinstance(entry.get("message"), str):
                entry = {**entry, "message": _TYPED.sub(rf'\1"{MASK}"', entry["message"])}
            elif isinstance(params, dict) and _TYPING.fullmatch(str(entry.get("method"))):
                self._silenced.add(entry.get("callId"))
                entry = {**entry, "params": mask_typed(params)}
            elif kind == "after" and "result" in entry and entry.get("callId") in self._silenced:
                entry = {**entry, "result": masked_answer(entry["result"])}
        return self._json(entry, "", self._trace_number)

    def _json(self, data: Any, key: str, number: Callable[[float, str], Any]) -> Any:
        self._values += 1
        if self._values % _VALUES_AT_ONCE == 0:
            self._check_time()
        if isinstance(data, str):
            return self._string(data, key)
        if isinstance(data, dict):
            if isinstance(data.get("mimeType"), str) and isinstance(data.get("text"), str):
                data = {**data, "text": self._inline(data["text"], data.get("encoding"))}
            if isinstance(data.get("name"), str) and isinstance(data.get("value"), str):
                data = mask_pair(data, key)
            return {
                (name if self._blind else self._redactor.redact(name)): (
                    MASK if is_secret_member(name, value) else self._json(value, name, number)
                )
                for name, value in data.items()
            }
        if isinstance(data, list):
            if len(data) > 1 and isinstance(data[0], str) and isinstance(data[1], dict):
                clean = [self._json(each, key, number) for each in mask_element(data)]
                return mask_edges(clean)
            clean = [self._json(each, key, number) for each in data]
            return clean if self._blind else self._redactor.blank_pieces(clean)
        if not self._blind and isinstance(data, int | float) and not isinstance(data, bool):
            return number(data, key)
        return data

    def _string(self, text: str, key: str) -> str:
        if len(text) < 4:
            return text
        renamed = self._renamed.get(text)
        if renamed is not None:
            return renamed
        # A body that the trace does not have: only the digest of what it was is left of it.
        named = key in REFERRING and text.startswith(FOLDERS)
        if named or (len(text) >= _SHORTEST_HASH and _HASH_NAME.fullmatch(text)):
            return MASK
        return self.text(text)

    def _inline(self, text: str, encoding: Any) -> str:
        """Scrub a body that stands in a line, as HAR has them."""
        if encoding == "base64":
            try:
                return base64.b64encode(self.data(base64.b64decode(text)) or b"").decode()
            except ValueError:
                return MASK
        clean = self.body(text)
        if clean != text:
            self._digests |= digests_of(text.encode("utf-8", "replace"))
        return clean

    def _number(self, number: float, key: str) -> Any:  # noqa: ARG002  (one shape for both)
        return self._redactor.redact_data(number)

    def _trace_number(self, number: float, key: str) -> float:
        blanked = self._redactor.blank_number(number)
        # A size must not become 0, so a width or height that equals a secret is raised by 1.
        return number + 1 if blanked != number and key in {"width", "height"} else blanked

    def files(self, files: Iterable[bytes]) -> list[bytes | None]:
        """Scrub files that belong together, none of which may hold another's digest.

        None stands for one that is to be left out.
        """
        clean = [self.data(each) for each in files]
        # Each round takes out what the one before has found to be a digest.
        for _ in range(DEPTH):
            if not self._learn_digests():
                break
            clean = [self.data(each) if self._may_hold_one(each) else each for each in clean]
        return clean

    def _may_hold_one(self, data: bytes | None) -> TypeGuard[bytes]:
        return data is not None and (data[:2] == _GZIP or self._redactor.knows(data))

    def _learn_digests(self) -> bool:
        found, self._digests = self._digests, set()
        self._redactor.register_exactly(found, "digest")
        return bool(found)

    def _check_time(self, size: int = 0) -> None:
        """Raise `UnfitError` where the time is up, or would be before `size` bytes are done."""
        if time.monotonic() + size / _FASTEST > self.until:
            raise UnfitError("there was no time to")

    def data(self, data: bytes, *, depth: int = 0) -> bytes | None:
        """Scrub a file by what it is. None: it is to be left out. Raises `UnfitError`."""
        self._check_time(len(data))
        clean = None if depth > DEPTH else self._data(data, depth)
        if clean != data:
            self._digests |= digests_of(data)
        return clean

    def _data(self, data: bytes, depth: int) -> bytes | None:
        if data[:2] == _GZIP:
            try:
                inner = self.data(unpack(data), depth=depth + 1)
            except UnfitError:
                return None
            return None if inner is None else gzip.compress(inner, mtime=0)
        if data[:4] == b"PK\3\4":
            return None  # an archive somebody sent: nothing a login page needs
        if data.startswith(_HARMLESS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
            return None if self._redactor.knows(data) else data
        try:
            utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
            text = data.decode("utf-16" if utf16 else "utf-8")
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else self.body(text).encode("utf-8", "replace")

    def archive(self, source: Path, target: IO[bytes]) -> None:
        """Write the trace `source` to `target`, scrubbed. Raises `UnfitError`."""
        try:
            with zipfile.ZipFile(source) as raw:
                members = [member for member in raw.infolist() if not member.is_dir()]
                if sum(member.file_size for member in members) > LIMIT:
                    raise UnfitError("the trace is too large")
                clean = self._members(raw, members)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnfitError(f"the trace cannot be read ({type(error).__name__})") from None
        with zipfile.ZipFile(target, "w") as written:
            for name, data in clean.items():
                packed = zipfile.ZIP_STORED if name.endswith(".jpeg") else zipfile.ZIP_DEFLATED
                written.writestr(zipfile.ZipInfo(name), data, packed)

    def _members(self, raw: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
        """Scrub and name the members; those that are equal then are one."""
        names = [member.filename for member in members]
        lines = [name for name in names if name.endswith(LINES)]
        bodies = [name for name in names if not name.endswith(LINES)]
        # Empty, not left out: the trace refers to it.
        scrubbed = [data or b"" for data in self.files(map(raw.read, bodies))]
        named = {
            self._rename(name, data, number): data
            for number, (name, data) in enumerate(zip(bodies, scrubbed, strict=True))
        }
        unscrubbed = [raw.read(name) for name in lines]
        texts = [self.lines(data.decode("utf-8", "replace")) for data in unscrubbed]
        if self._learn_digests():
            # Again: a line may hold the digest of a body that stands in a later one.
            texts = [self.lines(text) if self._redactor.knows(text) else text for text in texts]
        self._digests.update(*map(digests_of, unscrubbed))
        self._learn_digests()
        encoded = [text.encode("utf-8", "replace") for text in texts]
        return dict(zip(lines, encoded, strict=True)) | named

    def _rename(self, name: str, data: bytes, number: int) -> str:
        """Name a member by what is in it now, and remember what the trace may call it."""
        path = PurePosixPath(name)
        ending = path.suffix if re.fullmatch(r"\.\w{1,8}", path.suffix) else ""
        new = path.with_name(f"{sha1_of(data)}{ending}")
        if self._redactor.knows(str(new)):  # the digits of a PIN, by chance
            new = path.with_name(f"renamed-{number:x}")
        self._renamed |= {str(new): str(new), new.name: new.name}
        self._renamed |= {name: str(new), path.name: new.name}
        if re.fullmatch(_HASH, path.stem):
            self._renamed |= {new.stem: new.stem, path.stem: new.stem}
        return str(new)


def unpack(data: bytes) -> bytes:
    """Unpack gzip, bounded. Raises `UnfitError`."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inner = unpacker.decompress(data, LIMIT)
    except zlib.error:
        raise UnfitError("a damaged gzip file") from None
    if unpacker.unconsumed_tail:
        raise UnfitError("a gzip file that is too large")
    return inner


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
