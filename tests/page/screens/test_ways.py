"""The choice between ways to prove oneself or to log in."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    BELOW,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SILENT,
    START,
    answered,
    button,
    page,
    purpose,
    screen_of,
)
from upstox_browser_login.page.here import Form, Nothing, Sent, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.screens.ways import (
    is_of_a_message,
    message_is_chosen,
    totp_is_enabled,
)
from upstox_browser_login.page.wire.calls import Traffic


def test_the_authenticator_is_chosen() -> None:
    look = Look(
        ready=True,
        controls=(
            Control(n=1, role="radio", words="SMS to 98****1234", at=BELOW),
            Control(n=2, role="radio", words="Authenticator app", at=BELOW),
        ),
        texts=(Text("Choose a method to verify", head=True),),
    )
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 2


@pytest.mark.parametrize(
    ("words", "title", "chosen"),
    [
        ("Select", "Your second factors", True),
        ("Use this", "Confirm it's you", True),
        ("Remove", "Your second factors", False),
        ("Select", "Remove a two-step method", False),
    ],
)
def test_the_authenticator_is_chosen_by_the_text_of_its_row(
    words: str, title: str, *, chosen: bool
) -> None:
    rows = ("SMS, 98****1234", "Authenticator, Pixel 9", "Passkey, MacBook")
    controls = tuple(
        Control(n=k, words=words, row=f"{each} {words}", at=BELOW) for k, each in enumerate(rows, 1)
    )
    look = Look(ready=True, controls=controls, texts=(Text(title, head=True),))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control.n == 2) is chosen


def _with_radios(
    *words: str, chosen: int = 0, form: int = 9, role: str = "radio", **about: Any
) -> Way | None:
    radios = tuple(
        Control(n=30 + k, role=role, words=each, form=form, at=BELOW, chosen=k == chosen)
        for k, each in enumerate(words)
    )
    look = page(replace(MOBILE, form=9), words="Get code")
    look = replace(look, controls=(*radios, *look.controls))
    here = recognise(look, SILENT, replace(START, **about))
    assert isinstance(here, Form | Way)
    return here if isinstance(here, Way) else None


@pytest.mark.parametrize(("role", "form"), [("radio", 9), ("option", 9), ("tab", 0)])
def test_the_authenticator_is_chosen_beside_the_number(role: str, form: int) -> None:
    way = _with_radios("SMS", "WhatsApp", "Authenticator app (TOTP)", role=role, form=form)
    assert way is not None
    assert (way.name, way.control.words) == ("method", "Authenticator app (TOTP)")


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("SMS", "Authenticator app"), {"chosen": 1}),
        (("SMS", "Authenticator app"), {"form": 8}),
        # These choose what to log in with.
        (("Mobile number", "Authenticator app"), {}),
        (("Mobile number", "Authenticator app"), {"role": "tab"}),
        (("Authenticator app",), {"chosen": 5}),
        (("SMS", "Authenticator app"), {"chosen": 5}),
        (("SMS", "Authenticator app"), {"mobile": True}),
        # They are about something else.
        (("SMS alerts", "Authenticator app alerts"), {}),
        (("OTP by SMS", "Client ID & TOTP"), {}),
        (("Phone support", "Authenticator support"), {}),
    ],
)
def test_nothing_is_chosen_beside_the_number(words: tuple[str, ...], about: Any) -> None:
    assert _with_radios(*words, **about) is None


@pytest.mark.parametrize(
    ("label", "takes"),
    [
        ("Enter OTP or TOTP", True),
        ("Passcode (SMS or app)", True),
        ("Code from your app or SMS", True),
        ("OTP by SMS", False),
        ("OTP by SMS or WhatsApp", False),
        ("OTP by Whats app or SMS", False),
        ("Code from app", True),
        ("Time-based code", True),
        # Neither an app of Upstox's own nor a code that was sent is the authenticator's.
        ("Enter the in-app code", None),
        ("Upstox Pro app code", None),
        ("The time-based code that was sent to you", None),
        ("Code from the messages app", None),
        ("Code from SMS or your auth app", True),
        ("Code from SMS or the messages app", False),
        ("Keycode (text message or generator)", True),
        ("Code", None),
    ],
)
def test_whether_a_box_takes_the_authenticators_code(label: str, takes: bool | None) -> None:
    """By its own label; the wire says nothing of the account."""
    form = Form("otp", replace(OTP, near=(label,)), None, ())
    assert totp_is_enabled(form, page(form.field), SILENT) is takes


SMS, APP = Control(n=1, words="SMS", at=BELOW), Control(n=2, words="Authenticator app", at=BELOW)
MESSAGE = replace(OTP, near=("Enter OTP",))


def choosing(*controls: Control, field: bool = False) -> Look:
    """A page that asks how to verify, with or without a box for the message's code."""
    look = page(MESSAGE) if field else Look(ready=True)
    said = Text("How would you like to verify?", head=True)
    return replace(look, controls=(*look.controls, *controls), texts=(said,))


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize("role", ["option", "radio", "tab", "menuitem"])
def test_the_authenticator_is_chosen_in_a_list_of_any_kind(role: str, field: bool) -> None:
    look = choosing(replace(SMS, role=role, chosen=True), replace(APP, role=role), field=field)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method", 2)
    assert len({each.kind for each in here.why}) == 2


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize(
    "control",
    [
        Control(n=7, role="combobox", words="SMS How would you like to verify?", opens=True),
        Control(n=7, words="SMS", opens=True),
        Control(n=7, tag="a", words="Try another way"),
        Control(n=7, tag="a", words="Verify differently"),
        Control(n=7, words="More options"),
        Control(n=7, words="Change method", opens=True),
        Control(n=7, words="Switch verification method"),
        Control(n=7, words="Doosra tareeka chunein"),
    ],
)
def test_what_shows_more_ways_is_pressed_once(control: Control, field: bool) -> None:
    look = choosing(control, field=field)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("other ways", 7)
    again = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, pressed=("other ways",)))
    assert purpose(again) == ("otp" if field else "Nothing")


