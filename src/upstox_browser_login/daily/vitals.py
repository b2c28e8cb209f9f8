"""What a running `refresh` tells of itself to those who watch it. Nothing secret is in it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from upstox_browser_login.http import TOTAL_SECONDS
from upstox_browser_login.session import StepTime

from .plan import Action, Wait, Why

LONGEST_WAIT = 30.0
"""Seconds after which the plan is asked again, whatever it said."""

SILENCE = LONGEST_WAIT + 2 * TOTAL_SECONDS
"""Seconds without an answer of the plan after which the loop is dead. A round is a wait and a call
to Upstox; whatever may take longer (a login, a notice, a command that brings a secret) says for how
long it is busy."""

_METRICS = (
    ("upstox_token_seconds_left", "gauge", "Seconds until the stored token dies; 0 without one."),
    ("upstox_logins_total", "counter", "Logins of this process, by outcome (OK or error code)."),
    ("upstox_login_step_seconds", "gauge", "How long each step of the last login took."),
    (
        "upstox_login_seconds",
        "gauge",
        "How long the last login took, the browser's start included.",
    ),
    ("upstox_next_action_timestamp_seconds", "gauge", "When the plan has something to do next."),
)


@dataclass
class Vitals:
    """Written by the loop, read by the health server in another thread."""

    token_until: datetime | None = None
    wanted: bool = True
    """Whether there should be a token now: always, but on a day on which the exchange is closed.

    Before the day's login is due there should be one, too: whoever waits for it needs it.
    """
    next_at: datetime | None = None
    turned_at: float = 0.0
    """When the plan was last asked, by a clock that never jumps."""
    busy_until: float = 0.0
    """Until when something that takes its time may take, by that clock."""
    login_seconds: float | None = None
    _logins: Counter[str] = field(default_factory=Counter)
    _steps: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def turned(self, action: Action, token_until: datetime | None, at: float) -> None:
        """The plan has answered."""
        with self._lock:
            self.turned_at, self.token_until = at, token_until
            self.wanted = not (isinstance(action, Wait) and action.why is Why.CLOSED)
            self.next_at = action.until if isinstance(action, Wait) else None

    def busy(self, at: float, seconds: float) -> None:
        """Something begins that may take so long, and in which the plan is not asked."""
        with self._lock:
            self.busy_until = at + seconds

    def idle(self, at: float) -> None:
        """It has ended; the plan is asked next."""
        with self._lock:
            self.busy_until, self.turned_at = 0.0, at

    def logged_in(self, outcome: str, seconds: float, steps: Iterable[StepTime] = ()) -> None:
        """A login has ended."""
        with self._lock:
            self._logins[outcome] += 1
            self.login_seconds = seconds
            if steps := tuple(steps):
                self._steps = {each.step: each.seconds for each in steps}

    def is_alive(self, now: float) -> bool:
        """Whether the loop turns, or is busy with something that has not overrun its limit."""
        return now < max(self.turned_at + SILENCE, self.busy_until)

    def is_ready(self, now: datetime) -> bool:
        """Whether there is a valid token, or none is wanted on this day."""
        return self._seconds_left(now) > 0 or not self.wanted

    def metrics(self, now: datetime) -> str:
        """Everything in the text format of Prometheus (version 0.0.4)."""
        with self._lock:
            samples: dict[str, list[tuple[str, float]]] = {
                "upstox_token_seconds_left": [("", self._seconds_left(now))],
                "upstox_logins_total": [
                    (f'{{outcome="{code}"}}', float(count))
                    for code, count in sorted(self._logins.items())
                ],
                "upstox_login_step_seconds": [
                    (f'{{step="{step}"}}', seconds) for step, seconds in self._steps.items()
                ],
                "upstox_login_seconds": []
                if self.login_seconds is None
                else [("", self.login_seconds)],
                "upstox_next_action_timestamp_seconds": []
                if self.next_at is None
                else [("", self.next_at.timestamp())],
            }
        lines = []
        for name, kind, text in _METRICS:
            lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
            lines += [f"{name}{labels} {value:.3f}" for labels, value in samples[name]]
        return "\n".join(lines) + "\n"

    def _seconds_left(self, now: datetime) -> float:
        until = self.token_until
        return 0.0 if until is None else max(0.0, (until - now).total_seconds())
