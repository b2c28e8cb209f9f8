"""What ends a login by itself, whatever its page shows."""

from __future__ import annotations

from typing import Any, cast

import pytest
from msgspec.structs import replace

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.watching import Watch, check
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call

from .looks import CODE_TAKEN, START, answered, asked, ended
from .stand_ins import Told, a_course, a_window
from .views import BLANK, view

LEAD = answered("1", userType="LEAD")


@pytest.mark.parametrize(
    ("sent", "calls", "code"),
    [
        (replace(CODE_TAKEN, typed_at=5.0), [], "MOBILE_REJECTED"),
        (replace(CODE_TAKEN, typed_at=5.0, passed_at=9.0), [], "UNTRUSTED_ORIGIN"),
        (replace(CODE_TAKEN, typed_at=5.0, pin=True), [], "UNTRUSTED_ORIGIN"),
        (replace(CODE_TAKEN, typed_at=5.0, passed_at=9.0), [LEAD], "MOBILE_REJECTED"),
    ],
)
def test_upstoxs_own_site_means_no_customer_only_where_nobody_pressed_on(
    sent: Sent, calls: list[Call], code: str
) -> None:
    course = a_course(Told())
    course.sent = sent
    with pytest.raises(UpstoxError) as raised:
        check(course, a_window(*calls, strayed="https://upstox.com/markets"))
    assert raised.value.code == code


def went(window: Any) -> None:
    window.crashed.set()


def flooded(window: Any) -> None:
    window.gate.flooded = True


def strayed(window: Any) -> None:
    window.gate.strayed = "https://strangers.example"


@pytest.mark.parametrize("end", [went, flooded, strayed])
def test_a_login_whose_redirect_is_caught_has_not_failed(end: Any) -> None:
    """The PIN is spent by then, and the code that it brought is there."""
    window = a_window()
    cast("Any", window).gone = lambda: Window.gone(window)
    end(window)
    with pytest.raises(UpstoxError):
        check(a_course(Told()), window)
    cast("Any", window).gate.caught = "https://callback.example/cb?code=aB3xY9&state=ours"
    check(a_course(Told()), window)


@pytest.mark.parametrize(
    ("where", "about", "code"),
    [
        ("https://upstox.com/new-demat-account/profile", {}, "MOBILE_REJECTED"),
        ("https://upstox.com/markets", {}, "UNTRUSTED_ORIGIN"),
        ("https://upstox.com/new-demat-account", {"mobile": False}, "UNTRUSTED_ORIGIN"),
        ("https://upstox.com/new-demat-account", {"passed_at": 9.0}, "UNTRUSTED_ORIGIN"),
        ("https://strangers.example/new-demat-account", {}, "UNTRUSTED_ORIGIN"),
    ],
)
def test_an_address_that_opens_accounts_answers_the_number(
    where: str, about: dict[str, Any], code: str
) -> None:
    course = a_course(Told())
    told: dict[str, Any] = {"mobile": True, "last": "mobile", "typed_at": 5.0}
    course.sent = replace(START, **(told | about))
    with pytest.raises(UpstoxError) as raised:
        check(course, a_window(strayed=where))
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("https://upstox.com/re-kyc", "ACTION_REQUIRED"),
        ("https://account.upstox.com/reactivation", "ACCOUNT_INACTIVE"),
        ("https://account.upstox.com/user/reset-pin", "ACTION_REQUIRED"),
        ("https://upstox.com/forgot-mpin/", "ACTION_REQUIRED"),
        ("https://upstox.com/profile/kyc-renewal", "ACTION_REQUIRED"),
        ("https://upstox.com/maintenance", "MAINTENANCE"),
    ],
)
@pytest.mark.parametrize(
    "sent",
    [
        START,
        replace(START, mobile=True, last="mobile", typed_at=5.0),
        replace(CODE_TAKEN, typed_at=5.0),
        replace(CODE_TAKEN, typed_at=5.0, passed_at=9.0),
        replace(CODE_TAKEN, typed_at=5.0, pin=True),
    ],
)
def test_an_address_of_upstoxs_that_plainly_wants_something_says_what(
    sent: Sent, where: str, code: str
) -> None:
    course = a_course(Told())
    course.sent = sent
    with pytest.raises(UpstoxError) as raised:
        check(course, a_window(strayed=where))
    assert raised.value.code == code
    assert where in raised.value.message


@pytest.mark.parametrize(
    ("where", "calls"),
    [
        # The account of a lead has a KYC and a PIN to set as well.
        ("https://upstox.com/new-demat-account/re-kyc", []),
        ("https://upstox.com/onboarding/set-pin", []),
        ("https://upstox.com/kyc", []),
        ("https://upstox.com/pinnacle", []),
        # The wire counts more than an address.
        ("https://upstox.com/re-kyc", [LEAD]),
    ],
)
def test_what_else_follows_the_code_on_upstoxs_site_is_no_customer(
    where: str, calls: list[Call]
) -> None:
    course = a_course(Told())
    course.sent = replace(CODE_TAKEN, typed_at=5.0)
    with pytest.raises(UpstoxError) as raised:
        check(course, a_window(*calls, strayed=where))
    assert raised.value.code == "MOBILE_REJECTED"


@pytest.mark.parametrize("host", ["upstox.com", "account.upstox.com", "strangers.example"])
@pytest.mark.parametrize("sent", [START, replace(CODE_TAKEN, typed_at=5.0, pin=True)])
def test_no_host_of_upstoxs_is_said_not_to_be_upstoxs(sent: Sent, host: str) -> None:
    course = a_course(Told())
    course.sent = sent
    with pytest.raises(UpstoxError) as raised:
        check(course, a_window(strayed=f"https://{host}/markets"))
    assert raised.value.code == "UNTRUSTED_ORIGIN"
    assert ("not Upstox's" in raised.value.message) == (host == "strangers.example")
    assert ("network" in raised.value.hint) == (host == "strangers.example")


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (400, "<h1>invalid_client: this app is not authorised</h1>", "CLIENT_REJECTED"),
        (401, "<p>unauthorized_client</p>", "CLIENT_REJECTED"),
        # A server in trouble may show its own log.
        (502, "<p>invalid_client</p>", "SERVER_ERROR"),
        (400, "<h1>invalid client</h1>", "PAGE_NOT_RECOGNISED"),
    ],
)
def test_a_page_that_refuses_the_app_in_oauths_words_says_so(
    status: int, text: str, code: str
) -> None:
    page = asked("1", 90.0, kind="document", main=True, method="GET", posts=False)
    page = replace(ended(page, 91.0, status), answer=Answer(status, None, text=text))
    with pytest.raises(UpstoxError) as raised:
        Watch(a_course(Told()))._check_document(view(BLANK, page))
    assert raised.value.code == code
