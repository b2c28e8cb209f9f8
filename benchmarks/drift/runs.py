"""One login of the product against one page, and the verdict on it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError

from .change import TOKEN, Case
from .server import Site
from .shared import SharedBrowser
from .world import CLIENT_ID, CLIENT_SECRET, MOBILE, PERIOD, PIN, SEED, World

LIMIT = 20
"""Seconds that a login may take, as its setting says."""

GRACE = 5.0
"""Seconds beyond the limit within which a login must have ended."""

REDIRECT_URI = "https://callback.invalid/upstox?tenant=7"
SURVIVED, STOPPED, UNSAFE = "survived", "stopped", "UNSAFE"
REFUSALS = {
    "MOBILE_REJECTED",
    "TOTP_REJECTED",
    "TOTP_NOT_ENABLED",
    "PIN_REJECTED",
    "ACCOUNT_INACTIVE",
    "ACCOUNT_LOCKED",
    "RATE_LIMITED",
    "AUTHORIZATION_DENIED",
}
"""Errors by which a login says that Upstox has refused something."""


@dataclass(frozen=True)
class Run:
    """What came of one page."""

    name: str
    categories: tuple[str, ...]
    expected: str
    code: str
    verdict: str
    seconds: float
    message: str = ""
    step: str | None = None
    unsafe: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return asdict(self)


class QuickClock(Clock):
    """A clock that skips long waits, such as those for the next code."""

    def __init__(self) -> None:
        self.offset = 0.0

    def time(self) -> float:
        """Seconds since the epoch, and all that was skipped."""
        return time.time() + self.offset

    async def sleep(self, seconds: float) -> None:
        """Skip what is longer than a second."""
        if seconds > 1:
            self.offset += seconds
            seconds = 0
        await asyncio.sleep(seconds)


@dataclass
class Ears:
    """Hears what the page tells of its fields: through Playwright, and so without a request."""

    heard: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, _source: object, text: str) -> None:
        """Take one message of the page."""
        self.heard.append(json.loads(text))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within the block every new context tells."""
        from playwright.async_api import Browser

        original = Browser.new_context

        async def new_context(browser: Browser, *args: Any, **options: Any) -> Any:
            context = await original(browser, *args, **options)
            await context.expose_binding("__driftTell", self.hear)
            return context

        with patch.object(Browser, "new_context", new_context):
            yield


@dataclass(frozen=True)
class Ended:
    """How a login ended: `TOKEN`, or an error's code, message and step."""

    code: str
    message: str = ""
    step: str | None = None


Login = Callable[[Site, Path, Clock, int], Ended]
"""Logs in at a site, keeping its state in a folder, by a clock, within a limit in seconds."""


def run_login(
    site: Site,
    case: Case,
    seed: int,
    *,
    limit: int = LIMIT,
    shared: SharedBrowser | None = None,
    login: Login | None = None,
) -> Run:
    """Log in to *case*'s page with the whole of the product, and judge what happened.

    The product starts a browser of its own, or uses a *shared* one. Another *login* may be judged
    in its place.
    """
    clock, ears = QuickClock(), Ears()
    world = World(case.options, clock.time, REDIRECT_URI, seed=seed)
    site.open(world)
    with tempfile.TemporaryDirectory(prefix="drift-", ignore_cleanup_errors=True) as home:
        began = time.monotonic()
        with ears.listening(), shared.used() if shared else nullcontext():
            ended = (login or log_in)(site, Path(home), clock, limit)
        seconds = time.monotonic() - began
        unsafe = tuple(
            dict.fromkeys(
                [
                    *wrong_fields(ears.heard, world),
                    *unheard(ears.heard, world),
                    *sent_elsewhere(world),
                    *sent_again(world),
                    *done_for_a_person(ears.heard, case),
                    *invented(world, ended.code, ledgers_below(Path(home))),
                    *believed(world, ledgers_below(Path(home))),
                    *([] if seconds < limit + GRACE else [f"no end within {limit + GRACE:.0f} s"]),
                ]
            )
        )
    wrong = ended.code == TOKEN and case.expect != TOKEN
    verdict = UNSAFE if unsafe else SURVIVED if ended.code == case.expect else STOPPED
    return Run(
        name=case.name,
        categories=tuple(each.category for each in case.changes),
        expected=case.expect,
        code=ended.code,
        verdict=verdict,
        seconds=round(seconds, 2),
        message=ended.message if not wrong else "a token where none was to be had",
        step=ended.step,
        unsafe=unsafe,
    )


