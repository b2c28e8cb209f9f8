"""The way to the login by number, and the country that the number is sent to."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    MOBILE,
    NUMBER_TAKEN,
    SILENT,
    button,
    page,
    screen_of,
)
from upstox_browser_login.page.here import Form, Nothing, Sent, Way
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.recognise import recognise


def test_a_tab_leads_to_the_number_before_anything_was_typed() -> None:
    tabs = (
        Control(n=1, role="tab", words="Client ID", chosen=True, at=BELOW),
        Control(n=2, role="tab", words="Mobile number", at=BELOW),
    )
    fields = (Field(n=5, label="Client ID", at=AT), Field(n=6, masked=True, label="Secret", at=AT))
    look = Look(ready=True, fields=fields, controls=tabs)
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("login by number", 2)
    assert not isinstance(recognise(look, SILENT, Sent(mobile=True)), Way)


@pytest.mark.parametrize(("beside", "leads"), [("Email", True), ("Desktop", False)])
def test_a_bare_mobile_is_a_way_to_log_in_only_beside_another_one(
    beside: str, *, leads: bool
) -> None:
    tabs = (
        Control(n=1, role="tab", words=beside, chosen=True, at=BELOW),
        Control(n=2, role="tab", words="Mobile", at=BELOW),
    )
    look = Look(ready=True, fields=(Field(n=5, label="Question", at=AT),), controls=tabs)
    assert isinstance(recognise(look, SILENT, Sent()), Way) is leads
    unmarked = replace(look, controls=(tabs[1],))
    assert not isinstance(recognise(unmarked, SILENT, Sent()), Way)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Continue with mobile number", True),
        ("Sign in using phone", True),
        ("Open an account with mobile number", False),
    ],
)
def test_what_leads_to_the_number_from_a_screen_without_a_field(words: str, leads: bool) -> None:
    here = recognise(screen_of("Upstox", words, "Continue with e-mail"), SILENT, Sent())
    assert isinstance(here, Way) == leads


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        (["Mobile", "Email", "Google"], True),
        (["Mobile and OTP", "Scan QR"], True),
        (["Mobile", "Demat"], False),
    ],
)
def test_a_bare_word_leads_to_the_number_beside_other_ways_in(
    words: list[str], *, leads: bool
) -> None:
    look = screen_of("Login with", *words)
    here = recognise(look, SILENT, Sent())
    assert (isinstance(here, Way) and here.control.n == 1) is leads
    # Once it was sent, that would have a code sent to the phone.
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


@pytest.mark.parametrize("words", ["Phone", "Mobile number", "Using mobile", "मोबाइल"])
def test_a_bare_word_is_enough_for_one_of_several_ways_to_log_in(words: str) -> None:
    field = Field(n=7, type="email", label="Email address", form=9, at=AT)
    tabs = (
        Control(n=5, role="tab", words=words, at=BELOW),
        Control(n=6, role="tab", words="Email", chosen=True, at=BELOW),
    )
    look = page(field, words="Get OTP")
    here = recognise(replace(look, controls=look.controls + tabs), SILENT, Sent())
    assert isinstance(here, Way)
    assert here.control.n == 5


@pytest.mark.parametrize(
    ("chosen", "other", "leads"),
    [
        ("Open an account", "I'm already a customer", True),
        ("Sign up", "Log in", True),
        ("Register", "I already have an account", True),
        ("Join Upstox", "लॉगिन", True),
        ("खाता खोलें", "Existing user", True),
        ("Open an account", "Partner login", False),
        ("Open an account", "For businesses", False),
        ("Stocks", "Log in", False),
    ],
)
def test_a_tab_leads_from_a_form_to_open_an_account_to_the_login(
    chosen: str, other: str, leads: bool
) -> None:
    look = Look(
        ready=True,
        # Its own field and button are as the login's: nothing there may be filled.
        fields=(MOBILE,),
        controls=(
            button("Get OTP"),
            Control(n=1, role="tab", words=chosen, chosen=True),
            Control(n=2, role="tab", words=other),
        ),
    )
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way) is leads
    assert isinstance(here, Form) is (chosen == "Stocks")


INDIA = Control(n=91, tag="option", words="🇮🇳 +91", heading="Country code", at=(400, 400, 90, 40))


US = replace(INDIA, n=92, words="🇺🇸 +1", chosen=True)


NUMBER = replace(MOBILE, at=(500, 400, 240, 40))


@pytest.mark.parametrize(
    ("controls", "pressed"),
    [
        ((US, INDIA), 91),
        ((replace(US, words="United States"), replace(INDIA, words="India")), 91),
        # Nobody knows how another country is chosen.
        ((US,), None),
        ((US, replace(INDIA, disabled=True)), None),
        ((US, INDIA, replace(INDIA, n=93)), None),
        ((replace(US, tag="button", words="US (+1)", chosen=False),), None),
    ],
)
def test_no_number_is_sent_to_another_country(
    controls: tuple[Control, ...], pressed: int | None
) -> None:
    look = page(NUMBER, words="Get OTP")
    look = replace(look, controls=(*look.controls, *controls))
    here = recognise(look, SILENT, Sent())
    assert isinstance(here, Way if pressed else Nothing)
    assert (here.control.n if isinstance(here, Way) else None) == pressed


@pytest.mark.parametrize(
    "controls",
    [
        (replace(US, chosen=False), replace(INDIA, chosen=True)),
        (replace(INDIA, tag="button", words="IN (+91)"),),
        # Another list, or one that is elsewhere.
        (replace(US, words="Hindi", heading="Language"), replace(INDIA, words="English")),
        (replace(US, at=(400, 900, 90, 40)), replace(INDIA, at=(400, 900, 90, 40))),
        (replace(US, tag="button", words="Refer & earn"),),
    ],
)
def test_the_number_is_typed_behind_indias_code(controls: tuple[Control, ...]) -> None:
    look = page(NUMBER, words="Get OTP")
    look = replace(look, controls=(*look.controls, *controls))
    assert isinstance(recognise(look, SILENT, Sent()), Form)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("+1", False),
        ("🇺🇸 +1", False),
        ("US +44", False),
        ("+91", True),
        ("IN +91", True),
        ("", True),
    ],
)
def test_no_number_is_typed_behind_another_countrys_code(code: str, *, typed: bool) -> None:
    here = recognise(page(replace(NUMBER, code=code), words="Get OTP"), SILENT, Sent())
    assert isinstance(here, Form) is typed
    assert isinstance(here, Nothing) is not typed
