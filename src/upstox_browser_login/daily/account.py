"""The account of the daily login, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from upstox_browser_login.settings import NEEDED_FOR_LOGIN, NEEDED_FOR_TOKEN_KEY, Settings
from upstox_browser_login.store.file import FileDocuments

from .almanac import kept_days
from .calendar import Days
from .plan import Wishes, offset_of
from .record import Records, documents_of


@dataclass
class Account:
    """The account that the settings lead to, and what is kept of it on disk."""

    wishes: Wishes
    documents: FileDocuments
    records: Records
    days: Days | None

    @classmethod
    def of(cls, settings: Settings, wishes: Wishes) -> Account:
        """Look at what is kept. Raises `ConfigurationError`: a setting cannot be fetched, say."""
        if not all(map(settings.is_set, NEEDED_FOR_TOKEN_KEY)):
            # No token can be looked for, so all that a login needs is named at once.
            settings.refuse_missing(*NEEDED_FOR_LOGIN)
        if not wishes.once:  # `--once` needs no minute of its own, and so no secret for it
            # Fetched at the start, while a person is there: a password manager that is locked at
            # night could ask nobody.
            settings.require(*NEEDED_FOR_LOGIN)
            offset = offset_of(settings.secret("username"), settings.secret("client_secret"))
            wishes = replace(wishes, offset=offset)
        documents = documents_of(settings.state_dir)
        records = Records.of_account(settings)
        return cls(wishes, documents, records, kept_days(documents, settings))
