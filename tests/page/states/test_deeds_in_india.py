"""Deeds and charges in the languages of India."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    button,
    page,
    purpose,
    screen_that_says,
)
from upstox_browser_login.page.here import Form, Way
from upstox_browser_login.page.look import Look
from upstox_browser_login.page.recognise import recognise

DEEDS = [
    "पैसे निकालें",
    "निकासी ₹5,000",
    "खाता बंद करें",
    "ऑर्डर की पुष्टि करें",
    "शेयर बेचें",
    "शेयर ख़रीदें",
    "नॉमिनी जोड़ें",
    "बैंक खाता बदलें",
    "शेअर विका",
    "Paise nikalein",
    "Khata band karein",
    "Order ki pushti karein",
    "આપના પૈસા ઉપાડો",
    "பணம் எடுக்க",
    "கணக்கை மூடு",
    "డబ్బు ఉపసంహరణ",
    "ಹಣ ಹಿಂಪಡೆಯಿರಿ",
    "പണം പിൻവലിക്കുക",
    "টাকা তুলুন",
    "শেয়ার বিক্রি করুন",
    "ਪੈਸੇ ਕਢਵਾਓ",
    "ଟଙ୍କା ଉଠାନ୍ତୁ",
    "پیسے نکالیں",
]


@pytest.mark.parametrize("head", DEEDS)
def test_a_pin_or_code_goes_into_no_form_of_a_deed(head: str) -> None:
    pin = replace(PIN, heading=head, near=(head,))
    assert purpose(recognise(page(pin), PIN_IS_SET, CODE_TAKEN)) == "Nothing"
    code = replace(OTP, heading=head, near=(head,))
    assert purpose(recognise(page(code), ASKS_FOR_CODE, NUMBER_TAKEN)) == "Nothing"


@pytest.mark.parametrize("words", ["ऑर्डर की पुष्टि करें", "नॉमिनी जोड़ें", "డబ్బు పంపండి"])
def test_no_button_of_a_deed_is_pressed_under_a_pin(words: str) -> None:
    look = Look(ready=True, fields=(PIN,), controls=(button(words),))
    here = recognise(look, PIN_IS_SET, CODE_TAKEN)
    assert not (isinstance(here, Form) and here.button is not None)


@pytest.mark.parametrize(
    "head",
    [
        "खाते में लॉग इन करें",
        "आपका पिन",
        "अपने मोबाइल नंबर पर भेजा गया कोड डालें",
        "शेयर बाज़ार में आपका स्वागत है",
        "Apne account mein login karein",
        "உங்கள் கணக்கில் உள்நுழைக",
    ],
)
def test_a_login_in_a_language_of_india_is_none_of_them(head: str) -> None:
    pin = replace(PIN, heading=head)
    assert purpose(recognise(page(pin), PIN_IS_SET, CODE_TAKEN)) == "pin"


@pytest.mark.parametrize(
    ("title", "text", "passed"),
    [
        ("Upstox Plus लें", "₹499 आपके बैलेंस से काटे जाएंगे।", False),
        ("TradeBot", "यह ऐप आपकी ओर से ऑर्डर दे सकेगा।", False),
        ("नॉमिनी से इनकार", "आप नॉमिनी नहीं जोड़ना चाहते।", False),
        ("जोखिम", "10 में से 9 ट्रेडर को औसतन ₹50,000 का नुकसान हुआ।", True),
        ("नमस्ते", "नया ऐप आ गया है।", True),
    ],
)
def test_a_screen_that_costs_or_binds_is_not_passed_by_going_on(
    title: str, text: str, *, passed: bool
) -> None:
    here = recognise(screen_that_says(title, text, "Continue"), ASKS_FOR_CODE, NUMBER_TAKEN)
    assert isinstance(here, Way) is passed