@pytest.mark.parametrize(
    ("control", "traffic", "sent"),
    [
        # Nobody has an authenticator, the number was not taken, or the code was.
        (
            Control(n=7, words="Try another way"),
            Traffic((answered("1", isTotpEnabled=False),)),
            NUMBER_TAKEN,
        ),
        (Control(n=7, words="Try another way"), SILENT, Sent()),
        (Control(n=7, words="Try another way"), PIN_IS_SET, CODE_TAKEN),
        # A list of countries, what it has chosen, and two lists.
        (Control(n=7, words="Country: India +91", opens=True), ASKS_FOR_CODE, NUMBER_TAKEN),
        (Control(n=7, words="Authenticator app", opens=True), ASKS_FOR_CODE, NUMBER_TAKEN),
    ],
)
def test_no_other_list_is_opened(control: Control, traffic: Traffic, sent: Sent) -> None:
    assert not isinstance(recognise(choosing(control), traffic, sent), Way)


def test_a_box_that_takes_the_authenticators_code_needs_no_other_way() -> None:
    look = replace(page(OTP), controls=(button("Continue"), Control(n=7, words="Other ways")))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == "otp"


def test_the_choice_of_the_authenticator_is_sent_where_no_field_has_come() -> None:
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=9, words="Continue", at=BELOW)
    here = recognise(choosing(replace(SMS, role="radio"), chosen, go), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method chosen", 9)
    assert isinstance(recognise(choosing(chosen, go), SILENT, CODE_TAKEN), Nothing)
    agrees = choosing(chosen, replace(go, words="I agree, continue"))
    assert not isinstance(recognise(agrees, SILENT, NUMBER_TAKEN), Way)
    unclear = choosing(chosen, go, replace(go, n=10, words="Verify"))
    assert isinstance(recognise(unclear, SILENT, NUMBER_TAKEN), Nothing)
    # Where it is the only button, it sends the choice whatever it says.
    odd = replace(go, words="Use this")
    here = recognise(choosing(chosen, odd), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 9
    unclear = choosing(chosen, odd, replace(odd, n=10, words="Use that"))
    assert isinstance(recognise(unclear, SILENT, NUMBER_TAKEN), Nothing)


def test_what_is_chosen_already_is_no_way_past_a_screen() -> None:
    chosen = Control(n=7, type="radio", words="No need, thanks", chosen=True)
    look = replace(screen_of("A quick word", "Save"), controls=(chosen, Control(1, words="Save")))
    assert isinstance(recognise(look, SILENT, NUMBER_TAKEN), Nothing)
    free = replace(chosen, chosen=False)
    assert isinstance(
        recognise(replace(look, controls=(free, look.controls[1])), SILENT, NUMBER_TAKEN), Way
    )


def test_a_number_that_was_taken_hides_no_choice() -> None:
    look = choosing(replace(SMS, role="tab", chosen=True), replace(APP, role="tab"))
    link = replace(look, fields=(replace(MOBILE, n=60, near=("Your phone number",)),))
    here = recognise(link, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == APP.n


@pytest.mark.parametrize(
    "words",
    [
        "I agree to the terms and use authenticator",
        "Buy an authenticator key for \u20b9499",
        "Disable TOTP",
        "Remove authenticator app",
        "Change authenticator",
        "More payment options",
        "Accept more ways to verify",
    ],
)
def test_no_way_to_prove_oneself_binds_a_person_or_undoes_something(words: str) -> None:
    look = choosing(Control(n=31, words=words), Control(n=32, words="Get a code by SMS"))
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


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
    ("words", "sent", "chosen"),
    [
        (["Message me a code", "I’ll use my authenticator", "Ring me"], NUMBER_TAKEN, True),  # noqa: RUF001
        (["SMS ద్వారా OTP", "ఆథెంటికేటర్ యాప్"], NUMBER_TAKEN, True),
        (["I use an authenticator app"], NUMBER_TAKEN, True),
        (["Set up an authenticator app"], NUMBER_TAKEN, False),
        (["OTP on mobile", "External TOTP From an app you have set up"], NUMBER_TAKEN, True),
        (["Skip", "Set up an authenticator app"], NUMBER_TAKEN, False),
        (["Later", "Authenticator app"], CODE_TAKEN, False),
    ],
)
def test_the_authenticator_is_chosen_between_number_and_code(
    words: list[str], sent: Sent, *, chosen: bool
) -> None:
    here = recognise(screen_of("Second step", *words), SILENT, sent)
    assert (isinstance(here, Way) and here.name == "method") is chosen


@pytest.mark.parametrize("opened", [True, False])
def test_the_authenticator_is_chosen_on_the_sheet_that_was_opened(*, opened: bool) -> None:
    """It may lie over the form of a message's code, and the way out of it is not taken."""
    look = screen_of("More help", "Send again", "Use authenticator app", "Close", modal=True)
    box = replace(OTP, label="Code", near=(), covered=True, at=(500, 100, 240, 40))
    look = replace(look, fields=(box,))
    sent = replace(NUMBER_TAKEN, pressed=("other ways",) if opened else ())
    here = recognise(look, ASKS_FOR_CODE, sent)
    assert (isinstance(here, Way) and here.name == "method") is opened


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("Didn't get a code?", "SMS code", "other ways"),
        ("Having trouble?", "SMS code", "other ways"),
        ("Haven’t received it yet?", "SMS code", "other ways"),  # noqa: RUF001
        ("OTP nahi mila?", "SMS code", "other ways"),
        ("Can’t get the text?", "SMS code", "other ways"),  # noqa: RUF001
        # It sends another one, or the box may take the authenticator's.
        ("Didn't get a code? Resend", "SMS code", ""),
        ("Resend code", "SMS code", ""),
        ("Didn't get a code?", "Code", ""),
        ("Didn't get a code?", "SMS or authenticator code", ""),
    ],
)
@pytest.mark.parametrize("head", ["", "Verify with a code", "Two-step verification"])
def test_what_asks_whether_a_messages_code_has_come_may_show_other_ways(
    words: str, label: str, expected: str, head: str
) -> None:
    """Whatever the heading says: it says nothing of which code the box takes."""
    field = replace(OTP, id="", maxlength=6, near=(), label=label, heading=head)
    look = page(field, words="Verify", texts=(head,))
    asks = Control(n=5, tag="a", words=words, at=(500, 420, 200, 30))
    look = replace(look, controls=(*look.controls, asks))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else "") == expected
    # The press may send another code, where the account is not known to have an authenticator.
    unknown = Traffic((answered("1", nextRequestInterval=120),))
    assert not isinstance(recognise(look, unknown, NUMBER_TAKEN), Way)


