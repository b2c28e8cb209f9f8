"""Each thing that is known to go wrong: what the user is told, and what the replica saw."""

from __future__ import annotations

import logging
import re
import time
from contextlib import nullcontext
from dataclasses import dataclass

import pytest

from tests.harness import (
    Desk,
    Notes,
    leaks_below,
    leaks_in,
    secrets_of,
    time_is_up_after,
    variants,
)
from tests.hash_attack import hits
from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result

pytestmark = pytest.mark.usefixtures("sharing")


@dataclass(frozen=True)
class Case:
    """A scenario and its outcome. Counts: OTP requests, codes, PINs, exchanges."""

    scenario: str
    code: str
    counts: tuple[int, int, int, int]
    exit_code: int = 0
    upstox_code: str | None = None
    step: str | None = None
    hangs: str | None = None
    """The request that is never answered: a second after it, the time of the login is up."""
    page: bool = True
    """Whether there was a page to keep."""


def ok(scenario: str, counts: tuple[int, int, int, int] = (1, 1, 1, 1)) -> Case:
    return Case(scenario, "OK", counts)


CASES = [
    # What still ends well.
    ok("qr-layout"),
    ok("slow-config=5"),
    ok("error-once=approve:4000001"),
    ok("overlay"),
    ok("renamed-ids"),
    ok("meta-redirect"),
    # The mobile number.
    Case("error=otp:1017016", "MOBILE_REJECTED", (1, 0, 0, 0), 5, "1017016", "mobile"),
    # The code.
    Case("totp-not-enabled", "TOTP_NOT_ENABLED", (1, 0, 0, 0), 5, None, "totp"),
    Case("wrong-otp+toast-short", "TOTP_REJECTED", (1, 2, 0, 0), 5, "1017093", "totp"),
    Case("error=verify:1017076", "SESSION_LOST", (2, 2, 0, 0), 9, "1017076", "totp"),
    # The PIN.
    Case("dormant+internal-app", "ACCOUNT_INACTIVE", (1, 1, 1, 0), 5, None, "pin"),
    Case("password", "CONFIGURATION", (1, 0, 0, 0), 3, None, "pin"),
    # The way there.
    Case("blank", "PAGE_NOT_RECOGNISED", (0, 0, 0, 0), 7, None, "open"),
    # The redirect and the exchange.
    Case("no-state", "STATE_MISMATCH", (1, 1, 1, 0), 10, None, "redirect"),
    Case("token-error=UDAPI100057", "CODE_REJECTED", (1, 1, 1, 1), 10, "UDAPI100057", "exchange"),
]

