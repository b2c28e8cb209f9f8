"""What was accepted stays accepted, whatever fails after it; and who decides what has failed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.harness import Attempt, Desk, time_is_up_after, variants
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle
from upstox_browser_login.store import account_key, open_ledger_documents

from .test_other_pages import AFTER_CODE, FIRST_STEP, changed

__all__ = ["changed"]

pytestmark = pytest.mark.usefixtures("sharing")

MINUTE = 60.0


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One without evidence, which is not looked at here and costs a third of a login."""
    desk.trace = "off"
    return desk


@pytest.fixture
def aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page say the same of every call that failed, as Upstox's own does."""
    other = r'message: "(Network Error\. Try re-loading the page|Something went wrong)" \}\)'
    text = re.sub(other, 'code: 500, message: "Request aborted" })', bundle())
    monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page that fails be given less time; nothing here depends on how much that is."""
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(settle=0.8, unknown=4.0))


def outcomes(desk: Desk, replica: Replica, what: str) -> list[str | None]:
    """What the ledger knows of the codes, or the PINs, that were sent."""
    settings = desk.settings(replica)
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), now=desk.clock.time)
    return [each.outcome for each in ledger.history() if each.what == what]


def failed(attempt: Attempt) -> tuple[str, str | None, str | None]:
    """Code, step and Upstox's code of a login that failed."""
    assert attempt.error is not None
    return attempt.error.code, attempt.error.step, attempt.error.upstox_code


BEHIND_THE_PIN = [
    ("error=approve:1017999", "UNEXPECTED", "1017999"),
    *variants(
        ("reset=approve", "NETWORK", None),
        ("http=approve:500", "SERVER_ERROR", "500"),
        ("html=approve", "CHALLENGE", "403"),
        ("html=approve:502", "SERVER_ERROR", "502"),
        ("garbage=approve", "SERVER_ERROR", None),
        ("error=approve:1017105", "SESSION_LOST", "1017105"),
        ("http=hop:500", "SERVER_ERROR", None),
    ),
]


@pytest.mark.usefixtures("aborts", "quick")
@pytest.mark.parametrize(("fault", "code", "upstox_code"), BEHIND_THE_PIN)
def test_an_accepted_pin_is_not_refused_by_what_follows(
    fault: str, code: str, upstox_code: str | None, desk: Desk
) -> None:
    """Two such logins in a row; the third, once Upstox is well again, is let through."""
    with Replica(fault, "remembered", "no-otp-limit", clock=desk.clock.time) as replica:
        for _ in range(2):
            assert failed(desk.log_in(replica)) == (code, "redirect", upstox_code)
            desk.clock.offset += MINUTE
        assert outcomes(desk, replica, "pin") == ["accepted", "accepted"]
        replica.set("remembered", "no-otp-limit")
        assert desk.log_in(replica).code == "OK"
        assert replica.counts.pins == 3


@pytest.mark.usefixtures("aborts", "quick")
def test_an_accepted_pin_that_a_later_answer_calls_wrong_is_not_forgiven(desk: Desk) -> None:
    """One of the two answers was read wrongly, and nobody knows which."""
    fault = "error=approve:1017106"
    with Replica(fault, "remembered", "no-otp-limit", clock=desk.clock.time) as replica:
        assert failed(desk.log_in(replica)) == ("UNEXPECTED", "redirect", "1017106")
        assert outcomes(desk, replica, "pin") == [None]


def test_an_accepted_pin_is_told_of_what_followed(desk: Desk) -> None:
    """In Upstox's own words, and with a hint that does not send anybody to `unlock`."""
    with Replica("error=approve:1017999", "remembered", clock=desk.clock.time) as replica:
        error = desk.log_in(replica).error
    assert error is not None
    assert error.message.startswith("Upstox says: ")
    assert "accepted" in error.hint
    assert "nothing is blocked" in error.hint
    assert "unlock" not in error.hint


def test_an_accepted_pin_is_booked_though_the_time_is_up(desk: Desk) -> None:
    """The approval never answers."""
    with Replica("hang=approve", "remembered", clock=desk.clock.time) as replica:
        with time_is_up_after(replica, "approve"):
            attempt = desk.log_in(replica, timeout=100)
        assert failed(attempt) == ("TIMEOUT", "redirect", None)
        assert outcomes(desk, replica, "pin") == ["accepted"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", ["reset=pin", *variants("http=pin:500", "html=pin", "hang=pin")])
def test_a_pin_without_an_answer_is_not_accepted(fault: str, desk: Desk) -> None:
    with Replica(fault, "remembered", clock=desk.clock.time) as replica:
        with time_is_up_after(replica, "pin" if fault == "hang=pin" else "none"):
            attempt = desk.log_in(replica, timeout=100)
        assert attempt.error is not None
        assert attempt.error.step == "pin"
        assert outcomes(desk, replica, "pin") == [None]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("scenario", "code"),
    [("chooser", "ACTION_REQUIRED"), *variants(("unknown-page", "PAGE_NOT_RECOGNISED"))],
)
def test_a_code_is_accepted_by_its_own_call(scenario: str, code: str, desk: Desk) -> None:
    """Not by the form that comes after it: here none does."""
    with Replica(scenario, clock=desk.clock.time) as replica:
        assert failed(desk.log_in(replica)) == (code, "totp", None)
        assert outcomes(desk, replica, "code") == ["accepted"]


