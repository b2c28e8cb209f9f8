"""Hears one login, and keeps all of it in memory until what is personal is out of it."""

from __future__ import annotations

import asyncio
import platform
import re
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from random import Random
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit

from msgspec import to_builtins

from upstox_browser_login._version import __version__
from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.evidence.bundle import LARGEST
from upstox_browser_login.evidence.record import OF_A_RECORDING
from upstox_browser_login.page.next import Fill
from upstox_browser_login.page.timing import DEFAULT as TIMING
from upstox_browser_login.page.wire.recorded import CALLS
from upstox_browser_login.redaction import redactor
from upstox_browser_login.session import Progress, StepTime
from upstox_browser_login.session.login import Watcher
from upstox_browser_login.settings import Settings, is_loopback, is_upstox_host

from .bundle import FORMAT, PIN_CODE
from .capture import Capture
from .clean import Cleaned, Raw, RawPage, clean
from .moments import Marks, Moments, marks_of, states
from .moments import told as words_of
from .personal import sent_numbers
from .pictures import draw
from .standins import StandIns
from .times import EPOCH

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from playwright.async_api import Page
    from pydantic import SecretStr

    from upstox_browser_login.http import Client
    from upstox_browser_login.page.next import Next
    from upstox_browser_login.page.redirect import Witness
    from upstox_browser_login.page.states.fields import Purpose
    from upstox_browser_login.page.view import View


T = TypeVar("T")

ANSWER_SECONDS = 2.0
"""How long the page may take to hand over its HTML, or what it says to a screen reader."""


How = Literal["headless", "headed", "watch"]


class NothingKeptError(UpstoxError):
    """What was recorded may not be kept, and nothing of it is."""


