"""What a login tells while it runs, and what it came to."""

from __future__ import annotations

import logging

from msgspec import Struct

from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.token import Token

log = logging.getLogger(__name__)


class StepTime(Struct, frozen=True):
    """How long a step took."""

    step: Step
    seconds: float


class LoginResult(Struct, frozen=True):
    """What a login, or the wish for a token, came to."""

    token: Token
    source: str
    """`login`, or `store` where a token was there or another process had just got one."""
    store: str
    steps: tuple[StepTime, ...] = ()
    trace: str | None = None


class Progress:
    """Told of a login as it happens, from the login's own thread.

    Override what is of interest; warnings are logged here. What a method raises ends the login.
    """

    def step_started(self, step: Step) -> None:
        """A step begins."""

    def step_done(self, step: Step, seconds: float) -> None:
        """The step has ended well."""

    def sending(self, step: Step) -> None:
        """The TOTP code ("totp") or the PIN ("pin") is about to be typed."""

    def warning(self, text: str) -> None:
        """Something a person should know, which does not end the login."""
        log.warning("%s", text)

    def waiting(self, text: str) -> None:
        """The login waits for something that is sure to come, as a fresh TOTP window is.

        By default told as a warning, so that nobody takes it for a login that hangs.
        """
        self.warning(text)

    def failed(self, error: UpstoxError) -> None:
        """The login has failed, and its evidence is kept."""

    async def pause(self) -> bool:
        """A window is there with nothing loaded in it; the login goes on when this returns.

        True lets it open Playwright's inspector, and go on when a person presses Resume there.
        """
        return False

    async def hold(self, error: UpstoxError) -> None:
        """The login has failed and its window is still there; it is closed when this returns.

        Cancelled where a person closes the window first.
        """
