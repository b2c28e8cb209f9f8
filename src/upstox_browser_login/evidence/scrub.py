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
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeGuard

from upstox_browser_login.redaction import MASK, Redactor
from upstox_browser_login.redaction.spellings import digests_of, sha1_of

from .values import LEFT_OUT, MOST_VALUES, count_values, parsed

LIMIT = 48 * 1024 * 1024
"""Bytes; a trace that unpacks to more is not kept. That of one login has about three million."""

DEPTH = 4
"""How many archives may stand in each other."""

# Members of bodies, headers and queries whose value is a secret whatever it is; compared without
# case, dashes and underscores.
_NAMES = frozenset(
    {
        *("otp", "totp", "pin", "mpin", "pincode", "secretpin", "inputtext", "password", "passwd"),
        *("code", "authcode", "authorizationcode", "authorization", "credential", "credentials"),
        *("mobile", "mobilenumber", "mobileno", "phone", "phonenumber"),
        # Not secret but personal, and too short to be searched for in other texts.
        *("firstname", "lastname", "middlename"),
        *("cookie", "setcookie", "session", "sessionid", "jsessionid"),
        # A digest of a body, of whatever kind: what was taken out of the body could be guessed.
        *("ifmatch", "ifnonematch", "ifrange"),
    }
)
_ENDINGS = ("token", "secret", "password", "authorization", "apikey", "cookie", "sessionid")
_DIGEST_ENDINGS = ("etag", "digest", "checksum", "hash", "md5", "sha256", "sha512")
_QUERY = (
    "code|state|token|access_token|id_token|refresh_token|extended_token|client_secret|password|"
    "otp|pin"
)
ERROR_CODE = re.compile(r"10\d{5}|\d{1,3}|UDAPI\d+|[A-Z]+(?:_[A-Z]+)+")
"""What a member called "code" may well be: an error's number."""

