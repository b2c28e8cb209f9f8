"""What keeps the program from running: told to a person once, however often it is started.

Settings that cannot be used, or an error that nobody has foreseen.

Kept apart from the account's record, since without settings the account is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from upstox_browser_login.errors import UpstoxError

from . import notices
from .record import Notice, Record, Records

CANNOT_BEGIN = "refresh cannot begin"
HAS_ENDED = "refresh has ended"
NOT_READ_AGAIN = "the settings were not read again"


@dataclass
class Trouble:
    """What is wrong where the settings come from one place."""

    records: Records
    now: Callable[[], float]

    def met(self, error: UpstoxError, title: str) -> None:
        """Note an error, of which a person is to be told once until `over`."""

        def note(record: Record) -> None:
            notices.opened(record, error.code, error.message, error.hint, self.now(), title=title)

        self.records.change(note)

    def over(self) -> None:
        """Note that the program runs."""
        incident = self.records.read().incident
        if incident is not None:
            foreseen = incident.code != "UNEXPECTED"
            what = "The settings can be used." if foreseen else "refresh runs again."
            self.records.change(lambda record: notices.over(record, what))

    def deliver(self, send: Callable[[Notice], bool] | None) -> None:
        """Tell what is to be told."""
        notices.deliver(self.records, send, self.now)
