"""Logins through the program itself, and what stops it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.harness import variants
from tests.ports import free_port
from upstox_browser_login.cli import signals
from upstox_browser_login.cli.progress import Plain
from upstox_browser_login.cli.screen import Screen
from upstox_browser_login.replica import Replica

from .conftest import PROGRAM, Call, Done, environment

Start = Callable[..., subprocess.Popen[str]]

STEPS = ["open", "mobile", "totp", "pin", "redirect", "exchange", "store"]


def _until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def _ended(process: subprocess.Popen[str], seconds: float = 40) -> Done:
    out, err = process.communicate(timeout=seconds)
    return Done(process.returncode, out, err)


# -- logins --------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_login(start: Start, ask: Call, upstox: Replica) -> None:
    done = _ended(start("login", "--format", "json", "--timeout", "90"))
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
    done = _ended(start("login", "--format", "json", "--timeout", "90", env=env))
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
    (aside,) = tmp_path.glob("tokens.db.damaged-*")
    assert f"warning: The stored token was damaged; it is kept as {aside}." in done.err
    assert aside.read_bytes() == damaged
    assert ask("token", "--no-login").data["source"] == "store"


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


def test_plain_lines_tell_what_failed_and_what_is_waited_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Plain(Screen())
    progress.step_started("totp")
    progress.waiting("Waiting 3 s for a fresh TOTP window.")
    progress.step_done("totp", 3.2)
    progress.step_started("pin")
    progress.end(failed=True)
    progress.end(failed=True)
    assert capsys.readouterr().err == (
        "Waiting 3 s for a fresh TOTP window.\nTOTP code: done in 3.2 s\nPIN: failed after 0.0 s\n"
    )


# -- signals -------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.skipif(os.name != "posix", reason="signals are not sent so there")
@pytest.mark.parametrize("number", [signal.SIGINT, *variants(signal.SIGTERM)])
def test_a_login_is_stopped_and_its_browser_is_gone(
    start: Start, upstox: Replica, number: signal.Signals
) -> None:
    upstox.set("hang=pin")
    process = start("login", "--format", "json")
    _until(lambda: upstox.counts.pins == 1)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(number)
    time.sleep(0.05)
    process.send_signal(number)  # impatience changes nothing
    done = _ended(process)
    assert done.status == 128 + number
    assert done.code == "INTERRUPTED"
    assert done.object["error"]["step"] == "pin"
    assert "The PIN may have been sent" in done.object["error"]["hint"]
    assert "Traceback" not in done.err
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive


@pytest.mark.skipif(os.name != "posix", reason="signals are not sent so there")
@pytest.mark.parametrize("name", ["SIGHUP", *variants("SIGINT", "SIGTERM")])
def test_the_replica_serves_until_it_is_stopped(start: Start, name: str) -> None:
    process = start("replica", "--format", "json", "--scenario", "qr-layout")
    assert process.stdout is not None
    line = process.stdout.readline()
    value = json.loads(line)
    assert value["ok"] is True
    assert value["data"]["scenarios"] == ["qr-layout"]
    assert value["data"]["settings"]["UPSTOX_API_BASE_URL"] == value["data"]["urls"]["api"]
    assert process.stderr is not None
    assert "Serving; data.settings of the object on stdout are" in process.stderr.readline()
    process.send_signal(getattr(signal, name))
    done = _ended(process)
    assert (done.status, done.out) == (0, "")
    assert "The replica has stopped." in done.err


def test_a_token_request_is_approved_at_the_replica(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the command line alone, in two terminals, as the help says."""
    import httpx2

    listen = f"127.0.0.1:{free_port()}"
    process = start("replica", "--format", "json", "--notifier-url", f"http://{listen}/notify")
    assert process.stdout is not None
    data = json.loads(process.stdout.readline())["data"]
    for name, value in data["settings"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    options = ("--listen", listen, "--user-id", "7ABC12", "--format", "json")
    waiting = start("request-token", "--wait", *options)
    assert waiting.stderr is not None
    told = ""
    while "waiting at" not in told:
        line = waiting.stderr.readline()
        assert line, told
        told += line
    approval = data["urls"]["approve_token_request"]
    assert approval == f"{data['urls']['api']}/__replica__/approve-token-request"
    assert httpx2.post(approval).json() == {"status": 200}
    done = _ended(waiting)
    assert done.status == 0, told + done.err
    assert done.data["user_id"] == "7ABC12"
    process.terminate()
    assert f"To approve a token request: curl -X POST {approval}" in _ended(process).err


def test_the_replica_shows_its_requests_without_secrets(start: Start) -> None:
    import httpx2

    process = start("replica")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(7)]
    exports = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines)
    api = exports["UPSTOX_API_BASE_URL"]
    httpx2.get(f"{api}/v2/user/profile?secret=hunter22", headers={"Authorization": "Bearer x"})
    time.sleep(0.3)
    process.terminate()
    done = _ended(process)
    assert re.search(
        r"^\d\d:\d\d:\d\d[+-]\d{4} api +GET +/v2/user/profile  \(profile\)$", done.err, re.MULTILINE
    )
    assert "hunter22" not in done.err
    assert "Serving; paste the lines of stdout into another terminal." in done.err


