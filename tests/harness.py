"""What tests of whole logins share: a clock to move, one login, and a search for secrets.

The search is written apart from the redactor, so that it does not share the redactor's mistakes.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import html
import io
import json
import re
import signal
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import hypothesis
import pytest

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, login_result
from upstox_browser_login.session.login import Watcher
from upstox_browser_login.session.parts import Deadline
from upstox_browser_login.settings import Settings, TraceMode
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token

# A busy machine is no failure of the code under test. The same inputs are tried in each run, so
# that what fails belongs to the change that is tested; `make test-all` looks for new ones.
hypothesis.settings.register_profile("house", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=300)
hypothesis.settings.load_profile("house")


NOT_THERE = (
    "The system cannot find the file specified"
    if sys.platform == "win32"
    else "No such file or directory"
)
"""What the system says of a program that does not exist."""


A_FOLDER = "Permission denied" if sys.platform == "win32" else "Is a directory"
"""What the system says where a folder is opened as a file."""


def variants(*values: Any) -> list[pytest.ParameterSet]:
    """Parameters of which `make test` has examples enough; `make test-all` has these as well."""
    return [
        pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=pytest.mark.variant)
        for each in values
    ]


def hand_no_ignored_signal_on() -> None:
    """Let programs that tests start react to Ctrl-C and to a hang-up, whoever started the tests.

    `nohup`, a shell's background job and some CI have them ignored, and a child inherits that. A
    handler that does nothing ignores them here just as well, and no child inherits it.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


class FakeClock(Clock):
    """Waits by moving on. The replica is given the same clock, so both agree on TOTP windows."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self.slept: list[float] = []

    def time(self) -> float:
        return time.time() + self.offset

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.offset += seconds


class Notes(Watcher):
    """Remembers what a person would have been told."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.warnings: list[str] = []

    def step_done(self, step: Step, seconds: float) -> None:
        assert seconds >= 0
        self.steps.append(step)

    def warning(self, text: str) -> None:
        self.warnings.append(text)


@dataclass
class Attempt:
    """What came of one login."""

    result: LoginResult | None
    error: UpstoxError | None
    notes: Notes
    seconds: float

    @property
    def code(self) -> str:
        return "OK" if self.error is None else self.error.code