_URL_VALUE = re.compile(
    rf"([?&#;]|%3F|%26|%23)({_QUERY})(=|%3D)(?!\[redacted\])(?:(?!%26|%23)[^&#\s\"'<>\\`])+",
    re.IGNORECASE,
)
_FORM_VALUE = re.compile(r"(^|&)([\w.-]+)=([^&\s]*)")
_QUOTED_MEMBER = re.compile(r'"([\w-]{2,32})"(\s*:\s*)"((?:[^"\\\n]|\\.)*)"')
_PART = re.compile(r'(name="([^"]+)"\r?\n\r?\n)([^\r\n]+)')
_TYPED = re.compile(r"((?:fill|type|press|insertText)\()(?:\".*\"|'.*')", re.DOTALL)
# A tag ends at the next "<" at the latest, so that hostile text is read once, not once a tag.
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
_FIELD = re.compile(rf"<input\b{_ATTRIBUTES}", re.IGNORECASE)
_FIELD_VALUE = re.compile(r"(\svalue\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
_FIELD_TYPE = re.compile(
    r"\stype\s*=\s*[\"']?(submit|button|reset|checkbox|radio)\b", re.IGNORECASE
)
_TEXTAREA = re.compile(
    rf"(<textarea\b{_ATTRIBUTES})((?:(?!<textarea).)*?)(</textarea)", re.IGNORECASE | re.DOTALL
)

# Parameters of Playwright's own calls that hold what was typed or handed to a script.
_TYPED_PARAMETERS = frozenset({"value", "text", "key", "arg", "options", "payloads", "eventInit"})
_TYPING = re.compile(
    r"fill|type|press|insertText|keyboard\w+|selectOption|setInputFiles|evaluate\w*|evalOn\w*|"
    r"dispatchEvent|waitForFunction|inputValue|storageState|textContent|innerText|innerHTML|content",
    re.IGNORECASE,
)
_OPTIONS_KEPT = frozenset(
    {"viewport", "userAgent", "deviceScaleFactor", "isMobile", "hasTouch", "locale", "baseURL"}
)
_UNTYPED = frozenset({"submit", "button", "reset", "checkbox", "radio"})

# Pictures and fonts, by their first bytes. Other binary bodies are left out.
_HARMLESS = (
    b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"wOFF", b"wOF2", b"\0\1\0\0", b"OTTO", b"\0\0\1\0"
)  # fmt: skip

# Digits that a page shows or logs one by one, each in an element or a message of its own. They are
# masked whatever they are: only together do they tell that they are a secret.
_FEW_DIGITS = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
_FEW, _DIGITS = 5, "0123456789"
_AT_A_TAG = re.compile(r"(?<=>)\s*\d{1,5}(?!\d)|(?<!\d)\d{1,5}\s*(?=<)")
_TELLING = r"data-[\w-]+|aria-(?:label|description|valuetext|valuenow)|title|alt|label|value"
_TELLING_NAME = re.compile(_TELLING, re.IGNORECASE)
_TELLING_ATTRIBUTE = re.compile(
    rf"(\s(?:{_TELLING})\s*=\s*)([\"']?)\d{{1,5}}\2(?=[\s>/])", re.IGNORECASE
)

_GZIP = b"\x1f\x8b"

_VALUES_AT_ONCE = 1000
"""So many values of JSON are looked at before it is asked whether there is time for more."""

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


@cache
def is_secret_name(name: str) -> bool:
    """Whether a member, header or query value of this name is a secret."""
    plain = re.sub(r"[-_\s]", "", name).lower()
    return plain in _NAMES or plain.endswith((*_ENDINGS, *_DIGEST_ENDINGS))


_ACCOUNT_NAME = re.compile(r"\b(ledger|login)-[0-9a-f]{32}(?![0-9a-f])")
"""What names an account's ledger: a hash of the mobile number, which could be guessed from it."""


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
        # How many values of JSON were looked at.
        self._values = 0
        # True for a line without registered secrets: then only what looks like a secret is masked.
        self._blind = False

    def text(self, text: str) -> str:
        """Take registered secrets out of `text`, and values of telling parameters and members."""
        text = mask_urls(text if self._blind else self._redactor.redact(text))
        text = _ACCOUNT_NAME.sub(lambda m: f"{m[1]}-{MASK}", text)
        return _QUOTED_MEMBER.sub(_mask_member, text) if '"' in text and ":" in text else text

    def body(self, text: str) -> str:
        """Scrub a document of any kind: JSON, a form, HTML, a script."""
        data = parsed(text)
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
        self._hurry(len(line))
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            return ""
        if not isinstance(entry, dict | list):
            return ""
        # Most lines hold nothing registered: then only their structure is looked at.
        self._blind = not self._redactor.knows(line)
        try:
            scrubbed = _dump(self._entry(entry))
        except RecursionError:
            return ""
        finally:
            blind, self._blind = self._blind, False
        return self._forced(scrubbed) if not blind and self._redactor.knows(scrubbed) else scrubbed

    def _forced(self, line: str) -> str:
        """Redact the JSON text itself: a secret was spread over several of its values."""
        line = self._redactor.redact(line)
        try:
            json.loads(line)
        except ValueError:
            return ""
        return line

    def _entry(self, entry: Any) -> Any:
        if isinstance(entry, dict):
            kind, params = entry.get("type"), entry.get("params")
            if kind == "context-options" and isinstance(entry.get("options"), dict):
                kept = {k: v for k, v in entry["options"].items() if k in _OPTIONS_KEPT}
                entry = {**entry, "options": kept}
            elif kind == "console" or (kind == "event" and entry.get("method") == "pageError"):
                entry = {
                    name: _without_few_digits(value) if name in _PAGES_WORDS else value
                    for name, value in entry.items()
                }
            elif kind == "log" and isinstance(entry.get("message"), str):
                entry = {**entry, "message": _TYPED.sub(rf'\1"{MASK}"', entry["message"])}
            elif isinstance(params, dict) and _TYPING.fullmatch(str(entry.get("method"))):
                self._silenced.add(entry.get("callId"))
                entry = {**entry, "params": _mask_typed(params)}
            elif kind == "after" and "result" in entry and entry.get("callId") in self._silenced:
                entry = {**entry, "result": _masked_answer(entry["result"])}
        return self._json(entry, "", self._trace_number)

    def _json(self, data: Any, key: str, number: Callable[[float, str], Any]) -> Any:
        self._values += 1
        if self._values % _VALUES_AT_ONCE == 0:
            self._hurry()
        if isinstance(data, str):
            return self._string(data, key)
        if isinstance(data, dict):
            if isinstance(data.get("mimeType"), str) and isinstance(data.get("text"), str):
                data = {**data, "text": self._inline(data["text"], data.get("encoding"))}
            if isinstance(data.get("name"), str) and isinstance(data.get("value"), str):
                data = _mask_pair(data, key)
            return {
                (name if self._blind else self._redactor.redact(name)): (
                    MASK if _is_secret_member(name, value) else self._json(value, name, number)
                )
                for name, value in data.items()
            }
        if isinstance(data, list):
            if len(data) > 1 and isinstance(data[0], str) and isinstance(data[1], dict):
                clean = [self._json(each, key, number) for each in _mask_element(data)]
                return _mask_edges(clean)
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
        # A picture of no width is no picture; a window as wide as somebody's PIN is one wider.
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

    def _hurry(self, size: int = 0) -> None:
        """Raise `UnfitError` where the time is up, or would be before `size` bytes are done."""
        if time.monotonic() + size / _FASTEST > self.until:
            raise UnfitError("there was no time to")

    def data(self, data: bytes, *, depth: int = 0) -> bytes | None:
        """Scrub a file by what it is. None: it is to be left out. Raises `UnfitError`."""
        self._hurry(len(data))
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


def mask_urls(text: str) -> str:
    """Mask `code=`, `state=`, `token=` and their like in every URL of `text`."""
    if "=" not in text and "%3" not in text:
        return text
    return _URL_VALUE.sub(rf"\1\2\3{MASK}", text)


def mask_fields(text: str, mask: str = MASK) -> str:
    """Put `mask` in place of the values of the input fields of an HTML text."""
    if "<input" in text or "<INPUT" in text:
        text = _FIELD.sub(
            lambda tag: (
                tag[0]
                if _FIELD_TYPE.search(tag[0])
                else _FIELD_VALUE.sub(
                    lambda m: m[0] if m[2] in {'""', "''"} else f'{m[1]}"{mask}"', tag[0]
                )
            ),
            text,
        )
    if "<textarea" in text or "<TEXTAREA" in text:
        text = _TEXTAREA.sub(lambda m: f"{m[1]}{mask if m[2] else ''}{m[3]}", text)
    return text


def mask_single_digits(text: str) -> str:
    """Mask the few digits at the edges of an HTML text's elements, and in their attributes."""
    if "</" not in text:
        return text
    text = _TELLING_ATTRIBUTE.sub(rf"\1\2{MASK}\2", text)
    return _AT_A_TAG.sub(MASK, text)


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


def _is_secret_member(name: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return False
    if name == "__playwright_value_":
        return True
    if not is_secret_name(name):
        return False
    return not (name.lower() == "code" and ERROR_CODE.fullmatch(str(value)))


def _mask_member(found: re.Match[str]) -> str:
    if not _is_secret_member(found[1], found[3]):
        return found[0]
    return f'"{found[1]}"{found[2]}"{MASK}"'


def _mask_pair(pair: dict[str, Any], parent: str) -> dict[str, Any]:
    """Mask `{"name": …, "value": …}`: so HAR and storage state write headers, cookies and more."""
    always = parent in {"cookies", "localStorage", "sessionStorage"}
    listed = parent in {"headers", "queryString", "params", "extraHTTPHeaders"}
    name = pair["name"]
    telling = is_secret_name(name) or (parent == "queryString" and name == "state")
    return {**pair, "value": MASK} if pair["value"] and (always or (listed and telling)) else pair


_PAGES_WORDS = frozenset({"text", "args", "params"})


def _without_few_digits(data: Any) -> Any:
    """Mask every number of few digits in what a page has logged."""
    if isinstance(data, str):
        return _FEW_DIGITS.sub(MASK, data)
    if isinstance(data, dict):
        return {name: _without_few_digits(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_without_few_digits(each) for each in data]
    if isinstance(data, int | float) and not isinstance(data, bool):
        return 0 if _FEW_DIGITS.search(repr(data)) else data
    return data


def _mask_element(element: list[Any]) -> list[Any]:
    """Mask what an element of a DOM snapshot holds: `["INPUT", {attributes}, …children]`."""
    tag, attributes, *children = element
    name = tag.upper()
    if name == "INPUT" and attributes.get("value") and attributes.get("type") not in _UNTYPED:
        return [tag, {**attributes, "value": MASK}, *children]
    if name == "TEXTAREA":
        return [tag, attributes, *(MASK if isinstance(child, str) else child for child in children)]
    return element


def _mask_edges(element: list[Any]) -> list[Any]:
    """Mask the few digits at the edges of an element of a snapshot, and in its attributes."""
    # By the cheap questions first: there are tens of thousands in a trace.
    if element[1]:
        for name, value in element[1].items():
            if isinstance(value, str) and len(value) <= _FEW and value.isdecimal():
                element[1][name] = MASK if _TELLING_NAME.fullmatch(name) else value
    for number, child in enumerate(element):
        if number > 1 and type(child) is str:
            core = child.strip()
            if core and (core[-1] in _DIGITS or core[0] in _DIGITS):
                element[number] = _without_edges(core)
    return element


def _without_edges(text: str) -> str:
    rest = text.rstrip(_DIGITS)
    if 0 < len(text) - len(rest) <= _FEW:
        text = f"{rest}{MASK}"
    rest = text.lstrip(_DIGITS)
    return f"{MASK}{rest}" if 0 < len(text) - len(rest) <= _FEW else text


def _mask_typed(params: dict[str, Any]) -> dict[str, Any]:
    return {name: _mask_parameter(name, value) for name, value in params.items()}


def _mask_parameter(name: str, value: Any) -> Any:
    # Names of keys ("Enter") tell something, single characters are what was typed.
    if name not in _TYPED_PARAMETERS or (name == "key" and len(str(value)) > 1):
        return value
    # The viewer reads what is handed to a script, and shows nothing at all where it cannot.
    if name == "arg" and isinstance(value, dict) and isinstance(value.get("value"), dict):
        return {"value": {"s": MASK}, "handles": []}
    return MASK


def _masked_answer(result: Any) -> dict[str, Any]:
    of_a_script = isinstance(result, dict) and isinstance(result.get("value"), dict)
    return {"value": {"s": MASK} if of_a_script else MASK}
