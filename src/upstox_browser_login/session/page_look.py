"""A look at Upstox's page as a login meets it, by which nothing is typed or pressed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError, UpstoxUnavailableError
from upstox_browser_login.page.marks import Marks, read_marks
from upstox_browser_login.redaction import beginning
from upstox_browser_login.settings import Settings

from . import seams
from .parts import Deadline

if TYPE_CHECKING:
    from upstox_browser_login.browser.launch import OpenBrowser
    from upstox_browser_login.evidence.record import Recorder
    from upstox_browser_login.page.distance import Standing
    from upstox_browser_login.page.next import Next
    from upstox_browser_login.page.offers import Offer
    from upstox_browser_login.page.origins import Origins
    from upstox_browser_login.page.walk import Glance, Walk

SUBJECT = "Look at the login page"
"""What the report of such a look is called."""


class PageLook(Struct, frozen=True):
    """What was seen of the page, and why a login would end there (`error`)."""

    error: UpstoxError | None
    place: str = ""
    """The page's address without its query."""
    first: str = ""
    """What a login would do first, in words."""
    standings: tuple[Standing, ...] = ()
    there: tuple[Offer, ...] = ()
    """What is on the page, each with the entry of a page file that would name it."""
    button: bool = True
    """Whether the control is known that sends the form; without one, Enter is pressed."""
    evidence: str | None = None


def look_at_page(settings: Settings, *, save: bool, clock: Clock) -> PageLook:
    """Open the dialog page, see how far it is from what is known, and close it again.

    `save` keeps the look, the page and a picture in the trace folder, cleaned and verified as
    evidence is. Needs the client id and the redirect URI alone. Raises `ConfigurationError`,
    `BrowserError` where there is no browser, and `StoreError` where nothing could be kept.
    """
    settings.require("client_id", "redirect_uri")
    if save:
        from upstox_browser_login.evidence.folder import check_folder

        check_folder(settings.trace_dir)
    marks = read_marks(settings.page_file)
    look: PageLook = seams.run(_Look(settings, marks, clock, save=save).run(), None)
    return look


class _Look:
    """One such look."""

    def __init__(self, settings: Settings, marks: Marks, clock: Clock, *, save: bool) -> None:
        from upstox_browser_login.evidence.record import Recorder

        self.settings, self.marks, self.clock = settings, marks, clock
        self.deadline = Deadline.after(settings.timeout, clock)
        self.recorder: Recorder = Recorder(
            "on" if save else "off", settings.trace_dir, now=clock.now
        )
        self.began = clock.monotonic()
        self.walk: Walk | None = None
        self.browser = ""

    async def run(self) -> PageLook:
        from upstox_browser_login.browser.launch import open_browser
        from upstox_browser_login.page.origins import Origins

        origins = Origins.of(self.settings)
        async with open_browser(
            self.settings,
            blocked_hosts=origins.blocked_hosts,
            timeout=self.deadline.left,
            closing=self.deadline.closing,
        ) as opened:
            self.browser = opened.version
            self.walk = self._walk(opened, origins)
            try:
                seen, error = await self._glance(self.walk)
                return await self._told(seen, error)
            finally:
                with suppress(Exception):  # a page that is stuck does not close
                    async with asyncio.timeout(self.deadline.closing().windows):
                        await self.walk.close()

    def _walk(self, opened: OpenBrowser, origins: Origins) -> Walk:
        from upstox_browser_login.oauth import dialog_url, new_state
        from upstox_browser_login.page import timing
        from upstox_browser_login.page.job import Account, Job
        from upstox_browser_login.page.walk import Walk

        from .login import new_context
        from .nothing import NoCodes, NothingBooked, NothingTold

        state = new_state()
        return Walk(
            Job(
                account=Account("", ""),
                dialog_url=dialog_url(self.settings, state),
                state=state,
                origins=origins,
                codes=NoCodes(),
                attempts=NothingBooked(),
                narrator=NothingTold(),
                clock=self.clock,
                new_context=lambda: new_context(opened, self.recorder),
                shared=opened.shared,
                headed=self.settings.headed,
                timing=timing.DEFAULT,
                marks=self.marks,
            )
        )

    async def _glance(self, walk: Walk) -> tuple[Glance | None, UpstoxError | None]:
        """What was seen, and why a login would end there."""
        try:
            async with self.deadline.of_login():
                seen = await walk.glance()
        except TimeoutError:
            limit = self.deadline.limit
            return None, UpstoxUnavailableError(
                f"The page was not there within {limit:.0f} s.", code="TIMEOUT", step="open"
            )
        except UpstoxError as error:
            return None, error
        return seen, seen.error

    async def _told(self, seen: Glance | None, error: UpstoxError | None) -> PageLook:
        from upstox_browser_login.page.distance import standings
        from upstox_browser_login.page.next import Fill
        from upstox_browser_login.page.offers import offers

        evidence = await self._kept(error)
        if error is not None:
            error.trace = evidence
        if seen is None:
            return PageLook(error, evidence=evidence)
        step = seen.step
        return PageLook(
            error,
            place=seen.place,
            first=first_act(step),
            standings=standings(seen.view),
            there=offers(seen.view.look, seen.view.sent),
            button=not (isinstance(step, Fill) and step.form.button is None),
            evidence=evidence,
        )

    async def _kept(self, error: UpstoxError | None) -> str | None:
        """Keep what was seen, where that is asked for."""
        from upstox_browser_login.evidence.picture import Told
        from upstox_browser_login.evidence.report import Outcome, Request, Seen, There

        walk, code = self.walk, "OK" if error is None else error.code
        if walk is None or not self.recorder.wants(code):
            return None
        look = walk.look
        outcome = Outcome(
            code=code,
            message="A login would start here." if error is None else error.message,
            hint="" if error is None else error.hint,
            step=None if error is None else error.step,
            upstox_code=None if error is None else error.upstox_code,
            steps=(),
            seen=(),
            versions={"browser": self.browser},
            requests=tuple(
                Request(line, round(at - self.began, 3), round(ended - at, 3))
                for line, (at, ended) in zip(walk.lines, walk.spans, strict=True)
            ),
            looks=tuple(Seen(at - self.began, state, why) for at, state, why in walk.looks),
            page_file=self.marks.told,
            there=tuple(There(each.what, each.entry) for each in walk.there),
            subject=SUBJECT,
        )
        folder = await self.recorder.keep(
            walk.page,
            outcome,
            told=Told() if look is None else Told(look.words(), look.closed),
            more={} if look is None else {"look.json": look.to_json()},
            seconds=self.deadline.evidence,
        )
        return None if folder is None else str(folder)


def first_act(step: Next | None) -> str:
    """What a login would do, in words."""
    from upstox_browser_login.page.next import End, Fill, Press

    match step:
        case Fill():
            return f"fill the {step.form.purpose} form"
        case Press():
            name = "control" if step.way is None else step.way.name
            return f"press {beginning(step.control.words, 40)!r} ({name})"
        case End():
            return "end"
    return "read the redirect" if step is None else "wait"
