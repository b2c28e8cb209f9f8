"""The ledger at work: what Upstox gets to see of logins that somebody repeats without looking."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

from tests.harness import Attempt, Desk, time_is_up_after, variants
from upstox_browser_login.browser import launch
from upstox_browser_login.ledger import Block, Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import profile_file
from upstox_browser_login.store import account_key, open_ledger_documents

pytestmark = pytest.mark.usefixtures("sharing")

MINUTE, DAY = 60.0, 86_400.0


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One without evidence, which is not looked at here and costs a third of a login."""
    desk.trace = "off"
    return desk


def ledger_of(desk: Desk, replica: Replica) -> Ledger:
    settings = desk.settings(replica)
    return Ledger(open_ledger_documents(settings), account_key(settings), now=desk.clock.time)


def unlock(desk: Desk, replica: Replica) -> Block | None:
    return ledger_of(desk, replica).unlock()


@contextmanager
def no_browser() -> Iterator[None]:
    """Within the block, whoever starts a browser fails."""

    def forbidden(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise AssertionError("a browser was started")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "open_browser", forbidden)
        yield


def refused(desk: Desk, replica: Replica, **changes: Any) -> Attempt:
    """A login that is refused before a browser starts."""
    with no_browser():
        attempt = desk.log_in(replica, **changes)
    assert attempt.error is not None
    assert attempt.error.exit_code == 6, attempt.error
    return attempt


@pytest.mark.parametrize("replica", [("wrong-pin", "remembered")], indirect=True)
def test_fifty_logins_with_a_wrong_pin_send_it_once(desk: Desk, replica: Replica) -> None:
    """`restart: always` with a mistyped PIN costs one attempt, not the account."""
    assert desk.log_in(replica).code == "PIN_REJECTED"
    for _ in range(49):
        desk.clock.offset += 10 * MINUTE
        assert refused(desk, replica).code == "COOLING_DOWN"
    assert replica.counts.pins == 1


def test_a_corrected_pin_is_tried_and_clears_everything(desk: Desk) -> None:
    """Another PIN is another try, without anybody having to unlock; the wrong one stays refused."""
    with Replica("remembered", clock=desk.clock.time) as replica:
        assert desk.log_in(replica, pin_code="135790").code == "PIN_REJECTED"
        assert refused(desk, replica, pin_code="135790").code == "COOLING_DOWN"
        assert desk.log_in(replica).code == "OK"
        assert ledger_of(desk, replica).block("135790") is None
        assert replica.counts.pins == 2


def test_unlock_lifts_a_refused_pin(desk: Desk) -> None:
    """For a PIN that was right after all."""
    with Replica("wrong-pin", "remembered", clock=desk.clock.time) as replica:
        assert desk.log_in(replica).code == "PIN_REJECTED"
        assert refused(desk, replica).code == "COOLING_DOWN"
        lifted = unlock(desk, replica)
        assert lifted is not None
        assert lifted.upstox_code == "1017106"
        replica.set("remembered")
        assert desk.log_in(replica).code == "OK"


@pytest.mark.parametrize("replica", [("wrong-otp", "no-otp-limit")], indirect=True)
def test_a_wrong_seed_sends_two_codes_in_ten_minutes_and_then_waits_longer(
    desk: Desk, replica: Replica
) -> None:
    """A loop of logins every half minute: two codes, ten minutes of peace, two more, twenty."""
    began = desk.clock.time()
    assert desk.log_in(replica).code == "TOTP_REJECTED"
    first_end = desk.clock.time() + 10 * MINUTE
    while desk.clock.time() < began + 9.5 * MINUTE:
        desk.clock.offset += MINUTE / 2
        assert refused(desk, replica).code == "COOLING_DOWN"
    assert len(replica.counts.codes) == 2

    desk.clock.offset += first_end + 1 - desk.clock.time()
    assert desk.log_in(replica).code == "TOTP_REJECTED"
    codes = replica.counts.codes
    assert len(set(codes)) == len(codes) == 4
    error = refused(desk, replica).error
    until = getattr(error, "until", None)
    assert until is not None
    assert 19 * MINUTE < until - desk.clock.time() <= 20 * MINUTE


@pytest.mark.parametrize("replica", [("hang=pin", "remembered")], indirect=True)
def test_a_pin_without_an_answer_is_sent_twice_at_most(desk: Desk, replica: Replica) -> None:
    """Who knows whether it was refused: two such logins, then a person has to say."""
    for _ in range(2):
        with time_is_up_after(replica, "pin"):
            attempt = desk.log_in(replica, timeout=100)
        assert attempt.code == "TIMEOUT"
        desk.clock.offset += 10 * MINUTE
    assert replica.counts.pins == 2
    for _ in range(5):
        desk.clock.offset += DAY
        assert refused(desk, replica).code == "COOLING_DOWN"
    assert replica.counts.pins == 2
    replica.set("remembered")
    assert unlock(desk, replica) is not None
    assert desk.log_in(replica).code == "OK"


