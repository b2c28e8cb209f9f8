"""What a login tells while it runs, and what it came to."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.token import Token

if TYPE_CHECKING:
    from playwright.async_api import Page

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StepTime:
    """How long a step took."""

    step: Step
    seconds: float


@dataclass(frozen=True)
class LoginResult:
    """What a login, or the wish for a token, came to."""

    token: Token
    source: str
    """`login`, or `store` where a token was there or another process had just got one."""
    store: str
    steps: tuple[StepTime, ...] = ()
    trace: str | None = None


class Progress:
    """Told of a login as it happens. Override what is of interest; warnings are logged here."""

    def step_started(self, step: Step) -> None:
        """A step begins."""

    def step_done(self, step: Step, seconds: float) -> None:
        """The step has ended well."""

    def warning(self, text: str) -> None:
        """Something a person should know, which does not end the login."""
        log.warning("%s", text)

    async def failed(self, page: Page | None, error: UpstoxError) -> None:
        """The login has failed and its evidence is kept; the browser is still open."""

    async def opened(self, page: Page) -> None:
        """The page is there, and nothing was loaded yet."""
