"""What is known of Upstox's page, as data: codes, texts, waits, and more than one mark for each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from upstox_browser_login.browser.page import (
    CODES,
    PATHS,
    STATES,
    Complaint,
    Css,
    Entry,
    FieldBeside,
    Label,
    Mark,
    Role,
    Sentence,
    State,
    Text,
    Verdict,
    stated_wait,
    verdict_of_text,
)

from upstox_browser_login.browser import page as known
from upstox_browser_login.errors import Step

ANY_TEXT = st.text(st.characters(exclude_categories=()))

# Section 3 of upstox.md.
VERDICTS = {
    "1017016": "mobile refused",
    "1017069": "rate limited",
    "1017072": "outdated",
    "1017074": "several accounts",
    "1017076": "session lost",
    "1017078": "rate limited",
    "1017125": "rate limited",
    "1017106": "pin refused",
    "1017090": "locked",
    "1017079": "session lost",
    "1017084": "session lost",
    "1017095": "session lost",
    "1017105": "session lost",
    "1017007": "session lost",
}


@pytest.mark.parametrize(("code", "verdict"), VERDICTS.items())
@pytest.mark.parametrize("text", ["", "Something went wrong", "You have entered an incorrect PIN"])
def test_a_known_code_decides_whatever_the_text(code: str, verdict: str, text: str) -> None:
    assert CODES[code] == verdict
    for complaint in (Complaint.of(f"{text} [{code}]"), Complaint.coded(text, code, "server")):
        assert complaint is not None
        assert (complaint.verdict, complaint.code, complaint.weight) == (verdict, code, 0)


def test_every_verdict_is_one_of_those_declared() -> None:
    every = set(get_args(Verdict))
    assert set(CODES.values()) <= every
    assert {verdict for verdict, _ in known.TEXTS} <= every


TOASTS = [
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
    ("Enter a 10-digit mobile number.", "mobile refused"),
    ("Make sure your mobile number was entered correctly.", "mobile refused"),
    ("Invalid mobile number", "mobile refused"),
    ("It should be a 6-digit OTP.", "not accepted"),
    ("This version is outdated", "outdated"),
    ("Request aborted", "trouble"),
    ("Something went wrong", "trouble"),
    ("Network Error. Try re-loading the page", "offline"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), TOASTS)
def test_texts(text: str, verdict: str) -> None:
    """By themselves, in capitals, and with a number that nobody has seen."""
    for written in (text, text.upper(), f"  {text}\n"):
        complaint = Complaint.of(written)
        assert complaint is not None
        assert complaint.verdict == verdict
    numbered = Complaint.of(f"{text} [1017999]")
    assert numbered is not None
    assert numbered.code == "1017999"
    # Of trouble with a number of its own the number tells more.
    assert numbered.verdict == ("unknown" if verdict == "trouble" else verdict)


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
    ],
)
def test_what_the_page_says_on_a_good_day_is_no_complaint(text: str) -> None:
    assert Complaint.of(text) is None


@pytest.mark.parametrize("text", ["Request aborted [500]", "REQUEST ABORTED [500]\n"])
def test_a_call_that_failed_has_no_status_of_its_own(text: str) -> None:
    """The page says so of everything that failed, so whatever the network tells comes first."""
    complaint = Complaint.of(text)
    assert complaint is not None
    assert (complaint.code, complaint.status, complaint.verdict) == (None, None, "trouble")
    dropped = Complaint("The page's request failed: net::ERR_CONNECTION_RESET", source="transport")
    refused = Complaint("Upstox answered the page with HTTP 503", status=503, source="transport")
    for network in (dropped, refused):
        assert min(complaint, network, key=lambda each: each.weight) is network


@pytest.mark.parametrize("status", [400, 403, 503])
def test_three_digits_are_a_status(status: int) -> None:
    complaint = Complaint.of(f"Request aborted [{status}]")
    assert complaint is not None
    assert (complaint.code, complaint.status, complaint.verdict) == (None, status, "trouble")


def test_too_many_requests() -> None:
    assert Complaint("x", status=429, source="transport").verdict == "rate limited"
    assert Complaint("it failed", source="transport").verdict == "offline"


@given(ANY_TEXT, st.none() | ANY_TEXT, st.none() | st.integers())
@example("[1017106]", "1017106", 200)
def test_any_text_has_a_verdict(text: str, code: str | None, status: int | None) -> None:
    for complaint in (
        Complaint.of(text),
        Complaint.of(f"{text} [1017106]"),
        Complaint(text, code, status),
        Complaint.coded(text, code or "", "server"),
    ):
        if complaint is not None:
            assert complaint.verdict in get_args(Verdict)
            assert 0 <= complaint.weight <= 7


@given(ANY_TEXT)
def test_a_complaint_is_a_bracket_or_a_known_sentence(text: str) -> None:
    known_text = verdict_of_text(text) is not None
    assert (Complaint.of(text) is not None) == (
        known_text or known.BRACKETED.match(text) is not None
    )


def test_the_most_telling_of_several() -> None:
    """A known code, then words that mean something, then the network, then a page that failed."""
    ranked = [
        Complaint("x", "1017106"),
        Complaint("Invalid OTP"),
        Complaint("x", "1017999"),
        Complaint("it answered", status=403, source="transport"),
        Complaint("it failed", source="transport"),
        Complaint("Request aborted", status=500),
    ]
    weights = [each.weight for each in ranked]
    assert weights == sorted(set(weights))
    vague = ("Request aborted [500]", "Something went wrong", "Network Error")
    for said in vague:
        complaint = Complaint.of(said)
        assert complaint is not None
        assert complaint.weight == ranked[-1].weight


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
    ],
)
def test_stated_wait(text: str, seconds: float | None) -> None:
    assert stated_wait(text) == seconds


@given(ANY_TEXT | st.from_regex(r"\d+ ?(sec|min|hour|hr)s?", fullmatch=True))
def test_any_wait_is_a_time(text: str) -> None:
    wait = stated_wait(text)
    assert wait is None or 0 <= wait <= 9999 * 3600


# -- whose PIN -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Signed in as 9876501234.",
        "signed in as +91 98765 01234",
        "Signed in as +919876501234",
        "Signed in as: 98765-01234",
    ],
)
def test_whose_pin(text: str) -> None:
    match = known.SIGNED_IN_AS.search(text)
    assert match is not None
    assert re.sub(r"\D", "", match[1]) == "9876501234"


@pytest.mark.parametrize("text", ["Signed in as 98****1234.", "Signed in as ASHA", "Hi Asha"])
def test_a_masked_number_tells_nothing(text: str) -> None:
    assert known.SIGNED_IN_AS.search(text) is None


# -- structure -------------------------------------------------------------------------------------


def kinds(marks: tuple[Mark, ...]) -> set[str]:
    """By id or shape, or by what a person reads: the two change independently."""
    return {"shape" if isinstance(mark, Css) else "words" for mark in marks}


FORMS = [state for state in STATES if state.entry is not None]
SENTENCES = {known.CREATE_PIN, known.CHOOSER, known.INACTIVE, known.NO_CUSTOMER, known.MAINTENANCE}


def test_the_forms_are_all_there() -> None:
    assert {state.name for state in FORMS} == {"mobile", "otp", "pin", "password"}


@pytest.mark.parametrize("state", FORMS, ids=lambda state: state.name)
def test_a_form_is_found_by_ids_and_by_words(state: State) -> None:
    """Upstox may change one of them on any day."""
    assert isinstance(state.entry, Entry)
    for marks in (state.marks, state.entry.field, state.entry.button):
        assert len(marks) >= 2
        assert kinds(marks) == {"shape", "words"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_can_be_handled(state: State) -> None:
    """A form, one press, or the end of the login: exactly one of the three."""
    assert state.step in get_args(Step)
    assert sum([state.entry is not None, bool(state.press), state.stop is not None]) == 1
    if state.stop is not None:
        error = state.stop.error(state.stop.message, code=state.stop.code, hint=state.stop.hint)
        assert error.code == state.stop.code
        assert error.hint
        assert error.message.endswith(".")
    if state.entry is None and state not in SENTENCES:
        assert len(state.marks) + len(state.needs) >= 2


def test_every_pattern_is_one() -> None:
    def patterns(marks: tuple[Mark, ...]) -> list[str]:
        found = []
        for mark in marks:
            match mark:
                case Role():
                    found.append(mark.name)
                case Text() | Label() | Sentence():
                    found.append(mark.pattern)
                case FieldBeside():
                    found.append(mark.text)
        return found

    for state in STATES:
        entry = state.entry
        for marks in (state.marks, state.needs, state.press, entry.field if entry else ()):
            for pattern in patterns(marks):
                re.compile(pattern, re.IGNORECASE)
                # A mark that matches nothing in particular would match every page.
                assert re.search(pattern, "", re.IGNORECASE) is None


def test_names_are_unique_and_addresses_lead_to_states() -> None:
    names = [state.name for state in STATES]
    assert len(set(names)) == len(names)
    assert all(path.startswith("/") and state in STATES for path, state in PATHS)
    assert set(known.CUSTOMER_STATES.values()) <= set(STATES)


@pytest.mark.parametrize("text", ["Reset PIN", "Forgot PIN? Reset PIN", "Enter 6-digit PIN"])
def test_a_pin_page_is_not_taken_for_one_that_creates_a_pin(text: str) -> None:
    (mark,) = known.CREATE_PIN.marks
    assert isinstance(mark, Sentence)
    assert re.search(mark.pattern, text, re.IGNORECASE) is None


def test_no_class_names() -> None:
    """Those of the page are generated, and change with every build of it."""
    source = Path(known.__file__).read_text("utf-8")
    selectors = re.findall(r'Css\(\s*f?"([^"]*)"', source)
    assert len(selectors) > 15
    for selector in selectors:
        assert set(re.findall(r"\.([a-zA-Z][\w-]+)", selector)) <= {
            "grecaptcha-badge",
            "cloudflare",
            "hcaptcha",
            "com",
        }


def words_of(mark: Mark) -> str:
    """Its selector or pattern: the last thing that any mark is made of."""
    return str([*vars(mark).values()][-1])


def test_a_glance_takes_few_searches_and_leaves_nothing_out() -> None:
    """Each word and each selector of the states is in one of its marks."""
    marks = [mark for state in STATES for mark in state.marks]
    glance = known.at_a_glance(STATES)
    assert len(glance) < len(marks) / 3
    searched = "\n".join(words_of(mark) for mark in glance)
    for mark in marks:
        assert words_of(mark) in searched, mark
