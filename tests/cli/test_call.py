"""One run of the program: what it writes, and what becomes of it where nobody can read that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from upstox_browser_login.cli.run import main
from upstox_browser_login.token import Token


@pytest.mark.skipif(sys.platform == "win32", reason="SIGPIPE is of POSIX")
@pytest.mark.parametrize("words", [["status"], ["--help"], ["login", "--help"], ["--version"]])
def test_a_reader_who_leaves_early(
    words: list[str], start: Callable[..., subprocess.Popen[str]], stored: Token
) -> None:
    del stored
    process = start(*words)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.wait(60) == 141
    assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout(
    start: Callable[..., subprocess.Popen[str]], stored: Token
) -> None:
    del stored
    for words, status in (
        (["status"], 1),
        (["token", "--no-login"], 1),
        ([], 1),
        (["profile", "--format", "json", "--profile", "../x"], 3),
        (["record", "--format", "json"], 2),
    ):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            process = start(*words, stdout=full)
            _, said = process.communicate(timeout=60)
        assert process.returncode == status, words
        assert "error: The output cannot be written: No space left on device.\n" in said
        assert ("If a token was got" in said) == bool({"token", "record"} & {*words})
        assert "hint: See that there is room where it goes." in said
        assert "evidence" not in said
        assert "Traceback" not in said
        assert "Exception ignored" not in said


@pytest.mark.parametrize(
    ("words", "status"),
    [(["status"], 1), (["token", "--no-login", "--format", "json"], 1), (["refresh", "--once"], 0)],
)
def test_no_stdout_at_all(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stored: Token,
    words: list[str],
    status: int,
) -> None:
    """As behind `>&-`: a token that nobody got is no success. A service has no reader."""
    del stored
    monkeypatch.setattr(sys, "stdout", None)
    assert main(words) == status
    assert ("The output cannot be written" in capsys.readouterr().err) == bool(status)


def test_letters_that_the_terminal_does_not_know(
    start: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    process = start("login", "--help")
    out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "chrome, msedge" in out
