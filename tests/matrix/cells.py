"""One cell: a login that meets one fault at one point, and what is checked of it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from tests.harness import (
    Desk,
    FakeClock,
    files_below,
    leaks_below,
    leaks_in,
    secrets_of,
    tell_limits,
)
from tests.shared_browser import SharedBrowser
from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.session import login_result
from upstox_browser_login.session.login import Watcher
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key

from .broken import FaultyDisk, FaultyReplica
from .faults import NO_BROWSER_NEEDED, Fault
from .stages import Row

AT_ONCE = 4
"""So many logins at a time."""

WAITING = {"authorize", "script"}
"""Without an answer to one of these there is no form: such logins wait, twice as many at a time."""

TIMEOUT = 100
"""`UPSTOX_TIMEOUT`: on a machine with other work to do, all of them take their time."""

HANG_SECONDS = 1.0
"""So soon after it meets something that hangs a login's time is up."""

CLOSING_SECONDS = 35.0
"""What the evidence and the end of a browser may take after that."""

CRASH_SECONDS = 15.0
"""So long a tab may take to crash."""

DAY = 86_400.0


@dataclass(frozen=True)
class Cell:
    """A row and a column."""

    row: Row
    fault: Fault
    trace: str

    def __str__(self) -> str:
        return f"{self.row} / {self.fault.name}"

    @property
    def hangs(self) -> bool:
        return self.fault.wire in {"hang", "drip"}

    @property
    def own_browser(self) -> bool:
        return self.fault.name in {"browser killed", "SIGTERM"}


@dataclass
class Outcome:
    """How the login ended, and what is wrong with that."""

    cell: Cell
    code: str
    seconds: float
    problems: list[str] = field(default_factory=list)


class JumpingClock(FakeClock):
    """The machine's clock; Upstox's does not jump with it."""

    def __init__(self) -> None:
        super().__init__()
        self.jump = 0.0

    def time(self) -> float:
        return super().time() + self.jump

    def there(self) -> float:
        """Upstox's time."""
        return super().time()


_watching: ContextVar[Watch | None] = ContextVar("watching", default=None)


class Watch(Watcher):
    """Follows a login, breaks the machine where the cell says so, and remembers its processes."""

    def __init__(self, stages: set[str], breaks: Callable[[Watch], None]) -> None:
        self.stages = stages
        self.reached = False
        self.told: list[str] = []
        self.browser: psutil.Process | None = None
        self.processes: list[psutil.Process] = []
        self.crashed: asyncio.Event | None = None
        self.page: Page | None = None
        self.hung_at: float | None = None
        self._deadline: asyncio.Timeout | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._breaks = breaks
        self._own = False
        self._crashing: asyncio.Task[None] | None = None
        self._settled = False

    def of_own_browser(self) -> None:
        """Look for processes, of a browser that nobody else uses."""
        self._own = True

    def step_started(self, step: Step) -> None:
        self._at(step)

    def met(self, state: str) -> None:
        self._at(state)

    async def began(self, step: Step) -> None:
        if step in NO_BROWSER_NEEDED:
            await self.settle()

    async def ending(self) -> None:
        await self.settle()

    def warning(self, text: str) -> None:
        self.told.append(text)

    async def opened(self, page: Page) -> None:
        self.page = page
        browser = page.context.browser
        if not self._own or browser is None:
            return
        cdp = await browser.new_browser_cdp_session()
        found = (await cdp.send("SystemInfo.getProcessInfo"))["processInfo"]
        await cdp.detach()
        pid = next(each["id"] for each in found if each["type"] == "browser")
        self.browser = psutil.Process(pid)
        driver = self.browser.parent()
        assert driver is not None
        assert driver.pid != os.getpid()
        self.processes = [driver, *driver.children(recursive=True)]

    def _at(self, where: str) -> None:
        if where in self.stages and not self.reached:
            self.reached = True
            self._breaks(self)

    def follow(self, deadline: asyncio.Timeout) -> None:
        """Know the limit of the login as a whole."""
        self._deadline, self._loop = deadline, asyncio.get_running_loop()

    def hangs(self) -> None:
        """Let the login's time be up soon: what it waits for will not come."""
        loop, deadline = self._loop, self._deadline
        if self.hung_at is not None or loop is None or deadline is None:
            return
        self.hung_at = time.monotonic()
        loop.call_soon_threadsafe(lambda: deadline.reschedule(loop.time() + HANG_SECONDS))

    def kill_browser(self) -> None:
        """As the kernel does when memory runs out."""
        assert self.browser is not None
        self.browser.kill()

    def crash_tab(self) -> None:
        """Let the page's renderer crash."""
        page = self.page
        assert page is not None
        crashed = self.crashed = asyncio.Event()

        async def crash() -> None:
            cdp = await page.context.new_cdp_session(page)
            with suppress(PlaywrightError):  # a page that crashed does not answer
                await cdp.send("Page.crash")

        page.on("crash", lambda _: crashed.set())
        self._crashing = asyncio.ensure_future(crash())

    async def settle(self) -> None:
        """Let a crash come before the login goes on to evidence, or without its page.

        One that comes while evidence is gathered is the matter of
        tests/evidence/test_record_failures.py.
        It is waited for once: one that nobody was told of by then will never be told of.
        """
        if self.crashed is not None and not self._settled:
            self._settled = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self.crashed.wait(), CRASH_SECONDS)


