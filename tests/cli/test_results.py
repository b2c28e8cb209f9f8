"""Results are redacted, and their times are India's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from upstox_browser_login.cli import results
from upstox_browser_login.cli.results import Theirs, redacted
from upstox_browser_login.redaction import redactor
from upstox_browser_login.token import IST


def test_messages_are_redacted_but_times_and_tokens_stay() -> None:
    """A PIN of four digits may well be a year."""
    redactor.register("2026", "pin")
    data = {"at": results.Plain("2026-10-07T03:30:00+05:30"), "said": "2026 it is", "left": 2026}
    assert results.redacted(data) == {
        "at": "2026-10-07T03:30:00+05:30",
        "said": "[redacted] it is",
        "left": 2026,
    }


@pytest.mark.parametrize("zone", [UTC, IST, timezone(timedelta(hours=-5))])
def test_a_time_is_told_as_it_is_in_india_wherever_it_was_taken(zone: timezone) -> None:
    """So that the beginning and the end of a token's life can be read beside one another."""
    moment = datetime(2026, 10, 6, 22, 0, 30, 500, UTC).astimezone(zone)
    assert results.iso(moment) == "2026-10-07T03:30:30+05:30"


def test_a_number_of_upstox_s_that_is_the_mobile_number_is_taken_out() -> None:
    redactor.register("9876543210", "mobile number")
    redactor.register("024680", "pin code")
    found = redacted(Theirs({"mobile": 9876543210, "id": 9876543211, "margin": 24680}))
    assert found == {"mobile": "[redacted]", "id": 9876543211, "margin": 24680}
    assert redacted({"ours": 9876543210}) == {"ours": 9876543210}
