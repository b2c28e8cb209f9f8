"""The rows: every state of the page and every step beside it, with the requests made from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from upstox_browser_login.errors import Step
from upstox_browser_login.page.states import screens as known
from upstox_browser_login.page.states.fields import PURPOSES, STEPS
from upstox_browser_login.page.words import ENDINGS
from upstox_browser_login.replica.account import Account

from .broken import Tweak
from .drawn import drawn, instead_of


@dataclass(frozen=True)
class Reach:
    """How a state is reached: the replica's scenarios, and what else it takes.

    `requests` are the steps of the replica that are asked for between this state and the next;
    the run without a fault proves that there are no others.
    """

    scenarios: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    tweak: Tweak | None = None
    also: tuple[str, ...] = ()
    """What the flow may notice in the state's place: the complaint that comes with it, or the end
    of the login, where the wire has told of the state before the page shows it."""


# A phone's page: the QR code first, the form behind a button.
_QR_FIRST = b"""
(() => {
  const style = document.createElement("style");
  style.textContent = "#mobile-number-form { display: none }";
  const button = document.createElement("button");
  button.textContent = "Login with mobile number";
  button.onclick = () => { style.remove(); button.remove(); };
  document.head.append(style);
  document.body.append(button);
})();
"""

# The PIN and what comes after it are reached in a browser that Upstox remembers, which is asked for
# the PIN alone: the whole way is the matter of the rows up to "otp".
REACH: Mapping[str, Reach] = {
    # What is no state of the page.
    "open": Reach(requests=("dialog", "authorize", "script", "config")),
    # Slow, so that what breaks at its beginning breaks before the code has come.
    "redirect": Reach(("remembered", "slow=approve:1"), ("approve", "hop")),
    "exchange": Reach(("remembered",), ("token",)),
    "store": Reach(("remembered",)),
    # The states of the page.
    "mobile": Reach(requests=("otp",)),
    "otp": Reach(requests=("verify",)),
    "pin": Reach(("remembered",), ("pin",)),
    "password": Reach(("password",), ("password",), {"password": Account().password}),
    "approval": Reach(("remembered", "consent"), ("approve", "hop")),
    "QR code": Reach(tweak=Tweak("script", tail=_QR_FIRST)),
    "challenge": Reach(("captcha",)),
    "maintenance": Reach(("maintenance",), tweak=Tweak("authorize", status=200)),
    "locked": Reach(("remembered", "locked"), also=("complaint: locked", "end: ACCOUNT_LOCKED")),
    "otp blocked": Reach(("otp-blocked",), also=("complaint: rate limited", "end: RATE_LIMITED")),
    "create PIN": Reach(("create-pin",)),
    "reactivate account": Reach(("inactive", "internal-app")),
    "agreement": Reach(
        tweak=instead_of("#otpNum", "<h1>New terms</h1><button>I agree to the new terms</button>")
    ),
    "account chooser": Reach(("chooser",)),
    "account opening": Reach(("lead=verify",)),
}


@dataclass(frozen=True)
class Stage:
    """A point that a login passes or ends at."""

    name: str
    step: Step
    end: str | None = None
    """The code of the error that the login ends with there, all being well."""

    @cached_property
    def reach(self) -> Reach:
        """As told, or else by a page made up from the state's own marks."""
        told = REACH.get(self.name)
        if told is not None:
            return told
        return Reach(tweak=drawn(known.screen(self.name)))


PASSED = (Stage("approval", "redirect"), Stage("QR code", "mobile"))
"""Screens that a login passes by a press: the table of the page's states has those that end it."""


def stages() -> list[Stage]:
    """All of them: what a login passes, and what the table of the page's states ends it at."""
    found = [Stage(each, STEPS[each]) for each in PURPOSES] + [
        Stage(each.name, each.step, ENDINGS[each.meaning].code) for each in known.SCREENS
    ]
    typed = set(STEPS.values())
    beside = [Stage(step, step) for step in get_args(Step) if step not in typed]
    order = list(get_args(Step))
    # In the order of a login; what every login passes first, what ends it last.
    return sorted(
        [*beside, *found, *PASSED],
        key=lambda each: (
            order.index(each.step),
            each.end is not None,
            bool(each.name in REACH and (each.reach.scenarios or each.reach.tweak)),
        ),
    )


@dataclass(frozen=True)
class Row:
    """A stage, with one of its requests where it makes any."""

    stage: Stage
    request: str | None
    first: bool
    """Whether this is the stage's first: faults of the machine are tried there, once a stage."""
    again: bool
    """Whether the request's faults are tried in another such row already."""

    def __str__(self) -> str:
        return self.stage.name + (f": {self.request}" if self.request else "")


def rows() -> list[Row]:
    """The table's rows. A state that nothing was told of has one without requests."""
    found: list[Row] = []
    for stage in stages():
        requests = REACH.get(stage.name, Reach()).requests or (None,)
        for number, request in enumerate(requests):
            first = number == 0
            again = any((each.request, each.first) == (request, first) for each in found)
            found.append(Row(stage, request, first, again and request is not None))
    return found