def test_what_asks_for_the_code_shows_other_ways_where_a_message_is_waited_for() -> None:
    look = screen_of("Waiting for the SMS", "Can’t get the code?")  # noqa: RUF001
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.name == "other ways"
    # The press may send another code, where the account is not known to have an authenticator.
    unknown = Traffic((answered("1", nextRequestInterval=120),))
    assert not isinstance(recognise(look, unknown, NUMBER_TAKEN), Way)


def test_a_box_for_either_code_waits_for_the_authenticator_where_a_message_is_chosen() -> None:
    tabs = (
        Control(n=5, role="tab", words="Mobile OTP", chosen=True, at=BELOW),
        Control(n=6, role="tab", words="Authenticator", at=BELOW),
    )
    look = page(replace(OTP, near=("OTP / TOTP",)))
    here = recognise(replace(look, controls=look.controls + tabs), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.n == 6
    unmarked = tuple(replace(each, chosen=False) for each in tabs)
    here = recognise(replace(look, controls=look.controls + unmarked), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)


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


def test_a_chat_on_every_screen_hides_no_choice_of_the_method() -> None:
    chat = Field(n=9, placeholder="Type a message", at=AT)
    more = Control(n=7, words="Try another way")
    look = replace(choosing(more), fields=(chat,))
    stood = replace(NUMBER_TAKEN, beside=(chat.likeness,))
    here = recognise(look, ASKS_FOR_CODE, stood)
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("other ways", 7)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_choice_under_a_dialog_over_the_form_is_not_made() -> None:
    """A refusal may be told in a dialog, from under which nothing can be pressed."""
    field = replace(OTP, covered=True)
    covered = [replace(each, covered=True) for each in (SMS, APP)]
    look = replace(choosing(*covered, Control(n=7, words="OK")), fields=(field,))
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)
    assert isinstance(recognise(choosing(SMS, APP, field=True), ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_form_for_another_number_below_keeps_no_choice_from_being_sent() -> None:
    """It stood there before, and the number that was taken is asked for no more."""
    other = Field(n=9, label="Mobile number", heading="New here? Open an account", form=8, at=AT)
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=7, words="Continue", at=BELOW)
    look = replace(choosing(replace(SMS, role="radio"), chosen, go), fields=(other,))
    here = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, beside=(other.likeness,)))
    assert isinstance(here, Way)
    assert (here.name, here.control.n) == ("method chosen", 7)
    assert not isinstance(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN), Way)


