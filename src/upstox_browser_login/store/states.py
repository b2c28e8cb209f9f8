"""The state of the last dialog's address, until its answer comes back."""

from __future__ import annotations

import hashlib
import json

from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings

from .file import FileDocuments


class States:
    """The state of the last dialog of an app on this machine; the next one replaces it.

    For a login by hand, whose two halves may be two processes: `auth-url` and `exchange`, or two
    scripts with an `UpstoxTokenManager`.
    """

    def __init__(self, settings: Settings) -> None:
        folder = settings.state_dir
        self._documents = FileDocuments(folder / "auth", folder / "locks")
        # The mobile number has no part in it: `auth-url` works without.
        text = json.dumps(["auth-state", 1, settings.profile, settings.client_id])
        self._name = f"auth-state-{hashlib.sha256(text.encode()).hexdigest()[:32]}"

    def put(self, state: str) -> None:
        """Keep the state. Raises `StoreError`."""
        self._documents.write(self._name, state.encode())

    def get(self) -> str | None:
        """The state, None where there is none. Raises `StoreError`."""
        data = self._documents.read(self._name)
        state = None if data is None else data.decode("utf-8", "replace")
        redactor.register(state, "OAuth state")
        return state or None

    def drop(self) -> None:
        """Forget it. Raises `StoreError`."""
        self._documents.delete(self._name)