@pytest.mark.parametrize(
    ("goes_on", "told"),
    [
        (
            'call("/login/open/v1/auth/leads/2fa", {}).catch(fail);',
            ("SERVER_ERROR", "totp", "404"),
        ),
        *variants(
            (
                'setTimeout(() => toast({ code: 1017999, message: "It is not to be" }), 400);',
                ("UNEXPECTED", "totp", "1017999"),
            ),
        ),
    ],
    ids=["call fails", "says so"],
)
def test_an_accepted_code_is_not_refused_by_what_follows(
    goes_on: str,
    told: tuple[str, str, str],
    changed: Callable[..., None],
    desk: Desk,
) -> None:
    """The page meets trouble of its own once the code was taken; no cool-down begins."""
    with Replica("no-otp-limit", clock=desk.clock.time) as replica:
        changed((AFTER_CODE, goes_on))
        assert failed(desk.log_in(replica)) == told
        assert outcomes(desk, replica, "code") == ["accepted"]
        changed()
        assert desk.log_in(replica).code == "OK"


GOES_ON = """ setInterval(() => {
  if (!state.busy || state.otp.length !== 6) return;
  state.busy = false;
  show(pinStep);
}, 200);"""


def test_a_code_without_an_answer_is_not_accepted_by_the_next_form(
    changed: Callable[..., None], desk: Desk
) -> None:
    """The page asks for the PIN although Upstox has not answered the code."""
    gives_up = ("AbortSignal.timeout(config.requestTimeout)", "AbortSignal.timeout(5000)")
    changed((FIRST_STEP, FIRST_STEP + GOES_ON), gives_up)
    with Replica("hang=verify", clock=desk.clock.time) as replica:
        assert desk.log_in(replica).code != "OK"
        assert replica.counts.pins == 1
        assert outcomes(desk, replica, "code") == [None]


LEAVES = """ setInterval(() => {
  if (state.busy && state.pin) window.location.replace("REDIRECT");
}, 200);"""


@pytest.mark.parametrize("query", ["code=aB3xY9&state=another", *variants("code=aB3xY9")])
def test_a_redirect_of_somebody_elses_books_nothing(
    query: str, changed: Callable[..., None], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PIN has no answer, and a redirect with another state is none."""
    with Replica("hang=pin", "remembered", clock=desk.clock.time) as replica:
        redirect = f"{replica.account.redirect_uri}&{query}"
        changed((FIRST_STEP, FIRST_STEP + LEAVES.replace("REDIRECT", redirect)))
        monkeypatch.setattr(timing, "DEFAULT", timing.Timing(redirect=1.0))
        assert failed(desk.log_in(replica)) == ("STATE_MISMATCH", "redirect", None)
        assert replica.counts.pins == 1
        assert outcomes(desk, replica, "pin") == [None]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("scenario", ["denied", *variants("no-state", "wrong-state")])
def test_a_pin_is_accepted_though_the_redirect_is_not(scenario: str, desk: Desk) -> None:
    """By its own call: whatever the redirect says comes after that."""
    with Replica(scenario, "remembered", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
        assert attempt.error is not None
        assert attempt.error.step == "redirect"
        assert outcomes(desk, replica, "pin") == ["accepted"]


@pytest.mark.usefixtures("aborts")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("html=otp", ("CHALLENGE", "mobile", "403")),
        ("reset=verify", ("NETWORK", "totp", None)),
        ("html=pin:502", ("SERVER_ERROR", "pin", "502")),
        *variants(
            ("html=verify", ("CHALLENGE", "totp", "403")),
            ("html=pin", ("CHALLENGE", "pin", "403")),
            ("reset=otp", ("NETWORK", "mobile", None)),
            ("reset=pin", ("NETWORK", "pin", None)),
            ("truncated=verify", ("NETWORK", "totp", None)),
            ("html=verify:502", ("SERVER_ERROR", "totp", "502")),
            ("html=otp:429", ("RATE_LIMITED", "mobile", "429")),
            ("garbage=otp", ("SERVER_ERROR", "mobile", None)),
        ),
    ],
)
def test_the_network_decides_what_the_page_cannot_know(
    fault: str, told: tuple[str, str, str | None], desk: Desk
) -> None:
    """The page says "Request aborted [500]" in each of these cases."""
    with Replica(fault, clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
    assert failed(attempt) == told, attempt.error
    assert "Request aborted" not in str(attempt.error)
