"""What a program that stays tells: lines with a time, as text or JSON, on stderr and in a file."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import FileIO, TextIOWrapper
from pathlib import Path
from typing import Literal

from upstox_browser_login.files.private import FILE_MODE

from .screen import Screen

LogFormat = Literal["text", "json"]

FILE_BYTES = 1_000_000
OLDER_FILES = 5

_LEVELS = {"error:": "error", "warning:": "warning"}


class Journal(Screen):
    """A screen whose lines are those of a log. Always redacted, as every screen is."""

    def __init__(self, form: LogFormat, file: Path | None, *, now: Callable[[], datetime]) -> None:
        """Raises `OSError` where the file cannot be written."""
        super().__init__()
        self._form = form
        self._now = now
        self._file = None if file is None else _Rotating(file)
        self._file_failed = False

    def line(self, text: str, *, label: str = "", colour: str = "dim", tail: str = "") -> None:
        """One line of the log. Its level is that of the label: error, warning, or info."""
        del colour
        from upstox_browser_login.printable import one_line
        from upstox_browser_login.redaction import redactor

        level = _LEVELS.get(label, "info")
        words = [label if level == "info" else "", one_line(self.fitted(text)), tail]
        shown = " ".join(filter(None, words))
        written = self._written(level, redactor.redact(shown))
        _write_to_stderr(written)
        if self._file is not None:
            self._write_to(self._file, written)

    def _write_to(self, file: _Rotating, written: str) -> None:
        """Write a line to the file; the first one that is lost there is told on stderr."""
        failed_before = self._file_failed
        failure = file.write(written)
        self._file_failed = failure is not None
        if failure is not None and not failed_before:
            lost = f"The log file cannot be written: {failure}. stderr has all lines."
            _write_to_stderr(self._written("warning", lost))

    def warning(self, text: str) -> None:
        """A warning. The same one is not said twice until `begin_anew`."""
        from upstox_browser_login.printable import one_line

        text = one_line(text)
        if text not in self._said:
            self.heard(text)
            self.line(text, label="warning:")

    def begin_anew(self) -> None:
        """What was warned of is warned of again where it is still so: another login begins."""
        self._said.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def _written(self, level: str, text: str) -> str:
        at = self._now().astimezone().isoformat(timespec="seconds")
        if self._form == "json":
            return json.dumps({"time": at, "level": level, "message": text}, ensure_ascii=False)
        return f"{at} {level.upper():7} {text}"


class _Rotating(logging.handlers.RotatingFileHandler):
    """A log file that only its owner may read, and five older ones."""

    _failure: str | None = None

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=FILE_BYTES, backupCount=OLDER_FILES, encoding="utf-8")

    def write(self, line: str) -> str | None:
        """Write a line; answers why it was not written, None where it was."""
        self._failure = None
        self.emit(logging.LogRecord("", logging.INFO, "", 0, "%s", (line,), None))
        return self._failure

    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(FileIO(self.baseFilename, "a", opener=_private), self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  (logging's)
        """Note what has failed. A full disk ends no login; stderr has the line."""
        from upstox_browser_login.files.refused import reason_of

        error = sys.exception()
        self._failure = reason_of(error) if isinstance(error, OSError) else type(error).__name__


def _write_to_stderr(written: str) -> None:
    # Where nobody listens there, the file may be what is read.
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(written + "\n")
        sys.stderr.flush()


def _private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, FILE_MODE)
    if hasattr(os, "fchmod"):
        _close_to_others(descriptor)
    return descriptor


def _close_to_others(descriptor: int) -> None:
    """Take from others what they may do with a file that was there; its group may go on reading.

    A pipe or a terminal stays as it is, and so does a file whose mode this user may not change.
    """
    mode = os.fstat(descriptor).st_mode
    closed = mode & ~(stat.S_IRWXO | stat.S_IWGRP)
    if stat.S_ISREG(mode) and closed != mode:
        with suppress(OSError):
            os.fchmod(descriptor, stat.S_IMODE(closed))