def test_a_port_that_is_taken(ask: Call, served: Replica) -> None:
    port = int(served.api_url.rpartition(":")[2])
    done = ask("replica", "--port", port)
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert str(port) in done.object["error"]["message"]


@pytest.mark.parametrize("command", ["demo", "replica"])
def test_the_scenarios_are_listed(call: Call, ask: Call, command: str) -> None:
    assert "slow=STEP:SECONDS" in call(command, "--list-scenarios").out
    assert len(ask(command, "--list-scenarios").data["scenarios"]) > 50


@pytest.mark.parametrize("command", ["demo", "replica"])
def test_without_the_extra(ask: Call, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    for name in list(sys.modules):
        if name.startswith("upstox_browser_login.replica"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("upstox_browser_login.replica", None, raising=False)
    monkeypatch.delattr("upstox_browser_login.replica")
    for name in list(sys.modules):
        if name.partition(".")[0] == "starlette":
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "starlette", None)
    done = ask(command)
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "upstox-browser-login[server]" in done.object["error"]["hint"]


EARLY = """if True:
    import signal, sys
    from upstox_browser_login.cli import early, main

    early.early_driver = lambda argv: signal.raise_signal(signal.SIGINT)
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", [["login", "--format=json"], ["status", "--format", "json"]])
def test_a_signal_before_there_is_a_command_is_told_of_as_json(words: list[str]) -> None:
    process = subprocess.run(
        [sys.executable, "-c", EARLY, *words], capture_output=True, text=True, check=False
    )
    done = Done(process.returncode, process.stdout, process.stderr)
    assert (done.status, done.code, done.object["command"]) == (130, "INTERRUPTED", words[0])
    assert "error: Stopped by Ctrl-C." in done.err
    assert "Traceback" not in done.err


def test_a_signal_before_there_is_a_command_is_told_of_in_words() -> None:
    process = subprocess.run(
        [sys.executable, "-c", EARLY, "login"], capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stdout) == (130, "")
    assert "error: Stopped by Ctrl-C." in process.stderr


def test_a_number_in_place_of_a_command_is_not_told_by_a_signal() -> None:
    words = ["246801", "--format", "json"]
    process = subprocess.run(
        [sys.executable, "-c", EARLY, *words], capture_output=True, text=True, check=False
    )
    assert process.returncode in {2, 130}, process.stderr
    assert "246801" not in process.stdout + process.stderr


LATE = """if True:
    import atexit, signal, sys
    from upstox_browser_login.cli import call, main

    def stop():
        signal.raise_signal(signal.SIGTERM)

    def stopping(owner, name):
        plain = getattr(owner, name)
        def first(*args):
            stop()
            return plain(*args)
        setattr(owner, name, first)

    begin = call.Program.begin
    def begun(program):
        program.stack.callback(stop)
        begin(program)

    match sys.argv.pop(1):
        case "behind the result":
            call.Program.begin = begun
        case "before the result is written":
            stopping(call, "write")
        case "before an error is written":
            stopping(call.Program, "complain")
        case "in Python's last steps":
            atexit.register(stop)  # runs behind those that are registered later
    sys.exit(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are not sent so there")
@pytest.mark.parametrize(
    "when",
    [
        "behind the result",
        "before the result is written",
        "before an error is written",
        "in Python's last steps",
    ],
)
@pytest.mark.parametrize(
    ("command", "status"), [("check-env", 3), ("accounts list", 0), ("token", 3), ("totp -x", 2)]
)
def test_a_signal_while_the_end_is_told_changes_nothing(
    when: str, command: str, status: int, tmp_path: Path
) -> None:
    """What is told of the end stays true, and there is one object."""
    process = subprocess.run(
        [sys.executable, "-c", LATE, when, *command.split(), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert process.returncode == status, process.stderr
    assert json.loads(process.stdout)["exit_code"] == status


FAILING = """if True:
    import signal, sys
    from upstox_browser_login.cli import main, run

    fail = run._fail
    def failing(program, error):
        signal.raise_signal(signal.SIGTERM)
        return fail(program, error)
    run._fail = failing
    sys.exit(main())
"""


def test_a_signal_before_an_error_is_told_is_told_in_its_place(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", FAILING, "token", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    done = Done(process.returncode, process.stdout, process.stderr)
    assert (done.status, done.code, done.object["exit_code"]) == (143, "INTERRUPTED", 143)


def test_a_signal_while_a_result_is_written_waits() -> None:
    """For commands that go on afterwards: their one object is whole."""
    done: list[str] = []

    def printing(listener: signals.Listener) -> None:
        with listener.held():
            signal.raise_signal(signal.SIGINT)
            done.append("printed")
        done.append("went on")

    with signals.listening() as listener, pytest.raises(signals.Interruption):
        printing(listener)
    assert done == ["printed"]


@pytest.mark.skipif(os.name != "posix", reason="no process ends by a signal there")
def test_a_program_that_hangs_behind_its_result_can_be_stopped() -> None:
    """Such as one whose output nobody reads."""
    code = """if True:
        import signal
        from upstox_browser_login.cli import signals
        signals.PATIENCE = 0
        with signals.listening(for_good=True) as listener:
            listener.end_is_told()
            signal.raise_signal(signal.SIGTERM)
            print("went on", flush=True)
            signal.raise_signal(signal.SIGTERM)
            print("never")
    """
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stdout) == (-signal.SIGTERM, "went on\n")


def test_an_ignored_signal_stays_ignored() -> None:
    """That is what `nohup` asks for."""
    number = signal.SIGTERM
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with signals.listening():
            assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_a_second_signal_is_patient_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with signals.listening():
        with pytest.raises(signals.Interruption) as caught:
            signal.raise_signal(signal.SIGINT)
        assert caught.value.exit_code == 130
        signal.raise_signal(signal.SIGINT)
        assert "stopping" in capfd.readouterr().err
        now = time.monotonic() + signals.PATIENCE + 1
        monkeypatch.setattr("upstox_browser_login.cli.signals.time.monotonic", lambda: now)
        with pytest.raises(signals.Interruption):
            signal.raise_signal(signal.SIGINT)


def test_a_signal_within_an_import_is_raised_behind_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Raised within, it may be lost, with the lock held that imports of other threads wait for."""
    done: list[str] = []
    importer = compile(
        "signal.raise_signal(signal.SIGINT)\ndone.append('imported')",
        "<frozen importlib._bootstrap>",
        "exec",
    )

    def interrupted() -> None:
        exec(importer, {"signal": signal, "done": done})  # noqa: S102  (it has that file name)
        _until(lambda: False)

    with signals.listening():
        with pytest.raises(signals.Interruption):
            interrupted()
        assert done == ["imported"]
        exec(importer, {"signal": signal, "done": done})  # noqa: S102  (as above)
    # A second one is not put off as well: by then the handler may be gone.
    assert "stopping" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_no_core_dumps() -> None:
    """In a process of its own, for a limit cannot always be taken back."""
    code = """if True:
        import resource
        from upstox_browser_login.cli.limits import no_core_dumps
        before = resource.getrlimit(resource.RLIMIT_CORE)
        with no_core_dumps():
            soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        print(soft <= 1, hard == before[1], resource.getrlimit(resource.RLIMIT_CORE) == before)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 3
