"""What a message says by its code and its text."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.page.test_words import MEANINGS
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.said import (
    BRACKETED,
    Said,
    is_a_rule,
    meaning_of,
    refused_by_answer,
    refuses_pin,
    stated_wait,
)
from upstox_browser_login.page.words import Meaning

from .looks import ended
from .views import (
    BLANK,
    CARRIES_PIN,
    PIN_SENT,
    end,
    view,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(("code", "meaning"), MEANINGS.items())
@pytest.mark.parametrize("text", ["", "Something went wrong", "You have entered an incorrect PIN"])
def test_a_known_code_decides_whatever_the_text(code: str, meaning: str, text: str) -> None:
    said = Said.of(f"{text} [{code}]")
    assert (said.text, said.code, said.meaning) == (text, code, meaning)
    assert Said(text, code).meaning == meaning


TOASTS = [
    ("This mobile number is linked to more than one account.", "several accounts"),
    ("Your mobile number has been registered with 3 accounts", "several accounts"),
    ("Please enter a valid mobile number", "mobile refused"),
    ("This number isn't right. Check it.", "mobile refused"),
    ("सही मोबाइल नंबर दर्ज करें", "mobile refused"),
    ("Sahi mobile number daalein", "mobile refused"),
    ("সঠিক মোবাইল নম্বর দিন", "mobile refused"),
    ("சரியான மொபைல் எண்ணை உள்ளிடவும்", "mobile refused"),
    ("సరైన మొబైల్ నంబర్ నమోదు చేయండి", "mobile refused"),
    ("योग्य मोबाईल क्रमांक टाका", "mobile refused"),
    ("No account found with this mobile number", "mobile refused"),
    ("No account matches these details. Check and try again.", "mobile refused"),
    ("No user registered with this mobile", "mobile refused"),
    ("Landline numbers cannot be used here", "mobile refused"),
    ("தவறான மொபைல் எண்", "mobile refused"),
    ("This TOTP has already been used. Wait for the next one.", "code refused"),
    ("Code already used. Enter a new one.", "code refused"),
    ("One-time code already consumed", "code refused"),
    ("Yeh number registered nahi hai", "mobile refused"),
    ("Yeh number sahi nahi hai", "mobile refused"),
    ("Please check your mobile number", "mobile refused"),
    ("Mobile number must start with 6, 7, 8 or 9", "mobile refused"),
    ("That’s not the right code", "code refused"),  # noqa: RUF001
    ("We couldn’t verify that code", "code refused"),  # noqa: RUF001
    ("OTP sahi nahi hai", "code refused"),
    ("Sorry, that code didn't work", "code refused"),
    ("You're out of attempts", "rate limited"),
    ("Login paused for 10 minutes", "rate limited"),
    # It warns of a lock that has not come.
    ("Incorrect PIN. 2 attempts remaining before your account is locked.", "pin refused"),
    ("Wrong PIN. Enter the right one or your account is locked", "pin refused"),
    ("Invalid number", "mobile refused"),
    ("Hmm, that doesn't look like an Indian mobile number", "mobile refused"),
    ("This isn't a mobile number.", "mobile refused"),
    ("Login locked after 5 incorrect PINs", "locked"),
    ("Your login blocked due to too many wrong PIN attempts", "locked"),
    ("We’ve put a lock on your account", "locked"),  # noqa: RUF001
    ("Unregistered mobile number", "mobile refused"),
    ("We don't recognise this mobile", "mobile refused"),
    ("That PIN didn't work", "pin refused"),
    ("This isn't your PIN", "pin refused"),
    ("Hmm, that’s not your PIN. Have another go.", "pin refused"),  # noqa: RUF001
    ("Incorrect PIN. Too many wrong PINs will lock your account.", "pin refused"),
    ("আপনার মোবাইলে পাঠানো কোডটি ভুল", "code refused"),
    ("PIN sahi nahi hai", "pin refused"),
    ("Too many wrong PINs. Account locked.", "locked"),
    ("Aapka account lock ho gaya hai", "locked"),
    ("Your login has been blocked", "locked"),
    ("10 minute baad try karein", "rate limited"),
    ("You’ve used this code before", "code refused"),  # noqa: RUF001  (the page's)
    ("Yeh OTP pehle use ho chuka hai", "code refused"),
    ("We don't recognise this number", "mobile refused"),
    ("Use a valid 10-digit mobile number", "mobile refused"),
    ("This is not a valid number", "mobile refused"),
    ("A valid mobile number is required", "mobile refused"),
    ("That doesn't look like a valid number", "mobile refused"),
    ("Your number does not seem to be right", "mobile refused"),
    ("That does not appear to be the correct OTP", "code refused"),
    ("This doesn't look like your correct PIN", "pin refused"),
    ("Sahi PIN daalein", "pin refused"),
    ("Please enter the correct PIN", "pin refused"),
    ("Enter a valid OTP", "code refused"),
    ("Please try again with the correct PIN", "pin refused"),
    ("Try again with correct PIN", "pin refused"),
    ("Retry with the correct PIN", "pin refused"),
    ("Try once more with the correct PIN", "pin refused"),
    ("Kindly put the correct PIN", "pin refused"),
    ("Please key in the correct PIN", "pin refused"),
    ("Please login with the correct PIN", "pin refused"),
    ("Submit a valid OTP", "code refused"),
    ("Try again using the correct OTP", "code refused"),
    ("Incorrect PIN, forgot PIN?", "pin refused"),
    ("Incorrect PIN Forgot PIN?", "pin refused"),
    ("Incorrect PIN? 2 attempts left", "pin refused"),
    ("Wrong OTP, need a new one?", "code refused"),
    ("Your account has been locked Need help?", "locked"),
    ("Too many incorrect attempts, account has been locked?", "rate limited"),
    ("You have entered an incorrect PIN", "pin refused"),
    ("Incorrect PIN. 3 attempts left", "pin refused"),
    ("The OTP you entered is incorrect. 4 attempts left", "code refused"),
    ("Invalid OTP", "code refused"),
    ("Incorrect TOTP", "code refused"),
    ("OTP has expired", "code refused"),
    ("You have 2 attempts remaining", "code refused"),
    ("You have exceeded the maximum number of times you can generate an OTP.", "rate limited"),
    ("Too many attempts", "rate limited"),
    ("Due to too many incorrect PIN attempts, your account has been locked.", "locked"),
    ("Your session to validate otp has expired, please try again.", "session lost"),
    ("You've been signed out", "session lost"),
    ("Access token expired", "session lost"),
    ("CSRF verification failed. Request aborted.", "session lost"),
    ("Invalid CSRF token", "session lost"),
    ("Invalid security token. Try again.", "session lost"),
    ("csrf_mismatch", "session lost"),
    ("Security token: your TOTP is invalid", "code refused"),
    ("Nonce required", "session lost"),
    ("You have been automatically logged out of Upstox.", "session lost"),
    ("Enter a 10-digit mobile number.", "mobile refused"),
    ("Make sure your mobile number was entered correctly.", "mobile refused"),
    ("Invalid mobile number", "mobile refused"),
    ("It should be a 6-digit OTP.", "code too short"),
    ("This version is outdated", "outdated"),
    ("Request aborted", "trouble"),
    ("Something went wrong", "trouble"),
    ("Network Error. Try re-loading the page", "network"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Is this the right mobile number?",
        "Is this your correct number?",
        "Please make sure this is the right number",
        "No account? Open one with this number",
    ],
)
def test_whoever_asks_whether_a_number_is_right_refuses_none(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "OTP sent to the correct number",
        "Enter the OTP sent to your correct number",
        "Your right number is kept safe",
        "OTP সঠিক মোবাইল নম্বরে পাঠানো হয়েছে",
        "Correct PIN. Taking you to your account",
        "Valid OTP. Please wait",
        "OTP is used to verify your number",
        "A code can be used only once",
        "OTP 10 minute baad expire ho jayega",
        "OTP 5 min se pehle use karein",
        "OTP nahi mila? 2 minutes baad dobara bhejein",
        "Account lock ho gaya? Yahan kholein",
        "Agar account block ho gaya hai to call karein",
        "Too many wrong PINs will lock your account",
        "PIN doesn't work? Reset it",
        "PIN does not work on this screen",
        "Enter the code from your app, not your PIN",
        "Agar PIN sahi nahi hai to reset karein",
        "We don't recognise this phone",
        "We never make calls from an unregistered number",
        "If your PIN does not work, reset it in the app",
        "Your account is no longer locked",
        "Account locker: papers kept for you",
        "We do not keep user data on this phone",
        "सही पिन",
    ],
)
def test_a_right_one_that_nobody_asks_for_refuses_nothing(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Referral code already used",
        "Coupon code is invalid",
        "The code of your voucher has expired",
        "Gift card code has expired",
        "Your promo code was already used",
        "Invite code has been used",
        "IFSC code is wrong",
        "QR code expired. Refresh",
        "Invalid postal code",
        "PIN code of your area is invalid",
        "Incorrect city PIN",
        "Invalid UPI PIN",
        "रेफरल कोड गलत है",
    ],
)
def test_what_is_said_of_another_code_refuses_none_of_a_login(text: str) -> None:
    assert meaning_of(text) is None
    assert refused_by_answer("otp", text) is None
    assert refused_by_answer("pin", text) is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Wrong OTP or referral code", "code refused"),
        ("Wrong PIN. QR code expired", "pin refused"),
        ("Incorrect PIN code", "pin refused"),
        ("Security code is wrong", "code refused"),
    ],
)
def test_a_refusal_beside_another_code_is_one_all_the_same(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), TOASTS)
def test_texts(text: str, meaning: str) -> None:
    """By themselves, in capitals, and with a number that nobody has seen."""
    for written in (text, text.upper(), f"  {text}\n"):
        assert meaning_of(written) == meaning
        assert Said.of(written).meaning == meaning
    numbered = Said.of(f"{text} [1017999]")
    assert numbered.code == "1017999"
    # Of trouble with a number of its own the number tells more.
    assert numbered.meaning == ("unknown" if meaning == "trouble" else meaning)


@pytest.mark.parametrize(
    "text",
    [
        "Let’s get started",  # noqa: RUF001  (the page's own apostrophe)
        # The page's own apostrophe.
        "We’ll send you a one-time password (OTP) to verify your mobile number.",  # noqa: RUF001
        "Verify your number",
        "Enter mobile number",
        "Enter OTP or TOTP",
        "Enter the 6-digit OTP received on 98****1234",
        "Resend OTP (2:00s)",
        "Resend OTP",
        "Try TOTP?",
        "Enter 6-digit PIN",
        "Hi Asha",
        "Welcome back",
        "Forgot PIN?",
        "Signed in as 9876501234.",
        "Login with mobile number",
        "Login with QR code",
        "Get OTP",
        "Continue",
        "Create a new 6-digit PIN",
        "If this is not your mobile number, change it",
        "Is your mobile number linked to more than one account?",
        "Your mobile number is linked to 1 account",
        "One mobile number is linked to multiple accounts only with consent",
        "Login locked after 10 pm for maintenance",
        "0 failed attempts since your last login",
        "Check it before your account is locked",
        "You have been signed out of all your other devices",
        "If you've been logged out, start again",
    ],
)
def test_what_the_page_says_on_a_good_day_means_nothing(text: str) -> None:
    assert meaning_of(text) is None
    assert Said.of(text) == Said(text)


@pytest.mark.parametrize("text", ["Request aborted [500]", "REQUEST ABORTED [400]\n"])
def test_three_digits_are_a_status_and_no_code(text: str) -> None:
    """The page says "Request aborted [500]" of everything that failed."""
    said = Said.of(text)
    assert said.code is None
    assert said.status in {400, 500}
    assert said.meaning == "trouble"


def test_a_status_alone() -> None:
    assert Said("x", status=429).meaning == "rate limited"
    assert Said("x", status=403).meaning == "trouble"
    assert Said("x").meaning == "unknown"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is not to be [1017999]", "1017999"),
        ("Invalid request\n[UDAPI100068]", "UDAPI100068"),
        ("[1017106]", "1017106"),
        ("Never say [1017106] of it", None),
        ("Resend OTP [12]", None),
        ("Market update [NSE]", None),
    ],
)
def test_a_code_stands_in_brackets_at_the_end(text: str, code: str | None) -> None:
    assert Said.of(text).code == code
    assert (BRACKETED.search(text) is not None) == (code is not None)


@given(ANY_TEXT, st.none() | ANY_TEXT, st.none() | st.integers())
@example("[1017106]", "1017106", 200)
def test_any_text_has_a_meaning(text: str, code: str | None, status: int | None) -> None:
    for said in (Said.of(text), Said.of(f"{text} [1017106]"), Said(text, code, status)):
        assert said.meaning in get_args(Meaning)


# -- waits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Kindly, try again after 10 mins.", 600),
        ("Try again in 1 minute", 60),
        ("Try again after 30 seconds", 30),
        ("Try again after 45sec", 45),
        ("Blocked for 2 hours.", 7200),
        ("Try again in 1 hr", 3600),
        ("TRY AGAIN IN 10 MINUTES", 600),
        ("It should be a 6-digit OTP.", None),
        ("Maximum of 5 attempts", None),
        ("at least 10 minimum", None),
        ("try again later", None),
        ("", None),
        ("You exceeded 5 tries within 10 minutes. Please try again after 24 hours", 86_400.0),
        ("Maximum 3 OTPs in 30 seconds. Try again in 10 minutes", 600.0),
        ("Try again tomorrow", 86_400.0),
        ("OTP is blocked for 24 hours. Please try again later.", 86_400.0),
        ("You exceeded 5 tries within 24 hours. Try again after 10 minutes", 600.0),
        ("Retry after 1 day", 86_400.0),
        ("Try again after 2 hours 30 minutes", 9000.0),
        ("Try again in 1 day, 2 hours and 5 minutes", 93_900.0),
        ("3 tries in 10 minutes, 2 hours", 7200.0),
        ("2 ghante baad koshish karein", 7200.0),
        ("10 मिनट बाद पुनः प्रयास करें", 600.0),
        ("2 घंटे 30 मिनट बाद कोशिश करें", 9000.0),
    ],
)
def test_stated_wait(text: str, seconds: float | None) -> None:
    assert stated_wait(text) == seconds


@given(ANY_TEXT | st.from_regex(r"\d+ ?(sec|min|hour|hr)s?", fullmatch=True))
def test_any_wait_is_a_time(text: str) -> None:
    wait = stated_wait(text)
    assert wait is None or 0 <= wait <= 9999 * 86_400


@pytest.mark.parametrize(
    "text",
    ["Incorrect PIN? Reset it here.", "OTP expired?", "Account locked?", "Wrong number? Change it"],
)
def test_a_question_says_nothing_of_what_was_sent(text: str) -> None:
    assert meaning_of(text) is None
    assert meaning_of(f"{text} You have entered an incorrect PIN.") == "pin refused"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Something went wrong. Enter your PIN again", "trouble"),
        ("Something went wrong with the OTP", "trouble"),
        ("कुछ गलत हो गया। अपना PIN फिर दर्ज करें", None),
        ("Kuch galat ho gaya. PIN dobara daalein", None),
        # Longer words that begin with the letters of "wrong": without fail, forget, loss.
        ("PIN ஐ தவறாமல் உள்ளிடவும்", None),
        ("আপনার PIN ভুলবেন না", None),
        ("ଆପଣଙ୍କ PIN ଭୁଲନ୍ତୁ ନାହିଁ", None),
        ("F&O માં ખોટ. PIN નાખો", None),
        ("تکنیکی غلطی، PIN دوبارہ", None),
        # "After", in Tamil, is no PIN.
        ("தவறான எண். நேரத்திற்குப் பின் முயற்சி", None),
        ("गलत पिन", "pin refused"),
        ("ভুল পিন", "pin refused"),
        ("தவறான பின்", "pin refused"),
        ("ખોટો પિન", "pin refused"),
        ("غلط PIN", "pin refused"),
        ("You entered a wrong PIN", "pin refused"),
    ],
)
def test_a_wrong_that_is_not_of_what_was_typed(text: str, meaning: str | None) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("OTP attempts exhausted. Please retry after 10 mins", "rate limited"),
        ("No attempts left. Please wait 10 minutes.", "rate limited"),
        ("OTP limit reached", "rate limited"),
        ("आपने बहुत बार कोशिश की है। 10 मिनट बाद फिर कोशिश करें।", "rate limited"),
        ("2 attempts left", "code refused"),
        ("Resend OTP in 2 min", None),
        ("OTP sent. Wait 2 min to request a new one", None),
        ("The OTP is valid for 10 minutes", None),
        ("Account suspended after 5 failed attempts. Reset your PIN.", "locked"),
        ("We have locked your account to keep it safe", "locked"),
        ("Account locked.", "locked"),
        ("Beware: shared accounts get blocked.", None),
        ("Enter it wrong 5 times, and we will lock your account", None),
        ("You are not an Upstox user yet", "mobile refused"),
        ("No Upstox account uses this number", "mobile refused"),
        ("This number is not linked to any account", "mobile refused"),
        ("Not an Upstox user yet? Open an account", None),
        ("You are not a member of this group", None),
        ("You've been locked out", "locked"),
        ("You've been locked out for 24 hours. If you need help, call us.", "locked"),
        ("Your account is blocked for trading and login", "locked"),
        ("If you are locked out, call us", None),
        ("Are you locked out?", None),
        ("You've asked for too many codes", "rate limited"),
        ("We couldn't verify your PIN", "pin refused"),
        ("Couldn't log you in with this PIN", "pin refused"),
        ("Not quite. Check your PIN and try again", "pin refused"),
        ("Check the code and try again", "code refused"),
        ("The OTP you entered has already been used", "code refused"),
        ("Code is no longer valid", "code refused"),
        ("A new OTP was sent. The earlier OTP is no longer valid.", None),
        ("An old code is no longer valid when a new one is sent", None),
        ("A code is no longer valid after 30 seconds", None),
        ("You don't have an account with us yet", "mobile refused"),
        ("You don't have an account?", None),
        ("Looks like you're new here", "mobile refused"),
        ("New here? Open an account", None),
    ],
)
def test_limits_locks_and_unknown_numbers(text: str, meaning: str | None) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "Your code has been used to log in on a new device",
        "Don't call customer care",
        "We do not ask customer care to call",
        "Demat account not found",
        "If you are not a customer, sign up",
        "Not a customer? Open an account",
        "Device not found",
    ],
)
def test_what_only_sounds_like_a_refusal_means_nothing(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("This code has already been used", "code refused"),
        ("Invalid authentication code", "code refused"),
        ("You are not a customer yet", "mobile refused"),
        ("This isn't yet a customer's", "mobile refused"),
        ("User not found", "mobile refused"),
        ("Number not found", "mobile refused"),
        ("No such customer exists", "mobile refused"),
    ],
)
def test_words_of_other_servers_refuse_as_well(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "Your demat account is frozen for debits",
        "Your account is blocked for withdrawals",
        "Your bank account is blocked",
        "Your account is locked in at ₹20 per order",
        "Trading is paused for 15 minutes",
        "Payouts are on hold for 24 hours",
        "Daily limit reached: 20 orders",
        "You have reached the daily limit of 5 withdrawals",
        "Payment attempts exhausted",
        "Resend code is disabled for 30 s",
        "Resend code is disabled for 2 minutes",
        "Your PIN does not work elsewhere",
        "Your PIN does not work outside Upstox",
        "Your code is not valid elsewhere",
        "OTP does not work twice",
        "An OTP does not work after 10 minutes",
    ],
)
def test_what_is_about_something_else_refuses_and_locks_nothing(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Your account is locked for 24 hours", "locked"),
        ("Your account is frozen for security reasons", "locked"),
        ("Your demat account has been locked", "locked"),
        ("OTP is disabled for 30 minutes", "rate limited"),
        ("Your login is on hold for 1 hour", "rate limited"),
        ("You are locked out after 5 wrong PINs", "locked"),
        ("Incorrect PIN. After 5 wrong PINs your account is locked.", "pin refused"),
        ("Wrong PIN entered. Maximum 5 attempts.", "pin refused"),
        ("Your PIN does not work.", "pin refused"),
        ("Daily limit reached", "rate limited"),
        ("Orders are open. You have reached the OTP limit", "rate limited"),
        ("OTP limit reached, your orders are safe", "rate limited"),
        ("This code doesn't work, please try again", "code refused"),
    ],
)
def test_what_is_about_the_login_refuses_and_locks(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning
    assert not is_a_rule(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("After 5 wrong tries, your account is locked for 24 hours", True),
        ("On the fifth wrong PIN your account is blocked", True),
        ("5 wrong PINs and your account is locked", True),
        ("Enter a wrong PIN 5 times and you are locked out", True),
        ("You are locked out on the fifth wrong PIN", True),
        ("Unless you verify, your account is suspended", True),
        ("Maximum 5 attempts", True),
        ("If the OTP has expired, ask for another", True),
        ("Last failed login: 26 Nov, incorrect PIN", True),
        ("Someone entered a wrong PIN yesterday", True),
        ("A used code is not accepted again", True),
        ("PIN incorrect thrice will lock the account", True),
        ("Your OTP has not expired", True),
        ("An invalid OTP was entered", False),
        ("You entered a wrong PIN 3 times, your account will be locked soon", False),
        ("Your OTP has expired", False),
        ("Check your phone number", True),
        ("Check your PIN and try again", True),
        ("Please check your OTP and retry.", True),
        ("Not quite. Check your PIN and try again", False),
        ("Incorrect PIN. Check your PIN and try again", False),
        ("Mobile number must have 10 digits", True),
        ("Too many wrong PINs lock your account. Check your mobile number.", True),
        ("After 5 wrong tries, your account has been locked", False),
        ("After 5 wrong attempts your account is now locked", False),
        ("Your account is locked after 5 wrong PINs", False),
        ("Incorrect PIN. After 5 wrong PINs your account is locked", False),
        ("You have reached the maximum of 5 attempts", False),
        ("Invalid mobile number. Mobile number must have 10 digits", False),
        ("Welcome back", False),
    ],
)
def test_what_holds_for_everybody_is_told_from_what_was_refused(text: str, *, rule: bool) -> None:
    assert is_a_rule(text) is rule


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("PIN rejected", "pin refused"),
        ("PIN match nahi hua", "pin refused"),
        ("Code rejected", "code refused"),
        ("OTP expire ho gaya", "code refused"),
        ("OTP 5 minute mein expire ho jayega", None),
        ("Wrong codes will be rejected", None),
        ("Not an Upstox customer", "mobile refused"),
        ("Your PIN is blocked", "locked"),
        ("PIN blocked", "locked"),
        ("Your PIN will be blocked after 5 tries", None),
        ("Rate limit exceeded", "rate limited"),
        ("Unexpected error", "trouble"),
        ("An error occurred", "trouble"),
        ("Facing technical issues?", None),
        ("Server error. Try once more", "trouble"),
    ],
)
def test_short_texts_of_errors(text: str, meaning: Meaning | None) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("That PIN isn’t the one we know", "pin refused"),  # noqa: RUF001  (the page's own)
        ("தவறான PIN", "pin refused"),
        ("ભૂલ: ખોટો પિન", "pin refused"),
        ("Your credentials were rejected", "pin refused"),
        ("Try that PIN again", "pin refused"),
        # Something else is the reason, or nothing says no.
        ("We could not check your PIN for a technical reason", "unknown"),
        ("PIN is not set", "unknown"),
        ("Your PIN", "unknown"),
        ("Unable to verify your PIN. Please retry", "unknown"),
        ("Authentication credentials were not provided", "unknown"),
        ("Client credentials are not valid", "unknown"),
        ("PIN login is not available on this device", "unknown"),
        ("Do not share your PIN. Access denied", "unknown"),
        ("Nothing came of it. Enter your PIN again", "unknown"),
        ("Something went wrong. Enter your PIN again", "trouble"),
        ("That isn’t the one we know", "unknown"),  # noqa: RUF001
    ],
)
def test_an_answer_that_names_the_credential_and_says_no_refuses_it(
    text: str, meaning: str
) -> None:
    call = ended(CARRIES_PIN, 92.0, ok=False, said=Said(text))
    later = 94.1 if meaning == "unknown" else 92.2
    assert end(decide(view(BLANK, call, sent=PIN_SENT, now=later))).meaning == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Your account is frozen due to KYC non-compliance", "denied"),
        ("Your account has been suspended as per SEBI guidelines", "denied"),
        ("Your account is locked after incorrect PIN attempts. Reset it with Aadhaar", "locked"),
        ("Your account has been locked", "locked"),
        ("Your account has been locked. Please unlock it by verifying your KYC details.", "locked"),
    ],
)
def test_an_account_that_a_rule_has_closed_is_not_locked_by_pins(text: str, meaning: str) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("Incorrect PIN. Try again after 30 minutes.", True),
        ("Too many requests. If you enter an incorrect PIN your account may be locked.", False),
    ],
)
def test_a_rule_on_wrong_pins_refuses_none(text: str, refuses: bool) -> None:
    """Five refused PINs lock an account, so the ledger must count no other."""
    assert refuses_pin(Said(text)) is refuses