def point_at(replica: Replica, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the environment name the replica, and folders below `home`."""
    folders = {"UPSTOX_STATE_DIR": str(home / "state"), "UPSTOX_TRACE_DIR": str(home / "traces")}
    for name, value in {**replica.settings(), **folders}.items():
        monkeypatch.setenv(name, value)


@dataclass
class Desk:
    """One user's machine: a state folder, a trace folder, a clock."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)
    trace: TraceMode = "off"
    """Evidence costs a third of a login that fails: tests that look at it ask for it."""

    def settings(self, replica: Replica, **changes: Any) -> Settings:
        values: dict[str, Any] = {
            name.removeprefix("UPSTOX_").lower(): value
            for name, value in replica.settings().items()
        }
        values |= {
            "state_dir": self.home / "state",
            "trace": self.trace,
            "trace_dir": self.home / "traces",
            "timeout": 40,
        }
        return Settings(**(values | changes))

    def log_in(self, replica: Replica, **changes: Any) -> Attempt:
        notes = Notes()
        began = time.monotonic()
        result, failure = None, None
        try:
            result = login_result(
                self.settings(replica, **changes), progress=notes, clock=self.clock
            )
        except UpstoxError as error:
            failure = error
        return Attempt(result, failure, notes, time.monotonic() - began)

    @property
    def evidence(self) -> list[Path]:
        folder = self.home / "traces"
        return sorted(folder.iterdir()) if folder.exists() else []


def tell_limits(patch: pytest.MonkeyPatch, hear: Callable[[asyncio.Timeout], None]) -> None:
    """Let `hear` know the limits of what logins do in their browsers."""
    of_login = Deadline.of_login

    def told(deadline: Deadline) -> asyncio.Timeout:
        made = of_login(deadline)
        hear(made)
        return made

    patch.setattr(Deadline, "of_login", told)


@contextmanager
def time_is_up_after(replica: Replica, step: str) -> Iterator[None]:
    """Within the block, a login's limit of time is over a second after it asked for `step`."""
    limits: list[tuple[asyncio.AbstractEventLoop, asyncio.Timeout]] = []
    over = threading.Event()
    seen = len(replica.log.of(step))

    def wait() -> None:
        while not over.wait(0.05):
            if len(replica.log.of(step)) > seen and limits:
                loop, limit = limits[-1]
                loop.call_soon_threadsafe(limit.reschedule, loop.time() + 1)
                return

    waiting = threading.Thread(target=wait)
    with pytest.MonkeyPatch.context() as patch:
        tell_limits(patch, lambda limit: limits.append((asyncio.get_running_loop(), limit)))
        waiting.start()
        try:
            yield
        finally:
            over.set()
            waiting.join()


# -- the search for secrets ------------------------------------------------------------------------


def secrets_of(replica: Replica) -> dict[str, str]:
    """Every secret that a login at this replica met, as the replica knows them."""
    account = replica.account
    found = {
        account.mobile: "mobile",
        account.pin: "PIN",
        account.totp_secret: "TOTP seed",
        account.client_secret: "client secret",
    }
    for code in replica.counts.codes:
        found[code] = "TOTP code"
    for entry in replica.log:
        for name in ("code", "state"):
            if name in entry.query:
                found[entry.query[name]] = name
        if isinstance(entry.body, dict):
            for name in ("code", "validateOtpToken", "validateOTPToken"):
                for values in (entry.body, entry.body.get("data")):
                    if isinstance(values, dict) and isinstance(values.get(name), str):
                        found[values[name]] = name
        for pair in entry.headers.get("cookie", "").split("; "):
            value = pair.partition("=")[2]
            if value:
                found[value] = "cookie"
        bearer = entry.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer:
            found[bearer] = "access token"
    return {secret: kind for secret, kind in found.items() if len(secret) >= 4}


def spellings(secret: str) -> set[str]:
    """The ways a secret may be written down."""
    raw = secret.encode()
    ways = {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        html.escape(secret),
        base64.b64encode(raw).decode(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode(),
        raw.hex(),
    }
    if secret.isdigit() and len(secret) == 6:
        ways |= {f"{secret[:3]}-{secret[3:]}", f"{secret[:3]} {secret[3:]}"}
    if secret.isdigit() and len(secret) == 10:
        ways |= {f"{secret[:5]} {secret[5:]}", f"+91{secret}"}
    return {way for way in ways if len(way) >= 4}


def leaks_in(data: bytes, secrets: dict[str, str]) -> set[str]:
    """Kinds of secret in `data`, looking into archives and compressed bodies too."""
    found: set[str] = set()
    for blob in _unpacked(data):
        text = blob.decode("latin-1")
        for secret, kind in secrets.items():
            for way in spellings(secret):
                if way in text and not _is_chance(way, text):
                    found.add(kind)
    return found


def _is_chance(way: str, text: str) -> bool:
    """A short number inside a longer one (a time stamp, a hash) is no leak."""
    if not way.isdigit() or len(way) > 6:
        return False
    return not re.search(rf"(?<![0-9A-Za-z.]){way}(?![0-9A-Za-z])", text)


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename.encode()
                yield from _unpacked(archive.read(info))
    elif data[:2] == b"\x1f\x8b":
        yield from _unpacked(gzip.decompress(data))
    elif data[:1] == b"\x78":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return


def leaks_below(folder: Path, secrets: dict[str, str]) -> dict[str, set[str]]:
    """File and kinds of secret, for every file of `folder` that holds one."""
    found = {}
    for path in files_below(folder):
        kinds = leaks_in(path.read_bytes(), secrets) | leaks_in(str(path).encode(), secrets)
        if kinds:
            found[str(path.relative_to(folder))] = kinds
    return found


def files_below(*folders: Path) -> Iterable[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def printing_file(file: Path) -> str:
    """A command for a setting, which prints what the file holds then."""
    return join_command([sys.executable, "-c", f"print(open({str(file)!r}).read())"])


def token_of(replica: Replica) -> Token:
    text = replica._world.state.mint.access_token()
    return Token.from_reply({"access_token": text}, issued_at=datetime.now(UTC))


def keep(text: str = "header.some-token.signature") -> Token:
    """Store a token as a login would."""
    settings = Settings()
    now = datetime.now(UTC)
    times = {"issued_at": now, "expires_at": now + timedelta(days=1)}
    token = Token.model_validate({"access_token": text, **times})
    open_store(settings).save(token_key(settings), token)
    return token
