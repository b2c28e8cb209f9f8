"""The folders that a login writes to: there or to be made, closed to others, with room left."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

from upstox_browser_login.errors import StoreError
from upstox_browser_login.evidence.shelf import evidence_in
from upstox_browser_login.files.paths import in_full, nearest
from upstox_browser_login.programs import join_command
from upstox_browser_login.settings import Settings
from upstox_browser_login.store.ephemeral import warning_of

from .check import Check, failed, fine, warned

LITTLE_ROOM = 100 * 1024 * 1024
"""Bytes. A browser's profile and a trace may take as much."""

NO_ROOM = 1024 * 1024
"""Bytes. Less, and not even a token may fit."""


def check_state_folder(settings: Settings) -> Check:
    """Whether tokens and the record of attempts have a safe place."""
    name, folder = "state folder", settings.state_dir
    there = nearest(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return failed(name, _unwritable(folder))
    room = free(there)
    if room < NO_ROOM:
        error = StoreError(f"The disk of {folder} is full.", code="STORE_UNWRITABLE")
        error.hint = "Make room there, or set UPSTOX_STATE_DIR to a folder on another disk."
        return failed(name, error)
    if folder.is_dir() and (problem := openness(folder, "UPSTOX_STATE_DIR")) is not None:
        return warned(name, *problem)
    if (lost := warning_of(folder)) is not None:
        return warned(name, lost)
    if room < LITTLE_ROOM:
        return warned(name, f"{folder} has only {megabytes(room)} left.", "Make room there.")
    if not folder.is_dir():
        return fine(name, f"{folder} is made by the first login; {megabytes(room)} are free.")
    return fine(name, f"{folder} can be written, and {megabytes(room)} are free.")


def check_trace_folder(settings: Settings) -> Check:
    """Whether a failed login could leave its evidence."""
    name, folder = "trace folder", in_full(settings.trace_dir)
    if settings.trace == "off":
        return fine(name, "No evidence is kept, as UPSTOX_TRACE says.")
    there = nearest(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return warned(
            name,
            f"{folder} cannot be written: a failed login would leave no evidence.",
            "Set UPSTOX_TRACE_DIR to a folder that can be written.",
        )
    room = free(there)
    if room < LITTLE_ROOM:
        return warned(
            name,
            f"{folder} has only {megabytes(room)} left.",
            "Make room there, say with `upstox-browser-login traces prune`.",
        )
    if folder.is_dir() and (problem := openness(folder, "UPSTOX_TRACE_DIR")) is not None:
        return warned(name, *problem)
    kept = evidence_in(folder)
    logins = "1 login" if len(kept) == 1 else f"{len(kept)} logins"
    size = megabytes(sum(each.size for each in kept))
    there_is = f"the evidence of {logins} there has {size}" if kept else "no evidence is there yet"
    return fine(name, f"{folder} can be written; {there_is}.")


def free(folder: Path) -> int:
    """Bytes that are free on the disk of a folder."""
    return shutil.disk_usage(folder).free


def openness(folder: Path, setting: str) -> tuple[str, str] | None:
    """How the folder of `setting` is open to others, and what to do; None where it is not.

    Windows has access lists for that.
    """
    if sys.platform == "win32":
        return None
    found = folder.stat()
    if found.st_uid not in {0, os.geteuid()}:
        return (
            f"{folder} belongs to another user, who can read and replace what is in it.",
            f"Set {setting} to a folder of this user.",
        )
    mode = stat.S_IMODE(found.st_mode)
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        return (
            f"{folder} can be written by every user (mode {mode:03o}).",
            f"Run `{join_command(['chmod', '700', str(folder)])}`.",
        )
    return None


def megabytes(size: int) -> str:
    """A size for people."""
    if size >= 1024**3:
        return f"{size / 1024**3:.1f} GB"
    return f"{size / 1024**2:.1f} MB" if size < 10 * 1024**2 else f"{size / 1024**2:.0f} MB"


def _unwritable(folder: Path) -> StoreError:
    return StoreError(
        f"{folder} cannot be written.",
        code="STORE_UNWRITABLE",
        hint="Set UPSTOX_STATE_DIR to a folder that can be written.",
    )
