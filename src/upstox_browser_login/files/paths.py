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
