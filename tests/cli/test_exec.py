"""A command that finds the token in its environment, and nothing else of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from upstox_browser_login.cli.exec_ import environment, run_child
from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file
from upstox_browser_login.token import Token

from .conftest import Call, Start, plain

# -- exec ----------------------------------------------------------------------------------------


SHOW = "import json,os,sys; print(json.dumps([dict(os.environ), sys.argv[1:]]))"


def _exec(start: Start, *words: str, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
    process = start("exec", *options, "--", *words)
    out, said = process.communicate(timeout=60)
    return process.returncode, out, said


def test_exec_gives_the_token_and_withholds_the_rest(
    start: Start, stored: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("password").write_text("correct horse", "utf-8")
    monkeypatch.setenv("UPSTOX_PASSWORD_FILE", "password")
    status, out, said = _exec(start, sys.executable, "-c", SHOW, "--format", "json", "a b")
    assert (status, said) == (0, "")
    env, words = json.loads(out)
    assert words == ["--format", "json", "a b"]
    assert env["UPSTOX_ACCESS_TOKEN"] == plain(stored)
    # The library finds the token by these two.
    assert env["UPSTOX_CLIENT_ID"]
    assert env["UPSTOX_USERNAME"]
    for name in ("PIN_CODE", "TOTP_SECRET", "CLIENT_SECRET", "PASSWORD_FILE"):
        assert f"UPSTOX_{name}" not in env
    assert env["PATH"]


@pytest.mark.parametrize("name", ["NODE_OPTIONS", "PYTHONPATH", "LD_LIBRARY_PATH"])
def test_exec_leaves_the_commands_own_environment_alone(
    name: str, start: Start, stored: Token, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the login's driver must not load, the user's own program may need."""
    del stored
    monkeypatch.setenv(name, str(tmp_path))
    status, out, said = _exec(start, sys.executable, "-c", SHOW)
    assert (status, said) == (0, "")
    assert json.loads(out)[0][name] == str(tmp_path)


def test_exec_withholds_an_address_with_a_password(upstox: Replica) -> None:
    del upstox
    settings = Settings(token_store="redis://:hunter22hunter@localhost")
    env = {
        "UPSTOX_TOKEN_STORE": "redis://:hunter22hunter@localhost",
        "Upstox_Pin_Code": "x",
        "UPSTOX_TOTP_COMMAND": "pass otp upstox",
        "HOME": "/home/me",
    }
    assert environment(env, "T", settings) == {"HOME": "/home/me", "UPSTOX_ACCESS_TOKEN": "T"}


def test_exec_withholds_secrets_that_are_not_in_use() -> None:
    """Options, or a profile, go before them, so that nobody knows them for secrets."""
    env = {
        "UPSTOX_BROWSER_HEADERS": "Authorization: Bearer key-0f-the-browser",
        "UPSTOX_BROWSER_URL": "wss://browsers.example/?token=key-0f-the-browser",
        "UPSTOX_PROXY": "http://asha:hunter22hunter@proxy.invalid:3128",
        "UPSTOX_TOKEN_STORE": "redis://:hunter22hunter@localhost",
    }
    plain = {"UPSTOX_TOKEN_STORE": "redis://localhost", "UPSTOX_PROXY": "http://proxy.invalid"}
    settings = Settings(token_store="file")
    assert environment(env, "T", settings) == {"UPSTOX_ACCESS_TOKEN": "T"}
    assert environment(plain, "T", settings) == {**plain, "UPSTOX_ACCESS_TOKEN": "T"}


OTHER = {
    "UPSTOX_USERNAME": "6000000001",
    "UPSTOX_CLIENT_ID": "another-app",
    "UPSTOX_REDIRECT_URI": "https://another.invalid/",
}


@pytest.mark.parametrize("way", ["--env-file", "--profile"])
def test_exec_shows_the_account_of_the_token(
    way: str,
    start: Start,
    call: Call,
    upstox: Replica,
    code: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token is that of the file, and the environment is another account's."""
    del upstox
    mine = {name: os.environ[name] for name in os.environ if name.startswith("UPSTOX_")}
    path = Path("b.env") if way == "--env-file" else profile_file("b")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name}='{value}'\n" for name, value in mine.items()), "utf-8")
    options = (way, str(path) if way == "--env-file" else "b")
    # Each profile keeps its token apart.
    assert call("exchange", *options, code()).status == 0
    for name, value in OTHER.items():
        monkeypatch.setenv(name, value)
    status, out, _ = _exec(start, sys.executable, "-c", SHOW, options=options)
    assert status == 0
    env = json.loads(out)[0]
    assert {name: env[name] for name in OTHER} == {name: mine[name] for name in OTHER}


def test_exec_drops_what_the_token_s_settings_do_not_say() -> None:
    """And in any case of letters, as the settings are read."""
    settings = Settings(username="9876501234", client_id="an-app")
    env = {**OTHER, "upstox_username": "6000000001", "UPSTOX_TIMEOUT": "90"}
    assert environment(env, "T", settings) == {
        "UPSTOX_USERNAME": "9876501234",
        "upstox_username": "9876501234",
        "UPSTOX_CLIENT_ID": "an-app",
        "UPSTOX_TIMEOUT": "90",
        "UPSTOX_ACCESS_TOKEN": "T",
    }


def test_exec_adds_nothing_about_the_account() -> None:
    settings = Settings(username="9876501234", client_id="an-app")
    assert environment({"HOME": "/h"}, "T", settings) == {"HOME": "/h", "UPSTOX_ACCESS_TOKEN": "T"}


