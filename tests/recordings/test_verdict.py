"""When a replay has passed."""

from __future__ import annotations

import pytest

from tests.recordings.bundles import recorded
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.moments import State
from upstox_browser_login.recordings.verdict import Run, verdict

STEPS = {"open": 0.1, "mobile": 0.1, "totp": 0.1}


@pytest.mark.parametrize(
    ("ending", "step", "met", "passes"),
    [
        ("ACCOUNT_LOCKED", "pin", ("mobile", "otp", "pin", "locked"), True),
        ("ACCOUNT_LOCKED", "pin", ("mobile", "otp", "pin"), True),
        ("ACCOUNT_LOCKED", "pin", ("mobile", "otp"), False),
        ("ACCOUNT_LOCKED", "pin", ("mobile", "pin", "otp"), False),
        ("ACCOUNT_LOCKED", "totp", ("mobile", "otp", "pin"), False),
        ("PIN_REJECTED", "pin", ("mobile", "otp", "pin"), False),
        ("OK", None, ("mobile", "otp", "pin"), False),
    ],
)
def test_the_screen_that_tells_of_a_failure_may_be_heard_of_first_by_the_wire(
    ending: str, step: str | None, met: tuple[str, ...], passes: bool
) -> None:
    about = read_bundle(recorded("locked")).about
    states = tuple(State(each) for each in ("mobile", "otp", "pin", "locked"))
    run = Run(ending, tuple(map(State, met)), STEPS, step)
    told = verdict(about.model_copy(update={"states": states}), run, how="browser", seconds=1)
    assert told.passed is passes, told.wrong