# Of a kind that is above, a cell of the fault matrix, or a test of another file.
MORE = [
    ok("late-rerender"),
    ok("changed-texts"),
    ok("wrong-otp=once", (1, 2, 1, 1)),
    ok("sparse-token"),
    Case("error=otp:1017069", "RATE_LIMITED", (1, 0, 0, 0), 6, "1017069", "mobile"),
    Case("error=otp:1017074", "ACTION_REQUIRED", (1, 0, 0, 0), 6, "1017074"),
    Case("unknown-page", "PAGE_NOT_RECOGNISED", (1, 1, 0, 0), 7, None, "totp"),
    Case("wrong-pin", "PIN_REJECTED", (1, 1, 1, 0), 5, "1017106", "pin"),
    Case("bad-client", "CLIENT_REJECTED", (0, 0, 0, 0), 5, "UDAPI100068", "open"),
    Case("foreign-login", "UNTRUSTED_ORIGIN", (0, 0, 0, 0), 7, None, "open"),
    Case("html=dialog", "CHALLENGE", (0, 0, 0, 0), 7, None, "open"),
    Case("renamed-everything", "PAGE_NOT_RECOGNISED", (0, 0, 0, 0), 7, None, "open"),
    Case("denied", "AUTHORIZATION_DENIED", (1, 1, 1, 0), 10, None, "redirect"),
    ok("remembered", (0, 0, 1, 1)),
    Case("http=dialog:500", "SERVER_ERROR", (0, 0, 0, 0), 9, "UDAPI100500", "open"),
    Case("hang=otp", "TIMEOUT", (1, 0, 0, 0), 9, None, "mobile", hangs="otp"),
    Case("lead", "MOBILE_REJECTED", (1, 0, 0, 0), 5, None, "mobile"),
    ok("slow-config=8"),
    ok("slow=otp:2"),
    ok("first-paint=150"),
    ok("reset=config"),
    ok("consent"),
    ok("error-once=verify:1017076", (2, 2, 1, 1)),
    ok("script-redirect"),
    ok("redirect=303"),
    ok("redirect=307"),
    ok("opaque-token"),
    ok("dormant"),
    Case("lead=verify", "MOBILE_REJECTED", (1, 1, 0, 0), 5, None, "totp"),
    Case("error=otp:1017072", "PAGE_NOT_RECOGNISED", (1, 0, 0, 0), 7, "1017072", "mobile"),
    Case("otp-blocked", "RATE_LIMITED", (1, 1, 0, 0), 6, "1017078", "totp"),
    Case("error=verify:1017125", "RATE_LIMITED", (1, 1, 0, 0), 6, "1017125", "totp"),
    Case("unknown-error", "UNEXPECTED", (1, 1, 0, 0), 1, "1017431", "totp"),
    Case("chooser", "ACTION_REQUIRED", (1, 1, 0, 0), 6, None, "totp"),
    Case("locked", "ACCOUNT_LOCKED", (1, 1, 1, 0), 6, "1017090", "pin"),
    Case("create-pin", "ACTION_REQUIRED", (1, 1, 0, 0), 6, None, "pin"),
    Case("error=pin:1017079", "SESSION_LOST", (1, 1, 1, 0), 9, "1017079", "pin"),
    Case("inactive-client", "CLIENT_REJECTED", (0, 0, 0, 0), 5, "UDAPI100073", "open"),
    Case("maintenance", "MAINTENANCE", (0, 0, 0, 0), 9, None, "open"),
    Case("challenge", "CHALLENGE", (0, 0, 0, 0), 7, None, "open"),
    Case("html=otp", "CHALLENGE", (1, 0, 0, 0), 7, "403", "mobile"),
    Case("no-expiry-cookie", "SESSION_LOST", (2, 2, 0, 0), 9, None, "totp"),
    Case("token-html", "BAD_RESPONSE", (1, 1, 1, 1), 10, None, "exchange"),
    ok("foreign-frame"),
    ok("country-selector"),
    ok("newer-calls"),
    ok("garbage=config"),
    ok("slow-config+remembered", (0, 0, 1, 1)),
    Case("http=pin:500", "SERVER_ERROR", (1, 1, 1, 0), 9, "500", "pin"),
    ok("token-charset"),
    Case("wrong-state", "STATE_MISMATCH", (1, 1, 1, 0), 10, None, "redirect"),
    Case("wrong-otp", "TOTP_REJECTED", (1, 2, 0, 0), 5, "1017093", "totp"),
    Case("token-error=UDAPI10005", "RATE_LIMITED", (1, 1, 1, 1), 6, "UDAPI10005", "exchange"),
    Case("token-error=UDAPI100069", "CLIENT_REJECTED", (1, 1, 1, 1), 5, "UDAPI100069", "exchange"),
    Case("error=approve:1017007", "SESSION_LOST", (1, 1, 1, 0), 9, "1017007", "redirect"),
    Case("captcha", "CHALLENGE", (0, 0, 0, 0), 7, None, "open"),
    Case("error=otp:1234567", "UNEXPECTED", (1, 0, 0, 0), 1, "1234567", "mobile"),
    ok("no-extended-token"),
    ok("error-once=otp:1017079", (2, 1, 1, 1)),
    ok("redirect=301"),
    ok("redirect=308"),
    ok("hop-chain"),
    Case("error=verify:1017078", "RATE_LIMITED", (1, 1, 0, 0), 6, "1017078", "totp"),
    Case("unknown-error+toast-short", "UNEXPECTED", (1, 1, 0, 0), 1, "1017431", "totp"),
    Case("error=pin:1017090", "ACCOUNT_LOCKED", (1, 1, 1, 0), 6, "1017090", "pin"),
    ok("inactive"),
    Case("inactive+internal-app", "ACCOUNT_INACTIVE", (1, 1, 1, 0), 5, None, "pin"),
    Case("error=pin:1017084", "SESSION_LOST", (1, 1, 1, 0), 9, "1017084", "pin"),
    Case("error=pin:1017095", "SESSION_LOST", (1, 1, 1, 0), 9, "1017095", "pin"),
    Case("error=pin:1017105", "SESSION_LOST", (1, 1, 1, 0), 9, "1017105", "pin"),
    Case("html=authorize:502", "SERVER_ERROR", (0, 0, 0, 0), 9, None, "open"),
    Case("http=dialog:429", "RATE_LIMITED", (0, 0, 0, 0), 6, "UDAPI10005", "open"),
    Case("hang=authorize", "TIMEOUT", (0, 0, 0, 0), 9, None, "open", hangs="authorize", page=False),
    Case("redirect-loop=dialog", "SERVER_ERROR", (0, 0, 0, 0), 9, None, "open", page=False),
    Case("http=otp:500", "SERVER_ERROR", (1, 0, 0, 0), 9, "500", "mobile"),
    Case("http=otp:429", "RATE_LIMITED", (1, 0, 0, 0), 6, "429", "mobile"),
    Case("garbage=otp", "SERVER_ERROR", (1, 0, 0, 0), 9, None, "mobile"),
    Case("http=verify:500", "SERVER_ERROR", (1, 1, 0, 0), 9, "500", "totp"),
    Case("hang=pin", "TIMEOUT", (1, 1, 1, 0), 9, None, "pin", hangs="pin"),
    Case("token-error=UDAPI100070", "CLIENT_REJECTED", (1, 1, 1, 1), 5, "UDAPI100070", "exchange"),
    Case("token-error=UDAPI100016", "CLIENT_REJECTED", (1, 1, 1, 1), 5, "UDAPI100016", "exchange"),
    Case("token-error=UDAPI100058", "ACCOUNT_INACTIVE", (1, 1, 1, 1), 5, "UDAPI100058", "exchange"),
    Case("token-error=UDAPI100500", "SERVER_ERROR", (1, 1, 1, 1), 9, "UDAPI100500", "exchange"),
    Case("garbage=token", "BAD_RESPONSE", (1, 1, 1, 1), 10, None, "exchange"),
    Case("reset=token", "NETWORK", (1, 1, 1, 1), 9, None, "exchange"),
    Case("truncated=token", "NETWORK", (1, 1, 1, 1), 9, None, "exchange"),
]


