"""`UPSTOX_AFTER_LOGIN`: the user's command gets the token, and cannot undo the login."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import Call
from upstox_browser_login.cli.after_login import VARIABLE, run
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, StepTime
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token

TOKEN = "header.the-days-token.signature"


def command(code: str) -> str:
    return join_command([sys.executable, "-c", code])


@pytest.fixture
def result() -> LoginResult:
    token = Token.from_reply(
        {"access_token": TOKEN, "user_id": "7ABC12"}, issued_at=datetime.now(UTC)
    )
    return LoginResult(token, "login", "file", (StepTime("pin", 0.5),))


@pytest.fixture
def witness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """A command that writes down what it got, and the way to read that."""
    seen = tmp_path / "seen"
    code = (
        "import json, os, sys;"
        f"open({str(seen)!r}, 'w').write(json.dumps([sys.stdin.read(), dict(os.environ)]))"
    )
    monkeypatch.setenv("UPSTOX_AFTER_LOGIN", command(code))

    def read() -> dict[str, str]:
        stdin, environment = json.loads(seen.read_text())
        return {"stdin": stdin, **environment}

    return read


def test_it_gets_the_token_on_stdin_and_the_rest_in_its_environment(
    upstox: Replica, code: Callable[..., str], call: Call, witness: Callable[[], dict[str, str]]
) -> None:
    done = call("exchange", code(), "--format", "json")
    assert done.status == 0
    seen = witness()
    token = seen.pop("stdin")
    assert upstox._world.state.mint.is_good(token.strip())
    assert token.endswith("\n")
    facts = json.loads(seen[VARIABLE])
    assert facts["command"] == "exchange"
    assert facts["user_id"] == upstox.account.user_id
    assert facts["expires_at"] == done.data["expires_at"]
    assert [each for each in seen if each.startswith("UPSTOX_")] == [VARIABLE]
    text = json.dumps(seen)
    for secret in (token.strip(), upstox.account.pin, upstox.account.client_secret):
        assert secret not in text


@pytest.mark.usefixtures("stored")
def test_a_token_that_is_there_already_is_no_login(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_AFTER_LOGIN", command("raise SystemExit(7)"))
    done = call("token")
    assert (done.status, "UPSTOX_AFTER_LOGIN" in done.err) == (0, False)


@pytest.mark.usefixtures("upstox")
def test_its_failure_is_told_and_does_not_undo_the_login(
    code: Callable[..., str], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = "import sys; print('cannot reach', sys.stdin.read()); raise SystemExit(7)"
    monkeypatch.setenv("UPSTOX_AFTER_LOGIN", command(failing))
    done = call("exchange", code(), "--format", "json")
    assert done.data["user_id"] == "7ABC12"
    assert "warning: UPSTOX_AFTER_LOGIN ended with exit status 7; the login stands." in done.err
    assert "cannot reach" in done.err
    token = call("token", "--no-login").out.strip()
    assert token
    assert token not in done.err


def test_what_is_not_there_is_told(result: LoginResult) -> None:
    trouble = run("/no/such/program", result, {})
    assert trouble is not None
    assert trouble.startswith("UPSTOX_AFTER_LOGIN cannot be run: ")


def test_one_that_does_not_end_is_ended_with_its_children(
    result: LoginResult, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    code = (
        "import os, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(pid)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import subprocess"], check=True)
    # So that it has begun by then, however slow the machine is.
    seconds = 1.5 + 10 * (time.monotonic() - began)
    began = time.monotonic()
    trouble = run(command(code), result, {}, seconds=seconds)
    assert trouble == f"UPSTOX_AFTER_LOGIN did not end within {seconds:.0f} s. The login stands."
    assert time.monotonic() - began < seconds + 50
    if os.name != "nt":
        child = int(pid.read_text())
        deadline = time.monotonic() + 60
        while psutil.pid_exists(child) and psutil.Process(child).status() != "zombie":
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_one_that_leaves_a_child_behind_is_not_waited_for(result: LoginResult) -> None:
    """The child has the output still, and is the user's own business."""
    code = (
        "import subprocess, sys;"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)']); sys.exit(1)"
    )
    began = time.monotonic()
    assert run(command(code), result, {}) is not None
    assert time.monotonic() - began < 30


def test_one_that_reads_nothing_and_prints_much_is_fine(result: LoginResult) -> None:
    assert run(command("print('x' * 1_000_000)"), result, {}) is None


@pytest.mark.parametrize(
    ("after", "problem"),
    [
        ("restart 'my box", "has a quote that is not closed"),
        ("/no/such/program now", "names a program that is not there"),
    ],
)
def test_one_that_cannot_be_run_stops_what_would_run_it_and_nothing_else(
    ask: Call,
    call: Call,
    upstox: Replica,
    monkeypatch: pytest.MonkeyPatch,
    result: LoginResult,
    after: str,
    problem: str,
) -> None:
    """Before a login begins, not when it has ended."""
    monkeypatch.setenv("UPSTOX_AFTER_LOGIN", after)
    for words in (("login",), ("token",), ("exchange", "aB3xY9"), ("refresh", "--once")):
        done = ask(*words)
        assert (done.status, done.code) == (3, "CONFIGURATION")
        assert f"UPSTOX_AFTER_LOGIN: {problem}" in done.err
    assert not list(upstox.log)
    assert ask("check-env").status == 3
    assert call("status").status == 4
    assert ask("token", "--no-login").code == "NO_VALID_TOKEN"
    settings = Settings()
    open_store(settings).save(token_key(settings), result.token)
    assert call("token").out.strip() == TOKEN


def test_no_end_of_a_token_is_told_whose_beginning_was_lost(result: LoginResult) -> None:
    """Of a long output only the end is kept, and a line that is cut there may hold half of it."""
    one_line = "import sys; t = sys.stdin.read().strip(); print(t + '.' * 9_990); sys.exit(1)"
    assert run(command(one_line), result, {}) == (
        "UPSTOX_AFTER_LOGIN ended with exit status 1; the login stands."
    )
    told = run(command(one_line.replace("sys.exit", "print('no room'); sys.exit")), result, {})
    assert told is not None
    assert told.endswith("It said: no room")
