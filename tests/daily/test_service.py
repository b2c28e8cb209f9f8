"""`refresh` as a process: two at once, killed, stopped, told to read its settings again."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.daily.conftest import Program, this_minute, until
from tests.harness import FakeClock, Notes, variants
from upstox_browser_login import Settings
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.plan import FIRST_PAUSE, PIN_PAUSE, Stop, Wait, Why, Wishes
from upstox_browser_login.daily.record import Notice, Records
from upstox_browser_login.daily.trouble import Trouble
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import IST, Token

pytestmark = pytest.mark.timeout(180)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
Start = Callable[..., Program]


class Listener:
    """What the loop talks to, in this process."""

    def __init__(self) -> None:
        self.notices: list[str] = []

    def planned(self, action: Wait | Stop) -> None: ...
    def has_token(self, token: Token) -> None: ...
    def failed(self, error: UpstoxError) -> None: ...
    def warn(self, text: str) -> None: ...
    def logged_in(self, result: LoginResult) -> str | None: ...

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:
        return login(progress=Notes())

    def send(self, notice: Notice) -> bool:
        self.notices.append(notice.kind)
        return True


def later(clock: FakeClock, listener: Listener) -> Daily:
    """The same machine's `refresh --once`, under a clock that can be moved."""
    settings = Settings()
    trouble = Trouble(Records.of_source(settings.state_dir, None, Path(".env")), clock.time)
    # Due at any hour at which the tests run.
    wishes = Wishes(at=clock.now().astimezone(IST).time(), once=True)
    return Daily(settings, wishes, listener, lambda _: None, trouble, clock=clock, sender=listener)


def accepts(upstox: Replica, token: str) -> bool:
    return upstox._world.state.mint.is_good(token)


@pytest.mark.browser
def test_two_at_once_are_one_login(upstox: Replica, start: Start, tmp_path: Path) -> None:
    """Both put the token into their env files; only one has logged in."""
    upstox.set("slow=otp:1")
    files = [tmp_path / "one.env", tmp_path / "two.env"]
    both = [start("refresh", "--time", this_minute(), "--write", each) for each in files]
    until(lambda: all(each.is_file() for each in files))
    for each in both:
        each.says("the next login is at")
        each.process.terminate()
    assert [each.ends() for each in both] == [0 if sys.platform != "win32" else 1] * 2
    tokens = {each.read_text() for each in files}
    assert len(tokens) == 1
    assert accepts(upstox, tokens.pop().strip().partition("=")[2])
    counts = upstox.counts
    assert (counts.otp_requests, counts.pins, counts.exchanges) == (1, 1, 1)


@posix
@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    "step", ["pin", *variants("dialog", "otp", "verify", "approve", "hop", "token")]
)
def test_killed_and_started_again(
    step: str, upstox: Replica, clock: FakeClock, start: Start
) -> None:
    """`kill -9` where the login waits for an answer: one PIN at once, and a token in the end."""
    upstox.set(f"hang={step}")
    killed = start("refresh", "--time", this_minute())
    until(lambda: any(each.step == step for each in upstox.log))
    killed.kill()
    upstox.set()
    sent = upstox.counts.pins
    listener = Listener()
    done = later(clock, listener).once()
    assert isinstance(done, Wait)
    assert (done.why, upstox.counts.pins) == (Why.PAUSE, sent), "a program may be ended for ever"
    clock.offset += FIRST_PAUSE.total_seconds()
    done = later(clock, listener).once()
    if sent:
        assert isinstance(done, Wait)
        assert (done.why, upstox.counts.pins) == (Why.BLOCKED, 1)
        clock.offset += PIN_PAUSE.total_seconds()
        done = later(clock, listener).once()
    assert isinstance(done, LoginResult)
    assert accepts(upstox, done.token.access_token.get_secret_value())
    assert upstox.counts.pins == sent + 1


