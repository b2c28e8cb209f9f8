"""Questions at a terminal, and what is shown there."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys

import pytest

from upstox_browser_login.cli.screen import NO_TEXT, Screen, answer, text_of
from upstox_browser_login.cli.signals import Interruption


class Lines(io.RawIOBase):
    """A terminal, which hands over one line at a time."""

    def __init__(self, *lines: bytes) -> None:
        self._lines = [*lines]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        line = self._lines.pop(0) if self._lines else b""
        buffer[: len(line)] = line
        return len(line)


def test_bytes_that_are_no_text_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = io.BufferedReader(Lines(b"9\xff\n", b" 98 \n"))  # type: ignore[type-var]  # as io says
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(lines, "utf-8"))
    assert answer("Which?") == "98"
    with pytest.raises(EOFError):
        answer("Which?")
    assert capsys.readouterr().err.splitlines() == [f"Which? {NO_TEXT}", "Which? Which? "]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no hang-up")
@pytest.mark.parametrize("heard_first", [False, True])
def test_a_terminal_that_is_closed_is_a_hang_up(
    monkeypatch: pytest.MonkeyPatch, heard_first: bool
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, text)

    def read() -> str:
        if heard_first:
            raise Interruption(signal.SIGHUP)
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(sys, "stderr", Closed())
    with pytest.raises(Interruption) as caught:
        text_of(read)
    assert caught.value.exit_code == 129


def test_no_line_is_obeyed_by_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that comes neither from an error nor from the log: a step, a path, a request."""
    Screen().line("GET /a\x1b[2J\u202eb")
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert shown.startswith("GET /a")
