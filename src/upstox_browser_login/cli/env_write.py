"""Files that options name: `--write`, whose other lines stay as they are, and `--log-file`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .screen import Screen

NAME = "access_token"
"""The variable of an env file that the token-refresh guides use."""


def named_path(given: Path, option: str) -> Path:
    """The path that an option names, in full. Raises `ConfigurationError`.

    `~` is expanded, which no shell does behind an `=`.
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.paths import in_full
    from upstox_browser_login.settings.values import DirtError, prepared_path

    try:
        return in_full(prepared_path(given))
    except DirtError as error:
        raise ConfigurationError(
            f"The path of {option} {error}.", hint=f"Give {option} the path of a file."
        ) from None


def place_of(given: Path, option: str) -> Path:
    """The path of a file to be written, whose folder is there. Raises `ConfigurationError`."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.paths import NOT_THERE, is_folder, why_unseen

    path = named_path(given, option)
    # `Path.resolve` raises where links go round in a circle, up to Python 3.12.
    folder = Path(os.path.realpath(path)).parent
    if not is_folder(folder):
        unseen = why_unseen(folder)
        closed = unseen not in {None, NOT_THERE}
        raise ConfigurationError(
            f"The folder {folder} for {option} {unseen}."
            if closed
            else f"There is no folder {folder} for {option}.",
            hint=f"{'Let this user look into it' if closed else 'Create it'}, or name a file in "
            "another folder.",
        )
    return path


def writable_file(given: Path, option: str) -> Path:
    """Check, before a login, that a file can be written, and return its path.

    Nothing is made. Raises `ConfigurationError`, and `StoreError`.
    """
    from upstox_browser_login.files.dotenv import check_writable

    path = place_of(given, option)
    check_writable(path)
    return path


def has_token(path: Path, token: str) -> bool:
    """Whether the env file has this token. Raises `StoreError`."""
    from upstox_browser_login.files.dotenv import is_up_to_date

    return is_up_to_date(path, NAME, token)


def write_token(screen: Screen, path: Path, token: str) -> None:
    """Put the token into the env file, and say so. Raises `StoreError`."""
    from upstox_browser_login.files.dotenv import write_variable

    shared = write_variable(path, NAME, token)
    screen.line(f"{NAME} is up to date in {path}.")
    if shared:
        screen.warning(f"{path} can be read by other users of this machine: chmod 600 {path}")
