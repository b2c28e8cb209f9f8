"""What a login has done and heard so far, shared by the parts of the walk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace

from upstox_browser_login.errors import Step, StoreError

from .complaints import Complaint, complaints_of, normal
from .here import Sent
from .job import Job
from .look import Field, Look
from .said import Said
from .screens.ends import of_a_lock
from .view import View
from .window import Window

SHORTEST_PIN = 4
"""The length of the shortest PIN, where nobody has told the PIN."""


class Course:
    """One login on its way. `sent` is what it has sent, `step` the step under way."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.now = job.clock.monotonic
        self.changed = asyncio.Event()
        """Set when there is something new."""
        self.sent = Sent(pin_length=len(job.account.pin) or SHORTEST_PIN)
        self.step: Step = "open"
        self.complaints: list[Complaint] = []
        """What the page has complained of since the last submission."""
        self.complained_at: float | None = None
        self.before: frozenset[str] = frozenset()
        """Texts that stood on the page before anything was typed."""
        self.refused: frozenset[str] = frozenset()
        """Texts by which the page refused an earlier code."""
        self.idle_since = 0.0

    def view(self, window: Window) -> View:
        """All that a decision is made from, as it is now."""
        now = self.now()
        return View(
            now=now,
            look=window.eyes.look,
            stood=now - window.eyes.since,
            traffic=window.ears.traffic,
            sent=self.sent,
            complaints=tuple(self.complaints),
            complained_at=self.complained_at,
            idle_since=self.idle_since,
            refused=self.refused,
            timing=self.job.timing,
            marks=self.job.marks,
        )

    async def enter(self, step: Step) -> None:
        """Report that a step begins, unless it is under way already."""
        if step != self.step:
            self.step = step
            await self.job.narrator.step(step)

    async def wait(self, seconds: float) -> None:
        """Wait for so many seconds, or until there is something new."""
        with suppress(TimeoutError):
            # Unlike `wait_for` of Python 3.11 it loses no cancellation that comes with a change.
            async with asyncio.timeout(max(seconds, 0.005)):
                await self.changed.wait()

    def record(self, tell: Callable[[], None]) -> None:
        """Write an outcome to the ledger; only warn if that fails, so that Upstox's answer is told.

        The ledger knows what was sent already, which counts as long as it has no outcome.
        """
        try:
            tell()
        except StoreError as error:
            self.job.narrator.warn(f"Upstox's answer could not be recorded: {error.message}")

    def begin_again(self) -> None:
        """Forget all of the last window, but not that a PIN, a password or codes were sent."""
        sent = self.sent
        self.sent = Sent(
            codes=sent.codes,
            refused_codes=sent.codes,  # so that the next code counts as a new one
            pin=sent.pin,
            password=sent.password,
            typed_at=sent.typed_at,
            pin_length=sent.pin_length,
        )
        self.forget_complaints()

    # -- complaints --------------------------------------------------------------------------------

    def hear(self, look: Look) -> None:
        """Keep the complaints of a look, since a message may be gone before the next look."""
        if self.sent.last is None:
            return
        for complaint in self._complaints_of(look):
            self.complain(complaint)

    def hear_dialog(self, text: str) -> None:
        """Keep what a dialog of the browser says, if it may be about what was sent."""
        self.job.narrator.trouble()
        self.job.narrator.seen("browser dialog", text)
        if self.sent.last is not None:
            said = Said.of(text)
            self.complain(Complaint(said, "dialog", self.job.marks.meaning_of(said)))

    def complain(self, complaint: Complaint) -> None:
        """Keep a complaint, and report it once."""
        if complaint not in self.complaints:
            said = complaint.said
            self.job.narrator.trouble()
            self.job.narrator.seen(
                f"complaint: {complaint.meaning}",
                f"{said.text} [{said.code or said.status or '-'}]",
            )
            self.complaints.append(complaint)
            self.complained_at = self.complained_at or self.now()

    def forget_complaints(self) -> None:
        """Forget what was said about an earlier submission."""
        self.complaints.clear()
        self.complained_at = None

    def stood_before(self, look: Look, field: Field) -> None:
        """Remember what stands on the page before anything is typed into `field`.

        Those texts are no complaints about it, and those fields are none of the next form. Closed
        fields are not remembered, since a page may open steps that stand side by side one after
        another.
        """
        self.before = frozenset(normal(each.text) for each in look.texts) | frozenset(
            normal(text) for each in look.fields for text in each.below
        )
        beside = tuple(
            sorted(each.likeness for each in look.fields if each.n != field.n and not each.disabled)
        )
        self.sent = replace(
            self.sent,
            beside=beside,
            stood=frozenset(each.words for each in look.controls if each.words),
            headings=frozenset(each.text for each in look.texts if each.head),
            lock_told=bool(of_a_lock(look)),
        )

    def drop_past_complaints(self, look: Look) -> None:
        """Forget complaints that the page took back while the number was typed.

        A dialog of the browser is in no look, so it is kept.
        """
        standing = self._complaints_of(look)
        self.complaints = [
            each for each in self.complaints if each in standing or each.where == "dialog"
        ]
        if not self.complaints:
            self.complained_at = None

    def _complaints_of(self, look: Look) -> list[Complaint]:
        sent = self.sent
        return complaints_of(look, self.before, sent.field, self.job.marks, sent.likeness)
