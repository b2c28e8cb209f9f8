"""One variable of an env file, kept up to date; the rest of the file stays as it is."""

from __future__ import annotations

import io
import re
import stat
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from .settings.text import mark_and_encoding, refuse_nul
from .store.atomic import write_atomically
from .store.documents import reason_of, unreadable, unwritable
from .store.private import FILE_MODE, is_shared

_BARE = re.compile(r"[A-Za-z0-9._~+/=:@%-]+")
_ASSIGNMENT = re.compile(
    r"(?P<head>\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=\#\s]+)[^\S\r\n]*)"
    r"(?P<equals>=[^\S\r\n]*)?"
    r"(?P<value>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^\r\n]*?)"
    r"(?P<tail>(?:[^\S\r\n]+\#[^\r\n]*|(?<=['\"])\#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|$))",
    re.DOTALL,
)


def line(name: str, value: str) -> str:
    """`name=value` as an env file has it, quoted where that is needed.

    Raises `ValueError` for a value with control characters, which no two readers agree on.
    """
    return f"{name}={_quoted(value, '')}"


def set_variable(text: str, name: str, value: str) -> str:
    """`text`, an env file, with `name` set to `value`.

    Wherever the variable is assigned, also twice, only its value changes: `export`, the kind of
    quotes, comments and line ends stay. Where it is not, a line is added. Raises `ValueError` as
    `line` does, and for a file with a quote left open that would swallow the value.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts, found = [], False
    for binding in parse_stream(io.StringIO(text, newline="")):
        if binding.key == name and not binding.error:
            found = True
            parts.append(_changed(binding, value))
        else:
            parts.append(binding.original.string)
    body = "".join(parts)
    candidates = [body]
    if not found:
        end = "\r\n" if "\r\n" in body else "\n"
        gap = end if body and not body.endswith(("\n", "\r")) else ""
        added = f"{line(name, value)}{end}"
        candidates = [f"{body}{gap}{added}", f"{added}{body}"]
    _, others = _read(text, name)
    for each in candidates:
        if _read(each, name) == (value, others):
            return mark + each
    raise ValueError("a quote in it is not closed")


def _read(text: str, name: str) -> tuple[str | None, list[str]]:
    """The value of `name`, and everything else, without the blank lines around it."""
    value, others = None, []
    for each in parse_stream(io.StringIO(text, newline="")):
        if each.key == name and not each.error:
            value = each.value
        elif each.original.string.strip():
            others.append(each.original.string.strip())
    return value, others


def _changed(binding: Binding, value: str) -> str:
    whole = binding.original.string
    match = _ASSIGNMENT.fullmatch(whole)
    if match is None:  # a comment line or a shape that the parser reads and this pattern does not
        end = re.search(r"[\r\n]*$", whole)
        return line(binding.key or "", value) + (end[0] if end else "")
    quote = match["value"][:1] if match["value"][:1] in {"'", '"'} else ""
    equals, tail = match["equals"] or "=", match["tail"]
    if match["value"].startswith("#") and equals != "=":
        tail = f" {match['value']}{tail}"  # behind a space it is a comment, and no value
    return f"{match['head']}{equals}{_quoted(value, quote)}{tail}"


def _quoted(value: str, quote: str) -> str:
    if not value.isprintable():
        raise ValueError("a value of an env file must be printable, on one line")
    if not quote and _BARE.fullmatch(value):
        return value
    quote = quote or "'"
    escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


def write_variable(path: Path, name: str, value: str) -> bool:
    """Set a variable in the env file at `path`, whole or not at all; whether others may read it.

    A new file is 0600, an old one keeps its mode and its owner. Raises `StoreError`, also where the
    owner cannot be kept: whom the file is for could not read it any more.
    """
    hint = f"Let this user read and write {path}, or name another file."
    try:
        path = path.resolve()
        try:
            data, found = path.read_bytes(), path.stat()
            mode, owner = stat.S_IMODE(found.st_mode), (found.st_uid, found.st_gid)
        except FileNotFoundError:
            data, mode, owner = b"", FILE_MODE, None
    except OSError as error:
        raise unreadable(path, reason_of(error), hint) from None
    mark, encoding = mark_and_encoding(data)
    # Bytes that are no UTF-8 pass through unchanged; the other encodings have no such bytes.
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    try:
        old = data[len(mark) :].decode(encoding, errors)
        refuse_nul(old)
        new = mark + set_variable(old, name, value).encode(encoding, errors)
    except ValueError as error:
        why = f"it is not whole {encoding} text" if isinstance(error, UnicodeError) else str(error)
        raise unwritable(path, why, "Mend the file, or name another one.") from None
    if new != data:
        try:
            write_atomically(path, new, mode, owner=owner)
        except OSError as error:
            raise unwritable(path, reason_of(error), hint) from None
    return is_shared(mode)