def test_a_way_that_is_chosen_says_what_the_box_takes() -> None:
    """Also where the wire said of the account that it has no authenticator."""
    field = replace(OTP, id="", near=("Your code",))
    form = Form("otp", field, None, ())
    wire = Traffic((answered("1", isTotpEnabled=False),))
    chosen = Control(n=5, type="radio", words="Code from an authenticator", chosen=True)
    assert totp_is_enabled(form, page(field), wire) is False
    look = replace(page(field), controls=(chosen,))
    assert totp_is_enabled(form, look, wire) is True
    other = replace(look, controls=(replace(chosen, chosen=False),))
    assert totp_is_enabled(form, other, wire) is False
    message = replace(form, field=replace(field, label="Code from the SMS"))
    assert totp_is_enabled(message, look, wire) is False


@pytest.mark.parametrize("label", ["SMS code", "Code", "Enter OTP"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SMS · 98****1234", "other ways"),
        ("Code via SMS", "other ways"),
        ("Send by: text message ▾", "other ways"),
        ("Support by WhatsApp", None),
        ("English", None),
    ],
)
def test_a_list_is_opened_in_which_a_message_is_chosen(
    words: str, expected: str | None, label: str
) -> None:
    """Whatever the heading and the label say: the box waits for what is chosen there."""
    if label == "SMS code" and expected is None:
        return  # that label alone lets other lists be opened
    opens = Control(n=5, tag="button", words=words, opens=True, at=BELOW)
    look = page(replace(OTP, id="", maxlength=6, near=(), label=label), words="Verify")
    look = replace(look, controls=(opens, *look.controls))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else None) == expected
    # It is pressed once: a list without an authenticator has none.
    pressed = replace(NUMBER_TAKEN, pressed=("other ways",))
    assert not isinstance(recognise(look, ASKS_FOR_CODE, pressed), Way)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("I can’t access my phone", True),  # noqa: RUF001
        ("I don't have my phone", True),
        ("Resend notification", False),
        ("Lost your phone?", False),
    ],
)
def test_who_has_no_phone_at_hand_is_shown_other_ways(words: str, *, leads: bool) -> None:
    look = screen_of("Approve on your phone", "Resend notification", words)
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way) == leads
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)


