"""Ctrl-C and SIGTERM on the way: a quick end, nothing left behind, and an honest ledger."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.harness import Desk, variants
from upstox_browser_login.ledger import Event, Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key

if sys.platform == "win32":
    pytest.skip("no signals are sent so there", allow_module_level=True)

SECONDS = 50.0
"""An interrupted login ends sooner, on a busy machine too; one that goes on has 60 s."""

LIBRARY = """
    import signal, sys
    from upstox_browser_login.session import login

    def terminated(number, frame):
        raise SystemExit(143)

    signal.signal(signal.SIGTERM, terminated)
    try:
        login()
    except KeyboardInterrupt:
        sys.exit(130)
"""
TELLS_OF_WAITING = """
    import filelock

    acquire = filelock.FileLock.acquire

    def tell(self, timeout=None, **options):
        if timeout:
            print("waiting", flush=True)
        return acquire(self, timeout=timeout, **options)

    filelock.FileLock.acquire = tell
"""
PROGRAMS = {
    "cli": [sys.executable, "-W", "error", "-m", "upstox_browser_login.cli", "login"],
    "library": [sys.executable, "-W", "error", "-c", textwrap.dedent(LIBRARY)],
}
HOW: dict[str, tuple[signal.Signals, bool, int]] = {
    "ctrl-c": (signal.SIGINT, True, 130),
    "sigint to python alone": (signal.SIGINT, False, 130),
    "sigterm to python alone": (signal.SIGTERM, False, 143),
    "service stopped": (signal.SIGTERM, True, 143),
}


@dataclass
class Running:
    """A login in a process, and a session, of its own."""

    process: subprocess.Popen[str]
    home: Path
    settings: Settings

    def until(self, true: Callable[[], Any], seconds: float = 60) -> None:
        """Wait for something to happen while the login runs."""
        deadline = time.monotonic() + seconds
        while not true():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(f"it never happened: {self.process.communicate()}")
            time.sleep(0.01)

    def family(self) -> list[psutil.Process]:
        """The process and all that it started."""
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def history(self) -> tuple[Event, ...]:
        """What the ledger knows."""
        documents = open_ledger_documents(self.settings)
        return Ledger(documents, account_key(self.settings), now=time.time).history()

    def files(self) -> list[str]:
        """What is there, but for the locks, which stay and are empty."""
        return sorted(
            str(path.relative_to(self.home))
            for path in self.home.rglob("*")
            if path.is_file() and path.suffix != ".lock" and "driver-cache" not in path.parts
        )


@contextmanager
def logging_in(desk: Desk, replica: Replica, program: str, **more: str) -> Iterator[Running]:
    home = desk.home
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    settings = desk.settings(replica)
    environment = {
        **os.environ,
        **replica.settings(),
        "UPSTOX_STATE_DIR": str(home / "state"),
        "UPSTOX_TRACE_DIR": str(home / "traces"),
        "TMPDIR": str(home / "tmp"),
        **more,
    }
    with subprocess.Popen(
        PROGRAMS[program],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield Running(process, home, settings)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def interrupt(running: Running, how: str) -> tuple[str, str]:
    """Send the signal; see that the end is quick, right and clean; answer stdout and stderr."""
    number, group, status = HOW[how]
    family = running.family()
    assert len(family) >= 1
    (os.killpg if group else os.kill)(running.process.pid, number)
    out, err = running.process.communicate(timeout=SECONDS)
    assert running.process.returncode == status, err
    _gone, alive = psutil.wait_procs(family, timeout=60)
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []
    assert "Traceback" not in err
    assert "never" not in err
    # Nothing half-written, nothing forgotten: not in the state, the traces or the temporary folder.
    left = [name for name in running.files() if not name.startswith("state/ledger/")]
    assert left == []
    assert list((running.home / "tmp").iterdir()) == []
    assert not (running.home / "traces").exists() or not list((running.home / "traces").iterdir())
    return out, err


def outcomes(running: Running) -> dict[str, str | None]:
    return {each.what: each.outcome for each in running.history()}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("step", "program", "how", "ledger"),
    [
        ("verify", "library", "ctrl-c", {"code": None}),
        ("token", "cli", "service stopped", {"code": "accepted", "pin": "accepted"}),
        *variants(
            ("authorize", "cli", "ctrl-c", {}),
            ("pin", "cli", "ctrl-c", {"code": "accepted", "pin": None}),
            ("otp", "cli", "sigint to python alone", {}),
            ("config", "library", "sigterm to python alone", {}),
            ("pin", "cli", "sigterm to python alone", {"code": "accepted", "pin": None}),
            (
                "approve",
                "library",
                "sigint to python alone",
                {"code": "accepted", "pin": "accepted"},
            ),
        ),
    ],
)
def test_at_a_step(
    step: str, program: str, how: str, ledger: dict[str, str | None], desk: Desk
) -> None:
    """The step never answers; the signal comes when its request has arrived."""
    with Replica(f"hang={step}") as replica, logging_in(desk, replica, program) as running:
        running.until(lambda: replica.log.of(step))
        # The next request may arrive before the answer that made the page send it was read. What
        # came of the PIN is noted as the login ends.
        running.until(lambda: outcomes(running).get("code") == ledger.get("code"))
        out, err = interrupt(running, how)
        assert out == ""
        for secret in (replica.account.pin, replica.account.mobile, replica.account.totp_secret):
            assert secret not in err
        # What was sent stays sent: the next run must know.
        assert outcomes(running) == ledger
        assert replica.counts.exchanges == (1 if step == "token" else 0)
    assert open_store(running.settings).load(token_key(running.settings)) is None


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "step"), [("HUP", "pin"), *variants(("TERM", "authorize"), ("INT", "pin"))]
)
def test_an_ignored_signal_stops_no_login(
    name: str, step: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under `nohup` the terminal may close in the middle: no PIN is spent for nothing."""
    ignoring = ["sh", "-c", f'trap "" {name}; exec "$@"', "sh", *PROGRAMS["cli"]]
    monkeypatch.setitem(PROGRAMS, "ignoring", ignoring)
    with Replica(f"slow={step}:2") as replica, logging_in(desk, replica, "ignoring") as running:
        running.until(lambda: replica.log.of(step))
        os.killpg(running.process.pid, signal.Signals[f"SIG{name}"])
        _, err = running.process.communicate(timeout=60)
        assert running.process.returncode == 0, err
        assert replica.counts.pins == 1
        assert outcomes(running)["pin"] == "accepted"
    assert open_store(running.settings).load(token_key(running.settings)) is not None