def tell_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a `Watch` know of the login's limit of time."""

    def limited(limit: asyncio.Timeout) -> None:
        watch = _watching.get()
        if watch is not None:
            watch.follow(limit)

    tell_limits(monkeypatch, limited)


def run_all(
    cells: list[Cell], browser: SharedBrowser, disk: FaultyDisk, home: Path
) -> list[Outcome]:
    """Run the cells, some side by side."""

    def one(number: int, cell: Cell) -> Outcome:
        place = home / f"cell{number}"
        if cell.fault.name == "SIGTERM":
            return run_command(cell, place)
        if cell.own_browser:
            return run(cell, disk, place)
        with browser.used():
            return run(cell, disk, place)

    waiting = all(cell.row.request in WAITING for cell in cells)
    with ThreadPoolExecutor(AT_ONCE * (1 + waiting)) as working:
        return list(working.map(one, range(len(cells)), cells))


def run(cell: Cell, disk: FaultyDisk, home: Path) -> Outcome:
    """Run one cell and look at everything that it may have left."""
    clock = JumpingClock()
    desk = Desk(home, clock)
    reach = cell.row.stage.reach
    folders = (home / "state", home / "traces")

    def breaks(watch: Watch) -> None:
        match cell.fault.name:
            case "browser killed":
                watch.kill_browser()
            case "tab crashed":
                watch.crash_tab()
            case "disk full":
                disk.fill(*folders)
            case "read-only folders":
                disk.lock(*folders)
            case "clock +1 day":
                clock.jump = DAY
            case "clock -1 day":
                clock.jump = -DAY

    watch = Watch({cell.row.stage.name, *reach.also}, breaks)
    if cell.own_browser:
        watch.of_own_browser()
    with FaultyReplica(
        *reach.scenarios,
        clock=clock.there,
        fault=cell.fault.wire,
        request=cell.row.request,
        tweak=reach.tweak,
        met=watch.hangs if cell.hangs else lambda: None,
    ) as replica:
        settings = desk.settings(replica, timeout=TIMEOUT, trace=cell.trace, **reach.settings)
        began = time.monotonic()
        token, error = None, None
        _watching.set(watch)
        try:
            token = login_result(settings, progress=watch, clock=clock).token
        except UpstoxError as raised:
            error = raised
        ended = time.monotonic()
        seen = secrets_of(replica)
        counts = Sent.at(replica)
    disk.mend(*folders)
    if token is not None:
        seen[token.access_token.get_secret_value()] = "access token"
    SECRETS.update(seen)

    outcome = Outcome(cell, "OK" if error is None else error.code, ended - began)
    if not watch.reached:
        outcome.problems.append("the stage was not reached")
    if cell.fault.name == "tab crashed":
        _check_crashed(outcome, watch)
    waited = ended - (watch.hung_at or began)
    if waited > (HANG_SECONDS + CLOSING_SECONDS if watch.hung_at else TIMEOUT):
        outcome.problems.append(f"took {waited:.0f} s")
    _check_told(outcome, error, watch, seen)
    _check_sent(outcome, counts)
    _check_kept(settings, clock, counts, outcome, success=error is None)
    _check_left(desk, watch, outcome, error, seen)
    return outcome