def test_exec_ends_as_the_command_ends(start: Start, stored: Token) -> None:
    del stored
    assert _exec(start, sys.executable, "-c", "raise SystemExit(7)")[0] == 7


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_exec_leaves_no_trace_of_python(start: Start, stored: Token) -> None:
    """A broken pipe kills a shell's command silently, and it may dump core if the user likes."""
    del stored
    script = "trap; ulimit -S -c; grep SigIgn /proc/self/status"
    status, out, _ = _exec(start, "sh", "-c", script)
    assert status == 0
    limit, ignored = out.split("\n")[:2]
    mine = subprocess.run(
        ["sh", "-c", "ulimit -S -c"], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert limit == mine
    assert int(ignored.split()[1], 16) & (1 << 12) == 0  # SIGPIPE


def test_exec_of_what_is_not_there(start: Start, ask: Call, call: Call, stored: Token) -> None:
    """A word that does not look like a program's name is not repeated: it may be a PIN."""
    del stored
    status, out, said = _exec(start, "no-such-program")
    assert (status, out) == (127, "")
    assert said.startswith("error: no-such-program: no such command.\nhint: Name a program on PATH")
    done = ask("exec", "--", "python9.99")
    assert (done.status, done.code) == (127, "USAGE")
    assert done.object["error"]["message"] == "python9.99: no such command."
    for secret in ("024680", "pin4829", "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA", "r3pl1cas3cret"):
        assert call("exec", "--", secret).err.startswith("error: CMD: no such command.\n")


@pytest.mark.skipif(os.name != "posix", reason="a matter of modes")
def test_exec_of_what_is_no_program(start: Start, call: Call, stored: Token) -> None:
    del stored
    Path("text").write_text("hello", "utf-8")
    status, out, said = _exec(start, "./text")
    assert (status, out) == (126, "")
    assert said.startswith("error: ./text: not a program that may be run.\nhint: Make it exec")
    Path("folder").mkdir()
    folder = call("exec", "--", "./folder")
    assert (folder.status, folder.err.splitlines()[0]) == (126, "error: ./folder: it is a folder.")


@pytest.mark.skipif(os.name != "posix", reason="a matter of modes")
def test_exec_of_a_path_that_leads_nowhere_ends_as_in_bash(call: Call, stored: Token) -> None:
    """What is there and cannot be reached is 126, what is not there 127."""
    del stored
    Path("file").touch()
    Path("loop").symlink_to("loop")
    Path("dangling").symlink_to("nothing")
    for name, ends, why in (
        ("./file/program", 126, "Not a directory"),
        ("./loop", 126, "Too many levels of symbolic links"),
        ("./dangling", 127, "no such command"),
        ("./no/program", 127, "no such command"),
    ):
        done = call("exec", "--", name)
        assert (done.status, done.err.splitlines()[0]) == (ends, f"error: {name}: {why}.")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can become another user"
)
def test_exec_of_a_program_in_a_closed_folder(
    call: Call, upstox: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "program").write_text("#!/bin/sh\n")
    (closed / "program").chmod(0o755)
    monkeypatch.chdir("/")
    with acting_as("nobody"):
        done = call("exec", "--", closed / "program")
    assert done.status == 126
    assert "Permission denied" in done.err
    assert "Let this user look into the folders of that path" in done.err


@pytest.mark.skipif(os.name != "posix", reason="a matter of modes")
def test_exec_of_a_file_that_the_system_refuses(start: Start, stored: Token) -> None:
    del stored
    path = Path("text")
    for text, ends, why in (
        ("hello", 126, "Exec format error"),
        ("#!/no/such/shell\n", 127, "No such file or directory"),
    ):
        path.write_text(text, "utf-8")
        path.chmod(0o755)
        status, _, said = _exec(start, "./text")
        assert status == ends
        assert said.startswith(f"error: ./text: {why}.\nhint: Let its first line name a program")


def test_exec_prints_json_only_where_the_command_is_not_run(
    start: Start, ask: Call, call: Call, stored: Token
) -> None:
    """Nobody could tell an object of ours from what the command itself prints."""
    del stored
    options = ("--format", "json")
    assert _exec(start, sys.executable, "-c", "print('mine')", options=options) == (0, "mine\n", "")
    assert ask("exec", "--", "no-such-program").object["exit_code"] == 127
    Path("text").write_text("hello", "utf-8")
    Path("text").chmod(0o755)
    if os.name == "posix":
        status, out, said = _exec(start, "./text", options=options)
        assert (status, json.loads(out)["exit_code"]) == (126, 126)
        assert json.loads(out)["error"]["message"] in said
    told = " ".join(call("exec", "--help").out.split())
    assert "json prints one object on stdout where CMD is not run" in told
    assert "exactly one object" not in told
    assert "exactly one object" in " ".join(call("token", "--help").out.split())


def test_an_option_that_was_meant_for_the_command_is_said_to_stand_behind_it(ask: Call) -> None:
    done = ask("exec", "--paper", "python")
    assert (done.status, done.code) == (2, "USAGE")
    assert "`upstox-browser-login exec -- CMD --option …`" in done.object["error"]["hint"]
    assert ask("exec").object["error"]["message"] == "Missing argument 'CMD'."


def test_exec_looks_for_the_command_before_it_logs_in(call: Call, upstox: Replica) -> None:
    assert call("exec", "--", "no-such-program").status == 127
    assert len(upstox.log) == 0


def test_exec_without_a_token(ask: Call, upstox: Replica) -> None:
    del upstox
    assert ask("exec", "--no-login", "--", "true").code == "NO_VALID_TOKEN"


def test_where_there_is_no_exec_the_status_is_handed_on() -> None:
    env = dict(os.environ)
    assert run_child(sys.executable, ["python", "-c", "raise SystemExit(7)"], env) == 7
    if os.name == "posix":
        script = "import os; os.kill(os.getpid(), 15)"
        assert run_child(sys.executable, ["python", "-c", script], env) == 143
