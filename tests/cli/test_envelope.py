"""Every command: help, one JSON object, an exit status that is the object's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from upstox_browser_login import errors
from upstox_browser_login.cli.run import main
from upstox_browser_login.replica import Replica
from upstox_browser_login.token import Token

from .commands import COMMANDS
from .conftest import Call

WITHOUT_SETTINGS = {
    ("login",): (),
    ("generate-token",): (),
    ("token",): (),
    ("exec",): ("--", "true"),
    ("profile",): (),
    ("funds",): (),
    ("status",): (),
    ("logout",): (),
    ("unlock",): (),
    ("auth-url",): (),
    ("exchange",): ("aB3xY9",),
    ("check-env",): (),
    ("totp",): (),
    ("traces", "show"): (),
}
"""Commands that cannot do their job without settings, and the arguments they need."""


def test_the_commands_are_those_of_the_plan() -> None:
    assert {" ".join(each) for each in COMMANDS} == {
        "login",
        "generate-token",
        "token",
        "exec",
        "profile",
        "funds",
        "status",
        "logout",
        "unlock",
        "auth-url",
        "exchange",
        "check-env",
        "totp",
        "configure",
        "doctor",
        "install-browser",
        "traces list",
        "traces show",
        "traces prune",
        "refresh",
        "service install",
        "service uninstall",
        "service show",
        "service status",
        "demo",
        "replica",
        "request-token",
        "accounts list",
        "accounts remove",
        "record",
        "replay",
    }


def test_version(call: Call) -> None:
    done = call("--version")
    assert done.status == 0
    assert done.out.startswith("upstox-browser-login ")


@pytest.mark.parametrize("command", list(WITHOUT_SETTINGS), ids=" ".join)
def test_without_settings_it_says_so(ask: Call, command: tuple[str, ...]) -> None:
    done = ask(*command, *WITHOUT_SETTINGS[command])
    assert done.status == 3
    assert done.code == "CONFIGURATION"
    assert done.err.startswith("error: ")
    assert "\nhint: " in done.err


def test_an_unexpected_error_is_one_line(
    ask: Call, call: Call, monkeypatch: pytest.MonkeyPatch, upstox: Replica, stored: Token
) -> None:
    del stored

    def broken(*_: object) -> None:
        raise RuntimeError(f"a bug with {upstox.account.pin} in it")

    monkeypatch.setattr("upstox_browser_login.ledger.Ledger.block", broken)
    done = ask("status")
    assert done.status == 1
    assert done.code == "UNEXPECTED"
    assert "RuntimeError: a bug with [redacted] in it" in done.object["error"]["message"]
    assert "Traceback" not in done.err
    done = call("status", "--debug")
    assert done.status == 1
    assert "Traceback" in done.err
    assert upstox.account.pin not in done.err


@pytest.mark.parametrize(
    "kind", [each for each in vars(errors).values() if isinstance(each, type)], ids=str
)
def test_the_status_is_that_of_the_error(
    ask: Call, monkeypatch: pytest.MonkeyPatch, kind: type, upstox: Replica
) -> None:
    del upstox
    if not issubclass(kind, errors.UpstoxError):
        pytest.skip("no error of ours")
    for code in kind.codes:
        error = kind("What happened.", code=code, upstox_code="1017106", step="pin")
        error.trace = "traces/x"

        def fail(*_: object, raised: Exception = error, **__: object) -> None:
            raise raised

        monkeypatch.setattr("upstox_browser_login.session.login_result", fail)
        done = ask("login")
        assert done.status == kind.exit_code
        assert done.object["error"] == {
            "code": code,
            "message": "What happened.",
            "hint": error.hint,
            "step": "pin",
            "upstox_code": "1017106",
            "trace": "traces/x",
        }
        assert done.err == (
            f"error: What happened. [1017106]\nhint: {error.hint}\nevidence: traces/x\n"
        )


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


def test_no_stdout_at_all(monkeypatch: pytest.MonkeyPatch, stored: Token) -> None:
    del stored
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["status"]) == 0


def test_letters_that_the_terminal_does_not_know(
    start: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    process = start("login", "--help")
    out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "chrome, msedge" in out
