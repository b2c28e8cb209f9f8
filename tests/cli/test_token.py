"""`token` and `exec`: handing the token over."""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upstox_browser_login.cli.exec_ import environment, run_child
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token

from .conftest import Call, plain

Start = Callable[..., subprocess.Popen[str]]


def test_the_token_and_nothing_else(call: Call, stored: Token) -> None:
    done = call("token")
    assert done.status == 0
    assert done.out == f"{plain(stored)}\n"
    assert done.err == ""


def test_the_ways_to_print_it(call: Call, stored: Token) -> None:
    token = plain(stored)
    assert call("token", "--output", "header").out == f"Authorization: Bearer {token}\n"
    assert call("token", "--output", "env").out == f"export UPSTOX_ACCESS_TOKEN={token}\n"
    assert call("token", "--output", "dotenv").out == f"access_token={token}\n"


def test_a_strange_token_is_quoted_for_the_shell(call: Call, stored: Token) -> None:
    settings = Settings()
    strange = 'it\'s $HOME; `no` "jwt"'
    token = stored.model_copy(update={"access_token": type(stored.access_token)(strange)})
    open_store(settings).save(token_key(settings), token)
    line = call("token", "--output", "env").out.strip()
    assert shlex.split(line) == ["export", f"UPSTOX_ACCESS_TOKEN={strange}"]


def test_json(ask: Call, stored: Token) -> None:
    done = ask("token")
    assert done.data == {
        "access_token": plain(stored),
        "token_type": "Bearer",
        "expires_at": stored.expires_at.isoformat(timespec="seconds"),
        "user_id": "7ABC12",
        "source": "store",
    }


@pytest.mark.parametrize("output", ["header", "env", "dotenv"])
def test_json_and_another_way_to_print_it_are_not_ignored_together(
    call: Call, stored: Token, output: str
) -> None:
    done = call("token", "--format", "json", "--output", output)
    assert (done.status, done.code) == (2, "USAGE")
    message = "Invalid value for '--output': the object in JSON has the token already"
    assert done.object["error"]["message"] == message
    assert plain(stored) not in done.out


def test_all_that_is_missing_is_named_at_once(ask: Call) -> None:
    done = ask("token")
    assert done.status == 3
    message = done.object["error"]["message"]
    assert message.startswith("UPSTOX_USERNAME, UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET, ")
    # Without a login only what a token is looked for by is missing.
    done = ask("token", "--no-login")
    assert done.object["error"]["message"] == "UPSTOX_USERNAME, UPSTOX_CLIENT_ID are not set."


def test_no_login_never_logs_in(ask: Call, upstox: Replica) -> None:
    done = ask("token", "--no-login")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert len(upstox.log) == 0


def test_an_expired_token_is_none(ask: Call, stored: Token) -> None:
    settings = Settings()
    old = stored.model_copy(update={"expires_at": datetime.now(UTC) + timedelta(seconds=30)})
    open_store(settings).save(token_key(settings), old)
    done = ask("token", "--no-login")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert "expired" in done.object["error"]["message"]


def test_a_damaged_token_is_no_reason_to_log_in(ask: Call, stored: Token) -> None:
    del stored
    settings = Settings()
    Path(open_store(settings).where(token_key(settings))).write_text("{", "utf-8")
    done = ask("token")
    assert (done.status, done.code) == (11, "STORE_UNREADABLE")


def test_write_keeps_the_rest_of_the_file(call: Call, ask: Call, stored: Token) -> None:
    path = Path("some.env")
    path.write_text("# mine\nUPSTOX_USERNAME='9876501234'\naccess_token=old # today's\n", "utf-8")
    path.chmod(0o640)
    done = call("token", "--output", "dotenv", "--write", path)
    assert (done.status, done.out) == (0, "")
    assert "some.env" in done.err
    assert path.read_text("utf-8") == (
        f"# mine\nUPSTOX_USERNAME='9876501234'\naccess_token={plain(stored)} # today's\n"
    )
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert "can be read by other users" in done.err
    assert ask("token", "--output", "dotenv", "--write", path).data["written"] == str(
        path.absolute()
    )


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    """An env file that is a mount of its own for a program that is started `within`."""
    (tmp_path / "outside.env").write_text("A=1\naccess_token=old # mine\n", "utf-8")
    path = tmp_path / "mounted.env"
    path.touch()
    return path