@pytest.mark.parametrize("replica", [("reset=pin", "remembered")], indirect=True)
def test_a_pin_counts_as_often_as_the_wire_saw_it(desk: Desk, replica: Replica) -> None:
    """A browser sends a request again by itself where its connection breaks: never a fifth PIN."""
    for _ in range(2):
        attempt = desk.log_in(replica)
        assert attempt.code == "NETWORK", attempt.error
        desk.clock.offset += DAY
    assert 2 <= len(replica.log.of("pin")) <= 4
    for pin in (replica.account.pin, "135791", "975310"):
        assert refused(desk, replica, pin_code=pin).code == "COOLING_DOWN"
    assert len(replica.log.of("pin")) <= 4


@pytest.mark.parametrize("replica", [("reset=verify", "no-otp-limit")], indirect=True)
def test_a_code_counts_as_two_where_its_connection_broke(desk: Desk, replica: Replica) -> None:
    """Chromium may have sent it again by itself; the next run's code is counted by itself."""
    assert desk.log_in(replica).code == "NETWORK"
    settings = desk.settings(replica)
    name = f"ledger-{account_key(settings)}"
    (copy,) = open_ledger_documents(settings).copies(name)
    kept = copy.read()
    assert kept is not None
    assert [each["times"] for each in json.loads(kept)["codes"]] == [2]
    assert len(set(replica.counts.codes)) == 1


@pytest.mark.parametrize(
    ("replica", "number"),
    [
        (("error=verify:1017078",), "1017078"),
        *variants(
            (("error=otp:1017069",), "1017069"),
            (("error=verify:1017125",), "1017125"),
        ),
    ],
    indirect=["replica"],
)
def test_a_rate_limit_is_waited_out(desk: Desk, replica: Replica, number: str) -> None:
    """Ten minutes without a login, then one goes through by itself."""
    attempt = desk.log_in(replica)
    assert attempt.code == "RATE_LIMITED"
    desk.clock.offset += 9 * MINUTE
    again = refused(desk, replica)
    assert again.code == "RATE_LIMITED"
    assert again.error is not None
    assert again.error.upstox_code == number
    replica.set("no-otp-limit")
    desk.clock.offset += 1.5 * MINUTE
    assert desk.log_in(replica).code == "OK"


@pytest.mark.parametrize("replica", [("locked", "remembered")], indirect=True)
def test_a_locked_account_is_left_alone_until_unlock(desk: Desk, replica: Replica) -> None:
    """1017090 needs a person; neither time nor another PIN helps."""
    assert desk.log_in(replica).code == "ACCOUNT_LOCKED"
    desk.clock.offset += 30 * DAY
    assert refused(desk, replica).code == "ACCOUNT_LOCKED"
    assert refused(desk, replica, pin_code="135790").code == "ACCOUNT_LOCKED"
    assert replica.counts.pins == 1
    replica.set("remembered")
    assert unlock(desk, replica) is not None
    assert desk.log_in(replica).code == "OK"


@pytest.mark.parametrize("replica", [("no-otp-limit",)], indirect=True)
def test_two_logins_in_one_window_send_two_codes(desk: Desk, replica: Replica) -> None:
    """Upstox takes a code once: the second login waits for the next window."""
    # The beginning of a window, so that both logins fall into it.
    desk.clock.offset = 30 - time.time() % 30
    for _ in range(2):
        assert desk.log_in(replica).code == "OK"
    first, second = replica.counts.codes
    assert first != second
    assert desk.clock.slept
    assert sum(desk.clock.slept) <= 2 * 35


@pytest.mark.parametrize("replica", [("wrong-pin", "remembered")], indirect=True)
def test_profiles_of_one_mobile_number_share_the_ledger(desk: Desk, replica: Replica) -> None:
    """Upstox counts refused PINs by account, whichever profile or app they came from."""
    for name in ("morning", "evening", "third"):
        path = profile_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert desk.log_in(replica, profile="morning").code == "PIN_REJECTED"
    assert refused(desk, replica, profile="evening").code == "COOLING_DOWN"
    other = desk.settings(replica, profile="third", username="9876543210")
    documents = open_ledger_documents(other)
    assert Ledger(documents, account_key(other)).block(other.secret("pin_code")) is None
    assert replica.counts.pins == 1


@pytest.mark.usefixtures("sharing")
def test_a_refused_password_is_not_sent_again(desk: Desk) -> None:
    """A restart loop with a wrong password sends it once; then it cools down."""
    with Replica("password", clock=desk.clock.time) as replica:
        first = desk.log_in(replica, password="not the password")
        second = desk.log_in(replica, password="not the password")
        sent = [entry for entry in replica.log.of("password") if entry.method == "POST"]
        visits = replica.counts.otp_requests
    assert (first.code, second.code) == ("PIN_REJECTED", "COOLING_DOWN"), first.error
    assert first.error is not None
    assert "UPSTOX_PASSWORD" in first.error.hint
    assert len(sent) == 1
    assert visits == 1