@pytest.mark.parametrize(
    ("control", "label", "chosen"),
    [
        (Control(n=5, role="tab", words="SMS", chosen=True), "Enter OTP", True),
        (Control(n=5, role="option", words="SMS OTP", chosen=True), "OTP sent to you", True),
        (Control(n=5, type="radio", words="WhatsApp", chosen=True), "Code", True),
        (Control(n=5, tag="button", words="Code via SMS", opens=True), "Code", True),
        (Control(n=5, role="tab", words="By text", chosen=True), "Code", True),
        (Control(n=5, role="radio", words="Phone call", chosen=True), "Code", True),
        (Control(n=5, tag="button", words="Verify by: SMS OTP", opens=True), "Code", True),
        (Control(n=5, tag="button", words="OTP on mobile 98****1234", opens=True), "Code", True),
        # Its label counts more; nothing is chosen; or that is no message.
        (Control(n=5, role="tab", words="Email support", chosen=True), "Code", False),
        (Control(n=5, tag="button", words="Alerts via SMS", opens=True), "Code", False),
        (Control(n=5, tag="button", words="Report by e-mail", opens=True), "Code", False),
        (Control(n=5, role="tab", words="SMS", chosen=True), "OTP or TOTP", False),
        (Control(n=5, role="tab", words="SMS"), "Enter OTP", False),
        (Control(n=5, role="tab", words="SMS or authenticator", chosen=True), "Code", False),
        (Control(n=5, role="tab", words="Login with mobile number", chosen=True), "Code", False),
        (Control(n=5, type="checkbox", words="SMS me offers", chosen=True), "Code", False),
        (Control(n=5, tag="button", words="English", opens=True), "Code", False),
    ],
)
def test_a_box_waits_for_a_message_where_one_is_chosen(
    control: Control, label: str, *, chosen: bool
) -> None:
    field = replace(OTP, id="", maxlength=6, near=(), label=label)
    look = page(field, words="Verify")
    look = replace(look, controls=(control, *look.controls))
    assert message_is_chosen(field, look) == chosen


