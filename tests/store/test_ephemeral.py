"""State folders that would be lost: in memory, or in a container's own layer."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from upstox_browser_login.store import ephemeral
from upstox_browser_login.store.ephemeral import loss_of, read_mounts, warning_of

DOCKER = """\
638 521 0:75 / / rw,relatime master:216 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l
639 638 0:78 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
641 638 0:80 / /dev/shm rw,nosuid - tmpfs shm rw,size=65536k
650 638 254:1 /volumes/state/_data /state rw,relatime - ext4 /dev/vda1 rw
651 638 254:1 /volumes/odd /my\\040state rw,relatime - ext4 /dev/vda1 rw
"""
BTRFS = "27 1 0:30 /docker/btrfs/subvolumes/ab / rw - btrfs /dev/sda2 rw\n"
LAPTOP = """\
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
31 27 0:27 / /tmp rw,nosuid,nodev shared:2 - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("mounts", "folder", "in_container", "expected"),
    [
        (DOCKER, "/home/trader/.local/state/upstox-browser-login", True, "layer of this container"),
        (DOCKER, "/dev/shm/state", True, "in memory"),  # noqa: S108
        (DOCKER, "/state", True, None),
        (DOCKER, "/state/upstox", True, None),
        (DOCKER, "/my state/upstox", True, None),
        (DOCKER, "/stateless", True, "layer of this container"),
        (BTRFS, "/home/app/.local/state", True, "layer of this container"),
        (BTRFS, "/home/asha/.local/state", False, None),
        (LAPTOP, "/home/asha/.local/state", False, None),
        (LAPTOP, "/tmp/state", False, "in memory"),  # noqa: S108
        # What is mounted over a place hides what was there.
        (DOCKER + "652 638 0:81 / /state rw - tmpfs tmpfs rw\n", "/state", True, "in memory"),
        ("", "/state", True, None),
        ("nonsense - and more\n27 1\n", "/state", True, None),
    ],
)
def test_where_a_folder_is(
    mounts: str, folder: str, in_container: bool, expected: str | None
) -> None:
    """By what is mounted there, as Linux lists it."""
    loss = loss_of(PurePosixPath(folder), read_mounts(mounts), in_container=in_container)
    assert (loss is None) == (expected is None), loss
    assert loss is None or (expected is not None and expected in loss)


@pytest.mark.skipif(sys.platform == "win32", reason="mounts are of POSIX")
def test_the_warning_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the folder's name, also where that does not exist yet."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(DOCKER)
    monkeypatch.setattr(ephemeral, "MOUNTS", mounts)
    warning = warning_of(Path("/srv/upstox/state"))
    assert warning is not None
    assert "/srv/upstox/state" in warning
    assert "a refused PIN would be forgotten" in warning
    assert "UPSTOX_STATE_DIR" in warning
    assert warning_of(Path("/state/upstox")) is None


def test_a_system_without_such_a_list_warns_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither macOS nor Windows has one."""
    monkeypatch.setattr(ephemeral, "MOUNTS", tmp_path / "none")
    assert warning_of(tmp_path) is None
