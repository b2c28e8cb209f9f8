"""What to do next, on views written by hand and on views of hypothesis."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from upstox_browser_login.page.decide import MOST_SCREENS, decide
from upstox_browser_login.page.endings import error_of
from upstox_browser_login.page.fields.place import went_by_itself
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Field, Frame, Look, Text
from upstox_browser_login.page.next import End, Fill, Key, Next, Press, Wait
from upstox_browser_login.page.offers import summary
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Call, Traffic

from .drawn import VIEWS
from .looks import (
    AT,
    BELOW,
    CODE_TAKEN,
    NUMBER_TAKEN,
    OTP,
    PIN,
    asked,
    ended,
    screen_of,
    screen_that_says,
)
from .views import (
    BLANK,
    CARRIES_CODE,
    CARRIES_PIN,
    CODE_FORM,
    CODE_SENT,
    LOADS,
    NOW,
    NUMBER_FORM,
    NUMBER_TYPED,
    PIN_FORM,
    PIN_SENT,
    PIN_TAKEN,
    STRANGE,
    TAKEN,
    UNREAD,
    code,
    complaining,
    end,
    filled,
    view,
    with_button,
)

# -- screens ---------------------------------------------------------------------------------------

MAINTENANCE = Look(ready=True, texts=(Text("We are under scheduled maintenance.", head=True),))
CHALLENGE = Look(ready=True, texts=(Text("Verify you are human", head=True),))


@pytest.mark.parametrize(
    ("look", "stands", "expected"),
    [(MAINTENANCE, 2.0, "MAINTENANCE"), (CHALLENGE, 6.0, "CHALLENGE")],
)
def test_a_screen_that_ends_a_login_must_stand(look: Look, stands: float, expected: str) -> None:
    assert isinstance(decide(view(look, stood=stands - 0.1)), Wait)
    assert code(decide(view(look, stood=stands + 0.1))) == expected


def test_a_screen_that_the_wire_confirms_ends_a_login_at_once() -> None:
    look = Look(
        ready=True,
        texts=(Text("Your account has been locked.", head=True),),
        controls=(Control(n=9, words="Unlock account", at=BELOW),),
    )
    said = ended(asked("1", 80.0), 81.0, ok=False, said=Said("x", "1017090"))
    assert code(decide(view(look, said, sent=CODE_TAKEN, stood=0.0))) == "ACCOUNT_LOCKED"
    assert isinstance(decide(view(look, sent=CODE_TAKEN, stood=0.0)), Wait)


def test_a_screen_ends_a_login_with_upstoxs_own_code() -> None:
    told = complaining("Try later [1017078]")
    step = end(decide(view(MAINTENANCE, sent=CODE_SENT, **told)))
    assert step.said == Said("Try later", "1017078")


NEWS = Look(
    ready=True,
    texts=(Text("What's new", head=True),),
    controls=(Control(n=31, words="Continue", at=BELOW),),
)


@pytest.mark.parametrize(
    ("words", "sent", "expected"),
    [
        (["Pay ₹354"], CODE_TAKEN, "ACTION_REQUIRED"),
        (["Pay ₹354", "Cancel my plan"], CODE_TAKEN, "ACTION_REQUIRED"),
        # What is no part of a login's page yet, or has another thing to press, is not known.
        (["Pay ₹354"], Sent(), "PAGE_NOT_RECOGNISED"),
        (["Pay ₹354", "Something else"], CODE_TAKEN, "PAGE_NOT_RECOGNISED"),
        ([], CODE_TAKEN, "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_screen_that_can_only_be_paid_is_for_a_person(
    words: list[str], sent: Sent, expected: str
) -> None:
    look = screen_of("A charge is due", *words)
    assert isinstance(decide(view(look, sent=sent, now=109.9)), Wait)
    assert code(decide(view(look, sent=sent, now=110.1))) == expected


def test_a_screen_in_the_way_is_passed() -> None:
    assert isinstance(decide(view(NEWS, sent=NUMBER_TAKEN, stood=0.1)), Wait)
    step = decide(view(NEWS, sent=NUMBER_TAKEN))
    assert isinstance(step, Press)
    assert step.purpose is None
    assert step.way is not None
    assert step.control.n == 31


def test_a_screen_is_passed_twice_and_so_many_in_all() -> None:
    step = decide(view(NEWS, sent=NUMBER_TAKEN))
    assert isinstance(step, Press)
    assert step.way is not None
    name = step.way.name
    once = replace(NUMBER_TAKEN, pressed=(name,), acted_at=97.0)
    assert isinstance(decide(view(NEWS, sent=replace(once, acted_at=99.0))), Wait)
    assert isinstance(decide(view(NEWS, sent=once)), Press)
    for pressed in ((name,) * 2, ("another",) * MOST_SCREENS):
        ended_at = decide(view(NEWS, sent=replace(once, pressed=pressed)))
        assert end(ended_at).kind == "press"
        assert code(ended_at) == "PAGE_NOT_RECOGNISED"


def test_a_screen_waits_for_what_the_page_owes() -> None:
    call = asked("30", 99.0, kind="part", **LOADS)
    assert isinstance(decide(view(NEWS, call, sent=NUMBER_TAKEN, stood=2.9)), Wait)
    assert isinstance(decide(view(NEWS, call, sent=NUMBER_TAKEN, stood=3.1)), Press)


APPROVES = asked("12", 93.0, path="/login/v2/oauth/authorize")
DUE = [
    (CODE_SENT, (CARRIES_CODE,)),
    (PIN_SENT, (CARRIES_PIN,)),
    (PIN_TAKEN, (TAKEN, APPROVES)),
]
"""The answer to the code, to the PIN, or to what lets the app in is due."""


@pytest.mark.parametrize(("sent", "calls"), DUE)
@pytest.mark.parametrize(
    ("look", "stood"),
    [
        (screen_of("Just a moment…"), 14.9),
        (screen_of("Just a moment, logging you in"), 500.0),
        (screen_of("Upstox is temporarily unavailable"), 14.9),
        (screen_of("Fund transfers are temporarily unavailable"), 500.0),
        (screen_of("Taking longer than usual", "Login again"), 14.9),
        (screen_of("Logging you in", "Close"), 14.9),
        (screen_of("What's new", "Continue"), 14.9),
    ],
)
def test_words_do_nothing_to_a_login_whose_answer_is_due(
    look: Look, stood: float, sent: Sent, calls: tuple[Call, ...]
) -> None:
    def after(seconds: float) -> Next:
        now = max(94.0, sent.acted_at + seconds)
        return decide(view(look, *calls, sent=sent, stood=seconds, now=now))

    for seconds in (0.5, 3.5, 7.0, min(stood, 14.9)):
        assert isinstance(after(seconds), Wait)
    # An answer that never comes is not waited for without an end, nor where the look changes.
    assert isinstance(after(15.1), Wait if stood > 15 else End | Press)


def test_what_is_polled_holds_up_no_consent() -> None:
    beats = [
        replace(asked(str(n), 93.0 + n), path="/login/v2/alive", ended=93.1 + n, status=200)
        for n in range(7)
    ]
    taken = ended(CARRIES_PIN, 92.0, ok=True)
    assert isinstance(decide(view(NEWS, taken, *beats, sent=PIN_TAKEN, stood=0.5)), Press)


def test_a_screen_that_stood_before_the_answer_is_no_reaction_to_it() -> None:
    """Between the answer to the PIN and what lets the app in, nothing is owed for a moment."""
    look = screen_of("Logging you in", "Close")
    taken = ended(CARRIES_PIN, 98.5, ok=True)
    assert isinstance(decide(view(look, taken, sent=PIN_TAKEN, stood=5.0)), Wait)
    assert isinstance(decide(view(look, taken, sent=PIN_TAKEN, stood=5.0, now=100.6)), Press)
    assert isinstance(decide(view(NEWS, taken, sent=PIN_TAKEN, stood=0.2)), Press)


@pytest.mark.parametrize("title", ["Something went wrong", "You are offline"])
@pytest.mark.parametrize("words", [["Go to home"], ["Retry", "Go to dashboard"], ["Login again"]])
def test_a_login_does_not_leave_a_failure_once_a_pin_was_sent(title: str, words: list[str]) -> None:
    look = screen_of(title, *words)
    for sent in (Sent(), NUMBER_TAKEN, CODE_TAKEN):
        assert isinstance(decide(view(look, sent=sent)), Press)
    for sent in (PIN_SENT, PIN_TAKEN):
        assert isinstance(decide(view(look, sent=sent)), Wait)
        assert code(decide(view(look, sent=sent, now=110.1))) in {"SERVER_ERROR", "NETWORK"}
    # Without a word of trouble the same control leads on.
    welcome = screen_of("Welcome to Upstox", *words)
    assert isinstance(decide(view(welcome, sent=PIN_TAKEN)), Press)


CONSENT = screen_of("Allow Algo Trader to access your Upstox account?", "Allow", "Deny")
WALL = screen_that_says("We use cookies", "To improve this site.", "Accept all", "Reject all")


@pytest.mark.parametrize(
    "other",
    [
        # A line of a log, a sign of life, and what was sent before.
        {"path": "/v2/log"},
        {"path": "/v1/alive", "same": True},
        {"at": 89.0},
        {"trusted": False, "host": "logs.example"},
        {"kind": "beacon"},
        {"method": "GET", "posts": False},
    ],
)
@pytest.mark.parametrize("look", [CONSENT, WALL, NEWS])
def test_another_call_does_not_keep_a_screen_after_the_answer(
    look: Look, other: dict[str, Any]
) -> None:
    call = asked("30", **({"at": 95.0} | other))
    seen = view(look, TAKEN, call, sent=PIN_TAKEN, stood=3.1)
    assert isinstance(decide(seen), Press)


def test_a_cookie_wall_before_anything_was_typed_waits_for_no_answer() -> None:
    call = asked("30", 90.0, path="/login/open/v1/qr/create")
    assert isinstance(decide(view(WALL, call, stood=3.1)), Press)


def test_calls_of_a_login_under_other_paths_are_waited_for_as_well() -> None:
    taken = replace(TAKEN, path="/auth/pin")
    approves = asked("12", 93.0, path="/auth/let-in")
    look = screen_of("Logging you in", "Close")
    assert isinstance(decide(view(look, taken, approves, sent=PIN_TAKEN, stood=14.9)), Wait)


def test_a_box_that_takes_only_the_code_of_a_message_gets_none() -> None:
    sms = replace(CODE_FORM, fields=(replace(OTP, near=("Enter the code sent by SMS",)),))
    asks = ended(asked("1", 80.0), 81.0, facts={"isTotpEnabled": False, "nextRequestInterval": 9})
    sent = replace(NUMBER_TAKEN, last="mobile")
    seen = View(NOW, sms, 0.9, Traffic((asks,)), sent)
    assert isinstance(decide(seen), Wait)
    assert code(decide(replace(seen, stood=1.1))) == "TOTP_NOT_ENABLED"


# -- nothing that is known -------------------------------------------------------------------------


def test_an_unknown_page_ends_a_login_after_a_while() -> None:
    assert isinstance(decide(view(STRANGE, now=109.9)), Wait)
    step = decide(view(STRANGE, now=110.1))
    assert end(step).kind == "unknown"
    assert code(step) == "PAGE_NOT_RECOGNISED"


def test_a_blank_page_is_told_as_one_and_no_entry_for_it_is_looked_for() -> None:
    step = decide(view(BLANK, now=500.0, stood=400.0, idle_since=1.0))
    error = error_of(end(step), "open", "https://login.upstox.com/", summary(BLANK))
    assert (error.code, error.hint.split(",")[0]) == ("PAGE_NOT_RECOGNISED", "It is blank")
    assert "--watch" in error.hint
    assert "UPSTOX_PAGE_FILE" not in error.hint


def test_a_screen_of_deeds_is_for_a_person_once_a_code_was_taken() -> None:
    """Before that nobody has proved who he is, and a page is asked for that in many ways."""
    deeds = screen_of("PAN not linked with Aadhaar", "Link now")
    assert isinstance(decide(view(deeds, sent=CODE_TAKEN, now=109.9)), Wait)
    assert code(decide(view(deeds, sent=CODE_TAKEN, now=110.1))) == "ACTION_REQUIRED"
    assert code(decide(view(deeds, sent=NUMBER_TAKEN, now=110.1))) == "PAGE_NOT_RECOGNISED"


ON_A_PHONE = "ACTION_REQUIRED", "approved on a phone"
BY_A_PERSON = "ACTION_REQUIRED", "only a person can do"
UNKNOWN = "PAGE_NOT_RECOGNISED", "does not know the page"


@pytest.mark.parametrize("sent", [CODE_TAKEN, PIN_TAKEN])
@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (
            screen_that_says("Check your phone", "Approve this login on your Upstox app", "Resend"),
            ON_A_PHONE,
        ),
        (screen_of("Approve login"), ON_A_PHONE),
        (screen_that_says("One more step", "We sent a notification to your phone"), ON_A_PHONE),
        (screen_of("Re-KYC required", "Proceed"), BY_A_PERSON),
        (screen_of("Your KYC is pending", "Proceed", "Help"), BY_A_PERSON),
        (screen_of("Check your mobile number", "Back"), UNKNOWN),
        (screen_that_says("Summary", "If you approve a login on your phone, it is told"), UNKNOWN),
        (screen_of("Your KYC is complete", "Fireworks"), UNKNOWN),
    ],
)
def test_what_is_asked_of_a_person_once_a_code_was_taken(
    look: Look, expected: tuple[str, str], sent: Sent
) -> None:
    assert isinstance(decide(view(look, sent=sent, now=109.9)), Wait)
    error = error_of(end(decide(view(look, sent=sent, now=110.1))), "pin", "x")
    assert error.code == expected[0]
    assert expected[1] in error.message
    # Before that nobody has proved who he is.
    assert code(decide(view(look, sent=NUMBER_TAKEN, now=110.1))) == "PAGE_NOT_RECOGNISED"


@pytest.mark.parametrize(
    ("about", "accepted", "expected"),
    [
        ({"near": ("Enter the OTP of your e-mail",)}, "otp", "ACTION_REQUIRED"),
        ({"near": ("We have e-mailed you a 6-digit code.",)}, "otp", "ACTION_REQUIRED"),
        ({"label": "Email code"}, "otp", "ACTION_REQUIRED"),
        ({"label": "Email code", "length": 6}, "otp", "PAGE_NOT_RECOGNISED"),
        ({"label": "Email code", "n": 2}, "otp", "PAGE_NOT_RECOGNISED"),
        ({"label": "Email code"}, "mobile", "PAGE_NOT_RECOGNISED"),
        ({"label": "Referral code"}, "otp", "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_box_for_the_code_of_a_mail_is_for_a_person(
    about: dict[str, Any], accepted: str, expected: str
) -> None:
    field = replace(OTP, **({"n": 77, "near": (), "id": ""} | about))
    sent = replace(CODE_SENT, accepted=CODE_SENT.accepted | {accepted})
    asks = replace(STRANGE, fields=(field,), controls=(Control(1, words="Continue", at=BELOW),))
    assert isinstance(decide(view(asks, sent=sent, now=109.9)), Wait)
    step = end(decide(view(asks, sent=sent, now=115.1, stood=15.1)))
    assert code(step) == expected
    if expected == "ACTION_REQUIRED":
        assert (about.get("label") or about["near"][0]).rstrip(".") in step.message


@pytest.mark.parametrize(
    ("field", "sent", "expected"),
    [
        (Field(n=77, label="UPI PIN", masked=True, maxlength=6, at=AT), PIN_TAKEN, BY_A_PERSON),
        (Field(n=77, label="6-digit TPIN", masked=True, at=AT), PIN_TAKEN, BY_A_PERSON),
        # A login's own form that is not known for sure.
        (Field(n=77, label="UPI PIN", masked=True, maxlength=6, at=AT), CODE_TAKEN, UNKNOWN),
        (Field(n=77, at=AT), PIN_TAKEN, UNKNOWN),
    ],
)
def test_a_form_of_something_else_after_the_pin_is_for_a_person(
    field: Field, sent: Sent, expected: tuple[str, str]
) -> None:
    asks = replace(STRANGE, fields=(field,), controls=(Control(1, words="Confirm", at=BELOW),))
    error = error_of(end(decide(view(asks, sent=sent, now=115.1, stood=15.1))), "redirect", "x")
    assert error.code == expected[0]
    assert expected[1] in error.message


@pytest.mark.parametrize(
    ("field", "call", "expected"),
    [
        (Field(n=77, label="PAN", at=AT), UNREAD, BY_A_PERSON),
        # The PIN's form is still there, or no answer to the PIN was seen.
        (Field(n=PIN.n, label="UPI PIN", masked=True, at=AT), UNREAD, UNKNOWN),
        (
            Field(n=77, label="PAN", at=AT),
            replace(UNREAD, method="GET", posts=False, carries=frozenset(), at=90.5),
            UNKNOWN,
        ),
    ],
)
def test_a_form_of_something_else_after_an_answer_that_nobody_can_read(
    field: Field, call: Call, expected: tuple[str, str]
) -> None:
    asks = replace(STRANGE, fields=(field,), controls=(Control(1, words="Confirm", at=BELOW),))
    sent = replace(PIN_SENT, accepted=frozenset())
    seen = view(asks, call, sent=sent, now=125.1, stood=15.1)
    error = error_of(end(decide(seen)), "redirect", "x")
    assert error.code == expected[0]
    assert expected[1] in error.message


def test_a_covered_form_is_said_to_take_no_input() -> None:
    covered = replace(PIN_FORM, fields=(replace(PIN, covered=True),), controls=())
    step = decide(view(covered, sent=CODE_TAKEN, now=110.1))
    assert (end(step).kind, end(step).purpose) == ("stuck", "pin")
    assert end(decide(view(covered, now=110.1))).kind == "unknown"


def test_a_page_that_loads_is_waited_for_without_a_limit() -> None:
    late = asked("1", 10.0, kind="part", trusted=False, **LOADS)
    assert isinstance(decide(view(BLANK, late, now=500.0)), Wait)
    spinning = replace(STRANGE, spinner=True)
    assert isinstance(decide(view(spinning, late, now=500.0)), Wait)
    assert end(decide(view(STRANGE, late, now=500.0))).kind == "unknown"


def test_an_answer_that_lists_several_accounts() -> None:
    several = ended(asked("1", 80.0), 81.0, ok=True, facts={"accounts": 2})
    step = decide(view(STRANGE, several, sent=CODE_TAKEN, now=98.0))
    assert code(step) == "ACTION_REQUIRED"
    one = ended(asked("1", 80.0), 81.0, ok=True, facts={"accounts": 1})
    assert isinstance(decide(view(STRANGE, one, sent=CODE_TAKEN, now=98.0)), Wait)


# -- whatever the page -----------------------------------------------------------------------------


@given(VIEWS)
def test_the_same_view_gives_the_same_answer(seen: View) -> None:
    """And none raises; each end has an error with a code and a hint."""
    step = decide(seen)
    assert decide(seen) == step
    if isinstance(step, End):
        error = error_of(step, "pin", "https://login.upstox.com/")
        assert error.code
        assert error.hint
    if isinstance(step, Wait):
        assert step.seconds >= 0


@given(VIEWS)
def test_nothing_is_filled_that_was_taken_or_may_have_left(seen: View) -> None:
    step = decide(seen)
    sent = seen.sent
    if not isinstance(step, Fill):
        return
    purpose = step.form.purpose
    assert purpose not in sent.accepted
    assert not step.form.field.disabled or sent.last == purpose
    if purpose == "otp":
        assert sent.codes < 2 or sent.last == "otp"
    if sent.sent(purpose) and purpose != "otp":
        assert sent.last == purpose
    if sent.last == purpose and not (purpose == "otp" and sent.refused_codes == sent.codes):
        # Once more, where nothing can have left.
        since = [each for each in seen.traffic.since(sent.typed_at) if not each.same]
        if purpose == "mobile":
            assert sent.fills < 4
            assert not [each for each in since if each.posts or "mobile" in each.carries]
        else:
            assert sent.fills < 2
            assert not seen.complaints
            assert not since


@given(VIEWS)
def test_nothing_is_pressed_twice_or_after_it_has_left(seen: View) -> None:
    step = decide(seen)
    if isinstance(step, Press | Key) and step.purpose is not None:
        assert seen.sent.pressed_at is None
        assert step.purpose == seen.sent.last
        assert step.purpose == "mobile" or not went_by_itself(seen.sent, seen.traffic)


# -- parts that did not come ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ({"status": 429}, "RATE_LIMITED"),
        ({"status": 403}, "CHALLENGE"),
        ({"status": 404}, "SERVER_ERROR"),
        ({"status": 302}, "SERVER_ERROR"),
        ({"failure": "ERR_CONNECTION_RESET"}, "NETWORK"),
        ({"status": 200}, "PAGE_NOT_RECOGNISED"),
        ({"status": 304}, "PAGE_NOT_RECOGNISED"),
        ({"status": 404, "blocked": True}, "PAGE_NOT_RECOGNISED"),
        ({"status": 404, "trusted": False}, "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_page_without_a_part_of_it_says_why(came: dict[str, Any], expected: str) -> None:
    part = replace(asked("30", 92.0, kind="part", **LOADS), ended=93.0, **came)
    assert code(decide(view(STRANGE, part, stood=60.0, idle_since=20.0))) == expected


CONFIG = asked("30", 92.0, path="/login-config.json", **LOADS)
LATE: dict[str, Any] = {"stood": 60.0, "idle_since": 20.0}


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ({"status": 503}, "SERVER_ERROR"),
        # The settings of a banner, for example, say nothing of the login.
        ({"status": 429}, "PAGE_NOT_RECOGNISED"),
        ({"failure": "ERR_CONNECTION_RESET"}, "NETWORK"),
        # Many a page asks first whether somebody is logged in, or for what is not there.
        ({"status": 401}, "PAGE_NOT_RECOGNISED"),
        ({"status": 404}, "PAGE_NOT_RECOGNISED"),
        ({"status": 200}, "PAGE_NOT_RECOGNISED"),
        ({"status": 503, "blocked": True}, "PAGE_NOT_RECOGNISED"),
        ({"status": 503, "trusted": False}, "PAGE_NOT_RECOGNISED"),
        # Of an earlier page.
        ({"status": 503, "at": 80.0}, "PAGE_NOT_RECOGNISED"),
    ],
)
def test_an_unknown_page_that_could_not_read_what_it_needs_says_so(
    came: dict[str, Any], expected: str
) -> None:
    loaded = replace(asked("29", 91.0, kind="document", main=True, **LOADS), status=200, ended=91.5)
    call = replace(CONFIG, ended=93.0, **came)
    assert code(decide(view(STRANGE, loaded, call, **LATE))) == expected
    # It was asked for again, and came.
    again = replace(CONFIG, id="31", at=94.0, ended=94.5, status=200)
    assert code(decide(view(STRANGE, loaded, call, again, **LATE))) == "PAGE_NOT_RECOGNISED"


def test_a_page_with_fields_that_are_not_known_is_not_explained_by_a_request() -> None:
    look = replace(STRANGE, fields=(replace(OTP, id="", near=("Something new",)),))
    call = replace(CONFIG, ended=93.0, status=503)
    assert code(decide(view(look, call, **LATE))) == "PAGE_NOT_RECOGNISED"


TITLES = [
    ("Something went wrong", "SERVER_ERROR"),
    ("You’re offline", "NETWORK"),  # noqa: RUF001
    ("No internet connection", "NETWORK"),
    ("Too many requests", "RATE_LIMITED"),
    ("Upstox is down for maintenance", "MAINTENANCE"),
    ("System upgrade in progress", "MAINTENANCE"),
    ("Something went wrong? Contact us", "PAGE_NOT_RECOGNISED"),
    ("Commodity segment is down for maintenance", "PAGE_NOT_RECOGNISED"),
    ("The site will be down for maintenance on Saturday", "PAGE_NOT_RECOGNISED"),
    ("If you are offline, orders are kept", "PAGE_NOT_RECOGNISED"),
]


@pytest.mark.parametrize("sent", [Sent(), CODE_TAKEN, PIN_TAKEN])
@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_page_whose_title_tells_of_trouble_ends_with_that(
    title: str, expected: str, sent: Sent
) -> None:
    headed = screen_of(title, "Retry")
    plain = replace(headed, texts=tuple(replace(each, head=False) for each in headed.texts))
    for look in (headed, plain):
        assert isinstance(decide(view(look, sent=sent, now=109.9)), Wait)
        assert code(decide(view(look, sent=sent, now=110.1))) == expected
    # The same words lower on a page are not what it is about.
    below = screen_that_says("Your yearly summary is ready", title, "Retry")
    assert code(decide(view(below, sent=sent, now=110.1))) == "PAGE_NOT_RECOGNISED"


def test_what_a_page_says_of_its_trouble_counts_more_than_the_request_that_failed() -> None:
    failed = replace(CONFIG, ended=93.0, status=503)
    part = replace(failed, kind="part", status=429)
    for title, call, expected in (
        ("System upgrade in progress", failed, "MAINTENANCE"),
        ("System upgrade in progress", part, "MAINTENANCE"),
        # A part says more than a title that names no cause.
        ("Something went wrong", part, "RATE_LIMITED"),
    ):
        assert code(decide(view(screen_of(title, "Retry"), call, **LATE))) == expected


def test_a_dialog_that_tells_of_trouble_explains_why_the_form_is_covered() -> None:
    covered = replace(NUMBER_FORM, fields=(replace(NUMBER_FORM.fields[0], covered=True),))
    dialog = Text("You are offline", head=True, dialog=5)
    look = replace(covered, controls=(), texts=(dialog,), modal=True)
    assert code(decide(view(look, now=110.1))) == "NETWORK"


def test_a_last_page_that_is_redirected_in_a_circle_is_trouble_of_upstox() -> None:
    """What was stopped after so many turns keeps the status of a redirect."""
    hop = asked("30", 92.0, kind="document", main=True, **LOADS)
    hop = replace(hop, ended=93.0, status=302, blocked=True)
    assert code(decide(view(BLANK, hop, stood=60.0, idle_since=20.0))) == "SERVER_ERROR"


def test_a_lock_is_not_believed_while_the_answer_to_the_pin_is_owed() -> None:
    """A slow answer tells more than a text that stands there meanwhile."""
    said = Text("Your account has been locked.", live="alert")
    look = replace(PIN_FORM, texts=(said,))
    sent = replace(PIN_SENT, lock_told=False)
    for stood in (0.0, 9.0, 14.9):
        assert isinstance(decide(view(look, CARRIES_PIN, sent=sent, stood=stood)), Wait)
    # An answer that never comes is not waited for without an end.
    for stood in (15.1, 60.0, 500.0):
        seen = view(look, CARRIES_PIN, sent=sent, stood=stood)
        assert code(decide(seen)) == "ACCOUNT_LOCKED"
    assert code(decide(view(look, sent=sent, stood=9.0))) == "ACCOUNT_LOCKED"


WIDGET = Frame(src="https://challenges.cloudflare.com/x", w=300, h=65)
BADGE = Frame(src="https://www.google.com/recaptcha/anchor?size=invisible", w=256, h=60)


def test_a_check_for_robots_beside_an_open_form_may_pass_by_itself() -> None:
    beside = replace(NUMBER_FORM, frames=(WIDGET,))
    assert isinstance(decide(view(beside)), Fill)
    assert code(decide(view(replace(beside, fields=())))) == "CHALLENGE"


def test_a_form_that_goes_no_further_beside_a_check_for_robots_is_one() -> None:
    stuck = with_button(filled(NUMBER_FORM, 10), disabled=True)
    sent = replace(NUMBER_TYPED, blurred=True, fills=2)
    for frame, expected in ((WIDGET, "CHALLENGE"), (BADGE, "PAGE_NOT_RECOGNISED")):
        step = end(decide(view(replace(stuck, frames=(frame,)), sent=sent)))
        assert code(step) == expected