@pytest.mark.parametrize(
    "words",
    ["Enter the app’s code", "Use the code in my app instead"],  # noqa: RUF001
)
def test_the_apps_code_is_the_authenticators(words: str) -> None:
    leads = Control(n=5, words=words, tag="button", at=BELOW)
    look = page(BOX_OF_SMS, words="Verify")
    here = recognise(replace(look, controls=(leads, *look.controls)), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control == leads


BOX_OF_SMS = replace(OTP, id="", near=(), placeholder="SMS code", maxlength=6, inputmode="numeric")


def test_a_fold_beside_the_box_of_a_message_leads_to_the_authenticator() -> None:
    """What opens says elsewhere what is chosen: here that is certainly another way."""
    fold = Control(n=9, tag="summary", words="Use a code from your authenticator", opens=True)
    look = replace(page(BOX_OF_SMS), controls=(fold,))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control == fold
    app = replace(BOX_OF_SMS, n=6, placeholder="App code")
    opened = replace(look, fields=(BOX_OF_SMS, app), controls=(replace(fold, opens=False),))
    here = recognise(opened, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Form)
    assert here.field == app


@pytest.mark.parametrize(
    ("near", "by_message"),
    [
        (("Enter the code we've texted to 98****1234",), True),
        (("Enter OTP", "We've texted a code to 98****1234"), False),
        (("Enter OTP or TOTP", "SMS sent to 98****1234"), False),
        (("We've texted a code.",), False),
    ],
)
def test_the_nearest_text_of_a_box_without_a_label_may_name_a_message(
    near: tuple[str, ...], by_message: bool
) -> None:
    assert is_of_a_message(replace(OTP, id="", near=near)) is by_message


def test_a_time_based_code_is_the_authenticators() -> None:
    look = screen_of("Where's your code?", "Message", "Time-based code")
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == "Time-based code"


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


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("How should we confirm payouts?", ["Authenticator app", "SMS"]),
        ("Choose how you confirm orders", ["TOTP", "PIN", "None"]),
        ("Protect orders with TOTP", ["Use TOTP", "SMS"]),
    ],
)
def test_nothing_is_chosen_for_the_account_once_a_code_was_taken(
    title: str, words: list[str]
) -> None:
    for sent in (CODE_TAKEN, replace(CODE_TAKEN, pin=True, last="pin")):
        here = recognise(screen_of(title, *words), PIN_IS_SET, sent)
        assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("label", "form", "words", "sends"),
    [
        ("Enter the code sent by SMS", 9, "Continue", True),
        ("Enter the code sent by SMS", 9, "Download the app", False),
        ("Enter the code sent by SMS", 0, "Continue", False),
        ("Enter the code", 9, "Continue", False),
    ],
)
def test_the_choice_is_sent_beside_the_box_for_a_messages_code(
    label: str, form: int, words: str, *, sends: bool
) -> None:
    box = replace(OTP, near=(), label=label, form=form)
    chosen = replace(APP, role="radio", chosen=True)
    go = Control(n=9, words=words, at=BELOW)
    look = choosing(replace(SMS, role="radio"), chosen, go, button("Verify", form=9))
    here = recognise(replace(look, fields=(box,)), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control.n == 9) is sends


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
    ("label", "by_message"),
    [
        ("Text code", True),
        ("Texted code", True),
        ("Phone code", True),
        ("Mobile OTP", True),
        ("Code sent to your mobile", True),
        ("Code received on phone", True),
        ("Enter the code sent to 98****1234", True),
        ("Enter the OTP we sent to +91 98765 43210", True),
        ("Code from the call", True),
        ("Code from the phone call", True),
        ("OTP via text", True),
        ("Code from your messages", True),
        ("Enter the code you received by phone", True),
        ("Enter OTP sent to +91 98765*****", True),
        ("मोबाइल पर आया OTP", True),
        ("फ़ोन पर भेजा गया कोड", True),
        ("संदेश का कोड", True),
        ("Phone par aaya code", True),
        # Neither says that it takes no other code.
        ("Enter OTP", False),
        ("Code", False),
        ("6-digit code", False),
        ("Enter OTP or TOTP", False),
        ("Code sent to your mobile, or TOTP", False),
        ("Authentication code", False),
        ("Code from the phone's authenticator", False),
        ("Code shown on your phone", False),
        ("Code from the messages app", False),
    ],
)
def test_a_label_names_the_message_that_the_code_comes_by(label: str, *, by_message: bool) -> None:
    box = replace(OTP, id="", near=())
    assert is_of_a_message(replace(box, label=label)) is by_message
    assert is_of_a_message(replace(box, placeholder=label)) is by_message
    # Nothing else tells whether the account has an authenticator.
    form = Form("otp", replace(box, label=label), None, ())
    assert (totp_is_enabled(form, page(form.field), SILENT) is False) >= by_message


