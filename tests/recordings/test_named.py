"""What a person names in place of a recording: one message each, with what to name instead."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.recordings.bundles import RECORDED, recorded
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.programs import join_command
from upstox_browser_login.recordings.named import check_named


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(ConfigurationError) as raised:
        check_named(path)
    assert raised.value.exit_code == 3
    return raised.value.message, raised.value.hint


def test_a_recording_is_none_of_these(tmp_path: Path) -> None:
    check_named(recorded("plain"))
    archive = tmp_path / "plain.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("20260105-plain/recording.json", "{}")
    check_named(archive)


@pytest.mark.parametrize("folder", [RECORDED, RECORDED.parent])
def test_of_the_folder_of_recordings_each_is_listed(folder: Path) -> None:
    message, hint = refused(folder)
    assert message == f"{folder} is a folder with recordings, and is none itself."
    for each in RECORDED.iterdir():
        assert str(each) in hint


def test_many_are_not_all_listed(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}").mkdir()
        (tmp_path / f"{number:02}" / "recording.json").touch()
    hint = refused(tmp_path)[1]
    assert "11 and 8 more." in hint
    assert "12," not in hint


def test_a_wrong_name_lists_what_lies_beside_it() -> None:
    message, hint = refused(RECORDED / "20260105-plane")
    assert message.startswith("There is no recording at ")
    assert str(recorded("plain")) in hint


def test_a_name_alone_lists_the_recordings_that_are_called_like_it(tmp_path: Path) -> None:
    """As it was given to `record`; where none is called so, all of them are listed."""
    for name, listed in (("plain", ["plain"]), ("Slow", ["slow-config"]), ("none", ["plain"])):
        with pytest.raises(ConfigurationError, match="There is no recording at") as caught:
            check_named(Path(name), RECORDED)
        for each in listed:
            assert str(recorded(each)) in caught.value.hint
        assert (str(recorded("locked")) in caught.value.hint) is (name == "none")
    assert "`upstox-browser-login record` has made" in refused(tmp_path / "plain")[1]


def test_evidence_cannot_be_replayed(tmp_path: Path) -> None:
    evidence = tmp_path / "my traces" / "20261006T100000Z-PIN_REJECTED"
    evidence.mkdir(parents=True)
    message, hint = refused(evidence)
    assert "is the evidence of a login, which cannot be replayed" in message
    words = ["--trace-dir", str(evidence.parent), evidence.name]
    assert f"traces show {join_command(words)}`" in hint
    assert "upstox-browser-login record NAME" in hint


@pytest.mark.parametrize("part", ["recording.json", "bodies", "exchanges.jsonl"])
def test_of_a_part_the_whole_is_named(part: str) -> None:
    message, hint = refused(recorded("plain") / part)
    assert message.endswith("is only a part of a recording.")
    assert hint == f"Name the whole folder, {recorded('plain')}."


def test_files_and_folders_of_another_kind(tmp_path: Path) -> None:
    file, archive = tmp_path / "notes.txt", tmp_path / "other.zip"
    file.touch()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("report.json", "{}")
    for path, said in (
        (file, "is a file, and no recording"),
        (archive, "is a zip file without a recording in it"),
        (tmp_path, "is a folder with no recording"),
    ):
        message, hint = refused(path)
        assert said in message
        assert "that `upstox-browser-login record` has made" in hint


@pytest.mark.skipif(os.name == "nt", reason="the system has other words there")
def test_of_what_the_system_refuses_the_reason_is_told() -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: File name too long"):
        check_named(Path("x" * 300))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("kind", ["a folder", "a zip file"])
def test_of_what_may_not_be_read_the_reason_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "closed"
    path.mkdir() if kind == "a folder" else path.touch()
    path.chmod(0)
    with pytest.raises(ConfigurationError, match="cannot be read: Permission denied"):
        check_named(path)
