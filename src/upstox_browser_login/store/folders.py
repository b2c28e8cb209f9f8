"""The folder below which everything is kept."""

from __future__ import annotations

from pathlib import Path

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import NO_HOME, Settings


def state_folder(settings: Settings) -> Path:
    """The state folder. Raises `ConfigurationError` where the user has none and sets none."""
    if settings.state_dir == NO_HOME:
        raise ConfigurationError(
            "No folder for tokens and the ledger is known: this user has neither a home folder "
            "(HOME) nor an entry in the system's list of users.",
            hint="Set UPSTOX_STATE_DIR to a folder that lasts.",
        )
    return settings.state_dir
