"""Nothing outside of a recording is read, and none of it without a limit."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.recordings.bundles import Copy, recorded, refused, zipped
from upstox_browser_login.recordings.bundle import read_bundle


def test_a_zip_file_of_a_recording_is_read_as_its_folder_is(tmp_path: Path) -> None:
    folder = recorded("plain")
    expected = read_bundle(folder)
    for prefix in ("", "20260105-plain/"):
        assert read_bundle(zipped(folder, tmp_path / "plain.zip", prefix)) == expected


def test_what_is_no_recording_is_called_so(tmp_path: Path) -> None:
    assert "There is no recording" in refused(tmp_path / "nowhere")
    assert "no recording.json" in refused(tmp_path)
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    assert "neither a folder nor a zip file" in refused(file)
    (tmp_path / "recording.json").write_text('{"log": {"version": "1.2"}}')
    assert "names no format" in refused(tmp_path)


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.exchange("login-config", lambda each: each["response"].update(body="../../etc/passwd"))
    assert "response.body" in refused(copy.path)
    other = Copy("wrong-pin", tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("{}")
    (other.path / "looks.jsonl").unlink()
    try:
        (other.path / "looks.jsonl").symlink_to(outside)
    except OSError:
        pytest.skip("this user may make no links")
    assert "looks.jsonl leads out of its folder" in refused(other.path)


@pytest.mark.parametrize("name", ["recording.json", "looks.jsonl", "trace.zip", "bodies"])
@pytest.mark.timeout(20)
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """A pipe gives nothing until somebody writes into it, and nobody does."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = Copy("plain", tmp_path).path / name
    if name == "bodies":
        path = min(path.iterdir())
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    told = path.relative_to(tmp_path / "plain").as_posix()
    assert f"{told} is no regular file" in refused(tmp_path / "plain")
    assert "neither a folder nor a zip file" in refused(path)


def test_no_name_in_a_zip_file_leads_out_of_it(tmp_path: Path) -> None:
    path = zipped(recorded("plain"), tmp_path / "plain.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../outside.txt", "hello")
    assert "leads out of its folder" in refused(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upstox_browser_login.recordings.places.MOST_TRACE", 20_000_000)
    zeros = b"\0" * 30_000_000
    copy = Copy("plain", tmp_path)
    (copy.path / "trace.zip").unlink(missing_ok=True)
    with zipfile.ZipFile(copy.path / "trace.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.trace", zeros)
    assert "trace.zip unpacks to far more" in refused(copy.path)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("recording.json", zeros)
    assert "recording.json is larger" in refused(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", zeros)
    assert "unpacks to far more than a recording" in refused(tmp_path / "bomb.zip")


def test_zip_files_that_zipfile_does_not_know_are_refused(tmp_path: Path) -> None:
    path = zipped(recorded("rate-limited"), tmp_path / "plain.zip")
    whole = path.read_bytes()
    entry = whole.index(b"PK\1\2")
    for at, value in ((6, 99), (46, 0xFF)):  # a version of the far future; a name that is no UTF-8
        broken = bytearray(whole)
        broken[entry + 9] |= 8
        broken[entry + at] = value
        path.write_bytes(broken)
        assert "neither a folder nor a zip file" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("recording.json", b"{}" * 5_000)
    broken = bytearray(path.read_bytes())
    broken[48:52] = b"\xff" * 4
    path.write_bytes(broken)
    assert "recording.json cannot be unpacked" in refused(path)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    (copy.path / "looks.jsonl").unlink()
    try:
        (copy.path / "looks.jsonl").symlink_to("looks.jsonl")
    except OSError:
        pytest.skip("this user may make no links")
    assert "looks.jsonl" in refused(copy.path)