def test_a_text_beside_a_box_that_names_the_phone_does_not_name_the_box() -> None:
    """Upstox's one box takes both codes, below a text on where the OTP was sent to."""
    sent_to = "Enter the 6-digit OTP received on 98****1234"
    for near in ((sent_to,), (sent_to, "Enter OTP or TOTP"), ("Enter OTP or TOTP", sent_to)):
        box = replace(OTP, near=near)
        assert not is_of_a_message(box)
        assert totp_is_enabled(Form("otp", box, None, ()), page(box), ASKS_FOR_CODE) is True


@pytest.mark.parametrize(
    ("near", "heading", "takes"),
    [
        (("We’ve texted a code to 98****1234.",), "Two-factor authentication", False),  # noqa: RUF001
        (("A code was sent to you by SMS",), "Authenticator or SMS", False),
        (("Authentication code", "We have texted a code to you"), "Log in", False),
        (("Enter OTP or TOTP", "We have texted a code to you"), "Log in", True),
        (("Enter OTP or TOTP", "SMS sent to 98****1234"), "Enter OTP or TOTP", True),
        (("6-digit code", "We have sent you a code by SMS"), "Enter OTP or TOTP", None),
        (("Authentication code",), "Two-factor authentication", True),
        (("6-digit code",), "Two-factor authentication", None),
        (("6-digit code",), "Two-step authentication", None),
        (("6-digit code",), "Multi-factor authentication code", None),
        (("6-digit code",), "Authenticator app", True),
        (("Open your authenticator app and enter the 6-digit code.",), "", True),
        # It tells of a message that nobody sent.
        (("If we texted you a code, ignore it",), "Authenticator", True),
    ],
)
def test_a_texted_code_outweighs_what_a_heading_says(
    near: tuple[str, ...], heading: str, takes: bool | None
) -> None:
    """The wire says nothing of the account."""
    box = replace(OTP, id="", near=(*near, heading), heading=heading)
    if takes is None and any("SMS" in each for each in near):
        takes = True  # the heading names both codes
    assert totp_is_enabled(Form("otp", box, None, ()), page(box), SILENT) is takes


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("Authenticator app (TOTP) is not set up on this account.", False),
        ("TOTP isn’t enabled for your account", False),  # noqa: RUF001
        ("You have not set up an authenticator app", False),
        ("No authenticator is linked to this account", False),
        ("TOTP चालू नहीं है", False),
        ("If TOTP is not enabled, use the OTP", True),
        ("Enter the TOTP, and do not share it", True),
        ("TOTP not working?", True),
    ],
)
def test_a_sentence_that_denies_the_authenticator_names_no_box(text: str, *, takes: bool) -> None:
    box = replace(OTP, id="", label="Your code", near=(text,))
    look = page(box, texts=(text,))
    assert (totp_is_enabled(Form("otp", box, None, ()), look, SILENT) is False) is not takes
    # The wire knows the account better than such a sentence.
    assert totp_is_enabled(Form("otp", box, None, ()), look, ASKS_FOR_CODE) is True


def test_a_control_that_offers_the_authenticator_is_taken_below_a_heading_of_any_second_step() -> (
    None
):
    head, said = "Two-factor authentication", "We have texted a code to 98****1234."
    for label in ("6-digit code", "Authentication code"):
        box = replace(OTP, id="", label=label, near=(said, head), heading=head)
        link = Control(n=7, tag="a", words="Use your authenticator app instead", at=BELOW)
        look = page(box, words="Verify", texts=(said,))
        here = recognise(
            replace(look, controls=(*look.controls, link)), ASKS_FOR_CODE, NUMBER_TAKEN
        )
        assert isinstance(here, Way)
        assert here.control == link


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I can’t receive texts", "other ways"),  # noqa: RUF001
        ("Can’t receive texts?", "other ways"),  # noqa: RUF001
        ("No signal?", "other ways"),
        ("Use something else", "other ways"),
        ("SMS nahi aaya?", "other ways"),
        ("और तरीके", "other ways"),
        ("Koi aur tareeka", "other ways"),
        ("Get help with your code", "other ways"),
        ("Other options (2)", "other ways"),
        ("Get help with your order", None),
        ("No code", None),
        ("Use something else to pay", None),
        ("More ways to invest (2)", None),
    ],
)
def test_what_shows_more_ways_beside_a_messages_box(words: str, expected: str | None) -> None:
    box = replace(OTP, id="", maxlength=6, near=(), label="Text code")
    asks = Control(n=5, tag="a", words=words, at=(500, 420, 200, 30))
    look = replace(page(box, words="Verify"), controls=(button("Verify"), asks))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (here.name if isinstance(here, Way) else None) == expected


@pytest.mark.parametrize(
    ("words", "label", "more", "opened"),
    [
        ("Log in otherwise ▾", "SMS code", (), True),
        ("Options", "SMS code", (), True),
        ("Options", "Enter OTP or TOTP", (), False),
        ("Options", "Code", (), False),
        ("Options", "SMS code", (Control(n=6, words="Menu", opens=True, at=BELOW),), False),
        ("Country: India +91", "SMS code", (), False),
        ("Help & support", "SMS code", (), False),
        ("I agree to the terms", "SMS code", (), False),
    ],
)
def test_the_only_closed_list_beside_a_messages_box_is_opened(
    words: str, label: str, more: tuple[Control, ...], *, opened: bool
) -> None:
    box = replace(OTP, id="", maxlength=6, near=(), label=label)
    fold = Control(n=5, words=words, opens=True, at=BELOW)
    look = replace(page(box, words="Verify"), controls=(button("Verify"), fold, *more))
    here = recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (isinstance(here, Way) and here.control == fold) is opened
    again = recognise(look, ASKS_FOR_CODE, replace(NUMBER_TAKEN, pressed=("other ways",)))
    assert not isinstance(again, Way)


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


_SHEET = tuple(Control(n=n, tag="li", role="option", words=w) for n, w in ((2, "SMS"), (3, "TOTP")))
_NEXT = Control(n=9, words="Next", at=BELOW)
_PRESSED = replace(NUMBER_TAKEN, pressed=("method",))


@pytest.mark.parametrize(
    ("controls", "lines", "sent", "expected"),
    [
        # A list that stays open and marks nothing.
        ((*_SHEET, _NEXT), (), NUMBER_TAKEN, ("method", 3)),
        ((*_SHEET, _NEXT), (), _PRESSED, ("method chosen", 9)),
        (_SHEET, (), _PRESSED, ("method", 3)),
        ((replace(_SHEET[0], chosen=True), _SHEET[1], _NEXT), (), _PRESSED, ("method", 3)),
        # A list that has closed.
        ((_NEXT,), ("Method", "Authenticator"), _PRESSED, ("method chosen", 9)),
        ((_NEXT,), ("Method", "Authenticator"), NUMBER_TAKEN, None),
        ((_NEXT,), ("Method", "SMS"), _PRESSED, None),
        ((replace(_NEXT, words="Get a new key"),), ("Authenticator",), _PRESSED, None),
        ((_NEXT, Control(n=8, words="SMS")), ("Authenticator",), _PRESSED, None),
    ],
)
def test_a_choice_that_no_mark_tells_of_is_sent_once_it_was_made(
    controls: tuple[Control, ...],
    lines: tuple[str, ...],
    sent: Sent,
    expected: tuple[str, int] | None,
) -> None:
    title = Text("Choose where we look for your code", head=True)
    texts = (title, *map(Text, lines), *(Text(each.words, control=True) for each in controls))
    here = recognise(Look(ready=True, controls=controls, texts=texts), ASKS_FOR_CODE, sent)
    assert (None if not isinstance(here, Way) else (here.name, here.control.n)) == expected