def _check_crashed(outcome: Outcome, watch: Watch) -> None:
    """The crash has come while there was a page: one that comes too late proves nothing."""
    came = watch.crashed is not None and watch.crashed.is_set()
    # A tab that crashes as it is being sent to the first page tells nobody of it.
    if not came and outcome.cell.row.stage.name != "open":
        outcome.problems.append("the tab has not crashed")


def _check_told(
    outcome: Outcome, error: UpstoxError | None, watch: Watch, seen: dict[str, str]
) -> None:
    """The right error, with words that help and hold no secret."""
    problem = outcome.problems.append
    if outcome.code not in outcome.cell.fault.allowed(outcome.cell.row):
        problem(f"ended with {outcome.code}: {error}")
    told = f"{watch.told}"
    if error is not None:
        behind = outcome.cell.row.request in {"approve", "hop"} and outcome.cell.fault.wire
        if behind and error.step != "redirect":
            problem(f"told of the step {error.step}, though the PIN was accepted before")
        if outcome.code == "UNEXPECTED" or not (error.hint and error.message):
            problem(f"not told so that a person can act on it: {error!r}")
        told += f"{error!r} {error} {vars(error)} {error.__cause__!r}"
    for kind in leaks_in(told.encode(), seen):
        problem(f"told the {kind}")


def _check_sent(outcome: Outcome, counts: Sent) -> None:
    """At most one PIN, at most two codes, never the same; without a fault the row's requests."""
    problem = outcome.problems.append
    if len(counts.pins) > 1:
        problem(f"sent {len(counts.pins)} PINs")
    breaks = outcome.cell.fault.wire in BREAKING
    if counts.on_the_wire > (2 if breaks else 1):
        problem(f"the wire saw {counts.on_the_wire} PINs")
    if len(set(counts.codes)) < len(counts.codes) or len(counts.codes) > 2:
        problem(f"sent {len(counts.codes)} codes, {len(set(counts.codes))} different ones")
    if outcome.cell.fault.name == "none":
        wanted = outcome.cell.row.stage.reach.requests
        missing = [each for each in wanted if each not in counts.asked]
        if missing:
            problem(f"was never asked for {missing}")


_TERMINATED = """
import os, signal, sys
from upstox_browser_login.session import seams
from upstox_browser_login.session.login import Watcher
log_in = seams.log_in

class Terminated(Watcher):
    async def began(self, step):
        self.met(step)

    def met(self, state):
        if state in sys.argv[1:]:
            sys.argv[1:] = []
            os.kill(os.getpid(), signal.SIGTERM)

seams.log_in = lambda parts, deadline, progress: log_in(parts, deadline, Terminated())
from upstox_browser_login.cli import main
sys.exit(main(["login", "--debug", "--format", "json"]))
"""


