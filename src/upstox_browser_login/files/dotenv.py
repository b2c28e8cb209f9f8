"""Variables of an env file, kept up to date; the rest of the file stays as it is."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from upstox_browser_login.errors import StoreError
from upstox_browser_login.redaction import Concealed

from . import locks
from .atomic import check_write, write_atomically, write_where_possible
from .binding import name_in
from .environment import default_state_folder
from .paths import is_folder
from .private import FILE_MODE, is_shared
from .refused import FULL, MAKE_ROOM, reason_of, unreadable, unwritable
from .text import mark_and_encoding, refuse_nul

_BARE = re.compile(r"[A-Za-z0-9._~+/=:@%-]+")
_ASSIGNMENT = re.compile(
    r"(?P<head>\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=\#\s]+)[^\S\r\n]*)"
    r"(?P<equals>=[^\S\r\n]*)?"
    r"(?P<value>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^\r\n]*?)"
    r"(?P<tail>(?:[^\S\r\n]+\#[^\r\n]*|(?<=['\"])\#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|$))",
    re.DOTALL,
)


CHANGE_SECONDS = 10.0
"""How long to wait while another process changes the file. A change takes milliseconds."""


def line(name: str, value: str) -> str:
    """`name=value` as an env file has it, quoted where that is needed.

    Raises `ValueError` for a value with control characters, which no two readers agree on.
    """
    return f"{name}={_quoted(value, '')}"


def set_variable(text: str, name: str, value: str) -> str:
    """`text`, an env file, with `name` set to `value`.

    Wherever the variable is assigned, also twice, only its value changes: `export`, the kind of
    quotes, comments and line ends stay. Where it is not, a line is added. Of a name in capitals,
    lines that spell it in another case are removed: settings are read in any. Raises `ValueError`
    as `line` does, and for a file with a quote left open that would swallow the value.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = _without_other_spellings(text, name)
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


def without_variable(text: str, name: str) -> str:
    """`text`, an env file, without the lines that set `name`, in whatever case that is written."""
    parts = parse_stream(io.StringIO(text, newline=""))
    return "".join(each.original.string for each in parts if (name_in(each) or "").upper() != name)


def _without_other_spellings(text: str, name: str) -> str:
    parts = parse_stream(io.StringIO(text, newline=""))
    spellings = ((each.original.string, name_in(each) or "") for each in parts)
    return "".join(original for original, key in spellings if key == name or key.upper() != name)


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

    A new file is 0600, an old one keeps its mode and its owner. Where the file cannot be replaced,
    as one that a container mounts, it is written in place. Raises `StoreError`, also where the
    owner cannot be kept: whom the file is for could not read it any more.
    """
    with _only_change(path):
        found = _Found.at(path)
        new = found.with_variable(name, value)
        if new != found.data:
            with found.blamed():
                write_where_possible(found.path, new, found.mode, owner=found.owner)
    return is_shared(found.mode)


def is_up_to_date(path: Path, name: str, value: str) -> bool:
    """Whether `write_variable` would change nothing. Raises `StoreError`."""
    found = _Found.at(path)
    return found.with_variable(name, value) == found.data


def change_privately(path: Path, changes: Mapping[str, str | None]) -> None:
    """Set variables, or remove those that are None, all at once or not at all.

    The file is 0600 afterwards and keeps its owner; one in which nothing is left is removed.
    Raises `StoreError`.
    """
    with _only_change(path):
        found = _Found.at(path)
        new = found.with_changes(changes)
        with found.blamed():
            if new.strip():
                write_atomically(found.path, new, FILE_MODE, owner=found.owner)
            else:
                found.path.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Try whether `write_variable` would work, and change nothing. Raises `StoreError`."""
    found = _Found.at(path)
    with found.blamed():
        check_write(found.path, found.mode, owner=found.owner)


@contextmanager
def _only_change(path: Path) -> Iterator[None]:
    """Be the only process of this user that changes the file, from its reading to its writing.

    The lock is in the platform's folder for state, whatever the settings say: who writes an env
    file may not know that setting. Where no lock can be had there, the file is changed all the
    same. Raises `StoreError` where another process keeps the lock.
    """
    folder = default_state_folder()
    with ExitStack() as stack:
        if folder is not None:
            name = locks.name_for("env-file", path)
            try:
                stack.enter_context(locks.held(folder / "locks", name, CHANGE_SECONDS))
            except TimeoutError:
                hint = f"Run again in a moment. If it stays, see which program changes {path}."
                raise unwritable(path, "another process is changing it", hint) from None
            except StoreError:
                pass  # no lock can be had there
        yield


class _Found(Concealed, frozen=True):
    """An env file as it was found, or a new one."""

    path: Path
    """Without symbolic links."""
    data: bytes = b""
    mode: int = FILE_MODE
    owner: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return f"_Found({str(self.path)!r})"

    @classmethod
    def at(cls, path: Path) -> _Found:
        """Read it. Raises `StoreError`, also for a device or a pipe: a file would replace it."""
        try:
            # Not `Path.resolve`, which raises a RuntimeError for links in a circle.
            path = Path(os.path.realpath(path))
            try:
                found = path.stat()
                if not stat.S_ISREG(found.st_mode) and not path.is_dir():
                    raise unwritable(path, "it is no ordinary file", "Name an ordinary file.")
                data = path.read_bytes()
            except FileNotFoundError:
                return cls(path)
        except OSError as error:
            raise unreadable(path, reason_of(error), _hint(path, error)) from None
        return cls(path, data, stat.S_IMODE(found.st_mode), (found.st_uid, found.st_gid))

    def with_variable(self, name: str, value: str) -> bytes:
        """What it is to hold. Raises `StoreError` for a file that cannot take the variable."""
        return self.with_changes({name: value})

    def with_changes(self, changes: Mapping[str, str | None]) -> bytes:
        """What it is to hold. Raises `StoreError` for a file that cannot take the variables."""
        mark, encoding = mark_and_encoding(self.data)
        # Bytes that are no UTF-8 pass through unchanged; the other encodings have no such bytes.
        errors = "surrogateescape" if encoding == "utf-8" else "strict"
        try:
            old = self.data[len(mark) :].decode(encoding, errors)
            refuse_nul(old)
            new = old
            for name, value in changes.items():
                if value is None:
                    new = without_variable(new, name)
                else:
                    new = set_variable(new, name, value)
            return mark + new.encode(encoding, errors)
        except ValueError as error:
            undecoded = isinstance(error, UnicodeError)
            why = f"it is not whole {encoding} text" if undecoded else str(error)
            raise unwritable(self.path, why, "Mend the file, or name another one.") from None

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Turn an `OSError` into the `StoreError` that names the file."""
        try:
            yield
        except OSError as error:
            raise unwritable(self.path, reason_of(error), _hint(self.path, error)) from None


def _hint(path: Path, error: OSError) -> str:
    if error.errno in FULL:
        return MAKE_ROOM
    if is_folder(path):
        return f"{path} is a folder: name a file."
    return f"Let this user read and write {path}, or name another file."
