"""How the end of a walk becomes an error."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from upstox_browser_login.errors import PageChangedError, UpstoxError
from upstox_browser_login.page.endings import (
    ACCEPTED_BEFORE,
    MAYBE_REFUSED,
    another_number,
    another_number_typed,
    browser_gone,
    browser_refused,
    error_of,
    flooded,
    strayed,
    upstox_code,
)
from upstox_browser_login.page.next import End
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.words import ENDINGS, Meaning

PLACE = "https://login.upstox.com/"


def error(end: End, there: str = "") -> UpstoxError:
    return error_of(end, "pin", PLACE, there)


@pytest.mark.parametrize("meaning", ENDINGS)
def test_each_meaning_has_an_error_with_a_code_and_a_hint(meaning: Meaning) -> None:
    found = error(End(meaning, said=Said("It is so", "1017")))
    assert found.code == ENDINGS[meaning].code
    assert found.message == "Upstox says: It is so."
    assert found.step == "pin"
    assert found.hint
    assert found.upstox_code == (None if meaning == "network" else "1017")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("stuck", "PAGE_NOT_RECOGNISED"),
        ("no reaction", "PAGE_NOT_RECOGNISED"),
        ("unknown", "PAGE_NOT_RECOGNISED"),
        ("second PIN", "PAGE_NOT_RECOGNISED"),
        ("unanswered", "TIMEOUT"),
        ("no TOTP", "TOTP_NOT_ENABLED"),
    ],
)
def test_an_end_that_nobody_has_worded_has_words_of_its_own(kind: str, code: str) -> None:
    found = error(End("outdated", kind=kind, purpose="otp"))  # type: ignore[arg-type]  # all of them
    assert found.code == code
    assert found.message.endswith(".")


def test_an_unknown_page_tells_what_can_be_named_there() -> None:
    end = End("outdated", kind="unknown")
    assert PLACE in error(end).message
    assert "It is blank" in error(end).hint
    assert error(end, "There is a field.").hint.startswith("There is a field. Where evidence")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("UDAPI100058", "ACCOUNT_INACTIVE"),
        ("UDAPI100068", "CLIENT_REJECTED"),
        ("UDAPI100073", "CLIENT_REJECTED"),
        # It is of a token, which a login has none of yet.
        ("UDAPI100050", "UNEXPECTED"),
    ],
)
def test_codes_of_the_api_keep_their_meaning_where_the_page_is_refused(
    number: str, code: str
) -> None:
    end = End("unknown", said=Said("No", number), purpose="pin", accepted=True)
    error = error_of(end, "redirect", PLACE)
    assert (error.code, error.upstox_code) == (code, number)
    assert error.message == "Upstox says: No."
    maybe_refused = replace(end, accepted=False)
    assert error_of(maybe_refused, "pin", PLACE).code == "UNEXPECTED"


def test_what_was_accepted_before_blocks_nothing() -> None:
    refused = End("pin refused", said=Said("No", "1017106"), purpose="pin", accepted=True)
    assert error(refused).hint == ACCEPTED_BEFORE


def test_an_unknown_code_after_the_pin_counts_as_a_refusal() -> None:
    end = End("unknown", said=Said("No", "1017999"), purpose="pin")
    assert error(end).hint == MAYBE_REFUSED
    assert error(End("unknown", said=Said("No"), purpose="pin")).hint != MAYBE_REFUSED


def test_a_refused_password_names_its_setting() -> None:
    assert "UPSTOX_PASSWORD" in error(End("pin refused", said=Said("No"), purpose="password")).hint


def test_a_lost_session_without_words_says_that_the_page_fell_back() -> None:
    assert error(End("session lost")).code == "SESSION_LOST"
    assert "Upstox says" not in error(End("session lost")).message


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (End("unknown"), None),
        (End("unknown", said=Said("x")), None),
        (End("unknown", said=Said("x", "1017")), "1017"),
        (End("trouble", said=Said("x", status=503)), "503"),
        (End("network", said=Said("x", status=500)), None),
    ],
)
def test_upstoxs_own_number_of_an_end(end: End, code: str | None) -> None:
    assert upstox_code(end) == code


def test_other_ends_have_codes_too() -> None:
    assert browser_gone().code == "BROWSER_CRASHED"
    assert browser_refused(RuntimeError("first\nsecond")).message.endswith("action: first.")
    assert browser_refused(RuntimeError()).message.endswith("RuntimeError.")
    assert another_number().code == another_number_typed().code == "ACTION_REQUIRED"
    assert isinstance(flooded(), PageChangedError)


@pytest.mark.parametrize(
    ("meaning", "code"),
    [
        ("no customer", "MOBILE_REJECTED"),
        ("denied", "ACTION_REQUIRED"),
        ("maintenance", "MAINTENANCE"),
        (None, "UNTRUSTED_ORIGIN"),
    ],
)
def test_a_page_that_led_elsewhere(meaning: Meaning | None, code: str) -> None:
    error = strayed("https://upstox.com/x", meaning, is_upstox=True, step="totp")
    assert (error.code, error.step) == (code, "totp")
