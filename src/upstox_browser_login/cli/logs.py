"""Log records on the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from upstox_browser_login.redaction.logs import TimedFormatter

from .screen import Screen

OURS = "upstox_browser_login"


class Handler(logging.Handler):
    """Log records on the screen: warnings as such, and with `debug` everything of ours."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen
        self._debug = False
        # Its bare event names say nothing to a person; what is tried again is told otherwise.
        self.addFilter(lambda record: record.name.partition(".")[0] != "stamina")
        self.setFormatter(TimedFormatter())

    def show_debug(self) -> None:
        """All of ours from now on, and what others have to tell."""
        self._debug = True
        logging.getLogger().setLevel(logging.INFO)
        logging.getLogger(OURS).setLevel(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record, unless it is for those who debug."""
        try:
            if self._debug:
                ours = record.name.partition(".")[0] == OURS
                if ours or record.levelno >= logging.INFO:
                    label, colour = _label_of(record.levelno)
                    self.screen.line(self.format(record), label=label, colour=colour)
                if record.levelno >= logging.WARNING:
                    self.screen.heard(record.getMessage())
            elif record.levelno >= logging.WARNING:
                self.screen.warning(record.getMessage())
        except Exception:  # noqa: BLE001  (as logging itself does: no log line ends the program)
            self.handleError(record)


def _label_of(level: int) -> tuple[str, str]:
    """What stands before a record of that level, and its colour."""
    if level >= logging.ERROR:
        return "error:", "red"
    return ("warning:", "yellow") if level >= logging.WARNING else ("", "dim")


@contextmanager
def log_on(screen: Screen) -> Iterator[Handler]:
    """Within the block, log records are shown on `screen`: warnings, and with debug far more."""
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    before = root.level, ours.level
    handler = Handler(screen)
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0])
        ours.setLevel(before[1])
