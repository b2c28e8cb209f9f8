"""Files that options name: `--write`, whose other lines stay as they are, and `--log-file`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .screen import Screen

NAME = "access_token"
"""The variable of an env file that the token-refresh guides use."""


def place_of(given: Path, option: str) -> Path:
    """The path, in full, of a file to be written that an option names; its folder is there.

    `~` is expanded, which no shell does behind an `=`. Raises `ConfigurationError`.
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.paths import in_full
    from upstox_browser_login.settings.values import DirtError, prepared_path

    try:
        path = in_full(prepared_path(given))
    except DirtError as error:
        raise ConfigurationError(
            f"The path of {option} {error}.", hint=f"Give {option} the path of a file."
        ) from None
    folder = path.resolve().parent
    if not folder.is_dir():
        raise ConfigurationError(
            f"There is no folder {folder} for {option}.",
            hint="Create it, or name a file in another folder.",
        )
    return path


def writable_env_file(given: Path) -> Path:
    """Check, before a login, that the token can be written to the env file, and return its path.

    Nothing is made. Raises `ConfigurationError`, and `StoreError`.
    """
    from upstox_browser_login.files.dotenv import check_writable

    path = place_of(given, "--write")
    check_writable(path)
    return path


def write_token(screen: Screen, path: Path, token: str) -> None:
    """Put the token into the env file, and say so. Raises `StoreError`."""
    from upstox_browser_login.files.dotenv import write_variable

    shared = write_variable(path, NAME, token)
    screen.line(f"{NAME} is up to date in {path}.")
    if shared:
        screen.warning(f"{path} can be read by other users of this machine: chmod 600 {path}")
