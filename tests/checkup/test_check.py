"""One line of a check-up, and which of them decides the exit status."""

from __future__ import annotations

import pytest

from upstox_browser_login.checkup.check import (
    Check,
    failed,
    fine,
    first_error,
    noted,
    skipped,
    warned,
)
from upstox_browser_login.errors import ConfigurationError, StoreError

ERROR = StoreError("It cannot be written.", code="STORE_UNWRITABLE", hint="Make room.")


@pytest.mark.parametrize(
    ("check", "state"),
    [
        (fine("store", "It cannot be written.", "Make room."), "ok"),
        (warned("store", "It cannot be written.", "Make room."), "warning"),
        (noted("store", ERROR), "warning"),
        (failed("store", ERROR), "error"),
    ],
)
def test_a_check_says_what_it_found_and_what_to_do(check: Check, state: str) -> None:
    assert (check.name, check.state) == ("store", state)
    assert (check.message, check.hint) == ("It cannot be written.", "Make room.")
    assert check.error is (ERROR if state == "error" else None)


def test_a_check_that_was_not_made_says_why() -> None:
    assert skipped("store", "Not asked for.") == Check("store", "skipped", "Not asked for.")


def test_the_first_error_decides() -> None:
    second = ConfigurationError("Another.")
    checks = [fine("a", ""), noted("b", second), failed("c", ERROR), failed("d", second)]
    assert first_error(checks) is ERROR
    assert first_error(checks[:2]) is None
