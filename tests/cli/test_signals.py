"""A signal is told of once, whenever it comes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from upstox_browser_login.cli import signals

from .conftest import Done, until

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
        until(lambda: False)

    with signals.listening():
        with pytest.raises(signals.Interruption):
            interrupted()
        assert done == ["imported"]
        exec(importer, {"signal": signal, "done": done})  # noqa: S102  (as above)
    # A second one is not put off as well: by then the handler may be gone.
    assert "stopping" in capfd.readouterr().err
