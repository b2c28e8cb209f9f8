"""`login` for real: in a browser, against the replica."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import (
    Call,
    Start,
    compiled_for_the_next_login,
    ended,
    environment,
    until,
)
from tests.harness import variants
from upstox_browser_login.cli.signals import Interruption
from upstox_browser_login.errors import Step
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, Progress, seams

STEPS = ["open", "mobile", "totp", "pin", "redirect", "exchange", "store"]


@pytest.mark.browser
def test_a_login(start: Start, ask: Call, upstox: Replica) -> None:
    done = ended(start("login", "--format", "json", "--timeout", "90"))
    assert done.status == 0, done.err
    assert [each["step"] for each in done.data["steps"]] == STEPS
    assert done.data["store"] == "file"
    assert done.data["source"] == "login"
    assert "access_token" not in done.data
    assert re.search(r"^mobile number: done in \d+\.\d s$", done.err, re.MULTILINE)
    for secret in (upstox.account.pin, upstox.account.totp_secret, *upstox.counts.codes):
        assert secret not in done.out + done.err
    assert ask("token", "--no-login").data["source"] == "store"
    assert upstox.counts.pins == 1
    assert "patterns" in compiled_for_the_next_login()


@pytest.mark.browser
@pytest.mark.variant  # of test_no_foreign_code_where_the_pin_passes in tests/browser
@pytest.mark.parametrize("options", ["--require={spy}", "--no-such-option"])
def test_a_login_runs_no_code_of_the_environment(
    options: str, start: Start, upstox: Replica, tmp_path: Path
) -> None:
    """`NODE_OPTIONS` would put a program of somebody's before the PIN, or keep the driver down."""
    ran, spy = tmp_path / "ran", tmp_path / "spy.js"
    spy.write_text(f"require('fs').appendFileSync({str(ran)!r}, 'I was here')")
    env = environment(NODE_OPTIONS=options.format(spy=spy))
    done = ended(start("login", "--format", "json", "--timeout", "90", env=env))
    assert done.status == 0, done.err
    assert upstox.counts.pins == 1
    assert not ran.exists()


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    ("fault", "status", "code", "upstox_code"),
    [
        ("error=approve:1017999", 1, "UNEXPECTED", "1017999"),
        *variants(("html=approve", 7, "CHALLENGE", "403"), ("reset=approve", 9, "NETWORK", None)),
    ],
)
def test_what_fails_behind_the_pin_blocks_nothing(
    fault: str, status: int, code: str, upstox_code: str | None, ask: Call, upstox: Replica
) -> None:
    """The PIN was accepted: the error is the next step's, and `status` lets the next login by."""
    upstox.set("remembered", fault)
    done = ask("login", "--timeout", "90")
    error = done.object["error"]
    assert (done.status, error["code"]) == (status, code), error
    assert (error["step"], error["upstox_code"]) == ("redirect", upstox_code)
    told = ask("status").data
    assert (told["login_allowed"], told["blocked"]) == (True, None)
    assert upstox.counts.pins == 1


@pytest.mark.usefixtures("sharing")
def test_a_login_moves_a_damaged_database_aside(
    call: Call, ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As the hint of `token` says. A file that is no database is somebody's, and stays."""
    database = tmp_path / "tokens.db"
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", f"sqlite:///{database}")
    database.write_text("my notes\n" * 100, "utf-8")
    done = ask("login")
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    assert "is no SQLite database" in done.err
    assert "Name another file in UPSTOX_TOKEN_STORE" in done.err
    assert database.read_text("utf-8") == "my notes\n" * 100
    assert [*tmp_path.glob("tokens.db*")] == [database]
    assert len(upstox.log) == 0
    damaged = b"SQLite format 3\0" + b"\xff" * 8176
    database.write_bytes(damaged)
    hint = ask("token", "--no-login").object["error"]["hint"]
    assert "`upstox-browser-login login`: it moves the damaged database aside" in hint
    done = call("login", "--timeout", "90")
    assert done.status == 0, done.err
    (aside,) = tmp_path.glob("tokens.db.damaged")
    assert f"warning: The stored token was damaged; it is kept as {aside}." in done.err
    assert aside.read_bytes() == damaged
    assert ask("token", "--no-login").data["source"] == "store"


@pytest.mark.usefixtures("upstox")
@pytest.mark.parametrize(
    ("step", "sent", "hint"),
    [
        ("totp", None, "Run again when you are ready."),
        ("totp", "totp", "A TOTP code may have been sent."),
        ("pin", "totp", "A TOTP code may have been sent."),
        ("exchange", "pin", "The PIN may have been sent"),
    ],
)
def test_who_stops_a_login_is_told_of_what_was_sent(
    ask: Call, monkeypatch: pytest.MonkeyPatch, step: Step, sent: Step | None, hint: str
) -> None:
    """Which may be nothing: a step begins by waiting for a fresh TOTP window."""

    async def log_in(_parts: object, _deadline: object, progress: Progress) -> LoginResult:
        progress.step_started(step)
        if sent is not None:
            progress.sending(sent)
        raise Interruption(signal.SIGTERM)

    monkeypatch.setattr(seams, "log_in", log_in)
    done = ask("login")
    assert (done.status, done.code) == (143, "INTERRUPTED")
    assert done.object["error"]["step"] == step
    assert done.object["error"]["hint"].startswith(hint)


@pytest.mark.browser
@pytest.mark.skipif(os.name != "posix", reason="signals are not sent so there")
@pytest.mark.parametrize("number", [signal.SIGINT, *variants(signal.SIGTERM)])
def test_a_login_is_stopped_and_its_browser_is_gone(
    start: Start, upstox: Replica, number: signal.Signals
) -> None:
    upstox.set("hang=pin")
    process = start("login", "--format", "json")
    until(lambda: upstox.counts.pins == 1)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(number)
    time.sleep(0.05)
    process.send_signal(number)  # impatience changes nothing
    done = ended(process)
    assert done.status == 128 + number
    assert done.code == "INTERRUPTED"
    assert done.object["error"]["step"] == "pin"
    assert "The PIN may have been sent" in done.object["error"]["hint"]
    assert "Traceback" not in done.err
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive
