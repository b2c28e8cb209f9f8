"""What a PIN or a code is typed for, or sent for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.recognise import recognise

_CODE = replace(OTP, id="", inputmode="numeric", maxlength=6)


@pytest.mark.parametrize(
    ("heading", "label", "near", "logs_in"),
    [
        ("Pending withdrawal of ₹12,500", "PIN", "", False),
        ("Payment of ₹900", "PIN", "", False),
        ("Authorise payout", "PIN", "", False),
        ("E-sign your DDPI", "PIN", "", False),
        ("Change mobile number", "PIN", "", False),
        ("Family", "Kiran’s PIN", "", False),  # noqa: RUF001
        ("Papers", "Vault PIN", "", False),
        # What it is typed for is said, and is nothing of a login.
        ("One more step", "PIN", "To release it to your bank, enter your PIN.", False),
        ("Family", "PIN", "Enter your PIN to give Kiran access to your account", False),
        ("Nominee", "PIN", "Enter PIN to confirm Kiran Rao as your nominee", False),
        ("E-mail", "Enter PIN to change it", "", False),
        ("Welcome back", "PIN", "Enter your PIN to continue", True),
        ("Hi Asha", "PIN", "Enter your PIN to log in and start trading", True),
        ("Hi Asha", "PIN", "To keep your money safe, enter your PIN", True),
        ("Sign in", "PIN", "Enter your PIN to access your portfolio and place orders", True),
        ("Log in to trade", "PIN", "Your PIN protects withdrawals and orders", True),
        ("Hi Asha", "PIN", "Enter your PIN to approve this sign-in", True),
        ("Hi Asha", "Enter PIN to verify it's you", "", True),
        ("Hi Asha", "PIN", "Enter your PIN to confirm your identity and continue", True),
        ("Hi Asha", "PIN", "Enter your PIN to confirm your identity and pay", False),
    ],
)
def test_a_pin_is_typed_for_nothing_but_to_log_in(
    heading: str, label: str, near: str, *, logs_in: bool
) -> None:
    field = replace(PIN, id="", heading=heading, label=label, near=(near,) if near else ())
    here = recognise(page(field), PIN_IS_SET, CODE_TAKEN)
    assert (purpose(here) == "pin") is logs_in


@pytest.mark.parametrize(
    ("heading", "label", "near", "logs_in"),
    [
        ("Selling holdings?", "OTP from CDSL", "", False),
        ("Authorise with CDSL", "OTP", "", False),
        ("One more step", "OTP sent by UIDAI", "", False),
        ("Verify your e-mail", "OTP", "", False),
        ("One more step", "OTP sent to your new number", "", False),
        ("One more step", "OTP", "Your bank has sent you an OTP", False),
        ("One more step", "OTP", "Enter OTP to confirm your nominee", False),
        ("Verify your number", "OTP", "Enter the OTP sent to your mobile", True),
        ("Enter OTP", "OTP or TOTP", "Enter the 6-digit OTP received on 98****1234", True),
        ("Check your phone", "6-digit code", "To log in, enter the code we texted you", True),
        ("Verify your number", "OTP", "Never share the OTP from your bank", True),
    ],
)
def test_a_code_is_typed_for_nothing_but_to_log_in(
    heading: str, label: str, near: str, *, logs_in: bool
) -> None:
    field = replace(_CODE, heading=heading, label=label, near=(near,) if near else ())
    here = recognise(page(field), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert (purpose(here) == "otp") is logs_in


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Enter your PIN to authorise the sale of 100 TCS.", False),
        ("Your PIN places the order: BUY 100 INFY.", False),
        ("Enter PIN to release your payout.", False),
        ("Enter PIN to confirm Priya as nominee.", False),
        ("Enter your PIN to turn off TOTP.", False),
        ("By entering your PIN you activate MTF.", False),
        ("Your PIN e-signs the DDPI form.", False),
        ("Enter your PIN to log in and place orders.", True),
        ("Enter PIN to view your portfolio.", True),
        ("Enter PIN to confirm that it is you.", True),
        ("Enter PIN to start trading.", True),
        ("Enter PIN to move ahead.", True),
        ("Enter PIN to connect QuantPilot.", True),
        ("Enter PIN to connect your account to QuantPilot.", True),
        ("Enter PIN to connect your spouse", False),
        ("Enter PIN to connect your savings account", False),
        ("Enter PIN to connect an account aggregator", False),
        ("Enter PIN to connect HDFC Smart", False),
        ("Enter PIN to connect WhatsApp alerts", False),
        ("Enter PIN to view your withdrawals", True),
        ("Enter PIN to access your MTF positions", True),
        ("Enter PIN to start trading in F&O", True),
        ("Enter PIN to see your offers and accept", False),
        ("Enter PIN to connect your Upstox account with QuantPilot.", True),
        ("Enter PIN to authorise access", True),
        ("Enter PIN to authorise access for Kiran", False),
        ("Enter PIN to connect your bank.", False),
        ("Enter PIN to connect a wallet.", False),
        ("Never use your PIN to sell or to link a bank for others.", True),
        ("Forgot it? Use OTP to change your PIN.", True),
    ],
)
def test_no_pin_goes_where_a_sentence_says_what_else_is_done_by_it(text: str, taken: bool) -> None:
    look = page(replace(PIN, near=(text,)), texts=(text,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("pin" if taken else "Nothing")


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("Enter TOTP to link HDFC Bank", False),
        ("TOTP to confirm your order", False),
        ("Enter TOTP to log in", True),
        ("Your TOTP code changes every 30 seconds", True),
        ("This code changes your bank account", False),
        ("Enter TOTP to continue", True),
    ],
)
def test_no_code_goes_where_its_label_says_what_else_is_done_by_it(label: str, taken: bool) -> None:
    look = page(replace(OTP, label=label, near=()))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == ("otp" if taken else "Nothing")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("We have sent a code to close your account", False),
        ("We have sent a code to 98****1234 to change your bank", False),
        ("We’ve sent a code to your mobile number to transfer funds", False),  # noqa: RUF001
        ("A code was texted to asha@mail.example to gift shares", False),
        ("Enter the code we sent to update your address", False),
        ("To register a nominee, we have sent you a code", False),
        ("We sent a code to verify your e-mail", False),
        ("OTP for account closure", False),
        ("We texted a code to your number to make sure it’s really you", True),  # noqa: RUF001
        ("OTP has been sent to your WhatsApp to get you started", True),
        ("We’ve sent a code to validate your request", True),  # noqa: RUF001
        ("We have sent a code to your mobile number to verify it's you", True),
        ("We have sent you a code to log in", True),
        ("Code sent to WhatsApp", True),
        ("OTP sent to your mobile 98****1234 and your e-mail", True),
        ("Tap to send the code again", True),
        ("The OTP sent to you is valid for 10 minutes", True),
    ],
)
@pytest.mark.parametrize("heads", [False, True])
def test_no_code_goes_where_it_is_sent_for_something_else(
    text: str, *, taken: bool, heads: bool
) -> None:
    own = replace(OTP, heading=text) if heads else replace(OTP, near=("Enter OTP", text))
    look = page(replace(own, near=own.near or ("Enter OTP",)), texts=(text,))
    assert purpose(recognise(look, ASKS_FOR_CODE, NUMBER_TAKEN)) == ("otp" if taken else "Nothing")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("We’ll send a code to your mobile to close your account", False),  # noqa: RUF001
        ("We’ll send you a one-time password (OTP) to verify your mobile number.", True),  # noqa: RUF001
    ],
)
def test_no_number_goes_where_a_code_for_something_else_is_sent(text: str, *, taken: bool) -> None:
    own = replace(MOBILE, near=("Enter mobile number", "+91", text))
    assert purpose(recognise(page(own, words="Get OTP"), SILENT, START)) == (
        "mobile" if taken else "Nothing"
    )


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        # To log in and to have something done.
        ("Enter your PIN to access margin", False),
        ("Enter PIN to unlock F&O", False),
        ("Enter PIN to continue closing your account", False),
        ("Enter PIN to proceed with payment", False),
        ("Enter PIN to view and accept the terms", False),
        ("Enter PIN to trade 10 TCS", False),
        ("To authenticate the withdrawal enter your PIN", False),
        ("Confirm your identity to change your bank", False),
        ("Confirm your identity so we can close your account", False),
        ("Verify it's you before selling", False),
        ("You requested account closure", False),
        ("Account deletion requested. Enter PIN", False),
        ("Closing your account", False),
        ("Enter PIN to confirm your identity, then we move your shares", False),
        ("Confirm your identity, then we move your shares", False),
        ("Enter PIN to view and move your shares", False),
        ("Your shares are moved once you enter your PIN", False),
        ("Enter your PIN so that we can move your shares", False),
        ("Enter PIN to open your NPS account", False),
        ("Enter PIN to open your account with NPS", False),
        ("Enter your PIN to log in and freeze your account", False),
        ("Enter PIN to start your free trial", False),
        ("Enter PIN to enter the contest", False),
        ("Enter PIN to return shares", False),
        ("Enter PIN to check out", False),
        ("Enter PIN to continue to MTF", False),
        ("Enter PIN to open your trading account", True),
        ("Enter PIN to open Upstox", True),
        ("Enter PIN to enter the market", True),
        ("Enter PIN to return to TradeBot", True),
        ("Enter PIN to use TradeBot", True),
        ("Enter PIN to invest in stocks", True),
        ("Enter PIN to manage your SIPs", True),
        ("Enter your PIN to sign in to MTF Scanner", True),
        ("Enter your PIN to continue with IPO Tracker", True),
        ("Enter PIN to sign in to MTF Scanner and pledge", False),
        ("Funds are transferred once your bank confirms", True),
        ("We open your dashboard once you enter your PIN", True),
        ("We will log you out of other devices", True),
        ("After 5 wrong PINs we will freeze your account", True),
        ("Enter your PIN to begin a session", True),
        ("Enter your PIN to return", True),
        ("For your safety, confirm your identity", True),
        ("Freeze your account any time from the app", True),
        ("Enter your PIN to see your portfolio, funds and orders", True),
        ("Enter PIN to access your account", True),
        ("Verify it's you to continue", True),
        ("Verify your identity for security", True),
        ("If you did not request account closure, call us", True),
    ],
)
def test_a_pin_only_proves_who_logs_in(text: str, *, taken: bool) -> None:
    look = page(replace(PIN, near=(text,)), texts=(text,))
    assert purpose(recognise(look, PIN_IS_SET, CODE_TAKEN)) == ("pin" if taken else "Nothing")


@pytest.mark.parametrize("text", ["You requested account closure", "Closing your account"])
def test_no_code_and_no_number_closes_an_account(text: str) -> None:
    code = replace(OTP, near=("Enter OTP", text))
    assert purpose(recognise(page(code), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"
    number = replace(MOBILE, near=("Enter mobile number", "+91", text))
    assert purpose(recognise(page(number, words="Get OTP"), SILENT, START)) == "Nothing"
