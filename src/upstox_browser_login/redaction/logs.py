"""Takes the secrets out of what Python itself writes: log records, tracebacks, warnings."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from upstox_browser_login.printable import printable

from .redactor import chain, redactor

_installed = threading.Event()


class TimedFormatter(logging.Formatter):
    """Lines that begin with the time and its zone: log lines are compared across machines."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802  (logging's names)
        """See `logging.Formatter`."""
        return (
            datetime.fromtimestamp(record.created, UTC).astimezone().isoformat("T", "milliseconds")
        )


def install_log_redaction() -> None:
    """Make every log record of this process pass through the redactor, from now on.

    The record factory is the only place that sees the records of all loggers, handlers and
    libraries, so nobody's handler can be forgotten. Doing it twice changes nothing. What a caller
    puts into `extra=` is added after the factory and is not seen here; nothing of ours does.
    """
    if _installed.is_set():
        return
    _installed.set()
    make: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  (a bad format, or an argument whose str() raises)
            message = f"{record.msg!r} % {_safe_repr(record.args)}"
        # Records of other libraries keep their colours; only secrets are removed from them.
        ours = record.name.partition(".")[0] == _PACKAGE
        redacted = redactor.redact(printable(message) if ours else message)
        if redacted != message:
            record.msg, record.args = redacted, None
        elif redactor.find(_safe_repr(record.args)):
            # A handler that prints arguments, as JSON formatters do.
            record.msg, record.args = message, None
        if record.stack_info:
            record.stack_info = redactor.redact(record.stack_info)
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redacted_traceback(*record.exc_info)
            error = record.exc_info[1]
            if redactor.find(_plain_traceback(*record.exc_info)) or _has_frames_of_ours(error):
                # Handlers that make their own traceback, as rich's do, must not get this one: they
                # may show the variables of our functions.
                record.exc_info = None
        return record

    logging.setLogRecordFactory(factory)


_PACKAGE = __name__.partition(".")[0]
_EDGE = f"{_PACKAGE}.edge"
"""The frames of this one module hold no secret: it is where errors leave us."""


def _has_frames_of_ours(error: BaseException | None) -> bool:
    names = (
        frame.f_globals.get("__name__", "")
        for each in (chain(error) if error is not None else ())
        for frame, _ in traceback.walk_tb(each.__traceback__)
    )
    return any(name.startswith(f"{_PACKAGE}.") and name != _EDGE for name in names)


def redacted_traceback(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> str:
    """Format a traceback as Python prints it, without locals and without secrets."""
    return redactor.redact(printable(_plain_traceback(kind, error, trace))).rstrip()


def _plain_traceback(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> str:
    return "".join(traceback.format_exception(kind, error, trace))


def _safe_repr(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  (somebody's __repr__)
        return f"<{type(value).__name__}>"


@contextmanager
def redacted_excepthook() -> Iterator[None]:
    """Within the block, what Python itself prints is redacted.

    Uncaught exceptions of any thread, those it can only mention ("Exception ignored in …"), and
    warnings.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redacted_traceback(kind, error, trace) + "\n")

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        # A thread may end itself with SystemExit; Python is silent then, and so are we.
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    def unraisable_hook(args: sys.UnraisableHookArgs) -> None:
        about = args.err_msg or "Exception ignored in"
        sys.stderr.write(redactor.redact(f"{about}: {_safe_repr(args.object)}") + "\n")
        hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    format_warning = warnings.formatwarning

    def warning_text(*args: Any, **kwargs: Any) -> str:
        return redactor.redact(format_warning(*args, **kwargs))

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = hook, thread_hook, unraisable_hook
    warnings.formatwarning = warning_text
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
        warnings.formatwarning = format_warning
