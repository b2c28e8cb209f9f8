"""Watches a person log in: types nothing, presses nothing, and catches the redirect.

What the person types is told to the recorder and to the redactor only. The ledger is not asked
before, since no program can keep a person from typing. It is told Upstox's answers, which concern
the account whoever has typed: a refused PIN counts towards the lock, a lock and a stated wait stop
later logins, and a success lifts earlier refusals. A refused code is not counted, since it may have
come by SMS and says nothing of the seed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec.structs import replace
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.errors import BrowserError
from upstox_browser_login.redaction import redactor

from . import endings
from .cdp import Session, start
from .decide import decide
from .fields.choice import candidates
from .here import Form, Here
from .job import Job
from .look import WORLD
from .next import End
from .outcome import outcome
from .said import refuses_pin, stated_wait
from .states.fields import STEPS, Purpose
from .view import View
from .walk import ORDER, Walk
from .window import Window
from .wire.calls import CARRIED

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Frame, Page

log = logging.getLogger(__name__)

TYPED = "uplTyped"
"""The function by which `hand.js` tells what was typed."""

_WHOLE: Mapping[Purpose, str] = {
    "mobile": r"[6-9]\d{9}",
    "otp": r"\d{6}",
    "pin": r"\d{4,6}",
    "password": r".{4,}",
}
"""Texts that are whole enough to be searched for in what the page sends."""

_KINDS: Mapping[Purpose | None, str] = {
    "mobile": "mobile number",
    "otp": "TOTP code",
    "pin": "pin code",
    "password": "password",
    None: "typed text",
}

_POLL = 0.25

_HOLDS = """[...document.querySelectorAll("input, textarea, [contenteditable]")]
    .some((each) => each.type !== "hidden" && Boolean(each.value ?? each.textContent))"""


class ByHand(Walk):
    """The walk of a login that a person types."""

    _typed: str = ""
    """The content of the field that was typed into last."""
    _booked: frozenset[str] = frozenset()
    """Calls whose refusal the ledger has been told of."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> str:
        """Wait until the person has logged in, and answer the address of the redirect."""
        try:
            return await super().run()
        except BrowserError as error:
            error.message = "The window was closed before the login was done."
            error.hint = "Run again, and leave the window open until it closes by itself."
            raise

    async def _open_window(self) -> Window:
        window = await super()._open_window()
        session = window.session
        session.on("Runtime.bindingCalled", lambda event: self._on_typed(window, event))
        await hear(session)
        self._hear_frames(window, window.page)
        window.context.on("page", lambda page: start(self._hear_page(window, page), self._tasks))
        return window

    def _hear_frames(self, window: Window, page: Page) -> None:
        page.on("framenavigated", lambda frame: start(self._hear_frame(window, frame), self._tasks))

    async def _hear_page(self, window: Window, page: Page) -> None:
        """Hear that something is typed into another window, but not what."""
        self._hear_frames(window, page)
        session = await self._hear_other(window, page, "a window of")
        if session is None or await _holds_text(session):
            # It was there before anybody could listen.
            self._typed_elsewhere(page.url, "a window of")

    async def _hear_frame(self, window: Window, frame: Frame) -> None:
        """Hear that something is typed into a frame of another site, but not what.

        Only such a frame is in a process of its own.
        """
        if frame.parent_frame is not None:
            await self._hear_other(window, frame, "a frame of")

    async def _hear_other(
        self, window: Window, other: Page | Frame, what: str
    ) -> CDPSession | None:
        """The session that hears it; None if the page's session does, or the frame is gone."""
        with suppress(PlaywrightError):
            session = await window.context.new_cdp_session(other)
            session.on("Runtime.bindingCalled", lambda _: self._typed_elsewhere(other.url, what))
            await session.send("Page.enable")
            await session.send("Runtime.enable")
            await hear(session)
            return session
        return None

    async def _end(self, window: Window, end: End) -> None:
        """Raise Upstox's last refusal after the window was closed. The ledger knows of it."""
        raise endings.error_of(end, end.step or self._course.step, window.place)

    async def _act(self, window: Window, view: View, here: Here) -> None:
        """Report what the walk would do, and wait for the person to do it."""
        if self._job.ready is not None:
            await self._job.ready()
        step = decide(view, here)
        self._job.narrator.decided(view, step)
        await self._job.narrator.before(view, step)
        if isinstance(here, Form) and ORDER.index(STEPS[here.purpose]) > ORDER.index(
            self._course.step
        ):
            await self._course.enter(STEPS[here.purpose])
        self._note_submitted(window)
        self._book_refused(view)
        await self._course.wait(_POLL)

    def _book_left(self, window: Window) -> None:
        self._book_refused(self._course.view(window))

    def _on_typed(self, window: Window, event: Mapping[str, Any]) -> None:
        frame = window.eyes.frame_of(int(event.get("executionContextId", -1)))
        if event.get("name") != TYPED or frame is None or self._job.typed is None:
            return
        told = json.loads(str(event["payload"]))
        text = told["text"]
        if not isinstance(text, str):
            self._job.typed(None, None, "a field")
            return
        if frame and not window.eyes.may_type(frame):
            redactor.register(text, _KINDS[None])
            self._typed_elsewhere(window.eyes.origin(frame))
            return
        view = self._course.view(window)
        purpose = _purpose_of(view, int(told["n"]), frame)
        if purpose in {"mobile", "otp", "pin"}:
            text = re.sub(r"\D", "", text)
        # A page shows a number in groups and sends it without blanks.
        other = re.sub(r"[\s-]", "", text) if purpose is None else text
        for each in dict.fromkeys((text, other)):
            redactor.register(each, _KINDS[purpose])
            self._job.typed(purpose, each, "")
        if purpose is not None and window.eyes.may_type(frame):
            self._take(window, purpose, int(told["n"]), text)

    def _typed_elsewhere(self, address: str, what: str = "a frame of") -> None:
        """Report that something was typed into a frame of another site or into another window.

        Only the place is reported and never the text, which may belong to another site.
        """
        if self._job.typed is not None:
            host = urlsplit(address).hostname or "another site"
            self._job.typed(None, None, f"{what} {host}")

    def _take(self, window: Window, purpose: Purpose, n: int, text: str) -> None:
        """Remember what was typed, as the walk remembers what it types itself."""
        now, sent = self._course.now(), self._course.sent
        if purpose in {"otp", "pin"}:
            self._job.narrator.sends(STEPS[purpose])
        window.gate.typing()
        goes_on = sent.last == purpose and not self._carriers(window)
        self._course.sent = replace(
            sent,
            last=purpose,
            typed_at=sent.typed_at if goes_on else now,
            field=n,
            fills=1,
            pressed_at=None,
            acted_at=now,
        )
        if not goes_on:
            self._course.sent = replace(
                self._course.sent, accepted=self._course.sent.accepted - {purpose}
            )
            self._course.forget_complaints()
        self._typed = text
        if re.fullmatch(_WHOLE[purpose], text):
            window.ears.look_out_for(CARRIED[purpose], text)
        self._course.changed.set()

    def _carriers(self, window: Window) -> list[str]:
        """The calls that have carried what was typed last."""
        sent = self._course.sent
        if sent.last is None:
            return []
        traffic = window.ears.traffic
        return [each.id for each in traffic.carriers(CARRIED[sent.last], sent.typed_at)]

    def _note_submitted(self, window: Window) -> None:
        """Note that the page has sent what was typed. A number must be the settings' own."""
        last = self._course.sent.last
        if last is None or not self._carriers(window):
            return
        if last == "mobile" and self._typed != self._job.account.mobile:
            raise endings.another_number_typed()
        self._course.sent = self._course.sent.with_sent(last)

    def _book_refused(self, view: View) -> None:
        """Tell the ledger, once, what Upstox's answer means for the account."""
        came = outcome(view)
        call = came.call
        if came.state != "failed" or call is None or call.answer is None:
            return
        if call.id in self._booked or call.answer.ok is not False:
            return
        self._booked |= {call.id}
        attempts, answer, pin = self._job.attempts, call.answer, self._typed
        said = answer.said
        of_pin = view.sent.last == "pin" and said is not None and refuses_pin(said)
        match "pin refused" if of_pin else answer.meaning:
            case "pin refused" if view.sent.last == "pin":
                self._course.record(lambda: attempts.pin_refused_by_hand(pin))
            case "locked":
                self._course.record(attempts.account_locked)
            case "rate limited":
                wait = stated_wait(said.text) if said is not None else None
                number = said.code if said is not None else None
                self._course.record(lambda: attempts.rate_limited(wait, number))
        if said is not None:
            self._job.narrator.seen(f"refused: {answer.meaning}", said.text)


async def _holds_text(session: CDPSession) -> bool:
    """Whether a field of this window holds any text; true if the window is gone."""
    try:
        told = await session.send("Runtime.evaluate", {"expression": _HOLDS, "returnByValue": True})
    except PlaywrightError:
        return True
    return told.get("result", {}).get("value") is not False


async def hear(session: Session) -> None:
    """Report what is typed into the present and future frames of `session`."""
    await session.send("Runtime.addBinding", {"name": TYPED, "executionContextName": WORLD})
    script = files(__package__).joinpath("hand.js").read_text("utf-8")
    await session.send(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": script, "worldName": WORLD, "runImmediately": True},
    )


def _purpose_of(view: View, n: int, frame: str) -> Purpose | None:
    """The credential that the field takes; None if that is not certain."""
    found = candidates(view.look, view.sent, view.traffic, view.marks)
    return next(
        (
            each.purpose
            for each in found
            if each.holds and (each.field.n, each.field.frame) == (n, frame)
        ),
        None,
    )
