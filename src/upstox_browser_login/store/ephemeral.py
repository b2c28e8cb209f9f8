"""Whether a folder looks as if it would not survive: one in memory, or a container's own layer."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from msgspec import Struct

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's list of what is mounted where; no other system has it."""

_CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Docker and Podman each leave a file in their containers."""

_IN_MEMORY = {"tmpfs", "ramfs", "rootfs"}
_LAYERS = {"overlay", "aufs", "fuse.fuse-overlayfs", "unionfs"}

_LAYERS_OF_CONTAINERS = {"btrfs", "zfs"}
"""What a container's root may be made of as well; elsewhere these are disks like others."""


class Mount(Struct, frozen=True):
    """A place in the tree of folders, and the kind of file system that is there."""

    point: PurePosixPath
    kind: str


def read_mounts(text: str) -> list[Mount]:
    """The mounts that `/proc/self/mountinfo` lists; proc_pid_mountinfo(5) describes it."""
    mounts = []
    for line in text.splitlines():
        place, dash, system = line.partition(" - ")
        fields = place.split(" ")
        if dash and len(fields) > 4:
            mounts.append(Mount(PurePosixPath(_unescaped(fields[4])), system.split(" ")[0]))
    return mounts


def loss_of(folder: PurePosixPath, mounts: list[Mount], *, in_container: bool) -> str | None:
    """When `folder`, an absolute path, would be lost; None where it seems to last."""
    holding = [each for each in mounts if folder.is_relative_to(each.point)]
    if not holding:
        return None
    # The last of several at one point hides the others.
    depth = max(len(each.point.parts) for each in holding)
    mount = [each for each in holding if len(each.point.parts) == depth][-1]
    if mount.kind in _IN_MEMORY:
        return "is in memory and is lost at the next restart"
    of_container = in_container and mount.kind in _LAYERS_OF_CONTAINERS
    if mount.kind in _LAYERS or (of_container and depth == 1):
        return "is in a layer of this container or live system and is lost with it"
    return None


def warning_of(state_dir: Path) -> str | None:
    """What to warn of before a login, None where the state folder seems to last."""
    try:
        mounts = read_mounts(MOUNTS.read_text("utf-8", "replace"))
        folder = PurePosixPath(state_dir.resolve())
    except (OSError, ValueError):
        return None  # not Linux, or nothing to be learnt
    in_container = any(mark.exists() for mark in _CONTAINER_MARKS)
    loss = loss_of(folder, mounts, in_container=in_container)
    if loss is None:
        return None
    return (
        f"The state folder {state_dir} {loss}: a refused PIN would be forgotten and sent again. "
        "Mount a volume and set UPSTOX_STATE_DIR to it."
    )


def _unescaped(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
