"""The ledger: what it lets through, what it stops, and what it never forgets."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pydantic import SecretStr

from upstox_browser_login.errors import LoginBlockedError, StoreError, UpstoxUnavailableError
from upstox_browser_login.ledger import Block, Ledger, login_lock
from upstox_browser_login.ledger.fingerprint import Fingerprint, PinKey
from upstox_browser_login.ledger.keeping import Documents
from upstox_browser_login.ledger.rules import MAX_PINS, cool_down_after
from upstox_browser_login.store.documents import Copy, Held
from upstox_browser_login.store.file import FileDocuments

START = 1_763_700_000.0
PIN, OTHER_PIN, THIRD_PIN = "073519", "628404", "915026"
DAY = 86_400.0
NAME = "ledger-k"
SECRET, OTHER_SECRET = SecretStr("s3cr3tk3y0"), SecretStr("an0therk3y")


class Memory:
    """Documents in memory, which can be made to fail."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.full = False
        self.stuck = False
        self.lost = False
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def where(self, name: str) -> str:
        return f"memory/{name}"

    def read(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def copies(self, name: str) -> tuple[Copy, ...]:
        return (Copy(self.where(name), lambda: self.read(name)),)

    def write(self, name: str, data: bytes) -> None:
        if self.full:
            raise StoreError("No space left.", code="STORE_UNWRITABLE")
        self.kept[name] = data

    def set_aside(self, name: str) -> str | None:
        self.kept[f"{name}.damaged"] = self.kept.pop(name)
        return f"memory/{name}.damaged"

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        if self.stuck:
            raise UpstoxUnavailableError("Held.", code="TIMEOUT")
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        if not lock.acquire(timeout=timeout):
            raise UpstoxUnavailableError("Held.", code="TIMEOUT")
        try:
            yield Held(waited=False, is_held=lambda: not self.lost)
        finally:
            lock.release()


class World:
    """One account, its clock, and as many runs as a test wants."""

    def __init__(self, documents: Documents | None = None) -> None:
        self.memory = Memory()
        self.documents = documents or self.memory
        self.now = START

    def run(self, secret: SecretStr | None = SECRET) -> Ledger:
        return Ledger(self.documents, "k", secret, now=lambda: self.now)

    @property
    def window(self) -> int:
        return int(self.now // 30)

    def after(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(self.now + seconds, UTC)

    def block(self, pin: str | None = PIN) -> Block | None:
        return self.run().block(pin)

    def stops(self, pin: str | None = PIN) -> Block:
        block = self.block(pin)
        assert block is not None
        return block

    def refuse_pin(self, pin: str = PIN) -> None:
        run = self.run()
        run.sending_pin(pin)
        run.pin_refused(pin)

    @property
    def pins(self) -> list[dict[str, Any]]:
        """Those that are kept."""
        kept: list[dict[str, Any]] = json.loads(self.memory.kept[NAME])["pins"]
        return kept

    def fail_code(self) -> None:
        """One run whose code is refused for good."""
        run = self.run()
        run.sending_code(str(self.window), self.window, 30)
        run.code_refused(final=True)


@pytest.fixture
def world() -> World:
    return World()


def break_off(world: World, pin: str) -> None:
    """One run that never heard of its PIN again."""
    run = world.run()
    run.sending_pin(pin)
    run.pin_carried(2)


def caught(action: Callable[[], object]) -> LoginBlockedError:
    with pytest.raises(LoginBlockedError) as raised:
        action()
    return raised.value


# The PIN


def test_a_new_ledger_blocks_nothing_and_writes_nothing(world: World) -> None:
    """Looking is free."""
    world.run().require_allowed(PIN)
    assert world.block(None) is None
    assert world.run().last_window(30) is None
    assert not world.run().was_sent("123456")
    assert world.run().history() == ()
    assert world.memory.kept == {}


def test_a_refused_pin_blocks_until_it_changes(world: World) -> None:
    """The rule of the issue: never the same PIN again, at once another one."""
    world.refuse_pin()
    world.now += 365 * DAY
    error = caught(lambda: world.run().require_allowed(PIN))
    assert (error.code, error.until, error.upstox_code) == ("COOLING_DOWN", None, "1017106")
    assert "2025-11-21 10:10:00 IST" in error.message
    assert "UPSTOX_PIN_CODE" in error.hint
    assert "unlock" in error.hint
    assert world.block(OTHER_PIN) is None
    assert world.block(None) is not None, "an unknown PIN may be the refused one"


def test_a_refused_pin_stays_refused_behind_another(world: World) -> None:
    """Going back to the first of two wrong PINs would be its second try."""
    world.refuse_pin(PIN)
    world.refuse_pin(OTHER_PIN)
    world.stops(PIN)
    world.stops(OTHER_PIN)
    assert world.block(THIRD_PIN) is None


def test_a_pin_is_sent_once_a_run(world: World) -> None:
    """Whatever came of it, and also when it is another one."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_accepted()
    for pin in (PIN, OTHER_PIN):
        assert caught(lambda pin=pin: run.sending_pin(pin)).code == "COOLING_DOWN"  # type: ignore[misc]
    world.run().sending_pin(PIN)


def test_sending_a_pin_asks_again_whether_it_may(world: World) -> None:
    """Another process may have had it refused since `require_allowed`."""
    late = world.run()
    late.require_allowed(PIN)
    world.refuse_pin()
    caught(lambda: late.sending_pin(PIN))
    assert [each.outcome for each in late.history()] == ["refused"]


def test_two_unknown_outcomes_block(world: World) -> None:
    """A run that was killed after it sent the PIN may have had it refused."""
    world.run().sending_pin(PIN)
    assert world.block() is None
    world.run().sending_pin(PIN)
    block = world.stops()
    assert (block.code, block.until) == ("COOLING_DOWN", None)
    assert "no answer was seen" in block.reason
    world.stops(None)
    assert world.block(OTHER_PIN) is None
    assert [each.outcome for each in world.run().history()] == ["unknown", None]


def test_two_unknown_outcomes_block_each_of_two_pins(world: World) -> None:
    """Two in a row are two, also when the PIN changed between them."""
    world.run().sending_pin(PIN)
    world.run().sending_pin(OTHER_PIN)
    world.stops(PIN)
    world.stops(OTHER_PIN)
    assert world.block(THIRD_PIN) is None


def test_an_accepted_pin_forgives_the_unknown(world: World) -> None:
    """The account's count of failures starts over."""
    for _ in range(5):
        world.run().sending_pin(PIN)
        run = world.run()
        run.sending_pin(PIN)
        run.pin_accepted()
    assert world.block() is None


def test_an_accepted_pin_does_not_forgive_a_refused_one(world: World) -> None:
    """Only a token does: the setting may yet be turned back."""
    world.refuse_pin(PIN)
    run = world.run()
    run.sending_pin(OTHER_PIN)
    run.pin_accepted()
    world.stops(PIN)
    run.succeeded()
    assert world.block(PIN) is None


def test_a_rate_limit_does_not_tell_what_became_of_the_pin(world: World) -> None:
    """It may have been about another request."""
    for _ in range(2):
        run = world.run()
        run.sending_pin(PIN)
        run.rate_limited(1, "1017125")
        world.now += 10
    assert "no answer was seen" in world.stops().reason


def test_never_a_fifth_pin(world: World) -> None:
    """Upstox locks the account at the fifth failure, whichever PINs they were."""
    for number in range(MAX_PINS):
        world.refuse_pin(f"{number:06}")
    block = world.stops("999999")
    assert "fifth" in block.reason
    caught(lambda: world.run().sending_pin("999999"))
    world.run().unlock()
    assert world.block("999999") is None


def test_a_pin_whose_connection_broke_counts_twice(world: World) -> None:
    """The browser may have sent it again by itself."""
    break_off(world, PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(2, False)]
    assert world.block() is None
    break_off(world, PIN)
    assert sum(each["times"] for each in world.pins) == 4
    for pin in (PIN, OTHER_PIN, None):
        block = world.stops(pin)
        assert (block.code, block.until) == ("COOLING_DOWN", None)
        assert "4 PINs" in block.reason
        assert "fifth" in block.reason
    caught(lambda: world.run().sending_pin(OTHER_PIN))
    world.run().unlock()
    assert world.pins == []
    assert world.block() is None


def test_what_left_twice_and_what_was_refused_add_up(world: World) -> None:
    """Whichever came first, and whichever PINs they were."""
    break_off(world, PIN)
    world.refuse_pin(OTHER_PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason
    world.run().unlock()
    world.refuse_pin(OTHER_PIN)
    break_off(world, PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason


def test_a_pin_that_broke_off_and_was_accepted_is_forgiven(world: World) -> None:
    """The second sending got through."""
    break_off(world, PIN)
    run = world.run()
    run.sending_pin(PIN)
    run.pin_carried(2)
    run.pin_accepted()
    assert world.pins == []


def test_a_pin_that_broke_off_and_was_refused_stays_two(world: World) -> None:
    """It may have been refused both times."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_carried(2)
    run.pin_refused(PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(2, True)]
    world.refuse_pin(OTHER_PIN)
    assert "3 PINs" in world.stops(THIRD_PIN).reason


@pytest.mark.parametrize(
    ("told", "kept"), [([3], 3), ([3, 1], 3), ([1], 1), ([0], 1), ([999], 100)]
)
def test_a_pin_counts_as_often_as_the_wire_carried_it(
    world: World, told: list[int], kept: int
) -> None:
    """The login tells how often; the ledger holds the highest number."""
    run = world.run()
    run.sending_pin(PIN)
    for times in told:
        run.pin_carried(times)
    assert [each["times"] for each in world.pins] == [kept]
    assert (world.block(THIRD_PIN) is None) == (kept < MAX_PINS)
    run.pin_refused(PIN)
    assert [(each["times"], each["refused"]) for each in world.pins] == [(kept, True)]


def test_a_pin_that_was_accepted_however_often_it_left(world: World) -> None:
    """The wire may tell late; and of a run that sent none there is nothing to tell."""
    run = world.run()
    run.sending_pin(PIN)
    run.pin_accepted()
    run.pin_carried(2)
    run.pin_carried(2)
    world.run().pin_carried(2)
    assert world.pins == []


def test_a_code_whose_connection_broke_counts_twice(world: World) -> None:
    """Two codes are all that a run may send: it sends no other, whatever comes next."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_broke_off()
    (code,) = json.loads(world.memory.kept[NAME])["codes"]
    assert code["times"] == 2
    error = caught(lambda: run.sending_code("222222", world.window + 1, 30))
    assert "in this run" in error.message
    world.run().sending_code("222222", world.window + 1, 30)
    assert world.run().last_window(30) == world.window + 1


def test_a_code_that_broke_off_and_was_refused(world: World) -> None:
    """Neither refusal lets the same run go on, and the cool-down stands for it too."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_broke_off()
    run.code_refused(final=False)
    caught(lambda: run.sending_code("222222", world.window + 1, 30))
    block = run.block(PIN)
    assert block is not None
    assert block.until == world.after(600)


def test_a_run_without_a_code_has_none_that_broke_off(world: World) -> None:
    """Another run's code is not counted twice for it."""
    world.run().sending_code("111111", world.window, 30)
    world.run().code_broke_off()
    (code,) = json.loads(world.memory.kept[NAME])["codes"]
    assert code["times"] == 1


def test_only_the_pin_sent_last_broke_off(world: World) -> None:
    """And none, where all have their outcome."""
    world.run().sending_pin(PIN)
    break_off(world, OTHER_PIN)
    assert [each["times"] for each in world.pins] == [1, 2]
    world.run().unlock()
    world.refuse_pin()
    world.run().pin_carried(2)
    assert [each["times"] for each in world.pins] == [1]


def test_a_refusal_without_an_announcement_counts(world: World) -> None:
    """Should a caller have forgotten to announce it."""
    world.run().pin_refused(PIN)
    world.stops(PIN)


def test_success_clears_everything_but_spent_codes(world: World) -> None:
    """A token proves that PIN, seed and account are right."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017078")
    run.account_locked()
    run.pin_refused(PIN)
    run.succeeded()
    assert world.block(None) is None
    assert run.last_window(30) == world.window
    assert run.was_sent("123456")
    world.now += 30
    world.fail_code()
    assert world.stops().until == world.after(600)


# Codes


def test_no_window_and_no_code_twice(world: World) -> None:
    """Neither in a second run of the same half minute, nor after a success."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_accepted()
    run.succeeded()
    error = caught(lambda: world.run().sending_code("654321", world.window, 30))
    assert error.until == (world.window + 1) * 30
    caught(lambda: world.run().sending_code("654321", world.window - 3, 30))
    caught(lambda: world.run().sending_code("123456", world.window + 1, 30))
    world.run().sending_code("654321", world.window + 1, 30)
    assert world.run().last_window(30) == world.window + 1


def test_windows_of_another_period_are_another_seed(world: World) -> None:
    """Only windows of one length can be compared."""
    world.run().sending_code("123456", world.window, 30)
    assert world.run().last_window(60) is None
    world.run().sending_code("654321", int(world.now // 60), 60)


def test_one_more_code_in_the_same_run(world: World) -> None:
    """After a refused code one more, from another window, and no third."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    assert run.block(PIN) is None
    run.sending_code("222222", world.window + 1, 30)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    run.code_refused(final=True)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    assert world.stops().until == world.after(600), "two codes, but one failed run"


def test_a_second_refusal_is_final_whatever_the_caller_says(world: World) -> None:
    """The cap is kept here."""
    run = world.run()
    for number in range(2):
        run.sending_code(f"00000{number}", world.window + number, 30)
        run.code_refused(final=False)
    caught(lambda: run.sending_code("333333", world.window + 2, 30))
    assert run.block(PIN) is not None


def test_a_run_that_dies_between_two_codes_cools_down(world: World) -> None:
    """Otherwise a service that restarts it would send a refused code every half minute."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    assert world.stops().code == "COOLING_DOWN"
    caught(lambda: world.run().sending_code("222222", world.window + 1, 30))


def test_a_second_code_that_is_accepted_ends_the_cool_down(world: World) -> None:
    """The first one had bad luck with its window."""
    run = world.run()
    run.sending_code("111111", world.window, 30)
    run.code_refused(final=False)
    run.sending_code("222222", world.window + 1, 30)
    run.code_accepted()
    assert world.block() is None
    run.sending_code("333333", world.window + 2, 30)  # the session was lost: a fresh start
    run.code_accepted()
    run.sending_pin(PIN)


def test_a_fresh_start_may_use_another_code(world: World) -> None:
    """The page lost its session after the code was accepted."""
    run = world.run()
    for number in range(2):
        run.sending_code(f"00000{number}", world.window + number, 30)
        run.code_accepted()


def test_cool_downs_double_to_a_day(world: World) -> None:
    """10 minutes, 20, 40 … 24 hours."""
    lengths = []
    for _ in range(10):
        world.fail_code()
        until = world.stops().until
        assert until is not None
        lengths.append(until.timestamp() - world.now)
        world.now += lengths[-1]
        assert world.block() is None
    assert lengths[:4] == [600, 1200, 2400, 4800]
    assert lengths[-2:] == [DAY, DAY]
    assert cool_down_after(1000) == DAY


def dead_token(world: World) -> Ledger:
    """A login whose credentials are right, and whose token is dead when it comes."""
    run = world.run()
    run.sending_code(str(world.window), world.window, 30)
    run.code_accepted()
    run.sending_pin(PIN)
    run.pin_accepted()
    run.token_was_dead()
    return run


def test_a_dead_token_cools_down_and_doubles_to_a_day(world: World) -> None:
    """10 minutes, 20, 40 … 24 hours: each of these logins would spend a code and the PIN."""
    lengths = []
    for _ in range(10):
        dead_token(world)
        stop = world.stops()
        assert (stop.code, stop.until is not None) == ("COOLING_DOWN", True)
        assert stop.reason.startswith("Upstox gave out a token that was dead already")
        assert "clock" in stop.hint
        assert stop.until is not None
        lengths.append(stop.until.timestamp() - world.now)
        world.now += lengths[-1]
        assert world.block() is None
    assert lengths[:4] == [600, 1200, 2400, 4800]
    assert lengths[-2:] == [DAY, DAY]


@pytest.mark.parametrize("end", ["succeeded", "unlock"])
def test_a_good_token_or_a_person_ends_the_doubling(end: str, world: World) -> None:
    dead_token(world)
    world.now += 600
    run = dead_token(world)
    world.now += 1200
    getattr(run, end)()
    assert world.block() is None
    dead_token(world)
    stop = world.stops()
    assert stop.until is not None
    assert stop.until.timestamp() - world.now == 600


def test_a_refused_code_after_a_dead_token_is_told_as_what_it_is(world: World) -> None:
    dead_token(world)
    world.now += 600
    world.fail_code()
    assert "refused the TOTP code" in world.stops().reason


def test_the_error_tells_until_when(world: World) -> None:
    """With the reason, and what lifts it."""
    world.fail_code()
    error = caught(lambda: world.run().require_allowed(PIN))
    assert error.code == "COOLING_DOWN"
    assert error.until == START + 600
    assert "2025-11-21 10:20:00 IST" in error.message
    assert "unlock" in error.hint
    world.now += 600
    world.fail_code()
    assert "in 2 runs in a row" in world.stops().reason


# What Upstox says


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        (None, 600),
        (120, 120),
        (0, 600),
        (-5, 600),
        (float("nan"), 600),
        (float("inf"), DAY),
        (9e9, DAY),
    ],
)
def test_rate_limits(world: World, stated: float | None, seconds: float) -> None:
    """The time that the server states, 10 minutes where it states none, a day at most."""
    world.run().rate_limited(stated, "1017069")
    block = world.stops()
    assert (block.code, block.upstox_code) == ("RATE_LIMITED", "1017069")
    assert block.until == world.after(seconds)
    caught(lambda: world.run().sending_code("123456", world.window, 30))
    world.now += seconds
    assert world.block() is None


def test_a_shorter_limit_does_not_shorten_a_longer_one(world: World) -> None:
    """Of two waits the longer one stands, whoever asked for it."""
    world.run().rate_limited(5000, "1017069")
    world.run().rate_limited(None, None)
    assert world.stops().until == world.after(5000)
    world.run().code_refused(final=True)
    assert world.stops().code == "RATE_LIMITED"


def test_a_long_code_of_a_server_does_not_damage_the_ledger(world: World) -> None:
    """What is written can be read."""
    world.run().rate_limited(None, "x" * 1000)
    assert world.stops().upstox_code == "x" * 32


def test_a_locked_account_waits_for_a_person(world: World) -> None:
    """Neither time nor another PIN lifts it."""
    world.run().account_locked()
    world.now += 365 * DAY
    for pin in (PIN, OTHER_PIN, None):
        block = world.stops(pin)
        assert (block.code, block.until, block.upstox_code) == ("ACCOUNT_LOCKED", None, "1017090")
    caught(lambda: world.run().sending_code("123456", world.window, 30))
    caught(lambda: world.run().sending_pin(PIN))


def test_another_account_has_another_ledger(world: World) -> None:
    """A mobile that was changed on purpose is not held to its predecessor's failures."""
    world.run().account_locked()
    assert Ledger(world.documents, "another", now=lambda: world.now).block(None) is None


# People


def test_unlock_lifts_everything_but_spent_codes(world: World) -> None:
    """And says what stood."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017078")
    run.pin_refused(PIN)
    run.account_locked()
    lifted = world.run().unlock()
    assert lifted is not None
    assert lifted.code == "ACCOUNT_LOCKED"
    assert world.block(PIN) is None
    assert world.run().last_window(30) == world.window
    assert world.run().unlock() is None
    assert [each.outcome for each in run.history()[-2:]] == ["lifted", "nothing stood"]


def test_unlock_waits_for_no_login_and_forgets_nothing_of_one(world: World) -> None:
    """Its PIN is on the way: should the login be killed now, it must still count."""
    with world.memory.lock(login_lock("k"), 0):
        run = world.run()
        run.sending_pin(PIN)
        run.pin_carried(2)
        before = dict(world.memory.kept)
        with pytest.raises(UpstoxUnavailableError, match="under way") as raised:
            world.run().unlock()
        assert raised.value.code == "TIMEOUT"
        assert "when that login has ended" in raised.value.hint
    assert world.memory.kept == before
    world.run().unlock()
    assert world.pins == []


@pytest.mark.parametrize("outcome", ["refused", "carried", "broke off"])
def test_what_comes_of_a_pin_after_an_unlock_counts(world: World, outcome: str) -> None:
    """Should the lock have been lost: what is told afterwards was not forgiven."""
    run = world.run()
    run.sending_pin(PIN)
    world.run().unlock()
    assert world.pins == []
    if outcome == "refused":
        run.pin_refused(PIN)
        world.stops(PIN)
    else:
        run.pin_carried(3) if outcome == "carried" else run.pin_carried(2)
    assert [each["times"] for each in world.pins] == [
        {"refused": 1, "carried": 3, "broke off": 2}[outcome]
    ]


def test_unlock_forgets_a_single_unknown_pin(world: World) -> None:
    """It did not block yet, but it would have counted."""
    world.run().sending_pin(PIN)
    assert world.run().unlock() is None
    world.run().sending_pin(PIN)
    assert world.block() is None


def test_history(world: World) -> None:
    """What was tried, in order, with the outcome beside it."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    world.now += 1
    run.code_accepted()
    run.sending_pin(PIN)
    world.now += 1
    run.pin_refused(PIN)
    assert [(e.what, e.outcome, e.upstox_code) for e in run.history()] == [
        ("code", "accepted", None),
        ("pin", "refused", "1017106"),
    ]
    assert run.history()[1].at - run.history()[0].at == timedelta(seconds=1)


def test_an_outcome_is_never_given_to_another_runs_submission(world: World) -> None:
    """A rate limit at the mobile step says nothing of the PIN of a run that was killed."""
    world.run().sending_pin(PIN)
    world.run().rate_limited(None, "1017069")
    assert [(e.what, e.outcome) for e in world.run().history()] == [
        ("pin", None),
        ("login", "rate limited"),
    ]


def test_history_is_capped(world: World) -> None:
    """The document does not grow for ever."""
    for _ in range(200):
        run = world.run()
        run.sending_code(f"{world.window % 10**6:06}", world.window, 30)
        run.code_accepted()
        run.succeeded()
        world.now += DAY
    assert len(world.run().history()) == 50
    assert len(world.memory.kept[NAME]) < 20_000


# Secrets


def hashes_of(text: str) -> set[str]:
    """What a stranger may compute of a PIN or a code without knowing anything else."""
    plain = {
        hashlib.new(name, text.encode()).hexdigest() for name in ("md5", "sha1", "sha256", "sha512")
    }
    return plain | {text, base64.b64encode(text.encode()).decode()}


def test_no_secret_is_kept(world: World) -> None:
    """Neither the PIN nor a code, nor a hash of them, nor the client secret."""
    run = world.run()
    run.sending_code("482915", world.window, 30)
    run.code_accepted()
    run.sending_pin(PIN)
    run.pin_refused(PIN)
    text = world.memory.kept[NAME].decode()
    for secret in (PIN, "482915", SECRET.get_secret_value()):
        for known in hashes_of(secret):
            assert known not in text
    world.run().unlock()
    run.succeeded()
    assert json.loads(world.memory.kept[NAME])["pins"] == [], "nothing of a PIN that is right"


def test_a_pin_is_not_guessed_from_the_file(world: World) -> None:
    """Whoever has the file alone searches all PINs, with all salts in it, and finds none."""
    world.refuse_pin()
    (kept,) = world.pins
    digest, salt = kept["fingerprint"]["digest"], bytes.fromhex(kept["fingerprint"]["salt"])
    for pin in (f"{number:06}".encode() for number in range(73_000, 74_000)):
        assert hmac.digest(salt, pin, "sha256").hex() != digest
        assert hashlib.sha256(salt + pin).hexdigest() != digest
        for n in (2, 2**14) if pin == PIN.encode() else (2,):
            scrypted = hashlib.scrypt(pin, salt=salt, n=n, r=8, p=1, maxmem=2**26, dklen=32)
            assert scrypted.hex() != digest
    assert PinKey(SECRET).compare(PIN, Fingerprint(**kept["fingerprint"])) == "same"


def test_the_key_is_hkdf_of_the_client_secret(world: World) -> None:
    """RFC 5869: extract with the salt, then expand with a purpose."""
    world.refuse_pin()
    kept = world.pins[0]["fingerprint"]
    extracted = hmac.digest(
        bytes.fromhex(kept["salt"]), SECRET.get_secret_value().encode(), "sha256"
    )
    key = hmac.digest(extracted, b"upstox-browser-login ledger pin\x01", "sha256")
    assert hmac.digest(key, PIN.encode(), "sha256").hex() == kept["digest"]


@pytest.mark.parametrize("secret", [OTHER_SECRET, None], ids=["another", "none"])
def test_a_pin_recorded_with_another_client_secret_counts_as_this_one(
    world: World, secret: SecretStr | None
) -> None:
    """Nobody can tell whether it is: in doubt it is not sent, and the block says why."""
    world.refuse_pin()
    for pin in (PIN, OTHER_PIN):
        block = world.run(secret).block(pin)
        assert block is not None
        assert (block.code, block.until, block.upstox_code) == ("COOLING_DOWN", None, "1017106")
        assert "another UPSTOX_CLIENT_SECRET" in block.reason
        assert "unlock" in block.hint
        caught(lambda pin=pin: world.run(secret).sending_pin(pin))  # type: ignore[misc]
    assert world.block(OTHER_PIN) is None, "with the secret that it was recorded with"


def test_pins_without_an_answer_under_another_client_secret_count_too(world: World) -> None:
    """Two apps of one account, each of which broke off once: the account is the same."""
    world.run().sending_pin(PIN)
    world.run(OTHER_SECRET).sending_pin(PIN)
    for secret in (SECRET, OTHER_SECRET, None):
        for pin in (PIN, OTHER_PIN):
            block = world.run(secret).block(pin)
            assert block is not None
            assert "no answer was seen" in block.reason


def test_a_pin_announced_without_a_client_secret_is_any_pin(world: World) -> None:
    """There is nothing to key its fingerprint with, so it has none."""
    run = world.run(None)
    run.sending_pin(PIN)
    run.pin_refused(PIN)
    assert [each["fingerprint"] for each in world.pins] == [None]
    world.stops(PIN)
    world.stops(OTHER_PIN)


def test_two_entries_know_the_same_pin_by_different_fingerprints(world: World) -> None:
    """Each has a salt of its own: nobody sees that a PIN was sent twice."""
    world.run().sending_pin(PIN)
    world.run().sending_pin(PIN)
    salts = {each["fingerprint"]["salt"] for each in world.pins}
    digests = {each["fingerprint"]["digest"] for each in world.pins}
    assert (len(salts), len(digests)) == (2, 2)


# The clock


def test_a_window_of_the_far_future_does_not_block(world: World) -> None:
    """The clock was a day ahead, and has been set right."""
    world.run().sending_code("111111", world.window, 30)
    world.now += DAY
    world.run().sending_code("222222", world.window, 30)
    world.now -= DAY
    assert world.run().last_window(30) == world.window
    caught(lambda: world.run().sending_code("333333", world.window, 30))
    world.run().sending_code("333333", world.window + 1, 30)


def test_a_window_of_the_near_future_counts(world: World) -> None:
    """Upstox's clock may be ahead of ours by a few minutes."""
    ahead = world.window + 8
    world.run().sending_code("111111", ahead, 30)
    assert world.run().last_window(30) == ahead
    far = world.window + 40
    world.run().sending_code("222222", far, 30)
    assert world.run().last_window(30) == ahead
    assert world.run().last_window(30, now=far * 30.0) == far


def test_a_clock_set_back_does_not_stretch_a_cool_down(world: World) -> None:
    """It begins anew at the first look, once, and not at every look."""
    world.now += 3650 * DAY
    world.fail_code()
    world.run().rate_limited(1200, "1017069")
    world.now = START
    assert world.stops().until == world.after(1200)
    world.now += 700
    block = world.stops()
    assert block.code == "RATE_LIMITED"
    assert block.until == world.after(500)
    world.now += 500
    assert world.block() is None


def test_a_clock_set_back_on_a_full_disk(world: World) -> None:
    """`status` still answers."""
    world.now += DAY
    world.fail_code()
    world.now = START
    world.memory.full = True
    assert world.stops().until == world.after(600)


# Damage


def test_nothing_may_be_sent_that_could_not_be_written(world: World) -> None:
    """A full disk stops the login before the credential leaves."""
    world.memory.full = True
    run = world.run()
    sends: list[Callable[[], None]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("123456", world.window, 30),
    ]
    for send in sends:
        with pytest.raises(StoreError) as raised:
            send()
        assert raised.value.code == "STORE_UNWRITABLE"
    world.memory.full = False
    run.sending_pin(PIN)


def test_a_lock_that_is_never_let_go(world: World) -> None:
    """The store's own words speak of a login under way, which would mislead."""
    world.memory.stuck = True
    with pytest.raises(StoreError, match="held by another process") as raised:
        world.run().sending_pin(PIN)
    assert raised.value.code == "STORE_UNWRITABLE"


def test_a_writer_that_stood_still_writes_nothing(world: World) -> None:
    """The lock was a lease and has run out: others may have written since."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    before = dict(world.memory.kept)
    world.memory.lost = True
    actions: list[Callable[[], object]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("654321", world.window + 1, 30),
        run.succeeded,
        run.unlock,
    ]
    for action in actions:
        with pytest.raises(StoreError, match="its lock was lost") as raised:
            action()
        assert raised.value.code == "STORE_UNWRITABLE"
        assert f"memory/{NAME}" in raised.value.message
    assert world.memory.kept == before
    world.memory.lost = False
    run.sending_pin(PIN)


def test_nor_does_it_set_another_s_ledger_aside(world: World) -> None:
    """Somebody else may have begun a new one in the meantime."""
    world.memory.kept[NAME] = b"nonsense"
    world.memory.lost = True
    with pytest.raises(StoreError, match="its lock was lost"):
        world.run().unlock()
    assert world.memory.kept == {NAME: b"nonsense"}


def test_a_login_that_is_alone_no_more_announces_nothing(world: World) -> None:
    """Two logins at once would each send a PIN; outcomes may still be told."""
    alone = True
    run = world.run()
    run.guarded_by(lambda: alone)
    run.sending_code("123456", world.window, 30)
    before = dict(world.memory.kept)
    alone = False
    sends: list[Callable[[], None]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("654321", world.window + 1, 30),
    ]
    for send in sends:
        with pytest.raises(StoreError, match="another login may have begun") as raised:
            send()
        assert raised.value.code == "STORE_UNWRITABLE"
        assert "Run again" in raised.value.hint
    assert world.memory.kept == before
    run.code_accepted()
    assert [each.outcome for each in run.history()] == ["accepted"]
    world.run().sending_pin(PIN)


DAMAGED = [
    b"",
    b"{}",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"version":1}',
    b'{"version":2}',
    b'{"version":true}',
    b"\0" * 300,
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_ledger_is_never_read_as_an_empty_one(world: World, content: bytes) -> None:
    """In doubt we stop, and say where it is and what to do."""
    world.memory.kept[NAME] = content
    run = world.run()
    for use in (
        lambda: run.block(PIN),
        lambda: run.require_allowed(None),
        lambda: run.last_window(30),
        lambda: run.was_sent("123456"),
        lambda: run.sending_pin(PIN),
        run.succeeded,
        run.history,
    ):
        with pytest.raises(StoreError) as raised:
            use()
        assert raised.value.code == "STORE_UNREADABLE"
        assert f"memory/{NAME}" in raised.value.message
        assert "`upstox-browser-login unlock`" in raised.value.hint
    assert world.memory.kept == {NAME: content}


def test_unlock_sets_a_damaged_ledger_aside(world: World) -> None:
    """And begins a new one."""
    world.memory.kept[NAME] = b"nonsense"
    lifted = world.run().unlock()
    assert lifted is not None
    assert "damaged" in lifted.reason
    assert f"memory/{NAME}.damaged" in lifted.reason
    assert world.memory.kept[f"{NAME}.damaged"] == b"nonsense"
    assert world.block(None) is None
    assert [each.what for each in world.run().history()] == ["unlock"]


@pytest.mark.parametrize("version", [0, 3, 100])
def test_a_ledger_of_another_version(world: World, version: int) -> None:
    """Its rules are not known here: nothing is sent, and not even `unlock` forgets what it says."""
    world.run().sending_code("123456", world.window, 30)
    text = world.memory.kept[NAME].decode()
    world.memory.kept[NAME] = text.replace('"version":2', f'"version":{version}').encode()
    before = dict(world.memory.kept)
    for action in (world.block, lambda: world.run().sending_pin(PIN), world.run().unlock):
        with pytest.raises(StoreError, match="another version") as raised:
            action()
        assert raised.value.code == "STORE_UNREADABLE"
        assert "Update upstox-browser-login" in raised.value.hint
    assert world.memory.kept == before


def test_a_ledger_that_says_more_than_its_version_is_damaged(world: World) -> None:
    """What it says more would be lost on writing."""
    world.run().succeeded()
    text = world.memory.kept[NAME].decode()
    world.memory.kept[NAME] = text.replace('"version":2', '"version":2,"more":[]').encode()
    with pytest.raises(StoreError, match="damaged"):
        world.block()


def test_a_store_that_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own advice is passed on; where it has none, that of a damaged token is replaced."""
    for hint, expected in [("Ask root.", "Ask root."), (None, "unlock")]:

        def read(name: str, hint: str | None = hint) -> bytes:
            raise StoreError("Broken.", code="STORE_UNREADABLE", hint=hint)

        monkeypatch.setattr(world.memory, "read", read)
        with pytest.raises(StoreError) as raised:
            world.block()
        assert expected in raised.value.hint


def use(world: World) -> None:
    """Everything that a login may do; only the errors that are promised may come out."""
    for action in (
        lambda: world.run().require_allowed(PIN),
        lambda: world.run().require_allowed(None),
        lambda: world.run().last_window(30),
        lambda: world.run().was_sent("123456"),
        lambda: world.run().sending_code("123456", world.window, 30),
        lambda: world.run().code_refused(final=True),
        lambda: world.run().sending_pin(PIN),
        lambda: world.run().pin_refused(PIN),
        lambda: world.run().rate_limited(None, "1017069"),
        lambda: world.run().account_locked(),
        lambda: world.run().history(),
        lambda: world.run().succeeded(),
    ):
        with suppress(StoreError, LoginBlockedError):
            action()


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """A ledger of noise is damaged, and unlock is the way out."""
    world = World()
    world.memory.kept[NAME] = content
    with pytest.raises(StoreError):
        world.block()
    use(world)
    assert world.memory.kept[NAME] == content
    world.run().unlock()
    assert world.block() is None


def written() -> bytes:
    """Make a ledger in which every member holds something."""
    world = World()
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017069")
    run.pin_refused(PIN)
    run.account_locked()
    return world.memory.kept[NAME]


TEXT = st.text("0fz\n\0\u0966\U0001f600", max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_any_change_of_one_member(data: st.DataObject) -> None:
    """Such a ledger is refused or works; it never fails in another way."""
    document = json.loads(written())
    place = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else [0]))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    if data.draw(st.booleans()):
        place[key] = data.draw(JSON)
    else:
        del place[key]
    world = World()
    world.memory.kept[NAME] = json.dumps(document).encode()
    use(world)
    world.run().unlock()
    assert world.block() is None


@given(st.data())
def test_a_torn_document_is_damaged(data: st.DataObject) -> None:
    """Whichever byte it ends after."""
    content = written()
    world = World()
    world.memory.kept[NAME] = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises(StoreError):
        world.block()


# Any sequence of events


class Life(RuleBasedStateMachine):
    """Runs that go well, go wrong or are killed, in any order, beside a model of the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.run = self.world.run()
        self.refused: set[str] = set()
        self.possible_failures = 0  # as Upstox may have counted them
        self.windows: set[int] = set()
        self.codes: set[str] = set()
        self.failed_runs = 0
        self.counted = False
        self.wait_until = 0.0
        self.locked = False

    @rule()
    def a_new_run(self) -> None:
        self.run = self.world.run()
        self.counted = False

    @rule(seconds=st.sampled_from([1.0, 29.0, 31.0, 700.0, 5_000.0, DAY + 1]))
    def time_passes(self, seconds: float) -> None:
        self.world.now += seconds

    @rule(pin=st.sampled_from([PIN, OTHER_PIN, THIRD_PIN]), outcome=st.sampled_from("rubk"))
    def pin(self, pin: str, outcome: str) -> None:
        try:
            self.run.sending_pin(pin)
        except LoginBlockedError:
            return
        assert pin not in self.refused
        assert not self.locked
        self.possible_failures += 1
        assert self.possible_failures <= 4, "the fifth locks the account"
        if outcome == "r":
            self.run.pin_refused(pin)
            self.refused.add(pin)
        elif outcome == "b":
            self.run.pin_carried(2)
            self.possible_failures += 1
            assert self.possible_failures <= 4, "the second sending is the fifth"
        elif outcome == "k":
            self.run.pin_accepted()
            self.possible_failures = len(self.refused)

    @rule(ahead=st.integers(-2, 3), code=st.integers(0, 30), outcome=st.sampled_from("rfuk"))
    def code(self, ahead: int, code: int, outcome: str) -> None:
        window = self.world.window + ahead
        try:
            self.run.sending_code(f"{code:06}", window, 30)
        except LoginBlockedError:
            return
        assert window not in self.windows
        assert f"{code:06}" not in self.codes
        assert not self.locked
        assert self.world.now >= self.wait_until or self.counted, "only the same run may go on"
        self.windows.add(window)
        self.codes.add(f"{code:06}")
        if outcome in "rf":
            self.run.code_refused(final=outcome == "f")
            if not self.counted:
                self.failed_runs += 1
            self.counted = True
            self.wait_until = self.world.now + min(600 * 2 ** (self.failed_runs - 1), DAY)
        elif outcome == "k":
            self.run.code_accepted()
            self.failed_runs, self.counted, self.wait_until = 0, False, 0.0

    @rule()
    def upstox_locks(self) -> None:
        self.run.account_locked()
        self.locked = True

    @rule()
    def success(self) -> None:
        self.run.succeeded()
        self.forgiven()

    @precondition(lambda self: self.world.block(None) is not None)
    @rule()
    def unlock(self) -> None:
        assert self.run.unlock() is not None
        self.forgiven()

    def forgiven(self) -> None:
        self.refused.clear()
        self.possible_failures = self.failed_runs = 0
        self.wait_until, self.locked, self.counted = 0.0, False, False

    @invariant()
    def what_another_run_is_told(self) -> None:
        for pin in (PIN, OTHER_PIN, THIRD_PIN):
            block = self.world.block(pin)
            if block is None:
                assert pin not in self.refused
                assert not self.locked
                assert self.world.now >= self.wait_until
            elif block.until is not None:
                assert block.until.timestamp() == self.wait_until
                assert self.wait_until - self.world.now <= DAY


TestLife = Life.TestCase
# What keeps accounts from being locked is tried more often than other things are.
TestLife.settings = settings(max_examples=2 * settings().max_examples, stateful_step_count=40)


# Two at once


def in_threads(count: int, work: Callable[[int], object]) -> list[object]:
    """Do `work` in so many threads that start together; results, or the errors, in order."""
    barrier = threading.Barrier(count)
    results: list[object] = [None] * count

    def one(number: int) -> None:
        barrier.wait()
        try:
            results[number] = work(number)
        except Exception as error:  # noqa: BLE001  (handed to the test)
            results[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(params=["memory", "file"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """Make a world on documents that many use at once."""
    if request.param == "memory":
        return World()
    return World(FileDocuments(tmp_path / "state", tmp_path / "locks"))


def test_no_entry_is_lost(shared: World) -> None:
    """Each of many writers finds its entry afterwards."""

    def work(number: int) -> None:
        for turn in range(3):
            shared.run().pin_refused(f"{number:03}{turn:03}")

    assert in_threads(8, work) == [None] * 8
    assert len(shared.run().history()) == 24
    for number in range(8):
        for turn in range(3):
            shared.stops(f"{number:03}{turn:03}")


def test_one_of_many_gets_the_window(shared: World) -> None:
    """The others are told to wait."""
    results = in_threads(
        8, lambda number: shared.run().sending_code(f"{number:06}", shared.window, 30)
    )
    assert results.count(None) == 1
    assert sum(isinstance(each, LoginBlockedError) for each in results) == 7


def test_two_of_many_get_to_send_the_pin(shared: World) -> None:
    """None has an outcome yet, so the third must take the first two for refused."""
    results = in_threads(8, lambda _: shared.run().sending_pin(PIN))
    assert results.count(None) == 2
    assert sum(isinstance(each, LoginBlockedError) for each in results) == 6
