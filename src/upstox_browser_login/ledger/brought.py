"""When logins have brought the token of one app, shared by all machines that share the ledger.

The ledger itself is of the account, whose apps each have a token. Nothing of this keeps an account
safe: it only shows that tokens which were brought are gone again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError

from .keeping import Documents
from .parts import Seconds
from .strict import STRICT

log = logging.getLogger(__name__)

_DAY = 86_400.0
_MOST = 50
_LOCK_SECONDS = 10.0


class _Document(BaseModel):
    """The document."""

    model_config = STRICT

    version: Literal[1]
    times: list[Seconds]


class Brought:
    """The logins of the last day that brought the token called `token_key`.

    `documents` are those of the ledger. `now` is the machine's clock, epoch seconds.
    """

    def __init__(self, documents: Documents, token_key: str, *, now: Callable[[], float]) -> None:
        self._documents = documents
        self._name = f"brought-{token_key}"
        self._now = now

    def times(self) -> tuple[float, ...]:
        """Return when they were, oldest first. What cannot be read of it is told and left out."""
        found: set[float] = set()
        for copy in self._documents.copies(self._name):
            try:
                data = copy.read()
                found.update([] if data is None else _Document.model_validate_json(data).times)
            except (StoreError, ValueError):
                log.warning("%s, the count of past logins, cannot be read.", copy.where)
        now = self._now()
        return tuple(sorted(each for each in found if now - each < _DAY))[-_MOST:]

    def add(self) -> None:
        """Count a login that has just brought the token.

        One that cannot be counted is told and ends nothing: the token is worth more.
        """
        try:
            with self._documents.lock(self._name, _LOCK_SECONDS):
                document = _Document(version=1, times=[*self.times(), self._now()])
                self._documents.write(self._name, document.model_dump_json().encode())
        except (StoreError, UpstoxUnavailableError) as error:
            log.warning("It could not be recorded that a login brought a token: %s", error.message)
