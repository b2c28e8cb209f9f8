"""Settings that cannot be used: told to a person once, whoever starts the program how often.

Apart from the record of an account, since it may not even be known whose account it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from upstox_browser_login.errors import UpstoxError

from . import notices
from .record import Notice, Record, Records

CANNOT_BEGIN = "refresh cannot begin"
NOT_READ_AGAIN = "the settings were not read again"


@dataclass
class Trouble:
    """What is wrong with the settings of one place."""

    records: Records
    now: Callable[[], float]

    def met(self, error: UpstoxError, title: str) -> None:
        """Note an error, of which a person is to be told once until `over`."""

        def note(record: Record) -> None:
            notices.opened(record, error.code, error.message, error.hint, self.now(), title=title)

        self.records.change(note)

    def over(self) -> None:
        """Note that the settings can be used."""
        if self.records.read().incident is not None:
            self.records.change(lambda record: notices.over(record, "The settings can be used."))

    def deliver(self, send: Callable[[Notice], bool] | None) -> None:
        """Tell what is to be told."""
        notices.deliver(self.records, send, self.now)
