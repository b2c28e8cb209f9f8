"""Paths as a person is shown them."""

from __future__ import annotations

import os
from pathlib import Path


def in_full(path: Path) -> Path:
    """The path from the root on, without `..`, so that it works from every folder.

    Links are followed only in front of a `..`, which they give its meaning; a last part that is a
    link keeps its name.
    """
    try:
        path = path.absolute()
    except OSError:  # the current folder was removed under a program that stays
        return path
    if ".." not in path.parts:
        return path
    end = len(path.parts) - path.parts[::-1].index("..")
    return Path(*path.parts[:end]).resolve().joinpath(*path.parts[end:])


def nearest(path: Path) -> Path:
    """The path itself, or the nearest folder above it that is there."""
    there = path.absolute()
    # A link that leads nowhere is there as well: nothing can be made in its place.
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    return there


def is_file(path: Path) -> bool:
    """Whether a file is there, as far as this user may see.

    `Path.is_file` raises `PermissionError` below a closed folder, up to Python 3.13.
    """
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as far as this user may see; as `is_file`."""
    return os.path.isdir(path)  # noqa: PTH112


def is_missing(path: Path) -> bool:
    """Whether nothing is there. What a closed folder hides may be there: reading it will tell."""
    return why_unseen(path) == NOT_THERE


NOT_THERE = "does not exist"


def why_unseen(path: Path) -> str | None:
    """Why nothing is seen at a path, as a verb of it; None where something is."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return NOT_THERE
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    return None


def check_looked_into(folder: Path) -> None:
    """Raise `OSError` where this user may not list a folder, or not open what is in it."""
    os.listdir(folder)  # noqa: PTH208  (Path's is lazy)
    os.stat(os.path.join(folder, os.curdir))  # noqa: PTH116, PTH118  (a `Path` drops the dot)