def log_in(site: Site, home: Path, clock: Clock, limit: int) -> Ended:
    """Log in with the product, as a program that uses the library does."""
    from upstox_browser_login.session import login_result
    from upstox_browser_login.settings import Settings

    values: dict[str, Any] = {
        "username": MOBILE,
        "pin_code": PIN,
        "totp_secret": SEED,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uri": REDIRECT_URI,
        "api_base_url": site.api,
        "state_dir": home / "state",
        "trace": "off",
        "timeout": limit,
    }
    settings = Settings(**values)
    found: list[Ended] = []
    given_up = threading.Event()

    def work() -> None:
        try:
            login_result(settings, clock=clock, cancelled=given_up)
        except UpstoxError as error:
            found.append(Ended(error.code, error.message, error.step))
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is a finding)
            found.append(Ended(type(error).__name__, str(error)))
        else:
            found.append(Ended(TOKEN))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limit + GRACE + 1)
    if thread.is_alive():
        given_up.set()
        thread.join(20)
        return Ended("NO_END", "The login had to be stopped.")
    return found[0]


# -- what is unsafe --------------------------------------------------------------------------------


def wrong_fields(heard: list[dict[str, Any]], world: World) -> list[str]:
    """Fields that held, or keys that met, what does not belong there.

    The page tells the boxes of one field together: it is what all of them hold that counts, since
    each digit of a PIN is a digit of some code as well.
    """
    right = {
        "mobile": [MOBILE, f"91{MOBILE}", f"0{MOBILE}"],
        "otp": codes_about_now(world),
        "pin": [PIN],
        "country": ["91"],
    }
    found = []
    for each in heard:
        role = str(each.get("role"))
        for boxes in each.get("fields", ()):
            if role not in right:
                if any(boxes):
                    found.append(f"something typed into: {role}")
            elif not any(is_beginning(boxes, whole) for whole in right[role]):
                found.append(f"something else typed into: {role}")
    return found


def is_beginning(boxes: list[str], whole: str) -> bool:
    """Whether the boxes of a field hold the first digits of *whole*, and none is left out."""
    parts = ["".join(sign for sign in box if sign.isdigit()) for box in boxes]
    filled = [bool(part) for part in parts]
    return whole.startswith("".join(parts)) and filled == sorted(filled, reverse=True)


