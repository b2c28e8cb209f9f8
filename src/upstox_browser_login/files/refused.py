"""What is said of a file or folder that the system refused to read or write."""

from __future__ import annotations

import errno

from upstox_browser_login.errors import StoreError

from .private import NO_MODES, ForeignFolderError, OpenFolderError


def unreadable(where: object, why: str, hint: str | None = None) -> StoreError:
    """The error of a store that cannot be read. The default hint is that of a damaged token."""
    error = StoreError(
        f"{where} cannot be read: {why}.", code="STORE_UNREADABLE", hint=hint, step="store"
    )
    error.damaged = error.mended_by_login = hint is None
    return error


def unwritable(where: object, why: str, hint: str | None = None) -> StoreError:
    """The error of a store that cannot be written."""
    return StoreError(
        f"{where} cannot be written: {why}.", code="STORE_UNWRITABLE", hint=hint, step="store"
    )


def reason_of(error: OSError) -> str:
    """Why the system refused, in its words, without the path that the message has anyway."""
    return error.strerror or type(error).__name__


_STAYS_SO = {
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.EROFS,
}


def may_pass(error: OSError) -> bool:
    """Whether the system may do in a moment what it refused, as where a disk recovers.

    A right that is missing, and another thing in the place of a file, stay so.
    """
    return error.errno not in _STAYS_SO


FULL = {errno.ENOSPC, errno.EDQUOT}
"""What the system says where a disk is full, or a user's share of it."""

MAKE_ROOM = "Free some space on that disk, then run again."


def way_out_of(error: OSError, where: object, setting: str = "UPSTOX_STATE_DIR") -> str:
    """What to do about a file or folder, at a place of `setting`, that the system refused."""
    if isinstance(error, ForeignFolderError):
        return (
            f"Run as the user that it belongs to, or set {setting} to a place of this user's own; "
            "in a container, mount a folder that belongs to the container's user."
        )
    if isinstance(error, OpenFolderError):
        return (
            f"Set {setting} to a place in another folder, one of this user's own, or take that "
            "right away (chmod o-w); in a container, mount one that belongs to its user."
        )
    if error.errno in NO_MODES:
        return (
            f"If the file system there keeps no permissions (FAT, some network drives), set "
            f"{setting} to a folder on a local disk, or mount it for this user alone (uid=, "
            f"umask=077). Otherwise let this user change {where}."
        )
    if error.errno in FULL:
        return MAKE_ROOM
    if error.errno == errno.EROFS:
        return f"Set {setting} to a place that is not read-only."
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return f"A file stands where a folder is needed: move it, or set another {setting}."
    if error.errno == errno.EISDIR:
        return f"A folder stands where a file is needed: move {where} away."
    return f"Let this user read and write {where}, or set another {setting}."
