"""Keeps patterns as Python has compiled them, from one login to the next.

To compile the patterns of a login takes Python longer than to use them, and its own `re` keeps them
for one process alone. So its compiler is taken in its two steps, and what is between them is kept.
Source of the steps: `compile` in Lib/re/_compiler.py of CPython 3.11. Where a Python differs, as
the newest does, patterns are compiled as always and nothing is kept.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import MsgspecError, Struct, msgpack

from upstox_browser_login._version import __version__
from upstox_browser_login.files.atomic import write_atomically

logger = logging.getLogger(__name__)

_UNITS = "I"
"""What CPython's matcher reads: numbers of 32 bits (`SRE_CODE` in Modules/_sre/sre.h)."""

_UNKNOWN = (ImportError, AttributeError, TypeError, ValueError, OverflowError, RuntimeError)
"""The errors of a Python whose compiler has other steps than these."""


class Compiled(Struct, frozen=True, array_like=True):
    """A pattern between the two steps of Python's compiler."""

    flags: int
    code: memoryview
    """A part of the file's bytes, if it was read: copies of all would take a megabyte."""
    groups: int
    names: dict[str, int]


class _File(Struct):
    made_by: str
    patterns: dict[str, Compiled]


_MADE_BY = f"{__version__} {sys.version} {sys.byteorder}"
"""What one build of Python has compiled means nothing to another."""

_DIGEST = hashlib.sha256().digest_size
"""Bytes at the file's beginning, the digest of the rest: Python would take damaged code as well."""


class _Shelf:
    """Compiled patterns by their texts."""

    def __init__(self, path: Path, made_by: str) -> None:
        self._path, self._made_by = path, made_by
        self._patterns: dict[str, Compiled] = {}
        self._has_new = self._steps_differ = False
        try:
            found = _read(path.read_bytes())
        except (OSError, ValueError, MsgspecError) as error:
            logger.debug("No compiled patterns were found: %s", error)
        else:
            if found.made_by == made_by:
                self._patterns = found.patterns

    def pattern(self, text: str) -> re.Pattern[str]:
        with suppress(*_UNKNOWN):
            if (known := self._patterns.get(text)) is not None:
                return _second_step(text, known)
        if not self._steps_differ:
            try:
                known = _first_step(text)
                made = _second_step(text, known)
            except _UNKNOWN:
                self._steps_differ = True  # not tried again, since it takes time
            else:
                self._patterns[text] = known
                self._has_new = True
                return made
        return re.compile(text)

    def write(self) -> None:
        if not self._has_new:
            return
        data = msgpack.encode(_File(self._made_by, self._patterns))
        try:
            write_atomically(self._path, hashlib.sha256(data).digest() + data)
        except OSError as error:
            logger.debug("Compiled patterns could not be kept: %s", error)


def _read(whole: bytes) -> _File:
    digest, data = whole[:_DIGEST], whole[_DIGEST:]
    if hashlib.sha256(data).digest() != digest:
        raise ValueError("the file is damaged")
    return msgpack.decode(data, type=_File)


_shelf: ContextVar[_Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def kept_in(folder: Path | None, *, made_by: str = _MADE_BY) -> Iterator[None]:
    """Take patterns from a file in `folder` for the length of the block, and add to it what is new.

    Whoever can write into the folder decides what is recognised, so it must be this user's alone.
    None keeps nothing.
    """
    if folder is None:
        yield
        return
    shelf = _Shelf(folder / f"patterns-{sys.implementation.cache_tag}.msgpack", made_by)
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)
    shelf.write()


def compiled(text: str) -> re.Pattern[str]:
    """The pattern of `text`, as `re.compile` makes it. Raises `re.error`."""
    shelf = _shelf.get()
    return re.compile(text) if shelf is None else shelf.pattern(text)


def _first_step(text: str) -> Compiled:
    parsed = _part("re._parser").parse(text)
    code = array(_UNITS, _part("re._compiler")._code(parsed, 0))  # noqa: SLF001
    state = parsed.state
    return Compiled(
        state.flags, memoryview(code.tobytes()), state.groups - 1, dict(state.groupdict)
    )


def _second_step(text: str, half: Compiled) -> re.Pattern[str]:
    code = array(_UNITS)
    code.frombytes(half.code)
    by_number: list[str | None] = [None] * (half.groups + 1)
    for name, number in half.names.items():
        by_number[number] = name
    made: re.Pattern[str] = _part("_sre").compile(
        text, half.flags, code.tolist(), half.groups, half.names, tuple(by_number)
    )
    return made


def _part(name: str) -> Any:
    return import_module(name)