@pytest.fixture
def told(tmp_path: Path) -> Iterator[list[str]]:
    """What the socket `notify` in `tmp_path` is told by `sd_notify`."""
    if sys.platform == "win32":
        pytest.skip("systemd is for Linux")
    told: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))

        def listen() -> None:
            while (message := sock.recv(1000)) != b"over":
                told.append(message.decode())

        thread = threading.Thread(target=listen)
        thread.start()
        yield told
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.sendto(b"over", str(tmp_path / "notify"))
        thread.join()


@pytest.mark.browser
def test_signals(upstox: Replica, start: Start, tmp_path: Path, told: list[str]) -> None:
    """SIGHUP reads the settings again if they can be used; SIGTERM ends a login at once."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such signals")
    upstox.set("hang=pin")
    env_file = tmp_path / "settings.env"
    values = upstox.settings()
    pin = values.pop("UPSTOX_PIN_CODE")
    values["UPSTOX_PIN_CODE_COMMAND"] = "false"
    good = "".join(f"{name}={value}\n" for name, value in values.items())
    env_file.write_text(good)
    service = start(
        *("refresh", "--env-file", env_file, "--time", this_minute(), "--log-format", "json"),
        NOTIFY_SOCKET=str(tmp_path / "notify"),
        WATCHDOG_USEC="30000000",
    )
    service.says("UPSTOX_PIN_CODE_COMMAND ended with exit status 1.")
    service.says("It is tried again at ")
    good = good.replace("UPSTOX_PIN_CODE_COMMAND=false", f"UPSTOX_PIN_CODE={pin}")
    for wrong, said in (
        ("UPSTOX_TIMEOUT=1", "Settings that break a rule: UPSTOX_TIMEOUT"),
        ("UPSTOX_TOKEN_STORE=sqlite:////dev/null/tokens.db", "/dev/null"),
    ):
        env_file.write_text(f"{good}{wrong}\n")
        service.process.send_signal(signal.SIGHUP)
        service.says(f"The settings stay as they were: {said}")
    env_file.write_text(good)
    service.process.send_signal(signal.SIGHUP)
    service.says("The settings were read again.")
    until(lambda: upstox.counts.pins == 1)
    service.remember_family()
    began = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    assert service.ends() == 0
    # Without that it would go on for a minute; tests/session/test_end.py keeps the 5 s.
    assert time.monotonic() - began < 30
    assert "Stopped by SIGTERM." in service.err
    assert psutil.wait_procs(service.family, timeout=30)[1] == []
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    assert [each.what for each in ledger.history()] == ["code", "pin"]
    until(lambda: told[-1] == "STOPPING=1")
    assert told[:2] == ["READY=1", "WATCHDOG=1"]
    between = {each.partition("=")[0] for each in told[2:-1]}
    assert between == {"WATCHDOG", "WATCHDOG_USEC", "STATUS"}
    assert "STATUS=Logging in." in told


@posix
def test_the_env_file_is_kept_up_to_date(upstox: Replica, start: Start, tmp_path: Path) -> None:
    """Also where somebody has removed it, or put an older copy in its place."""
    plain = upstox._world.state.mint.access_token()
    token = Token.from_reply({"access_token": plain}, issued_at=datetime.now(UTC))
    settings = Settings()
    open_store(settings).save(token_key(settings), token)
    path, current = tmp_path / "kept.env", f"access_token={plain}\n"
    service = start("refresh", "--write", path)
    until(lambda: path.is_file() and path.read_text() == current)
    path.unlink()
    service.process.send_signal(signal.SIGHUP)
    until(lambda: path.is_file() and path.read_text() == current)
    path.write_text("# restored\naccess_token=old\n")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: path.read_text() == f"# restored\n{current}")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: service.err.count("The settings were read again.") == 3)
    service.process.terminate()
    assert service.ends() == 0
    assert service.err.count("access_token is up to date in") == 3