def within(mounted: Path, option: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the program where the mount is there."""
    script = 'mount --bind "$1" "$2" && mount -o remount,bind,"$3" "$2" && shift 3 && exec "$@"'
    outside = mounted.with_name("outside.env")
    program = [sys.executable, "-m", "upstox_browser_login.cli", *command]
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", outside, mounted, option, *program],
        capture_output=True,
        text=True,
        check=False,
    )


needs_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0,
    reason="mounting needs the rights of root",
)


@needs_mounts
def test_write_to_a_file_that_is_a_mount_of_its_own(mounted: Path, stored: Token) -> None:
    done = within(mounted, "rw", "token", "--output", "dotenv", "--write", str(mounted))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    outside = mounted.with_name("outside.env")
    assert outside.read_text("utf-8") == f"A=1\naccess_token={plain(stored)} # mine\n"
    assert not list(mounted.parent.glob(".*"))


@needs_mounts
def test_a_mount_that_is_read_only_is_noticed_before_a_login(
    mounted: Path, upstox: Replica
) -> None:
    done = within(mounted, "ro", "token", "--output", "dotenv", "--write", str(mounted))
    assert (done.returncode, done.stdout) == (11, ""), done.stderr
    assert "cannot be written" in done.stderr
    assert len(upstox.log) == 0


def test_write_to_a_new_file(call: Call, stored: Token) -> None:
    assert call("token", "--output", "dotenv", "--write", "new.env").status == 0
    assert Path("new.env").read_text("utf-8") == f"access_token={plain(stored)}\n"
    if os.name == "posix":
        assert stat.S_IMODE(Path("new.env").stat().st_mode) == 0o600


def test_write_where_it_cannot_be(ask: Call, stored: Token) -> None:
    del stored
    Path("folder").mkdir()
    done = ask("token", "--output", "dotenv", "--write", "folder")
    assert done.status == 11
    assert done.object["error"]["code"].startswith("STORE_UN")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("token", "--output", "dotenv", "--write=$A/b"), "Give --write the path of a file."),
        (("refresh", "--once", "--log-file=$A/b"), "Give --log-file the path of a file."),
        (("token", "--browser-url", "here"), "Correct --browser-url."),
        (("login", "--sleep-time", "100", "--api-base-url", "x"), "Correct --api-base-url."),
    ],
)
def test_the_hint_is_about_the_option_that_is_wrong(
    ask: Call, upstox: Replica, words: tuple[str, ...], hint: str
) -> None:
    """`check-env` knows nothing of the options of another command."""
    del upstox
    done = ask(*words)
    assert (done.status, done.object["error"]["hint"]) == (3, hint)


def test_write_is_checked_before_a_login(ask: Call, upstox: Replica) -> None:
    """The folder is not made, and neither a code nor a PIN is spent."""
    done = ask("token", "--output", "dotenv", "--write", "none/x.env")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert not Path("none").exists()
    Path("folder").mkdir()
    assert ask("token", "--output", "dotenv", "--write", "folder").status == 11
    if sys.platform == "linux":
        assert ask("token", "--output", "dotenv", "--write", "/proc/x.env").status == 11
    assert len(upstox.log) == 0


def test_an_owner_that_cannot_be_kept_is_noticed_before_a_login(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("theirs.env").write_text("A=1\n", "utf-8")

    def fchown(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", fchown, raising=False)
    done = ask("token", "--output", "dotenv", "--write", "theirs.env")
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    assert len(upstox.log) == 0


# -- what it costs -------------------------------------------------------------------------------


def _modules(start: Start, *argv: str) -> set[str]:
    names = "import json,sys;sys.stderr.write(json.dumps([m for m in sys.modules]))"
    script = (
        "import sys\nfrom upstox_browser_login.cli.run import main\n"
        f"status=main({list(argv)!r})\n{names}\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )
    return {str(each).partition(".")[0] for each in json.loads(done.stderr)}


def test_a_stored_token_needs_no_heavy_imports(start: Start, stored: Token) -> None:
    del stored
    modules = _modules(start, "token")
    assert not modules & {"playwright", "httpx2", "httpx", "rich", "starlette"}


def test_help_needs_not_even_the_settings(start: Start) -> None:
    modules = _modules(start, "--help")
    assert not modules & {"playwright", "httpx2", "rich", "pydantic", "asyncio", "dotenv"}


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


def test_exec_of_what_is_not_there(start: Start, ask: Call, stored: Token) -> None:
    del stored
    status, out, said = _exec(start, "no-such-program")
    assert (status, out) == (127, "")
    assert said.startswith("error: no-such-program: no such command.\nhint: Name a program on PATH")
    done = ask("exec", "--", "no-such-program")
    assert (done.status, done.code) == (127, "USAGE")
    assert done.object["error"]["message"] == "no-such-program: no such command."


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
