"""The evidence folder: what killed processes leave in it, and its list."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness import Desk
from tests.owners import belongs_to
from upstox_browser_login.browser.driver import running_driver
from upstox_browser_login.errors import StoreError
from upstox_browser_login.evidence.folder import (
    check_folder,
    make_partial,
    make_raw,
    named,
    sweep,
)
from upstox_browser_login.files.private import ForeignFolderError
from upstox_browser_login.files.refused import MAKE_ROOM
from upstox_browser_login.replica import Replica
from upstox_browser_login.scratch import make_scratch, sweep_scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own."""
    folder = tmp_path / "system-tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_folder_that_can_keep_something_is_not_made_by_the_check(tmp_path: Path) -> None:
    check_folder(tmp_path / "traces" / "recorded")
    assert not (tmp_path / "traces").exists()


def test_what_cannot_keep_anything_is_told_before_a_login(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for inside in ("file", "link"):
        for folder in (tmp_path / inside, tmp_path / inside / "recorded"):
            with pytest.raises(StoreError, match=re.escape(str(folder))) as caught:
                check_folder(folder)
            assert caught.value.code == "STORE_UNWRITABLE"
            assert "A file stands where a folder is needed" in caught.value.hint
    with pytest.raises(StoreError, match="its disk has less than") as caught:
        check_folder(tmp_path, room=2**62)
    assert caught.value.hint == MAKE_ROOM


posix = pytest.mark.skipif(sys.platform == "win32", reason="no telling there who has ended")


@posix
def test_a_trace_folder_of_others_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They could put other files in the place of those that are written."""
    folder = tmp_path / "traces"
    make_partial(folder).rmdir()
    belongs_to(monkeypatch, {folder: 4321})
    check_folder(folder)  # root, as in many a container, may
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    with pytest.raises(StoreError, match="belongs to another user") as caught:
        check_folder(folder)
    assert "UPSTOX_TRACE_DIR" in caught.value.hint
    with pytest.raises(ForeignFolderError):
        make_partial(folder)
    assert list(folder.iterdir()) == []


@posix
def test_a_trace_folder_may_be_open_to_others_as_many_volumes_are(tmp_path: Path) -> None:
    folder = tmp_path / "traces"
    folder.mkdir()
    folder.chmod(0o777)
    check_folder(folder)
    kept = make_partial(folder)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


@posix
def test_the_folder_around_the_traces_may_be_anybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that of a project, mounted into a container that runs as root."""
    belongs_to(monkeypatch, {tmp_path: 4321})
    check_folder(tmp_path / "traces")
    assert make_partial(tmp_path / "traces").is_dir()


def test_folders_that_are_named_at_the_same_moment_each_get_a_name(tmp_path: Path) -> None:
    partials = [make_partial(tmp_path) for _ in range(8)]
    for each in partials:
        (each / "report.md").write_text(each.name)
    with ThreadPoolExecutor(len(partials)) as several:
        made = [*several.map(lambda each: named(each, "name"), partials)]
    assert sorted(each.name for each in made) == ["name", *(f"name-{n}" for n in range(2, 9))]
    assert {(each / "report.md").read_text() for each in made} == {each.name for each in partials}


def test_a_name_that_a_file_or_a_link_has_is_taken(tmp_path: Path) -> None:
    """Neither is replaced, whatever the system says of it."""
    (tmp_path / "name").write_text("somebody's")
    if os.name != "nt":
        (tmp_path / "name-2").symlink_to(tmp_path / "nowhere")
    made = named(make_partial(tmp_path), "name")
    assert made.name == ("name-2" if os.name == "nt" else "name-3")
    assert (tmp_path / "name").read_text() == "somebody's"


def test_a_folder_that_is_gone_gets_no_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        named(tmp_path / "gone", "name")


def test_leftovers_of_killed_processes_are_swept(tmp_path: Path, temporary: Path) -> None:
    """After a day; a login that is under way is left alone."""
    traces = tmp_path / "traces"
    old, new = make_partial(traces), make_partial(traces)
    old_raw, new_raw = make_raw(), make_raw()
    (old_raw / "trace.zip").write_bytes(b"raw")
    (temporary / "somebody-elses").mkdir()
    done = traces / "20250101T000000Z-TIMEOUT"
    done.mkdir()
    for path in (old, old_raw, temporary / "somebody-elses", done):
        os.utime(path, (1, 1))
    sweep(traces)
    assert sorted(traces.iterdir()) == sorted([new, done])
    assert sorted(temporary.iterdir()) == sorted([new_raw, temporary / "somebody-elses"])


@pytest.mark.parametrize("name", [".partial-download", ".partial-abcdefgh", ".partial-x.ubl-tmp"])
def test_what_a_person_calls_partial_is_left(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "kept").mkdir(parents=True)
    os.utime(tmp_path / name, (1, 1))
    sweep(tmp_path)
    assert (tmp_path / name / "kept").exists()


def leave_raw_traces(temporary: Path) -> list[Path]:
    """What a process leaves behind that has ended without tidying up."""
    ended = f"""
        import tempfile
        from upstox_browser_login.scratch import make_scratch
        tempfile.tempdir = {str(temporary)!r}
        for kind in ("tmp", "raw"):
            (make_scratch(kind) / "trace.zip").write_bytes(b"raw")
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(ended)], check=True)
    left = sorted(temporary.iterdir())
    assert len(left) == 2
    return left


@posix
@pytest.mark.usefixtures("sharing")
def test_a_login_that_records_nothing_sweeps_all_the_same(
    desk: Desk, replica: Replica, temporary: Path
) -> None:
    """A raw trace holds the PIN, and half-made evidence takes room."""
    left = leave_raw_traces(temporary)
    partial = make_partial(desk.home / "traces")
    os.utime(partial, (1, 1))
    assert desk.log_in(replica, trace="off").code == "OK"
    assert [path for path in [*left, partial] if path.exists()] == []


@pytest.mark.browser
@posix
async def test_a_driver_that_starts_for_something_else_sweeps_too(temporary: Path) -> None:
    """As for `doctor --page`, or where nothing is recorded at all."""
    left = leave_raw_traces(temporary)
    async with running_driver(30):
        assert [path for path in left if path.exists()] == []


@posix
def test_an_earlier_process_with_our_number_has_ended(temporary: Path) -> None:
    """The first process of a container has the number 1 each time it is started."""
    own = make_raw()
    earlier = own.with_name(f"{own.name[:-8]}ofbefore")
    earlier.mkdir()
    sweep_scratch()
    assert list(temporary.iterdir()) == [own]


def test_leftovers_of_a_process_that_has_ended_are_swept_at_once(
    tmp_path: Path, temporary: Path
) -> None:
    """Those of one that runs, of another container, or of nobody known, are left for a day."""
    left = leave_raw_traces(temporary)
    kept = [make_scratch(), make_raw(), make_scratch("demo")]
    for path in left:
        # The same numbers, counted by somebody else's kernel.
        number = re.search(r"\d+\.", path.name)
        assert number is not None
        kept.append(temporary / path.name.replace(number[0], f"{number[0]}9"))
        kept[-1].mkdir()
    sweep(tmp_path / "traces")
    if sys.platform == "win32":
        kept += left
    assert sorted(temporary.iterdir()) == sorted(kept)
