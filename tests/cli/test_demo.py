"""The whole job against the replica, as `demo` shows it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import PROGRAM, Call


@pytest.mark.variant  # of test_a_demo_on_a_terminal
@pytest.mark.usefixtures("sharing")
def test_a_demo_of_a_token_that_tells_nothing(call: Call) -> None:
    done = call("demo", "--scenario", "sparse-token", "--scenario", "opaque-token")
    assert done.status == 0, done.err
    assert "\nLogged in. The replica's token:\n" in done.out
    assert "None" not in done.out


@pytest.mark.usefixtures("sharing")
def test_a_demo_that_fails(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It uses nobody's settings, tells the error, and keeps the evidence."""
    monkeypatch.setenv("UPSTOX_PIN_CODE", "broken")
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "exit 1")
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", "redis://nowhere.invalid")
    done = call("demo", "--scenario", "bad-client", "--format", "json")
    assert (done.status, done.code) == (5, "CLIENT_REJECTED")
    assert os.environ["UPSTOX_PIN_CODE"] == "broken"
    assert "0 PINs, 0 exchanges; 0 connections reached the redirect address." in done.err
    evidence = Path(done.object["error"]["trace"])
    assert (evidence / "report.md").is_file()
    for each in evidence.iterdir():
        each.unlink()
    evidence.rmdir()
    evidence.parent.rmdir()


@pytest.mark.browser
def test_a_demo_on_a_terminal() -> None:
    """Each step is ticked off, and the terminal is left in order."""
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminals there")
    import pty

    master, slave = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    del env["NO_COLOR"]
    seen = b""
    with subprocess.Popen(
        [*PROGRAM, "demo"], stdin=slave, stdout=subprocess.DEVNULL, stderr=slave, env=env
    ) as process:
        os.close(slave)
        while True:
            try:
                data = os.read(master, 65_536)
            except OSError:
                break
            if not data:
                break
            seen += data
        assert process.wait(60) == 0
    os.close(master)
    text = seen.decode()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    for label in ("browser", "login page", "mobile number", "TOTP code", "PIN", "token stored"):
        assert re.search(rf"✓ {label} +\d+\.\d s", plain), label
    assert "\x1b[32m✓" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")  # the cursor is back
