"""Which code is sent, and when: on a clock that stands still but for the waits."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pyotp
import pytest

from tests.harness import Desk, FakeClock, variants
from upstox_browser_login import totp
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica

pytestmark = pytest.mark.usefixtures("sharing")

NOON = 1_800_000_000
"""A full half minute."""


class StillClock(FakeClock):
    """Time passes only where somebody waits."""

    def __init__(self, at: float, file: Path | None = None) -> None:
        super().__init__(at)
        self._file = file

    def time(self) -> float:
        return self.offset

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if self._file is not None:
            self._file.write_text(str(self.offset))


def windows(replica: Replica) -> list[int]:
    """The windows of Upstox's time in which codes arrived; each code must be of its own."""
    found = []
    for entry in replica.log.of("verify"):
        window = int(entry.time // 30)
        code = pyotp.TOTP(replica.account.totp_secret).generate_otp(window)
        assert entry.body["data"]["otp"] == code
        found.append(window)
    return found


def still(tmp_path: Path, into: float) -> Desk:
    """A desk at so many seconds into a window."""
    return Desk(tmp_path / "desk", StillClock(NOON + into), trace="off")


@pytest.mark.parametrize(
    ("into", "slept", "window"),
    [(24.9, [], 0), (25.1, [5.4], 1), *variants((0.0, [], 0), (29.9, [1.0], 1))],
)
def test_a_window_with_little_left_is_not_used(
    into: float, slept: list[float], window: int, tmp_path: Path
) -> None:
    desk = still(tmp_path, into)
    with Replica(clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
        assert attempt.code == "OK", attempt.error
        assert windows(replica) == [NOON // 30 + window]
    assert desk.clock.slept == pytest.approx(slept)
    assert any("fresh TOTP window" in text for text in attempt.notes.warnings) == bool(slept)


@pytest.mark.variant  # of the one in test_ledger_in_flow.py
def test_two_runs_in_one_window_send_two_codes(tmp_path: Path) -> None:
    desk = still(tmp_path, 4.0)
    with Replica(clock=desk.clock.time) as replica:
        for _ in range(2):
            attempt = desk.log_in(replica)
            assert attempt.code == "OK", attempt.error
        assert windows(replica) == [NOON // 30, NOON // 30 + 1]
        assert len(set(replica.counts.codes)) == 2
    assert desk.clock.slept == pytest.approx([26.5])


class StoppedClock(StillClock):
    """The next window never comes."""

    async def sleep(self, seconds: float) -> None:
        del seconds
        await asyncio.Event().wait()


def test_a_login_that_ends_before_the_next_window_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", StoppedClock(NOON + 27.0), trace="off")
    with Replica(clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, timeout=8)
        assert attempt.code == "TIMEOUT"
        assert attempt.error is not None
        assert attempt.error.message == (
            "The login was not done within 8 s. It was still waiting for a fresh TOTP window."
        )
        assert replica.counts.codes == []


@pytest.mark.parametrize(
    ("scenario", "code"), [("wrong-otp=once", "OK"), ("wrong-otp", "TOTP_REJECTED")]
)
def test_a_refused_code_is_followed_by_one_of_the_next_window(
    scenario: str, code: str, tmp_path: Path
) -> None:
    desk = still(tmp_path, 10.0)
    with Replica(scenario, clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
        assert attempt.code == code, attempt.error
        assert windows(replica) == [NOON // 30, NOON // 30 + 1]
        assert replica.counts.otp_requests == 1
    assert desk.clock.slept == pytest.approx([20.5])


def test_skew_decides_which_window_is_fresh(tmp_path: Path) -> None:
    """Ours has 20 s left; Upstox's, 77 s ahead, has 3."""
    desk = still(tmp_path, 10.0)
    with Replica("skew=77", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
        assert attempt.code == "OK", attempt.error
        assert windows(replica) == [NOON // 30 + 3]
    # Upstox's header tells whole seconds.
    assert desk.clock.slept == pytest.approx([3.5], abs=0.6)
    assert any("77 s behind" in text or "78 s behind" in text for text in attempt.notes.warnings)


# -- a command in the seed's place -----------------------------------------------------------------


def printing(tmp_path: Path, secret: str) -> str:
    """A command that prints the code of the time in a file, as a password manager would."""
    script = tmp_path / "code.py"
    script.write_text(
        "import pathlib, pyotp\n"
        f"now = float(pathlib.Path({str(tmp_path / 'now')!r}).read_text())\n"
        f"print(pyotp.TOTP({secret!r}).at(int(now)))\n"
    )
    return join_command([sys.executable, str(script)])


def test_a_command_in_the_seeds_place(tmp_path: Path) -> None:
    """It is asked when the window is fresh, and again after a refused code."""
    desk = Desk(tmp_path / "desk", StillClock(NOON + 27.0, tmp_path / "now"), trace="off")
    with Replica("wrong-otp=once", clock=desk.clock.time) as replica:
        command = printing(tmp_path, replica.account.totp_secret)
        attempt = desk.log_in(replica, totp_secret=None, totp_command=command)
        assert attempt.code == "OK", attempt.error
        assert windows(replica) == [NOON // 30 + 1, NOON // 30 + 2]
    assert desk.clock.slept == pytest.approx([3.5, 30.0])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('error: vault is locked, hunter2')", "not a code"),
        *variants(
            ("raise SystemExit(2)", "exit status 2"),
            ("import time; time.sleep(60)", "did not finish"),
        ),
    ],
)
def test_a_command_that_gives_no_code(
    code: str, reason: str, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A configuration error, and nothing is submitted."""
    monkeypatch.setattr(totp, "COMMAND_TIMEOUT", 2.0)
    command = join_command([sys.executable, "-c", code])
    attempt = desk.log_in(replica, totp_secret=None, totp_command=command)
    assert isinstance(attempt.error, ConfigurationError)
    assert reason in attempt.error.message
    assert "hunter2" not in str(vars(attempt.error))
    assert attempt.error.step == "totp"
    assert (replica.counts.codes, replica.counts.pins) == ([], 0)
    # The next run is free to try.
    assert desk.log_in(replica).code == "OK"
