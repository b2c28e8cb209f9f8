"""Log records, tracebacks and warnings hold no secret."""

from __future__ import annotations

import io
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from upstox_browser_login.redaction import Redactor, logs


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Redactor:
    """Replace the process's own redactor for a test."""
    fresh = Redactor()
    monkeypatch.setattr(logs, "redactor", fresh)
    return fresh


@pytest.fixture
def log(
    process: Redactor, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """Somebody else's logger with a handler of its own."""
    process.register("s3cr3t-value", "secret")
    monkeypatch.setattr(logs, "_installed", threading.Event())
    factory = logging.getLogRecordFactory()
    logs.install_log_redaction()
    logs.install_log_redaction()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s %(args)s"))
    logger = logging.getLogger("somebody.else")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)
    logger.propagate = True
    logging.setLogRecordFactory(factory)


class _Thing:
    def __str__(self) -> str:
        return "thing s3cr3t-value"


class _Quiet:
    def __str__(self) -> str:
        return "quiet"

    def __repr__(self) -> str:
        return "Quiet(s3cr3t-value)"


class _Broken:
    def __str__(self) -> str:
        raise KeyError("broken")

    __repr__ = __str__


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("plain s3cr3t-value", ()),
        ("%s", ("s3cr3t-value",)),
        ("%s %d", ({"a": "s3cr3t-value"}, 4)),
        ("%s", (_Thing(),)),
        ("%s", (_Quiet(),)),
        ("%(a)s", ({"a": b"s3cr3t-value"},)),
        ("bad format %d", ("s3cr3t-value",)),
        ("%s", (_Broken(),)),
        (_Thing(), ()),
    ],
)
def test_log_records_of_any_logger(
    log: tuple[logging.Logger, io.StringIO],
    message: Any,
    args: tuple[Any, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Arguments that are no strings, formats that do not fit, objects that break."""
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logger, stream = log
    logger.warning(message, *args)
    assert "s3cr3t" not in stream.getvalue() + capsys.readouterr().err


def keep_in(records: list[logging.LogRecord]) -> Callable[[logging.LogRecord], bool]:
    def keep(record: logging.LogRecord) -> bool:
        records.append(record)
        return True

    return keep


def test_tracebacks_in_the_log(log: tuple[logging.Logger, io.StringIO]) -> None:
    """With causes, notes and the stack."""
    logger, stream = log
    records: list[logging.LogRecord] = []
    logger.addFilter(keep_in(records))
    try:
        try:
            raise ValueError("s3cr3t-value")  # noqa: TRY301
        except ValueError as error:
            error.add_note("s3cr3t-value")
            raise RuntimeError("on top") from error
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    shown = stream.getvalue()
    assert "s3cr3t" not in shown
    assert "ValueError: [redacted]" in shown
    assert "RuntimeError: on top" in shown
    # A formatter that makes a traceback of its own gets no exception to make it of.
    assert records[0].exc_info is None


def test_a_clean_traceback_keeps_its_exception(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, _ = log
    records: list[logging.LogRecord] = []
    logger.addFilter(keep_in(records))
    try:
        raise ValueError("harmless")  # noqa: TRY301
    except ValueError:
        logger.exception("failed")
    assert records[0].exc_info


def test_uncaught_exceptions_are_printed_redacted(
    process: Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    process.register("s3cr3t-value", "secret")
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.formatwarning)
    with logs.redacted_excepthook():
        error = ValueError("s3cr3t-value")
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=lambda: exec("raise ValueError('s3cr3t-value')"))  # noqa: S102
        thread.start()
        thread.join()
        silent = threading.Thread(target=sys.exit, args=("s3cr3t-value",))
        silent.start()
        silent.join()
        members = ("exc_type", "exc_value", "exc_traceback", "err_msg", "object")
        values = (ValueError, error, None, None, "s3cr3t-value")
        sys.unraisablehook(type("Args", (), dict(zip(members, values, strict=True)))())
        shown_warning = warnings.formatwarning("about s3cr3t-value", UserWarning, "a.py", 1)
    assert before == (
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.formatwarning,
    )
    shown = capsys.readouterr().err
    assert "s3cr3t" not in shown + shown_warning
    assert shown.count("ValueError: [redacted]") == 3
    assert "SystemExit" not in shown


def test_the_time_of_a_line_has_its_zone() -> None:
    record = logging.LogRecord("some.name", logging.DEBUG, "", 0, "told", (), None)
    record.created = 1_767_000_000.123
    time, rest = logs.TimedFormatter().format(record).split(" ", 1)
    assert rest == "DEBUG some.name: told"
    read = datetime.fromisoformat(time)
    assert read.utcoffset() is not None
    assert read == datetime.fromtimestamp(1_767_000_000.123, UTC)
