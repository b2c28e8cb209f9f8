"""Two at once: of several commands that need a token, one logs in and the others use its token."""

from __future__ import annotations

import time

import psutil
import pytest
import redis

from tests.harness import Desk, Notes, variants
from upstox_browser_login.errors import Step, StoreError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.store import account_key, open_ledger_documents

from .conftest import Crowd

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

CROWDS = [3, *variants(20)]
"""So many commands all need a token at the same moment."""

LEASE = 2.0


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    return "file" if request.param == "file" else str(request.getfixturevalue("redis_url"))


@pytest.mark.parametrize("store", ["file", *variants("redis")], indirect=True)
@pytest.mark.parametrize("size", CROWDS)
def test_many_at_once_are_one_login(crowd: Crowd, store: str, size: int) -> None:
    """All want a token: one browser, one OTP, one code, one PIN, one exchange."""
    for _ in range(size):
        crowd.start("token", UPSTOX_TOKEN_STORE=store)
    holder = crowd.under_way()
    waiters = crowd.waiters(size - 1)
    assert holder not in waiters
    assert not any(each.browsers() for each in waiters)
    crowd.open_gate()
    (token,) = crowd.outputs(crowd.members)
    assert crowd.replica._world.state.mint.is_good(token.strip())
    assert _counts(crowd) == (1, 1, 1, 1)


@pytest.mark.parametrize("store", ["redis", *variants("file")], indirect=True)
def test_a_killed_login_is_taken_over(crowd: Crowd, store: str) -> None:
    """SIGKILL to the one that logs in: the next waiter does, and all others get its token."""
    lease = None if store == "file" else LEASE
    for _ in range(3):
        crowd.start("token", lease=lease, UPSTOX_TOKEN_STORE=store)
    holder = crowd.under_way()
    others = crowd.waiters(2)
    family = holder.browsers()
    assert family
    holder.process.kill()
    crowd.open_gate()
    (token,) = crowd.outputs(others)
    assert crowd.replica._world.state.mint.is_good(token.strip())
    assert holder.out == ""
    # What the killed one had asked for came to nothing; what counts was sent once.
    assert _counts(crowd) == (2, 1, 1, 1)
    assert not psutil.wait_procs(family, timeout=60)[1], "no browser is left behind"


def test_a_login_that_began_while_another_was_under_way_uses_its_token(crowd: Crowd) -> None:
    """Even where Upstox's clock, by which tokens are dated, is behind."""
    crowd.replica.set("slow=otp:1", "skew=-100")
    first = crowd.start("generate-token")
    assert crowd.under_way() is first
    second = crowd.start("login")
    assert crowd.waiters(1) == [second]
    crowd.open_gate()
    crowd.outputs([first, second])
    assert "Another login has just stored a token" in second.out
    assert _counts(crowd) == (1, 1, 1, 1)


@pytest.mark.variant  # of test_a_login_alone_is_a_new_one in tests/session
@pytest.mark.usefixtures("sharing")
def test_a_login_that_begins_afterwards_is_one_of_its_own(desk: Desk, replica: Replica) -> None:
    """`login` is a wish for a new token, where nobody is under way."""
    first, second = desk.log_in(replica), desk.log_in(replica)
    assert first.result is not None
    assert second.result is not None
    assert second.result.source == "login"
    assert first.result.token != second.result.token
    assert replica.counts.otp_requests == 2


def test_who_waits_in_vain_gives_up_in_time(crowd: Crowd) -> None:
    """The one that logs in hangs: the others end with a clear error, when their time is over."""
    crowd.start("token")
    holder = crowd.under_way()
    began = time.monotonic()
    waiter = crowd.start("token", UPSTOX_TIMEOUT="5")
    assert waiter.process.wait(60) == 9
    assert "error: Another login is under way and did not finish within" in waiter.err
    assert waiter.out == ""
    assert time.monotonic() - began < 60
    assert holder.process.poll() is None
    assert _counts(crowd) == (1, 0, 0, 0)


def test_a_failed_login_is_not_tried_by_everybody(crowd: Crowd) -> None:
    """A PIN that was refused once is not sent again by those who waited."""
    crowd.replica.set("slow=otp:1", "wrong-pin")
    for _ in range(3):
        crowd.start("token")
    holder = crowd.under_way()
    waiters = crowd.waiters(2)
    crowd.open_gate()
    assert holder.process.wait(60) == 5
    for each in waiters:
        assert each.process.wait(60) == 6
        assert "error: " in each.err
    assert _counts(crowd) == (1, 1, 1, 0)


class Loses(Notes):
    """A machine that was suspended: its lock in Redis has run out when a step begins."""

    def __init__(self, url: str, name: str, step: Step) -> None:
        super().__init__()
        self._url, self._key, self._step = url, f"upstox-browser-login:locks:{name}", step

    def step_started(self, step: Step) -> None:
        if step == self._step:
            with redis.Redis.from_url(self._url) as client:
                assert client.delete(self._key) == 1


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("step", ["totp", "pin"])
def test_a_login_that_is_alone_no_more_sends_nothing(
    step: Step, desk: Desk, replica: Replica, redis_url: str
) -> None:
    """Another one may have begun: with two at once, Upstox would count two refused PINs."""
    settings = desk.settings(replica, token_store=redis_url)
    notes = Loses(redis_url, f"login-{account_key(settings)}", step)
    with pytest.raises(StoreError, match="another login may have begun") as caught:
        login_result(settings, progress=notes, clock=desk.clock)
    assert caught.value.code == "STORE_UNWRITABLE"
    counts = replica.counts
    assert (len(counts.codes), counts.pins) == (0 if step == "totp" else 1, 0)
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), now=desk.clock.time)
    assert ledger.block(settings.secret("pin_code")) is None
    assert "pin" not in [each.what for each in ledger.history()]


def _counts(crowd: Crowd) -> tuple[int, int, int, int]:
    counts = crowd.replica.counts
    return counts.otp_requests, len(counts.codes), counts.pins, counts.exchanges