class Recording(Watcher):
    """Hears one login. What a person is told goes on to `told`."""

    def __init__(
        self,
        settings: Settings,
        told: Progress,
        *,
        by_hand: bool = False,
        rng: Random | None = None,
    ) -> None:
        self._settings = settings
        self._told = told
        self._by_hand = by_hand
        self._rng = rng or secrets.SystemRandom()
        self._capture = Capture(time.monotonic)
        self.started_at = time.time()
        self._moments: Moments | None = None
        self._looks: list[dict[str, Any]] = []
        self._met: list[tuple[float, Marks]] = []
        self._pages: dict[str, RawPage] = {}
        self._pictured: set[tuple[str, str]] = set()
        self._steps: list[StepTime] = []
        self._page: Page | None = None
        self._typed: list[tuple[Purpose | None, str]] = []
        self._typed_at: float | None = None
        self._unread: set[str] = set()
        self._browser = ""
        self.cleaned: Cleaned | None = None
        self.pictures: dict[str, bytes] = {}

    # -- what a login tells ------------------------------------------------------------------------

    def step_started(self, step: Step) -> None:
        """Tell the person."""
        self._told.step_started(step)

    def step_done(self, step: Step, seconds: float) -> None:
        """Keep how long it took, and tell the person."""
        self._steps.append(StepTime(step, round(seconds, 3)))
        self._told.step_done(step, seconds)

    def sending(self, step: Step) -> None:
        """Tell the person."""
        self._told.sending(step)

    def warning(self, text: str) -> None:
        """Tell the person."""
        self._told.warning(text)

    def waiting(self, text: str) -> None:
        """Tell the person."""
        self._told.waiting(text)

    def failed(self, error: UpstoxError) -> None:
        """Tell the person."""
        self._told.failed(error)

    async def pause(self) -> bool:
        """Ask whoever is told."""
        return await self._told.pause()

    async def hold(self, error: UpstoxError) -> None:
        """Let whoever is told hold the window."""
        await self._told.hold(error)

    # -- what a recording hears --------------------------------------------------------------------

    def client(self, base_url: str, proxy: SecretStr | None) -> Client:
        """A client whose calls are heard."""
        from upstox_browser_login.http import prepare

        return prepare(base_url, proxy=proxy, hears=self._capture)

    @property
    def witness(self) -> Witness | None:
        """Who hears all requests of the login's windows."""
        return self._capture

    async def opened(self, page: Page) -> None:
        """Hear this window as well."""
        self._page = page
        browser = page.context.browser
        self._browser = browser.version if browser is not None else ""
        if self._moments is None:  # no fresh start of a login under way
            self._capture.begin()
            self._moments, self.started_at = Moments(self._capture.began), time.time()
        await self._capture.open(page)
        if isinstance(self._told, Watcher):
            await self._told.opened(page)

    def decided(self, view: View, step: Next) -> None:
        """Keep what has changed since the decision before."""
        marks = marks_of(view)
        if self._moments is not None:
            self._looks += self._moments.lines(view, step, marks)
        if isinstance(step, Fill):
            self._types()
        if not self._met or self._met[-1][1].state != marks.state:
            self._met.append((max(0.0, round(view.now - self._capture.began, 3)), marks))

    async def before(self, view: View, step: Next) -> bool:
        """Take the page as it stands before each thing that is done to it."""
        doing = words_of(step)
        if doing == "wait":
            return False
        state = marks_of(view).state
        if not state or (state, doing) in self._pictured:
            return False
        self._pictured.add((state, doing))
        await self._take(state)
        return True

    def typed(self, purpose: Purpose | None, text: str | None, where: str = "") -> None:
        """Remember what a person types, and that something could not be read."""
        self._types()
        if text is None:
            self._unread.add(where or "a field")
        else:
            self._typed.append((purpose, text))

    def _types(self) -> None:
        """Note when something is typed first: whatever comes later may be of one person alone."""
        if self._typed_at is None:
            self._typed_at = self._capture.at

    async def _take(self, state: str) -> None:
        page = self._page
        if page is None or page.is_closed():
            return
        html = await _answer(page.content())
        if html is None or len(html) > LARGEST:
            return
        aria = await _answer(page.locator("body").aria_snapshot(timeout=ANSWER_SECONDS * 1000))
        self._pages[state] = RawPage(page.url, html, aria)

    @property
    def unhurried(self) -> float:
        """How long the trace may take, which is made as evidence is."""
        return OF_A_RECORDING

    async def ending(self) -> None:
        """Clean what was heard while the browser can still draw it."""
        capture = self._capture
        capture.close()
        raw = Raw(
            capture.whole(), capture.sockets, self._looks, self._pages, typed_at=self._typed_at
        )
        settings = self._settings
        self.cleaned = await asyncio.to_thread(
            clean,
            raw,
            self._secrets(),
            began=self.started_at,
            redirect_uri=settings.redirect_uri,
            rng=self._rng,
        )
        _tell_redactor(self.cleaned.stand_ins)
        page = self._page
        browser = None if page is None else page.context.browser
        if browser is not None and browser.is_connected():
            self.pictures = await draw(browser, self.cleaned)

    def _secrets(self) -> dict[str, str]:
        found = redactor.secrets()
        found[self._settings.secret("username")] = "mobile number"
        for purpose, text in self._typed:
            found.setdefault(text, _KINDS.get(purpose or "", "typed text"))
        if self._by_hand:
            heard = self._capture
            for text in sent_numbers(heard.exchanges, heard.sockets, self._typed_at):
                found.setdefault(text, "typed text")
        if self._settings.client_id is not None:
            found[self._settings.client_id] = "API key"
        return found

    # -- what comes of it --------------------------------------------------------------------------

    def refuse_unread(self, error: UpstoxError | None = None) -> None:
        """Raise `NothingKeptError` where a person has typed what could not be read, or nothing.

        What nobody knows cannot be sought in what was recorded. `error` is that of the login.
        """
        if not self._by_hand:
            return
        if error is not None and self._is_untouched():
            raise NothingKeptError(
                "Nothing was typed in the window, so there was no login to record.",
                hint="Nothing was kept. Run again, and log in in the window that opens.",
            )
        known = {purpose for purpose, _ in self._typed}
        sent = {marks.state for _, marks in self._met} & {"mobile", "otp", "pin", "password"}
        passed = {each for each in sent - known if self._was_passed(each)}
        places = [*sorted(self._unread), *(f"the {each} field" for each in sorted(passed))]
        if places:
            raise NothingKeptError(
                f"What was typed into {' and '.join(places)} could not be read, so it cannot be "
                "taken out.",
                hint="Nothing was kept. The login itself was not affected.",
            )

    def _is_untouched(self) -> bool:
        """Whether the first form of the login stood to the end, and nothing was typed or sent."""
        states = {marks.state for _, marks in self._met if marks.state}
        heard = self._typed or self._unread or any(self._counts().values())
        return not heard and states in ({"mobile"}, {"otp"}, {"pin"}, {"password"})

    def _was_passed(self, state: str) -> bool:
        """Whether another state followed this one: then something was typed there."""
        met = [marks.state for _, marks in self._met if marks.state]
        return state in met and met.index(state) < len(met) - 1

    def about(self, name: str, error: UpstoxError | None, how: How) -> dict[str, Any]:
        """What `recording.json` says."""
        assert self.cleaned is not None  # noqa: S101  (made as the login ended)
        stand_ins, settings = self.cleaned.stand_ins, self._settings
        hosts = {
            urlsplit(line["url"]).hostname or ""
            for line in self.cleaned.exchanges
            if line.get("type") == "document" and line.get("frame") == "main" and line["response"]
        }
        base = urlsplit(settings.api_base_url).hostname or ""
        source = "upstox" if is_upstox_host(base) else "replica" if is_loopback(base) else "other"
        return {
            "format": FORMAT,
            "name": name,
            "source": source,
            "made_by": {
                "upstox-browser-login": __version__,
                "playwright": version("playwright"),
                "chromium": self._browser,
                "python": platform.python_version(),
                "os": sys.platform,
            },
            "epoch": EPOCH.isoformat().replace("+00:00", "Z"),
            "seconds": round(self._capture.at, 3),
            "how": how,
            "timing": to_builtins(TIMING),
            "api_base_url": settings.api_base_url,
            "redirect_uri": stand_ins.of(settings.redirect_uri or ""),
            "client_id": stand_ins.of(settings.client_id or ""),
            "account": self._account(),
            "login_hosts": sorted(hosts),
            "ending": {
                "ok": error is None,
                "code": None if error is None else error.code,
                "upstox_code": None if error is None else error.upstox_code,
                "step": None if error is None else error.step,
            },
            "steps": [to_builtins(each) for each in self._steps],
            "states": [asdict(each) for each in states(self._met)],
            "counts": self._counts(),
            "time_fields": self.cleaned.time_fields,
            "volatile": self.cleaned.volatile,
            "replaced": dict(stand_ins.replaced.most_common()),
        }

    def _account(self) -> dict[str, str | None]:
        assert self.cleaned is not None  # noqa: S101  (see `about`)
        of, settings = self.cleaned.stand_ins.of, self._settings
        pin, password = settings.pin_code, settings.password
        # What was typed last may be only a part, or what was left when it was taken back. On a page
        # that nobody knows yet, the PIN is the last number that was typed.
        whole = [each for each in self._typed if re.fullmatch(PIN_CODE, each[1])]
        typed = [text for purpose, text in whole if purpose == "pin"]
        typed = typed or [text for purpose, text in whole if purpose is None]
        plain = typed[-1] if typed else None if pin is None else pin.get_secret_value()
        return {
            "username": of(settings.secret("username")),
            # Of a login without a PIN, as one that was approved on a phone, any will do.
            "pin_code": "000000" if plain is None else of(plain),
            "password": None if password is None else of(password.get_secret_value()),
        }

    def _counts(self) -> dict[str, int]:
        assert self.cleaned is not None  # noqa: S101  (see `about`)
        counts = dict.fromkeys(CALLS, 0)
        for line in self.cleaned.exchanges:
            if line.get("method") != "POST" or line["failed"] == "blocked":
                continue
            path = urlsplit(line["url"]).path
            for name, pattern in CALLS.items():
                counts[name] += pattern.search(path) is not None
        return counts


def _tell_redactor(stand_ins: StandIns) -> None:
    """Let evidence, whose trace a recording takes, know all that is personal as well."""
    for value, kind in stand_ins.values.items():
        redactor.register(value, kind)


_KINDS = {"mobile": "mobile number", "otp": "TOTP code", "pin": "pin code", "password": "password"}


async def _answer(call: Awaitable[T]) -> T | None:
    """Await a page's answer; None where it does not come in time."""
    with suppress(Exception):
        async with asyncio.timeout(ANSWER_SECONDS):
            return await call
    return None