def codes_about_now(world: World) -> list[str]:
    """The codes that a login can have had."""
    from pyotp import TOTP

    window = int(world.clock() // PERIOD)
    return [TOTP(SEED).generate_otp(each) for each in range(window - 4, window + 3)]


def sent_elsewhere(world: World) -> list[str]:
    """Calls that carried something else than what they are for: a PIN as a code, or half a PIN."""
    carried = {
        "mobile number": (world.mobiles, [MOBILE]),
        "code": (world.codes, codes_about_now(world)),
        "PIN": (world.pins, [PIN]),
    }
    return [
        f"something else sent as the {what}"
        for what, (sent, right) in carried.items()
        if not set(sent) <= set(right)
    ]


def unheard(heard: list[dict[str, Any]], world: World) -> list[str]:
    """Say so where a number was sent and no field told of it: then nothing is known of the fields.

    This happens where a login makes its context by another way than the one listened at.
    """
    told = any(each.get("role") == "mobile" for each in heard)
    return ["the page's fields were not heard"] if world.mobiles and not told else []


def sent_again(world: World) -> list[str]:
    """Credentials that came more than once over the wire."""
    found = []
    if len(world.pins) > 1:
        found.append(f"{len(world.pins)} PINs sent")
    if len(world.codes) > len(set(world.codes)):
        found.append("a code sent twice")
    if len(set(world.codes)) > 2:
        found.append(f"{len(set(world.codes))} codes sent")
    if len(world.exchanged) > len(set(world.exchanged)):
        found.append("an authorization code exchanged twice")
    return found


def done_for_a_person(heard: list[dict[str, Any]], case: Case) -> list[str]:
    """What was pressed on a page that only the account's owner may answer."""
    deeds = [f"did for the account: {each['deed']}" for each in heard if each.get("deed")]
    if case.expect != "ACTION_REQUIRED":
        return deeds
    return deeds + [
        f"pressed what is a person's: {each.get('astray') or each['agreed']}"
        for each in heard
        if each.get("astray") or each.get("agreed")
    ]


def invented(world: World, code: str, ledgers: list[dict[str, Any]]) -> list[str]:
    """Refusals that were reported or recorded, and that no server gave."""
    found = []
    if code in REFUSALS and code not in world.refusals:
        found.append(f"reported {code}, which nobody said")
    for ledger in ledgers:
        found += [
            f"recorded {name}, which nobody said"
            for name in booked_in(ledger)
            if name not in world.refusals
        ]
    return found


def believed(world: World, ledgers: list[dict[str, Any]]) -> list[str]:
    """Credentials that were recorded as accepted, though no server said so."""
    calls = {"pin": "pin", "code": "verify"}
    return [
        f"recorded the {each['what']} as accepted, which nobody said"
        for ledger in ledgers
        for each in ledger.get("entries", ())
        if each["outcome"] == "accepted" and calls.get(each["what"], "") not in world.accepted
    ]


_BOOKED = {
    "pin refused": "PIN_REJECTED",
    "code refused": "TOTP_REJECTED",
    "account locked": "ACCOUNT_LOCKED",
    "rate limited": "RATE_LIMITED",
}
"""What an entry of a ledger holds against the account, by its outcome or what was refused."""


def booked_in(ledger: dict[str, Any]) -> list[str]:
    """What a ledger holds against the account, as the codes of errors."""
    entries = ledger.get("entries", ())
    told = [each["outcome"] for each in entries]
    told += [f"{each['what']} {each['outcome']}" for each in entries]
    return list(dict.fromkeys(_BOOKED[each] for each in told if each in _BOOKED))


def ledgers_below(home: Path) -> list[dict[str, Any]]:
    """Read what the product has recorded of refusals."""
    found = []
    for path in home.rglob("*ledger-*"):
        try:
            found.append(json.loads(path.read_bytes()))
        except (OSError, ValueError):
            continue
    return [each for each in found if isinstance(each, dict)]


# -- many runs -------------------------------------------------------------------------------------


def be_quiet() -> None:
    """Let the product log nothing, and find no settings in the environment."""
    logging.getLogger("upstox_browser_login").setLevel(logging.CRITICAL)
    for name in [name for name in os.environ if name.startswith("UPSTOX_")]:
        if name != "UPSTOX_BROWSER_PATH":
            del os.environ[name]


def worker(pipe: Any, limit: int, fresh: bool) -> None:
    """Take cases from *pipe* and answer with runs, until `None` comes.

    One browser serves them all, unless each is to have a *fresh* one.
    """
    be_quiet()
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (for the process's life)
    shared = None if fresh else SharedBrowser.start()
    with Site() as site:
        while (job := pipe.recv()) is not None:
            case, seed = job
            pipe.send(run_login(site, case, seed, limit=limit, shared=shared))
    if shared is not None:
        shared.stop()


@dataclass
class Crew:
    """Workers, each with one run at a time; one that hangs is replaced."""

    jobs: int
    seed: int
    limit: int = LIMIT
    fresh: bool = False

    def run(self, cases: list[Case], told: Callable[[Run], None]) -> list[Run]:
        """Run all; *told* hears each as it ends."""
        todo = list(enumerate(cases))
        todo.reverse()
        runs: dict[int, Run] = {}
        lock = threading.Lock()

        def keep_busy() -> None:
            hand = _Hand(self.limit, self.fresh)
            try:
                while True:
                    with lock:
                        if not todo:
                            return
                        number, case = todo.pop()
                    run = hand.work(case, self.seed + number)
                    with lock:
                        runs[number] = run
                        told(run)
            finally:
                hand.stop()

        threads = [threading.Thread(target=keep_busy) for _ in range(max(1, self.jobs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [runs[number] for number in sorted(runs)]


class _Hand:
    """One worker process."""

    def __init__(self, limit: int, fresh: bool) -> None:
        self._limit = limit
        self._fresh = fresh
        self._process: Any = None
        self._pipe: Any = None

    def work(self, case: Case, seed: int) -> Run:
        """Let the process run *case*."""
        if self._process is None:
            self._start()
        try:
            self._pipe.send((case, seed))
            if self._pipe.poll(self._limit + GRACE + 40):
                run: Run = self._pipe.recv()
                return run
        except (EOFError, OSError):
            pass  # the process is gone, which its end of the pipe tells in either way
        self._kill()
        categories = tuple(each.category for each in case.changes)
        told = ("no end: the process hung or died",)
        return Run(case.name, categories, case.expect, "NO_END", UNSAFE, 0.0, unsafe=told)

    def _start(self) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=worker, args=(theirs, self._limit, self._fresh), daemon=True
        )
        self._process.start()
        theirs.close()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = None

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            with suppress(OSError):
                self._pipe.send(None)
            self._process.join(10)
            self._kill()
