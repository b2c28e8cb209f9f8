"""What the daily login remembers from one start to the next: the last failure, and the incident.

It holds no secret: messages come from errors, which are redacted, and what the credentials are
compared by is keyed with the client secret.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from upstox_browser_login._version import __version__
from upstox_browser_login.errors import StoreError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.ledger.fingerprint import Fingerprint
from upstox_browser_login.ledger.parts import Seconds
from upstox_browser_login.printable import printable
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import token_key
from upstox_browser_login.store.file import FileDocuments
from upstox_browser_login.token import IST, expiry_of

log = logging.getLogger(__name__)

OUTBOX = 8
"""Notices that are kept while they cannot be delivered; the oldest go first."""

_LOCK_SECONDS = 10.0
_STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True, validate_assignment=True)


class Failed(BaseModel):
    """The last login, which failed."""

    model_config = _STRICT

    at: Seconds
    code: str
    message: str
    hint: str
    step: str | None
    upstox_code: str | None
    trace: str | None
    count: int
    """So many in a row between one 03:30 in India and the next."""
    credentials: Fingerprint | None
    """Of the settings that it was tried with."""
    version: str
    """Of this program."""
    began: Seconds | None = None
    """When that login began."""

    @classmethod
    def of(
        cls,
        error: UpstoxError,
        began: float,
        now: float,
        before: Failed | None,
        credentials: Fingerprint | None,
    ) -> Self:
        """What is remembered of a login that failed; `before` is what was before that."""
        count = 1
        if before is not None and _end_of_day(before.at) == _end_of_day(now):
            # The note from the beginning of this login must not count as a login of its own.
            count = before.count if before.began == began else before.count + 1
        return cls(
            at=now,
            code=error.code,
            message=error.message,
            hint=error.hint,
            step=error.step,
            upstox_code=error.upstox_code,
            # A name that is not UTF-8 could not be kept, and the failure with it.
            trace=None if error.trace is None else printable(str(Path(error.trace).absolute())),
            count=count,
            credentials=credentials,
            version=__version__,
            began=began,
        )


def _end_of_day(at: float) -> datetime:
    """The next 03:30 in India, with which a day of logins ends and another begins."""
    return expiry_of(datetime.fromtimestamp(at, IST))


class Incident(BaseModel):
    """From the first failure to the next valid token."""

    model_config = _STRICT

    since: Seconds
    code: str


class Notice(BaseModel):
    """Something that a person is to be told."""

    model_config = _STRICT

    kind: Literal["failure", "over", "success", "after-login"]
    title: str
    body: str


class Record(BaseModel):
    """The document. Every member has a default: what is lost makes nothing unsafe."""

    model_config = _STRICT

    version: Literal[1] = 1
    failed: Failed | None = None
    incident: Incident | None = None
    asked_at: Seconds | None = None
    """When Upstox was last asked about the token."""
    days_asked_at: Seconds | None = None
    outbox: list[Notice] = []
    notified_at: Seconds | None = None
    """When a notice was last tried to be delivered in vain."""
    after_failed: bool = False
    """`UPSTOX_AFTER_LOGIN` failed after the last login, and that was told."""


def documents_of(state_dir: Path) -> FileDocuments:
    """Where the daily login keeps what it remembers."""
    return FileDocuments(state_dir / "daily", state_dir / "locks")


class Records:
    """One record, shared by all processes that have the same account, or the same settings."""

    def __init__(self, documents: FileDocuments, name: str) -> None:
        self._documents = documents
        self._name = name
        self._unkept: Record | None = None

    @classmethod
    def of_account(cls, settings: Settings) -> Self:
        """The record of these settings' account. Raises what `token_key` raises."""
        return cls(documents_of(settings.state_dir), f"daily-{token_key(settings)}")

    @classmethod
    def of_source(cls, state_dir: Path, profile: str | None, env_file: Path) -> Self:
        """The record of a place that settings come from, of which none need be usable."""
        place = json.dumps([profile, str(env_file)])
        digest = hashlib.sha256(f"where settings come from {place}".encode()).hexdigest()
        return cls(documents_of(state_dir), f"settings-{digest[:32]}")

    def read(self) -> Record:
        """What is kept; a new record where there is none, or it cannot be read."""
        if self._unkept is not None:
            return self._unkept
        try:
            data = self._documents.read(self._name)
            return Record() if data is None else Record.model_validate_json(data)
        except (StoreError, ValidationError):
            log.warning(
                "What the daily login remembers, %s, cannot be read and is begun anew.",
                self._documents.where(self._name),
            )
            return Record()

    def change(self, edit: Callable[[Record], None]) -> Record:
        """Let `edit` change the record under its lock, write it, and return it.

        If it cannot be written, a warning says so once and this object remembers it. That ends
        nothing, since the account is kept safe by the ledger, which is another document.
        """
        try:
            with self._documents.lock(self._name, _LOCK_SECONDS):
                before = self.read()
                record = before.model_copy(deep=True)
                edit(record)
                if record != before or self._unkept is not None:
                    self._documents.write(self._name, record.model_dump_json().encode())
                self._unkept = None
                return record
        except (StoreError, UpstoxUnavailableError) as error:
            if self._unkept is None:
                log.warning("What the daily login remembers is not kept: %s", error.message)
            record = self.read().model_copy(deep=True)
            edit(record)
            self._unkept = record
            return record

    @contextmanager
    def only_messenger(self, seconds: float) -> Iterator[bool]:
        """Be the only one who delivers notices; False where another one is at it for so long.

        By a lock of its own, since a delivery takes longer than a change may wait. Where there can
        be none, nobody is kept out.
        """
        is_alone = True
        with ExitStack() as stack:
            try:
                stack.enter_context(self._documents.lock(f"{self._name}-notices", seconds))
            except UpstoxUnavailableError:
                is_alone = False
            except StoreError as error:
                log.debug("notices are delivered without a lock: %s", error.message)
            yield is_alone