@pytest.mark.browser
@pytest.mark.variant  # of test_a_pin_without_an_answer_is_sent_twice_at_most in tests/page
def test_a_pin_of_unknown_fate_counts(desk: Desk) -> None:
    """Twice interrupted after the PIN: the third login with it is not tried."""
    with Replica("hang=pin") as replica:
        for _ in range(2):
            with logging_in(desk, replica, "library") as running:
                seen = len(replica.log.of("pin"))
                running.until(lambda seen=seen: len(replica.log.of("pin")) > seen)  # type: ignore[misc]
                interrupt(running, "ctrl-c")
            # A code is never sent twice: the next run would wait for its window.
            replica.reset()
        attempt = desk.log_in(replica)
        assert attempt.code == "COOLING_DOWN"
        assert len(replica.log) == 0


@pytest.mark.browser
def test_while_a_command_makes_the_code(desk: Desk, tmp_path: Path) -> None:
    """A hanging UPSTOX_TOTP_COMMAND, which a signal to Python alone does not reach."""
    mark = tmp_path / "asked"
    script = tmp_path / "code.py"
    script.write_text(f"import time, pathlib\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(99)")
    more = {"UPSTOX_TOTP_SECRET": "", "UPSTOX_TOTP_COMMAND": f'"{sys.executable}" "{script}"'}
    with Replica() as replica, logging_in(desk, replica, "cli", **more) as running:
        running.until(mark.exists)
        interrupt(running, "sigint to python alone")
        assert outcomes(running) == {}
        assert replica.counts.codes == []


@pytest.mark.browser
def test_while_waiting_for_a_fresh_window(desk: Desk) -> None:
    """The code of the window to come was sent by somebody: there is half a minute to wait."""
    with Replica() as replica, logging_in(desk, replica, "library") as running:
        ledger = Ledger(
            open_ledger_documents(running.settings), account_key(running.settings), now=time.time
        )
        ledger.sending_code("000000", int(time.time() // 30) + 2, 30)
        ledger.code_accepted()
        assert running.process.stderr is not None
        told = running.process.stderr.readline()
        if "runs as root" in told:
            told = running.process.stderr.readline()
        assert "fresh TOTP window" in told, told + running.process.stderr.read()
        interrupt(running, "sigint to python alone")
        assert outcomes(running) == {"code": "accepted"}
        assert replica.counts.codes == []


def test_while_waiting_for_another_login(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No browser was started yet, and the lock of the other stays its own."""
    program = [*PROGRAMS["library"][:-1], textwrap.dedent(TELLS_OF_WAITING + LIBRARY)]
    monkeypatch.setitem(PROGRAMS, "tells of waiting", program)
    settings = desk.settings(replica)
    with open_store(settings).lock(token_key(settings), 1):
        with logging_in(desk, replica, "tells of waiting") as running:
            assert running.process.stdout is not None
            assert running.process.stdout.readline() == "waiting\n"
            interrupt(running, "ctrl-c")
        assert len(replica.log) == 0
    with open_store(settings).lock(token_key(settings), 1) as held:
        assert not held.waited


@pytest.mark.browser
@pytest.mark.variant  # of the fault matrix, column SIGTERM
def test_json_says_so_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROGRAMS, "json", [*PROGRAMS["cli"], "--format", "json"])
    with Replica("hang=otp") as replica, logging_in(desk, replica, "json") as running:
        running.until(lambda: replica.log.of("otp"))
        out, _ = interrupt(running, "service stopped")
    told = json.loads(out)
    assert (told["ok"], told["exit_code"]) == (False, 143)
    assert told["error"]["code"] == "INTERRUPTED"
