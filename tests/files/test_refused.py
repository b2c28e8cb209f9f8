"""What is said of a file or folder that the system refused to read or write."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from upstox_browser_login.files.private import ForeignFolderError, OpenFolderError
from upstox_browser_login.files.refused import (
    MAKE_ROOM,
    reason_of,
    unreadable,
    unwritable,
    way_out_of,
)


def test_a_store_that_cannot_be_read_is_damaged_unless_there_is_a_way_out() -> None:
    found = unreadable("/x", "it is no token")
    assert (found.code, found.message) == ("STORE_UNREADABLE", "/x cannot be read: it is no token.")
    assert found.damaged
    assert not unreadable("/x", "Permission denied", "Let this user read it.").damaged


def test_a_store_that_cannot_be_written_has_its_hint() -> None:
    found = unwritable("/x", "No space left on device", MAKE_ROOM)
    assert (found.code, found.hint, found.step) == ("STORE_UNWRITABLE", MAKE_ROOM, "store")


def test_the_systems_reason_has_no_path() -> None:
    assert reason_of(FileNotFoundError(errno.ENOENT, "No such file", "/secret/x")) == "No such file"
    assert reason_of(OSError()) == "OSError"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "x"), "Free some space"),
        (OSError(errno.EROFS, "x"), "not read-only"),
        (OSError(errno.ENOTDIR, "x"), "A file stands where a folder is needed"),
        (OSError(errno.EISDIR, "x"), "A folder stands where a file is needed: move /x away."),
        (OSError(errno.EACCES, "x"), "Let this user read and write /x, or set another UPSTOX_X."),
        (ForeignFolderError(Path("/x"), 7), "Run as the user that it belongs to"),
        (OpenFolderError(Path("/x"), 0o777), "chmod o-w"),
    ],
)
def test_each_refusal_has_a_way_out(error: OSError, said: str) -> None:
    assert said in way_out_of(error, "/x", "UPSTOX_X")
