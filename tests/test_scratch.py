"""Private folders, and what killed processes leave of them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from upstox_browser_login.scratch import (
    STALE_SECONDS,
    Kind,
    is_orphan,
    make_scratch,
    sweep_scratch,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="no telling there who has ended")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(path: Path, seconds: float) -> Path:
    """The same folder, last changed so long ago."""
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path


def of_process(number: int, like: Path) -> Path:
    """A folder that another process of the same kernel would have made."""
    path = like.with_name(like.name.replace(f"{os.getpid()}.", f"{number}.", 1))
    path.mkdir()
    return path


def ended_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@posix
def test_a_folder_is_for_its_owner_alone_and_names_its_process(temporary: Path) -> None:
    path = make_scratch("raw")
    assert path.parent == temporary
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert path.name.startswith(f"upstox-browser-login-raw-{os.getpid()}.")
    assert make_scratch("raw") != path


def test_what_this_process_works_with_is_left(temporary: Path) -> None:
    path = make_scratch()
    sweep_scratch()
    assert list(temporary.iterdir()) == [path]


@posix
def test_what_a_process_left_that_has_ended_is_removed_with_all_in_it(temporary: Path) -> None:
    own = make_scratch()
    left = of_process(ended_process(), own)
    (left / "trace.zip").write_bytes(b"raw")
    running = of_process(os.getppid(), own)
    assert is_orphan(left)
    assert not is_orphan(running)
    sweep_scratch()
    assert sorted(temporary.iterdir()) == sorted([own, running])


@posix
def test_nobody_is_sure_of_a_process_that_another_kernel_counts() -> None:
    own = make_scratch()
    left = of_process(ended_process(), own)
    theirs = left.with_name(left.name.replace(".", ".9", 1))
    assert is_orphan(left)
    assert not is_orphan(theirs)
    assert not is_orphan(own.with_name(own.name.replace("-tmp-", "-")))


@posix
def test_a_number_that_no_process_can_have_names_none() -> None:
    own = make_scratch()
    assert not is_orphan(own.with_name(own.name.replace(f"{os.getpid()}.", f"{10**30}.", 1)))


def of_another_kernel(temporary: Path, ending: str = "abcd_123") -> Path:
    """A folder of a process of which nobody knows whether it has ended."""
    path = temporary / f"upstox-browser-login-tmp-{os.getpid()}.1-{ending}"
    path.mkdir()
    return path


def test_what_is_of_nobody_known_is_removed_after_a_day(temporary: Path) -> None:
    old, young = of_another_kernel(temporary), of_another_kernel(temporary, "efgh_456")
    aged(old, STALE_SECONDS + 60)
    aged(young, STALE_SECONDS - 60)
    sweep_scratch()
    assert list(temporary.iterdir()) == [young]


@pytest.mark.parametrize(
    "name",
    [
        "upstox-browser-login-state",
        "upstox-browser-login-1.2.3",
        "upstox-browser-login-2026.11-20261129",
        "upstox-browser-login-tmp-state",
        "upstox-browser-login-tmp-1.2-abcdefgh-of-mine",
        "upstox-browser-login-tmp-1.2-abcdefgh.old",
        "upstox-browser-login-raw-1-abcdefgh",
    ],
)
def test_a_folder_of_a_person_is_left_whatever_its_age(temporary: Path, name: str) -> None:
    """A state folder, say, with the record of refused PINs in it."""
    (temporary / name / "ledger").mkdir(parents=True)
    aged(temporary / name, STALE_SECONDS * 2)
    sweep_scratch()
    assert (temporary / name / "ledger").exists()


@pytest.mark.parametrize("kind", ["tmp", "raw", "demo", "replay"])
def test_every_kind_of_folder_is_swept(temporary: Path, kind: Kind) -> None:
    aged(make_scratch(kind), STALE_SECONDS * 2)
    sweep_scratch()
    assert list(temporary.iterdir()) == []


def test_a_sweep_touches_neither_files_nor_links_nor_other_programs_folders(
    temporary: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    others = temporary / "another-program"
    others.mkdir()
    file = temporary / "upstox-browser-login-tmp-1.1-abcd_123"
    file.touch()
    aimed_at = tmp_path_factory.mktemp("aimed-at")
    (aimed_at / "kept").touch()
    kept = [aged(others, STALE_SECONDS * 2), aged(file, STALE_SECONDS * 2)]
    if sys.platform != "win32":
        link = temporary / "upstox-browser-login-tmp-1.1-efgh_456"
        link.symlink_to(aimed_at)
        aged(aimed_at, STALE_SECONDS * 2)
        kept.append(link)
    sweep_scratch()
    assert sorted(temporary.iterdir()) == sorted(kept)
    assert (aimed_at / "kept").exists()


@posix
def test_a_folder_of_another_user_is_left(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = of_another_kernel(temporary)
    aged(folder, STALE_SECONDS * 2)
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    sweep_scratch()
    assert folder.exists()
    monkeypatch.setattr(os, "getuid", lambda: uid)
    sweep_scratch()
    assert not folder.exists()
