"""`--write`: the token in an env file, whose other lines stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .screen import Screen

NAME = "access_token"
"""The variable of an env file that the token-refresh guides use."""


def writable_env_file(given: Path) -> Path:
    """Check, before a login, that the token can be written to the env file, and return its path.

    `~` is expanded, which no shell does behind an `=`. Nothing is made. Raises
    `ConfigurationError`, and `StoreError`.
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.dotenv import check_writable
    from upstox_browser_login.files.paths import in_full
    from upstox_browser_login.settings.values import DirtError, prepared_path

    try:
        path = in_full(prepared_path(given))
    except DirtError as error:
        raise ConfigurationError(
            f"The path of --write {error}.", hint="Give --write the path of an env file."
        ) from None
    folder = path.resolve().parent
    if not folder.is_dir():
        raise ConfigurationError(
            f"There is no folder {folder} for --write.",
            hint="Create it, or name a file in another folder.",
        )
    check_writable(path)
    return path


def write_token(screen: Screen, path: Path, token: str) -> None:
    """Put the token into the env file, and say so. Raises `StoreError`."""
    from upstox_browser_login.files.dotenv import write_variable

    shared = write_variable(path, NAME, token)
    screen.line(f"{NAME} is up to date in {path}.")
    if shared:
        screen.warning(f"{path} can be read by other users of this machine: chmod 600 {path}")