@pytest.mark.parametrize("case", [*CASES, *variants(*MORE)], ids=lambda case: case.scenario)
def test_scenario(
    case: Case,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The scenario ends as it should, has sent no more than it should, and told no secret."""
    # The bound itself has a test of its own; nothing here depends on its length.
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    caplog.set_level(logging.DEBUG)
    with Replica(*case.scenario.split("+"), clock=desk.clock.time) as replica:
        with time_is_up_after(replica, case.hangs) if case.hangs else nullcontext():
            # Of a login that ends well nothing would be kept, so that nothing is recorded.
            attempt = desk.log_in(
                replica,
                timeout=100 if case.hangs else 40,
                trace="off" if case.code == "OK" else "on-failure",
            )
        counts, codes = replica.counts, replica.counts.codes
        secrets = secrets_of(replica)

    assert attempt.code == case.code, attempt.error
    saw = (counts.otp_requests, len(codes), counts.pins, counts.exchanges)
    assert saw == case.counts
    assert len(set(codes)) == len(codes), "a code was sent twice"

    out, err = capfd.readouterr()
    told = f"{out}{err}{caplog.text}{attempt.notes.warnings}"
    if attempt.error is None:
        assert attempt.result is not None
        assert attempt.result.token.is_valid(desk.clock.now())
        assert not desk.evidence
        secrets[attempt.result.token.access_token.get_secret_value()] = "access token"
    else:
        error = attempt.error
        assert error.exit_code == case.exit_code
        assert error.upstox_code == case.upstox_code
        if case.step is not None:
            assert error.step == case.step
        assert error.message
        assert error.hint
        told += f"{error!r}{error}{vars(error)}"
        assert [str(path) for path in desk.evidence] == [error.trace]
        names = {path.name for path in desk.evidence[0].iterdir()}
        assert {"trace.zip", "report.md"} <= names
        assert not case.page or {"screenshot.png", "page.html"} <= names
        assert error.code in (desk.evidence[0] / "report.md").read_text()
        assert leaks_below(desk.evidence[0], secrets) == {}
        assert hits(desk.evidence[0], secrets) == set()
    assert leaks_in(told.encode(), secrets) == set()
    assert leaks_below(desk.home / "state" / "ledger", secrets) == {}


class Stopwatch(Notes):
    """Measures the step that fails, without the browser's start and its end."""

    seconds: float | None = None

    def step_started(self, step: Step) -> None:
        self._began = step, time.monotonic()

    def failed(self, error: UpstoxError) -> None:
        step, began = self._began
        assert error.step == step
        self.seconds = time.monotonic() - began


@pytest.mark.variant  # of test_an_unknown_page_ends_a_login_after_a_while in tests/page
def test_unknown_page_ends_in_time(desk: Desk) -> None:
    """A page that nobody knows ends the login 15 s after the last one that was known."""
    watch = Stopwatch()
    with Replica("unknown-page", clock=desk.clock.time) as replica:
        # Evidence would be measured as well.
        settings = desk.settings(replica, trace="off")
        with pytest.raises(UpstoxError) as caught:
            login_result(settings, progress=watch, clock=desk.clock)
    assert (caught.value.code, caught.value.step) == ("PAGE_NOT_RECOGNISED", "totp")
    assert watch.seconds is not None
    assert 15 <= watch.seconds < 15 + 6


def test_message_of_an_unknown_code_is_told(desk: Desk) -> None:
    """What nobody has seen before is reported as it stands, with its number."""
    with Replica("unknown-error", clock=desk.clock.time) as replica:
        error = desk.log_in(replica).error
    assert error is not None
    assert "held for an additional check" in error.message
    assert error.upstox_code == "1017431"


@pytest.mark.parametrize("skew", [1_000_000, *variants(95, -200)])
def test_clock_skew_is_corrected_and_reported(skew: int, desk: Desk) -> None:
    """Upstox's `Date` decides the TOTP window, not this machine's clock."""
    with Replica(f"skew={skew}", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica)
        assert len(replica.counts.codes) == 1
    assert attempt.code == "OK"
    told = [re.search(r"clock is (\d+) s", text) for text in attempt.notes.warnings]
    (measured,) = [int(each[1]) for each in told if each]
    # The header has whole seconds, and an answer may lie for a while on a busy machine.
    assert abs(skew) - 5 <= measured <= abs(skew) + 5


@pytest.mark.variant  # of the fault matrix, row "password"
def test_password_is_typed_where_the_page_asks(desk: Desk) -> None:
    """People who move over may still have one."""
    with Replica("password", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, password=replica.account.password)
        assert replica.counts.pins == 1
    assert attempt.code == "OK", attempt.error
