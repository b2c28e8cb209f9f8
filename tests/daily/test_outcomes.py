"""The table of outcomes has a line for every error there is."""

from __future__ import annotations

from collections.abc import Iterator

from upstox_browser_login.daily.outcomes import AGAIN, Again, again_after, needs_a_person
from upstox_browser_login.errors import UpstoxError


def codes(kind: type[UpstoxError]) -> Iterator[str]:
    yield from kind.codes
    for each in kind.__subclasses__():
        yield from codes(each)


def test_every_code_is_judged() -> None:
    assert set(AGAIN) == set(codes(UpstoxError))


def test_a_refused_credential_is_never_tried_again_by_itself() -> None:
    for code in ("PIN_REJECTED", "ACCOUNT_LOCKED", "MOBILE_REJECTED", "CLIENT_REJECTED"):
        assert AGAIN[code] in {Again.LEDGER, Again.NEVER}
        assert needs_a_person(code)


def test_what_has_cost_a_pin_is_tried_again_seldom() -> None:
    assert AGAIN["CODE_REJECTED"] is AGAIN["BAD_RESPONSE"] is Again.LATER
    assert again_after("SERVER_ERROR", spent=False) is Again.SOON
    assert again_after("SERVER_ERROR", spent=True) is Again.LATER
    assert again_after("PIN_REJECTED", spent=True) is Again.LEDGER
    assert not needs_a_person("CODE_REJECTED")


def test_a_setting_that_does_not_work_is_told_and_tried_again() -> None:
    """A command that prints a secret may work later, and no setting has changed then."""
    assert AGAIN["CONFIGURATION"] is Again.SOON
    assert needs_a_person("CONFIGURATION")


def test_what_passes_by_itself_needs_nobody() -> None:
    for code in ("NETWORK", "SERVER_ERROR", "TIMEOUT", "RATE_LIMITED"):
        assert not needs_a_person(code)


def test_a_code_of_a_newer_version_needs_a_person() -> None:
    """A newer version may have left it in the record, and nobody here knows what it means."""
    assert needs_a_person("OF_A_NEWER_VERSION")