def run_command(cell: Cell, home: Path) -> Outcome:
    """Run the command in a process of its own, which SIGTERM meets as it reaches the stage."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True)
    desk = Desk(home)
    reach = cell.row.stage.reach
    with FaultyReplica(*reach.scenarios, clock=time.time, tweak=reach.tweak) as replica:
        environment = {
            **os.environ,
            **replica.settings(),
            **{f"UPSTOX_{name.upper()}": value for name, value in reach.settings.items()},
            "UPSTOX_STATE_DIR": str(home / "state"),
            "UPSTOX_TRACE_DIR": str(home / "traces"),
            "UPSTOX_TIMEOUT": str(TIMEOUT),
            "TMPDIR": str(temporary),
        }
        began = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-c", _TERMINATED, cell.row.stage.name, *reach.also],
            env=environment,
            cwd=home,
            capture_output=True,
            timeout=TIMEOUT + CLOSING_SECONDS,
            check=False,
        )
        outcome = Outcome(cell, "", time.monotonic() - began)
        settings = desk.settings(replica)
        seen, counts = secrets_of(replica), Sent.at(replica)
    SECRETS.update(seen)
    problem = outcome.problems.append
    try:
        told = json.loads(ended.stdout)
        outcome.code = told["error"]["code"]
        if (told["ok"], told["exit_code"]) != (False, ended.returncode):
            problem(f"printed {told}")
    except (ValueError, KeyError, TypeError):
        problem(f"printed {ended.stdout!r}, {ended.stderr[-500:]!r}")
    if outcome.code not in cell.fault.allowed(cell.row) or ended.returncode != 143:
        problem(f"ended with {outcome.code} and status {ended.returncode}")
    if len(counts.pins) > 1 or len(counts.codes) > 1:
        problem(f"sent {len(counts.pins)} PINs and {len(counts.codes)} codes")
    _check_kept(settings, desk.clock, counts, outcome, success=False)
    for kind in leaks_in(ended.stdout + ended.stderr, seen):
        problem(f"told the {kind}")
    for folder in (home / "traces", home / "state" / "ledger", temporary):
        for name, kinds in leaks_below(folder, seen).items():
            problem(f"{name} holds {kinds}")
    left = [str(path) for path in files_below(temporary)]
    left += [
        f"process {each.pid}"
        for each in psutil.process_iter(["cmdline"])
        if any(str(temporary) in argument for argument in each.info["cmdline"] or ())
    ]
    if left:
        problem(f"left {left}")
    return outcome


BREAKING = {"refused", "reset", "truncated", "tls"}
"""Faults after which Chromium may send a request again by itself."""

_NO_ROOM = {"disk full", "read-only folders"}

SECRETS: dict[str, str] = {}
"""Of all cells of this test: no log may hold any."""


@dataclass
class Sent:
    """What the page has submitted.

    By `X-Request-ID`, which the page makes anew for each call: when a connection that was used
    before breaks, Chromium itself sends the same request again.
    """

    pins: set[str]
    codes: list[str]
    asked: list[str]
    on_the_wire: int
    """So many requests with a PIN have come, Chromium's own included."""

    @classmethod
    def at(cls, replica: FaultyReplica) -> Sent:
        entries = replica.log.snapshot()
        codes = {
            entry.headers.get("x-request-id", ""): str(entry.body["data"]["otp"])
            for entry in entries
            if entry.step == "verify"
        }
        pins = {entry.headers.get("x-request-id", "") for entry in entries if entry.step == "pin"}
        on_the_wire = sum(entry.step == "pin" for entry in entries)
        return cls(pins, list(codes.values()), list(replica.asked), on_the_wire)


def _check_kept(
    settings: Settings, clock: FakeClock, counts: Sent, outcome: Outcome, *, success: bool
) -> None:
    problem = outcome.problems.append
    try:
        found = open_store(settings).load(token_key(settings))
        history = Ledger(
            open_ledger_documents(settings), account_key(settings), now=clock.time
        ).history()
    except UpstoxError as error:
        problem(f"left something unreadable: {error}")
        return
    if success and (found is None or found.access_token.get_secret_value() == ""):
        problem("a login that went well has stored no token")
    # SIGTERM may come as the token is on its way to the disk.
    if found is not None and not success and outcome.cell.fault.name != "SIGTERM":
        problem("a login that failed has stored a token")
    for what, sent in (("code", len(counts.codes)), ("pin", len(counts.pins))):
        known = sum(each.what == what for each in history)
        if known < sent:
            problem(f"the ledger knows of {known} of {sent} submissions ({what})")


def _check_left(
    desk: Desk, watch: Watch, outcome: Outcome, error: UpstoxError | None, seen: dict[str, str]
) -> None:
    """Evidence where it was asked for, no secret in it; no process, no file of the moment."""
    problem = outcome.problems.append
    home, cell = desk.home, outcome.cell
    for folder in (home / "traces", home / "state" / "ledger", home / "state" / "locks"):
        for name, kinds in leaks_below(folder, seen).items():
            problem(f"{name} holds {kinds}")
    evidence = desk.evidence
    if error is not None and cell.trace != "off" and cell.fault.name not in _NO_ROOM:
        if [str(path) for path in evidence] != [error.trace]:
            problem(f"the evidence is {evidence}, but {error.trace} is told")
    elif evidence:
        problem(f"left {evidence}")
    _, alive = psutil.wait_procs(watch.processes, timeout=60)
    if alive:
        problem(f"left processes: {alive}")
    passing = re.compile(r"\.ubl-tmp$|/\.partial-|/probe-")
    left = [str(path) for path in files_below(home) if passing.search(str(path))]
    if left:
        problem(f"left files: {left}")
